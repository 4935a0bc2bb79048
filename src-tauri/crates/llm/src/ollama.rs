//! Ollama's own protocol, which other than its imitation of OpenAI's knows the size of the context.

use serde::Deserialize;
use serde_json::value::RawValue;
use serde_json::{Value, json};

use crate::decode::{Out, Reading};
use crate::failure::{Asked, Reason};
use crate::loose::{Content, Count, Words, is_something, part};
use crate::means::{self, Means};
use crate::{Output, Part, Request, Role, Stop, Usage};

/// Ollama has no way to make a model call a tool.
pub(crate) const LADDER: &[Means] = &[Means::Native, Means::Prompt];

/// The smallest and the largest context that is asked for, in tokens.
const CONTEXT: (usize, usize) = (8_192, 131_072);

/// The body of `POST /api/chat`.
pub(crate) fn body(model: &str, request: &Request, means: Means) -> Value {
    let written = means::in_words(request, means);
    let text = |parts: &[Part], words: Option<&str>| {
        let parts = parts.iter().map(|part| part.text.as_str()).chain(words);
        parts.filter(|text| !text.is_empty()).collect::<Vec<_>>().join("\n\n")
    };
    let mut messages = Vec::with_capacity(request.messages.len() + 1);
    let system = text(&request.system, None);
    if !system.is_empty() {
        messages.push(json!({"role": "system", "content": system}));
    }
    for (at, message) in request.messages.iter().enumerate() {
        let role = match message.role {
            Role::User => "user",
            Role::Assistant => "assistant",
        };
        let words = written.as_deref().filter(|_| at == 0);
        messages.push(json!({"role": role, "content": text(&message.parts, words)}));
    }
    let mut body = json!({"model": model, "stream": true, "messages": messages});
    body["options"] = json!({
        "num_predict": request.max_output_tokens,
        "num_ctx": context(&body.to_string(), request.max_output_tokens),
    });
    if let Output::Json(json) = &request.output {
        if means == Means::Native {
            body["format"] = json.schema.clone();
        } else if json.is_object() {
            body["format"] = json!("json");
        }
    }
    body
}

/// The context to ask for, in tokens. Without it Ollama takes a small one and silently drops the beginning of what
/// does not fit. It steps in powers of two, since another size makes Ollama load the model anew.
fn context(messages: &str, max_output_tokens: u32) -> usize {
    let (smallest, largest) = CONTEXT;
    // Three bytes a token is on the safe side for most languages.
    let tokens = messages.len() / 3 + usize::try_from(max_output_tokens).unwrap_or(largest);
    tokens.clamp(smallest, largest).next_power_of_two()
}

/// What is known in the middle of a stream.
#[derive(Debug, Default)]
pub(crate) struct Ollama {
    has_started: bool,
    begun: usize,
}

#[derive(Deserialize)]
struct Line<'a> {
    #[serde(default, borrow)]
    model: Words<'a>,
    #[serde(default, borrow)]
    message: Option<&'a RawValue>,
    #[serde(default, borrow)]
    done: Option<&'a RawValue>,
    #[serde(default, borrow)]
    done_reason: Words<'a>,
    #[serde(default)]
    prompt_eval_count: Count,
    #[serde(default)]
    eval_count: Count,
    #[serde(default, borrow)]
    error: Option<&'a RawValue>,
}

#[derive(Deserialize)]
struct Piece<'a> {
    #[serde(default)]
    content: Content,
    #[serde(default)]
    thinking: Content,
    #[serde(default, borrow)]
    tool_calls: Option<&'a RawValue>,
}

#[derive(Deserialize)]
struct Call<'a> {
    #[serde(default, borrow)]
    function: Option<&'a RawValue>,
}

#[derive(Deserialize)]
struct Function<'a> {
    #[serde(default, borrow)]
    name: Words<'a>,
    #[serde(default, borrow)]
    arguments: Option<&'a RawValue>,
}

impl Ollama {
    fn piece(&mut self, piece: Piece<'_>, out: &mut Out) {
        out.thinking(piece.thinking.text);
        out.text(piece.content.text);
        let calls: Vec<Call<'_>> = part(piece.tool_calls).unwrap_or_default();
        for function in calls.into_iter().filter_map(|call| part::<Function<'_>>(call.function)) {
            let index = self.begun;
            self.begun += 1;
            out.tool_started(index, function.name.0.into_owned());
            out.tool_arguments(index, arguments(function.arguments));
        }
    }
}

/// A tool's arguments as JSON text, whether they came as JSON or as text with JSON in it.
pub(crate) fn arguments(raw: Option<&RawValue>) -> String {
    let raw = raw.map_or("{}", RawValue::get);
    if raw.starts_with('"') { serde_json::from_str(raw).unwrap_or_default() } else { raw.to_owned() }
}

impl Reading for Ollama {
    fn event(&mut self, data: &str, out: &mut Out) {
        let Ok(line) = serde_json::from_str::<Line<'_>>(data) else {
            out.unreadable();
            return;
        };
        if is_something(line.error) {
            let asked = Asked { provider: out.provider(), model: &line.model.0, path: "" };
            out.fail(Reason::read(data.as_bytes()).error(None, None, asked));
            return;
        }
        if !self.has_started {
            self.has_started = true;
            out.started(&line.model.0);
        }
        match part::<Piece<'_>>(line.message) {
            Some(piece) => self.piece(piece, out),
            None => out.keep_alive(),
        }
        if line.prompt_eval_count.0.is_some() || line.eval_count.0.is_some() {
            // What Ollama still has in its own cache it does not count at all.
            out.usage(Usage {
                input: line.prompt_eval_count.0.unwrap_or(0),
                output: line.eval_count.0.unwrap_or(0),
                ..Usage::default()
            });
        }
        if is_something(line.done) {
            out.ended(match line.done_reason.some() {
                Some(reason) if reason == "length" => Stop::MaxTokens,
                Some(reason) if reason == "tool_calls" => Stop::ToolUse,
                Some(reason) if reason != "stop" => Stop::Other(reason),
                _ if self.begun > 0 => Stop::ToolUse,
                _ => Stop::End,
            });
        }
    }

    fn whole(&mut self, body: &str, out: &mut Out) {
        self.event(body, out);
    }
}

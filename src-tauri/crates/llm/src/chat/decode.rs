//! Reads the stream of Chat Completions.

use std::collections::HashMap;

use serde::Deserialize;
use serde_json::value::RawValue;

use crate::decode::{Out, Reading};
use crate::failure::{Asked, Reason};
use crate::loose::{Content, Count, Words, is_something, part};
use crate::{Stop, Usage};

/// What is known in the middle of a stream.
#[derive(Debug, Default)]
pub(crate) struct Chat {
    /// Whether only `[DONE]` ends it.
    sends_done: bool,
    has_started: bool,
    stop: Option<Stop>,
    has_refused: bool,
    usage: Usage,
    /// Tool calls by the server's index: their own number and their id.
    calls: HashMap<u64, (usize, String)>,
    /// How many tool calls began.
    begun: usize,
}

#[derive(Deserialize)]
struct Chunk<'a> {
    #[serde(default, borrow)]
    model: Words<'a>,
    #[serde(default, borrow)]
    object: Words<'a>,
    #[serde(default, borrow)]
    choices: Option<&'a RawValue>,
    #[serde(default, borrow)]
    usage: Option<&'a RawValue>,
    #[serde(default, borrow)]
    x_groq: Option<&'a RawValue>,
    #[serde(default, borrow)]
    error: Option<&'a RawValue>,
}

#[derive(Deserialize)]
struct Groq<'a> {
    #[serde(default, borrow)]
    usage: Option<&'a RawValue>,
    #[serde(default, borrow)]
    error: Option<&'a RawValue>,
}

#[derive(Deserialize)]
struct Choice<'a> {
    #[serde(default)]
    index: Count,
    #[serde(default, borrow)]
    delta: Option<&'a RawValue>,
    #[serde(default, borrow)]
    message: Option<&'a RawValue>,
    #[serde(default, borrow)]
    text: Words<'a>,
    #[serde(default, borrow)]
    finish_reason: Words<'a>,
    #[serde(default, borrow)]
    error: Option<&'a RawValue>,
}

/// A piece of a message, or, from a server that does not stream, all of it.
#[derive(Deserialize)]
struct Piece<'a> {
    #[serde(default)]
    content: Content,
    #[serde(default)]
    reasoning_content: Content,
    #[serde(default)]
    reasoning: Content,
    #[serde(default, borrow)]
    refusal: Words<'a>,
    #[serde(default, borrow)]
    tool_calls: Option<&'a RawValue>,
    #[serde(default, borrow)]
    function_call: Option<&'a RawValue>,
}

#[derive(Deserialize)]
struct Call<'a> {
    #[serde(default)]
    index: Count,
    #[serde(default, borrow)]
    id: Words<'a>,
    #[serde(default, borrow)]
    function: Option<&'a RawValue>,
}

#[derive(Default, Deserialize)]
struct Function<'a> {
    #[serde(default, borrow)]
    name: Words<'a>,
    #[serde(default, borrow)]
    arguments: Option<&'a RawValue>,
}

/// Input includes what was read from the cache; thinking may stand beside the output instead of in it.
#[derive(Deserialize)]
struct Counts<'a> {
    #[serde(default)]
    prompt_tokens: Count,
    #[serde(default)]
    completion_tokens: Count,
    #[serde(default)]
    total_tokens: Count,
    #[serde(default)]
    prompt_cache_hit_tokens: Count,
    #[serde(default)]
    cached_tokens: Count,
    #[serde(default, borrow)]
    prompt_tokens_details: Option<&'a RawValue>,
    #[serde(default, borrow)]
    completion_tokens_details: Option<&'a RawValue>,
}

#[derive(Default, Deserialize)]
#[expect(clippy::struct_field_names, reason = "the protocol's names")]
struct Details {
    #[serde(default)]
    cached_tokens: Count,
    #[serde(default)]
    cache_write_tokens: Count,
    #[serde(default)]
    reasoning_tokens: Count,
}

impl Chat {
    pub(crate) fn new(sends_done: bool) -> Self {
        Self { sends_done, ..Self::default() }
    }

    fn chunk(&mut self, chunk: &Chunk<'_>, data: &str, out: &mut Out) {
        let groq: Option<Groq<'_>> = part(chunk.x_groq);
        let inside = groq.as_ref().and_then(|groq| groq.error);
        if is_something(chunk.error) || is_something(inside) || chunk.object.0 == "error" {
            fail(data, out);
            return;
        }
        if !self.has_started && (!chunk.model.0.is_empty() || chunk.choices.is_some()) {
            self.has_started = true;
            out.started(&chunk.model.0);
        }
        let choices: Vec<Choice<'_>> = part(chunk.choices).unwrap_or_default();
        let mut silent = true;
        // One answer was asked for.
        for choice in choices.into_iter().filter(|choice| choice.index.0.unwrap_or(0) == 0) {
            silent = false;
            if is_something(choice.error) {
                fail(data, out);
                return;
            }
            if let Some(piece) = part::<Piece<'_>>(choice.delta).or_else(|| part(choice.message)) {
                self.piece(piece, out);
            }
            out.text(choice.text.0.into_owned());
            if let Some(reason) = choice.finish_reason.some() {
                self.stop = Some(stop(reason));
            }
        }
        for counts in [groq.and_then(|groq| part(groq.usage)), part(chunk.usage)].into_iter().flatten() {
            silent = false;
            self.count(&counts, out);
        }
        if silent {
            out.keep_alive();
        }
    }

    fn piece(&mut self, piece: Piece<'_>, out: &mut Out) {
        let thinking = [piece.reasoning_content, piece.reasoning]
            .into_iter()
            .map(|part| part.text + &part.thinking)
            .find(|text| !text.is_empty());
        out.thinking(thinking.unwrap_or_default() + &piece.content.thinking);
        out.text(piece.content.text);
        self.has_refused |= !piece.refusal.0.is_empty();
        let calls: Vec<Call<'_>> = part(piece.tool_calls).unwrap_or_default();
        for (at, call) in calls.into_iter().enumerate() {
            let index = call.index.0.unwrap_or(u64::try_from(at).unwrap_or(0));
            self.call(index, &call.id.0, &part(call.function).unwrap_or_default(), out);
        }
        if let Some(function) = part::<Function<'_>>(piece.function_call) {
            self.call(0, "", &function, out);
        }
    }

    fn call(&mut self, index: u64, id: &str, function: &Function<'_>, out: &mut Out) {
        let known = self.calls.get(&index);
        // Some servers count every call of a turn as number 0; their ids differ.
        let is_new =
            known.is_none_or(|(_, known)| !id.is_empty() && !function.name.0.is_empty() && known != id);
        let number = match known {
            Some((number, _)) if !is_new => *number,
            _ => {
                let number = self.begun;
                self.begun += 1;
                self.calls.insert(index, (number, id.to_owned()));
                out.tool_started(number, function.name.0.clone().into_owned());
                number
            }
        };
        // Some send the arguments as JSON instead of as text with JSON in it.
        let arguments = function.arguments.map(RawValue::get).unwrap_or_default();
        let text = if arguments.starts_with('"') {
            serde_json::from_str(arguments).unwrap_or_default()
        } else if arguments.starts_with(['{', '[']) {
            arguments.to_owned()
        } else {
            String::new()
        };
        out.tool_arguments(number, text);
    }

    fn count(&mut self, counts: &Counts<'_>, out: &mut Out) {
        let input: Details = part(counts.prompt_tokens_details).unwrap_or_default();
        let output: Details = part(counts.completion_tokens_details).unwrap_or_default();
        let prompt = counts.prompt_tokens.0.unwrap_or(0);
        let cache_read = input
            .cached_tokens
            .0
            .or(counts.prompt_cache_hit_tokens.0)
            .or(counts.cached_tokens.0)
            .unwrap_or(0)
            .min(prompt);
        let cache_write = input.cache_write_tokens.0.unwrap_or(0).min(prompt - cache_read);
        let mut written = counts.completion_tokens.0.unwrap_or(0);
        // xAI counts thinking beside the completion; the total tells.
        let thinking = output.reasoning_tokens.0.unwrap_or(0);
        let together = prompt.saturating_add(written).saturating_add(thinking);
        if thinking > 0 && counts.total_tokens.0 == Some(together) {
            written = written.saturating_add(thinking);
        }
        let usage =
            Usage { input: prompt - cache_read - cache_write, cache_write, cache_read, output: written };
        // Some servers send zeros before they have counted.
        if usage != Usage::default() || self.usage == Usage::default() {
            self.usage = usage;
        }
        out.usage(self.usage);
    }

    fn ended(&mut self, out: &mut Out) {
        match self.stop.take() {
            _ if self.has_refused => out.ended(Stop::Refusal),
            Some(Stop::Other(reason)) if reason == "error" => {
                fail(r#"{"type": "server_error"}"#, out);
            }
            Some(stop) => out.ended(stop),
            None if self.begun > 0 => out.ended(Stop::ToolUse),
            None => out.ended(Stop::End),
        }
    }
}

impl Reading for Chat {
    fn event(&mut self, data: &str, out: &mut Out) {
        if data == "[DONE]" {
            if self.has_started {
                self.ended(out);
            } else {
                // Nothing came before it: that is no answer.
                out.truncated();
            }
            return;
        }
        match serde_json::from_str::<Chunk<'_>>(data) {
            Ok(chunk) => self.chunk(&chunk, data, out),
            Err(_) => out.unreadable(),
        }
    }

    fn whole(&mut self, body: &str, out: &mut Out) {
        match serde_json::from_str::<Chunk<'_>>(body) {
            Ok(chunk) => {
                let is_answer = chunk.choices.is_some();
                self.chunk(&chunk, body, out);
                match (is_answer, &self.stop) {
                    (true, Some(_)) => self.ended(out),
                    (true, None) => out.truncated(),
                    (false, _) => fail(body, out),
                }
            }
            Err(error) => out.no_json(&error),
        }
    }

    fn end(&mut self, out: &mut Out) {
        if !self.sends_done && self.stop.is_some() {
            self.ended(out);
        } else {
            out.truncated();
        }
    }
}

fn fail(data: &str, out: &mut Out) {
    let asked = Asked { provider: out.provider(), model: "", path: "" };
    out.fail(Reason::read(data.as_bytes()).error(None, None, asked));
}

fn stop(reason: String) -> Stop {
    match reason.as_str() {
        "stop" | "eos" | "end_turn" | "completed" => Stop::End,
        "length" | "max_tokens" => Stop::MaxTokens,
        "tool_calls" | "function_call" | "tool_use" => Stop::ToolUse,
        "content_filter" | "safety" => Stop::ContentFilter,
        "refusal" => Stop::Refusal,
        "model_length" => Stop::ContextWindow,
        _ => Stop::Other(reason),
    }
}

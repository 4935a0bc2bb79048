//! Writes a request of Chat Completions.

use serde_json::{Value, json};

use crate::means::{self, Means};
use crate::{Message, Output, Part, Request, Role};

/// How many pieces may be marked for the cache of a model behind a router.
const CACHE_MARKS: usize = 4;

/// What a server takes that speaks this protocol.
#[derive(Clone, Copy, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact about a server, independent of the others")]
pub(crate) struct Dialect {
    /// Ways to ask for JSON, the firmest first.
    pub(crate) ladder: &'static [Means],
    /// `max_completion_tokens` instead of `max_tokens`, which OpenAI's thinking models refuse.
    pub(crate) completion_limit: bool,
    /// `stream_options`, without which there are no counts of tokens.
    pub(crate) stream_options: bool,
    /// `response_format: json_object` where the schema has to be written in the prompt.
    pub(crate) json_mode: bool,
    /// It passes requests on to others: only to those that take all that is asked for, with marks for their caches.
    pub(crate) is_router: bool,
    /// It always sends `[DONE]`. Where a server may not, a stop reason and an orderly end are as good.
    pub(crate) sends_done: bool,
}

/// The body of `POST /v1/chat/completions`.
pub(crate) fn body(model: &str, request: &Request, means: Means, dialect: Dialect) -> Value {
    let mut body = json!({"model": model, "stream": true});
    if dialect.stream_options {
        body["stream_options"] = json!({"include_usage": true});
    }
    let limit = if dialect.completion_limit { "max_completion_tokens" } else { "max_tokens" };
    body[limit] = json!(request.max_output_tokens);

    let written = means::in_words(request, means);
    let mut marks = CACHE_MARKS;
    let mut messages = Vec::with_capacity(request.messages.len() + 1);
    if request.system.iter().any(|part| !part.text.is_empty()) {
        messages
            .push(json!({"role": "system", "content": content(&request.system, None, dialect, &mut marks)}));
    }
    for (at, Message { role, parts }) in request.messages.iter().enumerate() {
        let role = match role {
            Role::User => "user",
            Role::Assistant => "assistant",
        };
        let words = written.as_deref().filter(|_| at == 0);
        messages.push(json!({"role": role, "content": content(parts, words, dialect, &mut marks)}));
    }
    body["messages"] = Value::Array(messages);

    if let Output::Json(json) = &request.output {
        match means {
            Means::Native => {
                body["response_format"] = json!({
                    "type": "json_schema",
                    "json_schema": {"name": json.name, "strict": true, "schema": json.schema},
                });
            }
            Means::Tool => {
                body["tools"] = json!([{"type": "function", "function": {
                    "name": json.name,
                    "description": means::tool_description(json),
                    "parameters": json.schema,
                }}]);
                // The one form that all of them know; there is one tool only.
                body["tool_choice"] = json!("required");
            }
            Means::Prompt if dialect.json_mode && json.is_object() => {
                body["response_format"] = json!({"type": "json_object"});
            }
            Means::Prompt => {}
        }
        if dialect.is_router && means != Means::Prompt {
            body["provider"] = json!({"require_parameters": true});
        }
    }
    body
}

/// The pieces as one text, as that is what every server takes; behind a router as pieces where marks have to stand
/// between them.
fn content(parts: &[Part], words: Option<&str>, dialect: Dialect, marks: &mut usize) -> Value {
    let texts = || {
        let parts = parts.iter().map(|part| (part.text.as_str(), part.cache));
        parts.chain(words.map(|words| (words, false))).filter(|(text, _)| !text.is_empty())
    };
    if !dialect.is_router || texts().all(|(_, cache)| !cache) {
        return json!(texts().map(|(text, _)| text).collect::<Vec<_>>().join("\n\n"));
    }
    texts()
        .map(|(text, cache)| {
            let mut part = json!({"type": "text", "text": text});
            if cache && *marks > 0 {
                *marks -= 1;
                part["cache_control"] = json!({"type": "ephemeral"});
            }
            part
        })
        .collect()
}

//! Writes a request of Responses.

use serde_json::{Value, json};

use crate::means::{self, Means};
use crate::{Output, Part, Request, Role};

/// The smallest limit of an answer that the API takes, in tokens.
const LEAST_OUTPUT: u32 = 16;

/// The body of `POST /v1/responses`.
pub(crate) fn body(model: &str, request: &Request, means: Means) -> Value {
    let written = means::in_words(request, means);
    let texts = |kind: &str, parts: &[Part], words: Option<&str>| -> Value {
        let parts = parts.iter().map(|part| part.text.as_str()).chain(words);
        parts.filter(|text| !text.is_empty()).map(|text| json!({"type": kind, "text": text})).collect()
    };
    let mut input = Vec::with_capacity(request.messages.len() + 1);
    if request.system.iter().any(|part| !part.text.is_empty()) {
        input.push(json!({"role": "system", "content": texts("input_text", &request.system, None)}));
    }
    for (at, message) in request.messages.iter().enumerate() {
        let (role, kind) = match message.role {
            Role::User => ("user", "input_text"),
            Role::Assistant => ("assistant", "output_text"),
        };
        let words = written.as_deref().filter(|_| at == 0);
        input.push(json!({"role": role, "content": texts(kind, &message.parts, words)}));
    }
    let mut body = json!({
        "model": model,
        "stream": true,
        // Nothing is kept with the provider for a later turn.
        "store": false,
        "max_output_tokens": request.max_output_tokens.max(LEAST_OUTPUT),
        "input": input,
    });
    if let Output::Json(json) = &request.output {
        match means {
            Means::Native => {
                body["text"] = json!({"format": {
                    "type": "json_schema", "name": json.name, "strict": true, "schema": json.schema,
                }});
            }
            Means::Tool => {
                body["tools"] = json!([{
                    "type": "function",
                    "name": json.name,
                    "description": means::tool_description(json),
                    "parameters": json.schema,
                    "strict": false,
                }]);
                body["tool_choice"] = json!({"type": "function", "name": json.name});
            }
            Means::Prompt => {}
        }
    }
    body
}

//! Writes a request of Gemini.

use serde_json::{Value, json};

use crate::means::{self, Means};
use crate::{Output, Part, Request, Role};

/// The body of `POST /v1beta/models/MODEL:streamGenerateContent?alt=sse`.
pub(crate) fn body(request: &Request, means: Means) -> Value {
    let written = means::in_words(request, means);
    let texts = |parts: &[Part], words: Option<&str>| -> Value {
        let parts = parts.iter().map(|part| part.text.as_str()).chain(words);
        parts.filter(|text| !text.is_empty()).map(|text| json!({"text": text})).collect()
    };
    let mut body = json!({});
    if request.system.iter().any(|part| !part.text.is_empty()) {
        body["systemInstruction"] = json!({"parts": texts(&request.system, None)});
    }
    let contents = request.messages.iter().enumerate().map(|(at, message)| {
        let role = match message.role {
            Role::User => "user",
            Role::Assistant => "model",
        };
        json!({"role": role, "parts": texts(&message.parts, written.as_deref().filter(|_| at == 0))})
    });
    body["contents"] = contents.collect();
    body["generationConfig"] = json!({"maxOutputTokens": request.max_output_tokens});
    if let Output::Json(json) = &request.output {
        match means {
            Means::Native => {
                body["generationConfig"]["responseMimeType"] = json!("application/json");
                body["generationConfig"]["responseJsonSchema"] = json.schema.clone();
            }
            Means::Tool => {
                body["tools"] = json!([{"functionDeclarations": [{
                    "name": json.name,
                    "description": means::tool_description(json),
                    "parametersJsonSchema": json.schema,
                }]}]);
                body["toolConfig"] = json!({"functionCallingConfig": {
                    "mode": "ANY", "allowedFunctionNames": [json.name],
                }});
            }
            Means::Prompt => body["generationConfig"]["responseMimeType"] = json!("application/json"),
        }
    }
    body
}

//! What a server says in each protocol: a whole answer, its parts, and what goes wrong in it.

use llm::{Protocol, Provider};
use serde_json::{Value, json};

/// The protocols.
pub(crate) const ALL: [Protocol; 5] =
    [Protocol::Messages, Protocol::Responses, Protocol::Chat, Protocol::Gemini, Protocol::Ollama];

/// A provider that speaks it.
pub(crate) fn provider(protocol: Protocol) -> &'static Provider {
    let id = match protocol {
        Protocol::Messages => "anthropic",
        Protocol::Responses => "openai",
        Protocol::Chat => "openai-chat",
        Protocol::Gemini => "gemini",
        Protocol::Ollama => "ollama",
    };
    Provider::by_id(id).unwrap()
}

/// The type of what is streamed.
pub(crate) fn content_type(protocol: Protocol) -> &'static str {
    if protocol == Protocol::Ollama { "application/x-ndjson" } else { "text/event-stream; charset=utf-8" }
}

/// One event, as it is sent.
pub(crate) fn event(protocol: Protocol, event: &Value) -> String {
    match (protocol, event["type"].as_str()) {
        (Protocol::Ollama, _) => format!("{event}\n"),
        (Protocol::Messages | Protocol::Responses, Some(kind)) => format!("event: {kind}\ndata: {event}\n\n"),
        _ => format!("data: {event}\n\n"),
    }
}

/// How an answer begins.
pub(crate) fn begin(protocol: Protocol) -> Vec<String> {
    let events = match protocol {
        Protocol::Messages => vec![
            json!({"type": "message_start", "message": {
                "id": "m", "type": "message", "role": "assistant", "model": "model-test", "content": [],
                "usage": {"input_tokens": 20, "cache_creation_input_tokens": 5, "cache_read_input_tokens": 7,
                    "output_tokens": 1}}}),
            json!({"type": "ping"}),
        ],
        Protocol::Responses => {
            vec![
                json!({"type": "response.created", "response": {"model": "model-test", "status": "in_progress"}}),
            ]
        }
        Protocol::Chat => vec![json!({"model": "model-test", "choices": [
            {"index": 0, "delta": {"role": "assistant", "content": ""}, "finish_reason": null}]})],
        Protocol::Gemini => vec![json!({"modelVersion": "model-test", "candidates": [
            {"content": {"role": "model", "parts": [{"text": "Hm.", "thought": true}]}}]})],
        Protocol::Ollama => {
            vec![
                json!({"model": "model-test", "message": {"role": "assistant", "content": ""}, "done": false}),
            ]
        }
    };
    events.iter().map(|one| event(protocol, one)).collect()
}

/// Text, six bytes an event (it is ASCII).
pub(crate) fn text(protocol: Protocol, text: &str) -> Vec<String> {
    let mut events = Vec::new();
    if protocol == Protocol::Messages {
        let block = json!({"type": "text", "text": ""});
        events.push(json!({"type": "content_block_start", "index": 0, "content_block": block}));
    }
    for piece in text.as_bytes().chunks(6) {
        let piece = std::str::from_utf8(piece).unwrap();
        events.push(match protocol {
            Protocol::Messages => json!({"type": "content_block_delta", "index": 0,
                "delta": {"type": "text_delta", "text": piece}}),
            Protocol::Responses => {
                json!({"type": "response.output_text.delta", "output_index": 0, "delta": piece})
            }
            Protocol::Chat => {
                json!({"choices": [{"index": 0, "delta": {"content": piece}, "finish_reason": null}]})
            }
            Protocol::Gemini => json!({"candidates": [{"content": {"parts": [{"text": piece}]}}]}),
            Protocol::Ollama => json!({"message": {"content": piece}, "done": false}),
        });
    }
    events.iter().map(|one| event(protocol, one)).collect()
}

/// An answer as the arguments of a tool.
pub(crate) fn tool(protocol: Protocol, name: &str, arguments: &str) -> Vec<String> {
    let pieces = || arguments.as_bytes().chunks(9).map(|piece| std::str::from_utf8(piece).unwrap());
    let events: Vec<Value> = match protocol {
        Protocol::Messages => [json!({"type": "content_block_start", "index": 0,
            "content_block": {"type": "tool_use", "id": "t", "name": name, "input": {}}})]
        .into_iter()
        .chain(pieces().map(|piece| {
            json!({"type": "content_block_delta", "index": 0,
                "delta": {"type": "input_json_delta", "partial_json": piece}})
        }))
        .collect(),
        Protocol::Responses => [json!({"type": "response.output_item.added", "output_index": 0,
            "item": {"type": "function_call", "name": name, "arguments": ""}})]
        .into_iter()
        .chain(pieces().map(|piece| {
            json!({"type": "response.function_call_arguments.delta", "output_index": 0, "delta": piece})
        }))
        .collect(),
        Protocol::Chat => [json!({"choices": [{"index": 0, "delta": {"tool_calls": [
            {"index": 0, "id": "c", "type": "function", "function": {"name": name, "arguments": ""}}]}}]})]
        .into_iter()
        .chain(pieces().map(|piece| {
            json!({"choices": [{"index": 0, "delta": {"tool_calls": [
                {"index": 0, "function": {"arguments": piece}}]}}]})
        }))
        .collect(),
        Protocol::Gemini => {
            let arguments: Value = serde_json::from_str(arguments).unwrap();
            vec![json!({"candidates": [{"content": {"parts": [
                {"functionCall": {"name": name, "args": arguments}}]}}]})]
        }
        Protocol::Ollama => panic!("Ollama cannot be made to call a tool"),
    };
    events.iter().map(|one| event(protocol, one)).collect()
}

/// How an answer can stop.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Stops {
    Well,
    AtTheLimit,
    Filtered,
}

/// The last events of an answer, with the count.
pub(crate) fn end(protocol: Protocol, stops: Stops) -> Vec<String> {
    let name = |well, limit, filter| match stops {
        Stops::Well => well,
        Stops::AtTheLimit => limit,
        Stops::Filtered => filter,
    };
    let events = match protocol {
        Protocol::Messages => vec![
            json!({"type": "message_delta", "delta": {"stop_reason": name("end_turn", "max_tokens", "refusal")},
                "usage": {"output_tokens": 40}}),
            json!({"type": "message_stop"}),
        ],
        Protocol::Responses => {
            let kind = name("response.completed", "response.incomplete", "response.incomplete");
            let reason = name("", "max_output_tokens", "content_filter");
            vec![json!({"type": kind, "response": {"incomplete_details": {"reason": reason}, "usage": {
                "input_tokens": 27, "input_tokens_details": {"cached_tokens": 7}, "output_tokens": 40}}})]
        }
        Protocol::Chat => vec![
            json!({"choices": [{"index": 0, "delta": {},
                "finish_reason": name("stop", "length", "content_filter")}]}),
            json!({"choices": [], "usage": {"prompt_tokens": 27, "completion_tokens": 40,
                "prompt_tokens_details": {"cached_tokens": 7}}}),
        ],
        Protocol::Gemini => vec![json!({"candidates": [{"content": {"parts": []},
            "finishReason": name("STOP", "MAX_TOKENS", "SAFETY")}], "usageMetadata": {
            "promptTokenCount": 27, "cachedContentTokenCount": 7, "candidatesTokenCount": 30,
            "thoughtsTokenCount": 10}})],
        Protocol::Ollama => vec![json!({"message": {"content": ""}, "done": true,
            "done_reason": name("stop", "length", "filtered"), "prompt_eval_count": 27, "eval_count": 40})],
    };
    let mut events: Vec<String> = events.iter().map(|one| event(protocol, one)).collect();
    if protocol == Protocol::Chat {
        events.push("data: [DONE]\n\n".to_owned());
    }
    events
}

/// A whole answer.
pub(crate) fn answer(protocol: Protocol, words: &str) -> Vec<String> {
    [begin(protocol), text(protocol, words), end(protocol, Stops::Well)].concat()
}

/// A whole answer of a server that does not stream.
pub(crate) fn unstreamed(protocol: Protocol, text: &str) -> Value {
    match protocol {
        Protocol::Messages => json!({"type": "message", "role": "assistant", "model": "model-test",
            "stop_reason": "end_turn", "content": [{"type": "text", "text": text}],
            "usage": {"input_tokens": 20, "cache_creation_input_tokens": 5, "cache_read_input_tokens": 7,
                "output_tokens": 40}}),
        Protocol::Responses => json!({"object": "response", "model": "model-test", "status": "completed",
            "error": null, "incomplete_details": null,
            "output": [{"type": "message", "content": [{"type": "output_text", "text": text}]}],
            "usage": {"input_tokens": 27, "input_tokens_details": {"cached_tokens": 7}, "output_tokens": 40}}),
        Protocol::Chat => json!({"object": "chat.completion", "model": "model-test", "choices": [
            {"index": 0, "message": {"role": "assistant", "content": text}, "finish_reason": "stop"}],
            "usage": {"prompt_tokens": 27, "completion_tokens": 40, "prompt_tokens_details": {"cached_tokens": 7}}}),
        Protocol::Gemini => json!({"modelVersion": "model-test", "candidates": [
            {"content": {"parts": [{"text": text}]}, "finishReason": "STOP"}],
            "usageMetadata": {"promptTokenCount": 27, "cachedContentTokenCount": 7, "candidatesTokenCount": 30,
                "thoughtsTokenCount": 10}}),
        Protocol::Ollama => json!({"model": "model-test", "message": {"role": "assistant", "content": text},
            "done": true, "done_reason": "stop", "prompt_eval_count": 27, "eval_count": 40}),
    }
}

/// The body of a failure, as the provider spells it.
pub(crate) fn failure(protocol: Protocol, status: u16, message: &str) -> Value {
    match protocol {
        Protocol::Messages => {
            let kind = match status {
                401 => "authentication_error",
                402 => "billing_error",
                403 => "permission_error",
                404 => "not_found_error",
                413 => "request_too_large",
                429 => "rate_limit_error",
                529 => "overloaded_error",
                500.. => "api_error",
                _ => "invalid_request_error",
            };
            json!({"type": "error", "error": {"type": kind, "message": message}})
        }
        Protocol::Responses | Protocol::Chat => {
            let code = if status == 404 { json!("model_not_found") } else { Value::Null };
            json!({"error": {"message": message, "type": "invalid_request_error", "param": null, "code": code}})
        }
        Protocol::Gemini => {
            let state = match status {
                401 => "UNAUTHENTICATED",
                403 => "PERMISSION_DENIED",
                404 => "NOT_FOUND",
                429 => "RESOURCE_EXHAUSTED",
                503 => "UNAVAILABLE",
                500.. => "INTERNAL",
                _ => "INVALID_ARGUMENT",
            };
            let words =
                if status == 404 { format!("models/x is not found. {message}") } else { message.to_owned() };
            json!({"error": {"code": status, "message": words, "status": state}})
        }
        Protocol::Ollama if status == 404 => json!({"error": format!("model 'x' not found. {message}")}),
        Protocol::Ollama => json!({"error": message}),
    }
}

/// An event of an overloaded provider in the middle of a stream.
pub(crate) fn overloaded(protocol: Protocol) -> String {
    let error = match protocol {
        Protocol::Messages => {
            json!({"type": "error", "error": {"type": "overloaded_error", "message": "Overloaded"}})
        }
        Protocol::Responses => json!({"type": "response.failed", "response": {"status": "failed",
            "error": {"code": "server_error", "message": "The server had an error."}}}),
        Protocol::Chat => json!({"error": {"code": 502, "message": "Provider disconnected"},
            "choices": [{"index": 0, "delta": {"content": ""}, "finish_reason": "error"}]}),
        Protocol::Gemini => {
            json!({"error": {"code": 503, "message": "The model is overloaded.", "status": "UNAVAILABLE"}})
        }
        Protocol::Ollama => json!({"error": "an error was encountered while running the model"}),
    };
    event(protocol, &error)
}

/// An error in the middle of a stream that says what was asked.
pub(crate) fn telling(protocol: Protocol, words: &str) -> String {
    let error = match protocol {
        Protocol::Messages | Protocol::Chat => {
            json!({"type": "error", "error": {"type": "invalid_request_error", "message": words}})
        }
        Protocol::Responses => json!({"type": "error", "code": "invalid_prompt", "message": words}),
        Protocol::Gemini => json!({"error": {"code": 400, "message": words, "status": "INVALID_ARGUMENT"}}),
        Protocol::Ollama => json!({"error": {"code": 400, "message": words}}),
    };
    event(protocol, &error)
}

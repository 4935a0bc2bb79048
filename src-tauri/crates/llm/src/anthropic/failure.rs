//! Reads what the Messages API says when something went wrong.

use std::borrow::Cow;
use std::time::Duration;

use reqwest::header::{HeaderMap, RETRY_AFTER};
use serde::Deserialize;

use super::PROVIDER;
use crate::{Error, Request};

/// The longest words of a provider that are passed on, in characters.
const LONGEST: usize = 300;

/// The `error` object of a failure.
#[derive(Debug, Deserialize)]
pub(super) struct Reason<'a> {
    #[serde(default, borrow)]
    r#type: Cow<'a, str>,
    #[serde(default, borrow)]
    message: Cow<'a, str>,
}

#[derive(Deserialize)]
struct Body<'a> {
    #[serde(borrow)]
    error: Reason<'a>,
}

fn read(body: &[u8]) -> Option<Reason<'_>> {
    serde_json::from_slice::<Body<'_>>(body).ok().map(|body| body.error)
}

/// What an answer with a status other than 2xx means. `model` is the model that was asked for.
pub fn read_failure(status: u16, body: &[u8], retry_after: Option<Duration>, model: &str) -> Error {
    let reason = read(body);
    let kind = reason.as_ref().map_or("", |reason| &*reason.r#type);
    let message = reason.as_ref().map_or("", |reason| &*reason.message);
    let provider = PROVIDER.to_owned();
    match (status, kind) {
        (401, _) => Error::KeyRejected { provider },
        (402, _) | (_, "billing_error") => Error::NoCredit { provider },
        (403, _) => Error::Forbidden { provider },
        // A gateway that knows no such address answers 404 too, but not in this protocol.
        (404, "not_found_error") => Error::NoSuchModel { provider, model: model.to_owned() },
        (404 | 405, _) => {
            Error::BadRequest { provider, reason: "this address knows no /v1/messages".to_owned() }
        }
        (413, _) | (_, "request_too_large") => Error::TooLarge { provider },
        (429, _) => Error::RateLimited { provider, retry_after },
        (503 | 529, _) => Error::Overloaded { provider, retry_after },
        (408 | 409 | 500.., _) => Error::Server { provider, status, retry_after },
        (300..=399, _) => {
            Error::BadRequest { provider, reason: "the address sends the request elsewhere".to_owned() }
        }
        _ => bad_request(status, message),
    }
}

/// An `error` event in the middle of a stream. It has no status, so its type decides.
pub(super) fn event_failure(reason: Option<&Reason<'_>>) -> Error {
    let provider = PROVIDER.to_owned();
    let Some(reason) = reason else { return Error::Server { provider, status: 500, retry_after: None } };
    match &*reason.r#type {
        "overloaded_error" => Error::Overloaded { provider, retry_after: None },
        "rate_limit_error" => Error::RateLimited { provider, retry_after: None },
        "authentication_error" => Error::KeyRejected { provider },
        "permission_error" => Error::Forbidden { provider },
        "billing_error" => Error::NoCredit { provider },
        "request_too_large" => Error::TooLarge { provider },
        "timeout_error" => Error::Server { provider, status: 504, retry_after: None },
        "invalid_request_error" | "not_found_error" => bad_request(400, &reason.message),
        _ => Error::Server { provider, status: 500, retry_after: None },
    }
}

/// A 400 of which only the words tell what it is about.
fn bad_request(status: u16, message: &str) -> Error {
    let provider = PROVIDER.to_owned();
    let lower = message.to_lowercase();
    if lower.contains("credit balance") {
        return Error::NoCredit { provider };
    }
    if lower.contains("prompt is too long")
        || lower.contains("context limit")
        || lower.contains("context window")
    {
        return Error::ContextWindow;
    }
    let first_line = message.lines().next().unwrap_or_default().trim();
    let reason = if first_line.is_empty() {
        format!("status {status}")
    } else {
        first_line.chars().take(LONGEST).collect()
    };
    Error::BadRequest { provider, reason }
}

/// Whether a 400 says that this server or model does not take the answer's schema.
///
/// Seen: `The compiled grammar is too large …` for large schemas; `output_config.format: Extra inputs are not
/// permitted` and `… does not support output format …` from older models and gateways.
pub(super) fn is_about_schema(body: &[u8]) -> bool {
    let Some(reason) = read(body) else { return false };
    let message = reason.message.to_lowercase();
    [
        "grammar",
        "strict",
        "eager_input_streaming",
        "tool_choice",
        "output_config",
        "output format",
        "output_format",
        "structured output",
        "json_schema",
        "schema",
    ]
    .iter()
    .any(|sign| message.contains(sign))
}

/// How long the provider asks to wait: `retry-after` in seconds, whole or not. (The other form, a date, is not
/// sent by this protocol.)
pub(super) fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let seconds: f64 = headers.get(RETRY_AFTER)?.to_str().ok()?.trim().parse().ok()?;
    Duration::try_from_secs_f64(seconds).ok()
}

/// Drops the provider's words where they repeat the key or a piece of what was asked.
pub(super) fn without_secrets(error: Error, key: &str, request: &Request) -> Error {
    let Error::BadRequest { provider, reason } = error else { return error };
    let told = request
        .messages
        .iter()
        .flat_map(|message| &message.parts)
        .map(|part| part.text.as_str())
        .chain(request.system.iter().map(|part| part.text.as_str()));
    let repeats =
        (!key.is_empty() && reason.contains(key)) || told.into_iter().any(|text| shares(&reason, text));
    let reason = if repeats { "it says why, but repeats what was asked".to_owned() } else { reason };
    Error::BadRequest { provider, reason }
}

/// Whether a piece of `words` of some length stands in `text` too.
fn shares(words: &str, text: &str) -> bool {
    const LENGTH: usize = 16;
    let ends: Vec<usize> = words.char_indices().map(|(at, _)| at).chain([words.len()]).collect();
    ends.windows(LENGTH + 1).any(|window| text.contains(&words[window[0]..window[LENGTH]]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Message, Output};

    fn failure(status: u16, kind: &str, message: &str) -> Error {
        let body = serde_json::json!({"type": "error", "error": {"type": kind, "message": message}});
        read_failure(status, body.to_string().as_bytes(), None, "claude-test")
    }

    #[test]
    fn each_status_has_its_own_error() {
        let codes: Vec<(u16, &str)> =
            [400, 401, 402, 403, 404, 408, 409, 413, 418, 429, 500, 502, 503, 504, 529]
                .into_iter()
                .map(|status| {
                    let kind = if status == 404 { "not_found_error" } else { "whatever" };
                    (status, failure(status, kind, "some words").code())
                })
                .collect();
        insta::assert_debug_snapshot!(codes);
    }

    #[test]
    fn words_tell_what_a_400_is_about() {
        let low = "Your credit balance is too low to access the Anthropic API.";
        assert_eq!(failure(400, "invalid_request_error", low).code(), "no_credit");
        let long = "prompt is too long: 210000 tokens > 200000 maximum";
        assert_eq!(failure(400, "invalid_request_error", long), Error::ContextWindow);
        assert_eq!(
            failure(400, "invalid_request_error", "temperature: range: 0..1").to_string(),
            "Anthropic refused the request: temperature: range: 0..1"
        );
    }

    #[test]
    fn a_body_that_is_no_json_is_no_obstacle() {
        let page = b"<html>502 Bad Gateway</html>";
        assert_eq!(read_failure(502, page, None, "m").to_string(), "Anthropic had an error of its own (502)");
        assert_eq!(
            read_failure(400, page, None, "m").to_string(),
            "Anthropic refused the request: status 400"
        );
    }

    #[test]
    fn neither_key_nor_prompt_come_back_in_an_error() {
        let request = Request {
            system: Vec::new(),
            messages: vec![Message::user("The secret recipe calls for two onions.")],
            output: Output::Text,
            family: std::sync::Arc::default(),
            max_output_tokens: 1,
        };
        let hidden = |words: &str| {
            let error = failure(400, "invalid_request_error", words);
            without_secrets(error, "sk-1234", &request).to_string()
        };
        assert!(!hidden("bad key sk-1234").contains("sk-1234"));
        assert!(!hidden("messages.0: 'recipe calls for two onions' is odd").contains("onions"));
        assert!(hidden("max_tokens: must be at least 2").ends_with("must be at least 2"));
    }
}

//! Reads what providers say when something went wrong. They differ in where they put it and how they spell it, and
//! gateways mix them, so one reader knows them all.

use std::time::{Duration, SystemTime};

use reqwest::header::{DATE, HeaderMap, RETRY_AFTER};
use serde_json::Value;

use crate::{Error, Request};

/// The longest words of a provider that are passed on, in characters.
const LONGEST: usize = 300;

/// What a failure is about, wherever it stood.
#[derive(Debug, Default)]
pub(crate) struct Reason {
    /// Types, codes and states, in lower case.
    kinds: Vec<String>,
    /// An HTTP status inside the body.
    status: Option<u16>,
    message: String,
    /// How long to wait.
    retry_after: Option<Duration>,
}

/// Who was asked for what.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Asked<'a> {
    pub(crate) provider: &'static str,
    pub(crate) model: &'a str,
    /// The path below the base URL.
    pub(crate) path: &'a str,
}

impl Reason {
    /// Reads the body of a failure. Empty where there is nothing to read.
    pub(crate) fn read(body: &[u8]) -> Self {
        serde_json::from_slice::<Value>(body).map_or_else(|_| Self::default(), |body| Self::of(&body))
    }

    /// Reads a failure that stands in an event.
    pub(crate) fn of(body: &Value) -> Self {
        let mut reason = Self::default();
        reason.add(body, 0);
        reason
    }

    fn add(&mut self, value: &Value, depth: u8) {
        if depth > 8 {
            return;
        }
        match value {
            // Gemini puts a list around it where it does not stream.
            Value::Array(several) => several.iter().take(8).for_each(|one| self.add(one, depth + 1)),
            Value::String(words) => self.say(words, depth),
            Value::Object(fields) => {
                for key in ["type", "code", "status", "raw_status_code", "reason"] {
                    match fields.get(key) {
                        // `type: "error"` says nothing.
                        Some(Value::String(kind)) if kind != "error" => self.kinds.push(kind.to_lowercase()),
                        Some(Value::Number(number)) => {
                            let status = number.as_u64().and_then(|number| u16::try_from(number).ok());
                            self.status = self.status.or(status.filter(|status| (400..600).contains(status)));
                        }
                        _ => {}
                    }
                }
                for key in
                    ["message", "msg", "error", "errors", "detail", "details", "metadata", "raw", "response"]
                {
                    if let Some(inner) = fields.get(key).filter(|inner| !inner.is_null()) {
                        self.add(inner, depth + 1);
                    }
                }
                if let Some(delay) = fields.get("retryDelay").and_then(Value::as_str) {
                    self.retry_after = delay.strip_suffix('s').and_then(seconds);
                }
            }
            _ => {}
        }
    }

    fn say(&mut self, words: &str, depth: u8) {
        // OpenRouter passes on what its own provider said, as JSON in a string.
        if words.trim_start().starts_with('{')
            && let Ok(inner) = serde_json::from_str::<Value>(words)
        {
            self.add(&inner, depth + 1);
        } else if self.message.len() < 2_000 {
            if !self.message.is_empty() {
                self.message.push_str(": ");
            }
            self.message.push_str(words.trim());
        }
    }

    /// What the failure means. `status` is that of the answer; inside a stream there is none.
    pub(crate) fn error(
        &self,
        status: Option<u16>,
        retry_after: Option<Duration>,
        asked: Asked<'_>,
    ) -> Error {
        let provider = asked.provider.to_owned();
        let inner = self.status.unwrap_or(0);
        let status = status.unwrap_or(inner);
        let retry_after = retry_after.or(self.retry_after);
        let words = self.message.to_lowercase();
        let is = |kinds: &[&str]| self.kinds.iter().any(|kind| kinds.contains(&kind.as_str()));
        let says = |signs: &[&str]| signs.iter().any(|sign| words.contains(sign));

        // What passes says so by its status or kind; words are not asked, as they may speak of anything.
        if is(&["insufficient_quota", "billing_error", "insufficient_balance", "billing_hard_limit_reached"])
            || status == 402
            || inner == 402
            || says(&["credit balance", "insufficient balance", "insufficient credits", "out of credits"])
        {
            return Error::NoCredit { provider };
        }
        match status {
            503 | 529 => return Error::Overloaded { provider, retry_after },
            413 => return Error::TooLarge { provider },
            429 => return Error::RateLimited { provider, retry_after },
            300..=399 => {
                return Error::BadRequest {
                    provider,
                    reason: "the address sends the request elsewhere".to_owned(),
                };
            }
            _ => {}
        }
        if is(&["context_length_exceeded", "exceed_context_size_error", "model_context_window_exceeded"])
            || says(&CONTEXT)
            || (says(&["token"]) && says(&["exceeds the maximum number of tokens", "too many tokens"]))
        {
            return Error::ContextWindow;
        }
        if is(&["content_filter", "content_policy_violation", "content_filter_error"])
            || says(&["content management policy", "was flagged", "requires moderation"])
        {
            return Error::Filtered;
        }
        if !(500..=599).contains(&status) {
            if status == 401
                || is(&["authentication_error", "invalid_api_key", "unauthenticated", "api_key_invalid"])
                || says(&KEY)
            {
                return Error::KeyRejected { provider };
            }
            if is(&["model_not_found", "invalid_model"])
                || (status == 404 && is(&["not_found_error"]))
                || (says(&["model"]) && says(&NO_MODEL))
            {
                return Error::NoSuchModel { provider, model: asked.model.to_owned() };
            }
            if status == 403 || is(&["permission_error", "permission_denied"]) {
                return Error::Forbidden { provider };
            }
        }
        if is(&["overloaded_error", "unavailable", "service_unavailable", "engine_overloaded_error"]) {
            return Error::Overloaded { provider, retry_after };
        }
        if is(&["rate_limit_error", "rate_limit_exceeded", "resource_exhausted", "too_many_requests"]) {
            return Error::RateLimited { provider, retry_after };
        }
        if is(&["request_too_large"]) {
            return Error::TooLarge { provider };
        }
        if is(&["timeout_error", "deadline_exceeded"]) {
            let status = if status == 0 { 504 } else { status };
            return Error::Server { provider, status, retry_after };
        }
        match status {
            404 | 405 if words.is_empty() || says(&NO_ADDRESS) => Error::BadRequest {
                provider,
                reason: format!("this address knows no {}", asked.path.trim_start_matches('/')),
            },
            408 | 409 | 500.. => Error::Server { provider, status, retry_after },
            0 if !is(&["invalid_request_error", "not_found_error", "invalid_prompt", "invalid_argument"]) => {
                Error::Server { provider, status: 500, retry_after }
            }
            _ => Error::BadRequest { provider, reason: self.words(status) },
        }
    }

    /// The provider's own words, or the status where it has none.
    fn words(&self, status: u16) -> String {
        let first_line = self.message.lines().next().unwrap_or_default().trim();
        if first_line.is_empty() {
            format!("status {status}")
        } else {
            first_line.chars().take(LONGEST).collect()
        }
    }

    /// Whether a refusal says that this server or model does not take the answer's schema in the way in which it was
    /// given.
    ///
    /// Seen: `The compiled grammar is too large …` for large schemas; `output_config.format: Extra inputs are not
    /// permitted` from gateways; `Invalid schema for response_format …`; `This response_format type is unavailable
    /// now`; `No endpoints found that can handle the requested parameters`; `… does not support tools`; `… does not
    /// support this tool_choice`; `Failed to generate JSON`.
    pub(crate) fn is_about_schema(&self, status: u16) -> bool {
        let words = self.message.to_lowercase();
        let is_refusal = matches!(status, 400 | 404 | 422 | 501)
            // Older llama.cpp fails over a grammar that it cannot read.
            || (status == 500 && words.contains("grammar"));
        is_refusal
            && (SCHEMA.iter().any(|sign| words.contains(sign))
                || self.kinds.iter().any(|kind| kind == "json_validate_failed" || kind == "tool_use_failed"))
    }
}

const CONTEXT: [&str; 10] = [
    "prompt is too long",
    "context window",
    "context length",
    "context limit",
    "context size",
    "maximum context",
    "input is too long",
    "input token count",
    "maximum prompt length",
    "reduce the length of the messages",
];

const KEY: [&str; 7] = [
    "incorrect api key",
    "invalid api key",
    "api key not valid",
    "api key is invalid",
    "invalid x-api-key",
    "api key expired",
    "no auth credentials",
];

const NO_MODEL: [&str; 9] = [
    "does not exist",
    "not found",
    "not a valid model",
    "invalid model",
    "no such model",
    "unknown model",
    "no endpoints found for",
    "model not exist",
    "is not supported for generatecontent",
];

const NO_ADDRESS: [&str; 5] =
    ["not found", "invalid url", "unknown endpoint", "unexpected endpoint", "no route"];

const SCHEMA: [&str; 17] = [
    "grammar",
    "strict",
    "eager_input_streaming",
    "tool_choice",
    "output_config",
    "output format",
    "output_format",
    "structured output",
    "response_format",
    "response format",
    "json_schema",
    "json mode",
    "schema",
    "text.format",
    "support tool",
    "handle the requested parameters",
    "failed to generate json",
];

fn seconds(words: &str) -> Option<Duration> {
    words.trim().parse().ok().and_then(|seconds| Duration::try_from_secs_f64(seconds).ok())
}

/// How long the provider asks to wait: `retry-after-ms` and its kin in milliseconds, `retry-after` in seconds (whole
/// or not), or as a date, which is counted from the answer's own date, so that no clock has to be right.
pub(crate) fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let header = |name: &str| headers.get(name)?.to_str().ok();
    for name in ["retry-after-ms", "x-ms-retry-after-ms"] {
        if let Some(wait) = header(name).and_then(seconds) {
            return Some(wait / 1000);
        }
    }
    let asked = header(RETRY_AFTER.as_str())?;
    seconds(asked).or_else(|| {
        let then = httpdate::parse_http_date(asked).ok()?;
        let now = header(DATE.as_str()).and_then(|date| httpdate::parse_http_date(date).ok());
        Some(then.duration_since(now.unwrap_or_else(SystemTime::now)).unwrap_or_default())
    })
}

/// Drops the provider's words where they repeat the key or a piece of what was asked.
pub(crate) fn without_secrets(error: Error, key: Option<&str>, request: Option<&Request>) -> Error {
    let hide = |reason: String| {
        let told = request.into_iter().flat_map(|request| {
            let said = request.messages.iter().flat_map(|message| &message.parts);
            request.system.iter().chain(said).map(|part| part.text.as_str())
        });
        let has_key =
            key.is_some_and(|key| !key.is_empty() && (reason.contains(key) || shares(&reason, key, 8)));
        let repeats = has_key || told.into_iter().any(|text| shares(&reason, text, 16));
        if repeats { "it says why, but repeats what was asked".to_owned() } else { reason }
    };
    match error {
        Error::BadRequest { provider, reason } => Error::BadRequest { provider, reason: hide(reason) },
        Error::Stopped { reason } => Error::Stopped { reason: hide(reason) },
        other => other,
    }
}

/// Whether `length` letters of `words` stand in `text` too.
fn shares(words: &str, text: &str, length: usize) -> bool {
    let ends: Vec<usize> = words.char_indices().map(|(at, _)| at).chain([words.len()]).collect();
    ends.windows(length + 1).any(|window| text.contains(&words[window[0]..window[length]]))
}

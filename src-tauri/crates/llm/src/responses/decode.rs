//! Reads the stream of Responses.

use std::collections::{HashMap, HashSet};

use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;

use crate::decode::{Out, Reading};
use crate::failure::{Asked, Reason};
use crate::loose::{Count, Words, is_something, part};
use crate::{Stop, Usage};

/// What is known in the middle of a stream.
#[derive(Debug, Default)]
pub(crate) struct Responses {
    has_started: bool,
    has_refused: bool,
    /// Tool calls by the place of their item.
    calls: HashMap<u64, usize>,
    begun: usize,
    /// Places of items of which pieces came, so that the whole at their end is nothing new.
    seen: HashSet<u64>,
}

#[derive(Deserialize)]
struct Event<'a> {
    #[serde(default, borrow)]
    r#type: Words<'a>,
    #[serde(default)]
    output_index: Count,
    #[serde(default, borrow)]
    delta: Words<'a>,
    #[serde(default, borrow)]
    item: Option<&'a RawValue>,
    #[serde(default, borrow)]
    response: Option<&'a RawValue>,
    #[serde(default, borrow)]
    error: Option<&'a RawValue>,
}

#[derive(Deserialize)]
struct Item<'a> {
    #[serde(default, borrow)]
    r#type: Words<'a>,
    #[serde(default, borrow)]
    name: Words<'a>,
    #[serde(default, borrow)]
    arguments: Words<'a>,
    #[serde(default, borrow)]
    content: Option<&'a RawValue>,
    #[serde(default, borrow)]
    summary: Option<&'a RawValue>,
}

#[derive(Deserialize)]
struct Piece<'a> {
    #[serde(default, borrow)]
    text: Words<'a>,
    #[serde(default, borrow)]
    refusal: Words<'a>,
}

#[derive(Deserialize)]
struct Response<'a> {
    #[serde(default, borrow)]
    model: Words<'a>,
    #[serde(default, borrow)]
    status: Words<'a>,
    #[serde(default, borrow)]
    output: Option<&'a RawValue>,
    #[serde(default, borrow)]
    usage: Option<&'a RawValue>,
    #[serde(default, borrow)]
    error: Option<&'a RawValue>,
    #[serde(default, borrow)]
    incomplete_details: Option<&'a RawValue>,
}

#[derive(Deserialize)]
struct Incomplete<'a> {
    #[serde(default, borrow)]
    reason: Words<'a>,
}

/// Input includes what was read from the cache, output includes thinking.
#[derive(Deserialize)]
struct Counts<'a> {
    #[serde(default)]
    input_tokens: Count,
    #[serde(default)]
    output_tokens: Count,
    #[serde(default, borrow)]
    input_tokens_details: Option<&'a RawValue>,
}

#[derive(Default, Deserialize)]
struct Details {
    #[serde(default)]
    cached_tokens: Count,
    #[serde(default)]
    cache_write_tokens: Count,
}

impl Responses {
    fn started(&mut self, response: &Response<'_>, out: &mut Out) {
        if self.has_started {
            out.keep_alive();
        } else {
            self.has_started = true;
            out.started(&response.model.0);
        }
    }

    /// The number of the call whose item stands at `place`; it begins where none is known.
    fn call(&mut self, place: u64, name: &str, out: &mut Out) -> usize {
        *self.calls.entry(place).or_insert_with(|| {
            let number = self.begun;
            self.begun += 1;
            out.tool_started(number, name.to_owned());
            number
        })
    }

    fn done(&mut self, response: &Response<'_>, out: &mut Out) {
        if let Some(counts) = part::<Counts<'_>>(response.usage) {
            let details: Details = part(counts.input_tokens_details).unwrap_or_default();
            let input = counts.input_tokens.0.unwrap_or(0);
            let cache_read = details.cached_tokens.0.unwrap_or(0).min(input);
            let cache_write = details.cache_write_tokens.0.unwrap_or(0).min(input - cache_read);
            out.usage(Usage {
                input: input - cache_read - cache_write,
                cache_write,
                cache_read,
                output: counts.output_tokens.0.unwrap_or(0),
            });
        }
        let details: Option<Incomplete<'_>> = part(response.incomplete_details);
        let reason = details.map(|details| details.reason.0.into_owned()).unwrap_or_default();
        match (&*response.status.0, reason.as_str()) {
            ("failed" | "cancelled", _) => fail(response.error, out),
            (_, "max_output_tokens" | "max_tokens") => out.ended(Stop::MaxTokens),
            (_, "content_filter") => out.ended(Stop::ContentFilter),
            ("incomplete", _) => {
                out.ended(Stop::Other(if reason.is_empty() { "incomplete".to_owned() } else { reason }));
            }
            _ if self.has_refused => out.ended(Stop::Refusal),
            _ if self.begun > 0 => out.ended(Stop::ToolUse),
            _ => out.ended(Stop::End),
        }
    }

    /// An item that came whole.
    fn item(&mut self, place: u64, item: &Item<'_>, out: &mut Out) {
        match &*item.r#type.0 {
            "function_call" => {
                let number = self.call(place, &item.name.0, out);
                out.tool_arguments(number, item.arguments.0.clone().into_owned());
            }
            "message" => {
                for piece in part::<Vec<Piece<'_>>>(item.content).unwrap_or_default() {
                    self.has_refused |= !piece.refusal.0.is_empty();
                    out.text(piece.text.0.into_owned());
                }
            }
            "reasoning" => {
                for piece in part::<Vec<Piece<'_>>>(item.summary).unwrap_or_default() {
                    out.thinking(piece.text.0.into_owned());
                }
            }
            _ => out.keep_alive(),
        }
    }
}

impl Reading for Responses {
    fn event(&mut self, data: &str, out: &mut Out) {
        if data == "[DONE]" {
            // OpenRouter's own addition; what ends an answer came before it.
            out.keep_alive();
            return;
        }
        let Ok(event) = serde_json::from_str::<Event<'_>>(data) else {
            out.unreadable();
            return;
        };
        let place = event.output_index.0.unwrap_or(0);
        match &*event.r#type.0 {
            "response.created" | "response.in_progress" | "response.queued" => {
                match part::<Response<'_>>(event.response) {
                    Some(response) => self.started(&response, out),
                    None => out.keep_alive(),
                }
            }
            "response.output_text.delta" => {
                self.seen.insert(place);
                out.text(event.delta.0.into_owned());
            }
            "response.refusal.delta" | "response.refusal.done" => {
                self.has_refused = true;
                self.seen.insert(place);
                out.keep_alive();
            }
            "response.reasoning_summary_text.delta" | "response.reasoning_text.delta" => {
                self.seen.insert(place);
                out.thinking(event.delta.0.into_owned());
            }
            "response.output_item.added" => match part::<Item<'_>>(event.item) {
                Some(item) if item.r#type.0 == "function_call" => {
                    // Its arguments follow.
                    self.call(place, &item.name.0, out);
                }
                _ => out.keep_alive(),
            },
            "response.output_item.done" => match part::<Item<'_>>(event.item) {
                // From servers that send no pieces.
                Some(item) if !self.seen.contains(&place) => self.item(place, &item, out),
                _ => out.keep_alive(),
            },
            "response.function_call_arguments.delta" => {
                self.seen.insert(place);
                let number = self.call(place, "", out);
                out.tool_arguments(number, event.delta.0.into_owned());
            }
            "response.completed" | "response.incomplete" | "response.failed" | "response.done" => {
                match part::<Response<'_>>(event.response) {
                    Some(mut response) => {
                        if response.status.0.is_empty() {
                            let status = event.r#type.0.trim_start_matches("response.").to_owned();
                            response.status = Words(status.into());
                        }
                        self.done(&response, out);
                    }
                    None => out.malformed("the last event has no response in it"),
                }
            }
            // The code and the words stand in the event itself, or in an object below it.
            "error" | "response.error" => out_of(data, out),
            // Errors of gateways have no type.
            "" if is_something(event.error) => out_of(data, out),
            _ => out.keep_alive(),
        }
    }

    fn whole(&mut self, body: &str, out: &mut Out) {
        let response = match serde_json::from_str::<Response<'_>>(body) {
            Ok(response) => response,
            Err(error) => return out.no_json(&error),
        };
        if is_something(response.error) && response.output.is_none() {
            return fail(response.error, out);
        }
        self.started(&response, out);
        let items: Vec<Item<'_>> = part(response.output).unwrap_or_default();
        for (place, item) in (0..).zip(&items) {
            self.item(place, item, out);
        }
        if response.status.0.is_empty() {
            out.truncated();
        } else {
            self.done(&response, out);
        }
    }
}

fn out_of(data: &str, out: &mut Out) {
    let asked = Asked { provider: out.provider(), model: "", path: "" };
    out.fail(Reason::read(data.as_bytes()).error(None, None, asked));
}

fn fail(error: Option<&RawValue>, out: &mut Out) {
    let error = error.and_then(|raw| serde_json::from_str::<Value>(raw.get()).ok()).unwrap_or_default();
    let asked = Asked { provider: out.provider(), model: "", path: "" };
    out.fail(Reason::of(&error).error(None, None, asked));
}

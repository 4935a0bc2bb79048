//! Reads the event stream of the Messages API.

use std::borrow::Cow;
use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::Poll;

use bytes::Buf;
use futures::stream::BoxStream;
use futures::{Stream, StreamExt, TryStreamExt};
use serde::Deserialize;
use sse_stream::SseByteStream;

use super::PROVIDER;
use super::failure::event_failure;
use crate::{Delta, Error, Stop, Usage};

/// Turns the bytes of an answer into deltas. No network is needed, and the pieces may be of any size.
///
/// It ends after [`Delta::Ended`] or an error. Bytes that bring no delta of their own (comments, part of an event)
/// show as [`Delta::KeepAlive`]: somebody is there. Events and fields that are not known are stepped over, as the
/// protocol asks.
///
/// # Errors
///
/// What `bytes` gives; [`Error::Truncated`] where the bytes end without `message_stop`; [`Error::Malformed`] for what
/// is no event; and what an `error` event says.
pub fn decode<S, B>(bytes: S) -> BoxStream<'static, Result<Delta, Error>>
where
    S: Stream<Item = Result<B, Error>> + Send + 'static,
    B: Buf + Send + 'static,
{
    let heard = Arc::new(AtomicBool::new(false));
    let mark = Arc::clone(&heard);
    let bytes = bytes.inspect_ok(move |_| mark.store(true, Ordering::Relaxed)).boxed();
    let mut events = SseByteStream::new(bytes);
    let mut reading = Reading::default();
    let mut ready = VecDeque::new();

    futures::stream::poll_fn(move |context| {
        loop {
            if let Some(item) = ready.pop_front() {
                return Poll::Ready(Some(item));
            }
            if reading.over {
                return Poll::Ready(None);
            }
            match events.poll_next_unpin(context) {
                Poll::Ready(Some(Ok(event))) => {
                    heard.store(false, Ordering::Relaxed);
                    if let Some(data) = event.data {
                        reading.event(&data, &mut ready);
                    }
                }
                Poll::Ready(Some(Err(error))) => {
                    reading.over = true;
                    ready.push_back(Err(stream_error(error)));
                }
                Poll::Ready(None) => {
                    reading.over = true;
                    ready.push_back(Err(Error::Truncated { provider: PROVIDER.to_owned() }));
                }
                Poll::Pending if heard.swap(false, Ordering::Relaxed) => {
                    return Poll::Ready(Some(Ok(Delta::KeepAlive)));
                }
                Poll::Pending => return Poll::Pending,
            }
        }
    })
    .boxed()
}

fn stream_error(error: sse_stream::Error) -> Error {
    match error {
        sse_stream::Error::Body(error) => match error.downcast::<Error>() {
            Ok(error) => *error,
            Err(_) => Error::Disconnected { provider: PROVIDER.to_owned() },
        },
        _ => malformed("the event stream is not UTF-8"),
    }
}

fn malformed(reason: &str) -> Error {
    Error::Malformed { provider: PROVIDER.to_owned(), reason: reason.to_owned() }
}

/// What is known in the middle of a stream.
#[derive(Debug, Default)]
struct Reading {
    usage: Usage,
    stop: Option<Stop>,
    /// After the end marker or an error.
    over: bool,
}

/// Any event; each kind fills its own fields.
#[derive(Deserialize)]
struct Event<'a> {
    #[serde(borrow)]
    r#type: Cow<'a, str>,
    #[serde(default, borrow)]
    message: Option<Message<'a>>,
    #[serde(default)]
    index: Option<usize>,
    #[serde(default, borrow)]
    content_block: Option<Block<'a>>,
    #[serde(default, borrow)]
    delta: Option<BlockDelta<'a>>,
    #[serde(default)]
    usage: Option<Counts>,
    #[serde(default, borrow)]
    error: Option<super::failure::Reason<'a>>,
}

/// A message: only begun in `message_start`, whole where the server did not stream.
#[derive(Deserialize)]
struct Message<'a> {
    #[serde(default, borrow)]
    model: Cow<'a, str>,
    #[serde(default, borrow)]
    content: Vec<Block<'a>>,
    #[serde(default)]
    stop_reason: Option<String>,
    #[serde(default)]
    usage: Option<Counts>,
}

#[derive(Deserialize)]
struct Block<'a> {
    #[serde(borrow)]
    r#type: Cow<'a, str>,
    #[serde(default)]
    name: Option<String>,
    #[serde(default)]
    text: Option<String>,
    #[serde(default)]
    thinking: Option<String>,
    #[serde(default, borrow)]
    input: Option<&'a serde_json::value::RawValue>,
}

/// A piece of a block, or in `message_delta` the end of the message.
#[derive(Deserialize)]
struct BlockDelta<'a> {
    #[serde(default, borrow)]
    r#type: Cow<'a, str>,
    #[serde(default)]
    text: Option<String>,
    #[serde(default)]
    thinking: Option<String>,
    #[serde(default)]
    partial_json: Option<String>,
    #[serde(default)]
    stop_reason: Option<String>,
}

/// Counts of tokens. In `message_delta` they are cumulative, and those that are missing have not changed.
#[derive(Deserialize)]
#[expect(clippy::struct_field_names, reason = "the protocol's names")]
struct Counts {
    #[serde(default)]
    input_tokens: Option<u64>,
    #[serde(default)]
    cache_creation_input_tokens: Option<u64>,
    #[serde(default)]
    cache_read_input_tokens: Option<u64>,
    #[serde(default)]
    output_tokens: Option<u64>,
}

type Ready = VecDeque<Result<Delta, Error>>;

impl Reading {
    /// Reads the data of one event.
    fn event(&mut self, data: &str, ready: &mut Ready) {
        if data.trim().is_empty() || data.trim() == "[DONE]" {
            // Some gateways add the end marker of another protocol.
            return;
        }
        let Ok(event) = serde_json::from_str::<Event<'_>>(data) else {
            self.over = true;
            ready.push_back(Err(malformed("an event is not the JSON that it should be")));
            return;
        };
        let index = event.index.unwrap_or(0);
        match &*event.r#type {
            "message_start" => {
                if let Some(message) = event.message {
                    ready.push_back(Ok(Delta::Started { model: message.model.into_owned() }));
                    self.count(message.usage, ready);
                }
            }
            "content_block_start" => {
                if let Some(block) = event.content_block {
                    begin(index, block, ready);
                }
            }
            "content_block_delta" => {
                if let Some(delta) = event.delta {
                    piece(index, delta, ready);
                }
            }
            "message_delta" => {
                if let Some(reason) = event.delta.and_then(|delta| delta.stop_reason) {
                    self.stop = Some(stop(reason));
                }
                self.count(event.usage, ready);
            }
            "message_stop" => {
                self.over = true;
                ready.push_back(Ok(Delta::Ended(self.stop.take().unwrap_or(Stop::End))));
            }
            "error" => {
                self.over = true;
                ready.push_back(Err(event_failure(event.error.as_ref())));
            }
            // `ping`, `content_block_stop`, and what may be added to the protocol.
            _ => ready.push_back(Ok(Delta::KeepAlive)),
        }
    }

    fn count(&mut self, counts: Option<Counts>, ready: &mut Ready) {
        let Some(counts) = counts else { return };
        let before = self.usage;
        self.usage = Usage {
            input: counts.input_tokens.unwrap_or(before.input),
            cache_write: counts.cache_creation_input_tokens.unwrap_or(before.cache_write),
            cache_read: counts.cache_read_input_tokens.unwrap_or(before.cache_read),
            output: counts.output_tokens.unwrap_or(before.output),
        };
        ready.push_back(Ok(Delta::Usage(self.usage)));
    }
}

fn begin(index: usize, block: Block<'_>, ready: &mut Ready) {
    match &*block.r#type {
        "tool_use" => {
            ready.push_back(Ok(Delta::ToolStarted { index, name: block.name.unwrap_or_default() }));
        }
        "text" => text(block.text, ready),
        "thinking" => thinking(block.thinking, ready),
        _ => ready.push_back(Ok(Delta::KeepAlive)),
    }
}

fn piece(index: usize, delta: BlockDelta<'_>, ready: &mut Ready) {
    match &*delta.r#type {
        "text_delta" => text(delta.text, ready),
        "thinking_delta" => thinking(delta.thinking, ready),
        "input_json_delta" => match delta.partial_json {
            Some(json) if !json.is_empty() => ready.push_back(Ok(Delta::ToolArguments { index, json })),
            _ => ready.push_back(Ok(Delta::KeepAlive)),
        },
        // Signatures and citations have no place in a typed answer.
        _ => ready.push_back(Ok(Delta::KeepAlive)),
    }
}

fn text(text: Option<String>, ready: &mut Ready) {
    ready.push_back(Ok(match text {
        Some(text) if !text.is_empty() => Delta::Text(text),
        _ => Delta::KeepAlive,
    }));
}

fn thinking(text: Option<String>, ready: &mut Ready) {
    ready.push_back(Ok(match text {
        Some(text) if !text.is_empty() => Delta::Thinking(text),
        _ => Delta::KeepAlive,
    }));
}

fn stop(reason: String) -> Stop {
    match reason.as_str() {
        "end_turn" => Stop::End,
        "max_tokens" => Stop::MaxTokens,
        "stop_sequence" => Stop::StopSequence,
        "tool_use" => Stop::ToolUse,
        "refusal" => Stop::Refusal,
        "model_context_window_exceeded" => Stop::ContextWindow,
        _ => Stop::Other(reason),
    }
}

/// Reads a message that was not streamed.
pub(super) fn whole_message(body: &[u8]) -> Vec<Result<Delta, Error>> {
    #[derive(Deserialize)]
    struct Failed<'a> {
        #[serde(borrow)]
        error: super::failure::Reason<'a>,
    }

    if let Ok(failed) = serde_json::from_slice::<Failed<'_>>(body) {
        return vec![Err(event_failure(Some(&failed.error)))];
    }
    let Ok(message) = serde_json::from_slice::<Message<'_>>(body) else {
        return vec![Err(malformed("the answer is not the JSON that it should be"))];
    };
    let mut ready = VecDeque::new();
    ready.push_back(Ok(Delta::Started { model: message.model.into_owned() }));
    Reading::default().count(message.usage, &mut ready);
    for (index, block) in message.content.into_iter().enumerate() {
        let arguments = block.input.map(|input| input.get().to_owned());
        let is_tool = block.r#type == "tool_use";
        begin(index, block, &mut ready);
        if let (true, Some(json)) = (is_tool, arguments) {
            ready.push_back(Ok(Delta::ToolArguments { index, json }));
        }
    }
    ready.push_back(match message.stop_reason {
        Some(reason) => Ok(Delta::Ended(stop(reason))),
        None => Err(Error::Truncated { provider: PROVIDER.to_owned() }),
    });
    ready.into()
}

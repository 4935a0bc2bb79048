//! Reads the event stream of the Messages API.

use serde::Deserialize;
use serde_json::value::RawValue;

use crate::decode::{Out, Reading};
use crate::failure::{Asked, Reason};
use crate::loose::{Content, Count, Words, is_something, part};
use crate::{Stop, Usage};

/// What is known in the middle of a stream.
#[derive(Debug, Default)]
pub(crate) struct Messages {
    usage: Usage,
    stop: Option<Stop>,
    has_started: bool,
    /// A tool's input that came with the beginning of its block, for servers that send no pieces.
    input: Option<String>,
}

/// Any event; each kind fills its own fields.
#[derive(Deserialize)]
struct Event<'a> {
    #[serde(default, borrow)]
    r#type: Words<'a>,
    #[serde(default, borrow)]
    message: Option<&'a RawValue>,
    #[serde(default)]
    index: Count,
    #[serde(default, borrow)]
    content_block: Option<&'a RawValue>,
    #[serde(default, borrow)]
    delta: Option<&'a RawValue>,
    #[serde(default, borrow)]
    usage: Option<&'a RawValue>,
    #[serde(default, borrow)]
    error: Option<&'a RawValue>,
}

/// A message: only begun in `message_start`, whole where the server did not stream.
#[derive(Deserialize)]
struct Message<'a> {
    #[serde(default, borrow)]
    model: Words<'a>,
    #[serde(default, borrow)]
    content: Option<&'a RawValue>,
    #[serde(default, borrow)]
    stop_reason: Words<'a>,
    #[serde(default, borrow)]
    usage: Option<&'a RawValue>,
}

#[derive(Deserialize)]
struct Block<'a> {
    #[serde(default, borrow)]
    r#type: Words<'a>,
    #[serde(default, borrow)]
    name: Words<'a>,
    #[serde(default)]
    text: Content,
    #[serde(default)]
    thinking: Content,
    #[serde(default, borrow)]
    input: Option<&'a RawValue>,
}

/// A piece of a block, or in `message_delta` the end of the message.
#[derive(Deserialize)]
struct Piece<'a> {
    #[serde(default, borrow)]
    r#type: Words<'a>,
    #[serde(default, borrow)]
    text: Words<'a>,
    #[serde(default, borrow)]
    thinking: Words<'a>,
    #[serde(default, borrow)]
    partial_json: Words<'a>,
    #[serde(default, borrow)]
    stop_reason: Words<'a>,
}

/// Counts of tokens. In `message_delta` they are cumulative, and those that are missing have not changed.
#[derive(Deserialize)]
#[expect(clippy::struct_field_names, reason = "the protocol's names")]
struct Counts {
    #[serde(default)]
    input_tokens: Count,
    #[serde(default)]
    cache_creation_input_tokens: Count,
    #[serde(default)]
    cache_read_input_tokens: Count,
    #[serde(default)]
    output_tokens: Count,
}

impl Messages {
    fn started(&mut self, message: &Message<'_>, out: &mut Out) {
        self.has_started = true;
        out.started(&message.model.0);
        self.count(message.usage, out);
    }

    fn count(&mut self, counts: Option<&RawValue>, out: &mut Out) {
        let Some(counts) = part::<Counts>(counts) else { return };
        let before = self.usage;
        self.usage = Usage {
            input: counts.input_tokens.0.unwrap_or(before.input),
            cache_write: counts.cache_creation_input_tokens.0.unwrap_or(before.cache_write),
            cache_read: counts.cache_read_input_tokens.0.unwrap_or(before.cache_read),
            output: counts.output_tokens.0.unwrap_or(before.output),
        };
        out.usage(self.usage);
    }

    fn begin(&mut self, index: usize, block: Block<'_>, out: &mut Out) {
        match &*block.r#type.0 {
            "tool_use" => {
                out.tool_started(index, block.name.0.into_owned());
                self.input =
                    block.input.filter(|input| is_something(Some(input))).map(|raw| raw.get().to_owned());
            }
            "text" => out.text(block.text.text),
            "thinking" => out.thinking(block.thinking.text),
            _ => out.keep_alive(),
        }
    }

    fn piece(&mut self, index: usize, piece: Piece<'_>, out: &mut Out) {
        match &*piece.r#type.0 {
            "text_delta" => out.text(piece.text.0.into_owned()),
            "thinking_delta" => out.thinking(piece.thinking.0.into_owned()),
            "input_json_delta" => {
                if !piece.partial_json.0.is_empty() {
                    self.input = None;
                }
                out.tool_arguments(index, piece.partial_json.0.into_owned());
            }
            // Signatures and citations have no place in a typed answer.
            _ => out.keep_alive(),
        }
    }

    fn event_of(&mut self, event: &Event<'_>, data: &str, out: &mut Out) {
        let index = event.index.0.and_then(|index| usize::try_from(index).ok()).unwrap_or(0);
        match &*event.r#type.0 {
            "message_start" => match part::<Message<'_>>(event.message) {
                Some(message) => self.started(&message, out),
                None => out.keep_alive(),
            },
            "content_block_start" => match part(event.content_block) {
                Some(block) => self.begin(index, block, out),
                None => out.keep_alive(),
            },
            "content_block_delta" => match part(event.delta) {
                Some(piece) => self.piece(index, piece, out),
                None => out.keep_alive(),
            },
            "content_block_stop" => out.tool_arguments(index, self.input.take().unwrap_or_default()),
            "message_delta" => {
                let end = part::<Piece<'_>>(event.delta).and_then(|delta| delta.stop_reason.some());
                if let Some(reason) = end {
                    self.stop = Some(stop(reason));
                }
                out.keep_alive();
                self.count(event.usage, out);
            }
            "message_stop" => out.ended(self.stop.take().unwrap_or(Stop::End)),
            // Errors of gateways have no type.
            "error" => fail(data, out),
            "" if is_something(event.error) => fail(data, out),
            // `ping`, and what may be added to the protocol.
            _ => out.keep_alive(),
        }
    }
}

impl Reading for Messages {
    fn event(&mut self, data: &str, out: &mut Out) {
        if data == "[DONE]" {
            // Some gateways add the end marker of another protocol.
            out.keep_alive();
            return;
        }
        match serde_json::from_str::<Event<'_>>(data) {
            Ok(event) => self.event_of(&event, data, out),
            Err(_) => out.unreadable(),
        }
    }

    fn whole(&mut self, body: &str, out: &mut Out) {
        let event = match serde_json::from_str::<Event<'_>>(body) {
            Ok(event) => event,
            Err(error) => return out.no_json(&error),
        };
        if is_something(event.error) {
            return fail(body, out);
        }
        let Some(message) = serde_json::from_str::<Message<'_>>(body).ok().filter(|it| it.content.is_some())
        else {
            return out.malformed("the answer is not a message");
        };
        self.started(&message, out);
        for (index, block) in
            part::<Vec<Block<'_>>>(message.content).unwrap_or_default().into_iter().enumerate()
        {
            self.begin(index, block, out);
            out.tool_arguments(index, self.input.take().unwrap_or_default());
        }
        match message.stop_reason.some() {
            Some(reason) => out.ended(stop(reason)),
            None => out.truncated(),
        }
    }
}

fn fail(data: &str, out: &mut Out) {
    let asked = Asked { provider: out.provider(), model: "", path: "" };
    out.fail(Reason::read(data.as_bytes()).error(None, None, asked));
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

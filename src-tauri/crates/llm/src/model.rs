//! What every provider looks like from here: a request goes in, a stream of deltas comes out.

use std::fmt;
use std::sync::Arc;

use futures::stream::BoxStream;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::Error;

/// A language model behind some protocol.
pub trait Model: Send + Sync {
    /// The model's name as its provider spells it.
    fn id(&self) -> &str;

    /// Makes one attempt. Nothing is sent before the stream is polled; dropping the stream ends the request.
    ///
    /// The stream ends after [`Delta::Ended`], which is given only for the protocol's own end marker, or
    /// after an error. A connection that closes without the marker is [`Error::Truncated`].
    fn stream(&self, request: &Request) -> BoxStream<'static, Result<Delta, Error>>;

    /// Told when an answer to `request` was whole and held no JSON although JSON was asked for: the server does not
    /// heed the schema in the way in which it was given. True where the next attempt will ask in another way (as a
    /// tool, then in words), so that it is worth making; false where there is no other way left.
    fn schema_ignored(&self, request: &Request) -> bool {
        let _ = request;
        false
    }
}

/// What to ask.
///
/// Providers keep what requests begin with. So what many requests share stands first and is the same bytes in each:
/// the family, the system text with all that is read again and again, then the conversation.
#[derive(Clone, Debug, PartialEq)]
pub struct Request {
    /// What the model is told about its work, and what all requests of a family are about, in pieces. The end of
    /// the shared part is marked ([`Part::cache`]).
    pub system: Vec<Part>,
    /// The conversation so far.
    pub messages: Vec<Message>,
    /// What kind of answer is wanted.
    pub output: Output,
    /// Every JSON answer that will be asked for with the same beginning, in a fixed order, the one of `output` among
    /// them. May be empty. A provider whose cache depends on the schemas that it was told (Anthropic) is told all of
    /// them each time; for all others it changes nothing.
    pub family: Arc<[JsonOutput]>,
    /// Limit of the answer, in tokens.
    pub max_output_tokens: u32,
}

/// One turn of the conversation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// Who speaks.
    pub role: Role,
    /// What is said, in pieces.
    pub parts: Vec<Part>,
}

impl Message {
    /// A message of the user in one piece that is not worth caching.
    pub fn user(text: impl Into<String>) -> Self {
        Self { role: Role::User, parts: vec![Part::plain(text)] }
    }

    /// An answer of the model, as it gave it.
    pub fn assistant(text: impl Into<String>) -> Self {
        Self { role: Role::Assistant, parts: vec![Part::plain(text)] }
    }
}

/// A piece of a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// The text.
    pub text: String,
    /// Whether everything up to the end of this piece will be sent again soon, so that a provider with
    /// prompt caching should keep it.
    pub cache: bool,
}

impl Part {
    /// A piece that is not worth caching.
    pub fn plain(text: impl Into<String>) -> Self {
        Self { text: text.into(), cache: false }
    }

    /// A piece at whose end a provider should keep what came so far.
    pub fn cached(text: impl Into<String>) -> Self {
        Self { text: text.into(), cache: true }
    }
}

/// Who speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// We do.
    User,
    /// The model does.
    Assistant,
}

/// What kind of answer is wanted.
#[derive(Clone, Debug, PartialEq)]
pub enum Output {
    /// Plain text.
    Text,
    /// One JSON value.
    Json(JsonOutput),
}

/// A JSON answer: what it is called and what it looks like.
#[derive(Clone, Debug, PartialEq)]
pub struct JsonOutput {
    /// A short name of it: letters, digits, `_`.
    pub name: String,
    /// What it is, for the model, in a sentence.
    pub description: String,
    /// Its JSON Schema.
    pub schema: serde_json::Value,
}

impl JsonOutput {
    /// Whether it is an object, as far as its schema tells at first sight.
    pub(crate) fn is_object(&self) -> bool {
        self.schema.get("type").and_then(serde_json::Value::as_str) == Some("object")
    }
}

impl From<JsonOutput> for Output {
    fn from(json: JsonOutput) -> Self {
        Self::Json(json)
    }
}

/// What came in.
#[derive(Clone, Debug, PartialEq)]
pub enum Delta {
    /// The answer begins.
    Started {
        /// The model that answers, as the provider names it.
        model: String,
    },
    /// More of the answer's text.
    Text(String),
    /// More of the model's thinking, which is not part of the answer.
    Thinking(String),
    /// The model begins to call a tool.
    ToolStarted {
        /// Which of the answer's content blocks.
        index: usize,
        /// The tool's name.
        name: String,
    },
    /// More of a tool's arguments, as JSON text.
    ToolArguments {
        /// Which of the answer's content blocks.
        index: usize,
        /// The piece.
        json: String,
    },
    /// The provider said that it is still there.
    KeepAlive,
    /// What has been counted so far; cumulative, replaces earlier counts.
    Usage(Usage),
    /// The protocol's end marker: the answer is whole.
    Ended(Stop),
}

/// Why the model stopped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stop {
    /// It was done.
    End,
    /// It reached the limit of tokens.
    MaxTokens,
    /// It met a stop sequence.
    StopSequence,
    /// It waits for a tool.
    ToolUse,
    /// It declined.
    Refusal,
    /// A filter of the provider's stopped it.
    ContentFilter,
    /// The conversation does not fit its context window.
    ContextWindow,
    /// Another reason, as the provider spells it.
    Other(String),
}

/// Tokens, as the provider counts them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Usage {
    /// Input that was not read from a cache, in tokens.
    #[ts(type = "number")]
    pub input: u64,
    /// Input that was written to the provider's cache, in tokens.
    #[ts(type = "number")]
    pub cache_write: u64,
    /// Input that was read from the provider's cache, in tokens.
    #[ts(type = "number")]
    pub cache_read: u64,
    /// Output, in tokens.
    #[ts(type = "number")]
    pub output: u64,
}

impl std::ops::Add for Usage {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            input: self.input.saturating_add(other.input),
            cache_write: self.cache_write.saturating_add(other.cache_write),
            cache_read: self.cache_read.saturating_add(other.cache_read),
            output: self.output.saturating_add(other.output),
        }
    }
}

impl fmt::Display for Usage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let input = self.input.saturating_add(self.cache_write).saturating_add(self.cache_read);
        write!(f, "{input} tokens in, {} out", self.output)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_that_no_machine_reaches_do_not_overflow() {
        let most = Usage { input: u64::MAX, cache_write: 1, cache_read: u64::MAX, output: u64::MAX };
        let sum = most + most;
        assert_eq!((sum.input, sum.cache_write), (u64::MAX, 2));
        assert_eq!(sum.to_string(), format!("{0} tokens in, {0} out", u64::MAX));
    }
}

//! The five protocols: how each writes a request, and what reads its answers.

use bytes::Buf;
use futures::Stream;
use futures::stream::BoxStream;
use serde_json::Value;

use crate::chat::Dialect;
use crate::decode::{self, Reading};
use crate::failure::{Asked, Reason};
use crate::means::Means;
use crate::{Delta, Error, Request, anthropic, chat, gemini, ollama, responses};

/// How a provider is spoken to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Protocol {
    /// Anthropic's Messages.
    Messages,
    /// OpenAI's Responses.
    Responses,
    /// OpenAI's Chat Completions, and what is compatible with it.
    Chat,
    /// Google's Gemini.
    Gemini,
    /// Ollama's own.
    Ollama,
}

/// Ways to ask for JSON where all are there, the firmest first.
const ALL_MEANS: &[Means] = &[Means::Native, Means::Tool, Means::Prompt];

impl Protocol {
    /// Turns the bytes of an answer into deltas. No network is needed, and the pieces may be of any size. `provider`
    /// is the name in errors.
    ///
    /// It ends after [`Delta::Ended`] or an error. Bytes that bring no delta of their own (comments, part of an
    /// event) show as [`Delta::KeepAlive`]: somebody is there. Events and fields that are not known are stepped over.
    ///
    /// # Errors
    ///
    /// What `bytes` gives; [`Error::Truncated`] where the bytes end without the protocol's end marker;
    /// [`Error::Malformed`] for what is no event; and what an error in the stream says.
    pub fn decode<S, B>(self, provider: &'static str, bytes: S) -> BoxStream<'static, Result<Delta, Error>>
    where
        S: Stream<Item = Result<B, Error>> + Send + 'static,
        B: Buf + Send + 'static,
    {
        self.decode_strictly(provider, true, bytes)
    }

    /// `sends_done`: whether a server of Chat always sends `[DONE]`.
    pub(crate) fn decode_strictly<S, B>(
        self,
        provider: &'static str,
        sends_done: bool,
        bytes: S,
    ) -> BoxStream<'static, Result<Delta, Error>>
    where
        S: Stream<Item = Result<B, Error>> + Send + 'static,
        B: Buf + Send + 'static,
    {
        let reading: Box<dyn Reading> = match self {
            Self::Messages => Box::new(anthropic::Messages::default()),
            Self::Responses => Box::new(responses::Responses::default()),
            Self::Chat => Box::new(chat::Chat::new(sends_done)),
            Self::Gemini => Box::new(gemini::Gemini::default()),
            Self::Ollama => Box::new(ollama::Ollama::default()),
        };
        decode::decode(bytes, provider, self == Self::Ollama, reading)
    }

    /// What an answer with a status other than 2xx means. `model` is the model that was asked for.
    pub fn read_failure(self, provider: &'static str, status: u16, body: &[u8], model: &str) -> Error {
        let path = self.path(model);
        Reason::read(body).error(Some(status), None, Asked { provider, model, path: &path })
    }

    /// The version that stands in the path of an address.
    pub(crate) const fn version(self) -> &'static str {
        match self {
            Self::Messages | Self::Responses | Self::Chat => "v1",
            Self::Gemini => "v1beta",
            Self::Ollama => "api",
        }
    }

    /// Where answers are asked for, below the version.
    pub(crate) fn path(self, model: &str) -> String {
        match self {
            Self::Messages => "messages".to_owned(),
            Self::Responses => "responses".to_owned(),
            Self::Chat => "chat/completions".to_owned(),
            Self::Gemini => {
                let model = model.strip_prefix("models/").unwrap_or(model);
                format!("models/{model}:streamGenerateContent")
            }
            Self::Ollama => "chat".to_owned(),
        }
    }

    /// The query of that address. Never holds a key.
    pub(crate) const fn query(self) -> Option<&'static str> {
        match self {
            Self::Gemini => Some("alt=sse"),
            _ => None,
        }
    }

    /// Ways to ask for JSON, the firmest first.
    pub(crate) const fn ladder(self, dialect: Dialect) -> &'static [Means] {
        match self {
            Self::Chat => dialect.ladder,
            Self::Ollama => ollama::LADDER,
            _ => ALL_MEANS,
        }
    }

    pub(crate) fn body(self, model: &str, request: &Request, means: Means, dialect: Dialect) -> Value {
        match self {
            Self::Messages => anthropic::body(model, request, means),
            Self::Responses => responses::body(model, request, means),
            Self::Chat => chat::body(model, request, means, dialect),
            Self::Gemini => gemini::body(request, means),
            Self::Ollama => ollama::body(model, request, means),
        }
    }
}

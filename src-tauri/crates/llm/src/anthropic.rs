//! Anthropic's Messages API.
//!
//! - `wire` writes a request.
//! - `decode` reads a stream of events.

mod decode;
mod wire;

use futures::stream::BoxStream;

pub(crate) use self::decode::Messages;
pub(crate) use self::wire::body;

use crate::provider::CONNECT_LIMIT;
use crate::{Connection, Delta, Error, Key, Model, Provider, Request};

/// The model to use where nobody chose one: the middle of the three sizes.
pub const DEFAULT_MODEL: &str = "claude-sonnet-5-5";

/// A model at Anthropic itself: a shorter way to what [`Provider::connect`](crate::Provider::connect) gives.
#[derive(Clone, Debug)]
pub struct Anthropic {
    key: Key,
    connection: Connection,
}

impl Anthropic {
    /// The model `model` at Anthropic itself.
    ///
    /// # Errors
    ///
    /// [`Error::NoKey`] where the key is empty, [`Error::MalformedKey`] where it holds what no header can.
    pub fn new(key: Key, model: impl AsRef<str>) -> Result<Self, Error> {
        Self::at(key, model.as_ref(), None)
    }

    /// Another server that speaks the protocol: `https://gateway.example.com`, with or without `/v1`.
    ///
    /// # Errors
    ///
    /// [`Error::BaseUrl`] where it is not an http(s) address, holds a password or a query, or would send the key
    /// unencrypted to another computer.
    pub fn base_url(self, url: &str) -> Result<Self, Error> {
        let model = self.connection.id().to_owned();
        Self::at(self.key, &model, Some(url))
    }

    fn at(key: Key, model: &str, url: Option<&str>) -> Result<Self, Error> {
        let Some(provider) = Provider::by_id("anthropic") else { return Err(Error::MalformedKey) };
        let connection = provider.open(Some(key.clone()), model, url, CONNECT_LIMIT)?;
        Ok(Self { key, connection })
    }
}

impl Model for Anthropic {
    fn id(&self) -> &str {
        self.connection.id()
    }

    fn stream(&self, request: &Request) -> BoxStream<'static, Result<Delta, Error>> {
        self.connection.stream(request)
    }

    fn schema_ignored(&self, request: &Request) -> bool {
        self.connection.schema_ignored(request)
    }
}

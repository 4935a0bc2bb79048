//! Anthropic's Messages API, and servers that speak it.
//!
//! - `wire` writes a request.
//! - [`decode`] reads a stream of events; it needs no network.
//! - `failure` reads answers with a status of 400 and more.
//! - [`Anthropic`] joins them over HTTP.

mod decode;
mod failure;
mod wire;

use bytes::Bytes;
use futures::stream::BoxStream;
use futures::{StreamExt, TryStreamExt};
use reqwest::header::{CONTENT_TYPE, HeaderMap, HeaderValue};
use reqwest::{Response, StatusCode};

pub use self::decode::decode;
pub use self::failure::read_failure;

use crate::http::{self, BaseUrl};
use crate::means::{Means, Memory};
use crate::{Delta, Error, Key, Model, Output, Request};

/// The provider's name in messages.
const PROVIDER: &str = "Anthropic";

/// The model to use where nobody chose one: the middle of the three sizes.
pub const DEFAULT_MODEL: &str = "claude-sonnet-5-5";

/// Where Anthropic itself answers.
const HOME: &str = "https://api.anthropic.com";

/// The version of the protocol, sent with each request.
const VERSION: &str = "2023-06-01";

/// A model behind the Messages API.
#[derive(Clone, Debug)]
pub struct Anthropic {
    model: String,
    base: BaseUrl,
    client: reqwest::Client,
    headers: HeaderMap,
    memory: Memory,
}

impl Anthropic {
    /// The model `model` at Anthropic itself.
    ///
    /// # Errors
    ///
    /// [`Error::NoKey`] where the key is empty, [`Error::MalformedKey`] where it holds what no header can.
    #[expect(clippy::needless_pass_by_value, reason = "the caller's copy of the key is wiped with it")]
    pub fn new(key: Key, model: impl Into<String>) -> Result<Self, Error> {
        if key.is_empty() {
            return Err(Error::NoKey { provider: PROVIDER.to_owned() });
        }
        let mut secret = HeaderValue::from_str(key.expose()).map_err(|_| Error::MalformedKey)?;
        secret.set_sensitive(true);
        let mut headers = HeaderMap::new();
        headers.insert("x-api-key", secret);
        headers.insert("anthropic-version", HeaderValue::from_static(VERSION));
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        let base = BaseUrl::parse(HOME)?;
        let model = model.into();
        Ok(Self {
            memory: Memory::of(HOME, &model, Means::Native),
            model,
            client: http::client(&base, PROVIDER)?,
            base,
            headers,
        })
    }

    /// Another server that speaks the protocol: `https://gateway.example.com`, with or without `/v1`.
    ///
    /// # Errors
    ///
    /// [`Error::BaseUrl`] where it is not an http(s) address, holds a password or a query, or would send the key
    /// unencrypted to another computer.
    pub fn base_url(mut self, url: &str) -> Result<Self, Error> {
        self.base = BaseUrl::parse(url)?;
        self.client = http::client(&self.base, PROVIDER)?;
        self.memory = Memory::of(self.base.join("").as_str(), &self.model, Means::Native);
        Ok(self)
    }

    /// One attempt, up to the head of the answer.
    async fn send(self, request: Request) -> Result<Response, Error> {
        let has_schema = matches!(request.output, Output::Json(_));
        let mut means = self.memory.means();
        loop {
            let response = self.post(&request, means).await?;
            let status = response.status();
            if status.is_success() {
                return Ok(response);
            }
            let retry_after = failure::retry_after(response.headers());
            let body = http::read_start(response).await;
            if status == StatusCode::BAD_REQUEST
                && has_schema
                && failure::is_about_schema(&body)
                && let Some(next) = self.memory.step_down(means)
            {
                means = next;
                continue;
            }
            return Err(self.failure(status, &body, retry_after, &request));
        }
    }

    async fn post(&self, request: &Request, means: Means) -> Result<Response, Error> {
        let body = wire::body(&self.model, request, means).to_string();
        self.client
            .post(self.base.join("v1/messages"))
            .headers(self.headers.clone())
            .body(body)
            .send()
            .await
            .map_err(|error| http::send_error(&error, PROVIDER, &self.base))
    }

    fn failure(
        &self,
        status: StatusCode,
        body: &[u8],
        retry_after: Option<std::time::Duration>,
        request: &Request,
    ) -> Error {
        self.without_secrets(read_failure(status.as_u16(), body, retry_after, &self.model), request)
    }

    fn without_secrets(&self, error: Error, request: &Request) -> Error {
        let secret = self.headers.get("x-api-key").and_then(|key| key.to_str().ok()).unwrap_or_default();
        failure::without_secrets(error, secret, request)
    }
}

impl Model for Anthropic {
    fn id(&self) -> &str {
        &self.model
    }

    fn schema_ignored(&self, _request: &Request) -> bool {
        self.memory.step_down(self.memory.means()).is_some()
    }

    fn stream(&self, request: &Request) -> BoxStream<'static, Result<Delta, Error>> {
        let (model, request) = (self.clone(), request.clone());
        let (asked, asking) = (request.clone(), self.clone());
        futures::stream::once(async move {
            let response = model.send(request).await?;
            let kind = http::media_type(response.headers());
            if kind.as_deref() == Some("application/json") {
                // A server or a proxy that does not stream sends the whole message.
                let body = http::read_all(response, PROVIDER).await?;
                return Ok(futures::stream::iter(decode::whole_message(&body)).boxed());
            }
            if kind.as_deref().is_some_and(|kind| kind != "text/event-stream") {
                return Err(Error::Malformed {
                    provider: PROVIDER.to_owned(),
                    reason: format!("{} instead of an event stream", kind.unwrap_or_default()),
                });
            }
            let bytes =
                response.bytes_stream().map_err(|_| Error::Disconnected { provider: PROVIDER.to_owned() });
            Ok(decode::<_, Bytes>(bytes))
        })
        .try_flatten()
        // An error in mid-stream may repeat what was asked as well.
        .map_err(move |error| asking.without_secrets(error, &asked))
        .boxed()
    }
}

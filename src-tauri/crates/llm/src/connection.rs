//! One model at one server: a request over HTTP and what comes back, for all protocols.

use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use futures::stream::BoxStream;
use futures::{StreamExt, TryStreamExt};
use reqwest::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue};
use reqwest::{Client, Response};
use zeroize::Zeroizing;

use crate::failure::{self, Asked, Reason};
use crate::http::{self, BaseUrl};
use crate::means::{Means, Memory};
use crate::provider::Provider;
use crate::{Delta, Error, Key, Model, Output, Protocol, Request};

/// The version of Anthropic's protocol, sent with each request.
const ANTHROPIC_VERSION: &str = "2023-06-01";

/// A model behind one of the protocols.
#[derive(Clone)]
pub struct Connection {
    provider: &'static Provider,
    model: String,
    base: BaseUrl,
    client: Client,
    key: Option<Key>,
    headers: HeaderMap,
    memory: Memory,
}

impl Connection {
    /// See [`Provider::open`].
    pub(crate) fn open(
        provider: &'static Provider,
        key: Option<Key>,
        model: &str,
        base_url: Option<&str>,
        connect: Duration,
    ) -> Result<Self, Error> {
        let key = key.filter(|key| !key.is_empty());
        let given = base_url.map(str::trim).filter(|url| !url.is_empty());
        if key.is_none() && provider.needs_key && given.is_none_or(|url| !http::is_here(url)) {
            return Err(Error::NoKey { provider: provider.name.to_owned() });
        }
        let Some(address) = given.or(provider.home) else {
            let (address, reason) = ("of the server".to_owned(), "none was given".to_owned());
            return Err(Error::BaseUrl { address, reason });
        };
        let base = BaseUrl::parse(address)?;
        let mut headers = HeaderMap::new();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        headers.insert(ACCEPT, HeaderValue::from_static("text/event-stream, application/json"));
        if provider.protocol == Protocol::Messages {
            headers.insert("anthropic-version", HeaderValue::from_static(ANTHROPIC_VERSION));
        }
        if let Some(key) = &key {
            let (name, value) = secret(provider.protocol, key)?;
            headers.insert(name, value);
        }
        let ladder = provider.protocol.ladder(provider.dialect);
        Ok(Self {
            provider,
            model: model.trim().to_owned(),
            client: http::client(&base, provider.name, connect)?,
            memory: Memory::of(base.endpoint(provider.protocol.version(), "").as_str(), model.trim(), ladder),
            base,
            key,
            headers,
        })
    }

    /// Who is asked.
    pub fn provider(&self) -> &'static Provider {
        self.provider
    }

    /// One attempt, up to the head of the answer.
    async fn send(&self, request: &Request) -> Result<Response, Error> {
        let mut means = self.memory.means();
        loop {
            let response = self.post(request, means).await?;
            let status = response.status().as_u16();
            if response.status().is_success() {
                return Ok(response);
            }
            let retry_after = failure::retry_after(response.headers());
            let reason = Reason::read(&http::read_start(response).await);
            if matches!(request.output, Output::Json(_))
                && reason.is_about_schema(status)
                && let Some(next) = self.memory.step_down(means)
            {
                means = next;
                continue;
            }
            let path = self.provider.protocol.path(&self.model);
            let asked = Asked { provider: self.provider.name, model: &self.model, path: &path };
            return Err(self.without_secrets(reason.error(Some(status), retry_after, asked), Some(request)));
        }
    }

    async fn post(&self, request: &Request, means: Means) -> Result<Response, Error> {
        let protocol = self.provider.protocol;
        let body = protocol.body(&self.model, request, means, self.provider.dialect);
        let mut url = self.base.endpoint(protocol.version(), &protocol.path(&self.model));
        url.set_query(protocol.query());
        self.client
            .post(url)
            .headers(self.headers.clone())
            .body(body.to_string())
            .send()
            .await
            .map_err(|error| http::send_error(&error, self.provider.name, &self.base))
    }

    /// A list or another small answer: its body.
    pub(crate) async fn get(&self, path: &str, query: Option<&str>) -> Result<Vec<u8>, Error> {
        let mut url = self.base.endpoint(self.provider.protocol.version(), path);
        url.set_query(query);
        let sent = self.client.get(url).headers(self.headers.clone()).send().await;
        let response = sent.map_err(|error| http::send_error(&error, self.provider.name, &self.base))?;
        let status = response.status();
        let retry_after = failure::retry_after(response.headers());
        if !status.is_success() {
            let reason = Reason::read(&http::read_start(response).await);
            let asked = Asked { provider: self.provider.name, model: &self.model, path };
            return Err(self.without_secrets(reason.error(Some(status.as_u16()), retry_after, asked), None));
        }
        http::read_all(response, self.provider.name).await
    }

    fn without_secrets(&self, error: Error, request: Option<&Request>) -> Error {
        failure::without_secrets(error, self.key.as_ref().map(Key::expose), request)
    }
}

/// The header that carries the key, in memory that is wiped when the last copy of the header goes.
fn secret(protocol: Protocol, key: &Key) -> Result<(HeaderName, HeaderValue), Error> {
    let (name, before) = match protocol {
        Protocol::Messages => (HeaderName::from_static("x-api-key"), ""),
        Protocol::Gemini => (HeaderName::from_static("x-goog-api-key"), ""),
        Protocol::Chat | Protocol::Responses | Protocol::Ollama => (AUTHORIZATION, "Bearer "),
    };
    let mut words = Vec::with_capacity(before.len() + key.expose().len());
    words.extend_from_slice(before.as_bytes());
    words.extend_from_slice(key.expose().as_bytes());
    let bytes = Bytes::from_owner(Zeroizing::new(words));
    let mut value = HeaderValue::from_maybe_shared(bytes).map_err(|_| Error::MalformedKey)?;
    value.set_sensitive(true);
    Ok((name, value))
}

impl Model for Connection {
    fn id(&self) -> &str {
        &self.model
    }

    fn stream(&self, request: &Request) -> BoxStream<'static, Result<Delta, Error>> {
        let (asking, request) = (self.clone(), request.clone());
        let (scrub, asked) = (self.clone(), request.clone());
        futures::stream::once(async move {
            let response = asking.send(&request).await?;
            let provider = asking.provider;
            let kind = http::media_type(response.headers());
            if kind.as_deref() == Some("text/html") {
                return Err(Error::Malformed {
                    provider: provider.name.to_owned(),
                    reason: "text/html instead of an event stream".to_owned(),
                });
            }
            let bytes = response
                .bytes_stream()
                .map_err(|_| Error::Disconnected { provider: provider.name.to_owned() });
            let sends_done = provider.dialect.sends_done;
            Ok(provider.protocol.decode_strictly::<_, Bytes>(provider.name, sends_done, bytes))
        })
        .try_flatten()
        // An error in mid-stream may repeat what was asked as well.
        .map_err(move |error| scrub.without_secrets(named(error, &scrub.model), Some(&asked)))
        .boxed()
    }

    fn schema_ignored(&self, _request: &Request) -> bool {
        self.memory.step_down(self.memory.means()).is_some()
    }
}

/// An error in mid-stream does not know which model was asked for.
fn named(error: Error, asked: &str) -> Error {
    match error {
        Error::NoSuchModel { provider, model } if model.is_empty() => {
            Error::NoSuchModel { provider, model: asked.to_owned() }
        }
        other => other,
    }
}

impl fmt::Debug for Connection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Connection")
            .field("provider", &self.provider.id)
            .field("model", &self.model)
            .field("base", &self.base)
            .field("key", &self.key)
            .finish_non_exhaustive()
    }
}

//! What all protocols share about HTTP.

use std::error::Error as _;
use std::fmt;
use std::net::IpAddr;
use std::time::Duration;

use futures::StreamExt;
use reqwest::header::{CONTENT_TYPE, HeaderMap};
use reqwest::{Client, Response, Url};

use crate::Error;

/// How long a connection may take to come about.
const CONNECT: Duration = Duration::from_secs(15);

/// How much of the body of a failure is read, in bytes.
const FAILURE_BODY: usize = 64 << 10;

/// How much of an answer is read that does not come as a stream, in bytes.
const WHOLE_BODY: usize = 8 << 20;

/// Where a server is. Always https, except on this computer.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct BaseUrl(Url);

impl BaseUrl {
    /// Reads an address. A `/v1` at its end belongs to the protocol and is dropped.
    pub(crate) fn parse(address: &str) -> Result<Self, Error> {
        let address = address.trim();
        // Shown in messages: without what may be secret in it.
        let shown = || {
            let plain = address.split(['?', '#']).next().unwrap_or_default();
            match (plain.find("://"), plain.rfind('@')) {
                (Some(scheme), Some(at)) if at > scheme => {
                    format!("{}{}", &plain[..scheme + 3], &plain[at + 1..])
                }
                (Some(_), _) => plain.to_owned(),
                // Without a scheme it may be anything, a key in the wrong field for instance.
                (None, _) => "you gave".to_owned(),
            }
        };
        let refuse = |reason: &str| Error::BaseUrl { address: shown(), reason: reason.to_owned() };

        let mut url = Url::parse(address).map_err(|_| refuse("it is not a web address"))?;
        match url.scheme() {
            "https" => {}
            "http" if is_this_computer(&url) => {}
            "http" => return Err(refuse("http would send the key unencrypted")),
            _ => return Err(refuse("it must begin with https://")),
        }
        if url.host_str().is_none_or(str::is_empty) {
            return Err(refuse("it names no host"));
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(refuse("it holds a user name or a password"));
        }
        if url.query().is_some() || url.fragment().is_some() {
            return Err(refuse("it has a query"));
        }
        let path = url.path().trim_end_matches('/');
        let path = path.strip_suffix("/v1").unwrap_or(path).to_owned();
        url.set_path(&path);
        Ok(Self(url))
    }

    /// An address below it.
    pub(crate) fn join(&self, path: &str) -> Url {
        let mut url = self.0.clone();
        let base = url.path().trim_end_matches('/').to_owned();
        url.set_path(&format!("{base}/{path}"));
        url
    }

    /// The host, and the port where it is an unusual one.
    pub(crate) fn host(&self) -> String {
        let host = self.0.host_str().unwrap_or_default();
        self.0.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
    }
}

impl fmt::Debug for BaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "BaseUrl({})", self.0)
    }
}

/// Whether an address leads to this computer whatever the network says.
fn is_this_computer(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default().trim_start_matches('[').trim_end_matches(']');
    host == "localhost" || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

/// A client for one server. It follows no redirect, as that would carry the key elsewhere, and asks no proxy for
/// what is on this computer. It sets no limit on total time: local models are slow, and [`crate::ask`] watches the
/// silence.
pub(crate) fn client(base: &BaseUrl, provider: &str) -> Result<Client, Error> {
    let mut builder = Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .connect_timeout(CONNECT)
        .tcp_keepalive(Duration::from_secs(30))
        .user_agent(concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION")));
    builder = if is_this_computer(&base.0) { builder.no_proxy() } else { builder.https_only(true) };
    builder.build().map_err(|error| Error::Unreachable {
        provider: provider.to_owned(),
        host: base.host(),
        reason: format!("no secure connection can be set up here ({})", innermost(&error)),
    })
}

/// What a failure to send means.
pub(crate) fn send_error(error: &reqwest::Error, provider: &str, base: &BaseUrl) -> Error {
    if !error.is_connect() && !error.is_timeout() {
        return Error::Disconnected { provider: provider.to_owned() };
    }
    let reason = if error.is_timeout() {
        format!("no connection within {} s", CONNECT.as_secs())
    } else {
        innermost(error)
    };
    Error::Unreachable { provider: provider.to_owned(), host: base.host(), reason }
}

/// The cause at the bottom, which has no address in it.
fn innermost(error: &reqwest::Error) -> String {
    let mut cause = error.source();
    while let Some(deeper) = cause.and_then(std::error::Error::source) {
        cause = Some(deeper);
    }
    cause.map_or_else(|| "unknown reason".to_owned(), ToString::to_string)
}

/// `text/event-stream`, without parameters.
pub(crate) fn media_type(headers: &HeaderMap) -> Option<String> {
    let value = headers.get(CONTENT_TYPE)?.to_str().ok()?;
    value.split(';').next().map(|kind| kind.trim().to_ascii_lowercase())
}

/// The start of a body that only explains a failure. What cannot be read is left out.
pub(crate) async fn read_start(response: Response) -> Vec<u8> {
    let mut body = Vec::new();
    let mut pieces = response.bytes_stream();
    while let Some(Ok(piece)) = pieces.next().await {
        let room = FAILURE_BODY - body.len();
        body.extend_from_slice(&piece[..piece.len().min(room)]);
        if body.len() == FAILURE_BODY {
            break;
        }
    }
    body
}

/// A whole body.
pub(crate) async fn read_all(response: Response, provider: &str) -> Result<Vec<u8>, Error> {
    let mut body = Vec::new();
    let mut pieces = response.bytes_stream();
    while let Some(piece) = pieces.next().await {
        let piece = piece.map_err(|_| Error::Disconnected { provider: provider.to_owned() })?;
        if body.len() + piece.len() > WHOLE_BODY {
            return Err(Error::TooLong { limit: WHOLE_BODY });
        }
        body.extend_from_slice(&piece);
    }
    Ok(body)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_may_end_in_a_slash_or_in_v1() {
        for address in ["https://a.example", "https://a.example/", " https://a.example/v1/ "] {
            let base = BaseUrl::parse(address).unwrap();
            assert_eq!(base.join("v1/messages").as_str(), "https://a.example/v1/messages");
        }
        let below = BaseUrl::parse("http://127.0.0.1:8080/gate/v1").unwrap();
        assert_eq!(below.join("v1/messages").as_str(), "http://127.0.0.1:8080/gate/v1/messages");
        assert_eq!(below.host(), "127.0.0.1:8080");
    }

    #[test]
    fn what_would_leak_the_key_or_cannot_work_is_refused_without_repeating_secrets() {
        for (address, reason) in [
            ("api.example.com", "it is not a web address"),
            ("sk-ant-hush", "it is not a web address"),
            ("user:hush@a.example", "it must begin with https://"),
            ("", "it is not a web address"),
            ("ftp://a.example", "it must begin with https://"),
            ("http://a.example", "http would send the key unencrypted"),
            ("http://127.0.0.1.evil.example", "http would send the key unencrypted"),
            ("https://user:hush@a.example", "it holds a user name or a password"),
            ("https://a.example/?key=hush", "it has a query"),
        ] {
            let Err(Error::BaseUrl { address: shown, reason: found }) = BaseUrl::parse(address) else {
                panic!("{address} was taken");
            };
            assert_eq!(found, reason, "{address}");
            assert!(!shown.contains("hush"), "{shown}");
        }
        for address in ["http://localhost:1234", "http://[::1]:8080", "http://127.0.0.2"] {
            assert!(BaseUrl::parse(address).is_ok(), "{address}");
        }
    }
}

//! What all protocols share about HTTP.

use std::error::Error as _;
use std::fmt;
use std::net::IpAddr;
use std::time::Duration;

use futures::StreamExt;
use reqwest::header::{CONTENT_TYPE, HeaderMap};
use reqwest::{Client, Response, Url};

use crate::Error;

/// How much of the body of a failure is read, in bytes.
const FAILURE_BODY: usize = 64 << 10;

/// How much of an answer is read that does not come as a stream, in bytes.
const WHOLE_BODY: usize = 8 << 20;

/// Where a server is. Always https, except on this computer.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct BaseUrl(Url);

impl BaseUrl {
    /// Reads an address. What a protocol asks for below its version may stand at the end, as people copy it from
    /// examples; it is dropped.
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
        let endpoints = ["/chat/completions", "/messages", "/responses", "/models", "/api/chat"];
        let path = endpoints.iter().find_map(|end| path.strip_suffix(end)).unwrap_or(path);
        let path = path.trim_end_matches('/').to_owned();
        url.set_path(&path);
        Ok(Self(url))
    }

    /// An address below it, of a protocol with this version in its addresses. A version that already stands there
    /// (`/v1`, `/api/v3`) is kept; but Ollama's own protocol is not below `/v1`.
    pub(crate) fn endpoint(&self, version: &str, path: &str) -> Url {
        let mut url = self.0.clone();
        let base = url.path().trim_end_matches('/');
        let last = base.rsplit('/').next().unwrap_or_default();
        let is_version =
            last.strip_prefix('v').is_some_and(|rest| rest.starts_with(|digit: char| digit.is_ascii_digit()));
        let joined = if version == "api" {
            let base = if is_version { base.trim_end_matches(last).trim_end_matches('/') } else { base };
            format!("{}/api/{path}", base.strip_suffix("/api").unwrap_or(base))
        } else if is_version {
            format!("{base}/{path}")
        } else {
            format!("{base}/{version}/{path}")
        };
        url.set_path(&joined);
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

/// Whether an address, as a user gave it, leads to this computer.
pub(crate) fn is_here(address: &str) -> bool {
    Url::parse(address.trim()).is_ok_and(|url| is_this_computer(&url))
}

/// Whether an address leads to this computer whatever the network says.
fn is_this_computer(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default().trim_start_matches('[').trim_end_matches(']');
    host == "localhost" || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

/// A client for one server. It follows no redirect, as that would carry the key elsewhere, and asks no proxy for
/// what is on this computer. It sets no limit on total time: local models are slow, and [`crate::ask`] watches the
/// silence.
pub(crate) fn client(base: &BaseUrl, provider: &str, connect: Duration) -> Result<Client, Error> {
    let mut builder = Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .connect_timeout(connect)
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
    let reason =
        if error.is_timeout() { "no connection came about in time".to_owned() } else { why(error, base) };
    Error::Unreachable { provider: provider.to_owned(), host: base.host(), reason }
}

/// Why no connection came about, in plain words where it is known what they mean.
fn why(error: &reqwest::Error, base: &BaseUrl) -> String {
    let cause = innermost(error);
    let lower = cause.to_lowercase();
    let here = is_this_computer(&base.0);
    if lower.contains("connection refused") && here {
        "no server is running there".to_owned()
    } else if lower.contains("invalidcontenttype")
        || lower.contains("corrupt message")
        || lower.contains("handshake eof")
    {
        format!("it does not speak https there ({cause})")
    } else if lower.contains("certificate") {
        format!("its certificate is not trusted ({cause})")
    } else if lower.contains("failed to lookup")
        || lower.contains("dns error")
        || lower.contains("name or service")
    {
        "there is no such host, or no network".to_owned()
    } else {
        cause
    }
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
    fn an_address_may_end_in_a_slash_in_a_version_or_in_what_is_asked_for() {
        for address in [
            "https://a.example",
            "https://a.example/",
            " https://a.example/v1/ ",
            "https://a.example/v1/messages",
        ] {
            let base = BaseUrl::parse(address).unwrap();
            assert_eq!(base.endpoint("v1", "messages").as_str(), "https://a.example/v1/messages");
        }
        for (address, version, url) in [
            ("http://127.0.0.1:8080/gate/v1", "v1", "http://127.0.0.1:8080/gate/v1/x"),
            ("https://a.example/api/v3/chat/completions", "v1", "https://a.example/api/v3/x"),
            ("https://a.example/v1beta", "v1beta", "https://a.example/v1beta/x"),
            ("http://localhost:11434", "api", "http://localhost:11434/api/x"),
            ("http://localhost:11434/v1", "api", "http://localhost:11434/api/x"),
            ("http://localhost:11434/api/chat", "api", "http://localhost:11434/api/x"),
            ("http://localhost:11434/api", "api", "http://localhost:11434/api/x"),
        ] {
            let base = BaseUrl::parse(address).unwrap();
            assert_eq!(base.endpoint(version, "x").as_str(), url, "{address}");
        }
        assert_eq!(BaseUrl::parse("http://127.0.0.1:8080/gate/v1").unwrap().host(), "127.0.0.1:8080");
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

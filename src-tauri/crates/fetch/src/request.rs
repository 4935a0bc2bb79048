//! The request: redirects, limits, and what an answer means.

use std::error::Error as _;
use std::sync::Arc;
use std::time::Duration;

use reqwest::header::{ACCEPT, ACCEPT_ENCODING, CONTENT_LENGTH, HeaderMap, HeaderValue, LOCATION};
use reqwest::redirect::Policy;
use reqwest::{Client, Response, Url};
use resume::Posting;

use crate::address::{Typed, check, checked, is_open};
use crate::resolve::{Guarded, LeadsNear, Lookup, Unknown};
use crate::{FetchError, FinalUrl, MAX_BYTES, MAX_CONNECT, MAX_REDIRECTS, MAX_TIME, body};

/// How far a request goes.
pub(crate) struct Limits {
    pub(crate) redirects: usize,
    pub(crate) bytes: usize,
    pub(crate) time: Duration,
    pub(crate) connect: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self { redirects: MAX_REDIRECTS, bytes: MAX_BYTES, time: MAX_TIME, connect: MAX_CONNECT }
    }
}

/// An answer, unpacked.
struct Page {
    url: Url,
    bytes: Vec<u8>,
}

/// Fetches and reads a posting.
pub(crate) async fn posting(
    address: &str,
    limits: &Limits,
    lookup: Arc<dyn Lookup>,
) -> Result<(Posting, FinalUrl), FetchError> {
    let url = checked(address)?;
    let too_slow = FetchError::TooSlow { seconds: limits.time.as_secs() };
    let page =
        tokio::time::timeout(limits.time, fetch(url, limits, lookup)).await.map_err(|_| too_slow)??;
    let name = page.url.path_segments().and_then(|mut parts| parts.next_back()).map(str::to_owned);
    let mut shown = page.url;
    shown.set_query(None);
    shown.set_fragment(None);
    let bytes = page.bytes;
    // Reading works for a while, and must not hold up whoever waits on the same runtime.
    let read = tokio::task::spawn_blocking(move || formats::read_posting(&bytes, name.as_deref())).await;
    let posting = read.map_err(|_| FetchError::Damaged)?.map_err(FetchError::Unreadable)?;
    tracing::debug!(lines = posting.lines.len(), "posting fetched");
    Ok((posting, FinalUrl(shown.to_string())))
}

async fn fetch(mut url: Url, limits: &Limits, lookup: Arc<dyn Lookup>) -> Result<Page, FetchError> {
    let typed = Typed::of(&url);
    for _ in 0..=limits.redirects {
        check(&url, &typed)?;
        let near = typed.allows(&url);
        let client = client(limits, Guarded { lookup: Arc::clone(&lookup), this_computer: near })?;
        let answer = client.get(url.clone()).send().await.map_err(|error| failed(&error))?;
        // The guard is in the resolver; a number as the host passes it by and was looked at above. This is the last door.
        if !near && answer.remote_addr().is_some_and(|address| !is_open(address.ip())) {
            return Err(FetchError::Private);
        }
        let status = answer.status();
        if status.is_redirection() {
            let to = answer
                .headers()
                .get(LOCATION)
                .and_then(|to| to.to_str().ok())
                .ok_or(FetchError::BadRedirect)?;
            url = url.join(to).map_err(|_| FetchError::BadRedirect)?;
            continue;
        }
        refusal(status.as_u16())?;
        let bytes = read(answer, limits).await?;
        return Ok(Page { url, bytes });
    }
    Err(FetchError::TooManyRedirects { limit: limits.redirects })
}

fn client(limits: &Limits, guard: Guarded) -> Result<Client, FetchError> {
    let mut headers = HeaderMap::new();
    headers.insert(
        ACCEPT,
        HeaderValue::from_static("text/html,application/xhtml+xml,text/plain;q=0.9,*/*;q=0.5"),
    );
    headers.insert(ACCEPT_ENCODING, HeaderValue::from_static("gzip, br"));
    Client::builder()
        .user_agent(concat!("Tailorbird/", env!("CARGO_PKG_VERSION")))
        .default_headers(headers)
        .redirect(Policy::none())
        .referer(false)
        // Through a proxy nobody can tell what is connected to.
        .no_proxy()
        .connect_timeout(limits.connect)
        .pool_max_idle_per_host(0)
        .dns_resolver(Arc::new(guard))
        .build()
        .map_err(|_| FetchError::NoClient)
}

/// What a status that is no success means.
fn refusal(status: u16) -> Result<(), FetchError> {
    match status {
        200..=299 => Ok(()),
        404 | 410 => Err(FetchError::Gone { status }),
        500..=599 => Err(FetchError::SiteFailed { status }),
        _ => Err(FetchError::Refused { status }),
    }
}

/// The body of an answer, counted while it comes.
async fn read(mut answer: Response, limits: &Limits) -> Result<Vec<u8>, FetchError> {
    let too_large = FetchError::TooLarge { megabytes: limits.bytes.div_ceil(1024 * 1024) };
    let kind = body::kind(answer.headers())?;
    let packing = body::packing(answer.headers())?;
    let announced = answer
        .headers()
        .get(CONTENT_LENGTH)
        .and_then(|length| length.to_str().ok())
        .and_then(|length| length.parse::<usize>().ok());
    if announced.is_some_and(|length| length > limits.bytes) {
        return Err(too_large);
    }
    let mut bytes: Vec<u8> = Vec::new();
    while let Some(chunk) = answer.chunk().await.map_err(|error| broken(&error))? {
        if bytes.len() + chunk.len() > limits.bytes {
            return Err(too_large);
        }
        bytes.extend_from_slice(&chunk);
    }
    let bytes = body::unpacked(bytes, packing, limits.bytes)?;
    Ok(body::in_utf8(bytes, &kind))
}

/// What a request that got no answer means.
fn failed(error: &reqwest::Error) -> FetchError {
    let mut cause = error.source();
    while let Some(error) = cause {
        if error.is::<LeadsNear>() {
            return FetchError::Private;
        }
        if error.is::<Unknown>() {
            return FetchError::NotFound;
        }
        // The library has no kind of its own for what goes wrong with TLS.
        let told = error.to_string().to_ascii_lowercase();
        if told.contains("certificate") || told.contains("tls") || told.contains("handshake") {
            return FetchError::Certificate;
        }
        cause = error.source();
    }
    if error.is_timeout() {
        FetchError::TooSlow { seconds: MAX_CONNECT.as_secs() }
    } else if error.is_connect() {
        FetchError::Unreachable
    } else {
        FetchError::Broken
    }
}

fn broken(error: &reqwest::Error) -> FetchError {
    if error.is_timeout() { FetchError::TooSlow { seconds: MAX_TIME.as_secs() } } else { FetchError::Broken }
}

#[cfg(test)]
mod tests;

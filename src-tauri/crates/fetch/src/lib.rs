//! A link to a job posting: fetched once, with care, and read by [`formats::read_posting`].
//!
//! The user gives an address; what answers there is a stranger. So:
//!
//! 1. `address`: https only (http for this computer, where it is typed so), no user name or password in it.
//! 2. `resolve`: only addresses of the open internet are connected to. Names are resolved here and the connection goes
//!    to the very addresses that were looked at, so that a name cannot change its mind in between. This computer and
//!    private networks are reached only where the user typed just that.
//! 3. `request`: at most [`MAX_REDIRECTS`] redirects, each looked at anew; [`MAX_BYTES`] on the wire and unpacked;
//!    [`MAX_TIME`] for all of it; no cookies, no referrer, no proxy, a user agent that says who asks.
//! 4. `body`: what kind of document it is, unpacked within the limit, and its encoding.
//!
//! Nothing that a page says leads to a second request: no pictures, scripts or frames are loaded.

mod address;
mod body;
mod error;
mod request;
mod resolve;

use std::time::Duration;

pub use error::FetchError;
use resume::Posting;

/// So many redirects are followed.
pub const MAX_REDIRECTS: usize = 5;
/// No more is read, on the wire and unpacked, in bytes: 5 MB.
pub const MAX_BYTES: usize = 5 * 1024 * 1024;
/// All of it takes no longer, redirects included.
pub const MAX_TIME: Duration = Duration::from_secs(15);
/// A connection takes no longer to come about.
pub const MAX_CONNECT: Duration = Duration::from_secs(6);

/// Where a posting was found in the end: the address behind all redirects, without its query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FinalUrl(String);

impl FinalUrl {
    /// The address.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Whether a text is meant as a link: one word that begins like a web address.
pub fn is_link(text: &str) -> bool {
    let text = text.trim();
    let small: String = text.chars().take(8).flat_map(char::to_lowercase).collect();
    (small.starts_with("https://") || small.starts_with("http://")) && !text.contains(char::is_whitespace)
}

/// Fetches a posting and reads it. Has to be called on a tokio runtime with time and I/O.
///
/// # Errors
///
/// [`FetchError`]: each has a code and says what the user can do, which nearly always is to paste the text.
pub async fn posting(url: &str) -> Result<(Posting, FinalUrl), FetchError> {
    request::posting(url, &request::Limits::default(), resolve::System::shared()).await
}

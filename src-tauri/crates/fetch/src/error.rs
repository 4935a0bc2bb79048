//! Why a link did not give a posting.

use formats::ReadError;
use thiserror::Error;

/// Why a link did not give a posting. No message holds an address: it may have a secret in its query.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum FetchError {
    /// Not a web address.
    #[error("This is not a web address.")]
    NotAnAddress,
    /// Neither https nor http on this computer.
    #[error("Only links that begin with https:// are opened.")]
    NotSecure,
    /// It holds a user name or a password.
    #[error("The link holds a user name or a password, so it was not opened.")]
    Credentials,
    /// It leads to this computer or to a private network.
    #[error("The link leads to a private network or to this computer, so it was not opened.")]
    Private,
    /// The name of the site is not known.
    #[error("The site of the link was not found.")]
    NotFound,
    /// No connection.
    #[error("There was no connection to the site.")]
    Unreachable,
    /// No secure connection: the certificate does not fit, or the site does not speak TLS.
    #[error("No secure connection to the site came about.")]
    Certificate,
    /// It took too long.
    #[error("The site did not answer within {seconds} seconds.")]
    TooSlow {
        /// The limit in seconds.
        seconds: u64,
    },
    /// The connection broke off.
    #[error("The connection broke off before the page was complete.")]
    Broken,
    /// It was sent on too often.
    #[error("The link was sent on more than {limit} times.")]
    TooManyRedirects {
        /// How many are followed.
        limit: usize,
    },
    /// It was sent on to nowhere.
    #[error("The site sent the link on to something that is no web address.")]
    BadRedirect,
    /// The site wants a login or shuts programs out.
    #[error("The site does not show this page to programs (answer {status}).")]
    Refused {
        /// The status of the answer.
        status: u16,
    },
    /// The page is gone.
    #[error("There is no such page (answer {status}). The posting may have been taken down.")]
    Gone {
        /// The status of the answer.
        status: u16,
    },
    /// The site has a fault.
    #[error("The site could not show the page (answer {status}).")]
    SiteFailed {
        /// The status of the answer.
        status: u16,
    },
    /// More than [`crate::MAX_BYTES`].
    #[error("The page is larger than {megabytes} MB.")]
    TooLarge {
        /// The limit in megabytes.
        megabytes: usize,
    },
    /// A picture, a film, a program.
    #[error("The link leads to {what}, not to a page with text.")]
    NotAPage {
        /// What it is, with its article where it is known.
        what: String,
    },
    /// The packed content is damaged.
    #[error("The page came damaged.")]
    Damaged,
    /// The page holds no posting that can be read.
    #[error("{0}")]
    Unreadable(ReadError),
    /// No client could be set up on this computer.
    #[error("No connection can be set up on this computer.")]
    NoClient,
}

impl FetchError {
    /// A short stable name, for the window and for scripts.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotAnAddress => "not_an_address",
            Self::NotSecure => "not_https",
            Self::Credentials => "credentials",
            Self::Private => "private_address",
            Self::NotFound => "site_not_found",
            Self::Unreachable => "unreachable",
            Self::Certificate => "certificate",
            Self::TooSlow { .. } => "too_slow",
            Self::Broken => "broken",
            Self::TooManyRedirects { .. } => "too_many_redirects",
            Self::BadRedirect => "bad_redirect",
            Self::Refused { .. } => "refused",
            Self::Gone { .. } => "gone",
            Self::SiteFailed { .. } => "site_failed",
            Self::TooLarge { .. } => "too_large",
            Self::NotAPage { .. } => "not_a_page",
            Self::Damaged => "damaged",
            Self::Unreadable(error) => error.code(),
            Self::NoClient => "no_client",
        }
    }

    /// What the user can do now, as a sentence.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::NotAnAddress => "Copy the whole link from the browser, or paste the text of the posting.",
            Self::NotSecure => {
                "Look whether the page is there with https://, or paste the text of the posting."
            }
            Self::Credentials => "Take them out of the link, or paste the text of the posting.",
            Self::Private | Self::Unreadable(_) => {
                "Open the page in the browser and paste the text of the posting."
            }
            Self::NotFound => "Look for a typing mistake and at your connection, or paste the text.",
            Self::Unreachable | Self::Broken | Self::Damaged => {
                "Look at your connection and try again, or paste the text of the posting."
            }
            Self::Certificate => {
                "Open the page in the browser; if you trust it, paste the text of the posting."
            }
            Self::TooSlow { .. } | Self::SiteFailed { .. } => {
                "Try again later, or paste the text of the posting."
            }
            Self::TooManyRedirects { .. } | Self::BadRedirect => {
                "Open the link in the browser and paste the text of the posting."
            }
            Self::Refused { .. } => "Open it in the browser, where you are logged in, and paste the text.",
            Self::Gone { .. } => "Look for the posting on the employer's own site, or paste the text.",
            Self::TooLarge { .. } | Self::NoClient => "Paste the text of the posting.",
            Self::NotAPage { .. } => "Link the page of the posting itself, or paste the text.",
        }
    }
}

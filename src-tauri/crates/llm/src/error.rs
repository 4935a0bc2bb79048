//! What can go wrong between a question and its answer.

use std::time::Duration;

use crate::Usd;

/// Why a question has no answer. No message holds a key, a prompt or an address with a query.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// There is no key to ask with.
    #[error("There is no key for {provider}")]
    NoKey {
        /// Who would be asked.
        provider: String,
    },
    /// The key holds characters that no key has.
    #[error("This is not a key: it has characters that a key cannot have")]
    MalformedKey,
    /// The base URL cannot be used.
    #[error("The address {address} cannot be used: {reason}")]
    BaseUrl {
        /// The address, without its query and without a password.
        address: String,
        /// What is wrong with it.
        reason: String,
    },
    /// Status 401.
    #[error("{provider} does not accept this key")]
    KeyRejected {
        /// Who answered.
        provider: String,
    },
    /// Status 402, or a 400 that speaks of credit.
    #[error("The account at {provider} has no credit left")]
    NoCredit {
        /// Who answered.
        provider: String,
    },
    /// Status 403.
    #[error("{provider} does not allow this with this key")]
    Forbidden {
        /// Who answered.
        provider: String,
    },
    /// Status 404.
    #[error("There is no model named {model} at {provider}")]
    NoSuchModel {
        /// Who answered.
        provider: String,
        /// The model that was asked for.
        model: String,
    },
    /// Status 400 and its like: the request is wrong, so asking again would not help.
    #[error("{provider} refused the request: {reason}")]
    BadRequest {
        /// Who answered.
        provider: String,
        /// The provider's own words, shortened; empty of what was asked.
        reason: String,
    },
    /// Status 413.
    #[error("The request is too large for {provider}")]
    TooLarge {
        /// Who answered.
        provider: String,
    },
    /// Status 429.
    #[error("{provider} allows no more requests for now")]
    RateLimited {
        /// Who answered.
        provider: String,
        /// How long to wait, where the provider says so.
        retry_after: Option<Duration>,
    },
    /// Status 529, 503, or an error event that says so.
    #[error("{provider} is overloaded")]
    Overloaded {
        /// Who answered.
        provider: String,
        /// How long to wait, where the provider says so.
        retry_after: Option<Duration>,
    },
    /// Status 408, 409, or from 500 on: something failed on the other side.
    #[error("{provider} had an error of its own ({status})")]
    Server {
        /// Who answered.
        provider: String,
        /// The HTTP status.
        status: u16,
        /// How long to wait, where the provider says so.
        retry_after: Option<Duration>,
    },
    /// No connection came about.
    #[error("{provider} cannot be reached at {host}: {reason}")]
    Unreachable {
        /// Who was to be asked.
        provider: String,
        /// The host and port.
        host: String,
        /// Why.
        reason: String,
    },
    /// The connection broke in the middle of the answer.
    #[error("The connection to {provider} broke off")]
    Disconnected {
        /// Who was answering.
        provider: String,
    },
    /// The answer ended without the protocol's own end marker.
    #[error("The answer of {provider} stopped in the middle")]
    Truncated {
        /// Who was answering.
        provider: String,
    },
    /// Nothing came for too long, not even a sign of life.
    #[error("Nothing came from the model for {} s", limit.as_secs_f64().ceil())]
    Silent {
        /// The limit.
        limit: Duration,
    },
    /// Something came that the protocol does not know.
    #[error("{provider} sent something that cannot be read: {reason}")]
    Malformed {
        /// Who answered.
        provider: String,
        /// What is wrong with it.
        reason: String,
    },
    /// The model reached the limit of its answer.
    #[error("The answer is longer than the limit of {limit} tokens")]
    MaxTokens {
        /// The limit, in tokens.
        limit: u32,
    },
    /// The answer is larger than this program takes.
    #[error("The answer is larger than {limit} bytes")]
    TooLong {
        /// The limit, in bytes.
        limit: usize,
    },
    /// The model declined.
    #[error("The model declined to answer")]
    Refused,
    /// A filter of the provider's stopped the answer, or did not let the question through.
    #[error("A content filter of the provider stopped the answer")]
    Filtered,
    /// What was asked does not fit the model.
    #[error("This is more than the model can read at once")]
    ContextWindow,
    /// The model stopped for a reason that this program has no use for.
    #[error("The model stopped before its answer was whole ({reason})")]
    Stopped {
        /// The reason, as the provider spells it.
        reason: String,
    },
    /// The limit in dollars that the user set is reached, or would be by the next request.
    #[error("{}", budget_reached(*limit, *spent, *needed))]
    BudgetReached {
        /// The limit.
        limit: Usd,
        /// What was spent so far.
        spent: Usd,
        /// What it would come to with the next request, where that was not made for this reason.
        needed: Option<Usd>,
    },
    /// There is a limit in dollars and no price to keep it by.
    #[error("The price of {model} is not known, so a limit in dollars cannot be kept")]
    NoPrice {
        /// The model.
        model: String,
    },
    /// The answer did not fit, also after it was corrected.
    #[error("The model's answer cannot be used: {reason}")]
    Invalid {
        /// What is wrong with it.
        reason: String,
    },
}

impl Error {
    /// Short and stable, for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NoKey { .. } => "no_key",
            Self::MalformedKey => "malformed_key",
            Self::BaseUrl { .. } => "base_url",
            Self::KeyRejected { .. } => "key_rejected",
            Self::NoCredit { .. } => "no_credit",
            Self::Forbidden { .. } => "forbidden",
            Self::NoSuchModel { .. } => "no_such_model",
            Self::BadRequest { .. } => "bad_request",
            Self::TooLarge { .. } => "too_large",
            Self::RateLimited { .. } => "rate_limited",
            Self::Overloaded { .. } => "overloaded",
            Self::Server { .. } => "server_error",
            Self::Unreachable { .. } => "unreachable",
            Self::Disconnected { .. } => "disconnected",
            Self::Truncated { .. } => "truncated",
            Self::Silent { .. } => "silent",
            Self::Malformed { .. } => "malformed",
            Self::MaxTokens { .. } => "max_tokens",
            Self::TooLong { .. } => "too_long",
            Self::Refused => "refused",
            Self::Filtered => "filtered",
            Self::ContextWindow => "context_window",
            Self::Stopped { .. } => "stopped",
            Self::BudgetReached { .. } => "budget_reached",
            Self::NoPrice { .. } => "no_price",
            Self::Invalid { .. } => "invalid_answer",
        }
    }

    /// What the user can do, in one or two sentences.
    pub fn hint(&self) -> String {
        match self {
            Self::NoKey { .. } => "Enter a key in the settings, or work offline.",
            Self::MalformedKey => "Copy the key again, without line breaks, quotes or spaces.",
            Self::BaseUrl { .. } => {
                "Give an address such as https://api.example.com. Plain http works for this computer alone."
            }
            Self::KeyRejected { .. } => "Check the key in the settings, or make a new one with the provider.",
            Self::NoCredit { .. } => "Add credit to the account, or use another engine.",
            Self::Forbidden { .. } => "Check with the provider what this key is allowed to do.",
            Self::NoSuchModel { .. } => "Check the model's name in the settings.",
            Self::BadRequest { .. } => "Try another model. If it happens again, report it.",
            Self::TooLarge { .. } | Self::ContextWindow => {
                "Shorten the texts, or choose a model that reads more at once."
            }
            Self::RateLimited { retry_after: Some(wait), .. }
            | Self::Overloaded { retry_after: Some(wait), .. }
            | Self::Server { retry_after: Some(wait), .. } => {
                return format!("Try again in {}.", in_words(*wait));
            }
            Self::RateLimited { .. } => "Wait a few minutes, then try again.",
            Self::Overloaded { .. } | Self::Server { .. } => "Try again in a few minutes.",
            Self::Unreachable { .. } => {
                "Check the network connection, and the address in the settings if you changed it."
            }
            Self::Disconnected { .. } | Self::Truncated { .. } => {
                "Check the network connection, then try again."
            }
            Self::Silent { .. } => "Try again, or choose a faster model.",
            Self::Malformed { .. } => {
                "Try again. If you changed the address in the settings, check that it speaks this protocol."
            }
            Self::MaxTokens { .. } => "Shorten the texts, or choose another model.",
            Self::Refused | Self::Filtered => {
                "Look through the texts for what the model may object to, or choose another model."
            }
            Self::TooLong { .. } | Self::Stopped { .. } => "Try again, or choose another model.",
            Self::BudgetReached { .. } => {
                "Set a higher limit, choose a cheaper model, or work offline. What is finished is kept."
            }
            Self::NoPrice { .. } => "Leave the limit out, or give the model's price in a file of prices.",
            Self::Invalid { .. } => "Try again, or choose a stronger model.",
        }
        .to_owned()
    }

    /// Whether the same request may well succeed a little later.
    pub fn is_retryable(&self) -> bool {
        matches!(
            self,
            Self::RateLimited { .. }
                | Self::Overloaded { .. }
                | Self::Server { .. }
                | Self::Unreachable { .. }
                | Self::Disconnected { .. }
                | Self::Truncated { .. }
                | Self::Silent { .. }
                | Self::Malformed { .. }
        )
    }

    /// How long the provider asks to wait, where it does.
    pub fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::RateLimited { retry_after, .. }
            | Self::Overloaded { retry_after, .. }
            | Self::Server { retry_after, .. } => *retry_after,
            _ => None,
        }
    }
}

fn budget_reached(limit: Usd, spent: Usd, needed: Option<Usd>) -> String {
    match needed {
        Some(needed) => {
            format!("The next request would bring the cost to about {needed}, over your limit of {limit}")
        }
        None => format!("The request was stopped: it has cost {spent} so far, and your limit is {limit}"),
    }
}

/// `40 s`, `3 minutes`, `2 hours`, rounded up.
fn in_words(wait: Duration) -> String {
    let seconds = wait.as_millis().div_ceil(1000);
    match seconds {
        0..=90 => format!("{seconds} s"),
        91..=7_200 => format!("{} minutes", seconds.div_ceil(60)),
        _ => format!("{} hours", seconds.div_ceil(3_600)),
    }
}

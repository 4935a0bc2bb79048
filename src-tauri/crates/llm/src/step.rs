//! What [`ask`](crate::ask) gives on its way to a value.

use std::time::Duration;

use crate::{Budget, Partial, Patch, Usage};

/// One step on the way to a value of type `T`. [`Step::Done`] is the last one.
#[derive(Clone, Debug, PartialEq)]
pub enum Step<T: Partial> {
    /// What changed in the partial value since the step before. [`ask`](crate::ask) tells all partials so: what one
    /// costs does not grow with what is there already. The first patch, and the first one after a [`Step::Retry`],
    /// sets the whole; between those, done values do not change.
    Patch(Patch),
    /// All there is of the answer now: from [`partials`](crate::partials), or from whoever makes values without
    /// asking a model.
    Partial(T::Partial),
    /// The request will be made again.
    Retry(Retry),
    /// What this question has taken so far, all its attempts together. Replaces earlier counts.
    Usage(Usage),
    /// The value, whole and checked.
    Done(T),
}

/// A request that will be made again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Retry {
    /// The attempt that comes next, counted from 1.
    pub attempt: u32,
    /// How many there will be at most.
    pub of: u32,
    /// How long the wait is; zero where the model is asked at once to correct its answer.
    pub wait: Duration,
    /// What happened, for the user, without a full stop: `Anthropic is overloaded`.
    pub reason: String,
}

/// How patient a question is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// The shortest time between two partials, besides those that a finished field forces.
    pub gate: Duration,
    /// The longest time without any byte from the provider. Keep-alives count as life.
    pub silence: Duration,
    /// How often the provider is asked at most for one answer, from 1.
    pub attempts: u32,
    /// How often the model is asked at most to correct an answer that does not fit.
    pub repairs: u32,
    /// The wait before the second attempt; it doubles with each further one, and up to a half of it is taken
    /// off by chance, so that many programs do not come back at the same moment.
    pub backoff: Duration,
    /// The longest wait between two attempts. Where the provider asks for more, the question fails.
    pub longest_wait: Duration,
    /// What may be spent, where there is a limit. A request is not made where it would go beyond, and is stopped
    /// where it does.
    pub budget: Option<Budget>,
    /// What one attempt is expected to take. Without it, the request's own length counts, as new input.
    pub expected: Option<Usage>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            gate: Duration::from_millis(100),
            silence: Duration::from_mins(2),
            attempts: 5,
            repairs: 2,
            backoff: Duration::from_secs(1),
            longest_wait: Duration::from_mins(2),
            budget: None,
            expected: None,
        }
    }
}

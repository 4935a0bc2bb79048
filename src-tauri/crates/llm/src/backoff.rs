//! How long to wait before the next attempt.

use std::time::Duration;

use crate::{Error, Options};

/// The wait after attempt `attempt` (counted from 1) failed with `error`; `None` where there should be no
/// further attempt.
///
/// It doubles from attempt to attempt, less up to a half by chance ("equal jitter"), and is never shorter than the
/// provider asked for.
pub(crate) fn wait_after(error: &Error, attempt: u32, options: &Options) -> Option<Duration> {
    if !error.is_retryable() || attempt >= options.attempts {
        return None;
    }
    let asked = error.retry_after().unwrap_or_default();
    if asked > options.longest_wait {
        return None;
    }
    let doubled = 2_u32.saturating_pow(attempt.saturating_sub(1));
    let full = options.backoff.saturating_mul(doubled).min(options.longest_wait);
    let jittered = full.mul_f64(1.0 - fastrand::f64() / 2.0);
    Some(jittered.max(asked))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn overloaded(retry_after: Option<u64>) -> Error {
        Error::Overloaded { provider: "Anthropic".into(), retry_after: retry_after.map(Duration::from_secs) }
    }

    #[test]
    fn waits_double_within_their_jitter() {
        let options = Options::default();
        for (attempt, full) in [(1, 1.0), (2, 2.0), (3, 4.0), (4, 8.0)] {
            for _ in 0..200 {
                let wait = wait_after(&overloaded(None), attempt, &options).unwrap().as_secs_f64();
                assert!(wait >= full / 2.0 && wait <= full, "{wait} s after attempt {attempt}");
            }
        }
        assert_eq!(wait_after(&overloaded(None), 5, &options), None, "the fifth attempt was the last");
    }

    #[test]
    fn the_provider_is_never_asked_earlier_than_it_said() {
        let options = Options::default();
        assert_eq!(wait_after(&overloaded(Some(30)), 1, &options), Some(Duration::from_secs(30)));
        assert_eq!(wait_after(&overloaded(Some(3600)), 1, &options), None, "that long nobody waits");
    }

    #[test]
    fn many_attempts_do_not_overflow() {
        let options = Options { attempts: u32::MAX, ..Options::default() };
        let wait = wait_after(&overloaded(None), u32::MAX - 1, &options).unwrap();
        assert!(wait <= options.longest_wait);
    }

    #[test]
    fn what_will_not_get_better_is_not_tried_again() {
        let rejected = Error::KeyRejected { provider: "Anthropic".into() };
        assert_eq!(wait_after(&rejected, 1, &Options::default()), None);
    }
}

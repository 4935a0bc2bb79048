//! Holds partials back, so that they come at a calm pace.

use std::time::Duration;

use tokio::time::Instant;

use crate::Change;

/// Opens at most once a period. What waits behind it is only ever the newest state.
#[derive(Debug)]
pub(crate) struct Gate {
    period: Duration,
    /// When it opens again; from the start it is open.
    opens: Option<Instant>,
}

impl Gate {
    pub(crate) fn new(period: Duration) -> Self {
        Self { period, opens: None }
    }

    /// When it opens; `None` where it is open.
    pub(crate) fn opens(&self, now: Instant) -> Option<Instant> {
        self.opens.filter(|&opens| opens > now)
    }

    /// Whether a change of this kind may pass now. A field that became done does not wait.
    pub(crate) fn lets_through(&self, change: Change, now: Instant) -> bool {
        match change {
            Change::Nothing => false,
            Change::More => self.opens(now).is_none(),
            Change::Done => true,
        }
    }

    /// Something passed: it shuts for a period.
    pub(crate) fn shut(&mut self, now: Instant) {
        self.opens = Some(now + self.period);
    }
}

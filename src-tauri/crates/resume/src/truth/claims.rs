//! Claims found in a new text, before they are put into sentences for the user.

use std::ops::Range;

use super::facts::{Facts, Pool};
use super::{ClaimKind, Finding, Standing};

/// The claims of a text that its evidence does not support.
pub(super) struct Claims<'a> {
    pub(super) new: &'a Facts,
    found: Vec<Finding>,
}

impl<'a> Claims<'a> {
    pub(super) fn of(new: &'a Facts) -> Self {
        Self { new, found: Vec::new() }
    }

    /// With claims that were found before.
    pub(super) fn with(new: &'a Facts, found: Vec<Finding>) -> Self {
        Self { new, found }
    }

    /// Whether a claim that was found covers part of the range.
    pub(super) fn covers(&self, range: Range<usize>) -> bool {
        self.found.iter().any(|finding| finding.start < range.end && range.start < finding.end)
    }

    /// A claim with the words before it that raise it: "skilled editor", "fully qualified driver".
    pub(super) fn widened(&self, pool: &Pool<'_>, range: Range<usize>) -> Range<usize> {
        let Some(n) = self.new.words.iter().position(|word| word.start >= range.start) else { return range };
        let clause = self.new.words[n].clause;
        let start = self.new.words[..n]
            .iter()
            .rev()
            .take_while(|word| word.clause == clause && !word.function && !word.figure && !pool.states(word))
            .last()
            .map_or(range.start, |first| first.start);
        start..range.end
    }

    pub(super) fn unsupported(&mut self, kind: ClaimKind, range: Range<usize>, why: &str) {
        self.add(kind, Standing::Unsupported, range, why);
    }

    pub(super) fn doubtful(&mut self, kind: ClaimKind, range: Range<usize>, why: &str) {
        self.add(kind, Standing::NeedsReview, range, why);
    }

    /// Adds a claim, unless its words are in one already. In `why`, `{}` stands for the words.
    fn add(&mut self, kind: ClaimKind, standing: Standing, range: Range<usize>, why: &str) {
        if range.is_empty() || self.covers(range.clone()) {
            return;
        }
        let claim = self.new.text[range.clone()].to_owned();
        let reason = why.replace("{}", &claim);
        self.found.push(Finding { kind, standing, claim, start: range.start, end: range.end, reason });
    }

    /// The findings in the order of the text.
    pub(super) fn into_findings(mut self) -> Vec<Finding> {
        self.found.sort_by_key(|finding| (finding.start, finding.end));
        self.found
    }
}

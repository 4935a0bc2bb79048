//! Stage 3 by rule: the edits one by one, in the order in which they were planned.

use llm::{Field, Partial, Step};

use super::desk::{Desk, asked_of};
use super::edits::proposals;
use crate::engine::Job;
use crate::stages::{Evaluation, Implementation, ImplementationPartial, ProposedEdit};

/// Stage 3 at work.
pub(crate) struct Implementing {
    job: Job,
    evaluation: Evaluation,
    edits: Option<Vec<ProposedEdit>>,
    given: usize,
    over: bool,
}

impl Implementing {
    pub(crate) fn new(job: Job, evaluation: Evaluation) -> Self {
        Self { job, evaluation, edits: None, given: 0, over: false }
    }
}

impl Iterator for Implementing {
    type Item = Step<Implementation>;

    fn next(&mut self) -> Option<Self::Item> {
        let edits = self.edits.get_or_insert_with(|| {
            proposals(&Desk::new(&self.job), &self.job.resume, &asked_of(&self.evaluation))
        });
        if self.over {
            return None;
        }
        if self.given >= edits.len() {
            self.over = true;
            return Some(Step::Done(Implementation { edits: edits.clone() }));
        }
        self.given += 1;
        let shown = edits[..self.given].to_vec().whole();
        let edits = if self.given == edits.len() { Field::Done(shown) } else { Field::Writing(shown) };
        Some(Step::Partial(ImplementationPartial { edits }))
    }
}

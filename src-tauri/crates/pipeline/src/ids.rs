//! Ids show only when they are whole: the first letter of `b12` would point at another line.

use llm::Field;

use crate::stages::{
    EvaluationPartial, ImplementationPartial, KeywordPartial, PlanPartial, PlannedChangePartial,
    ProposedEditPartial, QuotePartial, RequirementPartial, VerdictPartial, VerificationPartial,
};

/// A partial result that names things by their ids.
pub(crate) trait Ids {
    /// Takes out every id that is still being written.
    fn only_whole(&mut self);
}

impl Ids for EvaluationPartial {
    fn only_whole(&mut self) {
        each(&mut self.requirements);
    }
}

impl Ids for RequirementPartial {
    fn only_whole(&mut self) {
        one(&mut self.id);
        list(&mut self.evidence);
    }
}

impl Ids for PlanPartial {
    fn only_whole(&mut self) {
        each(&mut self.changes);
        each(&mut self.keywords);
    }
}

impl Ids for PlannedChangePartial {
    fn only_whole(&mut self) {
        list(&mut self.blocks);
        list(&mut self.requirements);
    }
}

impl Ids for KeywordPartial {
    fn only_whole(&mut self) {
        list(&mut self.evidence);
    }
}

impl Ids for ImplementationPartial {
    fn only_whole(&mut self) {
        each(&mut self.edits);
    }
}

impl Ids for ProposedEditPartial {
    fn only_whole(&mut self) {
        one(&mut self.block);
        one(&mut self.after);
        one(&mut self.requirement);
        each(&mut self.evidence);
    }
}

impl Ids for QuotePartial {
    fn only_whole(&mut self) {
        one(&mut self.block);
    }
}

impl Ids for VerificationPartial {
    fn only_whole(&mut self) {
        each(&mut self.verdicts);
    }
}

impl Ids for VerdictPartial {
    fn only_whole(&mut self) {
        one(&mut self.edit);
    }
}

fn one<T>(id: &mut Field<T>) {
    if matches!(id, Field::Writing(_)) {
        *id = Field::Absent;
    }
}

fn list(ids: &mut Field<Vec<Field<String>>>) {
    if let Field::Writing(ids) = ids {
        ids.retain(Field::is_done);
    }
}

/// All before the last item of a list are done, and what is done has whole ids.
fn each<T: Ids>(items: &mut Field<Vec<Field<T>>>) {
    if let Field::Writing(items) = items
        && let Some(Field::Writing(last)) = items.last_mut()
    {
        last.only_whole();
    }
}

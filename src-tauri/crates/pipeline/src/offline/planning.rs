//! Stage 2 by rule: the idea, the changes one by one, the keywords one by one.

use llm::{Field, Partial, Step};

use super::desk::{Desk, asked_of};
use super::edits::proposals;
use super::keywords::{Wanted, keyword, wanted};
use super::sentences;
use crate::engine::Job;
use crate::stages::{Evaluation, Plan, PlanPartial, PlannedChange, ProposedEdit};

/// Stage 2 at work.
pub(crate) struct Planning {
    job: Job,
    evaluation: Evaluation,
    table: Option<Table>,
    value: Plan,
    point: Point,
}

struct Table {
    desk: Desk,
    edits: Vec<ProposedEdit>,
    keywords: Vec<Wanted>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd)]
enum Point {
    Strategy,
    Changes,
    Keywords,
    Done,
    Over,
}

impl Planning {
    pub(crate) fn new(job: Job, evaluation: Evaluation) -> Self {
        let value = Plan { strategy: String::new(), changes: Vec::new(), keywords: Vec::new() };
        Self { job, evaluation, table: None, value, point: Point::Strategy }
    }

    fn so_far(&self) -> PlanPartial {
        let Plan { strategy, changes, keywords } = self.value.clone();
        let at = self.point;
        let (changes, keywords) = (changes.whole(), keywords.whole());
        PlanPartial {
            strategy: if at > Point::Strategy { Field::Done(strategy) } else { Field::Absent },
            changes: match at {
                Point::Strategy => Field::Absent,
                Point::Changes => Field::Writing(changes),
                _ => Field::Done(changes),
            },
            keywords: match at {
                Point::Strategy | Point::Changes => Field::Absent,
                Point::Keywords => Field::Writing(keywords),
                _ => Field::Done(keywords),
            },
        }
    }
}

/// An edit as it is planned.
fn planned(edit: &ProposedEdit) -> PlannedChange {
    PlannedChange {
        blocks: vec![edit.block.clone()],
        action: edit.action,
        intent: edit.reason.clone(),
        requirements: edit.requirement.iter().cloned().collect(),
    }
}

impl Iterator for Planning {
    type Item = Step<Plan>;

    fn next(&mut self) -> Option<Self::Item> {
        let table = self.table.get_or_insert_with(|| {
            let desk = Desk::new(&self.job);
            let asked = asked_of(&self.evaluation);
            let edits = proposals(&desk, &self.job.resume, &asked);
            let keywords = wanted(&desk, &asked);
            Table { desk, edits, keywords }
        });
        match self.point {
            Point::Strategy => {
                self.value.strategy = sentences::strategy(table.desk.language, table.edits.len());
                self.point = Point::Changes;
            }
            Point::Changes => {
                if let Some(edit) = table.edits.get(self.value.changes.len()) {
                    self.value.changes.push(planned(edit));
                }
                if self.value.changes.len() >= table.edits.len() {
                    self.point = Point::Keywords;
                }
            }
            Point::Keywords => {
                if let Some(one) = table.keywords.get(self.value.keywords.len()) {
                    self.value.keywords.push(keyword(&table.desk, one));
                }
                if self.value.keywords.len() >= table.keywords.len() {
                    self.point = Point::Done;
                }
            }
            Point::Done => {
                self.point = Point::Over;
                return Some(Step::Done(self.value.clone()));
            }
            Point::Over => return None,
        }
        Some(Step::Partial(self.so_far()))
    }
}

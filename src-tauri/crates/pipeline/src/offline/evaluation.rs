//! Stage 1 by rule: requirements one by one, then the score and the words on it.

use llm::{Field, Partial, Step};

use super::desk::{Desk, few_words};
use super::requirements::Asked;
use super::score::score;
use super::sentences::{self, Count};
use crate::engine::Job;
use crate::stages::{Evaluation, EvaluationPartial, Importance, Met, Requirement};

/// A strength or a gap is told in so many characters at most.
const FEW: usize = 70;
/// So many strengths and gaps are told at most.
const MOST_TOLD: usize = 8;

/// Stage 1 at work.
pub(crate) struct Evaluating {
    job: Job,
    desk: Option<(Desk, Vec<Asked>)>,
    value: Evaluation,
    lapsed: Vec<bool>,
    point: Point,
}

/// What comes next.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd)]
enum Point {
    Requirements,
    Score,
    Strengths,
    Gaps,
    Assessment,
    Done,
    Over,
}

impl Evaluating {
    pub(crate) fn new(job: Job) -> Self {
        let value = Evaluation {
            requirements: Vec::new(),
            match_score: 0,
            strengths: Vec::new(),
            gaps: Vec::new(),
            overall_assessment: String::new(),
        };
        Self { job, desk: None, value, lapsed: Vec::new(), point: Point::Requirements }
    }

    /// What there is so far: everything before the current point is done.
    fn so_far(&self) -> EvaluationPartial {
        let value = self.value.clone();
        let requirements = value.requirements.whole();
        let at = self.point;
        EvaluationPartial {
            requirements: if at > Point::Requirements {
                Field::Done(requirements)
            } else {
                Field::Writing(requirements)
            },
            match_score: if at > Point::Score { Field::Done(value.match_score) } else { Field::Absent },
            strengths: list(value.strengths, at > Point::Strengths, at == Point::Strengths),
            gaps: list(value.gaps, at > Point::Gaps, at == Point::Gaps),
            overall_assessment: if at > Point::Assessment {
                Field::Done(value.overall_assessment)
            } else {
                Field::Absent
            },
        }
    }

    /// Texts on what is met (or missing), those that the posting insists on first.
    fn told(&self, status: Met) -> impl Iterator<Item = String> {
        let language = self.desk.as_ref().map(|(desk, _)| desk.language).unwrap_or_default();
        self.value
            .requirements
            .iter()
            .zip(&self.lapsed)
            .filter(move |(one, _)| one.status == status)
            .take(MOST_TOLD)
            .map(move |(one, lapsed)| {
                let text = few_words(&one.text, FEW);
                if *lapsed { sentences::lapsed(language, &text) } else { text }
            })
    }
}

/// A list of texts in its state.
pub(crate) fn list(texts: Vec<String>, done: bool, writing: bool) -> Field<Vec<Field<String>>> {
    match (done, writing) {
        (true, _) => Field::Done(texts.whole()),
        (false, true) => Field::Writing(texts.whole()),
        (false, false) => Field::Absent,
    }
}

impl Iterator for Evaluating {
    type Item = Step<Evaluation>;

    fn next(&mut self) -> Option<Self::Item> {
        let (desk, asked) = self.desk.get_or_insert_with(|| {
            let desk = Desk::new(&self.job);
            let asked = desk.asked();
            (desk, asked)
        });
        match self.point {
            Point::Requirements => {
                let index = self.value.requirements.len();
                if let Some(one) = asked.get(index) {
                    let shown = desk.shown(one);
                    self.value.requirements.push(Requirement {
                        id: format!("r{}", index + 1),
                        text: one.text.clone(),
                        importance: one.importance,
                        status: shown.status,
                        evidence: desk.ids(&shown.evidence),
                    });
                    self.lapsed.push(shown.lapsed);
                }
                if self.value.requirements.len() >= asked.len() {
                    self.point = Point::Score;
                }
            }
            Point::Score => {
                self.value.match_score = points(&self.value.requirements);
                self.point = Point::Strengths;
            }
            Point::Strengths => {
                self.value.strengths = self.told(Met::Met).collect();
                self.point = Point::Gaps;
            }
            Point::Gaps => {
                self.value.gaps = self.told(Met::Missing).collect();
                self.point = Point::Assessment;
            }
            Point::Assessment => {
                let count = count(&self.value.requirements);
                self.value.overall_assessment =
                    sentences::assessment(desk.language, count, self.job.posting.speaks_to_ai());
                self.point = Point::Done;
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

/// The score of requirements.
pub(crate) fn points(requirements: &[Requirement]) -> u8 {
    score(requirements.iter().map(|one| (one.importance, one.status)))
}

fn count(requirements: &[Requirement]) -> Count {
    let of = |importance: Importance, status: Option<Met>| {
        requirements
            .iter()
            .filter(|one| one.importance == importance && status.is_none_or(|status| one.status == status))
            .count()
    };
    Count {
        musts: of(Importance::Must, None),
        musts_met: of(Importance::Must, Some(Met::Met)),
        musts_partial: of(Importance::Must, Some(Met::Partial)),
        nice: of(Importance::Nice, None),
        nice_met: of(Importance::Nice, Some(Met::Met)),
    }
}

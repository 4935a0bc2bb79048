//! Stage 4 by rule: what the truth check found, edit by edit, and the score of the resume with the supported
//! edits in it. There is no second reader here: rules do not judge meaning.

use llm::{Field, Partial, Step};
use resume::{Edit, Standing, apply};

use super::desk::{Desk, asked_of};
use super::evaluation::points;
use super::sentences;
use crate::engine::Job;
use crate::event::Judgement;
use crate::stages::{Entailment, Evaluation, Requirement, Verdict, Verification, VerificationPartial};

/// Stage 4 at work.
pub(crate) struct Verifying {
    job: Job,
    evaluation: Evaluation,
    edits: Vec<Edit>,
    judgements: Vec<Judgement>,
    value: Verification,
    point: Point,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd)]
enum Point {
    Verdicts,
    Score,
    Summary,
    Done,
    Over,
}

impl Verifying {
    pub(crate) fn new(
        job: Job,
        evaluation: Evaluation,
        edits: Vec<Edit>,
        judgements: Vec<Judgement>,
    ) -> Self {
        let value = Verification { verdicts: Vec::new(), final_score: 0, summary: String::new() };
        Self { job, evaluation, edits, judgements, value, point: Point::Verdicts }
    }

    fn so_far(&self) -> VerificationPartial {
        let Verification { verdicts, final_score, summary } = self.value.clone();
        let verdicts = verdicts.whole();
        VerificationPartial {
            verdicts: if self.point > Point::Verdicts {
                Field::Done(verdicts)
            } else {
                Field::Writing(verdicts)
            },
            final_score: if self.point > Point::Score { Field::Done(final_score) } else { Field::Absent },
            summary: if self.point > Point::Summary { Field::Done(summary) } else { Field::Absent },
        }
    }

    /// What the truth check found of an edit, as a verdict.
    fn verdict(&self, edit: &Edit) -> Verdict {
        let judgement = self.judgements.iter().find(|judgement| judgement.edit == edit.id);
        let worst =
            judgement.and_then(|judgement| judgement.findings.iter().max_by_key(|finding| finding.standing));
        let (verdict, claim, reason) = match (worst, judgement) {
            (Some(finding), _) => {
                let verdict = match finding.standing {
                    Standing::Unsupported => Entailment::Unsupported,
                    Standing::NeedsReview | Standing::Supported => Entailment::Overstated,
                };
                (verdict, Some(finding.claim.clone()), finding.reason.clone())
            }
            // An edit that nobody checked is not supported by that.
            (None, None) => (
                Entailment::Overstated,
                Some(edit.change.text().unwrap_or(edit.change.block().as_str()).to_owned()),
                "This edit was not checked.".to_owned(),
            ),
            (None, Some(_)) => {
                (Entailment::Supported, None, sentences::supported(self.language()).to_owned())
            }
        };
        Verdict { edit: edit.id.to_string(), verdict, claim, reason }
    }

    fn language(&self) -> resume::words::Language {
        resume::words::Language::of(self.job.resume.language.as_deref())
    }

    fn supported(&self) -> Vec<Edit> {
        let verdicts = self.value.verdicts.iter();
        let supported =
            self.edits.iter().zip(verdicts).filter(|(_, verdict)| verdict.verdict == Entailment::Supported);
        supported.map(|(edit, _)| edit.clone()).collect()
    }

    /// The score of the resume with the supported edits in it, by the same rules as before.
    fn final_score(&self) -> u8 {
        let edited = apply(&self.job.resume, &self.supported()).resume;
        let desk = Desk::with_resume(&self.job, &edited);
        let requirements: Vec<Requirement> = asked_of(&self.evaluation)
            .iter()
            .zip(&self.evaluation.requirements)
            .map(|(asked, before)| Requirement { status: desk.shown(asked).status, ..before.clone() })
            .collect();
        points(&requirements)
    }
}

impl Iterator for Verifying {
    type Item = Step<Verification>;

    fn next(&mut self) -> Option<Self::Item> {
        match self.point {
            Point::Verdicts => {
                if let Some(edit) = self.edits.get(self.value.verdicts.len()) {
                    let verdict = self.verdict(edit);
                    self.value.verdicts.push(verdict);
                }
                if self.value.verdicts.len() >= self.edits.len() {
                    self.point = Point::Score;
                }
            }
            Point::Score => {
                self.value.final_score = self.final_score();
                self.point = Point::Summary;
            }
            Point::Summary => {
                let (supported, edits) = (self.supported().len(), self.edits.len());
                let (before, after) = (self.evaluation.match_score, self.value.final_score);
                self.value.summary = sentences::summary(self.language(), supported, edits, before, after);
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

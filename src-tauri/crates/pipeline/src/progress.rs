//! Progress that is earned: what is done of a stage's result, against how much of it is expected.

use llm::Field;

use crate::stages::{EvaluationPartial, ImplementationPartial, PlanPartial, Stage, VerificationPartial};

/// Progress of a stage that is not finished, at most, in percent. Only its end earns the rest.
const UNFINISHED: f32 = 99.0;

/// How far a partial result has come, 0 to 99 percent.
pub(crate) trait Earned {
    /// `expected`: how many items its list will have, where that is known.
    fn earned(&self, expected: Option<usize>) -> u8;
}

impl Earned for EvaluationPartial {
    fn earned(&self, expected: Option<usize>) -> u8 {
        percent(&[
            (55.0, list(&self.requirements, expected)),
            (10.0, whole(&self.match_score)),
            (12.0, list(&self.strengths, None)),
            (12.0, list(&self.gaps, None)),
            (11.0, whole(&self.overall_assessment)),
        ])
    }
}

impl Earned for PlanPartial {
    fn earned(&self, expected: Option<usize>) -> u8 {
        percent(&[
            (20.0, whole(&self.strategy)),
            (50.0, list(&self.changes, expected)),
            (30.0, list(&self.keywords, None)),
        ])
    }
}

impl Earned for ImplementationPartial {
    fn earned(&self, expected: Option<usize>) -> u8 {
        percent(&[(100.0, list(&self.edits, expected))])
    }
}

impl Earned for VerificationPartial {
    fn earned(&self, expected: Option<usize>) -> u8 {
        percent(&[
            (75.0, list(&self.verdicts, expected)),
            (10.0, whole(&self.final_score)),
            (15.0, whole(&self.summary)),
        ])
    }
}

fn percent(shares: &[(f32, f32)]) -> u8 {
    let sum: f32 = shares.iter().map(|(share, done)| share * done).sum();
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it is between 0 and 99")]
    let percent = sum.clamp(0.0, UNFINISHED) as u8;
    percent
}

fn whole<T>(field: &Field<T>) -> f32 {
    if field.is_done() { 1.0 } else { 0.0 }
}

/// The share of a list that is done. Where nobody knows how long it will be, each further item earns less:
/// a half at 4 items, four fifths at 16.
fn list<T>(field: &Field<Vec<Field<T>>>, expected: Option<usize>) -> f32 {
    let Some(items) = field.so_far() else { return 0.0 };
    if field.is_done() {
        return 1.0;
    }
    let done = items.iter().filter(|item| item.is_done()).count();
    #[expect(clippy::cast_precision_loss, reason = "lists of a handful of items")]
    match expected {
        Some(expected) if expected > 0 => (done as f32 / expected as f32).min(0.97),
        _ => done as f32 / (done as f32 + 4.0),
    }
}

/// How much of the whole run is done, 0 to 100 percent, when all stages before `stage` are.
pub(crate) fn overall(stage: Stage, progress: u8) -> u8 {
    let before: u32 =
        Stage::ALL.iter().filter(|before| **before < stage).map(|before| u32::from(before.weight())).sum();
    let sum = before * 100 + u32::from(stage.weight()) * u32::from(progress.min(100));
    u8::try_from(sum / 100).unwrap_or(100)
}

/// How many requirements a posting seems to hold: its list items, or its lines where it has none. Only a guess
/// to measure progress by.
pub(crate) fn requirements_in(posting: &str) -> usize {
    let lines = || posting.lines().map(str::trim).filter(|line| line.len() > 10);
    let items = lines().filter(|line| line.starts_with(['-', '*', '•', '·', '–'])).count();
    if items > 2 { items.min(20) } else { lines().count().clamp(4, 12) }
}

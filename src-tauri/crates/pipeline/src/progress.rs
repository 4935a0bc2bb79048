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
    // All before the last one are done.
    let done = items.len() - usize::from(items.last().is_some_and(|last| !last.is_done()));
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::stages::{ProposedEditPartial, RequirementPartial};

    fn items<T: Default + Clone>(done: usize, ended: bool) -> Field<Vec<Field<T>>> {
        let items = vec![Field::Done(T::default()); done];
        if ended { Field::Done(items) } else { Field::Writing(items) }
    }

    fn edits(done: usize, ended: bool) -> ImplementationPartial {
        ImplementationPartial { edits: items::<ProposedEditPartial>(done, ended) }
    }

    #[test]
    fn edits_are_measured_by_the_planned_changes() {
        let progress: Vec<u8> = (0..=4).map(|done| edits(done, false).earned(Some(4))).collect();
        assert_eq!(progress, [0, 25, 50, 75, 97]);
        assert_eq!(edits(9, false).earned(Some(4)), 97, "more than planned is not more than all");
        assert_eq!(edits(2, true).earned(Some(4)), 99, "a list that ended is all there is");
    }

    #[test]
    fn what_is_being_written_earns_nothing() {
        let writing = ImplementationPartial {
            edits: Field::Writing(vec![Field::Writing(ProposedEditPartial::default())]),
        };
        assert_eq!(writing.earned(Some(1)), 0);
        let score = EvaluationPartial { match_score: Field::Done(80), ..EvaluationPartial::default() };
        assert_eq!(score.earned(None), 10);
    }

    #[test]
    fn the_stages_share_the_run_by_their_weights() {
        let ends: Vec<u8> = Stage::ALL.into_iter().map(|stage| overall(stage, 100)).collect();
        assert_eq!(ends, [25, 50, 90, 100]);
        assert_eq!(overall(Stage::Evaluation, 0), 0);
        assert_eq!(overall(Stage::Implementation, 50), 70);
    }

    #[test]
    fn requirements_are_guessed_from_the_list_items() {
        assert_eq!(
            requirements_in(
                "# Title\n- Knows how to cook\n- Knows how to bake\n- Gets up early\nApply now, today"
            ),
            3
        );
        assert_eq!(requirements_in("We want a cook."), 4);
        assert_eq!(requirements_in(&"- a requirement of many\n".repeat(90)), 20);
    }

    proptest! {
        #[test]
        fn each_further_item_never_takes_progress_back(done in 0..60_usize, expected in proptest::option::of(0..30_usize)) {
            let evaluation = |done, ended| EvaluationPartial {
                requirements: items::<RequirementPartial>(done, ended),
                ..EvaluationPartial::default()
            };
            let steps = [evaluation(done, false), evaluation(done + 1, false), evaluation(done + 1, true)];
            let earned: Vec<u8> = steps.iter().map(|step| step.earned(expected)).collect();
            prop_assert!(earned.is_sorted(), "{earned:?}");
            prop_assert!(earned.iter().all(|&earned| earned <= 99));
        }
    }
}

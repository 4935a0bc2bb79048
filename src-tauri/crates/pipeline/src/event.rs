//! The one type of event that the window and the command line get, and the snapshot that they add up to.

use std::fmt;

use llm::{Cost, Field, Partial, Patch, Usage};
use resume::{Coverage, Edit, EditId, Finding, Resume, Skipped, Standing};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::stages::{
    Evaluation, EvaluationPartial, Implementation, ImplementationPartial, Plan, PlanPartial, Stage, Verdict,
    Verification, VerificationPartial,
};

/// Names a run.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(transparent)]
pub struct RunId(pub String);

impl fmt::Display for RunId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Something that happened in a run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Event {
    /// The run.
    pub run: RunId,
    /// 0, 1, 2, … without a gap.
    #[ts(type = "number")]
    pub seq: u64,
    /// What happened.
    #[serde(flatten)]
    pub what: What,
    /// How much of the whole run is done, 0 to 100. Never goes back.
    pub overall_progress: u8,
    /// How much of the current stage is done, 0 to 100. Never goes back within a stage.
    pub stage_progress: u8,
    /// The stage that is running, or ran last.
    pub current_stage: Stage,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum What {
    /// The run began. Always the first event.
    Started {
        /// With what.
        details: Started,
    },
    /// A stage began.
    StageStarted {
        /// In words.
        details: Message,
    },
    /// Progress was made without anything new to show.
    Progress {
        /// In words.
        details: Message,
    },
    /// There is more to show of the current stage's result.
    Partial {
        /// What changed since the stage's last partial result.
        details: StagePatch,
    },
    /// More was spent: tokens, time, money.
    Spent {
        /// What the run took so far. While an answer comes in, an estimate.
        details: Totals,
    },
    /// A stage ended well; its progress is 100.
    StageFinished {
        /// Its result.
        details: StageFinished,
    },
    /// A request failed and will be made again.
    Retry {
        /// Why and when.
        details: Retrying,
    },
    /// The run ended well. Always the last event.
    Finished {
        /// What it took.
        details: Totals,
        /// What came out.
        result: Box<Tailored>,
    },
    /// The run ended in an error. Always the last event.
    Failed {
        /// What it took so far.
        details: Totals,
        /// What happened.
        error: ErrorReport,
    },
    /// The user ended the run. Always the last event.
    Cancelled {
        /// What it took so far.
        details: Totals,
    },
}

impl What {
    /// Whether this ends the run.
    pub fn is_end(&self) -> bool {
        matches!(self, Self::Finished { .. } | Self::Failed { .. } | Self::Cancelled { .. })
    }
}

/// What a run is made with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Started {
    /// `offline` or the provider's name.
    pub engine: String,
    /// The model, where there is one.
    pub model: Option<String>,
    /// Version of Tailorbird.
    pub version: String,
}

/// A line for the user.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Message {
    /// What is going on, in plain words.
    pub message: String,
}

/// All there is of a stage's result while it is being written.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum StagePartial {
    /// Of stage 1.
    Evaluation(EvaluationPartial),
    /// Of stage 2.
    Planning(PlanPartial),
    /// Of stage 3.
    Implementation(ImplementationPartial),
    /// Of stage 4.
    Verification(VerificationPartial),
}

/// What changed in a stage's result while it is being written. The first one of a stage, and the first one after a
/// retry, sets the whole. All of them together are about as long as the result.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum StagePatch {
    /// In stage 1.
    Evaluation(Patch),
    /// In stage 2.
    Planning(Patch),
    /// In stage 3.
    Implementation(Patch),
    /// In stage 4.
    Verification(Patch),
}

impl StagePatch {
    /// Applies it to what there was of the stage's result. A patch that does not fit, because one before it is
    /// missing, changes nothing that could be told apart from what was there.
    pub fn apply(&self, partial: &mut Option<StagePartial>) {
        use StagePartial as Shown;
        match (self, partial.take()) {
            (Self::Evaluation(patch), shown) => {
                let shown =
                    shown.and_then(|shown| if let Shown::Evaluation(of) = shown { Some(of) } else { None });
                *partial = applied::<Evaluation>(patch, shown).map(Shown::Evaluation);
            }
            (Self::Planning(patch), shown) => {
                let shown =
                    shown.and_then(|shown| if let Shown::Planning(of) = shown { Some(of) } else { None });
                *partial = applied::<Plan>(patch, shown).map(Shown::Planning);
            }
            (Self::Implementation(patch), shown) => {
                let shown = shown
                    .and_then(|shown| if let Shown::Implementation(of) = shown { Some(of) } else { None });
                *partial = applied::<Implementation>(patch, shown).map(Shown::Implementation);
            }
            (Self::Verification(patch), shown) => {
                let shown =
                    shown.and_then(|shown| if let Shown::Verification(of) = shown { Some(of) } else { None });
                *partial = applied::<Verification>(patch, shown).map(Shown::Verification);
            }
        }
    }
}

fn applied<T: Partial>(patch: &Patch, shown: Option<T::Partial>) -> Option<T::Partial> {
    let mut field = shown.map_or(Field::Absent, Field::Writing);
    if let Err(misfit) = patch.apply::<T>(&mut field) {
        tracing::warn!(%misfit, "a partial result was lost");
    }
    match field {
        Field::Absent => None,
        Field::Writing(partial) | Field::Done(partial) => Some(partial),
    }
}

/// The result of a stage.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum StageResult {
    /// Of stage 1.
    Evaluation(Evaluation),
    /// Of stage 2.
    Planning(Plan),
    /// Of stage 3: the edits that passed the checks, and how the truth check judges each.
    Implementation(Edits),
    /// Of stage 4, joined with the truth check.
    Verification(Judged),
}

/// The edits of a run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Edits {
    /// The edits.
    pub edits: Vec<Edit>,
    /// How each stands by rule alone, in the same order.
    pub judgements: Vec<Judgement>,
}

/// The verification joined with the truth check.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Judged {
    /// What the model said.
    pub verification: Verification,
    /// How each edit stands now, in the edits' order.
    pub judgements: Vec<Judgement>,
}

/// How an edit stands: the truth check and the model's verdict, joined. The verdict can lower, never raise.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Judgement {
    /// The edit.
    pub edit: EditId,
    /// How it stands.
    pub standing: Standing,
    /// Claims without a source, by rule.
    pub findings: Vec<Finding>,
    /// What the model said, once it did.
    pub verdict: Option<Verdict>,
    /// One plain sentence for the user.
    pub reason: String,
}

/// A stage that ended well.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct StageFinished {
    /// What came out.
    pub result: StageResult,
    /// How long it took, in ms.
    #[ts(type = "number")]
    pub elapsed_ms: u64,
    /// What it took, in tokens.
    pub usage: Usage,
    /// What that cost.
    pub cost: Cost,
}

/// A request that will be made again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Retrying {
    /// The attempt that comes next, counted from 1.
    pub attempt: u32,
    /// How many there will be at most.
    pub of: u32,
    /// How long the wait is, in ms; 0 where the model is asked again at once.
    #[ts(type = "number")]
    pub wait_ms: u64,
    /// What happened, in plain words.
    pub reason: String,
}

/// What a run took.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Totals {
    /// How long, in ms.
    #[ts(type = "number")]
    pub elapsed_ms: u64,
    /// How many tokens.
    pub usage: Usage,
    /// What they cost.
    pub cost: Cost,
}

/// An error as the user is told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ErrorReport {
    /// Short and stable, for programs: `no_key`, `overloaded`, `truncated`, ….
    pub code: String,
    /// What happened, and to what.
    pub message: String,
    /// What to do now.
    pub hint: String,
}

/// What a run is for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Tailored {
    /// Stage 1.
    pub evaluation: Evaluation,
    /// Stage 2.
    pub plan: Plan,
    /// Stage 3.
    pub edits: Vec<Edit>,
    /// Stage 4.
    pub verification: Verification,
    /// How each edit stands, in the edits' order.
    pub judgements: Vec<Judgement>,
    /// The resume with the supported edits in it. Those that need an eye wait for the user.
    pub tailored_resume: Resume,
    /// Edits that could not be applied.
    pub skipped: Vec<Skipped>,
    /// What was done to the model's answers on the way, in plain sentences: a score that was lowered, an edit
    /// that could not be used.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(optional, as = "Option<Vec<String>>")]
    pub notes: Vec<String>,
    /// Keywords named before.
    pub coverage_before: Coverage,
    /// Keywords named now.
    pub coverage_after: Coverage,
}

/// The state of a run, for whoever missed events.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Snapshot {
    /// The run.
    pub run: RunId,
    /// The sequence number of the last event in it.
    #[ts(type = "number")]
    pub seq: u64,
    /// 0 to 100.
    pub overall_progress: u8,
    /// The stage that is running, or ran last.
    pub current_stage: Stage,
    /// The stages that have begun, in their order.
    pub stages: Vec<StageSnapshot>,
    /// With what.
    pub started: Started,
    /// The last event, where it ended the run.
    pub ended: Option<What>,
    /// How long so far, in ms.
    #[ts(type = "number")]
    pub elapsed_ms: u64,
    /// How many tokens so far.
    pub usage: Usage,
    /// What they cost.
    pub cost: Cost,
}

/// The state of a stage.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct StageSnapshot {
    /// The stage.
    pub stage: Stage,
    /// 0 to 100.
    pub progress: u8,
    /// The last partial result.
    pub partial: Option<StagePartial>,
    /// The result, once it ended.
    pub finished: Option<StageFinished>,
}

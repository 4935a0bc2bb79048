//! Tailoring a resume to a posting in four stages.
//!
//! 1. A [`Job`] is a resume and a posting. [`start`] runs an [`Engine`] on it: [`ModelEngine`] asks a language
//!    model, [`Offline`] works by rules.
//! 2. The four stages follow each other: [`Evaluation`], [`Plan`], [`Implementation`], [`Verification`]. Each
//!    shows typed partial results while it is at work.
//! 3. Everything that happens is an [`Event`]; all events so far add up to a [`Snapshot`].
//! 4. Proposed edits become [`resume::Edit`]s when they pass the checks. Two judges look at each: the truth check
//!    of `resume`, and the verification stage, which can lower an edit's standing but never raise it.
//!
//! Name and contact blocks never reach an engine that asks a model; what tells the person elsewhere is masked.
//! [`what_is_sent`] tells to the letter what a model gets. There is no I/O here, and no knowledge of windows,
//! files or keys.

mod brief;
mod checks;
mod edits;
mod engine;
mod estimate;
mod event;
mod fit;
mod gaps;
mod journal;
mod judge;
mod mask;
mod model_engine;
mod offline;
mod orders;
mod progress;
mod prompt;
mod reveal;
mod run;
mod runner;
mod snapshot;
mod stages;

pub use engine::{Engine, Job, Steps};
pub use estimate::{Estimate, StageEstimate, estimate};
pub use event::{
    Edits, ErrorReport, Event, Judged, Judgement, Message, Retrying, RunId, Snapshot, StageFinished,
    StagePartial, StagePatch, StageResult, StageSnapshot, Started, Tailored, Totals, What,
};
pub use gaps::{Gap, gaps};
pub use model_engine::ModelEngine;
pub use offline::Offline;
pub use prompt::what_is_sent;
pub use run::{Events, Run, start};
pub use stages::{
    Action, Entailment, Evaluation, EvaluationPartial, Implementation, ImplementationPartial, Importance,
    InsertKind, Keyword, KeywordPartial, Met, Plan, PlanPartial, PlannedChange, PlannedChangePartial,
    ProposedEdit, ProposedEditPartial, Quote, QuotePartial, Requirement, RequirementPartial, Stage, Verdict,
    VerdictPartial, Verification, VerificationPartial,
};

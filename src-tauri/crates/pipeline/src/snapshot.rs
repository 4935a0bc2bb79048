//! The state of a run as its events add up to it.

use llm::{Cost, Usage};

use crate::event::{Event, RunId, Snapshot, StageFinished, StageSnapshot, Started, What};
use crate::stages::Stage;

impl Snapshot {
    /// The state after the first event of a run; `None` where `event` is not a first one.
    pub fn begin(event: &Event) -> Option<Self> {
        let What::Started { details } = &event.what else { return None };
        Some(Self::opened(event.run.clone(), details.clone()))
    }

    /// The state of a run that did nothing yet.
    pub(crate) fn opened(run: RunId, started: Started) -> Self {
        Self {
            run,
            seq: 0,
            overall_progress: 0,
            current_stage: Stage::Evaluation,
            stages: Vec::new(),
            started,
            ended: None,
            elapsed_ms: 0,
            usage: Usage::default(),
            cost: Cost::Free,
        }
    }

    /// Takes in the next event. Events of another run and those already taken in change nothing.
    ///
    /// `elapsed_ms` grows with what events tell of it: at the end of each stage and of the run.
    pub fn take(&mut self, event: &Event) {
        if event.run != self.run || event.seq <= self.seq {
            return;
        }
        self.seq = event.seq;
        self.overall_progress = event.overall_progress;
        self.current_stage = event.current_stage;
        match &event.what {
            What::Started { .. } | What::Progress { .. } | What::Retry { .. } => {}
            What::StageStarted { .. } => self.stages.push(StageSnapshot {
                stage: event.current_stage,
                progress: 0,
                partial: None,
                finished: None,
            }),
            What::Partial { details } => self.current(|stage| details.apply(&mut stage.partial)),
            What::Spent { details } => {
                self.usage = details.usage;
                self.cost = details.cost;
            }
            What::StageFinished { details } => self.finish_stage(details),
            What::Finished { details, .. } | What::Failed { details, .. } | What::Cancelled { details } => {
                self.elapsed_ms = details.elapsed_ms;
                self.usage = details.usage;
                self.cost = details.cost;
                self.ended = Some(event.what.clone());
            }
        }
        self.current(|stage| stage.progress = event.stage_progress);
    }

    fn finish_stage(&mut self, finished: &StageFinished) {
        self.elapsed_ms += finished.elapsed_ms;
        self.current(|stage| stage.finished = Some(finished.clone()));
    }

    fn current(&mut self, change: impl FnOnce(&mut StageSnapshot)) {
        let now = self.current_stage;
        if let Some(stage) = self.stages.last_mut().filter(|stage| stage.stage == now) {
            change(stage);
        }
    }
}

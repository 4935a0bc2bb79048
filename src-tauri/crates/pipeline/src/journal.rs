//! Numbers the events of a run, keeps progress from going back, and keeps the snapshot current.

use llm::{Cost, Usage};
use tokio::sync::mpsc::UnboundedSender;
use tokio::time::Instant;

use crate::event::{
    ErrorReport, Event, Message, Retrying, RunId, Snapshot, StageFinished, StagePatch, StageResult, Started,
    Tailored, Totals, What,
};
use crate::progress;
use crate::stages::Stage;

/// The record of one run. Nothing is written behind the event that ended it.
pub(crate) struct Journal {
    snapshot: Snapshot,
    next: u64,
    events: UnboundedSender<Event>,
    begun: Instant,
    stage_begun: Instant,
    stage_progress: u8,
    /// Tokens of the stages that have ended.
    spent: Usage,
    /// Tokens of the current stage so far.
    spending: Usage,
    /// What tokens cost.
    price: Pricing,
}

/// What tokens cost with the run's engine.
pub(crate) type Pricing = Box<dyn Fn(&Usage) -> Cost + Send + Sync>;

impl Journal {
    /// Opens the record with its `started` event.
    pub(crate) fn open(run: RunId, started: Started, price: Pricing, events: UnboundedSender<Event>) -> Self {
        let first = Event {
            run: run.clone(),
            seq: 0,
            what: What::Started { details: started.clone() },
            overall_progress: 0,
            stage_progress: 0,
            current_stage: Stage::Evaluation,
        };
        let snapshot = Snapshot::opened(run, started);
        // The receiver may be gone already: a run goes on without listeners as long as its handle lives.
        let _ = events.send(first);
        let now = Instant::now();
        Self {
            snapshot,
            next: 1,
            events,
            begun: now,
            stage_begun: now,
            stage_progress: 0,
            spent: Usage::default(),
            spending: Usage::default(),
            price,
        }
    }

    /// The state now, with the time that the run has taken so far.
    pub(crate) fn snapshot(&self) -> Snapshot {
        let mut snapshot = self.snapshot.clone();
        if snapshot.ended.is_none() {
            snapshot.elapsed_ms = ms(self.begun);
        }
        snapshot
    }

    /// A stage begins.
    pub(crate) fn begin_stage(&mut self, stage: Stage, message: &str) {
        self.snapshot.current_stage = stage;
        self.stage_begun = Instant::now();
        self.stage_progress = 0;
        self.write(What::StageStarted { details: Message { message: message.to_owned() } });
    }

    /// There is more to show.
    pub(crate) fn partial(&mut self, patch: StagePatch, earned: u8) {
        self.stage_progress = self.stage_progress.max(earned.min(99));
        self.write(What::Partial { details: patch });
    }

    /// Something to say that brings nothing to show.
    pub(crate) fn progress(&mut self, message: String, earned: u8) {
        self.stage_progress = self.stage_progress.max(earned.min(99));
        self.write(What::Progress { details: Message { message } });
    }

    /// A request will be made again.
    pub(crate) fn retry(&mut self, retry: llm::Retry) {
        let details = Retrying {
            attempt: retry.attempt,
            of: retry.of,
            wait_ms: u64::try_from(retry.wait.as_millis()).unwrap_or(u64::MAX),
            reason: retry.reason,
        };
        self.write(What::Retry { details });
    }

    /// What the current stage has taken so far.
    pub(crate) fn spending(&mut self, usage: Usage) {
        self.spending = usage;
        let details = self.totals();
        self.write(What::Spent { details });
    }

    /// A stage ends well.
    pub(crate) fn finish_stage(&mut self, result: StageResult) {
        let usage = std::mem::take(&mut self.spending);
        self.spent = self.spent + usage;
        self.stage_progress = 100;
        let cost = (self.price)(&usage);
        let details = StageFinished { result, elapsed_ms: ms(self.stage_begun), usage, cost };
        self.write(What::StageFinished { details });
    }

    /// The run ends well.
    pub(crate) fn finish(&mut self, result: Tailored) {
        let details = self.totals();
        self.write(What::Finished { details, result: Box::new(result) });
    }

    /// The run ends in an error.
    pub(crate) fn fail(&mut self, error: ErrorReport) {
        let details = self.totals();
        self.write(What::Failed { details, error });
    }

    /// The user ends the run.
    pub(crate) fn cancel(&mut self) {
        let details = self.totals();
        self.write(What::Cancelled { details });
    }

    /// The stage that is running, or ran last.
    pub(crate) fn stage(&self) -> Stage {
        self.snapshot.current_stage
    }

    fn totals(&self) -> Totals {
        let usage = self.spent + self.spending;
        Totals { elapsed_ms: ms(self.begun), usage, cost: (self.price)(&usage) }
    }

    fn write(&mut self, what: What) {
        if self.snapshot.ended.is_some() {
            return;
        }
        let stage = self.snapshot.current_stage;
        let event = Event {
            run: self.snapshot.run.clone(),
            seq: self.next,
            what,
            overall_progress: progress::overall(stage, self.stage_progress)
                .max(self.snapshot.overall_progress),
            stage_progress: self.stage_progress,
            current_stage: stage,
        };
        self.next += 1;
        self.snapshot.take(&event);
        let _ = self.events.send(event);
    }
}

fn ms(since: Instant) -> u64 {
    u64::try_from(since.elapsed().as_millis()).unwrap_or(u64::MAX)
}

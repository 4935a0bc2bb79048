//! A run: its handle and its events.

use std::panic::AssertUnwindSafe;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};
use std::time::{SystemTime, UNIX_EPOCH};

use futures::{FutureExt, Stream};
use llm::Usage;
use tokio::sync::mpsc::{self, UnboundedReceiver, UnboundedSender};
use tokio::sync::watch;

use crate::engine::{Engine, Job};
use crate::event::{ErrorReport, Event, RunId, Snapshot, Started};
use crate::journal::Journal;
use crate::runner::Runner;

/// Starts a run of `engine` on `job`, on the current tokio runtime.
///
/// The run goes on until it ends, is cancelled, or nobody holds its handle or its events any more.
///
/// # Panics
///
/// When called outside a tokio runtime.
pub fn start(job: Job, engine: Arc<dyn Engine>) -> (Run, Events) {
    let id = new_id();
    let started = Started {
        engine: engine.name().to_owned(),
        model: engine.model().map(str::to_owned),
        version: env!("CARGO_PKG_VERSION").to_owned(),
    };
    let (events, receiver) = mpsc::unbounded_channel();
    let (stop, stopped) = watch::channel(false);
    let priced = Arc::clone(&engine);
    let price = Box::new(move |usage: &Usage| priced.cost(usage));
    let journal = Shared::new(Journal::open(id.clone(), started, price, events.clone()));
    tokio::spawn(work(Runner::new(job, engine, journal.clone()), journal.clone(), stopped, events));
    (Run { handle: Arc::new(Handle { id, stop, journal }) }, Events { receiver })
}

async fn work(
    runner: Runner,
    journal: Shared,
    stopped: watch::Receiver<bool>,
    events: UnboundedSender<Event>,
) {
    let outcome = tokio::select! {
        biased;
        () = asked_to_stop(stopped, events) => None,
        outcome = AssertUnwindSafe(runner.work()).catch_unwind() => Some(outcome),
    };
    // Here the request is dropped already.
    let mut journal = journal.lock();
    match outcome {
        None => journal.cancel(),
        Some(Ok(Ok(tailored))) => journal.finish(tailored),
        Some(Ok(Err(error))) => journal.fail(error),
        Some(Err(_panic)) => {
            let error = own_mistake(&journal);
            journal.fail(error);
        }
    }
    let ended = journal.snapshot();
    tracing::info!(run = %ended.run, events = ended.seq + 1, elapsed_ms = ended.elapsed_ms, "run ended");
}

/// Ends when the user cancels, or when the last handle and the events are dropped.
async fn asked_to_stop(mut stopped: watch::Receiver<bool>, events: UnboundedSender<Event>) {
    if stopped.wait_for(|stopped| *stopped).await.is_err() {
        events.closed().await;
    }
}

fn own_mistake(journal: &Journal) -> ErrorReport {
    tracing::error!(stage = ?journal.stage(), "a stage panicked");
    ErrorReport {
        code: "internal".to_owned(),
        message: format!(
            "Tailorbird made a mistake of its own in the {} stage",
            crate::runner::name(journal.stage())
        ),
        hint: "Your files are as they were. Try again; if it happens again, report it.".to_owned(),
    }
}

/// A run. Cheap to clone; all clones are the same run.
#[derive(Clone)]
pub struct Run {
    handle: Arc<Handle>,
}

struct Handle {
    id: RunId,
    stop: watch::Sender<bool>,
    journal: Shared,
}

impl Run {
    /// Its name.
    pub fn id(&self) -> &RunId {
        &self.handle.id
    }

    /// Ends it: the request is dropped and `cancelled` is its last event. Does nothing when it has ended.
    pub fn cancel(&self) {
        self.handle.stop.send_replace(true);
    }

    /// Its state now. Agrees with the events up to `seq`.
    pub fn snapshot(&self) -> Snapshot {
        self.handle.journal.lock().snapshot()
    }
}

/// The events of a run, none left out, in their order. Ends after the last one.
#[derive(Debug)]
pub struct Events {
    receiver: UnboundedReceiver<Event>,
}

impl Stream for Events {
    type Item = Event;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Event>> {
        let next = self.receiver.poll_recv(context);
        match &next {
            // The handle keeps the journal, and with it the sender: the stream must end by itself.
            Poll::Ready(Some(event)) if event.what.is_end() => self.receiver.close(),
            _ => {}
        }
        next
    }
}

/// The journal, shared by the run at work and its handles. Never locked across an await.
#[derive(Clone)]
pub(crate) struct Shared(Arc<Mutex<Journal>>);

impl Shared {
    fn new(journal: Journal) -> Self {
        Self(Arc::new(Mutex::new(journal)))
    }

    pub(crate) fn lock(&self) -> MutexGuard<'_, Journal> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Short and unique: the time in ms, and chance, in letters and digits.
fn new_id() -> RunId {
    let mut ms = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |time| time.as_millis());
    let mut id = Vec::new();
    while ms > 0 {
        id.push(char::from_digit((ms % 36) as u32, 36).unwrap_or('0'));
        ms /= 36;
    }
    let random = std::iter::repeat_with(|| fastrand::char('a'..='z')).take(5);
    RunId(id.into_iter().rev().chain(['-']).chain(random).collect())
}

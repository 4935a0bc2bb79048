//! Our way: from deltas to the events that the window gets, exactly as a run does it.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use futures::stream::BoxStream;
use futures::{Stream, StreamExt};
use llm::{Delta, Error, Field, Model, Options, Request, Step, Stop};
use pipeline::{Event, Implementation, RunId, Snapshot, Stage, StagePatch, Started, What};
use serde_json::json;

use crate::{DELTA, TICK};

/// What was told.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Told {
    pub(crate) events: usize,
    /// Fields and items that were done when the event came that told them.
    pub(crate) done: usize,
    pub(crate) bytes: usize,
}

/// Deltas of text.
pub(crate) fn from_text(answer: &str, ticks: usize) -> Told {
    told(Script { source: Source::Text(pieces(answer)), ticks })
}

/// The same as Anthropic sends them.
pub(crate) fn from_wire(wire: &[Bytes], ticks: usize) -> Told {
    told(Script { source: Source::Wire(wire.to_vec()), ticks })
}

/// An answer as a stream of Anthropic's events, one delta each.
pub(crate) fn on_the_wire(answer: &str) -> Vec<Bytes> {
    let event = |event: serde_json::Value| {
        Bytes::from(format!("event: {}\ndata: {event}\n\n", event["type"].as_str().unwrap_or_default()))
    };
    let mut wire = vec![
        event(
            json!({"type": "message_start", "message": {"id": "msg_1", "type": "message", "role": "assistant",
            "model": "m", "content": [], "usage": {"input_tokens": 5_000, "output_tokens": 1}}}),
        ),
        event(
            json!({"type": "content_block_start", "index": 0, "content_block": {"type": "text", "text": ""}}),
        ),
    ];
    wire.extend(pieces(answer).into_iter().map(|piece| {
        event(json!({"type": "content_block_delta", "index": 0, "delta": {"type": "text_delta", "text": piece}}))
    }));
    wire.extend([
        event(json!({"type": "content_block_stop", "index": 0})),
        event(json!({"type": "message_delta", "delta": {"stop_reason": "end_turn"}, "usage": {"output_tokens": 9_000}})),
        event(json!({"type": "message_stop"})),
    ]);
    wire
}

/// Pieces of four bytes, or a little more where a letter would be cut.
fn pieces(answer: &str) -> Vec<String> {
    let mut pieces = Vec::with_capacity(answer.len() / DELTA + 1);
    let mut at = 0;
    while at < answer.len() {
        let mut end = (at + DELTA).min(answer.len());
        while !answer.is_char_boundary(end) {
            end += 1;
        }
        pieces.push(answer[at..end].to_owned());
        at = end;
    }
    pieces
}

/// Drives the question and writes each event, on one thread and a clock of our own.
fn told(script: Script) -> Told {
    let Ok(runtime) = tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build()
    else {
        return Told::default();
    };
    runtime.block_on(async move {
        let options = Options { gate: TICK, silence: Duration::MAX, ..Options::default() };
        let mut steps = llm::ask::<Implementation>(Arc::new(script), request(), options, |_| Ok(()));
        let run = RunId("bench".to_owned());
        let event = |seq, what| Event {
            run: run.clone(),
            seq,
            what,
            overall_progress: 60,
            stage_progress: 30,
            current_stage: Stage::Implementation,
        };
        let started = Started { engine: "anthropic".into(), model: Some("m".into()), version: "0".into() };
        let Some(mut snapshot) = Snapshot::begin(&event(0, What::Started { details: started })) else {
            return Told::default();
        };
        let message = pipeline::Message { message: String::new() };
        snapshot.take(&event(1, What::StageStarted { details: message }));
        let mut come = Field::Absent;
        let (mut told, mut seq) = (Told::default(), 2);
        while let Some(step) = steps.next().await {
            // As the runner does it: its own state for progress, the event, the snapshot for a reloaded window.
            if let Ok(Step::Patch(patch)) = step {
                told.done += patch.0.iter().filter(|op| op.done || op.set.is_some()).count();
                let _ = patch.apply::<Implementation>(&mut come);
                let event = event(seq, What::Partial { details: StagePatch::Implementation(patch) });
                seq += 1;
                snapshot.take(&event);
                let json = serde_json::to_string(&event).unwrap_or_default();
                told.events += 1;
                told.bytes += std::hint::black_box(json).len();
            }
        }
        told
    })
}

fn request() -> Request {
    Request {
        system: Vec::new(),
        messages: Vec::new(),
        output: llm::json_output::<Implementation>("implementation").into(),
        family: Arc::default(),
        max_output_tokens: 128_000,
    }
}

/// A model whose answer is there already; only the clock goes on between its deltas.
struct Script {
    source: Source,
    ticks: usize,
}

enum Source {
    Text(Vec<String>),
    Wire(Vec<Bytes>),
}

impl Model for Script {
    fn id(&self) -> &'static str {
        "script"
    }

    fn stream(&self, _: &Request) -> BoxStream<'static, Result<Delta, Error>> {
        match &self.source {
            Source::Text(pieces) => {
                let deltas: Vec<_> = pieces.iter().cloned().map(|piece| Ok(Delta::Text(piece))).collect();
                paced(deltas, self.ticks).chain(futures::stream::iter([Ok(Delta::Ended(Stop::End))])).boxed()
            }
            Source::Wire(wire) => {
                let bytes = paced(wire.clone(), self.ticks).map(Ok::<_, Error>);
                llm::Protocol::Messages.decode("Anthropic", bytes)
            }
        }
    }
}

/// The items, with the clock a tenth of a second on so many times, evenly spread.
fn paced<T: Send + 'static>(items: Vec<T>, ticks: usize) -> impl Stream<Item = T> + Send {
    let each = items.len().div_ceil(ticks).max(1);
    futures::stream::iter(items.into_iter().enumerate()).then(move |(at, item)| async move {
        if at % each == 0 {
            tokio::time::advance(TICK).await;
        }
        item
    })
}

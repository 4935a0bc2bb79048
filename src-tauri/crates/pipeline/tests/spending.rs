//! What a run costs, as its events tell it, and a limit that ends it cleanly.

#[expect(dead_code, unreachable_pub, reason = "a module that several tests share")]
mod support;

use std::sync::Arc;

use futures::StreamExt;
use llm::{Cost, Error, Model, Price, Rate, Usd};
use pipeline::{Event, ModelEngine, Snapshot, Stage, What, start};
use support::{Script, assert_lawful, good_turns};

/// A thousandth of a dollar a token, in or out.
const RATE: Rate =
    Rate::Priced(Price { input: 1_000.0, output: 1_000.0, cache_read: None, cache_write: None });

fn usd(dollars: f64) -> Usd {
    Usd::new(dollars).expect("an amount")
}

fn engine(script: &Arc<Script>) -> ModelEngine {
    ModelEngine::new("Scripted", Arc::clone(script) as Arc<dyn Model>)
}

async fn run(engine: ModelEngine) -> Vec<Event> {
    let (_run, events) = start(support::job(), Arc::new(engine));
    let events: Vec<Event> = events.collect().await;
    assert_lawful(&events);
    events
}

#[tokio::test(start_paused = true)]
async fn the_sum_runs_along_and_ends_as_the_total() {
    let script = Script::new(good_turns());
    let events = run(engine(&script).with_rate(RATE)).await;
    let sums: Vec<Usd> = events
        .iter()
        .filter_map(|event| match &event.what {
            What::Spent { details } => details.cost.usd(),
            _ => None,
        })
        .collect();
    assert!(sums.len() >= 8, "{sums:?}");
    assert_eq!(
        sums.last(),
        Some(&usd(4.8)),
        "an estimate in between may be a little off, the last sum is counted"
    );
    let stages: Vec<Cost> = events
        .iter()
        .filter_map(|event| match &event.what {
            What::StageFinished { details } => Some(details.cost),
            _ => None,
        })
        .collect();
    assert_eq!(stages, [Cost::Usd(usd(1.2)); 4], "a thousand tokens in and two hundred out, each");
    let Some(What::Finished { details, .. }) = events.last().map(|event| &event.what) else {
        panic!("it finishes")
    };
    assert_eq!(details.cost, Cost::Usd(usd(4.8)));
    let mut snapshot = Snapshot::begin(&events[0]).expect("the first event");
    for event in &events {
        snapshot.take(event);
    }
    assert_eq!((snapshot.cost, snapshot.usage), (details.cost, details.usage));
}

#[tokio::test(start_paused = true)]
async fn a_limit_ends_the_run_before_the_request_that_would_break_it() {
    let script = Script::new(good_turns());
    // The first stage comes to 1.2; what the second is expected to take does not fit into the rest.
    let (_, expected) = {
        let estimate = pipeline::estimate(&support::job(), &RATE, llm::tokens::Counting::Other);
        (estimate.cost, estimate.stages[0].cost.usd().expect("a price"))
    };
    let limit = usd(expected.dollars().max(1.2) + 0.3);
    let events = run(engine(&script).with_rate(RATE).with_limit(limit).expect("there is a price")).await;
    assert_eq!(script.requests.lock().expect("nobody panicked").len(), 1);
    let Some(What::Failed { details, error }) = events.last().map(|event| &event.what) else {
        panic!("it fails")
    };
    assert_eq!(error.code, "budget_reached");
    assert!(error.message.contains(&format!("over your limit of {limit}")), "{}", error.message);
    assert!(error.hint.contains("What is finished is kept"), "{}", error.hint);
    assert_eq!(details.cost, Cost::Usd(usd(1.2)));
    assert_eq!(events.last().map(|event| event.current_stage), Some(Stage::Planning));
    assert!(
        events.iter().any(|event| matches!(event.what, What::StageFinished { .. })),
        "the first stage is kept"
    );
}

#[tokio::test(start_paused = true)]
async fn a_limit_that_nobody_reaches_changes_nothing() {
    let script = Script::new(good_turns());
    let events = run(engine(&script).with_rate(RATE).with_limit(usd(100.0)).expect("there is a price")).await;
    assert!(matches!(events.last().map(|event| &event.what), Some(What::Finished { .. })));
}

#[test]
fn a_limit_without_a_price_is_refused_and_what_is_free_needs_none() {
    let script = Script::new(Vec::new());
    let Err(error) = engine(&script).with_limit(usd(1.0)) else { panic!("there is no price") };
    assert_eq!(error, Error::NoPrice { model: "scripted-1".to_owned() });
    assert!(engine(&script).with_rate(Rate::Free).with_limit(usd(1.0)).is_ok());
}

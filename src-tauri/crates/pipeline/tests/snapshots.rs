//! A snapshot is the sum of the events so far, at every moment of every run.

#[expect(dead_code, unreachable_pub, reason = "a module that several tests share")]
mod support;

use std::sync::{Arc, Mutex};
use std::time::Duration;

use futures::StreamExt;
use llm::Error;
use pipeline::{Event, Run, Snapshot, What};
use proptest::prelude::*;
use support::{Script, Turn, assert_lawful, evaluation, good_turns};

/// The events up to `seq`, added up.
fn sum(events: &[Event], seq: u64) -> Snapshot {
    let mut snapshot = Snapshot::begin(&events[0]).expect("the first event begins it");
    events.iter().take_while(|event| event.seq <= seq).for_each(|event| snapshot.take(event));
    snapshot
}

fn without_time(mut snapshot: Snapshot) -> Snapshot {
    snapshot.elapsed_ms = 0;
    snapshot
}

/// Takes snapshots all along a run.
async fn watch(run: Run, every: Duration, taken: Arc<Mutex<Vec<Snapshot>>>) {
    loop {
        let snapshot = run.snapshot();
        let ended = snapshot.ended.is_some();
        taken.lock().expect("nobody panicked").push(snapshot);
        if ended {
            return;
        }
        tokio::time::sleep(every).await;
    }
}

fn turns() -> impl Strategy<Value = Vec<Turn>> {
    let broken = (0..700_usize, 0..4_usize).prop_map(|(bytes, at)| {
        let mut turns = good_turns();
        let error = Error::Disconnected { provider: "Scripted".to_owned() };
        turns.insert(at, Turn::Break(evaluation(), bytes, error));
        turns
    });
    let failing = (0..4_usize).prop_map(|at| {
        let mut turns = good_turns();
        turns.insert(at, Turn::Fail(Error::Refused));
        turns
    });
    prop_oneof![2 => broken, 1 => failing, 1 => Just(good_turns())]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn at_any_point_it_equals_the_sum_of_the_events(
        turns in turns(),
        piece in 1..60_usize,
        pause in 1..200_u64,
        every in 1..900_u64,
        cancel in proptest::option::of(0..20_000_u64),
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build()?;
        let (events, snapshots) = runtime.block_on(async {
            let script = Script::in_pieces(turns, piece, Duration::from_millis(pause));
            let (run, events) = support::run(&script);
            let taken = Arc::default();
            tokio::spawn(watch(run.clone(), Duration::from_millis(every), Arc::clone(&taken)));
            if let Some(after) = cancel {
                let run = run.clone();
                tokio::spawn(async move {
                    tokio::time::sleep(Duration::from_millis(after)).await;
                    run.cancel();
                });
            }
            let events: Vec<Event> = events.collect().await;
            let mut snapshots = std::mem::take(&mut *taken.lock().expect("nobody panicked"));
            snapshots.push(run.snapshot());
            (events, snapshots)
        });
        assert_lawful(&events);
        for snapshot in &snapshots {
            prop_assert_eq!(without_time(snapshot.clone()), without_time(sum(&events, snapshot.seq)));
        }
        let last = snapshots.last().expect("one was taken");
        prop_assert_eq!(last, &sum(&events, u64::MAX), "and at the end in time, too");
    }
}

#[tokio::test(start_paused = true)]
async fn a_snapshot_goes_through_json_unharmed() {
    let (events, _) = support::played(good_turns()).await;
    for event in &events {
        let json = serde_json::to_string(event).expect("an event is JSON");
        assert_eq!(&serde_json::from_str::<Event>(&json).expect("it reads back"), event);
        let snapshot = sum(&events, event.seq);
        let json = serde_json::to_string(&snapshot).expect("a snapshot is JSON");
        assert_eq!(serde_json::from_str::<Snapshot>(&json).expect("it reads back"), snapshot);
    }
}

#[tokio::test(start_paused = true)]
async fn events_twice_or_of_another_run_change_nothing() {
    let (events, _) = support::played(good_turns()).await;
    let (others, _) = support::played(good_turns()).await;
    let mut snapshot = sum(&events, u64::MAX);
    events.iter().chain(&others).for_each(|event| snapshot.take(event));
    assert_eq!(snapshot, sum(&events, u64::MAX));
    assert!(Snapshot::begin(&events[1]).is_none());
    assert!(matches!(snapshot.ended, Some(What::Finished { .. })));
}

//! Engines that break their contract end a run in words, never in silence.

#[expect(dead_code, unreachable_pub, reason = "a module that several tests share")]
mod support;

use std::sync::Arc;

use futures::{FutureExt, StreamExt, stream};
use llm::Step;
use pipeline::{
    Engine, ErrorReport, Evaluation, Event, Implementation, Job, Judgement, Plan, Steps, Verification, What,
    start,
};
use resume::Edit;
use support::assert_lawful;

/// What goes wrong in the planning stage.
#[derive(Clone, Copy)]
enum Fault {
    PanicsWhenAsked,
    PanicsAtWork,
    EndsWithoutResult,
    NeverAnswers,
}

struct Faulty(Fault);

impl Engine for Faulty {
    fn name(&self) -> &'static str {
        "faulty"
    }

    fn model(&self) -> Option<&str> {
        None
    }

    fn evaluation(&self, _: &Job) -> Steps<Evaluation> {
        let evaluation = serde_json::from_value(support::evaluation()).expect("it is an evaluation");
        stream::once(async { Ok(Step::Done(evaluation)) }).boxed()
    }

    fn planning(&self, _: &Job, _: &Evaluation) -> Steps<Plan> {
        match self.0 {
            Fault::PanicsWhenAsked => panic!("a fault of the test"),
            Fault::PanicsAtWork => async { panic!("a fault of the test") }.into_stream().boxed(),
            Fault::EndsWithoutResult => stream::empty().boxed(),
            Fault::NeverAnswers => stream::pending().boxed(),
        }
    }

    fn implementation(&self, _: &Job, _: &Evaluation, _: &Plan) -> Steps<Implementation> {
        stream::empty().boxed()
    }

    fn verification(&self, _: &Job, _: &Evaluation, _: &[Edit], _: &[Judgement]) -> Steps<Verification> {
        stream::empty().boxed()
    }
}

async fn error_of(fault: Fault) -> ErrorReport {
    let (run, events) = start(support::job(), Arc::new(Faulty(fault)));
    let events: Vec<Event> = events.collect().await;
    assert_lawful(&events);
    let last = events.last().expect("a last event");
    assert_eq!(run.snapshot().ended.as_ref(), Some(&last.what));
    match &last.what {
        What::Failed { error, .. } => error.clone(),
        other => panic!("it ended with {other:?}"),
    }
}

#[tokio::test(start_paused = true)]
async fn a_panic_in_a_stage_fails_the_run_and_says_where() {
    for fault in [Fault::PanicsWhenAsked, Fault::PanicsAtWork] {
        let error = error_of(fault).await;
        assert_eq!(error.code, "internal");
        assert_eq!(error.message, "Tailorbird made a mistake of its own in the planning stage");
        assert!(!error.hint.is_empty());
    }
}

#[tokio::test(start_paused = true)]
async fn a_stage_without_a_result_fails_the_run() {
    let error = error_of(Fault::EndsWithoutResult).await;
    assert_eq!(
        (error.code.as_str(), error.message.as_str()),
        ("no_result", "The planning stage ended without a result")
    );
}

#[tokio::test(start_paused = true)]
async fn an_engine_that_never_answers_can_be_cancelled() {
    let (run, mut events) = start(support::job(), Arc::new(Faulty(Fault::NeverAnswers)));
    while let Some(event) = events.next().await {
        if matches!(event.what, What::StageStarted { .. }) && event.overall_progress == 25 {
            break;
        }
    }
    run.cancel();
    let rest: Vec<Event> = events.collect().await;
    assert!(matches!(rest.last().map(|event| &event.what), Some(What::Cancelled { .. })));
}

//! Whole runs, against a model that plays a script, in time that stands still until somebody waits.

#[expect(unreachable_pub, reason = "a module of this test alone")]
mod support;

use std::sync::atomic::Ordering;
use std::time::Duration;

use futures::StreamExt;
use llm::Error;
use pipeline::{Event, Stage, StageResult, Tailored, What};
use resume::Standing;
use serde_json::json;
use support::{
    Script, Turn, assert_lawful, evaluation, glance, good_turns, implementation, lines, plan, played,
    verification,
};

fn overloaded() -> Error {
    Error::Overloaded { provider: "Scripted".to_owned(), retry_after: Some(Duration::from_secs(8)) }
}

fn result(events: &[Event]) -> &Tailored {
    match &events.last().expect("a last event").what {
        What::Finished { result, .. } => result,
        other => panic!("the run ended with {other:?}"),
    }
}

#[tokio::test(start_paused = true)]
async fn a_run_without_a_fault_event_by_event() {
    let (events, script) = played(good_turns()).await;
    insta::assert_snapshot!(lines(&events));
    assert_eq!(script.requests.lock().expect("nobody panicked").len(), 4);
}

#[tokio::test(start_paused = true)]
async fn partials_come_while_the_model_writes() {
    let (events, _) = played(good_turns()).await;
    for stage in Stage::ALL {
        let partials = events
            .iter()
            .filter(|event| event.current_stage == stage && matches!(event.what, What::Partial { .. }))
            .count();
        assert!(partials >= 3, "{stage:?} has {partials}");
    }
    let mut shown = None;
    for event in &events {
        if let What::Partial { details } = &event.what {
            let before = shown.clone();
            details.apply(&mut shown);
            assert_ne!(before, shown, "a partial that shows nothing new");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn only_edits_that_both_judges_support_go_in() {
    let (events, _) = played(good_turns()).await;
    let result = result(&events);
    let standings: Vec<_> = result.judgements.iter().map(|judgement| judgement.standing).collect();
    assert_eq!(standings, [Standing::Supported, Standing::Supported, Standing::Unsupported]);
    let texts: Vec<_> = result.tailored_resume.blocks.iter().map(|block| block.text.as_str()).collect();
    assert_eq!(
        texts,
        [
            "Nora Eklund",
            "nora.eklund@example.com | +47 22 33 44 55",
            "Experience",
            "Backend engineer, Fernwick Logistics, 2019 - 2022",
            "On call one week in five",
            "Moved 23 services to Kubernetes (k8s); write to nora.eklund@example.com for the talk",
            "Skills",
            "Go, Terraform, k8s",
        ]
    );
    assert_eq!(result.coverage_before.found, Vec::<String>::new());
    assert_eq!(result.coverage_after.found, ["Kubernetes"]);
    assert_eq!(result.coverage_after.missing, ["Rust"]);
    assert_eq!(
        (result.evaluation.match_score, result.verification.final_score),
        (74, 72),
        "a score may go down"
    );
}

#[tokio::test(start_paused = true)]
async fn a_verdict_lowers_an_edit_and_it_stays_out() {
    let mut verdicts = verification();
    verdicts["verdicts"][0] = json!({"edit": "e1", "verdict": "overstated", "claim": "Kubernetes", "reason": "You moved some of them."});
    let turns = [evaluation(), plan(), implementation(), verdicts].map(Turn::Say).to_vec();
    let (events, _) = played(turns).await;
    let result = result(&events);
    assert_eq!(result.judgements[0].standing, Standing::NeedsReview);
    assert_eq!(result.judgements[0].reason, "You moved some of them.");
    assert!(result.tailored_resume.blocks.iter().all(|block| !block.text.contains("Kubernetes")));
}

#[tokio::test(start_paused = true)]
async fn a_break_in_mid_answer_is_waited_out_and_progress_stays() {
    let mut turns = good_turns();
    turns.insert(0, Turn::Break(evaluation(), 330, overloaded()));
    let (events, script) = played(turns).await;
    insta::assert_snapshot!(glance(&events));
    let retries: Vec<_> = events
        .iter()
        .filter_map(|event| match &event.what {
            What::Retry { details } => Some((details.attempt, details.wait_ms, details.reason.as_str())),
            _ => None,
        })
        .collect();
    assert_eq!(retries, [(2, 8000, "Scripted is overloaded")]);
    assert_eq!(script.requests.lock().expect("nobody panicked").len(), 5);
    result(&events);
}

#[tokio::test(start_paused = true)]
async fn an_answer_that_does_not_fit_is_sent_back_with_the_reason() {
    let mut wrong = evaluation();
    wrong["requirements"][0]["evidence"] = json!(["b99"]);
    let mut turns = good_turns();
    turns.insert(0, Turn::Say(wrong));
    let (events, script) = played(turns).await;
    let sent = script.sent();
    assert_eq!(sent.len(), 5);
    assert!(sent[1].contains("evidence of r1: there is no line b99 in the resume"));
    assert_eq!(events.iter().filter(|event| matches!(event.what, What::Retry { .. })).count(), 1);
    result(&events);
}

#[tokio::test(start_paused = true)]
async fn a_token_that_was_not_given_is_sent_back() {
    let mut wrong = evaluation();
    wrong["gaps"] = json!(["⟦mail 9⟧"]);
    let mut turns = good_turns();
    turns.insert(0, Turn::Say(wrong));
    let (events, script) = played(turns).await;
    assert!(script.sent()[1].contains("the token ⟦mail 9⟧ was not given"));
    assert_eq!(result(&events).evaluation.gaps, ["Rust"]);
}

#[tokio::test(start_paused = true)]
async fn a_bad_edit_is_left_out_when_the_model_cannot_mend_it() {
    let mut bad = implementation();
    bad["edits"][1]["after"] = json!("b8");
    let turns = vec![
        Turn::Say(evaluation()),
        Turn::Say(plan()),
        Turn::Say(bad.clone()),
        Turn::Say(bad.clone()),
        Turn::Say(bad),
        Turn::Say({
            let mut verdicts = verification();
            verdicts["verdicts"].as_array_mut().expect("a list").pop();
            verdicts
        }),
    ];
    let (events, _) = played(turns).await;
    let told: Vec<_> = events
        .iter()
        .filter_map(|event| match &event.what {
            What::Progress { details } => Some(details.message.as_str()),
            _ => None,
        })
        .collect();
    insta::assert_snapshot!(told.join("\n"));
    assert_eq!(result(&events).edits.len(), 2);
}

#[tokio::test(start_paused = true)]
async fn an_error_that_time_does_not_heal_ends_the_run_in_words() {
    let turns =
        vec![Turn::Say(evaluation()), Turn::Fail(Error::KeyRejected { provider: "Scripted".to_owned() })];
    let (events, _) = played(turns).await;
    insta::assert_snapshot!(support::line(events.last().expect("a last event")));
    assert_eq!(events.last().map(|event| event.current_stage), Some(Stage::Planning));
}

#[tokio::test(start_paused = true)]
async fn where_nothing_is_to_change_nothing_is_asked() {
    let mut empty = plan();
    empty["changes"] = json!([]);
    let (events, script) = played(vec![Turn::Say(evaluation()), Turn::Say(empty)]).await;
    assert_eq!(script.requests.lock().expect("nobody panicked").len(), 2);
    let result = result(&events);
    assert_eq!(result.verification.final_score, 74);
    assert_eq!(result.tailored_resume, *support::job().resume);
}

#[tokio::test(start_paused = true)]
async fn a_cancel_at_any_moment_ends_the_run_and_the_request() {
    let (whole, _) = played(good_turns()).await;
    let What::Finished { details, .. } = &whole.last().expect("a last event").what else {
        panic!("it finishes")
    };
    for after in (0..details.elapsed_ms).step_by(97) {
        let script = Script::new(good_turns());
        let (run, events) = support::run(&script);
        tokio::time::sleep(Duration::from_millis(after)).await;
        run.cancel();
        let cancelled = tokio::time::Instant::now();
        let events: Vec<Event> = events.collect().await;
        assert!(cancelled.elapsed() <= Duration::from_millis(100), "after {after} ms");
        assert_lawful(&events);
        assert!(
            matches!(events.last().map(|event| &event.what), Some(What::Cancelled { .. })),
            "after {after} ms"
        );
        assert_eq!(script.open.load(Ordering::SeqCst), 0, "the request is dropped");
    }
}

#[tokio::test(start_paused = true)]
async fn a_cancel_while_waiting_for_another_attempt_does_not_wait() {
    let script = Script::new(vec![Turn::Fail(overloaded())]);
    let (run, mut events) = support::run(&script);
    let mut seen = Vec::new();
    while let Some(event) = events.next().await {
        if matches!(event.what, What::Retry { .. }) {
            run.cancel();
        }
        seen.push(event);
    }
    assert_lawful(&seen);
    assert!(
        matches!(seen.last().map(|event| &event.what), Some(What::Cancelled { details }) if details.elapsed_ms < 1000)
    );
}

#[tokio::test(start_paused = true)]
async fn a_run_that_nobody_holds_ends() {
    let script = Script::new(good_turns());
    let (run, events) = support::run(&script);
    tokio::time::sleep(Duration::from_millis(200)).await;
    assert_eq!(script.open.load(Ordering::SeqCst), 1);
    drop((run, events));
    tokio::time::sleep(Duration::from_millis(1)).await;
    assert_eq!(script.open.load(Ordering::SeqCst), 0);
    assert_eq!(script.requests.lock().expect("nobody panicked").len(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_run_goes_on_for_its_handle_alone() {
    let script = Script::new(good_turns());
    let (run, events) = support::run(&script);
    drop(events);
    tokio::time::sleep(Duration::from_mins(10)).await;
    assert!(matches!(run.snapshot().ended, Some(What::Finished { .. })));
}

#[tokio::test(start_paused = true)]
async fn usage_adds_up_over_stages() {
    let (events, _) = played(good_turns()).await;
    let stages: Vec<u64> = events
        .iter()
        .filter_map(|event| match &event.what {
            What::StageFinished { details } => Some(details.usage.output),
            _ => None,
        })
        .collect();
    assert_eq!(stages, [200, 200, 200, 200]);
    let What::Finished { details, .. } = &events.last().expect("a last event").what else {
        panic!("it finishes")
    };
    assert_eq!((details.usage.input, details.usage.output), (4000, 800));
}

#[tokio::test(start_paused = true)]
async fn run_names_differ() {
    let script = Script::new(good_turns());
    let (one, _events) = support::run(&script);
    let (two, _events) = support::run(&script);
    assert_ne!(one.id(), two.id());
    assert!(one.id().0.len() <= 16, "{}", one.id());
    one.cancel();
    two.cancel();
}

#[tokio::test(start_paused = true)]
async fn stage_results_are_typed_and_in_order() {
    let (events, _) = played(good_turns()).await;
    let kinds: Vec<&str> = events
        .iter()
        .filter_map(|event| match &event.what {
            What::StageFinished { details } => Some(match &details.result {
                StageResult::Evaluation(_) => "evaluation",
                StageResult::Planning(_) => "planning",
                StageResult::Implementation(edits) => {
                    assert_eq!(edits.edits.len(), edits.judgements.len());
                    "implementation"
                }
                StageResult::Verification(_) => "verification",
            }),
            _ => None,
        })
        .collect();
    assert_eq!(kinds, ["evaluation", "planning", "implementation", "verification"]);
}

#[tokio::test(start_paused = true)]
async fn ids_show_only_when_they_are_whole() {
    let script = Script::in_pieces(good_turns(), 1, Duration::from_millis(101));
    let (_run, events) = support::run(&script);
    let events: Vec<Event> = events.collect().await;
    assert_lawful(&events);
    for event in &events {
        let line = support::line(event);
        for id in ["id", "block", "after", "edit", "requirement"] {
            assert!(!line.contains(&format!(r#""{id}":{{"writing":"#)), "{line}");
        }
        assert!(!line.contains(r#"{"writing":"b"#) && !line.contains(r#"{"writing":"r"#), "{line}");
    }
}

//! What tells who the person is reaches neither a request nor a log, and comes back whole in the answer.

#[expect(dead_code, unreachable_pub, reason = "a module that several tests share")]
mod support;

use futures::StreamExt;
use pipeline::{Event, StagePartial, What, what_is_sent};
use serde_json::json;
use support::{Script, Turn, evaluation, good_turns, implementation, plan, verification};

/// Words that only the person, or the recruiter, is known by.
const SECRETS: [&str; 7] =
    ["nora", "eklund", "nora.eklund@example.com", "22 33 44 55", "jobs@", "99 88 77 66", "33 44"];

fn assert_clean(text: &str, what: &str) {
    let text = text.to_lowercase();
    for secret in SECRETS {
        assert!(!text.contains(secret), "{secret} stands in {what}: {text}");
    }
}

#[tokio::test(start_paused = true)]
async fn no_request_holds_name_mail_or_phone() {
    let mut wrong = evaluation();
    wrong["match_score"] = json!(200);
    let mut turns = good_turns();
    turns.insert(0, Turn::Say(wrong));
    let (_, script) = support::played(turns).await;
    let sent = script.sent();
    assert_eq!(sent.len(), 5, "four stages and a correction");
    for request in &sent {
        assert_clean(request, "a request");
        assert!(request.starts_with(&what_is_sent(&support::job())), "what is sent is what was shown");
    }
    assert!(sent[4].contains("⟦mail 1⟧ for the talk"), "edits to judge are masked again");
}

#[tokio::test(start_paused = true)]
async fn answers_come_back_with_the_persons_own_words() {
    let (events, _) = support::played(good_turns()).await;
    let What::Finished { result, .. } = &events.last().expect("a last event").what else {
        panic!("it finishes")
    };
    assert_eq!(
        result.evaluation.overall_assessment,
        "A good fit, Nora Eklund. Your mail nora.eklund@example.com stands in a bullet."
    );
    assert!(result.edits[0].change.text().is_some_and(|text| text.contains("nora.eklund@example.com")));
    assert_eq!(result.verification.summary, "Kubernetes is easier to see, Nora Eklund. Rust remains a gap.");
}

#[tokio::test(start_paused = true)]
async fn no_event_shows_a_token_or_a_piece_of_one() {
    let turns = [evaluation(), plan(), implementation(), verification()].map(Turn::Say).to_vec();
    let script = Script::in_pieces(turns, 1, std::time::Duration::from_millis(101));
    let (_run, events) = support::run(&script);
    let events: Vec<Event> = events.collect().await;
    let (mut seen, mut shown) = (Vec::new(), None);
    for event in &events {
        let line = support::line(event);
        assert!(!line.contains(['⟦', '⟧']), "{line}");
        if let What::Partial { details } = &event.what {
            details.apply(&mut shown);
        }
        if let Some(StagePartial::Evaluation(partial)) = &shown {
            seen.extend(partial.overall_assessment.so_far().cloned());
        }
    }
    assert!(seen.iter().any(|text| text == "A good fit, "), "the token is held back until it is whole");
    assert!(seen.iter().any(|text| text == "A good fit, Nora Eklund"));
}

#[tokio::test(start_paused = true)]
async fn neither_a_complaint_nor_a_finding_tells_what_a_token_stands_for() {
    let mut turns = good_turns();
    let mut named = evaluation();
    named["requirements"][0]["id"] = json!("⟦name⟧");
    named["requirements"][0]["evidence"] = json!(["⟦mail 1⟧"]);
    turns.insert(0, Turn::Say(named));
    let mut moved = implementation();
    moved["edits"][2]["text"] = json!("Go, Terraform, k8s ⟦mail 1⟧ ⟦phone 1⟧");
    turns[3] = Turn::Say(moved);
    let (_, script) = support::played(turns).await;
    assert_eq!(script.sent().len(), 5);
    for request in &script.sent() {
        assert_clean(request, "a request");
        for piece in ["eklund@", "\"22\"", "\"44\"", "\"99\"", "\"88\"", "example.com\""] {
            assert!(!request.contains(piece), "{piece} stands in a request: {request}");
        }
    }
}

//! Plain text while it is written: letters, and what else is read and not taken apart.

#![expect(clippy::unwrap_used, reason = "a test stops at what it does not expect")]

mod script;

use std::sync::Arc;
use std::time::Duration;

use futures::StreamExt;
use llm::{Delta, Error, Message, Options, Output, Request, Stop, TextStep, Usage, ask_text};
use script::{Attempt, Script, failing, script, written};
use tokio::time::Instant;

const LETTER: &str = "Dear harbour office,\n\nI have kept boats afloat for nine years.\n\nKind regards";

fn request() -> Request {
    Request {
        system: Vec::new(),
        messages: vec![Message::user("Write a letter.")],
        output: Output::Text,
        family: Arc::default(),
        max_output_tokens: 100,
    }
}

type Told = Vec<(Duration, Result<TextStep, Error>)>;

async fn told(model: &Arc<Script>, options: Options) -> Told {
    let start = Instant::now();
    let steps = ask_text(model.clone(), request(), options, |text| {
        if text.contains("Dear") { Ok(()) } else { Err("it has no salutation".to_owned()) }
    });
    steps.map(|step| (start.elapsed(), step)).collect().await
}

/// The deltas since the last retry, joined, and what each step says that there is so far.
fn so_far(told: &Told) -> (String, Vec<String>) {
    let (mut joined, mut states) = (String::new(), Vec::new());
    for (_, step) in told {
        match step {
            Ok(TextStep::Written(written)) => {
                assert!(!written.delta.is_empty());
                joined.push_str(&written.delta);
                assert_eq!(written.so_far(), joined);
                states.push(written.so_far());
            }
            Ok(TextStep::Retry(_)) => joined.clear(),
            _ => {}
        }
    }
    (joined, states)
}

#[tokio::test(start_paused = true)]
async fn a_letter_shows_at_a_calm_pace_as_deltas_and_as_a_whole() {
    let told = told(&script(vec![written(LETTER, 1, 13)]), Options::default()).await;
    let (joined, states) = so_far(&told);
    assert_eq!(joined, LETTER);
    assert!(states.len() >= 8 && states.len() <= 12, "{} steps in a second", states.len());
    let shown: Vec<Duration> = told
        .iter()
        .filter(|(_, step)| matches!(step, Ok(TextStep::Written(_))))
        .map(|(when, _)| *when)
        .collect();
    // The last one does not wait for the gate.
    assert!(shown[..shown.len() - 1].windows(2).all(|pair| pair[1] >= pair[0] + Duration::from_millis(100)));
    assert_eq!(told.last().unwrap().1, Ok(TextStep::Done(LETTER.to_owned())));
}

#[tokio::test(start_paused = true)]
async fn faults_silence_and_limits_are_those_of_typed_answers() {
    let overloaded = Error::Overloaded { provider: "A".into(), retry_after: None };
    let model = script(vec![failing("Dear h", overloaded), written(LETTER, 9, 5)]);
    let ok = told(&model, Options::default()).await;
    assert_eq!(so_far(&ok).0, LETTER, "the second attempt begins anew");
    assert!(ok.iter().any(|(_, step)| matches!(step, Ok(TextStep::Retry(retry)) if retry.attempt == 2)));

    let mute: Attempt = vec![(0, Ok(Delta::Text("Dear".into())))];
    let silent = told(&script(vec![mute]), Options { attempts: 1, ..Options::default() }).await;
    assert_eq!(silent.last().unwrap().1, Err(Error::Silent { limit: Duration::from_mins(2) }));

    for (stop, code) in [
        (Stop::MaxTokens, "max_tokens"),
        (Stop::Refusal, "refused"),
        (Stop::ContentFilter, "filtered"),
        (Stop::ContextWindow, "context_window"),
    ] {
        let cut: Attempt = vec![(0, Ok(Delta::Text("Dear".into()))), (0, Ok(Delta::Ended(stop)))];
        let Err(error) = told(&script(vec![cut]), Options::default()).await.pop().unwrap().1 else {
            panic!("no error");
        };
        assert_eq!(error.code(), code);
        assert!(!error.hint().is_empty());
    }
}

#[tokio::test(start_paused = true)]
async fn what_does_not_fit_is_sent_back_and_an_empty_text_never_fits() {
    let model = script(vec![written("  ", 1, 0), written("Hello", 5, 0), written(LETTER, 50, 0)]);
    let told = told(&model, Options::default()).await;
    assert_eq!(told.last().unwrap().1, Ok(TextStep::Done(LETTER.to_owned())));
    let asked = model.asked.lock().unwrap();
    assert!(asked[1].messages[1].parts[0].text.contains("there is nothing in it"));
    assert_eq!(asked[2].messages[2].parts[0].text, "Hello");
    assert!(asked[2].messages[3].parts[0].text.contains("it has no salutation"));
}

#[tokio::test(start_paused = true)]
async fn thinking_before_a_letter_is_not_part_of_it_and_tokens_are_counted() {
    let usage = Usage { input: 9, output: 30, ..Usage::default() };
    let mut attempt = written(&format!("<think>Dear?</think>\n\n{LETTER}\n"), 4, 7);
    attempt.insert(3, (0, Ok(Delta::Usage(usage))));
    let told = told(&script(vec![attempt]), Options::default()).await;
    assert_eq!(so_far(&told).0.trim_end(), LETTER);
    assert_eq!(told.last().unwrap().1, Ok(TextStep::Done(LETTER.to_owned())));
    assert!(told.iter().any(|(_, step)| *step == Ok(TextStep::Usage(usage))));
}

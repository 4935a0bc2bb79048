//! From a question to a typed value, with a model that plays a script, on a clock that stands still.

#![expect(clippy::unwrap_used, reason = "a test stops at what it does not expect")]

mod script;

use std::sync::Arc;
use std::time::Duration;

use futures::StreamExt;
use llm::{Delta, Error, Field, Message, Options, Output, Partial, Request, Retry, Role, Step, Stop, Usage};
use script::{Attempt, Script, failing, script, written};
use serde::{Deserialize, Serialize};
use tokio::time::Instant;
use ts_rs::TS;

/// A weather report.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Partial, TS)]
#[serde(deny_unknown_fields)]
struct Weather {
    days: Vec<Day>,
    summary: String,
    score: u8,
    note: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Partial, TS)]
#[serde(deny_unknown_fields)]
struct Day {
    name: String,
    sky: Sky,
}

#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, Partial, TS)]
#[serde(rename_all = "snake_case")]
enum Sky {
    Clear,
    Cloudy,
}

const WHOLE: &str = r#"{"days": [{"name": "Monday", "sky": "clear"}, {"name": "Tuesday", "sky": "cloudy"}], "summary": "Fair at first.", "score": 64, "note": null}"#;

fn weather() -> Weather {
    serde_json::from_str(WHOLE).unwrap()
}

fn request() -> Request {
    Request {
        system: vec![llm::Part::plain("You tell the weather.")],
        messages: vec![Message::user("How will it be?")],
        output: Output::Json(llm::JsonOutput {
            name: "weather".into(),
            description: String::new(),
            schema: serde_json::json!({"type": "object"}),
        }),
        family: Arc::default(),
        max_output_tokens: 100,
    }
}

fn overloaded() -> Error {
    Error::Overloaded { provider: "Anthropic".into(), retry_after: None }
}

type Told = (Duration, Result<Step<Weather>, Error>);

/// All that a question tells, and when.
async fn told(model: &Arc<Script>, options: Options) -> Vec<Told> {
    told_with(model, options, |_| Ok(())).await
}

async fn told_with(
    model: &Arc<Script>,
    options: Options,
    check: impl Fn(&Weather) -> Result<(), String> + Send + Sync + 'static,
) -> Vec<Told> {
    let start = Instant::now();
    llm::partials(llm::ask::<Weather>(model.clone(), request(), options, check))
        .map(|step| (start.elapsed(), step))
        .collect()
        .await
}

fn partials(told: &[Told]) -> Vec<(Duration, &WeatherPartial)> {
    told.iter()
        .filter_map(|(when, step)| match step {
            Ok(Step::Partial(partial)) => Some((*when, partial)),
            _ => None,
        })
        .collect()
}

fn retries(told: &[Told]) -> Vec<&Retry> {
    told.iter()
        .filter_map(|(_, step)| match step {
            Ok(Step::Retry(retry)) => Some(retry),
            _ => None,
        })
        .collect()
}

fn last(told: &[Told]) -> &Result<Step<Weather>, Error> {
    &told.last().unwrap().1
}

/// How many fields and items are done, however deep.
fn done(partial: &WeatherPartial) -> usize {
    serde_json::to_string(partial).unwrap().matches(r#"{"done":"#).count()
}

#[tokio::test(start_paused = true)]
async fn a_value_is_told_field_by_field() {
    let told = told(&script(vec![written(WHOLE, 16, 150)]), Options::default()).await;
    let lines: Vec<String> = partials(&told)
        .iter()
        .map(|(when, partial)| format!("{when:?} {}", serde_json::to_string(partial).unwrap()))
        .collect();
    insta::assert_snapshot!(lines.join("\n"));
    assert_eq!(last(&told), &Ok(Step::Done(weather())));
}

#[tokio::test(start_paused = true)]
async fn byte_by_byte_nothing_is_told_twice_and_only_done_fields_come_early() {
    let told = told(&script(vec![written(WHOLE, 1, 7)]), Options::default()).await;
    let partials = partials(&told);
    for pair in partials.windows(2) {
        let ((before, old), (after, new)) = (pair[0], pair[1]);
        assert_ne!(old, new, "nothing changed at {after:?}");
        let is_forced = done(new) > done(old);
        assert!(is_forced || after >= before + Duration::from_millis(100), "{before:?}, then {after:?}");
    }
    // One for each of the 13 fields and items that become done at a moment of their own, and the texts between.
    assert!(partials.len() > 12, "{}", partials.len());
    assert_eq!(partials.last().unwrap().1, &weather().whole());
    assert_eq!(last(&told), &Ok(Step::Done(weather())));
}

#[tokio::test(start_paused = true)]
async fn the_gate_opens_by_itself_when_the_model_pauses() {
    let mut attempt: Attempt = vec![
        (0, Ok(Delta::Text(r#"{"summary": "a"#.into()))),
        (10, Ok(Delta::Text("b".into()))),
        (10, Ok(Delta::Text("c".into()))),
        (5_000, Ok(Delta::Text(r#"d", "days": [], "score": 1, "note": null}"#.into()))),
    ];
    attempt.push((0, Ok(Delta::Ended(Stop::End))));
    let told = told(&script(vec![attempt]), Options::default()).await;
    let texts: Vec<(u128, &str)> = partials(&told)
        .iter()
        .map(|(when, partial)| (when.as_millis(), partial.summary.so_far().unwrap().as_str()))
        .collect();
    assert_eq!(texts, [(0, "a"), (100, "abc"), (5_020, "abcd")]);
}

#[tokio::test(start_paused = true)]
async fn the_first_field_shows_before_it_is_whole_and_a_number_does_not() {
    let attempt = vec![
        (0, Ok(Delta::Text(r#"{"score": 6"#.into()))),
        (500, Ok(Delta::Text("4".into()))),
        (500, Ok(Delta::Text(r#", "summary": ""#.into()))),
        (500, Err(Error::Refused)),
    ];
    let told = told(&script(vec![attempt]), Options::default()).await;
    let shown: Vec<_> =
        partials(&told).iter().map(|(_, partial)| (partial.score.clone(), partial.summary.clone())).collect();
    assert_eq!(shown, [(Field::Done(64), Field::Writing(String::new()))]);
    assert_eq!(last(&told), &Err(Error::Refused));
}

#[tokio::test(start_paused = true)]
async fn what_may_pass_is_tried_again_after_a_wait_and_begins_anew() {
    let model = script(vec![
        failing(r#"{"summary": "half"#, Error::Truncated { provider: "Anthropic".into() }),
        failing("", overloaded()),
        written(WHOLE, 40, 10),
    ]);
    let told = told(&model, Options::default()).await;
    let retries = retries(&told);
    assert_eq!(retries.len(), 2);
    assert_eq!((retries[0].attempt, retries[0].of), (2, 5));
    assert_eq!(retries[0].reason, "The answer of Anthropic stopped in the middle");
    assert_eq!((retries[1].attempt, retries[1].reason.as_str()), (3, "Anthropic is overloaded"));
    let waits = retries[0].wait + retries[1].wait;
    assert!(waits >= Duration::from_millis(1_500) && waits <= Duration::from_secs(3), "{waits:?}");
    let (end, result) = told.last().unwrap();
    assert!(*end >= waits, "the waits were kept");
    assert_eq!(result, &Ok(Step::Done(weather())));
    let before_retry = partials(&told)[0].1;
    assert_eq!(before_retry.summary, Field::Writing("half".into()));
    assert!(partials(&told)[1].1.summary.is_absent(), "the second answer begins from nothing");
}

#[tokio::test(start_paused = true)]
async fn the_attempts_come_to_an_end() {
    let model = script((0..3).map(|_| failing("", overloaded())).collect());
    let told = told(&model, Options { attempts: 3, ..Options::default() }).await;
    assert_eq!(retries(&told).len(), 2);
    assert_eq!(last(&told), &Err(overloaded()));
}

#[tokio::test(start_paused = true)]
async fn what_will_not_pass_is_not_tried_again() {
    for error in [
        Error::KeyRejected { provider: "Anthropic".into() },
        Error::BadRequest { provider: "Anthropic".into(), reason: "no".into() },
        Error::NoSuchModel { provider: "Anthropic".into(), model: "m".into() },
        Error::TooLarge { provider: "Anthropic".into() },
        Error::Forbidden { provider: "Anthropic".into() },
    ] {
        let told = told(&script(vec![failing("", error.clone())]), Options::default()).await;
        assert_eq!(told.len(), 1);
        assert_eq!(last(&told), &Err(error));
    }
}

#[tokio::test(start_paused = true)]
async fn stops_that_leave_no_answer_are_errors_of_their_own() {
    for (stop, code) in [
        (Stop::MaxTokens, "max_tokens"),
        (Stop::Refusal, "refused"),
        (Stop::ContextWindow, "context_window"),
        (Stop::Other("pause_turn".into()), "stopped"),
    ] {
        let attempt = vec![(0, Ok(Delta::Text(r#"{"days": ["#.into()))), (0, Ok(Delta::Ended(stop)))];
        let told = told(&script(vec![attempt]), Options::default()).await;
        let Err(error) = last(&told) else { panic!("no error") };
        assert_eq!(error.code(), code);
        assert!(!error.hint().is_empty());
    }
}

#[tokio::test(start_paused = true)]
async fn silence_ends_an_attempt_and_a_sign_of_life_does_not() {
    let options = Options { attempts: 1, ..Options::default() };
    let mut alive: Attempt = (0..20).map(|_| (100_000, Ok(Delta::KeepAlive))).collect();
    alive.extend(written(WHOLE, 1_000, 0));
    let ok = told(&script(vec![alive]), options.clone()).await;
    assert_eq!(last(&ok), &Ok(Step::Done(weather())));
    assert_eq!(ok.last().unwrap().0, Duration::from_secs(2_000));

    let mute = vec![(0, Ok(Delta::Text(r#"{"summary": "so"#.into())))];
    let told = told(&script(vec![mute]), options).await;
    assert_eq!(last(&told), &Err(Error::Silent { limit: Duration::from_mins(2) }));
    assert_eq!(told.last().unwrap().0, Duration::from_mins(2));
}

#[tokio::test(start_paused = true)]
async fn an_answer_that_does_not_fit_goes_back_to_the_model_with_the_reason() {
    let model = script(vec![
        written(&WHOLE.replace("\"cloudy\"", "\"purple rain\""), 1_000, 0),
        written(&WHOLE.replace("64", "101"), 1_000, 0),
        written(WHOLE, 1_000, 0),
    ]);
    let check = |weather: &Weather| {
        if weather.score > 100 { Err("`score` must be from 0 to 100".to_owned()) } else { Ok(()) }
    };
    let told = told_with(&model, Options::default(), check).await;
    assert_eq!(last(&told), &Ok(Step::Done(weather())));

    let retries = retries(&told);
    assert_eq!((retries[0].attempt, retries[0].of, retries[0].wait), (2, 3, Duration::ZERO));
    assert!(!retries[0].reason.contains("purple"), "words of the answer: {}", retries[0].reason);
    assert!(retries[0].reason.contains("days[1].sky"), "{}", retries[0].reason);
    assert_eq!(retries[1].reason, "The model's answer cannot be used: `score` must be from 0 to 100");

    let asked = model.asked.lock().unwrap();
    assert_eq!(asked.len(), 3);
    let roles: Vec<Role> = asked[2].messages.iter().map(|message| message.role).collect();
    assert_eq!(roles, [Role::User, Role::Assistant, Role::User, Role::Assistant, Role::User]);
    let told_model = &asked[1].messages[2].parts[0].text;
    assert!(told_model.contains("days[1].sky") && told_model.contains("purple rain"), "{told_model}");
    assert_eq!(
        asked[2].messages[..3],
        asked[1].messages[..],
        "earlier turns stay as they were, for the cache"
    );
}

#[tokio::test(start_paused = true)]
async fn repairs_come_to_an_end() {
    let model = script((0..3).map(|_| written("I would rather not.", 4, 0)).collect());
    let told = told(&model, Options::default()).await;
    assert_eq!(retries(&told).len(), 2);
    assert_eq!(last(&told), &Err(Error::Invalid { reason: "there is no JSON in it".into() }));
}

#[tokio::test(start_paused = true)]
async fn unknown_and_doubled_and_missing_fields_do_not_fit() {
    for bad in [
        WHOLE.replace("\"note\": null", "\"note\": null, \"extra\": 1"),
        WHOLE.replace("\"note\": null", "\"note\": null, \"score\": 65"),
        WHOLE.replace("\"score\": 64, ", ""),
        WHOLE.replace("64", "256"),
        WHOLE.replace("64", "\"64\""),
    ] {
        let options = Options { repairs: 0, ..Options::default() };
        let told = told(&script(vec![written(&bad, 8, 1)]), options).await;
        let Err(error) = last(&told) else { panic!("{bad} was taken") };
        assert_eq!(error.code(), "invalid_answer", "{bad}");
    }
}

#[tokio::test(start_paused = true)]
async fn the_answer_may_come_wrapped_or_as_the_arguments_of_a_tool() {
    let fenced = written(&format!("Here it is:\n```json\n{WHOLE}\n```\n"), 7, 1);
    assert_eq!(last(&told(&script(vec![fenced]), Options::default()).await), &Ok(Step::Done(weather())));

    let mut by_tool: Attempt = vec![
        (0, Ok(Delta::Text("Let me {think}.".into()))),
        (0, Ok(Delta::ToolStarted { index: 1, name: "weather".into() })),
    ];
    for piece in WHOLE.as_bytes().chunks(5) {
        let json = std::str::from_utf8(piece).unwrap().to_owned();
        by_tool.push((1, Ok(Delta::ToolArguments { index: 1, json })));
    }
    by_tool.push((0, Ok(Delta::Ended(Stop::ToolUse))));
    let told = told(&script(vec![by_tool]), Options::default()).await;
    assert!(partials(&told).len() > 5);
    assert_eq!(last(&told), &Ok(Step::Done(weather())));
}

#[tokio::test(start_paused = true)]
async fn tokens_of_all_attempts_add_up() {
    let usage = |input, output| Usage { input, output, ..Usage::default() };
    let mut second = vec![(0, Ok(Delta::Usage(usage(10, 1))))];
    let mut rest = written(WHOLE, 1_000, 0);
    rest.insert(1, (0, Ok(Delta::Usage(usage(10, 30)))));
    second.extend(rest);
    let first = vec![(0, Ok(Delta::Usage(usage(10, 2)))), (0, Err(overloaded()))];
    let told = told(&script(vec![first, second]), Options::default()).await;
    let counts: Vec<Usage> = told
        .iter()
        .filter_map(|(_, step)| match step {
            Ok(Step::Usage(usage)) => Some(*usage),
            _ => None,
        })
        .collect();
    assert_eq!(counts, [usage(10, 2), usage(20, 3), usage(20, 32)]);
}

#[tokio::test(start_paused = true)]
async fn an_endless_answer_is_cut_off() {
    let piece = "{\"summary\": \"".to_owned() + &"a".repeat(1 << 20);
    let attempt = (0..6).map(|_| (0, Ok(Delta::Text(piece.clone())))).collect();
    let told = told(&script(vec![attempt]), Options { repairs: 0, ..Options::default() }).await;
    assert_eq!(last(&told), &Err(Error::TooLong { limit: 64 << 10 }), "sixteen bytes a token, or 64 KB");
}

#[tokio::test(start_paused = true)]
async fn nothing_is_asked_before_the_stream_is_polled() {
    let model = script(vec![]);
    drop(llm::ask::<Weather>(model.clone(), request(), Options::default(), |_| Ok(())));
    assert!(model.asked.lock().unwrap().is_empty());
}

#[tokio::test(start_paused = true)]
async fn a_schema_that_is_ignored_is_asked_for_in_another_way_without_the_prose() {
    let model = script(vec![written("Gladly! It will be fair.", 5, 0), written(WHOLE, 1_000, 0)]);
    *model.ways_left.lock().unwrap() = 2;
    let told = told(&model, Options::default()).await;
    assert_eq!(last(&told), &Ok(Step::Done(weather())));
    assert_eq!(retries(&told)[0].reason, "The model's answer cannot be used: there is no JSON in it");
    let asked = model.asked.lock().unwrap();
    assert_eq!(asked[0], asked[1], "the model behind it asks in another way; the question is the same");
}

#[tokio::test(start_paused = true)]
async fn a_shape_that_is_wrong_twice_counts_as_a_schema_that_is_ignored() {
    let wrong = r#"{"forecast": "fair"}"#;
    let model = script(vec![written(wrong, 9, 0), written(wrong, 9, 0), written(WHOLE, 1_000, 0)]);
    *model.ways_left.lock().unwrap() = 2;
    let told = told(&model, Options::default()).await;
    assert_eq!(last(&told), &Ok(Step::Done(weather())));
    let asked = model.asked.lock().unwrap();
    let messages: Vec<usize> = asked.iter().map(|request| request.messages.len()).collect();
    assert_eq!(messages, [1, 3, 1], "corrected once, then asked in another way from the start");
}

#[tokio::test(start_paused = true)]
async fn an_answer_may_stand_behind_thinking_and_a_byte_order_mark() {
    let thinking =
        format!("<think>\nPerhaps {{\"score\": 1}}? No.\n</think>\n```json\n{WHOLE}\n``` as {{asked}}");
    for text in [thinking, WHOLE.to_owned()] {
        let mut attempt = written(&text, 3, 1);
        attempt.insert(0, (0, Ok(Delta::Text("\u{feff}".into()))));
        let told = told(&script(vec![attempt]), Options::default()).await;
        assert_eq!(last(&told), &Ok(Step::Done(weather())));
        assert!(
            partials(&told).iter().all(|(_, partial)| partial.score != Field::Done(1)),
            "thinking is not shown"
        );
    }
}

#[tokio::test(start_paused = true)]
async fn patches_of_an_answer_are_about_as_long_as_it_however_often_they_come() {
    let days = |count: usize| {
        let days = vec![r#"{"name": "Monday", "sky": "clear"}"#; count].join(", ");
        WHOLE.replace(r#""days": ["#, &format!(r#""days": [{days}, "#))
    };
    let mut bytes = Vec::new();
    for count in [50, 500] {
        let steps = llm::ask::<Weather>(
            script(vec![written(&days(count), 4, 1)]),
            request(),
            Options::default(),
            |_| Ok(()),
        );
        let lengths = steps.map(|step| match step {
            Ok(Step::Patch(patch)) => serde_json::to_string(&patch).unwrap().len(),
            _ => 0,
        });
        bytes.push(lengths.fold(0, |sum, length| std::future::ready(sum + length)).await);
    }
    assert!(bytes[1] < 12 * bytes[0], "{bytes:?} bytes told for 50 and for 500 days");
}

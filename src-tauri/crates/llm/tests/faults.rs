//! What a real connection can do to an answer. Each fault ends in a right result or a clear error.

#![expect(clippy::unwrap_used, reason = "a test stops at what it does not expect")]

mod support;

use std::sync::Arc;
use std::time::Duration;

use futures::StreamExt;
use llm::{
    Anthropic, Error, JsonOutput, Key, Message, Options, Output, Part, Partial, Request, Retry, Role, Step,
    Usage,
};
use serde::{Deserialize, Serialize};
use serde_json::json;
use support::{End, Reply, Server, ending, start, text_events};
use ts_rs::TS;

/// What the model is asked for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Partial, TS)]
#[serde(deny_unknown_fields)]
struct Verse {
    lines: Vec<String>,
    feet: u8,
}

const WHOLE: &str = r#"{"lines": ["The rain in March", "falls on the larch"], "feet": 2}"#;
const KEY: &str = "sk-test-0123456789";
const PROMPT: &str = "Write me a verse about rain in early spring.";

fn verse() -> Verse {
    serde_json::from_str(WHOLE).unwrap()
}

fn request() -> Request {
    let parts = vec![
        Part { text: "You are a poet's rubber stamp.".into(), cache: true },
        Part { text: PROMPT.into(), cache: false },
    ];
    Request {
        system: vec![Part::plain("Answer in verse.")],
        messages: vec![Message { role: Role::User, parts }],
        output: Output::Json(JsonOutput {
            name: "verse".into(),
            description: String::new(),
            schema: json!({"type": "object"}),
        }),
        family: Arc::default(),
        max_output_tokens: 300,
    }
}

/// Patience with waits too short to be felt.
fn options() -> Options {
    Options { backoff: Duration::from_millis(1), attempts: 3, ..Options::default() }
}

fn model(server: &Server) -> Anthropic {
    Anthropic::new(Key::new(KEY), "claude-test").unwrap().base_url(&server.url()).unwrap()
}

struct Told {
    partials: Vec<VersePartial>,
    retries: Vec<Retry>,
    usage: Usage,
    result: Result<Verse, Error>,
}

async fn ask(model: Anthropic, options: Options) -> Told {
    let mut steps = llm::partials(llm::ask::<Verse>(Arc::new(model), request(), options, |_| Ok(())));
    let (mut partials, mut retries, mut usage) = (Vec::new(), Vec::new(), Usage::default());
    let mut result = None;
    while let Some(step) = steps.next().await {
        assert!(result.is_none(), "something came behind the end");
        match step {
            Ok(Step::Patch(_)) => unreachable!("made whole above"),
            Ok(Step::Partial(partial)) => partials.push(partial),
            Ok(Step::Retry(retry)) => retries.push(retry),
            Ok(Step::Usage(counted)) => usage = counted,
            Ok(Step::Done(verse)) => result = Some(Ok(verse)),
            Err(error) => result = Some(Err(error)),
        }
    }
    Told { partials, retries, usage, result: result.expect("an end") }
}

/// Asks a server that plays these replies; tells also how many of them it got rid of.
async fn play(replies: Vec<Reply>) -> (Told, Server) {
    let server = Server::start(replies).await;
    let told = ask(model(&server), options()).await;
    (told, server)
}

#[tokio::test]
async fn a_good_answer_comes_in_parts() {
    let (told, server) = play(vec![Reply::answer(WHOLE)]).await;
    assert_eq!(told.result, Ok(verse()));
    assert!(told.partials.len() >= 4, "{:?}", told.partials);
    assert_eq!(told.partials.last(), Some(&verse().whole()));
    assert_eq!(told.usage, Usage { input: 20, cache_write: 5, cache_read: 7, output: 40 });

    let received = server.received();
    assert_eq!(received[0].line, "POST /v1/messages HTTP/1.1");
    assert_eq!(received[0].header("x-api-key"), Some(KEY));
    assert_eq!(received[0].header("anthropic-version"), Some("2023-06-01"));
    assert_eq!(received[0].body["stream"], true);
    assert_eq!(received[0].body["output_config"]["format"]["type"], "json_schema");
    assert_eq!(received[0].body["messages"][0]["content"][0]["cache_control"], json!({"type": "ephemeral"}));
}

#[tokio::test]
async fn statuses_that_may_pass_are_tried_again() {
    for (status, kind, reason) in [
        (408, "timeout_error", "Anthropic had an error of its own (408)"),
        (409, "conflict", "Anthropic had an error of its own (409)"),
        (429, "rate_limit_error", "Anthropic allows no more requests for now"),
        (500, "api_error", "Anthropic had an error of its own (500)"),
        (502, "", "Anthropic had an error of its own (502)"),
        (529, "overloaded_error", "Anthropic is overloaded"),
    ] {
        let failure = Reply::failure(status, kind, "try again");
        let (told, server) = play(vec![failure, Reply::answer(WHOLE)]).await;
        assert_eq!(told.result, Ok(verse()), "{status}");
        assert_eq!(told.retries.len(), 1, "{status}");
        assert_eq!((told.retries[0].attempt, told.retries[0].of), (2, 3));
        assert_eq!(told.retries[0].reason, reason);
        assert_eq!(server.received().len(), 2);
    }
}

#[tokio::test]
async fn the_wait_that_the_provider_asks_for_is_kept() {
    let limited = Reply::failure(429, "rate_limit_error", "slow down").header("retry-after", "0.05");
    let (told, _) = play(vec![limited, Reply::answer(WHOLE)]).await;
    assert_eq!(told.retries[0].wait, Duration::from_millis(50));
    assert_eq!(told.result, Ok(verse()));

    let long = Reply::failure(429, "rate_limit_error", "slow down").header("retry-after", "3600");
    let (told, server) = play(vec![long]).await;
    assert_eq!(told.result.unwrap_err().hint(), "Try again in 60 minutes.");
    assert_eq!(server.received().len(), 1);
}

#[tokio::test]
async fn statuses_that_will_not_pass_are_told_at_once() {
    for (status, kind, code) in [
        (400, "invalid_request_error", "bad_request"),
        (401, "authentication_error", "key_rejected"),
        (402, "billing_error", "no_credit"),
        (403, "permission_error", "forbidden"),
        (404, "not_found_error", "no_such_model"),
        (413, "request_too_large", "too_large"),
    ] {
        let message = format!("{KEY} is no good for: {PROMPT}");
        let (told, server) = play(vec![Reply::failure(status, kind, &message)]).await;
        let error = told.result.unwrap_err();
        assert_eq!(error.code(), code, "{status}");
        assert!(told.retries.is_empty(), "{status}");
        assert_eq!(server.received().len(), 1, "{status}");
        let shown = format!("{error} {error:?} {}", error.hint());
        assert!(!shown.contains(KEY) && !shown.contains("rain"), "{shown}");
    }
}

#[tokio::test]
async fn a_connection_that_breaks_in_the_middle_is_tried_again() {
    let mut events = vec![start()];
    events.extend(text_events(&WHOLE[..30]));
    let (told, _) = play(vec![Reply::events(&events).ending(End::Cut), Reply::answer(WHOLE)]).await;
    assert_eq!(told.result, Ok(verse()));
    assert_eq!(told.retries[0].reason, "The connection to Anthropic broke off");
    assert_eq!(told.usage.output, 41, "what the broken attempt took counts too");
}

#[tokio::test]
async fn an_end_without_the_end_marker_is_no_result() {
    let mut events = vec![start()];
    events.extend(text_events(WHOLE));
    let (told, _) = play((0..3).map(|_| Reply::events(&events)).collect()).await;
    assert_eq!(told.retries.len(), 2);
    assert_eq!(told.result, Err(Error::Truncated { provider: "Anthropic".into() }));
    assert_eq!(told.partials.last(), Some(&verse().whole()), "although all of it came");
}

#[tokio::test]
async fn an_error_inside_a_stream_is_an_error() {
    let mut events = vec![start()];
    events.extend(text_events("{\"lines\": [\"The"));
    events.push(json!({"type": "error", "error": {"type": "overloaded_error", "message": "Overloaded"}}));
    let (told, _) = play(vec![Reply::events(&events), Reply::answer(WHOLE)]).await;
    assert_eq!(told.retries[0].reason, "Anthropic is overloaded");
    assert_eq!(told.result, Ok(verse()));
}

#[tokio::test]
async fn an_error_inside_a_stream_repeats_neither_key_nor_prompt() {
    for words in [format!("bad key {KEY}"), format!("'{PROMPT}' is odd")] {
        let error = json!({"type": "invalid_request_error", "message": words});
        let events = [start(), json!({"type": "error", "error": error})];
        let (told, _) = play(vec![Reply::events(&events)]).await;
        let error = told.result.unwrap_err().to_string();
        assert_eq!(error, "Anthropic refused the request: it says why, but repeats what was asked");
    }
}

#[tokio::test]
async fn a_broken_event_is_tried_again() {
    let mut broken = Reply::events(&[start()]);
    broken.pieces.push("event: content_block_delta\ndata: {\"type\": \"content_block_de\n\n".into());
    let (told, _) = play(vec![broken, Reply::answer(WHOLE)]).await;
    assert_eq!(
        told.retries[0].reason,
        "Anthropic sent something that cannot be read: an event is not the JSON that it should be"
    );
    assert_eq!(told.result, Ok(verse()));
}

#[tokio::test]
async fn an_answer_that_goes_silent_is_given_up() {
    let mut events = vec![start()];
    events.extend(text_events("{\"lines\": [\"The"));
    let server = Server::start(vec![Reply::events(&events).ending(End::Stall)]).await;
    let silence = Duration::from_millis(200);
    let told = ask(model(&server), Options { silence, attempts: 1, ..options() }).await;
    assert_eq!(told.result, Err(Error::Silent { limit: silence }));
    server.left().await;
}

#[tokio::test]
async fn an_answer_that_does_not_fit_is_corrected() {
    let wrong = WHOLE.replace("2}", "-2}");
    let (told, server) = play(vec![Reply::answer(&wrong), Reply::answer(WHOLE)]).await;
    assert_eq!(told.result, Ok(verse()));
    assert!(told.retries[0].reason.contains("feet"), "{}", told.retries[0].reason);
    let second = &server.received()[1].body["messages"];
    assert_eq!(second[1], json!({"role": "assistant", "content": [{"type": "text", "text": wrong}]}));
    assert!(second[2]["content"][0]["text"].as_str().unwrap().contains("feet"));
}

#[tokio::test]
async fn refusal_and_limit_are_errors_of_their_own() {
    for (stop, code) in [
        ("refusal", "refused"),
        ("max_tokens", "max_tokens"),
        ("model_context_window_exceeded", "context_window"),
    ] {
        let mut events = vec![start()];
        events.extend(text_events("{\"lines\": ["));
        events.extend(ending(stop));
        let (told, server) = play(vec![Reply::events(&events)]).await;
        assert_eq!(told.result.unwrap_err().code(), code);
        assert_eq!(server.received().len(), 1);
    }
}

#[tokio::test]
async fn dropping_the_stream_ends_the_request() {
    let mut events = vec![start()];
    events.extend(text_events("{\"lines\": [\"The"));
    let server = Server::start(vec![Reply::events(&events).ending(End::Stall)]).await;
    let mut steps =
        llm::partials(llm::ask::<Verse>(Arc::new(model(&server)), request(), options(), |_| Ok(())));
    while !matches!(steps.next().await, Some(Ok(Step::Partial(_)))) {}
    drop(steps);
    server.left().await;
}

#[tokio::test]
async fn where_a_schema_is_refused_a_tool_carries_the_answer_from_then_on() {
    let by_tool = || {
        let mut events = vec![
            start(),
            json!({"type": "content_block_start", "index": 0,
                "content_block": {"type": "tool_use", "id": "t", "name": "verse", "input": {}}}),
        ];
        for piece in WHOLE.as_bytes().chunks(9) {
            let json = std::str::from_utf8(piece).unwrap();
            events.push(json!({"type": "content_block_delta", "index": 0,
                "delta": {"type": "input_json_delta", "partial_json": json}}));
        }
        events.extend(ending("tool_use"));
        Reply::events(&events)
    };
    let refused = Reply::failure(400, "invalid_request_error", "The compiled grammar is too large.");
    let server = Server::start(vec![refused, by_tool(), by_tool()]).await;
    let model = model(&server);
    for _ in 0..2 {
        let told = ask(model.clone(), options()).await;
        assert_eq!(told.result, Ok(verse()));
        assert!(told.retries.is_empty() && told.partials.len() > 3);
    }
    let received = server.received();
    assert_eq!(received.len(), 3);
    for request in &received[1..] {
        assert_eq!(request.body["tool_choice"]["name"], "verse");
        assert_eq!(request.body["tools"][0]["input_schema"], json!({"type": "object"}));
        assert_eq!(request.body.get("output_config"), None);
    }
}

#[tokio::test]
async fn a_server_that_does_not_stream_is_understood() {
    let message = json!({
        "type": "message", "role": "assistant", "model": "claude-test", "stop_reason": "end_turn",
        "content": [{"type": "text", "text": WHOLE}], "usage": {"input_tokens": 9, "output_tokens": 8},
    });
    let (told, _) = play(vec![Reply::json(200, &message)]).await;
    assert_eq!(told.result, Ok(verse()));
    assert_eq!((told.usage.input, told.usage.output), (9, 8));
}

#[tokio::test]
async fn a_proxy_that_sends_all_at_once_is_no_obstacle() {
    let mut reply = Reply::answer(WHOLE);
    reply.pieces = vec![reply.pieces.concat()];
    assert_eq!(play(vec![reply]).await.0.result, Ok(verse()));
}

#[tokio::test]
async fn a_web_page_is_no_answer() {
    let mut page = Reply::answer(WHOLE);
    page.headers = vec![("content-type", "text/html".into())];
    page.pieces = vec!["<h1>Log in to the hotel's network</h1>".into()];
    let server = Server::start(vec![page]).await;
    let told = ask(model(&server), Options { attempts: 1, ..options() }).await;
    assert_eq!(
        told.result.unwrap_err().to_string(),
        "Anthropic sent something that cannot be read: text/html instead of an event stream"
    );
}

#[tokio::test]
async fn the_key_does_not_follow_a_redirect() {
    let elsewhere = Server::start(vec![Reply::answer(WHOLE)]).await;
    let redirect = Reply::failure(307, "", "").header("location", elsewhere.url());
    let (told, _) = play(vec![redirect]).await;
    assert_eq!(told.result.unwrap_err().code(), "bad_request");
    assert!(elsewhere.received().is_empty());
}

#[tokio::test]
async fn a_server_that_is_not_there_cannot_be_reached() {
    // Bound and let go again, so that nobody listens there.
    let address = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let model = Anthropic::new(Key::new(KEY), "claude-test").unwrap();
    let model = model.base_url(&format!("http://{address}")).unwrap();
    let told = ask(model, options()).await;
    assert_eq!(told.retries.len(), 2);
    let error = told.result.unwrap_err();
    assert_eq!(error.code(), "unreachable");
    assert!(error.to_string().starts_with(&format!("Anthropic cannot be reached at {address}: ")), "{error}");
}

#[tokio::test]
async fn keys_are_checked_and_never_shown() {
    assert_eq!(Anthropic::new(Key::new("  "), "m").unwrap_err().code(), "no_key");
    assert_eq!(Anthropic::new(Key::new("a\nb"), "m").unwrap_err().code(), "malformed_key");
    let model = Anthropic::new(Key::new(KEY), "m").unwrap();
    assert!(!format!("{model:?} {:?}", Key::new(KEY)).contains("0123456789"));
    let insecure = model.base_url("http://gateway.example").unwrap_err();
    assert_eq!(
        insecure.to_string(),
        "The address http://gateway.example cannot be used: http would send the key unencrypted"
    );
}

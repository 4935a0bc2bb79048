//! What a real connection can do to an answer, in each protocol. Each fault ends in a right result or a clear error.

#![expect(clippy::unwrap_used, reason = "a test stops at what it does not expect")]

mod providers;
mod speech;
mod support;

use std::sync::Arc;
use std::time::Duration;

use futures::StreamExt;
use llm::{
    Connection, Error, JsonOutput, Key, Message, Options, Output, Part, Partial, Protocol, Request, Retry,
    Role, Step, Usage,
};
use serde::{Deserialize, Serialize};
use serde_json::json;
use speech::{ALL, Stops};
use support::{End, Reply, Server};
use ts_rs::TS;

/// What the model is asked for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Partial, TS)]
#[serde(deny_unknown_fields)]
struct Verse {
    lines: Vec<String>,
    feet: u8,
}

const WHOLE: &str = r#"{"lines": ["The rain in March", "falls on the larch"], "feet": 2}"#;
const BEGUN: &str = r#"{"lines": ["The rain in March"#;
const KEY: &str = "sk-test-0123456789";
const PROMPT: &str = "Write me a verse about rain in early spring.";

fn verse() -> Verse {
    serde_json::from_str(WHOLE).unwrap()
}

fn request() -> Request {
    Request {
        system: vec![Part::cached("You are a poet's rubber stamp.")],
        messages: vec![Message { role: Role::User, parts: vec![Part::plain(PROMPT)] }],
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

fn model(protocol: Protocol, server: &Server) -> Connection {
    let limit = Duration::from_secs(15);
    speech::provider(protocol).open(Some(Key::new(KEY)), "model-test", Some(&server.url()), limit).unwrap()
}

/// The provider's name in errors.
fn name(protocol: Protocol) -> &'static str {
    speech::provider(protocol).name
}

struct Told {
    partials: Vec<VersePartial>,
    retries: Vec<Retry>,
    usage: Usage,
    result: Result<Verse, Error>,
}

async fn ask(model: Connection, options: Options) -> Told {
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

/// Asks a server that plays these replies.
async fn play(protocol: Protocol, replies: Vec<Reply>) -> (Told, Server) {
    let server = Server::start(replies).await;
    let told = ask(model(protocol, &server), options()).await;
    (told, server)
}

/// An answer that was begun and goes on like this.
fn begun(protocol: Protocol, rest: Vec<String>) -> Reply {
    Reply::says(protocol, [speech::begin(protocol), speech::text(protocol, BEGUN), rest].concat())
}

#[tokio::test]
async fn a_good_answer_comes_in_parts() {
    for protocol in ALL {
        let (told, server) = play(protocol, vec![Reply::answer(protocol, WHOLE)]).await;
        assert_eq!(told.result, Ok(verse()), "{protocol:?}");
        assert!(told.partials.len() >= 4, "{protocol:?}: {:?}", told.partials);
        assert_eq!(told.partials.last(), Some(&verse().whole()));
        let usage = match protocol {
            Protocol::Messages => Usage { input: 20, cache_write: 5, cache_read: 7, output: 40 },
            Protocol::Ollama => Usage { input: 27, output: 40, ..Usage::default() },
            _ => Usage { input: 20, cache_write: 0, cache_read: 7, output: 40 },
        };
        assert_eq!(told.usage, usage, "{protocol:?}");
        assert_eq!(server.received().len(), 1);
    }
}

#[tokio::test]
async fn statuses_that_may_pass_are_tried_again() {
    for protocol in ALL {
        for (status, what) in [
            (408, "had an error of its own (408)"),
            (409, "had an error of its own (409)"),
            (429, "allows no more requests for now"),
            (500, "had an error of its own (500)"),
            (502, "had an error of its own (502)"),
            (503, "is overloaded"),
            (504, "had an error of its own (504)"),
            (529, "is overloaded"),
        ] {
            for failure in [Reply::failure(protocol, status, "try again"), Reply::page(status)] {
                let (told, server) = play(protocol, vec![failure, Reply::answer(protocol, WHOLE)]).await;
                assert_eq!(told.result, Ok(verse()), "{protocol:?} {status}");
                assert_eq!(told.retries.len(), 1, "{protocol:?} {status}");
                assert_eq!((told.retries[0].attempt, told.retries[0].of), (2, 3));
                assert_eq!(told.retries[0].reason, format!("{} {what}", name(protocol)));
                assert_eq!(server.received().len(), 2);
            }
        }
    }
}

#[tokio::test]
async fn statuses_that_will_not_pass_are_told_at_once() {
    for protocol in ALL {
        for (status, code) in [
            (400, "bad_request"),
            (401, "key_rejected"),
            (402, "no_credit"),
            (403, "forbidden"),
            (404, "no_such_model"),
            (413, "too_large"),
        ] {
            let message = format!("{KEY} is no good for: {PROMPT}");
            let (told, server) = play(protocol, vec![Reply::failure(protocol, status, &message)]).await;
            let error = told.result.unwrap_err();
            assert_eq!(error.code(), code, "{protocol:?} {status}: {error}");
            assert!(told.retries.is_empty(), "{protocol:?} {status}");
            assert_eq!(server.received().len(), 1, "{protocol:?} {status}");
            let shown = format!("{error} {error:?} {}", error.hint());
            assert!(!shown.contains("0123456789") && !shown.contains("rain"), "{shown}");
        }
    }
}

#[tokio::test]
async fn the_wait_that_the_provider_asks_for_is_kept() {
    let wait = async |headers: &[(&'static str, &str)]| {
        let limited = Reply::failure(Protocol::Chat, 429, "slow down");
        let limited = headers.iter().fold(limited, |reply, (name, value)| reply.header(name, *value));
        let (told, _) = play(Protocol::Chat, vec![limited, Reply::answer(Protocol::Chat, WHOLE)]).await;
        assert_eq!(told.result, Ok(verse()));
        told.retries[0].wait
    };
    assert_eq!(wait(&[("retry-after", "0.05")]).await, Duration::from_millis(50));
    assert_eq!(wait(&[("retry-after-ms", "60"), ("retry-after", "9")]).await, Duration::from_millis(60));
    // A date counts from the answer's own date, whatever the clock here says.
    let now = ("date", "Sun, 01 Mar 2026 10:00:00 GMT");
    assert_eq!(wait(&[now, ("retry-after", "Sun, 01 Mar 2026 10:00:01 GMT")]).await, Duration::from_secs(1));

    let long = Reply::failure(Protocol::Chat, 429, "slow down")
        .header("date", "Sun, 01 Mar 2026 10:00:00 GMT")
        .header("retry-after", "Sun, 01 Mar 2026 11:00:00 GMT");
    let (told, server) = play(Protocol::Chat, vec![long]).await;
    assert_eq!(told.result.unwrap_err().hint(), "Try again in 60 minutes.");
    assert_eq!(server.received().len(), 1);

    // Gemini says it in the body.
    let body = json!({"error": {"code": 429, "status": "RESOURCE_EXHAUSTED", "message": "Quota", "details": [
        {"@type": "type.googleapis.com/google.rpc.Help"},
        {"@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": "3600s"}]}});
    let (told, _) = play(Protocol::Gemini, vec![Reply::json(429, &body)]).await;
    assert_eq!(told.result.unwrap_err().retry_after(), Some(Duration::from_hours(1)));
}

#[tokio::test]
async fn a_connection_that_breaks_in_the_middle_is_tried_again() {
    for protocol in ALL {
        let cut = begun(protocol, Vec::new()).ending(End::Cut);
        let (told, _) = play(protocol, vec![cut, Reply::answer(protocol, WHOLE)]).await;
        assert_eq!(told.result, Ok(verse()), "{protocol:?}");
        assert_eq!(told.retries[0].reason, format!("The connection to {} broke off", name(protocol)));
    }
}

#[tokio::test]
async fn an_end_without_the_end_marker_is_no_result() {
    for protocol in ALL {
        let open =
            || Reply::says(protocol, [speech::begin(protocol), speech::text(protocol, WHOLE)].concat());
        let (told, _) = play(protocol, vec![open(), open(), open()]).await;
        assert_eq!(told.retries.len(), 2);
        assert_eq!(told.result, Err(Error::Truncated { provider: name(protocol).into() }));
        assert_eq!(told.partials.last(), Some(&verse().whole()), "although all of it came");
    }
}

#[tokio::test]
async fn an_answer_of_nothing_is_no_result() {
    for protocol in ALL {
        let nothing = || Reply::says(protocol, Vec::new());
        let (told, _) = play(protocol, vec![nothing(), nothing(), Reply::answer(protocol, WHOLE)]).await;
        assert_eq!((told.result, told.retries.len()), (Ok(verse()), 2), "{protocol:?}");
    }
}

#[tokio::test]
async fn an_error_inside_a_stream_is_an_error() {
    for protocol in ALL {
        let failing = begun(protocol, vec![speech::overloaded(protocol)]);
        let (told, _) = play(protocol, vec![failing, Reply::answer(protocol, WHOLE)]).await;
        let what = match protocol {
            Protocol::Messages | Protocol::Gemini => "is overloaded",
            Protocol::Chat => "had an error of its own (502)",
            _ => "had an error of its own (500)",
        };
        assert_eq!(told.retries[0].reason, format!("{} {what}", name(protocol)));
        assert_eq!(told.result, Ok(verse()));
    }
}

#[tokio::test]
async fn an_error_inside_a_stream_repeats_neither_key_nor_prompt() {
    for protocol in ALL {
        for words in [format!("bad key {KEY}"), format!("'{PROMPT}' is odd")] {
            let telling = begun(protocol, vec![speech::telling(protocol, &words)]);
            let (told, _) = play(protocol, vec![telling]).await;
            let error = told.result.unwrap_err().to_string();
            let wanted =
                format!("{} refused the request: it says why, but repeats what was asked", name(protocol));
            assert_eq!(error, wanted);
        }
    }
}

#[tokio::test]
async fn a_broken_event_is_tried_again() {
    for protocol in ALL {
        let garbage = if protocol == Protocol::Ollama { "{\"mess\n" } else { "data: {\"type\": \"conte\n\n" };
        let broken = begun(protocol, vec![garbage.to_owned(), garbage.to_owned()]);
        let (told, _) = play(protocol, vec![broken, Reply::answer(protocol, WHOLE)]).await;
        assert_eq!(
            told.retries[0].reason,
            format!(
                "{} sent something that cannot be read: an event is not the JSON that it should be",
                name(protocol)
            )
        );
        assert_eq!(told.result, Ok(verse()));
    }
}

#[tokio::test]
async fn a_malformed_chunk_is_a_broken_connection() {
    for protocol in ALL {
        let broken = begun(protocol, Vec::new()).ending(End::BadChunk);
        let (told, _) = play(protocol, vec![broken, Reply::answer(protocol, WHOLE)]).await;
        assert_eq!(told.retries[0].reason, format!("The connection to {} broke off", name(protocol)));
        assert_eq!(told.result, Ok(verse()));
    }
}

#[tokio::test]
async fn an_answer_that_goes_silent_is_given_up() {
    for protocol in ALL {
        let server = Server::start(vec![begun(protocol, Vec::new()).ending(End::Stall)]).await;
        let silence = Duration::from_millis(200);
        let told = ask(model(protocol, &server), Options { silence, attempts: 1, ..options() }).await;
        assert_eq!(told.result, Err(Error::Silent { limit: silence }));
        server.left().await;
    }
}

#[tokio::test]
async fn a_server_that_never_shakes_hands_is_given_up() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("https://{}", listener.local_addr().unwrap());
    for protocol in ALL {
        let limit = Duration::from_millis(100);
        let model = speech::provider(protocol).open(Some(Key::new(KEY)), "m", Some(&url), limit).unwrap();
        let told = ask(model, Options { attempts: 1, ..options() }).await;
        let error = told.result.unwrap_err();
        assert_eq!(error.code(), "unreachable");
        assert!(error.to_string().ends_with(": no connection came about in time"), "{error}");
    }
}

#[tokio::test]
async fn an_answer_that_does_not_fit_is_corrected() {
    for protocol in ALL {
        let wrong = WHOLE.replace("2}", "-2}");
        let replies = vec![Reply::answer(protocol, &wrong), Reply::answer(protocol, WHOLE)];
        let (told, server) = play(protocol, replies).await;
        assert_eq!(told.result, Ok(verse()));
        assert!(told.retries[0].reason.contains("feet"), "{}", told.retries[0].reason);
        let second = server.received()[1].body.to_string();
        assert!(second.contains("falls on the larch") && second.contains("`feet`"), "{second}");
    }
}

#[tokio::test]
async fn filters_and_limits_are_errors_of_their_own() {
    for protocol in ALL {
        for (stops, codes) in [
            (Stops::AtTheLimit, ["max_tokens"].as_slice()),
            (Stops::Filtered, &["filtered", "refused", "stopped"]),
        ] {
            let (told, server) = play(protocol, vec![begun(protocol, speech::end(protocol, stops))]).await;
            let code = told.result.unwrap_err().code();
            assert!(codes.contains(&code), "{protocol:?} {stops:?}: {code}");
            assert_eq!(server.received().len(), 1);
        }
    }
}

#[tokio::test]
async fn a_refusal_is_an_error_of_its_own() {
    let chat =
        speech::event(Protocol::Chat, &json!({"choices": [{"index": 0, "delta": {"refusal": "No."}}]}));
    let responses = json!({"type": "response.refusal.delta", "output_index": 0, "delta": "No."});
    let responses = speech::event(Protocol::Responses, &responses);
    for (protocol, refusal) in [(Protocol::Chat, chat), (Protocol::Responses, responses)] {
        let pieces = [speech::begin(protocol), vec![refusal], speech::end(protocol, Stops::Well)].concat();
        let (told, _) = play(protocol, vec![Reply::says(protocol, pieces)]).await;
        assert_eq!(told.result, Err(Error::Refused), "{protocol:?}");
    }
}

#[tokio::test]
async fn dropping_the_stream_closes_the_connection() {
    for protocol in ALL {
        let server = Server::start(vec![begun(protocol, Vec::new()).ending(End::Stall)]).await;
        let model = Arc::new(model(protocol, &server));
        let mut steps = llm::partials(llm::ask::<Verse>(model, request(), options(), |_| Ok(())));
        while !matches!(steps.next().await, Some(Ok(Step::Partial(_)))) {}
        drop(steps);
        server.left().await;
    }
}

#[tokio::test]
async fn a_server_that_does_not_stream_is_understood() {
    for protocol in ALL {
        let body = speech::unstreamed(protocol, WHOLE);
        let mut indented = Reply::json(200, &body);
        if protocol != Protocol::Ollama {
            indented.pieces = vec![serde_json::to_string_pretty(&body).unwrap()];
        }
        let mut unnamed = Reply::json(200, &body);
        unnamed.headers.clear();
        for reply in [Reply::json(200, &body), indented, unnamed] {
            let (told, _) = play(protocol, vec![reply]).await;
            assert_eq!(told.result, Ok(verse()), "{protocol:?}");
            assert_eq!(told.usage.output, 40);
        }
        let mut cut = Reply::json(200, &body);
        cut.pieces[0].truncate(60);
        let (told, _) = play(protocol, vec![cut, Reply::answer(protocol, WHOLE)]).await;
        assert_eq!(told.retries[0].reason, format!("The answer of {} stopped in the middle", name(protocol)));
    }
}

#[tokio::test]
async fn an_error_that_comes_with_status_200_is_an_error() {
    for protocol in ALL {
        let failed = Reply::json(200, &speech::failure(protocol, 429, "try again later"));
        let (told, _) = play(protocol, vec![failed, Reply::answer(protocol, WHOLE)]).await;
        let is_told = !told.retries.is_empty() || told.result.is_err();
        assert!(is_told, "{protocol:?}: {:?}", told.result);
    }
}

#[tokio::test]
async fn a_proxy_that_sends_all_at_once_is_no_obstacle() {
    for protocol in ALL {
        let mut reply = Reply::answer(protocol, WHOLE);
        reply.pieces = vec![reply.pieces.concat()];
        assert_eq!(play(protocol, vec![reply]).await.0.result, Ok(verse()), "{protocol:?}");
    }
}

#[tokio::test]
async fn comments_keep_alives_and_events_that_nobody_knows_are_stepped_over() {
    for protocol in ALL {
        let mut pieces = Vec::new();
        for piece in speech::answer(protocol, WHOLE) {
            if protocol != Protocol::Ollama {
                pieces.push(": OPENROUTER PROCESSING\n\n".to_owned());
                pieces.push(
                    "event: news\nid: 7\nretry: 10\ndata: {\"type\": \"news\", \"delta\": {\"a\": [1]}}\n\n"
                        .into(),
                );
            }
            pieces.push("\n".to_owned());
            pieces.push(piece);
        }
        let (told, _) = play(protocol, vec![Reply::says(protocol, pieces)]).await;
        assert_eq!(told.result, Ok(verse()), "{protocol:?}");
    }
}

#[tokio::test]
async fn a_web_page_is_no_answer() {
    for protocol in ALL {
        let mut disguised = Reply::page(200);
        disguised.headers = vec![("content-type", "text/event-stream".into())];
        for (page, what) in [
            (Reply::page(200), "text/html instead of an event stream"),
            (disguised, "a web page instead of an answer"),
        ] {
            let server = Server::start(vec![page]).await;
            let told = ask(model(protocol, &server), Options { attempts: 1, ..options() }).await;
            assert_eq!(
                told.result.unwrap_err().to_string(),
                format!("{} sent something that cannot be read: {what}", name(protocol))
            );
        }
    }
}

#[tokio::test]
async fn the_key_does_not_follow_a_redirect() {
    for protocol in ALL {
        let elsewhere = Server::start(vec![Reply::answer(protocol, WHOLE)]).await;
        let redirect = Reply::json(307, &json!({})).header("location", elsewhere.url());
        let (told, _) = play(protocol, vec![redirect]).await;
        assert_eq!(told.result.unwrap_err().code(), "bad_request");
        assert!(elsewhere.received().is_empty());
    }
}

#[tokio::test]
async fn a_server_that_is_not_there_cannot_be_reached() {
    // Bound and let go again, so that nobody listens there.
    let address = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    for protocol in ALL {
        let url = format!("http://{address}");
        let limit = Duration::from_secs(15);
        let model = speech::provider(protocol).open(Some(Key::new(KEY)), "m", Some(&url), limit).unwrap();
        let told = ask(model, options()).await;
        assert_eq!(told.retries.len(), 2);
        let error = told.result.unwrap_err();
        assert_eq!(error.code(), "unreachable");
        let wanted = format!("{} cannot be reached at {address}: no server is running there", name(protocol));
        assert_eq!(error.to_string(), wanted);
    }
}

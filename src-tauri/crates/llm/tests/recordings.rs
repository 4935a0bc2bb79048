//! Recorded streams of real providers, read as an independent reader read them: whole, cut in two, in pieces of one
//! byte, and with other line ends.
//!
//! `TAILORBIRD_RECORDINGS` names another folder of recordings: an `index.json` with what each stream holds, and the
//! streams.

#![expect(clippy::unwrap_used, reason = "a test stops at what it does not expect")]
#![expect(clippy::print_stdout, reason = "a test that is skipped says so")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::task::{Context, Poll, Waker};

use bytes::Bytes;
use futures::{Stream, StreamExt};
use llm::{Delta, Error, Protocol, Stop, Usage};
use serde::Deserialize;
use serde_json::Value;

/// The name that stands in errors.
const PROVIDER: &str = "the provider";

#[derive(Deserialize)]
struct Recording {
    file: String,
    protocol: String,
    status: u16,
    #[serde(default)]
    model: String,
    expected: Option<Expected>,
}

impl Recording {
    fn protocol(&self) -> Protocol {
        match self.protocol.as_str() {
            "anthropic-messages" => Protocol::Messages,
            "openai-responses" => Protocol::Responses,
            "openai-chat" => Protocol::Chat,
            "gemini" => Protocol::Gemini,
            "ollama-chat" => Protocol::Ollama,
            other => panic!("{}: an unknown protocol, {other}", self.file),
        }
    }
}

/// What an independent reader made of a stream. Counts that a protocol does not have are null.
#[derive(Debug, Deserialize)]
struct Expected {
    text: String,
    json_args: Vec<String>,
    thinking_chars: usize,
    stop: Option<String>,
    input_tokens: Option<u64>,
    output_tokens: Option<u64>,
    cache_read_tokens: Option<u64>,
    cache_write_tokens: Option<u64>,
    error: Option<Value>,
    terminal: bool,
}

/// What we make of it.
#[derive(Debug, Default)]
struct Found {
    text: String,
    /// By the number of the call, which is the order in which they began.
    json_args: BTreeMap<usize, String>,
    thinking_chars: usize,
    stop: Option<Stop>,
    usage: Usage,
    error: Option<Error>,
}

impl Found {
    fn agree(&self, expected: &Expected, protocol: Protocol, raw: &str, name: &str) {
        assert_eq!(self.text, expected.text, "{name}: text");
        self.arguments_agree(expected, protocol, name);
        // The independent reader passes over the summaries that Responses gives of its thinking.
        if protocol != Protocol::Responses {
            assert_eq!(self.thinking_chars, expected.thinking_chars, "{name}: thinking");
        }
        self.usage_agrees(expected, protocol, raw, name);
        // Behind an error nothing counts, though some servers send their end marker there too.
        let is_whole = expected.terminal && expected.error.is_none();
        assert_eq!(self.stop.is_some(), is_whole, "{name}: end marker, {:?}", self.error);
        if let (Some(stop), Some(spelt)) = (&self.stop, &expected.stop) {
            let fits = stops(protocol, spelt);
            assert!(
                fits.contains(stop) || *stop == Stop::Other(spelt.clone()),
                "{name}: {stop:?} for {spelt}"
            );
            let has_refusal = raw.contains("\"refusal\":\"") || raw.contains("\"refusal\": \"");
            assert!(!has_refusal || *stop == Stop::Refusal || spelt == "length", "{name}: a refusal");
        }
        // An end without its marker is an error of its own.
        let is_truncated = matches!(self.error, Some(Error::Truncated { .. }));
        let has_failed = self.error.is_some() && !is_truncated;
        assert_eq!(has_failed, expected.error.is_some(), "{name}: {:?}", self.error);
        assert_eq!(is_truncated, !expected.terminal && expected.error.is_none(), "{name}: truncated");
    }

    fn arguments_agree(&self, expected: &Expected, protocol: Protocol, name: &str) {
        let found: Vec<&String> = self.json_args.values().collect();
        if matches!(protocol, Protocol::Gemini | Protocol::Ollama) {
            // Their arguments are JSON, and not text with JSON in it: blanks have no meaning.
            let json = |text: &String| serde_json::from_str::<Value>(text).unwrap();
            let found: Vec<Value> = found.into_iter().map(json).collect();
            let wanted: Vec<Value> = expected.json_args.iter().map(json).collect();
            assert_eq!(found, wanted, "{name}: tool arguments");
        } else {
            assert_eq!(found, expected.json_args.iter().collect::<Vec<_>>(), "{name}: tool arguments");
        }
    }

    /// Providers count differently; we count what is paid for: input without what came from the cache, and output
    /// with thinking.
    fn usage_agrees(&self, expected: &Expected, protocol: Protocol, raw: &str, name: &str) {
        let (read, write) =
            (expected.cache_read_tokens.unwrap_or(0), expected.cache_write_tokens.unwrap_or(0));
        let input = expected.input_tokens.unwrap_or(0);
        let output = expected.output_tokens.unwrap_or(0);
        let usage = self.usage;
        assert_eq!(usage.cache_read, read, "{name}: cache read");
        if protocol == Protocol::Messages {
            assert_eq!((usage.input, usage.cache_write), (input, write), "{name}: input");
        } else {
            assert_eq!(
                usage.input + usage.cache_read + usage.cache_write,
                input + beside(protocol, raw),
                "{name}: input"
            );
        }
        let thinking = thinking_beside(protocol, raw);
        assert_eq!(usage.output, output + thinking, "{name}: output");
    }
}

/// The last count of this name in a stream.
fn last_count(raw: &str, name: &str) -> u64 {
    let key = format!("\"{name}\":");
    raw.rfind(&key)
        .map(|at| {
            raw[at + key.len()..].trim_start().chars().take_while(char::is_ascii_digit).collect::<String>()
        })
        .and_then(|digits| digits.parse().ok())
        .unwrap_or(0)
}

/// Input tokens that a protocol counts beside the prompt.
fn beside(protocol: Protocol, raw: &str) -> u64 {
    if protocol == Protocol::Gemini { last_count(raw, "toolUsePromptTokenCount") } else { 0 }
}

/// Tokens of thinking that a protocol or a server counts beside the output.
fn thinking_beside(protocol: Protocol, raw: &str) -> u64 {
    match protocol {
        Protocol::Gemini => last_count(raw, "thoughtsTokenCount"),
        Protocol::Chat => {
            let thinking = last_count(raw, "reasoning_tokens");
            let sum = last_count(raw, "prompt_tokens") + last_count(raw, "completion_tokens") + thinking;
            if last_count(raw, "total_tokens") == sum { thinking } else { 0 }
        }
        _ => 0,
    }
}

/// What a stop reason may become, as the protocol spells it.
fn stops(protocol: Protocol, reason: &str) -> Vec<Stop> {
    match (protocol, reason) {
        (Protocol::Messages, "end_turn") => vec![Stop::End],
        (_, "max_tokens" | "length" | "max_output_tokens" | "MAX_TOKENS") => vec![Stop::MaxTokens],
        (_, "stop_sequence") => vec![Stop::StopSequence],
        (_, "tool_use" | "tool_calls" | "function_call") => vec![Stop::ToolUse],
        (_, "refusal") => vec![Stop::Refusal],
        (_, "model_context_window_exceeded" | "model_length") => vec![Stop::ContextWindow],
        (
            _,
            "content_filter" | "SAFETY" | "RECITATION" | "BLOCKLIST" | "PROHIBITED_CONTENT" | "SPII"
            | "LANGUAGE",
        ) => {
            vec![Stop::ContentFilter]
        }
        // They do not tell a refusal or a tool call by the reason.
        (Protocol::Chat, "stop") => vec![Stop::End, Stop::Refusal],
        (Protocol::Ollama, "stop") | (Protocol::Gemini, "STOP") => vec![Stop::End, Stop::ToolUse],
        (Protocol::Responses, "completed") => vec![Stop::End, Stop::ToolUse, Stop::Refusal],
        _ => Vec::new(),
    }
}

/// The recordings, or `None` where there are none on this machine.
fn recordings() -> Option<(PathBuf, Vec<Recording>)> {
    let folder = std::env::var_os("TAILORBIRD_RECORDINGS").map_or_else(
        || {
            let shared = std::env::var_os("TAILORBIRD_SHARED").map(PathBuf::from);
            let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../../shared");
            shared.unwrap_or(beside).join("recordings")
        },
        PathBuf::from,
    );
    let Ok(index) = std::fs::read(folder.join("index.json")) else {
        assert!(
            std::env::var_os("TAILORBIRD_REQUIRE_SHARED").is_none(),
            "there are no recordings in {}",
            folder.display()
        );
        println!("skipped: no ../shared beside the project, and TAILORBIRD_RECORDINGS names no recordings");
        return None;
    };
    let recordings: Vec<Recording> = serde_json::from_slice(&index).unwrap();
    assert!(!recordings.is_empty(), "the index names no recording");
    Some((folder, recordings))
}

/// Reads a stream that never waits.
fn all(
    protocol: Protocol,
    bytes: impl Stream<Item = Result<Bytes, Error>> + Send + 'static,
) -> Vec<Result<Delta, Error>> {
    let mut deltas = protocol.decode(PROVIDER, bytes);
    let mut context = Context::from_waker(Waker::noop());
    let mut found = Vec::new();
    loop {
        match deltas.poll_next_unpin(&mut context) {
            Poll::Ready(Some(delta)) => found.push(delta),
            Poll::Ready(None) => return found,
            Poll::Pending => panic!("the stream waits for something that never comes"),
        }
    }
}

fn pieces(protocol: Protocol, pieces: Vec<Bytes>) -> Vec<Result<Delta, Error>> {
    all(protocol, futures::stream::iter(pieces.into_iter().map(Ok)))
}

fn single(bytes: &Bytes) -> Vec<Bytes> {
    (0..bytes.len()).map(|at| bytes.slice(at..=at)).collect()
}

/// Adds deltas up to what the index tells of a stream.
fn sum(deltas: &[Result<Delta, Error>]) -> Found {
    let mut found = Found::default();
    let mut is_over = false;
    for delta in deltas {
        assert!(!is_over, "something came behind the end");
        match delta {
            Ok(Delta::Text(text)) => found.text.push_str(text),
            Ok(Delta::Thinking(text)) => found.thinking_chars += text.chars().count(),
            Ok(Delta::ToolStarted { index, .. }) => {
                let before = found.json_args.insert(*index, String::new());
                assert_eq!(before, None, "a call that began twice");
            }
            Ok(Delta::ToolArguments { index, json }) => {
                found.json_args.get_mut(index).expect("a call that began").push_str(json);
            }
            Ok(Delta::Usage(usage)) => found.usage = *usage,
            Ok(Delta::Ended(stop)) => {
                found.stop = Some(stop.clone());
                is_over = true;
            }
            Ok(Delta::Started { model }) => assert!(!model.is_empty()),
            Ok(Delta::KeepAlive) => {}
            Err(error) => {
                found.error = Some(error.clone());
                is_over = true;
            }
        }
    }
    assert!(is_over, "neither an end nor an error");
    found
}

/// The deltas without those that only say that somebody is there, which depend on the cuts.
fn lasting(deltas: Vec<Result<Delta, Error>>) -> Vec<Result<Delta, Error>> {
    deltas.into_iter().filter(|delta| *delta != Ok(Delta::KeepAlive)).collect()
}

/// Does something for each recording, on all cores.
fn each<'a>(recordings: &[&'a Recording], check: impl Fn(&'a Recording) + Sync) {
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let next = std::sync::atomic::AtomicUsize::new(0);
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                while let Some(recording) =
                    recordings.get(next.fetch_add(1, std::sync::atomic::Ordering::Relaxed))
                {
                    check(recording);
                }
            });
        }
    });
}

fn read(folder: &Path, recording: &Recording) -> Bytes {
    Bytes::from(std::fs::read(folder.join(&recording.file)).unwrap())
}

#[test]
fn every_stream_agrees_with_its_expectation_whole_byte_by_byte_and_with_other_line_ends() {
    let Some((folder, recordings)) = recordings() else { return };
    let streams: Vec<_> = recordings.iter().filter(|recording| recording.expected.is_some()).collect();
    assert!(!streams.is_empty(), "the index names no stream");
    each(&streams, |recording| {
        let (name, protocol) = (&recording.file, recording.protocol());
        let Some(expected) = &recording.expected else { return };
        let bytes = read(&folder, recording);
        let text = String::from_utf8(bytes.to_vec()).unwrap();
        let whole = pieces(protocol, vec![bytes.clone()]);
        sum(&whole).agree(expected, protocol, &text, name);

        let whole = lasting(whole);
        assert_eq!(lasting(pieces(protocol, single(&bytes))), whole, "{name} byte by byte");
        for ends in ["\r\n", "\r"] {
            let other: Bytes = text.replace("\r\n", "\n").replace('\n', ends).into();
            let apart = single(&other);
            assert_eq!(lasting(pieces(protocol, vec![other])), whole, "{name} with line ends {ends:?}");
            assert_eq!(
                lasting(pieces(protocol, apart)),
                whole,
                "{name} byte by byte with line ends {ends:?}"
            );
        }
    });
    println!("{} streams agree", streams.len());
}

#[test]
fn where_a_stream_is_cut_makes_no_difference() {
    let Some((folder, recordings)) = recordings() else { return };
    // Cuts at every byte of all of them take too long: a few of each protocol, the shortest, show what cuts can do, and
    // pieces of one byte are cut everywhere.
    let mut streams: Vec<(usize, &Recording)> = recordings
        .iter()
        .filter(|recording| recording.expected.is_some())
        .map(|recording| (read(&folder, recording).len(), recording))
        .collect();
    streams.sort_by_key(|(length, _)| *length);
    let mut taken = BTreeMap::<&str, usize>::new();
    let few: Vec<&Recording> = streams
        .into_iter()
        .map(|(_, recording)| recording)
        .filter(|recording| {
            let taken = taken.entry(recording.protocol.as_str()).or_default();
            *taken += 1;
            *taken <= 4
        })
        .collect();
    each(&few, |recording| {
        let (name, protocol) = (&recording.file, recording.protocol());
        let bytes = read(&folder, recording);
        let whole = lasting(pieces(protocol, vec![bytes.clone()]));
        for cut in (1..bytes.len()).step_by((bytes.len() / 500).max(1)) {
            let halves = vec![bytes.slice(..cut), bytes.slice(cut..)];
            assert_eq!(lasting(pieces(protocol, halves)), whole, "{name} cut at byte {cut}");
        }
    });
}

#[test]
fn no_stream_that_is_cut_short_is_taken_for_a_whole_one() {
    let Some((folder, recordings)) = recordings() else { return };
    let streams: Vec<_> = recordings
        .iter()
        .filter(|recording| recording.expected.as_ref().is_some_and(|expected| expected.terminal))
        .collect();
    each(&streams, |recording| {
        let protocol = recording.protocol();
        let bytes = read(&folder, recording);
        // The marker counts from its last letter on.
        let marker: &[u8] = match protocol {
            Protocol::Messages => b"\"message_stop\"",
            Protocol::Chat => b"[DONE]",
            Protocol::Gemini => b"\"finishReason\"",
            Protocol::Ollama => b"\"done\":true",
            Protocol::Responses => b"event: response.completed",
        };
        let Some(marker) = rfind(&bytes, marker) else { return };
        // The stream of Gemini may have a finish reason in its middle, behind which more comes.
        let first =
            if protocol == Protocol::Gemini { rfind(&bytes[..marker], b"\"finishReason\"") } else { None };
        let step = (marker / 40).max(1);
        for end in (0..marker).step_by(step).filter(|end| first.is_none_or(|first| *end < first)) {
            let deltas = pieces(protocol, vec![bytes.slice(..end)]);
            let last = deltas.last().unwrap();
            let is_truncated = matches!(last, Err(Error::Truncated { .. }));
            assert!(is_truncated, "{} up to byte {end} ends with {last:?}", recording.file);
        }
    });
}

fn rfind(bytes: &[u8], needle: &[u8]) -> Option<usize> {
    bytes.windows(needle.len()).rposition(|window| window == needle)
}

#[test]
fn every_error_body_becomes_the_right_error() {
    let Some((folder, recordings)) = recordings() else { return };
    let mut failures = 0;
    for recording in recordings.iter().filter(|recording| recording.status >= 400) {
        let body = read(&folder, recording);
        let error = recording.protocol().read_failure(PROVIDER, recording.status, &body, &recording.model);
        let words = String::from_utf8_lossy(&body).to_lowercase();
        let says = |signs: &[&str]| signs.iter().any(|sign| words.contains(sign));
        // What the words of a body make of its status.
        let codes: &[&str] = match recording.status {
            402 => &["no_credit"],
            403 => &["forbidden"],
            408 | 409 => &["server_error"],
            413 => &["too_large"],
            429 if says(&["insufficient_quota"]) => &["no_credit"],
            429 => &["rate_limited"],
            503 | 529 => &["overloaded"],
            500.. => &["server_error", "context_window"],
            401 => &["key_rejected"],
            _ if says(&["api key", "api_key_invalid"]) => &["key_rejected"],
            _ if says(&["model_not_found", "invalid_model", "not_found_error", "not a valid model"]) => {
                &["no_such_model"]
            }
            _ if says(&["context_length_exceeded", "exceed_context_size", "prompt is too long"]) => {
                &["context_window"]
            }
            _ => &["bad_request", "no_such_model", "context_window", "no_credit", "filtered"],
        };
        assert!(codes.contains(&error.code()), "{}: {} of {words}", recording.file, error.code());
        let passes = ["rate_limited", "overloaded", "server_error"].contains(&error.code());
        assert_eq!(error.is_retryable(), passes, "{}", recording.file);
        assert!(!error.hint().is_empty());
        failures += 1;
    }
    println!("{failures} error bodies agree");
}

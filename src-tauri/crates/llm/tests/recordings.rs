//! Recorded streams of the real provider, read as an independent reader read them: whole, cut in two at every
//! byte, in pieces of one byte, and with other line ends.

#![expect(clippy::unwrap_used, reason = "a test stops at what it does not expect")]
#![expect(clippy::print_stdout, reason = "a test that is skipped says so")]

use std::path::{Path, PathBuf};
use std::task::{Context, Poll, Waker};

use futures::{Stream, StreamExt};
use llm::anthropic::{decode, read_failure};
use llm::{Delta, Error, Stop, Usage};
use serde::Deserialize;

#[derive(Deserialize)]
struct Recording {
    file: String,
    status: u16,
    model: String,
    expected: Option<Expected>,
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
    error: Option<serde_json::Value>,
    terminal: bool,
}

/// What we make of it.
#[derive(Debug, Default)]
struct Found {
    text: String,
    json_args: Vec<String>,
    thinking_chars: usize,
    stop: Option<Stop>,
    usage: Usage,
    error: Option<Error>,
}

impl Found {
    fn agree(&self, expected: &Expected, name: &str) {
        assert_eq!(self.text, expected.text, "{name}: text");
        assert_eq!(self.json_args, expected.json_args, "{name}: tool arguments");
        assert_eq!(self.thinking_chars, expected.thinking_chars, "{name}: thinking");
        assert_eq!(self.usage.input, expected.input_tokens.unwrap_or(0), "{name}: input");
        assert_eq!(self.usage.output, expected.output_tokens.unwrap_or(0), "{name}: output");
        assert_eq!(self.usage.cache_read, expected.cache_read_tokens.unwrap_or(0), "{name}: cache read");
        assert_eq!(self.usage.cache_write, expected.cache_write_tokens.unwrap_or(0), "{name}: cache write");
        assert_eq!(self.stop.is_some(), expected.terminal, "{name}: end marker");
        if let Some(stop) = &self.stop {
            assert_eq!(Some(spelling(stop)), expected.stop.as_deref(), "{name}: stop reason");
        }
        // An end without its marker is an error of its own.
        let is_truncated = matches!(self.error, Some(Error::Truncated { .. }));
        let has_failed = self.error.is_some() && !is_truncated;
        assert_eq!(has_failed, expected.error.is_some(), "{name}: {:?}", self.error);
        assert_eq!(is_truncated, !expected.terminal && expected.error.is_none(), "{name}: truncated");
    }
}

/// A stop reason as this protocol spells it.
fn spelling(stop: &Stop) -> &str {
    match stop {
        Stop::End => "end_turn",
        Stop::MaxTokens => "max_tokens",
        Stop::StopSequence => "stop_sequence",
        Stop::ToolUse => "tool_use",
        Stop::ContentFilter => "content_filter",
        Stop::Refusal => "refusal",
        Stop::ContextWindow => "model_context_window_exceeded",
        Stop::Other(reason) => reason,
    }
}

/// The recordings of this protocol, or `None` where there are none on this machine.
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
    let index: Vec<serde_json::Value> = serde_json::from_slice(&index).unwrap();
    let recordings: Vec<Recording> = index
        .into_iter()
        .filter(|entry| entry["protocol"] == "anthropic-messages")
        .map(|entry| serde_json::from_value(entry).unwrap())
        .collect();
    assert!(!recordings.is_empty(), "the index names no recording of this protocol");
    Some((folder, recordings))
}

/// Reads a stream that never waits.
fn all(bytes: impl Stream<Item = Result<bytes::Bytes, Error>> + Send + 'static) -> Vec<Result<Delta, Error>> {
    let mut deltas = decode(bytes);
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

fn pieces(pieces: Vec<bytes::Bytes>) -> Vec<Result<Delta, Error>> {
    all(futures::stream::iter(pieces.into_iter().map(Ok)))
}

/// Adds deltas up to what the index tells of a stream.
fn sum(deltas: &[Result<Delta, Error>]) -> Found {
    let mut found = Found::default();
    let mut tool = None;
    for delta in deltas {
        match delta {
            Ok(Delta::Text(text)) => found.text.push_str(text),
            Ok(Delta::Thinking(text)) => found.thinking_chars += text.chars().count(),
            Ok(Delta::ToolStarted { index, .. }) => {
                tool = Some(*index);
                found.json_args.push(String::new());
            }
            Ok(Delta::ToolArguments { index, json }) => {
                assert_eq!(tool, Some(*index), "arguments of a tool that did not begin");
                found.json_args.last_mut().unwrap().push_str(json);
            }
            Ok(Delta::Usage(usage)) => found.usage = *usage,
            Ok(Delta::Ended(stop)) => found.stop = Some(stop.clone()),
            Ok(Delta::Started { model }) => assert!(!model.is_empty()),
            Ok(Delta::KeepAlive) => {}
            Err(error) => found.error = Some(error.clone()),
        }
    }
    found
}

/// The deltas without those that only say that somebody is there, which depend on the cuts.
fn lasting(deltas: Vec<Result<Delta, Error>>) -> Vec<Result<Delta, Error>> {
    deltas.into_iter().filter(|delta| *delta != Ok(Delta::KeepAlive)).collect()
}

#[test]
fn every_stream_agrees_with_its_expectation_however_it_is_cut() {
    let Some((folder, recordings)) = recordings() else { return };
    let streams: Vec<(&str, &Expected)> = recordings
        .iter()
        .filter_map(|recording| Some((recording.file.as_str(), recording.expected.as_ref()?)))
        .collect();
    assert!(!streams.is_empty(), "the index names no stream of this protocol");
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        for share in streams.chunks(streams.len().div_ceil(threads)) {
            let folder = &folder;
            scope.spawn(move || share.iter().for_each(|(name, expected)| agrees(folder, name, expected)));
        }
    });
    println!("{} streams agree", streams.len());
}

fn agrees(folder: &Path, name: &str, expected: &Expected) {
    let bytes = bytes::Bytes::from(std::fs::read(folder.join(name)).unwrap());
    let whole = pieces(vec![bytes.clone()]);
    sum(&whole).agree(expected, name);

    let whole = lasting(whole);
    for cut in 1..bytes.len() {
        let halves = vec![bytes.slice(..cut), bytes.slice(cut..)];
        assert_eq!(lasting(pieces(halves)), whole, "{name} cut at byte {cut}");
    }
    let single = (0..bytes.len()).map(|at| bytes.slice(at..=at)).collect();
    assert_eq!(lasting(pieces(single)), whole, "{name} byte by byte");
    let text = String::from_utf8(bytes.to_vec()).unwrap();
    for ends in ["\r\n", "\r"] {
        let other: bytes::Bytes = text.replace('\n', ends).into();
        let single = (0..other.len()).map(|at| other.slice(at..=at)).collect();
        assert_eq!(lasting(pieces(vec![other])), whole, "{name} with line ends {ends:?}");
        assert_eq!(lasting(pieces(single)), whole, "{name} byte by byte with line ends {ends:?}");
    }
}

#[test]
fn no_stream_that_is_cut_short_is_taken_for_a_whole_one() {
    let Some((folder, recordings)) = recordings() else { return };
    for recording in recordings.iter().filter(|recording| recording.expected.is_some()) {
        let bytes = bytes::Bytes::from(std::fs::read(folder.join(&recording.file)).unwrap());
        // The event counts once the empty line behind it has come.
        let Some(marker) = find(&bytes, b"event: message_stop") else { continue };
        for end in 0..marker {
            let deltas = pieces(vec![bytes.slice(..end)]);
            let last = deltas.last().unwrap();
            let is_truncated = matches!(last, Err(Error::Truncated { .. }));
            assert!(is_truncated, "{} up to byte {end} ends with {last:?}", recording.file);
        }
    }
}

fn find(bytes: &[u8], needle: &[u8]) -> Option<usize> {
    bytes.windows(needle.len()).position(|window| window == needle)
}

#[test]
fn every_error_body_becomes_its_own_error() {
    let Some((folder, recordings)) = recordings() else { return };
    let mut failures = 0;
    for recording in recordings.iter().filter(|recording| recording.status >= 400) {
        let body = std::fs::read(folder.join(&recording.file)).unwrap();
        let error = read_failure(recording.status, &body, None, &recording.model);
        let code = match recording.status {
            400 => "bad_request",
            401 => "key_rejected",
            403 => "forbidden",
            404 => "no_such_model",
            413 => "too_large",
            429 => "rate_limited",
            503 | 529 => "overloaded",
            _ => "server_error",
        };
        assert_eq!(error.code(), code, "{}", recording.file);
        assert_eq!(error.is_retryable(), recording.status == 429 || recording.status >= 500);
        assert!(!error.hint().is_empty());
        failures += 1;
    }
    println!("{failures} error bodies agree");
}

//! From the bytes of an answer to deltas: what all protocols share.
//!
//! An answer comes as server-sent events, as one JSON value a line, or, from servers and proxies that do not stream,
//! as one JSON value. Which of them it is shows in its first letter, whatever its head says. A protocol sees the
//! pieces only ([`Reading`]).

use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::task::{Context, Poll};

use bytes::{Buf, Bytes};
use futures::stream::BoxStream;
use futures::{Stream, StreamExt};
use sse_stream::SseByteStream;

use crate::{Delta, Error, Stop, Usage};

/// The longest event, and the longest answer that is not streamed, in bytes.
const LONGEST: usize = 8 << 20;

/// How many pieces of nothing but blanks may come before the first letter.
const MOST_BLANKS: usize = 100_000;

/// How a protocol reads its pieces.
pub(crate) trait Reading: Send {
    /// One event or line.
    fn event(&mut self, data: &str, out: &mut Out);

    /// An answer that came whole, as one JSON value.
    fn whole(&mut self, body: &str, out: &mut Out);

    /// The bytes ended well before an end marker was seen. Protocols without a marker of its own kind end here.
    fn end(&mut self, out: &mut Out) {
        out.truncated();
    }
}

/// What a protocol says of its pieces.
#[derive(Debug)]
pub(crate) struct Out {
    provider: &'static str,
    ready: VecDeque<Result<Delta, Error>>,
    /// After the end marker or an error.
    over: bool,
    /// Whether the bytes are over, so that what cannot be read is a piece of something.
    at_end: bool,
}

impl Out {
    pub(crate) fn new(provider: &'static str) -> Self {
        Self { provider, ready: VecDeque::new(), over: false, at_end: false }
    }

    /// Who answers.
    pub(crate) fn provider(&self) -> &'static str {
        self.provider
    }

    pub(crate) fn started(&mut self, model: &str) {
        let model = if model.is_empty() { "unknown" } else { model };
        self.push(Delta::Started { model: model.to_owned() });
    }

    pub(crate) fn text(&mut self, text: String) {
        self.push(if text.is_empty() { Delta::KeepAlive } else { Delta::Text(text) });
    }

    pub(crate) fn thinking(&mut self, text: String) {
        self.push(if text.is_empty() { Delta::KeepAlive } else { Delta::Thinking(text) });
    }

    pub(crate) fn tool_started(&mut self, index: usize, name: String) {
        self.push(Delta::ToolStarted { index, name });
    }

    pub(crate) fn tool_arguments(&mut self, index: usize, json: String) {
        self.push(if json.is_empty() { Delta::KeepAlive } else { Delta::ToolArguments { index, json } });
    }

    pub(crate) fn usage(&mut self, usage: Usage) {
        self.push(Delta::Usage(usage));
    }

    pub(crate) fn keep_alive(&mut self) {
        self.push(Delta::KeepAlive);
    }

    fn push(&mut self, delta: Delta) {
        if !self.over {
            self.ready.push_back(Ok(delta));
        }
    }

    /// The end marker came.
    pub(crate) fn ended(&mut self, stop: Stop) {
        self.push(Delta::Ended(stop));
        self.over = true;
    }

    pub(crate) fn fail(&mut self, error: Error) {
        if !self.over {
            self.ready.push_back(Err(error));
        }
        self.over = true;
    }

    pub(crate) fn truncated(&mut self) {
        self.fail(Error::Truncated { provider: self.provider.to_owned() });
    }

    /// Something came that the protocol does not know.
    pub(crate) fn malformed(&mut self, reason: &str) {
        if self.at_end {
            self.truncated();
        } else {
            self.fail(Error::Malformed { provider: self.provider.to_owned(), reason: reason.to_owned() });
        }
    }

    /// An answer that came whole is not the JSON that it should be.
    pub(crate) fn no_json(&mut self, error: &serde_json::Error) {
        if error.is_eof() {
            self.truncated();
        } else {
            let provider = self.provider.to_owned();
            let reason = "the answer is not the JSON that it should be".to_owned();
            self.fail(Error::Malformed { provider, reason });
        }
    }

    /// An event is not JSON at all.
    pub(crate) fn unreadable(&mut self) {
        self.malformed("an event is not the JSON that it should be");
    }
}

type Pieces = BoxStream<'static, Result<Bytes, Error>>;

/// What the stream of bytes tells besides its bytes.
#[derive(Debug, Default)]
struct Watch {
    /// Bytes since the last event.
    since: AtomicUsize,
    /// Bytes came that nothing was said of yet.
    heard: AtomicBool,
    /// All bytes have come.
    at_end: AtomicBool,
}

/// Where the pieces come from.
enum Source {
    /// Nothing but blanks so far.
    Unknown {
        bytes: Pieces,
        blanks: Vec<Bytes>,
    },
    /// Server-sent events.
    Events {
        events: Box<SseByteStream<Pieces>>,
        watch: Arc<Watch>,
    },
    /// One JSON value a line, or one altogether. Before `seen` no line ends.
    Json {
        bytes: Pieces,
        buffer: Vec<u8>,
        seen: usize,
    },
    Over,
}

/// Turns the bytes of an answer into deltas. `lines` says that JSON comes one value a line.
pub(crate) fn decode<S, B>(
    bytes: S,
    provider: &'static str,
    lines: bool,
    mut reading: Box<dyn Reading>,
) -> BoxStream<'static, Result<Delta, Error>>
where
    S: Stream<Item = Result<B, Error>> + Send + 'static,
    B: Buf + Send + 'static,
{
    let bytes = bytes.map(|piece| piece.map(|mut piece| piece.copy_to_bytes(piece.remaining()))).boxed();
    let mut source = Source::Unknown { bytes, blanks: Vec::new() };
    let mut out = Out::new(provider);

    futures::stream::poll_fn(move |context| {
        loop {
            if let Some(item) = out.ready.pop_front() {
                return Poll::Ready(Some(item));
            }
            if out.over {
                // Lets go of the connection.
                source = Source::Over;
                return Poll::Ready(None);
            }
            futures::ready!(source.step(context, lines, reading.as_mut(), &mut out));
        }
    })
    .boxed()
}

impl Source {
    /// Looks at what came next. Each sign of life gives a delta.
    fn step(
        &mut self,
        context: &mut Context<'_>,
        lines: bool,
        reading: &mut dyn Reading,
        out: &mut Out,
    ) -> Poll<()> {
        match self {
            Self::Unknown { bytes, blanks } => match futures::ready!(bytes.poll_next_unpin(context)) {
                None => out.truncated(),
                Some(Err(error)) => out.fail(error),
                Some(Ok(piece)) => {
                    let first = piece.iter().copied().find(|byte| !is_blank(*byte));
                    blanks.push(piece);
                    match first {
                        Some(first) => self.begin(first, out),
                        None if blanks.len() > MOST_BLANKS => out.malformed("nothing but blanks"),
                        None => out.keep_alive(),
                    }
                }
            },
            Self::Events { events, watch } => match events.poll_next_unpin(context) {
                Poll::Ready(Some(Ok(event))) => {
                    watch.since.store(0, Ordering::Relaxed);
                    watch.heard.store(false, Ordering::Relaxed);
                    out.at_end = watch.at_end.load(Ordering::Relaxed);
                    let data = event.data.as_deref().map_or("", str::trim);
                    if data.is_empty() {
                        out.keep_alive();
                    } else {
                        reading.event(data, out);
                    }
                }
                Poll::Ready(Some(Err(sse_stream::Error::Body(error)))) => match error.downcast::<Error>() {
                    Ok(error) => out.fail(*error),
                    Err(_) => out.fail(Error::Disconnected { provider: out.provider.to_owned() }),
                },
                Poll::Ready(Some(Err(_))) => {
                    out.at_end = watch.at_end.load(Ordering::Relaxed);
                    out.malformed("the event stream is not UTF-8");
                }
                Poll::Ready(None) => finish(reading, out),
                Poll::Pending if watch.heard.swap(false, Ordering::Relaxed) => out.keep_alive(),
                Poll::Pending => return Poll::Pending,
            },
            Self::Json { bytes, buffer, seen } => match futures::ready!(bytes.poll_next_unpin(context)) {
                None => {
                    out.at_end = true;
                    let rest = std::mem::take(buffer);
                    let rest = String::from_utf8_lossy(&rest);
                    let rest = rest.trim_start_matches('\u{feff}').trim();
                    match lines {
                        true if rest.is_empty() => {}
                        true => reading.event(rest, out),
                        false => reading.whole(rest, out),
                    }
                    finish(reading, out);
                }
                Some(Err(error)) => out.fail(error),
                Some(Ok(piece)) => {
                    if buffer.len() + piece.len() > LONGEST {
                        out.fail(Error::TooLong { limit: LONGEST });
                        return Poll::Ready(());
                    }
                    buffer.extend_from_slice(&piece);
                    let before = out.ready.len();
                    if lines {
                        take_lines(buffer, seen, reading, out);
                    }
                    if out.ready.len() == before && !out.over {
                        out.keep_alive();
                    }
                }
            },
            Self::Over => out.truncated(),
        }
        Poll::Ready(())
    }

    /// The first letter came, and tells what it is.
    fn begin(&mut self, first: u8, out: &mut Out) {
        let Self::Unknown { bytes, blanks } = std::mem::replace(self, Self::Over) else { return };
        let bytes = futures::stream::iter(blanks.into_iter().map(Ok)).chain(bytes);
        match first {
            b'<' => out.malformed("a web page instead of an answer"),
            b'{' | b'[' => *self = Self::Json { bytes: bytes.boxed(), buffer: Vec::new(), seen: 0 },
            _ => {
                let watch = Arc::<Watch>::default();
                let (heard, ended) = (Arc::clone(&watch), Arc::clone(&watch));
                let counted = bytes.map(move |piece| {
                    let piece: Bytes = piece?;
                    heard.heard.store(true, Ordering::Relaxed);
                    let since = heard.since.load(Ordering::Relaxed).saturating_add(piece.len());
                    heard.since.store(since, Ordering::Relaxed);
                    if since > LONGEST { Err(Error::TooLong { limit: LONGEST }) } else { Ok(piece) }
                });
                // Some servers leave out the empty line behind their last event.
                let closing = futures::stream::once(async move {
                    ended.at_end.store(true, Ordering::Relaxed);
                    Ok(Bytes::from_static(b"\n\n"))
                });
                let events = Box::new(SseByteStream::new(counted.chain(closing).boxed()));
                *self = Self::Events { events, watch };
            }
        }
    }
}

/// Blanks, and the bytes of the mark of byte order, which may stand in front.
fn is_blank(byte: u8) -> bool {
    byte.is_ascii_whitespace() || b"\xef\xbb\xbf".contains(&byte)
}

/// Reads the lines that are whole.
fn take_lines(buffer: &mut Vec<u8>, seen: &mut usize, reading: &mut dyn Reading, out: &mut Out) {
    let mut start = 0;
    while let Some(end) = buffer[*seen..].iter().position(|&byte| byte == b'\n' || byte == b'\r') {
        let end = *seen + end;
        match std::str::from_utf8(&buffer[start..end]) {
            Ok(line) => {
                let line = line.trim_start_matches('\u{feff}').trim();
                if !line.is_empty() {
                    reading.event(line, out);
                }
            }
            Err(_) => out.malformed("a line is not UTF-8"),
        }
        start = end + 1;
        *seen = start;
    }
    buffer.drain(..start);
    *seen = buffer.len();
}

fn finish(reading: &mut dyn Reading, out: &mut Out) {
    out.at_end = true;
    if !out.over {
        reading.end(out);
    }
    if !out.over {
        out.truncated();
    }
}

//! A local stand-in for Anthropic: a test sees each request and says, piece by piece, what the answer is.
//!
//! Everything here panics where a test should fail.

#![expect(clippy::missing_panics_doc, reason = "each panic is a test that fails, as said above")]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread;
use std::time::Duration;

use serde_json::{Value, json};

/// No step of a test takes nearly as long; a test that would hang fails instead.
const LIMIT: Duration = Duration::from_mins(1);

/// The server. It ends with the test's process.
pub struct Anthropic {
    /// Its address, for `base_url`.
    pub url: String,
    exchanges: Receiver<Exchange>,
}

/// One request, and the way to answer it.
pub struct Exchange {
    /// Request line and headers.
    pub head: String,
    /// The body, as it came.
    pub body: String,
    stream: TcpStream,
}

impl Anthropic {
    /// Listens on a port that the system chooses.
    pub fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let (seen, exchanges) = mpsc::channel();
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let seen = seen.clone();
                thread::spawn(move || read_request(stream, &seen));
            }
        });
        Self { url, exchanges }
    }

    /// The next request.
    pub fn next(&self) -> Exchange {
        self.exchanges.recv_timeout(LIMIT).expect("a request within a minute")
    }

    /// Whether there is a request that nobody has taken.
    pub fn was_asked(&self) -> bool {
        self.exchanges.try_recv().is_ok()
    }

    /// The next request, answered whole.
    pub fn answer(&self, answer: &Value) -> Exchange {
        let mut exchange = self.next();
        exchange.begin();
        exchange.text(&answer.to_string());
        exchange.end();
        exchange
    }
}

fn read_request(stream: TcpStream, seen: &Sender<Exchange>) {
    let mut reader = BufReader::new(stream.try_clone().expect("a second handle"));
    let (mut head, mut length) = (String::new(), 0);
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line).unwrap_or(0) == 0 {
            return;
        }
        if line.trim().is_empty() {
            break;
        }
        if let Some(value) = line.to_ascii_lowercase().strip_prefix("content-length:") {
            length = value.trim().parse().expect("a length");
        }
        head.push_str(&line);
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).expect("the whole body");
    let body = String::from_utf8(body).expect("UTF-8");
    // The test may be over already.
    let _ = seen.send(Exchange { head, body, stream });
}

impl Exchange {
    /// The stage that the request is for, by the tool that it wants called.
    pub fn stage(&self) -> &'static str {
        let body: Value = serde_json::from_str(&self.body).expect("JSON");
        let wanted = body["tool_choice"]["name"].as_str().unwrap_or_default();
        ["evaluation", "planning", "implementation", "verification"]
            .into_iter()
            .find(|stage| *stage == wanted)
            .unwrap_or_else(|| panic!("a request for an unknown answer: {wanted:?}"))
    }

    /// The tool that the request wants called, where it wants one.
    fn tool(&self) -> Option<String> {
        let body: Value = serde_json::from_str(&self.body).expect("JSON");
        body["tool_choice"]["name"].as_str().map(str::to_owned)
    }

    /// Begins the answer: as a call of the tool that was asked for, else as text.
    pub fn begin(&mut self) {
        self.raw("HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\nconnection: close\r\n\r\n");
        self.event(
            "message_start",
            &json!({"type": "message_start", "message": {
            "id": "msg_1", "type": "message", "role": "assistant", "model": "claude-test", "content": [],
            "stop_reason": null, "usage": {"input_tokens": 100, "output_tokens": 1,
                "cache_creation_input_tokens": 20, "cache_read_input_tokens": 0}}}),
        );
        let block = match self.tool() {
            Some(name) => json!({"type": "tool_use", "id": "toolu_1", "name": name, "input": {}}),
            None => json!({"type": "text", "text": ""}),
        };
        let start = json!({"type": "content_block_start", "index": 0, "content_block": block});
        self.event("content_block_start", &start);
    }

    /// Sends more of the answer's text, or of the tool's arguments, in pieces of a few letters as a model does.
    pub fn text(&mut self, text: &str) {
        let by_tool = self.tool().is_some();
        let letters: Vec<char> = text.chars().collect();
        for piece in letters.chunks(7) {
            let piece: String = piece.iter().collect();
            let delta = if by_tool {
                json!({"type": "input_json_delta", "partial_json": piece})
            } else {
                json!({"type": "text_delta", "text": piece})
            };
            let event = json!({"type": "content_block_delta", "index": 0, "delta": delta});
            self.event("content_block_delta", &event);
        }
    }

    /// Ends the answer as the protocol wants it.
    pub fn end(&mut self) {
        let reason = if self.tool().is_some() { "tool_use" } else { "end_turn" };
        self.event("content_block_stop", &json!({"type": "content_block_stop", "index": 0}));
        self.event(
            "message_delta",
            &json!({"type": "message_delta",
            "delta": {"stop_reason": reason, "stop_sequence": null}, "usage": {"output_tokens": 50}}),
        );
        self.event("message_stop", &json!({"type": "message_stop"}));
        let _ = self.stream.shutdown(std::net::Shutdown::Both);
    }

    /// Answers with a page or a list instead of a stream.
    pub fn page(&mut self, kind: &str, body: &str) {
        let length = body.len();
        self.raw(&format!(
            "HTTP/1.1 200 OK\r\ncontent-type: {kind}\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{body}"
        ));
    }

    /// Answers with an HTTP error.
    pub fn refuse(&mut self, status: &str, kind: &str, message: &str) {
        let body = json!({"type": "error", "error": {"type": kind, "message": message}}).to_string();
        let length = body.len();
        self.raw(&format!(
            "HTTP/1.1 {status}\r\ncontent-type: application/json\r\ncontent-length: {length}\r\n\
             connection: close\r\n\r\n{body}"
        ));
    }

    fn event(&mut self, name: &str, payload: &Value) {
        self.raw(&format!("event: {name}\ndata: {payload}\n\n"));
    }

    fn raw(&mut self, text: &str) {
        // The client may have cancelled; what it shows then is what the test looks at.
        let _ = self.stream.write_all(text.as_bytes()).and_then(|()| self.stream.flush());
    }
}

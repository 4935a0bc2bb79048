//! A server that speaks the Messages API and counts cached tokens as the real one does.
//!
//! A request is read as tools, system, messages. A mark keeps all up to its block, if that is 1,024 tokens or more. A
//! later request reads the longest kept beginning that is the same to the byte and ends at one of its own marks or at
//! one of the 20 blocks before it. What other tools change is everything; what another `tool_choice` changes is the
//! messages. More than four marks are refused.

use std::collections::HashSet;
use std::sync::{Arc, Mutex};

use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

/// The shortest beginning that is kept, in tokens.
const SHORTEST: u64 = 1_024;
/// How many blocks before a mark are looked at.
const LOOKED_BACK: usize = 20;

/// The input of a request, in tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Counted {
    pub(crate) input: u64,
    pub(crate) write: u64,
    pub(crate) read: u64,
}

/// The server. It ends with the test's runtime.
pub(crate) struct CacheServer {
    pub(crate) url: String,
    state: Arc<Mutex<State>>,
}

#[derive(Default)]
struct State {
    kept: HashSet<String>,
    counted: Vec<Counted>,
}

impl CacheServer {
    /// Answers each request with what `answer` gives for its stage.
    pub(crate) async fn start(answer: impl Fn(&str) -> Value + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let state = Arc::<Mutex<State>>::default();
        let shared = Arc::clone(&state);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                if let Some((mut stream, body)) = read(stream).await {
                    let counted = shared.lock().expect("nobody panicked").count(&body);
                    let asked = body["tool_choice"]["name"].as_str().unwrap_or_default().to_owned();
                    let events = reply(&asked, &answer(&asked), counted);
                    let head =
                        "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\nconnection: close\r\n\r\n";
                    let _ = stream.write_all((head.to_owned() + &events).as_bytes()).await;
                    let _ = stream.shutdown().await;
                }
            }
        });
        Self { url, state }
    }

    /// What was counted, request by request.
    pub(crate) fn counted(&self) -> Vec<Counted> {
        self.state.lock().expect("nobody panicked").counted.clone()
    }

    /// Counts a request without HTTP.
    pub(crate) fn count(&self, body: &Value) -> Counted {
        self.state.lock().expect("nobody panicked").count(body)
    }
}

/// About four bytes a token, as for English.
fn tokens(text: &str) -> u64 {
    (text.len() as u64).div_ceil(4)
}

impl State {
    fn count(&mut self, body: &Value) -> Counted {
        // Each block: what it adds to the beginning, its tokens, whether it is marked.
        let mut blocks: Vec<(String, u64, bool)> = Vec::new();
        let mut push = |prefix: &str, block: &Value| {
            let mut plain = block.clone();
            let marked =
                plain.as_object_mut().and_then(|block| block.shift_remove("cache_control")).is_some();
            let text = plain.to_string();
            blocks.push((format!("{prefix}{text}\n"), tokens(&text), marked));
        };
        let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
        for tool in &list(&body["tools"]) {
            push("tool ", tool);
        }
        let format = body["output_config"].to_string();
        for block in &list(&body["system"]) {
            push(&format!("{format} system "), block);
        }
        let choice = body["tool_choice"].to_string();
        for message in list(&body["messages"]) {
            let role = format!("{choice} {} ", message["role"]);
            for block in &list(&message["content"]) {
                push(&role, block);
            }
        }
        assert!(blocks.iter().filter(|(.., marked)| *marked).count() <= 4, "too many marks");

        let (mut begin, mut sum, mut begins) = (String::new(), 0, Vec::new());
        for (text, tokens, _) in &blocks {
            begin.push_str(text);
            sum += tokens;
            begins.push((begin.clone(), sum));
        }
        let marks: Vec<usize> = (0..blocks.len()).filter(|&at| blocks[at].2).collect();
        let readable = marks.iter().rev().flat_map(|&mark| (mark.saturating_sub(LOOKED_BACK)..=mark).rev());
        let read = readable
            .filter(|&at| self.kept.contains(&begins[at].0))
            .map(|at| begins[at].1)
            .max()
            .unwrap_or_default();
        let mut written = read;
        for &mark in &marks {
            let (begin, length) = &begins[mark];
            if *length >= SHORTEST {
                self.kept.insert(begin.clone());
                written = written.max(*length);
            }
        }
        let counted = Counted { input: sum - written, write: written - read, read };
        self.counted.push(counted);
        counted
    }
}

async fn read(stream: TcpStream) -> Option<(BufReader<TcpStream>, Value)> {
    let mut stream = BufReader::new(stream);
    let mut length = 0;
    loop {
        let mut line = String::new();
        stream.read_line(&mut line).await.ok()?;
        match line.trim().to_ascii_lowercase().split_once(':') {
            Some(("content-length", value)) => length = value.trim().parse().ok()?,
            None if line.trim().is_empty() => break,
            Some(_) | None => {}
        }
    }
    let mut body = vec![0; length];
    stream.read_exact(&mut body).await.ok()?;
    Some((stream, serde_json::from_slice(&body).ok()?))
}

/// A whole answer: the arguments of the tool that was asked for.
fn reply(tool: &str, answer: &Value, counted: Counted) -> String {
    let usage = json!({
        "input_tokens": counted.input, "cache_creation_input_tokens": counted.write,
        "cache_read_input_tokens": counted.read, "output_tokens": 1,
    });
    let events = [
        json!({"type": "message_start", "message": {
            "id": "msg_1", "type": "message", "role": "assistant", "model": "claude-test", "content": [], "usage": usage,
        }}),
        json!({"type": "content_block_start", "index": 0,
            "content_block": {"type": "tool_use", "id": "toolu_1", "name": tool, "input": {}}}),
        json!({"type": "content_block_delta", "index": 0,
            "delta": {"type": "input_json_delta", "partial_json": answer.to_string()}}),
        json!({"type": "content_block_stop", "index": 0}),
        json!({"type": "message_delta", "delta": {"stop_reason": "tool_use"}, "usage": {"output_tokens": 400}}),
        json!({"type": "message_stop"}),
    ];
    let piece = |event: &Value| {
        let name = event["type"].as_str().unwrap_or_default();
        format!("event: {name}\ndata: {event}\n\n")
    };
    events.iter().map(piece).collect::<Vec<_>>().concat()
}

//! A local server that speaks the Anthropic Messages protocol, a piece at a time, when the test says so.

use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};

/// The server. It answers nothing by itself.
pub(crate) struct Provider {
    listener: TcpListener,
}

/// One request, and the answer that is being written to it.
pub(crate) struct Exchange {
    /// The request line and the headers, as they came.
    pub(crate) head: String,
    /// The request's body.
    pub(crate) body: String,
    connection: TcpStream,
}

impl Provider {
    pub(crate) async fn listen() -> Self {
        Self { listener: TcpListener::bind("127.0.0.1:0").await.expect("a free port") }
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.listener.local_addr().expect("an address"))
    }

    /// The next request, with the beginning of an answer already sent.
    pub(crate) async fn next(&self) -> Exchange {
        let (connection, _) = self.listener.accept().await.expect("a connection");
        let mut reader = BufReader::new(connection);
        let mut head = String::new();
        loop {
            let before = head.len();
            reader.read_line(&mut head).await.expect("a header");
            if head[before..].trim().is_empty() {
                break;
            }
        }
        let length = head
            .lines()
            .filter_map(|line| line.split_once(':'))
            .find(|(name, _)| name.eq_ignore_ascii_case("content-length"))
            .and_then(|(_, length)| length.trim().parse().ok())
            .expect("a request with a length");
        let mut body = vec![0; length];
        reader.read_exact(&mut body).await.expect("the whole body");
        let body = String::from_utf8(body).expect("a body of text");
        let mut exchange = Exchange { head, body, connection: reader.into_inner() };
        exchange.begin().await;
        exchange
    }

    /// Whether anybody connected who was not answered.
    pub(crate) async fn was_asked(&self) -> bool {
        // The system accepts connections by itself; the first look at a listener only asks to be told of them,
        // so one of one's own is made to be the last: who comes before it came before this call.
        let address = self.listener.local_addr().expect("an address");
        let own = TcpStream::connect(address).await.expect("a connection of one's own");
        let (_, first) = self.listener.accept().await.expect("a connection");
        first != own.local_addr().expect("an address")
    }
}

impl Exchange {
    async fn begin(&mut self) {
        self.write("HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\nconnection: close\r\n\r\n").await;
        let usage = json!({ "input_tokens": 1200, "output_tokens": 1 });
        let message = json!({
            "id": "msg_1", "type": "message", "role": "assistant", "model": "a-model", "content": [],
            "stop_reason": null, "stop_sequence": null, "usage": usage
        });
        self.event(json!({ "type": "message_start", "message": message })).await;
        let block = json!({ "type": "text", "text": "" });
        self.event(json!({ "type": "content_block_start", "index": 0, "content_block": block })).await;
    }

    /// Sends more of the answer's text.
    pub(crate) async fn say(&mut self, text: &str) {
        let delta = json!({ "type": "text_delta", "text": text });
        self.event(json!({ "type": "content_block_delta", "index": 0, "delta": delta })).await;
    }

    /// Ends the answer as the protocol asks.
    pub(crate) async fn end(mut self) {
        self.event(json!({ "type": "content_block_stop", "index": 0 })).await;
        let delta = json!({ "stop_reason": "end_turn", "stop_sequence": null });
        self.event(json!({ "type": "message_delta", "delta": delta, "usage": { "output_tokens": 80 } }))
            .await;
        self.event(json!({ "type": "message_stop" })).await;
        self.connection.shutdown().await.expect("the connection ends");
    }

    async fn event(&mut self, event: Value) {
        let name = event["type"].as_str().unwrap_or_default().to_owned();
        self.write(&format!("event: {name}\ndata: {event}\n\n")).await;
    }

    async fn write(&mut self, text: &str) {
        self.connection.write_all(text.as_bytes()).await.expect("the app reads on");
        self.connection.flush().await.expect("the app reads on");
    }
}

//! A server on this computer that plays what a test tells it to.

use std::collections::VecDeque;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use llm::Protocol;
use serde_json::Value;

use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Notify;

use crate::speech;

/// What the server answers to one request.
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(&'static str, String)>,
    /// The body, in the pieces in which it is sent.
    pub(crate) pieces: Vec<String>,
    pub(crate) end: End,
}

/// How an answer ends.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum End {
    /// As HTTP wants it.
    Proper,
    /// The connection is dropped in the middle.
    Cut,
    /// A chunk has no length.
    BadChunk,
    /// Nothing more comes until the client leaves.
    Stall,
}

impl Reply {
    /// What the server says in a protocol, streamed.
    pub(crate) fn says(protocol: Protocol, pieces: Vec<String>) -> Self {
        let kind = speech::content_type(protocol);
        Self { status: 200, headers: vec![("content-type", kind.into())], pieces, end: End::Proper }
    }

    /// A whole answer.
    pub(crate) fn answer(protocol: Protocol, text: &str) -> Self {
        Self::says(protocol, speech::answer(protocol, text))
    }

    /// A failure, as the provider spells it.
    pub(crate) fn failure(protocol: Protocol, status: u16, message: &str) -> Self {
        Self::json(status, &speech::failure(protocol, status, message))
    }

    /// A body that is not streamed.
    pub(crate) fn json(status: u16, body: &Value) -> Self {
        Self {
            status,
            headers: vec![("content-type", "application/json".into())],
            pieces: vec![body.to_string()],
            end: End::Proper,
        }
    }

    /// A web page.
    pub(crate) fn page(status: u16) -> Self {
        Self {
            status,
            headers: vec![("content-type", "text/html".into())],
            pieces: vec!["<h1>Log in to the hotel's network</h1>".into()],
            end: End::Proper,
        }
    }

    pub(crate) fn header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    pub(crate) fn ending(mut self, end: End) -> Self {
        self.end = end;
        self
    }
}

/// A request as the server got it.
#[derive(Clone, Debug)]
pub(crate) struct Received {
    /// Method, path and version.
    pub(crate) line: String,
    /// Header lines, names in lower case.
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Value,
}

impl Received {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

/// The server. It ends with the test's runtime.
pub(crate) struct Server {
    address: SocketAddr,
    received: Arc<Mutex<Vec<Received>>>,
    /// Told when a client left a stalled answer.
    left: Arc<Notify>,
}

impl Server {
    /// Plays the replies, one a request.
    pub(crate) async fn start(replies: Vec<Reply>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (received, left) = (Arc::<Mutex<Vec<Received>>>::default(), Arc::new(Notify::new()));
        let (log, tell) = (Arc::clone(&received), Arc::clone(&left));
        let mut replies = VecDeque::from(replies);
        tokio::spawn(async move {
            loop {
                let Ok((stream, _)) = listener.accept().await else { return };
                let mut stream = BufReader::new(stream);
                let Some(request) = read(&mut stream).await else { continue };
                log.lock().unwrap().push(request);
                let Some(reply) = replies.pop_front() else { continue };
                tokio::spawn(play(stream, reply, Arc::clone(&tell)));
            }
        });
        Self { address, received, left }
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    pub(crate) fn received(&self) -> Vec<Received> {
        self.received.lock().unwrap().clone()
    }

    /// Waits until a client left a stalled answer.
    pub(crate) async fn left(&self) {
        self.left.notified().await;
    }
}

async fn read(stream: &mut BufReader<TcpStream>) -> Option<Received> {
    let mut line = String::new();
    stream.read_line(&mut line).await.ok()?;
    let mut headers = Vec::new();
    loop {
        let mut header = String::new();
        stream.read_line(&mut header).await.ok()?;
        let Some((name, value)) = header.trim().split_once(':') else { break };
        headers.push((name.to_ascii_lowercase(), value.trim().to_owned()));
    }
    let length =
        headers.iter().find(|(name, _)| name == "content-length").map(|(_, value)| value.parse().unwrap());
    let mut body = vec![0; length.unwrap_or(0)];
    stream.read_exact(&mut body).await.ok()?;
    // A request for a list has none.
    let body = serde_json::from_slice(&body).unwrap_or_default();
    Some(Received { line: line.trim().to_owned(), headers, body })
}

/// A client that leaves early is no concern of the server's.
async fn play(mut stream: BufReader<TcpStream>, reply: Reply, left: Arc<Notify>) -> Option<()> {
    let mut head =
        format!("HTTP/1.1 {} x\r\ntransfer-encoding: chunked\r\nconnection: close\r\n", reply.status);
    for (name, value) in &reply.headers {
        head.extend([name, ": ", value, "\r\n"]);
    }
    stream.write_all(format!("{head}\r\n").as_bytes()).await.ok()?;
    for piece in &reply.pieces {
        stream.write_all(format!("{:x}\r\n{piece}\r\n", piece.len()).as_bytes()).await.ok()?;
        stream.flush().await.ok()?;
    }
    match reply.end {
        End::Proper => stream.write_all(b"0\r\n\r\n").await.ok()?,
        End::Cut => {}
        End::BadChunk => stream.write_all(b"zz\r\nwhat\r\n").await.ok()?,
        End::Stall => {
            // The client sends nothing more, so this ends when it leaves.
            let _ = stream.read(&mut [0; 1]).await;
            left.notify_one();
        }
    }
    stream.shutdown().await.ok()
}

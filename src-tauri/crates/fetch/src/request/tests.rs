use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use super::*;
use crate::resolve::{Found, System};

const PAGE: &str = "<html><body><main><h1>Baker</h1><p>Larkfield Bread</p><p>Leeds</p><h2>Requirements</h2><ul><li>Two years in a bakery</li><li>Rye</li></ul><h2>Nice to have</h2><ul><li>A van</li></ul><p>We are a small bakery with four ovens, two cats and a shop that smells of cardamom on most mornings of the year.</p></main></body></html>";

/// A server on this computer that gives fixed answers by path, and counts who came.
struct Server {
    address: SocketAddr,
    heads: Arc<Mutex<Vec<String>>>,
    visits: Arc<AtomicUsize>,
}

impl Server {
    fn start(answer: impl Fn(&str) -> Option<Vec<u8>> + Send + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = listener.local_addr().expect("an address");
        let heads = Arc::new(Mutex::new(Vec::new()));
        let visits = Arc::new(AtomicUsize::new(0));
        let (seen, counted) = (Arc::clone(&heads), Arc::clone(&visits));
        std::thread::spawn(move || {
            // Where nothing is to be answered, the connection stays open until the test ends.
            let mut waiting: Vec<TcpStream> = Vec::new();
            for stream in listener.incoming() {
                let Ok(mut stream) = stream else { return };
                counted.fetch_add(1, Ordering::SeqCst);
                let mut head = Vec::new();
                let mut byte = [0_u8; 1];
                while !head.ends_with(b"\r\n\r\n") && stream.read(&mut byte).is_ok_and(|read| read == 1) {
                    head.push(byte[0]);
                }
                let head = String::from_utf8_lossy(&head).into_owned();
                let path = head.split(' ').nth(1).unwrap_or_default().to_owned();
                seen.lock().expect("nobody panics here").push(head);
                match answer(&path) {
                    Some(bytes) => {
                        // Whoever asked may have heard enough.
                        let _ = stream.write_all(&bytes);
                    }
                    None => waiting.push(stream),
                }
            }
        });
        Self { address, heads, visits }
    }

    fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }
}

fn answer(status: &str, headers: &str, body: &[u8]) -> Vec<u8> {
    let head =
        format!("HTTP/1.1 {status}\r\n{headers}content-length: {}\r\nconnection: close\r\n\r\n", body.len());
    [head.as_bytes(), body].concat()
}

fn page(body: &[u8]) -> Vec<u8> {
    answer("200 OK", "content-type: text/html; charset=utf-8\r\n", body)
}

fn redirect(to: &str) -> Vec<u8> {
    answer("302 Found", &format!("location: {to}\r\n"), b"")
}

async fn get(url: &str) -> Result<(Posting, FinalUrl), FetchError> {
    posting(url, &Limits::default(), System::shared()).await
}

async fn code(url: &str) -> &'static str {
    get(url).await.err().map_or("none", |error| error.code())
}

#[tokio::test]
async fn a_page_is_fetched_read_and_told_where_it_was() {
    let server = Server::start(|path| {
        Some(if path == "/go?id=7" { redirect("/jobs/7?token=secret#top") } else { page(PAGE.as_bytes()) })
    });
    let (posting, url) = get(&server.url("/go?id=7")).await.expect("a posting");
    assert_eq!(posting.title.as_deref(), Some("Baker"));
    assert_eq!(posting.musts(), ["Two years in a bakery", "Rye"]);
    assert_eq!(posting.nices(), ["A van"]);
    assert_eq!(url.as_str(), server.url("/jobs/7"));
    let heads = server.heads.lock().expect("nobody panics here").join("\n").to_lowercase();
    assert!(heads.contains(&format!("user-agent: tailorbird/{}", env!("CARGO_PKG_VERSION"))));
    assert!(!heads.contains("cookie:") && !heads.contains("referer:"));
}

#[tokio::test]
async fn packed_pages_are_unpacked() {
    let server = Server::start(|_| {
        let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        packed.write_all(PAGE.as_bytes()).ok()?;
        Some(answer(
            "200 OK",
            "content-type: text/html\r\ncontent-encoding: gzip\r\n",
            &packed.finish().ok()?,
        ))
    });
    assert_eq!(get(&server.url("/")).await.expect("a posting").0.title.as_deref(), Some("Baker"));
}

#[tokio::test]
async fn redirects_are_counted_and_each_is_looked_at() {
    let server = Server::start(|path| {
        Some(match path {
            "/private" => redirect("https://10.0.0.1/"),
            "/metadata" => redirect("http://169.254.169.254/latest/"),
            "/mapped" => redirect("https://[::ffff:192.168.0.1]/"),
            "/file" => redirect("file:///etc/passwd"),
            "/nowhere" => answer("302 Found", "", b""),
            "/secret" => redirect("https://me:secret@jobs.example.com/"),
            _ => redirect("/again"),
        })
    });
    for (path, wanted) in [
        ("/private", "private_address"),
        ("/metadata", "not_https"),
        ("/mapped", "private_address"),
        ("/file", "not_an_address"),
        ("/nowhere", "bad_redirect"),
        ("/secret", "credentials"),
        ("/again", "too_many_redirects"),
    ] {
        let before = server.visits.load(Ordering::SeqCst);
        assert_eq!(code(&server.url(path)).await, wanted, "{path}");
        let visits = server.visits.load(Ordering::SeqCst) - before;
        assert_eq!(visits, if path == "/again" { MAX_REDIRECTS + 1 } else { 1 }, "{path}");
    }
}

/// Names that lead to this computer, whatever is asked.
struct Here(u16);

impl Lookup for Here {
    fn look_up(&self, _name: &str) -> Found {
        let here = SocketAddr::from(([127, 0, 0, 1], self.0));
        Box::pin(async move { Ok(vec![here]) })
    }
}

struct Nobody;

impl Lookup for Nobody {
    fn look_up(&self, _name: &str) -> Found {
        Box::pin(async { Err(std::io::Error::other("no such name")) })
    }
}

#[tokio::test]
async fn a_name_that_leads_to_this_computer_is_not_connected_to() {
    let server = Server::start(|_| Some(page(PAGE.as_bytes())));
    let port = server.address.port();
    let found =
        posting(&format!("https://jobs.example.com:{port}/"), &Limits::default(), Arc::new(Here(port))).await;
    assert_eq!(found.err(), Some(FetchError::Private));
    let found = posting("https://jobs.example.com/", &Limits::default(), Arc::new(Nobody)).await;
    assert_eq!(found.err(), Some(FetchError::NotFound));
    assert_eq!(server.visits.load(Ordering::SeqCst), 0);
}

#[tokio::test]
async fn localhost_typed_as_such_is_this_computer() {
    let server = Server::start(|_| Some(page(PAGE.as_bytes())));
    let port = server.address.port();
    let found = posting(&format!("http://localhost:{port}/"), &Limits::default(), Arc::new(Here(port))).await;
    assert!(found.is_ok());
}

#[tokio::test]
async fn answers_that_are_no_posting_are_told_apart() {
    let server = Server::start(|path| {
        Some(match path {
            "/login" => answer("403 Forbidden", "", b""),
            "/gone" => answer("404 Not Found", "", b""),
            "/fault" => answer("503 Service Unavailable", "", b""),
            "/picture" => answer("200 OK", "content-type: image/png\r\n", b"\x89PNG"),
            "/script" => page(b"<html><body><div id=root></div><script>render()</script></body></html>"),
            "/zstd" => answer("200 OK", "content-type: text/html\r\ncontent-encoding: zstd\r\n", b"x"),
            _ => b"HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: 500\r\n\r\n<p>cut".to_vec(),
        })
    });
    for (path, wanted) in [
        ("/login", "refused"),
        ("/gone", "gone"),
        ("/fault", "site_failed"),
        ("/picture", "not_a_page"),
        ("/script", "no_posting"),
        ("/zstd", "damaged"),
        ("/cut", "broken"),
    ] {
        let error = get(&server.url(path)).await.expect_err(path);
        assert_eq!(error.code(), wanted, "{path}");
        assert!(error.hint().contains("paste"), "{path}");
        assert!(!format!("{error} {error:?}").contains("127.0.0.1"), "{path}");
    }
}

#[tokio::test]
async fn size_is_limited_announced_or_not() {
    let server = Server::start(|path| {
        let body = vec![b'a'; 3_000];
        Some(if path == "/announced" {
            page(&body)
        } else {
            [b"HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\nconnection: close\r\n\r\n", body.as_slice()]
                .concat()
        })
    });
    let limits = Limits { bytes: 1_000, ..Limits::default() };
    for path in ["/announced", "/streamed"] {
        let found = posting(&server.url(path), &limits, System::shared()).await;
        assert_eq!(found.err().map(|error| error.code()), Some("too_large"), "{path}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_site_that_says_nothing_is_given_up() {
    let server = Server::start(|_| None);
    assert_eq!(code(&server.url("/")).await, "too_slow");
}

#[tokio::test]
async fn nobody_at_home_is_told() {
    let free =
        TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr()).expect("a free port");
    assert_eq!(code(&format!("http://{free}/")).await, "unreachable");
}

//! A link in the place of a posting's file.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener};

use crate::terminal::tailorbird;

/// Answers every request with one page, on this computer.
fn server(status: &'static str, body: &'static str) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = listener.local_addr().expect("an address");
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let Ok(mut stream) = stream else { return };
            let mut head = Vec::new();
            let mut byte = [0_u8; 1];
            while !head.ends_with(b"\r\n\r\n") && stream.read(&mut byte).is_ok_and(|read| read == 1) {
                head.push(byte[0]);
            }
            let head = format!(
                "HTTP/1.1 {status}\r\ncontent-type: text/html\r\ncontent-length: {}\r\nconnection: close\r\n\r\n",
                body.len()
            );
            // Whoever asked may have gone.
            let _ = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(body.as_bytes()));
        }
    });
    address
}

fn tailor(link: &str) -> crate::terminal::Done {
    let arguments =
        ["tailor", "--resume", "samples/resume.md", "--posting", link, "--engine", "offline", "--json"];
    tailorbird(arguments)
}

#[test]
fn a_link_is_fetched_and_read() {
    let page = "<html><body><main><h1>Customer Experience Manager</h1><p>Lanternfish Software</p><h2>What you bring</h2><ul><li>Zendesk, as an administrator</li><li>Fluent Danish</li></ul></main></body></html>";
    let address = server("200 OK", page);
    let done = tailor(&format!("http://{address}/job?token=secret")).expect_code(0);
    let result: serde_json::Value = serde_json::from_str(&done.stdout).expect("JSON");
    assert!(result.to_string().contains("Zendesk, as an administrator"));
    assert!(done.stderr.contains(&format!("http://{address}/job")) && !done.stderr.contains("secret"));
}

#[test]
fn what_goes_wrong_is_told_in_one_line_without_the_link() {
    let gone = server("404 Not Found", "");
    for (link, words) in [
        (format!("http://{gone}/job?token=secret"), "There is no such page"),
        ("http://jobs.example.com/1?token=secret".to_owned(), "https://"),
        ("https://10.0.0.1.nip.example.invalid:x/?token=secret".to_owned(), "not a web address"),
        ("https://me:secret@jobs.example.com/".to_owned(), "password"),
    ] {
        let done = tailor(&link).expect_code(3);
        assert_eq!(done.stdout, "");
        assert!(done.stderr.contains(words), "{}", done.stderr);
        assert!(done.stderr.contains("paste") && !done.stderr.contains("secret"), "{}", done.stderr);
    }
}

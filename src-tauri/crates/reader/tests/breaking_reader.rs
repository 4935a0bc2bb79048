//! A reader that breaks in the way that the file asks for, for the tests of the parent.

use std::process::ExitCode;

use reader::Request;

fn main() -> ExitCode {
    reader::serve_with(|request: &Request, bytes: Vec<u8>| {
        match bytes.as_slice() {
            b"panic" => panic!("Jane Example, 12 Orchard Lane"),
            b"abort" => std::process::abort(),
            b"overflow" => deeper(1),
            b"loop" => loop {
                std::hint::black_box(&bytes);
            },
            b"wait" => loop {
                std::thread::park();
            },
            b"memory" => eat(),
            b"exit" => std::process::exit(0),
            b"chatter" => chatter(),
            b"file" => write_a_file(),
            _ => {}
        }
        reader::answer(request, &bytes)
    })
    .unwrap_or(ExitCode::from(64))
}

/// Goes deeper until the stack is at its end.
#[expect(unconditional_recursion, reason = "it is what the test is about")]
fn deeper(depth: u64) {
    let page = [depth; 512];
    std::hint::black_box(&page);
    deeper(depth + 1);
    std::hint::black_box(&page);
}

/// Takes memory until there is no more, and uses it.
fn eat() {
    let mut all: Vec<Vec<u8>> = Vec::new();
    loop {
        all.push(vec![1; 16 * 1024 * 1024]);
        std::hint::black_box(&all);
    }
}

/// Says more than anybody listens to.
fn chatter() {
    use std::io::Write as _;

    let mut out = std::io::stdout().lock();
    let words = vec![b'x'; 1024 * 1024];
    for _ in 0..200 {
        if out.write_all(&words).is_err() {
            break;
        }
    }
    let _ = out.flush();
    std::process::exit(0);
}

/// Tries to leave something behind; the system ends a process that does so here.
fn write_a_file() {
    let place = std::env::temp_dir().join(format!("breaking-reader-{}", std::process::id()));
    let written = std::fs::write(&place, "Jane Example").is_ok();
    let _ = std::fs::remove_file(&place);
    if !written {
        std::process::exit(0);
    }
}

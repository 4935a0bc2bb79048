//! The child: reads one request, answers it, ends.

use std::io::{self, BufRead, Read, Write};
use std::process::ExitCode;

use crate::limits;
use crate::wire::{Answered, GREETING, Request, answer};

/// The argument that makes a program a reader. It is not for people.
pub(crate) const ARGUMENT: &str = "--read-for-parent";

/// Answers the parent where this process was started to read a file; `None` in a process that somebody else
/// started. To be called first thing in `main`.
pub fn serve() -> Option<ExitCode> {
    serve_with(|request, bytes| answer(request, &bytes))
}

/// The same with a reader of the caller's own, which gives the answer and the bytes of its picture.
pub fn serve_with(read: impl FnOnce(&Request, Vec<u8>) -> Answered) -> Option<ExitCode> {
    let mut arguments = std::env::args_os().skip(1);
    if arguments.next()? != ARGUMENT {
        return None;
    }
    limits::apply();
    // The message of a panic may quote a line of the resume.
    std::panic::set_hook(Box::new(|_| {}));
    Some(match talk(read) {
        Ok(()) => ExitCode::SUCCESS,
        // Nobody listens any more, or the request makes no sense.
        Err(_) => ExitCode::FAILURE,
    })
}

fn talk(read: impl FnOnce(&Request, Vec<u8>) -> Answered) -> io::Result<()> {
    let mut out = io::stdout().lock();
    writeln!(out, "{GREETING}")?;
    out.flush()?;
    let mut from = io::stdin().lock();
    let mut line = Vec::new();
    from.read_until(b'\n', &mut line)?;
    let request: Request = serde_json::from_slice(&line)?;
    let mut bytes = Vec::new();
    from.take(formats::MAX_FILE_BYTES + 1).read_to_end(&mut bytes)?;
    let (answer, picture) = match read(&request, bytes) {
        Ok((answer, picture)) => (Ok(answer), picture),
        Err(error) => (Err(error), Vec::new()),
    };
    serde_json::to_writer(&mut out, &answer)?;
    out.write_all(b"\n")?;
    out.write_all(&picture)?;
    out.flush()
}

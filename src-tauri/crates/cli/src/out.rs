//! Standard output, which may be closed at any moment: `tailorbird read resume.pdf | head -3`.

use std::io::{self, Write};

use crate::failure::Failure;

/// Prints a text and a line end at once. A reader that has gone has seen enough: that is no failure.
pub(crate) fn print(text: &str) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.write_all(b"\n")).and_then(|()| out.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(Failure::run(
            format!("The output could not be printed ({error})"),
            "Free some space, or print elsewhere.",
        )),
        _ => Ok(()),
    }
}

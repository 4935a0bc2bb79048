//! PDF: glyphs with their places, put together to lines in the order of the content stream.
//!
//! The parser runs on a thread of its own with a large stack and a time limit, after the streams were
//! unpacked once with a limit on what comes out.

mod glyphs;
mod guard;
mod layout;
mod lines;

use std::sync::mpsc;
use std::time::Duration;

use hayro_syntax::{DecryptionError, LoadPdfError, Pdf};

use super::Lines;
use crate::{Format, ReadError};

/// Deeply nested objects are read by recursion.
const STACK_BYTES: usize = 64 * 1024 * 1024;

/// How long a PDF may take.
const TIME_LIMIT: Duration = Duration::from_secs(8);

/// A resume has a few pages; a book is not read to its end.
const MAX_PAGES: usize = 40;

fn damaged(what: &str) -> ReadError {
    ReadError::Damaged { format: Format::Pdf, what: what.to_owned() }
}

/// Reads the text of a PDF into lines.
pub(crate) fn read(bytes: &[u8]) -> Result<Lines, ReadError> {
    guard::check(bytes)?;
    let owned = bytes.to_vec();
    let (send, receive) = mpsc::sync_channel(1);
    std::thread::Builder::new()
        .name("pdf".to_owned())
        .stack_size(STACK_BYTES)
        .spawn(move || {
            // Nobody may be waiting any more; then the result is not needed.
            let _ = send.send(read_here(owned));
        })
        .map_err(|_| damaged("there was not enough memory to read it"))?;
    match receive.recv_timeout(TIME_LIMIT) {
        Ok(result) => result,
        Err(mpsc::RecvTimeoutError::Timeout) => {
            Err(ReadError::TooSlow { format: Format::Pdf, seconds: TIME_LIMIT.as_secs() })
        }
        Err(mpsc::RecvTimeoutError::Disconnected) => Err(damaged("its structure makes no sense")),
    }
}

fn read_here(bytes: Vec<u8>) -> Result<Lines, ReadError> {
    let cut_off = !guard::has_end(&bytes);
    let encrypted = guard::is_encrypted(&bytes);
    let pdf = Pdf::new(bytes).map_err(|error| match error {
        LoadPdfError::Decryption(DecryptionError::PasswordProtected) => {
            ReadError::PasswordProtected { format: Format::Pdf }
        }
        LoadPdfError::Decryption(_) => damaged("its encryption is of an unknown kind"),
        LoadPdfError::Invalid => damaged("its list of pages is missing or wrong"),
    })?;
    if encrypted {
        // Only now can the streams be unpacked for counting.
        guard::check_decrypted(&pdf)?;
    }
    let mut warnings = Vec::new();
    let count = pdf.pages().len();
    if count == 0 {
        return Err(damaged("it has no pages"));
    }
    if count > MAX_PAGES {
        warnings.push(format!("The PDF has {count} pages; the first {MAX_PAGES} were read."));
    }
    let drawn = glyphs::collect(&pdf, MAX_PAGES);
    if drawn.glyphs.iter().all(|glyph| glyph.text.trim().is_empty()) && drawn.unmapped == 0 {
        return Err(match (drawn.pictures > 0, cut_off) {
            (true, _) => ReadError::Scanned,
            (false, true) => damaged("it ends in the middle"),
            (false, false) => ReadError::NoText { format: Format::Pdf },
        });
    }
    if drawn.is_nonsense() {
        return Err(ReadError::UnreadableFonts);
    }
    if cut_off {
        warnings.push("The PDF is cut off at its end, so that text may be missing.".to_owned());
    }
    if drawn.unmapped > 3 {
        warnings
            .push("Some signs of the PDF could not be read, because its fonts do not name them.".to_owned());
    }
    let lines = layout::order(lines::assemble(&drawn));
    Ok(Lines { lines, warnings })
}

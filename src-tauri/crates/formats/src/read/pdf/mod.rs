//! PDF: glyphs with their places, put together to lines in the order of the content stream.
//!
//! The parser runs on a thread of its own with a large stack and a time limit, after the streams were
//! unpacked once with a limit on what comes out.

mod cells;
mod glyphs;
mod guard;
mod layout;
mod lines;
mod links;
mod rtl;
mod spoken;

use std::sync::mpsc;
use std::time::Duration;

use hayro_syntax::{DecryptionError, LoadPdfError, Pdf};

use super::Lines;
use crate::{Format, ReadError, ReadOptions};

/// Deeply nested objects are read by recursion.
const STACK_BYTES: usize = 64 * 1024 * 1024;

/// How long a PDF may take.
const TIME_LIMIT: Duration = Duration::from_secs(crate::MAX_SECONDS);

/// A resume has a few pages; a book is not read to its end.
const MAX_PAGES: usize = crate::MAX_PAGES;

fn damaged(what: &str) -> ReadError {
    ReadError::Damaged { format: Format::Pdf, what: what.to_owned() }
}

/// Reads the text of a PDF into lines.
pub(crate) fn read(bytes: &[u8], options: &ReadOptions) -> Result<Lines, ReadError> {
    guarded(bytes, options, |bytes, options| read_here(bytes, &options))
}

/// Does work on a PDF where it can neither overflow the stack nor go on for ever, after a look at its streams.
pub(crate) fn guarded<T: Send + 'static>(
    bytes: &[u8],
    options: &ReadOptions,
    work: impl FnOnce(Vec<u8>, ReadOptions) -> Result<T, ReadError> + Send + 'static,
) -> Result<T, ReadError> {
    guard::check(bytes)?;
    let owned = bytes.to_vec();
    let options = options.clone();
    let (send, receive) = mpsc::sync_channel(1);
    std::thread::Builder::new()
        .name("pdf".to_owned())
        .stack_size(STACK_BYTES)
        .spawn(move || {
            // Nobody may be waiting any more; then the result is not needed.
            let _ = send.send(work(owned, options));
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

/// Opens a PDF, with the password where one was given.
pub(crate) fn open(bytes: Vec<u8>, options: &ReadOptions) -> Result<Pdf, ReadError> {
    let encrypted = guard::is_encrypted(&bytes);
    let password = options.password.as_ref().map_or("", |password| password.reveal());
    let pdf = Pdf::new_with_password(bytes, password).map_err(|error| match error {
        LoadPdfError::Decryption(DecryptionError::PasswordProtected) if password.is_empty() => {
            ReadError::PasswordNeeded { format: Format::Pdf }
        }
        LoadPdfError::Decryption(DecryptionError::PasswordProtected) => {
            ReadError::WrongPassword { format: Format::Pdf }
        }
        LoadPdfError::Decryption(_) => damaged("its encryption is of an unknown kind"),
        LoadPdfError::Invalid => damaged("its list of pages is missing or wrong"),
    })?;
    if encrypted {
        // Only now can the streams be unpacked for counting.
        guard::check_decrypted(&pdf)?;
    }
    if pdf.pages().is_empty() {
        return Err(damaged("it has no pages"));
    }
    Ok(pdf)
}

/// Whether the program that wrote the file breaks words at the ends of lines; `None` where nobody knows.
fn hyphenates(pdf: &Pdf) -> Option<bool> {
    let metadata = pdf.metadata();
    let names = [metadata.producer.as_ref(), metadata.creator.as_ref()];
    let names: String = names
        .into_iter()
        .flatten()
        .map(|name| String::from_utf8_lossy(name).to_lowercase().replace('\0', ""))
        .collect();
    if ["tex", "typst", "indesign", "prince", "groff"].iter().any(|name| names.contains(name)) {
        return Some(true);
    }
    let plain = ["skia", "chrom", "word", "google", "reportlab", "wkhtml", "quartz"];
    plain.iter().any(|name| names.contains(name)).then_some(false)
}

fn read_here(bytes: Vec<u8>, options: &ReadOptions) -> Result<Lines, ReadError> {
    let cut_off = !guard::has_end(&bytes);
    let pdf = open(bytes, options)?;
    let mut warnings = Vec::new();
    let count = pdf.pages().len();
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
    let mut pieces = lines::assemble(&drawn);
    lines::keep_hyphens(&mut pieces, hyphenates(&pdf));
    links::attach(&pdf, MAX_PAGES, &mut pieces);
    let lines = layout::order(pieces);
    Ok(Lines { lines, warnings })
}

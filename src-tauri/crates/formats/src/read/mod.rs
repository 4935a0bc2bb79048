//! Reading resumes: one reader a format.

pub(crate) mod decode;
pub(crate) mod docx;
pub(crate) mod html;
pub(crate) mod json_resume;
pub(crate) mod markdown;
pub(crate) mod odt;
pub(crate) mod package;
pub(crate) mod pdf;
pub(crate) mod rtf;
pub(crate) mod text;

use resume::{Confidence, Doubt, Link, Outline, Resume};
use serde::{Deserialize, Serialize};

use crate::format::{disagreement, looks_like_markdown, sniff};
use crate::line::Line;
use crate::understand::{Understood, understand, wrap};
use crate::{Format, ReadError, ReadOptions};

/// The largest file that is read, in bytes: 50 MB.
pub const MAX_FILE_BYTES: u64 = 50 * 1024 * 1024;

/// The most that a file may unpack to, in bytes: 64 MB.
pub const MAX_UNPACKED_BYTES: u64 = 64 * 1024 * 1024;

/// How long reading a file may take, in seconds.
pub const MAX_SECONDS: u64 = 10;

/// How many pages of a PDF are read: a resume has a few, and a book is not read to its end.
pub const MAX_PAGES: usize = 60;

/// The most lines that a resume may have, before and after they are joined to blocks. Long academic ones have
/// about a thousand; what follows takes longer than anybody waits.
const MAX_LINES: usize = 5_000;

/// A resume as read, and what kind of file it came from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Reading {
    /// The resume.
    pub resume: Resume,
    /// What the file turned out to be.
    pub format: Format,
    /// What the blocks say together: sections, entries with title, organisation and dates.
    pub outline: Outline,
    /// The addresses behind linked texts, in reading order.
    pub links: Vec<Link>,
    /// How sure the reading is.
    pub confidence: Confidence,
    /// What the user is asked to look at, in reading order.
    pub doubts: Vec<Doubt>,
}

/// Lines of a document and what the reader was not sure of.
pub(crate) struct Lines {
    pub(crate) lines: Vec<Line>,
    pub(crate) warnings: Vec<String>,
}

/// Reads a resume by its content; the name of the file only tells text from Markdown.
///
/// # Errors
///
/// [`ReadError`] where the file is empty, too large, too long, protected, without text, damaged, or of a kind that is
/// not read. Nothing in the bytes makes it panic, hang or take much more memory than the limits.
pub fn read_resume(bytes: &[u8], file_name: Option<&str>) -> Result<Reading, ReadError> {
    read_resume_with(bytes, file_name, &ReadOptions::default())
}

/// The same with what the user says about the file: the password of an encrypted PDF.
///
/// # Errors
///
/// As [`read_resume`], and [`ReadError::WrongPassword`].
pub fn read_resume_with(
    bytes: &[u8],
    file_name: Option<&str>,
    options: &ReadOptions,
) -> Result<Reading, ReadError> {
    let (format, mut lines) = read_lines_with(bytes, file_name, options)?;
    lines.warnings.extend(disagreement(format, file_name));
    finish(format, lines)
}

/// Reads a resume that was pasted, as text or Markdown.
///
/// # Errors
///
/// [`ReadError::Empty`], [`ReadError::TooLarge`] and [`ReadError::TooManyLines`].
pub fn read_resume_text(text: &str) -> Result<Reading, ReadError> {
    check_size(text.as_bytes())?;
    if looks_like_markdown(text) {
        return finish(Format::Markdown, markdown::read(text));
    }
    finish(Format::Text, text::read(text))
}

/// What the bytes are, and their lines.
pub(crate) fn read_lines(bytes: &[u8], file_name: Option<&str>) -> Result<(Format, Lines), ReadError> {
    read_lines_with(bytes, file_name, &ReadOptions::default())
}

fn read_lines_with(
    bytes: &[u8],
    file_name: Option<&str>,
    options: &ReadOptions,
) -> Result<(Format, Lines), ReadError> {
    check_size(bytes)?;
    let format = sniff(bytes, file_name)?;
    let lines = match format {
        Format::Pdf => pdf::read(bytes, options)?,
        Format::Docx => docx::read(bytes)?,
        Format::Odt => odt::read(bytes)?,
        Format::Rtf => rtf::read(bytes)?,
        Format::Markdown => markdown::read(&decode::decode(bytes)?),
        Format::Html => html::read(bytes)?,
        Format::JsonResume => json_resume::read(&decode::decode(bytes)?)?,
        Format::Text => text::read(&decode::decode(bytes)?),
    };
    Ok((format, lines))
}

/// Refuses what is empty or too large before anything looks at it.
pub(crate) fn check_size(bytes: &[u8]) -> Result<(), ReadError> {
    const MEGABYTE: u64 = 1024 * 1024;
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(ReadError::Empty);
    }
    let size = bytes.len() as u64;
    if size > MAX_FILE_BYTES {
        return Err(ReadError::TooLarge {
            megabytes: size.div_ceil(MEGABYTE),
            limit: MAX_FILE_BYTES / MEGABYTE,
        });
    }
    Ok(())
}

/// Refuses what is far too long for a resume before anything compares its lines with each other.
fn check_length(lines: usize) -> Result<(), ReadError> {
    if lines > MAX_LINES { Err(ReadError::TooManyLines { lines }) } else { Ok(()) }
}

fn finish(format: Format, lines: Lines) -> Result<Reading, ReadError> {
    check_length(lines.lines.len())?;
    let Understood { resume, outline, links, confidence, doubts } =
        understand(wrap::join(lines.lines), lines.warnings);
    if resume.blocks.is_empty() {
        return Err(ReadError::NoText { format });
    }
    // A line of contact data falls apart at its gaps.
    check_length(resume.blocks.len())?;
    tracing::debug!(%format, blocks = resume.blocks.len(), "resume read");
    Ok(Reading { resume, format, outline, links, confidence, doubts })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_far_too_long_for_a_resume_is_refused() {
        let text = |lines: usize| "Kept the books of the mill\n\n".repeat(lines);
        let read = |lines| read_resume(text(lines).as_bytes(), None).map(|reading| reading.format);
        assert_eq!(read(MAX_LINES + 1), Err(ReadError::TooManyLines { lines: MAX_LINES + 1 }));
        assert_eq!(read(400), Ok(Format::Text));
    }

    #[test]
    fn one_line_that_falls_apart_into_thousands_is_refused() {
        let text = format!("ada@example.com{}", "   mill".repeat(MAX_LINES));
        assert!(matches!(read_resume(text.as_bytes(), None), Err(ReadError::TooManyLines { .. })));
    }
}

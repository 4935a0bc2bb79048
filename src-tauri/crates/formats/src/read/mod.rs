//! Reading resumes: one reader a format.

pub(crate) mod decode;
pub(crate) mod docx;
pub(crate) mod html;
pub(crate) mod markdown;
pub(crate) mod pdf;
pub(crate) mod text;

use resume::Resume;

use crate::format::{disagreement, looks_like_markdown, sniff};
use crate::line::Line;
use crate::understand::{understand, wrap};
use crate::{Format, ReadError};

/// The largest file that is read, in bytes: 20 MB.
pub const MAX_FILE_BYTES: u64 = 20 * 1024 * 1024;

/// The most that a file may unpack to, in bytes: 64 MB.
pub const MAX_UNPACKED_BYTES: u64 = 64 * 1024 * 1024;

/// The most lines that a resume may have, before and after they are joined to blocks. Long academic ones have
/// about a thousand; what follows takes longer than anybody waits.
const MAX_LINES: usize = 5_000;

/// A resume as read, and what kind of file it came from.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    /// The resume.
    pub resume: Resume,
    /// What the file turned out to be.
    pub format: Format,
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
    let (format, mut lines) = read_lines(bytes, file_name)?;
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
    check_size(bytes)?;
    let format = sniff(bytes, file_name)?;
    let lines = match format {
        Format::Pdf => pdf::read(bytes)?,
        Format::Docx => docx::read(bytes)?,
        Format::Markdown => markdown::read(&decode::decode(bytes)?),
        Format::Html => html::read(&decode::decode(bytes)?)?,
        Format::Text => {
            let text = decode::decode(bytes)?;
            if text.trim_start().starts_with('{') && text.contains('"') {
                return Err(ReadError::NotReadYet { what: "a JSON file" });
            }
            text::read(&text)
        }
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
    let resume = understand(wrap::join(lines.lines), lines.warnings);
    if resume.blocks.is_empty() {
        return Err(ReadError::NoText { format });
    }
    // A line of contact data falls apart at its gaps.
    check_length(resume.blocks.len())?;
    tracing::debug!(%format, blocks = resume.blocks.len(), "resume read");
    Ok(Reading { resume, format })
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

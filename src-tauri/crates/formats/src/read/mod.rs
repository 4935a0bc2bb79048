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
/// [`ReadError`] where the file is empty, too large, protected, without text, damaged, or of a kind that is
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
/// [`ReadError::Empty`] and [`ReadError::TooLarge`].
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

fn finish(format: Format, lines: Lines) -> Result<Reading, ReadError> {
    let resume = understand(wrap::join(lines.lines), lines.warnings);
    if resume.blocks.is_empty() {
        return Err(ReadError::NoText { format });
    }
    tracing::debug!(%format, blocks = resume.blocks.len(), "resume read");
    Ok(Reading { resume, format })
}

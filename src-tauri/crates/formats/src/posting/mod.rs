//! Job postings out of text, Markdown, web pages, and whatever the resume readers read.
//!
//! A posting is data from a stranger. Only what a person would see on the page gets into its text: no
//! comments, no hidden elements. What it says is kept as it is; judging it is not done here.

mod facts;
mod json_ld;
pub(crate) mod markup;
pub(crate) mod page;
mod render;
mod unseen;

use resume::Posting;

use crate::format::{disagreement, looks_like_markdown};
use crate::line::Line;
use crate::read::{Lines, check_size, decode, markdown, read_lines, text};
use crate::understand::{language, wrap};
use crate::{Format, ReadError};

/// A text shorter than this is hardly a posting, in signs.
const SHORT: usize = 200;

/// Reads a job posting from a file, by its content.
///
/// # Errors
///
/// As [`crate::read_resume`], and [`ReadError::NoPosting`] for a page without visible text.
pub fn read_posting(bytes: &[u8], file_name: Option<&str>) -> Result<Posting, ReadError> {
    check_size(bytes)?;
    let format = crate::format::sniff(bytes, file_name)?;
    let mut posting = if format == Format::Html {
        from_page(&decode::decode(bytes)?)?
    } else {
        from_lines(read_lines(bytes, file_name)?.1)?
    };
    posting.warnings.extend(disagreement(format, file_name));
    Ok(posting)
}

/// Reads a job posting that was pasted: text, Markdown, or the source of a web page.
///
/// # Errors
///
/// [`ReadError::Empty`], [`ReadError::TooLarge`], [`ReadError::NoPosting`].
pub fn read_posting_text(pasted: &str) -> Result<Posting, ReadError> {
    check_size(pasted.as_bytes())?;
    let start = pasted.trim_start().to_ascii_lowercase();
    if start.starts_with("<!doctype")
        || start.starts_with("<html")
        || start.starts_with('<') && start.contains("</")
    {
        return from_page(pasted);
    }
    if looks_like_markdown(pasted) || pasted.contains("<!--") {
        return from_lines(markdown::read(pasted));
    }
    from_lines(text::read(pasted))
}

fn from_lines(read: Lines) -> Result<Posting, ReadError> {
    let lines = wrap::join(read.lines);
    let found = facts::find(&lines);
    finish(&lines, found, read.warnings)
}

fn from_page(html: &str) -> Result<Posting, ReadError> {
    let page = page::lines(html, page::Keep::Main);
    let seen = facts::find(&page.lines);
    let Some(told) = json_ld::find(html) else {
        let mut found = seen;
        if found.title.is_none() {
            found.title = page.title;
        }
        return finish(&page.lines, found, Vec::new());
    };
    let described = page::lines(&told.description, page::Keep::All).lines;
    let found = facts::Facts {
        title: told.title.or(seen.title).or(page.title),
        employer: told.employer.or(seen.employer),
        location: told.location.or(seen.location),
    };
    let enough = described.iter().map(|line| line.text.chars().count()).sum::<usize>() >= SHORT;
    finish(if enough { &described } else { &page.lines }, found, Vec::new())
}

fn finish(lines: &[Line], found: facts::Facts, mut warnings: Vec<String>) -> Result<Posting, ReadError> {
    let text = render::markdown(lines);
    if text.trim().is_empty() {
        return Err(ReadError::NoPosting);
    }
    if text.chars().count() < SHORT {
        warnings.push("The posting is very short. If words are missing, paste its text.".to_owned());
    }
    Ok(Posting {
        title: found.title,
        employer: found.employer,
        location: found.location,
        language: language(&text),
        text,
        warnings,
    })
}

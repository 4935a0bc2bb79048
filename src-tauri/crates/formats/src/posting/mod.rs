//! Job postings out of text, Markdown, web pages, and whatever the resume readers read.
//!
//! A posting is data from a stranger. Only what a person would see on the page gets into its text: no
//! comments, no hidden elements. What it says is kept as it is; judging it is not done here.

mod facts;
mod instructions;
mod json_ld;
pub(crate) mod markup;
pub(crate) mod page;
mod render;
mod unseen;

use resume::{Posting, PostingPart};

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
        let lines = read_lines(bytes, file_name)?.1;
        let raw = match format {
            Format::Text | Format::Markdown => decode::decode(bytes)?,
            _ => String::new(),
        };
        from_lines(lines, &raw, format == Format::Markdown)?
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
        return from_lines(markdown::read(pasted), pasted, true);
    }
    from_lines(text::read(pasted), pasted, false)
}

/// `raw` is the text as it came, with what the reader left out.
fn from_lines(read: Lines, raw: &str, markdown: bool) -> Result<Posting, ReadError> {
    let lines = wrap::join(read.lines);
    // In Markdown, title, employer and place often stand on lines that belong to one paragraph.
    let head = if markdown { facts::head(raw) } else { Vec::new() };
    let found = facts::find(if head.is_empty() { &lines } else { &head }, &facts::Named::default(), None);
    let spoken = instructions::in_paragraphs(raw);
    finish(&lines, found, read.warnings, spoken)
}

fn from_page(html: &str) -> Result<Posting, ReadError> {
    let page = page::lines(html, page::Keep::Main);
    let seen = facts::find(&page.lines, &facts::named(html), page.title.as_deref());
    let spoken = instructions::in_page(html);
    let Some(told) = json_ld::find(html) else {
        let mut found = seen;
        if found.title.is_none() {
            found.title = page.title.as_deref().map(without_site);
        }
        return finish(&page.lines, found, Vec::new(), spoken);
    };
    let described = page::lines(&told.description, page::Keep::All).lines;
    let found = facts::Facts {
        title: told.title.or(seen.title).or(page.title.as_deref().map(without_site)),
        employer: told.employer.or(seen.employer),
        location: told.location.or(seen.location),
    };
    let enough = described.iter().map(|line| line.text.chars().count()).sum::<usize>() >= SHORT;
    finish(if enough { &described } else { &page.lines }, found, Vec::new(), spoken)
}

/// A page's title without the name of the site behind it.
fn without_site(title: &str) -> String {
    title.split(" | ").next().unwrap_or(title).trim().to_owned()
}

fn finish(
    lines: &[Line],
    found: facts::Facts,
    mut warnings: Vec<String>,
    spoken: bool,
) -> Result<Posting, ReadError> {
    let text = render::markdown(lines);
    if text.trim().is_empty() {
        return Err(ReadError::NoPosting);
    }
    if text.chars().count() < SHORT {
        warnings.push("The posting is very short. If words are missing, paste its text.".to_owned());
    }
    let told = resume::posting::understand(&text);
    if spoken || told.iter().any(|line| line.part == PostingPart::Instruction) {
        warnings.insert(0, instructions::warning());
    }
    Ok(Posting {
        title: found.title,
        employer: found.employer,
        location: found.location,
        language: language(&text),
        lines: told,
        text,
        warnings,
    })
}

//! Web pages that are resumes: to Markdown first, then as Markdown.

use super::{Lines, markdown};
use crate::ReadError;
use crate::posting::page;

/// Reads the visible text of a page.
pub(crate) fn read(html: &str) -> Result<Lines, ReadError> {
    let text = page::visible_markdown(html)?;
    let mut lines = markdown::read(&text);
    lines.warnings.push("This is a web page; its columns and headings may not have been told apart.".to_owned());
    Ok(lines)
}

//! Web pages that are resumes: their visible lines.

use super::Lines;
use crate::ReadError;
use crate::posting::page;

/// Reads the visible text of a page.
pub(crate) fn read(html: &str) -> Result<Lines, ReadError> {
    let lines = page::lines(html, page::Keep::All).lines;
    if lines.is_empty() {
        return Err(ReadError::NoText { format: crate::Format::Html });
    }
    let warnings =
        vec!["This is a web page; its columns and headings may not have been told apart.".to_owned()];
    Ok(Lines { lines, warnings })
}

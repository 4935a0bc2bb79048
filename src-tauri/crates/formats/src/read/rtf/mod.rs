//! Rich Text Format: a tokenizer of our own and one pass over its groups.
//!
//! Pictures, embedded objects, comments, hidden and deleted text are left out; headers, footers, footnotes, text
//! boxes and the shown results of fields are in.

mod groups;
mod sink;
mod tables;
mod tokens;

#[cfg(test)]
mod tests;

use super::{Lines, docx};
use crate::line::Line;
use crate::rich::{self, Part};
use crate::{Format, ReadError};

/// Reads a document into lines.
pub(crate) fn read(bytes: &[u8]) -> Result<Lines, ReadError> {
    let document = groups::document(bytes);
    let body = rich::paragraphs(&document.text);
    let mut edges: Vec<Line> = Vec::new();
    for line in rich::lines(&document.headers) {
        docx::keep_edge_line(&mut edges, &body, line);
    }
    let headers = edges.len();
    for line in rich::lines(&document.footers) {
        docx::keep_edge_line(&mut edges, &body, line);
    }
    let footers = edges.split_off(headers);
    let mut lines = edges;
    lines.extend(rich::lines(&document.text));
    lines.extend(footers);
    if lines.is_empty() {
        return Err(if document.cut_off {
            ReadError::Damaged { format: Format::Rtf, what: "it ends in the middle".to_owned() }
        } else {
            ReadError::NoText { format: Format::Rtf }
        });
    }
    let mut warnings = Vec::new();
    if document.cut_off {
        warnings.push("The RTF file is cut off at its end, so that text may be missing.".to_owned());
    }
    Ok(Lines { lines, warnings })
}

/// The parts in the order of a page.
pub(crate) fn parts(bytes: &[u8]) -> Vec<Part> {
    let document = groups::document(bytes);
    vec![document.headers, document.text, document.footers]
}

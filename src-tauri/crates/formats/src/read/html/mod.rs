//! Web pages that are resumes, also saved ones: what a person sees of them, in the order of the page.
//!
//! Tags become a small tree, the page's own style sheets say how they look, and the walk over both gives paragraphs.
//! Nothing is loaded and nothing is run. What nobody sees (hidden, off the page, in the colour of its ground,
//! left out of print) is left out.

mod css;
mod elements;
mod layout;
mod mhtml;
mod selectors;
mod style;
mod tree;
mod values;

#[cfg(test)]
mod tests;

use super::{Lines, decode};
use crate::rich::{self, Part};
use crate::{Format, ReadError};

/// Name of the only part, in [`resume::Origin::Paragraphs`].
const PART: &str = "page";

/// Reads the visible text of a page into lines.
pub(crate) fn read(bytes: &[u8]) -> Result<Lines, ReadError> {
    let (part, cut_off) = part(bytes)?;
    let lines = rich::lines(&part);
    if lines.is_empty() {
        return Err(ReadError::NoText { format: Format::Html });
    }
    let mut warnings = Vec::new();
    if cut_off {
        warnings.push("The page has far more elements than a resume; its end was not read.".to_owned());
    }
    Ok(Lines { lines, warnings })
}

/// The paragraphs of a page, and whether it was too long to be read to its end.
pub(crate) fn part(bytes: &[u8]) -> Result<(Part, bool), ReadError> {
    let html = match mhtml::page(bytes) {
        Some(page) => decode::decode(&page)?,
        None => decode::decode(bytes)?,
    };
    let tree = tree::Tree::of(&html);
    let sheet = css::Sheet::of(&html);
    Ok((Part { name: PART.to_owned(), pieces: layout::pieces(&tree, &sheet) }, tree.cut_off))
}

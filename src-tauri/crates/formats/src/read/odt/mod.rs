//! `OpenDocument` text: `content.xml` with its styles, packed (`.odt`) or in one piece (`.fodt`).
//!
//! Tracked deletions, comments, hidden text and descriptions of pictures are left out; headers, footers and text
//! frames are in. Paragraphs are counted as they stand in their part, every `text:p` and `text:h`.

mod body;
mod styles;

use super::package::Package;
use super::{Lines, decode, docx};
use crate::line::Line;
use crate::rich::{self, Part};
use crate::{Format, ReadError};

use body::Where;
use styles::Styles;

const CONTENT: &str = "content.xml";
const STYLES: &str = "styles.xml";

/// The parts of a document: headers, text, footers.
pub(crate) struct Document {
    headers: Part,
    text: Part,
    footers: Part,
}

/// Reads a document into lines.
pub(crate) fn read(bytes: &[u8]) -> Result<Lines, ReadError> {
    let document = document(bytes)?;
    let body = rich::paragraphs(&document.text);
    let mut lines = Vec::new();
    let mut edges: Vec<Line> = Vec::new();
    for line in rich::lines(&document.headers) {
        docx::keep_edge_line(&mut edges, &body, line);
    }
    let headers = edges.len();
    for line in rich::lines(&document.footers) {
        docx::keep_edge_line(&mut edges, &body, line);
    }
    let footers = edges.split_off(headers);
    lines.extend(edges);
    lines.extend(rich::lines(&document.text));
    lines.extend(footers);
    if lines.is_empty() {
        return Err(ReadError::NoText { format: Format::Odt });
    }
    Ok(Lines { lines, warnings: Vec::new() })
}

/// The parts in the order of a page.
pub(crate) fn parts(bytes: &[u8]) -> Result<Vec<Part>, ReadError> {
    let Document { headers, text, footers } = document(bytes)?;
    Ok(vec![headers, text, footers])
}

fn document(bytes: &[u8]) -> Result<Document, ReadError> {
    if !bytes.starts_with(b"PK") {
        let xml = decode::decode(bytes)?;
        let styles = Styles::read(&xml)?;
        return Ok(Document {
            headers: body::part(&xml, CONTENT, Where::Headers, &styles)?,
            text: body::part(&xml, CONTENT, Where::Text, &styles)?,
            footers: body::part(&xml, CONTENT, Where::Footers, &styles)?,
        });
    }
    let mut package = Package::open(bytes, Format::Odt)?;
    let manifest = package.part("META-INF/manifest.xml")?.unwrap_or_default();
    if manifest.contains("encryption-data") {
        return Err(ReadError::PasswordProtected { format: Format::Odt });
    }
    let common = package.part(STYLES)?.unwrap_or_default();
    let content =
        package.part(CONTENT)?.ok_or_else(|| package.damaged("the part with the text is missing"))?;
    let of_pages = Styles::read(&common)?;
    // Automatic styles of the two parts share names and not looks.
    let of_text = of_pages.without_automatic().and(Styles::read(&content)?);
    Ok(Document {
        headers: body::part(&common, STYLES, Where::Headers, &of_pages)?,
        text: body::part(&content, CONTENT, Where::Text, &of_text)?,
        footers: body::part(&common, STYLES, Where::Footers, &of_pages)?,
    })
}

fn bad_xml() -> ReadError {
    ReadError::Damaged { format: Format::Odt, what: "the XML in it does not hold together".to_owned() }
}

/// The sign that a reference stands for; entities of the file's own are refused.
fn sign(reference: &quick_xml::events::BytesRef<'_>) -> Result<char, ReadError> {
    if let Ok(Some(sign)) = reference.resolve_char_ref() {
        return Ok(sign);
    }
    match reference.as_ref() {
        "amp" => Ok('&'),
        "lt" => Ok('<'),
        "gt" => Ok('>'),
        "quot" => Ok('"'),
        "apos" => Ok('\''),
        _ => Err(ReadError::ForbiddenDeclaration { format: Format::Odt }),
    }
}

//! Which parts of a DOCX package hold text.

use crate::ReadError;
use crate::read::package::Package;

/// Name of the part with the text.
pub(crate) fn main_part(package: &Package<'_>) -> Result<String, ReadError> {
    const USUAL: &str = "word/document.xml";
    let names = package.names();
    if names.iter().any(|name| name == USUAL) {
        return Ok(USUAL.to_owned());
    }
    names
        .into_iter()
        .find(|name| name.starts_with("word/document") && name.to_ascii_lowercase().ends_with(".xml"))
        .ok_or_else(|| package.damaged("the part with the text is missing"))
}

/// Names of the headers and footers, headers first.
pub(crate) fn edge_parts(package: &Package<'_>) -> Vec<String> {
    let mut names: Vec<String> = package
        .names()
        .into_iter()
        .filter(|name| {
            let part = name.strip_suffix(".xml").unwrap_or_default();
            part.starts_with("word/header") || part.starts_with("word/footer")
        })
        .collect();
    names.sort_by_key(|name| (name.contains("footer"), name.clone()));
    names
}

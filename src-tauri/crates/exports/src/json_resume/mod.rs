//! JSON Resume, version 1 of its schema, out of blocks and what they mean together.
//!
//! The schema has fixed sections and dates as numbers. What it has no place for, and the headings that the person
//! chose, stand under `meta.tailorbird`, so that no line is lost.

mod basics;
mod sections;

use std::fmt::Write as _;

use resume::{BlockId, BlockKind, Link, Outline, Resume, SectionKind};
use serde_json::{Map, Value, json};

use crate::characters::clean;

/// Where the schema is.
const SCHEMA: &str = "https://raw.githubusercontent.com/jsonresume/resume-schema/v1.0.0/schema.json";

/// A resume as JSON Resume, with what its blocks alone tell.
pub fn json_resume(resume: &Resume) -> Value {
    json_resume_of(resume, &resume::outline(resume), &[])
}

/// A resume as JSON Resume, with what its reader told of its sections, and the addresses behind its links.
pub fn json_resume_of(resume: &Resume, outline: &Outline, links: &[Link]) -> Value {
    let page = Page { resume, links };
    let mut root = Map::new();
    root.insert("$schema".to_owned(), json!(SCHEMA));
    // It stands in front of the sections, and a summary may still come.
    root.insert("basics".to_owned(), Value::Null);
    let mut basics = basics::write(&page, outline);
    let mut headings = Map::new();
    let mut others: Vec<Value> = Vec::new();
    for section in &outline.sections {
        let rest = if section.kind == SectionKind::Summary || section.heading.is_none() {
            let (texts, rest) = sections::summary(&page, section);
            if texts.is_empty() || basics.contains_key("summary") && section.heading.is_none() {
                texts.into_iter().chain(rest).collect()
            } else {
                let before = basics.get("summary").and_then(Value::as_str).unwrap_or_default();
                let all: Vec<&str> = std::iter::once(before)
                    .filter(|text| !text.is_empty())
                    .chain(texts.iter().map(String::as_str))
                    .collect();
                let all = all.join("\n");
                basics.insert("summary".to_owned(), Value::String(all));
                note(&mut headings, "summary", section.heading.as_deref());
                rest
            }
        } else if let Some(key) = sections::key(section.kind) {
            let (items, rest) = sections::items(&page, section);
            if !items.is_empty() {
                note(&mut headings, key, section.heading.as_deref());
                if let Some(list) =
                    root.entry(key.to_owned()).or_insert_with(|| Value::Array(Vec::new())).as_array_mut()
                {
                    list.extend(items);
                }
            }
            rest
        } else {
            sections::lines(&page, section)
        };
        if !rest.is_empty() {
            others.push(json!({ "heading": section.heading, "lines": rest }));
        }
    }
    others.extend(unheld(&page, outline));
    root.insert("basics".to_owned(), Value::Object(basics));
    let mut own = Map::new();
    if !headings.is_empty() {
        own.insert("headings".to_owned(), Value::Object(headings));
    }
    if !others.is_empty() {
        own.insert("sections".to_owned(), Value::Array(others));
    }
    let mut meta = Map::from_iter([("version".to_owned(), json!("v1.0.0"))]);
    if !own.is_empty() {
        meta.insert("tailorbird".to_owned(), Value::Object(own));
    }
    root.insert("meta".to_owned(), Value::Object(meta));
    Value::Object(root)
}

/// The heading of a section as the person wrote it.
fn note(headings: &mut Map<String, Value>, key: &str, heading: Option<&str>) {
    if let Some(heading) = heading {
        headings.entry(key.to_owned()).or_insert_with(|| Value::String(clean(heading)));
    }
}

/// Lines that the outline names nowhere: footers, second names.
fn unheld(page: &Page<'_>, outline: &Outline) -> Option<Value> {
    let named = |id: &BlockId| {
        outline.sections.iter().any(|section| {
            section.block.as_ref() == Some(id)
                || section.blocks.contains(id)
                || section.groups.iter().any(|group| group.block == *id)
                || section.entries.iter().any(|entry| entry.heading.contains(id) || entry.blocks.contains(id))
        }) || outline.contacts.iter().any(|contact| contact.block == *id)
    };
    let lines: Vec<String> = page
        .resume
        .blocks
        .iter()
        .filter(|block| !matches!(block.kind, BlockKind::Name) && !named(&block.id))
        .map(|block| clean(&block.text))
        .filter(|text| !text.is_empty() && outline.headline.as_deref().map(clean).as_ref() != Some(text))
        .collect();
    (!lines.is_empty()).then(|| json!({ "heading": null, "lines": lines }))
}

/// The resume that is written.
struct Page<'r> {
    resume: &'r Resume,
    links: &'r [Link],
}

impl Page<'_> {
    /// The text of a block.
    fn text(&self, id: &BlockId) -> Option<String> {
        self.resume.block(id).map(|block| clean(&block.text)).filter(|text| !text.is_empty())
    }

    fn is_bullet(&self, id: &BlockId) -> bool {
        self.resume.block(id).is_some_and(|block| block.kind == BlockKind::Bullet)
    }

    /// The first web address in one of the blocks, or behind a text of theirs.
    fn address<'b>(&self, ids: impl IntoIterator<Item = &'b BlockId>) -> Option<String> {
        ids.into_iter().find_map(|id| {
            let behind = self.links.iter().find(|link| link.block == *id).map(|link| link.address.as_str());
            let text = self.resume.block(id)?.text.as_str();
            let written = text
                .split(|c: char| c.is_whitespace() || matches!(c, '(' | ')' | '|' | '<' | '>' | '·' | ','))
                .find(|word| is_web(word));
            behind
                .filter(|address| is_web(address))
                .or(written)
                .map(|address| uri(address.trim_end_matches(['.', ';'])))
        })
    }
}

fn is_web(text: &str) -> bool {
    text.starts_with("https://") || text.starts_with("http://")
}

/// An address that the schema takes for one: with its scheme, and only signs that may stand in one.
fn uri(address: &str) -> String {
    let mut out = String::with_capacity(address.len() + 8);
    if !address.contains("://") {
        out.push_str("https://");
    }
    for c in address.chars() {
        if c.is_ascii_alphanumeric() || "-._~:/?#[]@!$&'()*+,;=%".contains(c) {
            out.push(c);
        } else if !c.is_whitespace() {
            let mut bytes = [0; 4];
            for byte in c.encode_utf8(&mut bytes).bytes() {
                let _ = write!(out, "%{byte:02X}");
            }
        }
    }
    out
}

#[cfg(test)]
mod tests;

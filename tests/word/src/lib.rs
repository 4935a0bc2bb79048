//! Plays Word in tests: accepts or rejects all tracked changes of a document, and looks into its package.
//!
//! It knows insertions, deletions and paragraph marks that are part of either; a paragraph whose mark goes is joined
//! with the next one, whose properties both then have.

#![expect(clippy::missing_panics_doc, reason = "a test that meets what it did not expect has failed")]
#![expect(clippy::expect_used, reason = "a test that meets what it did not expect has failed")]

use std::collections::BTreeMap;
use std::io::{Cursor, Read as _, Write as _};

use quick_xml::Reader;
use quick_xml::events::Event;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

/// What is to become of the changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    /// All are made for good.
    Accept,
    /// All are taken back.
    Reject,
}

/// All parts of a package by name, unpacked.
pub fn parts(docx: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let mut archive = ZipArchive::new(Cursor::new(docx)).expect("a package");
    let mut parts = BTreeMap::new();
    for n in 0..archive.len() {
        let mut entry = archive.by_index(n).expect("a part");
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes).expect("a part that can be unpacked");
        let name = entry.name().expect("a name").into_owned();
        parts.insert(name, bytes);
    }
    parts
}

/// A package of those parts.
pub fn package(parts: &BTreeMap<String, Vec<u8>>) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        writer.start_file(name.as_str(), SimpleFileOptions::default()).expect("room for a part");
        writer.write_all(bytes).expect("room for a part");
    }
    writer.finish().expect("room for a package").into_inner()
}

/// The document with all changes that `author` made accepted or rejected, as XML.
pub fn decide(xml: &str, author: &str, decision: Decision) -> String {
    let mut reader = Reader::from_str(xml);
    let mut out = Output::default();
    let (goes, stays) = match decision {
        Decision::Accept => ("w:del", "w:ins"),
        Decision::Reject => ("w:ins", "w:del"),
    };
    let mut open: Vec<Open> = Vec::new();
    let mut dropped = 0_usize;
    loop {
        let from = place(&reader);
        let event = reader.read_event().expect("well-formed XML");
        let raw = &xml[from..place(&reader)];
        match &event {
            Event::Start(tag) => {
                let name = tag.name().as_ref().to_owned();
                let ours = raw.contains(&format!("w:author=\"{author}\""));
                let kind = if name == goes && ours {
                    dropped += 1;
                    Open::Dropped
                } else if name == stays && ours {
                    Open::Unwrapped
                } else if name == "w:p" {
                    Open::Paragraph
                } else if name == "w:pPr" && matches!(open.last(), Some(Open::Paragraph)) {
                    Open::Properties
                } else {
                    Open::Other
                };
                if dropped == 0 && kind != Open::Unwrapped {
                    out.start(kind, raw);
                }
                open.push(kind);
            }
            Event::End(_) => {
                let kind = open.pop().expect("as many ends as starts");
                if kind == Open::Dropped {
                    dropped -= 1;
                } else if dropped == 0 && kind != Open::Unwrapped {
                    out.end(kind, raw);
                }
            }
            Event::Empty(tag) => {
                let name = tag.name().as_ref().to_owned();
                let ours = raw.contains(&format!("w:author=\"{author}\""));
                if ours && (name == goes || name == stays) {
                    // The mark of the paragraph is part of the change.
                    if name == goes {
                        out.mark_goes();
                    }
                } else if dropped == 0 {
                    out.text(raw);
                }
            }
            Event::Eof => break,
            _ if dropped == 0 => out.text(raw),
            _ => {}
        }
    }
    out.finish().replace("w:delText", "w:t")
}

fn place(reader: &Reader<&[u8]>) -> usize {
    usize::try_from(reader.buffer_position()).expect("a document that fits into memory")
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Open {
    Paragraph,
    Properties,
    Dropped,
    Unwrapped,
    Other,
}

/// A paragraph in the making.
#[derive(Default)]
struct Paragraph {
    open: String,
    properties: String,
    content: String,
    in_properties: bool,
    mark_goes: bool,
}

#[derive(Default)]
struct Output {
    done: String,
    paragraphs: Vec<Paragraph>,
    /// What a paragraph whose mark went leaves to the next one.
    carried: String,
}

impl Output {
    fn start(&mut self, kind: Open, raw: &str) {
        match kind {
            Open::Paragraph => {
                self.paragraphs.push(Paragraph { open: raw.to_owned(), ..Paragraph::default() });
            }
            Open::Properties => {
                let paragraph = self.paragraphs.last_mut().expect("properties stand in a paragraph");
                paragraph.in_properties = true;
                paragraph.properties.push_str(raw);
            }
            _ => self.text(raw),
        }
    }

    fn end(&mut self, kind: Open, raw: &str) {
        match kind {
            Open::Paragraph => {
                let paragraph = self.paragraphs.pop().expect("a paragraph that began");
                if paragraph.mark_goes {
                    self.carried.push_str(&paragraph.content);
                    return;
                }
                let carried = std::mem::take(&mut self.carried);
                let Paragraph { open, properties, content, .. } = paragraph;
                self.text(&format!("{open}{properties}{carried}{content}{raw}"));
            }
            Open::Properties => {
                self.text(raw);
                self.paragraphs.last_mut().expect("properties stand in a paragraph").in_properties = false;
            }
            _ => self.text(raw),
        }
    }

    fn text(&mut self, raw: &str) {
        match self.paragraphs.last_mut() {
            Some(paragraph) if paragraph.in_properties => paragraph.properties.push_str(raw),
            Some(paragraph) => paragraph.content.push_str(raw),
            None => self.done.push_str(raw),
        }
    }

    fn mark_goes(&mut self) {
        let paragraph = self.paragraphs.last_mut().expect("a mark stands in a paragraph");
        assert!(paragraph.in_properties, "a mark stands in the properties");
        paragraph.mark_goes = true;
    }

    fn finish(self) -> String {
        assert!(self.carried.is_empty(), "the last paragraph's mark cannot go");
        self.done
    }
}

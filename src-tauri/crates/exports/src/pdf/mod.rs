//! A typeset PDF, by Typst as a library.
//!
//! The design is `resume.typ`; it gets the rows as JSON, so no text is ever part of a program. The PDF is tagged
//! and conforms to PDF/UA-1: title, language, headings, lists.
//!
//! Lines are ragged and words are not hyphenated: a hyphen at a line's end is a word that the next program may
//! not put together again.

mod fonts;
mod unbroken;
mod world;

use std::collections::BTreeSet;

use resume::Resume;
use serde::Serialize;
use typst::diag::SourceDiagnostic;
use typst::foundations::Smart;
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

use crate::WriteError;
use crate::characters::clean;
use crate::locale::{self, Paper};
use crate::rows::{Row, rows};
use fonts::Fonts;
use world::Page;

/// What the design needs to know.
#[derive(Serialize)]
struct Layout<'a> {
    title: &'a str,
    author: Option<&'a str>,
    language: &'a str,
    paper: &'a str,
    fonts: Vec<String>,
    rows: Vec<Row>,
}

pub(super) fn write(resume: &Resume) -> Result<Vec<u8>, WriteError> {
    let name = resume.name().map(clean).filter(|name| !name.is_empty());
    let mut rows = rows(resume);
    let fonts = Fonts::for_text(&characters(&rows), matches!(locale::language(resume), Some("ja" | "ko")))?;
    unbroken::give_way(&mut rows);
    let layout = Layout {
        title: name.as_deref().unwrap_or("Resume"),
        author: name.as_deref(),
        language: locale::language(resume).unwrap_or("en"),
        paper: match locale::paper(resume) {
            Paper::A4 => "a4",
            Paper::Letter => "us-letter",
        },
        fonts: fonts.families(),
        rows,
    };
    let json =
        serde_json::to_vec(&layout).map_err(|error| WriteError::Typesetting { reason: error.to_string() })?;
    let page = Page::new(fonts, json);
    let document = typst::compile::<PagedDocument>(&page).output.map_err(|errors| typesetting(&errors))?;
    let options = PdfOptions {
        creator: Smart::Custom(Some("Tailorbird".to_owned())),
        standards: PdfStandards::new(&[PdfStandard::Ua_1])
            .map_err(|error| WriteError::Typesetting { reason: error.message().to_string() })?,
        ..PdfOptions::default()
    };
    let bytes = typst_pdf::pdf(&document, &options).map_err(|errors| typesetting(&errors));
    // The cache of an app that runs all day must not grow with each preview.
    typst::comemo::evict(8);
    bytes
}

/// The characters that need a glyph.
fn characters(rows: &[Row]) -> BTreeSet<char> {
    let mut all = BTreeSet::new();
    for row in rows {
        let (spans, more) = match row {
            Row::Name { text } | Row::Heading { text } => (&[][..], Some(text)),
            Row::Headline { spans }
            | Row::Contact { spans }
            | Row::Bullet { spans }
            | Row::Paragraph { spans } => (&spans[..], None),
            Row::Entry { spans, right, .. } => (&spans[..], right.as_ref()),
            Row::Skills { label, spans } => (&spans[..], label.as_ref()),
        };
        all.extend(more.into_iter().flat_map(|text| text.chars()));
        all.extend(spans.iter().flat_map(|span| span.text.chars()));
    }
    all
}

/// Typst's messages speak of the design, not of the resume, but may quote it: only the first line is kept.
fn typesetting(errors: &[SourceDiagnostic]) -> WriteError {
    let reason = errors.first().map_or("no reason given", |error| error.message.as_str());
    WriteError::Typesetting { reason: reason.lines().next().unwrap_or_default().to_owned() }
}

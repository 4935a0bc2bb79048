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
use crate::design::{Design, Paper};
use crate::locale;
use crate::rows::{Row, rows};
use fonts::Fonts;
use world::Page;

/// How often a page is set to find the loosest way in which it fits.
const TRIES: u32 = 5;

/// What the design needs to know.
#[derive(Serialize)]
struct Layout<'a> {
    title: &'a str,
    author: Option<&'a str>,
    language: &'a str,
    paper: &'a str,
    fonts: Vec<String>,
    design: Look,
    rows: &'a [Row],
}

/// Which template, and how tight.
#[derive(Serialize)]
struct Look {
    template: &'static str,
    accent: String,
    /// Points.
    size: f64,
    /// A factor of the distances.
    spacing: f64,
    /// A factor of the margins.
    margin: f64,
}

impl Look {
    /// `tight`: 0 as the template has it, 1 as tight as good taste allows: text not under 8.5 points.
    fn new(design: &Design, tight: f64) -> Self {
        let size = design.text_size();
        let smallest = (size * 0.87).max(8.5).min(size);
        Self {
            template: design.template.id(),
            accent: design.accent().digits(),
            size: size - (size - smallest) * tight,
            spacing: 1.0 - 0.28 * tight,
            margin: 1.0 - 0.28 * tight,
        }
    }
}

/// Whether a document has as many pages as it should.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ts_rs::TS)]
#[serde(tag = "fit", rename_all = "snake_case")]
pub enum Fit {
    /// No number of pages was asked for, or it fits without more.
    AsItIs,
    /// It fits, with less space and smaller type.
    Tightened,
    /// It does not fit, however tight: it is set as the template has it.
    TooLong {
        /// Pages that were asked for.
        wanted: u8,
        /// Pages that it takes at its tightest.
        takes: usize,
    },
}

/// A resume that was typeset: its pages, to be shown or saved.
pub struct Typeset {
    document: PagedDocument,
    fit: Fit,
}

impl Typeset {
    /// How many pages it has.
    pub fn pages(&self) -> usize {
        self.document.pages().len()
    }

    /// Whether it has as many as it should.
    pub fn fit(&self) -> Fit {
        self.fit
    }

    /// A page as an SVG document, counted from 0; `None` where there is no such page. Text stands in it as
    /// outlines, so that it looks the same everywhere.
    pub fn svg(&self, page: usize) -> Option<String> {
        self.document.pages().get(page).map(|page| typst_svg::svg(page, &typst_svg::SvgOptions::default()))
    }

    /// The PDF.
    ///
    /// # Errors
    /// [`WriteError::Typesetting`].
    pub fn pdf(&self) -> Result<Vec<u8>, WriteError> {
        let options = PdfOptions {
            creator: Smart::Custom(Some("Tailorbird".to_owned())),
            standards: PdfStandards::new(&[PdfStandard::Ua_1])
                .map_err(|error| WriteError::Typesetting { reason: error.message().to_string() })?,
            ..PdfOptions::default()
        };
        typst_pdf::pdf(&self.document, &options).map_err(|errors| typesetting(&errors))
    }
}

/// Sets a resume in a design. Again after an edit it takes a small part of the time.
///
/// # Errors
/// [`WriteError::MissingGlyphs`], [`WriteError::Typesetting`].
pub fn typeset(resume: &Resume, design: &Design) -> Result<Typeset, WriteError> {
    let set = Setting::new(resume, design)?;
    let loose = set.at(0.0)?;
    let wanted = design.pages.map_or(usize::MAX, usize::from).max(1);
    let typeset = if loose.pages().len() <= wanted {
        Typeset { document: loose, fit: Fit::AsItIs }
    } else {
        let tightest = set.at(1.0)?;
        let takes = tightest.pages().len();
        if takes > wanted {
            let fit = Fit::TooLong { wanted: design.pages.unwrap_or(1), takes };
            Typeset { document: loose, fit }
        } else {
            let (mut document, mut fits, mut not) = (tightest, 1.0, 0.0);
            for _ in 0..TRIES {
                let between = f64::midpoint(fits, not);
                let tried = set.at(between)?;
                if tried.pages().len() <= wanted {
                    (document, fits) = (tried, between);
                } else {
                    not = between;
                }
            }
            Typeset { document, fit: Fit::Tightened }
        }
    };
    // The cache of an app that runs all day must not grow with each preview.
    typst::comemo::evict(8);
    Ok(typeset)
}

/// All that stays the same, however tight a document is set.
struct Setting<'a> {
    resume: &'a Resume,
    design: &'a Design,
    name: Option<String>,
    fonts: Fonts,
    rows: Vec<Row>,
}

impl<'a> Setting<'a> {
    fn new(resume: &'a Resume, design: &'a Design) -> Result<Self, WriteError> {
        let name = resume.name().map(clean).filter(|name| !name.is_empty());
        let mut rows = rows(resume);
        let east_asian = matches!(locale::language(resume), Some("ja" | "ko"));
        let fonts = Fonts::for_text(&characters(&rows), east_asian, design.template.has_serifs())?;
        unbroken::give_way(&mut rows);
        Ok(Self { resume, design, name, fonts, rows })
    }

    fn at(&self, tight: f64) -> Result<PagedDocument, WriteError> {
        let layout = Layout {
            title: self.name.as_deref().unwrap_or("Resume"),
            author: self.name.as_deref(),
            language: locale::language(self.resume).unwrap_or("en"),
            paper: match self.design.paper.unwrap_or_else(|| locale::paper(self.resume)) {
                Paper::A4 => "a4",
                Paper::Letter => "us-letter",
            },
            fonts: self.fonts.families(),
            design: Look::new(self.design, tight),
            rows: &self.rows,
        };
        let json = serde_json::to_vec(&layout)
            .map_err(|error| WriteError::Typesetting { reason: error.to_string() })?;
        let page = Page::new(self.fonts.clone(), json);
        typst::compile::<PagedDocument>(&page).output.map_err(|errors| typesetting(&errors))
    }
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
            | Row::Paragraph { spans, .. } => (&spans[..], None),
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

//! Documents out of a resume: PDF, DOCX, HTML, Markdown, plain text.
//!
//! 1. [`write`] makes the bytes of one document.
//! 2. [`save`] writes them beside their place and reads them back with our own reader (`formats`).
//! 3. [`missing`] compares, and only a whole file gets its name: nobody is told "done" about a file that lost a word.
//!
//! Each block's text stands in each document, whole and in order. What a document adds is layout: signs of
//! bullets, rules, spaces. What it leaves out are characters without a look (`characters`). A block without any
//! text leaves no trace.
//!
//! The same resume gives the same text and the same look each time; DOCX files of one resume may differ in the
//! names of their links.

mod characters;
mod dates;
mod design;
mod docx;
mod html;
mod json_resume;
mod links;
mod locale;
mod markdown;
mod own;
mod pdf;
mod read_back;
mod rows;
mod save;
mod text;

use std::fmt;

use resume::Resume;
use thiserror::Error;

pub use design::{Accent, Design, Paper, Size, Template};
pub use json_resume::{json_resume, json_resume_of};
pub use own::{SavedOwn, save_own};
pub use pdf::{Fit, Typeset, typeset};
pub use read_back::{ReadBack, missing};
pub use redline::{LeftAlone, Style, Why};
pub use save::{Existing, SaveError, Saved, save, save_in};

/// A kind of document that can be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Target {
    /// A typeset, tagged PDF.
    Pdf,
    /// A Word document with real styles.
    Docx,
    /// One HTML file, to be put on a web site or printed.
    Html,
    /// `CommonMark`.
    Markdown,
    /// Plain text, UTF-8.
    Text,
}

impl Target {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 5] = [Self::Pdf, Self::Docx, Self::Html, Self::Markdown, Self::Text];

    /// The kind of document that a file name's extension asks for: without the dot, in any letter case.
    pub fn from_extension(extension: &str) -> Option<Self> {
        match extension.to_ascii_lowercase().as_str() {
            "pdf" => Some(Self::Pdf),
            "docx" => Some(Self::Docx),
            "html" | "htm" => Some(Self::Html),
            "md" | "markdown" => Some(Self::Markdown),
            "txt" | "text" => Some(Self::Text),
            _ => None,
        }
    }

    /// The extension of its files, without the dot.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Docx => "docx",
            Self::Html => "html",
            Self::Markdown => "md",
            Self::Text => "txt",
        }
    }
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Pdf => "PDF",
            Self::Docx => "Word document",
            Self::Html => "HTML",
            Self::Markdown => "Markdown",
            Self::Text => "plain text",
        })
    }
}

/// Why a document could not be written. No message holds text of the resume, single characters aside.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum WriteError {
    /// No block has any text.
    #[error("The resume has no text to write.")]
    NothingToWrite,
    /// The PDF needs characters that no font at hand can draw.
    #[error("No font on this computer has these characters: {characters}.")]
    MissingGlyphs {
        /// The characters, at most twenty, with their code points.
        characters: String,
    },
    /// The typesetter gave up.
    #[error("The page could not be typeset: {reason}.")]
    Typesetting {
        /// What the typesetter said.
        reason: String,
    },
    /// The DOCX package could not be put together.
    #[error("The Word document could not be put together: {reason}.")]
    Packaging {
        /// What the packer said.
        reason: String,
    },
}

impl WriteError {
    /// A stable name for code that branches on it.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NothingToWrite => "nothing_to_write",
            Self::MissingGlyphs { .. } => "missing_glyphs",
            Self::Typesetting { .. } => "typesetting",
            Self::Packaging { .. } => "packaging",
        }
    }

    /// What the user can do.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::NothingToWrite => "Read a resume that has text first.",
            Self::MissingGlyphs { .. } => {
                "Install a font for this script (the Noto fonts cover nearly all), or export as a Word document."
            }
            Self::Typesetting { .. } | Self::Packaging { .. } => {
                "Export to another format, and please report this: it is a fault of the program."
            }
        }
    }
}

/// Writes `resume` as one document, in the usual design.
///
/// # Errors
/// When no block has text, when the PDF needs characters that neither the embedded nor the system's fonts have,
/// or when a document cannot be put together.
pub fn write(resume: &Resume, target: Target) -> Result<Vec<u8>, WriteError> {
    write_in(resume, target, &Design::default())
}

/// Writes `resume` as one document in a design.
///
/// # Errors
/// As [`write`].
pub fn write_in(resume: &Resume, target: Target, design: &Design) -> Result<Vec<u8>, WriteError> {
    if resume.blocks.iter().all(|block| characters::clean(&block.text).is_empty()) {
        return Err(WriteError::NothingToWrite);
    }
    match target {
        Target::Pdf => typeset(resume, design)?.pdf(),
        Target::Docx => docx::write(resume, design),
        Target::Html => Ok(html::write(resume, design).into_bytes()),
        Target::Markdown => Ok(markdown::write(resume).into_bytes()),
        Target::Text => Ok(text::write(resume).into_bytes()),
    }
}

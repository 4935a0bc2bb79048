//! The picture of the original: how the document looks, so that what was read can stand beside it.
//!
//! A PDF is drawn page by page. Every other format becomes a fragment of safe HTML: a few elements, escaped text, a
//! fixed set of styles, no scripts, no links, nothing to load; each paragraph or line says which it is, so that
//! the block under the pointer can be marked.

mod docx;
mod markdown;
mod pages;
mod plain;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::format::sniff;
use crate::read::{check_size, decode, html, json_resume, odt, rtf};
use crate::{Format, ReadError, ReadOptions};

pub use pages::draw_page;

/// What the original looks like.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Original {
    /// Pages of a PDF, to be drawn one by one with [`draw_page`].
    Pages {
        /// The size of each page, at most [`crate::MAX_PAGES`].
        pages: Vec<PageSize>,
        /// How many pages the file has.
        of: u32,
    },
    /// Safe HTML, one `div`. Elements carry `data-line` (from 1), or `data-part` and `data-paragraph` (from 0), as in
    /// [`resume::Origin`].
    Html {
        /// The fragment.
        html: String,
    },
}

/// The size of a page as it is shown.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct PageSize {
    /// Points, 1/72 inch.
    pub width: f32,
    /// Points, 1/72 inch.
    pub height: f32,
}

/// A page, drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PagePicture {
    /// A PNG file.
    pub png: Vec<u8>,
    /// Pixels.
    pub width: u32,
    /// Pixels.
    pub height: u32,
}

/// The most HTML that is made of a file, in bytes.
const MAX_HTML_BYTES: usize = 16 * 1024 * 1024;

/// How the original looks.
///
/// # Errors
///
/// As [`crate::read_resume_with`].
pub fn original(bytes: &[u8], file_name: Option<&str>, options: &ReadOptions) -> Result<Original, ReadError> {
    check_size(bytes)?;
    let format = sniff(bytes, file_name)?;
    let mut out = "<div class=\"original\">".to_owned();
    match format {
        Format::Pdf => return pages::sizes(bytes, options),
        Format::Docx => docx::html(bytes, &mut out)?,
        Format::Odt => parts(&odt::parts(bytes)?, &mut out),
        Format::Rtf => parts(&rtf::parts(bytes), &mut out),
        Format::Html => parts(&[html::part(bytes)?.0], &mut out),
        Format::Markdown => markdown::html(&decode::decode(bytes)?, &mut out),
        Format::JsonResume => plain::fields(&json_resume::read(&decode::decode(bytes)?)?.lines, &mut out),
        Format::Text => plain::html(&decode::decode(bytes)?, &mut out),
    }
    out.push_str("</div>");
    if out.len() > MAX_HTML_BYTES {
        return Err(ReadError::UnpacksTooLarge { format, limit: (MAX_HTML_BYTES / (1024 * 1024)) as u64 });
    }
    Ok(Original::Html { html: out })
}

fn parts(parts: &[crate::rich::Part], out: &mut String) {
    for part in parts {
        crate::rich::html::part(part, out);
    }
}

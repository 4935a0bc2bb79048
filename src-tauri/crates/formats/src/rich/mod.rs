//! Documents with their looks: paragraphs of runs, tables, boxes.
//!
//! `OpenDocument`, RTF and web pages are read into this once; the lines for the understanding and the picture of
//! the original both come from it, so that what is marked in the picture is what was read.

pub(crate) mod html;
mod lines;

pub(crate) use lines::{lines, paragraphs};

/// How a paragraph is set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Align {
    /// At the margin where reading starts.
    #[default]
    Start,
    /// In the middle.
    Center,
    /// At the other margin.
    End,
}

/// Letters of one look.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Run {
    /// The text: `\t` for a tab, `\n` for a line break.
    pub(crate) text: String,
    /// How it looks.
    pub(crate) looks: Looks,
}

/// The look of letters.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Looks {
    pub(crate) bold: bool,
    pub(crate) italic: bool,
    pub(crate) underline: bool,
    /// Points; 0 where the format has none.
    pub(crate) size: f32,
    /// Red, green, blue.
    pub(crate) color: Option<[u8; 3]>,
}

/// A paragraph, also an empty one.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Paragraph {
    /// Its number in its part, from 0, all counted.
    pub(crate) index: u32,
    pub(crate) runs: Vec<Run>,
    /// Level of the heading, 0 for none.
    pub(crate) heading: u8,
    pub(crate) is_title: bool,
    /// Level of the list item that it opens or is in, from 1; 0 outside of lists.
    pub(crate) list: u8,
    /// It opens an item of that list.
    pub(crate) item: bool,
    pub(crate) align: Align,
    /// Points.
    pub(crate) indent: f32,
    /// Free height above, in points.
    pub(crate) space: f32,
    /// Linked texts in it, each with its address.
    pub(crate) links: Vec<(String, String)>,
}

impl Paragraph {
    /// Adds text, to the last run where it looks the same.
    pub(crate) fn push(&mut self, text: &str, looks: Looks) {
        match self.runs.last_mut() {
            Some(last) if last.looks == looks => last.text.push_str(text),
            _ => self.runs.push(Run { text: text.to_owned(), looks }),
        }
    }

    /// The length of its text in bytes.
    pub(crate) fn length(&self) -> usize {
        self.runs.iter().map(|run| run.text.len()).sum()
    }

    /// Notes that the text from that byte on is a link, where it leads outside of the document.
    pub(crate) fn link(&mut self, from: usize, address: &str) {
        if self.links.len() >= MAX_LINKS || !is_address(address) {
            return;
        }
        let all: String = self.runs.iter().map(|run| run.text.as_str()).collect();
        let text = all.get(from..).unwrap_or_default().trim();
        if !text.is_empty() {
            self.links.push((text.to_owned(), address.trim().to_owned()));
        }
    }

    /// Whether nobody sees anything of it.
    pub(crate) fn is_empty(&self) -> bool {
        self.runs.iter().all(|run| run.text.trim().is_empty())
    }
}

/// More links than a paragraph has.
const MAX_LINKS: usize = 100;

/// Whether a link leads anywhere outside of the document.
fn is_address(address: &str) -> bool {
    let start = address.trim_start().to_ascii_lowercase();
    ["https://", "http://", "mailto:", "tel:"].iter().any(|scheme| start.starts_with(scheme))
}

/// A document in reading order.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Piece {
    Paragraph(Paragraph),
    TableStart,
    TableEnd,
    RowStart,
    RowEnd,
    /// A cell over that many columns.
    CellStart(u16),
    CellEnd,
    /// A text box or frame.
    BoxStart,
    BoxEnd,
}

/// A part of a document that numbers its own paragraphs.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Part {
    /// Its name, as in [`resume::Origin::Paragraphs`].
    pub(crate) name: String,
    pub(crate) pieces: Vec<Piece>,
}

/// More pieces than any resume has: what comes after them is not kept.
pub(crate) const MAX_PIECES: usize = 200_000;

//! Where the text of a group is collected: paragraphs, with the rows and cells around them.

use crate::rich::{Paragraph, Piece};

/// What the text belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    Text,
    Header,
    Footer,
    Box,
}

/// Text that is being collected: of the document, a header, a box.
#[expect(
    clippy::struct_excessive_bools,
    reason = "a row, a cell, a table and an item may be open, in any mix"
)]
pub(super) struct Sink {
    pub(super) place: Place,
    pub(super) pieces: Vec<Piece>,
    /// Boxes that hang on the open paragraph.
    pub(super) after: Vec<Piece>,
    pub(super) paragraph: Paragraph,
    pub(super) in_row: bool,
    pub(super) in_cell: bool,
    pub(super) in_table: bool,
    pub(super) item: bool,
}

impl Sink {
    pub(super) fn new(place: Place) -> Self {
        Self {
            place,
            pieces: Vec::new(),
            after: Vec::new(),
            paragraph: Paragraph::default(),
            in_row: false,
            in_cell: false,
            in_table: false,
            item: false,
        }
    }
}

impl Sink {
    pub(super) fn open_cell(&mut self) {
        if !self.in_table {
            self.pieces.push(Piece::TableStart);
            self.in_table = true;
        }
        if !self.in_row {
            self.pieces.push(Piece::RowStart);
            self.in_row = true;
        }
        if !self.in_cell {
            self.pieces.push(Piece::CellStart(1));
            self.in_cell = true;
        }
    }

    pub(super) fn end_row(&mut self) {
        if self.in_cell {
            self.pieces.push(Piece::CellEnd);
            self.in_cell = false;
        }
        if self.in_row {
            self.pieces.push(Piece::RowEnd);
            self.in_row = false;
        }
    }

    pub(super) fn end_table(&mut self) {
        self.end_row();
        if self.in_table {
            self.pieces.push(Piece::TableEnd);
            self.in_table = false;
        }
    }
}

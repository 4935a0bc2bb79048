//! The links of a page: which words lead where.

use hayro_syntax::Pdf;
use hayro_syntax::object::{Array, Dict, Rect, String as Text};

use super::lines::Piece;
use hayro_interpret::TransformExt;
use kurbo::Point;

/// More links than any resume has.
const MOST: usize = 500;

/// A place on a page that leads somewhere, in points from the top left corner.
struct Area {
    page: u32,
    left: f32,
    right: f32,
    top: f32,
    bottom: f32,
    address: String,
}

/// Gives each piece its linked words. Links that stand over no words are dropped.
pub(super) fn attach(pdf: &Pdf, limit: usize, pieces: &mut [Piece]) {
    for area in areas(pdf, limit) {
        for piece in pieces.iter_mut().filter(|piece| {
            let middle = piece.y - piece.size * 0.3;
            piece.page == area.page && area.top <= middle && middle <= area.bottom
        }) {
            let text = piece.words_between(area.left, area.right).to_owned();
            if !text.is_empty() {
                piece.links.push((text, area.address.clone()));
            }
        }
    }
}

#[expect(clippy::cast_possible_truncation, reason = "places on a page need no more than f32")]
fn areas(pdf: &Pdf, limit: usize) -> Vec<Area> {
    let mut areas = Vec::new();
    for (number, page) in pdf.pages().iter().take(limit).enumerate() {
        let Some(notes) = page.raw().get::<Array<'_>>(b"Annots".as_slice()) else { continue };
        let to_page = page.initial_transform(true).to_kurbo();
        for note in notes.iter::<Dict<'_>>().take(MOST - areas.len().min(MOST)) {
            let Some(address) = address(&note) else { continue };
            let Some(rect) = note.get::<Rect>(b"Rect".as_slice()) else { continue };
            let a = to_page * Point::new(rect.x0, rect.y0);
            let b = to_page * Point::new(rect.x1, rect.y1);
            areas.push(Area {
                page: u32::try_from(number + 1).unwrap_or(u32::MAX),
                left: a.x.min(b.x) as f32,
                right: a.x.max(b.x) as f32,
                top: a.y.min(b.y) as f32,
                bottom: a.y.max(b.y) as f32,
                address,
            });
        }
    }
    areas
}

/// Where a note leads, as far as it leads out of the document.
fn address(note: &Dict<'_>) -> Option<String> {
    let action = note.get::<Dict<'_>>(b"A".as_slice())?;
    let address = action.get::<Text<'_>>(b"URI".as_slice())?;
    let address = String::from_utf8_lossy(address.as_bytes()).trim().to_owned();
    (!address.is_empty() && address.len() <= 2_000).then_some(address)
}

//! Rows of tables whose cells are wrapped: each cell is one text, the row one line.
//!
//! Programs draw a table cell by cell, so that a cell's second line stands between its first and the next cell.

use super::lines::Piece;
use crate::line::strip_bullet;

/// Cells of more lines are columns, not rows of a table.
const MOST_LINES: usize = 3;

/// Puts the wrapped lines of cells together. Cells of one row have their first lines on one baseline.
pub(super) fn join(pieces: Vec<Piece>) -> Vec<Piece> {
    let reach = pieces.iter().map(|piece| piece.right).fold(0.0, f32::max);
    let mut out: Vec<Piece> = Vec::with_capacity(pieces.len());
    let mut cells: Vec<Vec<Piece>> = Vec::new();
    for piece in pieces {
        if let Some(cell) = cells.last_mut()
            && cell.last().is_some_and(|above| goes_down(above, &piece, cell.len()))
        {
            cell.push(piece);
            continue;
        }
        if !cells.last().is_some_and(|cell| beside(cell, &piece)) {
            close(&mut cells, reach, &mut out);
        }
        cells.push(vec![piece]);
    }
    close(&mut cells, reach, &mut out);
    out
}

/// Whether the piece is the next line of the cell that `above` ends.
fn goes_down(above: &Piece, piece: &Piece, lines: usize) -> bool {
    let down = piece.y - above.y;
    lines <= MOST_LINES
        && above.page == piece.page
        && down > 0.5 * above.size
        && down < 1.9 * above.size
        && (above.left - piece.left).abs() < 0.4 * above.size
        && above.looks_like(piece)
        && strip_bullet(&piece.text).is_none()
}

/// Whether the piece opens a cell to the right of one.
fn beside(cell: &[Piece], piece: &Piece) -> bool {
    let reach = cell.iter().map(|line| line.right).fold(0.0, f32::max);
    cell.first().is_some_and(|top| {
        top.page == piece.page
            && (top.y - piece.y).abs() < 0.3 * top.size
            && piece.left > reach + 0.3 * top.size
    })
}

/// Ends a row: where its cells were wrapped because their words did not fit, each cell becomes one piece.
fn close(cells: &mut Vec<Vec<Piece>>, reach: f32, out: &mut Vec<Piece>) {
    let row = std::mem::take(cells);
    let wrapped = row.len() >= 2
        && row.iter().any(|cell| cell.len() > 1)
        && row.iter().all(|cell| cell.len() <= MOST_LINES && strip_bullet(&cell[0].text).is_none());
    let fits = wrapped
        && row.iter().enumerate().all(|(at, cell)| {
            // The last cell is as wide as its widest line, or reaches to the margin.
            let own = cell.iter().map(|line| line.right).fold(0.0, f32::max);
            let limit = row.get(at + 1).map_or(own.min(reach), |next| next[0].left);
            cell.windows(2).all(|pair| pair[0].right + pair[1].first_word() + 0.2 * pair[0].size > limit)
        });
    for cell in row {
        let mut lines = cell.into_iter();
        if !fits {
            out.extend(lines);
            continue;
        }
        if let Some(mut first) = lines.next() {
            for line in lines {
                first.wrap(line);
            }
            out.push(first);
        }
    }
}

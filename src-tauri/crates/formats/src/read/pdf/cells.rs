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

#[cfg(test)]
mod tests {
    use crate::read::pdf::glyphs::{DrawnPages, Glyph};
    use crate::read::pdf::lines::assemble;

    /// Glyphs of 5 points each, set in 10 points.
    fn draw(drawn: &mut DrawnPages, text: &str, x: f32, y: f32) {
        for (at, c) in text.chars().enumerate() {
            #[expect(clippy::cast_precision_loss, reason = "short texts")]
            let x = x + at as f32 * 5.0;
            drawn.glyphs.push(Glyph {
                page: 1,
                text: c.to_string(),
                x,
                y,
                width: 5.0,
                size: 10.0,
                bold: false,
                italic: false,
                marked: None,
            });
        }
    }

    fn texts(cells: &[(&str, f32, f32)]) -> Vec<String> {
        let mut drawn = DrawnPages { heights: vec![800.0], ..DrawnPages::default() };
        for (text, x, y) in cells {
            draw(&mut drawn, text, *x, *y);
        }
        assemble(&drawn).into_iter().map(|piece| piece.text).collect()
    }

    #[test]
    fn a_wrapped_cell_is_one_text_and_its_row_one_line() {
        let row = [("Forklift permit,", 50.0, 100.0), ("unlimited", 50.0, 112.0), ("2023", 140.0, 100.0)];
        assert_eq!(texts(&row), ["Forklift permit, unlimited\t2023"]);
    }

    #[test]
    fn lines_below_one_another_that_were_not_wrapped_stay_lines() {
        let row = [("Forklift", 50.0, 100.0), ("Crane", 50.0, 112.0), ("2023", 240.0, 100.0)];
        assert_eq!(texts(&row), ["Forklift", "Crane", "2023"]);
    }
}

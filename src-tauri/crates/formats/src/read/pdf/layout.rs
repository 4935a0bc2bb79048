//! The order of lines on a page, columns, gaps, and what repeats on every page.

use resume::Origin;

use super::lines::Piece;
use crate::line::Line;

/// Lines in reading order, each with its column and the gap above.
pub(super) fn order(pieces: Vec<Piece>) -> Vec<Line> {
    let pieces = drop_repeated(pieces);
    let mut pages: Vec<Vec<Piece>> = Vec::new();
    for piece in pieces {
        match pages.last_mut() {
            Some(page) if page[0].page == piece.page => page.push(piece),
            _ => pages.push(vec![piece]),
        }
    }
    let pages: Vec<Vec<Piece>> =
        pages.into_iter().map(|page| if jumps_about(&page) { by_place(page) } else { page }).collect();
    let placed = regions(&pages);
    let leading = Leading::of(&placed);
    let mut lines: Vec<Line> = Vec::with_capacity(placed.len());
    let mut last: Option<(&Piece, u32)> = None;
    for (piece, region) in &placed {
        let gap = match last {
            None => 1.0,
            Some((_, above)) if above != *region => 1.0,
            // A paragraph may run on over the page.
            Some((above, _)) if above.page != piece.page => 0.1,
            Some((above, _)) => {
                let size = piece.size.min(above.size);
                ((piece.y - above.bottom) / leading.at(*region, size) - 1.0).max(0.0)
            }
        };
        lines.push(to_line(piece, *region, gap));
        last = Some((piece, *region));
    }
    lines
}

/// Each line with the number of its column, in reading order. Columns of several pages that have one each are one.
fn regions(pages: &[Vec<Piece>]) -> Vec<(&Piece, u32)> {
    let mut columns: Vec<Column<'_>> = Vec::new();
    let mut one_column_so_far = true;
    // Where the columns of the page above begin and end.
    let mut above = 0..0;
    for page in pages {
        let own = part_head(columns_of(page));
        let one_column = own.len() == 1;
        let start = columns.len();
        let mut region = columns.last().map_or(0, |column| column.region);
        for (at, mut column) in own.into_iter().enumerate() {
            let goes_on = one_column_so_far && at == 0;
            region += u32::from(!goes_on && !columns.is_empty());
            column.region = region;
            let continued = (at == 0).then(|| continued_from(&columns, above.clone(), &column)).flatten();
            match continued {
                Some(of) => {
                    column.region = columns[of].region;
                    columns.insert(of + 1, column);
                }
                None => columns.push(column),
            }
        }
        above = start..columns.len();
        one_column_so_far &= one_column;
    }
    columns
        .into_iter()
        .flat_map(|column| column.pieces.into_iter().map(move |piece| (piece, column.region)))
        .collect()
}

/// Lines of one page that stand below one another.
struct Column<'a> {
    pieces: Vec<&'a Piece>,
    region: u32,
}

impl Column<'_> {
    fn left(&self) -> f32 {
        self.pieces.iter().map(|piece| piece.left).fold(f32::INFINITY, f32::min)
    }

    fn width(&self) -> f32 {
        self.pieces.iter().map(|piece| piece.right).fold(0.0, f32::max) - self.left()
    }
}

/// The columns of a page, in the order of its lines.
fn columns_of(page: &[Piece]) -> Vec<Column<'_>> {
    let mut columns: Vec<Column<'_>> = Vec::new();
    let mut last: Option<&Piece> = None;
    for piece in page {
        let opens = last.is_none_or(|above| {
            let down = piece.y - above.y;
            let size = piece.size.max(above.size);
            down < -0.5 * size || piece.left > above.right + 2.0 * size && down < 1.0 * size
        });
        match columns.last_mut() {
            Some(column) if !opens => column.pieces.push(piece),
            _ => columns.push(Column { pieces: vec![piece], region: 0 }),
        }
        last = Some(piece);
    }
    columns
}

/// Parts what reaches across the page from the first of its columns: the head with name and contact data.
fn part_head(mut columns: Vec<Column<'_>>) -> Vec<Column<'_>> {
    if columns.len() < 2 {
        return columns;
    }
    let first = &columns[0];
    // The column that stands beside most of the first one.
    let beside = columns[1..].iter().find(|column| {
        let top = column.pieces[0].y;
        column.pieces.len() >= 3
            && first.pieces.iter().filter(|piece| piece.y > top - piece.size).count() >= 3
    });
    let Some(beside) = beside else { return columns };
    let (left, top) = (beside.left(), beside.pieces[0].y);
    let above = |piece: &&&Piece| piece.y < top - 0.3 * piece.size;
    let head = first.pieces.iter().take_while(above).collect::<Vec<_>>();
    let Some(last) = head.iter().rposition(|piece| piece.left < left && piece.right > left) else {
        return columns;
    };
    let rest = columns[0].pieces.split_off(last + 1);
    if !rest.is_empty() {
        columns.insert(1, Column { pieces: rest, region: 0 });
    }
    columns
}

/// Which column of the page above goes on in the first one of this page, where a column beside it stands between.
///
/// A wide column beside a narrow one goes on over the page; columns of one width are one text that flows through
/// all of them.
fn continued_from(
    columns: &[Column<'_>],
    above: std::ops::Range<usize>,
    first: &Column<'_>,
) -> Option<usize> {
    let last = above.clone().last()?;
    let beside = columns[last].width();
    above.clone().take(above.len() - 1).rev().find(|of| {
        let column = &columns[*of];
        (column.left() - first.left()).abs() < 3.0
            && first.width() < column.width() * 1.1
            && !(0.85..1.18).contains(&(column.width() / beside.max(1.0)))
    })
}

/// Wider than any page, in points.
const FAR: f32 = 5_000.0;

fn to_line(piece: &Piece, region: u32, gap: f32) -> Line {
    let origin = Origin::Page {
        page: piece.page,
        x: piece.left,
        y: piece.y - piece.size * 0.8,
        width: (piece.right - piece.left).max(0.0),
        height: piece.size + (piece.bottom - piece.y).max(0.0),
    };
    Line {
        size: piece.size,
        bold: piece.bold,
        starts_bold: piece.starts_bold,
        italic: piece.italic,
        starts_italic: piece.starts_italic,
        furniture: piece.furniture,
        bullet: piece.bullet,
        // Seen from where reading begins.
        left: if piece.right_to_left { FAR - piece.right } else { piece.left },
        right: if piece.right_to_left { FAR - piece.left } else { piece.right },
        first_word: piece.first_word(),
        runs: piece.runs(),
        links: piece.links.clone(),
        gap,
        region,
        whole: false,
        ..Line::new(piece.text.clone(), origin)
    }
}

/// Distances between the baselines of wrapped lines, by column and font size.
struct Leading(Vec<(u32, f32, Vec<f32>)>);

impl Leading {
    fn of(placed: &[(&Piece, u32)]) -> Self {
        let mut seen: Vec<(u32, f32, Vec<f32>)> = Vec::new();
        for pair in placed.windows(2) {
            let ((above, _), (piece, region)) = (pair[0], pair[1]);
            let down = piece.y - above.y;
            let same =
                pair[0].1 == region && above.page == piece.page && (above.size - piece.size).abs() < 0.3;
            if same && !piece.bullet && (0.9 * piece.size..2.2 * piece.size).contains(&down) {
                match seen.iter_mut().find(|(of, size, _)| *of == region && (size - piece.size).abs() < 0.3) {
                    Some((_, _, all)) => all.push(down),
                    None => seen.push((region, piece.size, vec![down])),
                }
            }
        }
        for (_, _, all) in &mut seen {
            all.sort_by(f32::total_cmp);
        }
        Self(seen)
    }

    /// The smallest distance that occurs more than once; the smallest of all where none does.
    fn at(&self, region: u32, size: f32) -> f32 {
        let here = self.0.iter().find(|(of, seen, _)| *of == region && (seen - size).abs() < 0.3);
        let anywhere = || self.0.iter().find(|(_, seen, _)| (seen - size).abs() < 0.3);
        let Some((_, _, all)) = here.or_else(anywhere) else { return (size * 1.2).max(1.0) };
        let twice = all.windows(2).find(|pair| pair[1] - pair[0] < 0.02 * size).map(|pair| pair[0]);
        twice.or_else(|| all.first().copied()).unwrap_or(size * 1.2).max(1.0)
    }
}

/// Whether a page was drawn in an order that nobody reads in: again and again upwards in one column.
/// The way to the next column, or to the next cell of a table, goes up and aside.
fn jumps_about(page: &[Piece]) -> bool {
    let up = |pair: &&[Piece]| {
        let (above, piece) = (&pair[0], &pair[1]);
        piece.y < above.y - 0.5 * piece.size && piece.left < above.right && above.left < piece.right
    };
    page.windows(2).filter(up).count() > 4
}

/// Sorts a page by cutting it at white strips, columns first.
fn by_place(page: Vec<Piece>) -> Vec<Piece> {
    let mut out = Vec::with_capacity(page.len());
    cut(page, 0, &mut out);
    out
}

fn cut(mut pieces: Vec<Piece>, depth: u32, out: &mut Vec<Piece>) {
    pieces.sort_by(|a, b| a.y.total_cmp(&b.y).then(a.left.total_cmp(&b.left)));
    if depth < 12 && pieces.len() > 3 {
        if let Some(x) = gutter(&pieces) {
            let (left, right): (Vec<_>, Vec<_>) = pieces.into_iter().partition(|piece| piece.right <= x);
            cut(left, depth + 1, out);
            cut(right, depth + 1, out);
            return;
        }
        // A head across all columns hides their gutter: look below it.
        for at in 1..pieces.len().saturating_sub(3).min(12) {
            if gutter(&pieces[at..]).is_some() {
                let below = pieces.split_off(at);
                cut(pieces, depth + 1, out);
                cut(below, depth + 1, out);
                return;
            }
        }
    }
    // What stands on one baseline is one line.
    for piece in pieces {
        out.push(piece);
    }
}

/// The middle of a white strip from top to bottom with at least three lines on each side.
fn gutter(pieces: &[Piece]) -> Option<f32> {
    let mut spans: Vec<(f32, f32)> = pieces.iter().map(|piece| (piece.left, piece.right)).collect();
    spans.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut reach = spans.first()?.1;
    let mut best: Option<(f32, f32)> = None;
    for (left, right) in spans {
        if left - reach > 8.0 {
            let x = f32::midpoint(left, reach);
            let on_left = pieces.iter().filter(|piece| piece.right <= x).count();
            if on_left >= 3 && pieces.len() - on_left >= 3 && best.is_none_or(|(wide, _)| left - reach > wide)
            {
                best = Some((left - reach, x));
            }
        }
        reach = reach.max(right);
    }
    best.map(|(_, x)| x)
}

/// Drops what repeats at the edges of later pages, and page numbers; marks the first of each as furniture.
fn drop_repeated(pieces: Vec<Piece>) -> Vec<Piece> {
    let at_edge = |piece: &Piece| piece.y < piece.page_height * 0.1 || piece.y > piece.page_height * 0.91;
    let key =
        |text: &str| text.chars().filter(|c| !c.is_ascii_digit() && !c.is_whitespace()).collect::<String>();
    let edges: Vec<(String, u32)> =
        pieces.iter().filter(|piece| at_edge(piece)).map(|piece| (key(&piece.text), piece.page)).collect();
    let mut out = Vec::with_capacity(pieces.len());
    for mut piece in pieces {
        if at_edge(&piece) {
            if is_page_number(&piece.text) {
                continue;
            }
            let this = key(&piece.text);
            if edges.iter().any(|(text, page)| *text == this && *page < piece.page) {
                continue;
            }
            piece.furniture = edges.iter().any(|(text, page)| *text == this && *page > piece.page);
        }
        out.push(piece);
    }
    out
}

/// "2", "2 / 3", "Page 2 of 3", "Seite 2".
fn is_page_number(text: &str) -> bool {
    let mut numbers = 0;
    for word in text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        if word.chars().all(|c| c.is_ascii_digit()) && word.len() <= 2 {
            numbers += 1;
        } else if !matches!(
            word.to_lowercase().as_str(),
            "page" | "of" | "seite" | "von" | "sur" | "página" | "de" | "p"
        ) {
            return false;
        }
    }
    (1..=2).contains(&numbers)
}

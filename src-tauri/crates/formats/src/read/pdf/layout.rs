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
    let leading = leading(&pages);
    let mut lines: Vec<Line> = Vec::new();
    let mut region = 0u32;
    let mut one_column_so_far = true;
    for page in &pages {
        let first_region = region;
        let mut last: Option<&Piece> = None;
        for piece in page {
            let mut gap = 0.2;
            if let Some(above) = last {
                let down = piece.y - above.y;
                let size = piece.size.max(above.size);
                if down < -0.5 * size || piece.left > above.right + 2.0 * size && down < 1.0 * size {
                    region += 1;
                    gap = 1.0;
                } else {
                    gap = (down / (leading.of(piece.size.min(above.size))) - 1.0).max(0.0);
                }
            } else if lines.is_empty() {
                gap = 1.0;
            } else if !one_column_so_far {
                region += 1;
            }
            lines.push(to_line(piece, region, gap));
            last = Some(piece);
        }
        one_column_so_far &= region == first_region;
    }
    lines
}

fn to_line(piece: &Piece, region: u32, gap: f32) -> Line {
    let origin = Origin::Page {
        page: piece.page,
        x: piece.left,
        y: piece.y - piece.size * 0.8,
        width: (piece.right - piece.left).max(0.0),
        height: piece.size,
    };
    Line {
        size: piece.size,
        bold: piece.bold,
        starts_bold: piece.starts_bold,
        bullet: piece.bullet,
        left: piece.left,
        right: piece.right,
        gap,
        region,
        whole: false,
        ..Line::new(piece.text.clone(), origin)
    }
}

/// Distances between the baselines of wrapped lines, by font size.
struct Leading(Vec<(f32, f32)>);

impl Leading {
    fn of(&self, size: f32) -> f32 {
        let nearest = self.0.iter().min_by(|a, b| (a.0 - size).abs().total_cmp(&(b.0 - size).abs()));
        match nearest {
            Some((of, down)) if (of - size).abs() < 0.5 => *down,
            Some((of, down)) => down / of * size,
            None => size * 1.2,
        }
        .max(1.0)
    }
}

/// The most common short distance for each size.
fn leading(pages: &[Vec<Piece>]) -> Leading {
    let mut seen: Vec<(f32, Vec<f32>)> = Vec::new();
    for pair in pages.iter().flat_map(|page| page.windows(2)) {
        let down = pair[1].y - pair[0].y;
        let size = pair[1].size;
        if (pair[0].size - size).abs() < 0.3 && !pair[1].bullet && (0.9 * size..2.2 * size).contains(&down) {
            match seen.iter_mut().find(|(of, _)| (of - size).abs() < 0.3) {
                Some((_, all)) => all.push(down),
                None => seen.push((size, vec![down])),
            }
        }
    }
    Leading(
        seen.into_iter()
            .map(|(size, mut all)| {
                all.sort_by(f32::total_cmp);
                (size, all[all.len() / 5])
            })
            .collect(),
    )
}

/// Whether a page was drawn in an order that nobody reads in: again and again upwards.
fn jumps_about(page: &[Piece]) -> bool {
    let up = page.windows(2).filter(|pair| pair[1].y < pair[0].y - 0.5 * pair[1].size).count();
    up > 5 && up * 6 > page.len()
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
            if on_left >= 3 && pieces.len() - on_left >= 3 && best.is_none_or(|(wide, _)| left - reach > wide) {
                best = Some((left - reach, x));
            }
        }
        reach = reach.max(right);
    }
    best.map(|(_, x)| x)
}

/// Drops headers and footers from the second page on, and page numbers everywhere.
fn drop_repeated(pieces: Vec<Piece>) -> Vec<Piece> {
    let at_edge = |piece: &Piece| piece.y < piece.page_height * 0.1 || piece.y > piece.page_height * 0.91;
    let key = |text: &str| text.chars().filter(|c| !c.is_ascii_digit() && !c.is_whitespace()).collect::<String>();
    let mut seen: Vec<(String, u32)> = Vec::new();
    let mut out = Vec::with_capacity(pieces.len());
    for piece in pieces {
        if at_edge(&piece) {
            if is_page_number(&piece.text) {
                continue;
            }
            let this = key(&piece.text);
            if seen.iter().any(|(text, page)| *text == this && *page != piece.page) {
                continue;
            }
            seen.push((this, piece.page));
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
        } else if !matches!(word.to_lowercase().as_str(), "page" | "of" | "seite" | "von" | "sur" | "página" | "de" | "p") {
            return false;
        }
    }
    (1..=2).contains(&numbers)
}

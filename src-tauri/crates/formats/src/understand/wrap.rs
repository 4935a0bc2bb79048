//! Joins the lines of a page or a text file into paragraphs: a bullet that takes three lines is one block.

use resume::Origin;

use super::{contacts, dates, headings};
use crate::line::Line;

/// Joins wrapped lines. Lines that are whole already stay as they are.
pub(crate) fn join(lines: Vec<Line>) -> Vec<Line> {
    let edges = Edges::of(&lines);
    let mut joined: Vec<Line> = Vec::with_capacity(lines.len());
    let mut last: Option<Line> = None;
    for line in lines {
        if let (Some(paragraph), Some(above)) = (joined.last_mut(), last.as_ref())
            && continues(paragraph, above, &line, &edges)
        {
            append(paragraph, &line);
        } else {
            joined.push(line.clone());
        }
        last = Some(line);
    }
    joined
}

/// The right edge of the text of each region.
struct Edges(Vec<(u32, f32)>);

impl Edges {
    fn of(lines: &[Line]) -> Self {
        let mut edges: Vec<(u32, f32)> = Vec::new();
        for line in lines.iter().filter(|line| !line.text.contains('\t')) {
            match edges.iter_mut().find(|(region, _)| *region == line.region) {
                Some((_, right)) => *right = right.max(line.right),
                None => edges.push((line.region, line.right)),
            }
        }
        Self(edges)
    }

    fn right(&self, region: u32) -> f32 {
        self.0.iter().find(|(of, _)| *of == region).map_or(0.0, |(_, right)| *right)
    }
}

/// Whether `line` goes on with `paragraph`, whose last line so far is `above`.
fn continues(paragraph: &Line, above: &Line, line: &Line, edges: &Edges) -> bool {
    if above.whole || line.whole || line.bullet || line.heading > 0 || above.heading > 0 || line.region != above.region {
        return false;
    }
    if line.gap >= 0.45 {
        return false;
    }
    if above.size > 0.0 && ((above.size - line.size).abs() > 0.4 || above.bold != line.bold && (above.bold || line.starts_bold)) {
        return false;
    }
    let width_of_sign = if above.size > 0.0 { above.size * 0.5 } else { 1.0 };
    if !paragraph.bullet && (line.left - above.left).abs() > width_of_sign * 3.0 && above.size > 0.0 && !above.text.contains('\t') {
        return false;
    }
    if paragraph.bullet && line.left < paragraph.left - width_of_sign * 4.5 {
        return false;
    }
    if ends_hyphenated(&above.text) && line.text.chars().next().is_some_and(char::is_lowercase) {
        return true;
    }
    if contacts::is_contact_line(&above.text) != contacts::is_contact_line(&line.text) && !paragraph.bullet {
        return false;
    }
    if !paragraph.bullet
        && (dates::only_date(&line.text) || above.text.contains('\t') || line.text.contains('\t') || headings::known(&above.text).is_some())
    {
        return false;
    }
    // A list item that hangs: all that stands below its text belongs to it.
    let hangs = paragraph.bullet && (line.left - paragraph.left).abs() <= width_of_sign * 1.2;
    let first_word = line.text.split_whitespace().next().unwrap_or_default().chars().count();
    #[expect(clippy::cast_precision_loss, reason = "words are short")]
    let room = (first_word as f32 + 1.0) * width_of_sign * if above.size > 0.0 { 0.85 } else { 1.0 };
    let full = above.right + room > edges.right(line.region);
    hangs && (full || above.size == 0.0 || line.text.chars().next().is_some_and(char::is_lowercase) || line.gap < 0.15)
        || full
        || paragraph.bullet && line.text.chars().next().is_some_and(char::is_lowercase)
}

/// Whether the line ends inside a word.
fn ends_hyphenated(text: &str) -> bool {
    let mut signs = text.chars().rev();
    matches!(signs.next(), Some('-' | '\u{ad}' | '\u{2010}')) && signs.next().is_some_and(char::is_alphabetic)
}

/// Adds a wrapped line to its paragraph and mends a hyphen at the line's end.
pub(crate) fn append(paragraph: &mut Line, line: &Line) {
    let next_is_lower = line.text.chars().next().is_some_and(char::is_lowercase);
    if ends_hyphenated(&paragraph.text) {
        let last_word = paragraph.text.split_whitespace().next_back().unwrap_or_default();
        let inner_hyphens = last_word.trim_end_matches(['-', '\u{2010}', '\u{ad}']).contains(['-', '\u{2010}']);
        let soft = paragraph.text.ends_with('\u{ad}');
        let first_word = line.text.split_whitespace().next().unwrap_or_default();
        let stem = last_word.trim_end_matches(['-', '\u{2010}', '\u{ad}']);
        // "Montage- und Prüflinien" keeps hyphen and space; "e-mail", "work-in-|process" keep the hyphen.
        if matches!(first_word, "und" | "oder" | "and" | "or" | "bzw." | "et" | "ou" | "y" | "o") {
            paragraph.text.push(' ');
        } else if soft
            || next_is_lower && !inner_hyphens && stem.chars().count() >= 2 && !is_compound_front(stem)
        {
            let kept = paragraph.text.len() - paragraph.text.chars().next_back().map_or(0, char::len_utf8);
            paragraph.text.truncate(kept);
        }
    } else if !paragraph.text.ends_with(['/', '—']) || !next_is_lower {
        let cjk = |c: Option<char>| c.is_some_and(headings::is_cjk);
        if !(cjk(paragraph.text.chars().next_back()) && cjk(line.text.chars().next())) {
            paragraph.text.push(' ');
        }
    } else if paragraph.text.ends_with('—') {
        paragraph.text.push(' ');
    }
    paragraph.text.push_str(line.text.trim_start());
    paragraph.bold &= line.bold;
    paragraph.right = paragraph.right.max(line.right);
    paragraph.origin = spanning(&paragraph.origin, &line.origin);
}

/// First parts that stand before a real hyphen far more often than before a broken word.
fn is_compound_front(stem: &str) -> bool {
    const FRONTS: &[&str] = &[
        "on", "off", "self", "cross", "multi", "non", "co", "ex", "pre", "post", "e", "long", "short", "high", "low", "full",
        "part", "real", "well", "one", "two", "three", "four", "five", "six", "first", "second", "third", "year", "ad", "in",
        "out", "peer", "work", "hand", "lost", "time", "plant", "private", "middle", "short", "open", "end", "single", "large",
        "start", "back", "front", "follow", "follow", "all", "half", "mid", "data", "user", "test", "team", "line",
    ];
    FRONTS.contains(&stem.to_lowercase().trim_start_matches(['(', '“', '"'])) || stem.chars().any(|c| c.is_ascii_digit())
}

/// The place of both.
fn spanning(first: &Origin, second: &Origin) -> Origin {
    match (first, second) {
        (Origin::Lines { first, .. }, Origin::Lines { last, .. }) => Origin::Lines { first: *first, last: *last },
        (
            Origin::Page { page, x, y, width, height },
            Origin::Page { page: page2, x: x2, y: y2, width: width2, height: height2 },
        ) if page == page2 => {
            let (left, top) = (x.min(*x2), y.min(*y2));
            Origin::Page {
                page: *page,
                x: left,
                y: top,
                width: (x + width).max(x2 + width2) - left,
                height: (y + height).max(y2 + height2) - top,
            }
        }
        _ => first.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(text: &str, left: f32, bullet: bool) -> Line {
        #[expect(clippy::cast_precision_loss, reason = "short lines")]
        let right = left + text.chars().count() as f32;
        Line { left, right, bullet, whole: false, ..Line::new(text, Origin::Nowhere) }
    }

    #[test]
    fn two_bullets_are_never_joined() {
        let joined = join(vec![line("Built the thing that everybody uses and", 2.0, true), line("likes.", 2.0, false), line("Wrote it down", 2.0, true)]);
        let texts: Vec<_> = joined.iter().map(|line| line.text.as_str()).collect();
        assert_eq!(texts, ["Built the thing that everybody uses and likes.", "Wrote it down"]);
    }

    #[test]
    fn hyphens_are_mended_and_compounds_kept() {
        for (first, second, whole) in [
            ("die Inbetrieb-", "nahme", "die Inbetriebnahme"),
            ("die Montage-", "und Prüflinien", "die Montage- und Prüflinien"),
            ("a work-in-", "process count", "a work-in-process count"),
            ("all SPS-", "Programmierer", "all SPS-Programmierer"),
        ] {
            let mut paragraph = line(first, 0.0, false);
            append(&mut paragraph, &line(second, 0.0, false));
            assert_eq!(paragraph.text, whole);
        }
    }
}

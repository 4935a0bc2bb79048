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

/// The right edges of text: of each column, for each size and left edge in it.
struct Edges(Vec<Edge>);

struct Edge {
    region: u32,
    size: f32,
    left: f32,
    right: f32,
}

impl Edges {
    fn of(lines: &[Line]) -> Self {
        let mut edges: Vec<Edge> = Vec::new();
        for line in lines.iter().filter(|line| !line.text.contains('\t')) {
            match edges.iter_mut().find(|edge| edge.is_of(line)) {
                Some(edge) => edge.right = edge.right.max(line.right),
                None => edges.push(Edge {
                    region: line.region,
                    size: line.size,
                    left: line.left,
                    right: line.right,
                }),
            }
        }
        Self(edges)
    }

    fn right(&self, line: &Line) -> f32 {
        self.0.iter().filter(|edge| edge.is_of(line)).map(|edge| edge.right).fold(0.0, f32::max)
    }
}

impl Edge {
    /// A heading across the page tells nothing of the width of the column below it.
    fn is_of(&self, line: &Line) -> bool {
        let near = if line.size > 0.0 { line.size * 4.0 } else { 12.0 };
        self.region == line.region
            && (self.size - line.size).abs() < 0.6
            && (self.left - line.left).abs() < near
    }
}

/// Whether `line` goes on with `paragraph`, whose last line so far is `above`.
fn continues(paragraph: &Line, above: &Line, line: &Line, edges: &Edges) -> bool {
    if above.whole
        || line.whole
        || line.bullet
        || line.heading > 0
        || above.heading > 0
        || line.region != above.region && !over_columns(above, line)
    {
        return false;
    }
    if line.region != above.region {
        return true;
    }
    let has_cjk = |text: &str| text.chars().any(headings::is_cjk);
    // Lines of a page stand at even distances, unless a font of another writing stretches them.
    let even = above.size > 0.0 && !has_cjk(&above.text) && !has_cjk(&line.text);
    let small = goes_on_in_small_letters(above, line, edges);
    if line.gap >= if even && !small { 0.13 } else { 0.45 } {
        return false;
    }
    // Contact data is often set in the middle, so that its lines begin where they will.
    if dates::runs_on(&above.text, &line.text)
        || !paragraph.bullet
            && contacts::is_contact_line(&above.text)
            && (ends_in_small_word(&above.text) || ends_in_number_part(&above.text, &line.text))
    {
        return true;
    }
    let in_item = paragraph.bullet && (line.left - paragraph.left).abs() <= above.size * 0.6;
    if above.size > 0.0
        && !in_item
        && ((above.size - line.size).abs() > 0.4
            || above.bold != line.bold && (above.bold || line.starts_bold))
    {
        return false;
    }
    // A line in italics that stands for the employer, above running text.
    let one_line_so_far = paragraph.right <= above.right && paragraph.text.len() <= above.text.len();
    let opens_upright = !line.starts_italic && line.text.chars().next().is_some_and(char::is_uppercase);
    if paragraph.starts_italic && opens_upright && !paragraph.bullet && one_line_so_far
        || paragraph.italic && !line.starts_italic
        || above.furniture != line.furniture
    {
        return false;
    }
    let width_of_sign = if above.size > 0.0 { above.size * 0.5 } else { 1.0 };
    if !paragraph.bullet
        && (line.left - above.left).abs() > width_of_sign * 3.0
        && above.size > 0.0
        && !above.text.contains('\t')
    {
        return false;
    }
    if paragraph.bullet && line.left < paragraph.left - width_of_sign * 4.5 {
        return false;
    }
    let contact = contacts::is_contact_line(&line.text);
    // "Northmere State University ·" goes on, and so does what stands in brackets or quotes that are still open.
    let parted = above.text.trim_end().ends_with(['·', '|', '•', '/', '&']) && !contact
        || above.text.trim_end().ends_with(',') && dates::only_date(&line.text);
    if parted || is_open(&paragraph.text) && closes(&line.text) {
        return true;
    }
    if ends_hyphenated(&above.text) && line.text.chars().next().is_some_and(char::is_lowercase) {
        return true;
    }
    if !paragraph.bullet
        && (contact && !above.text.ends_with(':')
            || contacts::is_contact_line(&above.text)
                && !contact
                && above.text.ends_with(|c: char| c.is_alphanumeric())
                && !line.text.chars().next().is_some_and(char::is_lowercase))
    {
        return false;
    }
    // A town below a line that is whole.
    if !paragraph.bullet
        && contacts::looks_like_place(&line.text)
        && above.text.ends_with(|c: char| c.is_alphanumeric() || c == ')')
        && !ends_in_small_word(&above.text)
    {
        return false;
    }
    if dates::opens_range(&above.text) && ends_range(&line.text) {
        return true;
    }
    // "Often: …" below "Daily: …" is the next group of skills.
    let new_group = !above.text.ends_with(['.', ',', ';', ':', '-', '('])
        && line.text.chars().next().is_some_and(char::is_uppercase);
    if !paragraph.bullet && is_labelled(&line.text) && (is_labelled(&paragraph.text) || new_group) {
        return false;
    }
    if !paragraph.bullet
        && (dates::only_date(&line.text)
            || dates::only_date(&above.text) && !dates::opens_range(&above.text)
            || above.text.contains('\t')
            || line.text.contains('\t')
            || headings::known(&above.text).is_some())
    {
        return false;
    }
    // A list item that hangs: all that stands below its text belongs to it.
    let hangs = paragraph.bullet && (line.left - paragraph.left).abs() <= width_of_sign * 1.2;
    let first_word = line.text.split_whitespace().next().unwrap_or_default().chars().count();
    #[expect(clippy::cast_precision_loss, reason = "words are short")]
    let guess = first_word as f32 * width_of_sign;
    let space = if above.size > 0.0 { above.size * 0.2 } else { 1.0 };
    let room = space + if line.first_word > 0.0 { line.first_word } else { guess };
    // Programs round widths; half a sign decides nothing.
    let slack = above.size * 0.5;
    let full = above.right + room + slack > edges.right(above).max(edges.right(line));
    if small {
        return true;
    }
    hangs
        && (full
            || above.size == 0.0
            || line.text.chars().next().is_some_and(char::is_lowercase)
            || line.gap < 0.15)
        || full
        || paragraph.bullet && line.text.chars().next().is_some_and(char::is_lowercase)
}

/// Whether the line begins in small letters below one that reached over half of the column and ended no sentence.
fn goes_on_in_small_letters(above: &Line, line: &Line, edges: &Edges) -> bool {
    line.text.chars().next().is_some_and(char::is_lowercase)
        && (line.text.split_whitespace().count() >= 2 || line.text.ends_with('.'))
        && above.text.split_whitespace().count() >= 3
        && !above.text.ends_with(['.', ':', ';', '!', '?'])
        && above.size > 0.0
        && (above.size - line.size).abs() < 0.3
        && (above.right - above.left > (edges.right(above) - above.left) * 0.5
            || above.text.split_whitespace().count() >= 4 && line.text.ends_with('.'))
}

/// "geboren in", "licencié de": the line goes on.
fn ends_in_small_word(text: &str) -> bool {
    text.split_whitespace()
        .next_back()
        .is_some_and(|word| word.chars().count() <= 3 && word.chars().all(char::is_lowercase))
}

/// "ORCID 0000-0000-" above "0000-0142": a number was broken.
fn ends_in_number_part(above: &str, line: &str) -> bool {
    let mut signs = above.chars().rev();
    signs.next() == Some('-')
        && signs.next().is_some_and(|c| c.is_ascii_digit())
        && line.chars().next().is_some_and(|c| c.is_ascii_digit())
}

/// Whether a sentence goes on in the next column.
fn over_columns(above: &Line, line: &Line) -> bool {
    above.size > 0.0
        && (above.size - line.size).abs() < 0.3
        && above.bold == line.bold
        && !line.furniture
        && !above.furniture
        && line.text.chars().next().is_some_and(char::is_lowercase)
        && above.text.split_whitespace().count() >= 4
        && above.text.ends_with(|c: char| c.is_alphanumeric() || c == ',')
        && !contacts::is_contact_near_name(&line.text)
}

/// Whether a bracket or quote is open at the end of the text.
fn is_open(text: &str) -> bool {
    [('(', ')'), ('«', '»'), ('“', '”'), ('„', '“')]
        .into_iter()
        .any(|(open, close)| text.rfind(open).is_some_and(|at| !text[at + open.len_utf8()..].contains(close)))
}

/// Whether the text closes a bracket or quote that it did not open.
fn closes(text: &str) -> bool {
    [('(', ')'), ('«', '»'), ('“', '”'), ('„', '“')]
        .into_iter()
        .any(|(open, close)| text.find(close).is_some_and(|at| !text[..at].contains(open)))
}

/// Whether the line is the end of a span of time and nothing else.
fn ends_range(text: &str) -> bool {
    dates::only_date(text) || dates::is_now(text)
}

/// Whether the line opens with the name of a group: "Databases: …".
fn is_labelled(text: &str) -> bool {
    text.split_once(": ").is_some_and(|(label, _)| {
        label.split_whitespace().count() <= 3
            && label.chars().count() <= 28
            && !label.contains(['.', ';', ','])
    })
}

/// Whether the line ends inside a word.
fn ends_hyphenated(text: &str) -> bool {
    let mut signs = text.trim_end_matches(crate::line::KEPT).chars().rev();
    matches!(signs.next(), Some('-' | '\u{ad}' | '\u{2010}')) && signs.next().is_some_and(char::is_alphabetic)
}

/// Adds a wrapped line to its paragraph and mends a hyphen at the line's end.
pub(crate) fn append(paragraph: &mut Line, line: &Line) {
    let before = paragraph.text.clone();
    let next_is_lower = line.text.chars().next().is_some_and(char::is_lowercase);
    if dates::opens_range(&paragraph.text) && ends_range(&line.text) {
        paragraph.text.push(' ');
    } else if paragraph.text.ends_with(crate::line::KEPT) {
        paragraph.text.pop();
        let first_word = line.text.split_whitespace().next().unwrap_or_default();
        if matches!(first_word, "und" | "oder" | "and" | "or" | "bzw." | "et" | "ou" | "y" | "o") {
            paragraph.text.push(' ');
        }
    } else if ends_in_number_part(&paragraph.text, &line.text) {
        // The hyphen is part of the number.
    } else if ends_hyphenated(&paragraph.text) {
        let last_word = paragraph.text.split_whitespace().next_back().unwrap_or_default();
        let inner_hyphens =
            last_word.trim_end_matches(['-', '\u{2010}', '\u{ad}']).contains(['-', '\u{2010}']);
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
    paragraph.italic &= line.italic;
    paragraph.right = paragraph.right.max(line.right);
    // A change of looks in either line is one of the paragraph; where the line ends is none.
    if !paragraph.runs.is_empty() || !line.runs.is_empty() {
        let mut below = if line.runs.is_empty() { vec![line.text.clone()] } else { line.runs.clone() };
        let first = below.remove(0);
        if paragraph.runs.is_empty() {
            paragraph.runs.push(before);
        }
        if let Some(last) = paragraph.runs.last_mut() {
            last.push(' ');
            last.push_str(&first);
        }
        paragraph.runs.append(&mut below);
    }
    paragraph.links.extend(line.links.iter().cloned());
    paragraph.origin = spanning(&paragraph.origin, &line.origin);
}

/// First parts that stand before a real hyphen far more often than before a broken word.
fn is_compound_front(stem: &str) -> bool {
    const FRONTS: &[&str] = &[
        "on", "off", "self", "cross", "multi", "non", "co", "ex", "pre", "post", "e", "long", "short",
        "high", "low", "full", "part", "real", "well", "one", "two", "three", "four", "five", "six", "first",
        "second", "third", "year", "read", "out", "peer", "work", "hand", "lost", "time", "plant", "private",
        "middle", "short", "open", "end", "single", "large", "start", "back", "front", "follow", "follow",
        "all", "half", "mid", "data", "user", "test", "team", "line",
    ];
    FRONTS.contains(&stem.to_lowercase().trim_start_matches(['(', '“', '"']))
        || stem.chars().any(|c| c.is_ascii_digit())
}

/// The place of both.
fn spanning(first: &Origin, second: &Origin) -> Origin {
    match (first, second) {
        (Origin::Lines { first, .. }, Origin::Lines { last, .. }) => {
            Origin::Lines { first: *first, last: *last }
        }
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
        let joined = join(vec![
            line("Built the thing that everybody uses and", 2.0, true),
            line("likes.", 2.0, false),
            line("Wrote it down", 2.0, true),
        ]);
        let texts: Vec<_> = joined.iter().map(|line| line.text.as_str()).collect();
        assert_eq!(texts, ["Built the thing that everybody uses and likes.", "Wrote it down"]);
    }

    #[test]
    fn a_span_of_time_that_is_broken_at_its_dash_is_one_line() {
        for (first, second, whole) in [
            ("Foreman, Otter Freight · 2015 -", "2016", "Foreman, Otter Freight · 2015 - 2016"),
            ("Foreman, Otter Freight, 2015–", "Present", "Foreman, Otter Freight, 2015– Present"),
            ("Vorarbeiter, Otter Fracht, Mai-", "Juli 2016", "Vorarbeiter, Otter Fracht, Mai- Juli 2016"),
            ("Foreman, Otter Freight, 2015", "– Present", "Foreman, Otter Freight, 2015 – Present"),
            ("Foreman, Sep 2015 – Jan", "2017", "Foreman, Sep 2015 – Jan 2017"),
        ] {
            let joined = join(vec![line(first, 0.0, false), line(second, 0.0, false)]);
            let texts: Vec<_> = joined.iter().map(|line| line.text.as_str()).collect();
            assert_eq!(texts, [whole]);
        }
    }

    #[test]
    fn a_date_below_a_line_that_opens_no_span_stays_a_line() {
        for first in ["Foreman, Otter Freight -", "Foreman 2015 - 2016", "Pre-"] {
            let joined = join(vec![line(first, 0.0, false), line("2016", 0.0, false)]);
            assert_eq!(joined.len(), 2, "{first}");
        }
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

//! Title, organisation, place and dates out of the lines of an entry's heading.

use super::{Entry, lexicon, places};
use crate::SectionKind;
use crate::dates::{self, Span};

/// A line of an entry's heading.
#[derive(Clone, Debug)]
pub(super) struct HeadLine<'r> {
    pub(super) text: &'r str,
    /// Bytes at which its looks change.
    pub(super) seams: Vec<usize>,
}

/// A piece of a heading between two strong separators.
#[derive(Clone, Debug)]
struct Piece {
    text: String,
    /// It was the whole line but for its dates.
    whole: bool,
    /// Which line of the heading it stands in.
    line: usize,
}

/// Separators that part pieces wherever they stand between spaces.
const STRONG: &[&str] =
    &[" | ", " · ", " • ", " — ", " – ", " - ", " @ ", " // ", " ⋄ ", " ∙ ", " ◦ ", " :: "];

/// The pieces of an entry's heading before it is known which is which.
pub(super) struct Pieces {
    all: Vec<Piece>,
    location: Option<String>,
    span: Option<Span>,
    dates: Option<String>,
    /// The lines that the dates and the place stand in.
    dated_line: Option<usize>,
    placed_line: Option<usize>,
}

/// Places of commas outside of brackets and quotes, in bytes.
pub(super) fn commas(text: &str) -> Vec<usize> {
    let mut depth = 0u32;
    let mut quoted = false;
    let mut found = Vec::new();
    for (at, c) in text.char_indices() {
        match c {
            '(' | '[' | '“' | '«' | '„' => depth += 1,
            ')' | ']' | '”' | '»' => depth = depth.saturating_sub(1),
            '"' => quoted = !quoted,
            ',' | '，' if depth == 0 && !quoted => found.push(at),
            _ => {}
        }
    }
    // A sign of inches is no quote.
    if quoted {
        return text.match_indices(',').map(|(at, _)| at).collect();
    }
    found
}

/// The byte behind the sign at `at`.
pub(super) fn behind(text: &str, at: usize) -> usize {
    at + text[at..].chars().next().map_or(0, char::len_utf8)
}

/// Takes separators and brackets off both ends.
fn trimmed(text: &str) -> &str {
    let signs = |c: char| {
        c.is_whitespace()
            || matches!(
                c,
                ',' | ';' | '|' | '·' | '•' | '–' | '—' | '-' | '/' | ':' | '\t' | '∙' | '⋄' | '，'
            )
    };
    let mut text = text.trim_matches(signs);
    for (open, close) in [('(', ')'), ('[', ']')] {
        if text.ends_with(open) || text.ends_with(close) && !text.contains(open) {
            text = text[..text.len() - 1].trim_end_matches(signs);
        }
        if text.starts_with(close) || text.starts_with(open) && !text.contains(close) {
            text = text[1..].trim_start_matches(signs);
        }
    }
    text
}

/// How well a span fits as the dates of an entry, by its place in the line.
fn fit(line: &str, span: &Span) -> i32 {
    let before = trimmed(&line[..span.range.start]);
    let after = trimmed(&line[span.range.end..]);
    4 * i32::from(span.is_range())
        + 3 * i32::from(before.is_empty() && after.is_empty())
        + 2 * i32::from(after.is_empty())
        + 2 * i32::from(before.is_empty())
        + i32::from(line[..span.range.start].trim_end().ends_with('('))
}

impl Pieces {
    /// Cuts the lines of a heading to pieces.
    pub(super) fn of(lines: &[HeadLine<'_>], known: &places::Known) -> Self {
        let mut best: Option<(i32, usize, Span)> = None;
        for (at, line) in lines.iter().enumerate() {
            for span in dates::spans(line.text) {
                let fit = fit(line.text, &span);
                let late = best.as_ref().is_none_or(|(top, ..)| fit > *top || fit == *top && fit >= 2);
                if late && (fit > 0 || lines.len() == 1) {
                    best = Some((fit, at, span));
                }
            }
        }
        let mut out = Self {
            all: Vec::new(),
            location: None,
            span: None,
            dates: None,
            dated_line: best.as_ref().map(|(_, line, _)| *line),
            placed_line: None,
        };
        for (at, line) in lines.iter().enumerate() {
            let span = best.as_ref().filter(|(_, of, _)| *of == at).map(|(_, _, span)| span);
            match span {
                Some(span) => {
                    let (before, after) = (&line.text[..span.range.start], &line.text[span.range.end..]);
                    // "Halifax / Jan 2024": there the stroke parts the pieces.
                    let stroke = before.trim_end().ends_with('/') && before.ends_with(' ');
                    out.add((before, at), &line.seams, 0, stroke, known);
                    out.add((after, at), &line.seams, span.range.end, false, known);
                    out.dates = Some(line.text[span.range.clone()].to_owned());
                }
                None => out.add((line.text, at), &line.seams, 0, false, known),
            }
        }
        out.span = best.map(|(_, _, span)| span);
        out
    }

    /// Adds a part of a line that begins at byte `from` of it.
    fn add(
        &mut self,
        (text, line): (&str, usize),
        seams: &[usize],
        from: usize,
        stroke: bool,
        known: &places::Known,
    ) {
        let mut cuts: Vec<(usize, usize)> = Vec::new();
        for separator in STRONG {
            cuts.extend(text.match_indices(separator).map(|(at, _)| (at, at + separator.len())));
        }
        if stroke {
            cuts.extend(text.match_indices(" / ").map(|(at, _)| (at, at + 3)));
        }
        cuts.extend(text.match_indices(['|', '•', '\t']).map(|(at, found)| (at, at + found.len())));
        let inside = |at: usize| {
            let (before, after) = (&text[..at], &text[at..]);
            before.matches('(').count() > before.matches(')').count() && after.contains(')')
        };
        // A word that is slanted inside of a line parts nothing; looks that change at a comma or a gap do.
        cuts.extend(
            seams
                .iter()
                .filter_map(|seam| seam.checked_sub(from))
                .filter(|seam| *seam > 0 && *seam < text.len() && text.is_char_boundary(*seam))
                .filter(|seam| {
                    let parts = |c: char| {
                        c.is_whitespace() || matches!(c, ',' | '|' | '·' | '(' | '–' | '—' | '-' | ';')
                    };
                    text[..*seam].ends_with(parts) || text[*seam..].starts_with(parts)
                })
                .filter(|seam| {
                    trimmed(&text[..*seam]).chars().count() >= 2
                        && trimmed(&text[*seam..]).chars().count() >= 2
                })
                .map(|seam| (seam, seam)),
        );
        cuts.retain(|(at, _)| !inside(*at));
        cuts.sort_unstable();
        let mut start = 0;
        let whole = cuts.is_empty();
        for (at, next) in cuts.iter().copied().chain(std::iter::once((text.len(), text.len()))) {
            if at < start {
                continue;
            }
            self.piece((&text[start..at], line), whole, known);
            start = next;
        }
    }

    fn piece(&mut self, (text, line): (&str, usize), whole: bool, known: &places::Known) {
        let text = trimmed(text);
        if !text.chars().any(char::is_alphanumeric) {
            return;
        }
        if self.location.is_none() && places::is_place(text, known) {
            self.location = Some(text.to_owned());
            self.placed_line = Some(line);
            return;
        }
        self.all.push(Piece { text: text.to_owned(), whole, line });
    }

    /// An employer's line tells the town, a job's line the dates: what the two lines tell where both are told so.
    fn by_lines(&self) -> Option<bool> {
        let dated = self.dated_line?;
        let on = |line: usize| self.all.iter().filter(move |piece| piece.line == line).count();
        let [first, ..] = self.all.as_slice() else { return None };
        // "Employer  Town" above "Job  dates".
        let town = self.placed_line == Some(first.line) && on(first.line) == 1
            || own_town(&self.all, Some(dated))
            || self.placed_line.is_none()
                && on(first.line) == 2
                && self.all.get(1).is_some_and(|piece| places::looks_like_town(&piece.text));
        if dated == first.line || !town {
            return None;
        }
        Some(on(dated) > 0)
    }

    /// How much speaks for the organisation standing before the title: positive for, negative against.
    pub(super) fn swapped(&self) -> i32 {
        match self.by_lines() {
            Some(true) => return 3,
            Some(false) => return -3,
            None => {}
        }
        let [first, second, ..] = self.all.as_slice() else { return 0 };
        let score =
            |piece: &Piece| lexicon::titles(&piece.text).min(2) - lexicon::organisations(&piece.text).min(2);
        (score(second) - score(first)).clamp(-3, 3)
    }

    /// Places that the heading tells beyond doubt.
    pub(super) fn place(&self) -> Option<&str> {
        self.location.as_deref()
    }

    /// Settles which piece is what. `swap`: in this section the organisation stands first.
    pub(super) fn settle(self, section: SectionKind, swap: bool, known: &places::Known) -> Entry {
        let (by_lines, dated) = (self.by_lines(), self.dated_line);
        let mut entry = Entry { dates: self.dates, ..Entry::default() };
        if let Some(span) = self.span {
            entry.start = span.start;
            entry.end = span.end;
        }
        entry.location = self.location;
        let mut pieces = self.all;
        if pieces.len() == 1 {
            let only = pieces.remove(0);
            let (title, organisation) = by_commas(&only.text, section, &mut entry, known);
            entry.title = Some(title);
            entry.organisation = organisation;
            return entry;
        }
        match by_lines {
            // "Employer  Town" above "Job  dates", or a job and its town above dates alone.
            Some(true) if own_town(&pieces, dated) => pieces.swap(0, 1),
            Some(told) if entry.location.is_none() && pieces.len() >= 2 => {
                entry.location = Some(pieces.remove(1).text);
                if told && pieces.len() >= 2 {
                    pieces.swap(0, 1);
                }
            }
            _ if swap && pieces.len() >= 2 => pieces.swap(0, 1),
            _ => {}
        }
        let mut pieces = pieces.into_iter();
        entry.title = pieces.next().map(|piece| piece.text);
        let mut rest: Vec<Piece> = pieces.collect();
        // A town alone behind the employer.
        if entry.location.is_none()
            && rest.len() >= 2
            && let Some(at) = (1..rest.len()).find(|at| places::looks_like_town(&rest[*at].text))
        {
            entry.location = Some(rest.remove(at).text);
        }
        if !rest.is_empty() {
            let organisation = rest.remove(0).text;
            // A list of tools has no town at its end.
            let list = commas(&organisation).len() >= 3 && lexicon::organisations(&organisation) == 0;
            let sure = entry.location.is_some() || list && !places::is_place(&organisation, known);
            let (organisation, place) =
                if sure { (organisation.as_str(), None) } else { places::peel(&organisation, known, false) };
            if let Some(place) = place {
                entry.location = Some(place.to_owned());
            }
            entry.organisation = Some(trimmed(organisation).to_owned());
        }
        // A pause has a place at most.
        let pause = entry.title.as_deref().is_some_and(lexicon::is_pause);
        if pause
            && entry.location.is_none()
            && entry.organisation.as_deref().is_some_and(|text| lexicon::organisations(text) == 0)
        {
            entry.location = entry.organisation.take();
            return entry;
        }
        if entry.location.is_none()
            && let Some(piece) = rest.first().filter(|piece| !piece.whole && piece.text.chars().count() <= 40)
        {
            entry.location = Some(piece.text.clone());
        }
        // "Portland, Fernwick": a title with its employer behind a comma, below it nothing but a place.
        if entry.organisation.is_none()
            && let Some(title) = entry.title.take()
        {
            let (title, organisation) = by_commas(&title, section, &mut entry, known);
            entry.title = Some(title);
            entry.organisation = organisation;
        }
        entry
    }
}

/// "Employer, Town" above "Job (dates)".
fn own_town(pieces: &[Piece], dated: Option<usize>) -> bool {
    let [first, second] = pieces else { return false };
    first.line != second.line
        && Some(second.line) == dated
        && commas(&first.text).len() == 1
        && lexicon::titles(&first.text) == 0
        && first.text.rsplit(',').next().is_some_and(places::looks_like_town)
}

/// Words between a title and its employer, in a line without other separators.
const AT: &[&str] = &[" at ", " bei ", " chez ", " @ ", " bei der ", " en la ", " beim "];

/// Parts a line that has only commas.
fn by_commas(
    text: &str,
    section: SectionKind,
    entry: &mut Entry,
    known: &places::Known,
) -> (String, Option<String>) {
    let (rest, place) = if entry.location.is_none() { places::peel(text, known, true) } else { (text, None) };
    let mut location = place.map(str::to_owned);
    let mut parts: Vec<String> = Vec::new();
    let mut start = 0;
    for at in commas(rest).into_iter().chain(std::iter::once(rest.len())) {
        let part = rest[start..at].trim();
        start = behind(rest, at);
        // What goes on in small letters, or with a figure, belongs to what stands before it.
        let goes_on = part.chars().next().is_some_and(|c| c.is_lowercase() || c.is_ascii_digit())
            && lexicon::organisations(part) == 0
            && !part.contains('/')
            || is_legal(part);
        match parts.last_mut() {
            Some(last) if goes_on => *last = format!("{last}, {part}"),
            _ if part.is_empty() => {}
            _ => parts.push(part.to_owned()),
        }
    }
    let none_yet = location.is_none() && entry.location.is_none();
    if none_yet && parts.len() >= 3 && parts.last().is_some_and(|last| places::looks_like_town(last)) {
        location = parts.pop();
    }
    let settled = match parts.len() {
        0 | 1 => {
            let text = parts.pop().unwrap_or_default();
            match AT.iter().find_map(|at| text.split_once(at)) {
                Some((title, organisation))
                    if section != SectionKind::Publications && lexicon::titles(title) > 0 =>
                {
                    (title.trim().to_owned(), Some(organisation.trim().to_owned()))
                }
                _ => (text, None),
            }
        }
        count => {
            let organisation =
                |at: &usize| lexicon::organisations(&parts[*at]) > lexicon::titles(&parts[*at]);
            let title = |at: usize| lexicon::titles(&parts[at]) > lexicon::organisations(&parts[at]);
            if organisation(&0) && (1..count).any(title) && !title(0) {
                let at = (1..count).find(|at| title(*at)).unwrap_or(1);
                (parts[at..].join(", "), Some(parts[..at].join(", ")))
            } else {
                let at = (1..count).find(organisation).unwrap_or(count - 1);
                // "Vice President, Manufacturing": a job alone, where the employer stands elsewhere.
                (parts[..at].join(", "), Some(parts[at..].join(", ")))
            }
        }
    };
    if location.is_some() {
        entry.location = location;
    }
    settled
}

/// "Inc.", "LLC": part of the name before it.
fn is_legal(part: &str) -> bool {
    let first = part.split_whitespace().next().unwrap_or_default().trim_end_matches('.').to_lowercase();
    matches!(
        first.as_str(),
        "inc" | "llc" | "ltd" | "llp" | "gmbh" | "ag" | "s.l" | "s.a" | "sl" | "corp" | "co" | "plc"
    )
}

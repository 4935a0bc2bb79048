//! A posting's text cut into headings, items of lists, and paragraphs.

use super::PostingPart;
use super::wording::{said, wording};

/// No more of a posting than this is read, in bytes.
const MOST_TEXT: usize = 60_000;
/// No more pieces than this are read.
const MOST_PIECES: usize = 600;
/// A line longer than this is no heading, in characters.
const LONGEST_HEADING: usize = 70;

/// A piece of a posting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Piece {
    /// A heading and its level: 1 the highest; those without a mark of their own are the lowest.
    Heading(String, u8),
    /// An item of a list or a row of a table.
    Item(String),
    /// A paragraph.
    Paragraph(String),
}

/// The level of a heading that is one by its looks alone.
pub(super) const UNMARKED: u8 = 7;

/// Cuts a text.
pub(super) fn pieces(text: &str) -> Vec<Piece> {
    let mut end = text.len().min(MOST_TEXT);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let text = without_comments(&text[..end]);
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    let mut pieces: Vec<Piece> = Vec::new();
    let mut open: Option<Piece> = None;
    for (index, line) in lines.iter().enumerate() {
        if pieces.len() >= MOST_PIECES {
            break;
        }
        let next = lines.get(index + 1).copied().unwrap_or("");
        // A blank line may stand between a heading and its list.
        let below = lines.get(index + 2).copied().unwrap_or("");
        let list_below = list_item(if next.trim().is_empty() { below } else { next }.trim()).is_some();
        let before = lines[..index].last().copied().unwrap_or("");
        if is_row(&lines, index) {
            pieces.extend(open.take());
            pieces.push(Piece::Item(line.trim().to_owned()));
            continue;
        }
        match kind(line, next, before, open.is_some(), list_below) {
            Line::Blank => pieces.extend(open.take()),
            Line::Heading(heading, level) => {
                pieces.extend(open.take());
                pieces.push(Piece::Heading(one_line(heading), level));
            }
            Line::Item(item) => {
                pieces.extend(open.replace(Piece::Item(item.to_owned())));
            }
            Line::Row(row) => {
                pieces.extend(open.take());
                pieces.push(Piece::Item(row));
            }
            Line::Text(more) => match &mut open {
                Some(Piece::Item(text) | Piece::Paragraph(text)) => {
                    text.push(' ');
                    text.push_str(more);
                }
                _ => open = Some(Piece::Paragraph(more.to_owned())),
            },
        }
    }
    pieces.extend(open);
    for piece in &mut pieces {
        if let Piece::Item(text) | Piece::Paragraph(text) = piece {
            *text = one_line(text);
        }
    }
    pieces.retain(|piece| match piece {
        Piece::Heading(text, _) | Piece::Item(text) | Piece::Paragraph(text) => !text.is_empty(),
    });
    pieces
}

/// Whether a line is a row of a table: bars within it and within a neighbour, blank lines between them aside.
fn is_row(lines: &[&str], index: usize) -> bool {
    let barred = |line: &str| line.contains(" | ") && !line.trim().starts_with(['|', '#']);
    let spoken = |line: &&&str| !line.trim().is_empty();
    barred(lines[index])
        && list_item(lines[index].trim()).is_none()
        && (kinds_of_columns(lines[index].trim()).is_some()
            || lines[..index].iter().rev().find(spoken).is_some_and(|line| barred(line))
            || lines[index + 1..].iter().find(spoken).is_some_and(|line| barred(line)))
}

enum Line<'a> {
    Blank,
    Heading(&'a str, u8),
    Item(&'a str),
    Row(String),
    Text(&'a str),
}

fn kind<'a>(line: &'a str, next: &str, before: &str, inside: bool, list_below: bool) -> Line<'a> {
    let bare = line.trim();
    if bare.is_empty() || is_rule(bare) {
        return Line::Blank;
    }
    let marks = bare.bytes().take_while(|byte| *byte == b'#').count();
    if (1..=6).contains(&marks) {
        let level = u8::try_from(marks).unwrap_or(UNMARKED);
        return Line::Heading(bare[marks..].trim().trim_end_matches('#').trim(), level);
    }
    if let Some(row) = bare.strip_prefix('|') {
        // The row above the rule names the columns.
        let names_columns = next.trim().starts_with('|') && is_rule(next.trim());
        let cells: Vec<&str> = row
            .trim_end_matches('|')
            .split('|')
            .map(|cell| if cell.trim().is_empty() { "–" } else { cell.trim() })
            .collect();
        let empty = cells.iter().all(|cell| *cell == "–");
        let columns = kinds_of_columns(bare).is_some();
        return if names_columns && !columns || empty { Line::Blank } else { Line::Row(cells.join(" | ")) };
    }
    if let Some(item) = list_item(bare) {
        return Line::Item(item);
    }
    let title = bare.trim_matches(|c| c == '*' || c == '_').trim();
    if title.chars().count() <= LONGEST_HEADING && is_heading(title, bare, next, before, inside, list_below) {
        return Line::Heading(title, UNMARKED);
    }
    Line::Text(bare)
}

/// Whether a line without a heading's mark is one all the same.
fn is_heading(title: &str, bare: &str, next: &str, before: &str, inside: bool, list_below: bool) -> bool {
    let next = next.trim();
    if is_rule(next) && !next.starts_with('|') {
        return true;
    }
    let words = said(title);
    if words.is_empty() {
        return false;
    }
    let alone = before.trim().is_empty() || is_rule(before.trim());
    // A line that is nothing but a known heading is one even where no blank line stands before it.
    if inside
        && words.len() <= 4
        && title.starts_with(char::is_uppercase)
        && !next.is_empty()
        && wording().is_heading(&words)
    {
        return true;
    }
    let trails = title.ends_with('…') || title.ends_with("...");
    if title.ends_with(['.', ';', ',']) && !trails || words.len() > 10 {
        return false;
    }
    let letters = title.chars().filter(|c| c.is_alphabetic()).count();
    let opening = title.split(['(', ':']).next().unwrap_or(title);
    let shouted =
        letters >= 4 && opening.chars().any(char::is_alphabetic) && !opening.chars().any(char::is_lowercase);
    let colon = title.ends_with(':') || trails;
    let bold = bare.starts_with("**") && bare.ends_with("**");
    let announced = || wording().heading(&words).is_some();
    let known = || wording().covers(&words);
    let value = title.contains(':') && !colon;
    if (shouted && !value && (alone || colon)) || (colon && (announced() || list_below)) {
        return true;
    }
    if bold && alone && !value {
        return true;
    }
    // A short line by itself, above a list or known as a heading.
    !inside && alone && !value && words.len() <= 8 && (list_below || known())
}

/// Where a row names columns for both kinds, which column is for which: "Criterion | Essential | Desirable".
pub(super) fn kinds_of_columns(row: &str) -> Option<Vec<Option<PostingPart>>> {
    let kinds: Vec<Option<PostingPart>> = row
        .trim_matches('|')
        .split('|')
        .map(|cell| {
            let words = said(cell);
            if words.is_empty() || words.len() > 3 {
                None
            } else if wording().list("label_nice").at(&words, 0).is_some() {
                Some(PostingPart::Nice)
            } else {
                wording().list("label_must").at(&words, 0).map(|_| PostingPart::Must)
            }
        })
        .collect();
    let both = kinds.contains(&Some(PostingPart::Must)) && kinds.contains(&Some(PostingPart::Nice));
    both.then_some(kinds)
}

/// A line of nothing but dashes and the like.
fn is_rule(line: &str) -> bool {
    line.len() >= 3
        && line.chars().all(|c| matches!(c, '-' | '=' | '_' | '*' | '|' | ' ' | ':' | '–' | '—' | '~'))
}

/// A line without the sign or the number that makes it an item.
fn list_item(line: &str) -> Option<&str> {
    for sign in [
        "- ", "* ", "• ", "– ", "— ", "· ", "▪ ", "◦ ", "‣ ", "+ ", "✓ ", "✔ ", "→ ", "» ", "> ", "o ", "•",
        "▪", "·", "✓", "✔", "✅", "➤", "►", "●", "■",
    ] {
        if let Some(rest) = line.strip_prefix(sign)
            && !rest.trim().is_empty()
        {
            return Some(rest.trim_start_matches("[ ]").trim_start_matches("[x]").trim());
        }
    }
    let digits = line.len() - line.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let rest = line[digits..].strip_prefix(['.', ')'])?;
    ((1..=2).contains(&digits) && rest.starts_with([' ', '\t'])).then(|| rest.trim())
}

/// A text without `<!-- -->`.
fn without_comments(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find("<!--") {
        kept.push_str(&rest[..start]);
        let Some(length) = rest[start..].find("-->") else {
            rest = &rest[start + 4..];
            continue;
        };
        rest = &rest[start + length + 3..];
    }
    kept.push_str(rest);
    kept
}

/// One line, single spaces, without Markdown's emphasis.
fn one_line(text: &str) -> String {
    let plain = text.replace("**", "").replace("__", "").replace('`', "");
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The sentences of a text. An end is a full stop, a question or an exclamation mark before a capital;
/// abbreviations and numbers do not end one.
pub(super) fn sentences(text: &str) -> Vec<String> {
    const ABBREVIATIONS: &[&str] = &[
        "etc", "bzw", "ca", "inkl", "incl", "approx", "dr", "mr", "mrs", "ms", "st", "nr", "no", "z", "u",
        "e.g", "i.e", "vs", "min", "max", "std", "evtl", "ggf", "usw", "env", "ex", "sra", "sr", "tel",
        "inc", "ltd", "co",
    ];
    let mut found = Vec::new();
    let mut start = 0;
    let characters: Vec<(usize, char)> = text.char_indices().collect();
    for (index, (byte, c)) in characters.iter().enumerate() {
        if !matches!(c, '.' | '?' | '!' | '…') || characters.get(index + 1).is_some_and(|(_, c)| *c != ' ')
        {
            continue;
        }
        let word = text[start..*byte].rsplit(' ').next().unwrap_or("");
        let lower = word.trim_start_matches('(').to_lowercase();
        let short = *c == '.'
            && (lower.chars().count() <= 1 && !lower.chars().all(|c| c.is_ascii_digit())
                || lower.contains('.') && !lower.chars().any(|c| c.is_ascii_digit())
                || ABBREVIATIONS.contains(&lower.as_str()));
        let capital = characters.get(index + 2).is_none_or(|(_, c)| c.is_uppercase() || !c.is_alphabetic());
        if !short && capital {
            found.push(text[start..byte + c.len_utf8()].trim().to_owned());
            start = byte + c.len_utf8();
        }
    }
    let rest = text[start..].trim();
    if !rest.is_empty() {
        found.push(rest.to_owned());
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prose_is_cut_into_sentences() {
        assert_eq!(
            sentences("You know rye. You can lift 25.5 kg, i.e. a sack! Why?"),
            ["You know rye.", "You can lift 25.5 kg, i.e. a sack!", "Why?"]
        );
    }

    #[test]
    fn plain_text_has_headings_too() {
        let text = "BAKER WANTED\n\nMUST HAVE (no exceptions):\n  * Two years in a bakery,\n    nights too\n";
        assert_eq!(
            pieces(text),
            [
                Piece::Heading("BAKER WANTED".to_owned(), UNMARKED),
                Piece::Heading("MUST HAVE (no exceptions):".to_owned(), UNMARKED),
                Piece::Item("Two years in a bakery, nights too".to_owned()),
            ]
        );
    }

    #[test]
    fn odd_text_is_taken_as_it_comes() {
        for text in ["", "|||\n|", "<!--", "#", "- ", "....", "\u{feff}\u{0}", "1.", "**", "####### x"] {
            pieces(text);
            sentences(text);
        }
    }
}

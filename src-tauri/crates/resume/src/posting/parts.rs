//! What each line of a posting is about: first by the heading above it, then by its own words.

mod clauses;
mod sections;

use clauses::clauses;
use sections::{Section, sections};

use super::lines::{Piece, kinds_of_columns, pieces, sentences};
use super::orders::{addresses_ai, from_here_on};
use super::wording::{Said, said, wording};
use super::{LineForm, PostingLine, PostingPart};

/// Reads a posting's text line by line, and tells what each line is.
///
/// Works on any text, and on Markdown. What is longer than any posting is read in part.
pub fn understand(text: &str) -> Vec<PostingLine> {
    let sections = sections(pieces(text));
    let mut reading = Reading { lines: Vec::new(), has_asks: has_asks(&sections) };
    for section in &sections {
        reading.read(section);
    }
    reading.lines
}

/// Whether a row names the columns of those below it: few words in each cell, and more of them in the next row.
fn names_columns(row: &str, index: usize, body: &[Piece]) -> bool {
    let cells = |text: &str| text.split(" | ").map(|cell| cell.split_whitespace().count()).max().unwrap_or(0);
    let is_row = |at: Option<usize>| match at.and_then(|at| body.get(at)) {
        Some(Piece::Item(text)) if text.contains(" | ") => Some(cells(text)),
        _ => None,
    };
    row.contains(" | ")
        && (kinds_of_columns(row).is_some()
            || is_row(index.checked_sub(1)).is_none()
                && cells(row) <= 2
                && is_row(Some(index + 1)).is_some_and(|longest| longest > 3))
}

/// Whether some section is known to say what is asked for: then other sections do so only where they insist.
fn has_asks(sections: &[Section]) -> bool {
    sections.iter().any(|section| {
        section.part == PostingPart::Must
            && section.body.iter().any(|piece| match piece {
                Piece::Item(_) => true,
                Piece::Paragraph(text) => wording().says("cue", &said(text)),
                Piece::Heading(..) => false,
            })
    })
}

struct Reading {
    lines: Vec<PostingLine>,
    has_asks: bool,
}

impl Reading {
    fn push(&mut self, part: PostingPart, form: LineForm, text: impl Into<String>) {
        let text = text.into();
        if !text.is_empty() {
            self.lines.push(PostingLine { part, form, text });
        }
    }

    fn read(&mut self, section: &Section) {
        if let Some(heading) = &section.heading {
            let part = if addresses_ai(heading) { PostingPart::Instruction } else { section.part };
            self.push(part, LineForm::Heading, heading.clone());
        }
        let mut columns: Option<Vec<Option<PostingPart>>> = None;
        let listed = section.body.iter().filter(|piece| matches!(piece, Piece::Item(_))).count();
        for (index, piece) in section.body.iter().enumerate() {
            match piece {
                Piece::Heading(..) => {}
                Piece::Item(text) if names_columns(text, index, &section.body) => {
                    columns = kinds_of_columns(text);
                    self.push(section.part, LineForm::Heading, text.clone());
                }
                Piece::Item(text) if addresses_ai(text) => {
                    self.push(PostingPart::Instruction, LineForm::Item, text.clone());
                }
                Piece::Item(text) if columns.is_some() && text.contains(" | ") => {
                    self.row(section.part, text, columns.as_deref().unwrap_or_default());
                }
                Piece::Item(text) => self.item(section.part, text),
                Piece::Paragraph(text) => self.paragraph(section.part, text, listed > 1),
            }
        }
    }

    /// A row of a table with columns for both kinds: the cells of each, or the first cell where the others only tick it.
    fn row(&mut self, part: PostingPart, text: &str, columns: &[Option<PostingPart>]) {
        let cells: Vec<&str> = text.split(" | ").map(str::trim).collect();
        let mut told = false;
        for (cell, kind) in cells.iter().zip(columns) {
            let Some(kind) = kind else { continue };
            let letters = cell.chars().filter(|c| c.is_alphanumeric()).count();
            let ticked = letters <= 3 && !matches!(*cell, "–" | "-" | "");
            let text = if letters > 3 {
                *cell
            } else if ticked {
                cells[0]
            } else {
                continue;
            };
            told = true;
            self.push(*kind, LineForm::Item, text);
        }
        if !told {
            self.item(part, text);
        }
    }

    /// An item of a list.
    fn item(&mut self, part: PostingPart, text: &str) {
        let words = said(text);
        if let Some((label, rest)) = labelled(text) {
            for (part, text) in clauses(rest, label) {
                self.push(part, LineForm::Item, text);
            }
            return;
        }
        let part = match part {
            PostingPart::Must | PostingPart::Nice => part,
            PostingPart::Task => match asked_in_passing(&words) {
                Some(part) => part,
                None => PostingPart::Task,
            },
            PostingPart::Other if !self.has_asks => by_words(&words).unwrap_or_else(|| {
                if wording().says("cue", &words) || wording().says("nice", &words) {
                    PostingPart::Must
                } else {
                    PostingPart::Other
                }
            }),
            PostingPart::Other => by_words(&words).unwrap_or(PostingPart::Other),
            known => known,
        };
        if matches!(part, PostingPart::Must | PostingPart::Nice) {
            for (part, text) in clauses(text, part) {
                self.push(part, LineForm::Item, text);
            }
        } else {
            self.push(part, LineForm::Item, text);
        }
    }

    /// A paragraph, sentence by sentence.
    fn paragraph(&mut self, part: PostingPart, text: &str, beside_a_list: bool) {
        let sentences = sentences(text);
        let orders = from_here_on(text, &sentences);
        let mut label: Option<PostingPart> = None;
        for (index, sentence) in sentences.iter().enumerate() {
            if orders.is_some_and(|from| index >= from) {
                self.push(PostingPart::Instruction, LineForm::Sentence, sentence.clone());
                continue;
            }
            let mut text = sentence.as_str();
            if let Some((part, rest)) = labelled(text) {
                label = Some(part);
                text = rest;
            }
            if let Some(label) = label {
                for (part, text) in clauses(text, label) {
                    self.push(part, LineForm::Sentence, text);
                }
                continue;
            }
            let part = self.sentence(part, text, beside_a_list);
            if matches!(part, PostingPart::Must | PostingPart::Nice) {
                for (part, text) in clauses(text, part) {
                    self.push(part, LineForm::Sentence, text);
                }
            } else {
                self.push(part, LineForm::Sentence, text);
            }
        }
    }

    fn sentence(&self, part: PostingPart, text: &str, beside_a_list: bool) -> PostingPart {
        let words = said(text);
        let asks = wording().says("cue", &words);
        let nice = wording().says("nice", &words);
        let firm = wording().list("firm").at(&words, 0).is_some();
        let aside = by_words(&words);
        match part {
            PostingPart::Must | PostingPart::Nice => match aside {
                Some(aside) if !asks || aside != PostingPart::Benefit => aside,
                _ if nice && asks => PostingPart::Nice,
                _ if asks => part,
                _ if nice && !firm => PostingPart::Nice,
                _ if beside_a_list || firm || is_question(text) => PostingPart::Other,
                _ => part,
            },
            PostingPart::Task => asked_in_passing(&words).unwrap_or(PostingPart::Task),
            PostingPart::Other | PostingPart::Company => match aside {
                Some(aside) => aside,
                None if !self.has_asks && nice && (asks || !firm) => PostingPart::Nice,
                None if !self.has_asks && asks && !is_question(text) && words.len() < 60 => PostingPart::Must,
                None => asked_in_passing(&words).unwrap_or(part),
            },
            known => known,
        }
    }
}

fn is_question(text: &str) -> bool {
    text.trim_end().ends_with('?')
}

/// What a sentence is by its own words, where it is one of the kinds of boilerplate.
fn by_words(words: &[Said]) -> Option<PostingPart> {
    let kinds = [
        ("page", PostingPart::Page),
        ("legal", PostingPart::Legal),
        ("application", PostingPart::Application),
        ("benefit", PostingPart::Benefit),
    ];
    kinds.into_iter().find(|(list, _)| wording().says(list, words)).map(|(_, part)| part)
}

/// A task or a word on the firm that asks for something on the way: "you drive the van; a clean licence is required".
fn asked_in_passing(words: &[Said]) -> Option<PostingPart> {
    if by_words(words).is_some_and(|part| part != PostingPart::Benefit) {
        return None;
    }
    if wording().says("nice_passing", words) {
        return Some(PostingPart::Nice);
    }
    wording().says("must_passing", words).then_some(PostingPart::Must)
}

/// The part that a label at the beginning names, and what follows: "Nice to have: rye".
fn labelled(text: &str) -> Option<(PostingPart, &str)> {
    let at = text.find([':', '–', '—']).filter(|at| *at <= 60)?;
    let sign = text[at..].chars().next()?;
    let rest = text[at + sign.len_utf8()..].trim_start();
    let words = said(&text[..at]);
    if words.is_empty() || words.len() > 5 || rest.is_empty() {
        return None;
    }
    // Both may stand there ("not required"): the longer one decides.
    let length = |list: &str| wording().list(list).places(&words).map(|place| place.letters).max();
    let (must, nice) = (length("label_must"), length("label_nice").max(length("nice")));
    let whole = words.len() <= 3 || sign == ':';
    match (must, nice) {
        _ if !whole => None,
        (None, None) => None,
        (must, nice) if nice >= must => Some((PostingPart::Nice, rest)),
        _ => Some((PostingPart::Must, rest)),
    }
}

#[cfg(test)]
mod tests;

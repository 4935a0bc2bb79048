//! What a requirement says in brackets, behind a colon, or behind "such as" and "including", and the
//! abbreviations that it explains.

use resume::words::key;

use super::super::glossary::{Spelled, spelled_out};
use super::super::lexicon::lexicon;

/// What an aside does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Aside {
    /// It stands in brackets or behind a colon.
    Brackets,
    /// It follows "such as".
    SuchAs,
    /// It follows "including": asked for on top.
    Extra,
}

/// The head of a requirement, its asides, and the abbreviations that it explains: "Basic Life Support (BLS)".
pub(super) fn asides(text: &str) -> (String, Vec<(String, Aside)>, Vec<Spelled>) {
    let mut head = String::new();
    let mut found = Vec::new();
    let mut short_for = Vec::new();
    let mut inner = String::new();
    let mut depth = 0;
    for c in text.chars() {
        match c {
            '(' => depth += 1,
            ')' if depth > 0 => {
                depth -= 1;
                if depth == 0 {
                    let aside = std::mem::take(&mut inner);
                    match spelled_out(&head, &aside) {
                        Some(long) => short_for.push((long, aside)),
                        None => found.push((aside, Aside::Brackets)),
                    }
                }
            }
            _ if depth > 0 => inner.push(c),
            _ => head.push(c),
        }
    }
    for sign in ["; ", " — ", " – ", ". "] {
        if let Some(at) = head.find(sign).filter(|at| *at > 8) {
            head.truncate(at);
        }
    }
    let cut = |head: &mut String, range: std::ops::Range<usize>| {
        let rest = head[range.end..].to_owned();
        head.truncate(range.start);
        rest
    };
    if let Some(at) = head.find(": ").filter(|at| *at > 3) {
        let rest = cut(&mut head, at..at + 2);
        found.push((rest, Aside::Brackets));
    }
    if let Some(range) = lexicon().find("tail", &head).filter(|range| range.start > 8) {
        head.truncate(range.start);
    }
    for (list, kind) in [("example", Aside::SuchAs), ("extra", Aside::Extra)] {
        if let Some(range) = lexicon().find(list, &head).filter(|range| range.start > 3) {
            let rest = cut(&mut head, range);
            found.push((rest, kind));
        }
    }
    // An aside that is a sentence of its own says nothing to look for.
    found.retain(|(aside, _)| aside.split_whitespace().count() <= 14);
    (head, found, short_for)
}

/// The initials of words in capitals, small words left out.
pub(super) fn initials<'a>(words: impl Iterator<Item = &'a str>) -> String {
    words
        .filter(|word| !lexicon().is("small", &key(word)))
        .filter_map(|word| word.chars().next())
        .flat_map(char::to_uppercase)
        .collect()
}

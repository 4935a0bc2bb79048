//! Places: the town at the end of "Calder Valley Open College, Halifax".

use std::collections::HashSet;

use super::lexicon;
use crate::{BlockKind, Resume};

/// Places that the resume itself tells beyond doubt: towns in front of a country or state.
pub(super) struct Known(HashSet<String>);

fn key(text: &str) -> String {
    text.trim().to_lowercase()
}

impl Known {
    pub(super) fn of(resume: &Resume) -> Self {
        let mut places = HashSet::new();
        for block in &resume.blocks {
            if !matches!(block.kind, BlockKind::EntryHeading | BlockKind::Contact | BlockKind::Paragraph)
                || block.text.chars().count() > 160
            {
                continue;
            }
            let pieces: Vec<&str> =
                block.text.split([',', '|', '·', '•', '\t', '(', ')', '—', '–']).collect();
            for pair in pieces.windows(2) {
                if lexicon::is_region(pair[1]) && looks_like_town(pair[0]) {
                    places.insert(key(pair[0]));
                }
            }
            // "50999 Zaragoza"; elsewhere four figures are a year.
            for piece in pieces.into_iter().filter(|_| block.kind == BlockKind::Contact) {
                let mut words = piece.trim().splitn(2, ' ');
                if let (Some(code), Some(town)) = (words.next(), words.next())
                    && (4..=6).contains(&code.len())
                    && code.chars().all(|c| c.is_ascii_digit())
                    && looks_like_town(town)
                {
                    places.insert(key(town));
                }
            }
        }
        Self(places)
    }

    pub(super) fn none() -> Self {
        Self(HashSet::new())
    }

    /// The same places, to be added to.
    pub(super) fn with(other: &Self) -> Self {
        Self(other.0.clone())
    }

    pub(super) fn has(&self, text: &str) -> bool {
        self.0.contains(&key(text))
    }

    pub(super) fn learn(&mut self, text: &str) {
        self.0.insert(key(text));
    }
}

/// Whether the text has the shape of a town's name: few words, capitals, no figures, nothing of a firm.
pub(super) fn looks_like_town(text: &str) -> bool {
    let text = without_remark(text.trim());
    let words = text.split_whitespace().count();
    (1..=4).contains(&words)
        && text.chars().count() <= 32
        && text
            .chars()
            .next()
            .is_some_and(|c| c.is_uppercase() || !c.is_ascii() && c.is_alphabetic() && !c.is_lowercase())
        && !text
            .chars()
            .any(|c| c.is_ascii_digit() || matches!(c, '&' | '+' | '“' | '"' | '„' | '«' | ':' | '%' | '@'))
        && lexicon::organisations(text) == 0
        && lexicon::titles(text) == 0
}

/// "Portland, OR (hybrid)" without what is in brackets at its end.
fn without_remark(text: &str) -> &str {
    match text.rfind('(') {
        Some(at) if text.ends_with(')') && lexicon::is_anywhere(&text[at..]) => text[..at].trim_end(),
        _ => text,
    }
}

/// Whether the whole text is surely a place: "Portland, OR", "remote", "Wrocław, Polonia".
pub(super) fn is_place(text: &str, known: &Known) -> bool {
    let text = without_remark(text.trim());
    if lexicon::is_anywhere(text) || known.has(text) {
        return true;
    }
    let parts: Vec<&str> = text.split(',').map(str::trim).collect();
    match parts.as_slice() {
        [only] => lexicon::is_region(only) && only.chars().count() > 3,
        [town, rest @ ..] if rest.len() <= 2 => {
            looks_like_town(town) && rest.iter().any(|part| lexicon::is_region(without_remark(part)))
        }
        _ => false,
    }
}

/// Cuts the place off the end of a piece, at a comma. `sure`: only what is beyond doubt.
pub(super) fn peel<'t>(text: &'t str, known: &Known, sure: bool) -> (&'t str, Option<&'t str>) {
    let commas = super::facts::commas(text);
    let piece = |from: usize| text[super::facts::behind(text, from)..].trim();
    let cut = |at: usize| (text[..at].trim_end(), Some(piece(at)));
    // Two or three pieces: "City, ST", "City, ST, USA".
    for count in [3usize, 2, 1] {
        let Some(at) = commas.len().checked_sub(count).map(|n| commas[n]) else { continue };
        let tail = piece(at);
        if count > 1 && is_place(tail, known) && !known.has(tail) && !lexicon::is_anywhere(tail) {
            return cut(at);
        }
        if count == 1 && (known.has(without_remark(tail)) || lexicon::is_anywhere(tail)) {
            return cut(at);
        }
        if count == 1 && lexicon::is_region(tail) && tail.chars().count() > 3 {
            return cut(at);
        }
        if count == 1 && !sure && looks_like_town(tail) && !looks_like_legal(tail) {
            return cut(at);
        }
    }
    (text, None)
}

/// "Inc.", "Ltd": no town.
fn looks_like_legal(text: &str) -> bool {
    text.chars().count() <= 4 && text.ends_with('.') || lexicon::organisations(text) > 0
}

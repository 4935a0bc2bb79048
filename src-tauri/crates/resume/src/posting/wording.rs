//! The headings and turns of phrase that postings use, in four languages. They are text files in `data/`.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::words::key;

static WORDING: LazyLock<Wording> = LazyLock::new(Wording::read);

/// The tables, read once.
pub(super) fn wording() -> &'static Wording {
    &WORDING
}

/// A word of a text, and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Said {
    /// In small letters, without accents.
    pub(super) key: String,
    /// Where it starts, in bytes.
    pub(super) start: usize,
    /// Where it ends, in bytes.
    pub(super) end: usize,
}

/// The words of a text. French elisions are words of their own, other apostrophes stay inside.
pub(super) fn said(text: &str) -> Vec<Said> {
    let mut words = Vec::new();
    let mut start: Option<usize> = None;
    let mut chars = text.char_indices().peekable();
    let mut push = |start: usize, end: usize| {
        let key = key(&text[start..end]);
        if !key.is_empty() {
            words.push(Said { key, start, end });
        }
    };
    while let Some((at, c)) = chars.next() {
        if c.is_alphanumeric() || ('\u{300}'..='\u{36f}').contains(&c) {
            start.get_or_insert(at);
            continue;
        }
        let Some(from) = start else { continue };
        let goes_on = chars.peek().is_some_and(|(_, next)| next.is_alphabetic());
        if matches!(c, '\'' | '’') && goes_on && !is_elision(&text[from..at]) {
            continue;
        }
        push(from, at);
        start = None;
    }
    if let Some(from) = start {
        push(from, text.len());
    }
    words
}

fn is_elision(word: &str) -> bool {
    matches!(
        word.to_ascii_lowercase().as_str(),
        "l" | "d" | "j" | "m" | "t" | "s" | "n" | "c" | "qu" | "jusqu" | "lorsqu" | "puisqu"
    )
}

/// A phrase of the tables. A word that ends in `*` stands for all that begin so.
#[derive(Debug)]
struct Phrase {
    words: Vec<(String, bool)>,
    kind: usize,
    letters: usize,
}

impl Phrase {
    fn new(written: &str, kind: usize) -> Option<Self> {
        let words: Vec<(String, bool)> = written
            .split_whitespace()
            .flat_map(|word| {
                let open = word.ends_with('*');
                let parts = said(word.trim_end_matches('*'));
                let last = parts.len();
                parts
                    .into_iter()
                    .enumerate()
                    .map(move |(at, part)| (part.key, open && at + 1 == last))
                    .collect::<Vec<_>>()
            })
            .collect();
        let letters = words.iter().map(|(word, _)| word.chars().count() + 1).sum();
        (!words.is_empty()).then_some(Self { words, kind, letters })
    }

    fn stands_at(&self, words: &[Said]) -> bool {
        words.len() >= self.words.len()
            && self.words.iter().zip(words).all(|((wanted, open), word)| {
                if *open { word.key.starts_with(wanted.as_str()) } else { word.key == *wanted }
            })
    }
}

/// Phrases of one list, or of several that are looked for together.
#[derive(Debug, Default)]
pub(super) struct Phrases {
    /// By the first letters of their first word.
    by_opening: HashMap<String, Vec<Phrase>>,
}

/// Where a phrase stands among words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    /// The first word.
    pub(super) from: usize,
    /// Behind the last word.
    pub(super) to: usize,
    /// Which list it is of.
    pub(super) kind: usize,
    /// How long the phrase is, in letters.
    pub(super) letters: usize,
}

impl Phrases {
    fn add(&mut self, written: &str, kind: usize) {
        if let Some(phrase) = Phrase::new(written, kind) {
            self.by_opening.entry(opening(&phrase.words[0].0).to_owned()).or_default().push(phrase);
        }
    }

    /// All places where phrases stand: at each word the longest.
    pub(super) fn places<'a>(&'a self, words: &'a [Said]) -> impl Iterator<Item = Place> + 'a {
        (0..words.len()).filter_map(|from| self.at(words, from))
    }

    /// The longest phrase that opens at a word.
    pub(super) fn at(&self, words: &[Said], from: usize) -> Option<Place> {
        let rest = words.get(from..)?;
        let phrases = self.by_opening.get(opening(&rest.first()?.key))?;
        phrases.iter().filter(|phrase| phrase.stands_at(rest)).max_by_key(|phrase| phrase.letters).map(
            |phrase| Place {
                from,
                to: from + phrase.words.len(),
                kind: phrase.kind,
                letters: phrase.letters,
            },
        )
    }

    /// The first place where a phrase stands.
    pub(super) fn find(&self, words: &[Said]) -> Option<Place> {
        self.places(words).next()
    }

    /// Whether any phrase stands there.
    pub(super) fn says(&self, words: &[Said]) -> bool {
        self.find(words).is_some()
    }
}

/// Three letters at most: enough to part the tables, and short enough for words that end in `*`.
fn opening(word: &str) -> &str {
    word.char_indices().nth(3).map_or(word, |(end, _)| &word[..end])
}

/// The kinds of headings, in the order in which [`Wording::heading`] numbers them.
pub(super) const HEADINGS: [&str; 8] =
    ["must", "nice", "task", "benefit", "company", "legal", "application", "page"];

/// The tables.
pub(super) struct Wording {
    headings: Phrases,
    lists: HashMap<&'static str, Phrases>,
    whole_headings: HashMap<Vec<String>, usize>,
}

impl Wording {
    fn read() -> Self {
        let mut wording =
            Self { headings: Phrases::default(), lists: HashMap::new(), whole_headings: HashMap::new() };
        for (list, phrase) in entries(include_str!("data/headings.txt")) {
            if let Some(kind) = HEADINGS.iter().position(|name| *name == list) {
                wording.headings.add(phrase, kind);
                let keys = said(&phrase.replace('*', "")).into_iter().map(|word| word.key).collect();
                wording.whole_headings.insert(keys, kind);
            }
        }
        let lists = [include_str!("data/wording.txt"), include_str!("data/orders.txt")];
        for (list, phrase) in lists.into_iter().flat_map(entries) {
            wording.lists.entry(list).or_default().add(phrase, 0);
        }
        wording
    }

    /// A list of phrases; an empty one where there is none of that name.
    pub(super) fn list(&self, name: &str) -> &Phrases {
        static NONE: LazyLock<Phrases> = LazyLock::new(Phrases::default);
        self.lists.get(name).unwrap_or(&NONE)
    }

    /// Whether any phrase of a list stands in a text.
    pub(super) fn says(&self, list: &str, words: &[Said]) -> bool {
        self.list(list).says(words)
    }

    /// What a heading announces, as a place in [`HEADINGS`]: the longest phrase decides.
    pub(super) fn heading(&self, words: &[Said]) -> Option<usize> {
        let best = self.headings.places(words).max_by_key(|place| (place.letters, place.from))?;
        Some(best.kind)
    }

    /// Whether what a heading of the tables says is a good part of words: "Required for April, full time" is none.
    pub(super) fn covers(&self, words: &[Said]) -> bool {
        let all: usize = words.iter().map(|word| word.key.chars().count() + 1).sum();
        self.headings.places(words).any(|place| place.letters * 3 >= all)
    }

    /// Whether words are a heading of the tables but for a word or two: "About the College", "Ihre Aufgaben bei uns".
    pub(super) fn opens_section(&self, words: &[Said]) -> bool {
        self.headings.at(words, 0).is_some_and(|place| place.to - place.from >= 2)
            || self.list("opens_section").at(words, 0).is_some()
    }

    /// Whether words are a heading of the tables and nothing else.
    pub(super) fn is_heading(&self, words: &[Said]) -> bool {
        let keys: Vec<String> = words.iter().map(|word| word.key.clone()).collect();
        self.whole_headings.contains_key(&keys)
            || self.headings.at(words, 0).is_some_and(|place| place.to == words.len())
    }
}

fn entries(table: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    table
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .filter_map(|line| line.split_once(':'))
        .flat_map(|(list, rest)| {
            rest.split('|').map(str::trim).filter(|part| !part.is_empty()).map(move |part| (list, part))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn heading(text: &str) -> Option<&'static str> {
        wording().heading(&said(text)).map(|kind| HEADINGS[kind])
    }

    #[test]
    fn headings_announce_what_follows() {
        for (text, kind) in [
            ("What you need to have", "must"),
            ("Lovely, not needed", "nice"),
            ("Idealerweise haben Sie außerdem:", "nice"),
            ("Profil recherché", "must"),
            ("Qué ofrecemos", "benefit"),
            ("What you will do", "task"),
            ("The fine print", "legal"),
            ("Über uns", "company"),
            ("What would make us smile", "nice"),
            ("Helps you get the call", "nice"),
            ("Requisitos deseables", "nice"),
            ("Weitere offene Stellen", "page"),
            ("Comment postuler", "application"),
        ] {
            assert_eq!(heading(text), Some(kind), "{text}");
        }
        assert_eq!(heading("Cinderwake"), None);
    }

    #[test]
    fn elisions_are_words_and_other_apostrophes_are_not() {
        let keys = |text| said(text).into_iter().map(|word| word.key).collect::<Vec<_>>();
        assert_eq!(keys("L’équipe d'accueil, you’ll see"), ["l", "equipe", "d", "accueil", "youll", "see"]);
    }
}

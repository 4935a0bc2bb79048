//! Finds the person's name: whole, in parts, in capitals, without its accents.

use std::collections::HashSet;
use std::ops::Range;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::unseen;

/// Letters of the shortest part that is hidden by itself. Shorter ones are hidden only within the whole name.
const SHORTEST_PART: usize = 3;

/// Parts of names that are no names by themselves. Hiding each "der" of a German text would leave nothing to read.
const PARTICLES: &str = include_str!("particles.txt");

/// Names that are everyday words too: hidden only where they do not stand in small letters.
const WORDS: &str = include_str!("everyday.txt");

/// The names of one person.
#[derive(Clone, Default)]
pub(super) struct Names {
    /// Each whole name, as folded words.
    whole: Vec<Vec<String>>,
    /// Folded words that are hidden by themselves.
    parts: HashSet<String>,
    /// Names in scripts that put no spaces between words.
    unspaced: Vec<String>,
}

/// A word of a text.
struct Word {
    range: Range<usize>,
    folded: String,
}

impl Names {
    /// Learns from the lines that hold the name; where there is none, from the mail address in the contact lines.
    pub(super) fn learn(lines: &[&str], contacts: &[&str]) -> Self {
        let mut names = Self::default();
        for line in lines {
            names.add(&bare(line));
            for other in other_names(line) {
                names.add(&other);
            }
        }
        // A name that is set letter by letter, "I N G R I D", has no parts.
        if names.parts.is_empty() && names.unspaced.is_empty() {
            for contact in contacts {
                names.add_from_mail(contact);
            }
        }
        names
    }

    fn add(&mut self, name: &str) {
        let found = words(name);
        for word in &found {
            let text = &name[word.range.clone()];
            if text.chars().any(is_unspaced) {
                if text.chars().count() > 1 {
                    self.unspaced.push(text.to_owned());
                }
            } else if text.chars().count() >= SHORTEST_PART && !holds(PARTICLES, &word.folded) {
                self.parts.insert(word.folded.clone());
            }
        }
        // O'Brien is also OBrien, Anne-Marie also Annemarie.
        for glued in name.split_whitespace().filter(|word| words(word).len() > 1) {
            let glued: String = words(glued).into_iter().map(|word| word.folded).collect();
            if glued.chars().count() > SHORTEST_PART {
                self.parts.insert(glued);
            }
        }
        let spaced: Vec<String> =
            found.into_iter().map(|word| word.folded).filter(|word| !word.chars().any(is_unspaced)).collect();
        if spaced.len() > 1 {
            let (first, last) = (&spaced[0], &spaced[spaced.len() - 1]);
            for glued in [spaced.concat(), format!("{first}{last}"), format!("{last}{first}")] {
                if glued.chars().count() > SHORTEST_PART {
                    self.parts.insert(glued);
                }
            }
        }
        if !spaced.is_empty() {
            self.whole.push(spaced);
        }
    }

    /// `ingrid.solheim@…` tells a name when both its parts are words of letters.
    fn add_from_mail(&mut self, contact: &str) {
        for mail in super::mail::find(contact) {
            let local = contact[mail].split(['@', '＠']).next().unwrap_or_default();
            let local = local.trim_end_matches(|c: char| c.is_ascii_digit());
            let parts: Vec<&str> = local.split(['.', '_', '-']).collect();
            let letters =
                |part: &&str| part.chars().count() >= SHORTEST_PART && part.chars().all(char::is_alphabetic);
            if parts.len() == 2 && parts.iter().all(letters) {
                self.add(&parts.join(" "));
            }
        }
    }

    /// Every place in `text` that holds the name or a part of it. Whole names come first.
    pub(super) fn find(&self, text: &str) -> Vec<Range<usize>> {
        if self.parts.is_empty() && self.whole.is_empty() && self.unspaced.is_empty() {
            return Vec::new();
        }
        let words = words(text);
        let mut found = Vec::new();
        for whole in self.whole.iter().filter(|whole| whole.len() > 1) {
            for window in words.windows(whole.len()) {
                let same = window.iter().zip(whole).all(|(word, part)| word.folded == *part);
                let close = window.windows(2).all(|pair| {
                    let gap = &text[pair[0].range.end..pair[1].range.start];
                    gap.chars().count() <= 3 && !gap.contains('\n')
                });
                if let [first, .., last] = window
                    && same
                    && close
                {
                    found.push(first.range.start..last.range.end);
                }
            }
        }
        for word in &words {
            if self.is_part(text, word) {
                found.push(word.range.clone());
            } else if let Some(range) = self.with_ending(text, word) {
                found.push(range);
            } else {
                found
                    .extend(humps(text, word).filter(|hump| self.is_part(text, hump)).map(|hump| hump.range));
            }
        }
        for name in &self.unspaced {
            found.extend(text.match_indices(name.as_str()).map(|(at, name)| at..at + name.len()));
        }
        found
    }

    /// Whether letters of the name, four or more in a row, stand anywhere in `text`: for links and handles.
    pub(super) fn touches(&self, text: &str) -> bool {
        let folded = fold(text);
        self.parts.iter().any(|part| part.chars().count() > SHORTEST_PART && folded.contains(part.as_str()))
    }

    /// The name in "Solheims Plan": where no apostrophe parts the `s` from it.
    fn with_ending(&self, text: &str, word: &Word) -> Option<Range<usize>> {
        let range = word.range.start..word.range.end.checked_sub(1)?;
        let name = word.folded.strip_suffix('s').filter(|name| name.chars().count() > SHORTEST_PART)?;
        let ends_in_s = text[word.range.clone()].ends_with(['s', 'S']);
        (ends_in_s && self.parts.contains(name) && !holds(WORDS, name)).then_some(range)
    }

    fn is_part(&self, text: &str, word: &Word) -> bool {
        let written = &text[word.range.clone()];
        self.parts.contains(&word.folded)
            && (!holds(WORDS, &word.folded) || written.chars().any(char::is_uppercase))
    }
}

/// Whether a list of words has `word`.
fn holds(list: &str, word: &str) -> bool {
    list.split_ascii_whitespace().any(|one| one == word)
}

/// The names in brackets of a line that holds the name: "(Bob)", "(née Dubois)". Other words in brackets are no
/// names, "(Python Developer)".
fn other_names(line: &str) -> Vec<String> {
    let inside =
        line.split('(').skip(1).filter_map(|rest| rest.split_once(')')).map(|(inside, _)| inside.trim());
    inside
        .filter_map(|inside| match inside.split_once(char::is_whitespace) {
            None => Some(inside),
            Some((word, name)) => matches!(
                &*fold(word),
                "geb." | "geborene" | "nee" | "born" | "formerly" | "fodt" | "aka" | "ne"
            )
            .then_some(name.trim()),
        })
        .filter(|name| name.chars().any(char::is_lowercase) && name.starts_with(char::is_uppercase))
        .map(str::to_owned)
        .collect()
}

/// `line` without what stands in brackets.
fn without_brackets(line: &str) -> String {
    let mut bare = String::with_capacity(line.len());
    let mut depth = 0_usize;
    for c in line.chars() {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ if depth == 0 => bare.push(c),
            _ => {}
        }
    }
    bare
}

/// The pieces of a word that begin with capitals: `SolheimConsulting` is two.
fn humps(text: &str, word: &Word) -> impl Iterator<Item = Word> {
    let (start, written) = (word.range.start, &text[word.range.clone()]);
    let mut cuts = vec![0];
    let mut before_small = false;
    for (at, c) in written.char_indices() {
        if before_small && c.is_uppercase() {
            cuts.push(at);
        }
        before_small = c.is_lowercase();
    }
    // A word of one piece has been looked at already.
    let whole = cuts.len() == 1;
    cuts.push(written.len());
    let pieces: Vec<Range<usize>> = cuts.windows(2).map(|cut| cut[0]..cut[1]).collect();
    pieces.into_iter().filter(move |_| !whole).map(move |piece| Word {
        folded: fold(&text[start + piece.start..start + piece.end]),
        range: start + piece.start..start + piece.end,
    })
}

/// The name alone, of a line that may hold letters behind it: "Celeste N. Okonjo, BSN, RN".
pub(super) fn bare(line: &str) -> String {
    let line = without_brackets(line);
    let mut pieces = line.split([',', '|', '–', '—', '(', '·', '•', '/', '\t']).map(str::trim);
    let first = pieces.next().unwrap_or_default();
    let count = |text: &str| text.split_whitespace().count();
    match pieces.next() {
        // "Solheim, Ingrid": the first name stands behind the comma.
        Some(second) if count(first) == 1 && (1..=2).contains(&count(second)) => format!("{second} {first}"),
        _ => {
            // A name set letter by letter, "I N G R I D", has many words.
            let most = if first.split_whitespace().all(|word| word.chars().count() == 1) { 60 } else { 6 };
            first.split_whitespace().take(most).collect::<Vec<_>>().join(" ")
        }
    }
}

fn words(text: &str) -> Vec<Word> {
    let mut words = Vec::new();
    let mut start = None;
    let ends = text.char_indices().map(|(at, c)| (at, Some(c))).chain([(text.len(), None)]);
    for (at, c) in ends {
        let letter =
            c.is_some_and(|c| c.is_alphabetic() || (start.is_some() && (is_combining_mark(c) || unseen(c))));
        match (start, letter) {
            (None, true) => start = Some(at),
            (Some(from), false) => {
                words.push(Word { range: from..at, folded: fold(&text[from..at]) });
                start = None;
            }
            _ => {}
        }
    }
    words
}

/// Small letters without accents: "VÖSSING" and "Vößing" are one.
fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.nfkd().filter(|&c| !is_combining_mark(c) && !unseen(c)).flat_map(char::to_lowercase) {
        match c {
            'ß' => folded.push_str("ss"),
            'ø' => folded.push('o'),
            'ł' => folded.push('l'),
            'đ' => folded.push('d'),
            'æ' => folded.push_str("ae"),
            'œ' => folded.push_str("oe"),
            'ı' => folded.push('i'),
            other if is_combining_mark(other) => {}
            other => folded.push(other),
        }
    }
    folded
}

/// Scripts whose words run together: Han, kana, hangul.
fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

//! The tables that the rules read: wording, terms of the trades, and what shows what. They are text files in `data/`.

use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::LazyLock;

use resume::words::{key, tokens};

/// The longest phrase in the tables, in words.
pub(crate) const LONGEST_PHRASE: usize = 6;

static LEXICON: LazyLock<Lexicon> = LazyLock::new(Lexicon::read);

/// The tables, read once.
pub(crate) fn lexicon() -> &'static Lexicon {
    &LEXICON
}

/// The tables.
pub(crate) struct Lexicon {
    /// Single words by list, each as a key.
    words: HashMap<&'static str, HashSet<String>>,
    /// Phrases by list, lower case with plain quotes.
    phrases: HashMap<&'static str, Vec<String>>,
    /// `name=value` entries by list, the names as keys.
    values: HashMap<&'static str, HashMap<String, &'static str>>,
    /// Codes of spoken languages by their names as keys.
    tongues: HashMap<String, &'static str>,
    /// What shows a thing, by the thing.
    shown_by: HashMap<String, Vec<&'static str>>,
    /// Terms of the trades, as phrase keys.
    terms: HashSet<String>,
    /// Names of products that may be everyday words as well, as phrase keys.
    names: HashSet<String>,
}

impl Lexicon {
    fn read() -> Self {
        let mut lexicon = Self {
            words: HashMap::new(),
            phrases: HashMap::new(),
            values: HashMap::new(),
            tongues: HashMap::new(),
            shown_by: HashMap::new(),
            terms: HashSet::new(),
            names: HashSet::new(),
        };
        for (list, entry) in entries(include_str!("data/terms.txt")) {
            if list == "term" {
                lexicon.terms.insert(phrase_key(entry));
            } else if list == "name" {
                lexicon.names.insert(phrase_key(entry));
            } else {
                lexicon.words.entry(list).or_default().insert(key(entry));
                lexicon.phrases.entry(list).or_default().push(entry.to_lowercase());
            }
        }
        for (list, entry) in entries(include_str!("data/wording.txt")) {
            if list == "tongue" {
                if let Some((code, name)) = entry.split_once('=') {
                    lexicon.tongues.insert(key(name), code);
                }
            } else if let Some((name, value)) = entry.split_once('=') {
                lexicon.values.entry(list).or_default().insert(key(name), value);
            } else {
                lexicon.words.entry(list).or_default().insert(key(entry));
                lexicon.phrases.entry(list).or_default().push(entry.to_lowercase());
            }
        }
        for phrases in lexicon.phrases.values_mut() {
            phrases.sort_by_key(|phrase| std::cmp::Reverse(phrase.len()));
        }
        for line in lines(include_str!("data/shows.txt")) {
            let Some((names, shown)) = line.split_once('>') else { continue };
            // Names of products stand there with a capital: written so they are terms of a trade.
            let written_large =
                parts(names).chain(parts(shown)).filter(|name| name.starts_with(char::is_uppercase));
            lexicon.names.extend(written_large.map(phrase_key));
            for thing in parts(shown) {
                lexicon.shown_by.entry(phrase_key(thing)).or_default().extend(parts(names));
            }
        }
        lexicon
    }

    /// Whether a phrase, given as [`phrase_key`], is a term of a trade.
    pub(crate) fn is_term(&self, phrase: &str) -> bool {
        self.terms.contains(phrase)
    }

    /// Whether a phrase, given as [`phrase_key`], is the name of a product where it is written with a capital.
    pub(crate) fn is_product(&self, phrase: &str) -> bool {
        self.names.contains(phrase)
    }

    /// Whether a word, given as a key, is in a list.
    pub(crate) fn is(&self, list: &str, word: &str) -> bool {
        self.words.get(list).is_some_and(|words| words.contains(word))
    }

    /// The phrases of a list, longest first.
    pub(crate) fn phrases(&self, list: &str) -> &[String] {
        self.phrases.get(list).map_or(&[], Vec::as_slice)
    }

    /// The value of a name, given as a key, in a list of `name=value`.
    pub(crate) fn value(&self, list: &str, name: &str) -> Option<&'static str> {
        self.values.get(list).and_then(|values| values.get(name)).copied()
    }

    /// Names and values of a list of `name=value`.
    pub(crate) fn pairs(&self, list: &str) -> impl Iterator<Item = (&str, &'static str)> {
        self.values.get(list).into_iter().flatten().map(|(name, value)| (name.as_str(), *value))
    }

    /// The code of the spoken language of that name, given as a key.
    pub(crate) fn tongue(&self, name: &str) -> Option<&'static str> {
        self.tongues.get(name).copied()
    }

    /// What shows a thing, each as the table spells it. The thing is given as [`phrase_key`].
    pub(crate) fn shown_by(&self, thing: &str) -> &[&'static str] {
        self.shown_by.get(thing).map_or(&[], Vec::as_slice)
    }

    /// Where the first phrase of a list that stands in a text stands, longest phrases first.
    pub(crate) fn find(&self, list: &str, text: &str) -> Option<Range<usize>> {
        self.phrases(list).iter().find_map(|phrase| find_words(text, phrase))
    }

    /// Whether any phrase of a list stands in a text.
    pub(crate) fn says(&self, list: &str, text: &str) -> bool {
        self.find(list, text).is_some()
    }

    /// A text without the phrase of a list that it begins with.
    pub(crate) fn without_opening<'a>(&self, list: &str, text: &'a str) -> &'a str {
        let opens = |phrase: &String| {
            let length = opening(text, phrase)?;
            let rest = &text[length..];
            (!rest.starts_with(char::is_alphanumeric)).then_some(rest)
        };
        self.phrases(list).iter().find_map(opens).unwrap_or(text).trim_start()
    }
}

/// The words of a phrase by which it is looked up: keys without plural endings, joined.
pub(crate) fn phrase_key(phrase: &str) -> String {
    tokens(phrase).iter().map(|token| singular(&key(token.text))).collect::<Vec<_>>().join(" ")
}

/// A key without its plural ending. Rough: both sides of a comparison are treated alike.
pub(crate) fn singular(word: &str) -> String {
    match word.strip_suffix('s') {
        Some(rest) if rest.len() > 2 && !rest.ends_with(['s', 'u', 'i']) => rest.to_owned(),
        _ => word.to_owned(),
    }
}

/// Where a phrase of the tables stands in a text as whole words, in bytes. Letter case and the form of quotes aside.
pub(crate) fn find_words(text: &str, phrase: &str) -> Option<Range<usize>> {
    let mut before: Option<char> = None;
    for (start, c) in text.char_indices() {
        let opens = !phrase.starts_with(char::is_alphanumeric) || !before.is_some_and(char::is_alphanumeric);
        before = Some(c);
        if opens
            && let Some(length) = opening(&text[start..], phrase)
            && (!phrase.ends_with(char::is_alphanumeric)
                || !text[start + length..].starts_with(char::is_alphanumeric))
        {
            return Some(start..start + length);
        }
    }
    None
}

/// How many bytes of a text's beginning are the phrase, where it begins with it.
fn opening(text: &str, phrase: &str) -> Option<usize> {
    let mut there = text.char_indices();
    for wanted in phrase.chars() {
        if there.next().is_none_or(|(_, c)| spoken(c) != wanted) {
            return None;
        }
    }
    Some(text.len() - there.as_str().len())
}

/// A character in lower case, quotes and spaces in their plain form.
fn spoken(c: char) -> char {
    match c {
        '’' | '‘' => '\'',
        '\u{a0}' | '\u{202f}' | '\t' => ' ',
        c => c.to_lowercase().next().unwrap_or(c),
    }
}

fn lines(table: &'static str) -> impl Iterator<Item = &'static str> {
    table.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'))
}

fn parts(list: &'static str) -> impl Iterator<Item = &'static str> {
    list.split('|').map(str::trim).filter(|part| !part.is_empty())
}

fn entries(table: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    lines(table)
        .filter_map(|line| line.split_once(':'))
        .flat_map(|(list, rest)| parts(rest).map(move |part| (list, part)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tool_shows_its_field_and_not_the_other_way_round() {
        assert!(lexicon().shown_by(&phrase_key("Infrastructure as Code")).contains(&"Terraform"));
        assert!(lexicon().shown_by(&phrase_key("Terraform")).is_empty());
    }

    #[test]
    fn no_phrase_is_too_long_to_be_found() {
        for thing in lexicon().shown_by.keys().chain(&lexicon().terms) {
            assert!(thing.split(' ').count() <= LONGEST_PHRASE, "{thing}");
        }
    }
}

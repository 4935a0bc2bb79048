//! Looking for a term in a text.

use std::ops::Range;

use super::stem::stem_of_key;
use super::{Language, Token, key, tokens};

/// How many words of a text one word of a term may be spread over, and the other way round.
const SPREAD: usize = 2;

/// Where `term` first stands in `text` as whole words, in bytes.
///
/// Letter case, accents, plural and verb endings do not matter; nor does whether its words are joined by
/// spaces, hyphens, slashes or nothing (`on-call`, `on call`; `CI/CD`; `full-stack`, `fullstack`). A term of
/// one or two letters that is written with a capital letter is found only so: "IT" is not "it", "Go" not "go".
pub fn find(text: &str, term: &str, language: Language) -> Option<Range<usize>> {
    Searchable::of(text, language).find(&Term::of(term, language))
}

/// A text cut into its words once, for looking for many terms in it.
#[derive(Clone, Debug)]
pub struct Searchable<'a> {
    text: &'a str,
    words: Vec<Word>,
}

/// A term to look for, cut into its words once, for looking in many texts.
#[derive(Clone, Debug)]
pub struct Term<'a> {
    text: &'a str,
    words: Vec<Word>,
    /// The keys of its words in one.
    joined: String,
    /// It is found only as it is written.
    strict: bool,
}

impl<'a> Term<'a> {
    /// Cuts the term. The language is that of the texts to look in.
    pub fn of(term: &'a str, language: Language) -> Self {
        let text = term.trim();
        let words = cut(term, language);
        let joined = words.iter().map(|word| word.key.as_str()).collect();
        let strict = text.chars().count() <= 2 && text.contains(char::is_uppercase);
        Self { text, words, joined, strict }
    }

    /// Whether a run of words that opens with this one can be the term.
    fn may_open_with(&self, word: &Word) -> bool {
        self.joined.starts_with(&word.key) || self.words.first().is_some_and(|first| word.is(first))
    }
}

impl<'a> Searchable<'a> {
    /// Cuts the text.
    pub fn of(text: &'a str, language: Language) -> Self {
        Self { text, words: cut(text, language) }
    }

    /// Where the term first stands, in bytes, as [`find`] says.
    pub fn find(&self, term: &Term<'_>) -> Option<Range<usize>> {
        let (text, there, wanted) = (self.text, &self.words, &term.words);
        if wanted.is_empty() {
            return None;
        }
        (0..there.len()).filter(|from| term.may_open_with(&there[*from])).find_map(|from| {
            let most = (wanted.len() + SPREAD).min(there.len() - from);
            (1..=most).find_map(|count| {
                let run = &there[from..from + count];
                let range = run[0].start..run[count - 1].end;
                let together = run.windows(2).all(|pair| one_term(&text[pair[0].end..pair[1].start]));
                let alike = run.len() == wanted.len() && run.iter().zip(wanted).all(|(a, b)| a.is(b));
                let written_so = !term.strict || text[range.clone()] == *term.text;
                let at_once = || run.iter().map(|word| word.key.len()).sum::<usize>() == term.joined.len();
                let merged = || {
                    at_once() && run.iter().map(|word| word.key.as_str()).collect::<String>() == term.joined
                };
                (together && written_so && (alike || merged())).then_some(range)
            })
        })
    }
}

fn cut(text: &str, language: Language) -> Vec<Word> {
    tokens(text).into_iter().map(|token| Word::of(token, language)).collect()
}

#[derive(Clone, Debug)]
struct Word {
    start: usize,
    end: usize,
    key: String,
    stem: String,
}

impl Word {
    fn of(token: Token<'_>, language: Language) -> Self {
        let key = key(token.text);
        let stem = stem_of_key(&key, language);
        Self { start: token.start, end: token.end, key, stem }
    }

    fn is(&self, other: &Self) -> bool {
        self.key == other.key || (self.stem == other.stem && self.key.len().min(other.key.len()) >= 3)
    }
}

/// Whether what stands between two words leaves them one term.
fn one_term(between: &str) -> bool {
    between
        .chars()
        .all(|c| c.is_whitespace() || matches!(c, '-' | '‐' | '‑' | '–' | '/' | '&' | '\'' | '’' | 's'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stands(text: &str, term: &str) -> bool {
        find(text, term, Language::English).is_some()
    }

    #[test]
    fn finds_whole_words_only() {
        assert!(stands("Wrote Java services", "java"));
        assert!(!stands("Wrote JavaScript", "Java"));
        assert!(!stands("", "Java"));
        assert!(!stands("Java", " , "));
    }

    #[test]
    fn finds_terms_with_signs() {
        assert!(stands("C++ and C#", "C#"));
        assert!(stands("C++17", "C++"));
        assert!(!stands("plain C", "C++"));
        assert!(!stands("C++", "C"));
        assert!(stands(".NET Core", ".net"));
        assert!(stands("built with NodeJS", "Node.js"));
        assert!(stands("a CI / CD pipeline", "CI/CD"));
        assert!(stands("CI-CD", "CI/CD"));
    }

    #[test]
    fn finds_terms_however_they_are_joined() {
        assert!(stands("an on call rota", "on-call"));
        assert!(stands("an on‑call rota", "On-Call"));
        assert!(stands("fullstack", "full-stack"));
        assert!(stands("front end work", "frontend"));
        assert!(stands("machine   learning", "machine learning"));
        assert!(!stands("On Monday. Call me", "Monday call"));
    }

    #[test]
    fn finds_other_forms_and_accents() {
        assert!(stands("Led code reviews", "code review"));
        assert!(stands("mentored juniors", "mentoring"));
        assert!(stands("worked in Zürich", "Zurich"));
        assert!(stands("APIs", "API"));
    }

    #[test]
    fn short_capital_terms_keep_their_case() {
        assert!(!stands("made it go", "Go"));
        assert!(!stands("made it go", "IT"));
        assert!(stands("Head of IT", "IT"));
        assert!(stands("Go, Rust", "Go"));
    }
}

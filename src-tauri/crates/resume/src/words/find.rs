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
    let wanted: Vec<Word> = tokens(term).iter().map(|token| Word::of(*token, language)).collect();
    if wanted.is_empty() {
        return None;
    }
    let there: Vec<Word> = tokens(text).iter().map(|token| Word::of(*token, language)).collect();
    let joined: String = wanted.iter().map(|word| word.key.as_str()).collect();
    let strict = term.trim().chars().count() <= 2 && term.contains(char::is_uppercase);
    (0..there.len()).find_map(|from| {
        let most = (wanted.len() + SPREAD).min(there.len() - from);
        (1..=most).find_map(|count| {
            let run = &there[from..from + count];
            let range = run[0].start..run[count - 1].end;
            let together = run.windows(2).all(|pair| one_term(&text[pair[0].end..pair[1].start]));
            let alike = run.len() == wanted.len() && run.iter().zip(&wanted).all(|(a, b)| a.is(b));
            let written_so = !strict || text[range.clone()] == *term.trim();
            let at_once = || run.iter().map(|word| word.key.len()).sum::<usize>() == joined.len();
            let merged =
                || at_once() && run.iter().map(|word| word.key.as_str()).collect::<String>() == joined;
            (together && written_so && (alike || merged())).then_some(range)
        })
    })
}

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

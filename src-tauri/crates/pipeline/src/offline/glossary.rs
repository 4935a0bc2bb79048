//! Abbreviations that a posting or a resume explains itself: "customer satisfaction (CSAT)". For the job at hand the
//! two are one thing, in the posting and in the resume alike.

use resume::words::{Token, key, tokens};

use super::lexicon::{lexicon, phrase_key};

/// So many abbreviations are taken at most.
const MOST: usize = 40;
/// An abbreviation has so many letters.
const LETTERS: std::ops::RangeInclusive<usize> = 2..=6;

/// A term in full, and its abbreviation.
pub(crate) type Spelled = (String, String);

/// The abbreviations that the texts of a job explain.
#[derive(Clone, Debug, Default)]
pub(crate) struct Glossary {
    terms: Vec<Spelled>,
}

impl Glossary {
    /// The abbreviations that these texts explain.
    pub(crate) fn of<'a>(texts: impl Iterator<Item = &'a str>) -> Self {
        let mut terms: Vec<Spelled> = Vec::new();
        for text in texts {
            for (at, _) in text.match_indices('(') {
                let Some(length) = text[at + 1..].find(')').filter(|length| *length <= 80) else { continue };
                let inner = &text[at + 1..at + 1 + length];
                // "customer satisfaction (CSAT)", and the other way round: "CSAT (customer satisfaction)".
                let line = text[..at].rfind(['\n', ';', '.', ':']).map_or(0, |end| end + 1);
                let before = &text[line..at];
                let last = tokens(before).last().map_or("", |token| token.text);
                let found = spelled_out(before, inner)
                    .map(|long| (long, inner.trim().to_owned()))
                    .or_else(|| Some((spelled_out(inner, last)?, last.to_owned())));
                if let Some(pair) = found
                    && terms.len() < MOST
                    && !terms.contains(&pair)
                {
                    terms.push(pair);
                }
            }
        }
        Self { terms }
    }

    /// The other name of a term, where one of the texts explains it.
    pub(crate) fn other_names(&self, term: &str) -> impl Iterator<Item = &str> {
        let wanted = phrase_key(term);
        self.terms.iter().filter_map(move |(long, short)| {
            if phrase_key(short) == wanted {
                Some(long.as_str())
            } else if phrase_key(long) == wanted {
                Some(short.as_str())
            } else {
                None
            }
        })
    }
}

/// The words at the end of a text that an abbreviation stands for: each of them gives its first letter, in their
/// order, and may give more ("CSAT" for "customer satisfaction"). Small words may be left out.
pub(crate) fn spelled_out(text: &str, abbreviation: &str) -> Option<String> {
    let short = abbreviation.trim();
    let short = short.strip_suffix('s').filter(|rest| rest.chars().all(char::is_uppercase)).unwrap_or(short);
    let letters: Vec<char> = short.chars().collect();
    if !LETTERS.contains(&letters.len()) || !letters.iter().all(|c| c.is_uppercase()) {
        return None;
    }
    let letters: Vec<char> = letters.into_iter().flat_map(char::to_lowercase).collect();
    let tokens = tokens(text);
    (2..=letters.len() + 3).filter(|count| *count <= tokens.len()).find_map(|count| {
        let run = &tokens[tokens.len() - count..];
        let opens = run.first().is_some_and(|token| !is_small(token));
        (opens && gives(run, &letters)).then(|| text[run[0].start..run[count - 1].end].to_owned())
    })
}

fn is_small(token: &Token<'_>) -> bool {
    lexicon().is("small", &key(token.text))
}

/// Whether words give these letters, each word its first and then any of its others in their order.
fn gives(words: &[Token<'_>], letters: &[char]) -> bool {
    let Some((word, rest)) = words.split_first() else { return letters.is_empty() };
    if is_small(word) && gives(rest, letters) {
        return true;
    }
    let mut own = word.text.chars().flat_map(char::to_lowercase);
    let Some((first, mut left)) = letters.split_first() else { return false };
    if own.next() != Some(*first) {
        return false;
    }
    loop {
        if gives(rest, left) {
            return true;
        }
        let Some((next, others)) = left.split_first() else { return false };
        if !own.any(|letter| letter == *next) {
            return false;
        }
        left = others;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_abbreviation_takes_letters_of_each_word() {
        for (text, short, long) in [
            ("Own customer satisfaction", "CSAT", "customer satisfaction"),
            ("Basic Life Support", "BLS", "Basic Life Support"),
            ("the length of stay", "LOS", "length of stay"),
            ("our service level agreements", "SLAs", "service level agreements"),
        ] {
            assert_eq!(spelled_out(text, short).as_deref(), Some(long), "{short}");
        }
        for (text, short) in [
            ("Proven experience", "SQL"),
            ("customer satisfaction", "C"),
            ("on the till", "TT"),
            ("a cake", "AC"),
            ("", "ABC"),
        ] {
            assert_eq!(spelled_out(text, short), None, "{short}");
        }
    }

    #[test]
    fn both_directions_are_read_and_answered() {
        let texts = ["Own customer satisfaction (CSAT).\nNPS (net promoter score) too", "(((", ")("];
        let glossary = Glossary::of(texts.into_iter());
        let names = |term: &str| glossary.other_names(term).map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(names("Customer Satisfaction"), ["CSAT"]);
        assert_eq!(names("CSAT"), ["customer satisfaction"]);
        assert_eq!(names("NPS"), ["net promoter score"]);
        assert!(names("score").is_empty());
    }
}

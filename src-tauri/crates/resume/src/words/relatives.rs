//! What kind of word an English word is, and which words mean nearly the same: Princeton's lexicon, boiled down to
//! `src/data/wordnet/relatives.txt`. Source, licence and format stand beside it.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::stem::irregular;

/// A word of the table.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Lemma {
    /// The word in its plain form.
    pub(crate) word: &'static str,
    parts: &'static str,
    relatives: &'static str,
}

impl Lemma {
    pub(crate) fn is_noun(self) -> bool {
        self.parts.contains('n')
    }

    pub(crate) fn is_verb(self) -> bool {
        self.parts.contains('v')
    }

    /// A noun that names a person: "nurse".
    pub(crate) fn is_person(self) -> bool {
        self.parts.contains('p')
    }

    /// A noun for something that can be touched or done: "centrifuge", "surgery".
    pub(crate) fn is_concrete(self) -> bool {
        self.parts.contains('c')
    }

    /// Words of which a text may be reworded with this one.
    pub(crate) fn relatives(self) -> impl Iterator<Item = &'static str> {
        self.relatives.split(' ').filter(|word| !word.is_empty())
    }
}

/// The English words that a key may be a form of: "meetings" of "meeting", "meeting" of "meeting" and "meet".
pub(crate) fn lemmas(key: &str) -> Vec<Lemma> {
    let mut found: Vec<Lemma> = Vec::new();
    if key.len() < 3 || !key.is_ascii() {
        return found;
    }
    let mut add = |form: &str| {
        if let Some(lemma) = TABLE.get(form)
            && !found.iter().any(|known| known.word == lemma.word)
        {
            found.push(*lemma);
        }
    };
    add(key);
    if let Some(base) = irregular(key) {
        add(base);
    }
    for (ending, instead) in ENDINGS {
        let Some(rest) = key.strip_suffix(ending).filter(|rest| rest.len() >= 2) else { continue };
        let mut form = String::with_capacity(rest.len() + 1);
        form.push_str(rest);
        form.push_str(instead);
        add(&form);
        // planned, plan
        if ending.len() > 1 && instead.is_empty() && rest.len() > 3 {
            let bytes = rest.as_bytes();
            if bytes[bytes.len() - 1] == bytes[bytes.len() - 2] {
                add(&rest[..rest.len() - 1]);
            }
        }
    }
    found
}

/// The verb of two words, `look_after`, that a form of its first word and a small word behind it make.
pub(crate) fn phrasal(first: &[Lemma], particle: &str) -> Option<Lemma> {
    if particle.len() > 8 || !first.iter().any(|lemma| lemma.is_verb()) {
        return None;
    }
    first.iter().find_map(|lemma| TABLE.get(format!("{}_{particle}", lemma.word).as_str())).copied()
}

/// Endings of forms, and what the plain form has in their place.
const ENDINGS: [(&str, &str); 10] = [
    ("s", ""),
    ("es", ""),
    ("ies", "y"),
    ("ied", "y"),
    ("ed", ""),
    ("ed", "e"),
    ("ing", ""),
    ("ing", "e"),
    ("men", "man"),
    ("ers", "er"),
];

static TABLE: LazyLock<HashMap<&'static str, Lemma>> = LazyLock::new(|| {
    include_str!("../data/wordnet/relatives.txt")
        .lines()
        .filter_map(|line| {
            let (word, rest) = line.split_once(' ')?;
            let (parts, relatives) = rest.split_once(' ').unwrap_or((rest, ""));
            Some((word, Lemma { word, parts, relatives }))
        })
        .collect()
});

#[cfg(test)]
mod tests {
    use super::*;

    fn words(key: &str) -> Vec<&'static str> {
        lemmas(key).iter().map(|lemma| lemma.word).collect()
    }

    #[test]
    fn finds_the_plain_form() {
        assert_eq!(words("meetings"), ["meeting"]);
        assert_eq!(words("meeting"), ["meeting", "meet"]);
        assert!(words("planned").contains(&"plan"));
        assert!(words("taught").contains(&"teach"));
        assert!(words("supplies").contains(&"supply"));
        assert!(words("phlebotomy").is_empty());
    }

    #[test]
    fn knows_what_a_word_is_and_what_it_may_stand_for() {
        let nurse = lemmas("nurses")[0];
        assert!(nurse.is_noun() && nurse.is_person());
        assert!(lemmas("vehicle")[0].relatives().any(|word| word == "bicycle"));
        assert!(!lemmas("bicycle")[0].relatives().any(|word| word == "vehicle"));
    }

    #[test]
    fn the_table_is_sorted_and_well_formed() {
        let lines: Vec<&str> = include_str!("../data/wordnet/relatives.txt").lines().collect();
        assert!(lines.len() > 10_000);
        assert!(lines.windows(2).all(|pair| pair[0] < pair[1]));
        assert!(
            TABLE
                .values()
                .all(|lemma| !lemma.parts.is_empty()
                    && lemma.parts.chars().all(|part| "nvarpc".contains(part)))
        );
    }
}

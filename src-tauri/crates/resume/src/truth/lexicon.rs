//! The words that the check must know, from the plain lists under `src/data`.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use crate::words::{Language, entries, key, stem_of_key, word_set};

static FUNCTION: LazyLock<HashSet<String>> =
    LazyLock::new(|| word_set(include_str!("../data/function_words.txt")));
static PLAIN: LazyLock<HashSet<String>> = LazyLock::new(|| {
    word_set(include_str!("../data/plain_words.txt"))
        .into_iter()
        .map(|word| stem_of_key(&word, Language::English))
        .collect()
});

/// Articles, prepositions, pronouns and the like, in four languages.
pub(super) fn is_function_word(key: &str) -> bool {
    FUNCTION.contains(key)
}

/// Words that carry no claim of their own: "using", "various".
pub(super) fn is_plain(key: &str) -> bool {
    PLAIN.contains(&stem_of_key(key, Language::English))
}

/// Soft words that say how, not what: "successfully", "various", "cross-functional".
pub(super) fn is_filler(key: &str) -> bool {
    FILLER.contains(key)
}

static FILLER: LazyLock<HashSet<String>> =
    LazyLock::new(|| word_set(include_str!("../data/filler_words.txt")));

/// Verbs that are a claim by themselves: "approved", "negotiated", "increased".
pub(super) fn is_weighty(key: &str) -> bool {
    WEIGHTY.contains(key) || WEIGHTY.contains(&stem_of_key(key, Language::English))
}

/// Verbs that say more than "carried" or "checked": "built", "coordinated".
pub(super) fn is_strong(key: &str) -> bool {
    STRONG.contains(key)
}

static STRONG: LazyLock<HashSet<String>> =
    LazyLock::new(|| word_set(include_str!("../data/strong_verbs.txt")));

/// Verbs of a hand that others told what to do: "carried", "held", "typed".
pub(super) fn is_weak(key: &str) -> bool {
    WEAK.contains(key)
}

static WEAK: LazyLock<HashSet<String>> = LazyLock::new(|| word_set(include_str!("../data/weak_verbs.txt")));

static WEIGHTY: LazyLock<HashSet<String>> = LazyLock::new(|| {
    word_set(include_str!("../data/weighty_verbs.txt"))
        .into_iter()
        .flat_map(|word| [stem_of_key(&word, Language::English), word])
        .collect()
});

/// Words that end the name of a firm or a school: "Holdings", "College".
pub(super) fn is_name_ending(key: &str) -> bool {
    NAME_ENDINGS.contains(key)
}

static NAME_ENDINGS: LazyLock<HashSet<String>> =
    LazyLock::new(|| word_set(include_str!("../data/name_endings.txt")));

/// The same, for a word as it is written: no other form of it counts.
pub(super) fn is_plain_as_it_is(key: &str) -> bool {
    PLAIN_WORDS.contains(key)
}

static PLAIN_WORDS: LazyLock<HashSet<String>> =
    LazyLock::new(|| word_set(include_str!("../data/plain_words.txt")));

pub(super) fn is_negation(key: &str) -> bool {
    matches!(
        key,
        "not"
            | "no"
            | "never"
            | "without"
            | "didnt"
            | "dont"
            | "wasnt"
            | "cannot"
            | "nor"
            | "nicht"
            | "kein"
            | "keine"
            | "ohne"
            | "nie"
            | "pas"
            | "sans"
            | "jamais"
            | "nunca"
            | "sin"
    )
}

/// How much a verb claims: 1 helped, 3 led. Words of level 2, such as "built", are in no list.
pub(super) fn scope(key: &str) -> Option<u8> {
    // The past of "find", not "to found".
    if key == "found" {
        return None;
    }
    SCOPE.get(&stem_of_key(key, Language::English)).or_else(|| SCOPE.get(key)).copied()
}

static SCOPE: LazyLock<HashMap<String, u8>> = LazyLock::new(|| {
    let mut words = HashMap::new();
    for line in entries(include_str!("../data/scope.txt")) {
        let mut parts = line.split_whitespace();
        let Some(level) = parts.next().and_then(|level| level.parse().ok()) else { continue };
        for word in parts {
            words.insert(stem_of_key(&key(word), Language::English), level);
            words.insert(key(word), level);
        }
    }
    words
});

/// What a list of terms says of a term: lines of terms under `[heading]`s.
pub(super) struct Terms {
    /// By the keys of the words, joined by spaces; whether it counts only as it is written.
    by_key: HashMap<String, Option<String>>,
    longest: usize,
}

impl Terms {
    fn of(list: &'static str) -> Self {
        let mut terms = Self { by_key: HashMap::new(), longest: 1 };
        for line in entries(list) {
            for term in line.split(',').map(str::trim).filter(|term| !term.is_empty()) {
                let exact = term.strip_prefix('=');
                let words = crate::words::tokens(exact.unwrap_or(term));
                let keys: Vec<String> = words.iter().map(|token| key(token.text)).collect();
                let written = || words.iter().map(|token| token.text).collect::<Vec<_>>().join(" ");
                terms.longest = terms.longest.max(keys.len());
                terms.by_key.insert(keys.join(" "), exact.map(|_| written()));
            }
        }
        terms
    }

    /// How many of these words, from the first on, are a term of the list. Each word as written and its key.
    pub(super) fn at(&self, words: &[(&str, &str)]) -> Option<usize> {
        (1..=self.longest.min(words.len())).rev().find(|count| {
            let run = &words[..*count];
            let joined = run.iter().map(|(_, key)| *key).collect::<Vec<_>>().join(" ");
            let singular = joined.strip_suffix('s').map(str::to_owned);
            self.by_key.get(&joined).or_else(|| singular.and_then(|one| self.by_key.get(&one))).is_some_and(
                |exact| {
                    exact.as_ref().is_none_or(|exact| exact.split(' ').eq(run.iter().map(|(text, _)| *text)))
                },
            )
        })
    }
}

/// Tools, products, methods.
pub(super) static TOOLS: LazyLock<Terms> = LazyLock::new(|| Terms::of(include_str!("../data/tools.txt")));
/// Degrees, certificates, licences, awards.
pub(super) static CREDENTIALS: LazyLock<Terms> =
    LazyLock::new(|| Terms::of(include_str!("../data/credentials.txt")));
/// Ranks: senior, manager, director.
pub(super) static RANKS: LazyLock<Terms> = LazyLock::new(|| Terms::of(include_str!("../data/ranks.txt")));
/// Fields of work, industries, praise.
pub(super) static FIELDS: LazyLock<Terms> = LazyLock::new(|| Terms::of(include_str!("../data/fields.txt")));
/// Words that say less than the title beside them: trainee, assistant.
pub(super) static LOWER: LazyLock<HashSet<String>> =
    LazyLock::new(|| word_set(include_str!("../data/lower_ranks.txt")));
/// Languages, spoken.
pub(super) static LANGUAGES: LazyLock<Terms> =
    LazyLock::new(|| Terms::of(include_str!("../data/languages.txt")));

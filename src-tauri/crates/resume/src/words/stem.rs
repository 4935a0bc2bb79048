//! When two words are the same word.

use std::collections::HashMap;
use std::sync::LazyLock;

use rust_stemmers::{Algorithm, Stemmer};
use unicode_normalization::UnicodeNormalization;

use super::lists::entries;

/// A language whose endings are known. Words of any other are compared as they are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Language {
    /// English, British or American.
    #[default]
    English,
    /// German.
    German,
    /// French.
    French,
    /// Spanish.
    Spanish,
    /// One whose endings are not known.
    Other,
}

impl Language {
    /// The language of an ISO 639-1 code; English where there is none.
    pub fn of(code: Option<&str>) -> Self {
        match code.map(|code| code.get(..2).unwrap_or(code).to_ascii_lowercase()).as_deref() {
            None | Some("en") => Self::English,
            Some("de") => Self::German,
            Some("fr") => Self::French,
            Some("es") => Self::Spanish,
            Some(_) => Self::Other,
        }
    }

    fn algorithm(self) -> Option<Algorithm> {
        match self {
            Self::English => Some(Algorithm::English),
            Self::German => Some(Algorithm::German),
            Self::French => Some(Algorithm::French),
            Self::Spanish => Some(Algorithm::Spanish),
            Self::Other => None,
        }
    }
}

/// A word without letter case, accents, apostrophes and the points inside: `Node.js` is `nodejs`, `Café` is
/// `cafe`. A point in front (`.NET`) and signs behind (`C++`) stay, and so do the points of a number.
pub fn key(word: &str) -> String {
    let number = word.starts_with(|c: char| c.is_ascii_digit());
    let mut key = String::with_capacity(word.len());
    for c in word.nfd().flat_map(char::to_lowercase) {
        match c {
            '\u{300}'..='\u{36f}' | '\'' | '’' | 'ʼ' => {}
            '.' if !number && !key.is_empty() => {}
            'ß' => key.push_str("ss"),
            'ø' => key.push('o'),
            'æ' => key.push_str("ae"),
            'ł' => key.push('l'),
            c => key.push(c),
        }
    }
    key
}

/// The stem of a word, for comparing only: `managing`, `managed` and `manages` have one; so have `spoke` and
/// `speaking`, `organise` and `organize`. Words with digits or signs are their own stems.
pub fn stem(word: &str, language: Language) -> String {
    stem_of_key(&key(word), language)
}

pub(crate) fn stem_of_key(key: &str, language: Language) -> String {
    let letters = key.chars().all(char::is_alphabetic);
    let Some(algorithm) = language.algorithm().filter(|_| letters && key.len() > 2) else {
        return key.to_owned();
    };
    if language != Language::English {
        return Stemmer::create(algorithm).stem(key).into_owned();
    }
    let base = IRREGULAR.get(key).map_or(key, String::as_str);
    let spelled = american(base);
    let stemmed = Stemmer::create(algorithm).stem(&spelled).into_owned();
    // `supervise`, `supervisor` and `supervision`; `curate`, `curator` and `curation`.
    let cut = [
        "iz", "ision", "isor", "is", "ation", "ator", "ition", "itor", "or", "ion", "ement", "ment", "er",
        "anc", "enc", "ing", "at",
    ]
    .iter()
    .find_map(|ending| stemmed.strip_suffix(ending).filter(|rest| rest.len() >= 5));
    let cut = cut.map_or(stemmed.as_str(), |rest| rest);
    cut.strip_suffix('e').unwrap_or(cut).to_owned()
}

/// British spelling put the American way. Also changes words that are no such case (`four`): both sides of
/// a comparison change alike.
pub(super) fn american(word: &str) -> String {
    let mut word = word.to_owned();
    for (british, american) in [
        ("isation", "ization"),
        ("ising", "izing"),
        ("ised", "ized"),
        ("yse", "yze"),
        ("ysing", "yzing"),
        ("our", "or"),
        ("ogue", "og"),
        ("grey", "gray"),
        ("plough", "plow"),
        ("programme", "program"),
        ("mould", "mold"),
        ("licenc", "licens"),
        ("defenc", "defens"),
        ("aed", "ed"),
        ("paed", "ped"),
        ("haem", "hem"),
        ("anaes", "anes"),
        ("oedema", "edema"),
        ("fulfil", "fulfill"),
        ("cheque", "check"),
        ("tyre", "tire"),
        ("storey", "story"),
        ("aluminium", "aluminum"),
    ] {
        if word.contains(british) && !(british == "fulfil" && word.contains("fulfill")) {
            word = word.replace(british, american);
        }
    }
    if let Some(rest) = word.strip_suffix("ise") {
        word = format!("{rest}ize");
    } else if let Some(rest) = word.strip_suffix("ises") {
        word = format!("{rest}izes");
    } else if word.len() > 4
        && let Some(rest) = word.strip_suffix("tre").or_else(|| word.strip_suffix("tres"))
    {
        word = format!("{rest}ter");
    }
    for (double, single) in [("lling", "ling"), ("lled", "led"), ("ller", "ler"), ("llor", "lor")] {
        if word.len() > 6
            && let Some(rest) = word.strip_suffix(double)
        {
            word = format!("{rest}{single}");
        }
    }
    word
}

/// The plain form of an irregular one.
pub(super) fn irregular(key: &str) -> Option<&'static str> {
    IRREGULAR.get(key).map(String::as_str)
}

/// Irregular forms and the word that they are forms of.
static IRREGULAR: LazyLock<HashMap<String, String>> = LazyLock::new(|| {
    let mut forms = HashMap::new();
    for line in entries(include_str!("../data/irregular.txt")) {
        let mut words = line.split_whitespace();
        if let Some(base) = words.next() {
            for form in words {
                forms.insert(form.to_owned(), base.to_owned());
            }
        }
    }
    forms
});

#[cfg(test)]
mod tests {
    use super::*;

    fn one(words: &[&str]) -> bool {
        words.windows(2).all(|pair| stem(pair[0], Language::English) == stem(pair[1], Language::English))
    }

    #[test]
    fn forms_of_a_word_have_one_stem() {
        assert!(one(&["managing", "managed", "manages", "Manage"]));
        assert!(one(&["spoke", "speaking", "spoken"]));
        assert!(one(&["supervised", "supervision", "supervisor"]));
        assert!(one(&["libraries", "library"]));
    }

    #[test]
    fn spelling_of_two_sides_of_the_ocean_is_one() {
        assert!(one(&["organised", "organize"]));
        assert!(one(&["modelled", "modeled", "modeling"]));
        assert!(one(&["behaviour", "behavior"]));
        assert!(one(&["centre", "center"]));
        assert!(one(&["catalogue", "catalog"]));
        assert!(one(&["grey", "gray"]));
    }

    #[test]
    fn different_words_stay_different() {
        assert!(!one(&["lead", "learn"]));
        assert!(!one(&["manager", "mango"]));
        assert!(!one(&["k8s", "k9s"]));
    }

    #[test]
    fn keys_set_accents_and_points_aside() {
        assert_eq!(key("Node.js"), "nodejs");
        assert_eq!(key("Café"), "cafe");
        assert_eq!(key("Straße"), "strasse");
        assert_eq!(key(".NET"), ".net");
        assert_eq!(key("C++"), "c++");
        assert_eq!(key("1.5"), "1.5");
    }

    #[test]
    fn german_umlauts_and_endings() {
        assert_eq!(stem("Kenntnisse", Language::German), stem("Kenntnissen", Language::German));
        assert_eq!(Language::of(Some("de-AT")), Language::German);
    }
}

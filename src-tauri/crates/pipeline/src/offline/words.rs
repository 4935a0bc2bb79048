//! Words of a posting or a resume, with the stems by which two spellings of one word meet.

use resume::posting::plain_forms;
use resume::words::{self, Language};

use super::glossary::Glossary;
use super::lexicon::lexicon;

/// Words beyond this number are not read: no resume block and no requirement is that long.
const MOST_WORDS: usize = 600;

/// One word of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Word {
    /// As it stands in the text.
    pub(crate) raw: String,
    /// Where it starts in the text, in bytes.
    pub(crate) start: usize,
    /// Where it ends in the text, in bytes.
    pub(crate) end: usize,
    /// Without letter case, accents and points.
    pub(crate) plain: String,
    /// Its stem in each language in question.
    stems: Vec<String>,
    /// Its plain forms, where it is an English word.
    pub(crate) forms: Vec<&'static str>,
    /// Whether it may be a German compound.
    german: bool,
    /// A hyphen or a slash ties it to the word before.
    pub(crate) glued: bool,
    /// A hyphen hangs behind it: "Sondermaschinen- oder Anlagenbau".
    hanging: bool,
}

impl Word {
    /// A short name such as `Go`, `R` or `RN`, which is the same word in the same letter case only.
    pub(crate) fn is_short_name(&self) -> bool {
        let capitals = self.raw.chars().filter(|c| c.is_uppercase()).count();
        let letters = self.plain.chars().count();
        (letters <= 2 && capitals > 0) || (letters == 3 && capitals > 1)
    }

    /// Looks like the name of a tool, a paper or a norm: two capitals, a digit beside a letter, a lone capital.
    pub(crate) fn looks_like_a_name(&self) -> bool {
        let letters = self.raw.chars().filter(|c| c.is_alphabetic()).count();
        let capitals = self.raw.chars().filter(|c| c.is_uppercase()).count();
        let digits = self.raw.chars().any(|c| c.is_ascii_digit());
        (letters > 1 && capitals > 1)
            || (digits && letters > 0)
            || (letters == 1 && capitals == 1 && self.plain != "a" && self.plain != "i")
            || self.raw.ends_with(['+', '#'])
    }

    /// Starts with a capital.
    pub(crate) fn is_capitalised(&self) -> bool {
        self.raw.chars().next().is_some_and(char::is_uppercase)
    }

    /// A small word, a word that every posting uses to ask, or a bare number: it names no subject.
    pub(crate) fn is_filler(&self) -> bool {
        let number = self.plain.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ','));
        // "IT" and "OR" are names, "It" and "Or" are not.
        number
            || (!self.looks_like_a_name()
                && (lexicon().is("small", &self.plain)
                    || lexicon().is("filler", &self.plain)
                    || self.german && asks_for_experience(&self.plain)))
    }

    /// Stands in most resumes, so that finding it says little.
    pub(crate) fn is_thin(&self) -> bool {
        // "Go" is a language, "go" is an everyday word.
        let everyday = || !self.is_short_name() && lexicon().is("plain", &self.plain);
        !self.looks_like_a_name() && (lexicon().is("thin", &self.plain) || everyday())
    }

    /// How surely `other`, a word of the resume, is this word of the posting: 0 to 1.
    pub(crate) fn likeness(&self, other: &Self) -> f32 {
        if self.is_short_name() {
            return if self.raw == other.raw || is_plural(&self.raw, &other.raw) { 1.0 } else { 0.0 };
        }
        if self.plain == other.plain || is_plural(&self.raw, &other.raw) {
            return 1.0;
        }
        let long = self.plain.len() > 2 && other.plain.len() > 2;
        if long && self.stems.iter().any(|stem| other.stems.contains(stem)) {
            return 1.0;
        }
        if self.hanging && self.plain.len() >= 5 && other.plain.starts_with(&self.plain) {
            return 1.0;
        }
        if self.german && other.german {
            let compound = self.compound_likeness(other);
            if compound > 0.0 {
                return compound;
            }
        }
        // "biological" and "Biology", "anesthésie" and "anesthésiste": kin that the stems part.
        let shorter = self.plain.len().min(other.plain.len());
        let shared = self.plain.chars().zip(other.plain.chars()).take_while(|(a, b)| a == b).count();
        if shared >= 6 && shared < shorter && shared * 10 >= shorter * 7 && !self.looks_like_a_name() {
            0.85
        } else {
            0.0
        }
    }

    /// Nouns in one word: "Robotik" opens "Robotikzelle"; "Kundenprojekten" and "Anlagenprojekten" end alike.
    fn compound_likeness(&self, other: &Self) -> f32 {
        let (Some(mine), Some(theirs)) = (self.stems.last(), other.stems.last()) else { return 0.0 };
        if !(self.is_capitalised() && other.is_capitalised() && mine.len() >= 5 && theirs.len() >= 5) {
            return 0.0;
        }
        if theirs.starts_with(mine.as_str()) || theirs.ends_with(mine.as_str()) {
            return 0.9;
        }
        let opening = mine.chars().zip(theirs.chars()).take_while(|(a, b)| a == b).count();
        let ending = mine.chars().rev().zip(theirs.chars().rev()).take_while(|(a, b)| a == b).count();
        if opening.max(ending) >= 7 { 0.5 } else { 0.0 }
    }
}

/// "Unterrichtserfahrung": what it is experience of stands behind it.
fn asks_for_experience(plain: &str) -> bool {
    ["erfahrung", "erfahrungen"].iter().any(|ending| plain.ends_with(ending))
}

/// "VMs" is the plural of "VM".
fn is_plural(one: &str, other: &str) -> bool {
    one.strip_suffix('s') == Some(other) || other.strip_suffix('s') == Some(one)
}

/// Reads words and stems them in the languages of the posting and the resume.
pub(crate) struct Reader {
    languages: Vec<Language>,
    /// The abbreviations that the texts at hand explain.
    pub(crate) glossary: Glossary,
}

impl Reader {
    /// A reader for texts in these languages; the first is the posting's.
    pub(crate) fn new(languages: &[Language]) -> Self {
        let mut known: Vec<Language> = Vec::new();
        for language in languages {
            if !known.contains(language) {
                known.push(*language);
            }
        }
        Self { languages: known, glossary: Glossary::default() }
    }

    /// The same, with abbreviations that the texts explain.
    pub(crate) fn with_glossary(self, glossary: Glossary) -> Self {
        Self { glossary, ..self }
    }

    /// Whether a capital makes a name: in German it makes any noun.
    pub(crate) fn names_have_capitals(&self) -> bool {
        self.languages.first() != Some(&Language::German)
    }

    /// The words of a text, the parts of joined words each by itself.
    pub(crate) fn words(&self, text: &str) -> Vec<Word> {
        let mut found: Vec<Word> = Vec::new();
        for token in words::tokens(text).into_iter().take(MOST_WORDS) {
            let plain = words::key(token.text);
            if plain.is_empty() || is_gender_ending(text, token.start, &plain) {
                continue;
            }
            let mut stems: Vec<String> = Vec::with_capacity(self.languages.len());
            for language in &self.languages {
                let stem = stem(token.text, &plain, *language);
                if !stems.contains(&stem) {
                    stems.push(stem);
                }
            }
            let english = self.languages.contains(&Language::English);
            let forms = if english { plain_forms(&plain) } else { Vec::new() };
            let before = text.get(found.last().map_or(0, |word| word.end)..token.start).unwrap_or(" ");
            found.push(Word {
                raw: token.text.to_owned(),
                start: token.start,
                end: token.end,
                plain,
                stems,
                forms,
                german: self.languages.contains(&Language::German),
                glued: !found.is_empty() && matches!(before, "-" | "‑" | "‐" | "/"),
                hanging: hangs(&text[token.end..]),
            });
        }
        found
    }
}

/// The stem of a word, by which its kin are found.
fn stem(text: &str, plain: &str, language: Language) -> String {
    if let Some(stem) = lexicon().value("irregular", plain) {
        return stem.to_owned();
    }
    let stem = words::stem(text, language);
    if language != Language::English {
        return stem;
    }
    // "welder" and "welding", "designer" and "design" are about the same work.
    let kin = ["er", "or"].iter().find_map(|ending| stem.strip_suffix(ending).filter(|rest| rest.len() >= 4));
    kin.map_or_else(|| stem.clone(), str::to_owned)
}

/// The language whose small words are most frequent in a text.
pub(crate) fn language_of(text: &str) -> Language {
    const SMALL: [(Language, &[&str]); 4] = [
        (Language::English, &["the", "and", "of", "to", "with", "for", "you", "we", "in", "is", "on", "by"]),
        (
            Language::German,
            &["der", "die", "und", "mit", "von", "das", "für", "sie", "wir", "im", "bei", "den"],
        ),
        (
            Language::French,
            &["le", "les", "et", "des", "du", "une", "pour", "nous", "vous", "la", "au", "dans"],
        ),
        (
            Language::Spanish,
            &["el", "los", "y", "del", "una", "para", "con", "las", "que", "la", "en", "por"],
        ),
    ];
    let mut counts = [0_usize; 4];
    for word in text.split(|c: char| !c.is_alphabetic()).take(4_000) {
        let word = word.to_lowercase();
        for (count, (_, small)) in counts.iter_mut().zip(SMALL) {
            *count += usize::from(small.contains(&word.as_str()));
        }
    }
    let most = counts.iter().max().copied().unwrap_or(0);
    let first = SMALL.iter().zip(counts).find(|(_, count)| *count == most);
    first.map_or(Language::English, |((language, _), _)| *language)
}

/// "Projektleiter/in": the second half only says that both are meant.
fn is_gender_ending(text: &str, start: usize, plain: &str) -> bool {
    matches!(plain, "in" | "innen" | "frau" | "r") && text[..start].ends_with(['/', '*', ':']) && start > 1
        || (plain == "in" && text[..start].ends_with("/-"))
}

/// Whether a hyphen follows that ties the word to a later one.
fn hangs(rest: &str) -> bool {
    rest.strip_prefix(['-', '‑', '‐']).is_some_and(|rest| rest.starts_with([' ', ',']))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn likeness(language: Language, one: &str, other: &str) -> f32 {
        let reader = Reader::new(&[Language::English, language]);
        reader.words(one)[0].likeness(&reader.words(other)[0])
    }

    #[test]
    fn kin_are_alike() {
        for (one, other) in
            [("welding", "Welder"), ("Led", "leading"), ("mentoring", "Mentor"), ("SLOs", "SLO")]
        {
            assert!(likeness(Language::English, one, other) > 0.9, "{one} {other}");
        }
        assert!(likeness(Language::German, "Inbetriebnahme", "Inbetriebnahmen") > 0.8);
        assert!(likeness(Language::German, "Sondermaschinen- oder", "Sondermaschinenbau") > 0.9);
        assert!(likeness(Language::German, "Kundenprojekten", "Anlagenprojekten") > 0.4);
    }

    #[test]
    fn strangers_are_not() {
        for (one, other) in [("Go", "go"), ("engine", "engineering"), ("R", "r"), ("social", "society")] {
            assert!(likeness(Language::English, one, other) < 0.1, "{one} {other}");
        }
    }

    #[test]
    fn second_halves_for_gender_are_left_out() {
        let words = Reader::new(&[Language::German]).words("Projektleiter/in (m/w/d)");
        assert_eq!(words[0].plain, "projektleiter");
        assert_ne!(words[1].plain, "in");
    }

    #[test]
    fn the_language_of_a_text_is_told_by_its_small_words() {
        assert_eq!(language_of("Wir suchen Sie für das Team und die Kunden"), Language::German);
        assert_eq!(language_of("Nous cherchons un chef pour la maison et les clients"), Language::French);
        assert_eq!(language_of(""), Language::English);
    }
}

//! What a text says, taken apart once so that claims can be looked up in it.

use std::collections::HashSet;

use super::date::{Date, Span, dates, month, spans};
use super::lexicon::{is_function_word, is_negation};
use super::quantity::{Quantity, Unit, quantities};
use super::share::shares;
use crate::words::{
    Language, Lemma, group_terms, groups_in, key, lemmas, phrasal, reworded, stem_of_key, term_word, tokens,
};

/// A word of a text.
#[derive(Clone, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "five independent facts about a word, no state")]
pub(super) struct Word {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) text: String,
    pub(super) key: String,
    pub(super) stem: String,
    /// A point follows at once, as behind an abbreviation.
    pub(super) pointed: bool,
    /// Stands first in its sentence, item or text.
    pub(super) first: bool,
    /// Which part between commas, semicolons, brackets and points it stands in, from 0.
    pub(super) clause: usize,
    /// Which part between points, semicolons and bullets it stands in, from 0.
    pub(super) sentence: usize,
    /// Stands in the reach of "not", "never", "without".
    pub(super) negated: bool,
    /// Part of a date or number.
    pub(super) figure: bool,
    /// An article, preposition or the like.
    pub(super) function: bool,
    /// The English words that it may be a form of; none in a text of another language.
    pub(super) lemmas: Vec<Lemma>,
}

impl Word {
    pub(super) fn capital(&self) -> bool {
        self.text.starts_with(|c: char| c.is_uppercase())
    }

    /// All letters are capitals, as in `PCI`; a plural `s` aside.
    pub(super) fn acronym(&self) -> bool {
        let letters = self.text.strip_suffix('s').filter(|rest| rest.len() > 1).unwrap_or(&self.text);
        letters.chars().count() >= 2
            && letters.chars().filter(|c| c.is_alphabetic()).count() >= 2
            && letters.chars().all(|c| c.is_uppercase() || c.is_ascii_digit() || c == '&')
    }

    pub(super) fn content(&self) -> bool {
        !self.function && !self.figure && self.key.chars().any(char::is_alphabetic) && self.key.len() > 1
    }
}

/// A text taken apart.
#[derive(Clone, Debug)]
pub(super) struct Facts {
    pub(super) text: String,
    pub(super) words: Vec<Word>,
    pub(super) dates: Vec<Date>,
    pub(super) spans: Vec<Span>,
    pub(super) quantities: Vec<Quantity>,
    /// Keys and stems of its words, of its hyphenated words in one, and of the other names of its terms.
    known: HashSet<String>,
    /// Everyday words that may stand for one of its words.
    reworded: HashSet<usize>,
    /// The plain forms of its English words.
    lemmas: HashSet<&'static str>,
    /// Abbreviations that it writes with a point, and short forms: `coord.`, `tech`.
    cut: Vec<String>,
    /// First letters of its words in order, with and without the little words.
    initials: [String; 2],
    acronyms: HashSet<String>,
    language: Language,
}

/// Most bytes of a text that are taken apart. What stands behind them supports nothing.
const LONGEST: usize = 16_000;

impl Facts {
    pub(super) fn of(text: &str, language: Language) -> Self {
        let text = &text[..text.floor_char_boundary(LONGEST)];
        let tokens = tokens(text);
        let dates = dates(text, &tokens);
        let taken: Vec<bool> = tokens
            .iter()
            .map(|token| dates.iter().any(|date| date.start <= token.start && token.end <= date.end))
            .collect();
        let mut quantities = quantities(text, &tokens, &taken);
        for share in shares(&tokens, &taken) {
            if !quantities.iter().any(|q| q.claims && q.start < share.end && share.start < q.end) {
                quantities.push(share);
            }
        }
        let spans = spans(text, &dates);
        let mut words: Vec<Word> = Vec::with_capacity(tokens.len());
        let (mut clause, mut sentences, mut negated_left, mut last_end) = (0, 0, 0_usize, 0);
        for token in &tokens {
            let between = &text[last_end..token.start];
            // "9- to 11-year-olds", "pre- and post-war"
            let suspended = between.starts_with(['-', '‑'])
                && between.trim_start_matches(['-', '‑']).trim().is_empty()
                && !between.ends_with('-');
            let parted = !suspended
                && (between.contains([',', ';', ':', '(', ')', '.', '•', '·', '▪', '|', '!', '?'])
                    || between.contains([' ', '\u{a0}']) && between.contains(['–', '—', '-', '/']));
            if parted {
                clause += 1;
                negated_left = 0;
            }
            if between.contains([';', '.', '•', '·', '▪', '|', '!', '?']) {
                sentences += 1;
            }
            let sentence = words.is_empty()
                || between.contains(['.', '!', '?', ':', '•', '▪', '|', '·', ';', '—', '"', '“']);
            let key = key(token.text);
            let negation = is_negation(&key);
            let figure = taken_by(token.start, token.end, &dates, &quantities);
            let english = language == Language::English && !figure;
            words.push(Word {
                lemmas: if english { lemmas(&key) } else { Vec::new() },
                start: token.start,
                end: token.end,
                text: token.text.to_owned(),
                stem: stem_of_key(&key, language),
                pointed: text[token.end..].starts_with('.'),
                first: sentence,
                clause,
                sentence: sentences,
                negated: negated_left > 0,
                figure,
                function: is_function_word(&key),
                key,
            });
            negated_left = if negation { 4 } else { negated_left.saturating_sub(1) };
            last_end = token.end;
        }
        // "Looked after", "set the stall up".
        for n in 0..words.len() {
            let mut behind =
                words[n + 1..].iter().take(3).take_while(|other| other.clause == words[n].clause);
            let found = behind.find_map(|other| phrasal(&words[n].lemmas, &other.key));
            words[n].lemmas.extend(found);
        }
        let mut facts = Self {
            text: text.to_owned(),
            words,
            dates,
            spans,
            quantities,
            known: HashSet::new(),
            reworded: HashSet::new(),
            lemmas: HashSet::new(),
            cut: Vec::new(),
            initials: [String::new(), String::new()],
            acronyms: HashSet::new(),
            language,
        };
        facts.index();
        facts
    }

    fn index(&mut self) {
        let english: Vec<String> =
            self.words.iter().map(|word| stem_of_key(&word.key, Language::English)).collect();
        for (n, word) in self.words.iter().enumerate() {
            self.known.insert(word.key.clone());
            self.known.insert(word.stem.clone());
            self.known.insert(english[n].clone());
            self.reworded.extend(reworded(&word.stem));
            self.reworded.extend(reworded(&english[n]));
            self.lemmas.extend(word.lemmas.iter().filter(|_| !word.function).map(|lemma| lemma.word));
            if let Some(next) = self.words.get(n + 1)
                && next.start - word.end <= 3
            {
                self.known.insert(stem_of_key(&format!("{}{}", word.key, next.key), self.language));
            }
            let pointed = self.text[word.end..].starts_with('.') && self.text.len() > word.end + 1;
            if word.content() && ((pointed && word.key.len() >= 2) || (3..=5).contains(&word.key.len())) {
                self.cut.push(word.key.clone());
            }
            if let Some(first) = word.key.chars().next() {
                self.initials[0].push(first);
                if !word.function {
                    self.initials[1].push(first);
                }
            }
            if word.acronym() {
                let plural = word.text.ends_with('s');
                let letters = if plural { word.key.trim_end_matches('s') } else { &word.key };
                self.acronyms.insert(letters.replace('&', ""));
            }
        }
        let term = |word: &Word| match word.key.strip_suffix('s') {
            Some(one) if word.acronym() && word.text.ends_with('s') => one.to_owned(),
            _ => term_word(&word.key),
        };
        let terms: Vec<String> = self.words.iter().map(term).collect();
        let spelled: Vec<(&str, &str)> =
            self.words.iter().zip(&terms).map(|(word, term)| (word.text.as_str(), term.as_str())).collect();
        for group in groups_in(&spelled) {
            for term in group_terms(group) {
                for token in tokens(term) {
                    let key = key(token.text);
                    self.known.insert(stem_of_key(&key, Language::English));
                    self.known.insert(stem_of_key(&key, self.language));
                    self.known.insert(key);
                }
            }
        }
    }

    /// Whether the text has the word, in any form, spelling, abbreviation or long form.
    pub(super) fn states(&self, word: &Word) -> bool {
        if self.known.contains(&word.key) || self.known.contains(&word.stem) {
            return true;
        }
        if word.acronym() {
            let plural = word.text.ends_with('s');
            if plural && self.known.contains(word.key.trim_end_matches('s')) {
                return true;
            }
            let acronym = if plural { word.key.trim_end_matches('s') } else { &word.key }.replace('&', "");
            // Two letters in a row are soon found; the little words between them must not count.
            let from = usize::from(acronym.len() == 2);
            if acronym.len() >= 2 && self.initials[from..].iter().any(|initials| initials.contains(&acronym))
            {
                return true;
            }
        }
        if self.shortens(word) {
            return true;
        }
        word.key.len() >= 6 && self.cut.iter().any(|short| abbreviates(short, &word.key, &self.text))
    }

    /// Whether the word is a short form of one of the text: "lab", "bici", "Stv.".
    fn shortens(&self, word: &Word) -> bool {
        let short = &word.key;
        (3..=5).contains(&short.len())
            && word.lemmas.iter().all(|lemma| lemma.word.len() < 5)
            && self.words.iter().filter(|other| other.content() && other.key.len() >= short.len() + 3).any(
                |other| {
                    let mut letters = other.key.chars();
                    other.key.starts_with(short.as_str()) && (short.len() >= 4 || word.lemmas.is_empty())
                        || word.pointed
                            && other.key.chars().next() == short.chars().next()
                            && short.chars().all(|c| letters.any(|letter| letter == c))
                },
            )
    }

    /// Whether the text has the word itself, or another name of it from the table.
    pub(super) fn knows(&self, word: &Word) -> bool {
        self.known.contains(&word.key) || self.known.contains(word.key.trim_end_matches('s'))
    }

    /// Whether an honest rewording of the text may have the word: an everyday synonym, or a word of the same
    /// family.
    pub(super) fn suggests(&self, word: &Word) -> bool {
        if self.states(word) {
            return true;
        }
        let english = stem_of_key(&word.key, Language::English);
        if reworded(&word.stem).iter().chain(reworded(&english)).any(|group| self.reworded.contains(group)) {
            return true;
        }
        if word.lemmas.iter().any(|lemma| {
            self.lemmas.contains(lemma.word) || lemma.relatives().any(|other| self.lemmas.contains(other))
        }) {
            return true;
        }
        self.words.iter().filter(|other| other.content()).any(|other| {
            let common = other.key.chars().zip(word.key.chars()).take_while(|(a, b)| a == b).count();
            let shorter = other.key.chars().count().min(word.key.chars().count());
            let one = word.key.strip_suffix('s').unwrap_or(&word.key);
            let whole = other.key.strip_suffix('s').unwrap_or(&other.key);
            // "Path" for "footpaths"
            if one.len() >= 4
                && whole.len() >= one.len() + 3
                && whole.ends_with(one)
                && !word.lemmas.is_empty()
            {
                return true;
            }
            // Compounds: Pflege in Pflegeerfahrung, post in postbox.
            let family = if self.language == Language::English {
                common * 4 >= shorter * 3
            } else {
                common * 3 >= shorter * 2
            };
            (common >= 5 && family)
                || (shorter >= 5
                    && (word.key.starts_with(&other.stem) && other.stem.len() >= 5
                        || word.key.ends_with(&other.key)
                        || other.key.ends_with(&word.key)))
        })
    }

    /// The content words of the clause that a place in the text belongs to.
    pub(super) fn clause_at(&self, start: usize) -> impl Iterator<Item = &Word> {
        let clause = self.words.iter().find(|word| word.end > start).map(|word| word.clause);
        self.words.iter().filter(move |word| Some(word.clause) == clause && word.content())
    }

    /// The words of a range of bytes.
    pub(super) fn within(&self, start: usize, end: usize) -> impl Iterator<Item = &Word> {
        self.words.iter().filter(move |word| start <= word.start && word.end <= end)
    }
}

fn taken_by(start: usize, end: usize, dates: &[Date], quantities: &[Quantity]) -> bool {
    dates.iter().any(|date| date.start <= start && end <= date.end)
        || quantities.iter().any(|q| q.start < end && start < q.end && (q.claims || q.unit == Unit::Clock))
}

/// Whether `short` is an abbreviation of `word` as `text` writes it: its beginning, or, with a point, its
/// first letter and some of the others in order.
fn abbreviates(short: &str, word: &str, text: &str) -> bool {
    if word.len() < short.len() + 2 || month(short).is_some() {
        return false;
    }
    if word.starts_with(short) && short.len() >= 3 {
        return true;
    }
    let pointed = text.to_lowercase().contains(&format!("{short}."));
    let mut letters = word.chars();
    pointed
        && word.chars().next() == short.chars().next()
        && short.chars().all(|c| letters.any(|other| other == c))
}

/// The texts that may support a claim.
#[derive(Clone, Debug, Default)]
pub(super) struct Pool<'a> {
    pub(super) texts: Vec<&'a Facts>,
    /// Words that are always true: those of the person's own name.
    pub(super) own: Option<&'a HashSet<String>>,
    /// All texts of a resume: too many for a number to follow from two of them by anything but chance.
    pub(super) whole: bool,
}

impl Pool<'_> {
    pub(super) fn states(&self, word: &Word) -> bool {
        self.own.is_some_and(|own| own.contains(&word.key))
            || self.texts.iter().any(|facts| facts.states(word))
    }

    pub(super) fn knows(&self, word: &Word) -> bool {
        self.texts.iter().any(|facts| facts.knows(word))
    }

    pub(super) fn suggests(&self, word: &Word) -> bool {
        self.own.is_some_and(|own| own.contains(&word.key))
            || self.texts.iter().any(|facts| facts.suggests(word))
    }

    pub(super) fn words(&self) -> impl Iterator<Item = &Word> {
        self.texts.iter().flat_map(|facts| &facts.words)
    }
}

/// Whether each word gives its first letter to an acronym, and long words at most one more: Healthcare Assistant, HCA.
fn spells(acronym: &str, words: &[&str]) -> bool {
    let Some((word, rest)) = words.split_first() else { return acronym.is_empty() };
    let mut letters = acronym.chars();
    let (Some(first), mut inner) = (letters.next(), word.chars()) else { return false };
    if inner.next() != Some(first) {
        return false;
    }
    if spells(letters.as_str(), rest) {
        return true;
    }
    word.len() >= 8
        && letters.next().is_some_and(|second| word.chars().skip(3).any(|c| c == second))
        && spells(letters.as_str(), rest)
}

/// For each word of a new text, whether it belongs to the long form of an acronym in the evidence.
pub(super) fn spelled_out(new: &Facts, pool: &Pool<'_>) -> Vec<bool> {
    let mut spelled = vec![false; new.words.len()];
    if pool.texts.iter().all(|facts| facts.acronyms.is_empty()) {
        return spelled;
    }
    let content: Vec<usize> = (0..new.words.len()).filter(|n| !new.words[*n].function).collect();
    for from in 0..content.len() {
        for count in 2..=5.min(content.len() - from) {
            let run = || content[from..from + count].iter().map(|n| &new.words[*n]);
            let words: Vec<&str> = run().map(|word| word.key.as_str()).collect();
            if pool.texts.iter().any(|facts| facts.acronyms.iter().any(|acronym| spells(acronym, &words))) {
                content[from..from + count].iter().for_each(|n| spelled[*n] = true);
            }
        }
    }
    spelled
}

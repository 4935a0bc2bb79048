//! How surely a word or a phrase of a posting stands in a passage of a resume.

use super::super::demand::{Atom, Term};
use super::super::lexicon::lexicon;
use super::super::person::Passage;
use super::super::words::Word;

/// How surely a kind of a thing shows the thing.
const KIN: f32 = 0.75;

pub(super) fn weight(atom: &Atom) -> f32 {
    if atom.words.len() > 1 || !atom.others.is_empty() {
        1.4
    } else if atom.words[0].looks_like_a_name() {
        1.6
    } else if atom.words[0].is_thin() {
        0.8
    } else {
        1.0
    }
}

/// `CRRT`, or `CRRTs`.
pub(super) fn is_initials(word: &str, initials: &str) -> bool {
    word == initials || word.strip_suffix('s') == Some(initials)
}

/// How surely an atom stands among words, and where.
pub(super) fn likeness(atom: &Atom, words: &[Word]) -> (f32, Option<usize>) {
    let mut best = run_likeness(&atom.words, words);
    for other in &atom.others {
        if best.0 >= 0.99 {
            break;
        }
        let found = run_likeness(&other.words, words);
        if found.0 > best.0 {
            best = found;
        }
    }
    if best.0 < KIN {
        let at = words.iter().position(|word| word.forms.iter().any(|form| atom.kin.contains(form)));
        if at.is_some() {
            best = (KIN, at);
        }
    }
    if atom.words.len() > 1 && best.0 < 0.85 {
        let scattered = scattered(&atom.words, words);
        if scattered.0 > best.0 {
            best = scattered;
        }
    }
    if best.0 < 0.99
        && let [word] = atom.words.as_slice()
        && let Some(at) = spelled_by(&word.raw, words)
    {
        best = (1.0, Some(at));
    }
    best
}

/// How surely a phrase is meant where its words stand apart: "response to two incidents" for "incident response".
fn scattered(wanted: &[Word], words: &[Word]) -> (f32, Option<usize>) {
    let mut places = Vec::new();
    for one in wanted {
        places.extend(words.iter().position(|word| one.likeness(word) > 0.8));
    }
    if places.len() == wanted.len() { (0.85, places.first().copied()) } else { (0.0, None) }
}

/// Where words stand that an abbreviation is made of: "generalized linear models" for "GLMs".
fn spelled_by(abbreviation: &str, words: &[Word]) -> Option<usize> {
    let letters = abbreviation.strip_suffix('s').unwrap_or(abbreviation);
    let count = letters.chars().count();
    if !(3..=5).contains(&count) || !letters.chars().all(|c| c.is_ascii_uppercase()) {
        return None;
    }
    words.windows(count).position(|run| {
        run.iter().zip(letters.chars()).all(|(word, letter)| {
            word.plain.len() > 3 && word.plain.starts_with(letter.to_ascii_lowercase()) && !word.is_filler()
        })
    })
}

impl Atom {
    /// Whether words name it, by its own name or by one that means the same.
    pub(crate) fn is_named(&self, words: &[Word]) -> bool {
        let same = self.others.iter().filter(|other| other.same).map(|other| &other.words);
        std::iter::once(&self.words).chain(same).any(|name| run_likeness(name, words).0 > 0.89)
    }
}

/// How surely a run of words stands among words, in its order and without a gap; or joined to one word, or
/// one word taken apart.
fn run_likeness(wanted: &[Word], words: &[Word]) -> (f32, Option<usize>) {
    let mut best = (0.0_f32, None);
    if wanted.is_empty() {
        return best;
    }
    for (at, window) in words.windows(wanted.len()).enumerate() {
        let value = wanted.iter().zip(window).map(|(one, other)| one.likeness(other)).fold(1.0, f32::min);
        if value > best.0 {
            best = (value, Some(at));
        }
    }
    if best.0 < 0.9 && wanted.len() == 2 {
        let joined = format!("{}{}", wanted[0].plain, wanted[1].plain);
        if let Some(at) = words.iter().position(|word| is_joined(&word.plain, &joined)) {
            return (1.0, Some(at));
        }
    }
    if best.0 < 0.9 && wanted.len() == 1 && wanted[0].plain.len() > 5 {
        let pair = words
            .windows(2)
            .position(|pair| is_joined(&format!("{}{}", pair[0].plain, pair[1].plain), &wanted[0].plain));
        if let Some(at) = pair {
            return (1.0, Some(at));
        }
    }
    best
}

fn is_joined(one: &str, other: &str) -> bool {
    one == other || one.strip_suffix('s') == Some(other) || other.strip_suffix('s') == Some(one)
}

/// Whether the resume says that it is little of it: "some GTAW", "Spark (basic)", "SAP: solo consulta".
pub(super) fn is_low(passage: &Passage, at: usize) -> bool {
    let low = |word: &Word| lexicon().is("low", &word.plain);
    let before = passage.words[at.saturating_sub(2)..at]
        .iter()
        .any(|word| low(word) && no_comma(passage, word.end, passage.words[at].start));
    let after = passage.words.get(at + 1..(at + 5).min(passage.words.len())).unwrap_or_default();
    before || after.iter().any(|word| low(word) && no_comma(passage, passage.words[at].end, word.start))
}

fn no_comma(passage: &Passage, from: usize, to: usize) -> bool {
    !passage.text.get(from..to).unwrap_or(",").contains([',', ';'])
}

/// Whether every part of a term stands in a passage, and not as little of it.
pub(crate) fn stands(term: &Term, passage: &Passage) -> bool {
    term.atoms.iter().all(|atom| {
        let (value, at) = likeness(atom, &passage.words);
        value > 0.85 && !at.is_some_and(|at| is_low(passage, at))
    })
}

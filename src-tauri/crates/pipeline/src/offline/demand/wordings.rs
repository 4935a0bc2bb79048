//! Other wordings of a term: its equals, and what shows it.

use resume::words::synonyms_of;

use super::super::lexicon::{LONGEST_PHRASE, lexicon, phrase_key};
use super::super::words::{Reader, Word};
use super::Other;

/// The longest phrase of the tables at the beginning of the words, in words, and its other wordings; also
/// those of the first word by itself.
pub(super) fn phrase(text: &str, words: &[Word], reader: &Reader) -> (usize, Vec<Other>) {
    for length in (1..=LONGEST_PHRASE.min(words.len())).rev() {
        let Some(written) = text.get(words[0].start..words[length - 1].end) else { continue };
        if length > 1
            && (written.contains([',', ';', '(', ')'])
                || words[0].is_filler() && words[length - 1].is_filler())
        {
            continue;
        }
        if length == 1 && (words[0].is_filler() || words[0].is_thin()) {
            return (1, Vec::new());
        }
        let others = others(written, reader);
        if !others.is_empty() || length > 1 && lexicon().is_term(&phrase_key(written)) {
            return (length, others);
        }
    }
    (1, Vec::new())
}

/// The other wordings of a term: its equals, what shows it, what shows its equals, and the equals of those.
fn others(written: &str, reader: &Reader) -> Vec<Other> {
    let names: Vec<&str> = equals(written).into_iter().chain(reader.glossary.other_names(written)).collect();
    let mut shown: Vec<&str> = lexicon().shown_by(&phrase_key(written)).to_vec();
    for name in &names {
        shown.extend(lexicon().shown_by(&phrase_key(name)));
    }
    // One step further: EKS shows Kubernetes, which shows containers.
    for name in shown.clone() {
        shown.extend(equals(name));
        shown.extend(lexicon().shown_by(&phrase_key(name)));
    }
    let mut others: Vec<Other> = Vec::new();
    let all = names.into_iter().map(|name| (name, true)).chain(shown.into_iter().map(|name| (name, false)));
    for (name, same) in all {
        let words = reader.words(name);
        if !words.is_empty() && !others.iter().any(|other| other.words == words) {
            others.push(Other { words, same });
        }
    }
    others
}

/// Other names of a term. Names of one or two letters that stand for several things are left aside where
/// they are written small.
fn equals(term: &str) -> Vec<&'static str> {
    let short = term.chars().count() <= 3
        && !term.chars().any(char::is_uppercase)
        && !term.chars().any(|c| c.is_ascii_digit());
    if short { Vec::new() } else { synonyms_of(term) }
}

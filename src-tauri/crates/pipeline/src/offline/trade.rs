//! Which words of a posting are terms of a trade: what a recruiter or a screening program looks for. Everyday words
//! ("questions", "set", "heavy user") are none, however often the posting and the resume share them.
//!
//! A term is known by its shape (`SQL`, `6G`, `C++`, a capital inside a sentence), by its abbreviation in the table of
//! synonyms, by an abbreviation that the posting or the resume explains, or by `data/terms.txt`.

use resume::words::{key, synonyms_of};

use super::demand::{Atom, Demand, Term, Thing};
use super::lexicon::{lexicon, phrase_key};
use super::words::{Reader, Word};

/// Several terms side by side are one keyword up to so many words; beyond, each stands for itself.
const LONGEST: usize = 3;

/// Whether a word or phrase is a term of a trade.
pub(crate) fn is_trade(atom: &Atom, reader: &Reader) -> bool {
    let written = spelled(&atom.words);
    if lexicon().is_term(&phrase_key(&written)) || reader.glossary.other_names(&written).next().is_some() {
        return true;
    }
    // "Word" and "Go" open many a line without being meant.
    let everyday = || atom.words.iter().all(|word| is_plain(word) || word.is_thin() || word.is_filler());
    if atom.words.first().is_some_and(Word::is_capitalised)
        && lexicon().is_product(&phrase_key(&written))
        && !((atom.opens || !reader.names_have_capitals()) && everyday())
    {
        return true;
    }
    let thin = |word: &Word| word.is_thin() && !word.is_capitalised();
    if atom.words.iter().all(|word| is_plain(word) || thin(word)) {
        return false;
    }
    let named = |word: &Word| {
        has_the_shape(word)
            || reader.names_have_capitals() && word.is_capitalised() && !atom.opens && word.raw.len() > 2
    };
    atom.words.iter().any(|word| !is_plain(word) && named(word)) || is_abbreviated(&written)
}

/// The terms of a trade in a demand, the things asked for first.
pub(crate) fn terms(demand: &Demand) -> impl Iterator<Item = &Term> {
    things(demand).flat_map(|thing| &thing.options).filter(|term| term.atoms.iter().any(|atom| atom.trade))
}

/// All things of a demand, those asked for first.
pub(crate) fn things(demand: &Demand) -> impl Iterator<Item = &Thing> {
    [&demand.main, &demand.examples, &demand.extra, &demand.setting].into_iter().flatten()
}

/// How a term is written as a keyword: the phrase as it stands where every word of it is one, else the terms
/// within it. Nothing where it names nothing of a trade.
pub(crate) fn keywords(term: &Term) -> Vec<String> {
    let words: Vec<&Word> = term.atoms.iter().flat_map(|atom| &atom.words).collect();
    let some = term.atoms.iter().any(|atom| atom.trade);
    // "OSHA 30" of "OSHA 10 or 30" stands nowhere in one: it is put together.
    let length =
        words.last().map_or(0, |word| word.end).saturating_sub(words.first().map_or(0, |word| word.start));
    let in_one = length != term.text.len()
        || words.windows(2).all(|pair| between(term, pair[0], pair[1]).is_some_and(ties));
    if in_one && words.len() <= LONGEST && some && term.atoms.iter().all(|atom| atom.trade || is_part(atom)) {
        return vec![trimmed(&term.text)];
    }
    let parts = term.atoms.iter().filter(|atom| atom.trade);
    parts.filter_map(|atom| written(term, atom)).collect()
}

/// Whether what stands between two words leaves them one name: "WCAG 2.1 AA".
fn ties(between: &str) -> bool {
    between.chars().all(|c| c.is_ascii_digit() || matches!(c, ' ' | '.' | '-' | '‑' | '/'))
        && !between.contains(". ")
}

/// Whether words beside a term belong to its name: the number in "EN ISO 13849", the second word of "TIA Portal".
fn is_part(atom: &Atom) -> bool {
    atom.words.iter().all(|word| {
        word.plain.chars().all(|c| c.is_ascii_digit() || c == '.')
            || word.is_capitalised() && !atom.opens && !is_plain(word) && !word.is_filler()
    })
}

/// A part of a term, as the posting writes it.
fn written(term: &Term, atom: &Atom) -> Option<String> {
    let base = term.atoms.first()?.words.first()?.start;
    let (first, last) = (atom.words.first()?, atom.words.last()?);
    let range = first.start.checked_sub(base)?..last.end.checked_sub(base)?;
    Some(trimmed(term.text.get(range)?))
}

fn trimmed(text: &str) -> String {
    text.trim_matches(['-', '‑', '‐', '/', ' ']).to_owned()
}

fn between<'a>(term: &'a Term, one: &Word, next: &Word) -> Option<&'a str> {
    let base = term.atoms.first()?.words.first()?.start;
    term.text.get(one.end.checked_sub(base)?..next.start.checked_sub(base)?)
}

fn spelled(words: &[Word]) -> String {
    words.iter().map(|word| word.raw.as_str()).collect::<Vec<_>>().join(" ")
}

/// Two capitals, a digit beside a capital, a lone capital, `C++`: not a mere number with a letter behind it ("12s"), and
/// no capitals that only stand for a size.
fn has_the_shape(word: &Word) -> bool {
    let capitals = word.raw.chars().any(char::is_uppercase);
    word.looks_like_a_name() && (capitals || word.raw.ends_with(['+', '#']))
}

/// Whether the table of synonyms has an abbreviation for it: two capitals, or a capital and a digit.
fn is_abbreviated(written: &str) -> bool {
    let short = |name: &&str| {
        let capitals = name.chars().filter(|c| c.is_uppercase()).count();
        let digits = name.chars().any(|c| c.is_ascii_digit());
        !name.contains(' ') && (capitals > 1 || capitals > 0 && digits)
    };
    written.chars().count() > 2 && synonyms_of(written).iter().any(short)
}

/// An everyday word, in a list of such words or by its ending.
fn is_plain(word: &Word) -> bool {
    let lower = key(&word.raw);
    lexicon().is("plain", &lower)
        || lexicon().phrases("virtue").iter().any(|ending| lower.ends_with(ending.as_str()))
}

#[cfg(test)]
mod tests {
    use resume::words::Language;

    use super::super::demand::demand;
    use super::super::glossary::Glossary;
    use super::*;

    fn found(language: Language, line: &str) -> Vec<String> {
        let glossary = Glossary::of(["customer joy index (CJI)"].into_iter());
        let reader = Reader::new(&[language, Language::English]).with_glossary(glossary);
        let demand = demand(line, &reader);
        terms(&demand).flat_map(keywords).collect()
    }

    #[test]
    fn terms_are_told_from_everyday_words() {
        for (line, terms) in [
            ("Zendesk, as an administrator or a heavy user", vec!["Zendesk"]),
            ("SQL for your own questions", vec!["SQL"]),
            ("Clear written English", vec![]),
            ("You have set them and kept them", vec![]),
            ("Raising the customer joy index", vec!["customer joy index"]),
            (
                "Infrastructure as Code (Terraform or Pulumi)",
                vec!["Infrastructure as Code", "Terraform", "Pulumi"],
            ),
            ("PostgreSQL performance tuning", vec!["PostgreSQL performance tuning"]),
            ("OSHA 10 or 30", vec!["OSHA 10", "OSHA 30"]),
            ("Sourdough and pastry", vec!["Sourdough", "pastry"]),
        ] {
            assert_eq!(found(Language::English, line), terms, "{line}");
        }
    }

    #[test]
    fn a_capital_makes_no_name_in_german() {
        assert_eq!(
            found(Language::German, "Freude an der Arbeit mit Menschen und TIA Portal"),
            ["TIA Portal"]
        );
        assert_eq!(
            found(Language::German, "Kommunikationsstärke und Reisebereitschaft"),
            Vec::<String>::new()
        );
    }
}

//! How much a line or an item speaks to a requirement: what the order of lines and items rests on.

use super::super::demand::{Demand, Term};
use super::super::person::Person;
use super::super::words::Word;
use super::Search;
use super::likeness::{likeness, weight};

/// How much a passage speaks to a requirement: 0 to 1. Words that stand in most resumes do not count.
pub(crate) fn relevance(demand: &Demand, person: &Person, passage: usize) -> f32 {
    let search = Search { person, demand };
    let Some(passage) = person.passages.get(passage) else { return 0.0 };
    [&demand.main, &demand.examples, &demand.setting, &demand.extra]
        .into_iter()
        .flatten()
        .flat_map(|thing| &thing.options)
        .filter(|term| !term.is_thin())
        .map(|term| search.in_passage(term, passage))
        .fold(0.0, f32::max)
}

/// How much an item of a list speaks to a requirement: 1 where a term of it is the item or shown by it.
pub(crate) fn item_relevance(demand: &Demand, item: &[Word]) -> f32 {
    let terms = [&demand.main, &demand.examples, &demand.setting, &demand.extra]
        .into_iter()
        .flatten()
        .flat_map(|thing| &thing.options);
    let shown = |term: &Term| {
        !term.is_thin() && term.atoms.iter().any(|atom| weight(atom) > 0.9 && likeness(atom, item).0 > 0.9)
    };
    f32::from(u8::from(terms.into_iter().any(shown)))
}

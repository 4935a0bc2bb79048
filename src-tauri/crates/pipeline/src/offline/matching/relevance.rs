//! How much a line or an item speaks to a requirement: what the order of lines and items rests on. Only terms of a
//! trade count: a word that both texts happen to share moves nothing.

use super::super::demand::{Atom, Demand};
use super::super::person::Person;
use super::super::trade;
use super::super::words::Word;
use super::likeness::{is_low, likeness};

/// A line that only shows a term is worth less than one that names it.
const SHOWN: f32 = 0.6;

/// How much a passage speaks to a requirement: 1 where it names a term of it or the same under another name, less where
/// it shows one, 0 where it holds none.
pub(crate) fn relevance(demand: &Demand, person: &Person, passage: usize) -> f32 {
    let Some(passage) = person.passages.get(passage).filter(|passage| passage.is_evidence()) else {
        return 0.0;
    };
    // Years of a trade are shown by jobs, not by a line that speaks of it in passing.
    let least = if demand.years.is_some() { 1.0 } else { SHOWN };
    let value = atoms(demand)
        .map(|atom| {
            let (value, at) = likeness(atom, &passage.words);
            let low = at.is_some_and(|at| is_low(passage, at));
            if low { 0.0 } else { worth(atom, &passage.words, value) }
        })
        .fold(0.0, f32::max);
    if value < least { 0.0 } else { value }
}

/// How much an item of a list speaks to a requirement: 1 where it is a term of it, less where it shows one.
pub(crate) fn item_relevance(demand: &Demand, item: &[Word]) -> f32 {
    atoms(demand).map(|atom| worth(atom, item, likeness(atom, item).0)).fold(0.0, f32::max)
}

fn atoms(demand: &Demand) -> impl Iterator<Item = &Atom> {
    trade::terms(demand).flat_map(|term| &term.atoms).filter(|atom| atom.trade)
}

fn worth(atom: &Atom, words: &[Word], likeness: f32) -> f32 {
    if likeness < 0.89 {
        0.0
    } else if atom.is_named(words) {
        1.0
    } else {
        SHOWN
    }
}

//! The posting's terms, and whether the resume can claim them.

use resume::words::find;

use super::demand::{Term, demand};
use super::desk::Desk;
use super::matching::stands;
use super::requirements::Asked;
use super::structure::Part;
use crate::stages::Keyword;

/// No more keywords than this are taken from a posting.
const MOST: usize = 30;
/// A longer term is no keyword, in words.
const LONGEST: usize = 4;
/// No more blocks than this are named for a keyword.
const MOST_EVIDENCE: usize = 3;

/// The terms of a posting worth looking for: those of its requirements, then the names among its tasks.
pub(crate) fn terms(desk: &Desk, asked: &[Asked]) -> Vec<Term> {
    let mut found: Vec<Term> = Vec::new();
    let mut add = |term: Term, only_names: bool| {
        let words = term.text.split_whitespace().count();
        let fits =
            (1..=LONGEST).contains(&words) && term.text.chars().count() >= 2 || term.is_name() && words == 1;
        let wanted = if only_names { term.is_name() } else { !term.is_thin() };
        let new = !found.iter().any(|other| other.text.eq_ignore_ascii_case(&term.text));
        if fits && wanted && new && found.len() < MOST {
            found.push(term);
        }
    };
    for one in asked {
        let demand = demand(&one.text, &desk.reader);
        for thing in [demand.main, demand.examples, demand.extra, demand.setting].into_iter().flatten() {
            thing.options.into_iter().for_each(|term| add(term, false));
        }
    }
    for (line, _) in desk.lines().filter(|(_, part)| *part == Part::Tasks) {
        let demand = demand(line, &desk.reader);
        for thing in [demand.main, demand.examples, demand.setting].into_iter().flatten() {
            thing.options.into_iter().for_each(|term| add(term, true));
        }
    }
    found
}

/// Whether the resume can claim a term, and where it does.
pub(crate) fn keyword(desk: &Desk, term: &Term) -> Keyword {
    let mut evidence: Vec<String> = Vec::new();
    for passage in
        desk.person.passages.iter().filter(|passage| passage.is_evidence() && !passage.kind.stays_here())
    {
        let literally = find(&passage.text, &term.text, desk.language).is_some();
        if (literally || stands(term, passage)) && !passage.lapsed && evidence.len() < MOST_EVIDENCE {
            evidence.push(passage.id.clone());
        }
    }
    Keyword { term: term.text.clone(), claimable: !evidence.is_empty(), evidence }
}

//! The posting's keywords: the terms that a recruiter or a screening program looks for, and whether the resume can
//! claim them. Few and right beats many: see [`super::trade`] for what counts as one.

use resume::PostingPart;
use resume::words::{find, same};

use super::demand::{Term, demand};
use super::desk::Desk;
use super::matching::stands;
use super::person::tongue;
use super::requirements::Asked;
use super::trade;
use crate::stages::Keyword;

/// No more keywords than this are taken from a posting.
const MOST: usize = 30;
/// No more blocks than this are named for a keyword.
const MOST_EVIDENCE: usize = 3;

/// A term of the posting that is worth looking for.
pub(crate) struct Wanted {
    /// As the posting writes it.
    text: String,
    /// What to look for: nothing where it is a spoken language.
    terms: Vec<Term>,
    /// The spoken language that it names, by code.
    tongue: Option<&'static str>,
}

/// The keywords of a posting: those of its requirements in their order, the title, then those of its tasks.
pub(crate) fn wanted(desk: &Desk, asked: &[Asked]) -> Vec<Wanted> {
    let mut found: Vec<Wanted> = Vec::new();
    for one in asked {
        terms_of(desk, &one.text, false, &mut found);
    }
    if let Some(title) = plain_title(&desk.headline) {
        let terms = parts(desk, title);
        add(desk, &mut found, Wanted { text: title.to_owned(), terms, tongue: None });
    }
    for (line, _) in desk.lines().filter(|(_, part)| *part == PostingPart::Task) {
        terms_of(desk, line, true, &mut found);
    }
    found
}

/// The terms and the spoken languages of a line. Of a task, a capital alone makes no term: tasks name places and people.
fn terms_of(desk: &Desk, line: &str, task: bool, found: &mut Vec<Wanted>) {
    let demand = demand(line, &desk.reader);
    for text in trade::terms(&demand).flat_map(trade::keywords) {
        let terms = parts(desk, &text);
        let known = terms.first().and_then(|term| term.atoms.first()).is_some_and(|atom| atom.trade);
        if known || !task {
            add(desk, found, Wanted { text, terms, tongue: None });
        }
    }
    for word in desk.reader.words(line) {
        if let Some(code) = tongue(&word).filter(|code| demand.tongues.contains(code)) {
            let text = word.raw.trim_matches('-').to_owned();
            add(desk, found, Wanted { text, terms: Vec::new(), tongue: Some(code) });
        }
    }
}

/// What to look for to find a keyword.
fn parts(desk: &Desk, keyword: &str) -> Vec<Term> {
    demand(keyword, &desk.reader).main.into_iter().flat_map(|thing| thing.options).collect()
}

/// A job's title without what stands around it ("Staff", "(m/w/d)", the place), where a name is left.
fn plain_title(title: &str) -> Option<&str> {
    let mut end = title.len();
    for sign in ["(", "[", " - ", " – ", " — ", ", ", " | ", ": ", " H/F", " m/w/d", " /"] {
        end = end.min(title.find(sign).unwrap_or(end));
    }
    let mut title = title[..end].trim();
    for rank in ["Staff ", "Senior ", "Junior ", "Principal "] {
        title = title.strip_prefix(rank).unwrap_or(title);
    }
    (1..=4).contains(&title.split_whitespace().count()).then_some(title)
}

/// Adds a keyword, unless there are enough or another one says the same.
fn add(desk: &Desk, found: &mut Vec<Wanted>, one: Wanted) {
    let said = |other: &Wanted| {
        find(&other.text, &one.text, desk.language).is_some()
            || same(&one.text, &other.text)
            || one.tongue.is_some() && one.tongue == other.tongue
    };
    if found.len() < MOST && !one.text.is_empty() && !found.iter().any(said) {
        found.push(one);
    }
}

/// Whether the resume can claim a keyword, and where it does.
pub(crate) fn keyword(desk: &Desk, wanted: &Wanted) -> Keyword {
    let mut evidence: Vec<String> = Vec::new();
    if let Some((_, passage)) = wanted.tongue.and_then(|code| desk.person.tongues.get(code)) {
        evidence.extend(desk.ids(&[*passage]));
    }
    for passage in
        desk.person.passages.iter().filter(|passage| passage.is_evidence() && !passage.kind.stays_here())
    {
        let literally =
            || wanted.tongue.is_none() && find(&passage.text, &wanted.text, desk.language).is_some();
        let stands = || !wanted.terms.is_empty() && wanted.terms.iter().all(|term| stands(term, passage));
        if evidence.len() < MOST_EVIDENCE && !passage.lapsed && (literally() || stands()) {
            evidence.push(passage.id.clone());
        }
    }
    Keyword { term: wanted.text.clone(), claimable: !evidence.is_empty(), evidence }
}

//! Lines in another order: what speaks most to the posting comes first in its entry.

use resume::{BlockKind, SectionKind};

use super::super::desk::{Desk, few_words};
use super::super::lexicon::lexicon;
use super::super::sentences;
use super::{Wanted, Worth};
use crate::stages::{Action, ProposedEdit, Quote};

/// A line moves only where it is worth so much more than the line that it passes.
const MARGIN: f32 = 0.9;
/// So many lines move at most in one entry, and in the resume.
const MOST_IN_ENTRY: usize = 2;
const MOST: usize = 6;

/// Moves of bullets within their entries.
pub(super) fn moves(desk: &Desk, wanted: &Wanted) -> Vec<ProposedEdit> {
    let mut found: Vec<ProposedEdit> = Vec::new();
    for entry in &desk.person.entries {
        let Some((anchor, bullets)) = list_of(desk, &entry.passages) else { continue };
        let worths: Vec<Worth> = bullets.iter().map(|index| wanted.worth(desk, *index)).collect();
        let mut order: Vec<usize> = (0..bullets.len()).collect();
        let mut after = anchor;
        for place in 0..MOST_IN_ENTRY.min(order.len().saturating_sub(1)) {
            let standing = worths[order[place]].points;
            let best = order[place..]
                .iter()
                .copied()
                .reduce(|best, one| if worths[one].points > worths[best].points { one } else { best });
            let Some(best) = best else { break };
            let passage = bullets[best];
            if worths[best].points >= standing + MARGIN
                && worths[best].requirement.is_some()
                && stands_alone(desk, &bullets, best)
                && found.len() < MOST
            {
                found.push(moved(desk, passage, after, &worths[best]));
                order.retain(|one| *one != best);
                order.insert(place, best);
            }
            after = bullets[order[place]];
        }
    }
    found
}

fn moved(desk: &Desk, passage: usize, after: usize, worth: &Worth) -> ProposedEdit {
    let line = &desk.person.passages[passage];
    let (id, text) = worth.requirement.clone().unzip();
    let what = few_words(text.as_deref().unwrap_or_default(), 60);
    ProposedEdit {
        action: Action::Move,
        block: line.id.clone(),
        after: Some(desk.person.passages[after].id.clone()),
        kind: None,
        text: None,
        evidence: vec![Quote { block: line.id.clone(), quote: line.text.clone() }],
        requirement: id,
        reason: sentences::comes_first(desk.language, &what),
    }
}

/// The bullets of an entry, and the passage that they follow. Schools keep their order, and so do entries
/// whose lines are not one list.
fn list_of(desk: &Desk, passages: &[usize]) -> Option<(usize, Vec<usize>)> {
    let kind = |index: &usize| desk.person.passages[*index].kind;
    let section = desk.person.passages[*passages.first()?].section;
    if !matches!(
        section,
        Some(SectionKind::Work | SectionKind::Projects | SectionKind::Volunteering | SectionKind::Other)
    ) {
        return None;
    }
    let first = passages.iter().position(|index| kind(index) == BlockKind::Bullet)?;
    let anchor = *passages.get(first.checked_sub(1)?)?;
    let bullets: Vec<usize> =
        passages[first..].iter().copied().take_while(|index| kind(index) == BlockKind::Bullet).collect();
    (bullets.len() > 1).then_some((anchor, bullets))
}

/// Whether a bullet can be read without the one before it, and the next one without it.
fn stands_alone(desk: &Desk, bullets: &[usize], index: usize) -> bool {
    let leans = |passage: &usize| {
        let text = &desk.person.passages[*passage].text;
        lexicon().without_opening("leaning", text).len() < text.len()
    };
    !leans(&bullets[index]) && !bullets.get(index + 1).is_some_and(leans)
}

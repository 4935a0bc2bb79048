//! Edits that need no invention: lines and items in another order, and the posting's term beside the same
//! term of the resume.

mod items;
mod order;
mod wording;

use resume::{BlockId, Change, Edit, EditId, Evidence, PostingPart, Resume, Standing, truth};

use super::demand::{Demand, demand};
use super::desk::Desk;
use super::matching::relevance;
use super::requirements::Asked;
use crate::stages::{Action, Importance, ProposedEdit, Quote};

/// What makes a line worth reading for this posting.
pub(crate) struct Wanted {
    /// Requirements and, behind them, tasks.
    wishes: Vec<Wish>,
}

struct Wish {
    demand: Demand,
    /// The requirement's id; tasks have none.
    requirement: Option<String>,
    text: String,
    weight: f32,
}

/// How much a line speaks to the posting, and to which requirement most.
#[derive(Clone, Debug, Default, PartialEq)]
struct Worth {
    points: f32,
    requirement: Option<(String, String)>,
}

impl Wanted {
    /// What a posting wants.
    pub(crate) fn new(desk: &Desk, asked: &[Asked]) -> Self {
        let mut wishes: Vec<Wish> = asked
            .iter()
            .enumerate()
            .map(|(index, one)| Wish {
                demand: demand(&one.text, &desk.reader),
                requirement: Some(format!("r{}", index + 1)),
                text: one.text.clone(),
                weight: if one.importance == Importance::Must { 2.0 } else { 1.0 },
            })
            .collect();
        let tasks = desk.lines().filter(|(_, part)| *part == PostingPart::Task).take(20);
        wishes.extend(tasks.map(|(line, _)| Wish {
            demand: demand(line, &desk.reader),
            requirement: None,
            text: line.to_owned(),
            weight: 0.5,
        }));
        Self { wishes }
    }

    /// What a line is worth to the requirements. Tasks move no line: nobody is asked to have done them.
    fn worth(&self, desk: &Desk, passage: usize) -> Worth {
        let mut worth = Worth::default();
        let mut most = 0.0;
        for wish in self.wishes.iter().filter(|wish| wish.requirement.is_some()) {
            let points = wish.weight * relevance(&wish.demand, &desk.person, passage);
            worth.points += points;
            if points > most
                && let Some(id) = &wish.requirement
            {
                most = points;
                worth.requirement = Some((id.clone(), wish.text.clone()));
            }
        }
        worth
    }
}

/// The edits for a job, each held against the truth check first: one that it does not fully support is not
/// proposed.
pub(crate) fn proposals(desk: &Desk, resume: &Resume, asked: &[Asked]) -> Vec<ProposedEdit> {
    let wanted = Wanted::new(desk, asked);
    let mut found = wording::rewrites(desk, &wanted, asked);
    found.extend(order::moves(desk, &wanted));
    found.retain(|edit| is_supported(resume, edit));
    found
}

fn is_supported(resume: &Resume, proposed: &ProposedEdit) -> bool {
    let block = BlockId::from(proposed.block.as_str());
    let change = match (proposed.action, &proposed.text, &proposed.after) {
        (Action::Rewrite, Some(text), _) => Change::Rewrite { block, text: text.clone() },
        (Action::Move, _, Some(after)) => Change::Move { block, after: BlockId::from(after.as_str()) },
        _ => return false,
    };
    let evidence = proposed.evidence.iter().map(|quote| Evidence {
        block: BlockId::from(quote.block.as_str()),
        quote: Some(quote.quote.clone()),
    });
    let edit = Edit {
        id: EditId::nth(1),
        change,
        evidence: evidence.collect(),
        requirement: proposed.requirement.clone(),
        reason: proposed.reason.clone(),
    };
    truth::standing(&truth::check(resume, &edit)) == Standing::Supported
}

fn rewrite(
    block: &str,
    text: String,
    quote: &str,
    requirement: Option<String>,
    reason: String,
) -> ProposedEdit {
    ProposedEdit {
        action: Action::Rewrite,
        block: block.to_owned(),
        after: None,
        kind: None,
        text: Some(text),
        evidence: vec![Quote { block: block.to_owned(), quote: quote.to_owned() }],
        requirement,
        reason,
    }
}

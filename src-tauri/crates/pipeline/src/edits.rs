//! From edits as they are proposed to edits that can be applied.

use std::collections::HashSet;

use resume::{Block, BlockId, BlockKind, Change, Edit, EditId, Evidence, Resume};

use crate::checks::{MOST_ITEMS, short};
use crate::mask::visible;
use crate::stages::{Action, ProposedEdit};

/// The edits that pass the checks, named `e1`, `e2`, … in their order, and what is wrong with each of the others.
///
/// A wrong quote is not checked here: the truth check judges it.
pub(crate) fn made(resume: &Resume, proposed: &[ProposedEdit]) -> (Vec<Edit>, Vec<String>) {
    let (mut edits, mut wrong) = (Vec::new(), Vec::new());
    let mut taken = HashSet::new();
    if proposed.len() > MOST_ITEMS {
        wrong.push(format!("there are {} edits, and only the first {MOST_ITEMS} are used", proposed.len()));
    }
    for (index, proposal) in proposed.iter().enumerate().take(MOST_ITEMS) {
        match change(resume, proposal).and_then(|change| free(change, &mut taken)) {
            Ok(change) => edits.push(Edit {
                id: EditId::nth(edits.len() + 1),
                change,
                evidence: proposal.evidence.iter().map(evidence).collect(),
                requirement: proposal.requirement.clone().filter(|id| !id.trim().is_empty()),
                reason: one_line(&proposal.reason),
            }),
            Err(problem) => wrong.push(format!("edit {}: {problem}", index + 1)),
        }
    }
    (edits, wrong)
}

fn change(resume: &Resume, proposal: &ProposedEdit) -> Result<Change, String> {
    let block = shown(resume, &proposal.block)?;
    let change = match proposal.action {
        Action::Rewrite => {
            let text = text(proposal)?;
            if text == block.text {
                return Err(format!("the new text of {} is the old one", block.id));
            }
            Change::Rewrite { block: block.id.clone(), text }
        }
        Action::Remove => {
            if is_heading(block) {
                return Err(format!("{} is a heading, and headings are not removed", block.id));
            }
            Change::Remove { block: block.id.clone() }
        }
        Action::Move => {
            Change::Move { block: block.id.clone(), after: move_target(resume, block, proposal)? }
        }
        Action::Insert => {
            let Some(kind) = proposal.kind else { return Err("an insertion needs a kind".to_owned()) };
            not_between_headings(resume, block)?;
            Change::Insert { after: block.id.clone(), kind: kind.into(), text: text(proposal)? }
        }
    };
    if change.text().is_some() && proposal.evidence.is_empty() {
        return Err("a new text needs evidence, at least one line of the resume".to_owned());
    }
    for quote in &proposal.evidence {
        shown(resume, &quote.block)?;
    }
    Ok(change)
}

/// A bullet stays with its own employer: moved to another one it would become a lie.
fn move_target(resume: &Resume, block: &Block, proposal: &ProposedEdit) -> Result<BlockId, String> {
    if is_heading(block) {
        return Err(format!("{} is a heading, and headings are not moved", block.id));
    }
    let Some(after) = proposal.after.as_deref() else {
        return Err("a move needs the id of the line to follow".to_owned());
    };
    let after = shown(resume, after)?;
    if after.id == block.id {
        return Err(format!("{} cannot be moved behind itself", block.id));
    }
    if home(resume, &after.id) != home(resume, &block.id) {
        return Err(format!(
            "{} belongs to another entry or section than {}; lines move only within their own",
            after.id, block.id
        ));
    }
    not_between_headings(resume, after)?;
    Ok(after.id.clone())
}

/// Each block is rewritten, removed or moved at most once, and not both rewritten and removed.
fn free(change: Change, taken: &mut HashSet<(BlockId, Action)>) -> Result<Change, String> {
    let block = change.block().clone();
    let (action, others): (_, &[Action]) = match &change {
        Change::Rewrite { .. } => (Action::Rewrite, &[Action::Rewrite, Action::Remove]),
        Change::Remove { .. } => (Action::Remove, &[Action::Rewrite, Action::Remove, Action::Move]),
        Change::Move { .. } => (Action::Move, &[Action::Move, Action::Remove]),
        Change::Insert { .. } => return Ok(change),
    };
    if others.iter().any(|other| taken.contains(&(block.clone(), *other))) {
        return Err(format!("an earlier edit already changes {block}"));
    }
    taken.insert((block, action));
    Ok(change)
}

/// The block of that id, where there is one that a model gets to see.
fn shown<'resume>(resume: &'resume Resume, id: &str) -> Result<&'resume Block, String> {
    match resume.block(&BlockId::from(id)) {
        Some(block) if !block.kind.stays_here() => Ok(block),
        _ => Err(format!("there is no line {} in the resume", short(id))),
    }
}

fn text(proposal: &ProposedEdit) -> Result<String, String> {
    // Signs that nobody sees have no place in a new line.
    match proposal.text.as_deref().map(|text| one_line(&visible(text))) {
        Some(text) if !text.is_empty() => Ok(text),
        _ => Err("a rewrite or an insertion needs a text".to_owned()),
    }
}

fn not_between_headings(resume: &Resume, after: &Block) -> Result<(), String> {
    let next = resume.position(&after.id).and_then(|at| resume.blocks.get(at + 1));
    if after.kind == BlockKind::EntryHeading && next.is_some_and(|next| next.kind == BlockKind::EntryHeading)
    {
        return Err(format!("{} is followed by another heading line of its entry", after.id));
    }
    Ok(())
}

/// Where a block belongs: the positions of its section heading and of the first heading line of its entry.
fn home(resume: &Resume, id: &BlockId) -> (Option<usize>, Option<usize>) {
    let at = resume.position(id).unwrap_or_default();
    let (mut section, mut entry) = (None, None);
    for (position, block) in resume.blocks.iter().enumerate().take(at + 1) {
        match block.kind {
            BlockKind::SectionHeading => (section, entry) = (Some(position), None),
            BlockKind::EntryHeading if position == 0 || resume.blocks[position - 1].kind != block.kind => {
                entry = Some(position);
            }
            _ => {}
        }
    }
    (section, entry)
}

fn is_heading(block: &Block) -> bool {
    matches!(block.kind, BlockKind::SectionHeading | BlockKind::EntryHeading)
}

fn evidence(quote: &crate::stages::Quote) -> Evidence {
    let words = quote.quote.trim();
    Evidence {
        block: BlockId::from(quote.block.as_str()),
        quote: (!words.is_empty()).then(|| words.to_owned()),
    }
}

/// Whether any words of the evidence are quoted. Signs alone are none.
pub(crate) fn quotes_words(edit: &Edit) -> bool {
    let quotes = edit.evidence.iter().filter_map(|source| source.quote.as_deref());
    quotes.flat_map(str::chars).any(char::is_alphanumeric)
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests;

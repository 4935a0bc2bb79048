//! What a stage is told of the stages before it: in few words, masked, one line each.
//!
//! Results go on as short lines and not as the JSON that they came as: they are sent again with each later stage,
//! and what is new in a request is what costs most. What a later stage has no use for (strengths, assessments,
//! reasons) is left out; lines of the resume are named by their ids, as the resume stands above.

use std::fmt::Write as _;

use resume::{Change, Edit};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::event::Judgement;
use crate::mask::{Mask, visible};
use crate::stages::{Action, Evaluation, Importance, Met, Plan};

/// The evaluation: its score, and each requirement with how it is met and by which lines.
pub(crate) fn evaluation(evaluation: &Evaluation, mask: &mut Mask) -> String {
    let Some(evaluation) = hidden(evaluation, mask) else { return String::new() };
    let mut brief = format!("match_score {}\n", evaluation.match_score);
    for one in &evaluation.requirements {
        let importance = match one.importance {
            Importance::Must => "must",
            Importance::Nice => "nice",
        };
        let status = match one.status {
            Met::Met => "met",
            Met::Partial => "partial",
            Met::Missing => "missing",
        };
        let evidence = one.evidence.join(" ");
        let gap = if evidence.is_empty() { "" } else { " " };
        _ = writeln!(brief, "{} {importance} {status}{gap}{evidence}: {}", one.id, one_line(&one.text));
    }
    brief
}

/// The plan: its idea, its changes in their order, and which words may be said.
pub(crate) fn plan(plan: &Plan, mask: &mut Mask) -> String {
    let Some(plan) = hidden(plan, mask) else { return String::new() };
    let mut brief = format!("strategy: {}\n", one_line(&plan.strategy));
    for (at, change) in plan.changes.iter().enumerate() {
        let action = match change.action {
            Action::Rewrite => "rewrite",
            Action::Remove => "remove",
            Action::Move => "move",
            Action::Insert => "insert",
        };
        let (blocks, serves) = (change.blocks.join(" "), change.requirements.join(" "));
        _ = writeln!(brief, "{}. {action} {blocks} for {serves}: {}", at + 1, one_line(&change.intent));
    }
    let terms = |claimable: bool| -> Vec<String> {
        let of_kind = plan.keywords.iter().filter(|keyword| keyword.claimable == claimable);
        of_kind
            .map(|keyword| one_line(format!("{} {}", keyword.term, keyword.evidence.join(" ")).trim()))
            .collect()
    };
    _ = writeln!(brief, "may be named: {}", terms(true).join(", "));
    _ = writeln!(brief, "must not be claimed: {}", terms(false).join(", "));
    brief
}

/// The edits that are to be judged, each with what the check by rule found.
///
/// A claim may be a piece of a mail or phone number, which nothing would tell as one by itself, and a reason may
/// quote one: such claims and all reasons stay here.
pub(crate) fn edits(edits: &[Edit], judgements: &[Judgement], mask: &mut Mask) -> String {
    let mut brief = String::new();
    for (edit, judgement) in edits.iter().zip(judgements) {
        _ = write!(brief, "{} ", edit.id);
        match &edit.change {
            Change::Rewrite { block, .. } => _ = write!(brief, "rewrite {block}"),
            Change::Remove { block } => _ = write!(brief, "remove {block}"),
            Change::Move { block, after } => {
                _ = write!(brief, "move {block} behind {after}");
            }
            Change::Insert { after, .. } => _ = write!(brief, "insert behind {after}"),
        }
        if let Some(text) = edit.change.text() {
            let mut evidence: Vec<&str> = edit.evidence.iter().map(|quote| quote.block.as_str()).collect();
            evidence.dedup();
            _ = write!(brief, ", evidence {}\n  new: {}", evidence.join(" "), said(text, mask));
            for finding in &judgement.findings {
                if !mask.hides(text, finding.range()) {
                    let standing = json_word(&finding.standing);
                    _ = write!(brief, "\n  found by rule: {standing} \"{}\"", said(&finding.claim, mask));
                }
            }
        }
        brief.push('\n');
    }
    brief
}

/// A value with everything hidden that is to be hidden; nothing where that cannot be done.
fn hidden<T: Serialize + DeserializeOwned>(value: &T, mask: &mut Mask) -> Option<T> {
    serde_json::from_value(mask.hide_in(value)).ok()
}

fn said(text: &str, mask: &mut Mask) -> String {
    one_line(&mask.hide(&visible(text)))
}

/// A plain enum as its JSON has it.
fn json_word(value: &impl Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => word,
        _ => String::new(),
    }
}

/// `text` without line breaks: a line of a stranger's cannot pretend to be two.
pub(crate) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

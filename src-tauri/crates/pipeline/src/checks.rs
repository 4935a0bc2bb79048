//! What an answer must hold besides its schema. Each problem is told so that the model can correct it, in plain
//! words, as users may see it too; problems name ids and counts, never words of the resume.

use std::collections::HashSet;

use resume::{BlockId, ClaimKind, Resume, truth};
use serde::Serialize;
use serde_json::Value;

use crate::edits;
use crate::mask::Mask;
use crate::stages::{Entailment, Evaluation, Implementation, Met, Plan, Verification};

/// Most items of a list in an answer: far more than the prompts ask for. Each is shown, checked and kept.
pub(crate) const MOST_ITEMS: usize = 60;

/// Every token in the answer is one that was given.
pub(crate) fn tokens<T: Serialize>(mask: &Mask, answer: &T) -> Result<(), String> {
    let json = serde_json::to_value(answer).map_err(|error| error.to_string())?;
    match stray_in(mask, &json) {
        Some(token) => Err(format!("the token {token} was not given; copy tokens exactly or leave them out")),
        None => Ok(()),
    }
}

fn stray_in(mask: &Mask, json: &Value) -> Option<String> {
    match json {
        // A token that never closes may run to the end of a long text.
        Value::String(text) => mask.stray(text).map(|token| token.chars().take(24).collect()),
        Value::Array(items) => items.iter().find_map(|item| stray_in(mask, item)),
        Value::Object(fields) => fields.values().find_map(|field| stray_in(mask, field)),
        Value::Null | Value::Bool(_) | Value::Number(_) => None,
    }
}

/// Requirements are `r1`, `r2`, …; what is met has evidence; evidence exists; the score is one.
pub(crate) fn evaluation(resume: &Resume, answer: &Evaluation) -> Result<(), String> {
    let mut problems = Problems::new();
    if answer.requirements.is_empty() {
        problems.add("requirements is empty; name what the posting asks for".to_owned());
    }
    problems.most("requirements", answer.requirements.len());
    for (index, requirement) in answer.requirements.iter().enumerate() {
        let (id, expected) = (&requirement.id, format!("r{}", index + 1));
        if *id != expected {
            problems.add(format!(
                "requirement {} has the id {}; it must be {expected}",
                index + 1,
                short(id)
            ));
        }
        if requirement.text.trim().is_empty() {
            problems.add(format!("requirement {expected} has no text"));
        }
        match (requirement.status, requirement.evidence.is_empty()) {
            (Met::Met | Met::Partial, true) => problems.add(format!(
                "requirement {expected} is not missing but names no evidence; name the lines that show it, or say missing"
            )),
            (Met::Missing, false) => problems
                .add(format!("requirement {expected} is missing but names evidence; leave it empty, or say partial")),
            _ => {}
        }
        problems.lines(resume, &requirement.evidence, &format!("evidence of {expected}"));
    }
    problems.score("match_score", answer.match_score);
    if answer.overall_assessment.trim().is_empty() {
        problems.add("overall_assessment is empty".to_owned());
    }
    problems.end()
}

/// Blocks and requirements exist; what is claimable has evidence.
pub(crate) fn plan(resume: &Resume, requirements: &HashSet<String>, answer: &Plan) -> Result<(), String> {
    let mut problems = Problems::new();
    problems.most("changes", answer.changes.len());
    problems.most("keywords", answer.keywords.len());
    if answer.strategy.trim().is_empty() {
        problems.add("strategy is empty".to_owned());
    }
    for (index, change) in answer.changes.iter().enumerate() {
        let name = format!("change {}", index + 1);
        if change.blocks.is_empty() {
            problems.add(format!("{name} names no block"));
        }
        problems.lines(resume, &change.blocks, &format!("blocks of {name}"));
        for id in change.requirements.iter().filter(|id| !requirements.contains(*id)) {
            problems.add(format!("{name} names the requirement {}, which does not exist", short(id)));
        }
    }
    for (index, keyword) in answer.keywords.iter().enumerate() {
        let name = format!("keyword {}", index + 1);
        if keyword.term.trim().is_empty() {
            problems.add(format!("{name} has no term"));
        }
        if keyword.claimable && keyword.evidence.is_empty() {
            problems.add(format!("{name} is claimable but names no evidence"));
        }
        problems.lines(resume, &keyword.evidence, &format!("evidence of {name}"));
    }
    problems.end()
}

/// Each edit can be made, and what it quotes stands where it says.
pub(crate) fn implementation(
    resume: &Resume,
    requirements: &HashSet<String>,
    answer: &Implementation,
) -> Result<(), String> {
    let mut problems = Problems::new();
    let (edits, wrong) = edits::made(resume, &answer.edits);
    for problem in wrong {
        problems.add(problem);
    }
    let checker = truth::Checker::new(resume);
    for edit in edits.iter().filter(|edit| edit.change.text().is_some()) {
        let block = edit.change.block();
        if !edits::quotes_words(edit) {
            problems.add(format!(
                "the edit of {block} quotes no words; copy those that support it from their lines"
            ));
        } else if checker.check(edit).iter().any(|finding| finding.kind == ClaimKind::Evidence) {
            problems.add(format!(
                "the edit of {block} quotes words that do not stand in the line named; copy them letter by letter"
            ));
        }
    }
    for (index, edit) in answer.edits.iter().enumerate() {
        if let Some(id) = edit.requirement.as_ref().filter(|id| !requirements.contains(*id)) {
            problems.add(format!(
                "edit {} names the requirement {}, which does not exist",
                index + 1,
                short(id)
            ));
        }
    }
    problems.end()
}

/// One verdict for each edit; what lacks support is named; the score is one.
pub(crate) fn verification(edits: &[String], answer: &Verification) -> Result<(), String> {
    let mut problems = Problems::new();
    for id in edits {
        match answer.verdicts.iter().filter(|verdict| verdict.edit == *id).count() {
            0 => problems.add(format!("there is no verdict on {id}")),
            1 => {}
            many => problems.add(format!("there are {many} verdicts on {id}; give one")),
        }
    }
    for verdict in &answer.verdicts {
        if !edits.contains(&verdict.edit) {
            problems.add(format!("there is no edit {}", short(&verdict.edit)));
        }
        let claim = verdict.claim.as_deref().map_or("", str::trim);
        if verdict.verdict != Entailment::Supported && claim.is_empty() {
            problems.add(format!("the verdict on {} names no claim without support", short(&verdict.edit)));
        }
    }
    problems.score("final_score", answer.final_score);
    if answer.summary.trim().is_empty() {
        problems.add("summary is empty".to_owned());
    }
    problems.end()
}

/// The ids of the requirements.
pub(crate) fn requirement_ids(evaluation: &Evaluation) -> HashSet<String> {
    evaluation.requirements.iter().map(|requirement| requirement.id.clone()).collect()
}

/// What is wrong with an answer.
struct Problems(Vec<String>);

impl Problems {
    /// So many are told at once; a model that has read these has read enough.
    const MOST: usize = 8;

    fn new() -> Self {
        Self(Vec::new())
    }

    fn add(&mut self, problem: String) {
        self.0.push(problem);
    }

    fn lines(&mut self, resume: &Resume, ids: &[String], whose: &str) {
        for id in ids {
            let block = resume.block(&BlockId::from(id.as_str()));
            if block.is_none_or(|block| block.kind.stays_here()) {
                self.add(format!("{whose}: there is no line {} in the resume", short(id)));
            }
        }
    }

    fn most(&mut self, name: &str, count: usize) {
        if count > MOST_ITEMS {
            self.add(format!("there are {count} {name}; give at most {MOST_ITEMS}, the most useful ones"));
        }
    }

    fn score(&mut self, name: &str, score: u8) {
        if score > 100 {
            self.add(format!("{name} is {score}; it must be 0 to 100"));
        }
    }

    fn end(mut self) -> Result<(), String> {
        if self.0.is_empty() {
            return Ok(());
        }
        let more = self.0.len().saturating_sub(Self::MOST);
        self.0.truncate(Self::MOST);
        let told = self.0.join("; ");
        Err(if more > 0 { format!("{told}; and {more} more") } else { told })
    }
}

/// An id as it may be told. What a model takes for one may be long, and may be a token that stands for the
/// person's name: only what has the shape of an id is repeated.
pub(crate) fn short(id: &str) -> &str {
    let digits = id.trim_start_matches(|c: char| c.is_ascii_lowercase() || c == '-');
    let shape = id.len() <= 12
        && digits.len() < id.len()
        && !digits.is_empty()
        && digits.bytes().all(|byte| byte.is_ascii_digit());
    if shape { id } else { "…" }
}

#[cfg(test)]
mod tests;

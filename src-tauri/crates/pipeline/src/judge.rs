//! The two judges of an edit, joined: the truth check by rule, and the model's verdict. The verdict can lower
//! an edit's standing, never raise it.

use resume::{ClaimKind, Edit, Finding, Resume, Standing, truth};

use crate::edits::quotes_words;
use crate::event::Judgement;
use crate::stages::{Entailment, Evaluation, Met, Verdict};

/// Longest sentence of a model that is shown as a reason, in characters.
const LONGEST_REASON: usize = 400;

/// How each edit stands by rule alone, in the edits' order.
///
/// Besides the truth check two things are doubted: new words whose evidence quotes nothing, and new words that
/// are to serve a requirement which stage 1 found missing. Such a requirement is a gap, and a gap is said.
pub(crate) fn by_rule(resume: &Resume, evaluation: &Evaluation, edits: &[Edit]) -> Vec<Judgement> {
    let checker = truth::Checker::new(resume);
    edits
        .iter()
        .map(|edit| {
            let mut findings = checker.check(edit);
            findings.extend(without_quote(edit));
            findings.extend(for_a_gap(evaluation, edit));
            of_one(edit, findings)
        })
        .collect()
}

fn of_one(edit: &Edit, findings: Vec<Finding>) -> Judgement {
    let standing = truth::standing(&findings);
    let worst = findings.iter().find(|finding| finding.standing == standing);
    let reason = match worst {
        Some(finding) if !finding.reason.is_empty() => finding.reason.clone(),
        Some(finding) => format!("Nothing in your resume says \"{}\".", finding.claim),
        None if edit.change.text().is_none() => "It brings in no new words.".to_owned(),
        None => "Your resume says all of it.".to_owned(),
    };
    Judgement { edit: edit.id.clone(), standing, findings, verdict: None, reason }
}

/// Lines alone are named quickly; the words are what can be compared.
fn without_quote(edit: &Edit) -> Option<Finding> {
    let silent = !edit.evidence.is_empty() && !quotes_words(edit);
    let told = "This edit names the lines that it rests on, but quotes no words of them.";
    (edit.change.text().is_some() && silent).then(|| doubt(told.to_owned()))
}

fn for_a_gap(evaluation: &Evaluation, edit: &Edit) -> Option<Finding> {
    edit.change.text()?;
    let served = edit.requirement.as_ref()?;
    let gap = evaluation
        .requirements
        .iter()
        .find(|requirement| requirement.id == *served && requirement.status == Met::Missing)?;
    Some(doubt(format!("This edit is to serve \"{}\", which your resume does not show.", gap.text.trim())))
}

/// A finding about what an edit rests on; no words of it are at fault.
fn doubt(reason: String) -> Finding {
    let (kind, standing) = (ClaimKind::Evidence, Standing::NeedsReview);
    Finding { kind, standing, claim: String::new(), start: 0, end: 0, reason }
}

/// The judgements by rule, each lowered by its verdict where that is worse. An edit without a verdict needs a
/// look; of two verdicts the worse one counts; a verdict on no edit counts for nothing.
pub(crate) fn join(by_rule: &[Judgement], verdicts: &[Verdict]) -> Vec<Judgement> {
    let verdict_on = |judgement: &Judgement| {
        let on_it = verdicts.iter().filter(|verdict| verdict.edit_id() == judgement.edit);
        // The first of equals.
        on_it.rev().max_by_key(|verdict| standing(verdict.verdict))
    };
    by_rule.iter().map(|judgement| lowered(judgement, verdict_on(judgement))).collect()
}

fn lowered(judgement: &Judgement, verdict: Option<&Verdict>) -> Judgement {
    let (said, reason) = match verdict {
        Some(verdict) => (standing(verdict.verdict), reason(verdict)),
        None => (Standing::NeedsReview, "The second check did not look at this edit.".to_owned()),
    };
    // Of two judges who agree, the rule that found something names the words; otherwise the reader does.
    let keeps_reason = judgement.standing > said
        || (judgement.standing == said && !judgement.findings.is_empty())
        || reason.is_empty();
    Judgement {
        standing: judgement.standing.max(said),
        verdict: verdict.cloned(),
        reason: if keeps_reason { judgement.reason.clone() } else { reason },
        ..judgement.clone()
    }
}

fn standing(verdict: Entailment) -> Standing {
    match verdict {
        Entailment::Supported => Standing::Supported,
        Entailment::Overstated => Standing::NeedsReview,
        Entailment::Unsupported => Standing::Unsupported,
    }
}

/// What the model said, on one line and not without end; empty where it praises without a word.
fn reason(verdict: &Verdict) -> String {
    let said = one_line(&verdict.reason);
    let claim = verdict.claim.as_deref().map(one_line).filter(|claim| !claim.is_empty());
    match (verdict.verdict, claim) {
        (Entailment::Supported, _) => said,
        (_, _) if !said.is_empty() => said,
        (Entailment::Overstated, Some(claim)) => format!("\"{claim}\" says more than your resume does."),
        (Entailment::Overstated, None) => "It says more than your resume does.".to_owned(),
        (Entailment::Unsupported, Some(claim)) => format!("Your resume does not say \"{claim}\"."),
        (Entailment::Unsupported, None) => "Your resume does not say this.".to_owned(),
    }
}

fn one_line(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= LONGEST_REASON {
        return line;
    }
    line.chars().take(LONGEST_REASON).chain(['…']).collect()
}

#[cfg(test)]
mod tests;

//! The two judges of an edit, joined: the truth check by rule, and the model's verdict. The verdict can lower
//! an edit's standing, never raise it.

use resume::{Edit, Finding, Resume, Standing, truth};

use crate::event::Judgement;
use crate::stages::{Entailment, Verdict};

/// How each edit stands by rule alone, in the edits' order.
pub(crate) fn by_rule(resume: &Resume, edits: &[Edit]) -> Vec<Judgement> {
    let checker = truth::Checker::new(resume);
    edits.iter().map(|edit| of_one(edit, checker.check(edit))).collect()
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

/// The judgements by rule, each lowered by its verdict where that is worse. An edit without a verdict needs a look.
pub(crate) fn join(by_rule: &[Judgement], verdicts: &[Verdict]) -> Vec<Judgement> {
    let verdict_on =
        |judgement: &Judgement| verdicts.iter().find(|verdict| verdict.edit_id() == judgement.edit);
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

fn reason(verdict: &Verdict) -> String {
    let said = verdict.reason.trim();
    match (verdict.verdict, verdict.claim.as_deref().map(str::trim).filter(|claim| !claim.is_empty())) {
        (Entailment::Supported, _) => said.to_owned(),
        (_, _) if !said.is_empty() => said.to_owned(),
        (Entailment::Overstated, Some(claim)) => format!("\"{claim}\" says more than your resume does."),
        (Entailment::Overstated, None) => "It says more than your resume does.".to_owned(),
        (Entailment::Unsupported, Some(claim)) => format!("Your resume does not say \"{claim}\"."),
        (Entailment::Unsupported, None) => "Your resume does not say this.".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use resume::{ClaimKind, EditId};

    use super::*;

    fn judged(standing: Standing) -> Judgement {
        let findings = match standing {
            Standing::Supported => Vec::new(),
            _ => vec![Finding {
                kind: ClaimKind::Number,
                standing,
                claim: "40%".to_owned(),
                start: 0,
                end: 3,
                reason: "The rule's reason.".to_owned(),
            }],
        };
        let reason = if findings.is_empty() { "Your resume says all of it." } else { "The rule's reason." };
        Judgement { edit: EditId::nth(1), standing, findings, verdict: None, reason: reason.to_owned() }
    }

    fn verdict(verdict: Entailment, reason: &str) -> Verdict {
        Verdict { edit: "e1".to_owned(), verdict, claim: Some("led".to_owned()), reason: reason.to_owned() }
    }

    #[test]
    fn a_verdict_lowers_and_never_raises() {
        use Entailment as E;
        use Standing as S;
        let table = [
            (S::Supported, E::Supported, S::Supported),
            (S::Supported, E::Overstated, S::NeedsReview),
            (S::Supported, E::Unsupported, S::Unsupported),
            (S::NeedsReview, E::Supported, S::NeedsReview),
            (S::NeedsReview, E::Overstated, S::NeedsReview),
            (S::NeedsReview, E::Unsupported, S::Unsupported),
            (S::Unsupported, E::Supported, S::Unsupported),
            (S::Unsupported, E::Overstated, S::Unsupported),
            (S::Unsupported, E::Unsupported, S::Unsupported),
        ];
        for (rule, said, expected) in table {
            let joined = join(&[judged(rule)], &[verdict(said, "The reader's reason.")]);
            assert_eq!(joined[0].standing, expected, "{rule:?} and {said:?}");
        }
    }

    #[test]
    fn an_edit_without_a_verdict_needs_a_look() {
        let joined = join(&[judged(Standing::Supported)], &[]);
        assert_eq!(joined[0].standing, Standing::NeedsReview);
        assert_eq!(joined[0].reason, "The second check did not look at this edit.");
        let joined = join(&[judged(Standing::Unsupported)], &[]);
        assert_eq!(joined[0].standing, Standing::Unsupported);
        assert_eq!(joined[0].reason, "The rule's reason.");
    }

    #[test]
    fn the_reason_is_that_of_the_stricter_judge() {
        let lowered = join(&[judged(Standing::Supported)], &[verdict(Entailment::Overstated, "You helped.")]);
        assert_eq!(lowered[0].reason, "You helped.");
        let kept = join(&[judged(Standing::Unsupported)], &[verdict(Entailment::Supported, "All there.")]);
        assert_eq!(kept[0].reason, "The rule's reason.");
        let silent = join(&[judged(Standing::Supported)], &[verdict(Entailment::Unsupported, " ")]);
        assert_eq!(silent[0].reason, "Your resume does not say \"led\".");
    }
}

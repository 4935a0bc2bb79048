use pipeline::{Evaluation, Plan, Verdict, Verification};
use resume::{Block, BlockId, BlockKind, ClaimKind, Coverage, Evidence, Origin};

use super::*;

const LINE: &str = "Kept the books of two bakeries.";
const LIE: &str = "Kept the books of nine bakeries in Oslo.";

fn resume() -> Resume {
    let block = |n, text: &str| Block {
        id: BlockId::nth(n),
        kind: BlockKind::Bullet,
        section: None,
        section_kind: None,
        text: text.to_owned(),
        origin: Origin::Nowhere,
    };
    Resume {
        blocks: vec![block(1, LINE), block(2, "Wrote the yearly report."), block(3, "Answered letters.")],
        language: Some("en".to_owned()),
        warnings: Vec::new(),
    }
}

fn rewrite(n: usize, text: &str) -> Edit {
    Edit {
        id: EditId::nth(n),
        change: Change::Rewrite { block: BlockId::nth(n), text: text.to_owned() },
        evidence: vec![Evidence { block: BlockId::nth(n), quote: None }],
        requirement: None,
        reason: "A reason.".to_owned(),
    }
}

fn judgement(n: usize, standing: Standing, findings: Vec<Finding>) -> Judgement {
    Judgement { edit: EditId::nth(n), standing, findings, verdict: None, reason: "So it is.".to_owned() }
}

fn finding(claim: &str) -> Finding {
    let start = LIE.find(claim).unwrap();
    Finding {
        kind: ClaimKind::Number,
        standing: Standing::Unsupported,
        claim: claim.to_owned(),
        start,
        end: start + claim.len(),
        reason: format!("Your line does not say {claim}."),
    }
}

/// Edit 1 is a lie with two claims, edit 2 is supported, edit 3 needs an eye.
fn outcome() -> Outcome {
    let edits =
        vec![rewrite(1, LIE), rewrite(2, "Wrote yearly report."), rewrite(3, "Answered many letters.")];
    let judgements = vec![
        judgement(1, Standing::Unsupported, vec![finding("nine"), finding("Oslo")]),
        judgement(2, Standing::Supported, Vec::new()),
        judgement(3, Standing::NeedsReview, Vec::new()),
    ];
    let nothing = Coverage::default();
    let result = Tailored {
        evaluation: Evaluation {
            requirements: Vec::new(),
            match_score: 0,
            strengths: Vec::new(),
            gaps: Vec::new(),
            overall_assessment: String::new(),
        },
        plan: Plan { strategy: String::new(), changes: Vec::new(), keywords: Vec::new() },
        edits,
        verification: Verification { verdicts: Vec::new(), final_score: 0, summary: String::new() },
        judgements,
        tailored_resume: resume(),
        skipped: Vec::new(),
        notes: Vec::new(),
        coverage_before: nothing.clone(),
        coverage_after: nothing,
    };
    let job = Job::new(Arc::new(resume()), Arc::new(Posting::default()));
    Outcome::first(&job, &result)
}

fn decisions(outcome: &Outcome) -> Vec<Decision> {
    outcome.shown().edits.iter().map(|edit| edit.decision).collect()
}

fn first_line(outcome: &Outcome) -> String {
    outcome.tailored().blocks[0].text.clone()
}

fn names(claims: &[&str]) -> Vec<String> {
    claims.iter().map(|&claim| claim.to_owned()).collect()
}

use Decision::{Accepted, Open, Rejected};

#[test]
fn each_edit_starts_as_it_stands() {
    assert_eq!(decisions(&outcome()), [Rejected, Accepted, Open]);
    assert_eq!(first_line(&outcome()), LINE);
}

#[test]
fn an_unsupported_edit_is_not_accepted_by_any_way_but_its_own_vouching() {
    let mut outcome = outcome();
    let lie = EditId::nth(1);
    assert_eq!(outcome.decide(&lie, Accepted).unwrap_err().code, "needs_vouching");
    outcome.accept_supported();
    assert_eq!(decisions(&outcome)[0], Rejected);
    let claims: Vec<String> =
        outcome.shown().edits[0].claims.iter().map(|claim| claim.claim.clone()).collect();
    assert_eq!(claims, ["nine", "Oslo"]);
    for other in [names(&[]), names(&["nine"]), names(&["Oslo", "nine"]), names(&["nine", "Oslo", "ten"])] {
        assert_eq!(outcome.vouch(&lie, other, SystemTime::now()).unwrap_err().code, "other_claims");
    }
    assert_eq!(first_line(&outcome), LINE, "nothing of it went in");
    outcome.vouch(&lie, claims.clone(), UNIX_EPOCH + std::time::Duration::from_millis(42)).unwrap();
    let edit = outcome.shown().edits[0].clone();
    assert_eq!(edit.decision, Accepted);
    assert_eq!(edit.vouched, Some(Vouched { claims, at_ms: 42 }));
    assert_eq!(first_line(&outcome), LIE);
}

#[test]
fn what_was_vouched_for_can_be_taken_back_and_brought_back() {
    let mut outcome = outcome();
    let lie = EditId::nth(1);
    outcome.vouch(&lie, names(&["nine", "Oslo"]), SystemTime::now()).unwrap();
    outcome.decide(&lie, Rejected).unwrap();
    assert_eq!(outcome.shown().edits[0].vouched, None);
    assert_eq!(first_line(&outcome), LINE);
    assert_eq!(outcome.decide(&lie, Accepted).unwrap_err().code, "needs_vouching", "the word is gone");
    outcome.undo();
    assert!(outcome.shown().edits[0].vouched.is_some());
    assert_eq!(first_line(&outcome), LIE);
    outcome.undo();
    assert_eq!(decisions(&outcome), [Rejected, Accepted, Open]);
    assert_eq!(outcome.shown().undo, None);
}

#[test]
fn there_is_nothing_to_vouch_for_in_a_supported_edit() {
    let mut outcome = outcome();
    assert!(outcome.shown().edits[1].claims.is_empty());
    assert_eq!(
        outcome.vouch(&EditId::nth(2), Vec::new(), SystemTime::now()).unwrap_err().code,
        "other_claims"
    );
}

#[test]
fn a_verdict_without_a_finding_names_its_claim() {
    let mut ruling = outcome().rulings[0].clone();
    let judgement = ruling.judgement.as_mut().unwrap();
    judgement.findings.clear();
    judgement.verdict = Some(Verdict {
        edit: "e1".to_owned(),
        verdict: Entailment::Unsupported,
        claim: Some("nine bakeries".to_owned()),
        reason: "Two are named.".to_owned(),
    });
    assert_eq!(ruling.claims()[0].claim, "nine bakeries");
    ruling.judgement.as_mut().unwrap().verdict = None;
    assert_eq!(ruling.claims()[0].claim, LIE, "the whole text where no claim is named");
}

#[test]
fn a_typed_text_is_judged_like_any_other() {
    let mut outcome = outcome();
    let edit = EditId::nth(2);
    outcome.rewrite(&edit, "Wrote the\n yearly report for 40 branches of Siemens.").unwrap();
    let shown = outcome.shown().edits[1].clone();
    assert_eq!(shown.text.as_deref(), Some("Wrote the yearly report for 40 branches of Siemens."));
    assert!(shown.typed);
    assert_eq!(shown.decision, Rejected);
    assert!(shown.claims.iter().any(|claim| claim.claim.contains("40")), "{:?}", shown.claims);
    assert_eq!(outcome.tailored().blocks[1].text, "Wrote the yearly report.");
    outcome.rewrite(&edit, "Wrote the yearly report.").unwrap();
    assert_eq!(decisions(&outcome)[1], Accepted);
    outcome.undo();
    assert_eq!(outcome.shown().edits[1].text, shown.text);
}

#[test]
fn the_runs_own_text_brings_its_own_judgement_back() {
    let mut outcome = outcome();
    let lie = EditId::nth(1);
    outcome.rewrite(&lie, LINE).unwrap();
    assert_eq!(decisions(&outcome)[0], Accepted);
    outcome.rewrite(&lie, LIE).unwrap();
    let shown = outcome.shown().edits[0].clone();
    assert!(!shown.typed);
    assert_eq!(shown.decision, Rejected);
    assert_eq!(shown.judgement.unwrap().findings.len(), 2);
}

#[test]
fn a_new_text_is_not_what_was_vouched_for() {
    let mut outcome = outcome();
    let lie = EditId::nth(1);
    outcome.vouch(&lie, names(&["nine", "Oslo"]), SystemTime::now()).unwrap();
    outcome.rewrite(&lie, "Kept the books of 99 bakeries in Oslo.").unwrap();
    let shown = outcome.shown().edits[0].clone();
    assert_eq!((shown.decision, shown.vouched), (Rejected, None));
    assert_eq!(first_line(&outcome), LINE);
}

#[test]
fn checking_keeps_nothing() {
    let outcome = outcome();
    let checked = outcome.check(&EditId::nth(1), " Kept the books of 99 bakeries. ").unwrap();
    assert_eq!(checked.text, "Kept the books of 99 bakeries.");
    assert_eq!(checked.standing, Standing::Unsupported);
    let found = &checked.findings[0];
    assert_eq!(&checked.text[found.range()], found.claim);
    assert_eq!(outcome.check(&EditId::nth(1), " \n ").unwrap_err().code, "no_text");
    assert_eq!(outcome.check(&EditId::nth(1), &"a".repeat(5000)).unwrap_err().code, "long_text");
    assert_eq!(outcome.check(&EditId::nth(9), "x").unwrap_err().code, "no_such_edit");
}

#[test]
fn a_decision_that_changes_nothing_is_not_remembered() {
    let mut outcome = outcome();
    outcome.decide(&EditId::nth(2), Accepted).unwrap();
    outcome.accept_supported();
    assert_eq!(outcome.shown().undo, None);
    outcome.decide(&EditId::nth(3), Accepted).unwrap();
    assert_eq!(outcome.shown().undo, Some(EditId::nth(3)));
    for n in 0..2 * REMEMBERED {
        outcome.decide(&EditId::nth(3), if n % 2 == 0 { Rejected } else { Accepted }).unwrap();
    }
    assert_eq!(outcome.past.len(), REMEMBERED);
}

use resume::{Block, BlockKind, Origin};

use super::*;
use crate::stages::{Action, Importance, Keyword, PlannedChange, ProposedEdit, Requirement, Verdict};

fn resume() -> Resume {
    let block = |n, kind| Block {
        id: BlockId::nth(n),
        kind,
        section: None,
        section_kind: None,
        text: format!("line {n}"),
        origin: Origin::Nowhere,
    };
    let blocks = vec![block(1, BlockKind::Name), block(2, BlockKind::Bullet), block(3, BlockKind::Bullet)];
    Resume { blocks, language: None, warnings: Vec::new() }
}

fn requirement(id: &str, status: Met, evidence: &[&str]) -> Requirement {
    Requirement {
        id: id.to_owned(),
        text: "Go".to_owned(),
        importance: Importance::Must,
        status,
        evidence: evidence.iter().map(|id| (*id).to_owned()).collect(),
    }
}

fn evaluated(requirements: Vec<Requirement>) -> Evaluation {
    Evaluation {
        requirements,
        match_score: 70,
        strengths: vec!["Go".to_owned()],
        gaps: Vec::new(),
        overall_assessment: "A fit.".to_owned(),
    }
}

fn wrong(requirements: Vec<Requirement>) -> String {
    evaluation(&resume(), &evaluated(requirements)).expect_err("it is wrong")
}

#[test]
fn requirements_are_numbered_in_order() {
    let good = vec![requirement("r1", Met::Met, &["b2"]), requirement("r2", Met::Missing, &[])];
    assert_eq!(evaluation(&resume(), &evaluated(good)), Ok(()));
    let twice = vec![requirement("r1", Met::Met, &["b2"]), requirement("r1", Met::Missing, &[])];
    assert_eq!(wrong(twice), "requirement 2 has the id r1; it must be r2");
    assert!(wrong(Vec::new()).contains("requirements is empty"));
}

#[test]
fn what_is_met_has_evidence_that_is_there() {
    assert!(
        wrong(vec![requirement("r1", Met::Met, &[])]).contains("r1 is not missing but names no evidence")
    );
    assert!(
        wrong(vec![requirement("r1", Met::Missing, &["b2"])]).contains("r1 is missing but names evidence")
    );
    assert_eq!(
        wrong(vec![requirement("r1", Met::Partial, &["b2", "b9"])]),
        "evidence of r1: there is no line b9 in the resume"
    );
    let name_block = wrong(vec![requirement("r1", Met::Met, &["b1"])]);
    assert_eq!(name_block, "evidence of r1: there is no line b1 in the resume");
}

#[test]
fn a_score_is_at_most_100() {
    let over = Evaluation { match_score: 101, ..evaluated(vec![requirement("r1", Met::Met, &["b2"])]) };
    assert_eq!(evaluation(&resume(), &over), Err("match_score is 101; it must be 0 to 100".to_owned()));
}

#[test]
fn many_problems_are_told_as_a_few_and_a_count() {
    let told = wrong((0..20).map(|_| requirement("x", Met::Met, &["b2"])).collect());
    assert!(told.ends_with("; and 12 more"), "{told}");
}

#[test]
fn a_plan_names_what_there_is() {
    let change = PlannedChange {
        blocks: vec!["b2".to_owned()],
        action: Action::Rewrite,
        intent: "Say it".to_owned(),
        requirements: vec!["r1".to_owned()],
    };
    let keyword = Keyword { term: "Go".to_owned(), claimable: true, evidence: vec!["b2".to_owned()] };
    let good =
        Plan { strategy: "Do".to_owned(), changes: vec![change.clone()], keywords: vec![keyword.clone()] };
    let ids = HashSet::from(["r1".to_owned()]);
    assert_eq!(plan(&resume(), &ids, &good), Ok(()));
    assert_eq!(
        plan(&resume(), &HashSet::new(), &good),
        Err("change 1 names the requirement r1, which does not exist".to_owned())
    );
    let nowhere = PlannedChange { blocks: Vec::new(), ..change };
    let claimed = Keyword { evidence: Vec::new(), ..keyword };
    let bad = Plan { changes: vec![nowhere], keywords: vec![claimed], ..good };
    assert_eq!(
        plan(&resume(), &ids, &bad),
        Err("change 1 names no block; keyword 1 is claimable but names no evidence".to_owned())
    );
}

#[test]
fn an_edit_serves_a_requirement_that_there_is() {
    let edit = ProposedEdit {
        action: Action::Remove,
        block: "b2".to_owned(),
        after: None,
        kind: None,
        text: None,
        evidence: Vec::new(),
        requirement: Some("r7".to_owned()),
        reason: String::new(),
    };
    let answer = Implementation { edits: vec![edit] };
    assert_eq!(
        implementation(&resume(), &HashSet::new(), &answer),
        Err("edit 1 names the requirement r7, which does not exist".to_owned())
    );
}

#[test]
fn every_edit_gets_one_verdict() {
    let verdict = |edit: &str, verdict, claim: Option<&str>| Verdict {
        edit: edit.to_owned(),
        verdict,
        claim: claim.map(str::to_owned),
        reason: "So.".to_owned(),
    };
    let answer = |verdicts| Verification { verdicts, final_score: 50, summary: "Well.".to_owned() };
    let ids = ["e1".to_owned(), "e2".to_owned()];
    let good = answer(vec![
        verdict("e1", Entailment::Supported, None),
        verdict("e2", Entailment::Overstated, Some("led")),
    ]);
    assert_eq!(verification(&ids, &good), Ok(()));
    let bad = answer(vec![
        verdict("e1", Entailment::Supported, None),
        verdict("e1", Entailment::Unsupported, None),
        verdict("e3", Entailment::Supported, None),
    ]);
    let told = verification(&ids, &bad).expect_err("it is wrong");
    assert_eq!(
        told,
        "there are 2 verdicts on e1; give one; there is no verdict on e2; \
         the verdict on e1 names no claim without support; there is no edit e3"
    );
}

#[test]
fn only_what_looks_like_an_id_is_repeated() {
    for id in ["r1", "b12", "n-e3"] {
        assert_eq!(short(id), id);
    }
    for other in
        ["Nora", "Nora Eklund", "+47 22 33", "nora1@x", "r1; obey", "", "22334455", "r12345678901234"]
    {
        assert_eq!(short(other), "…", "{other}");
    }
    let told = wrong(vec![requirement("Nora Eklund", Met::Met, &["NORA", "b1"])]);
    assert!(!told.to_lowercase().contains("nora"), "{told}");
}

#[test]
fn endless_lists_are_sent_back() {
    let many = (1..=10_000).map(|n| requirement(&format!("r{n}"), Met::Missing, &[])).collect();
    assert!(wrong(many).contains("there are 10000 requirements"));
}

#[test]
fn quotes_are_words_of_the_line_that_they_name() {
    let quoting = |quote: &str| {
        let edit = ProposedEdit {
            action: Action::Rewrite,
            block: "b2".to_owned(),
            after: None,
            kind: None,
            text: Some("Line 2".to_owned()),
            evidence: vec![crate::stages::Quote { block: "b2".to_owned(), quote: quote.to_owned() }],
            requirement: None,
            reason: "Because.".to_owned(),
        };
        implementation(&resume(), &HashSet::new(), &Implementation { edits: vec![edit] })
    };
    assert_eq!(quoting("line 2"), Ok(()));
    assert_eq!(quoting(" “Line”  2 "), Ok(()), "spaces, quotation marks and case do not matter");
    assert!(quoting("").expect_err("nothing").contains("the edit of b2 quotes no words"));
    assert!(quoting("–").expect_err("a sign").contains("the edit of b2 quotes no words"));
    let told = quoting("line 3").expect_err("another line");
    assert!(told.contains("the edit of b2 quotes words that do not stand in the line named"), "{told}");
}

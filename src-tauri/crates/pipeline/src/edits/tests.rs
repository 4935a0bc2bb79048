use resume::{Origin, Standing, truth};

use super::*;
use crate::stages::{InsertKind, Quote};

/// A small resume: two jobs, one with a heading of two lines, and skills.
fn resume() -> Resume {
    use BlockKind as K;
    let lines = [
        (K::Name, "Nora Example"),
        (K::Contact, "nora@example.com"),
        (K::SectionHeading, "Experience"),
        (K::EntryHeading, "Engineer, 2019 - 2022"),
        (K::EntryHeading, "Fernwick Logistics"),
        (K::Bullet, "Ran deploys on k8s."),
        (K::Bullet, "Wrote Terraform modules."),
        (K::EntryHeading, "Clerk, Pelican Post, 2017"),
        (K::Bullet, "Sorted letters."),
        (K::SectionHeading, "Skills"),
        (K::SkillsLine, "Go, Python, k8s"),
    ];
    let blocks = lines.iter().enumerate().map(|(at, (kind, text))| Block {
        id: BlockId::nth(at + 1),
        kind: *kind,
        section: None,
        section_kind: None,
        text: (*text).to_owned(),
        origin: Origin::Nowhere,
    });
    Resume { blocks: blocks.collect(), language: Some("en".to_owned()), warnings: Vec::new() }
}

fn proposal(action: Action, block: &str) -> ProposedEdit {
    ProposedEdit {
        action,
        block: block.to_owned(),
        after: None,
        kind: None,
        text: None,
        evidence: Vec::new(),
        requirement: None,
        reason: "Because.".to_owned(),
    }
}

fn rewrite(block: &str, text: &str) -> ProposedEdit {
    let evidence = vec![Quote { block: "b6".to_owned(), quote: "k8s".to_owned() }];
    ProposedEdit { text: Some(text.to_owned()), evidence, ..proposal(Action::Rewrite, block) }
}

fn moved(block: &str, after: &str) -> ProposedEdit {
    ProposedEdit { after: Some(after.to_owned()), ..proposal(Action::Move, block) }
}

fn insert(after: &str, text: &str) -> ProposedEdit {
    ProposedEdit { action: Action::Insert, kind: Some(InsertKind::Bullet), ..rewrite(after, text) }
}

fn problem(proposal: ProposedEdit) -> String {
    let (edits, mut wrong) = made(&resume(), &[proposal]);
    assert_eq!(edits, []);
    wrong.remove(0)
}

#[test]
fn good_edits_get_their_names_in_order() {
    let proposals = [
        rewrite("b6", "  Ran deploys on\n Kubernetes (k8s). "),
        moved("b7", "b5"),
        proposal(Action::Remove, "b9"),
        insert("b7", "Knows k8s."),
    ];
    let (edits, wrong) = made(&resume(), &proposals);
    assert_eq!(wrong, Vec::<String>::new());
    let ids: Vec<_> = edits.iter().map(|edit| edit.id.as_str()).collect();
    assert_eq!(ids, ["e1", "e2", "e3", "e4"]);
    assert_eq!(edits[0].change.text(), Some("Ran deploys on Kubernetes (k8s)."));
    assert_eq!(resume::apply(&resume(), &edits).skipped, []);
}

#[test]
fn a_bad_edit_does_not_take_the_name_of_a_good_one() {
    let (edits, wrong) = made(&resume(), &[proposal(Action::Remove, "b99"), proposal(Action::Remove, "b9")]);
    assert_eq!(edits[0].id.as_str(), "e1");
    assert_eq!(wrong, ["edit 1: there is no line b99 in the resume"]);
}

#[test]
fn name_and_contact_are_not_there_for_an_edit() {
    assert_eq!(problem(rewrite("b1", "Somebody")), "edit 1: there is no line b1 in the resume");
    assert_eq!(problem(proposal(Action::Remove, "b2")), "edit 1: there is no line b2 in the resume");
    assert_eq!(problem(insert("b2", "Text")), "edit 1: there is no line b2 in the resume");
}

#[test]
fn headings_are_neither_removed_nor_moved() {
    assert!(problem(proposal(Action::Remove, "b3")).contains("headings are not removed"));
    assert!(problem(proposal(Action::Remove, "b4")).contains("headings are not removed"));
    assert!(problem(moved("b8", "b11")).contains("headings are not moved"));
}

#[test]
fn a_line_moves_only_within_its_own_entry() {
    assert!(problem(moved("b7", "b9")).contains("another entry"));
    assert!(problem(moved("b7", "b11")).contains("another entry"));
    assert!(problem(moved("b7", "b3")).contains("another entry"));
    assert!(problem(moved("b7", "b7")).contains("behind itself"));
    assert!(problem(moved("b7", "b4")).contains("another heading line"));
    assert!(problem(proposal(Action::Move, "b7")).contains("needs the id"));
}

#[test]
fn a_new_text_needs_words_that_are_new_and_evidence() {
    assert!(problem(rewrite("b6", " \n ")).contains("needs a text"));
    assert!(problem(rewrite("b6", "Ran deploys on k8s.")).contains("is the old one"));
    assert!(
        problem(ProposedEdit { evidence: Vec::new(), ..rewrite("b6", "New") }).contains("needs evidence")
    );
    assert!(problem(ProposedEdit { kind: None, ..insert("b6", "New") }).contains("needs a kind"));
    let elsewhere = vec![Quote { block: "b1".to_owned(), quote: String::new() }];
    assert!(problem(ProposedEdit { evidence: elsewhere, ..rewrite("b6", "New") }).contains("no line b1"));
}

#[test]
fn one_line_changes_once() {
    let twice = [
        rewrite("b6", "One k8s"),
        rewrite("b6", "Two k8s"),
        proposal(Action::Remove, "b6"),
        moved("b6", "b7"),
    ];
    let (edits, wrong) = made(&resume(), &twice);
    assert_eq!(edits.len(), 2, "a rewrite and a move of the same line agree");
    assert_eq!(wrong.len(), 2);
    assert!(wrong.iter().all(|problem| problem.contains("already changes b6")), "{wrong:?}");
}

#[test]
fn a_wrong_quote_is_left_to_the_truth_check() {
    let evidence = vec![Quote { block: "b6".to_owned(), quote: "ran the whole company".to_owned() }];
    let (edits, wrong) =
        made(&resume(), &[ProposedEdit { evidence, ..rewrite("b6", "Ran deploys on Kubernetes.") }]);
    assert_eq!(wrong, Vec::<String>::new());
    assert_ne!(truth::standing(&truth::check(&resume(), &edits[0])), Standing::Supported);
}

#[test]
fn only_so_many_edits_are_taken() {
    let proposals: Vec<_> = (0..5_000).map(|n| insert("b6", &format!("Ran deploy {n}."))).collect();
    let (edits, wrong) = made(&resume(), &proposals);
    assert_eq!(edits.len(), 60);
    assert_eq!(wrong, ["there are 5000 edits, and only the first 60 are used"]);
}

#[test]
fn signs_that_nobody_sees_are_left_out_of_a_new_text() {
    let (edits, _) = made(&resume(), &[rewrite("b6", "L\u{200d}ed de\u{ad}ploys")]);
    assert_eq!(edits[0].change.text(), Some("Led deploys"));
}

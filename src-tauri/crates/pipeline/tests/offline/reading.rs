//! The outcome as the person reads it: keywords that are some, reasons that are true, terms put in where they read well.

use pipeline::Met;
use resume::{BlockKind, Change, Posting, Resume, SectionKind};

use super::corpus::block;
use super::{Outcome, holds, tailor};

/// A person at a help desk. Invented.
fn desk(lines: &[&str], skills: &[&str]) -> Resume {
    let mut blocks = vec![
        block(1, BlockKind::Name, None, "Oskar Finch"),
        block(2, BlockKind::SectionHeading, Some(SectionKind::Work), "Work"),
        block(
            3,
            BlockKind::EntryHeading,
            Some(SectionKind::Work),
            "Support lead, Heronsgate, May 2016 – Dec 2022",
        ),
    ];
    let mut push =
        |kind, section, text: &str| blocks.push(block(blocks.len() + 1, kind, Some(section), text));
    for line in lines {
        push(BlockKind::Bullet, SectionKind::Work, line);
    }
    for line in skills {
        push(BlockKind::SkillsLine, SectionKind::Skills, line);
    }
    Resume { blocks, language: Some("en".to_owned()), warnings: Vec::new() }
}

fn outcome(resume: &Resume, posting: &str) -> Outcome {
    let posting = Posting { text: posting.to_owned(), ..Posting::default() };
    let outcome = tailor(resume, &posting);
    holds(resume, &posting, &outcome);
    outcome
}

fn status(outcome: &Outcome, requirement: &str) -> (Met, Vec<String>) {
    let found = outcome.evaluation.requirements.iter().find(|one| one.text.starts_with(requirement));
    found.map(|one| (one.status, one.evidence.clone())).expect("the requirement")
}

fn texts(outcome: &Outcome) -> Vec<&str> {
    outcome.edits.iter().filter_map(|edit| edit.change.text()).collect()
}

fn moved(outcome: &Outcome) -> Vec<&str> {
    let moves = outcome.edits.iter().filter(|edit| matches!(edit.change, Change::Move { .. }));
    moves.map(|edit| edit.change.block().as_str()).collect()
}

const POSTING: &str = "# Support manager

## What you will do
- Own customer satisfaction (CSAT), with our knowledge base in Leeds

## Requirements
- Zendesk, as an administrator or a heavy user
- A record of improving customer satisfaction, with figures
- Service level agreements: you have set them and kept them
- SQL for your own questions
- Clear written English
- Onboarding and training of new colleagues
";

#[test]
fn keywords_are_terms_of_the_trade() {
    let outcome = outcome(&desk(&["Kept the queue short."], &[]), POSTING);
    let terms: Vec<&str> = outcome.plan.keywords.iter().map(|keyword| keyword.term.as_str()).collect();
    assert_eq!(
        terms,
        [
            "Zendesk",
            "customer satisfaction",
            "Service level agreements",
            "SQL",
            "English",
            "Onboarding",
            "Support manager",
            "knowledge base"
        ]
    );
}

#[test]
fn a_word_that_both_texts_share_moves_no_line_and_is_no_evidence() {
    let lines = [
        "Kept the kitchen clean.",
        "Rewrote 140 articles, so that one in four questions never becomes a ticket.",
        "Wrote SQL for the finance people.",
    ];
    let outcome = outcome(&desk(&lines, &[]), POSTING);
    assert_eq!(moved(&outcome), ["b6"]);
    assert_eq!(status(&outcome, "SQL"), (Met::Met, vec!["b6".to_owned()]));
    assert_eq!(status(&outcome, "Zendesk").0, Met::Missing);
    assert_eq!(status(&outcome, "Service level").0, Met::Missing);
}

#[test]
fn an_abbreviation_that_the_posting_explains_counts_in_the_resume() {
    let lines = ["Brewed the tea.", "CSAT rose from 81% to 93%.", "Trained eleven new starters."];
    let outcome = outcome(&desk(&lines, &[]), POSTING);
    assert_eq!(status(&outcome, "A record of improving"), (Met::Met, vec!["b5".to_owned()]));
    assert_ne!(status(&outcome, "Onboarding").0, Met::Missing);
}

#[test]
fn a_term_is_put_in_once_and_where_it_reads_well() {
    let posting = "# Engineer\n\n## Requirements\n- PostgreSQL\n- Kubernetes\n- GitHub Actions\n- Continuous renal replacement therapy\n";
    for (lines, skills, expected) in [
        (vec![], vec!["Postgres, Excel, Perl"], vec!["PostgreSQL (Postgres), Excel, Perl"]),
        (
            vec!["Looked after Postgres for six teams."],
            vec![],
            vec!["Looked after PostgreSQL (Postgres) for six teams."],
        ),
        // Once is enough, and what stands in brackets stands there already.
        (vec!["Looked after Postgres for six teams.", "Moved to PostgreSQL 14."], vec![], vec![]),
        (vec!["Ran a database (PostgreSQL) and Postgres tools."], vec![], vec![]),
        (vec!["Ran Postgres (PostgreSQL) for six teams."], vec![], vec![]),
        // Addresses and longer names are left alone.
        (vec!["Wrote https://example.org/k8s and k8s.example.org for beginners."], vec![], vec![]),
        (vec!["Kept the GH Actions Runner alive."], vec![], vec![]),
        // A name keeps its letters, a phrase gets a capital only where it opens the line.
        (
            vec!["Looked after CRRT on nights."],
            vec![],
            vec!["Looked after continuous renal replacement therapy (CRRT) on nights."],
        ),
        (vec!["CRRT on nights."], vec![], vec!["Continuous renal replacement therapy (CRRT) on nights."]),
    ] {
        let outcome = outcome(&desk(&lines, &skills), posting);
        assert_eq!(texts(&outcome), expected, "{lines:?} {skills:?}");
    }
}

#[test]
fn a_short_name_is_no_everyday_word() {
    let posting = "# Engineer\n\n## Requirements\n- Strong programming skills in Go or Rust\n";
    let with = |line| status(&outcome(&desk(&[line], &[]), posting), "Strong").0;
    assert_eq!(with("Wrote the pricing service in Go."), Met::Met);
    assert_eq!(with("Helped new people to go home on time."), Met::Missing);
}

#[test]
fn a_line_that_says_it_is_rusty_or_holds_several_groups_keeps_its_order() {
    let posting = "# Engineer\n\n## Requirements\n- Kafka\n";
    for (line, expected) in [
        ("Daily: Perl, Excel, Kafka", vec!["Daily: Kafka, Perl, Excel"]),
        ("Rusty: Perl, Excel, Kafka", vec![]),
        ("Daily: Perl, Excel; Weekly: Word, Kafka, Redis", vec![]),
    ] {
        assert_eq!(texts(&outcome(&desk(&[], &[line]), posting)), expected, "{line}");
    }
}

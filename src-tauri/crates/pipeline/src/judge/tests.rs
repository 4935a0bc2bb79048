use proptest::prelude::*;
use resume::{Block, BlockId, BlockKind, Change, EditId, Evidence, Origin};

use super::*;
use crate::stages::{Importance, Requirement};

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

#[test]
fn of_two_verdicts_on_an_edit_the_worse_one_counts() {
    let both = [verdict(Entailment::Supported, "Fine."), verdict(Entailment::Unsupported, "Not there.")];
    let joined = join(&[judged(Standing::Supported)], &both);
    assert_eq!((joined[0].standing, joined[0].reason.as_str()), (Standing::Unsupported, "Not there."));
    let stray = Verdict { edit: "e9".to_owned(), ..verdict(Entailment::Unsupported, "Of another one.") };
    let joined = join(&[judged(Standing::Supported)], &[stray, verdict(Entailment::Supported, "Fine.")]);
    assert_eq!(joined[0].standing, Standing::Supported);
}

#[test]
fn a_reason_is_one_line_and_has_an_end() {
    let long = format!("One\n two {}", "word ".repeat(1000));
    let joined = join(&[judged(Standing::Supported)], &[verdict(Entailment::Overstated, &long)]);
    assert!(joined[0].reason.starts_with("One two word") && joined[0].reason.ends_with('…'));
    assert!(joined[0].reason.chars().count() <= LONGEST_REASON + 1);
}

fn any_standing() -> impl Strategy<Value = Standing> {
    prop_oneof![Just(Standing::Supported), Just(Standing::NeedsReview), Just(Standing::Unsupported)]
}

fn any_verdict() -> impl Strategy<Value = Verdict> {
    let entailment =
        prop_oneof![Just(Entailment::Supported), Just(Entailment::Overstated), Just(Entailment::Unsupported)];
    let claim = proptest::option::of("[a-z ]{0,12}");
    (1usize..5, entailment, claim, "[A-Za-z .\n]{0,30}").prop_map(|(edit, verdict, claim, reason)| Verdict {
        edit: format!("e{edit}"),
        verdict,
        claim,
        reason,
    })
}

proptest! {
    /// Whatever the rule found and whatever the model says of however many edits.
    #[test]
    fn joined_no_edit_rises_each_has_a_reason_and_silence_is_no_consent(
        rule in proptest::collection::vec(any_standing(), 0..4),
        verdicts in proptest::collection::vec(any_verdict(), 0..8),
    ) {
        let by_rule: Vec<_> = rule
            .iter()
            .enumerate()
            .map(|(n, standing)| Judgement { edit: EditId::nth(n + 1), ..judged(*standing) })
            .collect();
        let joined = join(&by_rule, &verdicts);
        prop_assert_eq!(joined.len(), by_rule.len());
        for (before, after) in by_rule.iter().zip(&joined) {
            let on_it = verdicts.iter().filter(|verdict| verdict.edit_id() == before.edit);
            let worst = on_it.map(|verdict| standing(verdict.verdict)).max();
            // The worst word counts; no word at all is a doubt.
            prop_assert_eq!(after.standing, before.standing.max(worst.unwrap_or(Standing::NeedsReview)));
            prop_assert_eq!(&after.edit, &before.edit);
            prop_assert_eq!(&after.findings, &before.findings);
            prop_assert!(!after.reason.trim().is_empty());
            prop_assert!(!after.reason.contains('\n'));
        }
    }
}

fn resume() -> Resume {
    let block = |(n, (kind, text)): (usize, (BlockKind, &str))| Block {
        id: BlockId::nth(n + 1),
        kind,
        section: None,
        section_kind: None,
        text: text.to_owned(),
        origin: Origin::Nowhere,
    };
    let lines = [
        (BlockKind::Name, "Nora Example"),
        (BlockKind::Bullet, "Wrote “Notes on Glue” – a weekly\u{a0}letter to 40 joiners"),
        (BlockKind::Bullet, "Mail nora@example.com for it"),
    ];
    let blocks = lines.into_iter().enumerate().map(block).collect();
    Resume { blocks, language: Some("en".to_owned()), warnings: Vec::new() }
}

fn evaluation(status: Met) -> Evaluation {
    let requirement = Requirement {
        id: "r1".to_owned(),
        text: "Writing for a trade".to_owned(),
        importance: Importance::Must,
        status,
        evidence: Vec::new(),
    };
    Evaluation {
        requirements: vec![requirement],
        match_score: 50,
        strengths: Vec::new(),
        gaps: Vec::new(),
        overall_assessment: "Fine.".to_owned(),
    }
}

fn edit(text: &str, evidence: &[(&str, Option<&str>)]) -> Edit {
    Edit {
        id: EditId::nth(1),
        change: Change::Rewrite { block: BlockId::nth(2), text: text.to_owned() },
        evidence: evidence
            .iter()
            .map(|(block, quote)| Evidence { block: BlockId::from(*block), quote: quote.map(str::to_owned) })
            .collect(),
        requirement: Some("r1".to_owned()),
        reason: "Because.".to_owned(),
    }
}

const HONEST: &str = "Wrote a weekly letter to 40 joiners, “Notes on Glue”";

fn judge(status: Met, edit: Edit) -> Judgement {
    by_rule(&resume(), &evaluation(status), &[edit]).remove(0)
}

#[test]
fn a_quote_may_differ_in_spaces_quotation_marks_dashes_and_case() {
    for quote in [
        "Wrote “Notes on Glue” – a weekly\u{a0}letter",
        "wrote \"Notes on Glue\" - a weekly letter",
        "  Notes   on\nGlue ",
        "„Notes on Glue“ — a weekly letter to 40 joiners",
        "Wrote “Notes on Glue” … 40 joiners",
    ] {
        let judgement = judge(Met::Met, edit(HONEST, &[("b2", Some(quote))]));
        assert_eq!(
            (judgement.standing, &judgement.findings),
            (Standing::Supported, &Vec::new()),
            "{quote:?}"
        );
    }
}

#[test]
fn a_quote_that_does_not_stand_in_its_line_is_a_finding() {
    for (block, quote) in [
        ("b2", "a daily letter"),
        ("b2", "letter to 400 joiners"),
        ("b2", "a letter weekly"),
        ("b2", "Mail nora@example.com"),
        ("b9", "a weekly letter"),
        ("b1", "Nora Example"),
    ] {
        let judgement = judge(Met::Met, edit(HONEST, &[(block, Some(quote))]));
        assert_eq!(judgement.standing, Standing::NeedsReview, "{quote:?}");
        assert_eq!(judgement.findings[0].kind, ClaimKind::Evidence);
        assert!(!judgement.reason.is_empty());
    }
}

#[test]
fn new_words_that_quote_nothing_are_doubted() {
    for quote in [None, Some(""), Some(" – ")] {
        let judgement = judge(Met::Met, edit(HONEST, &[("b2", quote)]));
        assert_eq!(judgement.standing, Standing::NeedsReview, "{quote:?}");
        assert_eq!(
            judgement.reason,
            "This edit names the lines that it rests on, but quotes no words of them."
        );
    }
    let quoted_once = edit(HONEST, &[("b3", None), ("b2", Some("a weekly letter"))]);
    assert_eq!(judge(Met::Met, quoted_once).standing, Standing::Supported);
    let removal = Edit { change: Change::Remove { block: BlockId::nth(2) }, ..edit("", &[("b2", None)]) };
    assert_eq!(judge(Met::Met, removal).standing, Standing::Supported, "no new words");
}

#[test]
fn an_edit_for_what_is_missing_is_doubted_as_it_is_a_gap() {
    let honest = || edit(HONEST, &[("b2", Some("a weekly letter"))]);
    assert_eq!(judge(Met::Partial, honest()).standing, Standing::Supported);
    let judgement = judge(Met::Missing, honest());
    assert_eq!(judgement.standing, Standing::NeedsReview);
    assert_eq!(
        judgement.reason,
        "This edit is to serve \"Writing for a trade\", which your resume does not show."
    );
}

//! What the check says, by example, and what always holds.

use proptest::prelude::*;

use super::*;
use crate::{Block, BlockId, BlockKind, Change, EditId, Evidence, Origin, SectionKind};

fn block(n: usize, kind: BlockKind, section: Option<(&str, SectionKind)>, text: &str) -> Block {
    Block {
        id: BlockId::nth(n),
        kind,
        section: section.map(|(name, _)| name.to_owned()),
        section_kind: section.map(|(_, kind)| kind),
        text: text.to_owned(),
        origin: Origin::Nowhere,
    }
}

fn resume() -> Resume {
    let work = Some(("Work", SectionKind::Work));
    let skills = Some(("Skills", SectionKind::Skills));
    Resume {
        blocks: vec![
            block(1, BlockKind::Name, None, "Marta Quill"),
            block(2, BlockKind::Contact, None, "12 Tarn Lane, Leeds, marta@example.com"),
            block(3, BlockKind::SectionHeading, work, "Work"),
            block(4, BlockKind::EntryHeading, work, "Platform Engineer, Otter Freight, Mar 2021 – May 2023"),
            block(5, BlockKind::Bullet, work, "Moved 23 services to k8s over fourteen months"),
            block(
                6,
                BlockKind::Bullet,
                work,
                "Helped the data team prepare 1,200 reports for $38 million of freight",
            ),
            block(7, BlockKind::EntryHeading, work, "Junior Developer, Heron Bank, 2018 – 2020"),
            block(8, BlockKind::Bullet, work, "Wrote payment adapters in Kotlin with Kafka"),
            block(9, BlockKind::SectionHeading, skills, "Skills"),
            block(10, BlockKind::SkillsLine, skills, "Go, Postgres, Terraform"),
        ],
        language: Some("en".to_owned()),
        warnings: Vec::new(),
    }
}

fn edit(change: Change, evidence: &[(&str, Option<&str>)]) -> Edit {
    Edit {
        id: EditId::nth(1),
        change,
        evidence: evidence
            .iter()
            .map(|(block, quote)| Evidence { block: (*block).into(), quote: quote.map(str::to_owned) })
            .collect(),
        requirement: None,
        reason: String::new(),
    }
}

/// The findings of a rewrite as `standing kind "claim"`.
fn rewritten(block: &str, text: &str) -> Vec<String> {
    told(&check(&resume(), &edit(Change::Rewrite { block: block.into(), text: text.to_owned() }, &[])))
}

fn told(findings: &[Finding]) -> Vec<String> {
    findings.iter().map(|f| format!("{:?} {:?} {:?}", f.standing, f.kind, f.claim)).collect()
}

const NOTHING: [&str; 0] = [];

#[test]
fn honest_rewording_is_not_flagged() {
    assert_eq!(rewritten("b5", "Migrated 23 services to Kubernetes (k8s) in 14 months"), NOTHING);
    assert_eq!(rewritten("b6", "Helped the data team with 1.2k reports for $38M of freight"), NOTHING);
    assert_eq!(rewritten("b8", "Payment adapters written in Kotlin, with Kafka"), NOTHING);
    assert_eq!(rewritten("b10", "Terraform, PostgreSQL (Postgres), Golang"), NOTHING);
    assert_eq!(rewritten("b4", "Otter Freight: Platform Engineer (03/2021 – 05/2023)"), NOTHING);
}

#[test]
fn a_bullet_may_name_the_employer_that_it_stands_under() {
    assert_eq!(rewritten("b5", "Moved 23 services to k8s at Otter Freight"), NOTHING);
}

#[test]
fn invented_claims_are_unsupported() {
    assert_eq!(rewritten("b5", "Moved 32 services to k8s"), [r#"Unsupported Number "32""#]);
    assert_eq!(rewritten("b5", "Moved 23 services to k8s and Istio"), [r#"Unsupported Tool "Istio""#]);
    assert_eq!(rewritten("b5", "Moved 23 services of Lidgate to k8s"), [r#"Unsupported Name "Lidgate""#]);
    assert_eq!(rewritten("b5", "Moved 23 services to k8s in 2016"), [r#"Unsupported Date "2016""#]);
    assert_eq!(rewritten("b6", "Led the data team"), [r#"Unsupported Scope "Led""#]);
    assert_eq!(
        rewritten("b5", "Moved 23 services to k8s, halving costs")[0],
        r#"Unsupported Number "halving""#
    );
    assert_eq!(rewritten("b4", "Senior Platform Engineer, Otter Freight"), [r#"Unsupported Scope "Senior""#]);
    assert_eq!(rewritten("b10", "Go, Postgres, Terraform, CISSP"), [r#"Unsupported Credential "CISSP""#]);
}

#[test]
fn what_stands_in_another_line_needs_the_users_eye() {
    assert_eq!(rewritten("b5", "Moved 23 services to k8s with Kafka"), [r#"NeedsReview Tool "Kafka""#]);
    assert_eq!(
        rewritten("b5", "Moved 23 services to k8s with Terraform"),
        [r#"NeedsReview Tool "Terraform""#]
    );
}

#[test]
fn a_skills_line_gathers_from_the_whole_resume() {
    assert_eq!(rewritten("b10", "Go, Kotlin, Kafka, Postgres, Terraform"), NOTHING);
}

#[test]
fn a_part_in_something_is_not_the_whole_of_it() {
    assert_eq!(
        rewritten("b6", "Prepared 1,200 reports with the data team"),
        [r#"Unsupported Scope "Prepared 1,200 reports with the data team""#]
    );
}

#[test]
fn the_contact_block_supports_nothing_but_the_name_is_true() {
    assert_eq!(rewritten("b8", "Wrote payment adapters in Leeds")[0], r#"Unsupported Name "Leeds""#);
    assert_eq!(rewritten("b8", "Marta Quill wrote payment adapters in Kotlin"), NOTHING);
}

#[test]
fn evidence_must_exist_and_say_what_was_quoted() {
    let insert = |evidence: &[(&str, Option<&str>)]| {
        let change = Change::Insert {
            after: "b5".into(),
            kind: BlockKind::Bullet,
            text: "Moved services to Kubernetes".to_owned(),
        };
        told(&check(&resume(), &edit(change, evidence)))
    };
    assert_eq!(insert(&[("b5", Some("23 services to k8s"))]), NOTHING);
    assert_eq!(insert(&[("b5", Some("42 services"))]), [r#"NeedsReview Evidence """#]);
    assert_eq!(insert(&[])[0], r#"Unsupported Evidence """#);
    assert_eq!(insert(&[("b99", None)])[..2], [r#"NeedsReview Evidence """#, r#"Unsupported Evidence """#]);
}

#[test]
fn removals_and_moves_claim_nothing() {
    let remove = edit(Change::Remove { block: "b99".into() }, &[("b77", None)]);
    assert_eq!(check(&resume(), &remove), []);
    let shift = edit(Change::Move { block: "b5".into(), after: "b8".into() }, &[]);
    assert_eq!(check(&resume(), &shift), []);
}

#[test]
fn reasons_are_sentences_that_quote_the_claim() {
    let findings = check(
        &resume(),
        &edit(Change::Rewrite { block: "b5".into(), text: "Moved 23 services to Istio".to_owned() }, &[]),
    );
    assert_eq!(findings[0].reason, "Your line does not say \"Istio\".");
}

#[test]
fn two_versions_are_compared_line_by_line() {
    let original = resume();
    let mut edited = original.clone();
    edited.blocks.remove(4);
    edited.blocks.reverse();
    assert_eq!(compare(&original, &edited), []);
    let at = edited.blocks.iter().position(|block| block.id == BlockId::nth(8)).unwrap_or_default();
    edited.blocks[at].text = "Wrote 40 payment adapters in Kotlin with Kafka".to_owned();
    let found = compare(&original, &edited);
    assert_eq!(found.iter().map(|(n, f)| (*n, f.claim.as_str())).collect::<Vec<_>>(), [(at, "40")]);
}

/// Pieces of which lines of a resume are made, some of them awkward.
fn piece() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "Led",
        "helped",
        "the",
        "team",
        "of",
        "12",
        "1,200",
        "$3.4M",
        "€5",
        "40%",
        "4x",
        "halved",
        "k8s",
        "C++",
        ".NET",
        "Zürich",
        "’",
        "–",
        "Mar 2021",
        "2016–19",
        "since",
        "not",
        "PhD",
        "(",
        ")",
        ",",
        ";",
        "and",
        "Senior",
        "six",
        "hundred",
        "months",
        "ЖД",
        "日本",
        "e\u{301}",
        "6 p.m.",
        "over",
        "three in four",
        "a fifth",
        "12345678901234567890123456789",
        "😀",
        "Müller",
        "and a half",
    ])
}

fn line() -> impl Strategy<Value = String> {
    prop::collection::vec(piece(), 0..14).prop_map(|pieces| pieces.join(" "))
}

proptest! {
    #[test]
    fn claims_are_the_very_words(old in line(), new in prop_oneof![line(), ".{0,40}"]) {
        let mut resume = resume();
        resume.blocks[4].text = old;
        for finding in check(&resume, &edit(Change::Rewrite { block: "b5".into(), text: new.clone() }, &[])) {
            prop_assert_eq!(new.get(finding.range()), Some(finding.claim.as_str()));
            prop_assert_ne!(finding.standing, Standing::Supported);
            prop_assert!(!finding.reason.is_empty());
        }
    }

    #[test]
    fn findings_come_in_order_and_do_not_overlap(new in line()) {
        let findings = check(&resume(), &edit(Change::Rewrite { block: "b5".into(), text: new }, &[]));
        prop_assert!(findings.windows(2).all(|pair| pair[0].end <= pair[1].start));
    }

    #[test]
    fn a_text_is_supported_by_itself(text in line()) {
        let mut resume = resume();
        resume.blocks[4].text = text.clone();
        let findings = check(&resume, &edit(Change::Rewrite { block: "b5".into(), text }, &[]));
        prop_assert_eq!(findings, vec![]);
    }

    #[test]
    fn any_part_of_a_resume_in_any_order_is_supported(keep in prop::collection::vec(any::<bool>(), 10), turn in 0_usize..10) {
        let original = resume();
        let mut edited = original.clone();
        edited.blocks.rotate_left(turn);
        let mut keep = keep.into_iter();
        edited.blocks.retain(|_| keep.next().unwrap_or(true));
        prop_assert_eq!(compare(&original, &edited), vec![]);
    }
}

#[test]
fn a_number_stays_with_what_it_counts() {
    let says = |old: &str, new: &str| {
        let mut resume = resume();
        resume.blocks[4].text = old.to_owned();
        told(&check(&resume, &edit(Change::Rewrite { block: "b5".into(), text: new.to_owned() }, &[])))
    };
    assert_eq!(
        says("Mixed 400 gallons of feed", "Mixed 400 litres of feed")[0],
        r#"Unsupported Number "400 litres""#
    );
    assert_eq!(
        says("Booked 30 actors and 8 halls", "Booked 8 actors")[0],
        r#"Unsupported Number "8 actors""#
    );
    assert_eq!(says("Booked 30 actors and 8 halls", "8 halls and 30 actors booked"), NOTHING);
    assert_eq!(says("Cut 12 hedges", "Twelve hedges cut"), NOTHING);
}

#[test]
fn what_does_not_read_as_it_looks_is_unsupported() {
    let says = |old: &str, new: &str| {
        let mut resume = resume();
        resume.blocks[4].text = old.to_owned();
        standing(&check(&resume, &edit(Change::Rewrite { block: "b5".into(), text: new.to_owned() }, &[])))
    };
    for new in [
        "Moved ４００ services",
        "Moved 40² services",
        "Moved ٤٠٠ services",
        "Moved ⁴⁰⁰ services",
        "Moved ➃⓪⓪ services",
        "Moved 4\u{200b}00 services",
        "Moved 40 services by ½",
        "L\u{200d}ed 40 services",
        "L\u{ad}ed 40 services",
        "Moved and l\u{435}d 40 services",
        "Moved and 𝗹𝗲𝗱 40 services",
        "L**e**d 40 services",
        "Moved and le<b>d</b> 40 services",
        "Moved 40 services via K-u-b-e-r-n-e-t-e-s",
    ] {
        assert_eq!(says("Moved 40 services", new), Standing::Unsupported, "{new}");
    }
    for same in [
        "Laid 400 m² of floor",
        "Moved **40** services",
        "Moved “40” services – all",
        "Ran U.S. and L.A. sites",
    ] {
        assert_eq!(says(same, same), Standing::Supported, "{same}");
    }
    assert_eq!(says("Moved 40 services", "**Moved** 40 services, *all*"), Standing::Supported);
    assert_eq!(says("Laid 400 m² of floor", "Laid floor, 400 m²"), Standing::Supported);
}

#[test]
fn a_line_of_another_job_does_not_move() {
    let change = Change::Rewrite {
        block: "b5".into(),
        text: "Moved 23 services to k8s and wrote payment adapters in Kotlin with Kafka".to_owned(),
    };
    let findings = check(&resume(), &edit(change, &[("b8", Some("payment adapters in Kotlin with Kafka"))]));
    assert_ne!(standing(&findings), Standing::Supported);
}

#[test]
fn a_table_of_numbers_takes_no_more_time_than_its_length() {
    let mut resume = resume();
    resume.blocks[4].text = "12 34 ".repeat(2_000);
    let claim = "56 AB ".repeat(600);
    let findings = check(&resume, &edit(Change::Rewrite { block: "b5".into(), text: claim }, &[]));
    assert_eq!(standing(&findings), Standing::Unsupported);
}

#[test]
fn a_single_unknown_word_is_looked_at_where_it_says_with_what_or_for_whom() {
    let says = |language: &str, old: &str, new: &str| {
        let mut resume = resume();
        resume.language = Some(language.to_owned());
        resume.blocks[4].text = old.to_owned();
        standing(&check(&resume, &edit(Change::Rewrite { block: "b5".into(), text: new.to_owned() }, &[])))
    };
    for new in [
        "Wrote reports in rust",
        "Wrote reports in react and more",
        "Wrote reports in c",
        "Wrote reports in go",
        "Wrote reports for nasa",
        "Wrote reports with nomad, daily",
        "Wrote reports at the mint",
        "Wrote reports for a decade",
        "Wrote reports for decades",
        "Wrote countless reports",
    ] {
        assert_ne!(says("en", "Wrote reports", new), Standing::Supported, "{new}");
    }
    for new in ["Betreute Kunden bei Siemens", "Betreute zweihundert Kunden", "Betreute Kunden mit Nomad"] {
        assert_ne!(says("de", "Betreute Kunden", new), Standing::Supported, "{new}");
    }
    assert_eq!(
        says("en", "Wrote reports for the board", "Reports written for the board"),
        Standing::Supported
    );
}

#[test]
fn a_period_stays_closed_and_a_level_stays_low() {
    let says = |old: &str, new: &str| {
        let mut resume = resume();
        resume.blocks[4].text = old.to_owned();
        standing(&check(&resume, &edit(Change::Rewrite { block: "b5".into(), text: new.to_owned() }, &[])))
    };
    let period = "Ran the depot, 2016 – 2018";
    for new in
        ["Ran the depot, 2016 – present", "Ran the depot from 2016 to present", "Ran the depot since 2016"]
    {
        assert_eq!(says(period, new), Standing::Unsupported, "{new}");
    }
    for new in ["Ran the depot since 2016", "Ran the depot, 2016 to present", "2016 – today: ran the depot"]
    {
        assert_eq!(says("Ran the depot, 2016 – present", new), Standing::Supported, "{new}");
    }
    for (old, new) in [
        ("Basic French, fluent Welsh", "French, fluent Welsh"),
        ("Studied towards a BSc in Botany", "BSc in Botany"),
        ("Studied botany at Leeds (not completed)", "Studied botany at Leeds"),
        ("Diploma in Botany, unfinished", "Diploma in Botany"),
    ] {
        assert_ne!(says(old, new), Standing::Supported, "{new}");
        assert_eq!(says(old, old), Standing::Supported, "{old}");
    }
    assert_eq!(says("Basic French, fluent Welsh", "Fluent Welsh, basic French"), Standing::Supported);
    assert_eq!(says("Basic French, fluent Welsh", "Fluent Welsh"), Standing::Supported);
}

#[test]
fn a_verb_keeps_its_object_under_another_name() {
    let findings = |old: &str, new: &str| {
        let mut resume = resume();
        resume.blocks[4].text = old.to_owned();
        told(&check_text(&resume, &[&resume.blocks[4]], new))
    };
    let nothing = Vec::<String>::new();
    assert_eq!(findings("Ran Postgres for billing", "Ran PostgreSQL (Postgres) for billing"), nothing);
    assert_eq!(findings("Managed k8s clusters", "Managed Kubernetes (k8s) clusters"), nothing);
    assert_eq!(
        findings("Ran Postgres; wrote adapters", "Wrote Postgres adapters; ran the freight team").len(),
        1,
        "what was run is another thing"
    );
}

#[test]
fn a_contact_line_may_be_made_of_all_contact_blocks() {
    let mut original = resume();
    let contacts =
        ["Leeds, UK", "+44 113 555 0101", "marta@example.com", "LinkedIn", "Heron Street 4", "Xing"];
    original.blocks.splice(1..2, contacts.map(|text| block(1, BlockKind::Contact, None, text)));
    for (n, block) in original.blocks.iter_mut().enumerate() {
        block.id = BlockId::nth(n + 1);
    }
    let edited = |text: &str| Resume {
        blocks: vec![block(1, BlockKind::Contact, None, text)],
        language: Some("en".to_owned()),
        warnings: Vec::new(),
    };
    let line = "Heron Street 4, Leeds, UK · +44 113 555 0101 · marta@example.com · LinkedIn · Xing";
    assert_eq!(compare(&original, &edited(line)), []);
    let claims: Vec<_> = compare(&original, &edited(&format!("{line} · GitHub")))
        .into_iter()
        .map(|(_, finding)| (finding.standing, finding.claim))
        .collect();
    assert_eq!(claims, [(Standing::Unsupported, "GitHub".to_owned())]);
}

#[test]
fn a_heading_may_be_told_in_one_line_or_in_three() {
    let school = Some(("Education", SectionKind::Education));
    let original = |second: &str| Resume {
        blocks: vec![
            block(1, BlockKind::SectionHeading, school, "Education"),
            block(2, BlockKind::EntryHeading, school, "Executive MBA"),
            block(3, BlockKind::EntryHeading, school, "Tarn School of Business"),
            block(4, BlockKind::EntryHeading, school, "Leeds, 2005 – 2007"),
            block(5, BlockKind::EntryHeading, school, second),
            block(6, BlockKind::EntryHeading, school, "Heron College, 1999"),
        ],
        language: Some("en".to_owned()),
        warnings: Vec::new(),
    };
    let edited = |text: &str| Resume {
        blocks: vec![block(1, BlockKind::EntryHeading, school, text)],
        language: Some("en".to_owned()),
        warnings: Vec::new(),
    };
    let claims = |second: &str, text: &str| -> Vec<String> {
        compare(&original(second), &edited(text)).into_iter().map(|(_, finding)| finding.claim).collect()
    };
    assert_eq!(claims("Diploma in Ledgers", "Executive MBA, Leeds, 2005 – 2007"), NOTHING);
    assert_eq!(claims("Diploma in Ledgers", "Diploma in Ledgers 1999"), NOTHING);
    // The year of another degree stays a finding.
    assert_eq!(claims("Diploma in Ledgers", "Executive MBA 1999"), ["1999"]);
    assert_eq!(claims("Diploma in Ledgers, 2001", "Diploma in Ledgers 1999"), ["1999"]);
}

#[test]
fn the_count_of_pages_in_a_header_is_no_claim() {
    let header = |text: &str| Resume {
        blocks: vec![block(1, BlockKind::Contact, None, text)],
        language: Some("en".to_owned()),
        warnings: Vec::new(),
    };
    for text in ["Marta Quill – 1 / 3", "Marta Quill · Page 2 of 3", "Marta Quill, 1/1"] {
        assert_eq!(compare(&resume(), &header(text)), [], "{text}");
    }
    for text in ["Marta Quill – 5 / 3", "Marta Quill 40"] {
        assert_ne!(compare(&resume(), &header(text)), [], "{text}");
    }
}

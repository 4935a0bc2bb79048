//! What always holds: a resume is supported by itself, in any order and in any part.

use std::path::PathBuf;

use proptest::prelude::*;
use resume::truth::{self, Checker, compare};
use resume::{Block, BlockId, BlockKind, Origin, Resume, SectionKind};
use serde_json::Value;

fn block(kind: BlockKind, section: Option<(&str, SectionKind)>, text: &str) -> Block {
    Block {
        id: BlockId::nth(1),
        kind,
        section: section.map(|(name, _)| name.to_owned()),
        section_kind: section.map(|(_, kind)| kind),
        text: text.to_owned(),
        origin: Origin::Nowhere,
    }
}

fn numbered(mut blocks: Vec<Block>, language: Option<&str>) -> Resume {
    for (n, block) in blocks.iter_mut().enumerate() {
        block.id = BlockId::nth(n + 1);
    }
    Resume { blocks, language: language.map(str::to_owned), warnings: Vec::new() }
}

/// People of our own, with the hedges, negations, titles and numbers that the check looks at.
fn fixtures() -> Vec<Resume> {
    let work = Some(("Work", SectionKind::Work));
    let school = Some(("Education", SectionKind::Education));
    let skills = Some(("Skills", SectionKind::Skills));
    let entry = BlockKind::EntryHeading;
    let bullet = BlockKind::Bullet;
    vec![
        numbered(
            vec![
                block(BlockKind::Name, None, "Orla Finnegan-Tate"),
                block(BlockKind::Contact, None, "orla@example.com · 0161 496 0000"),
                block(BlockKind::SectionHeading, work, "Work"),
                block(entry, work, "Assistant stage manager, Harrow Playhouse, Sept 2018 – June 2021"),
                block(bullet, work, "Helped the deputy stage manager run 140 shows; did not call cues"),
                block(
                    bullet,
                    work,
                    "Sat in on budget meetings and kept the props list that the designer drew up",
                ),
                block(
                    bullet,
                    work,
                    "Cut set-up time from 90 to 60 minutes, a third less, with one colleague",
                ),
                block(entry, work, "Usher (part-time), Odeon Kino, 2016–18"),
                block(bullet, work, "Sold £2.3k of programmes a week; never short at the till"),
                block(BlockKind::SectionHeading, school, "Education"),
                block(entry, school, "BA Drama, Tarn University, 2015 – 2018 (2:1); MA not completed"),
                block(BlockKind::SectionHeading, skills, "Skills"),
                block(BlockKind::SkillsLine, skills, "QLab (basic), Excel, AutoCAD, conversational French"),
            ],
            Some("en"),
        ),
        numbered(
            vec![
                block(BlockKind::Name, None, "Jörg Mühlbrecht"),
                block(BlockKind::SectionHeading, work, "Berufserfahrung"),
                block(entry, work, "Stellvertretender Küchenleiter, Gasthof Adler, 03/2017 – heute"),
                block(
                    bullet,
                    work,
                    "Mitarbeit an der Speisekarte, Leitung der Frühschicht mit acht Personen",
                ),
                block(bullet, work, "Kein Einkauf; Wareneinsatz von 34 % auf 30 % gesenkt"),
                block(entry, work, "Beikoch, Kantine Nord, 2012–2016"),
                block(bullet, work, "Grundkenntnisse in SAP, täglich 1.200 Essen"),
            ],
            Some("de"),
        ),
        numbered(
            vec![
                block(BlockKind::SectionHeading, work, "Expérience"),
                block(entry, work, "Aide-soignante, EHPAD Les Tilleuls, de mars 2019 à août 2022"),
                block(bullet, work, "Participation aux transmissions, sans distribution de médicaments"),
                block(bullet, work, "Une quinzaine de résidents par jour, budget de 400 k€"),
                block(entry, work, "Vendedora, Mercado Central, 2015–2018: «12 clientes al día»"),
            ],
            None,
        ),
    ]
}

/// The people of the shared corpus, from what their resumes say; nobody where it is absent.
fn corpus() -> Vec<Resume> {
    let shared = std::env::var_os("TAILORBIRD_SHARED")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../../shared"), PathBuf::from);
    let Ok(people) = std::fs::read_dir(shared.join("corpus/people")) else {
        assert!(std::env::var_os("TAILORBIRD_REQUIRE_SHARED").is_none(), "no shared corpus");
        return Vec::new();
    };
    people
        .filter_map(|person| std::fs::read_to_string(person.ok()?.path().join("resume.json")).ok())
        .map(|text| person(&serde_json::from_str(&text).expect("a resume")))
        .collect()
}

fn person(said: &Value) -> Resume {
    let text = |value: &Value, name: &str| value[name].as_str().unwrap_or_default().to_owned();
    let list = |value: &Value, name: &str| value[name].as_array().cloned().unwrap_or_default();
    let mut blocks = vec![block(BlockKind::Name, None, &text(said, "name"))];
    for contact in list(said, "contacts") {
        blocks.push(block(BlockKind::Contact, None, contact.as_str().unwrap_or_default()));
    }
    for section in list(said, "sections") {
        let heading = text(&section, "heading");
        let of = match text(&section, "kind").as_str() {
            "work" => SectionKind::Work,
            "education" => SectionKind::Education,
            "skills" => SectionKind::Skills,
            _ => SectionKind::Other,
        };
        let here = Some((heading.as_str(), of));
        blocks.push(block(BlockKind::SectionHeading, here, &heading));
        for line in list(&section, "lines") {
            blocks.push(block(BlockKind::Paragraph, here, line.as_str().unwrap_or_default()));
        }
        for entry in list(&section, "entries") {
            let parts = ["title", "organisation", "location", "dates"].map(|name| text(&entry, name));
            let heading = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ");
            blocks.push(block(BlockKind::EntryHeading, here, &heading));
            for line in list(&entry, "lines") {
                blocks.push(block(BlockKind::Bullet, here, line.as_str().unwrap_or_default()));
            }
        }
    }
    blocks.retain(|block| !block.text.is_empty());
    numbered(blocks, None)
}

fn everybody() -> Vec<Resume> {
    fixtures().into_iter().chain(corpus()).collect()
}

#[test]
fn a_line_is_supported_by_itself_and_by_the_whole() {
    for resume in everybody() {
        let checker = Checker::new(&resume);
        let all: Vec<&Block> = resume.blocks.iter().filter(|block| !block.kind.stays_here()).collect();
        for block in &all {
            let alone = checker.check_text(&[block], &block.text);
            assert!(alone.is_empty(), "{}\n{alone:#?}", block.text);
            let among_all = checker.check_text(&all, &block.text);
            assert!(
                truth::standing(&among_all) == resume::Standing::Supported,
                "{}\n{among_all:#?}",
                block.text
            );
        }
    }
}

#[test]
fn a_resume_is_supported_by_itself() {
    for resume in everybody() {
        let found = compare(&resume, &resume);
        assert!(found.is_empty(), "{found:#?}");
    }
}

/// Some of the blocks in some order: `keep` and `order` are walked in a circle.
fn part(resume: &Resume, order: &[u32], keep: &[bool]) -> Resume {
    let mut picked: Vec<(u32, Block)> = resume
        .blocks
        .iter()
        .enumerate()
        .filter(|(n, _)| keep[n % keep.len()])
        .map(|(n, block)| (order[n % order.len()], block.clone()))
        .collect();
    picked.sort_by_key(|(place, _)| *place);
    Resume { blocks: picked.into_iter().map(|(_, block)| block).collect(), ..resume.clone() }
}

#[test]
fn any_part_of_a_person_of_the_corpus_is_supported() {
    if corpus().is_empty() {
        eprintln!("skipped: no ../shared beside the project");
    }
    let orders: [&[u32]; 3] = [&[9, 8, 7, 6, 5, 4, 3, 2, 1], &[5, 1, 4, 2, 3], &[1]];
    let parts: [&[bool]; 3] = [&[true], &[true, false], &[false, true, true]];
    for resume in corpus() {
        for (order, keep) in orders.iter().zip(parts) {
            let found = compare(&resume, &part(&resume, order, keep));
            assert!(found.is_empty(), "{found:#?}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn any_part_in_any_order_is_supported(
        order in prop::collection::vec(any::<u32>(), 16),
        keep in prop::collection::vec(any::<bool>(), 16),
    ) {
        for resume in fixtures() {
            let found = compare(&resume, &part(&resume, &order, &keep));
            prop_assert!(found.is_empty(), "{:#?}", found);
        }
    }
}

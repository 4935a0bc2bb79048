//! Outlines of small resumes.

use super::*;
use crate::Origin;

fn block(n: usize, kind: BlockKind, section: Option<(&str, SectionKind)>, text: &str) -> Block {
    Block {
        id: BlockId::nth(n),
        kind,
        section: section.map(|(heading, _)| heading.to_owned()),
        section_kind: section.map(|(_, kind)| kind),
        text: text.to_owned(),
        origin: Origin::Nowhere,
    }
}

fn work(lines: &[(BlockKind, &str)]) -> Vec<[String; 5]> {
    of(SectionKind::Work, lines)
}

/// Title, organisation, location, start, end of each entry.
fn of(kind: SectionKind, lines: &[(BlockKind, &str)]) -> Vec<[String; 5]> {
    let section = Some(("Section", kind));
    let mut blocks = vec![block(1, BlockKind::SectionHeading, section, "Section")];
    for (at, (kind, text)) in lines.iter().enumerate() {
        blocks.push(block(at + 2, *kind, section, text));
    }
    let resume = Resume { blocks, language: None, warnings: Vec::new() };
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let dated = |dated: &Option<Dated>| dated.as_ref().map(|dated| dated.text.clone()).unwrap_or_default();
    let outline = outline(&resume);
    outline.sections[0]
        .entries
        .iter()
        .map(|entry| {
            [
                text(&entry.title),
                text(&entry.organisation),
                text(&entry.location),
                dated(&entry.start),
                dated(&entry.end),
            ]
        })
        .collect()
}

const ENTRY: BlockKind = BlockKind::EntryHeading;

#[test]
fn headings_of_work_in_many_shapes() {
    let wanted = ["Senior Engineer", "Fernwick Logistics", "Portland, OR", "Mar 2021", "Present"];
    for lines in [
        &[(ENTRY, "Senior Engineer, Fernwick Logistics, Portland, OR (Mar 2021 – Present)")][..],
        &[(ENTRY, "Senior Engineer Mar 2021 – Present"), (ENTRY, "Fernwick Logistics, Portland, OR")],
        &[(ENTRY, "Senior Engineer"), (ENTRY, "Fernwick Logistics · Portland, OR · Mar 2021 – Present")],
        &[
            (ENTRY, "Mar 2021 – Present"),
            (ENTRY, "Senior Engineer"),
            (ENTRY, "Fernwick Logistics, Portland, OR"),
        ],
        &[(ENTRY, "Fernwick Logistics | Portland, OR"), (ENTRY, "Senior Engineer | Mar 2021 – Present")],
        &[(ENTRY, "Senior Engineer | Fernwick Logistics | Portland, OR | Mar 2021 – Present")],
        &[(ENTRY, "Senior Engineer at Fernwick Logistics, Portland, OR, Mar 2021 – Present")],
    ] {
        assert_eq!(work(lines), [wanted.map(str::to_owned)], "{lines:?}");
    }
}

#[test]
fn words_of_no_known_language_are_told_by_their_places() {
    let wanted = ["Βοηθός λογιστή", "Αφοί Δελφίνι", "Αθήνα", "2015", "2018"];
    for lines in [
        &[(ENTRY, "2015 – 2018 Βοηθός λογιστή"), (ENTRY, "Αφοί Δελφίνι · Αθήνα")][..],
        &[(ENTRY, "Αφοί Δελφίνι, Αθήνα"), (ENTRY, "Βοηθός λογιστή (2015 – 2018)")],
        &[(ENTRY, "Αφοί Δελφίνι | Αθήνα"), (ENTRY, "Βοηθός λογιστή | 2015 – 2018")],
    ] {
        assert_eq!(work(lines), [wanted.map(str::to_owned)], "{lines:?}");
    }
}

#[test]
fn entries_that_follow_one_another_are_told_apart() {
    let told = of(
        SectionKind::Education,
        &[
            (ENTRY, "Executive MBA"),
            (ENTRY, "Ridgefield School of Management | Chicago, IL | 2007"),
            (ENTRY, "B.S. Industrial Engineering"),
            (ENTRY, "Upper Midwest Polytechnic | Duluth, MN | 1999"),
        ],
    );
    assert_eq!(
        told,
        [
            ["Executive MBA", "Ridgefield School of Management", "Chicago, IL", "", "2007"],
            ["B.S. Industrial Engineering", "Upper Midwest Polytechnic", "Duluth, MN", "", "1999"],
        ]
        .map(|entry| entry.map(str::to_owned))
    );
}

#[test]
fn contact_data_by_kind_and_skills_by_group() {
    let resume = Resume {
        blocks: vec![
            block(1, BlockKind::Name, None, "Ada Quill"),
            block(2, BlockKind::Contact, None, "Leeds, UK | Phone: +44 7700 900142 | ada@example.com"),
            block(3, BlockKind::SectionHeading, Some(("Skills", SectionKind::Skills)), "Skills"),
            block(
                4,
                BlockKind::SkillsLine,
                Some(("Skills", SectionKind::Skills)),
                "Data: SQL, R (tidyverse, Shiny)",
            ),
        ],
        language: Some("en".to_owned()),
        warnings: Vec::new(),
    };
    let outline = outline(&resume);
    let contacts: Vec<_> =
        outline.contacts.iter().map(|contact| (contact.kind, contact.text.as_str())).collect();
    assert_eq!(
        contacts,
        [
            (ContactKind::Address, "Leeds, UK"),
            (ContactKind::Phone, "+44 7700 900142"),
            (ContactKind::Mail, "ada@example.com"),
        ]
    );
    let group = &outline.sections[0].groups[0];
    assert_eq!(group.name.as_deref(), Some("Data"));
    assert_eq!(group.items, ["SQL", "R (tidyverse, Shiny)"]);
}

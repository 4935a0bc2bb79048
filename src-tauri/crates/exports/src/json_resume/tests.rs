use resume::{Block, Origin};

use super::*;

/// A resume of these blocks, each section of the kind that is named behind its heading.
fn resume(blocks: &[(BlockKind, Option<SectionKind>, &str)]) -> Resume {
    let (mut section, mut kind) = (None, None);
    let blocks = blocks
        .iter()
        .enumerate()
        .map(|(at, (of, opens, text))| {
            if *of == BlockKind::SectionHeading {
                section = Some((*text).to_owned());
                kind = *opens;
            }
            Block {
                id: BlockId::nth(at + 1),
                kind: *of,
                section: section.clone(),
                section_kind: kind,
                text: (*text).to_owned(),
                origin: Origin::Nowhere,
            }
        })
        .collect();
    Resume { blocks, language: Some("en".to_owned()), warnings: Vec::new() }
}

#[test]
fn each_section_has_its_place() {
    use BlockKind::{Bullet, Contact, EntryHeading, Name, Paragraph, SectionHeading, SkillsLine};
    let resume = resume(&[
        (Name, None, "Jane Example"),
        (Paragraph, None, "Welder"),
        (Contact, None, "jane@example.com"),
        (Contact, None, "+1 555 010 0199"),
        (SectionHeading, Some(SectionKind::Summary), "In short"),
        (Paragraph, None, "Welds hulls of small ships."),
        (SectionHeading, Some(SectionKind::Work), "What I did"),
        (EntryHeading, None, "Welder\tMar 2021 – Present"),
        (EntryHeading, None, "Blackwater Yard Ltd"),
        (Bullet, None, "Welded nine hulls."),
        (SectionHeading, Some(SectionKind::Skills), "Skills"),
        (SkillsLine, None, "Daily: MIG, TIG"),
        (SectionHeading, Some(SectionKind::Certificates), "Papers"),
        (Bullet, None, "OSHA 10, 2016"),
        (SectionHeading, Some(SectionKind::Other), "Odds and ends"),
        (Paragraph, None, "Own truck."),
    ]);
    let json = json_resume(&resume);
    assert_eq!(json["basics"]["name"], "Jane Example");
    assert_eq!(json["basics"]["label"], "Welder");
    assert_eq!(json["basics"]["email"], "jane@example.com");
    assert_eq!(json["basics"]["summary"], "Welds hulls of small ships.");
    assert_eq!(json["work"][0]["position"], "Welder");
    assert_eq!(json["work"][0]["startDate"], "2021-03");
    assert_eq!(json["work"][0].get("endDate"), None, "what lasts has no end");
    assert_eq!(json["work"][0]["highlights"][0], "Welded nine hulls.");
    assert_eq!(json["skills"][0], json!({ "name": "Daily", "keywords": ["MIG", "TIG"] }));
    assert_eq!(json["certificates"][0]["date"], "2016");
    assert_eq!(json["meta"]["tailorbird"]["headings"]["work"], "What I did");
    assert_eq!(json["meta"]["tailorbird"]["sections"][0]["lines"][0], "Own truck.");
    let keys: Vec<&str> =
        json.as_object().into_iter().flat_map(|root| root.keys().map(String::as_str)).collect();
    assert_eq!(keys, ["$schema", "basics", "work", "skills", "certificates", "meta"]);
}

#[test]
fn addresses_become_such_as_the_schema_takes() {
    assert_eq!(uri("example.org/zoë a"), "https://example.org/zo%C3%ABa");
    assert_eq!(uri("http://example.org/?a=1&b=2"), "http://example.org/?a=1&b=2");
}

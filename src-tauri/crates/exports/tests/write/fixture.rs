//! Small resumes of nobody, and how texts are compared.

use resume::{Block, BlockId, BlockKind, Origin, Resume};
use unicode_normalization::UnicodeNormalization;

use BlockKind::{Bullet, Contact, EntryHeading, Name, Other, Paragraph, SectionHeading, SkillsLine};

/// A resume of these blocks.
pub(crate) fn resume(language: Option<&str>, blocks: &[(BlockKind, &str)]) -> Resume {
    let mut section = None;
    let blocks = blocks
        .iter()
        .enumerate()
        .map(|(n, (kind, text))| {
            if *kind == SectionHeading {
                section = Some((*text).to_owned());
            }
            Block {
                id: BlockId::nth(n + 1),
                kind: *kind,
                section: section.clone(),
                section_kind: None,
                text: (*text).to_owned(),
                origin: Origin::Nowhere,
            }
        })
        .collect();
    Resume { blocks, language: language.map(str::to_owned), warnings: Vec::new() }
}

/// Every kind of block, and every sign that some format takes for markup.
pub(crate) fn awkward() -> Resume {
    resume(
        Some("en"),
        &[
            (Name, "Zoë O’Quill-Ångström"),
            (Paragraph, "Data engineer"),
            (Contact, "Harbour Street 9, Port Ellery"),
            (Contact, "zoe_quill+cv@example.com"),
            (Contact, "+1 555 010 0147"),
            (Contact, "https://example.org/~zoe?a=1&b=2"),
            (SectionHeading, "Profile"),
            (
                Paragraph,
                "I like “plain” words, 'straight' quotes, en–dash, em—dash, 5\u{a0}km and <em>no</em> markup.",
            ),
            (SectionHeading, "R&D &amp; Experience #"),
            (EntryHeading, "Senior Engineer, C#\tMar 2021 – Present"),
            (EntryHeading, "*Starling* & Sons [Ltd], Port Ellery"),
            (Bullet, "Cut costs by ~30% (from $120 to $84) * see `notes_2024.md`; ~~not~~ less."),
            (Bullet, "#include <vector> before a \\ and at the end \\"),
            (Bullet, "1. is no list here, nor is 2) or - this"),
            (Bullet, "- starts with a dash"),
            (Bullet, "+ starts with a plus"),
            (Bullet, "# starts with a hash"),
            (Bullet, "> starts with an arrow | and | has | bars"),
            (Bullet, "snake_case and _emphasis_ and __strong__ @zoe"),
            (EntryHeading, "Clerk 2018 – 2021"),
            (EntryHeading, "Bank of Ellery"),
            (Paragraph, "--- between rules ---."),
            (Paragraph, "2019. A good year."),
            (SectionHeading, "Education"),
            (EntryHeading, "MSc Mathematics 2018"),
            (EntryHeading, "BSc Mathematics 2016"),
            (SectionHeading, "Skills"),
            (SkillsLine, "Languages: C#, C++, F*, TypeScript"),
            (SkillsLine, "Greek Ελληνικά, Cyrillic Привет, Polish Zażółć gęślą jaźń"),
            (Other, "References on request."),
        ],
    )
}

/// The text as it is compared: NFKC, without white space, signs of bullets, and what cannot be seen.
pub(crate) fn bare(text: &str) -> String {
    text.nfkc()
        .filter(|c| !c.is_whitespace() && !matches!(*c, '\u{200b}' | '\u{ad}' | '\u{feff}' | '•'))
        .collect()
}

/// The text of the first block that does not stand in the text, whole and behind the block before it.
pub(crate) fn first_lost(resume: &Resume, text: &str) -> Option<String> {
    let text = bare(text);
    let mut rest = text.as_str();
    for block in &resume.blocks {
        // A hyphen at a line's end is one that pdftotext takes for the mark of a cut word.
        let wanted = bare(block.text.trim_end_matches('-'));
        let Some(at) = rest.find(&wanted) else { return Some(block.text.clone()) };
        rest = &rest[at + wanted.len()..];
    }
    None
}

/// Fails unless each block stands in the text, whole and in order.
pub(crate) fn assert_holds_all(resume: &Resume, text: &str) {
    let lost = first_lost(resume, text);
    assert!(lost.is_none(), "{lost:?} is not where it should be in {text:?}");
}

//! Whatever the blocks say, no export fails and none loses text.

use exports::{Target, write};
use proptest::prelude::*;
use resume::{BlockKind, Resume};

use crate::{docx, fixture, markdown};

/// Texts of all characters, and of pieces that mean something to Markdown, Typst, XML or a resume.
fn line() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        proptest::sample::select(vec![
            "#",
            "*",
            "_",
            "`",
            "[",
            "](x)",
            "<",
            ">",
            "&amp;",
            "&",
            "\\",
            "~",
            "~~",
            "$",
            "@",
            "\"",
            "'",
            "-",
            "+",
            "=",
            "---",
            "1.",
            "2)",
            "|",
            "!",
            "//",
            "/*",
            "#include",
            "#let x = 1",
            "<a>",
            "]]>",
            "http://example.org/",
            "^",
            ":",
            "a@example.org",
            "2019",
            "2019 – 2021",
            "(2020)",
            "Mar",
            ": ",
            "\t",
            " ",
            "  ",
            "\u{a0}",
            "\u{200d}",
            "é",
            "word",
            "[^1]: x",
            "[x]: /y",
            "```",
            "~~~",
            "<!--",
            "{",
            "}",
            "\u{301}",
            "#",
            "##",
            ".",
            "__",
            "**",
        ])
        .prop_map(str::to_owned),
        any::<char>().prop_map(String::from),
        "[a-z ]{1,12}",
    ];
    proptest::collection::vec(piece, 1..12).prop_map(|pieces| pieces.concat())
}

fn kind() -> impl Strategy<Value = BlockKind> {
    use BlockKind::{Bullet, Contact, EntryHeading, Name, Other, Paragraph, SectionHeading, SkillsLine};
    proptest::sample::select(vec![
        Name,
        Contact,
        SectionHeading,
        EntryHeading,
        Bullet,
        Paragraph,
        SkillsLine,
        Other,
    ])
}

prop_compose! {
    fn any_resume()(blocks in proptest::collection::vec((kind(), line()), 1..12)) -> Resume {
        let blocks: Vec<(BlockKind, &str)> = blocks.iter().map(|(kind, text)| (*kind, text.as_str())).collect();
        fixture::resume(Some("en"), &blocks)
    }
}

/// The lines of the plain text document, which shows what is kept of each block.
fn kept(resume: &Resume) -> Option<Vec<String>> {
    let mut lines = Vec::new();
    for block in &resume.blocks {
        let alone = Resume {
            blocks: vec![resume::Block { kind: BlockKind::Paragraph, ..block.clone() }],
            ..resume.clone()
        };
        if let Ok(bytes) = write(&alone, Target::Text) {
            lines.push(String::from_utf8(bytes).ok()?.trim_end_matches('\n').to_owned());
        }
    }
    (!lines.is_empty()).then_some(lines)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn only_characters_without_a_look_are_left_out(text in line()) {
        let resume = fixture::resume(None, &[(BlockKind::Paragraph, &text)]);
        let seen: String = text
            .chars()
            .filter(|c| !c.is_whitespace() && !c.is_control())
            .filter(|c| !matches!(u32::from(*c), 0xAD | 0x200B | 0x202A..=0x202E | 0x2060..=0x206F | 0xFDD0..=0xFDEF | 0xFEFF))
            .filter(|c| !matches!(u32::from(*c), 0xE000..=0xF8FF | 0xFFF0..=0xFFFC | 0xE_0000..=0xE_00FF | 0xF_0000..))
            .filter(|c| u32::from(*c) & 0xFFFE != 0xFFFE)
            .collect();
        let written = write(&resume, Target::Text).map_or(String::new(), |bytes| String::from_utf8(bytes).unwrap());
        let written: String = written.chars().filter(|c| !c.is_whitespace()).collect();
        prop_assert_eq!(written, seen);
    }

    #[test]
    fn text_holds_each_block_on_a_line(resume in any_resume()) {
        let Some(kept) = kept(&resume) else { return Ok(()) };
        let text = String::from_utf8(write(&resume, Target::Text).unwrap()).unwrap();
        let mut lines = text.lines();
        for wanted in kept {
            prop_assert!(
                lines.any(|line| line == wanted || line.strip_prefix("- ") == Some(&wanted)),
                "{:?} not in {:?}", wanted, text
            );
        }
    }

    #[test]
    fn markdown_reads_back_block_for_block(resume in any_resume()) {
        let Some(kept) = kept(&resume) else { return Ok(()) };
        let source = String::from_utf8(write(&resume, Target::Markdown).unwrap()).unwrap();
        prop_assert_eq!(markdown::blocks(&source), kept, "{}", source);
    }

    #[test]
    fn docx_holds_all_blocks_in_order(resume in any_resume()) {
        let Some(kept) = kept(&resume) else { return Ok(()) };
        let bytes = write(&resume, Target::Docx).unwrap();
        let text: String = docx::paragraphs(&bytes).into_iter().map(|(_, text)| text).collect();
        let bare = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
        let text = bare(&text);
        let mut rest = text.as_str();
        for wanted in kept.iter().map(|line| bare(line)) {
            // Between two contacts stands a dot.
            rest = rest.strip_prefix('·').filter(|rest| rest.starts_with(&wanted)).unwrap_or(rest);
            prop_assert!(rest.starts_with(&wanted), "{:?} is not where {:?} starts", wanted, rest);
            rest = &rest[wanted.len()..];
        }
        prop_assert_eq!(rest, "");
    }
}

proptest! {
    // Typesetting is slow in a build without optimisation.
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_pdf_is_made_or_the_missing_characters_are_named(resume in any_resume()) {
        if kept(&resume).is_none() {
            return Ok(());
        }
        match write(&resume, Target::Pdf) {
            Ok(bytes) => prop_assert!(bytes.starts_with(b"%PDF-")),
            Err(error) => prop_assert_eq!(error.code(), "missing_glyphs", "{}", error),
        }
    }
}

use exports::{Target, write};
use pulldown_cmark::{Event, Options, Parser, TagEnd};

use crate::fixture;

fn markdown(resume: &resume::Resume) -> String {
    String::from_utf8(write(resume, Target::Markdown).unwrap()).unwrap()
}

/// The text of each block of a Markdown document, as a parser reads it with the extensions that code forges have.
pub(crate) fn blocks(markdown: &str) -> Vec<String> {
    let mut blocks = Vec::new();
    let mut text = String::new();
    let extensions = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_DEFINITION_LIST
        | Options::ENABLE_GFM;
    for event in Parser::new_ext(markdown, extensions) {
        match event {
            Event::Text(part) => text.push_str(&part),
            Event::SoftBreak | Event::HardBreak => panic!("a line end within a block"),
            Event::Start(_) | Event::End(TagEnd::Strong | TagEnd::Emphasis | TagEnd::List(_)) => {}
            Event::End(_) if !text.is_empty() => blocks.push(std::mem::take(&mut text)),
            Event::End(_) => {}
            other => panic!("{other:?} in a document that has text alone"),
        }
    }
    blocks
}

#[test]
fn each_block_is_a_markdown_block() {
    insta::assert_snapshot!(markdown(&fixture::awkward()));
}

#[test]
fn a_parser_reads_each_block_as_it_was() {
    let resume = fixture::awkward();
    let wanted: Vec<String> = resume.blocks.iter().map(|block| block.text.replace('\t', " ")).collect();
    assert_eq!(blocks(&markdown(&resume)), wanted);
}

#[test]
fn what_needs_no_escape_has_none() {
    let plain =
        "R&D of snake_case, 5 < 6 > 4, ~30 $, 3.14 - 2 + 1 = C# | AT&T 100% \"ok\" (2019) a@example.com!";
    let resume = fixture::resume(None, &[(resume::BlockKind::Paragraph, plain)]);
    assert_eq!(markdown(&resume), format!("{plain}\n"));
}

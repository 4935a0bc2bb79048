//! The person first: a document with a sidebar may be told column by column, but it opens with a name.

use resume::BlockKind;

use super::Told;

/// Brings the column with the name to the front, and contact data that stands above the first heading of another
/// column up to the name. Everything else keeps its order.
pub(super) fn person_first(mut blocks: Vec<Told>) -> Vec<Told> {
    let Some(name) = blocks.iter().position(|told| told.block.kind == BlockKind::Name) else { return blocks };
    let heads = |told: &Told| told.block.section.is_none();
    if blocks[..name].iter().any(|block| !heads(block)) {
        // Lines right above the name belong to it.
        let start = blocks[..name].iter().rposition(|block| !heads(block)).map_or(0, |last| last + 1);
        blocks.rotate_left(start);
    }
    let head = blocks.iter().position(|block| !heads(block)).unwrap_or(blocks.len());
    let rest = blocks.split_off(head);
    let (more, rest): (Vec<Told>, Vec<Told>) = rest.into_iter().partition(heads);
    blocks.extend(more);
    blocks.extend(rest);
    blocks
}

#[cfg(test)]
mod tests {
    use resume::{Block, BlockId, Origin};

    use super::*;

    fn block(kind: BlockKind, section: Option<&str>, text: &str) -> Told {
        let block = Block {
            id: BlockId::nth(1),
            kind,
            section: section.map(str::to_owned),
            section_kind: None,
            text: text.to_owned(),
            origin: Origin::Nowhere,
        };
        Told { block, line: 0, sure: 1.0, opens: false }
    }

    fn texts(blocks: Vec<Told>) -> Vec<String> {
        person_first(blocks).into_iter().map(|told| told.block.text).collect()
    }

    #[test]
    fn a_sidebar_told_first_goes_behind_the_column_with_the_name() {
        let told = vec![
            block(BlockKind::Contact, None, "ada@example.com"),
            block(BlockKind::SectionHeading, Some("Skills"), "Skills"),
            block(BlockKind::SkillsLine, Some("Skills"), "Go, SQL"),
            block(BlockKind::Name, None, "Ada Quill"),
            block(BlockKind::Paragraph, None, "Bookkeeper"),
            block(BlockKind::SectionHeading, Some("Work"), "Work"),
        ];
        assert_eq!(texts(told), ["Ada Quill", "Bookkeeper", "ada@example.com", "Work", "Skills", "Go, SQL"]);
    }

    #[test]
    fn contact_data_of_a_later_column_comes_up_to_the_name() {
        let told = vec![
            block(BlockKind::Name, None, "Ada Quill"),
            block(BlockKind::SectionHeading, Some("Work"), "Work"),
            block(BlockKind::Contact, None, "ada@example.com"),
            block(BlockKind::SectionHeading, Some("Skills"), "Skills"),
        ];
        assert_eq!(texts(told), ["Ada Quill", "ada@example.com", "Work", "Skills"]);
    }

    #[test]
    fn an_order_that_opens_with_the_name_stays() {
        let told = || {
            vec![
                block(BlockKind::Contact, None, "ada@example.com"),
                block(BlockKind::Name, None, "Ada Quill"),
                block(BlockKind::SectionHeading, Some("Work"), "Work"),
                block(BlockKind::Contact, Some("Contact"), "12 Mill Lane"),
            ]
        };
        let before: Vec<String> = told().into_iter().map(|told| told.block.text).collect();
        assert_eq!(texts(told()), before);
    }
}

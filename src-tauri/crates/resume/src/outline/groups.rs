//! Skills by their groups: `Databases: PostgreSQL, SQLite`.

use super::Group;
use crate::{Block, BlockKind};

pub(super) fn read(blocks: &[&Block]) -> Vec<Group> {
    blocks
        .iter()
        .filter(|block| {
            matches!(block.kind, BlockKind::SkillsLine | BlockKind::Bullet | BlockKind::Paragraph)
        })
        .map(|block| {
            let (name, rest) = match block.text.split_once([':', '：']) {
                Some((name, rest)) if name.split_whitespace().count() <= 5 && !rest.trim().is_empty() => {
                    (Some(name.trim().to_owned()), rest)
                }
                _ => (None, block.text.as_str()),
            };
            Group { block: block.id.clone(), name, items: items(rest) }
        })
        .collect()
}

/// The items of a list: what commas, semicolons, bars and dots part, outside of brackets.
pub(super) fn items(text: &str) -> Vec<String> {
    let mut items = vec![String::new()];
    let mut depth = 0u32;
    for c in text.chars() {
        match c {
            '(' | '[' | '（' => depth += 1,
            ')' | ']' | '）' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 && matches!(c, ',' | ';' | '|' | '·' | '•' | '、' | '，' | '；') {
            items.push(String::new());
        } else if let Some(item) = items.last_mut() {
            item.push(c);
        }
    }
    items
        .into_iter()
        .map(|item| item.trim().trim_end_matches('.').to_owned())
        .filter(|item| !item.is_empty())
        .collect()
}

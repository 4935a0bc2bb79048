//! Plain text: one line a block.
//!
//! The name and the headings of sections are underlined, list items start with "- ", an empty line stands where
//! a new part starts. Nothing is wrapped: whoever pastes this into a form wants no line ends inside a sentence.

use resume::{BlockKind, Resume};

use crate::characters::clean;
use crate::rows::entry_starts;

pub(super) fn write(resume: &Resume) -> String {
    let starts = entry_starts(&resume.blocks);
    let mut out = String::new();
    let mut last = None;
    for (block, starts_entry) in resume.blocks.iter().zip(starts) {
        let line = clean(&block.text);
        if line.is_empty() {
            continue;
        }
        if last.is_some_and(|last| stands_apart(last, block.kind, starts_entry)) {
            out.push('\n');
        }
        if block.kind == BlockKind::Bullet {
            out.push_str("- ");
        }
        out.push_str(&line);
        out.push('\n');
        let rule = match block.kind {
            BlockKind::Name => Some('='),
            BlockKind::SectionHeading => Some('-'),
            _ => None,
        };
        if let Some(rule) = rule {
            // Longer than this no line under a heading needs to be, and never so short that it is a bullet.
            let length = line.chars().count().clamp(3, 60);
            out.extend(std::iter::repeat_n(rule, length));
            out.push('\n');
        }
        last = Some(block.kind);
    }
    out
}

/// Whether an empty line comes between a block and the one before it.
fn stands_apart(before: BlockKind, kind: BlockKind, starts_entry: bool) -> bool {
    use BlockKind::{Bullet, Contact, EntryHeading, Name, Other, Paragraph, SectionHeading, SkillsLine};
    match (before, kind) {
        (SectionHeading, SectionHeading) => true,
        // A heading has its line, and what it heads follows at once; items of one kind, an entry's text and the
        // list that a sentence leads up to stand together.
        (Name | SectionHeading, _)
        | (Contact, Contact)
        | (SkillsLine, SkillsLine)
        | (Bullet | Paragraph | Other, Bullet) => false,
        (_, EntryHeading) => starts_entry,
        (EntryHeading, kind) => matches!(kind, SectionHeading | Name),
        _ => true,
    }
}

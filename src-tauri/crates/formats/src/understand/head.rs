//! What stands above the first heading of a column: contact data, a headline, a short text.

use resume::BlockKind;

use super::contacts;
use crate::line::Line;

/// What of the person was seen so far.
#[derive(Clone, Copy, Default)]
pub(super) struct Seen {
    pub(super) name: bool,
    pub(super) headline: bool,
}

/// The kind of a line above the first heading, and how sure it is.
pub(super) fn kind(line: &Line, text: &str, seen: &mut Seen, body: f32) -> (BlockKind, f32) {
    let long = text.chars().count() > 110;
    let big = body > 0.0 && (line.size > body * 1.08 || line.bold);
    if contacts::is_contact_line(text) {
        return (BlockKind::Contact, 0.99);
    }
    if line.bullet {
        return (BlockKind::Bullet, 0.8);
    }
    if long && text.matches(". ").count() > 0 {
        return (BlockKind::Paragraph, 0.9);
    }
    if contacts::is_personal(text) {
        return (BlockKind::Contact, 0.9);
    }
    if super::name::is_title_of_document(text) {
        return (BlockKind::Paragraph, 0.9);
    }
    let near_name = contacts::is_contact_near_name(text);
    if seen.name && !seen.headline && (!near_name || big && !text.chars().any(|c| c.is_ascii_digit())) {
        seen.headline = true;
        return (BlockKind::Paragraph, if big { 0.9 } else { 0.8 });
    }
    if near_name {
        (BlockKind::Contact, 0.9)
    } else if long {
        (BlockKind::Paragraph, 0.8)
    } else {
        // Doubt keeps the line here.
        (BlockKind::Contact, 0.6)
    }
}

//! Which characters of a block get into a document.
//!
//! Left out, because XML cannot hold them, because nobody can see them, or because they make a line look
//! different from what it says:
//!
//! - control characters (tabs and line ends become a space), unassigned "noncharacters", object placeholders;
//! - private use: icons of one font, meaningless in any other;
//! - zero-width space, word joiner, invisible operators, byte order mark, soft hyphen: layout of another file;
//! - bidirectional overrides, embeddings and isolates, and tag characters: they hide or turn text.
//!
//! Kept: non-breaking and other visible-width spaces, variation selectors, the joiners U+200C and U+200D that
//! Persian, Indic scripts and emoji need, and the plain direction marks U+200E, U+200F and U+061C.

/// Whether a document may hold the character.
fn is_kept(c: char) -> bool {
    !matches!(u32::from(c),
        0x00AD
        | 0x200B
        | 0x202A..=0x202E
        | 0x2060..=0x206F
        | 0xE000..=0xF8FF
        | 0xFDD0..=0xFDEF
        | 0xFEFF
        | 0xFFF0..=0xFFFC
        | 0xE_0000..=0xE_00FF
        | 0xF_0000..
    ) && !c.is_control()
        && u32::from(c) & 0xFFFE != 0xFFFE
}

/// Whether the character is white space that one space stands for.
fn is_plain_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// The text as one line, as documents hold it.
pub(super) fn clean(text: &str) -> String {
    clean_around_tabs(text).replace('\t', " ")
}

/// The text as one line, where a gap with a tab in it is one tab.
pub(super) fn clean_around_tabs(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut gap = None;
    for c in text.chars() {
        if is_plain_space(c) {
            gap = Some(if c == '\t' || gap == Some('\t') { '\t' } else { ' ' });
        } else if is_kept(c) {
            if let Some(gap) = gap.take()
                && !out.is_empty()
            {
                out.push(gap);
            }
            out.push(c);
        }
    }
    out.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_becomes_one_space_and_leaves_the_ends() {
        assert_eq!(clean("  a \t b\r\nc\u{2028}d "), "a b c d");
        assert_eq!(clean_around_tabs("Title \t 2019"), "Title\t2019");
    }

    #[test]
    fn unseen_characters_leave_and_seen_ones_stay() {
        assert_eq!(clean("a\u{0}b\u{7}\u{202e}c\u{200b}d\u{feff}\u{e0041}\u{f0e0}\u{fffe}"), "abcd");
        assert_eq!(clean("so\u{ad}lo 5\u{a0}kg می\u{200c}خواهم"), "solo 5\u{a0}kg می\u{200c}خواهم");
    }

    #[test]
    fn nothing_but_unseen_characters_is_nothing() {
        assert_eq!(clean(" \u{200b}\u{feff}\t"), "");
    }
}

//! `CommonMark`, such that reading it again gives the same blocks.
//!
//! Each block is a block of its own: `#` the name, `##` sections, `###` the first line of an entry, *emphasis*
//! its further lines, `-` items. Only what would otherwise be taken for markup is escaped, so that the source
//! stays readable.

use resume::{BlockKind, Resume};

use crate::characters::clean;
use crate::rows::{entry_starts, skills_label};

pub(super) fn write(resume: &Resume) -> String {
    let starts = entry_starts(&resume.blocks);
    let mut out = String::new();
    let mut in_list = false;
    for (block, starts_entry) in resume.blocks.iter().zip(starts) {
        let line = clean(&block.text);
        if line.is_empty() {
            continue;
        }
        let is_item = block.kind == BlockKind::Bullet;
        if !(out.is_empty() || in_list && is_item) {
            out.push('\n');
        }
        in_list = is_item;
        match block.kind {
            BlockKind::Name => heading(&mut out, "# ", &line),
            BlockKind::SectionHeading => heading(&mut out, "## ", &line),
            BlockKind::EntryHeading if starts_entry => heading(&mut out, "### ", &line),
            BlockKind::EntryHeading => {
                out.push('*');
                escape(&mut out, &line);
                out.push('*');
            }
            BlockKind::Bullet => {
                out.push_str("- ");
                escape(&mut out, &line);
            }
            BlockKind::SkillsLine => match skills_label(&line) {
                (Some(label), rest) => {
                    out.push_str("**");
                    escape(&mut out, label);
                    out.push_str("**");
                    escape_from(&mut out, rest, false);
                }
                (None, text) => escape(&mut out, text),
            },
            BlockKind::Contact | BlockKind::Paragraph | BlockKind::Other => escape(&mut out, &line),
        }
        out.push('\n');
    }
    out
}

/// A heading, whose closing `#` signs belong to its text.
fn heading(out: &mut String, signs: &str, line: &str) {
    out.push_str(signs);
    let text = line.trim_end_matches('#');
    escape(out, text);
    let closing = line.len() - text.len();
    if closing > 0 {
        // One escaped sign is enough: the rest is then no closing sequence any more.
        if text.is_empty() || text.ends_with([' ', '\t']) {
            // `escape` has seen an empty line or a space, so nothing is escaped yet.
            out.push('\\');
        }
        out.extend(std::iter::repeat_n('#', closing));
    }
}

/// Escapes a line that starts a block.
fn escape(out: &mut String, line: &str) {
    escape_from(out, line, true);
}

/// Escapes what `CommonMark` and its common extensions (tables, strikethrough, footnotes, task lists) would read as
/// markup. `at_start`: the text starts a block, where numbers and dashes may open a list.
fn escape_from(out: &mut String, line: &str, at_start: bool) {
    let strikes = line.matches('~').count() > 1;
    let escaped_at = if at_start { opener(line) } else { None };
    let mut before = ' ';
    let mut rest = line.char_indices().peekable();
    while let Some((at, c)) = rest.next() {
        let next = rest.peek().map_or(' ', |(_, next)| *next);
        let is_markup = match c {
            '\\' => next.is_ascii_punctuation() || next == ' ',
            '*' | '`' | '[' => true,
            // Between letters and digits it is a letter, as in `snake_case`.
            '_' => !(before.is_alphanumeric() && next.is_alphanumeric()),
            '~' => strikes,
            '<' => next.is_ascii_alphabetic() || matches!(next, '/' | '!' | '?'),
            '&' => is_entity(&line[at..]),
            _ => false,
        };
        if is_markup || escaped_at == Some(at) {
            out.push('\\');
        }
        out.push(c);
        before = c;
    }
}

/// Whether a text that starts with "&" starts with a character reference such as "&amp;", known or not.
fn is_entity(text: &str) -> bool {
    let name = &text[1..];
    let end = name.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || c == '#');
    end.len() < name.len() && end.starts_with(';')
}

/// Where the sign stands that would make a list, a heading, a quote, a rule or a fence of the line.
fn opener(line: &str) -> Option<usize> {
    let ends_word = |at: usize| line[at..].chars().next().is_none_or(|c| c == ' ');
    match line.chars().next()? {
        '#' => {
            let count = line.len() - line.trim_start_matches('#').len();
            (count <= 6 && ends_word(count)).then_some(0)
        }
        // A quote; and, in some extensions, a definition.
        '>' | ':' => Some(0),
        // A list item where a space follows, else perhaps a rule or the line under a heading.
        '-' | '+' | '=' => {
            let sign = &line[..1];
            (ends_word(1) || line.replace([' ', '\t'], "").trim_start_matches(sign).is_empty()).then_some(0)
        }
        '0'..='9' => {
            let digits = line.len() - line.trim_start_matches(|c: char| c.is_ascii_digit()).len();
            (line[digits..].starts_with(['.', ')']) && ends_word(digits + 1)).then_some(digits)
        }
        '~' => line.starts_with("~~~").then_some(0),
        _ => None,
    }
}

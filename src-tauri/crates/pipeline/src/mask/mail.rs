//! Finds mail addresses.

use std::ops::Range;

use unicode_normalization::char::is_combining_mark;

use super::unseen;

/// Every mail address in `text`.
pub(super) fn find(text: &str) -> Vec<Range<usize>> {
    text.match_indices(['@', '＠']).filter_map(|(at, sign)| around(text, at, at + sign.len())).collect()
}

fn around(text: &str, sign: usize, behind: usize) -> Option<Range<usize>> {
    let local = text[..sign].chars().rev().take_while(|&c| is_letter(c) || "._%+-'’".contains(c));
    let start = sign - local.map(char::len_utf8).sum::<usize>();
    let start =
        start + text[start..sign].len() - text[start..sign].trim_start_matches(['.', '\'', '’', '-']).len();
    let host: usize =
        text[behind..].chars().take_while(|&c| is_letter(c) || ".-．".contains(c)).map(char::len_utf8).sum();
    let host = text[behind..behind + host].trim_end_matches(['.', '-', '．']);
    let (name, top) = host.rsplit_once(['.', '．'])?;
    let whole = start < sign && !name.is_empty() && top.chars().filter(|c| c.is_alphabetic()).count() >= 2;
    whole.then_some(start..behind + host.len())
}

/// A letter or digit, or what stands on or in one: an accent of its own, a joint of no width.
fn is_letter(c: char) -> bool {
    c.is_alphanumeric() || is_combining_mark(c) || unseen(c)
}

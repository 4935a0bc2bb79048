//! Finds the person's own links and handles.

use std::ops::Range;

use super::name::Names;

/// Letters of the shortest handle that is hidden by itself.
const SHORTEST_HANDLE: usize = 4;

/// The person's own links.
#[derive(Clone, Default)]
pub(super) struct Links {
    /// Links without scheme and `www.`, and handles, in ASCII small letters.
    needles: Vec<String>,
}

impl Links {
    /// Learns the links in contact lines, and the handles in them that are made of the name.
    pub(super) fn learn(contacts: &[&str], names: &Names) -> Self {
        let mut needles = Vec::new();
        for (text, range) in contacts.iter().flat_map(|text| tokens(text).map(move |range| (text, range))) {
            let link = bare(&text[range]).to_ascii_lowercase();
            let handle = link.rsplit(['/', '~', '@']).next().unwrap_or_default().to_owned();
            // A handle that is a name by itself is found as one.
            let long = handle.chars().count() >= SHORTEST_HANDLE;
            if handle != link && long && names.touches(&handle) && names.find(&handle).is_empty() {
                needles.push(handle);
            }
            needles.push(link);
        }
        // The longest first, so that a link is hidden whole.
        needles.sort_by_key(|needle| std::cmp::Reverse(needle.len()));
        needles.dedup();
        Self { needles }
    }

    /// Every place in `text` that holds one of them, and every other link that the name stands in.
    pub(super) fn find(&self, text: &str, names: &Names) -> Vec<Range<usize>> {
        let small = text.to_ascii_lowercase();
        let mut found: Vec<_> = tokens(text).filter(|range| names.touches(&text[range.clone()])).collect();
        for needle in &self.needles {
            found.extend(
                small.match_indices(needle.as_str()).map(|(at, needle)| at..at + needle.len()).filter(
                    |range| {
                        !text[..range.start].ends_with(char::is_alphanumeric)
                            && !text[range.end..].starts_with(char::is_alphanumeric)
                    },
                ),
            );
        }
        found
    }
}

/// The pieces of a text that are links: with a scheme, with `www.`, or a host with a path behind it.
fn tokens(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let base = text.as_ptr() as usize;
    text.split(|c: char| c.is_whitespace() || "|·•,;<>()[]\"⟦⟧".contains(c)).filter_map(move |piece| {
        let piece = piece.trim_end_matches(['.', ':', '!', '?', '\'', '’', '*', '`']);
        let start = piece.as_ptr() as usize - base;
        is_link(piece).then_some(start..start + piece.len())
    })
}

fn is_link(piece: &str) -> bool {
    if piece.contains("://") || piece.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("www.")) {
        return true;
    }
    let host = piece.split('/').next().unwrap_or_default();
    let Some((name, top)) = host.rsplit_once('.') else { return false };
    let plain = |c: char| c.is_alphanumeric() || c == '-' || c == '.';
    !name.is_empty()
        && name.chars().all(plain)
        && name.chars().any(char::is_alphabetic)
        && (2..=12).contains(&top.len())
        && top.chars().all(|c| c.is_ascii_lowercase())
}

/// A link without its scheme, `www.` and last slash.
fn bare(link: &str) -> &str {
    let link = link.split_once("://").map_or(link, |(_, rest)| rest);
    let link = link.get(..4).filter(|start| start.eq_ignore_ascii_case("www.")).map_or(link, |_| &link[4..]);
    link.trim_end_matches('/')
}

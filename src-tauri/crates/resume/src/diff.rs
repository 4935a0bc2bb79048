//! Word diff of one block.

use serde::{Deserialize, Serialize};
use similar::{ChangeTag, TextDiff};
use ts_rs::TS;

use crate::{Change, Edit, Resume};

/// What became of a run of words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum DiffKind {
    /// In both texts.
    Same,
    /// In the old text only.
    Removed,
    /// In the new text only.
    Added,
}

/// A run of words with one fate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DiffPart {
    /// Its fate.
    pub kind: DiffKind,
    /// The words, with the spaces between and behind them.
    pub text: String,
}

impl DiffPart {
    fn new(kind: DiffKind, text: impl Into<String>) -> Self {
        Self { kind, text: text.into() }
    }
}

/// The word diff that an edit makes on its block: for a rewrite the old against the new text, for a removal
/// all removed, for an insertion all added, for a move nothing. A rewrite of a block that is not there is
/// all added.
pub fn of(resume: &Resume, edit: &Edit) -> Vec<DiffPart> {
    let old = |id| resume.block(id).map_or("", |block| block.text.as_str());
    match &edit.change {
        Change::Rewrite { block, text } => words(old(block), text),
        Change::Remove { block } => words(old(block), ""),
        Change::Insert { text, .. } => words("", text),
        Change::Move { .. } => Vec::new(),
    }
}

/// The word diff from `old` to `new`. Joining all but the added parts gives `old` back, to the byte;
/// joining all but the removed gives `new`.
///
/// Made for reading: where two changes have only a space, a comma or one little word between them, they are
/// one change. Neighbours differ in kind, and what was removed stands before what was added in its place.
pub fn words(old: &str, new: &str) -> Vec<DiffPart> {
    let diff = TextDiff::from_unicode_words(old, new);
    let mut runs: Vec<Run> = Vec::new();
    for change in diff.iter_all_changes() {
        let text = change.value();
        match (change.tag(), runs.last_mut()) {
            (ChangeTag::Equal, Some(Run::Same(same))) => same.push_str(text),
            (ChangeTag::Equal, _) => runs.push(Run::Same(text.to_owned())),
            (ChangeTag::Delete, Some(Run::Changed { removed, .. })) => removed.push_str(text),
            (ChangeTag::Insert, Some(Run::Changed { added, .. })) => added.push_str(text),
            (ChangeTag::Delete, _) => {
                runs.push(Run::Changed { removed: text.to_owned(), added: String::new() });
            }
            (ChangeTag::Insert, _) => {
                runs.push(Run::Changed { removed: String::new(), added: text.to_owned() });
            }
        }
    }
    parts(join_close_changes(runs))
}

/// Words that both texts have, or a place where they differ.
enum Run {
    Same(String),
    Changed { removed: String, added: String },
}

fn join_close_changes(runs: Vec<Run>) -> Vec<Run> {
    let mut joined: Vec<Run> = Vec::new();
    for run in runs {
        match run {
            Run::Changed { removed, added } => match joined.as_slice() {
                [.., Run::Changed { removed: r, added: a }, Run::Same(between)]
                    if close(between, (r, a), (&removed, &added)) =>
                {
                    let removed = format!("{r}{between}{removed}");
                    let added = format!("{a}{between}{added}");
                    joined.truncate(joined.len() - 2);
                    joined.push(Run::Changed { removed, added });
                }
                _ => joined.push(Run::Changed { removed, added }),
            },
            same @ Run::Same(_) => joined.push(same),
        }
    }
    joined
}

/// Whether two changes with `between` between them read better as one.
fn close(between: &str, left: (&str, &str), right: (&str, &str)) -> bool {
    let words =
        |text: &str| text.split_whitespace().filter(|word| word.contains(char::is_alphanumeric)).count();
    // With words on one side only, a joined change would strike out a space and put it back.
    let both_sides = words(left.0) + words(right.0) > 0 && words(left.1) + words(right.1) > 0;
    if !both_sides {
        return false;
    }
    match words(between) {
        0 => true,
        1 => {
            between.trim().chars().count() <= 3
                && [left.0, left.1, right.0, right.1].iter().all(|text| words(text) >= 1)
        }
        _ => false,
    }
}

fn parts(runs: Vec<Run>) -> Vec<DiffPart> {
    let mut parts: Vec<DiffPart> = Vec::new();
    for run in runs {
        match run {
            Run::Same(text) => push(&mut parts, DiffKind::Same, &text),
            Run::Changed { removed, added } => {
                let ahead = common_space(removed.chars(), added.chars());
                let (lead, removed) = removed.split_at(ahead);
                let added = &added[ahead..];
                let behind = common_space(removed.chars().rev(), added.chars().rev());
                let (removed, tail) = removed.split_at(removed.len() - behind);
                let added = &added[..added.len() - behind];
                push(&mut parts, DiffKind::Same, lead);
                push(&mut parts, DiffKind::Removed, removed);
                push(&mut parts, DiffKind::Added, added);
                push(&mut parts, DiffKind::Same, tail);
            }
        }
    }
    parts
}

/// How many bytes of white space both begin with.
fn common_space(a: impl Iterator<Item = char>, b: impl Iterator<Item = char>) -> usize {
    a.zip(b).take_while(|(a, b)| a == b && a.is_whitespace()).map(|(a, _)| a.len_utf8()).sum()
}

fn push(parts: &mut Vec<DiffPart>, kind: DiffKind, text: &str) {
    if text.is_empty() {
        return;
    }
    match parts.last_mut() {
        Some(last) if last.kind == kind => last.text.push_str(text),
        _ => parts.push(DiffPart::new(kind, text)),
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write;

    use proptest::prelude::*;

    use super::*;

    /// `[-removed-]{+added+}`, as `git diff --word-diff` shows it.
    fn drawn(old: &str, new: &str) -> String {
        words(old, new).iter().fold(String::new(), |mut out, part| {
            let _ = match part.kind {
                DiffKind::Same => write!(out, "{}", part.text),
                DiffKind::Removed => write!(out, "[-{}-]", part.text),
                DiffKind::Added => write!(out, "{{+{}+}}", part.text),
            };
            out
        })
    }

    #[test]
    fn equal_texts_have_one_part() {
        assert_eq!(drawn("Mended nets", "Mended nets"), "Mended nets");
        assert_eq!(words("", ""), []);
    }

    #[test]
    fn a_replaced_word_stands_beside_its_replacement() {
        assert_eq!(
            drawn("Moved to k8s in May", "Moved to Kubernetes in May"),
            "Moved to [-k8s-]{+Kubernetes+} in May"
        );
    }

    #[test]
    fn two_changes_with_a_space_between_are_one() {
        assert_eq!(
            drawn("mostly payments logistics now", "mostly logging tracing now"),
            "mostly [-payments logistics-]{+logging tracing+} now"
        );
    }

    #[test]
    fn a_little_word_between_two_replacements_does_not_hold_them_apart() {
        assert_eq!(
            drawn("Kept books for bakers daily", "Wrote letters for lawyers daily"),
            "[-Kept books for bakers-]{+Wrote letters for lawyers+} daily"
        );
    }

    #[test]
    fn an_added_word_does_not_strike_out_a_space() {
        assert_eq!(drawn("Mended nets", "Mended fishing nets"), "Mended {+fishing +}nets");
    }

    fn joined(parts: &[DiffPart], without: DiffKind) -> String {
        parts.iter().filter(|part| part.kind != without).map(|part| part.text.as_str()).collect()
    }

    proptest! {
        #[test]
        fn both_texts_can_be_put_together_again(old in "([a-d]{1,3}[ ,.]{1,2}){0,9}", new in "([a-d]{1,3}[ ,.]{1,2}){0,9}") {
            let parts = words(&old, &new);
            prop_assert_eq!(joined(&parts, DiffKind::Added), old);
            prop_assert_eq!(joined(&parts, DiffKind::Removed), new);
            prop_assert!(parts.windows(2).all(|pair| pair[0].kind != pair[1].kind));
            prop_assert!(parts.iter().all(|part| !part.text.is_empty()));
        }

        #[test]
        fn any_text_can_be_put_together_again(old in ".{0,40}", new in ".{0,40}") {
            let parts = words(&old, &new);
            prop_assert_eq!(joined(&parts, DiffKind::Added), old);
            prop_assert_eq!(joined(&parts, DiffKind::Removed), new);
        }
    }
}

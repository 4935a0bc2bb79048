//! The proof that a written document holds the resume: read it again, and look for each word.

use resume::Resume;
use similar::{Algorithm, DiffOp, capture_diff_slices};
use unicode_normalization::UnicodeNormalization;

use crate::characters::clean;

/// What was found in a document that was read back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadBack {
    /// Words that should be there.
    pub words: usize,
    /// Of these, words that are, in their order.
    pub found: usize,
    /// The first one that is not, as written in the resume.
    pub first_missing: Option<String>,
}

impl ReadBack {
    /// Whether nothing is missing.
    pub fn is_whole(&self) -> bool {
        self.found == self.words
    }
}

/// Looks for each word of `resume`, in order, in `read`, which was read back from a document made of it.
///
/// Words are compared after NFKC. White space and hyphens do not count, so a word that a line end cut in two, or
/// two that a reader put together, are found. What `read` has beyond that is layout and does not count either.
pub fn missing(resume: &Resume, read: &Resume) -> ReadBack {
    let wanted = words(resume);
    let there = words(read);
    let keys: Vec<&str> = wanted.iter().map(|word| word.key.as_str()).collect();
    let read_keys: Vec<&str> = there.iter().map(|word| word.key.as_str()).collect();
    let mut found = 0;
    let mut first_missing = None;
    let mut miss = |at: usize| {
        first_missing.get_or_insert_with(|| wanted[at].written.clone());
    };
    for op in capture_diff_slices(Algorithm::Myers, &keys, &read_keys) {
        match op {
            DiffOp::Equal { len, .. } => found += len,
            DiffOp::Insert { .. } => {}
            DiffOp::Delete { old_index, old_len, .. } => (old_index..old_index + old_len).for_each(&mut miss),
            DiffOp::Replace { old_index, old_len, new_index, new_len } => {
                let stretch = read_keys[new_index..new_index + new_len].concat();
                let mut rest = stretch.as_str();
                for at in old_index..old_index + old_len {
                    if let Some(start) = rest.find(keys[at]) {
                        rest = &rest[start + keys[at].len()..];
                        found += 1;
                    } else {
                        miss(at);
                    }
                }
            }
        }
    }
    ReadBack { words: wanted.len(), found, first_missing }
}

/// A word, and what it is compared by.
struct Word {
    written: String,
    key: String,
}

/// The words of all blocks; those of nothing but hyphens and bullet signs are left out.
fn words(resume: &Resume) -> Vec<Word> {
    let mut words = Vec::new();
    for block in &resume.blocks {
        for written in clean(&block.text).split(char::is_whitespace) {
            let key: String = written.nfkc().filter(|c| !is_aside(*c)).collect();
            if !key.is_empty() {
                words.push(Word { written: written.to_owned(), key });
            }
        }
    }
    words
}

/// Whether the character does not count: white space that NFKC made, hyphens, signs of bullets, characters of
/// no width.
fn is_aside(c: char) -> bool {
    c.is_whitespace()
        || matches!(c, '-' | '\u{2010}'..='\u{2013}' | '\u{2212}' | '•' | '\u{200c}'..='\u{200f}' | '\u{61c}')
}

#[cfg(test)]
mod tests {
    use resume::{Block, BlockId, BlockKind, Origin};

    use super::*;

    fn resume(lines: &[&str]) -> Resume {
        let blocks = lines
            .iter()
            .enumerate()
            .map(|(n, line)| Block {
                id: BlockId::nth(n + 1),
                kind: BlockKind::Paragraph,
                section: None,
                section_kind: None,
                text: (*line).to_owned(),
                origin: Origin::Nowhere,
            })
            .collect();
        Resume { blocks, language: None, warnings: Vec::new() }
    }

    #[test]
    fn a_document_that_holds_all_is_whole() {
        let same = missing(
            &resume(&["Led a desk of six", "Zendesk – SQL"]),
            &resume(&["Led a desk of six Zendesk", "SQL"]),
        );
        assert_eq!(same, ReadBack { words: 7, found: 7, first_missing: None });
    }

    #[test]
    fn cut_words_ligatures_and_joined_words_are_found() {
        let read =
            resume(&["Led the develop-", "ment of \u{fb01}ling for stakehold ers", "page 2 of 3", "Rust,Go"]);
        let back = missing(&resume(&["Led the development of filing for stakeholders", "Rust, Go"]), &read);
        assert!(back.is_whole(), "{back:?}");
    }

    #[test]
    fn a_lost_word_is_named() {
        let back = missing(
            &resume(&["Led a desk of six people", "In Leeds"]),
            &resume(&["Led a desk of people", "In Leeds"]),
        );
        assert_eq!(back, ReadBack { words: 8, found: 7, first_missing: Some("six".to_owned()) });
        let empty = missing(&resume(&["one two"]), &resume(&[]));
        assert_eq!(empty, ReadBack { words: 2, found: 0, first_missing: Some("one".to_owned()) });
    }

    #[test]
    fn a_wrong_order_is_a_loss() {
        let back = missing(&resume(&["alpha beta", "gamma delta"]), &resume(&["gamma delta", "alpha beta"]));
        assert!(!back.is_whole());
    }
}

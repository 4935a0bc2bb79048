//! Putting edits into a resume.

use std::collections::{HashMap, HashSet};

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{Block, BlockId, BlockKind, Change, Edit, EditId, Origin, Resume};

/// What became of a list of edits.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Applied {
    /// The resume with the edits in it.
    pub resume: Resume,
    /// Edits that could not be applied, in their order.
    pub skipped: Vec<Skipped>,
}

/// An edit that could not be applied.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Skipped {
    /// The edit.
    pub edit: EditId,
    /// Why.
    pub why: Skip,
}

/// Why an edit could not be applied.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Skip {
    /// It names a block that is not there, or no longer.
    NoSuchBlock,
    /// It would move a block behind itself.
    BehindItself,
    /// An earlier edit of the list already changed the text of this block.
    AlreadyRewritten,
    /// Its text is empty.
    EmptyText,
    /// It would change, move or remove the name or the contact details, or add such a block. No engine was
    /// shown them.
    StaysHere,
    /// The block that it would insert is there already: two edits of one name.
    AlreadyThere,
}

/// Applies `edits` in their order; each finds the resume as the earlier ones left it.
///
/// Total: an edit that cannot be applied is skipped and told, never an error. Pure: `resume` is not
/// changed, and each block that no applied edit names is equal in the result.
///
/// - A block takes one rewrite and any number of moves. A second rewrite is skipped, and so is a rewrite of
///   a block that an edit of the list inserted.
/// - An edit that names a block which an earlier edit removed is skipped, whether the block is to change or
///   to be followed. A block that was moved behind another one stays when that other one is removed later.
/// - A block that an earlier edit inserted (`n-e3`) can be followed, moved and removed like any other.
/// - Blocks put behind the same block stand there in the order of their edits.
/// - An inserted or moved block takes the section of the block that it follows; a section heading keeps its
///   own. Only the named block moves: what stands under a heading does not follow it.
/// - A rewritten section heading keeps its old `section`, as do the blocks under it: the field says which
///   section they belong to, not how its heading reads now.
/// - New texts become one line with single spaces.
/// - Name and contact blocks stay as they are. Other blocks may be put behind them.
pub fn apply(resume: &Resume, edits: &[Edit]) -> Applied {
    let mut sheet =
        Sheet { blocks: resume.blocks.clone(), rewritten: HashSet::new(), put_behind: HashMap::new() };
    let mut skipped = Vec::new();
    for edit in edits {
        if let Err(why) = sheet.take(edit) {
            skipped.push(Skipped { edit: edit.id.clone(), why });
        }
    }
    let resume =
        Resume { blocks: sheet.blocks, language: resume.language.clone(), warnings: resume.warnings.clone() };
    Applied { resume, skipped }
}

/// The blocks at work.
struct Sheet {
    blocks: Vec<Block>,
    /// Blocks whose text an edit wrote.
    rewritten: HashSet<BlockId>,
    /// Which block an edit put a block behind.
    put_behind: HashMap<BlockId, BlockId>,
}

impl Sheet {
    fn take(&mut self, edit: &Edit) -> Result<(), Skip> {
        match &edit.change {
            Change::Rewrite { block, text } => {
                let at = self.changeable(block)?;
                if self.rewritten.contains(block) {
                    return Err(Skip::AlreadyRewritten);
                }
                self.blocks[at].text = one_line(text)?;
                self.rewritten.insert(block.clone());
            }
            Change::Remove { block } => {
                let at = self.changeable(block)?;
                self.blocks.remove(at);
                self.leaves(block);
                self.rewritten.remove(block);
            }
            Change::Move { block, after } => {
                let at = self.changeable(block)?;
                self.position(after)?;
                if block == after {
                    return Err(Skip::BehindItself);
                }
                let moved = self.blocks.remove(at);
                self.leaves(block);
                self.put(moved, after)?;
            }
            Change::Insert { after, kind, text } => {
                self.position(after)?;
                if kind.stays_here() {
                    return Err(Skip::StaysHere);
                }
                let id = edit.id.inserted_block();
                if self.position(&id).is_ok() {
                    return Err(Skip::AlreadyThere);
                }
                let text = one_line(text)?;
                let section = (*kind == BlockKind::SectionHeading).then(|| text.clone());
                self.rewritten.insert(id.clone());
                let block =
                    Block { id, kind: *kind, section, section_kind: None, text, origin: Origin::Nowhere };
                self.put(block, after)?;
            }
        }
        Ok(())
    }

    fn position(&self, id: &BlockId) -> Result<usize, Skip> {
        self.blocks.iter().position(|block| block.id == *id).ok_or(Skip::NoSuchBlock)
    }

    fn changeable(&self, id: &BlockId) -> Result<usize, Skip> {
        let at = self.position(id)?;
        if self.blocks[at].kind.stays_here() { Err(Skip::StaysHere) } else { Ok(at) }
    }

    /// The block is no longer where it was: nothing stands behind it by an edit any more.
    fn leaves(&mut self, id: &BlockId) {
        self.put_behind.remove(id);
        self.put_behind.retain(|_, behind| behind != id);
    }

    fn put(&mut self, mut block: Block, after: &BlockId) -> Result<(), Skip> {
        let anchor = self.position(after)?;
        if block.kind != BlockKind::SectionHeading {
            block.section.clone_from(&self.blocks[anchor].section);
            block.section_kind = self.blocks[anchor].section_kind;
        }
        let mut at = anchor + 1;
        while self.blocks.get(at).is_some_and(|next| self.follows(&next.id, after)) {
            at += 1;
        }
        self.put_behind.insert(block.id.clone(), after.clone());
        self.blocks.insert(at, block);
        Ok(())
    }

    /// Whether edits put `id` behind `after`, or behind a block that they put there.
    fn follows(&self, id: &BlockId, after: &BlockId) -> bool {
        let mut id = id;
        for _ in 0..=self.put_behind.len() {
            match self.put_behind.get(id) {
                Some(behind) if behind == after => return true,
                Some(behind) => id = behind,
                None => return false,
            }
        }
        false
    }
}

/// The text in one line, with single spaces and without control characters.
fn one_line(text: &str) -> Result<String, Skip> {
    let line = text
        .split(|c: char| c.is_whitespace() || c.is_control())
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ");
    if line.is_empty() { Err(Skip::EmptyText) } else { Ok(line) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{Evidence, SectionKind};

    fn block(n: usize, kind: BlockKind, section: Option<&str>, text: &str) -> Block {
        Block {
            id: BlockId::nth(n),
            kind,
            section: section.map(str::to_owned),
            section_kind: section.map(|_| SectionKind::Work),
            text: text.to_owned(),
            origin: Origin::Lines { first: 1, last: 1 },
        }
    }

    fn resume() -> Resume {
        Resume {
            blocks: vec![
                block(1, BlockKind::Name, None, "Odd Nansen"),
                block(2, BlockKind::Contact, None, "odd@example.com"),
                block(3, BlockKind::SectionHeading, Some("Work"), "Work"),
                block(4, BlockKind::Bullet, Some("Work"), "Mended nets"),
                block(5, BlockKind::Bullet, Some("Work"), "Sold herring"),
                block(6, BlockKind::SectionHeading, Some("Skills"), "Skills"),
                block(7, BlockKind::SkillsLine, Some("Skills"), "Knots, oars"),
            ],
            language: Some("en".to_owned()),
            warnings: Vec::new(),
        }
    }

    fn edit(n: usize, change: Change) -> Edit {
        Edit {
            id: EditId::nth(n),
            change,
            evidence: vec![Evidence { block: BlockId::nth(4), quote: None }],
            requirement: None,
            reason: String::new(),
        }
    }

    fn rewrite(n: usize, block: &str, text: &str) -> Edit {
        edit(n, Change::Rewrite { block: block.into(), text: text.to_owned() })
    }

    fn remove(n: usize, block: &str) -> Edit {
        edit(n, Change::Remove { block: block.into() })
    }

    fn shift(n: usize, block: &str, after: &str) -> Edit {
        edit(n, Change::Move { block: block.into(), after: after.into() })
    }

    fn insert(n: usize, after: &str, text: &str) -> Edit {
        edit(n, Change::Insert { after: after.into(), kind: BlockKind::Bullet, text: text.to_owned() })
    }

    fn order(applied: &Applied) -> String {
        applied.resume.blocks.iter().map(|block| block.id.as_str()).collect::<Vec<_>>().join(" ")
    }

    fn skips(applied: &Applied) -> Vec<(&str, Skip)> {
        applied.skipped.iter().map(|skipped| (skipped.edit.as_str(), skipped.why)).collect()
    }

    #[test]
    fn rewrites_to_one_line_and_moves_the_same_block() {
        let applied =
            apply(&resume(), &[rewrite(1, "b4", " Mended\n  nets\tby hand "), shift(2, "b4", "b7")]);
        assert_eq!(order(&applied), "b1 b2 b3 b5 b6 b7 b4");
        let moved = &applied.resume.blocks[6];
        assert_eq!(moved.text, "Mended nets by hand");
        assert_eq!(moved.section.as_deref(), Some("Skills"));
        assert!(applied.skipped.is_empty());
    }

    #[test]
    fn inserts_stand_in_the_order_of_their_edits() {
        let applied =
            apply(&resume(), &[insert(1, "b4", "One"), insert(2, "b4", "Two"), insert(3, "n-e1", "Inner")]);
        assert_eq!(order(&applied), "b1 b2 b3 b4 n-e1 n-e3 n-e2 b5 b6 b7");
        let new = &applied.resume.blocks[4];
        assert_eq!((new.section.as_deref(), &new.origin), (Some("Work"), &Origin::Nowhere));
    }

    #[test]
    fn a_block_stays_where_it_went_when_the_one_before_it_is_removed() {
        let applied = apply(&resume(), &[shift(1, "b7", "b4"), remove(2, "b4")]);
        assert_eq!(order(&applied), "b1 b2 b3 b7 b5 b6");
        assert!(applied.skipped.is_empty());
    }

    #[test]
    fn tells_what_it_skipped() {
        let applied = apply(
            &resume(),
            &[
                rewrite(1, "b4", "Mended many nets"),
                rewrite(2, "b4", "Again"),
                remove(3, "b5"),
                rewrite(4, "b5", "Gone"),
                insert(5, "b5", "Behind nothing"),
                shift(6, "b4", "b4"),
                rewrite(7, "b7", " \n "),
                rewrite(8, "b1", "Somebody else"),
                remove(9, "b2"),
                insert(10, "b99", "Nowhere"),
            ],
        );
        assert_eq!(
            skips(&applied),
            [
                ("e2", Skip::AlreadyRewritten),
                ("e4", Skip::NoSuchBlock),
                ("e5", Skip::NoSuchBlock),
                ("e6", Skip::BehindItself),
                ("e7", Skip::EmptyText),
                ("e8", Skip::StaysHere),
                ("e9", Skip::StaysHere),
                ("e10", Skip::NoSuchBlock),
            ]
        );
    }

    #[test]
    fn two_inserts_of_one_name_make_one_block() {
        let applied = apply(&resume(), &[insert(1, "b4", "One"), insert(1, "b5", "Two")]);
        assert_eq!(skips(&applied), [("e1", Skip::AlreadyThere)]);
    }

    fn any_id() -> impl Strategy<Value = BlockId> {
        prop_oneof![
            8 => (0_usize..9).prop_map(BlockId::nth),
            2 => (1_usize..6).prop_map(|n| EditId::nth(n).inserted_block()),
            1 => ".{0,4}".prop_map(BlockId::from),
        ]
    }

    fn any_edit() -> impl Strategy<Value = Edit> {
        let kind = prop_oneof![
            Just(BlockKind::Bullet),
            Just(BlockKind::SectionHeading),
            Just(BlockKind::Name),
            Just(BlockKind::Paragraph)
        ];
        let change = prop_oneof![
            (any_id(), ".{0,12}").prop_map(|(block, text)| Change::Rewrite { block, text }),
            any_id().prop_map(|block| Change::Remove { block }),
            (any_id(), any_id()).prop_map(|(block, after)| Change::Move { block, after }),
            (any_id(), kind, ".{0,12}").prop_map(|(after, kind, text)| Change::Insert { after, kind, text }),
        ];
        (1_usize..6, change).prop_map(|(n, change)| edit(n, change))
    }

    proptest! {
        #[test]
        fn no_edit_is_identity(language in proptest::option::of("[a-z]{2}")) {
            let original = Resume { language, ..resume() };
            let applied = apply(&original, &[]);
            prop_assert_eq!(applied.resume, original);
            prop_assert!(applied.skipped.is_empty());
        }

        #[test]
        fn rejecting_everything_gives_the_original(edits in prop::collection::vec(any_edit(), 0..12)) {
            let original = resume();
            let _ = apply(&original, &edits);
            let accepted: Vec<Edit> = edits.into_iter().filter(|_| false).collect();
            prop_assert_eq!(apply(&original, &accepted).resume, original);
        }

        #[test]
        fn untouched_blocks_stay_equal_and_ids_stay_unique(edits in prop::collection::vec(any_edit(), 0..20)) {
            let original = resume();
            let applied = apply(&original, &edits);
            let named: HashSet<&BlockId> = edits
                .iter()
                .filter(|edit| !matches!(edit.change, Change::Insert { .. }))
                .map(|edit| edit.change.block())
                .collect();
            for block in &original.blocks {
                if !named.contains(&block.id) || block.kind.stays_here() {
                    prop_assert_eq!(applied.resume.block(&block.id), Some(block));
                }
            }
            let ids: HashSet<&BlockId> = applied.resume.blocks.iter().map(|block| &block.id).collect();
            prop_assert_eq!(ids.len(), applied.resume.blocks.len());
            prop_assert!(applied.resume.blocks.iter().all(|block| !block.text.contains('\n')));
            prop_assert!(applied.skipped.len() <= edits.len());
        }
    }
}

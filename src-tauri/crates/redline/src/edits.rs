//! From edits of blocks to changes of paragraphs.

use std::collections::{HashMap, HashSet};

use resume::{BlockId, BlockKind, Change, Edit, EditId, Origin, Resume};

use crate::mark::Marks;
use crate::package::Package;
use crate::part::look_through;
use crate::sheet::{Like, Sheet, Spot};
use crate::{LeftAlone, RedlineError, Style, Why, comments};

/// The parts at work, and where each block stands in them.
pub(crate) struct Desk {
    sheets: Vec<(String, Sheet)>,
    spots: HashMap<BlockId, Result<(usize, Spot), Why>>,
    /// Blocks whose paragraphs hold other blocks too.
    shared: HashSet<BlockId>,
    /// Blocks behind which another block of the same paragraph stands.
    followed: HashSet<BlockId>,
}

impl Desk {
    pub(crate) fn lay(package: &mut Package<'_>, resume: &Resume) -> Result<Self, RedlineError> {
        let mut desk = Self {
            sheets: Vec::new(),
            spots: HashMap::new(),
            shared: HashSet::new(),
            followed: HashSet::new(),
        };
        // Where the last block of a paragraph ended: lines of one paragraph are found one behind the other.
        let mut ends: HashMap<(usize, u32, u32), usize> = HashMap::new();
        let mut owners: HashMap<(usize, u32), BlockId> = HashMap::new();
        for block in &resume.blocks {
            let Origin::Paragraphs { part, first, last } = &block.origin else {
                desk.spots.insert(block.id.clone(), Err(Why::NotInDocument));
                continue;
            };
            let known = desk.sheets.iter().position(|(name, _)| name == part);
            let sheet = if let Some(sheet) = known {
                sheet
            } else {
                let Some(xml) = package.part(part)? else {
                    desk.spots.insert(block.id.clone(), Err(Why::NotInDocument));
                    continue;
                };
                let looked = look_through(&xml).map_err(|_| RedlineError::Xml)?;
                desk.sheets.push((part.clone(), Sheet::new(xml, looked)));
                desk.sheets.len() - 1
            };
            let start = ends.get(&(sheet, *first, *last)).copied().unwrap_or(0);
            let find = |start| desk.sheets[sheet].1.find(&block.text, *first, *last, start);
            let spot = find(start).or_else(|| find(0));
            if let Some(spot) = &spot {
                ends.insert((sheet, *first, *last), spot.end());
            }
            for paragraph in *first..=*last {
                if let Some(other) = owners.insert((sheet, paragraph), block.id.clone()) {
                    desk.shared.extend([other.clone(), block.id.clone()]);
                    desk.followed.insert(other);
                }
            }
            desk.spots.insert(block.id.clone(), spot.map(|spot| (sheet, spot)).ok_or(Why::NotFound));
        }
        Ok(desk)
    }

    /// Takes the edits that can be made; each is made whole or not at all.
    pub(crate) fn take(&mut self, resume: &Resume, edits: &[Edit]) -> (Vec<EditId>, Vec<LeftAlone>) {
        let applied = resume::apply(resume, edits);
        let skipped: HashSet<&EditId> = applied.skipped.iter().map(|skipped| &skipped.edit).collect();
        let mut refused: HashMap<EditId, Why> = HashMap::new();
        for edit in edits {
            let result = match &edit.change {
                _ if skipped.contains(&edit.id) => Err(Why::DoesNotApply),
                Change::Rewrite { block, text } => self.rewrite(resume, block, text, &edit.reason),
                Change::Remove { block } => self.can_remove(block),
                Change::Move { block, after } => self.can_move(resume, block, after),
                Change::Insert { after, kind, .. } => self.can_insert(resume, after, *kind, edits),
            };
            if let Err(why) = result {
                refused.insert(edit.id.clone(), why);
            }
        }
        // Only now is it known which edits count; the order of blocks follows from those alone.
        loop {
            let counted: Vec<Edit> =
                edits.iter().filter(|edit| !refused.contains_key(&edit.id)).cloned().collect();
            let applied = resume::apply(resume, &counted);
            // What hung on an edit that was left alone is left alone too.
            let Some(first) = applied.skipped.first() else {
                self.place_all(resume, &applied.resume, &counted);
                break;
            };
            refused.insert(first.edit.clone(), Why::DoesNotApply);
        }
        let made = edits.iter().filter(|edit| !refused.contains_key(&edit.id));
        let left = edits.iter().filter_map(|edit| {
            refused.get(&edit.id).map(|why| LeftAlone { edit: edit.id.clone(), why: *why })
        });
        (made.map(|edit| edit.id.clone()).collect(), left.collect())
    }

    fn spot(&self, block: &BlockId) -> Result<(usize, &Spot), Why> {
        match self.spots.get(block) {
            Some(Ok((sheet, spot))) => Ok((*sheet, spot)),
            Some(Err(why)) => Err(*why),
            None => Err(Why::NotInDocument),
        }
    }

    fn rewrite(&mut self, resume: &Resume, block: &BlockId, text: &str, reason: &str) -> Result<(), Why> {
        let old = resume.block(block).map(|block| block.text.clone()).ok_or(Why::DoesNotApply)?;
        let new = text.split_whitespace().collect::<Vec<_>>().join(" ");
        match self.spots.get(block) {
            Some(Ok((sheet, spot))) => self.sheets[*sheet].1.rewrite(spot, &old, &new, reason),
            Some(Err(why)) => Err(*why),
            None => Err(Why::NotInDocument),
        }
    }

    fn can_remove(&self, block: &BlockId) -> Result<(), Why> {
        // A block that an edit inserted is simply not put in.
        let Some(spot) = self.spots.get(block) else { return Ok(()) };
        let (sheet, spot) = spot.as_ref().map_err(|why| *why)?;
        if self.shared.contains(block) { Ok(()) } else { self.sheets[*sheet].1.can_leave(spot) }
    }

    fn can_move(&self, resume: &Resume, block: &BlockId, after: &BlockId) -> Result<(), Why> {
        if resume.block(block).is_none() {
            return Ok(());
        }
        let (sheet, spot) = self.spot(block)?;
        if self.shared.contains(block) {
            return Err(Why::SharedParagraph);
        }
        self.sheets[sheet].1.can_leave(spot)?;
        self.can_follow(resume, after, Some(sheet))
    }

    fn can_insert(
        &self,
        resume: &Resume,
        after: &BlockId,
        kind: BlockKind,
        edits: &[Edit],
    ) -> Result<(), Why> {
        if resume.block(after).is_none() {
            // Behind a new block: as that one fares.
            let known = edits.iter().any(|edit| edit.id.inserted_block() == *after);
            return if known { Ok(()) } else { Err(Why::DoesNotApply) };
        }
        self.can_follow(resume, after, None)?;
        let (sheet, _) = self.spot(after)?;
        self.model(resume, after, kind, sheet).map(|_| ()).ok_or(Why::NoModel)
    }

    /// Whether a paragraph may come in behind the block.
    fn can_follow(&self, resume: &Resume, after: &BlockId, sheet: Option<usize>) -> Result<(), Why> {
        if resume.block(after).is_none() {
            return Ok(());
        }
        let (of, _) = self.spot(after)?;
        if sheet.is_some_and(|sheet| sheet != of) {
            return Err(Why::NotInDocument);
        }
        if self.followed.contains(after) { Err(Why::SharedParagraph) } else { Ok(()) }
    }

    /// The looks for a new block: those of the block that it follows where that is of its kind, else of the next
    /// of its kind, else of one above, else of the block that it follows.
    fn model(&self, resume: &Resume, after: &BlockId, kind: BlockKind, sheet: usize) -> Option<Like> {
        let at = resume.position(after)?;
        let (above, below) = resume.blocks.split_at(at + 1);
        let section = &resume.blocks[at].section;
        let near = above.iter().rev().take(1).chain(below).filter(|block| block.section == *section);
        let candidates = near.chain(above.iter().rev()).chain(below).filter(|block| block.kind == kind);
        candidates.chain(above.last()).find_map(|block| {
            let (of, spot) = self.spot(&block.id).ok()?;
            if of != sheet || self.shared.contains(&block.id) && block.kind == BlockKind::Bullet {
                return None;
            }
            let mut like = self.sheets[of].1.like(spot)?;
            if self.shared.contains(&block.id) || block.kind != kind || kind != BlockKind::Bullet {
                like.sign.clear();
            }
            Some(like)
        })
    }

    /// Puts moved and new blocks where the result has them, and takes out what it has not.
    fn place_all(&mut self, original: &Resume, result: &Resume, edits: &[Edit]) {
        let reason = |wanted: &dyn Fn(&Change) -> bool| {
            let edit = edits.iter().rev().find(|edit| wanted(&edit.change));
            edit.map_or_else(String::new, |edit| edit.reason.clone())
        };
        for block in original.blocks.iter().filter(|block| result.block(&block.id).is_none()) {
            let why = reason(&|change| matches!(change, Change::Remove { block: of } if *of == block.id));
            let Some(Ok((sheet, spot))) = self.spots.get(&block.id) else { continue };
            let sheet = &mut self.sheets[*sheet].1;
            // It was asked before whether it can go.
            let _ = if self.shared.contains(&block.id) {
                sheet.cut(spot, &why)
            } else {
                sheet.remove(spot, &why)
            };
        }
        let moved: HashSet<&BlockId> = edits
            .iter()
            .filter_map(|edit| match &edit.change {
                Change::Move { block, .. } => Some(block),
                _ => None,
            })
            .collect();
        let mut anchor: Option<(&BlockId, usize, usize)> = None;
        for block in &result.blocks {
            let is_new = original.block(&block.id).is_none();
            if !is_new && !moved.contains(&block.id) {
                if let Ok((sheet, spot)) = self.spot(&block.id) {
                    anchor = Some((&block.id, sheet, spot.paragraphs.end - 1));
                }
                continue;
            }
            let Some((above, sheet, paragraph)) = anchor else { continue };
            if is_new {
                let edit = edits.iter().find(|edit| edit.id.inserted_block() == block.id);
                let Some(like) = self.model(original, above, block.kind, sheet) else { continue };
                let why = edit.map_or("", |edit| edit.reason.as_str());
                self.sheets[sheet].1.insert(paragraph, like, &block.text, why);
            } else {
                let why =
                    reason(&|change| matches!(change, Change::Move { block: of, .. } if *of == block.id));
                if let Some(Ok((_, spot))) = self.spots.get(&block.id) {
                    let _ = self.sheets[sheet].1.set_behind(spot, paragraph, &why);
                }
            }
        }
    }

    /// The parts as they are now, and those that comments need.
    pub(crate) fn write(
        &self,
        package: &mut Package<'_>,
        style: &Style,
    ) -> Result<Vec<(String, String)>, RedlineError> {
        let mut parts = Vec::new();
        let mut next = 0;
        for (name, _) in &self.sheets {
            next = next.max(comments::highest(package, name)?);
        }
        for (name, sheet) in &self.sheets {
            let mut marks = Marks::new(style, next.max(sheet.highest_id()));
            let xml = sheet.write(&mut marks);
            if package.part(name)?.is_some_and(|old| old == xml) {
                continue;
            }
            next = marks.next_id();
            parts.push((name.clone(), xml));
            parts.extend(comments::add(package, name, &marks.comments_xml())?);
        }
        Ok(parts)
    }
}

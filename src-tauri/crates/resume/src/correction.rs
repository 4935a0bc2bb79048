//! What the user corrects in a reading: the kind of a block, its text, where blocks begin and end, their order.
//!
//! 1. The page [`Asks`](Ask) by block id; [`Correction::of`] makes of it something that outlives the ids.
//! 2. [`correct`] applies corrections one after the other: pure and total. Each finds its block by an [`Anchor`], kind
//!    and text, in what the corrections before it left; so they can be applied again when the same file is read anew.
//! 3. One that no longer fits is reported as a [`Misfit`] and leaves everything as it is.
//!
//! Ids stay: joined blocks keep the first one's, split ones keep it for the first half, and the second half of `b7` is
//! `s-b7`.

use serde::{Deserialize, Serialize};
use thiserror::Error;
use ts_rs::TS;

use crate::{Block, BlockId, BlockKind, Origin, Resume, SectionKind};

/// The longest text of a corrected block, in bytes.
pub const LONGEST_BLOCK: usize = 20_000;

/// Names a block by what it says, so that it is found again in another reading.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Anchor {
    /// Its kind.
    pub kind: BlockKind,
    /// Its text.
    pub text: String,
    /// How many blocks of the same kind and text stand before it.
    #[serde(default)]
    pub occurrence: usize,
}

/// What is changed about a block.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "fix", rename_all = "snake_case")]
pub enum Fix {
    /// It is of another kind.
    Kind {
        /// That kind.
        kind: BlockKind,
        /// What the section is about, where it became a heading and that is known.
        #[serde(default)]
        section: Option<SectionKind>,
    },
    /// It has another text.
    Text {
        /// That text.
        text: String,
    },
    /// The block behind it belongs to it.
    Join {
        /// The text of the block behind it.
        with: String,
    },
    /// It is two blocks.
    Split {
        /// The text of the first.
        first: String,
        /// The text of the second.
        second: String,
    },
    /// It stands elsewhere.
    Move {
        /// The block that it follows; `None`: it is the first.
        after: Option<Anchor>,
    },
    /// It is not part of the resume.
    Delete,
    /// It is as it was read: the user looked, and a doubt about it is settled.
    Keep,
}

/// One correction.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Correction {
    /// The block that it is about.
    pub block: Anchor,
    /// What is changed.
    #[serde(flatten)]
    pub fix: Fix,
}

/// A correction as the page asks for it, by block id.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "do", rename_all = "snake_case")]
pub enum Ask {
    /// Makes it a block of another kind.
    Kind {
        /// The block.
        block: BlockId,
        /// The kind.
        kind: BlockKind,
    },
    /// Gives it another text.
    Text {
        /// The block.
        block: BlockId,
        /// The text; made one line.
        text: String,
    },
    /// Joins it with the block behind it.
    JoinNext {
        /// The block.
        block: BlockId,
    },
    /// Joins it with the block before it.
    JoinAbove {
        /// The block.
        block: BlockId,
    },
    /// Makes two blocks of it.
    Split {
        /// The block.
        block: BlockId,
        /// Where the second begins, in bytes of the text.
        at: usize,
    },
    /// Moves it before the block above it.
    Up {
        /// The block.
        block: BlockId,
    },
    /// Moves it behind the block below it.
    Down {
        /// The block.
        block: BlockId,
    },
    /// Takes it out.
    Delete {
        /// The block.
        block: BlockId,
    },
    /// Says that it was read right.
    Keep {
        /// The block.
        block: BlockId,
    },
}

/// Why a correction cannot be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum Impossible {
    /// The id names no block.
    #[error("There is no such block any more.")]
    NoBlock,
    /// There is no block to join it with, or to move it past.
    #[error("There is no block on that side of it.")]
    NoNeighbour,
    /// One of the blocks would be empty.
    #[error("A block needs at least one word.")]
    Empty,
    /// The text is longer than [`LONGEST_BLOCK`].
    #[error("This is too long for one block of a resume.")]
    TooLong,
}

/// A resume with corrections in it.
#[derive(Clone, Debug, PartialEq)]
pub struct Corrected {
    /// The resume.
    pub resume: Resume,
    /// Blocks that were taken out, in the order of the corrections.
    pub removed: Vec<Removed>,
    /// Corrections that do not fit.
    pub misfits: Vec<Misfit>,
    /// Blocks that a correction was about: the user looked at them.
    pub seen: Vec<BlockId>,
}

/// A block that a correction took out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Removed {
    /// Place of the correction among all, from 0: without it the block is back.
    pub correction: usize,
    /// Its kind.
    pub kind: BlockKind,
    /// Its text.
    pub text: String,
}

/// A correction that does not fit what was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Misfit {
    /// Place of the correction among all, from 0.
    pub correction: usize,
    /// What it was to do, in one plain sentence for the user.
    pub told: String,
}

impl Anchor {
    /// The anchor of the block at this place.
    fn at(blocks: &[Block], place: usize) -> Self {
        let Block { kind, text, .. } = &blocks[place];
        let same = |block: &&Block| block.kind == *kind && block.text == *text;
        Self { kind: *kind, text: text.clone(), occurrence: blocks[..place].iter().filter(same).count() }
    }

    /// Where the block stands: the one of the same kind and text that is the same occurrence; else the only one of the
    /// same text; else the only one of the same letters.
    fn find(&self, blocks: &[Block]) -> Option<usize> {
        let places = |same: &dyn Fn(&Block) -> bool| -> Vec<usize> {
            blocks.iter().enumerate().filter(|(_, block)| same(block)).map(|(place, _)| place).collect()
        };
        let exact = places(&|block| block.kind == self.kind && block.text == self.text);
        if let Some(place) = exact.get(self.occurrence).or(exact.last()) {
            return Some(*place);
        }
        let letters = letters(&self.text);
        let only = |found: Vec<usize>| if let [place] = found[..] { Some(place) } else { None };
        only(places(&|block| block.text == self.text))
            .or_else(|| only(places(&|block| self::letters(&block.text) == letters)))
    }
}

/// Letters and digits alone, in lower case.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// On one line, without spaces at its ends.
fn one_line(text: &str) -> Result<String, Impossible> {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.len() {
        0 => Err(Impossible::Empty),
        length if length > LONGEST_BLOCK => Err(Impossible::TooLong),
        _ => Ok(line),
    }
}

impl Ask {
    fn block(&self) -> &BlockId {
        match self {
            Self::Kind { block, .. }
            | Self::Text { block, .. }
            | Self::JoinNext { block }
            | Self::JoinAbove { block }
            | Self::Split { block, .. }
            | Self::Up { block }
            | Self::Down { block }
            | Self::Delete { block }
            | Self::Keep { block } => block,
        }
    }
}

impl Correction {
    /// What the page asks for, about a resume as it is corrected so far. `section` tells what a section of that heading
    /// is about, where that is known.
    ///
    /// # Errors
    ///
    /// [`Impossible`], where there is nothing like it to do.
    pub fn of(
        resume: &Resume,
        ask: &Ask,
        section: impl Fn(&str) -> Option<SectionKind>,
    ) -> Result<Self, Impossible> {
        let blocks = &resume.blocks;
        let place = resume.position(ask.block()).ok_or(Impossible::NoBlock)?;
        let about = |place: usize, fix| Ok(Self { block: Anchor::at(blocks, place), fix });
        let join = |place: usize| {
            let with = blocks.get(place + 1).ok_or(Impossible::NoNeighbour)?.text.clone();
            about(place, Fix::Join { with })
        };
        match ask {
            Ask::Kind { kind, .. } => {
                let section =
                    if *kind == BlockKind::SectionHeading { section(&blocks[place].text) } else { None };
                about(place, Fix::Kind { kind: *kind, section })
            }
            Ask::Text { text, .. } => about(place, Fix::Text { text: one_line(text)? }),
            Ask::JoinNext { .. } => join(place),
            Ask::JoinAbove { .. } => join(place.checked_sub(1).ok_or(Impossible::NoNeighbour)?),
            Ask::Split { at, .. } => {
                let text = &blocks[place].text;
                let (first, second) = text.split_at_checked(*at).ok_or(Impossible::Empty)?;
                about(place, Fix::Split { first: one_line(first)?, second: one_line(second)? })
            }
            Ask::Up { .. } => {
                let above = place.checked_sub(1).ok_or(Impossible::NoNeighbour)?;
                let after = above.checked_sub(1).map(|place| Anchor::at(blocks, place));
                about(place, Fix::Move { after })
            }
            Ask::Down { .. } => {
                if place + 1 == blocks.len() {
                    return Err(Impossible::NoNeighbour);
                }
                about(place, Fix::Move { after: Some(Anchor::at(blocks, place + 1)) })
            }
            Ask::Delete { .. } => about(place, Fix::Delete),
            Ask::Keep { .. } => about(place, Fix::Keep),
        }
    }

    /// What it was to do, for the user.
    fn told(&self) -> String {
        let mut opening: String = self.block.text.split(' ').take(6).collect::<Vec<_>>().join(" ");
        if opening.len() < self.block.text.len() {
            opening.push('…');
        }
        let did = match &self.fix {
            Fix::Kind { .. } => "was given another kind",
            Fix::Text { .. } => "was reworded",
            Fix::Join { .. } => "was joined with the next block",
            Fix::Split { .. } => "was split in two",
            Fix::Move { .. } => "was moved",
            Fix::Delete => "was taken out",
            Fix::Keep => "was looked at",
        };
        format!("“{opening}” {did}, but it is not read like that any more.")
    }
}

/// Applies corrections, one after the other. Without any, the resume is the same to the byte.
pub fn correct(resume: &Resume, corrections: &[Correction]) -> Corrected {
    let mut blocks = resume.blocks.clone();
    let (mut removed, mut misfits, mut seen) = (Vec::new(), Vec::new(), Vec::new());
    for (nth, correction) in corrections.iter().enumerate() {
        seen.extend(correction.block.find(&blocks).map(|place| blocks[place].id.clone()));
        match apply_one(&mut blocks, correction) {
            Ok(Some(Block { kind, text, .. })) => removed.push(Removed { correction: nth, kind, text }),
            Ok(None) => {}
            Err(NoFit) if already_so(&blocks, correction) => {}
            Err(NoFit) => misfits.push(Misfit { correction: nth, told: correction.told() }),
        }
    }
    Corrected { resume: Resume { blocks, ..resume.clone() }, removed, misfits, seen }
}

/// What a correction is about is not there.
struct NoFit;

/// The block that was taken out, where one was.
fn apply_one(
    blocks: &mut Vec<Block>,
    Correction { block, fix }: &Correction,
) -> Result<Option<Block>, NoFit> {
    let place = block.find(blocks).ok_or(NoFit)?;
    let heading = |block: &Block| block.kind == BlockKind::SectionHeading;
    let mut headings_changed = heading(&blocks[place]);
    let mut taken_out = None;
    match fix {
        Fix::Kind { kind, section } => {
            blocks[place].kind = *kind;
            if *kind == BlockKind::SectionHeading && !headings_changed {
                blocks[place].section_kind = Some(section.unwrap_or(SectionKind::Other));
            }
            headings_changed |= heading(&blocks[place]);
        }
        Fix::Text { text } => blocks[place].text.clone_from(text),
        Fix::Join { with } => {
            if letters(&blocks.get(place + 1).ok_or(NoFit)?.text) != letters(with) {
                return Err(NoFit);
            }
            let next = blocks.remove(place + 1);
            headings_changed |= heading(&next);
            let first = &mut blocks[place];
            first.text = joined(&first.text, &next.text);
            first.origin = spanned(&first.origin, &next.origin);
        }
        Fix::Split { first, second } => {
            if letters(&blocks[place].text) != letters(first) + &letters(second) {
                return Err(NoFit);
            }
            let mut half = blocks[place].clone();
            half.id = free_id(blocks, &half.id);
            half.text.clone_from(second);
            blocks[place].text.clone_from(first);
            blocks.insert(place + 1, half);
        }
        Fix::Move { after } => {
            let to = match after {
                None => 0,
                Some(after) => after.find(blocks).ok_or(NoFit)? + 1,
            };
            // Out of its place, what stands behind it moves up by one.
            let to = if to > place { to - 1 } else { to };
            let block = blocks.remove(place);
            blocks.insert(to, block);
            if !headings_changed {
                let (section, kind) = to.checked_sub(1).map_or((None, None), |above| {
                    (blocks[above].section.clone(), blocks[above].section_kind)
                });
                blocks[to].section = section;
                blocks[to].section_kind = kind;
            }
        }
        Fix::Delete => taken_out = Some(blocks.remove(place)),
        Fix::Keep => return Ok(None),
    }
    if headings_changed {
        put_under_headings(blocks);
    }
    Ok(taken_out)
}

/// Whether the reading does by itself what the correction asks for.
fn already_so(blocks: &[Block], correction: &Correction) -> bool {
    let stands = |text: &str| blocks.iter().any(|block| block.text == *text);
    match &correction.fix {
        Fix::Text { text } => stands(text),
        Fix::Join { with } => stands(&joined(&correction.block.text, with)),
        Fix::Split { first, second } => {
            blocks.windows(2).any(|pair| pair[0].text == *first && pair[1].text == *second)
        }
        Fix::Kind { .. } | Fix::Move { .. } | Fix::Delete => false,
        // Nothing was changed, so nothing is lost; the new reading may have a doubt of its own.
        Fix::Keep => true,
    }
}

/// A hyphen at the end of a line holds on to what follows.
fn joined(first: &str, second: &str) -> String {
    let mut back = first.chars().rev();
    let hyphened = back.next() == Some('-') && back.next().is_some_and(char::is_alphanumeric);
    format!("{first}{}{second}", if hyphened { "" } else { " " })
}

fn free_id(blocks: &[Block], id: &BlockId) -> BlockId {
    let mut id = BlockId::from(format!("s-{id}"));
    while blocks.iter().any(|block| block.id == id) {
        id = BlockId::from(format!("s-{id}"));
    }
    id
}

/// Each block stands in the section of the last heading above it.
fn put_under_headings(blocks: &mut [Block]) {
    let (mut section, mut kind) = (None, None);
    for block in blocks {
        if block.kind == BlockKind::SectionHeading {
            section = Some(block.text.clone());
            kind = Some(block.section_kind.unwrap_or(SectionKind::Other));
        }
        block.section.clone_from(&section);
        block.section_kind = kind;
    }
}

/// Where a block came from that two were joined into: both places, where one can name them.
fn spanned(first: &Origin, second: &Origin) -> Origin {
    match (first, second) {
        (Origin::Lines { first, last }, Origin::Lines { first: other, last: end }) => {
            Origin::Lines { first: *first.min(other), last: *last.max(end) }
        }
        (
            Origin::Paragraphs { part, first, last },
            Origin::Paragraphs { part: other, first: start, last: end },
        ) if part == other => {
            Origin::Paragraphs { part: part.clone(), first: *first.min(start), last: *last.max(end) }
        }
        (
            Origin::Page { page, x, y, width, height },
            Origin::Page { page: other, x: x2, y: y2, width: width2, height: height2 },
        ) if page == other => {
            let (left, top) = (x.min(*x2), y.min(*y2));
            let (right, bottom) = ((x + width).max(x2 + width2), (y + height).max(y2 + height2));
            Origin::Page { page: *page, x: left, y: top, width: right - left, height: bottom - top }
        }
        _ => first.clone(),
    }
}

#[cfg(test)]
mod tests;

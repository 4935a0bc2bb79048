//! Which blocks of a section make an entry.

use super::facts::{HeadLine, Pieces};
use super::places::Known;
use super::{Entry, Hint, lexicon};
use crate::{Block, BlockId, BlockKind, SectionKind, dates};

/// The blocks that belong to no entry, and the entries.
pub(super) fn read(
    blocks: &[&Block],
    kind: SectionKind,
    hints: &[Hint],
    known: &Known,
) -> (Vec<BlockId>, Vec<Entry>) {
    let mut loose = Vec::new();
    let mut groups: Vec<(Vec<&Block>, Vec<BlockId>)> = Vec::new();
    let mut at = 0;
    while at < blocks.len() {
        let block = blocks[at];
        if block.kind != BlockKind::EntryHeading {
            match groups.last_mut() {
                Some((_, below)) => below.push(block.id.clone()),
                None => loose.push(block.id.clone()),
            }
            at += 1;
            continue;
        }
        let run = blocks[at..].iter().take_while(|block| block.kind == BlockKind::EntryHeading).count();
        for heading in split(&blocks[at..at + run], hints) {
            groups.push((heading, Vec::new()));
        }
        at += run;
    }
    let mut places = Known::with(known);
    let pieces: Vec<Pieces> = groups
        .iter()
        .map(|(heading, _)| {
            let lines: Vec<HeadLine<'_>> =
                heading.iter().copied().map(|block| head_line(block, hints)).collect();
            let pieces = Pieces::of(&lines, known);
            if let Some(place) = pieces.place().filter(|place| !lexicon::is_anywhere(place)) {
                places.learn(place);
                if let Some((town, _)) = place.split_once(',') {
                    places.learn(town);
                }
            }
            pieces
        })
        .collect();
    // One person writes all entries of a section in one order.
    let swap: i32 = pieces.iter().map(Pieces::swapped).sum();
    let entries = pieces
        .into_iter()
        .zip(groups)
        .map(|(pieces, (heading, below))| {
            let own = pieces.swapped();
            let swap = if own.abs() >= 3 { own > 0 } else { swap > 0 };
            let mut entry = pieces.settle(kind, swap, &places);
            entry.heading = heading.iter().map(|block| block.id.clone()).collect();
            entry.blocks = below;
            entry
        })
        .collect();
    (loose, entries)
}

fn head_line<'r>(block: &'r Block, hints: &[Hint]) -> HeadLine<'r> {
    let seams = hints
        .iter()
        .find(|hint| hint.block == block.id)
        .map(|hint| hint.seams.iter().map(|seam| *seam as usize).collect())
        .unwrap_or_default();
    HeadLine { text: &block.text, seams }
}

/// Cuts lines of headings that follow one another to entries.
fn split<'r>(run: &[&'r Block], hints: &[Hint]) -> Vec<Vec<&'r Block>> {
    let opens = |block: &Block| hints.iter().any(|hint| hint.opens && hint.block == block.id);
    let told = run.iter().any(|block| opens(block));
    let dated: Vec<bool> = run.iter().map(|block| !dates::spans(&block.text).is_empty()).collect();
    let count = dated.iter().filter(|dated| **dated).count();
    let mut out: Vec<Vec<&Block>> = Vec::new();
    for (at, block) in run.iter().copied().enumerate() {
        let new = match out.last() {
            None => true,
            Some(_) if told => opens(block),
            Some(_) if count <= 1 => false,
            // Dates on the first line of each entry, or on its last.
            Some(_) if dated[0] => dated[at],
            Some(_) => dated[at - 1],
        };
        match out.last_mut() {
            Some(last) if !new => last.push(block),
            _ => out.push(vec![block]),
        }
    }
    out
}

//! Where the text of a block stands in the runs of its paragraphs.
//!
//! A block's text is the paragraph's with spaces made one, list signs and unseen characters left out. So only
//! the characters that are seen are compared, in Unicode's compatibility form, and spaces fall where they may.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;

use crate::part::{Paragraph, Piece};

/// A character of a paragraph, or a tab or break in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Atom {
    /// Which of the paragraphs.
    pub(crate) paragraph: usize,
    /// Which run of it.
    pub(crate) run: usize,
    /// Which piece of the run.
    pub(crate) piece: usize,
    /// Which byte of the piece's text; 0 for a tab or a break.
    pub(crate) byte: usize,
    /// The character; `\t` for a tab, `\n` for a break.
    pub(crate) sign: char,
}

/// All that is read of some paragraphs, in order.
pub(crate) fn atoms(paragraphs: &[&Paragraph]) -> Vec<Atom> {
    let mut atoms = Vec::new();
    for (p, paragraph) in paragraphs.iter().enumerate() {
        for (r, run) in paragraph.runs.iter().enumerate().filter(|(_, run)| !run.hidden) {
            for (n, piece) in run.pieces.iter().enumerate() {
                let mut push = |byte, sign| atoms.push(Atom { paragraph: p, run: r, piece: n, byte, sign });
                match piece {
                    Piece::Text(text) => text.char_indices().for_each(|(byte, sign)| push(byte, sign)),
                    Piece::Tab(_) => push(0, '\t'),
                    Piece::Break(_) => push(0, '\n'),
                    Piece::Other(_, Some(sign)) => push(0, *sign),
                    Piece::Other(_, None) => {}
                }
            }
        }
    }
    atoms
}

/// Whether a character has no part in comparing.
fn unseen(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{feff}' | '\u{e000}'..='\u{f8ff}')
}

/// The characters that are seen, in compatibility form, each with the place it came from.
fn seen(signs: impl Iterator<Item = char>) -> Vec<(char, usize)> {
    let mut seen = Vec::new();
    for (place, sign) in signs.enumerate().filter(|(_, sign)| !unseen(*sign)) {
        seen.extend(std::iter::once(sign).nfkc().filter(|sign| !unseen(*sign)).map(|sign| (sign, place)));
    }
    seen
}

/// A block's text found in the atoms of its paragraphs.
#[derive(Debug)]
pub(crate) struct Placed {
    /// For each character of the block's text that is seen, the atom that it stands in.
    at: Vec<Option<usize>>,
    /// From its first to behind its last atom.
    pub(crate) span: Range<usize>,
}

/// Finds `text` in `atoms`, from `start` on. `None`: it does not stand there as one piece.
pub(crate) fn place(text: &str, atoms: &[Atom], start: usize) -> Option<Placed> {
    let wanted = seen(text.chars());
    let there = seen(atoms.iter().map(|atom| atom.sign));
    if wanted.is_empty() {
        return None;
    }
    let from = there.partition_point(|(_, atom)| *atom < start);
    let there = &there[from..];
    let hit = there
        .windows(wanted.len())
        .position(|window| window.iter().zip(&wanted).all(|((a, _), (b, _))| a == b))?;
    let hit = &there[hit..hit + wanted.len()];
    let mut at = vec![None; text.chars().count()];
    for ((_, atom), (_, place)) in hit.iter().zip(&wanted) {
        at[*place].get_or_insert(*atom);
    }
    let span = hit.first()?.1..hit.last()?.1 + 1;
    Some(Placed { at, span })
}

impl Placed {
    /// The atoms that the characters `chars` of the block's text stand in, spaces at the ends included where the
    /// characters include spaces there.
    pub(crate) fn atoms_of(&self, chars: Range<usize>) -> Range<usize> {
        let (mut first, mut last) = (None, None);
        for place in chars.clone() {
            if let Some(atom) = self.at.get(place).copied().flatten() {
                first.get_or_insert(atom);
                last = Some(atom);
            }
        }
        let from = match first {
            Some(atom) if self.at.get(chars.start).copied().flatten().is_some() => atom,
            // It begins with a space: from behind what stands before it.
            _ => self.before(chars.start).map_or(self.span.start, |atom| atom + 1),
        };
        let to = match last {
            Some(atom) if self.at.get(chars.end.wrapping_sub(1)).copied().flatten().is_some() => atom + 1,
            _ => self.after(chars.end).unwrap_or(self.span.end),
        };
        from..to.max(from)
    }

    /// Where a text goes that comes in before character `place` of the block's text.
    pub(crate) fn gap(&self, place: usize) -> usize {
        let follows_sign = place.checked_sub(1).and_then(|before| self.at.get(before).copied().flatten());
        match follows_sign {
            Some(atom) => atom + 1,
            None => self.after(place).unwrap_or(self.span.end),
        }
    }

    fn before(&self, place: usize) -> Option<usize> {
        self.at[..place.min(self.at.len())].iter().rev().copied().flatten().next()
    }

    fn after(&self, place: usize) -> Option<usize> {
        self.at[place.min(self.at.len())..].iter().copied().flatten().next()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::part::{Part, look_through};

    fn part(runs: &str) -> Part {
        look_through(&format!("<w:body><w:p>{runs}</w:p></w:body>")).expect("it is well formed")
    }

    fn text(atoms: &[Atom], range: Range<usize>) -> String {
        atoms[range].iter().map(|atom| atom.sign).collect()
    }

    #[test]
    fn a_block_is_found_across_runs_signs_and_spaces() {
        let part = part(
            "<w:r><w:t xml:space=\"preserve\">•  Le</w:t></w:r><w:r><w:t>d  the</w:t><w:tab/><w:t>of\u{fb01}ce</w:t></w:r>",
        );
        let atoms = atoms(&[&part.paragraphs[0]]);
        let placed = place("Led the office", &atoms, 0).expect("it stands there");
        assert_eq!(text(&atoms, placed.span.clone()), "Led  the\tof\u{fb01}ce");
        assert_eq!(text(&atoms, placed.atoms_of(4..7)), "the");
        assert_eq!(text(&atoms, placed.atoms_of(3..8)), "  the\t");
        assert_eq!(placed.gap(3), placed.span.start + 3);
        assert_eq!(placed.gap(4), placed.span.start + 5);
        assert_eq!(placed.gap(14), placed.span.end);
    }

    #[test]
    fn a_text_that_is_not_there_is_not_found() {
        let part = part("<w:r><w:t>Led the office</w:t></w:r>");
        let atoms = atoms(&[&part.paragraphs[0]]);
        assert!(place("Led an office", &atoms, 0).is_none());
        assert!(place(" ", &atoms, 0).is_none());
        assert!(place("Led the office", &atoms, 1).is_none());
    }
}

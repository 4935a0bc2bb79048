//! Glyphs to lines: words by the gaps between glyphs, lines by baselines, in the order they were drawn.

use super::glyphs::{Dot, DrawnPages, Glyph};
use super::rtl::{in_reading_order, is_rtl, reads_right_to_left};
use crate::line::strip_bullet;

/// A line on a page.
#[expect(clippy::struct_excessive_bools, reason = "each is a look of its own")]
#[derive(Clone, Debug)]
pub(super) struct Piece {
    pub(super) page: u32,
    /// The text, with a tab at wide gaps.
    pub(super) text: String,
    pub(super) left: f32,
    pub(super) right: f32,
    /// The baseline.
    pub(super) y: f32,
    pub(super) size: f32,
    pub(super) bold: bool,
    pub(super) starts_bold: bool,
    pub(super) italic: bool,
    pub(super) starts_italic: bool,
    pub(super) bullet: bool,
    /// The baseline of its last line, where it is a row of cells.
    pub(super) bottom: f32,
    /// It is read from right to left.
    pub(super) right_to_left: bool,
    /// A page header or footer.
    pub(super) furniture: bool,
    /// Height of the page.
    pub(super) page_height: f32,
    /// Where words begin: byte in the text, place on the page.
    pub(super) words: Vec<(usize, f32)>,
    last_y: f32,
    /// The last glyph was a space.
    ends_blank: bool,
    sizes: Vec<(f32, usize)>,
    /// Parts of one look: text, bold, italic.
    runs: Vec<(String, bool, bool)>,
    /// Linked texts with their addresses.
    pub(super) links: Vec<(String, String)>,
    bold_signs: usize,
    italic_signs: usize,
    signs: usize,
}

/// A gap of so many font sizes between two glyphs is a space.
const SPACE: f32 = 0.16;
/// The same in a file that draws its spaces: there a smaller gap is letter spacing.
const WIDER_SPACE: f32 = 0.28;
/// In a file that draws its spaces, a gap of so many font sizes without one parts what stands side by side.
const BESIDE: f32 = 0.6;
/// A gap of so many font sizes sets two parts of a line apart.
const WIDE: f32 = 1.9;

/// Lines in the order in which they were drawn.
pub(super) fn assemble(drawn: &DrawnPages) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut open: Option<Piece> = None;
    let is_blank = |glyph: &Glyph| !glyph.text.is_empty() && glyph.text.chars().all(char::is_whitespace);
    let blanks = drawn.glyphs.iter().filter(|glyph| is_blank(glyph)).count();
    let space = if blanks * 100 >= drawn.glyphs.len() * 7 { WIDER_SPACE } else { SPACE };
    for glyph in &drawn.glyphs {
        let blank = is_blank(glyph);
        match &mut open {
            Some(piece) if piece.takes(glyph, space) => piece.add(glyph, blank, space),
            _ if blank => {}
            _ => {
                pieces.extend(open.take());
                let height = drawn.heights.get(glyph.page as usize - 1).copied().unwrap_or(792.0);
                open = Some(Piece::start(glyph, height, space));
            }
        }
    }
    pieces.extend(open);
    let mut pieces = join_neighbours(super::cells::join(pieces));
    let letters = |of: fn(char) -> bool| {
        drawn.glyphs.iter().flat_map(|glyph| glyph.text.chars()).filter(|c| of(*c)).count()
    };
    let from_right = letters(is_rtl) * 2 > letters(char::is_alphabetic);
    for piece in &mut pieces {
        piece.close(from_right);
    }
    mark_bullets(&mut pieces, &drawn.dots);
    pieces.retain(|piece| !piece.text.trim().is_empty());
    pieces
}

impl Piece {
    fn start(glyph: &Glyph, page_height: f32, space: f32) -> Self {
        let mut piece = Self {
            page: glyph.page,
            text: String::new(),
            left: glyph.x,
            right: glyph.x,
            y: glyph.y,
            size: glyph.size,
            bold: false,
            starts_bold: glyph.bold,
            italic: false,
            starts_italic: glyph.italic,
            bullet: false,
            bottom: glyph.y,
            right_to_left: false,
            furniture: false,
            page_height,
            words: vec![(0, glyph.x)],
            last_y: glyph.y,
            ends_blank: false,
            sizes: Vec::new(),
            runs: Vec::new(),
            links: Vec::new(),
            bold_signs: 0,
            italic_signs: 0,
            signs: 0,
        };
        piece.add(glyph, false, space);
        piece
    }

    /// Whether the glyph goes on with this line.
    fn takes(&self, glyph: &Glyph, space: f32) -> bool {
        let size = self.size.max(glyph.size).max(1.0);
        // Raised and lowered signs are smaller and close by.
        let rise = if glyph.size < self.size * 0.9 || self.signs < 3 { 0.5 } else { 0.25 };
        let gap = glyph.x - self.right;
        glyph.page == self.page
            && ((glyph.y - self.y).abs() < rise * size || (glyph.y - self.last_y).abs() < 0.1 * size)
            && gap > -0.6 * size
            && gap < if space > SPACE && !self.ends_blank { BESIDE } else { WIDE } * size
    }

    fn add(&mut self, glyph: &Glyph, blank: bool, least: f32) {
        let size = self.size.max(glyph.size).max(1.0);
        let gap = glyph.x - self.right;
        self.ends_blank = blank;
        if (blank || gap > least * size) && !self.text.is_empty() && !self.text.ends_with(char::is_whitespace)
        {
            let space = if glyph.text == "\u{a0}" { '\u{a0}' } else { ' ' };
            self.text.push(space);
            if let Some((run, ..)) = self.runs.last_mut() {
                run.push(space);
            }
        }
        if !blank {
            if self.text.ends_with(char::is_whitespace) || self.text.is_empty() {
                self.words.push((self.text.len(), glyph.x));
            }
            let signs = glyph.text.chars().count();
            // A ligature is told in the order of reading, the line in that of drawing.
            let text = if signs > 1 && glyph.text.chars().any(is_rtl) {
                glyph.text.chars().rev().collect()
            } else {
                glyph.text.clone()
            };
            self.text.push_str(&text);
            match self.runs.last_mut() {
                Some((run, bold, italic)) if *bold == glyph.bold && *italic == glyph.italic => {
                    run.push_str(&text);
                }
                _ => self.runs.push((text, glyph.bold, glyph.italic)),
            }
            let icon = glyph.text.chars().all(|c| ('\u{e000}'..='\u{f8ff}').contains(&c));
            if !icon {
                if self.signs == 0 {
                    self.starts_bold = glyph.bold;
                    self.starts_italic = glyph.italic;
                }
                self.signs += signs;
                self.bold_signs += if glyph.bold { signs } else { 0 };
                self.italic_signs += if glyph.italic { signs } else { 0 };
            }
            match self.sizes.iter_mut().find(|(of, _)| (of - glyph.size).abs() < 0.2) {
                Some((_, count)) => *count += signs,
                None => self.sizes.push((glyph.size, signs)),
            }
            self.last_y = glyph.y;
            if glyph.size > self.size {
                self.size = glyph.size;
                self.y = glyph.y;
            }
            self.bottom = self.y;
        }
        self.right = self.right.max(glyph.x + glyph.width);
    }

    /// Goes on with a line that was wrapped in its cell.
    pub(super) fn wrap(&mut self, other: Self) {
        self.text.truncate(self.text.trim_end().len());
        self.text.push(' ');
        let (shift, at) = (self.text.len(), self.right);
        self.words.extend(other.words.iter().map(|(of, _)| (of + shift, at)));
        self.text.push_str(&other.text);
        self.right = self.right.max(other.right);
        self.bottom = self.bottom.max(other.bottom);
        self.signs += other.signs;
        self.bold_signs += other.bold_signs;
        self.italic_signs += other.italic_signs;
        self.sizes.extend(other.sizes);
        for run in other.runs {
            match self.runs.last_mut() {
                Some((text, bold, italic)) if *bold == run.1 && *italic == run.2 => {
                    text.push(' ');
                    text.push_str(&run.0);
                }
                _ => self.runs.push(run),
            }
        }
    }

    /// Whether both are set in the same way.
    pub(super) fn looks_like(&self, other: &Self) -> bool {
        (self.size - other.size).abs() < 0.3
            && self.starts_bold == other.starts_bold
            && self.starts_italic == other.starts_italic
    }

    /// Puts a part of the same line, further to the right, behind a tab.
    fn append(&mut self, other: Self) {
        let gap = other.left - self.right;
        let wide = gap > if self.ends_blank { WIDE } else { BESIDE } * self.size.max(other.size);
        self.text.truncate(self.text.trim_end().len());
        self.text.push(if wide { '\t' } else { ' ' });
        let shift = self.text.len();
        self.words.extend(other.words.iter().map(|(at, x)| (at + shift, *x)));
        self.text.push_str(&other.text);
        self.right = self.right.max(other.right);
        self.signs += other.signs;
        self.bold_signs += other.bold_signs;
        self.italic_signs += other.italic_signs;
        self.sizes.extend(other.sizes);
        self.bottom = self.bottom.max(other.bottom);
        self.runs.extend(other.runs);
        self.links.extend(other.links);
    }

    /// The texts of its parts of different looks; none where all of it looks the same.
    pub(super) fn runs(&self) -> Vec<String> {
        if self.runs.len() < 2 {
            Vec::new()
        } else {
            self.runs.iter().map(|(text, ..)| text.clone()).collect()
        }
    }

    /// The words between two places on the page.
    pub(super) fn words_between(&self, left: f32, right: f32) -> &str {
        let inside = |x: f32| x >= left - 1.0 && x < right - 0.5;
        let Some(first) = self.words.iter().position(|(_, x)| inside(*x)) else { return "" };
        let behind =
            self.words[first..].iter().find(|(_, x)| !inside(*x)).map_or(self.text.len(), |(at, _)| *at);
        let from = self.words[first].0;
        self.text.get(from..behind).unwrap_or_default().trim()
    }

    /// Settles size and weight once all signs are in.
    fn close(&mut self, from_right: bool) {
        let mut counts: Vec<(f32, usize)> = Vec::new();
        for (size, signs) in &self.sizes {
            match counts.iter_mut().find(|(of, _)| (of - size).abs() < 0.2) {
                Some((_, count)) => *count += signs,
                None => counts.push((*size, *signs)),
            }
        }
        self.size = counts.into_iter().max_by_key(|(_, count)| *count).map_or(self.size, |(size, _)| size);
        self.bold = self.bold_signs * 10 >= self.signs * 9 && self.signs > 0;
        self.italic = self.italic_signs * 10 >= self.signs * 9 && self.signs > 0;
        self.text.truncate(self.text.trim_end().len());
        if self.text.chars().any(is_rtl) || from_right && !self.text.chars().any(char::is_alphabetic) {
            self.text = in_reading_order(&self.text, from_right);
            self.right_to_left = from_right || reads_right_to_left(&self.text);
            self.words = vec![(0, self.left)];
            self.runs.clear();
        }
        collapse_letterspacing(&mut self.text);
    }
}

/// Marks the hyphens at the ends of lines that belong to their words, where the file was written by a program that
/// breaks none. `hyphenates`: what is known of that program.
pub(super) fn keep_hyphens(pieces: &mut [Piece], hyphenates: Option<bool>) {
    let broken = |piece: &&mut Piece| {
        let mut signs = piece.text.chars().rev();
        signs.next() == Some('-') && signs.next().is_some_and(char::is_alphabetic)
    };
    let count = pieces.iter_mut().filter(broken).count();
    // Who breaks words breaks many.
    if hyphenates.unwrap_or(count >= 3 || pieces.len() < 40) {
        return;
    }
    for piece in pieces.iter_mut().filter(broken) {
        piece.text.push(crate::line::KEPT);
    }
}

/// "E X P E R I E N C E" is one word that was set wide.
fn collapse_letterspacing(text: &mut String) {
    let words: Vec<&str> = text.split(' ').collect();
    let single = words.iter().filter(|word| word.chars().count() == 1).count();
    if words.len() >= 5
        && single * 10 >= words.len() * 9
        && text.chars().all(|c| c.is_alphabetic() || c == ' ')
    {
        *text = words.concat();
    }
}

/// Joins parts on one baseline that were drawn one after the other: a title and its date at the margin.
fn join_neighbours(pieces: Vec<Piece>) -> Vec<Piece> {
    let mut joined: Vec<Piece> = Vec::with_capacity(pieces.len());
    for piece in pieces {
        // The sign of a list stands to the right of what is read from there.
        if let Some(last) = joined.last()
            && last.page == piece.page
            && (last.y - piece.y).abs() < 0.3 * last.size.max(3.0)
            && piece.right < last.left + 0.3 * last.size
            && strip_bullet(&last.text).is_some_and(str::is_empty)
            && piece.text.chars().any(is_rtl)
        {
            joined.pop();
            joined.push(Piece { bullet: true, ..piece });
            continue;
        }
        if let Some(last) = joined.last_mut()
            && last.page == piece.page
            && (last.y - piece.y).abs() < 0.3 * last.size.min(piece.size).max(3.0)
            && piece.left > last.right - 0.3 * last.size
        {
            last.append(piece);
        } else {
            joined.push(piece);
        }
    }
    joined
}

/// Finds the signs that open list items: characters, icons used again and again, and dots drawn as shapes.
fn mark_bullets(pieces: &mut [Piece], dots: &[Dot]) {
    let is_icon = |c: char| ('\u{e000}'..='\u{f8ff}').contains(&c);
    let mut icons: Vec<(char, usize)> = Vec::new();
    for first in pieces.iter().filter_map(|piece| piece.text.chars().next()).filter(|c| is_icon(*c)) {
        match icons.iter_mut().find(|(icon, _)| *icon == first) {
            Some((_, count)) => *count += 1,
            None => icons.push((first, 1)),
        }
    }
    // Headings and contact data have an icon each; the sign of bullets returns.
    let bullet_icon =
        icons.iter().filter(|(_, count)| *count >= 4).max_by_key(|(_, count)| *count).map(|(icon, _)| *icon);
    for piece in pieces.iter_mut() {
        let first = piece.text.chars().next().unwrap_or(' ');
        if is_icon(first) && Some(first) != bullet_icon && !matches!(first, '\u{f0b7}' | '\u{f0a7}') {
            let rest = piece.text.trim_start_matches(|c: char| is_icon(c) || c.is_whitespace()).to_owned();
            piece.cut_front(&rest);
            continue;
        }
        if let Some(rest) = strip_bullet(&piece.text).map(str::to_owned) {
            // A sign alone belongs to the text that was drawn next to it.
            piece.bullet = true;
            piece.cut_front(&rest);
            continue;
        }
        let middle = piece.y - piece.size * 0.32;
        piece.bullet |= dots.iter().any(|dot| {
            let away = if piece.right_to_left { dot.x - piece.right } else { piece.left - dot.x };
            dot.page == piece.page
                && (dot.y - middle).abs() < piece.size * 0.32
                && (0.1 * piece.size..2.4 * piece.size).contains(&away)
        });
    }
}

impl Piece {
    /// Width of the first word.
    pub(super) fn first_word(&self) -> f32 {
        let signs = self.text.split_whitespace().next().unwrap_or_default().chars().count();
        let next =
            self.words.iter().find(|(at, _)| *at > 0 && *at < self.text.len()).map(|(_, x)| x - self.left);
        #[expect(clippy::cast_precision_loss, reason = "words are short")]
        let guess = signs as f32 * self.size * 0.5;
        match next {
            Some(width) if width > 0.0 => (width - self.size * 0.25).max(0.0),
            Some(_) => guess,
            None => self.right - self.left,
        }
    }

    /// Keeps the rest of the text behind a sign.
    fn cut_front(&mut self, rest: &str) {
        let cut = self.text.len() - rest.len();
        if let Some((_, x)) = self.words.iter().rev().find(|(at, _)| *at <= cut) {
            self.left = *x;
        }
        self.words.retain(|(at, _)| *at >= cut);
        for (at, _) in &mut self.words {
            *at -= cut;
        }
        rest.clone_into(&mut self.text);
    }
}

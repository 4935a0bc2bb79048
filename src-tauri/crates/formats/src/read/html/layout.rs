//! Walks over a page as a person reads it: paragraphs, rows, columns.

use super::css::Sheet;
use super::elements::Display;
use super::selectors::Pseudo;
use super::style::Style;
use super::tree::{Kind, Tree};
use super::values::content;
use crate::rich::{Looks, MAX_PIECES, Paragraph, Piece, Run};

/// Words in classes and ids of what a site lays over its pages.
const OVERLAYS: &[&str] =
    &["cookie", "cookies", "consent", "gdpr", "navbar", "modal", "popup", "newsletter", "breadcrumb"];

/// Width beside a piece of text from which it reads as a gap of its own, in points.
const GAP: f32 = 6.0;

/// The paragraphs of a page.
pub(super) fn pieces(tree: &Tree<'_>, sheet: &Sheet) -> Vec<Piece> {
    let mut walk = Walk {
        tree,
        sheet,
        pieces: Vec::new(),
        open: None,
        floating: Vec::new(),
        gap: 0.0,
        lists: 0,
        item: false,
        above: 0.0,
        next: 0,
    };
    walk.children(0, &Style::root(), Around::default());
    walk.end_paragraph();
    walk.pieces
}

/// What the elements around say of a paragraph.
#[derive(Clone, Copy, Default)]
struct Around {
    heading: u8,
}

struct Walk<'t> {
    tree: &'t Tree<'t>,
    sheet: &'t Sheet,
    pieces: Vec<Piece>,
    open: Option<Paragraph>,
    /// What floats at the right of the line that is open.
    floating: Vec<Run>,
    /// Free width before the next letters.
    gap: f32,
    lists: u8,
    /// An item has begun and has no text yet.
    item: bool,
    above: f32,
    next: u32,
}

impl Walk<'_> {
    fn children(&mut self, of: usize, style: &Style, around: Around) {
        for child in &self.tree.nodes[of].children {
            if self.pieces.len() > MAX_PIECES {
                return;
            }
            match &self.tree.nodes[*child].kind {
                Kind::Text(text) => self.text(text, style, around),
                Kind::Element { .. } => self.element(*child, style, around),
            }
        }
    }

    fn element(&mut self, at: usize, outer: &Style, mut around: Around) {
        let node = &self.tree.nodes[at];
        let name = node.name();
        if name == "br" {
            if let Some(open) = &mut self.open {
                open.push("\n", outer.looks);
            }
            return;
        }
        let style = outer.within(self.tree, at, self.sheet);
        if style.hidden || self.is_overlay(at) {
            return;
        }
        let level = match name {
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => name.as_bytes()[1] - b'0',
            _ if node.attribute("role").as_deref() == Some("heading") => {
                node.attribute("aria-level").and_then(|level| level.parse().ok()).unwrap_or(2)
            }
            _ => 0,
        };
        if (1..=6).contains(&level) {
            around.heading = level;
        }
        if style.floats || style.placed {
            self.aside(at, &style, around);
            return;
        }
        match style.display {
            Display::None => {}
            Display::Inline => self.inline(at, &style, around),
            Display::Table => self.within(Piece::TableStart, Piece::TableEnd, at, &style, around),
            Display::TableRow => self.within(Piece::RowStart, Piece::RowEnd, at, &style, around),
            Display::TableCell => {
                let columns =
                    node.attribute("colspan").and_then(|columns| columns.trim().parse().ok()).unwrap_or(1);
                self.within(Piece::CellStart(columns), Piece::CellEnd, at, &style, around);
            }
            Display::Row => {
                let all: Vec<usize> = self.tree.nodes[at].children.clone();
                self.row(at, &all, &style, around);
            }
            Display::Grid(columns) if columns > 1 => {
                let cells: Vec<usize> = self.tree.elements(at).collect();
                for row in cells.chunks(usize::from(columns)) {
                    self.row(at, row, &style, around);
                }
            }
            Display::Grid(_) | Display::Block => self.block(at, name, &style, around),
        }
    }

    /// Elements that a site lays over its pages, by what they are called.
    fn is_overlay(&self, at: usize) -> bool {
        let Kind::Element { id, classes, .. } = &self.tree.nodes[at].kind else { return false };
        classes.iter().chain(id).any(|word| {
            word.to_ascii_lowercase()
                .split(|c: char| !c.is_ascii_alphanumeric())
                .any(|part| OVERLAYS.contains(&part))
        })
    }

    fn inline(&mut self, at: usize, style: &Style, around: Around) {
        self.gap = self.gap.max(style.beside.0);
        let node = &self.tree.nodes[at];
        let link = node.attribute("href").filter(|_| node.name() == "a");
        let from = if link.is_some() { self.open.as_ref().map_or(0, Paragraph::length) } else { 0 };
        self.content(at, style, around);
        self.gap = self.gap.max(style.beside.1);
        if let Some(address) = link
            && let Some(open) = &mut self.open
        {
            open.link(from, &address);
        }
    }

    /// The content of an element with what the sheets put around it.
    fn content(&mut self, at: usize, style: &Style, around: Around) {
        self.generated(at, Pseudo::Before, style, around);
        self.children(at, style, around);
        self.generated(at, Pseudo::After, style, around);
    }

    fn generated(&mut self, at: usize, pseudo: Pseudo, style: &Style, around: Around) {
        let declared = self.sheet.declared(self.tree, at, Some(pseudo));
        let last = |name: &str| {
            declared
                .iter()
                .flat_map(|one| one.iter())
                .rfind(|(other, _)| other == name)
                .map(|(_, value)| value)
        };
        if last("display").is_some_and(|display| display == "none") {
            return;
        }
        if let Some(text) = last("content").map(|value| content(value)).filter(|text| !text.is_empty()) {
            self.text(&text, style, around);
        }
    }

    fn block(&mut self, at: usize, name: &str, style: &Style, around: Around) {
        self.end_paragraph();
        self.above = self.above.max(style.above);
        let list = matches!(name, "ul" | "ol" | "menu" | "dir");
        self.lists = self.lists.saturating_add(u8::from(list));
        if name == "li" {
            self.item = true;
        }
        let column = name == "aside" && self.tree.has_blocks(at);
        if column {
            self.pieces.push(Piece::BoxStart);
        }
        self.content(at, style, around);
        self.end_paragraph();
        if column {
            self.pieces.push(Piece::BoxEnd);
        }
        if name == "li" {
            self.item = false;
        }
        self.lists = self.lists.saturating_sub(u8::from(list));
    }

    fn within(&mut self, start: Piece, end: Piece, at: usize, style: &Style, around: Around) {
        self.end_paragraph();
        self.pieces.push(start);
        self.content(at, style, around);
        self.end_paragraph();
        self.pieces.push(end);
    }

    /// Children side by side: parts of one line, or cells where one of them has lines of its own.
    fn row(&mut self, at: usize, children: &[usize], style: &Style, around: Around) {
        self.end_paragraph();
        self.above = self.above.max(style.above);
        let item = self.tree.nodes[at].name() == "li";
        self.item |= item;
        let cells = children.iter().filter(|child| self.tree.has_blocks(**child)).count() > 0;
        let elements = children.iter().filter(|child| !self.tree.nodes[**child].name().is_empty()).count();
        if !cells || elements < 2 {
            self.generated(at, Pseudo::Before, style, around);
            for child in children {
                match &self.tree.nodes[*child].kind {
                    Kind::Text(text) => self.text(text, style, around),
                    Kind::Element { .. } if cells => self.element(*child, style, around),
                    Kind::Element { .. } => {
                        let own = style.within(self.tree, *child, self.sheet);
                        if !own.hidden {
                            self.gap = self.gap.max(GAP);
                            self.inline(*child, &own, around);
                        }
                    }
                }
            }
            self.end_paragraph();
        } else {
            self.pieces.extend([Piece::TableStart, Piece::RowStart]);
            for child in children {
                if !self.tree.nodes[*child].name().is_empty() {
                    self.pieces.push(Piece::CellStart(1));
                    self.element(*child, style, around);
                    self.end_paragraph();
                    self.pieces.push(Piece::CellEnd);
                }
            }
            self.pieces.extend([Piece::RowEnd, Piece::TableEnd]);
        }
        if item {
            self.item = false;
        }
    }

    /// What floats or is placed by itself: the right end of a line, or a column.
    fn aside(&mut self, at: usize, style: &Style, around: Around) {
        if self.tree.has_blocks(at) {
            self.end_paragraph();
            self.pieces.push(Piece::BoxStart);
            self.content(at, style, around);
            self.end_paragraph();
            self.pieces.push(Piece::BoxEnd);
            return;
        }
        let inside = style.display == Display::Inline || self.open.is_some();
        if style.floats_right {
            let before = self.open.take();
            let gap = std::mem::take(&mut self.gap);
            self.content(at, style, Around::default());
            let floating = self.open.take().map(|one| one.runs).unwrap_or_default();
            self.floating.extend(floating);
            self.open = before;
            self.gap = gap;
        } else if inside {
            self.inline(at, style, around);
            self.gap = self.gap.max(GAP);
        } else {
            // At the left of the line that follows.
            self.inline(at, style, around);
            self.gap = GAP;
        }
    }

    fn text(&mut self, text: &str, style: &Style, around: Around) {
        if !style.shows() {
            return;
        }
        let blank = |c: char| c.is_whitespace() && c != '\u{a0}';
        if style.preformatted {
            for (at, line) in text.split('\n').enumerate() {
                if at > 0
                    && let Some(open) = &mut self.open
                {
                    open.push("\n", style.looks);
                }
                self.letters(line, style.looks, around);
            }
            return;
        }
        let mut out = String::with_capacity(text.len());
        let mut spaced = self.ends_in_space();
        for c in text.chars() {
            if blank(c) {
                if !spaced {
                    out.push(' ');
                }
                spaced = true;
            } else {
                spaced = false;
                out.push(c);
            }
        }
        self.letters(&out, style.looks, around);
    }

    fn ends_in_space(&self) -> bool {
        let last =
            self.open.as_ref().and_then(|open| open.runs.last()).and_then(|run| run.text.chars().next_back());
        last.is_none_or(|c| matches!(c, ' ' | '\n' | '\t'))
    }

    fn letters(&mut self, text: &str, looks: Looks, around: Around) {
        if text.is_empty() || self.open.is_none() && text.trim().is_empty() {
            return;
        }
        let gap = std::mem::take(&mut self.gap);
        let wide = gap >= GAP && !text.trim().is_empty();
        let open =
            self.open.get_or_insert_with(|| Paragraph { heading: around.heading, ..Paragraph::default() });
        if wide && !open.is_empty() && !open.runs.last().is_some_and(|run| run.text.ends_with(['\n', '\t'])) {
            open.push("\t", looks);
        } else if gap > 0.0 && !wide {
            self.gap = gap;
        }
        open.push(text, looks);
    }

    fn end_paragraph(&mut self) {
        self.gap = 0.0;
        let Some(mut paragraph) = self.open.take().filter(|open| !open.is_empty()) else {
            return;
        };
        let floating = std::mem::take(&mut self.floating);
        if floating.iter().any(|run| !run.text.trim().is_empty()) {
            if let Some(last) = paragraph.runs.last_mut() {
                last.text.truncate(last.text.trim_end_matches(' ').len());
            }
            paragraph.push("\t", floating.first().map(|run| run.looks).unwrap_or_default());
            paragraph.runs.extend(floating);
        }
        paragraph.index = self.next;
        self.next = self.next.saturating_add(1);
        paragraph.item = std::mem::take(&mut self.item);
        paragraph.list = self.lists;
        paragraph.space = std::mem::take(&mut self.above);
        self.pieces.push(Piece::Paragraph(paragraph));
    }
}

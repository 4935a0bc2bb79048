//! What an element looks like: its name, its attributes and the sheets together.

use super::css::{Declarations, Sheet, declarations};
use super::elements::{Display, display};
use super::tree::{Node, Tree};
use super::values::{ROOT_SIZE, color, length, size};
use crate::rich::{Align, Looks};

/// What `size="1"` to `size="7"` are, in points.
const SIZES: [f32; 7] = [7.5, 9.75, 12.0, 13.5, 18.0, 24.0, 36.0];

/// The looks of an element. What is inherited comes from the element around.
#[expect(clippy::struct_excessive_bools, reason = "each is a look of its own")]
#[derive(Clone, Copy, Debug)]
pub(super) struct Style {
    pub(super) looks: Looks,
    pub(super) align: Align,
    /// The colour behind the text.
    ground: Option<[u8; 3]>,
    /// Nobody sees its text; elements in it may be seen again.
    pub(super) unseen: bool,
    /// Line ends in it are line ends.
    pub(super) preformatted: bool,
    // Not inherited:
    pub(super) display: Display,
    /// Nobody sees it or anything in it.
    pub(super) hidden: bool,
    pub(super) floats: bool,
    pub(super) floats_right: bool,
    /// Taken out of the flow of the page.
    pub(super) placed: bool,
    /// Free width beside it, in points.
    pub(super) beside: (f32, f32),
    /// Free height above it, in points.
    pub(super) above: f32,
}

impl Style {
    /// The looks of a page that says nothing.
    pub(super) fn root() -> Self {
        Self {
            looks: Looks { size: ROOT_SIZE, ..Looks::default() },
            align: Align::Start,
            ground: Some([255; 3]),
            unseen: false,
            preformatted: false,
            display: Display::Block,
            hidden: false,
            floats: false,
            floats_right: false,
            placed: false,
            beside: (0.0, 0.0),
            above: 0.0,
        }
    }

    /// The looks of an element within one of these looks.
    pub(super) fn within(&self, tree: &Tree<'_>, at: usize, sheet: &Sheet) -> Self {
        let node = &tree.nodes[at];
        let name = node.name();
        let mut style = Self {
            display: display(name),
            hidden: false,
            floats: false,
            floats_right: false,
            placed: false,
            beside: (0.0, 0.0),
            above: 0.0,
            ..*self
        };
        style.by_name(name);
        style.by_attributes(node);
        let mut declared = sheet.declared(tree, at, None);
        if let Some(own) = node.attribute("style") {
            declared.push(Declarations::new(declarations(&own)));
        }
        style.apply(&declared, self.looks.size, sheet);
        style.hidden |= style.display == Display::None;
        style
    }

    fn by_name(&mut self, name: &str) {
        let around = self.looks.size;
        let mut heading = |share: f32| {
            self.looks.size = around * share;
            self.looks.bold = true;
        };
        match name {
            "h1" => heading(2.0),
            "h2" => heading(1.5),
            "h3" => heading(1.17),
            "h4" => heading(1.0),
            "h5" => heading(0.83),
            "h6" => heading(0.67),
            "b" | "strong" | "th" => self.looks.bold = true,
            "i" | "em" | "cite" | "address" | "dfn" | "var" => self.looks.italic = true,
            "u" | "ins" => self.looks.underline = true,
            "small" | "sub" | "sup" => self.looks.size = around * 0.83,
            "big" => self.looks.size = around * 1.2,
            "center" => self.align = Align::Center,
            "pre" => self.preformatted = true,
            "p" | "ul" | "ol" | "dl" | "blockquote" => self.above = 6.0,
            _ => {}
        }
    }

    fn by_attributes(&mut self, node: &Node<'_>) {
        if node.attribute("hidden").is_some() {
            self.hidden = true;
        }
        match node.attribute("align").map(|align| align.to_ascii_lowercase()).as_deref() {
            Some("center") => self.align = Align::Center,
            Some("right") => self.align = Align::End,
            Some("left" | "justify") => self.align = Align::Start,
            _ => {}
        }
        if let Some(ground) = node.attribute("bgcolor") {
            self.ground = color(&ground.to_ascii_lowercase());
        }
        if node.name() == "font" {
            if let Some(number) = node.attribute("size") {
                let base = if number.starts_with(['+', '-']) { 3 } else { 0 };
                let number = base + number.trim_start_matches('+').trim().parse::<i32>().unwrap_or(3 - base);
                let at = usize::try_from(number.clamp(1, 7) - 1).unwrap_or(2);
                self.looks.size = SIZES[at];
            }
            if let Some(value) = node.attribute("color") {
                self.looks.color = color(&value.to_ascii_lowercase()).or(self.looks.color);
            }
        }
    }

    fn apply(&mut self, declared: &[Declarations], around: f32, sheet: &Sheet) {
        let mut width = None;
        let mut height = None;
        let mut clipped = false;
        let mut columns = None;
        let mut downwards = false;
        for (name, value) in declared.iter().flat_map(|one| one.iter()) {
            let Some(value) = sheet.resolved(value) else { continue };
            let value = value.as_str();
            let em = self.looks.size;
            match name.as_str() {
                "font-size" => self.looks.size = size(value, around).unwrap_or(self.looks.size),
                "font-weight" => self.weight(value),
                "font-style" => self.looks.italic = value != "normal",
                "font" => self.font(value, around),
                "text-decoration" | "text-decoration-line" => {
                    self.looks.underline = value.contains("underline");
                }
                "color" => {
                    self.looks.color = color(value).or(self.looks.color);
                    self.unseen |= value == "transparent";
                }
                "background" | "background-color" => self.ground(value),
                "text-align" => {
                    self.align = match value {
                        "center" => Align::Center,
                        "right" | "end" => Align::End,
                        "left" | "start" | "justify" => Align::Start,
                        _ => self.align,
                    }
                }
                "white-space" => self.preformatted = value.starts_with("pre"),
                "display" => self.display(value),
                "flex-direction" | "flex-flow" => downwards = value.contains("column"),
                "grid-template-columns" => columns = Some(tracks(value)),
                "float" => {
                    self.floats = matches!(value, "left" | "right" | "inline-start" | "inline-end");
                    self.floats_right = matches!(value, "right" | "inline-end");
                }
                "position" => self.placed = matches!(value, "absolute" | "fixed"),
                "visibility" => self.unseen = matches!(value, "hidden" | "collapse"),
                "opacity" => {
                    self.hidden |= value.trim_end_matches('%').parse::<f32>().is_ok_and(|part| part < 0.02);
                }
                "left" | "top" | "text-indent" | "right" => {
                    self.hidden |= length(value, em).is_some_and(|at| at < -700.0);
                }
                "clip" => self.hidden |= value.starts_with("rect(0") || value.starts_with("rect(1px"),
                "clip-path" => {
                    self.hidden |= value.starts_with("inset(50%") || value.starts_with("inset(100%");
                }
                "width" | "max-width" => width = length(value, em).or(width),
                "height" | "max-height" => height = length(value, em).or(height),
                "overflow" | "overflow-x" | "overflow-y" => clipped = value.contains("hidden"),
                "margin-left" => self.left(length(value, em)),
                "margin-right" | "padding-right" => {
                    self.beside.1 += length(value, em).unwrap_or(0.0).max(0.0);
                }
                "padding-left" => self.beside.0 += length(value, em).unwrap_or(0.0).max(0.0),
                "margin-top" => self.above = length(value, em).unwrap_or(self.above).max(0.0),
                "margin" | "padding" => self.around(value, em, name == "margin"),
                _ => {}
            }
        }
        match (self.display, columns) {
            (Display::Grid(_), Some(columns)) => self.display = Display::Grid(columns),
            (Display::Row, _) if downwards => self.display = Display::Block,
            _ => {}
        }
        let tiny = |length: Option<f32>| length.is_some_and(|length| length < 1.0);
        self.hidden |= clipped && (tiny(width) || tiny(height));
        if self.looks.size < 1.0 {
            self.unseen = true;
            self.looks.size = 1.0;
        }
    }

    fn weight(&mut self, value: &str) {
        self.looks.bold = match value {
            "bold" | "bolder" => true,
            "normal" | "lighter" => false,
            value => value.parse::<u32>().map_or(self.looks.bold, |weight| weight >= 600),
        };
    }

    /// `bold 12px/1.4 Arial`: everything up to the family.
    fn font(&mut self, value: &str, around: f32) {
        self.looks.bold = false;
        self.looks.italic = false;
        for word in value.split_whitespace() {
            let first = word.split('/').next().unwrap_or(word);
            match first {
                "italic" | "oblique" => self.looks.italic = true,
                "normal" | "small-caps" => {}
                "bold" | "bolder" => self.looks.bold = true,
                weight if weight.len() == 3 && weight.bytes().all(|byte| byte.is_ascii_digit()) => {
                    self.weight(weight);
                }
                other => {
                    if let Some(points) = size(other, around) {
                        self.looks.size = points;
                    }
                    return;
                }
            }
        }
    }

    fn ground(&mut self, value: &str) {
        let known = value.split_whitespace().find_map(color).or_else(|| color(value));
        if known.is_some() {
            self.ground = known;
        } else if !matches!(value, "none" | "transparent" | "inherit" | "initial") && !value.starts_with("0 ")
        {
            // A picture or a gradient: whatever is on it may be seen.
            self.ground = None;
        }
    }

    fn display(&mut self, value: &str) {
        self.display = match value {
            "none" => Display::None,
            "inline" | "contents" | "inline-block" | "ruby" => Display::Inline,
            "flex" | "inline-flex" | "table-row" => Display::Row,
            "grid" | "inline-grid" => Display::Grid(1),
            "table" | "inline-table" => Display::Block,
            "block" | "list-item" | "flow-root" | "table-row-group" | "table-header-group" | "table-cell" => {
                // Cells of real tables stay cells.
                if matches!(self.display, Display::Table | Display::TableRow | Display::TableCell) {
                    self.display
                } else {
                    Display::Block
                }
            }
            _ => self.display,
        };
    }

    fn left(&mut self, margin: Option<f32>) {
        let Some(margin) = margin else { return };
        self.hidden |= margin < -700.0;
        self.beside.0 += margin.max(0.0);
    }

    /// `margin: 1em 2em`: above, right, below, left.
    fn around(&mut self, value: &str, em: f32, margin: bool) {
        let parts: Vec<f32> = value.split_whitespace().map(|part| length(part, em).unwrap_or(0.0)).collect();
        let Some(first) = parts.first() else { return };
        let right = parts.get(1).unwrap_or(first);
        let left = parts.get(3).unwrap_or(right);
        if margin {
            self.above = first.max(0.0);
            self.left(Some(*left));
        } else {
            self.beside.0 += left.max(0.0);
        }
        self.beside.1 += right.max(0.0);
    }

    /// Whether text in these looks can be seen: it is not in the colour of its ground.
    pub(super) fn shows(&self) -> bool {
        let letters = self.looks.color.unwrap_or([0; 3]);
        let apart = |ground: [u8; 3]| {
            letters.iter().zip(ground).map(|(letter, ground)| u32::from(letter.abs_diff(ground))).sum::<u32>()
        };
        !self.unseen && self.ground.is_none_or(|ground| apart(ground) > 24)
    }
}

/// How many columns a grid has.
fn tracks(value: &str) -> u16 {
    let mut count = 0u16;
    let mut rest = value.trim();
    while !rest.is_empty() && count < 100 {
        let repeated = rest.strip_prefix("repeat(");
        if let Some(inside) = repeated {
            let times =
                inside.split(',').next().and_then(|times| times.trim().parse::<u16>().ok()).unwrap_or(1);
            count = count.saturating_add(times.min(100));
        } else {
            count += 1;
        }
        // A track ends at a space outside of brackets.
        let mut depth = 0usize;
        let end = rest.char_indices().find(|(_, c)| {
            match c {
                '(' => depth += 1,
                ')' => depth = depth.saturating_sub(1),
                _ => {}
            }
            depth == 0 && c.is_whitespace()
        });
        rest = end.map_or("", |(at, _)| rest[at..].trim_start());
    }
    count.max(1)
}

//! Collects what a page draws: glyphs with characters and places, small dots that may be bullets.

use std::collections::HashMap;

use hayro_interpret::font::Glyph as Drawn;
use hayro_interpret::hayro_cmap::BfString;
use hayro_interpret::{
    BlendMode, CacheKey, ClipPath, Context, Device, GlyphDrawMode, Image, InterpreterCache,
    InterpreterSettings, Paint, PathDrawMode, SoftMask, TransformExt, interpret_page,
};
use hayro_syntax::Pdf;
use hayro_syntax::object::{Dict, Name, Object};
use kurbo::{Affine, BezPath, Point, Rect, Shape};
use unicode_normalization::UnicodeNormalization;

use super::spoken;

/// A glyph on a page. Places in points from the top left corner; `y` is the baseline.
#[derive(Clone, Debug)]
pub(super) struct Glyph {
    pub(super) page: u32,
    pub(super) text: String,
    pub(super) x: f32,
    pub(super) y: f32,
    pub(super) width: f32,
    pub(super) size: f32,
    pub(super) bold: bool,
    pub(super) italic: bool,
    /// Which marked piece of the page's content it stands in, from 0.
    pub(super) marked: Option<usize>,
}

/// A small filled shape, as programs draw bullets: its middle.
#[derive(Clone, Copy, Debug)]
pub(super) struct Dot {
    pub(super) page: u32,
    pub(super) x: f32,
    pub(super) y: f32,
}

/// Everything that the pages draw.
#[derive(Default)]
pub(super) struct DrawnPages {
    pub(super) glyphs: Vec<Glyph>,
    pub(super) dots: Vec<Dot>,
    /// Height of each page in points.
    pub(super) heights: Vec<f32>,
    pub(super) pictures: usize,
    /// Glyphs whose character nobody knows.
    pub(super) unmapped: usize,
}

impl DrawnPages {
    /// Whether the characters cannot be what a reader sees.
    pub(super) fn is_nonsense(&self) -> bool {
        let mut letters = 0usize;
        let mut odd = self.unmapped;
        for c in self.glyphs.iter().flat_map(|glyph| glyph.text.chars()).filter(|c| !c.is_whitespace()) {
            letters += 1;
            odd += usize::from(
                c.is_control() || matches!(c, '\u{fffd}' | '\u{e000}'..='\u{f8ff}' | '\u{fff0}'..='\u{ffff}'),
            );
        }
        odd * 4 > letters + self.unmapped || letters > 400 && !reads_like_language(self)
    }
}

/// Text has spaces, or gaps, and vowels; shuffled glyphs have not.
fn reads_like_language(drawn: &DrawnPages) -> bool {
    let mut letters = 0usize;
    let mut vowels = 0usize;
    let mut other_writing = 0usize;
    for c in drawn.glyphs.iter().flat_map(|glyph| glyph.text.chars()) {
        if c.is_alphabetic() {
            letters += 1;
            other_writing += usize::from(c as u32 > 0x24f);
            let base = c.to_string().nfd().next().unwrap_or(c).to_ascii_lowercase();
            vowels += usize::from(matches!(base, 'a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'ø' | 'æ' | 'œ'));
        }
    }
    other_writing * 3 > letters || letters > 0 && vowels * 100 > letters * 22
}

/// Draws the first `limit` pages onto nothing and notes the glyphs.
pub(super) fn collect(pdf: &Pdf, limit: usize) -> DrawnPages {
    let mut drawn = DrawnPages::default();
    let names = font_names(pdf);
    let settings = InterpreterSettings { render_annotations: false, ..InterpreterSettings::default() };
    let cache = InterpreterCache::new();
    for (number, page) in pdf.pages().iter().take(limit).enumerate() {
        let (width, height) = page.render_dimensions();
        let bounds = Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
        let mut context = Context::new(
            page.initial_transform(true).to_kurbo(),
            bounds,
            &cache,
            pdf.xref(),
            settings.clone(),
        );
        drawn.heights.push(height);
        let page_number = u32::try_from(number + 1).unwrap_or(u32::MAX);
        let spoken = spoken::texts(page);
        let start = drawn.glyphs.len();
        let mut pen = Pen {
            drawn: &mut drawn,
            page: page_number,
            bounds,
            names: &names,
            looks: HashMap::new(),
            spoken: &spoken,
            marks: 0,
            open: Vec::new(),
        };
        interpret_page(page, &mut context, &mut pen);
        // Marks within drawn forms are counted too; then nobody knows which is which.
        if pen.marks == spoken.len() {
            spoken::apply(&spoken, &mut drawn.glyphs[start..]);
        }
        drawn.glyphs.retain(|glyph| glyph.text != "\u{fffd}" || glyph.marked.is_none());
    }
    drawn
}

/// Names of fonts by the key that glyphs tell, for fonts that do not know their own name.
fn font_names(pdf: &Pdf) -> HashMap<u128, String> {
    let mut names = HashMap::new();
    for object in pdf.objects() {
        let Object::Dict(dict) = object else { continue };
        if let Some(name) = base_font(&dict) {
            names.insert(dict.cache_key(), name);
        }
    }
    names
}

fn base_font(dict: &Dict<'_>) -> Option<String> {
    let name = dict.get::<Name<'_>>(b"BaseFont".as_slice())?;
    Some(String::from_utf8_lossy(&name).into_owned())
}

/// Whether a font of that name is a bold one.
fn is_bold_name(name: &str) -> bool {
    let name = name.rsplit('+').next().unwrap_or(name).to_ascii_lowercase();
    ["bold", "black", "heavy", "demi", "-medi", "cmbx", "sfbx", "lmbx", "cmssbx"]
        .iter()
        .any(|part| name.contains(part))
}

/// Whether a font of that name is slanted.
fn is_italic_name(name: &str) -> bool {
    let name = name.rsplit('+').next().unwrap_or(name).to_ascii_lowercase();
    ["italic", "oblique", "slanted", "cmti", "sfti", "cmsl"].iter().any(|part| name.contains(part))
}

struct Pen<'p> {
    drawn: &'p mut DrawnPages,
    page: u32,
    bounds: Rect,
    names: &'p HashMap<u128, String>,
    looks: HashMap<u128, (bool, bool)>,
    spoken: &'p [Option<String>],
    /// Marked pieces begun so far.
    marks: usize,
    /// Those that are not ended, the innermost last.
    open: Vec<usize>,
}

impl Pen<'_> {
    /// Whether the glyph's font is bold, and whether it is italic.
    fn looks(&mut self, glyph: &hayro_interpret::font::OutlineGlyph) -> (bool, bool) {
        let key = glyph.font_cache_key();
        if let Some(looks) = self.looks.get(&key) {
            return *looks;
        }
        let font = glyph.font_data();
        let own_name = font.as_ref().and_then(|font| font.postscript_name.as_deref());
        let names = [self.names.get(&key).map(String::as_str), own_name];
        let bold = names.iter().flatten().any(|name| is_bold_name(name))
            || font.as_ref().is_some_and(|font| font.weight.is_some_and(|weight| weight >= 600));
        let italic = names.iter().flatten().any(|name| is_italic_name(name))
            || font.as_ref().is_some_and(|font| font.is_italic);
        self.looks.insert(key, (bold, italic));
        (bold, italic)
    }
}

#[expect(clippy::cast_possible_truncation, reason = "places on a page need no more than f32")]
fn small(value: f64) -> f32 {
    value as f32
}

impl<'a> Device<'a> for Pen<'_> {
    fn draw_glyph(
        &mut self,
        glyph: &Drawn<'a>,
        transform: Affine,
        glyph_transform: Affine,
        _: &Paint<'a>,
        _: &GlyphDrawMode,
    ) {
        let place = transform * glyph_transform;
        let origin = place * Point::ORIGIN;
        if !origin.is_finite() || !self.bounds.inflate(2.0, 2.0).contains(origin) {
            return;
        }
        let up = (place * Point::new(0.0, 1000.0) - origin).hypot();
        let (advance, (bold, italic)) = match glyph {
            Drawn::Outline(outline) => {
                (outline.advance_width().map_or(500.0, f64::from), self.looks(outline))
            }
            Drawn::Type3(_) => (500.0, (false, false)),
        };
        let marked = self.open.last().copied().filter(|at| matches!(self.spoken.get(*at), Some(Some(_))));
        let text = match glyph.as_unicode() {
            Some(BfString::Char(c)) => c.to_string(),
            Some(BfString::String(text)) => text,
            // The file tells the text of all that is drawn here.
            None if marked.is_some() => "\u{fffd}".to_owned(),
            None => {
                self.drawn.unmapped += 1;
                return;
            }
        };
        // Bold by printing twice: the same glyph at nearly the same place.
        let (x, y, size) = (small(origin.x), small(origin.y), small(up));
        if let Some(last) = self.drawn.glyphs.last()
            && last.page == self.page
            && last.text == text
            && (last.x - x).abs() < size * 0.05
            && (last.y - y).abs() < size * 0.05
        {
            return;
        }
        let end = place * Point::new(advance, 0.0);
        self.drawn.glyphs.push(Glyph {
            page: self.page,
            text: normal(&text),
            x,
            y,
            width: small((end - origin).x.max(0.0)),
            size,
            bold,
            italic,
            marked,
        });
    }

    fn draw_path(&mut self, path: &BezPath, transform: Affine, _: &Paint<'a>, mode: &PathDrawMode) {
        let bounds = (transform * path.clone()).bounding_box();
        let (width, height) = (bounds.width(), bounds.height());
        let filled = matches!(mode, PathDrawMode::Fill(_));
        let round = (width - height).abs() < 0.35 * width.max(height);
        if filled && round && (1.0..8.0).contains(&width) && self.drawn.dots.len() < 5000 {
            let middle = bounds.center();
            self.drawn.dots.push(Dot { page: self.page, x: small(middle.x), y: small(middle.y) });
        }
    }

    fn draw_image(&mut self, _: Image<'a, '_>, _: Affine) {
        self.drawn.pictures += 1;
    }

    fn begin_marked_content(&mut self, _: &[u8], _: Option<i32>) {
        self.open.push(self.marks);
        self.marks += 1;
    }

    fn end_marked_content(&mut self) {
        self.open.pop();
    }

    fn set_soft_mask(&mut self, _: Option<SoftMask<'a>>) {}
    fn set_blend_mode(&mut self, _: BlendMode) {}
    fn push_clip_path(&mut self, _: &ClipPath) {}
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {}
    fn pop_clip_path(&mut self) {}
    fn pop_transparency_group(&mut self) {}
}

/// Ligatures and full forms as plain letters; marks, fractions and powers keep their looks.
fn normal(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\u{fb00}'..='\u{fb06}'
            | '\u{fb50}'..='\u{fdff}'
            | '\u{fe70}'..='\u{fefc}'
            | '\u{2126}'
            | '\u{212b}'
            | '\u{2f00}'..='\u{2fd5}' => {
                out.extend(std::iter::once(c).nfkc());
            }
            '\u{ad}' | '\u{2010}' => out.push('-'),
            c => out.push(c),
        }
    }
    out
}

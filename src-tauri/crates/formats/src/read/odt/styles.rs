//! The looks that the styles of an `OpenDocument` file give.

use std::collections::HashMap;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::bad_xml;
use crate::read::docx::scan::attribute;
use crate::rich::{Align, Looks};
use crate::{Format, ReadError};

/// A size of letters: points, or a share of the size around them.
#[derive(Clone, Copy, Debug)]
enum Size {
    Points(f32),
    Share(f32),
}

/// What one style says.
#[derive(Clone, Debug, Default)]
struct Style {
    parent: Option<String>,
    automatic: bool,
    bold: Option<bool>,
    italic: Option<bool>,
    underline: Option<bool>,
    size: Option<Size>,
    color: Option<[u8; 3]>,
    hidden: Option<bool>,
    align: Option<Align>,
    indent: Option<f32>,
    space: Option<f32>,
    outline: Option<u8>,
}

/// How a paragraph of some style looks.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct ParagraphLooks {
    pub(super) letters: Looks,
    pub(super) hidden: bool,
    pub(super) align: Align,
    pub(super) indent: f32,
    pub(super) space: f32,
    /// Level that the style gives a paragraph in the outline, 0 for none.
    pub(super) outline: u8,
    pub(super) is_title: bool,
}

/// The styles of a document.
#[derive(Clone, Debug, Default)]
pub(super) struct Styles {
    paragraphs: HashMap<String, Style>,
    letters: HashMap<String, Style>,
    default: Style,
}

/// Styles may be based on one another in a circle.
const MAX_ANCESTORS: usize = 16;

impl Styles {
    pub(super) fn read(xml: &str) -> Result<Self, ReadError> {
        let mut reader = Reader::from_str(xml);
        reader.config_mut().check_end_names = false;
        let mut styles = Self::default();
        let mut automatic = false;
        // Family and name of the style that is open; no name for the default of its family.
        let mut open: Option<(String, Option<String>, Style)> = None;
        loop {
            let event = reader.read_event().map_err(|_| bad_xml())?;
            match &event {
                Event::DocType(_) => return Err(ReadError::ForbiddenDeclaration { format: Format::Odt }),
                Event::Eof => return Ok(styles),
                Event::Start(tag) | Event::Empty(tag) => {
                    let name = tag.name();
                    let empty = matches!(event, Event::Empty(_));
                    match name.as_ref() {
                        "office:automatic-styles" => automatic = !empty,
                        "style:style" | "style:default-style" => {
                            let style = Style {
                                parent: attribute(tag, "style:parent-style-name"),
                                automatic,
                                outline: attribute(tag, "style:default-outline-level")
                                    .and_then(|level| level.parse().ok()),
                                ..Style::default()
                            };
                            let family = attribute(tag, "style:family").unwrap_or_default();
                            let named = (name.as_ref() == "style:style")
                                .then(|| attribute(tag, "style:name").unwrap_or_default());
                            open = Some((family, named, style));
                            if empty {
                                styles.keep(open.take());
                            }
                        }
                        "office:body" => return Ok(styles),
                        _ => {
                            if let Some((_, _, style)) = &mut open {
                                style.take(tag);
                            }
                        }
                    }
                }
                Event::End(tag) => match tag.name().as_ref() {
                    "office:automatic-styles" => automatic = false,
                    "style:style" | "style:default-style" => styles.keep(open.take()),
                    _ => {}
                },
                _ => {}
            }
        }
    }

    fn keep(&mut self, style: Option<(String, Option<String>, Style)>) {
        match style {
            Some((family, Some(name), style)) if family == "paragraph" => {
                self.paragraphs.insert(name, style);
            }
            Some((family, Some(name), style)) if family == "text" => {
                self.letters.insert(name, style);
            }
            Some((family, None, style)) if family == "paragraph" => self.default = style,
            _ => {}
        }
    }

    /// The styles that have names of their own.
    pub(super) fn without_automatic(&self) -> Self {
        let named = |styles: &HashMap<String, Style>| {
            styles
                .iter()
                .filter(|(_, style)| !style.automatic)
                .map(|(name, style)| (name.clone(), style.clone()))
                .collect()
        };
        Self {
            paragraphs: named(&self.paragraphs),
            letters: named(&self.letters),
            default: self.default.clone(),
        }
    }

    /// Both together.
    pub(super) fn and(mut self, other: Self) -> Self {
        self.paragraphs.extend(other.paragraphs);
        self.letters.extend(other.letters);
        self
    }

    fn chain<'s>(styles: &'s HashMap<String, Style>, name: Option<&'s str>) -> Vec<(&'s str, &'s Style)> {
        let mut chain = Vec::new();
        let mut next = name;
        while let Some(name) = next
            && chain.len() < MAX_ANCESTORS
            && let Some(style) = styles.get(name)
        {
            chain.push((name, style));
            next = style.parent.as_deref();
        }
        chain
    }

    /// How a paragraph of that style looks.
    pub(super) fn paragraph(&self, name: Option<&str>) -> ParagraphLooks {
        let chain = Self::chain(&self.paragraphs, name.or(Some("Standard")));
        let mut looks =
            ParagraphLooks { letters: Looks { size: 12.0, ..Looks::default() }, ..ParagraphLooks::default() };
        for (name, style) in std::iter::once(("", &self.default)).chain(chain.into_iter().rev()) {
            looks.letters = style.letters(looks.letters);
            looks.hidden = style.hidden.unwrap_or(looks.hidden);
            looks.align = style.align.unwrap_or(looks.align);
            looks.indent = style.indent.unwrap_or(looks.indent);
            looks.space = style.space.unwrap_or(looks.space);
            looks.outline = style.outline.unwrap_or(looks.outline);
            looks.is_title |= name == "Title";
        }
        looks
    }

    /// How letters of that style look among others, and whether they are hidden.
    pub(super) fn letters(&self, name: &str, around: Looks) -> (Looks, bool) {
        let chain = Self::chain(&self.letters, Some(name));
        let mut looks = around;
        let mut hidden = false;
        for (_, style) in chain.into_iter().rev() {
            looks = style.letters(looks);
            hidden = style.hidden.unwrap_or(hidden);
        }
        (looks, hidden)
    }
}

impl Style {
    fn take(&mut self, tag: &BytesStart<'_>) {
        let name = tag.name();
        match name.as_ref() {
            "style:text-properties" => {
                let value = |name: &str| attribute(tag, name);
                if let Some(weight) = value("fo:font-weight") {
                    self.bold =
                        Some(weight == "bold" || weight.parse::<u32>().is_ok_and(|weight| weight >= 600));
                }
                if let Some(slant) = value("fo:font-style") {
                    self.italic = Some(slant != "normal");
                }
                if let Some(line) = value("style:text-underline-style") {
                    self.underline = Some(line != "none");
                }
                if let Some(size) = value("fo:font-size") {
                    self.size = parse_size(&size).or(self.size);
                }
                if let Some(color) = value("fo:color") {
                    self.color = parse_color(&color);
                }
                if let Some(display) = value("text:display") {
                    self.hidden = Some(display == "none");
                }
            }
            "style:paragraph-properties" => {
                if let Some(align) = attribute(tag, "fo:text-align") {
                    self.align = Some(match align.as_str() {
                        "center" => Align::Center,
                        "end" | "right" => Align::End,
                        _ => Align::Start,
                    });
                }
                if let Some(indent) = attribute(tag, "fo:margin-left") {
                    self.indent = points(&indent);
                }
                if let Some(space) = attribute(tag, "fo:margin-top") {
                    self.space = points(&space);
                }
            }
            _ => {}
        }
    }

    fn letters(&self, around: Looks) -> Looks {
        Looks {
            bold: self.bold.unwrap_or(around.bold),
            italic: self.italic.unwrap_or(around.italic),
            underline: self.underline.unwrap_or(around.underline),
            size: match self.size {
                Some(Size::Points(points)) => points,
                Some(Size::Share(share)) => around.size * share,
                None => around.size,
            },
            color: self.color.or(around.color),
        }
    }
}

fn parse_size(text: &str) -> Option<Size> {
    if let Some(share) = text.strip_suffix('%') {
        return share
            .parse::<f32>()
            .ok()
            .filter(|share| (1.0..=1000.0).contains(share))
            .map(|share| Size::Share(share / 100.0));
    }
    points(text).filter(|size| (0.5..=1000.0).contains(size)).map(Size::Points)
}

/// A length as points.
pub(super) fn points(text: &str) -> Option<f32> {
    let at = text.find(|c: char| c.is_ascii_alphabetic())?;
    let (number, unit) = text.split_at(at);
    let number = number.parse::<f32>().ok().filter(|number| number.is_finite())?;
    let factor = match unit {
        "pt" => 1.0,
        "in" => 72.0,
        "cm" => 72.0 / 2.54,
        "mm" => 7.2 / 2.54,
        "pc" => 12.0,
        "px" => 0.75,
        _ => return None,
    };
    Some(number * factor)
}

fn parse_color(text: &str) -> Option<[u8; 3]> {
    let digits = text.strip_prefix('#').filter(|digits| digits.len() == 6 && digits.is_ascii())?;
    let part = |at: usize| u8::from_str_radix(&digits[at..at + 2], 16).ok();
    Some([part(0)?, part(2)?, part(4)?])
}

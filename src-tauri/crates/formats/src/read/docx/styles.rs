//! The looks that paragraph styles give.

use std::collections::HashMap;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::scan::{attribute, bad_xml, is_on};
use crate::{Format, ReadError};

/// What a style says of a paragraph.
#[derive(Clone, Debug, Default)]
pub(crate) struct Style {
    name: String,
    based_on: Option<String>,
    outline: Option<u8>,
    bold: Option<bool>,
    italic: Option<bool>,
    size: Option<f32>,
    list: bool,
}

/// What a style of letters says.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct RunLooks {
    pub(crate) bold: Option<bool>,
    pub(crate) italic: Option<bool>,
    /// Points.
    pub(crate) size: Option<f32>,
}

/// The looks of a paragraph once its style's ancestors are counted in.
#[derive(Clone, Copy, Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a look of its own")]
pub(crate) struct Looks {
    /// Level of the heading, 0 for none.
    pub(crate) heading: u8,
    /// The document's title.
    pub(crate) is_title: bool,
    /// Bold by style.
    pub(crate) bold: bool,
    /// Slanted by style.
    pub(crate) italic: bool,
    /// Points; 0 where nothing says so.
    pub(crate) size: f32,
    /// Items of a list.
    pub(crate) list: bool,
}

/// The styles of a document by id.
#[derive(Default)]
pub(crate) struct Styles {
    by_id: HashMap<String, Style>,
    default_id: Option<String>,
    default_size: f32,
}

impl Styles {
    pub(crate) fn read(xml: &str) -> Result<Self, ReadError> {
        let mut reader = Reader::from_str(xml);
        let mut styles = Self { default_size: 10.0, ..Self::default() };
        let mut open: Option<(String, Style)> = None;
        loop {
            match reader.read_event().map_err(|_| bad_xml())? {
                Event::DocType(_) => return Err(ReadError::ForbiddenDeclaration { format: Format::Docx }),
                Event::Start(tag) if tag.name().as_ref() == "w:style" => {
                    let id = attribute(&tag, "w:styleId").unwrap_or_default();
                    let paragraph = attribute(&tag, "w:type").is_none_or(|kind| kind == "paragraph");
                    if paragraph && attribute(&tag, "w:default").as_deref() == Some("1") {
                        styles.default_id = Some(id.clone());
                    }
                    open = Some((id, Style::default()));
                }
                Event::Start(tag) | Event::Empty(tag) => match &mut open {
                    Some((_, style)) => style.take(&tag),
                    None if tag.name().as_ref() == "w:sz" => {
                        styles.default_size = half_points(&tag).unwrap_or(10.0);
                    }
                    None => {}
                },
                Event::End(tag) if tag.name().as_ref() == "w:style" => {
                    if let Some((id, style)) = open.take() {
                        styles.by_id.insert(id, style);
                    }
                }
                Event::Eof => return Ok(styles),
                _ => {}
            }
        }
    }

    /// What a style of letters says, its ancestors counted in.
    pub(crate) fn looks_of_run(&self, id: Option<&str>) -> RunLooks {
        let mut looks = RunLooks::default();
        let mut next = id.map(str::to_owned);
        for _ in 0..16 {
            let Some(style) = next.as_ref().and_then(|id| self.by_id.get(id)) else { break };
            looks.bold = looks.bold.or(style.bold);
            looks.italic = looks.italic.or(style.italic);
            looks.size = looks.size.or(style.size);
            next.clone_from(&style.based_on);
        }
        looks
    }

    /// The looks of a paragraph of that style, or of none.
    pub(crate) fn looks(&self, id: Option<&str>) -> Looks {
        let mut looks = Looks { size: 0.0, ..Looks::default() };
        let mut bold = None;
        let mut italic = None;
        let mut outline = None;
        let mut next = id.map(str::to_owned).or_else(|| self.default_id.clone());
        // Styles may be based on one another in a circle.
        for _ in 0..16 {
            let Some(style) = next.as_ref().and_then(|id| self.by_id.get(id)) else { break };
            let name = style.name.to_lowercase();
            if outline.is_none() {
                outline = style
                    .outline
                    .or_else(|| name.strip_prefix("heading ").and_then(|level| level.parse::<u8>().ok()));
            }
            looks.is_title |= name == "title";
            looks.list |= style.list || name.starts_with("list bullet") || name.starts_with("list number");
            bold = bold.or(style.bold);
            italic = italic.or(style.italic);
            if looks.size == 0.0 {
                looks.size = style.size.unwrap_or(0.0);
            }
            next.clone_from(&style.based_on);
        }
        if looks.is_title {
            outline = Some(1);
        }
        looks.heading = outline.unwrap_or(0).min(6);
        looks.bold = bold.unwrap_or(false);
        looks.italic = italic.unwrap_or(false);
        if looks.size == 0.0 {
            looks.size = self.default_size;
        }
        looks
    }
}

impl Style {
    fn take(&mut self, tag: &BytesStart<'_>) {
        match tag.name().as_ref() {
            "w:name" => self.name = attribute(tag, "w:val").unwrap_or_default(),
            "w:basedOn" => self.based_on = attribute(tag, "w:val"),
            "w:outlineLvl" => {
                let level = attribute(tag, "w:val").and_then(|level| level.parse::<u8>().ok());
                self.outline = level.filter(|level| *level < 9).map(|level| level + 1);
            }
            "w:b" => self.bold = Some(is_on(tag)),
            "w:i" => self.italic = Some(is_on(tag)),
            "w:sz" => self.size = half_points(tag),
            "w:numPr" => self.list = true,
            _ => {}
        }
    }
}

/// A size in half points as points.
pub(crate) fn half_points(tag: &BytesStart<'_>) -> Option<f32> {
    attribute(tag, "w:val")?
        .parse::<f32>()
        .ok()
        .filter(|size| (1.0..=2000.0).contains(size))
        .map(|size| size / 2.0)
}

//! A Word document as it looks: paragraphs with their runs, lists, tables and text boxes.
//!
//! Paragraphs are counted as the reader counts them, every `w:p` of a part, so that a block finds its own.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::read::docx::parts;
use crate::read::docx::scan::{attribute, bad_xml, is_on};
use crate::read::docx::styles::{Styles, half_points};
use crate::read::package::Package;
use crate::rich::{self, Align, Looks, MAX_PIECES, Paragraph, Part, Piece};
use crate::{Format, ReadError};

/// Headers, text and footers as HTML.
pub(super) fn html(bytes: &[u8], out: &mut String) -> Result<(), ReadError> {
    let mut package = Package::open(bytes, Format::Docx)?;
    let main = parts::main_part(&package)?;
    let styles = match package.part("word/styles.xml")? {
        Some(xml) => Styles::read(&xml)?,
        None => Styles::default(),
    };
    let edges = parts::edge_parts(&package);
    let (above, below): (Vec<_>, Vec<_>) = edges.into_iter().partition(|name| name.contains("header"));
    for name in above.iter().chain(std::iter::once(&main)).chain(&below) {
        let Some(xml) = package.part(name)? else {
            if *name == main {
                return Err(package.damaged("its main part is missing"));
            }
            continue;
        };
        rich::html::part(&part(&xml, name, &styles)?, out);
    }
    Ok(())
}

struct Open {
    paragraph: Paragraph,
    after: Vec<Piece>,
    in_properties: bool,
    styled: Looks,
    run: Looks,
    hidden: bool,
}

struct Walk<'s> {
    styles: &'s Styles,
    pieces: Vec<Piece>,
    open: Vec<Open>,
    next: u32,
}

/// Elements whose content nobody sees.
fn is_left_out(name: &str) -> bool {
    matches!(
        name,
        "w:del" | "w:moveFrom" | "mc:Fallback" | "w:pPrChange" | "w:rPrChange" | "w:sectPrChange" | "w:ruby"
    )
}

fn part(xml: &str, name: &str, styles: &Styles) -> Result<Part, ReadError> {
    let mut reader = Reader::from_str(xml);
    reader.config_mut().check_end_names = false;
    let mut walk = Walk { styles, pieces: Vec::new(), open: Vec::new(), next: 0 };
    let mut left_out = 0u32;
    let mut in_text = false;
    loop {
        let event = reader.read_event().map_err(|_| bad_xml())?;
        match &event {
            Event::DocType(_) => return Err(ReadError::ForbiddenDeclaration { format: Format::Docx }),
            Event::Eof => break,
            Event::Start(tag) => {
                let name = tag.name();
                let name = name.as_ref();
                if is_left_out(name) {
                    left_out += 1;
                } else if name == "w:p" && left_out > 0 {
                    // It is counted all the same.
                    walk.next = walk.next.saturating_add(1);
                } else if left_out == 0 {
                    in_text = name == "w:t";
                    walk.start(tag, name);
                }
            }
            Event::Empty(tag) => {
                let name = tag.name();
                let name = name.as_ref();
                if name == "w:p" && left_out > 0 {
                    walk.next = walk.next.saturating_add(1);
                } else if left_out == 0 {
                    walk.start(tag, name);
                    walk.end(name);
                }
            }
            Event::End(tag) => {
                let name = tag.name();
                let name = name.as_ref();
                if is_left_out(name) {
                    left_out = left_out.saturating_sub(1);
                } else if left_out == 0 {
                    in_text &= name != "w:t";
                    walk.end(name);
                }
            }
            Event::Text(text) if in_text && left_out == 0 => walk.text(text),
            Event::CData(text) if in_text && left_out == 0 => walk.text(text),
            Event::GeneralRef(reference) if in_text && left_out == 0 => {
                let sign = match (reference.resolve_char_ref(), reference.as_ref()) {
                    (Ok(Some(sign)), _) => sign,
                    (_, "amp") => '&',
                    (_, "lt") => '<',
                    (_, "gt") => '>',
                    (_, "quot") => '"',
                    (_, "apos") => '\'',
                    _ => return Err(ReadError::ForbiddenDeclaration { format: Format::Docx }),
                };
                walk.text(sign.encode_utf8(&mut [0; 4]));
            }
            _ => {}
        }
        if walk.pieces.len() > MAX_PIECES {
            break;
        }
    }
    Ok(Part { name: name.to_owned(), pieces: walk.pieces })
}

impl Walk<'_> {
    fn put(&mut self, piece: Piece) {
        match self.open.last_mut() {
            Some(open) => open.after.push(piece),
            None => self.pieces.push(piece),
        }
    }

    fn start(&mut self, tag: &BytesStart<'_>, name: &str) {
        match name {
            "w:p" => {
                let paragraph = Paragraph { index: self.next, ..Paragraph::default() };
                self.next = self.next.saturating_add(1);
                let mut open = Open {
                    paragraph,
                    after: Vec::new(),
                    in_properties: false,
                    styled: Looks::default(),
                    run: Looks::default(),
                    hidden: false,
                };
                open.style(self.styles, None);
                self.open.push(open);
            }
            "w:tbl" => self.put(Piece::TableStart),
            "w:tr" => self.put(Piece::RowStart),
            "w:tc" => self.put(Piece::CellStart(1)),
            "w:txbxContent" => self.put(Piece::BoxStart),
            "w:gridSpan" => {
                let columns = attribute(tag, "w:val").and_then(|columns| columns.parse::<u16>().ok());
                let pieces = match self.open.last_mut() {
                    Some(open) => &mut open.after,
                    None => &mut self.pieces,
                };
                if let (Some(Piece::CellStart(of)), Some(columns)) = (pieces.last_mut(), columns) {
                    *of = columns;
                }
            }
            _ => {
                if let Some(open) = self.open.last_mut() {
                    open.start(tag, name, self.styles);
                }
            }
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            "w:p" => {
                if let Some(open) = self.open.pop() {
                    self.put(Piece::Paragraph(open.paragraph));
                    for piece in open.after {
                        self.put(piece);
                    }
                }
            }
            "w:tbl" => self.put(Piece::TableEnd),
            "w:tr" => self.put(Piece::RowEnd),
            "w:tc" => self.put(Piece::CellEnd),
            "w:txbxContent" => self.put(Piece::BoxEnd),
            "w:pPr" => {
                if let Some(open) = self.open.last_mut() {
                    open.in_properties = false;
                }
            }
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        if let Some(open) = self.open.last_mut()
            && !open.hidden
        {
            open.paragraph.push(text, open.run);
        }
    }
}

impl Open {
    /// The looks that a style gives.
    fn style(&mut self, styles: &Styles, id: Option<&str>) {
        let looks = styles.looks(id);
        self.styled = Looks { bold: looks.bold, size: looks.size, ..Looks::default() };
        self.run = self.styled;
        self.paragraph.heading = looks.heading;
        self.paragraph.item = looks.list && looks.heading == 0;
        self.paragraph.list = u8::from(self.paragraph.item);
    }

    fn start(&mut self, tag: &BytesStart<'_>, name: &str, styles: &Styles) {
        if self.in_properties {
            match name {
                "w:pStyle" => self.style(styles, attribute(tag, "w:val").as_deref()),
                "w:numId" => {
                    self.paragraph.item =
                        attribute(tag, "w:val").as_deref() != Some("0") && self.paragraph.heading == 0;
                    self.paragraph.list = self.paragraph.list.max(u8::from(self.paragraph.item));
                }
                "w:ilvl" => {
                    let level = attribute(tag, "w:val").and_then(|level| level.parse::<u8>().ok());
                    self.paragraph.list = level.unwrap_or(0).min(8) + 1;
                }
                "w:jc" => {
                    self.paragraph.align = match attribute(tag, "w:val").as_deref() {
                        Some("center") => Align::Center,
                        Some("right" | "end") => Align::End,
                        _ => Align::Start,
                    }
                }
                "w:ind" => {
                    let left = attribute(tag, "w:left").or_else(|| attribute(tag, "w:start"));
                    self.paragraph.indent = left.and_then(|left| twips(&left)).unwrap_or(0.0);
                }
                "w:spacing" => {
                    let above = attribute(tag, "w:before");
                    self.paragraph.space = above.and_then(|above| twips(&above)).unwrap_or(0.0);
                }
                _ => {}
            }
            return;
        }
        match name {
            "w:pPr" => self.in_properties = true,
            "w:r" => {
                self.run = self.styled;
                self.hidden = false;
            }
            "w:b" => self.run.bold = is_on(tag),
            "w:i" => self.run.italic = is_on(tag),
            "w:u" => self.run.underline = attribute(tag, "w:val").is_none_or(|value| value != "none"),
            "w:sz" => self.run.size = half_points(tag).unwrap_or(self.run.size),
            "w:color" => self.run.color = attribute(tag, "w:val").and_then(|value| color(&value)),
            "w:vanish" => self.hidden = is_on(tag),
            "w:tab" => self.sign("\t"),
            "w:br" | "w:cr" => self.sign("\n"),
            "w:noBreakHyphen" => self.sign("\u{2011}"),
            _ => {}
        }
    }

    fn sign(&mut self, sign: &str) {
        if !self.hidden {
            self.paragraph.push(sign, self.run);
        }
    }
}

/// Twentieths of a point as points.
fn twips(text: &str) -> Option<f32> {
    text.parse::<f32>().ok().filter(|twips| twips.is_finite()).map(|twips| twips / 20.0)
}

fn color(digits: &str) -> Option<[u8; 3]> {
    let part = |from: usize| u8::from_str_radix(digits.get(from..from + 2)?, 16).ok();
    (digits.len() == 6).then_some(())?;
    Some([part(0)?, part(2)?, part(4)?])
}

//! Walks a part of an `OpenDocument` file once and collects its paragraphs.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::styles::Styles;
use super::{bad_xml, sign};
use crate::read::docx::scan::attribute;
use crate::rich::{Looks, MAX_PIECES, Paragraph, Part, Piece};
use crate::{Format, ReadError};

/// Which paragraphs of the part are kept; all are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Where {
    /// The text itself.
    Text,
    /// Headers of pages.
    Headers,
    /// Footers of pages.
    Footers,
}

impl Where {
    fn opens(self, name: &str) -> bool {
        match self {
            Self::Text => name == "office:text",
            Self::Headers => name.starts_with("style:header") && !name.ends_with("style"),
            Self::Footers => name.starts_with("style:footer") && !name.ends_with("style"),
        }
    }
}

/// Elements whose content nobody reads as text.
fn is_left_out(name: &str) -> bool {
    matches!(
        name,
        "text:tracked-changes"
            | "office:annotation"
            | "office:forms"
            | "office:binary-data"
            | "text:note-citation"
            | "text:ruby-text"
            | "text:hidden-text"
            | "svg:title"
            | "svg:desc"
            | "math:math"
            | "draw:object"
            | "text:variable-decls"
            | "text:sequence-decls"
            | "text:user-field-decls"
            | "table:covered-table-cell"
            | "table:shapes"
    )
}

/// Elements that hold text apart from the running text.
fn is_box(name: &str) -> bool {
    matches!(
        name,
        "draw:text-box"
            | "draw:custom-shape"
            | "draw:rect"
            | "draw:ellipse"
            | "text:note-body"
            | "draw:caption"
    )
}

struct Open {
    paragraph: Paragraph,
    /// What stands in boxes that hang on the paragraph, put behind it.
    after: Vec<Piece>,
    looks: Vec<(Looks, bool)>,
    /// Links that are open: their address and where their text begins.
    links: Vec<(Option<String>, usize)>,
}

struct Walk<'s> {
    styles: &'s Styles,
    pieces: Vec<Piece>,
    open: Vec<Open>,
    /// For each open list, whether its item has not had a paragraph yet.
    lists: Vec<bool>,
    next: u32,
}

/// The paragraphs of a part.
pub(super) fn part(xml: &str, name: &str, kept: Where, styles: &Styles) -> Result<Part, ReadError> {
    let mut reader = Reader::from_str(xml);
    reader.config_mut().check_end_names = false;
    let mut walk = Walk { styles, pieces: Vec::new(), open: Vec::new(), lists: Vec::new(), next: 0 };
    let mut inside = 0u32;
    let mut left_out = 0u32;
    let mut sections: Vec<bool> = Vec::new();
    loop {
        let event = reader.read_event().map_err(|_| bad_xml())?;
        match &event {
            Event::DocType(_) => return Err(ReadError::ForbiddenDeclaration { format: Format::Odt }),
            Event::Eof => break,
            Event::Start(tag) => {
                let name = tag.name();
                let name = name.as_ref();
                if kept.opens(name) {
                    inside += 1;
                } else if is_left_out(name) {
                    left_out += 1;
                } else if name == "text:section" || name == "text:hidden-paragraph" {
                    let hidden = attribute(tag, "text:display").is_some_and(|display| display == "none");
                    sections.push(hidden);
                    left_out += u32::from(hidden);
                } else if inside > 0 && left_out == 0 {
                    walk.start(tag, name);
                } else if matches!(name, "text:p" | "text:h") {
                    walk.next = walk.next.saturating_add(1);
                }
            }
            Event::Empty(tag) => {
                let name = tag.name();
                let name = name.as_ref();
                if inside > 0 && left_out == 0 {
                    walk.start(tag, name);
                    walk.end(name);
                } else if matches!(name, "text:p" | "text:h") {
                    walk.next = walk.next.saturating_add(1);
                }
            }
            Event::End(tag) => {
                let name = tag.name();
                let name = name.as_ref();
                if kept.opens(name) {
                    inside = inside.saturating_sub(1);
                } else if is_left_out(name) {
                    left_out = left_out.saturating_sub(1);
                } else if name == "text:section" || name == "text:hidden-paragraph" {
                    left_out = left_out.saturating_sub(u32::from(sections.pop().unwrap_or(false)));
                } else if inside > 0 && left_out == 0 {
                    walk.end(name);
                }
            }
            Event::Text(text) if inside > 0 && left_out == 0 => walk.text(text),
            Event::CData(text) if inside > 0 && left_out == 0 => walk.text(text),
            Event::GeneralRef(reference) if inside > 0 && left_out == 0 => {
                let sign = sign(reference)?;
                walk.text(sign.encode_utf8(&mut [0; 4]));
            }
            _ => {}
        }
        if walk.pieces.len() > MAX_PIECES {
            break;
        }
    }
    if !walk.open.is_empty() && walk.pieces.len() <= MAX_PIECES {
        return Err(bad_xml());
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
            "text:p" | "text:h" => self.open_paragraph(tag, name == "text:h"),
            "text:list" => self.lists.push(false),
            "text:list-item" => {
                if let Some(fresh) = self.lists.last_mut() {
                    *fresh = true;
                }
            }
            "text:span" | "text:a" => {
                if let Some(open) = self.open.last_mut() {
                    let (around, hidden) = open.looks.last().copied().unwrap_or_default();
                    let named = attribute(tag, "text:style-name").filter(|_| name == "text:span");
                    let (looks, also) =
                        named.map_or((around, false), |name| self.styles.letters(&name, around));
                    open.looks.push((looks, hidden || also));
                    if name == "text:a" {
                        open.links.push((attribute(tag, "xlink:href"), open.paragraph.length()));
                    }
                }
            }
            "text:s" => {
                let count =
                    attribute(tag, "text:c").and_then(|count| count.parse::<usize>().ok()).unwrap_or(1);
                self.raw(&" ".repeat(count.min(200)));
            }
            "text:tab" => self.raw("\t"),
            "text:line-break" => self.raw("\n"),
            "table:table" => self.put(Piece::TableStart),
            "table:table-row" => self.put(Piece::RowStart),
            "table:table-cell" => {
                let columns = attribute(tag, "table:number-columns-spanned").and_then(|n| n.parse().ok());
                self.put(Piece::CellStart(columns.unwrap_or(1)));
            }
            name if is_box(name) => self.put(Piece::BoxStart),
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            "text:p" | "text:h" => {
                if let Some(open) = self.open.pop() {
                    self.put(Piece::Paragraph(open.paragraph));
                    for piece in open.after {
                        self.put(piece);
                    }
                }
            }
            "text:list" => {
                self.lists.pop();
            }
            "text:span" | "text:a" => {
                if let Some(open) = self.open.last_mut()
                    && open.looks.len() > 1
                {
                    open.looks.pop();
                    if name == "text:a"
                        && let Some((Some(address), from)) = open.links.pop()
                    {
                        open.paragraph.link(from, &address);
                    }
                }
            }
            "table:table" => self.put(Piece::TableEnd),
            "table:table-row" => self.put(Piece::RowEnd),
            "table:table-cell" => self.put(Piece::CellEnd),
            name if is_box(name) => self.put(Piece::BoxEnd),
            _ => {}
        }
    }

    fn open_paragraph(&mut self, tag: &BytesStart<'_>, heading: bool) {
        let looks = self.styles.paragraph(attribute(tag, "text:style-name").as_deref());
        let level = attribute(tag, "text:outline-level").and_then(|level| level.parse::<u8>().ok());
        let item = self.lists.last_mut().is_some_and(std::mem::take);
        let paragraph = Paragraph {
            index: self.next,
            heading: match (looks.is_title, heading) {
                (true, _) => 1,
                (false, true) => level.unwrap_or(looks.outline.max(1)).clamp(1, 6),
                (false, false) => looks.outline.min(6),
            },
            is_title: looks.is_title,
            list: u8::try_from(self.lists.len()).unwrap_or(u8::MAX),
            item,
            align: looks.align,
            indent: looks.indent,
            space: looks.space,
            ..Paragraph::default()
        };
        self.next = self.next.saturating_add(1);
        self.open.push(Open {
            paragraph,
            after: Vec::new(),
            looks: vec![(looks.letters, looks.hidden)],
            links: Vec::new(),
        });
    }

    /// Text of the file: any white space is one space.
    fn text(&mut self, text: &str) {
        let Some(open) = self.open.last_mut() else { return };
        let mut out = String::with_capacity(text.len());
        let last = open.paragraph.runs.last().and_then(|run| run.text.chars().next_back());
        let mut spaced = last.is_none_or(|c| matches!(c, ' ' | '\n'));
        for c in text.chars() {
            if matches!(c, ' ' | '\t' | '\n' | '\r') {
                if !spaced {
                    out.push(' ');
                }
                spaced = true;
            } else {
                spaced = false;
                out.push(c);
            }
        }
        self.raw(&out);
    }

    fn raw(&mut self, text: &str) {
        if let Some(open) = self.open.last_mut()
            && let Some((looks, false)) = open.looks.last().copied()
            && !text.is_empty()
        {
            open.paragraph.push(text, looks);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(body: &str) -> Vec<(u32, String, u8, bool)> {
        let xml = format!(
            "<office:document-content><office:automatic-styles>\
             <style:style style:name=\"H\" style:family=\"text\"><style:text-properties text:display=\"none\"/></style:style>\
             <style:style style:name=\"B\" style:family=\"text\"><style:text-properties fo:font-weight=\"bold\" fo:font-size=\"150%\"/></style:style>\
             </office:automatic-styles><office:body><office:text>{body}</office:text></office:body></office:document-content>"
        );
        let styles = Styles::read(&xml).expect("it is well formed");
        let part = part(&xml, "content.xml", Where::Text, &styles).expect("it is well formed");
        part.pieces
            .iter()
            .filter_map(|piece| match piece {
                Piece::Paragraph(one) => Some((
                    one.index,
                    one.runs.iter().map(|run| run.text.as_str()).collect(),
                    one.heading,
                    one.item,
                )),
                _ => None,
            })
            .collect()
    }

    #[test]
    fn lists_headings_spaces_and_what_is_left_out() {
        let found = texts(
            "<text:tracked-changes><text:changed-region><text:deletion><text:p>old</text:p></text:deletion></text:changed-region></text:tracked-changes>\
             <text:h text:outline-level=\"2\">Work</text:h><text:p/>\
             <text:list><text:list-item><text:p>one <text:span text:style-name=\"B\">bold</text:span><text:span text:style-name=\"H\">secret</text:span></text:p><text:p>more</text:p></text:list-item></text:list>\
             <text:p>A<text:tab/>B<text:s text:c=\"2\"/>C<office:annotation><text:p>note</text:p></office:annotation> &amp;  D</text:p>",
        );
        assert_eq!(
            found,
            [
                (1, "Work".to_owned(), 2, false),
                (2, String::new(), 0, false),
                (3, "one bold".to_owned(), 0, true),
                (4, "more".to_owned(), 0, false),
                (5, "A\tB  C & D".to_owned(), 0, false),
            ]
        );
    }

    #[test]
    fn a_frame_stands_behind_its_paragraph() {
        let found = texts(
            "<text:p>Before<draw:frame><draw:text-box><text:p>Box</text:p></draw:text-box></draw:frame> after</text:p>",
        );
        let told: Vec<_> = found.iter().map(|(at, text, ..)| (*at, text.as_str())).collect();
        assert_eq!(told, [(0, "Before after"), (1, "Box")]);
    }
}

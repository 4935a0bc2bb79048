//! Where things stand in one XML part: paragraphs, their runs, and the pieces of text in these, as byte ranges.
//!
//! Paragraphs are counted as the reader counts them: every `w:p`, also empty and nested ones, in the order in
//! which they begin.

use std::ops::Range;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::Why;

/// More elements inside one another than any document has.
const MAX_DEPTH: usize = 2_000;

/// A part that was looked through.
#[derive(Debug, Default)]
pub(crate) struct Part {
    /// Every `w:p`.
    pub(crate) paragraphs: Vec<Paragraph>,
    /// The highest number that any mark in the part has as its `w:id`.
    pub(crate) highest_id: u64,
}

/// A `w:p`.
#[derive(Debug, Default)]
pub(crate) struct Paragraph {
    /// All of it.
    pub(crate) whole: Range<usize>,
    /// Its start tag.
    pub(crate) open: Range<usize>,
    /// `w:pPr`, with its tags.
    pub(crate) properties: Option<Properties>,
    /// The runs whose text counts, in order.
    pub(crate) runs: Vec<Run>,
    /// Marks of bookmarks, comments and the like, which must not get lost with the text around them.
    pub(crate) anchors: Vec<Range<usize>>,
    /// The body, table cell or box that it stands in; equal for paragraphs that can follow one another.
    pub(crate) container: usize,
    /// No other paragraph of its container follows.
    pub(crate) is_last: bool,
    /// It is, or holds, a content control: `LibreOffice` loses text that a comment hangs on there.
    pub(crate) in_control: bool,
    /// It holds something that no edit may take away: a box with text of its own, a tracked change.
    pub(crate) keeps: Option<Why>,
}

/// `w:pPr`.
#[derive(Clone, Debug, Default)]
pub(crate) struct Properties {
    /// All of it.
    pub(crate) whole: Range<usize>,
    /// What is between its tags; empty for `<w:pPr/>`.
    pub(crate) inner: Range<usize>,
    /// The looks of the paragraph's mark (`w:rPr`): all of it, and what is between its tags.
    pub(crate) mark: Option<(Range<usize>, Range<usize>)>,
    /// Where the end of a section or an earlier format stands, which must come last.
    pub(crate) tail: Option<usize>,
    /// A section ends here.
    pub(crate) ends_section: bool,
    /// The paragraph's mark is part of a tracked change.
    pub(crate) mark_is_tracked: bool,
}

/// A `w:r`.
#[derive(Debug, Default)]
pub(crate) struct Run {
    /// All of it.
    pub(crate) whole: Range<usize>,
    /// Its start tag.
    pub(crate) open: Range<usize>,
    /// `w:rPr`, with its tags.
    pub(crate) looks: Option<Range<usize>>,
    /// What is in it, in order.
    pub(crate) pieces: Vec<Piece>,
    /// Why its text must stay as it is.
    pub(crate) untouchable: Option<Why>,
    /// Its text is hidden, and was not read.
    pub(crate) hidden: bool,
}

/// A piece of a run.
#[derive(Debug)]
pub(crate) enum Piece {
    /// `w:t`: its text.
    Text(String),
    /// A tab: its XML.
    Tab(Range<usize>),
    /// A line break: its XML.
    Break(Range<usize>),
    /// Anything else that stays as it is: its XML, and the text that it stands for.
    Other(Range<usize>, Option<char>),
}

/// The XML does not hold together, or declares things that it should not.
#[derive(Debug)]
pub(crate) struct Malformed;

struct Frame {
    name: Box<str>,
    from: usize,
    open_to: usize,
    is_paragraph: bool,
    is_run: bool,
}

#[derive(Default)]
struct Walk {
    part: Part,
    stack: Vec<Frame>,
    /// Paragraphs that are open, by their number.
    paragraphs: Vec<usize>,
    /// Runs that are open; a text box in a run holds runs of its own.
    runs: Vec<Option<Run>>,
    left_out: usize,
    inserted: usize,
    simple_fields: usize,
    /// Fields that began and did not end; they may reach over paragraphs.
    fields: usize,
    bound: Vec<usize>,
    containers: Vec<usize>,
    next_container: usize,
    /// The last paragraph of each container, and how many it has.
    last_of: Vec<Option<(usize, usize)>>,
    /// Containers that are content controls.
    controls: Vec<usize>,
    text: Option<String>,
    keeps_spaces: bool,
}

/// Looks through a part.
pub(crate) fn look_through(xml: &str) -> Result<Part, Malformed> {
    let mut reader = Reader::from_str(xml);
    let mut walk = Walk { containers: vec![0], next_container: 1, last_of: vec![None], ..Walk::default() };
    loop {
        let from = position(&reader);
        let event = reader.read_event().map_err(|_| Malformed)?;
        let to = position(&reader);
        match &event {
            Event::Start(tag) => walk.start(tag, from, to)?,
            Event::Empty(tag) => {
                walk.start(tag, from, to)?;
                walk.end(to, true)?;
            }
            Event::End(_) => walk.end(to, false)?,
            Event::Text(text) => walk.say(text),
            Event::CData(text) => walk.say(text),
            Event::GeneralRef(reference) => {
                let sign = sign(reference).ok_or(Malformed)?;
                walk.say(sign.encode_utf8(&mut [0; 4]));
            }
            Event::DocType(_) => return Err(Malformed),
            Event::Eof => break,
            _ => {}
        }
    }
    if !walk.stack.is_empty() {
        return Err(Malformed);
    }
    for (container, last) in walk.last_of.iter().enumerate() {
        let Some((last, count)) = last else { continue };
        let paragraph = &mut walk.part.paragraphs[*last];
        paragraph.is_last = true;
        paragraph.in_control |= *count == 1 && walk.controls.contains(&container);
    }
    Ok(walk.part)
}

fn position(reader: &Reader<&[u8]>) -> usize {
    usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX)
}

/// The sign that a reference stands for. There are no others without declarations.
fn sign(reference: &quick_xml::events::BytesRef<'_>) -> Option<char> {
    match reference.resolve_char_ref() {
        Ok(Some(sign)) => Some(sign),
        Ok(None) => match &**reference {
            "amp" => Some('&'),
            "lt" => Some('<'),
            "gt" => Some('>'),
            "quot" => Some('"'),
            "apos" => Some('\''),
            _ => None,
        },
        Err(_) => None,
    }
}

fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    tag.attributes()
        .with_checks(false)
        .flatten()
        .find(|attribute| attribute.key.as_ref() == name)
        .map(|attribute| attribute.value.into_owned())
}

/// Old wordings, copies for old programs, earlier formats: not part of the text.
fn is_left_out(name: &str) -> bool {
    matches!(
        name,
        "w:del" | "w:moveFrom" | "mc:Fallback" | "w:pPrChange" | "w:rPrChange" | "w:sectPrChange" | "w:ruby"
    )
}

fn holds_paragraphs(name: &str) -> bool {
    matches!(name, "w:tc" | "w:txbxContent" | "w:sdtContent" | "w:comment" | "w:footnote" | "w:endnote")
}

impl Walk {
    fn start(&mut self, tag: &BytesStart<'_>, from: usize, to: usize) -> Result<(), Malformed> {
        if self.stack.len() >= MAX_DEPTH {
            return Err(Malformed);
        }
        let name: Box<str> = tag.name().as_ref().into();
        if let Some(id) = attribute(tag, "w:id").and_then(|id| id.parse::<u64>().ok()) {
            self.part.highest_id = self.part.highest_id.max(id);
        }
        let mut frame = Frame { name, from, open_to: to, is_paragraph: false, is_run: false };
        if holds_paragraphs(&frame.name) {
            self.containers.push(self.next_container);
            if &*frame.name == "w:sdtContent" {
                self.controls.push(self.next_container);
            }
            self.next_container += 1;
            self.last_of.push(None);
        }
        match &*frame.name {
            "w:p" => {
                frame.is_paragraph = true;
                self.begin_paragraph(from, to);
            }
            name if is_left_out(name) => {
                if matches!(name, "w:del" | "w:moveFrom") {
                    self.mark_tracked();
                }
                self.left_out += 1;
            }
            "w:ins" | "w:moveTo" => {
                self.mark_tracked();
                self.inserted += 1;
            }
            "w:fldSimple" => self.simple_fields += 1,
            "w:dataBinding" => self.bound.push(self.stack.len()),
            "w:r" if self.left_out == 0 && !self.paragraphs.is_empty() => {
                frame.is_run = true;
                let untouchable = if self.inserted > 0 {
                    Some(Why::TrackedChange)
                } else if self.fields + self.simple_fields > 0 || !self.bound.is_empty() {
                    Some(Why::Field)
                } else {
                    None
                };
                let run = Run { open: from..to, untouchable, ..Run::default() };
                if let Some(slot) = self.runs.last_mut() {
                    *slot = Some(run);
                }
            }
            _ if self.left_out == 0 => self.inside(tag, &frame.name),
            _ => {}
        }
        self.stack.push(frame);
        Ok(())
    }

    fn begin_paragraph(&mut self, from: usize, to: usize) {
        let number = self.part.paragraphs.len();
        let container = self.containers.last().copied().unwrap_or(0);
        if let Some(outer) = self.paragraphs.last() {
            self.part.paragraphs[*outer].keeps.get_or_insert(Why::Drawing);
        }
        let count = self.last_of[container].map_or(0, |(_, count)| count);
        self.last_of[container] = Some((number, count + 1));
        self.part.paragraphs.push(Paragraph {
            whole: from..to,
            open: from..to,
            container,
            ..Paragraph::default()
        });
        self.paragraphs.push(number);
        self.runs.push(None);
    }

    /// A tracked change begins: the paragraph around it, if any, is not ours to take away.
    fn mark_tracked(&mut self) {
        let in_properties = self.stack.iter().rev().take(2).any(|frame| &*frame.name == "w:pPr");
        if let Some(number) = self.paragraphs.last() {
            let paragraph = &mut self.part.paragraphs[*number];
            paragraph.keeps.get_or_insert(Why::TrackedChange);
            if in_properties && let Some(properties) = &mut paragraph.properties {
                properties.mark_is_tracked = true;
            }
        }
    }

    /// An element that is not a paragraph, a run or a tracked change.
    fn inside(&mut self, tag: &BytesStart<'_>, name: &str) {
        let parent = self.stack.last().map_or("", |frame| &*frame.name);
        let Some(number) = self.paragraphs.last() else { return };
        let paragraph = &mut self.part.paragraphs[*number];
        match (parent, name) {
            ("w:p", "w:pPr") => paragraph.properties = Some(Properties::default()),
            (_, "w:sdt") => paragraph.in_control = true,
            ("w:pPr", "w:sectPr") => {
                if let Some(properties) = &mut paragraph.properties {
                    properties.ends_section = true;
                }
            }
            _ => {}
        }
        let Some(run) = self.runs.last_mut().and_then(Option::as_mut) else { return };
        match name {
            "w:t" if parent == "w:r" => {
                self.keeps_spaces = attribute(tag, "xml:space").as_deref() == Some("preserve");
                self.text = Some(String::new());
            }
            "w:vanish" => {
                let off = matches!(attribute(tag, "w:val").as_deref(), Some("0" | "false" | "off"));
                run.hidden = !off;
            }
            "w:fldChar" => {
                run.untouchable = Some(Why::Field);
                match attribute(tag, "w:fldCharType").as_deref() {
                    Some("begin") => self.fields += 1,
                    Some("end") => self.fields = self.fields.saturating_sub(1),
                    _ => {}
                }
            }
            "w:drawing" | "w:pict" | "w:object" | "mc:AlternateContent" if parent == "w:r" => {
                run.untouchable.get_or_insert(Why::Drawing);
            }
            _ => {}
        }
    }

    fn say(&mut self, text: &str) {
        if let Some(said) = &mut self.text {
            said.push_str(text);
        }
    }

    fn end(&mut self, to: usize, empty: bool) -> Result<(), Malformed> {
        let frame = self.stack.pop().ok_or(Malformed)?;
        let whole = frame.from..to;
        let parent = self.stack.last().map_or("", |frame| &*frame.name);
        if holds_paragraphs(&frame.name) && self.containers.len() > 1 {
            self.containers.pop();
        }
        if frame.is_paragraph {
            self.runs.pop();
            if let Some(number) = self.paragraphs.pop() {
                self.part.paragraphs[number].whole = whole;
            }
            return Ok(());
        }
        if frame.is_run {
            let run = self.runs.last_mut().and_then(Option::take);
            if let (Some(mut run), Some(number)) = (run, self.paragraphs.last()) {
                run.whole = whole;
                self.part.paragraphs[*number].runs.push(run);
            }
            return Ok(());
        }
        match &*frame.name {
            name if is_left_out(name) => self.left_out = self.left_out.saturating_sub(1),
            "w:ins" | "w:moveTo" => self.inserted = self.inserted.saturating_sub(1),
            "w:fldSimple" => self.simple_fields = self.simple_fields.saturating_sub(1),
            // The properties that hold a binding end before the content that it binds.
            "w:sdt" => self.bound.retain(|depth| *depth <= self.stack.len()),
            _ => {}
        }
        let Some(number) = self.paragraphs.last() else { return Ok(()) };
        let inner = if empty { to..to } else { frame.open_to..to - end_tag(&frame.name) };
        if parent == "w:pPr"
            && matches!(&*frame.name, "w:sectPr" | "w:pPrChange")
            && let Some(properties) = &mut self.part.paragraphs[*number].properties
        {
            properties.tail.get_or_insert(whole.start);
        }
        if self.left_out > 0 {
            return Ok(());
        }
        let paragraph = &mut self.part.paragraphs[*number];
        match (parent, &*frame.name) {
            ("w:p", "w:pPr") => {
                if let Some(properties) = &mut paragraph.properties {
                    properties.whole = whole;
                    properties.inner = inner;
                }
            }
            ("w:pPr", "w:rPr") => {
                if let Some(properties) = &mut paragraph.properties {
                    properties.mark = Some((whole, inner));
                }
            }
            ("w:r", name) => {
                let text = self.text.take();
                if let Some(run) = self.runs.last_mut().and_then(Option::as_mut) {
                    run.take(name, whole, text, self.keeps_spaces);
                }
            }
            (
                _,
                "w:bookmarkStart"
                | "w:bookmarkEnd"
                | "w:commentRangeStart"
                | "w:commentRangeEnd"
                | "w:permStart"
                | "w:permEnd",
            ) => paragraph.anchors.push(whole),
            _ => {}
        }
        Ok(())
    }
}

/// Bytes of `</name>`.
fn end_tag(name: &str) -> usize {
    name.len() + 3
}

impl Run {
    fn take(&mut self, name: &str, whole: Range<usize>, text: Option<String>, keeps_spaces: bool) {
        let piece = match name {
            "w:rPr" => {
                self.looks = Some(whole);
                return;
            }
            "w:t" => {
                let text = text.unwrap_or_default();
                // Without the mark, programs drop the spaces at its ends.
                Piece::Text(if keeps_spaces { text } else { text.trim_matches(is_xml_space).to_owned() })
            }
            "w:tab" | "w:ptab" => Piece::Tab(whole),
            "w:br" | "w:cr" => Piece::Break(whole),
            "w:noBreakHyphen" => Piece::Other(whole, Some('\u{2011}')),
            _ => Piece::Other(whole, None),
        };
        self.pieces.push(piece);
    }
}

fn is_xml_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn look(body: &str) -> Part {
        look_through(&format!("<w:document><w:body>{body}</w:body></w:document>")).expect("it is well formed")
    }

    #[test]
    fn every_paragraph_counts_and_knows_its_runs() {
        let part = look(
            "<w:p/><w:p><w:pPr><w:jc/></w:pPr><w:r><w:rPr><w:b/></w:rPr><w:t>a &amp; b</w:t><w:tab/></w:r>\
             <w:del w:id=\"7\"><w:r><w:t>old</w:t></w:r></w:del></w:p>",
        );
        assert_eq!(part.paragraphs.len(), 2);
        assert_eq!(part.highest_id, 7);
        let runs = &part.paragraphs[1].runs;
        assert_eq!(runs.len(), 1);
        assert!(matches!(&runs[0].pieces[..], [Piece::Text(text), Piece::Tab(_)] if text == "a & b"));
        assert_eq!(part.paragraphs[1].keeps, Some(Why::TrackedChange));
        assert!(part.paragraphs[1].is_last && !part.paragraphs[0].is_last);
    }

    #[test]
    fn text_in_fields_boxes_and_changes_is_untouchable() {
        let part = look(
            "<w:p><w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:t>1</w:t></w:r>\
             <w:r><w:fldChar w:fldCharType=\"end\"/></w:r><w:r><w:t>free</w:t></w:r>\
             <w:ins w:id=\"1\"><w:r><w:t>new</w:t></w:r></w:ins>\
             <w:r><mc:AlternateContent><w:txbxContent><w:p><w:r><w:t>box</w:t></w:r></w:p></w:txbxContent></mc:AlternateContent></w:r></w:p>",
        );
        let told: Vec<_> = part.paragraphs[0].runs.iter().map(|run| run.untouchable).collect();
        let field = Some(Why::Field);
        assert_eq!(told, [field, field, field, None, Some(Why::TrackedChange), Some(Why::Drawing)]);
        assert_eq!(part.paragraphs[1].runs[0].untouchable, None);
        assert_ne!(part.paragraphs[0].container, part.paragraphs[1].container);
    }

    #[test]
    fn what_does_not_hold_together_is_refused() {
        for xml in ["<w:p>", "<w:p></w:r>", "<!DOCTYPE a><w:p/>", "<w:p><w:r><w:t>&x;</w:t></w:r></w:p>"] {
            assert!(look_through(xml).is_err(), "{xml}");
        }
    }
}

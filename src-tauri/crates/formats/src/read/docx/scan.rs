//! Walks a part once and collects its paragraphs.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::styles::{Looks, Styles, half_points};
use crate::{Format, ReadError};

/// A `w:p` with text in it.
#[expect(clippy::struct_excessive_bools, reason = "each is a look of its own")]
#[derive(Clone, Debug, Default)]
pub(crate) struct Paragraph {
    /// Which `w:p` of the part it is, from 0, all counted.
    pub(crate) index: u32,
    /// The last `w:p` that its text comes from.
    pub(crate) last: u32,
    /// Its text; `\t` for tabs, `\n` for line breaks.
    pub(crate) text: String,
    pub(crate) bullet: bool,
    pub(crate) heading: u8,
    pub(crate) is_title: bool,
    /// Points; of the run with the most text.
    pub(crate) size: f32,
    pub(crate) bold: bool,
    pub(crate) starts_bold: bool,
    /// Paragraphs of one table cell, text box or of the body share a number.
    pub(crate) region: u32,
    pub(crate) italic: bool,
    pub(crate) starts_italic: bool,
    /// Its parts of one look each, bold or italic or neither; breaks stand in them as in the text.
    pub(crate) runs: Vec<String>,
    /// Linked texts, each with the id of its address.
    pub(crate) links: Vec<(String, String)>,
    /// Which row of a table it stands in, from 1; 0 outside of tables.
    pub(crate) row: u32,
}

pub(crate) fn bad_xml() -> ReadError {
    ReadError::Damaged { format: Format::Docx, what: "the XML in it does not hold together".to_owned() }
}

/// The value of an attribute, references resolved.
pub(crate) fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let found =
        tag.attributes().with_checks(false).flatten().find(|attribute| attribute.key.as_ref() == name)?;
    let raw = found.value.into_owned();
    Some(quick_xml::escape::unescape(&raw).map_or_else(|_| raw.clone(), std::borrow::Cow::into_owned))
}

/// Whether a toggle like `w:b` is on.
pub(crate) fn is_on(tag: &BytesStart<'_>) -> bool {
    attribute(tag, "w:val").is_none_or(|value| !matches!(value.as_str(), "0" | "false" | "off" | "none"))
}

/// Elements whose content is not part of the text: old wordings, copies, formats before a change.
fn is_left_out(name: &str) -> bool {
    matches!(
        name,
        "w:del" | "w:moveFrom" | "mc:Fallback" | "w:pPrChange" | "w:rPrChange" | "w:sectPrChange" | "w:ruby"
    )
}

#[expect(clippy::struct_excessive_bools, reason = "each is a look of its own")]
struct Open {
    paragraph: Paragraph,
    slot: usize,
    looks: Looks,
    in_properties: bool,
    style: Option<String>,
    listed: Option<bool>,
    outline: Option<u8>,
    run_bold: Option<bool>,
    run_italic: Option<bool>,
    /// Of the last run with signs in it.
    last_looks: Option<(bool, bool)>,
    all_italic: bool,
    /// The id of the address of the open link, and where its text begins.
    link: Option<(String, usize)>,
    run_size: Option<f32>,
    all_bold: bool,
    sizes: Vec<(f32, usize)>,
    hidden: bool,
}

/// The paragraphs of a part in document order, without empty ones.
pub(crate) fn paragraphs(xml: &str, styles: &Styles) -> Result<Vec<Paragraph>, ReadError> {
    let mut reader = Reader::from_str(xml);
    reader.config_mut().check_end_names = false;
    let mut found: Vec<Option<Paragraph>> = Vec::new();
    let mut stack: Vec<Open> = Vec::new();
    let mut regions: Vec<u32> = vec![0];
    let mut next_region = 1u32;
    let mut rows: Vec<u32> = vec![0];
    let mut next_row = 1u32;
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
                if name == "w:p" {
                    let index = u32::try_from(found.len()).unwrap_or(u32::MAX);
                    found.push(None);
                    stack.push(Open::new(index, *regions.last().unwrap_or(&0), *rows.last().unwrap_or(&0)));
                } else if is_left_out(name) {
                    left_out += 1;
                } else if matches!(name, "w:tc" | "w:txbxContent") {
                    regions.push(next_region);
                    next_region = next_region.saturating_add(1);
                } else if name == "w:tr" {
                    rows.push(next_row);
                    next_row = next_row.saturating_add(1);
                } else if left_out == 0 {
                    in_text = name == "w:t";
                    if let Some(open) = stack.last_mut() {
                        open.start(tag, name, styles);
                    }
                }
            }
            Event::Empty(tag) => {
                let name = tag.name();
                let name = name.as_ref();
                if name == "w:p" {
                    found.push(None);
                } else if left_out == 0
                    && let Some(open) = stack.last_mut()
                {
                    open.empty(tag, name, styles);
                }
            }
            Event::End(tag) => {
                let name = tag.name();
                let name = name.as_ref();
                if name == "w:p" {
                    if let Some(open) = stack.pop() {
                        let slot = open.slot;
                        if let Some(place) = found.get_mut(slot) {
                            *place = open.finish(styles);
                        }
                    }
                } else if is_left_out(name) {
                    left_out = left_out.saturating_sub(1);
                } else if matches!(name, "w:tc" | "w:txbxContent") {
                    if regions.len() > 1 {
                        regions.pop();
                    }
                } else if name == "w:tr" {
                    if rows.len() > 1 {
                        rows.pop();
                    }
                } else if left_out == 0 {
                    in_text = false;
                    if let Some(open) = stack.last_mut() {
                        open.end(name, styles);
                    }
                }
            }
            Event::Text(text) if in_text && left_out == 0 => {
                if let Some(open) = stack.last_mut() {
                    open.push(text);
                }
            }
            Event::CData(text) if in_text && left_out == 0 => {
                if let Some(open) = stack.last_mut() {
                    open.push(text);
                }
            }
            Event::GeneralRef(reference) if in_text && left_out == 0 => {
                let sign = match reference.resolve_char_ref() {
                    Ok(Some(sign)) => sign,
                    _ => match reference.as_ref() {
                        "amp" => '&',
                        "lt" => '<',
                        "gt" => '>',
                        "quot" => '"',
                        "apos" => '\'',
                        _ => return Err(ReadError::ForbiddenDeclaration { format: Format::Docx }),
                    },
                };
                if let Some(open) = stack.last_mut() {
                    open.push(sign.encode_utf8(&mut [0; 4]));
                }
            }
            _ => {}
        }
    }
    if !stack.is_empty() {
        return Err(bad_xml());
    }
    Ok(found.into_iter().flatten().collect())
}

impl Open {
    fn new(index: u32, region: u32, row: u32) -> Self {
        Self {
            paragraph: Paragraph { index, last: index, region, row, ..Paragraph::default() },
            slot: index as usize,
            looks: Looks::default(),
            in_properties: false,
            style: None,
            listed: None,
            outline: None,
            run_bold: None,
            run_italic: None,
            last_looks: None,
            all_italic: true,
            link: None,
            run_size: None,
            all_bold: true,
            sizes: Vec::new(),
            hidden: false,
        }
    }

    fn start(&mut self, tag: &BytesStart<'_>, name: &str, styles: &Styles) {
        match name {
            "w:pPr" => self.in_properties = true,
            "w:r" => {
                self.run_bold = None;
                self.run_italic = None;
                self.run_size = None;
                self.hidden = false;
            }
            "w:hyperlink" => {
                self.link = attribute(tag, "r:id").map(|id| (id, self.paragraph.text.len()));
            }
            _ => self.empty(tag, name, styles),
        }
    }

    fn empty(&mut self, tag: &BytesStart<'_>, name: &str, styles: &Styles) {
        if self.in_properties {
            match name {
                "w:pStyle" => {
                    self.style = attribute(tag, "w:val");
                    self.looks = styles.looks(self.style.as_deref());
                }
                "w:numPr" if self.listed.is_none() => self.listed = Some(true),
                // Number 0 takes a paragraph out of the list of its style.
                "w:numId" => self.listed = Some(attribute(tag, "w:val").as_deref() != Some("0")),
                "w:outlineLvl" => {
                    let level = attribute(tag, "w:val").and_then(|level| level.parse::<u8>().ok());
                    self.outline = level.filter(|level| *level < 6).map(|level| level + 1);
                }
                _ => {}
            }
            return;
        }
        match name {
            // What the run says of itself counts more than its style.
            "w:rStyle" => {
                let looks = styles.looks_of_run(attribute(tag, "w:val").as_deref());
                self.run_bold = self.run_bold.or(looks.bold);
                self.run_italic = self.run_italic.or(looks.italic);
                self.run_size = self.run_size.or(looks.size);
            }
            "w:b" => self.run_bold = Some(is_on(tag)),
            "w:i" => self.run_italic = Some(is_on(tag)),
            "w:sz" => self.run_size = half_points(tag),
            "w:vanish" => self.hidden = is_on(tag),
            "w:tab" => self.push("\t"),
            "w:br" | "w:cr" => self.push("\n"),
            "w:noBreakHyphen" => self.push("\u{2011}"),
            _ => {}
        }
    }

    fn end(&mut self, name: &str, styles: &Styles) {
        if name == "w:pPr" {
            self.in_properties = false;
            if self.style.is_none() {
                self.looks = styles.looks(None);
            }
        } else if name == "w:hyperlink"
            && let Some((id, from)) = self.link.take()
            && let Some(text) = self.paragraph.text.get(from..)
            && !text.trim().is_empty()
        {
            self.paragraph.links.push((text.trim().to_owned(), id));
        }
    }

    fn push(&mut self, text: &str) {
        if self.hidden {
            return;
        }
        let signs = text.chars().filter(|c| !c.is_whitespace()).count();
        if signs > 0 {
            let bold = self.run_bold.unwrap_or(self.looks.bold);
            let italic = self.run_italic.unwrap_or(self.looks.italic);
            if self.sizes.is_empty() {
                self.paragraph.starts_bold = bold;
                self.paragraph.starts_italic = italic;
            }
            self.all_bold &= bold;
            self.all_italic &= italic;
            if self.last_looks != Some((bold, italic)) {
                self.paragraph.runs.push(String::new());
                self.last_looks = Some((bold, italic));
            }
            let size = self.run_size.unwrap_or(self.looks.size);
            self.sizes.push((size, signs));
        }
        self.paragraph.text.push_str(text);
        if let Some(run) = self.paragraph.runs.last_mut() {
            run.push_str(text);
        }
    }

    fn finish(mut self, styles: &Styles) -> Option<Paragraph> {
        if self.sizes.is_empty() {
            return None;
        }
        if self.style.is_none() {
            self.looks = styles.looks(None);
        }
        for (size, _) in &mut self.sizes {
            if *size == 0.0 {
                *size = self.looks.size;
            }
        }
        let mut counts: Vec<(f32, usize)> = Vec::new();
        for (size, signs) in &self.sizes {
            match counts.iter_mut().find(|(of, _)| (of - size).abs() < 0.1) {
                Some((_, count)) => *count += signs,
                None => counts.push((*size, *signs)),
            }
        }
        self.paragraph.size =
            counts.into_iter().max_by_key(|(_, count)| *count).map_or(0.0, |(size, _)| size);
        self.paragraph.bold = self.all_bold;
        self.paragraph.italic = self.all_italic;
        self.paragraph.heading = self.outline.unwrap_or(self.looks.heading);
        self.paragraph.is_title = self.looks.is_title;
        self.paragraph.bullet = self.listed.unwrap_or(self.looks.list) && self.paragraph.heading == 0;
        Some(self.paragraph)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(body: &str) -> Result<Vec<Paragraph>, ReadError> {
        let styles = r#"<w:styles xmlns:w="w"><w:style w:type="paragraph" w:styleId="H"><w:name w:val="heading 1"/></w:style></w:styles>"#;
        paragraphs(&format!("<w:document><w:body>{body}</w:body></w:document>"), &Styles::read(styles)?)
    }

    #[test]
    fn every_paragraph_counts_and_old_words_are_left_out() {
        let found = read(
            "<w:p/><w:p><w:pPr><w:pStyle w:val=\"H\"/></w:pPr><w:r><w:t>Wo</w:t></w:r><w:r><w:t>rk &amp; more</w:t></w:r></w:p>\
             <w:p><w:pPr><w:numPr><w:numId w:val=\"3\"/></w:numPr></w:pPr><w:del><w:r><w:delText>Old</w:delText><w:t>old</w:t></w:r></w:del>\
             <w:ins><w:r><w:t>New</w:t><w:tab/><w:t>words</w:t><w:br/><w:t>below</w:t></w:r></w:ins></w:p>\
             <w:sdt><w:sdtContent><w:p><w:r><w:rPr><w:b/></w:rPr><w:t>Bold</w:t></w:r></w:p></w:sdtContent></w:sdt>",
        )
        .expect("it is well formed");
        let told: Vec<_> =
            found.iter().map(|p| (p.index, p.text.as_str(), p.heading, p.bullet, p.bold)).collect();
        assert_eq!(
            told,
            [
                (1, "Work & more", 1, false, false),
                (2, "New\twords\nbelow", 0, true, false),
                (3, "Bold", 0, false, true),
            ]
        );
    }

    #[test]
    fn a_text_box_is_read_once_behind_its_paragraph() {
        let found = read(
            "<w:p><w:r><mc:AlternateContent><mc:Choice><w:txbxContent><w:p><w:r><w:t>Box</w:t></w:r></w:p></w:txbxContent></mc:Choice>\
             <mc:Fallback><w:txbxContent><w:p><w:r><w:t>Box</w:t></w:r></w:p></w:txbxContent></mc:Fallback></mc:AlternateContent></w:r>\
             <w:r><w:t>Jane Example</w:t></w:r></w:p>",
        )
        .expect("it is well formed");
        let told: Vec<_> = found.iter().map(|p| (p.index, p.text.as_str())).collect();
        assert_eq!(told, [(0, "Jane Example"), (1, "Box")]);
    }

    #[test]
    fn declarations_and_unknown_entities_are_refused() {
        let refused = Err(ReadError::ForbiddenDeclaration { format: Format::Docx });
        let declared =
            paragraphs("<!DOCTYPE w [<!ENTITY a 'b'>]><w:p/>", &Styles::default()).map(|found| found.len());
        assert_eq!(declared, refused);
        assert_eq!(read("<w:p><w:r><w:t>&a;</w:t></w:r></w:p>").map(|found| found.len()), refused);
    }
}

//! The parts of a resume: who it is about, its sections, their entries with title, organisation, place and dates.
//!
//! Blocks are what a resume is made of; an [`Outline`] only says what they mean together. It is made of the blocks
//! alone, so that it can be made anew after an edit or a correction. A reader that knows the looks of a line says
//! more by [`Hint`]s: where an entry opens, where bold words end.

mod contacts;
mod entries;
mod facts;
mod groups;
mod lexicon;
mod places;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::dates::Dated;
use crate::{Block, BlockId, BlockKind, Resume, SectionKind};

/// What the blocks of a resume say together.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, TS)]
pub struct Outline {
    /// The person's name.
    pub name: Option<String>,
    /// The line below the name: a job, a title of the document.
    pub headline: Option<String>,
    /// Ways to the person, in reading order.
    pub contacts: Vec<Contact>,
    /// The sections in reading order. What stands above the first heading and is neither name nor contact data
    /// nor headline is a section without a heading.
    pub sections: Vec<Section>,
    /// The language that most of the text is in, as ISO 639-1.
    pub language: Option<String>,
}

/// One way to the person.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Contact {
    /// The block that it stands in.
    pub block: BlockId,
    /// What it is.
    pub kind: ContactKind,
    /// The address, number or words, without "Phone:" in front.
    pub text: String,
}

/// What a piece of contact data is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ContactKind {
    /// A mail address.
    Mail,
    /// A number to call.
    Phone,
    /// A web address, or the name of a linked page.
    Link,
    /// A postal address or a town.
    Address,
    /// Anything else: date of birth, driving licence.
    Other,
}

/// A section: its heading and what stands below it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Section {
    /// The heading as written.
    pub heading: Option<String>,
    /// The block of the heading.
    pub block: Option<BlockId>,
    /// What it is about.
    pub kind: SectionKind,
    /// Blocks that belong to no entry, in reading order.
    pub blocks: Vec<BlockId>,
    /// Jobs, schools, projects, in reading order.
    pub entries: Vec<Entry>,
    /// Skills or languages by their groups; empty in other sections.
    pub groups: Vec<Group>,
}

/// A job, a school, a project.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, TS)]
pub struct Entry {
    /// What the person was or did: "Plant Manager", "B.S. Computer Science".
    pub title: Option<String>,
    /// Where: an employer, a school.
    pub organisation: Option<String>,
    /// Town or country, "remote".
    pub location: Option<String>,
    /// The dates as written: "Mar 2021 – Present".
    pub dates: Option<String>,
    /// When it began.
    pub start: Option<Dated>,
    /// When it ended. `None` beside a start: it still lasts. One date alone is the end.
    pub end: Option<Dated>,
    /// The blocks of its heading.
    pub heading: Vec<BlockId>,
    /// Bullets and paragraphs below.
    pub blocks: Vec<BlockId>,
}

/// Skills that stand together.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Group {
    /// The block that they stand in.
    pub block: BlockId,
    /// The name in front: "Databases".
    pub name: Option<String>,
    /// The skills.
    pub items: Vec<String>,
}

/// What the looks of a block's lines told the reader.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Hint {
    /// The block.
    pub block: BlockId,
    /// An entry opens here.
    pub opens: bool,
    /// Bytes of the text at which the looks change or a wide gap stood.
    pub seams: Vec<u32>,
}

/// The outline of a resume by its blocks alone.
pub fn outline(resume: &Resume) -> Outline {
    outline_with(resume, &[])
}

/// The outline of a resume whose looks are known.
pub fn outline_with(resume: &Resume, hints: &[Hint]) -> Outline {
    let mut outline = Outline { language: resume.language.clone(), ..Outline::default() };
    let mut parts: Vec<Part<'_>> = Vec::new();
    for block in &resume.blocks {
        match block.kind {
            BlockKind::Name => {
                outline.name.get_or_insert_with(|| block.text.clone());
            }
            BlockKind::Contact => contacts::read(block, &mut outline.contacts),
            BlockKind::SectionHeading => parts.push(Part { heading: Some(block), blocks: Vec::new() }),
            _ => {
                let headless = block.section.is_none();
                if headless
                    && outline.headline.is_none()
                    && block.kind == BlockKind::Paragraph
                    && block.text.chars().count() <= 120
                {
                    outline.headline = Some(block.text.clone());
                    continue;
                }
                match parts.last_mut() {
                    Some(part) if part.is_of(block) => part.blocks.push(block),
                    _ => parts.push(Part { heading: None, blocks: vec![block] }),
                }
            }
        }
    }
    let known = places::Known::of(resume);
    outline.sections = parts.iter().map(|part| part.section(hints, &known)).collect();
    outline
}

/// Whether a line is, or ends in, what is surely a place: "Fernwick Logistics, Portland, OR", "remote".
pub fn ends_in_place(text: &str) -> bool {
    let known = places::Known::none();
    let last = text.rsplit(['|', '·', '•', '\t', '–', '—']).next().unwrap_or(text);
    places::is_place(last, &known) || places::peel(last, &known, true).1.is_some()
}

/// Whether the words of a line are rather those of an employer or a school than of a job or a degree.
pub fn names_organisation(text: &str) -> bool {
    lexicon::organisations(text) > lexicon::titles(text)
}

/// Whether words of an employer or a school stand in the line.
pub fn mentions_organisation(text: &str) -> bool {
    lexicon::organisations(text) > 0
}

/// Whether words of a degree stand in the line.
pub fn names_degree(text: &str) -> bool {
    lexicon::degrees(text) > 0
}

/// Whether words of a job or a degree stand in the line.
pub fn names_title(text: &str) -> bool {
    lexicon::titles(text) > 0
}

/// The blocks of a section before they are understood.
struct Part<'r> {
    heading: Option<&'r Block>,
    blocks: Vec<&'r Block>,
}

impl Part<'_> {
    fn is_of(&self, block: &Block) -> bool {
        match self.heading {
            Some(heading) => block.section.is_some() && block.section == heading.section,
            None => block.section == self.blocks.first().and_then(|first| first.section.clone()),
        }
    }

    fn section(&self, hints: &[Hint], known: &places::Known) -> Section {
        let of = self.heading.or(self.blocks.first().copied());
        let kind = of.and_then(|block| block.section_kind).unwrap_or(SectionKind::Other);
        let (blocks, entries) = entries::read(&self.blocks, kind, hints, known);
        let groups = match kind {
            SectionKind::Skills | SectionKind::Languages => groups::read(&self.blocks),
            _ => Vec::new(),
        };
        Section {
            heading: self.heading.map(|block| block.text.clone()),
            block: self.heading.map(|block| block.id.clone()),
            kind,
            blocks,
            entries,
            groups,
        }
    }
}

#[cfg(test)]
mod tests;

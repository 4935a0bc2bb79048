//! Blocks: the pieces that a resume is made of.

use std::fmt;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Names a block for as long as its resume lives: `b1`, `b2`, … in reading order as first read.
/// A block that an edit inserted is named after its edit, `n-e3`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(transparent)]
pub struct BlockId(String);

impl BlockId {
    /// The id of the `n`th block of a document, counted from 1.
    pub fn nth(n: usize) -> Self {
        Self(format!("b{n}"))
    }

    /// The id as it stands in prompts, events and files.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for BlockId {
    fn from(id: &str) -> Self {
        Self(id.to_owned())
    }
}

impl From<String> for BlockId {
    fn from(id: String) -> Self {
        Self(id)
    }
}

impl fmt::Display for BlockId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What a block is in the resume.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum BlockKind {
    /// The person's name. Never leaves the machine.
    Name,
    /// Address, mail, phone, links. Never leaves the machine.
    Contact,
    /// The heading of a section: "Experience".
    SectionHeading,
    /// A line that opens a job, a school, a project: title, organisation, place, dates. An entry whose
    /// facts stand on two lines has two such blocks.
    EntryHeading,
    /// One item of a list, without its bullet sign.
    Bullet,
    /// Running text.
    Paragraph,
    /// A line that lists skills, with or without the group's name in front.
    SkillsLine,
    /// Anything else: a page footer, a line that no rule knew.
    Other,
}

impl BlockKind {
    /// Whether the block tells who the person is and is therefore never sent anywhere.
    pub fn stays_here(self) -> bool {
        matches!(self, Self::Name | Self::Contact)
    }
}

/// What a section is about, whatever its heading says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum SectionKind {
    /// Profile, objective, "in short".
    Summary,
    /// Jobs.
    Work,
    /// Schools and courses.
    Education,
    /// Skills, tools.
    Skills,
    /// Languages spoken.
    Languages,
    /// Certificates and licences.
    Certificates,
    /// Projects.
    Projects,
    /// Publications and talks.
    Publications,
    /// Awards and grants.
    Awards,
    /// Unpaid work.
    Volunteering,
    /// Interests.
    Interests,
    /// A heading that no rule knew.
    Other,
}

/// Where in the user's own file a block came from, so that it can be found again.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "in", rename_all = "snake_case")]
pub enum Origin {
    /// Not from a file: typed by the user or inserted by an edit.
    Nowhere,
    /// Lines of a text or Markdown file, counted from 1, both ends included.
    Lines {
        /// First line.
        first: u32,
        /// Last line.
        last: u32,
    },
    /// Paragraphs (`w:p`) of a part of a DOCX package, counted from 0 in document order, both ends included.
    Paragraphs {
        /// Name of the part, `word/document.xml`.
        part: String,
        /// First paragraph.
        first: u32,
        /// Last paragraph.
        last: u32,
    },
    /// A rectangle on a PDF page, in points (1/72 inch) from the page's top left corner.
    Page {
        /// Page, counted from 1.
        page: u32,
        /// Left edge.
        x: f32,
        /// Top edge.
        y: f32,
        /// Width.
        width: f32,
        /// Height.
        height: f32,
    },
}

/// One piece of a resume: a heading, an entry line, a bullet, a paragraph.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Block {
    /// Stable name.
    pub id: BlockId,
    /// What it is.
    pub kind: BlockKind,
    /// The text of the section heading that it stands under, as written; `None` above the first heading.
    /// A heading stands in its own section.
    pub section: Option<String>,
    /// What that section is about; `None` above the first heading.
    pub section_kind: Option<SectionKind>,
    /// The text: one line, normalised spaces, no bullet sign.
    pub text: String,
    /// Where it came from.
    pub origin: Origin,
}

/// A resume as read: its blocks in reading order.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Resume {
    /// The blocks, in reading order.
    pub blocks: Vec<Block>,
    /// The language that most of the text is in, as ISO 639-1 (`en`, `de`, …), where it could be told.
    pub language: Option<String>,
    /// What the reader was not sure of, in plain sentences for the user.
    pub warnings: Vec<String>,
}

impl Resume {
    /// The block of that id.
    pub fn block(&self, id: &BlockId) -> Option<&Block> {
        self.blocks.iter().find(|block| block.id == *id)
    }

    /// Where in reading order the block of that id stands, from 0.
    pub fn position(&self, id: &BlockId) -> Option<usize> {
        self.blocks.iter().position(|block| block.id == *id)
    }

    /// The person's name, where a block holds it.
    pub fn name(&self) -> Option<&str> {
        self.blocks.iter().find(|block| block.kind == BlockKind::Name).map(|block| block.text.as_str())
    }
}

//! The job posting: words of a stranger, to be read and never to be obeyed.
//!
//! [`Posting::text`] is what a person sees; [`Posting::lines`] is the same, line by line, each with what it is:
//!
//! 1. `lines` cuts a text into headings, items of lists and sentences.
//! 2. `wording` holds the headings and turns of phrase of four languages, from `posting/data/`.
//! 3. `parts` tells what each line is: asked for, nice to have, a task, or one of the kinds of boilerplate.
//! 4. [`addresses_ai`] knows instructions to AI tools. Such lines are marked, and nobody takes anything from them.

mod kin;
mod lines;
mod orders;
mod parts;
mod wording;

use std::borrow::Cow;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

pub use kin::{kin, plain_forms};
pub use orders::addresses_ai;
pub use parts::understand;

/// Whether a line is the heading of a section of postings, and so no name of a firm or a place.
pub fn is_section(line: &str) -> bool {
    let words = wording::said(line);
    words.len() <= 7 && (wording::wording().is_heading(&words) || wording::wording().opens_section(&words))
}

/// How [`Posting::warnings`] begins where the posting speaks to AI tools.
pub const SPEAKS_TO_AI: &str = "This posting contains instructions to AI tools.";

/// A job posting as read from a file, a page or the clipboard.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Posting {
    /// Title of the job, where it could be told.
    pub title: Option<String>,
    /// The employer, where it could be told.
    pub employer: Option<String>,
    /// The place, where it could be told.
    pub location: Option<String>,
    /// The language that most of the text is in, as ISO 639-1, where it could be told.
    pub language: Option<String>,
    /// The text as Markdown: headings as `#`, list items as `- `, one a line; menus, forms and comments left out.
    pub text: String,
    /// The text in its order, line by line, each with what it is. Empty where nobody told them apart yet.
    #[serde(default)]
    pub lines: Vec<PostingLine>,
    /// What the reader was not sure of, in plain sentences for the user.
    pub warnings: Vec<String>,
}

impl Posting {
    /// A posting of which nothing is known but its text.
    pub fn from_text(text: impl Into<String>) -> Self {
        let text = text.into();
        Self { lines: understand(&text), text, ..Self::default() }
    }

    /// Its lines: those that it holds, else made from its text.
    pub fn read_lines(&self) -> Cow<'_, [PostingLine]> {
        if self.lines.is_empty() { Cow::Owned(understand(&self.text)) } else { Cow::Borrowed(&self.lines) }
    }

    /// What the posting insists on, in its words and order.
    pub fn musts(&self) -> Vec<String> {
        self.of(PostingPart::Must)
    }

    /// What would be nice to have, in the posting's words and order.
    pub fn nices(&self) -> Vec<String> {
        self.of(PostingPart::Nice)
    }

    fn of(&self, part: PostingPart) -> Vec<String> {
        let lines = self.read_lines();
        let wanted = lines.iter().filter(|line| line.part == part && line.form != LineForm::Heading);
        wanted.map(|line| line.text.clone()).collect()
    }

    /// Whether the reader found instructions to AI tools in it, also where nobody sees them.
    pub fn speaks_to_ai(&self) -> bool {
        self.warnings.iter().any(|warning| warning.starts_with(SPEAKS_TO_AI))
            || self.read_lines().iter().any(|line| line.part == PostingPart::Instruction)
    }
}

/// A line of a posting, and what it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PostingLine {
    /// What it is about. A heading has the part that it announces.
    pub part: PostingPart,
    /// What it looks like.
    pub form: LineForm,
    /// Its text, on one line.
    pub text: String,
}

/// What a line of a posting is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum PostingPart {
    /// What the person must have.
    Must,
    /// What would be nice to have.
    Nice,
    /// What the person will do.
    Task,
    /// Pay, leave, insurance and other things on offer.
    Benefit,
    /// Who the employer is.
    Company,
    /// Equal opportunity, data protection, and other small print.
    Legal,
    /// How to apply, and what happens then.
    Application,
    /// The page around the posting: cookies, menus, other vacancies.
    Page,
    /// An instruction to AI tools. It is shown, and nothing is taken from it.
    Instruction,
    /// None of these, or not known.
    Other,
}

/// What a line of a posting looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum LineForm {
    /// A heading.
    Heading,
    /// An item of a list, or a row of a table.
    Item,
    /// A sentence, or a part of one that stands for itself.
    Sentence,
}

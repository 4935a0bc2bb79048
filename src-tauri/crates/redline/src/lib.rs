//! The person's own Word document with edits in it: clean, or as tracked changes that Word shows and lets the
//! person decide.
//!
//! 1. `part` finds where paragraphs, runs and pieces of text stand in the XML, as byte ranges.
//! 2. `place` finds the text of a block in them.
//! 3. `sheet` gathers what becomes of each paragraph; `splice` rewrites the runs that an edit touches, each with its
//!    own looks.
//! 4. `package` copies every part that does not change as it is packed.
//!
//! Only the paragraphs that an edit names change. What cannot be changed safely (fields, boxes, changes that are
//! tracked already) is left alone and told. Blocks are found by [`resume::Origin::Paragraphs`], so the resume must be
//! the one that was read from these very bytes.

mod comments;
mod edits;
mod mark;
mod package;
mod part;
mod place;
mod sheet;
mod splice;

use resume::{Edit, EditId, Resume};
use thiserror::Error;

use crate::package::Package;

/// How edits stand in the document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Style {
    /// As if they had always been there.
    Clean,
    /// As tracked changes, with one comment an edit that says why. Rejecting all gives the original text,
    /// accepting all the edited one.
    Tracked {
        /// Who is named as author.
        author: String,
        /// When, as Word writes it (`2026-03-01T12:00:00Z`); `None` leaves it out.
        date: Option<String>,
    },
}

/// A document with edits in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Redlined {
    /// The DOCX package.
    pub bytes: Vec<u8>,
    /// Names of the parts that were changed or added. All others are equal to the byte.
    pub parts: Vec<String>,
    /// Edits that were made, in their order.
    pub made: Vec<EditId>,
    /// Edits that were not, in their order.
    pub left_alone: Vec<LeftAlone>,
}

/// An edit that was not made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftAlone {
    /// The edit.
    pub edit: EditId,
    /// Why.
    pub why: Why,
}

/// Why an edit was not made in the document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum Why {
    /// The edit itself does not apply to the resume.
    #[error("it does not apply to the resume")]
    DoesNotApply,
    /// The block was not read from the text of this document.
    #[error("its line is not in the text of this document")]
    NotInDocument,
    /// The document does not have the words that were read.
    #[error("its words do not stand in the document as they were read")]
    NotFound,
    /// The words belong to a field, a link that is computed, or a control.
    #[error("its words are filled in by Word itself")]
    Field,
    /// The words are part of a change that is tracked already.
    #[error("a tracked change stands there already")]
    TrackedChange,
    /// A picture or a box hangs on the words.
    #[error("a picture or a text box hangs on its words")]
    Drawing,
    /// A tab, which holds the layout, stands among the words that change.
    #[error("a tab stands among the words that change")]
    Tab,
    /// The paragraph ends a section of the document.
    #[error("a section of the document ends there")]
    EndsSection,
    /// The block reaches over cells of a table.
    #[error("it stands in more than one cell of a table")]
    Table,
    /// Other blocks stand in the same paragraph.
    #[error("it shares its paragraph with other lines")]
    SharedParagraph,
    /// There is no paragraph whose looks a new one could take over.
    #[error("no line of its kind is there to take the looks from")]
    NoModel,
}

/// Why a document could not be edited at all. Nothing was changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum RedlineError {
    /// The package does not hold together.
    #[error("The Word document cannot be unpacked.")]
    Package,
    /// The XML does not hold together.
    #[error("The XML in the Word document does not hold together.")]
    Xml,
    /// A part is in an encoding other than UTF-8.
    #[error("The Word document has its text in an encoding that cannot be kept.")]
    Encoding,
}

/// Makes `edits` in the document that `resume` was read from.
///
/// Edits are taken as [`resume::apply`] takes them. An edit is made whole or not at all.
///
/// # Errors
///
/// See [`RedlineError`]. An edit that cannot be made is no error, but told in [`Redlined::left_alone`].
pub fn redline(
    docx: &[u8],
    resume: &Resume,
    edits: &[Edit],
    style: &Style,
) -> Result<Redlined, RedlineError> {
    let mut package = Package::open(docx)?;
    let mut desk = edits::Desk::lay(&mut package, resume)?;
    let (made, left_alone) = desk.take(resume, edits);
    if made.is_empty() {
        return Ok(Redlined { bytes: docx.to_vec(), parts: Vec::new(), made, left_alone });
    }
    let parts = desk.write(&mut package, style)?;
    let names = parts.iter().map(|(name, _)| name.clone()).collect();
    Ok(Redlined { bytes: package.with(&parts)?, parts: names, made, left_alone })
}

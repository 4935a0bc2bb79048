//! What a resume is, and what may be done to it.
//!
//! A [`Resume`] is a list of [`Block`]s with stable ids. Nobody rewrites a resume; a model, or the
//! offline engine, proposes [`Edit`]s to named blocks, each resting on evidence blocks:
//!
//! 1. [`apply`] puts edits into a resume: pure, total, untouched blocks stay as they are to the byte.
//! 2. [`diff`] shows one edit as words kept, removed and added.
//! 3. [`truth`] reports each claim of an edit that its evidence does not support.
//! 4. [`coverage`] counts which of a posting's keywords the resume names.
//! 5. [`outline()`] tells the sections and entries of a resume, [`dates`] the spans of time in a line.
//! 6. [`words`] knows when two words or terms are the same; the others stand on it.
//! 7. [`correction`] is what the user corrects in a reading.
//!
//! There is no I/O here, and no knowledge of file formats, models or windows.

mod apply;
mod block;
pub mod correction;
pub mod coverage;
pub mod dates;
pub mod diff;
mod doubt;
mod edit;
pub mod outline;
pub mod posting;
pub mod truth;
pub mod words;

pub use apply::{Applied, Skip, Skipped, apply};
pub use block::{Block, BlockId, BlockKind, Origin, Resume, SectionKind};
pub use coverage::{Coverage, coverage};
pub use doubt::{Answer, Confidence, Doubt, Link, Remedy};
pub use edit::{Change, Edit, EditId, Evidence};
pub use outline::{Outline, outline};
pub use posting::{LineForm, Posting, PostingLine, PostingPart};
pub use truth::{ClaimKind, Finding, Standing};

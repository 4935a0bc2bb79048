//! Measures a reading against what the resume is known to say.
//!
//! The truth is a `resume.json` beside the files made from it, as the shared set of fictional resumes has it. The
//! benchmark `cargo xtask bench read` and the tests of the readers measure by this one crate. How each figure is
//! computed stands at the fields of [`Measure`].

mod corpus;
mod entries;
mod measure;
mod plain;
mod truth;

pub use corpus::{File, Person, people};
pub use measure::{Measure, Share, measure};
pub use plain::{plain, words};
pub use truth::{Truth, TruthEntry, TruthSection};

//! Documents written out of a resume: what stands in them, and that nothing gets lost.

#![expect(clippy::unwrap_used, reason = "a test that meets what it did not expect has failed")]
#![expect(clippy::print_stdout, reason = "what a test skips, and why, is said in its output")]

mod arbitrary;
mod corpus;
mod docx;
mod fixture;
mod json_resume;
mod markdown;
mod pdf;
mod templates;
mod text;

//! Documents written out of a resume: what stands in them, and that nothing gets lost.

#![expect(clippy::unwrap_used, reason = "a test that meets what it did not expect has failed")]
#![expect(clippy::print_stdout, reason = "what a test skips, and why, is said in its output")]

#[path = "write/arbitrary.rs"]
mod arbitrary;
#[path = "write/corpus.rs"]
mod corpus;
#[path = "write/docx.rs"]
mod docx;
#[path = "write/fixture.rs"]
mod fixture;
#[path = "write/markdown.rs"]
mod markdown;
#[path = "write/pdf.rs"]
mod pdf;
#[path = "write/text.rs"]
mod text;

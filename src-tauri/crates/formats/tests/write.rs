//! Documents written out of a resume: what stands in them, and that nothing gets lost.

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

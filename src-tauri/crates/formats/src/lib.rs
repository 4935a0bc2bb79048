//! Bytes to [`resume::Resume`], one file a format, and job postings out of text, Markdown and HTML.
//!
//! Reading goes in three steps:
//!
//! 1. What is it? By content, never by name alone; anything that is not read has its own [`ReadError`].
//! 2. One reader a format turns bytes into lines with what their looks tell: size, weight, bullet, place.
//! 3. One understanding for all formats makes blocks of them: name, contact data, headings, entries, bullets.
//!
//! All input is taken as hostile: sizes are counted while unpacking, depth is bounded, a PDF is read on a
//! thread of its own with a time limit.

mod error;
mod format;
mod line;
mod options;
mod original;
mod posting;
mod read;
mod rich;
mod understand;

pub use error::ReadError;
pub use format::{Format, format_of};
pub use options::{Password, ReadOptions};
pub use original::{Original, PagePicture, PageSize, draw_page, original};
pub use posting::{read_posting, read_posting_text};
pub use read::{
    MAX_FILE_BYTES, MAX_PAGES, MAX_SECONDS, MAX_UNPACKED_BYTES, Reading, read_resume, read_resume_text,
    read_resume_with,
};

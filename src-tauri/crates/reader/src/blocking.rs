//! The same, for those who may wait.

use std::sync::LazyLock;

use formats::{Original, PagePicture, ReadError, ReadOptions, Reading};
use resume::Posting;

use crate::Reader;

static READER: LazyLock<Reader> = LazyLock::new(Reader::of_this_program);

/// Reads a resume by its content.
///
/// # Errors
///
/// As [`crate::read_resume`].
pub fn read_resume(
    bytes: &[u8],
    file_name: Option<&str>,
    options: &ReadOptions,
) -> Result<Reading, ReadError> {
    READER.read_resume(bytes, file_name, options)
}

/// Reads a job posting by its content.
///
/// # Errors
///
/// As [`crate::read_posting`].
pub fn read_posting(bytes: &[u8], file_name: Option<&str>) -> Result<Posting, ReadError> {
    READER.read_posting(bytes, file_name)
}

/// How the original looks.
///
/// # Errors
///
/// As [`crate::original`].
pub fn original(bytes: &[u8], file_name: Option<&str>, options: &ReadOptions) -> Result<Original, ReadError> {
    READER.original(bytes, file_name, options)
}

/// A page of a PDF, counted from 1, drawn that many pixels wide.
///
/// # Errors
///
/// As [`crate::draw_page`].
pub fn draw_page(
    bytes: &[u8],
    file_name: Option<&str>,
    page: u32,
    width: u32,
    options: &ReadOptions,
) -> Result<PagePicture, ReadError> {
    READER.draw_page(bytes, file_name, page, width, options)
}

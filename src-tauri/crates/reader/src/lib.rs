//! Reads files where a crash, a loop or a memory bomb cannot hurt the app: in a process of its own.
//!
//! 1. The program starts itself again with a hidden argument; [`serve`], the first thing in `main`, answers it. Where a
//!    `tailorbird` command stands beside the program, that is started: it is quicker than a window's program.
//! 2. The child limits itself (address space, time of the processor, no core dumps, no files written), then reads the
//!    request from standard input and writes the answer to standard output.
//! 3. The parent waits for at most [`formats::MAX_SECONDS`], takes at most so much output, and says what went
//!    wrong as a [`formats::ReadError`].
//!
//! Where no child can be started, the file is read in this process, on a thread that is given up after the same time.
//! Limits of memory are the system's: they hold on Linux and most Unix systems, not on Windows or macOS.

pub mod blocking;
mod child;
mod limits;
mod parent;
mod wire;

use formats::{Original, PagePicture, ReadError, ReadOptions, Reading};
use resume::Posting;

pub use child::{serve, serve_with};
pub use parent::Reader;
pub use wire::{Answer, Answered, Request, What, answer};

/// The most memory that reading a file may take, in bytes: 1 GiB of address space.
pub const MAX_MEMORY_BYTES: u64 = 1024 * 1024 * 1024;

/// Reads a resume by its content. To be called within a Tokio runtime, as are the others.
///
/// # Errors
///
/// As [`formats::read_resume_with`], and [`ReadError::TooSlow`], [`ReadError::TooMuchMemory`], [`ReadError::Broke`].
pub async fn read_resume(
    bytes: Vec<u8>,
    file_name: Option<String>,
    options: ReadOptions,
) -> Result<Reading, ReadError> {
    aside(move || blocking::read_resume(&bytes, file_name.as_deref(), &options)).await
}

/// Reads a job posting by its content.
///
/// # Errors
///
/// As [`formats::read_posting`], and [`ReadError::TooSlow`], [`ReadError::TooMuchMemory`], [`ReadError::Broke`].
pub async fn read_posting(bytes: Vec<u8>, file_name: Option<String>) -> Result<Posting, ReadError> {
    aside(move || blocking::read_posting(&bytes, file_name.as_deref())).await
}

/// How the original looks.
///
/// # Errors
///
/// As [`formats::original`], and [`ReadError::TooSlow`], [`ReadError::TooMuchMemory`], [`ReadError::Broke`].
pub async fn original(
    bytes: Vec<u8>,
    file_name: Option<String>,
    options: ReadOptions,
) -> Result<Original, ReadError> {
    aside(move || blocking::original(&bytes, file_name.as_deref(), &options)).await
}

/// A page of a PDF, counted from 1, drawn that many pixels wide.
///
/// # Errors
///
/// As [`formats::draw_page`], and [`ReadError::TooSlow`], [`ReadError::TooMuchMemory`], [`ReadError::Broke`].
pub async fn draw_page(
    bytes: Vec<u8>,
    file_name: Option<String>,
    page: u32,
    width: u32,
    options: ReadOptions,
) -> Result<PagePicture, ReadError> {
    aside(move || blocking::draw_page(&bytes, file_name.as_deref(), page, width, &options)).await
}

/// Does blocking work where it holds nobody up. A panic in it is the reader's fault.
async fn aside<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, ReadError> + Send + 'static,
) -> Result<T, ReadError> {
    tokio::task::spawn_blocking(work).await.unwrap_or(Err(ReadError::Broke { format: formats::Format::Text }))
}

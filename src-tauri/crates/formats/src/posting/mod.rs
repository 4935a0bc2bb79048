//! Job postings.
pub(crate) mod page;
use crate::ReadError;
/// x
pub fn read_posting(bytes: &[u8], file_name: Option<&str>) -> Result<resume::Posting, ReadError> { let _ = (bytes, file_name); Err(ReadError::NoPosting) }
/// x
pub fn read_posting_text(text: &str) -> Result<resume::Posting, ReadError> { let _ = text; Err(ReadError::NoPosting) }

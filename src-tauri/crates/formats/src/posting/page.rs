//! Web pages.
use crate::ReadError;
pub(crate) fn visible_markdown(_html: &str) -> Result<String, ReadError> { Err(ReadError::NoPosting) }

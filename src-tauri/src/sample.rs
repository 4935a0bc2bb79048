//! The project's own sample: a fictional resume and a posting, so that a newcomer can look around.

use crate::api::PostingRead;
use crate::failure::Answer;
use crate::reading::{Given, Paper, posting_text, resume_text};

const RESUME: &str = include_str!("../../samples/resume.md");
const POSTING: &str = include_str!("../../samples/posting.md");

/// The sample, read like any other pair.
pub(crate) fn sample() -> Answer<(Paper, PostingRead)> {
    let given = Given { name: Some("resume.md".to_owned()), ..resume_text(RESUME)?.given };
    let resume = Paper { given, ..resume_text(RESUME)? };
    let posting = PostingRead { file_name: Some("posting.md".to_owned()), ..posting_text(POSTING)? };
    Ok((resume, posting))
}

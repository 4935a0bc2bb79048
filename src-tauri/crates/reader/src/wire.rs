//! What parent and child say to each other: a line of JSON, then bytes.

use formats::{Original, ReadError, ReadOptions, Reading};
use resume::Posting;
use serde::{Deserialize, Serialize};

/// What the child says first. A program that says anything else is no reader of ours.
pub(crate) const GREETING: &str = "tailorbird reader 1";

/// What is asked of the child. The bytes of the file follow it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Request {
    /// What to do with the file.
    pub what: What,
    /// The name of the file, without its folder.
    pub file_name: Option<String>,
    /// What the user says about it.
    pub options: ReadOptions,
}

/// What to do with a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum What {
    /// Read it as a resume.
    Resume,
    /// Read it as a job posting.
    Posting,
    /// Show what it looks like.
    Original,
    /// Draw a page of it.
    Page {
        /// Counted from 1.
        page: u32,
        /// Pixels.
        width: u32,
    },
}

/// What the child answers. The bytes of a picture follow it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum Answer {
    /// To [`What::Resume`].
    Resume(Box<Reading>),
    /// To [`What::Posting`].
    Posting(Posting),
    /// To [`What::Original`].
    Original(Original),
    /// To [`What::Page`].
    Page {
        /// Pixels.
        width: u32,
        /// Pixels.
        height: u32,
    },
}

/// An answer with the bytes of its picture, or why there is none.
pub type Answered = Result<(Answer, Vec<u8>), ReadError>;

/// Does what is asked, in this process.
///
/// # Errors
///
/// As the reader of what is asked.
pub fn answer(request: &Request, bytes: &[u8]) -> Answered {
    let name = request.file_name.as_deref();
    let options = &request.options;
    Ok(match request.what {
        What::Resume => {
            (Answer::Resume(Box::new(formats::read_resume_with(bytes, name, options)?)), Vec::new())
        }
        What::Posting => (Answer::Posting(formats::read_posting(bytes, name)?), Vec::new()),
        What::Original => (Answer::Original(formats::original(bytes, name, options)?), Vec::new()),
        What::Page { page, width } => {
            let picture = formats::draw_page(bytes, name, page, width, options)?;
            (Answer::Page { width: picture.width, height: picture.height }, picture.png)
        }
    })
}

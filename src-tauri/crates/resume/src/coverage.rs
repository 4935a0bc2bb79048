//! Keyword coverage: which of a posting's words the resume names.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::Resume;
use crate::words::{Language, Searchable, Term};

/// Which keywords a resume names.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Coverage {
    /// Keywords that stand in the resume.
    pub found: Vec<String>,
    /// Keywords that do not.
    pub missing: Vec<String>,
}

/// Looks for each keyword in the resume's text, letter case and plural endings aside, as whole words; see
/// [`crate::words::find`]. Synonyms do not count: a machine that filters resumes does not know them either.
/// Contact blocks are looked at like all others; nothing leaves the machine here.
pub fn coverage(resume: &Resume, keywords: &[String]) -> Coverage {
    let own = Language::of(resume.language.as_deref());
    // Posting and resume may be in two languages, and terms of a trade are often English.
    let languages = if own == Language::English { vec![own] } else { vec![own, Language::English] };
    // Each block is cut into words once, not once for each keyword.
    let texts: Vec<(Language, Vec<Searchable<'_>>)> = languages
        .into_iter()
        .map(|language| {
            (language, resume.blocks.iter().map(|block| Searchable::of(&block.text, language)).collect())
        })
        .collect();
    let named = |keyword: &str| {
        texts.iter().any(|(language, blocks)| {
            let term = Term::of(keyword, *language);
            blocks.iter().any(|block| block.find(&term).is_some())
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
    fn terms_are_found_in_the_language_of_the_resume_and_in_english() {
        let mut resume = resume(&["Leitete Schulungen für Code Reviews"]);
        resume.language = Some("de".to_owned());
        let keywords = ["Schulung", "code reviewing", "Rust"].map(str::to_owned);
        let coverage = coverage(&resume, &keywords);
        assert_eq!(coverage.found, ["Schulung", "code reviewing"]);
        assert_eq!(coverage.missing, ["Rust"]);
    }

    #[test]
    fn a_term_does_not_reach_over_two_blocks() {
        let coverage =
            coverage(&resume(&["Studied machine", "learning by heart"]), &["machine learning".to_owned()]);
        assert_eq!(coverage.missing, ["machine learning"]);
    }
}

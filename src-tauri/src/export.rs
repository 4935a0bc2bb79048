//! Exports: a name for the file, the file itself, and the proof that it holds what it should.

use std::path::{Path, PathBuf};

use exports::Existing;
use exports::Target;
use resume::{Posting, Resume};

use crate::api::{ExportFormat, Exported};
use crate::failure::{Answer, failure};
use crate::grants::name;

impl ExportFormat {
    /// The ending of the file's name, without the dot.
    pub(crate) fn extension(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Docx => "docx",
            Self::Markdown => "md",
            Self::Text => "txt",
        }
    }

    /// What the save dialog calls it.
    pub(crate) fn in_words(self) -> &'static str {
        match self {
            Self::Pdf => "PDF",
            Self::Docx => "Word document",
            Self::Markdown => "Markdown",
            Self::Text => "Plain text",
        }
    }

    fn target(self) -> Target {
        match self {
            Self::Pdf => Target::Pdf,
            Self::Docx => Target::Docx,
            Self::Markdown => Target::Markdown,
            Self::Text => Target::Text,
        }
    }
}

/// The longest part of a suggested name, in characters; three of them and an ending fit every file system.
const PART: usize = 60;

/// The name that the save dialog suggests: "Name - Employer - Role.pdf", as far as they are known.
pub(crate) fn file_name(resume: &Resume, posting: &Posting, format: ExportFormat) -> String {
    let parts: Vec<String> = [resume.name(), posting.employer.as_deref(), posting.title.as_deref()]
        .into_iter()
        .flatten()
        .map(part)
        .filter(|part| !part.is_empty())
        .collect();
    let stem = if parts.is_empty() { "Resume".to_owned() } else { parts.join(" - ") };
    format!("{stem}.{}", format.extension())
}

/// Leaves out what some file system refuses or a shell minds.
fn part(text: &str) -> String {
    let kept: String =
        text.chars().map(|c| if c.is_control() || "/\\:*?\"<>|".contains(c) { ' ' } else { c }).collect();
    let spaced = kept.split_whitespace().collect::<Vec<_>>().join(" ");
    let short: String = spaced.chars().take(PART).collect();
    // Windows drops dots and spaces at the end; a dot in front hides the file elsewhere.
    short.trim_matches(|c: char| c == '.' || c == '-' || c.is_whitespace()).to_owned()
}

/// Writes the resume to the file that the user picked. It gets its name only when it was read back and holds
/// every word. Blocks.
pub(crate) fn export(resume: &Resume, format: ExportFormat, picked: &Path) -> Answer<Exported> {
    let (path, existing) = with_extension(picked, format);
    let saved = exports::save(resume, format.target(), &path, existing)
        .map_err(|error| failure(error.code(), error.to_string(), error.hint()))?;
    Ok(Exported {
        file_name: name(&path),
        folder: path.parent().map(name).unwrap_or_default(),
        bytes: saved.bytes,
        words: saved.proof.words,
        words_found: saved.proof.found,
    })
}

/// The picked path, with an ending where the user typed none. The dialog asked about replacing the path that
/// was picked, so a completed one must not replace anything.
fn with_extension(picked: &Path, format: ExportFormat) -> (PathBuf, Existing) {
    let has_it = picked.extension().is_some_and(|ending| ending.eq_ignore_ascii_case(format.extension()));
    if has_it {
        return (picked.to_owned(), Existing::Replace);
    }
    let mut completed = picked.as_os_str().to_owned();
    completed.push(".");
    completed.push(format.extension());
    (PathBuf::from(completed), Existing::Keep)
}

#[cfg(test)]
mod tests {
    use super::*;
    use resume::{Block, BlockId, BlockKind, Origin};

    fn resume(name: &str) -> Resume {
        let block = |n, kind, text: &str| Block {
            id: BlockId::nth(n),
            kind,
            section: None,
            section_kind: None,
            text: text.to_owned(),
            origin: Origin::Nowhere,
        };
        Resume {
            blocks: vec![
                block(1, BlockKind::Name, name),
                block(2, BlockKind::Paragraph, "Keeps bees and books."),
            ],
            language: None,
            warnings: Vec::new(),
        }
    }

    fn posting(employer: &str, title: &str) -> Posting {
        Posting { employer: Some(employer.to_owned()), title: Some(title.to_owned()), ..Posting::default() }
    }

    #[test]
    fn the_name_is_made_of_person_employer_and_role() {
        let name = |person, employer, title| {
            file_name(&resume(person), &posting(employer, title), ExportFormat::Pdf)
        };
        assert_eq!(
            name("Ada Quill", "Larch & Sons", "Bookkeeper"),
            "Ada Quill - Larch & Sons - Bookkeeper.pdf"
        );
        assert_eq!(name("../../etc/passwd", "a:b|c", "x\u{0}\n y"), "etc passwd - a b c - x y.pdf");
        assert_eq!(name("Ada", "...", "  "), "Ada.pdf");
        assert!(name(&"é".repeat(500), &"e".repeat(500), &"t".repeat(500)).len() < 255);
        let nobody = Resume { blocks: Vec::new(), ..resume("") };
        assert_eq!(file_name(&nobody, &Posting::default(), ExportFormat::Markdown), "Resume.md");
    }

    #[test]
    fn a_file_is_written_whole_and_proven() {
        let folder = tempfile::tempdir().unwrap();
        for format in [ExportFormat::Markdown, ExportFormat::Text, ExportFormat::Docx, ExportFormat::Pdf] {
            let picked = folder.path().join(format!("mine.{}", format.extension()));
            std::fs::write(&picked, "old").unwrap();
            let exported = export(&resume("Ada Quill"), format, &picked).unwrap();
            assert_eq!(exported.words, exported.words_found);
            assert!(exported.words >= 6, "{exported:?}");
            assert_eq!(exported.bytes, picked.metadata().unwrap().len());
        }
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 4, "nothing is left behind");
    }

    #[test]
    fn an_ending_is_added_but_nothing_replaced_by_it() {
        let folder = tempfile::tempdir().unwrap();
        let bare = folder.path().join("mine");
        assert_eq!(export(&resume("Ada"), ExportFormat::Text, &bare).unwrap().file_name, "mine.txt");
        let again = export(&resume("Ada"), ExportFormat::Text, &bare).unwrap_err();
        assert_eq!(again.code, "not_written");
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}

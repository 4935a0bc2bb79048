//! The person's own Word document with edits in it, saved and proven as any other export.

use std::path::Path;

use redline::{LeftAlone, Style, redline};
use resume::{Edit, Resume};

use crate::Target;
use crate::save::{Existing, SaveError, Saved, put};

/// An own document that was saved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SavedOwn {
    /// The file.
    pub saved: Saved,
    /// Edits that could not be made in the document, in their order; it has their lines as they were.
    pub left_alone: Vec<LeftAlone>,
}

/// Makes `edits` in the Word document `docx`, from which `original` was read, and saves it to `path`. All else in the
/// document stays as it is. What is read back is compared with the original and the edits that were made. Blocks.
///
/// # Errors
/// See [`SaveError`].
pub fn save_own(
    docx: &[u8],
    original: &Resume,
    edits: &[Edit],
    style: &Style,
    path: &Path,
    existing: Existing,
) -> Result<SavedOwn, SaveError> {
    let redlined = redline(docx, original, edits, style)?;
    let made: Vec<Edit> = edits.iter().filter(|edit| redlined.made.contains(&edit.id)).cloned().collect();
    let tailored = resume::apply(original, &made).resume;
    let saved = put(&redlined.bytes, &tailored, Target::Docx, path, existing)?;
    Ok(SavedOwn { saved, left_alone: redlined.left_alone })
}

#[cfg(test)]
mod tests {
    use resume::{BlockKind, Change, EditId};

    use super::*;
    use crate::write;

    #[test]
    fn an_own_document_is_edited_proven_and_saved() {
        let block = |n, kind, text: &str| resume::Block {
            id: resume::BlockId::nth(n),
            kind,
            section: None,
            section_kind: None,
            text: text.to_owned(),
            origin: resume::Origin::Nowhere,
        };
        let resume = Resume {
            blocks: vec![
                block(1, BlockKind::Name, "Ada Quill"),
                block(2, BlockKind::SectionHeading, "Experience"),
                block(3, BlockKind::Bullet, "Kept bees and books in Leeds."),
            ],
            language: Some("en".to_owned()),
            warnings: Vec::new(),
        };
        let docx = write(&resume, Target::Docx).unwrap();
        let original = formats::read_resume(&docx, Some("mine.docx")).unwrap().resume;
        let line = original.blocks.iter().find(|block| block.kind == BlockKind::Bullet).unwrap();
        let change = Change::Rewrite {
            block: line.id.clone(),
            text: "Kept forty bees and books in Leeds.".to_owned(),
        };
        let edit = Edit {
            id: EditId::nth(1),
            change,
            evidence: Vec::new(),
            requirement: None,
            reason: "It says how many.".to_owned(),
        };
        let folder = tempfile::tempdir().unwrap();
        for (name, style) in [
            ("clean.docx", Style::Clean),
            ("tracked.docx", Style::Tracked { author: "Tailorbird".to_owned(), date: None }),
        ] {
            let path = folder.path().join(name);
            let own = save_own(&docx, &original, std::slice::from_ref(&edit), &style, &path, Existing::Keep)
                .unwrap();
            assert!(own.left_alone.is_empty() && own.saved.proof.is_whole(), "{own:?}");
            let back = formats::read_resume(&std::fs::read(&path).unwrap(), Some(name)).unwrap().resume;
            assert!(back.blocks.iter().any(|block| block.text.contains("forty bees")));
        }
        let refused =
            save_own(b"no", &original, &[edit], &Style::Clean, &folder.path().join("no"), Existing::Keep);
        assert_eq!(refused.unwrap_err().code(), "own_document");
    }
}

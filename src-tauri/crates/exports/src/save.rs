//! A resume into a file: written beside it, read back, compared, and only then given its name.

use std::io::{self, Write as _};
use std::path::Path;

use resume::Resume;
use tempfile::NamedTempFile;
use thiserror::Error;

use crate::{Design, ReadBack, Target, WriteError, missing, write_in};
use formats::{ReadError, read_resume};

/// A file that was saved and holds every word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Saved {
    /// Its size in bytes.
    pub bytes: u64,
    /// What was found when it was read back.
    pub proof: ReadBack,
}

/// Whether a file that is there already may be replaced.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Existing {
    /// The user agreed to it.
    Replace,
    /// Nobody asked: it stays as it is.
    Keep,
}

/// Why a file was not saved. What stood under its name is as it was.
#[derive(Debug, Error)]
pub enum SaveError {
    /// The document could not be made.
    #[error(transparent)]
    Write(#[from] WriteError),
    /// The user's own document could not be edited.
    #[error(transparent)]
    Own(#[from] redline::RedlineError),
    /// The disk or the folder did not take it.
    #[error("The file could not be written: {}.", in_words(.0))]
    Disk(#[from] io::Error),
    /// Our own reader could not read it.
    #[error("The file could not be read back, so it was not saved. {0}")]
    Unreadable(#[from] ReadError),
    /// Our own reader did not find every word.
    #[error("The file was read back and {found} of {words} words were found in it, so it was not saved.")]
    Differs {
        /// Words that were found, in order.
        found: usize,
        /// Words that should be there.
        words: usize,
    },
}

impl SaveError {
    /// A stable name for code that branches on it.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Write(error) => error.code(),
            Self::Own(_) => "own_document",
            Self::Disk(_) => "not_written",
            Self::Unreadable(_) | Self::Differs { .. } => "export_differs",
        }
    }

    /// What the user can do.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::Write(error) => error.hint(),
            Self::Own(_) => "Export a new document instead.",
            Self::Disk(error) => match error.kind() {
                io::ErrorKind::AlreadyExists => "There is a file of that name already. Choose another name.",
                io::ErrorKind::StorageFull => "Free some space, or choose another disk.",
                _ => "Choose another folder.",
            },
            Self::Unreadable(_) | Self::Differs { .. } => {
                "Export to another format, and report this: it is a fault of the program."
            }
        }
    }
}

/// Writes `resume` to `path`. The file gets its name when it is whole on the disk and was read back with every
/// word in it; no half-written file is ever seen. Blocks.
///
/// # Errors
/// See [`SaveError`].
pub fn save(resume: &Resume, target: Target, path: &Path, existing: Existing) -> Result<Saved, SaveError> {
    save_in(resume, target, &Design::default(), path, existing)
}

/// [`save`], in a design.
///
/// # Errors
/// See [`SaveError`].
pub fn save_in(
    resume: &Resume,
    target: Target,
    design: &Design,
    path: &Path,
    existing: Existing,
) -> Result<Saved, SaveError> {
    let bytes = write_in(resume, target, design)?;
    put(&bytes, resume, target, path, existing)
}

/// Puts `bytes` on the disk under their name once `resume` was read back from them.
pub(crate) fn put(
    bytes: &[u8],
    resume: &Resume,
    target: Target,
    path: &Path,
    existing: Existing,
) -> Result<Saved, SaveError> {
    // A link stays a link: what it leads to is written.
    let resolved = path.canonicalize();
    let path = resolved.as_deref().unwrap_or(path);
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let unfinished = unfinished(folder, bytes)?;
    let on_disk = std::fs::read(unfinished.path())?;
    let name = format!("export.{}", target.extension());
    let proof = missing(resume, &read_resume(&on_disk, Some(&name))?.resume);
    if !proof.is_whole() {
        return Err(SaveError::Differs { found: proof.found, words: proof.words });
    }
    let kept = match existing {
        Existing::Replace => unfinished.persist(path),
        Existing::Keep => unfinished.persist_noclobber(path),
    };
    kept.map_err(|error| error.error)?;
    Ok(Saved { bytes: on_disk.len() as u64, proof })
}

fn in_words(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "the folder is not there".to_owned(),
        io::ErrorKind::PermissionDenied => "the folder may not be written to".to_owned(),
        io::ErrorKind::StorageFull => "the disk is full".to_owned(),
        io::ErrorKind::AlreadyExists => "there is a file of that name".to_owned(),
        kind => kind.to_string(),
    }
}

/// The bytes in a file of that folder, on the disk for good.
fn unfinished(folder: &Path, bytes: &[u8]) -> io::Result<NamedTempFile> {
    let mut file = tempfile::Builder::new();
    // As any program would write it: readable for whom the user's umask says.
    #[cfg(unix)]
    file.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let mut file = file.prefix(".tailorbird-").tempfile_in(folder)?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    Ok(file)
}

#[cfg(test)]
mod tests {
    use resume::{Block, BlockId, BlockKind, Origin};

    use super::*;

    fn resume() -> Resume {
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
                block(1, BlockKind::Name, "Ada Quill"),
                block(2, BlockKind::Paragraph, "Keeps bees and books."),
            ],
            language: None,
            warnings: Vec::new(),
        }
    }

    #[test]
    fn a_file_is_saved_whole_and_proven_in_each_format() {
        let folder = tempfile::tempdir().unwrap();
        for target in Target::ALL {
            let path = folder.path().join(format!("mine.{}", target.extension()));
            std::fs::write(&path, "old").unwrap();
            let saved = save(&resume(), target, &path, Existing::Replace).unwrap();
            assert!(saved.proof.is_whole() && saved.proof.words >= 6, "{saved:?}");
            assert_eq!(saved.bytes, path.metadata().unwrap().len());
        }
        assert_eq!(
            std::fs::read_dir(folder.path()).unwrap().count(),
            Target::ALL.len(),
            "nothing is left behind"
        );
    }

    #[test]
    fn a_file_that_nobody_agreed_to_replace_stays() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("mine.txt");
        std::fs::write(&path, "old").unwrap();
        let refused = save(&resume(), Target::Text, &path, Existing::Keep).unwrap_err();
        assert_eq!(refused.code(), "not_written");
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "old");
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_folder_that_is_not_there_is_told() {
        let refused =
            save(&resume(), Target::Text, Path::new("/nonexistent/mine.txt"), Existing::Keep).unwrap_err();
        assert_eq!((refused.code(), refused.hint()), ("not_written", "Choose another folder."));
    }
}

//! Corrections on the disk: one JSON file for each resume file, named by the SHA-256 of its bytes, in the platform's
//! folder for data. They hold words of the resume, so only the user may read them.

use std::io::Write as _;
use std::path::PathBuf;
use std::{fs, io};

use resume::correction::Correction;
use serde::{Deserialize, Serialize};

/// The largest file that is read, in bytes. A correction takes some hundred.
const LIMIT: u64 = 8 * 1024 * 1024;

/// The version of the file's shape.
const VERSION: u32 = 1;

#[derive(Serialize, Deserialize)]
struct Written {
    version: u32,
    corrections: Vec<Correction>,
}

/// Where corrections are kept; nowhere, where there is no folder for data.
#[derive(Clone, Debug, Default)]
pub(crate) struct Kept(Option<PathBuf>);

impl Kept {
    /// Below this folder for data.
    pub(crate) fn in_folder(data: Option<PathBuf>) -> Self {
        Self(data.map(|data| data.join("corrections")))
    }

    /// The corrections of the file with these bytes; none where none were made. Blocks.
    ///
    /// # Errors
    ///
    /// Where the file is damaged, of a later version, or cannot be read.
    pub(crate) fn load(&self, fingerprint: &str) -> io::Result<Vec<Correction>> {
        let Some(file) = self.file(fingerprint) else { return Ok(Vec::new()) };
        let about = match fs::metadata(&file) {
            Ok(about) => about,
            Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
                return Ok(Vec::new());
            }
            Err(error) => return Err(error),
        };
        if about.len() > LIMIT {
            return Err(io::ErrorKind::InvalidData.into());
        }
        let written: Written = serde_json::from_slice(&fs::read(file)?)?;
        if written.version == VERSION {
            Ok(written.corrections)
        } else {
            Err(io::ErrorKind::InvalidData.into())
        }
    }

    /// Writes them so that a crash leaves the old file or the new one. Where there are none, there is no file. Blocks.
    ///
    /// # Errors
    ///
    /// Where the folder cannot be written to.
    pub(crate) fn save(&self, fingerprint: &str, corrections: &[Correction]) -> io::Result<()> {
        let Some(file) = self.file(fingerprint) else { return Ok(()) };
        let Some(folder) = file.parent() else { return Ok(()) };
        if corrections.is_empty() {
            return match fs::remove_file(&file) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
                _ => Ok(()),
            };
        }
        fs::create_dir_all(folder)?;
        // A temporary file can be read by its owner alone, and stays so under its new name.
        let mut temporary = tempfile::NamedTempFile::new_in(folder)?;
        let written = Written { version: VERSION, corrections: corrections.to_vec() };
        temporary.write_all(&serde_json::to_vec(&written)?)?;
        temporary.as_file().sync_all()?;
        temporary.persist(file)?;
        Ok(())
    }

    fn file(&self, fingerprint: &str) -> Option<PathBuf> {
        Some(self.0.as_ref()?.join(format!("{fingerprint}.json")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CORRECTION: &str = r#"{"block":{"kind":"bullet","text":"Baked.","occurrence":0},"fix":"delete"}"#;

    fn one() -> Vec<Correction> {
        vec![serde_json::from_str(CORRECTION).unwrap()]
    }

    #[test]
    fn what_was_kept_is_loaded_and_none_leave_no_file() {
        let folder = tempfile::tempdir().unwrap();
        let kept = Kept::in_folder(Some(folder.path().join("not/there")));
        assert_eq!(kept.load("ab").unwrap(), []);
        kept.save("ab", &one()).unwrap();
        assert_eq!(kept.load("ab").unwrap(), one());
        assert_eq!(kept.load("cd").unwrap(), []);
        kept.save("ab", &[]).unwrap();
        kept.save("ab", &[]).unwrap();
        assert_eq!(fs::read_dir(folder.path().join("not/there/corrections")).unwrap().count(), 0);
    }

    #[cfg(unix)]
    #[test]
    fn nobody_else_may_read_them() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        let kept = Kept::in_folder(Some(folder.path().to_owned()));
        kept.save("ab", &one()).unwrap();
        let file = fs::metadata(kept.file("ab").unwrap()).unwrap();
        assert_eq!(file.permissions().mode() & 0o077, 0);
    }

    #[test]
    fn a_damaged_file_is_told_and_not_taken_for_none() {
        let folder = tempfile::tempdir().unwrap();
        let kept = Kept::in_folder(Some(folder.path().to_owned()));
        kept.save("ab", &one()).unwrap();
        for damage in ["", "{", "[]", r#"{"version":2,"corrections":[]}"#] {
            fs::write(kept.file("ab").unwrap(), damage).unwrap();
            assert!(kept.load("ab").is_err(), "{damage:?}");
        }
        kept.save("ab", &one()).unwrap();
        assert_eq!(kept.load("ab").unwrap(), one());
    }

    #[test]
    fn without_a_folder_nothing_is_kept() {
        let kept = Kept::in_folder(None);
        kept.save("ab", &one()).unwrap();
        assert_eq!(kept.load("ab").unwrap(), []);
    }
}

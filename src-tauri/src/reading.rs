//! Files and pasted text, read. All of it blocks.

use std::fs::File;
use std::io::{self, Read as _};
use std::path::Path;

use formats::{ReadError, Reading};
use pipeline::ErrorReport;
use resume::{BlockKind, Resume, SectionKind};
use sha2::{Digest as _, Sha256};

use crate::api::PostingRead;
use crate::failure::{Answer, failure};
use crate::grants::name;

/// A resume as it was read, before any correction.
pub(crate) struct Paper {
    /// Name of the file without its folder; `None` when pasted.
    pub(crate) file_name: Option<String>,
    /// SHA-256 of its bytes, in hexadecimal.
    pub(crate) fingerprint: String,
    /// What kind of file it turned out to be, in words.
    pub(crate) format: String,
    /// What was read.
    pub(crate) resume: Resume,
}

impl Paper {
    fn new(file_name: Option<String>, bytes: &[u8], reading: Reading) -> Self {
        use std::fmt::Write as _;
        let fingerprint = Sha256::digest(bytes).iter().fold(String::new(), |mut hex, byte| {
            let _ = write!(hex, "{byte:02x}");
            hex
        });
        Self { file_name, fingerprint, format: reading.format.to_string(), resume: reading.resume }
    }
}

/// Reads a resume file that the user dropped or picked.
pub(crate) fn resume_file(path: &Path) -> Answer<Paper> {
    let name = name(path);
    let bytes = bytes(path)?;
    let reading = formats::read_resume(&bytes, Some(&name)).map_err(|error| report(&error))?;
    Ok(Paper::new(Some(name), &bytes, reading))
}

/// Reads a posting file that the user dropped or picked.
pub(crate) fn posting_file(path: &Path) -> Answer<PostingRead> {
    let name = name(path);
    let posting = formats::read_posting(&bytes(path)?, Some(&name)).map_err(|error| report(&error))?;
    Ok(PostingRead { file_name: Some(name), posting })
}

/// Reads a resume that was pasted.
pub(crate) fn resume_text(text: &str) -> Answer<Paper> {
    let reading = formats::read_resume_text(text).map_err(|error| report(&error))?;
    Ok(Paper::new(None, text.as_bytes(), reading))
}

/// What a section of that heading is about, as the reader would take it.
pub(crate) fn section(heading: &str) -> Option<SectionKind> {
    let page = format!("# Ada Quill\n\n## {heading}\n\n- Kept the books.\n");
    let reading = formats::read_resume_text(&page).ok()?;
    let blocks = reading.resume.blocks;
    blocks.iter().find(|block| block.kind == BlockKind::SectionHeading)?.section_kind
}

/// Reads a posting that was pasted.
pub(crate) fn posting_text(text: &str) -> Answer<PostingRead> {
    let posting = formats::read_posting_text(text).map_err(|error| report(&error))?;
    Ok(PostingRead { file_name: None, posting })
}

/// The bytes of a file, and at most one more than the readers take, so that they can say that it is too large.
fn bytes(path: &Path) -> Answer<Vec<u8>> {
    // Looked at before it is opened: opening a pipe waits for somebody to write to it.
    let about = path.metadata().map_err(|error| unreadable(&error))?;
    if !about.is_file() {
        return Err(failure("not_a_file", "This is a folder or a device, not a file.", "Choose a file."));
    }
    let mut bytes = Vec::new();
    File::open(path)
        .and_then(|file| file.take(formats::MAX_FILE_BYTES + 1).read_to_end(&mut bytes))
        .map_err(|error| unreadable(&error))?;
    Ok(bytes)
}

fn unreadable(error: &io::Error) -> ErrorReport {
    match error.kind() {
        io::ErrorKind::NotFound => {
            failure("not_found", "The file is not there any more.", "Choose it again.")
        }
        io::ErrorKind::PermissionDenied => failure(
            "not_permitted",
            "The file may not be read.",
            "Give yourself the right to read it, or choose a copy.",
        ),
        kind => failure("unreadable", format!("The file could not be read: {kind}."), "Try a copy of it."),
    }
}

fn report(error: &ReadError) -> ErrorReport {
    failure(error.code(), error.to_string(), error.hint())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_a_readable_file_is_refused_in_words() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(resume_file(folder.path()).err().unwrap().code, "not_a_file");
        assert_eq!(resume_file(&folder.path().join("gone.pdf")).err().unwrap().code, "not_found");
        let empty = folder.path().join("empty.pdf");
        std::fs::write(&empty, "").unwrap();
        assert_eq!(resume_file(&empty).err().unwrap().code, "empty");
    }

    #[test]
    fn the_same_bytes_have_the_same_fingerprint() {
        let print = |text: &str| resume_text(text).unwrap().fingerprint;
        assert_eq!(print("# Ada\n\n- Baked bread."), print("# Ada\n\n- Baked bread."));
        assert_ne!(print("# Ada\n\n- Baked bread."), print("# Ada\n\n- Baked bread. "));
        assert_eq!(print("# Ada\n\n- Baked bread.").len(), 64);
    }

    #[cfg(unix)]
    #[test]
    fn a_device_is_not_opened() {
        assert_eq!(posting_file(Path::new("/dev/zero")).unwrap_err().code, "not_a_file");
    }

    #[test]
    fn a_file_above_the_limit_is_not_read_whole() {
        let folder = tempfile::tempdir().unwrap();
        let large = folder.path().join("large.txt");
        std::fs::File::create(&large).unwrap().set_len(1 << 40).unwrap();
        assert_eq!(resume_file(&large).err().unwrap().code, "too_large");
    }
}

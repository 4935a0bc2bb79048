//! Files and pasted text, read. All of it blocks.

use std::fs::File;
use std::io::{self, Read as _};
use std::path::Path;
use std::sync::Arc;

use formats::{Original, ReadError, ReadOptions, Reading};
use pipeline::ErrorReport;
use resume::{BlockKind, SectionKind};
use sha2::{Digest as _, Sha256};

use crate::api::PostingRead;
use crate::failure::{Answer, failure};
use crate::grants::name;

/// A file as the user gave it.
#[derive(Clone)]
pub(crate) struct Given {
    /// Name without its folder; `None` when pasted.
    pub(crate) name: Option<String>,
    /// Its bytes.
    pub(crate) bytes: Arc<[u8]>,
    /// The password, where it needs one.
    pub(crate) options: ReadOptions,
}

/// A resume as it was read, before any correction.
pub(crate) struct Paper {
    /// What it was read from; the picture of the original is drawn from it.
    pub(crate) given: Given,
    /// SHA-256 of its bytes, in hexadecimal.
    pub(crate) fingerprint: String,
    /// What was read.
    pub(crate) reading: Reading,
}

/// The resume file that the user dropped or picked.
pub(crate) fn given(path: &Path) -> Answer<Given> {
    Ok(Given { name: Some(name(path)), bytes: bytes(path)?.into(), options: ReadOptions::default() })
}

/// Reads a resume, in a process of its own. The error says `password_needed` or `wrong_password` where it wants one.
pub(crate) fn resume(given: Given) -> Answer<Paper> {
    let reading = match &given.name {
        Some(name) => reader::blocking::read_resume(&given.bytes, Some(name), &given.options),
        None => formats::read_resume_text(&String::from_utf8_lossy(&given.bytes)),
    };
    let reading = reading.map_err(|error| report(&error))?;
    Ok(Paper { fingerprint: fingerprint(&given.bytes), given, reading })
}

fn fingerprint(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    Sha256::digest(bytes).iter().fold(String::new(), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

/// How the original looks.
pub(crate) fn original(given: &Given) -> Answer<Original> {
    reader::blocking::original(&given.bytes, given.name.as_deref(), &given.options)
        .map_err(|error| report(&error))
}

/// A page of the original as PNG, so many pixels wide.
pub(crate) fn draw_page(given: &Given, page: u32, width: u32) -> Answer<Vec<u8>> {
    reader::blocking::draw_page(&given.bytes, given.name.as_deref(), page, width, &given.options)
        .map(|picture| picture.png)
        .map_err(|error| report(&error))
}

/// Reads a posting file that the user dropped or picked.
pub(crate) fn posting_file(path: &Path) -> Answer<PostingRead> {
    let name = name(path);
    let posting =
        reader::blocking::read_posting(&bytes(path)?, Some(&name)).map_err(|error| report(&error))?;
    Ok(PostingRead { file_name: Some(name), posting })
}

/// Reads a resume that was pasted.
pub(crate) fn resume_text(text: &str) -> Answer<Paper> {
    resume(Given { name: None, bytes: text.as_bytes().into(), options: ReadOptions::default() })
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
        assert_eq!(given(folder.path()).err().unwrap().code, "not_a_file");
        assert_eq!(given(&folder.path().join("gone.pdf")).err().unwrap().code, "not_found");
        let empty = folder.path().join("empty.pdf");
        std::fs::write(&empty, "").unwrap();
        assert_eq!(given(&empty).and_then(resume).err().unwrap().code, "empty");
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
        assert_eq!(given(&large).and_then(resume).err().unwrap().code, "too_large");
    }
}

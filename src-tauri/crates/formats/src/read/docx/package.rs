//! The ZIP package of a DOCX, with a limit on what comes out of it.

use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use crate::{Format, MAX_UNPACKED_BYTES, ReadError};

/// More entries than any document has.
const MAX_ENTRIES: usize = 5_000;

pub(crate) struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    left: u64,
}

fn damaged(what: &str) -> ReadError {
    ReadError::Damaged { format: Format::Docx, what: what.to_owned() }
}

impl<'a> Package<'a> {
    pub(crate) fn open(bytes: &'a [u8]) -> Result<Self, ReadError> {
        let archive = ZipArchive::new(Cursor::new(bytes))
            .map_err(|_| damaged("the directory at the end of the package is missing or wrong"))?;
        if archive.len() > MAX_ENTRIES {
            return Err(damaged("the package has far too many parts"));
        }
        Ok(Self { archive, left: MAX_UNPACKED_BYTES })
    }

    /// The text of an XML part; `None` where there is no such part.
    pub(crate) fn part(&mut self, name: &str) -> Result<Option<String>, ReadError> {
        let entry = match self.archive.by_name(name) {
            Ok(entry) => entry,
            Err(ZipError::FileNotFound) => return Ok(None),
            Err(_) => return Err(damaged("a part of the package cannot be unpacked")),
        };
        // Sizes in headers are claims; what comes out is counted.
        let mut bytes = Vec::new();
        let read = entry.take(self.left + 1).read_to_end(&mut bytes);
        if bytes.len() as u64 > self.left {
            return Err(ReadError::UnpacksTooLarge {
                format: Format::Docx,
                limit: MAX_UNPACKED_BYTES / (1024 * 1024),
            });
        }
        self.left -= bytes.len() as u64;
        read.map_err(|_| damaged("a part of the package cannot be unpacked"))?;
        // XML may be UTF-16 where a mark says so.
        Ok(Some(match encoding_rs::Encoding::for_bom(&bytes) {
            Some((encoding, mark)) => encoding.decode_without_bom_handling(&bytes[mark..]).0.into_owned(),
            None => String::from_utf8(bytes).map_err(|_| damaged("a part of it is not text"))?,
        }))
    }

    /// Name of the part with the text.
    pub(crate) fn main_part(&mut self) -> Result<String, ReadError> {
        const USUAL: &str = "word/document.xml";
        let names = self.names();
        if names.iter().any(|name| name == USUAL) {
            return Ok(USUAL.to_owned());
        }
        names
            .into_iter()
            .find(|name| name.starts_with("word/document") && name.to_ascii_lowercase().ends_with(".xml"))
            .ok_or_else(|| damaged("the part with the text is missing"))
    }

    /// Names of the headers and footers, headers first.
    pub(crate) fn edge_parts(&self) -> Vec<String> {
        let mut names: Vec<String> = self
            .names()
            .into_iter()
            .filter(|name| {
                let part = name.strip_suffix(".xml").unwrap_or_default();
                part.starts_with("word/header") || part.starts_with("word/footer")
            })
            .collect();
        names.sort_by_key(|name| (name.contains("footer"), name.clone()));
        names
    }

    fn names(&self) -> Vec<String> {
        self.archive.file_names().filter_map(Result::ok).map(std::borrow::Cow::into_owned).collect()
    }
}

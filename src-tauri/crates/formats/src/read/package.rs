//! The ZIP package of a DOCX or ODT, with a limit on what comes out of it.

use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use crate::{Format, MAX_UNPACKED_BYTES, ReadError};

/// More entries than any document has.
const MAX_ENTRIES: usize = 5_000;

/// A package that is open for reading. No name in it is ever used as a path.
pub(crate) struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    format: Format,
    left: u64,
}

impl<'a> Package<'a> {
    /// Opens a package of that format.
    pub(crate) fn open(bytes: &'a [u8], format: Format) -> Result<Self, ReadError> {
        let damaged = |what: &str| ReadError::Damaged { format, what: what.to_owned() };
        let archive = ZipArchive::new(Cursor::new(bytes))
            .map_err(|_| damaged("the directory at the end of the package is missing or wrong"))?;
        if archive.len() > MAX_ENTRIES {
            return Err(damaged("the package has far too many parts"));
        }
        Ok(Self { archive, format, left: MAX_UNPACKED_BYTES })
    }

    /// The error for something that is wrong with the package.
    pub(crate) fn damaged(&self, what: &str) -> ReadError {
        ReadError::Damaged { format: self.format, what: what.to_owned() }
    }

    /// The text of an XML part; `None` where there is no such part.
    pub(crate) fn part(&mut self, name: &str) -> Result<Option<String>, ReadError> {
        let format = self.format;
        let damaged = |what: &str| ReadError::Damaged { format, what: what.to_owned() };
        let entry = match self.archive.by_name(name) {
            Ok(entry) => entry,
            Err(ZipError::FileNotFound) => return Ok(None),
            Err(_) => return Err(damaged("a part of the package cannot be unpacked")),
        };
        // Sizes in headers are claims; what comes out is counted.
        let mut bytes = Vec::new();
        let read = entry.take(self.left + 1).read_to_end(&mut bytes);
        if bytes.len() as u64 > self.left {
            return Err(ReadError::UnpacksTooLarge { format, limit: MAX_UNPACKED_BYTES / (1024 * 1024) });
        }
        self.left -= bytes.len() as u64;
        read.map_err(|_| damaged("a part of the package cannot be unpacked"))?;
        // XML may be UTF-16 where a mark says so.
        Ok(Some(match encoding_rs::Encoding::for_bom(&bytes) {
            Some((encoding, mark)) => encoding.decode_without_bom_handling(&bytes[mark..]).0.into_owned(),
            None => String::from_utf8(bytes).map_err(|_| damaged("a part of it is not text"))?,
        }))
    }

    /// Names of all parts.
    pub(crate) fn names(&self) -> Vec<String> {
        self.archive.file_names().filter_map(Result::ok).map(std::borrow::Cow::into_owned).collect()
    }
}

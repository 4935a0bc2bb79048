//! The DOCX package: parts that change are written anew, all others are copied as they are packed.

use std::io::{Cursor, Read, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use crate::RedlineError;

/// No part with text is larger, in bytes.
const MAX_PART: u64 = 64 * 1024 * 1024;

/// A package that is read.
pub(crate) struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
}

impl<'a> Package<'a> {
    pub(crate) fn open(bytes: &'a [u8]) -> Result<Self, RedlineError> {
        ZipArchive::new(Cursor::new(bytes)).map(|archive| Self { archive }).map_err(|_| RedlineError::Package)
    }

    /// The text of a part; `None` where there is no such part.
    pub(crate) fn part(&mut self, name: &str) -> Result<Option<String>, RedlineError> {
        let entry = match self.archive.by_name(name) {
            Ok(entry) => entry,
            Err(zip::result::ZipError::FileNotFound) => return Ok(None),
            Err(_) => return Err(RedlineError::Package),
        };
        let mut bytes = Vec::new();
        entry.take(MAX_PART + 1).read_to_end(&mut bytes).map_err(|_| RedlineError::Package)?;
        if bytes.len() as u64 > MAX_PART {
            return Err(RedlineError::Package);
        }
        String::from_utf8(bytes).map(Some).map_err(|_| RedlineError::Encoding)
    }

    /// The package with `parts` in it: those that it has are replaced, others are added at its end.
    pub(crate) fn with(mut self, parts: &[(String, String)]) -> Result<Vec<u8>, RedlineError> {
        let broken = |_| RedlineError::Package;
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        let mut written = vec![false; parts.len()];
        for at in 0..self.archive.len() {
            let entry = self.archive.by_index_raw(at).map_err(broken)?;
            let name = entry.name().map_err(broken)?.into_owned();
            let Some(n) = parts.iter().position(|(part, _)| *part == name) else {
                writer.raw_copy_file(entry).map_err(broken)?;
                continue;
            };
            let mut options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
            if let Some(time) = entry.last_modified() {
                options = options.last_modified_time(time);
            }
            drop(entry);
            add(&mut writer, &name, options, &parts[n].1)?;
            written[n] = true;
        }
        for ((name, text), _) in parts.iter().zip(written).filter(|(_, written)| !written) {
            let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
            add(&mut writer, name, options, text)?;
        }
        writer.finish().map(Cursor::into_inner).map_err(broken)
    }
}

fn add(
    writer: &mut ZipWriter<Cursor<Vec<u8>>>,
    name: &str,
    options: SimpleFileOptions,
    text: &str,
) -> Result<(), RedlineError> {
    writer.start_file(name, options).map_err(|_| RedlineError::Package)?;
    writer.write_all(text.as_bytes()).map_err(|_| RedlineError::Package)
}

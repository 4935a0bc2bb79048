//! All that Typst may see: the design, the rows, the fonts. No files, no packages, no clock.

use std::sync::LazyLock;

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};

use super::fonts::Fonts;

static LIBRARY: LazyLock<LazyHash<Library>> = LazyLock::new(|| LazyHash::new(Library::default()));

static DESIGN: LazyLock<Source> = LazyLock::new(|| {
    let id = path("/resume.typ").unwrap_or_else(|| Source::detached("").id());
    Source::new(id, include_str!("resume.typ").to_owned())
});

fn path(name: &str) -> Option<FileId> {
    Some(RootedPath::new(VirtualRoot::Project, VirtualPath::new(name).ok()?).intern())
}

/// One resume, ready to be typeset.
pub(super) struct Page {
    fonts: Fonts,
    json: Bytes,
}

impl Page {
    /// `json`: what `resume.typ` reads.
    pub(super) fn new(fonts: Fonts, json: Vec<u8>) -> Self {
        Self { fonts, json: Bytes::new(json) }
    }
}

impl World for Page {
    fn library(&self) -> &LazyHash<Library> {
        &LIBRARY
    }

    fn book(&self) -> &LazyHash<FontBook> {
        self.fonts.book()
    }

    fn main(&self) -> FileId {
        DESIGN.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == DESIGN.id() { Ok(DESIGN.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if path("/resume.json") == Some(id) { Ok(self.json.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.get(index)
    }

    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        None
    }
}

//! The resume and the posting that the scenes work on.

use std::path::{Path, PathBuf};

/// A resume file and the text of a posting.
pub(crate) struct Material {
    pub(crate) resume: PathBuf,
    pub(crate) posting: String,
    /// Edits that bring words in, at the least, when it is tailored offline.
    pub(crate) edits: usize,
    /// A program that shows a window to drag the resume from, where there is one.
    pub(crate) drag_source: Option<PathBuf>,
}

/// From the shared corpus: a PDF that a typesetter made. Without the corpus, the project's own sample.
pub(crate) fn material() -> Material {
    let shared = shared();
    let resume = shared.join("corpus/people/ingrid-solheim/typst-two-column.pdf");
    let posting = shared.join("corpus/postings/staff-sre-vantablue.md");
    if resume.exists() && posting.exists() {
        let drag_source = Some(shared.join("tools/drag-source.py")).filter(|tool| tool.exists());
        return Material { resume, posting: text(&posting), edits: 2, drag_source };
    }
    assert!(std::env::var_os("TAILORBIRD_REQUIRE_SHARED").is_none(), "{} is not there", resume.display());
    println!("no ../shared beside the project: the sample is used instead");
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples");
    Material {
        resume: samples.join("resume.md"),
        posting: text(&samples.join("posting.md")),
        edits: 1,
        drag_source: None,
    }
}

/// The folder of shared data.
pub(crate) fn shared() -> PathBuf {
    std::env::var_os("TAILORBIRD_SHARED")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared"), PathBuf::from)
}

fn text(file: &Path) -> String {
    std::fs::read_to_string(file).expect("a posting of text")
}

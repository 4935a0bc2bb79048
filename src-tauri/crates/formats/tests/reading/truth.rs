//! The shared set and what its files say.

use std::path::{Path, PathBuf};

use serde_json::Value;
use unicode_normalization::UnicodeNormalization;

/// The shared set; `None`, with a word about it, where it is absent.
#[expect(clippy::print_stderr, reason = "a skipped test says why")]
pub(crate) fn corpus() -> Option<PathBuf> {
    let shared = std::env::var_os("TAILORBIRD_SHARED")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../../shared"), PathBuf::from);
    let corpus = shared.join("corpus");
    if corpus.is_dir() {
        return Some(corpus);
    }
    assert!(std::env::var_os("TAILORBIRD_REQUIRE_SHARED").is_none(), "the shared set is required and absent");
    eprintln!("skipped: no ../shared beside the project");
    None
}

pub(crate) fn json(path: &Path) -> Value {
    let text = std::fs::read_to_string(path).expect("the shared set is complete");
    serde_json::from_str(&text).expect("the shared set is well formed")
}

/// Text as it is compared: NFKC, no white space, no hyphens.
pub(crate) fn plain(text: &str) -> String {
    text.nfkc()
        .filter(|c| !c.is_whitespace() && !matches!(c, '-' | '\u{2010}' | '\u{2011}' | '\u{ad}'))
        .collect()
}

pub(crate) fn strings(value: &Value) -> Vec<String> {
    value.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
}

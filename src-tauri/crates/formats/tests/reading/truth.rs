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

/// What a resume says.
pub(crate) struct Truth {
    pub(crate) name: String,
    pub(crate) contacts: Vec<String>,
    pub(crate) headings: Vec<String>,
    pub(crate) lines: Vec<String>,
    pub(crate) titles: Vec<String>,
    pub(crate) all: String,
}

pub(crate) fn strings(value: &Value) -> Vec<String> {
    value.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
}

pub(crate) fn truth(path: &Path) -> Truth {
    let value = json(path);
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let mut truth = Truth {
        name: text(&value["name"]),
        contacts: strings(&value["contacts"]),
        headings: Vec::new(),
        lines: Vec::new(),
        titles: Vec::new(),
        all: String::new(),
    };
    let mut all = vec![truth.name.clone(), text(&value["headline"])];
    all.extend(truth.contacts.clone());
    for section in value["sections"].as_array().into_iter().flatten() {
        truth.headings.push(text(&section["heading"]));
        truth.lines.extend(strings(&section["lines"]));
        for entry in section["entries"].as_array().into_iter().flatten() {
            truth.titles.push(text(&entry["title"]));
            truth.lines.extend(strings(&entry["lines"]));
            for part in ["organisation", "location", "dates"] {
                all.push(text(&entry[part]));
            }
        }
    }
    all.extend(truth.headings.clone());
    all.extend(truth.lines.clone());
    all.extend(truth.titles.clone());
    truth.all = all.join(" ");
    truth
}

//! Every broken file of the shared set, in a process of its own, as in this one.

use std::path::{Path, PathBuf};

use formats::ReadOptions;
use reader::Reader;
use serde_json::Value;

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

pub(crate) fn reader() -> Reader {
    Reader::of_programs(vec![PathBuf::from(env!("CARGO_BIN_EXE_breaking-reader"))])
}

#[test]
fn broken_files_end_in_the_same_words_in_a_child() {
    let Some(corpus) = corpus() else { return };
    let reader = reader();
    let options = ReadOptions::default();
    let mut failures = Vec::new();
    for entry in json(&corpus.join("broken/manifest.json")).as_array().into_iter().flatten() {
        let file = entry["file"].as_str().unwrap_or_default();
        let bytes = std::fs::read(corpus.join("broken").join(file)).expect("the shared set is complete");
        let here = formats::read_resume_with(&bytes, Some(file), &options);
        let there = reader.read_resume(&bytes, Some(file), &options);
        if here != there {
            failures.push(format!("{file}: {there:?}, not {here:?}"));
        }
        let readable = entry["readable"].as_bool().unwrap_or(false);
        if readable && there.is_err() {
            failures.push(format!("{file}: {there:?}"));
        }
        if let (Some(password), Err(error)) = (entry["password"].as_str(), &there)
            && error.code() == "password_needed"
        {
            let wrong = reader.read_resume(&bytes, Some(file), &ReadOptions::with_password("harbour"));
            if wrong.err().map(|error| error.code()) != Some("wrong_password") {
                failures.push(format!("{file}: opens with any password"));
            }
            let right = reader.read_resume(&bytes, Some(file), &ReadOptions::with_password(password));
            let original = entry["same_as"].as_str().map(|path| corpus.join(path));
            let original = original.and_then(|path| std::fs::read(path).ok()).unwrap_or_default();
            let original = formats::read_resume(&original, None);
            if right.map(|reading| reading.resume.blocks) != original.map(|reading| reading.resume.blocks) {
                failures.push(format!("{file}: with its password it reads otherwise"));
            }
        }
    }
    assert!(failures.is_empty(), "{failures:#?}");
}

#[test]
fn good_files_are_the_same_from_a_child() {
    let Some(corpus) = corpus() else { return };
    let reader = reader();
    let mut seen = 0;
    for person in json(&corpus.join("index.json"))["people"].as_array().into_iter().flatten() {
        for file in person["files"].as_array().into_iter().flatten().take(3) {
            let path = file["file"].as_str().unwrap_or_default();
            let bytes = std::fs::read(corpus.join(path)).expect("the shared set is complete");
            let there = reader.read_resume(&bytes, Some(path), &ReadOptions::default());
            assert_eq!(there, formats::read_resume(&bytes, Some(path)), "{path}");
            seen += 1;
        }
    }
    assert!(seen > 20, "only {seen} files");
}

//! Every pair of the shared corpus, offline: the run ends well, and nothing that no edit touched is lost in
//! any of the four formats.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use serde_json::Value;

use crate::tailor::assert_contract;
use crate::terminal::{bare, shared, tailorbird};

/// The resume files of a person that can be read, one of each format.
fn resumes(person: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = fs::read_dir(person)
        .expect("the person's folder")
        .map(|entry| entry.expect("an entry").path())
        .filter(|file| {
            ["pdf", "docx", "md", "txt"]
                .iter()
                .any(|extension| file.extension().is_some_and(|own| own == *extension))
        })
        .collect();
    files.sort_by_key(|file| (file.extension().map(std::ffi::OsStr::to_owned), file.clone()));
    files.dedup_by_key(|file| file.extension().map(std::ffi::OsStr::to_owned));
    files
}

fn posting(shared: &Path, id: &str) -> PathBuf {
    ["txt", "md", "html", "pdf", "docx"]
        .iter()
        .map(|extension| shared.join(format!("corpus/postings/{id}.{extension}")))
        .find(|file| file.is_file())
        .unwrap_or_else(|| panic!("no posting {id}"))
}

/// The blocks that an accepted edit touched.
fn touched(result: &Value) -> BTreeSet<String> {
    let edits = result["edits"].as_array().expect("edits");
    let judgements = result["judgements"].as_array().expect("judgements");
    assert_eq!(edits.len(), judgements.len());
    edits
        .iter()
        .zip(judgements)
        .filter(|(_, judgement)| judgement["standing"] == "supported")
        .filter_map(|(edit, _)| edit["block"].as_str().map(str::to_owned))
        .collect()
}

/// What a file says, without what layouts may change.
fn said(file: &Path) -> String {
    if file.extension().is_some_and(|extension| extension == "pdf")
        && let Ok(text) = Command::new("pdftotext").arg(file).arg("-").output()
        && text.status.success()
    {
        return bare(&String::from_utf8_lossy(&text.stdout).replace('\u{c}', " "));
    }
    let read = tailorbird(["read".as_ref(), file.as_os_str(), "--json".as_ref()]).expect_code(0).json();
    let texts: Vec<&str> = read["blocks"]
        .as_array()
        .expect("blocks")
        .iter()
        .filter_map(|block| block["text"].as_str())
        .collect();
    bare(&texts.concat())
}

fn tailor_one(resume: &Path, posting: &Path) -> usize {
    let original = tailorbird(["read".as_ref(), resume.as_os_str(), "--json".as_ref()]).expect_code(0).json();
    let folder = tempfile::tempdir().expect("a folder");
    let outputs =
        ["pdf", "docx", "md", "txt"].map(|extension| folder.path().join(format!("out.{extension}")));
    let mut arguments = vec!["tailor".as_ref(), "--resume".as_ref(), resume.as_os_str()];
    arguments.extend([
        "--job".as_ref(),
        posting.as_os_str(),
        "--engine".as_ref(),
        "offline".as_ref(),
        "--events".as_ref(),
    ]);
    for output in &outputs {
        arguments.extend(["-o".as_ref(), output.as_os_str()]);
    }
    let events = tailorbird(arguments).expect_code(0).events();
    assert_contract(&events);
    let result = &events.last().expect("events")["result"];
    let touched = touched(result);
    for output in &outputs {
        let said = said(output);
        for block in original["blocks"].as_array().expect("blocks") {
            if block["id"].as_str().is_some_and(|id| touched.contains(id)) {
                continue;
            }
            let text = bare(block["text"].as_str().expect("a text"));
            assert!(
                said.contains(&text),
                "{} → {}: lost {}",
                resume.display(),
                output.extension().unwrap_or_default().display(),
                block["text"]
            );
        }
    }
    touched.len()
}

#[test]
fn nothing_that_no_edit_touched_is_lost() {
    let Some(shared) = shared() else { return };
    let pairs = fs::read(shared.join("corpus/pairs.json")).expect("the pairs");
    let pairs: Vec<Value> = serde_json::from_slice(&pairs).expect("JSON");
    assert!(pairs.len() >= 10);
    let mut work = Vec::new();
    for pair in &pairs {
        let person = pair["resume"].as_str().expect("a person");
        let posting = posting(&shared, pair["posting"].as_str().expect("a posting"));
        for resume in resumes(&shared.join("corpus/people").join(person)) {
            work.push((resume, posting.clone()));
        }
    }
    let (next, failures, useful) = (AtomicUsize::new(0), Mutex::new(Vec::new()), AtomicUsize::new(0));
    std::thread::scope(|scope| {
        for _ in 0..std::thread::available_parallelism().map_or(2, usize::from) {
            scope.spawn(|| {
                while let Some((resume, posting)) = work.get(next.fetch_add(1, Ordering::Relaxed)) {
                    match std::panic::catch_unwind(|| tailor_one(resume, posting)) {
                        Ok(touched) => _ = useful.fetch_add(usize::from(touched > 0), Ordering::Relaxed),
                        Err(_) => failures.lock().expect("no panic inside").push(resume.clone()),
                    }
                }
            });
        }
    });
    let failures = failures.into_inner().expect("no panic inside");
    assert!(failures.is_empty(), "{} of {} runs failed: {failures:?}", failures.len(), work.len());
    println!("{} runs, {} with at least one edit", work.len(), useful.into_inner());
}

//! Files of every kind through the real program, which reads them in a process of its own.

use std::fs;
use std::path::Path;

use formats::ReadOptions;
use serde_json::Value;

use crate::terminal::{shared, tailorbird};

fn read(file: &Path, more: &[&str]) -> crate::terminal::Done {
    let mut arguments = vec!["read".as_ref(), file.as_os_str()];
    arguments.extend(more.iter().map(std::ffi::OsStr::new));
    tailorbird(arguments)
}

#[test]
fn broken_files_end_in_the_words_of_the_reader() {
    let Some(shared) = shared() else { return };
    let broken = shared.join("corpus/broken");
    let manifest = fs::read_to_string(broken.join("manifest.json")).expect("the shared set is complete");
    let manifest: Value = serde_json::from_str(&manifest).expect("the shared set is well formed");
    for entry in manifest.as_array().into_iter().flatten() {
        let file = broken.join(entry["file"].as_str().unwrap_or_default());
        let bytes = fs::read(&file).expect("the shared set is complete");
        let name = file.file_name().and_then(|name| name.to_str());
        let done = read(&file, &[]);
        match formats::read_resume_with(&bytes, name, &ReadOptions::default()) {
            Ok(reading) => {
                let done = done.expect_code(0);
                for warning in &reading.resume.warnings {
                    assert!(done.stderr.contains(warning.as_str()), "{name:?}: {}", done.stderr);
                }
            }
            Err(error) => {
                let done = done.expect_code(3);
                assert_eq!(done.stdout, "", "{name:?}");
                let words = format!("{error} {}", error.hint());
                assert!(done.stderr.contains(&words), "{name:?}: {} lacks {words}", done.stderr);
            }
        }
    }
}

#[test]
fn a_password_opens_an_encrypted_pdf() {
    let Some(shared) = shared() else { return };
    let file = shared.join("corpus/broken/encrypted.pdf");
    let folder = tempfile::tempdir().expect("a folder");
    let password = folder.path().join("password");
    let with = |text: &str| {
        fs::write(&password, text).expect("a file");
        read(&file, &["--password-file", password.to_str().expect("a plain name"), "--json"])
    };
    let opened = with("lighthouse7\n").expect_code(0).json();
    assert!(opened["blocks"].as_array().is_some_and(|blocks| blocks.len() > 20));
    let refused = with("harbour\n").expect_code(3);
    assert!(refused.stderr.contains("That password does not open the PDF file."), "{}", refused.stderr);
    assert!(!refused.stderr.contains("harbour"));
    let empty = with("\n").expect_code(3);
    assert!(empty.stderr.contains("no password in its first line"), "{}", empty.stderr);
}

#[test]
fn formats_are_told_by_their_content() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("resume.docx");
    fs::write(&file, "{\\rtf1\\ansi {\\b Jane Example}\\par jane@example.com\\par Welder\\par}")
        .expect("a file");
    let done = read(&file, &[]).expect_code(0);
    assert!(done.stdout.contains("Jane Example"), "{}", done.stdout);
    assert!(done.stderr.contains("ends in .docx, but its content is RTF"), "{}", done.stderr);
}

#[test]
fn json_resume_goes_out_and_comes_in_again() {
    let json = tailorbird(["read", "samples/resume.md", "--as", "json-resume"]).expect_code(0);
    let value = json.json();
    assert_eq!(value["basics"]["name"], "Marit Okafor");
    assert!(value["work"].as_array().is_some_and(|work| !work.is_empty()), "{value}");
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("resume.json");
    fs::write(&file, &json.stdout).expect("a file");
    let again = read(&file, &["--as", "json-resume"]).expect_code(0).json();
    assert_eq!(again["basics"]["email"], value["basics"]["email"]);
    assert_eq!(again["work"][0]["startDate"], value["work"][0]["startDate"]);
    assert_eq!(again["work"][0]["highlights"], value["work"][0]["highlights"]);
}

#[test]
fn a_program_that_is_started_as_a_reader_without_a_parent_ends() {
    let done = tailorbird(["--read-for-parent"]);
    assert_ne!(done.code, 0);
    assert!(!done.stdout.contains("Usage"), "{}", done.stdout);
}

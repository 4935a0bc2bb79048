//! The shared corpus: what is read, written, and read again is whole.

use std::path::{Path, PathBuf};

use exports::{Target, WriteError, missing, write};
use formats::read_resume;
use resume::Resume;

use crate::{docx, fixture, pdf};

/// Where the shared corpus is; nothing, and a word about it, where there is none and none is asked for.
fn people() -> Option<PathBuf> {
    let shared = std::env::var_os("TAILORBIRD_SHARED")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../../shared"), PathBuf::from);
    let people = shared.join("corpus/people");
    if people.is_dir() {
        return Some(people);
    }
    assert!(std::env::var_os("TAILORBIRD_REQUIRE_SHARED").is_none(), "there is no shared corpus");
    println!("skipped: no ../shared beside the project");
    None
}

/// All files of the corpus that hold a resume: their names and bytes.
pub(crate) fn files() -> Vec<(String, Vec<u8>)> {
    let Some(people) = people() else { return Vec::new() };
    let mut files = Vec::new();
    for person in std::fs::read_dir(people).unwrap() {
        for file in std::fs::read_dir(person.unwrap().path()).unwrap() {
            let path = file.unwrap().path();
            let Some(name) = path.file_name().and_then(|name| name.to_str()) else { continue };
            if name == "resume.json" {
                continue;
            }
            let folder = path.parent().and_then(Path::file_name).unwrap_or_default();
            files.push((format!("{}/{name}", folder.display()), std::fs::read(&path).unwrap()));
        }
    }
    files.sort_by(|a, b| a.0.cmp(&b.0));
    files
}

/// All resumes of the corpus that are read, by name.
pub(crate) fn resumes() -> Vec<(String, Resume)> {
    let files = files();
    if files.is_empty() {
        return Vec::new();
    }
    let resumes: Vec<(String, Resume)> = files
        .into_iter()
        .filter_map(|(name, bytes)| Some((name.clone(), read_resume(&bytes, Some(&name)).ok()?.resume)))
        .collect();
    assert!(resumes.len() > 20, "only {} resumes were read", resumes.len());
    resumes
}

/// The document, or nothing where this computer has no font for the resume.
fn document(name: &str, resume: &Resume, target: Target) -> Option<Vec<u8>> {
    match write(resume, target) {
        Ok(bytes) => Some(bytes),
        Err(WriteError::MissingGlyphs { characters }) => {
            println!("no font for {characters} in {name}");
            None
        }
        Err(error) => panic!("{name} as {target}: {error}"),
    }
}

#[test]
fn our_own_reader_finds_every_word_again() {
    let mut losses = Vec::new();
    for (name, resume) in resumes() {
        for target in Target::ALL {
            let Some(bytes) = document(&name, &resume, target) else { continue };
            let file_name = format!("resume.{}", target.extension());
            let read = read_resume(&bytes, Some(&file_name)).unwrap();
            let back = missing(&resume, &read.resume);
            if !back.is_whole() {
                losses.push(format!("{name} as {target}: {back:?}"));
            }
        }
    }
    assert!(losses.is_empty(), "{}", losses.join("\n"));
}

#[test]
fn others_find_every_block_in_order() {
    let mut losses = Vec::new();
    for (name, resume) in resumes() {
        let Some(bytes) = document(&name, &resume, Target::Pdf) else { continue };
        for (order, text) in pdf::readings(&bytes).into_iter().enumerate() {
            if let Some(lost) = fixture::first_lost(&resume, &text) {
                losses.push(format!("{name} as PDF, reading {order}: {lost:?}"));
            }
        }
        let Some(bytes) = document(&name, &resume, Target::Docx) else { continue };
        let text: String = docx::paragraphs(&bytes).into_iter().map(|(_, text)| text).collect();
        if let Some(lost) = fixture::first_lost(&resume, &text) {
            losses.push(format!("{name} as DOCX: {lost:?}"));
        }
    }
    assert!(losses.is_empty(), "{}", losses.join("\n"));
}

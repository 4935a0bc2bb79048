//! The shared set of fictional people: what would be sent of each, with each posting.

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use pipeline::{Job, what_is_sent};
use resume::{Block, BlockId, BlockKind, Origin, Posting, Resume};
use serde_json::Value;

/// The shared folder; `None`, and a word about it, where there is none.
#[expect(clippy::print_stdout, reason = "a test that is skipped says why")]
fn shared() -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../../shared");
    let shared = std::env::var_os("TAILORBIRD_SHARED").map_or(beside, PathBuf::from);
    if shared.join("corpus/pairs.json").is_file() {
        return Some(shared);
    }
    assert!(std::env::var_os("TAILORBIRD_REQUIRE_SHARED").is_none(), "there is no shared corpus");
    println!("skipped: no ../shared beside the project");
    None
}

/// Each person: the folder's name and what the person's resume holds.
fn people(shared: &Path) -> Vec<(String, Value)> {
    let folders = fs::read_dir(shared.join("corpus/people")).expect("people").flatten();
    let read = |folder: fs::DirEntry| {
        let json = fs::read_to_string(folder.path().join("resume.json")).ok()?;
        Some((folder.file_name().to_string_lossy().into_owned(), serde_json::from_str(&json).expect("JSON")))
    };
    folders.filter_map(read).collect()
}

fn texts(json: &Value) -> impl Iterator<Item = &str> {
    json.as_array().into_iter().flatten().filter_map(Value::as_str)
}

/// The resume with the blocks that a person's contents tell.
fn resume(json: &Value) -> Resume {
    use BlockKind as K;
    let mut lines = vec![(K::Name, json["name"].as_str().unwrap_or_default().to_owned())];
    lines.extend(texts(&json["contacts"]).map(|text| (K::Contact, text.to_owned())));
    for section in json["sections"].as_array().into_iter().flatten() {
        lines.push((K::SectionHeading, section["heading"].as_str().unwrap_or_default().to_owned()));
        lines.extend(texts(&section["lines"]).map(|text| (K::Paragraph, text.to_owned())));
        for entry in section["entries"].as_array().into_iter().flatten() {
            let facts = ["title", "organisation", "location", "dates"];
            let facts = facts.map(|fact| entry[fact].as_str().unwrap_or_default());
            lines.push((K::EntryHeading, facts.join(" | ")));
            lines.extend(texts(&entry["lines"]).map(|text| (K::Bullet, text.to_owned())));
        }
    }
    let block = |(at, (kind, text))| Block {
        id: BlockId::nth(at + 1),
        kind,
        section: None,
        section_kind: None,
        text,
        origin: Origin::Nowhere,
    };
    let blocks = lines.into_iter().enumerate().map(block).collect();
    Resume { blocks, language: None, warnings: Vec::new() }
}

/// Every word of `text`, in small letters.
fn words(text: &str) -> HashSet<String> {
    text.split(|c: char| !c.is_alphabetic()).map(str::to_lowercase).collect()
}

fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

#[test]
fn nothing_that_tells_a_person_of_the_corpus_would_be_sent() {
    let Some(shared) = shared() else { return };
    let postings: Vec<Posting> = fs::read_dir(shared.join("corpus/postings"))
        .expect("postings")
        .flatten()
        .filter(|file| file.path().extension().is_some_and(|kind| kind == "txt" || kind == "md"))
        .filter_map(|file| fs::read_to_string(file.path()).ok())
        .map(|text| Posting { text, ..Posting::default() })
        .collect();
    assert!(!postings.is_empty());
    let people = people(&shared);
    assert!(people.len() >= 10);
    for (person, json) in &people {
        let resume = Arc::new(resume(json));
        for posting in &postings {
            let job = Job::new(Arc::clone(&resume), Arc::new(posting.clone()));
            let sent = what_is_sent(&job);
            assert!(!sent.contains("@example."), "a mail address of {person}");
            let name = json["name"].as_str().unwrap_or_default().split(',').next().unwrap_or_default();
            let sent_words = words(&sent);
            for part in words(name).into_iter().filter(|part| part.chars().count() >= 3) {
                assert!(!sent_words.contains(&part), "{part} of {person}");
            }
            for number in texts(&json["contacts"]).map(digits).filter(|number| number.len() >= 9) {
                let ending = &number[number.len() - 7..];
                let found = sent
                    .split(|c: char| c.is_alphabetic() || c == '\n')
                    .find(|text| digits(text).contains(ending));
                assert_eq!(found, None, "{number} of {person}");
            }
        }
    }
}

#[test]
fn years_and_amounts_of_the_corpus_are_left_for_the_model_to_see() {
    let Some(shared) = shared() else { return };
    for (person, json) in people(&shared) {
        let job = Job::new(Arc::new(resume(&json)), Arc::default());
        let sent = what_is_sent(&job);
        let lines = sent.lines().skip_while(|line| !line.starts_with("<resume-"));
        let hidden: Vec<&str> =
            lines.filter(|line| line.contains("⟦phone") || line.contains("⟦address")).collect();
        assert_eq!(hidden, Vec::<&str>::new(), "{person}");
    }
}

//! Broken and hostile files end soon, in an error that says what is wrong or in a right reading.

use std::time::{Duration, Instant};

use bench_read::{Truth, measure};
use formats::{read_posting, read_resume};
use unicode_normalization::UnicodeNormalization as _;

use crate::truth::{corpus, json};

/// The code of the error that each file must end in; `None`: it is read.
fn expected(file: &str) -> Option<&'static str> {
    Some(match file {
        "scanned.pdf" => "scanned",
        "encrypted.pdf" => "password_needed",
        "password.docx" => "password_protected",
        "empty.pdf" | "empty.docx" | "empty.txt" => "empty",
        "picture.pdf" => "not_a_document",
        "zip-bomb.docx" | "stream-bomb.pdf" => "unpacks_too_large",
        "xxe.docx" | "billion-laughs.docx" => "forbidden_declaration",
        "no-document.docx" | "truncated.docx" | "page-loop.pdf" => "damaged",
        "old-word.docx" => "old_word",
        "no-unicode-map.pdf" => "unreadable_fonts",
        "cut-off.json" => "bad_json",
        "noise.txt" => "not_text",
        _ => return None,
    })
}

#[test]
fn every_broken_file_ends_as_it_should() {
    let Some(corpus) = corpus() else { return };
    let manifest = json(&corpus.join("broken/manifest.json"));
    let mut failures = Vec::new();
    for entry in manifest.as_array().into_iter().flatten() {
        let file = entry["file"].as_str().unwrap_or_default();
        let bytes = std::fs::read(corpus.join("broken").join(file)).expect("the shared set is complete");
        let start = Instant::now();
        let result = read_resume(&bytes, Some(file));
        let posting = read_posting(&bytes, Some(file));
        if start.elapsed() > Duration::from_secs(20) {
            failures.push(format!("{file}: took {:?}", start.elapsed()));
        }
        match (expected(file), &result) {
            (Some(code), Err(error)) => {
                if error.code() != code || error.hint().is_empty() {
                    failures.push(format!("{file}: {} ({error})", error.code()));
                }
                if posting.is_ok() && !["deep.html"].contains(&file) {
                    failures.push(format!("{file}: was read as a posting"));
                }
            }
            (Some(code), Ok(_)) => failures.push(format!("{file}: read, not {code}")),
            (None, Err(error)) if file != "deep.html" && file != "truncated.pdf" => {
                failures.push(format!("{file}: {error}"));
            }
            (None, Err(_)) => {}
            (None, Ok(reading)) => {
                if file == "truncated.pdf"
                    && !reading.resume.warnings.iter().any(|text| text.contains("cut off"))
                {
                    failures.push(format!("{file}: a part without a warning"));
                }
                if file == "really-a-pdf.docx"
                    && !reading.resume.warnings.iter().any(|text| text.contains("PDF"))
                {
                    failures.push(format!("{file}: read as PDF without a word"));
                }
                if let Some(same) = entry["same_as"].as_str().filter(|_| file != "truncated.pdf") {
                    let person = same.split('/').nth(1).unwrap_or_default();
                    let truth = Truth::read(&corpus.join("people").join(person).join("resume.json"))
                        .expect("the shared set is complete");
                    let found = measure(&truth, &reading.resume, &reading.outline, false);
                    if found.recall.value() < 0.97 {
                        failures.push(format!("{file}: words are missing"));
                    }
                }
            }
        }
    }
    assert!(failures.is_empty(), "{failures:#?}");
}

#[test]
fn half_a_unicode_sign_is_no_reason_to_panic() {
    let text: String = "e\u{301}".nfc().collect();
    assert!(formats::read_resume_text(&text).is_ok());
}

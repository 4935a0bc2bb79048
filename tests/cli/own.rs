//! The person's own Word document back, with the edits in it; and documents in the look that was asked for.

use std::path::Path;

use crate::terminal::tailorbird;

/// The sample resume as a Word document.
fn word(folder: &Path) -> String {
    let file = folder.join("mine.docx").display().to_string();
    tailorbird(["export", "samples/resume.md", "--output", &file]).expect_code(0);
    file
}

fn document(file: &Path) -> String {
    let parts = word::parts(&std::fs::read(file).expect("it was written"));
    String::from_utf8(parts["word/document.xml"].clone()).expect("XML")
}

#[test]
fn a_word_document_comes_back_with_the_edits_in_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let mine = word(folder.path());
    let run = |name: &str, more: &[&str]| {
        let out = folder.path().join(name);
        let output = out.display().to_string();
        let base = [
            "tailor",
            "--resume",
            &mine,
            "--job",
            "samples/posting.md",
            "--engine",
            "offline",
            "-o",
            &output,
        ];
        let done = tailorbird(base.iter().chain(more)).expect_code(0);
        assert!(done.stderr.contains("Saved and read back"), "{}", done.stderr);
        document(&out)
    };
    let before = document(Path::new(&mine));
    let clean = run("clean.docx", &[]);
    assert_ne!(clean, before, "there are edits");
    assert!(!clean.contains("w:author="), "they are not tracked");
    let tracked = run("tracked.docx", &["--track-changes"]);
    assert!(tracked.contains("w:author=\"Tailorbird\""));
    let parts = word::parts(&std::fs::read(folder.path().join("tracked.docx")).expect("it was written"));
    assert!(parts.contains_key("word/comments.xml"), "each edit has its reason beside it");
    let rejected = word::decide(&tracked, "Tailorbird", word::Decision::Reject);
    assert!(rejected.len() >= before.len());
    assert!(!run("new.docx", &["--new-document"]).contains("w:author="));
}

#[test]
fn documents_come_in_the_look_that_was_asked_for() {
    let folder = tempfile::tempdir().expect("a folder");
    let out = |name: &str| folder.path().join(name).display().to_string();
    let page = out("mine.html");
    let looks = ["--template", "modern", "--accent", "#7a1f5f", "--paper", "a4", "--text-size", "large"];
    let base = ["export", "samples/resume.md", "--output", &page];
    tailorbird(base.iter().chain(&looks)).expect_code(0);
    let html = std::fs::read_to_string(&page).expect("it was written");
    assert!(
        html.contains("class=\"modern\"") && html.contains("--accent: #7a1f5f") && html.contains("size: A4")
    );
    let pdf = out("mine.pdf");
    tailorbird(["export", "samples/resume.md", "--output", &pdf, "--template", "columns", "--pages", "1"])
        .expect_code(0);
    tailorbird(["export", "samples/resume.md", "--output", &pdf, "--template", "gothic"]).expect_code(2);
    tailorbird(["export", "samples/resume.md", "--output", &pdf, "--accent", "blue"]).expect_code(2);
}

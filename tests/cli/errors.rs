//! What the program says when it cannot do what it is asked.

use std::fs;

use crate::terminal::{shared, tailorbird};

/// One line on standard error that names the file and says what to do, and nothing on standard output.
fn assert_one_line(done: &crate::terminal::Done, words: &str) {
    assert_eq!(done.stdout, "");
    assert_eq!(done.stderr.trim_end().lines().count(), 1, "{}", done.stderr);
    assert!(done.stderr.starts_with("tailorbird: "), "{}", done.stderr);
    assert!(done.stderr.contains(words), "{} lacks {words:?}", done.stderr);
}

#[test]
fn a_file_that_is_not_there() {
    assert_one_line(
        &tailorbird(["read", "nowhere.pdf"]).expect_code(3),
        "nowhere.pdf: There is no such file",
    );
}

#[test]
fn a_folder() {
    assert_one_line(&tailorbird(["read", "samples"]).expect_code(3), "samples: This is a folder");
}

#[test]
fn an_empty_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("empty.pdf");
    fs::write(&file, "").expect("a file");
    assert_one_line(&tailorbird(["read".as_ref(), file.as_os_str()]).expect_code(3), "empty");
}

#[test]
fn an_output_that_names_no_format() {
    let done = tailorbird(["export", "samples/resume.md", "-o", "resume.xyz"]).expect_code(2);
    assert_one_line(&done, "resume.xyz: end the name of the file with .pdf, .docx, .html, .md or .txt");
}

#[test]
fn a_folder_that_is_not_there_is_told_before_the_run() {
    let done = tailorbird([
        "tailor",
        "--resume",
        "samples/resume.md",
        "--job",
        "samples/posting.md",
        "--engine",
        "offline",
        "-o",
        "/nonexistent/resume.md",
    ])
    .expect_code(4);
    assert_one_line(&done, "/nonexistent/resume.md: The folder is not there.");
}

#[test]
fn the_file_that_is_read_is_never_written_over() {
    let folder = tempfile::tempdir().expect("a folder");
    let own = folder.path().join("resume.md");
    fs::copy(crate::terminal::root().join("samples/resume.md"), &own).expect("a copy");
    let before = fs::read(&own).expect("the file");
    let done =
        tailorbird(["export".as_ref(), own.as_os_str(), "-o".as_ref(), own.as_os_str()]).expect_code(2);
    assert_one_line(&done, "this file is read. Choose another name");
    assert_eq!(fs::read(&own).expect("the file"), before);
}

#[test]
fn a_file_that_is_named_twice() {
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("out.md");
    let [o, out] = ["-o".as_ref(), out.as_os_str()];
    let done = tailorbird(["export".as_ref(), "samples/resume.md".as_ref(), o, out, o, out]).expect_code(2);
    assert_one_line(&done, "named twice");
}

#[test]
fn claude_without_a_key() {
    let done = tailorbird([
        "tailor",
        "--resume",
        "samples/resume.md",
        "--job",
        "samples/posting.md",
        "--engine",
        "anthropic",
    ])
    .expect_code(5);
    assert_one_line(&done, "ANTHROPIC_API_KEY");
}

#[test]
fn a_command_line_that_makes_no_sense() {
    tailorbird(["tailor", "--resume"]).expect_code(2);
    tailorbird(Vec::<String>::new()).expect_code(2);
}

#[test]
fn every_broken_file_ends_in_an_error_or_a_right_reading() {
    let Some(shared) = shared() else { return };
    let broken = shared.join("corpus/broken");
    let manifest = fs::read(broken.join("manifest.json")).expect("a manifest");
    let manifest: Vec<serde_json::Value> = serde_json::from_slice(&manifest).expect("JSON");
    assert!(manifest.len() >= 20);
    for entry in &manifest {
        let file = broken.join(entry["file"].as_str().expect("a name"));
        let done = tailorbird(["read".as_ref(), file.as_os_str(), "--json".as_ref()]);
        assert!([0, 3].contains(&done.code), "{}: {} {}", file.display(), done.code, done.stderr);
        assert!(!done.stderr.contains("panicked"), "{}", done.stderr);
        if done.code == 0 {
            let blocks = done.json()["blocks"].as_array().map(Vec::len);
            assert!(
                blocks.is_some_and(|blocks| blocks > 0),
                "{}: an empty resume is shown as read",
                file.display()
            );
        } else {
            assert_eq!(done.stderr.trim_end().lines().count(), 1, "{}", done.stderr);
        }
    }
}

//! `tailorbird read`.

use std::process::Stdio;

use crate::terminal::{command, finished, tailorbird};

#[test]
fn json_has_the_blocks_in_reading_order() {
    let read = tailorbird(["read", "samples/resume.md", "--json"]).expect_code(0).json();
    assert_eq!(read["language"], "en");
    assert!(read["warnings"].is_array());
    let blocks = read["blocks"].as_array().expect("blocks");
    let kinds: Vec<&str> =
        blocks.iter().take(5).map(|block| block["kind"].as_str().expect("a kind")).collect();
    assert_eq!(kinds, ["name", "paragraph", "contact", "section_heading", "paragraph"]);
    assert_eq!(blocks[0]["text"], "Marit Okafor");
    assert_eq!(blocks[4]["section"], "Profile");
    let ids: Vec<&str> = blocks.iter().map(|block| block["id"].as_str().expect("an id")).collect();
    let expected: Vec<String> = (1..=blocks.len()).map(|n| format!("b{n}")).collect();
    assert_eq!(ids, expected);
}

#[test]
fn people_get_one_line_a_block() {
    let read = tailorbird(["read", "samples/resume.md"]).expect_code(0);
    assert!(read.stdout.contains("name       Marit Okafor"), "{}", read.stdout);
    assert!(read.stdout.contains("bullet     Answered 40 to 50 tickets a day"), "{}", read.stdout);
}

#[test]
fn a_reader_that_goes_away_is_no_failure() {
    let mut child = command()
        .args(["read", "samples/resume.md"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    drop(child.stdout.take());
    let done = finished(child.wait_with_output().expect("the end")).expect_code(0);
    assert_eq!(done.stderr, "");
}

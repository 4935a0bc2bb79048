//! `tailorbird check`.

use std::fs;

use crate::terminal::tailorbird;

/// The findings on one edited line, and the exit code.
fn check(line: &str) -> (Vec<serde_json::Value>, i32) {
    let folder = tempfile::tempdir().expect("a folder");
    let edited = folder.path().join("edited.txt");
    fs::write(&edited, line).expect("a file");
    let done = tailorbird([
        "check".as_ref(),
        "--original".as_ref(),
        "samples/resume.md".as_ref(),
        "--edited".as_ref(),
        edited.as_os_str(),
        "--json".as_ref(),
    ]);
    (done.json()["findings"].as_array().expect("findings").clone(), done.code)
}

#[test]
fn an_honest_line_passes() {
    let (findings, code) =
        check("- Median first reply fell from 7 hours to 50 minutes, and CSAT rose from 81% to 93%.\n");
    assert_eq!((findings, code), (vec![], 0));
}

#[test]
fn a_number_from_nowhere_is_unsupported_and_marked_in_the_line() {
    let (findings, code) =
        check("- Rewrote 190 help centre articles, so that one in four questions never becomes a ticket.\n");
    assert_eq!(code, 1);
    let finding = findings.iter().find(|finding| finding["standing"] == "unsupported").expect("a finding");
    assert_eq!(finding["kind"], "number");
    let line = finding["line"].as_str().expect("the line");
    let at = |key: &str| usize::try_from(finding[key].as_u64().expect("an offset")).expect("small");
    assert_eq!(&line[at("start")..at("end")], finding["claim"].as_str().expect("a claim"));
    assert!(finding["claim"].as_str().expect("a claim").contains("190"));
    assert!(!finding["reason"].as_str().expect("a reason").is_empty());
}

#[test]
fn a_tool_from_nowhere_is_unsupported() {
    let (findings, code) = check("- Moved the desk from a shared mailbox to Salesforce in ten weeks.\n");
    assert_eq!(code, 1);
    assert!(
        findings
            .iter()
            .any(|finding| finding["claim"].as_str().is_some_and(|claim| claim.contains("Salesforce")))
    );
}

#[test]
fn the_same_resume_has_no_findings() {
    let done = tailorbird(["check", "--original", "samples/resume.md", "--edited", "samples/resume.md"])
        .expect_code(0);
    assert!(done.stdout.contains("stands in the original"), "{}", done.stdout);
}

#[test]
fn the_two_files_can_be_named_without_flags() {
    let done = tailorbird(["check", "samples/resume.md", "samples/resume.md", "--json"]).expect_code(0);
    let report = done.json();
    assert_eq!(report["unsupported"], 0);
    assert_eq!(report["needs_your_eye"], 0);
    assert!(report["lines"].as_u64().is_some_and(|lines| lines > 20), "{report}");
    tailorbird(["check", "samples/resume.md"]).expect_code(2);
    tailorbird(["check", "--original", "samples/resume.md"]).expect_code(2);
    tailorbird(["check", "--original", "samples/resume.md", "samples/resume.md"]).expect_code(2);
}

#[test]
fn the_findings_are_counted_in_words() {
    let folder = tempfile::tempdir().expect("a folder");
    let edited = folder.path().join("edited.md");
    let text = fs::read_to_string(crate::terminal::root().join("samples/resume.md")).expect("the sample");
    fs::write(&edited, text.replace("Trained eleven new starters", "Trained forty new starters"))
        .expect("a file");
    let done =
        tailorbird(["check".as_ref(), "samples/resume.md".as_ref(), edited.as_os_str()]).expect_code(1);
    assert!(done.stdout.contains("\n1 claim without a source in "), "{}", done.stdout);
    assert!(done.stdout.contains("1 unsupported, 0 for your eye."), "{}", done.stdout);
}

//! `tailorbird tailor`, offline, on the project's own sample.

use std::fs;
use std::io::Write;
use std::process::Stdio;

use serde_json::Value;

use crate::terminal::{command, finished, tailorbird};

const SAMPLE: [&str; 7] =
    ["tailor", "--resume", "samples/resume.md", "--job", "samples/posting.md", "--engine", "offline"];

/// What must hold for the events of every run that ends well.
pub(crate) fn assert_contract(events: &[Value]) {
    let text = |event: &Value, key: &str| event[key].as_str().unwrap_or_default().to_owned();
    for (seq, event) in events.iter().enumerate() {
        assert_eq!(event["seq"], seq, "sequence numbers have no gap");
        assert_eq!(event["run"], events[0]["run"]);
        for key in ["type", "overall_progress", "stage_progress", "current_stage", "details"] {
            assert!(!event[key].is_null(), "{key} is missing in {event}");
        }
    }
    assert_eq!(events[0]["type"], "started");
    let ends = ["finished", "failed", "cancelled"];
    assert_eq!(events.iter().filter(|event| ends.contains(&text(event, "type").as_str())).count(), 1);
    let last = events.last().expect("events");
    assert_eq!(last["type"], "finished");
    assert_eq!(last["overall_progress"], 100);
    for key in ["evaluation", "plan", "edits", "verification", "tailored_resume"] {
        assert!(!last["result"][key].is_null(), "the result has no {key}");
    }
    let (mut overall, mut stage, mut current) = (0, 0, String::new());
    for event in events {
        let now = event["overall_progress"].as_u64().expect("a number");
        assert!(now >= overall && now <= 100, "overall progress went from {overall} to {now}");
        overall = now;
        let now = event["stage_progress"].as_u64().expect("a number");
        if text(event, "current_stage") == current {
            assert!(now >= stage && now <= 100, "progress of {current} went from {stage} to {now}");
        } else {
            current = text(event, "current_stage");
        }
        stage = now;
        if event["type"] == "stage_finished" {
            assert_eq!(now, 100, "{current} ended at {now}");
        }
    }
    let order: Vec<String> = events
        .iter()
        .filter(|event| event["type"] == "stage_finished")
        .map(|event| text(event, "current_stage"))
        .collect();
    assert_eq!(order, ["evaluation", "planning", "implementation", "verification"]);
}

#[test]
fn events_keep_their_contract() {
    let done = tailorbird(SAMPLE.iter().chain(&["--events"])).expect_code(0);
    let events = done.events();
    assert_contract(&events);
    for stage in ["evaluation", "planning", "implementation", "verification"] {
        assert!(
            events.iter().any(|event| event["type"] == "partial" && event["current_stage"] == stage),
            "no partial result of {stage}"
        );
    }
}

#[test]
fn without_an_output_markdown_is_printed() {
    let done = tailorbird(SAMPLE).expect_code(0);
    assert!(done.stdout.starts_with("# Marit Okafor"), "{}", done.stdout);
    assert!(done.stdout.contains("Rewrote 140 help centre articles"));
    assert!(done.stderr.contains("nothing leaves it"), "{}", done.stderr);
}

#[test]
fn each_output_is_written_and_said() {
    let folder = tempfile::tempdir().expect("a folder");
    let outputs =
        ["pdf", "docx", "md", "txt"].map(|extension| folder.path().join(format!("resume.{extension}")));
    let mut arguments: Vec<std::ffi::OsString> = SAMPLE.iter().map(Into::into).collect();
    for output in &outputs {
        arguments.extend(["-o".into(), output.as_os_str().to_owned()]);
    }
    let done = tailorbird(arguments).expect_code(0);
    assert_eq!(done.stdout, "");
    for output in &outputs {
        assert!(fs::metadata(output).expect("the file").len() > 0);
        let said = done.stderr.lines().find(|line| line.ends_with(&output.display().to_string()));
        assert!(said.is_some_and(|line| line.starts_with("Saved and read back, ")), "{}", done.stderr);
    }
    let kept: Vec<_> = fs::read_dir(folder.path()).expect("the folder").collect();
    assert_eq!(kept.len(), outputs.len(), "no temporary file is left behind");
}

#[test]
fn the_posting_can_come_from_standard_input() {
    let posting =
        fs::read_to_string(crate::terminal::root().join("samples/posting.md")).expect("the posting");
    let mut child = command()
        .args(["tailor", "--resume", "samples/resume.md", "--job", "-", "--engine", "offline", "--events"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    child.stdin.take().expect("standard input").write_all(posting.as_bytes()).expect("written");
    let done = finished(child.wait_with_output().expect("the end")).expect_code(0);
    assert_contract(&done.events());
}

#[test]
fn an_unchanged_resume_can_be_exported() {
    let folder = tempfile::tempdir().expect("a folder");
    let output = folder.path().join("resume.txt");
    tailorbird(["export".as_ref(), "samples/resume.md".as_ref(), "-o".as_ref(), output.as_os_str()])
        .expect_code(0);
    let text = fs::read_to_string(output).expect("the file");
    assert!(text.contains("Marit Okafor") && text.contains("BA Linguistics"), "{text}");
}

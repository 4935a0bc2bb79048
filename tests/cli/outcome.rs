//! What `tailor` says at the end: edits without support stay out of the export and are listed with the reason, and what the
//! resume does not show is a gap with advice. On the terminal and with `--json`.

use std::fs;
use std::process::Stdio;

use anthropic::Anthropic;
use serde_json::{Value, json};

use crate::terminal::{self, Done, block, finished, tailorbird};

const ADVICE: &str = "If you have done this, add it to your resume.";

/// A run of the sample with a model that makes three edits: a true one, one that its reader doubts, one with a lie.
fn run(folder: &std::path::Path) -> Done {
    let blocks = tailorbird(["read", "samples/resume.md", "--json"]).expect_code(0).json();
    let (desk, articles, trained) = (
        block(&blocks, "shared mailbox"),
        block(&blocks, "140 help centre articles"),
        block(&blocks, "eleven new starters"),
    );
    let edit = |block: &str, quote: &str, text: &str| {
        json!({"action": "rewrite", "block": block, "after": null, "kind": null, "text": text,
            "evidence": [{"block": block, "quote": quote}], "requirement": "r1", "reason": "It is asked for."})
    };
    let answers = [
        json!({
            "requirements": [
                {"id": "r1", "text": "Zendesk", "importance": "must", "status": "met", "evidence": [desk]},
                {"id": "r2", "text": "Salesforce Service Cloud", "importance": "must", "status": "missing", "evidence": []},
                {"id": "r3", "text": "Team coaching", "importance": "nice", "status": "partial", "evidence": [trained]},
            ],
            "match_score": 55, "strengths": [], "gaps": ["Salesforce"], "overall_assessment": "A fair fit.",
        }),
        json!({"strategy": "Zendesk first.",
            "changes": [{"blocks": [desk], "action": "rewrite", "intent": "Zendesk first.", "requirements": ["r1"]}], "keywords": []}),
        json!({"edits": [
            edit(&desk, "from a shared mailbox to Zendesk in ten weeks",
                "Moved the desk to Zendesk from a shared mailbox in ten weeks, without losing an open ticket."),
            edit(&trained, "Trained eleven new starters",
                "Trained 11 new starters and wrote the handbook that they still get."),
            edit(&articles, "Rewrote 140 help centre articles",
                "Rewrote 400 help centre articles, so that one in four questions never becomes a ticket."),
        ]}),
        json!({"verdicts": [
            {"edit": "e1", "verdict": "supported", "claim": null, "reason": "Says the same."},
            {"edit": "e2", "verdict": "overstated", "claim": "new starters", "reason": "They were not all new."},
            {"edit": "e3", "verdict": "supported", "claim": null, "reason": "Fine."},
        ], "final_score": 55, "summary": "Zendesk is easier to see."}),
    ];
    let server = Anthropic::start();
    let child = terminal::command()
        .args(["tailor", "--resume", "samples/resume.md", "--job", "samples/posting.md", "--json"])
        .args(["--engine", "anthropic", "--base-url", &server.url])
        .env("ANTHROPIC_API_KEY", "sk-ant-test-5f1d0c2b7a")
        .args(["-o".as_ref(), folder.join("out.md").as_os_str()])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    for answer in &answers {
        server.answer(answer);
    }
    finished(child.wait_with_output().expect("the end")).expect_code(0)
}

#[test]
fn what_is_not_supported_is_left_out_of_the_export_and_listed_with_the_reason() {
    let folder = tempfile::tempdir().expect("a folder");
    let done = run(folder.path());
    let markdown = fs::read_to_string(folder.path().join("out.md")).expect("the file");
    assert!(markdown.contains("Moved the desk to Zendesk from a shared mailbox"), "{markdown}");
    assert!(markdown.contains("Trained eleven new starters"), "{markdown}");
    assert!(markdown.contains("Rewrote 140 help centre") && !markdown.contains("400"), "{markdown}");

    let told = done.json();
    let ids = |list: &Value| -> Vec<String> {
        let list = list.as_array().expect("a list");
        list.iter().map(|edit| edit["id"].as_str().expect("an id").to_owned()).collect()
    };
    assert_eq!(ids(&told["made"]), ["e1"]);
    assert_eq!(ids(&told["left_out"]), ["e2", "e3"]);
    let (doubted, refused) = (&told["left_out"][0], &told["left_out"][1]);
    assert_eq!(
        (&doubted["standing"], &doubted["why"]),
        (&json!("needs_review"), &json!("They were not all new."))
    );
    assert_eq!(refused["standing"], "unsupported");
    assert_eq!(refused["findings"][0]["claim"], "400");
    assert!(refused["was"].as_str().is_some_and(|was| was.starts_with("Rewrote 140")), "{refused}");
    assert!(refused["text"].as_str().is_some_and(|text| text.starts_with("Rewrote 400")), "{refused}");
    assert!(told["files"][0].as_str().is_some_and(|file| file.ends_with("out.md")), "{told}");

    assert!(done.stderr.contains("Left out, needs your eye: e2 They were not all new."), "{}", done.stderr);
    let why = refused["why"].as_str().expect("a reason");
    assert!(done.stderr.contains(&format!("Left out: e3 {why}")), "{}", done.stderr);
}

#[test]
fn a_must_that_the_resume_does_not_show_is_a_gap_with_advice_and_no_edit() {
    let folder = tempfile::tempdir().expect("a folder");
    let done = run(folder.path());
    let told = done.json();
    assert_eq!(
        told["gaps"],
        json!([
            {"requirement": "r2", "text": "Salesforce Service Cloud", "importance": "must", "status": "missing", "advice": ADVICE},
            {"requirement": "r3", "text": "Team coaching", "importance": "nice", "status": "partial",
             "advice": "If you have done more of this, say so in your resume."},
        ])
    );
    assert!(
        done.stderr.contains(&format!("Gap, a must: Salesforce Service Cloud. {ADVICE}")),
        "{}",
        done.stderr
    );
    assert!(!fs::read_to_string(folder.path().join("out.md")).expect("the file").contains("Salesforce"));
}

#[test]
fn offline_gaps_are_told_too_and_never_become_edits() {
    let folder = tempfile::tempdir().expect("a folder");
    let posting = folder.path().join("posting.md");
    fs::write(
        &posting,
        "# Support lead\n\n## What you must bring\n\n- Zendesk\n- A pilot licence\n- Fluent Hungarian\n",
    )
    .expect("a file");
    let arguments = ["tailor", "--resume", "samples/resume.md", "--engine", "offline", "--json", "--job"];
    let done =
        tailorbird(arguments.iter().map(std::ffi::OsStr::new).chain([posting.as_os_str()])).expect_code(0);
    let told = done.json();
    for wanted in ["pilot licence", "Hungarian"] {
        let gaps = told["gaps"].as_array().expect("gaps");
        let gap = gaps.iter().find(|gap| gap["text"].as_str().is_some_and(|text| text.contains(wanted)));
        let gap = gap.unwrap_or_else(|| panic!("{wanted} is no gap: {told}"));
        assert!(
            gap["advice"].as_str().is_some_and(|advice| advice.starts_with("If you have done ")),
            "{gap}"
        );
        for edit in told["made"].as_array().expect("edits") {
            let text = edit["text"].as_str().unwrap_or_default();
            assert!(!text.contains(wanted), "{edit}");
        }
    }
    assert!(done.stderr.contains("If you have done "), "{}", done.stderr);
}

#[test]
fn events_and_one_object_exclude_each_other() {
    let done = tailorbird(["tailor", "--resume", "a.md", "--job", "b.md", "--json", "--events"]);
    assert_eq!(done.code, 2);
}

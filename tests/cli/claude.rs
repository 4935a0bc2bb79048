//! `tailorbird tailor` with Claude, played by a local server: streaming, privacy, truth, faults.

use std::fs;
use std::io::{BufRead, BufReader};
use std::process::{Child, ChildStdout, Command, Stdio};

use serde_json::{Value, json};

use crate::tailor::assert_contract;
use crate::terminal::{self, block, finished, tailorbird};
use anthropic::{Anthropic, Exchange};

const KEY: &str = "sk-ant-test-5f1d0c2b7a";

/// What of the sample's person must never leave the machine.
const PRIVATE: [&str; 6] =
    ["Marit", "Okafor", "marit.okafor@example.com", "7700 900142", "+44 7700", "example.org/marit"];

fn command(server: &Anthropic) -> Command {
    let mut command = terminal::command();
    command
        .args(["tailor", "--resume", "samples/resume.md", "--job", "samples/posting.md"])
        .args(["--engine", "anthropic", "--base-url", &server.url, "--events"])
        .env("ANTHROPIC_API_KEY", KEY)
        .env("TAILORBIRD_LOG", "trace")
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

/// The four answers of a model: two edits, the second with a lie in it that the model itself waves through.
struct Answers {
    evaluation: Value,
    plan: Value,
    edits: Value,
    verification: Value,
}

fn answers() -> Answers {
    let blocks = tailorbird(["read", "samples/resume.md", "--json"]).expect_code(0).json();
    let zendesk = block(&blocks, "shared mailbox");
    let articles = block(&blocks, "140 help centre articles");
    Answers {
        evaluation: json!({
            "requirements": [
                {"id": "r1", "text": "Zendesk, as an administrator or a heavy user", "importance": "must",
                 "status": "met", "evidence": [zendesk]},
                {"id": "r2", "text": "Salesforce", "importance": "nice", "status": "missing", "evidence": []},
            ],
            "match_score": 72,
            "strengths": ["Moved a desk to Zendesk"],
            "gaps": ["No Salesforce"],
            "overall_assessment": "A good fit. Salesforce is not in the resume.",
        }),
        plan: json!({
            "strategy": "Bring Zendesk to the front.",
            "changes": [
                {"blocks": [zendesk], "action": "rewrite", "intent": "Name Zendesk first.", "requirements": ["r1"]},
                {"blocks": [articles], "action": "rewrite", "intent": "Show the scale.", "requirements": ["r1"]},
            ],
            "keywords": [
                {"term": "Zendesk", "claimable": true, "evidence": [zendesk]},
                {"term": "Salesforce", "claimable": false, "evidence": []},
            ],
        }),
        edits: json!({"edits": [
            {"action": "rewrite", "block": zendesk, "after": null, "kind": null,
             "text": "Moved the desk to Zendesk from a shared mailbox in ten weeks, without losing an open ticket.",
             "evidence": [{"block": zendesk, "quote": "from a shared mailbox to Zendesk in ten weeks"}],
             "requirement": "r1", "reason": "The posting asks for Zendesk."},
            {"action": "rewrite", "block": articles, "after": null, "kind": null,
             "text": "Rewrote 400 help centre articles in Salesforce, so that one in four questions never becomes a ticket.",
             "evidence": [{"block": articles, "quote": "Rewrote 140 help centre articles"}],
             "requirement": "r1", "reason": "The posting asks for a knowledge base."},
        ]}),
        verification: json!({
            "verdicts": [
                {"edit": "e1", "verdict": "supported", "claim": null, "reason": "Says the same."},
                {"edit": "e2", "verdict": "supported", "claim": null, "reason": "Looks fine."},
            ],
            "final_score": 71,
            "summary": "One edit is safe.",
        }),
    }
}

/// The program's events, read one by one while it runs.
struct Running {
    child: Child,
    lines: std::io::Lines<BufReader<ChildStdout>>,
    events: Vec<Value>,
}

impl Running {
    fn start(command: &mut Command) -> Self {
        let mut child = command.spawn().expect("the program starts");
        let lines = BufReader::new(child.stdout.take().expect("standard output")).lines();
        Self { child, lines, events: Vec::new() }
    }

    fn until(&mut self, what: &str, found: impl Fn(&Value) -> bool) -> Value {
        loop {
            let line =
                self.lines.next().unwrap_or_else(|| panic!("the run ended before {what}")).expect("a line");
            let event: Value = serde_json::from_str(&line).expect("JSON");
            self.events.push(event.clone());
            if found(&event) {
                return event;
            }
        }
    }

    fn end(mut self) -> (Vec<Value>, terminal::Done) {
        for line in self.lines.by_ref() {
            self.events.push(serde_json::from_str(&line.expect("a line")).expect("JSON"));
        }
        (self.events, finished(self.child.wait_with_output().expect("the end")))
    }
}

fn assert_private(exchange: &Exchange) {
    for words in PRIVATE {
        assert!(!exchange.body.contains(words), "{words:?} is in a request: {}", exchange.body);
    }
    assert!(!exchange.body.contains(KEY));
    assert!(exchange.head.to_ascii_lowercase().contains(&format!("x-api-key: {KEY}")), "{}", exchange.head);
}

#[test]
fn partial_results_come_while_the_model_still_writes() {
    let server = Anthropic::start();
    let answers = answers();
    let mut running = Running::start(&mut command(&server));

    let mut exchange = server.next();
    assert_eq!(exchange.stage(), "evaluation");
    assert_private(&exchange);
    exchange.begin();
    let whole = answers.evaluation.to_string();
    let (first, rest) = whole.split_at(whole.find("\"match_score\"").expect("the score"));
    exchange.text(first);
    // The stream stands still here: what comes now came from half an answer.
    let partial = running.until("the end of the requirements", |event| {
        let ops = event["details"]["evaluation"].as_array().cloned().unwrap_or_default();
        ops.iter().any(|op| op["at"] == json!(["requirements"]) && op["done"] == true)
    });
    assert_eq!(partial["type"], "partial");
    assert!(!Value::from(running.events.clone()).to_string().contains("match_score"), "it has not come yet");
    let progress = partial["stage_progress"].as_u64().expect("a number");
    assert!(progress > 0 && progress < 100, "{progress}");
    exchange.text(rest);
    exchange.end();

    for (stage, answer) in [
        ("planning", &answers.plan),
        ("implementation", &answers.edits),
        ("verification", &answers.verification),
    ] {
        let mut exchange = server.next();
        assert_eq!(exchange.stage(), stage);
        assert_private(&exchange);
        exchange.begin();
        let whole = answer.to_string();
        let (first, rest) = whole.split_at(whole.len() * 2 / 3);
        exchange.text(first);
        running.until(stage, |event| event["type"] == "partial" && event["current_stage"] == stage);
        exchange.text(rest);
        exchange.end();
    }

    let (events, done) = running.end();
    let done = done.expect_code(0);
    assert_contract(&events);
    for text in [done.stderr.as_str(), &Value::from(events.clone()).to_string()] {
        assert!(!text.contains(KEY), "the key is told");
    }
    for words in PRIVATE {
        assert!(!done.stderr.contains(words), "{words:?} is in the log: {}", done.stderr);
    }
    let totals = &events.last().expect("events")["details"]["usage"];
    assert_eq!(totals["output"], 200, "four answers of 50 tokens each");
    assert_eq!(totals["input"], 400);
}

#[test]
fn what_the_truth_check_refuses_stays_out_whatever_the_model_says() {
    let server = Anthropic::start();
    let answers = answers();
    let folder = tempfile::tempdir().expect("a folder");
    let output = folder.path().join("tailored.md");
    let child = command(&server).arg("-o").arg(&output).spawn().expect("the program starts");
    for answer in [&answers.evaluation, &answers.plan, &answers.edits, &answers.verification] {
        assert_private(&server.answer(answer));
    }
    let done = finished(child.wait_with_output().expect("the end")).expect_code(0);
    let markdown = fs::read_to_string(output).expect("the file");
    assert!(markdown.contains("Moved the desk to Zendesk from a shared mailbox in ten weeks"), "{markdown}");
    assert!(markdown.contains("Rewrote 140 help centre articles, so that"), "{markdown}");
    assert!(!markdown.contains("Salesforce"), "{markdown}");
    assert!(done.stderr.contains("Left out: e2"), "{}", done.stderr);
    let events = done.events();
    let judgements = &events.last().expect("events")["result"]["judgements"];
    assert_eq!(judgements[0]["standing"], "supported");
    assert_eq!(judgements[1]["standing"], "unsupported");
}

#[test]
fn an_overloaded_provider_is_waited_for_in_words() {
    let server = Anthropic::start();
    let answers = answers();
    let mut running = Running::start(&mut command(&server));
    server.next().refuse("529 Overloaded", "overloaded_error", "Overloaded");
    let retry = running.until("a retry", |event| event["type"] == "retry");
    assert_eq!(retry["details"]["attempt"], 2);
    assert!(
        retry["details"]["reason"].as_str().is_some_and(|reason| reason.contains("overloaded")),
        "{retry}"
    );
    for answer in [&answers.evaluation, &answers.plan, &answers.edits, &answers.verification] {
        server.answer(answer);
    }
    let (events, done) = running.end();
    done.expect_code(0);
    assert_contract(&events);
}

#[test]
fn a_key_that_is_not_accepted_has_its_own_exit_code() {
    let server = Anthropic::start();
    let child = command(&server).spawn().expect("the program starts");
    server.next().refuse("401 Unauthorized", "authentication_error", "invalid x-api-key");
    let done = finished(child.wait_with_output().expect("the end")).expect_code(5);
    assert!(!done.stderr.contains(KEY) && !done.stdout.contains(KEY));
    let events = done.events();
    let last = events.last().expect("events");
    assert_eq!(last["type"], "failed");
    for key in ["code", "message", "hint"] {
        assert!(last["error"][key].as_str().is_some_and(|text| !text.is_empty()), "{last}");
    }
}

#[cfg(unix)]
#[test]
fn ctrl_c_cancels_the_run_and_writes_nothing() {
    let server = Anthropic::start();
    let folder = tempfile::tempdir().expect("a folder");
    let output = folder.path().join("tailored.md");
    let mut running = Running::start(command(&server).arg("-o").arg(&output));
    let mut exchange = server.next();
    exchange.begin();
    exchange.text(r#"{"requirements":[{"id":"r1","text":"Zendesk","#);
    running.until("a requirement", |event| event["type"] == "partial");
    let sent = Command::new("sh").args(["-c", &format!("kill -INT {}", running.child.id())]).status();
    assert!(sent.expect("kill").success());
    let (events, done) = running.end();
    let done = done.expect_code(130);
    assert_eq!(events.last().expect("events")["type"], "cancelled");
    assert!(done.stderr.contains("Cancelled"), "{}", done.stderr);
    assert!(!output.exists());
}

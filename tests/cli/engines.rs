//! `--engine`, `--max-usd`, `models` and `key`, with a provider played by a local server.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpListener;
use std::process::{Command, Stdio};
use std::thread;

use crate::terminal::{self, finished, tailorbird};
use anthropic::Anthropic;
use serde_json::{Value, json};

const KEY: &str = "sk-test-5f1d0c2b7a";

/// A server that answers every request with this body. Its address, and what it was asked in the end.
fn server(body: &Value) -> (String, thread::JoinHandle<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = format!("http://{}", listener.local_addr().expect("an address"));
    let body = body.to_string();
    let asked = thread::spawn(move || {
        let (mut stream, _) = listener.accept().expect("a request");
        let mut reader = BufReader::new(stream.try_clone().expect("a second handle"));
        let mut head = String::new();
        while reader.read_line(&mut head).expect("a line") > 2 {}
        let length = body.len();
        let answer = format!(
            "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {length}\r\n\
             connection: close\r\n\r\n{body}"
        );
        stream.write_all(answer.as_bytes()).expect("the client reads");
        let _ = reader.read(&mut [0; 1]);
        head
    });
    (address, asked)
}

fn tailor(engine: &str, url: &str, more: &[&str]) -> Command {
    let mut command = terminal::command();
    command
        .args(["tailor", "--resume", "samples/resume.md", "--job", "samples/posting.md", "--events"])
        .args(["--engine", engine, "--base-url", url])
        .args(more)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

#[test]
fn every_provider_of_the_catalogue_is_an_engine() {
    let help = tailorbird(["tailor", "--help"]).expect_code(0).stdout;
    for provider in llm::Provider::all() {
        assert!(help.contains(provider.id), "{} is missing in {help}", provider.id);
        if let Some(variable) = provider.key_variable {
            assert!(help.contains(variable), "{variable} is missing");
        }
    }
    let wrong = tailorbird(["tailor", "--resume", "a", "--job", "b", "--engine", "nobody"]).expect_code(2);
    assert!(wrong.stderr.contains("nobody") && wrong.stderr.contains("ollama"), "{}", wrong.stderr);
}

#[test]
fn without_a_key_the_variable_and_the_command_are_named() {
    for (engine, variable) in [("openai", "OPENAI_API_KEY"), ("gemini", "GEMINI_API_KEY")] {
        let done = tailorbird([
            "tailor",
            "--resume",
            "samples/resume.md",
            "--job",
            "samples/posting.md",
            "--engine",
            engine,
        ])
        .expect_code(5);
        assert!(done.stderr.contains(variable), "{}", done.stderr);
        assert!(done.stderr.contains(&format!("tailorbird key set --engine {engine}")), "{}", done.stderr);
    }
}

#[test]
fn other_wants_an_address_and_a_model() {
    let arguments =
        ["tailor", "--resume", "samples/resume.md", "--job", "samples/posting.md", "--engine", "other"];
    let done = tailorbird(arguments).expect_code(2);
    assert!(done.stderr.contains("--base-url"), "{}", done.stderr);
}

#[test]
fn the_expected_cost_is_told_before_a_run_and_the_real_one_behind_it() {
    let server = Anthropic::start();
    let child = tailor("anthropic", &server.url, &[]).env("ANTHROPIC_API_KEY", KEY).spawn();
    let child = child.expect("the program starts");
    let mut exchange = server.next();
    let body: Value = serde_json::from_str(&exchange.body).expect("JSON");
    assert_eq!(
        body["tools"].as_array().map(Vec::len),
        Some(4),
        "the answers of all stages, for one cached prefix"
    );
    exchange.refuse("401 Unauthorized", "authentication_error", "no");
    let done = finished(child.wait_with_output().expect("the end")).expect_code(5);
    assert!(done.stderr.contains("Expected: ") && done.stderr.contains("About $0."), "{}", done.stderr);
    assert!(done.stderr.contains("Took 0 tokens in, 0 out. Cost: $0.00."), "{}", done.stderr);
    let last = done.events().pop().expect("events");
    assert_eq!(last["details"]["cost"], json!({"usd": 0.0}));
}

#[test]
fn a_limit_that_the_first_request_would_break_stops_the_run_before_it() {
    let server = Anthropic::start();
    let child =
        tailor("anthropic", &server.url, &["--max-usd", "0.001"]).env("ANTHROPIC_API_KEY", KEY).spawn();
    let done =
        finished(child.expect("the program starts").wait_with_output().expect("the end")).expect_code(6);
    assert!(done.stderr.contains("over your limit of $0.001"), "{}", done.stderr);
    assert!(!server.was_asked());
    assert_eq!(done.events().pop().expect("events")["error"]["code"], "budget_reached");
}

#[test]
fn a_limit_is_kept_while_an_answer_streams() {
    let server = Anthropic::start();
    let child =
        tailor("anthropic", &server.url, &["--max-usd", "0.20"]).env("ANTHROPIC_API_KEY", KEY).spawn();
    let child = child.expect("the program starts");
    let mut exchange = server.next();
    exchange.begin();
    // Far more than twenty cents buy; the program leaves long before the end.
    exchange.text(&format!(
        "{{\"requirements\": [], \"match_score\": 1, \"gaps\": [\"{}\"",
        "word ".repeat(20_000)
    ));
    let done = finished(child.wait_with_output().expect("the end")).expect_code(6);
    assert!(done.stderr.contains("your limit is $0.20"), "{}", done.stderr);
    let last = done.events().pop().expect("events");
    assert_eq!((&last["type"], &last["error"]["code"]), (&json!("failed"), &json!("budget_reached")));
}

#[test]
fn a_limit_needs_a_price_and_a_file_can_give_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let prices = folder.path().join("prices.json");
    let limit = ["--model", "model-of-nobody", "--max-usd", "0.000001"];
    let run = |more: &[&str]| {
        let mut command = tailor("openai", "http://127.0.0.1:9", &limit);
        finished(command.args(more).env("OPENAI_API_KEY", KEY).output().expect("the program starts"))
    };
    let done = run(&[]).expect_code(2);
    assert!(done.stderr.contains("The price of model-of-nobody is not known"), "{}", done.stderr);
    let list =
        json!({"models": [{"provider": "openai", "model": "model-of-nobody", "input": 1, "output": 2}]});
    std::fs::write(&prices, list.to_string()).expect("a file");
    let path = prices.to_str().expect("a path");
    assert!(run(&["--prices", path]).expect_code(6).stderr.contains("over your limit"));
    std::fs::write(&prices, "{}").expect("a file");
    assert!(run(&["--prices", path]).expect_code(3).stderr.contains("not a list of prices"));
}

#[test]
fn models_of_a_provider_are_listed_with_what_they_cost() {
    let list = json!({"object": "list", "data": [
        {"id": "gpt-4o", "object": "model"}, {"id": "model-of-nobody", "object": "model"},
    ]});
    for json in [false, true] {
        let (url, asked) = server(&list);
        let mut command = terminal::command();
        command.args(["models", "--engine", "openai-chat", "--base-url", &url]).env("OPENAI_API_KEY", KEY);
        if json {
            command.arg("--json");
        }
        let done = finished(command.output().expect("the program starts")).expect_code(0);
        let head = asked.join().expect("a request");
        assert!(
            head.starts_with("GET /v1/models ") && !head.lines().next().unwrap_or("").contains(KEY),
            "{head}"
        );
        if json {
            let rows = done.json();
            assert_eq!(rows[0]["id"], "gpt-4o");
            assert!(
                rows[0]["input_usd_per_million"].is_number() && rows[1]["input_usd_per_million"].is_null()
            );
        } else {
            assert!(
                done.stdout.lines().any(|line| line.starts_with("gpt-4o") && line.contains("2.5, 10")),
                "{}",
                done.stdout
            );
            assert!(done.stdout.lines().any(|line| line.starts_with("model-of-nobody")));
        }
        assert!(!done.stdout.contains(KEY) && !done.stderr.contains(KEY));
    }
}

#[test]
fn a_server_that_is_not_there_is_named() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    drop(listener);
    let done = tailorbird(["models", "--engine", "ollama", "--base-url", &url]).expect_code(6);
    assert!(done.stderr.contains("Ollama cannot be reached at 127.0.0.1"), "{}", done.stderr);
}

#[test]
fn the_standing_of_keys_is_told_and_never_the_key() {
    let status = |json: bool| {
        let mut command = terminal::command();
        command.args(["key", "status"]).env("MISTRAL_API_KEY", KEY).env_remove("OPENAI_API_KEY");
        if json {
            command.arg("--json");
        }
        finished(command.output().expect("the program starts")).expect_code(0)
    };
    let plain = status(false);
    let line =
        |engine: &str| plain.stdout.lines().find(|line| line.starts_with(engine)).expect("a line").to_owned();
    assert!(line("mistral").contains("a key in MISTRAL_API_KEY"));
    assert!(line("openai ").contains("no key; one is made at https://"));
    assert!(!plain.stdout.contains(KEY));
    let rows = status(true).json();
    let of =
        |engine: &str| rows.as_array().expect("rows").iter().find(|row| row["engine"] == engine).cloned();
    assert_eq!(of("mistral").expect("a row")["key"], "environment");
    assert!(of("openai").expect("a row")["key"].is_null());
}

#[test]
fn a_key_that_cannot_be_kept_is_not_said_to_be() {
    // The keychain of this world is not there.
    let mut child = terminal::command()
        .args(["key", "set", "--engine", "openai"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    child.stdin.take().expect("standard input").write_all(format!("{KEY}\n").as_bytes()).expect("written");
    let done = finished(child.wait_with_output().expect("the end")).expect_code(5);
    assert!(
        done.stderr.contains("was not kept") && done.stderr.contains("OPENAI_API_KEY"),
        "{}",
        done.stderr
    );
    assert!(!done.stderr.contains(KEY));
}

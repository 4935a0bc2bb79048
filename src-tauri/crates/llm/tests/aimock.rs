//! Answers of a mock server that nobody here wrote, npm's `@copilotkit/aimock`, in each protocol: slow, cut off in
//! the middle, refused at first, as text and as a tool call.
//!
//! The test sets the server up by itself, with npm, below the target folder. Where npm is missing or cannot get it,
//! the test says that it is skipped; where `CI` or `TAILORBIRD_REQUIRE_SHARED` is set it fails then.

#![expect(clippy::unwrap_used, reason = "a test stops at what it does not expect")]
#![expect(clippy::print_stdout, reason = "a test that is skipped says so")]

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

use futures::StreamExt;
use llm::provider::CONNECT_LIMIT;
use llm::{
    Connection, JsonOutput, Key, Message, Options, Part, Partial, Provider, Request, Retry, Step, json_output,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use ts_rs::TS;

/// The version that this was written against.
const VERSION: &str = "1.43.0";

/// The protocols, each by a provider that speaks it, and what stands in front of its version in an address.
const PROVIDERS: [(&str, &str); 7] = [
    ("anthropic", ""),
    ("openai", "/v1"),
    ("openai-chat", "/v1"),
    ("gemini", "/v1beta"),
    ("ollama", ""),
    ("openrouter", "/api/v1"),
    ("other", ""),
];

/// What the model is asked for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Partial, TS)]
#[serde(deny_unknown_fields)]
struct Forecast {
    /// Where.
    place: String,
    /// Days, in order.
    days: Vec<Day>,
    /// From 0 to 100.
    trust: u8,
}

/// One day.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Partial, TS)]
#[serde(deny_unknown_fields)]
struct Day {
    name: String,
    rain: bool,
}

fn forecast() -> Forecast {
    let day = |name: &str, rain| Day { name: name.into(), rain };
    Forecast {
        place: "Harbour \"north\", 7 °C".into(),
        days: vec![day("Mon", true), day("Tue", false)],
        trust: 80,
    }
}

/// The mock server. It ends with this.
struct Aimock {
    child: Child,
    url: String,
}

impl Drop for Aimock {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Aimock {
    /// Starts it with these answers, on a port that the system chooses.
    fn start(home: &Path, fixtures: &Value) -> Self {
        let file = home.join(format!("fixtures-{}.json", std::process::id()));
        std::fs::write(&file, fixtures.to_string()).unwrap();
        let mut child = Command::new("node")
            .arg(home.join("node_modules/@copilotkit/aimock/dist/cli.js"))
            .args(["--port", "0", "--log-level", "info", "--strict", "--fixtures"])
            .arg(&file)
            .stdout(Stdio::piped())
            .stderr(Stdio::inherit())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let line = lines
            .by_ref()
            .map_while(Result::ok)
            .find(|line| line.contains("listening on http"))
            .expect("the server says where it listens");
        let url = line[line.find("http").unwrap()..].trim().to_owned();
        // It goes on writing, and would hang on a full pipe.
        std::thread::spawn(move || lines.map_while(Result::ok).for_each(drop));
        let _ = std::fs::remove_file(file);
        Self { child, url }
    }
}

/// The folder in which the server is installed; `None` where it cannot be had here.
fn installed() -> Option<PathBuf> {
    let home = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("aimock-{VERSION}"));
    if home.join("node_modules/@copilotkit/aimock/dist/cli.js").is_file() {
        return Some(home);
    }
    // Made beside it and moved there when whole, as tests run side by side and may be stopped.
    let making = home.with_extension(format!("making-{}", std::process::id()));
    std::fs::create_dir_all(&making).unwrap();
    std::fs::write(making.join("package.json"), r#"{"private": true}"#).unwrap();
    let npm = if cfg!(windows) { "npm.cmd" } else { "npm" };
    let outcome = Command::new(npm)
        .args(["install", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error"])
        // Where there is no network, a minute is enough to know.
        .args(["--fetch-retries=1", "--fetch-timeout=60000"])
        .arg(format!("@copilotkit/aimock@{VERSION}"))
        .current_dir(&making)
        .stdin(Stdio::null())
        .output();
    let failure = match outcome {
        Ok(output) if output.status.success() => {
            // Somebody else may have been faster.
            if std::fs::rename(&making, &home).is_err() {
                let _ = std::fs::remove_dir_all(&making);
            }
            return Some(home);
        }
        Ok(output) => format!("npm could not get @copilotkit/aimock {VERSION} ({})", output.status),
        Err(error) => format!("npm could not be started ({error})"),
    };
    let _ = std::fs::remove_dir_all(&making);
    let is_required = ["CI", "TAILORBIRD_REQUIRE_SHARED"].iter().any(|name| std::env::var_os(name).is_some());
    assert!(!is_required, "{failure}, and its test is required here");
    println!("skipped: {failure}");
    None
}

fn request(output: &JsonOutput, family: bool) -> Request {
    Request {
        system: vec![Part::plain("You tell the weather."), Part::cached("The harbour lies in the north.")],
        messages: vec![Message::user("What will it be like?")],
        output: output.clone().into(),
        family: if family { [output.clone()].into() } else { Arc::default() },
        max_output_tokens: 500,
    }
}

struct Told {
    partials: Vec<ForecastPartial>,
    retries: Vec<Retry>,
    result: Result<Forecast, llm::Error>,
}

async fn ask(connection: Connection, request: Request) -> Told {
    let options = Options {
        backoff: Duration::from_millis(1),
        gate: Duration::ZERO,
        silence: Duration::from_secs(20),
        ..Options::default()
    };
    let check = |answer: &Forecast| if answer.trust <= 100 { Ok(()) } else { Err("trust".to_owned()) };
    let mut steps = llm::partials(llm::ask(Arc::new(connection), request, options, check));
    let (mut partials, mut retries) = (Vec::new(), Vec::new());
    loop {
        match steps.next().await.expect("an end") {
            Ok(Step::Partial(partial)) => partials.push(partial),
            Ok(Step::Retry(retry)) => retries.push(retry),
            Ok(Step::Done(value)) => return Told { partials, retries, result: Ok(value) },
            Ok(_) => {}
            Err(error) => return Told { partials, retries, result: Err(error) },
        }
    }
}

/// The answers for one provider; each case has a model of its own.
fn fixtures(id: &str) -> Vec<Value> {
    let model = |case: &str| format!("{case}-{id}");
    let text = json!({"content": forecast()});
    let call = json!({"toolCalls": [{"name": "forecast", "arguments": forecast()}]});
    let refused = json!({"error": {"message": "Slow down", "type": "rate_limit_error"}, "status": 429});
    let overloaded = json!({"error": {"message": "Overloaded", "type": "overloaded_error"}, "status": 503});
    let broken = json!({"content": "Fine weather, I am sure of it."});
    let mut all = vec![
        json!({"match": {"model": model("slow")}, "response": text, "latency": 4, "chunkSize": 5,
            "openRouterProcessing": true}),
        json!({"match": {"model": model("burst")}, "response": text, "chunkSize": 100_000}),
        json!({"match": {"model": model("tool")}, "response": call, "latency": 2, "chunkSize": 7}),
    ];
    for (case, first) in [
        ("cut", json!({"response": text, "latency": 4, "chunkSize": 5, "truncateAfterChunks": 8})),
        ("dropped", json!({"response": text, "latency": 20, "chunkSize": 5, "disconnectAfterMs": 90})),
        ("limited", json!({"response": refused})),
        ("overloaded", json!({"response": overloaded})),
        ("prose", json!({"response": broken, "chunkSize": 5})),
    ] {
        let mut first = first;
        first["match"] = json!({"model": model(case), "sequenceIndex": 0});
        all.push(first);
        all.push(json!({"match": {"model": model(case)}, "response": text, "latency": 2, "chunkSize": 5}));
    }
    all
}

#[tokio::test(flavor = "multi_thread")]
async fn every_protocol_gets_through_a_server_that_nobody_here_wrote() {
    let Some(home) = installed() else { return };
    let all: Vec<Value> = PROVIDERS.iter().flat_map(|(id, _)| fixtures(id)).collect();
    let server = Aimock::start(&home, &json!({"fixtures": all}));
    let output = json_output::<Forecast>("forecast");
    for (id, base) in PROVIDERS {
        let connect = |case: &str| {
            let (key, url) = (Key::new("test-key"), format!("{}{base}", server.url));
            Provider::by_id(id)
                .unwrap()
                .open(Some(key), format!("{case}-{id}"), Some(&url), CONNECT_LIMIT)
                .unwrap()
        };
        for case in ["slow", "burst", "tool", "cut", "dropped", "limited", "overloaded", "prose"] {
            let told = ask(connect(case), request(&output, case != "slow")).await;
            assert_eq!(told.result, Ok(forecast()), "{id}, {case}: {:?}", told.retries);
            let is_faulty = !["slow", "burst", "tool"].contains(&case);
            assert_eq!(told.retries.len(), usize::from(is_faulty), "{id}, {case}: {:?}", told.retries);
            // What comes at once shows at once.
            assert!(told.partials.len() > usize::from(case == "slow"), "{id}, {case}");
            assert_eq!(told.partials.last(), Some(&forecast().whole()), "{id}, {case}");
        }
        assert_eq!(connect("slow").check().await, Ok(()), "{id}");
    }
    // What the server lists: the models of its answers.
    for (id, base) in [("openai", "/v1"), ("ollama", "")] {
        let url = format!("{}{base}", server.url);
        let connection =
            Provider::by_id(id).unwrap().open(Some(Key::new("k")), "", Some(&url), CONNECT_LIMIT).unwrap();
        let models = connection.models().await.unwrap();
        assert!(models.iter().any(|model| model.id == "slow-gemini"), "{id}: {models:?}");
    }
}

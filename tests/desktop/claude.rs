//! A run with Claude, played by a local server one piece at a time: what was sent shows before more is sent.

use std::path::Path;

use serde_json::{Value, json};

use crate::app::App;
use crate::display::{Display, picture};
use crate::offline::{both_pictures, check_events, choose_theme};
use anthropic::{Anthropic, Exchange};

/// Not a key of anybody's.
const KEY: &str = "sk-ant-test-only-in-its-header-5566778899";

/// What tells who the sample's person is. None of it may be sent.
const PERSON: [&str; 6] = ["Marit", "Okafor", "marit.okafor", "example.com", "7700", "900142"];

/// What stands in the sample before the edit, and in the edit.
const BEFORE: &str =
    "Run a support desk of six people for an accounting product with about 9,000 small businesses.";
const AFTER: &str =
    "Run a customer support desk of six people for an accounting product with about 9,000 small businesses.";

pub(crate) async fn scene(display: Display) {
    let provider = Anthropic::start();
    let app = App::start(&display, "claude").await;
    app.click("use-sample").await;
    app.find("blocks").await;
    settings(&app, &provider.url).await;

    app.watch_events().await;
    let desk = block(&app, BEFORE).await;
    app.click("tailor").await;

    let evaluation = begun(&provider);
    check_request(&evaluation);
    play_evaluation(&app, evaluation, &desk).await;
    let planning = begun(&provider);
    check_request(&planning);
    play_planning(&app, planning, &desk).await;
    let implementation = begun(&provider);
    check_request(&implementation);
    play_implementation(&app, implementation, &desk).await;
    let verification = begun(&provider);
    check_request(&verification);
    play_verification(&app, verification).await;

    app.until("the run ends", "return arguments[0]?.dataset.phase === 'finished'", "run").await;
    assert!(app.text("tokens").await.contains(|c: char| c.is_ascii_digit()), "tokens are counted");
    let events = app.events().await;
    check_events(&events);
    let events = Value::Array(events).to_string();
    assert!(!events.contains(KEY), "an event holds the key");

    app.click("review-open").await;
    let accepted = "return arguments[0]?.dataset.decision === 'accepted' && arguments[0]?.dataset.standing === 'supported'";
    app.until("the supported edit is accepted", accepted, "edit-e1").await;
    assert!(!provider.was_asked(), "four stages, four requests");

    let log = app.log.clone();
    app.close().await;
    assert!(!read(&log).contains(KEY), "the log holds the key");
    for word in PERSON {
        assert!(!read(&log).contains(word), "the log holds \"{word}\"");
    }
    no_key_in(&display.home.path().join("settings"));
    no_key_in(&display.home.path().join("config"));
    no_key_in(&display.home.path().join("cache"));
}

/// Claude at this address, with a key.
pub(crate) async fn choose_claude(app: &App, url: &str) {
    app.click("settings-open").await;
    app.click("engine-provider").await;
    app.until("Claude is chosen", "return arguments[0]?.dataset.on === 'true'", "engine-provider").await;
    app.run("document.querySelector('details').open = true;", Vec::new()).await;
    // The Tab at the end leaves the field, which is when it is read.
    app.fill("base-url", &format!("{url}\u{e004}")).await;
    app.fill("key", KEY).await;
    app.click("key-save").await;
    app.until("the key is kept", "return arguments[0]?.dataset.hasKey === 'true'", "key-state").await;
    app.shows("key-state", "keychain").await;
    app.click("settings-done").await;
}

async fn settings(app: &App, url: &str) {
    choose_claude(app, url).await;
    app.click("settings-open").await;
    let state = app.call("app_state", json!({})).await;
    assert_eq!(state["ok"]["settings"]["providers"]["anthropic"]["base_url"], json!(url));
    assert!(!state.to_string().contains(KEY), "the page is told the key");
    for theme in ["dark", "light"] {
        choose_theme(app, theme).await;
        app.painted().await;
        picture(&format!("settings.{theme}"));
    }
    app.click("settings-done").await;
}

/// The id of the block with this text.
async fn block(app: &App, text: &str) -> String {
    let state = app.call("app_state", json!({})).await;
    let blocks = state["ok"]["resume"]["resume"]["blocks"].as_array().expect("blocks").clone();
    let found =
        blocks.iter().find(|block| block["text"] == text).unwrap_or_else(|| panic!("no block says {text}"));
    found["id"].as_str().expect("an id").to_owned()
}

/// The next request, with the beginning of its answer already sent.
fn begun(provider: &Anthropic) -> Exchange {
    let mut exchange = provider.next();
    exchange.begin();
    exchange
}

fn check_request(exchange: &Exchange) {
    assert!(exchange.head.starts_with("POST /v1/messages "), "{}", exchange.head);
    let keyed: Vec<&str> = exchange.head.lines().filter(|line| line.contains(KEY)).collect();
    assert_eq!(keyed.len(), 1, "the key stands in one header");
    assert!(keyed[0].to_ascii_lowercase().starts_with("x-api-key:"), "{}", keyed[0]);
    assert!(!exchange.body.contains(KEY), "the body holds the key");
    for word in PERSON {
        assert!(!exchange.body.contains(word), "the request holds \"{word}\"");
    }
    assert!(exchange.body.contains("Median first reply"), "the resume's work is sent");
}

async fn play_evaluation(app: &App, mut answer: Exchange, desk: &str) {
    answer.text(r#"{"requirements":[{"id":"r1","text":"5+ years in customer supp"#);
    app.shows("run", "5+ years in customer supp").await;
    let running = "return arguments[0]?.dataset.state === 'running'";
    app.until("the first stage runs", running, "stage-evaluation").await;
    answer.text(&format!(r#"ort for software","importance":"must","status":"met","evidence":["{desk}"]}},"#));
    app.until("the requirement is met", "return arguments[0]?.dataset.status === 'met'", "requirement").await;
    answer.text(r#"{"id":"r2","text":"Salesforce","importance":"nice","status":"missing","evidence":[]}],"#);
    answer.text(r#""match_score":71,"strengths":["Leads a desk"],"gaps":["No Salesforce"],"#);
    answer.text(r#""overall_assessment":"A close match."}"#);
    answer.end();
    done(app, "evaluation").await;
}

async fn play_planning(app: &App, mut answer: Exchange, desk: &str) {
    answer.text(r#"{"strategy":"Say customer support in the posti"#);
    let strategy = "return window.seen.filter((event) => event.type === 'partial')
        .flatMap((event) => event.details.planning ?? [])
        .map((op) => (op.add ?? '') + (op.set ? JSON.stringify(op.set).replace(/[\\]\\[{}\"]+$/, '') : ''))
        .join('').includes(arguments[1])";
    app.until_with("the strategy comes while it is written", strategy, vec![json!("in the posti")]).await;
    answer.text(&format!(
        r#"ng's words.","changes":[{{"blocks":["{desk}"],"action":"rewrite","intent":"Name the field.","requirements":["r1"]}}],"#
    ));
    answer.text(&format!(
        r#""keywords":[{{"term":"customer support","claimable":true,"evidence":["{desk}"]}},"#
    ));
    answer.text(r#"{"term":"Salesforce","claimable":false,"evidence":[]}]}"#);
    answer.end();
    done(app, "planning").await;
}

async fn play_implementation(app: &App, mut answer: Exchange, desk: &str) {
    let (first, rest) = AFTER.split_at(30);
    answer.text(&format!(
        r#"{{"edits":[{{"action":"rewrite","block":"{desk}","after":null,"kind":null,"text":"{first}"#
    ));
    // The line itself changes while it is written.
    app.shows("document", first).await;
    both_pictures(app, "run-streaming").await;
    answer.text(&format!(
        r#"{rest}","evidence":[{{"block":"{desk}","quote":"Run a support desk of six people"}}],"#
    ));
    answer.text(r#""requirement":"r1","reason":"The posting calls it customer support."}]}"#);
    answer.end();
    done(app, "implementation").await;
}

async fn play_verification(app: &App, mut answer: Exchange) {
    answer.text(
        r#"{"verdicts":[{"edit":"e1","verdict":"supported","claim":null,"reason":"The line says so."}],"#,
    );
    let moved = "return Number(arguments[0]?.dataset.progress) > 0";
    app.until("the verdict counts", moved, "stage-verification").await;
    answer.text(r#""final_score":74,"summary":"One true edit."}"#);
    answer.end();
    done(app, "verification").await;
}

async fn done(app: &App, stage: &str) {
    let done = "return arguments[0]?.dataset.state === 'done' && arguments[0]?.dataset.progress === '100'";
    app.until(&format!("{stage} is done"), done, &format!("stage-{stage}")).await;
}

fn read(file: &Path) -> String {
    String::from_utf8_lossy(&std::fs::read(file).expect("a file that can be read")).into_owned()
}

/// No file in the folder, at any depth, holds the key.
fn no_key_in(folder: &Path) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for entry in entries.filter_map(Result::ok) {
        let path = entry.path();
        if path.is_dir() {
            no_key_in(&path);
        } else if path.is_file() {
            assert!(!read(&path).contains(KEY), "{} holds the key", path.display());
        }
    }
}

//! From an empty window to two exported files, without a key and without a network.

use std::path::Path;
use std::process::Command;

use serde_json::{Value, json};

use crate::app::App;
use crate::display::{Display, drag_into, hands, picture, type_into_dialog, until, window};
use crate::material::{Material, material};

const STAGES: [&str; 4] = ["evaluation", "planning", "implementation", "verification"];

const DRAG_SOURCE: &str = "import gi, runpy, sys
gi.require_version('Gdk', '3.0')
sys.argv = sys.argv[1:]
runpy.run_path(sys.argv[0], run_name='__main__')";

pub(crate) async fn scene(display: Display) {
    let material = material();
    let app = App::start(&display, "offline").await;
    app.find("start-drop").await;
    both_pictures(&app, "start").await;

    give_resume(&app, &display, &material).await;
    app.paste("posting-text", &material.posting).await;
    app.click("posting-go").await;
    app.find("posting-read").await;
    app.click("read-go").await;

    app.find("blocks").await;
    let stays = "const name = document.querySelector('[data-testid=blocks] li[data-kind=name]');
                 return name !== null && name.innerText.includes('stays here')";
    app.until_with("the name stays here", stays, Vec::new()).await;
    let drawn = "return ['pages', 'html'].includes(arguments[0]?.dataset.kind)
        && (arguments[0].dataset.kind === 'html' || arguments[0].querySelector('[data-drawn=true]') !== null)";
    app.until("the original stands beside it", drawn, "original").await;
    both_pictures(&app, "read").await;

    app.watch_events().await;
    watch_stages(&app).await;
    app.click("tailor").await;
    app.until("the run ends", "return arguments[0]?.dataset.phase === 'finished'", "run").await;
    check_events(&app.events().await);
    check_stages(&app.run("return window.stages", Vec::new()).await);
    both_pictures(&app, "run").await;

    app.click("review-open").await;
    app.find("review").await;
    let decided = reject_one(&app, material.edits).await;
    both_pictures(&app, "review").await;

    app.click("export-open").await;
    let exports = display.home.path();
    export(&app, "export-markdown", &exports.join("tailored.md")).await;
    let markdown = std::fs::read_to_string(exports.join("tailored.md")).expect("the Markdown file");
    check_text(&markdown, &decided);
    export(&app, "export-pdf", &exports.join("tailored.pdf")).await;
    both_pictures(&app, "export").await;
    match pdf_text(&exports.join("tailored.pdf")) {
        Some(text) => check_text(&text, &decided),
        None => println!("pdftotext is not installed: the PDF is proven by the app's own reader alone"),
    }
    let left: Vec<_> = std::fs::read_dir(exports)
        .expect("the folder")
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter(|name| name.starts_with(".tailorbird-"))
        .collect();
    assert_eq!(left, Vec::<String>::new(), "no unfinished file is left");
    app.close().await;
}

/// By drag and drop where there is something to drag from, else by the native dialog.
async fn give_resume(app: &App, display: &Display, material: &Material) {
    if let Some(tool) = &material.drag_source {
        let source = crate::display::start(
            // The tool asks for no version of Gdk; where GTK 4 is installed too, it would get the wrong one.
            Command::new("/usr/bin/python3").args(["-c", DRAG_SOURCE]).arg(tool).arg(&material.resume),
            display.home.path(),
            "drag-source",
        );
        drag_into(&window("drag-source"), async || app.has("drop-overlay").await).await;
        app.find("resume-read").await;
        drop(source);
        // The dialog is looked at all the same: opened, and closed without a choice.
        app.click("choose-resume").await;
        let dialog = window("Choose your resume");
        until("the dialog closes", || {
            hands(&["windowactivate", &dialog, "key", "Escape"]);
            hands(&["search", "--onlyvisible", "--name", "Choose your resume"]).is_none().then_some(())
        });
    } else {
        app.click("choose-resume").await;
        type_into_dialog("Choose your resume", &material.resume);
    }
    app.find("resume-read").await;
    let name = material.resume.file_name().and_then(|name| name.to_str()).expect("a file name");
    app.shows("resume-read", name).await;
}

/// The page keeps each change of a stage's card, as the user sees it.
async fn watch_stages(app: &App) {
    let watch = "window.stages = [];
        const look = () => {
          for (const card of document.querySelectorAll('[data-testid^=\"stage-\"]')) {
            const seen = { stage: card.dataset.testid.slice(6), state: card.dataset.state,
                           progress: Number(card.dataset.progress), text: card.innerText };
            const last = window.stages.findLast((one) => one.stage === seen.stage);
            if (JSON.stringify(last) !== JSON.stringify(seen)) window.stages.push(seen);
          }
        };
        new MutationObserver(look).observe(document.body,
          { subtree: true, childList: true, characterData: true, attributes: true });";
    app.run(watch, Vec::new()).await;
}

/// What the cards showed: one stage after the other, progress that only grows, words while it is at work.
fn check_stages(seen: &Value) {
    let seen = seen.as_array().expect("a list of looks");
    let first = |stage: &str, state: &str| {
        seen.iter()
            .position(|look| look["stage"] == stage && look["state"] == state)
            .unwrap_or_else(|| panic!("{stage} was never seen {state}"))
    };
    for stage in STAGES {
        assert!(first(stage, "running") < first(stage, "done"), "{stage}");
        let progress: Vec<u64> = seen
            .iter()
            .filter(|look| look["stage"] == stage)
            .filter_map(|look| look["progress"].as_u64())
            .collect();
        assert!(progress.is_sorted(), "{stage} went back: {progress:?}");
        assert_eq!(progress.last(), Some(&100), "{stage}");
        let at_work: Vec<&str> = seen
            .iter()
            .filter(|look| look["stage"] == stage && look["state"] == "running")
            .filter_map(|look| look["text"].as_str())
            .collect();
        assert!(at_work.iter().any(|text| !text.trim().is_empty()), "{stage} showed nothing while it ran");
    }
    for (before, after) in STAGES.iter().zip(&STAGES[1..]) {
        assert!(first(before, "done") <= first(after, "running"), "{after} began before {before} was done");
    }
}

/// The events that the page got: all of them, in order, each stage's partials before its end.
pub(crate) fn check_events(events: &[Value]) {
    for (n, event) in events.iter().enumerate() {
        assert_eq!(event["seq"], json!(n), "no gap");
    }
    let overall: Vec<u64> = events.iter().filter_map(|event| event["overall_progress"].as_u64()).collect();
    assert!(overall.is_sorted(), "progress went back: {overall:?}");
    assert_eq!(events.first().map(|event| &event["type"]), Some(&json!("started")));
    assert_eq!(events.last().map(|event| &event["type"]), Some(&json!("finished")));
    let place = |stage: &str, what: &str| {
        events
            .iter()
            .position(|event| event["current_stage"] == stage && event["type"] == what)
            .unwrap_or_else(|| panic!("{stage} has no {what}"))
    };
    let places: Vec<usize> = STAGES
        .iter()
        .flat_map(|stage| ["stage_started", "partial", "stage_finished"].map(|what| place(stage, what)))
        .collect();
    assert!(places.is_sorted(), "stages and their partials out of order: {places:?}");
}

/// What a file has to hold, and what not.
struct Decided {
    /// The new texts of accepted edits, and the old one of the rejected.
    there: Vec<String>,
    /// The new text of the rejected edit.
    not_there: String,
}

/// Rejects one of the accepted edits that bring words in; there are `least` of them or more.
async fn reject_one(app: &App, least: usize) -> Decided {
    let review = app.call("review", json!({})).await["ok"].clone();
    let with_words: Vec<(&str, &Value)> = review["edits"]
        .as_array()
        .expect("edits under review")
        .iter()
        .filter(|edit| {
            edit["decision"] == "accepted" && !joined(edit, |kind| kind == "added").trim().is_empty()
        })
        .filter_map(|edit| Some((edit["edit"].as_str()?, edit)))
        .collect();
    assert!(with_words.len() >= least, "{} edits bring words in: {:#}", with_words.len(), review["edits"]);
    let (id, rejected) = with_words[0];
    app.click(&format!("edit-{id}")).await;
    app.click("reject").await;
    let out = "return arguments[0]?.dataset.decision === 'rejected'";
    app.until("the edit is rejected", out, &format!("edit-{id}")).await;
    let new = |edit: &Value| joined(edit, |kind| kind != "removed");
    let mut there: Vec<String> = with_words[1..].iter().map(|(_, edit)| new(edit)).collect();
    there.push(joined(rejected, |kind| kind != "added"));
    Decided { there, not_there: new(rejected) }
}

/// The parts of an edit's diff that are of some kind, as one text.
fn joined(edit: &Value, of_kind: impl Fn(&str) -> bool) -> String {
    let parts = edit["diff"].as_array().expect("a diff");
    parts
        .iter()
        .filter(|part| part["kind"].as_str().is_some_and(&of_kind))
        .filter_map(|part| part["text"].as_str())
        .collect()
}

/// Exports through the native save dialog and sees the page say that it was read back.
async fn export(app: &App, format: &str, file: &Path) {
    app.click(format).await;
    app.click("export-save").await;
    type_into_dialog("Save your tailored resume", file);
    let name = file.file_name().and_then(|name| name.to_str()).expect("a file name");
    let saved = "const result = arguments[0];
        return result !== null && Number(result.dataset.words) > 50 && result.dataset.words === result.dataset.found
          && document.body.innerText.includes(arguments[2])";
    let saved = saved.replace("arguments[0]", "document.querySelector(arguments[1])");
    let arguments = vec![json!("[data-testid=\"export-result\"]"), json!(name)];
    app.until_with(&format!("{name} is saved and read back"), &saved, arguments).await;
    assert!(file.exists(), "{} was written", file.display());
}

fn check_text(text: &str, decided: &Decided) {
    let text = letters(text);
    for there in &decided.there {
        assert!(text.contains(&letters(there)), "not in the file: {there}\n{text}");
    }
    assert!(!text.contains(&letters(&decided.not_there)), "rejected, but in the file: {}", decided.not_there);
}

/// Letters and digits alone: line ends, hyphens, escapes and bullets are the format's own.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

fn pdf_text(file: &Path) -> Option<String> {
    let output = Command::new("pdftotext").arg(file).arg("-").output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Pictures of what is on the screen, light and dark.
pub(crate) async fn both_pictures(app: &App, view: &str) {
    for theme in ["dark", "light"] {
        app.click("settings-open").await;
        choose_theme(app, theme).await;
        app.click("settings-done").await;
        app.until("the settings close", "return arguments[0] === null", "settings").await;
        app.painted().await;
        picture(&format!("{view}.{theme}"));
    }
}

/// Chooses a theme in the settings, which are open.
pub(crate) async fn choose_theme(app: &App, theme: &str) {
    app.click(&format!("theme-{theme}")).await;
    let on = "return document.documentElement.dataset.theme === arguments[1]";
    app.until_with("the theme is on", on, vec![json!(theme)]).await;
}

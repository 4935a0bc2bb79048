//! What was read is corrected, by keys and by buttons; the corrections are there again when the same file is read by
//! an app that was started anew, and the run works on the corrected resume.

use serde_json::{Value, json};

use crate::app::App;
use crate::display::{Display, picture, type_into_dialog};

const RESUME: &str = "# Tilde Aaberg

tilde@example.com

## Work

### Bookkeeper, Larch & Sons, 2019 – 2023

- Kept the books of two bakeries and
- wrote the yearly report.
- Baked bread. Answered letters.
- Page 1 of 1

## Bees

Keeps bees.
";

pub(crate) async fn scene(display: Display) {
    let file = display.home.path().join("tilde.md");
    std::fs::write(&file, RESUME).expect("a file");
    let app = open(&display, &file, "correcting").await;

    // A line that was cut in two is one again.
    pick(&app, "wrote the yearly report.").await;
    app.painted().await;
    picture("read-selected.light");
    app.keys("m").await;
    read(&app, "Kept the books of two bakeries and wrote the yearly report.", true).await;
    // Two that are one are split, at the caret.
    pick(&app, "Baked bread. Answered letters.").await;
    app.keys("s").await;
    app.find("block-split-at").await;
    app.painted().await;
    picture("read-split.light");
    app.keys("\u{e007}").await;
    read(&app, "Answered letters.", true).await;
    // What is not part of it goes, and can come back.
    pick(&app, "Page 1 of 1").await;
    app.keys("x").await;
    read(&app, "Page 1 of 1", false).await;
    app.shows("removed", "Page 1 of 1").await;
    app.click("restore").await;
    read(&app, "Page 1 of 1", true).await;
    app.keys("u").await;
    read(&app, "Page 1 of 1", false).await;
    // The text is typed anew, and the kind chosen.
    pick(&app, "Keeps bees.").await;
    app.click("block-edit").await;
    app.fill("block-text", "Keeps forty hives.\u{e007}").await;
    read(&app, "Keeps forty hives.", true).await;
    let choose = "const kind = document.querySelector('[data-testid=block-kind]');
                  kind.value = 'bullet'; kind.dispatchEvent(new Event('change', { bubbles: true }));";
    app.run(choose, Vec::new()).await;
    let bullet =
        "return document.querySelector('[data-testid=blocks] [aria-current]')?.dataset.kind === 'bullet'";
    app.until_with("it is a bullet", bullet, Vec::new()).await;
    app.painted().await;
    picture("read-corrected.light");
    let corrected = blocks(&app).await;
    app.close().await;

    // An app that was started anew reads the same file.
    let app = open(&display, &file, "corrected").await;
    assert_eq!(blocks(&app).await, corrected, "the corrections are there again");
    app.paste("posting-text", "Beekeeper\n\nRequirements\n- Bees\n- Answering letters\n- Baking\n").await;
    app.click("posting-go").await;
    app.click("tailor").await;
    app.until("the run ends", "return arguments[0]?.dataset.phase === 'finished'", "run").await;
    let review = app.call("review", json!({})).await;
    let original = review["ok"]["original"]["blocks"].as_array().expect("blocks");
    let texts: Vec<&str> = original.iter().filter_map(|block| block["text"].as_str()).collect();
    let expected: Vec<&str> = corrected.iter().map(|(_, text)| text.as_str()).collect();
    assert_eq!(texts, expected, "the run works on them");
    app.close().await;
}

async fn open(display: &Display, file: &std::path::Path, name: &str) -> App {
    let app = App::start(display, name).await;
    app.click("choose-resume").await;
    type_into_dialog("Choose your resume", file);
    app.find("resume-read").await;
    app.click("read-go").await;
    app.find("blocks").await;
    app
}

/// Selects the block with this text.
async fn pick(app: &App, text: &str) {
    let click = "const all = [...document.querySelectorAll('[data-testid=blocks] .line')];
                 const line = all.find((line) => line.innerText === arguments[1]);
                 if (!line) return false; line.click(); return true;";
    app.until_with(&format!("\"{text}\" can be selected"), click, vec![json!(text)]).await;
    let has = "return document.activeElement?.innerText === arguments[1]
                 && document.activeElement.closest('[aria-current]') !== null";
    app.until_with(&format!("\"{text}\" is selected"), has, vec![json!(text)]).await;
}

/// Waits until a block with this text is there, or is not.
async fn read(app: &App, text: &str, there: bool) {
    let script = "return [...document.querySelectorAll('[data-testid=blocks] .line')]
                    .some((line) => line.innerText === arguments[1]) === arguments[2]";
    let what = format!("\"{text}\" is {}there", if there { "" } else { "not " });
    app.until_with(&what, script, vec![json!(text), json!(there)]).await;
}

/// Kind and text of each block.
async fn blocks(app: &App) -> Vec<(String, String)> {
    let state = app.call("app_state", json!({})).await;
    let blocks = state["ok"]["resume"]["resume"]["blocks"].as_array().expect("blocks").clone();
    let word = |block: &Value, key: &str| block[key].as_str().expect("a word").to_owned();
    blocks.iter().map(|block| (word(block, "kind"), word(block, "text"))).collect()
}

//! A PDF with a password is opened with it; its pages stand beside the blocks, and each finds the other. A Word file
//! and a text stand there too, as rendered.

use std::path::{Path, PathBuf};

use serde_json::json;

use crate::app::App;
use crate::display::{Display, picture, type_into_dialog};
use crate::material::shared;

/// The password of the encrypted resume of the shared corpus.
const PASSWORD: &str = "lighthouse7";

pub(crate) async fn scene(display: Display) {
    let Some((encrypted, word)) = files() else { return };
    // Under short paths: each letter is typed into the dialog of the system.
    let folder = tempfile::tempdir().expect("a folder");
    let [encrypted, word] = [(encrypted, "locked.pdf"), (word, "mine.docx")].map(|(file, name)| {
        let short = folder.path().join(name);
        std::fs::copy(file, &short).expect("a copy");
        short
    });
    let app = App::start(&display, "original").await;
    app.click("choose-resume").await;
    type_into_dialog("Choose your resume", &encrypted);
    app.find("password").await;
    app.fill("password", "not this one").await;
    app.click("password-go").await;
    let said = "return document.querySelector('#password-said')?.innerText.includes('not the password')";
    app.until_with("the wrong password is told", said, Vec::new()).await;
    app.painted().await;
    picture("password.light");
    app.fill("password", PASSWORD).await;
    app.click("password-go").await;
    app.find("resume-read").await;
    let log = std::fs::read_to_string(&app.log).expect("a log");
    assert!(!log.contains(PASSWORD), "the log holds the password");
    app.click("read-go").await;

    app.click("beside-original").await;
    let drawn = "return arguments[0]?.dataset.drawn === 'true' && arguments[0].querySelector('img').naturalWidth >= 400";
    app.until("the first page is drawn", drawn, "original-page-1").await;
    select_one_on_the_picture(&app).await;
    app.painted().await;
    picture("read-original.light");

    app.run("document.querySelector('.brand').click()", Vec::new()).await;
    app.click("choose-resume").await;
    type_into_dialog("Choose your resume", &word);
    let name = word.file_name().and_then(|name| name.to_str()).expect("a name");
    app.shows("resume-read", name).await;
    app.click("read-go").await;
    app.click("beside-original").await;
    app.find("original-text").await;
    pick(&app, "bullet", 3).await;
    let marked = "return Number(arguments[0]?.dataset.marked) > 0";
    app.until("its paragraph is marked in the rendering", marked, "original-text").await;
    app.painted().await;
    picture("read-word.light");
    app.close().await;
}

/// A click on the picture selects the block that stands there, and one in the list marks its place.
async fn select_one_on_the_picture(app: &App) {
    pick(app, "bullet", 2).await;
    let marked = "return arguments[0] !== null && arguments[0].dataset.block === document.querySelector('[aria-current=true][data-block]').dataset.block";
    app.until("the block is marked on the picture", marked, "original-mark").await;
    let click = "const mark = document.querySelector('[data-testid=original-mark]');
        window.before = mark.dataset.block;
        const page = mark.closest('.page').getBoundingClientRect();
        const box = mark.getBoundingClientRect();
        for (let y = page.top + 40; y < page.bottom; y += 7) {
          if (Math.abs(y - box.top) < 60) continue;
          mark.closest('.page').dispatchEvent(new MouseEvent('click', { bubbles: true, clientX: box.left + 30, clientY: y }));
          return true;
        }";
    app.run(click, Vec::new()).await;
    let other =
        "return document.querySelector('[aria-current=true][data-block]').dataset.block !== window.before";
    app.until_with("the click on the picture selected another block", other, Vec::new()).await;
}

/// Selects the nth block of a kind, from 0.
async fn pick(app: &App, kind: &str, nth: usize) {
    let script =
        "const all = document.querySelectorAll(`[data-testid=blocks] li[data-kind=${arguments[1]}]`);
        all[arguments[2]]?.querySelector('.line').click();
        return all.length > arguments[2];";
    app.until_with(&format!("{kind} {nth} can be selected"), script, vec![json!(kind), json!(nth)]).await;
}

fn files() -> Option<(PathBuf, PathBuf)> {
    let of = |path: &str| -> PathBuf { shared().join(path) };
    let found = (of("corpus/broken/encrypted.pdf"), of("corpus/people/ingrid-solheim/word-tabs.docx"));
    let there = |path: &Path| path.exists();
    if there(&found.0) && there(&found.1) {
        return Some(found);
    }
    assert!(std::env::var_os("TAILORBIRD_REQUIRE_SHARED").is_none(), "{} is not there", found.0.display());
    println!("skipped: no ../shared beside the project");
    None
}

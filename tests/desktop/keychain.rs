//! The key in the real keyring: it outlives the app, and is gone when it was deleted.

use crate::app::App;
use crate::display::Display;

/// Not a key of anybody's.
const KEY: &str = "sk-ant-test-survives-a-restart-0123456789";

pub(crate) async fn scene(display: Display) {
    let app = App::start(&display, "first").await;
    open(&app).await;
    app.click("engine-provider").await;
    says(&app, false).await;
    app.fill("key", KEY).await;
    app.click("key-save").await;
    says(&app, true).await;
    app.shows("key-state", "keychain").await;
    let field = app.find("key").await.prop("value").await.expect("the field answers");
    assert_eq!(field.as_deref(), Some(""), "the key does not stay on the page");
    app.close().await;

    let app = App::start(&display, "second").await;
    open(&app).await;
    says(&app, true).await;
    app.click("key-delete").await;
    says(&app, false).await;
    app.close().await;

    let app = App::start(&display, "third").await;
    open(&app).await;
    says(&app, false).await;
    app.close().await;
}

async fn open(app: &App) {
    app.click("settings-open").await;
    app.find("settings").await;
}

/// Waits until the page knows that there is a key, or that there is none.
async fn says(app: &App, has_key: bool) {
    let script = format!("return arguments[0]?.dataset.hasKey === '{has_key}'");
    app.until(&format!("has_key is {has_key}"), &script, "key-state").await;
}

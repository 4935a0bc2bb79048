//! The real app behind `WebKitWebDriver`: starting it, and finding one's way in its page.

use std::path::PathBuf;
use std::process::Command;
use std::time::Instant;

use fantoccini::elements::Element;
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};

use crate::display::{Display, LIMIT, Process, free_port, picture, start};

/// A running app. End it with [`App::close`]; what is dropped without it leaves with its driver.
pub(crate) struct App {
    pub(crate) page: Client,
    /// What the app wrote to standard error.
    pub(crate) log: PathBuf,
    _driver: Process,
}

impl App {
    /// Starts the app with an empty log; settings and keyring are those of the display.
    pub(crate) async fn start(display: &Display, name: &str) -> Self {
        let port = free_port();
        let home = display.home.path();
        let driver = start(
            Command::new("WebKitWebDriver")
                .arg(format!("--port={port}"))
                .env("TAURI_WEBVIEW_AUTOMATION", "true")
                .env("WEBKIT_DISABLE_DMABUF_RENDERER", "1")
                .env("TAILORBIRD_CONFIG_DIR", home.join("settings"))
                .env("TAILORBIRD_LOG", "debug")
                .env("XDG_CONFIG_HOME", home.join("config"))
                .env("XDG_DATA_HOME", home.join("data"))
                .env("XDG_CACHE_HOME", home.join("cache"))
                .env("NO_AT_BRIDGE", "1")
                .env_remove("ANTHROPIC_API_KEY"),
            home,
            name,
        );
        let capabilities = json!({
            "webkitgtk:browserOptions": { "binary": env!("CARGO_BIN_EXE_tailorbird-desktop"), "args": [] }
        });
        let Value::Object(capabilities) = capabilities else { unreachable!("an object is an object") };
        let address = format!("http://127.0.0.1:{port}");
        let started = Instant::now();
        let page = loop {
            let mut builder = ClientBuilder::new(HttpConnector::new());
            match builder.capabilities(capabilities.clone()).connect(&address).await {
                Ok(page) => break page,
                Err(error) => assert!(started.elapsed() < LIMIT, "the app did not start: {error}"),
            }
            tokio::task::yield_now().await;
        };
        Self { page, log: display.log(name), _driver: driver }
    }

    /// Ends the session, and with it the app.
    pub(crate) async fn close(self) {
        self.page.close().await.expect("the session ends");
    }

    /// The element of that test id, once it is there.
    pub(crate) async fn find(&self, id: &str) -> Element {
        self.until(&format!("{id} is on the page"), "return arguments[0] !== null", id).await;
        self.page
            .find(Locator::Css(&selector(id)))
            .await
            .unwrap_or_else(|error| panic!("no {id} on the page: {error}"))
    }

    /// Whether the element of that test id is there now.
    pub(crate) async fn has(&self, id: &str) -> bool {
        !self.page.find_all(Locator::Css(&selector(id))).await.expect("the page answers").is_empty()
    }

    /// Clicks on it, once it is there and not disabled.
    pub(crate) async fn click(&self, id: &str) {
        self.until(&format!("{id} can be clicked"), "return arguments[0] && !arguments[0].disabled", id)
            .await;
        self.find(id).await.click().await.unwrap_or_else(|error| panic!("{id} cannot be clicked: {error}"));
    }

    /// Presses keys, wherever the focus is.
    pub(crate) async fn keys(&self, keys: &str) {
        let focused = self.page.active_element().await.expect("something has the focus");
        focused.send_keys(keys).await.unwrap_or_else(|error| panic!("{keys} cannot be pressed: {error}"));
    }

    /// Types into it.
    pub(crate) async fn fill(&self, id: &str, text: &str) {
        let field = self.find(id).await;
        field.clear().await.expect("the field can be emptied");
        field.send_keys(text).await.unwrap_or_else(|error| panic!("{id} takes no text: {error}"));
    }

    /// Puts a long text into a field at once, as pasting does.
    pub(crate) async fn paste(&self, id: &str, text: &str) {
        self.find(id).await.click().await.expect("the field can be clicked");
        let put = "const field = document.querySelector(arguments[0]); field.value = arguments[1];
                   field.dispatchEvent(new Event('input', { bubbles: true }));";
        self.run(put, vec![json!(selector(id)), json!(text)]).await;
    }

    /// Its text, as the user sees it.
    pub(crate) async fn text(&self, id: &str) -> String {
        self.find(id).await.text().await.unwrap_or_else(|error| panic!("{id} has no text: {error}"))
    }

    /// Waits until the text of `id` holds `wanted`.
    pub(crate) async fn shows(&self, id: &str, wanted: &str) {
        let text = "const all = document.querySelectorAll(arguments[1]);
                    return [...all].some((element) => element.innerText.includes(arguments[2]))";
        self.until_with(&format!("{id} shows \"{wanted}\""), text, vec![json!(selector(id)), json!(wanted)])
            .await;
    }

    /// Waits until a script, which gets the element as its first argument, says yes.
    pub(crate) async fn until(&self, what: &str, script: &str, id: &str) {
        let script = script.replace("arguments[0]", "document.querySelector(arguments[1])");
        self.until_with(what, &script, vec![json!(selector(id))]).await;
    }

    /// Waits until a script says yes. Its arguments start at `arguments[1]`.
    pub(crate) async fn until_with(&self, what: &str, script: &str, arguments: Vec<Value>) {
        let asked = Instant::now();
        let mut all = vec![Value::Null];
        all.extend(arguments);
        loop {
            // Each question is a round trip through the driver and the page, so this does not spin.
            if self.run(script, all.clone()).await == json!(true) {
                return;
            }
            if asked.elapsed() > LIMIT {
                let page = self.run("return document.body.innerText", Vec::new()).await;
                picture("failed");
                panic!(
                    "waited {} s in vain until {what}; the page (see failed.png) says:\n{page:#}",
                    LIMIT.as_secs()
                );
            }
        }
    }

    /// Runs a script in the page.
    pub(crate) async fn run(&self, script: &str, arguments: Vec<Value>) -> Value {
        self.page.execute(script, arguments).await.expect("the script runs")
    }

    /// Runs a script that ends by calling `done`.
    pub(crate) async fn run_async(&self, script: &str, arguments: Vec<Value>) -> Value {
        let script = format!("const done = arguments[arguments.length - 1]; {script}");
        self.page.execute_async(&script, arguments).await.expect("the script ends")
    }

    /// Waits until what the page holds now is on the screen.
    pub(crate) async fn painted(&self) {
        self.run_async("requestAnimationFrame(() => requestAnimationFrame(() => done(true)));", Vec::new())
            .await;
    }

    /// Calls a command of the shell as the page would: `{"ok": …}` or `{"error": …}`.
    pub(crate) async fn call(&self, command: &str, arguments: Value) -> Value {
        let call = "window.__TAURI_INTERNALS__.invoke(arguments[0], arguments[1])
                      .then((ok) => done({ ok }), (error) => done({ error }));";
        self.run_async(call, vec![json!(command), arguments]).await
    }

    /// From now on the page also keeps every event of a run where [`App::events`] finds it.
    pub(crate) async fn watch_events(&self) {
        let watch = "window.seen = [];
            const shell = window.__TAURI_INTERNALS__;
            const handler = shell.transformCallback((event) => window.seen.push(event.payload));
            shell.invoke('plugin:event|listen', { event: 'run', target: { kind: 'Any' }, handler })
              .then(() => done(true), (error) => done(String(error)));";
        assert_eq!(self.run_async(watch, Vec::new()).await, json!(true), "the page may listen");
    }

    /// The events of runs so far.
    pub(crate) async fn events(&self) -> Vec<Value> {
        let seen = self.run("return window.seen", Vec::new()).await;
        seen.as_array().expect("a list of events").clone()
    }
}

fn selector(id: &str) -> String {
    format!("[data-testid=\"{id}\"]")
}

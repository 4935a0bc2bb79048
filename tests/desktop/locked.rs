//! A script in the page, as an attacker would get it in: what it tries, and that it gets nowhere.

use serde_json::{Value, json};
use tokio::net::{TcpListener, TcpStream};

use crate::app::App;
use crate::display::Display;

/// Not a key of anybody's.
const KEY: &str = "sk-ant-test-never-to-be-seen-9876543210";

pub(crate) async fn scene(display: Display) {
    let app = App::start(&display, "locked").await;
    app.find("start-drop").await;
    let outside = Outside::listen().await;
    let url = outside.url();

    no_network(&app, &url).await;
    assert!(!outside.was_asked().await, "something reached the network");
    goes_nowhere(&app, &outside).await;
    calls_nothing_else(&app).await;
    names_no_path(&app).await;
    sees_no_key(&app).await;

    app.close().await;
}

/// A server that must not be reached. It answers nothing.
struct Outside(TcpListener);

impl Outside {
    async fn listen() -> Self {
        Self(TcpListener::bind("127.0.0.1:0").await.expect("a free port"))
    }

    fn url(&self) -> String {
        format!("http://{}", self.0.local_addr().expect("an address"))
    }

    /// Whether anybody connected.
    async fn was_asked(&self) -> bool {
        // The system accepts connections by itself; the first look at a listener only asks to be told of them,
        // so one of one's own is made to be the last: who comes before it came before this call.
        let own = TcpStream::connect(self.0.local_addr().expect("an address")).await;
        let own = own.expect("a connection of one's own");
        let (_, first) = self.0.accept().await.expect("a connection");
        first != own.local_addr().expect("an address")
    }
}

async fn no_network(app: &App, url: &str) {
    let tries = [
        "fetch(arguments[0], { mode: 'no-cors' }).then(() => done('out'), () => done('refused'));",
        "const request = new XMLHttpRequest(); request.onload = () => done('out');
         request.onerror = () => done('refused');
         request.open('GET', arguments[0]); request.send();",
        "const socket = new WebSocket(arguments[0].replace('http', 'ws')); socket.onopen = () => done('out');
         socket.onerror = () => done('refused');",
        "const image = new Image(); image.onload = () => done('out'); image.onerror = () => done('refused');
         image.src = arguments[0] + '/x.png';",
        "const script = document.createElement('script'); script.src = arguments[0] + '/x.js';
         script.onload = () => done('out'); script.onerror = () => done('refused'); document.head.append(script);",
        "const frame = document.createElement('iframe');
         addEventListener('securitypolicyviolation', () => done('refused'), { once: true });
         frame.onload = () => frame.contentDocument === null && done('out');
         frame.src = arguments[0]; document.body.append(frame);",
        "const script = document.createElement('script'); script.textContent = 'window.inline = true';
         document.head.append(script); done(window.inline ? 'out' : 'refused');",
    ];
    for attempt in tries {
        let attempt = format!("try {{ {attempt} }} catch {{ done('refused'); }}");
        assert_eq!(app.run_async(&attempt, vec![json!(url)]).await, json!("refused"), "{attempt}");
    }
}

async fn goes_nowhere(app: &App, outside: &Outside) {
    let url = outside.url();
    let before = app.page.current_url().await.expect("an address");
    let tries = [
        "location.href = arguments[1];",
        "location.replace('file:///etc/passwd');",
        "location.assign('data:text/html,elsewhere');",
        "window.open(arguments[1]);",
        "const form = document.createElement('form'); form.action = arguments[1]; document.body.append(form); form.submit();",
        "const link = document.createElement('a'); link.href = arguments[1]; link.target = '_blank';
         document.body.append(link); link.click();",
    ];
    for attempt in tries {
        // The mark is gone if the page was left, if only for a moment.
        app.run("window.mark = 'here';", Vec::new()).await;
        app.run(&format!("try {{ {attempt} }} catch {{ }}"), vec![Value::Null, json!(url)]).await;
        app.painted().await;
        assert_eq!(app.run("return window.mark", Vec::new()).await, json!("here"), "{attempt}");
        assert_eq!(app.page.current_url().await.expect("an address"), before, "{attempt}");
        assert!(!outside.was_asked().await, "it reached the network: {attempt}");
        assert_eq!(app.page.windows().await.expect("windows").len(), 1, "{attempt}");
    }
}

async fn calls_nothing_else(app: &App) {
    assert_eq!(app.run("return typeof window.__TAURI__", Vec::new()).await, json!("undefined"));
    let frozen = "Object.prototype.mine = 1; return ({}).mine === undefined";
    assert_eq!(app.run(frozen, Vec::new()).await, json!(true), "the prototype is frozen");
    let calls = [
        ("plugin:fs|read_text_file", json!({ "path": "/etc/passwd" })),
        ("plugin:dialog|open", json!({ "options": {} })),
        ("plugin:dialog|save", json!({ "options": {} })),
        ("plugin:shell|execute", json!({ "program": "id" })),
        ("plugin:http|fetch", json!({ "clientConfig": { "method": "GET", "url": "http://localhost" } })),
        ("plugin:event|emit", json!({ "event": "run", "payload": {} })),
        (
            "plugin:webview|create_webview_window",
            json!({ "options": { "label": "other", "url": "index.html" } }),
        ),
        ("plugin:window|close", json!({ "label": "main" })),
        ("plugin:path|resolve_directory", json!({ "directory": 1 })),
        ("get_key", json!({})),
    ];
    for (command, arguments) in calls {
        let answer = app.call(command, arguments).await;
        assert!(answer.get("error").is_some(), "{command} was answered: {answer}");
    }
}

async fn names_no_path(app: &App) {
    for drop in ["/etc/passwd", "../../etc/passwd", "file:///etc/passwd", "", "0"] {
        let answer = app.call("read_drop", json!({ "drop": drop, "role": "resume" })).await;
        assert_eq!(answer["error"]["code"], "not_dropped", "{drop}: {answer}");
    }
    // A command takes what its table says; a path on the side is not looked at.
    let answer = app.call("paste_resume", json!({ "path": "/etc/passwd" })).await;
    assert!(answer.get("error").is_some(), "{answer}");
}

async fn sees_no_key(app: &App) {
    let answer = app.call("set_key", json!({ "key": KEY })).await;
    assert_eq!(answer["error"]["code"], "offline", "a key belongs to a provider: {answer}");
    let settings = json!({ "engine": "anthropic", "providers": {}, "silence_s": 120, "limit_usd": null, "theme": "system" });
    let answer = app.call("save_settings", json!({ "settings": settings })).await;
    assert_eq!(answer["ok"]["has_key"], json!(false), "{answer}");
    let answer = app.call("set_key", json!({ "key": KEY })).await;
    assert_eq!(answer["ok"]["has_key"], json!(true), "{answer}");
    for command in ["app_state", "snapshot", "review"] {
        let answer = app.call(command, json!({})).await;
        assert!(!answer.to_string().contains(KEY), "{command} tells the key");
    }
    let answer = app.call("delete_key", json!({})).await;
    assert_eq!(answer["ok"]["has_key"], json!(false), "{answer}");
}

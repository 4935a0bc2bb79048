//! The one window: locked, with the theme that the user chose, and open for drops.

use std::path::PathBuf;
use std::sync::Arc;

use tauri::webview::NewWindowResponse;
use tauri::{AppHandle, DragDropEvent, Emitter as _, Url, WebviewWindowBuilder, WindowEvent};

use crate::api::{Drag, Theme};
use crate::grants::name;
use crate::state::Shell;

type Builder<'a> = WebviewWindowBuilder<'a, tauri::Wry, AppHandle>;

/// The window's label; events go to it by this name.
pub(crate) const MAIN: &str = "main";

/// Opens the window as tauri.conf.json describes it.
pub(crate) fn open(app: &AppHandle, shell: &Arc<Shell>) -> tauri::Result<()> {
    let described =
        app.config().app.windows.iter().find(|window| window.label == MAIN).cloned().unwrap_or_default();
    let window = no_way_out(WebviewWindowBuilder::from_config(app, &described)?)
        .theme(theme(shell.settings().theme))
        // A content security policy does not stop a page from going elsewhere.
        .on_navigation(is_own_page)
        .on_new_window(|_, _| NewWindowResponse::Deny)
        .on_download(|_, _| false)
        .devtools(cfg!(debug_assertions))
        .build()?;
    let (app, shell) = (app.clone(), Arc::clone(shell));
    window.on_window_event(move |event| {
        if let WindowEvent::DragDrop(event) = event {
            pass_on(&app, &shell, event);
        }
    });
    Ok(())
}

/// Leads whatever the page asks of the network to a port of this computer that nobody answers on. A policy and a
/// refused navigation do not stop a link from being looked up and connected to ahead of time; this does.
///
/// On Linux, where the tests of the window prove it. Elsewhere the page itself is served through the same stack.
fn no_way_out(builder: Builder<'_>) -> Builder<'_> {
    match Url::parse("http://127.0.0.1:9") {
        Ok(nobody) if cfg!(target_os = "linux") => builder.proxy_url(nobody),
        _ => builder,
    }
}

/// The window's theme; `None` follows the system.
pub(crate) fn theme(theme: Theme) -> Option<tauri::Theme> {
    match theme {
        Theme::System => None,
        Theme::Light => Some(tauri::Theme::Light),
        Theme::Dark => Some(tauri::Theme::Dark),
    }
}

/// Whether an address is the page that is built into the app: `tauri://localhost`, on Windows `http://tauri.localhost`.
fn is_own_page(url: &Url) -> bool {
    match (url.scheme(), url.host_str()) {
        ("tauri", Some("localhost")) => true,
        ("http" | "https", Some("tauri.localhost")) => cfg!(windows),
        _ => false,
    }
}

fn pass_on(app: &AppHandle, shell: &Shell, event: &DragDropEvent) {
    let drag = match event {
        DragDropEvent::Enter { paths, .. } => Drag::Enter { names: names(paths) },
        DragDropEvent::Drop { paths, .. } => {
            Drag::Drop { files: shell.with_grants(|grants| grants.grant(paths)) }
        }
        DragDropEvent::Leave => Drag::Leave,
        _ => return,
    };
    if let Err(error) = app.emit_to(MAIN, "drag", drag) {
        tracing::warn!(%error, "a drag did not reach the window");
    }
}

fn names(paths: &[PathBuf]) -> Vec<String> {
    paths.iter().map(|path| name(path)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_window_goes_nowhere_else() {
        let own = |text: &str| is_own_page(&text.parse().unwrap());
        assert!(own("tauri://localhost"));
        assert!(own("tauri://localhost/index.html#review"));
        for elsewhere in [
            "https://example.com/",
            "http://localhost/",
            "tauri://example.com/",
            "file:///etc/passwd",
            "data:text/html,hello",
            "about:blank",
        ] {
            assert!(!own(elsewhere), "{elsewhere}");
        }
        assert_eq!(own("http://tauri.localhost/"), cfg!(windows));
    }
}

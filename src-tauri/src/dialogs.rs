//! Native dialogs. They are opened here and not by the page, so that a path never passes through it.

use std::path::PathBuf;

use futures::channel::oneshot;
use tauri::{AppHandle, Manager as _};
use tauri_plugin_dialog::{DialogExt as _, FileDialogBuilder, FilePath};

use crate::api::ExportFormat;
use crate::window::MAIN;

/// Asks for a resume; `None` when the dialog was closed.
pub(crate) async fn resume(app: &AppHandle) -> Option<PathBuf> {
    let asked = dialog(app, "Choose your resume")
        .add_filter("Resumes", &["pdf", "docx", "odt", "rtf", "html", "htm", "md", "markdown", "txt", "json"])
        .add_filter("All files", &["*"]);
    picked(|answer| asked.pick_file(answer)).await
}

/// Asks for a job posting; `None` when the dialog was closed.
pub(crate) async fn posting(app: &AppHandle) -> Option<PathBuf> {
    let asked = dialog(app, "Choose a job posting")
        .add_filter("Job postings", &["html", "htm", "md", "markdown", "txt", "pdf", "docx"])
        .add_filter("All files", &["*"]);
    picked(|answer| asked.pick_file(answer)).await
}

/// Asks where to save; `None` when the dialog was closed. The dialog asks before a file is replaced.
pub(crate) async fn save(app: &AppHandle, file_name: &str, format: ExportFormat) -> Option<PathBuf> {
    let asked = dialog(app, "Save your tailored resume")
        .set_file_name(file_name)
        .add_filter(format.in_words(), &[format.extension()]);
    picked(|answer| asked.save_file(answer)).await
}

fn dialog(app: &AppHandle, title: &str) -> FileDialogBuilder<tauri::Wry> {
    let dialog = app.dialog().file().set_title(title);
    match app.get_webview_window(MAIN) {
        Some(window) => dialog.set_parent(&window),
        None => dialog,
    }
}

async fn picked(open: impl FnOnce(Box<dyn FnOnce(Option<FilePath>) + Send>)) -> Option<PathBuf> {
    let (answer, answered) = oneshot::channel();
    open(Box::new(move |file| {
        let _ = answer.send(file);
    }));
    answered.await.ok().flatten()?.into_path().ok()
}

//! Starts a run and passes its events on to the window.

use std::sync::Arc;

use futures::StreamExt as _;
use pipeline::{Engine, Offline, RunId};
use tauri::{AppHandle, Emitter as _};

use crate::failure::Answer;
use crate::providers;
use crate::state::Shell;
use crate::window::MAIN;

/// Starts a run on what was read.
pub(crate) async fn start(app: &AppHandle, shell: &Arc<Shell>) -> Answer<RunId> {
    let settings = shell.settings();
    let engine: Arc<dyn Engine> = match settings.provider() {
        None => Arc::new(Offline),
        Some(_) => Arc::new(providers::engine(shell, &settings).await?),
    };
    let job = shell.job()?;
    let (run, mut events) = pipeline::start(job.clone(), engine);
    let id = run.id().clone();
    shell.begin(run, job);
    let (app, shell) = (app.clone(), Arc::clone(shell));
    tauri::async_runtime::spawn(async move {
        while let Some(event) = events.next().await {
            shell.note(&event);
            if let Err(error) = app.emit_to(MAIN, "run", &event) {
                tracing::warn!(%error, "an event did not reach the window; it can ask for a snapshot");
            }
        }
    });
    Ok(id)
}

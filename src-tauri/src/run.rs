//! Starts a run and passes its events on to the window.

use std::sync::Arc;

use futures::StreamExt as _;
use llm::{Anthropic, Key};
use pipeline::{Engine, ErrorReport, ModelEngine, Offline, RunId};
use tauri::{AppHandle, Emitter as _};

use crate::api::{OFFLINE, Settings};
use crate::failure::{Answer, aside, failure};
use crate::state::Shell;
use crate::window::MAIN;
use keychain::{PATIENCE, Secret};

/// Starts a run on what was read.
pub(crate) async fn start(app: &AppHandle, shell: &Arc<Shell>) -> Answer<RunId> {
    let settings = shell.settings();
    let engine: Arc<dyn Engine> = match settings.engine.as_str() {
        OFFLINE => Arc::new(Offline),
        _ => {
            let asked = Arc::clone(shell);
            let key = aside(move || Ok(asked.keys.get("anthropic", PATIENCE))).await?.ok_or_else(no_key)?;
            Arc::new(ModelEngine::new("anthropic", Arc::new(claude(key, &settings)?)))
        }
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

/// The providers that can be chosen.
pub(crate) fn offers() -> Vec<crate::api::ProviderOffer> {
    vec![crate::api::ProviderOffer {
        id: "anthropic".to_owned(),
        name: "Anthropic".to_owned(),
        local: false,
        needs_key: true,
        key_variable: Some("ANTHROPIC_API_KEY".to_owned()),
        key_page: None,
        home: Some("https://api.anthropic.com".to_owned()),
        default_model: Some(llm::anthropic::DEFAULT_MODEL.to_owned()),
    }]
}

/// Claude, as the settings say.
pub(crate) fn claude(key: Secret, settings: &Settings) -> Answer<Anthropic> {
    let mut model =
        Anthropic::new(Key::new(key.reveal()), &settings.chosen().model).map_err(|error| report(&error))?;
    if let Some(url) = &settings.chosen().base_url {
        model = model.base_url(url).map_err(|error| report(&error))?;
    }
    Ok(model)
}

/// Settings that a run can be made with: no white space around, an address that the provider's protocol takes.
pub(crate) fn checked(settings: Settings) -> Answer<Settings> {
    let mut settings = settings;
    for choice in settings.providers.values_mut() {
        choice.model = choice.model.trim().to_owned();
        choice.base_url =
            choice.base_url.take().map(|url| url.trim().to_owned()).filter(|url| !url.is_empty());
    }
    if settings.engine != OFFLINE && settings.chosen().base_url.is_some() {
        claude(Secret::typed("unused").ok_or_else(no_key)?, &settings)?;
    }
    Ok(settings)
}

/// Whether a key can stand in a request at all; whether it is a good one, only the provider knows.
pub(crate) fn acceptable(key: &Secret) -> Answer<()> {
    claude(key.clone(), &Settings::default()).map(|_| ())
}

fn report(error: &llm::Error) -> ErrorReport {
    failure(error.code(), error.to_string(), error.hint())
}

fn no_key() -> ErrorReport {
    failure("no_key", "There is no key for Anthropic.", "Enter one in Settings, or work offline.")
}

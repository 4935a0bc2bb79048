//! The commands of the page, as the table in [`crate::api`] lists them. Each is thin: it asks, lays down, answers.

use std::sync::Arc;
use std::time::SystemTime;

use formats::{Original, ReadOptions};
use pipeline::{RunId, Snapshot};
use resume::EditId;
use resume::correction::Ask;
use tauri::ipc::Response;
use tauri::{AppHandle, Manager as _, State};

use crate::api::{
    AppState, Checked, ConnectionTest, Decision, Estimated, ExportFormat, Exported, LocalServer, ModelOffer,
    PostingRead, Read, ResumeRead, Review, Role, Settings,
};
use crate::failure::{Answer, answered, aside, failure};
use crate::paper::Corrected;
use crate::reading::{Given, Paper};
use crate::state::{Shell, nothing_to_review};
use crate::window::{MAIN, theme};
use crate::{dialogs, export as exports, providers, reading, run, sample};
use keychain::{PATIENCE, Secret};

type Held<'a> = State<'a, Arc<Shell>>;

#[tauri::command]
pub(crate) async fn app_state(shell: Held<'_>) -> Answer<AppState> {
    answered(state_of(&shell)).await
}

async fn state_of(shell: &Arc<Shell>) -> Answer<AppState> {
    let shell = Arc::clone(shell);
    aside(move || Ok(shell.app_state())).await
}

/// Reads a resume file and lays it on the desk. One that needs a password waits for it.
async fn laid(
    shell: &Arc<Shell>,
    given: impl FnOnce() -> Answer<Given> + Send + 'static,
) -> Answer<ResumeRead> {
    let keeper = Arc::clone(shell);
    put(shell, move || {
        let given = given()?;
        let read = reading::resume(given.clone());
        let wants_password = read
            .as_ref()
            .is_err_and(|error| ["password_needed", "wrong_password"].contains(&error.code.as_str()));
        keeper.lock_out(wants_password.then_some(given));
        read
    })
    .await
}

#[tauri::command]
pub(crate) async fn unlock(shell: Held<'_>, password: String) -> Answer<ResumeRead> {
    answered(async {
        let locked = shell.locked().ok_or_else(|| {
            failure("not_locked", "No file waits for a password.", "Choose the file again.")
        })?;
        let options = ReadOptions::with_password(password);
        laid(&shell, move || Ok(Given { options, ..locked })).await
    })
    .await
}

#[tauri::command]
pub(crate) async fn original(shell: Held<'_>) -> Answer<Original> {
    answered(async {
        let given = shell.given()?;
        aside(move || reading::original(&given)).await
    })
    .await
}

#[tauri::command]
pub(crate) async fn draw_page(shell: Held<'_>, page: u32, width: u32) -> Answer<Response> {
    answered(async {
        let given = shell.given()?;
        aside(move || reading::draw_page(&given, page, width)).await.map(Response::new)
    })
    .await
}

/// Lays a resume on the desk.
async fn put(
    shell: &Arc<Shell>,
    read: impl FnOnce() -> Answer<Paper> + Send + 'static,
) -> Answer<ResumeRead> {
    let shell = Arc::clone(shell);
    aside(move || Ok(shell.lay_resume(read()?))).await
}

#[tauri::command]
pub(crate) async fn correct(shell: Held<'_>, ask: Ask) -> Answer<ResumeRead> {
    answered(corrected(&shell, move |paper| paper.correct(&ask, reading::section))).await
}

#[tauri::command]
pub(crate) async fn take_back(shell: Held<'_>, correction: usize) -> Answer<ResumeRead> {
    answered(corrected(&shell, move |paper| paper.take_back(correction))).await
}

#[tauri::command]
pub(crate) async fn undo_correction(shell: Held<'_>) -> Answer<ResumeRead> {
    answered(corrected(&shell, |paper| {
        paper.undo();
        Ok(())
    }))
    .await
}

async fn corrected(
    shell: &Arc<Shell>,
    change: impl FnOnce(&mut Corrected) -> Answer<()> + Send + 'static,
) -> Answer<ResumeRead> {
    let shell = Arc::clone(shell);
    aside(move || shell.correct(change)).await
}

#[tauri::command]
pub(crate) async fn choose_resume(app: AppHandle, shell: Held<'_>) -> Answer<Option<ResumeRead>> {
    answered(async {
        let Some(path) = dialogs::resume(&app).await else { return Ok(None) };
        laid(&shell, move || reading::given(&path)).await.map(Some)
    })
    .await
}

#[tauri::command]
pub(crate) async fn choose_posting(app: AppHandle, shell: Held<'_>) -> Answer<Option<PostingRead>> {
    answered(async {
        let Some(path) = dialogs::posting(&app).await else { return Ok(None) };
        let read = aside(move || reading::posting_file(&path)).await?;
        Ok(Some(shell.lay_posting(read)))
    })
    .await
}

#[tauri::command]
pub(crate) async fn read_drop(shell: Held<'_>, drop: String, role: Role) -> Answer<Read> {
    answered(async {
        let path = shell.with_grants(|grants| grants.path(&drop)).ok_or_else(|| {
            failure(
                "not_dropped",
                "No such file was dropped on the window.",
                "Drop the file again, or choose it.",
            )
        })?;
        match role {
            Role::Resume => laid(&shell, move || reading::given(&path)).await.map(Read::Resume),
            Role::Posting => {
                let read = aside(move || reading::posting_file(&path)).await?;
                Ok(Read::Posting(shell.lay_posting(read)))
            }
        }
    })
    .await
}

#[tauri::command]
pub(crate) async fn paste_resume(shell: Held<'_>, text: String) -> Answer<ResumeRead> {
    answered(put(&shell, move || reading::resume_text(&text))).await
}

#[tauri::command]
pub(crate) async fn paste_posting(shell: Held<'_>, text: String) -> Answer<PostingRead> {
    answered(async { Ok(shell.lay_posting(aside(move || reading::posting_text(&text)).await?)) }).await
}

#[tauri::command]
pub(crate) async fn load_sample(shell: Held<'_>) -> Answer<AppState> {
    answered(async {
        let (resume, posting) = aside(sample::sample).await?;
        put(&shell, move || Ok(resume)).await?;
        shell.lay_posting(posting);
        state_of(&shell).await
    })
    .await
}

#[tauri::command]
pub(crate) async fn start_over(shell: Held<'_>) -> Answer<AppState> {
    answered(async {
        shell.start_over();
        state_of(&shell).await
    })
    .await
}

#[tauri::command]
pub(crate) async fn tailor(app: AppHandle, shell: Held<'_>) -> Answer<RunId> {
    answered(run::start(&app, &shell)).await
}

#[tauri::command]
pub(crate) async fn fetch_posting(shell: Held<'_>, url: String) -> Answer<PostingRead> {
    answered(async {
        let (posting, at) = fetch::posting(&url)
            .await
            .map_err(|error| failure(error.code(), error.to_string(), error.hint()))?;
        Ok(shell.lay_posting(PostingRead { file_name: Some(at.as_str().to_owned()), posting }))
    })
    .await
}

#[tauri::command]
pub(crate) async fn models(shell: Held<'_>) -> Answer<Vec<ModelOffer>> {
    answered(providers::models(&shell)).await
}

#[tauri::command]
pub(crate) async fn test_connection(shell: Held<'_>) -> Answer<ConnectionTest> {
    answered(providers::test(&shell)).await
}

#[tauri::command]
pub(crate) async fn local_servers() -> Answer<Vec<LocalServer>> {
    answered(async { Ok(providers::local().await) }).await
}

#[tauri::command]
pub(crate) async fn estimate(shell: Held<'_>) -> Answer<Option<Estimated>> {
    let shell = Arc::clone(&shell);
    answered(aside(move || providers::estimate(&shell))).await
}

#[tauri::command]
pub(crate) async fn what_is_sent(shell: Held<'_>) -> Answer<String> {
    let shell = Arc::clone(&shell);
    answered(aside(move || Ok(pipeline::what_is_sent(&shell.job()?)))).await
}

#[tauri::command]
pub(crate) async fn cancel(shell: Held<'_>, run: RunId) -> Answer<()> {
    answered(async {
        shell.cancel(&run);
        Ok(())
    })
    .await
}

#[tauri::command]
pub(crate) async fn snapshot(shell: Held<'_>) -> Answer<Option<Snapshot>> {
    answered(async { Ok(shell.snapshot()) }).await
}

#[tauri::command]
pub(crate) async fn review(shell: Held<'_>) -> Answer<Option<Review>> {
    answered(async { Ok(shell.outcome().map(|outcome| outcome.shown())) }).await
}

#[tauri::command]
pub(crate) async fn decide(shell: Held<'_>, edit: EditId, decision: Decision) -> Answer<Review> {
    answered(async { shell.review(|review| review.decide(&edit, decision)) }).await
}

#[tauri::command]
pub(crate) async fn decide_supported(shell: Held<'_>) -> Answer<Review> {
    answered(async {
        shell.review(|review| {
            review.accept_supported();
            Ok(())
        })
    })
    .await
}

#[tauri::command]
pub(crate) async fn vouch(shell: Held<'_>, edit: EditId, claims: Vec<String>) -> Answer<Review> {
    answered(async { shell.review(|review| review.vouch(&edit, claims, SystemTime::now())) }).await
}

#[tauri::command]
pub(crate) async fn check_text(shell: Held<'_>, edit: EditId, text: String) -> Answer<Checked> {
    answered(async {
        let outcome = shell.outcome().ok_or_else(nothing_to_review)?;
        aside(move || outcome.check(&edit, &text)).await
    })
    .await
}

#[tauri::command]
pub(crate) async fn rewrite(shell: Held<'_>, edit: EditId, text: String) -> Answer<Review> {
    answered(async {
        let keeper = Arc::clone(&shell);
        aside(move || keeper.review(|review| review.rewrite(&edit, &text))).await
    })
    .await
}

#[tauri::command]
pub(crate) async fn undo(shell: Held<'_>) -> Answer<Review> {
    answered(async {
        shell.review(|review| {
            review.undo();
            Ok(())
        })
    })
    .await
}

#[tauri::command]
pub(crate) async fn export(
    app: AppHandle,
    shell: Held<'_>,
    format: ExportFormat,
) -> Answer<Option<Exported>> {
    answered(async {
        let outcome = shell.outcome().ok_or_else(nothing_to_review)?;
        let tailored = outcome.tailored();
        let name = exports::file_name(&tailored, outcome.posting(), format);
        let Some(path) = dialogs::save(&app, &name, format).await else { return Ok(None) };
        aside(move || exports::export(&tailored, format, &path)).await.map(Some)
    })
    .await
}

#[tauri::command]
pub(crate) async fn save_settings(app: AppHandle, shell: Held<'_>, settings: Settings) -> Answer<AppState> {
    answered(async {
        let settings = providers::checked(settings)?;
        let chosen = theme(settings.theme);
        let keeper = Arc::clone(&shell);
        aside(move || keeper.choose(settings)).await?;
        if let Some(Err(error)) = app.get_webview_window(MAIN).map(|window| window.set_theme(chosen)) {
            tracing::warn!(%error, "the window did not take the theme");
        }
        state_of(&shell).await
    })
    .await
}

#[tauri::command]
pub(crate) async fn set_key(shell: Held<'_>, key: String) -> Answer<AppState> {
    answered(async {
        let key = Secret::typed(&key).ok_or_else(|| {
            failure("empty_key", "The key is empty.", "Paste the key that your provider gave you.")
        })?;
        let settings = shell.settings();
        let provider = settings.provider().ok_or_else(providers::offline)?;
        providers::acceptable(&settings, &key)?;
        let keeper = Arc::clone(&shell);
        aside(move || Ok(keeper.keys.set(providers::entry(provider), key, PATIENCE))).await?;
        state_of(&shell).await
    })
    .await
}

#[tauri::command]
pub(crate) async fn delete_key(shell: Held<'_>) -> Answer<AppState> {
    answered(async {
        let keeper = Arc::clone(&shell);
        aside(move || {
            let settings = keeper.settings();
            let provider = settings.provider().ok_or_else(providers::offline)?;
            keeper.keys.delete(providers::entry(provider), PATIENCE).map_err(|_| {
                failure(
                    "keychain_closed",
                    "The keychain did not let the key be deleted.",
                    "Unlock the keychain of your system and try again.",
                )
            })
        })
        .await?;
        state_of(&shell).await
    })
    .await
}

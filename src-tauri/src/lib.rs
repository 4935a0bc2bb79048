//! The desktop shell: a window, its commands and events, and what only a desktop has: native dialogs,
//! drops, the keychain. It wires the crates together and decides nothing.
//!
//! 1. [`api`] is what the window and the shell say to each other; `commands` answers.
//! 2. `grants` keeps the paths of dropped files; `reading` reads them. The page never names a path.
//! 3. `run` starts the pipeline and passes its events on; `review` and `export` come after.
//! 4. `settings` is what the user chose. The provider's key is in [`keychain`], a room of its own.

use std::process::ExitCode;
use std::sync::Arc;

use tracing_subscriber::EnvFilter;

pub mod api;
mod commands;
mod corrections;
mod dialogs;
mod export;
mod failure;
mod grants;
mod paper;
mod providers;
mod reading;
mod review;
mod run;
mod sample;
mod settings;
mod state;
#[cfg(test)]
mod types;
mod window;

use state::Shell;

/// Opens the window and stays until it is closed. Fails where no window can be opened.
pub fn run() -> ExitCode {
    write_log();
    let built = tauri::Builder::default()
        .plugin(tauri_plugin_dialog::init())
        .invoke_handler(tauri::generate_handler![
            commands::app_state,
            commands::cancel,
            commands::check_text,
            commands::choose_posting,
            commands::choose_resume,
            commands::correct,
            commands::decide,
            commands::decide_supported,
            commands::delete_key,
            commands::draw_page,
            commands::estimate,
            commands::export,
            commands::fetch_posting,
            commands::load_sample,
            commands::local_servers,
            commands::models,
            commands::original,
            commands::paste_posting,
            commands::paste_resume,
            commands::read_drop,
            commands::review,
            commands::rewrite,
            commands::save_settings,
            commands::set_key,
            commands::snapshot,
            commands::start_over,
            commands::tailor,
            commands::take_back,
            commands::test_connection,
            commands::undo,
            commands::undo_correction,
            commands::unlock,
            commands::vouch,
            commands::what_is_sent,
        ])
        .setup(|app| {
            use tauri::Manager as _;
            let shell =
                Arc::new(Shell::open(settings::folder(app.handle()), settings::data_folder(app.handle())));
            window::open(app.handle(), &shell)?;
            app.manage(shell);
            Ok(())
        })
        .run(tauri::generate_context!());
    match built {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            tracing::error!(%error, "the window could not be opened");
            ExitCode::FAILURE
        }
    }
}

/// Log lines go to stderr; `TAILORBIRD_LOG` chooses which (`debug`, `pipeline=trace`). They hold no text of
/// a document and no key, and so neither may the message of a panic.
fn write_log() {
    let filter = EnvFilter::try_from_env("TAILORBIRD_LOG").unwrap_or_else(|_| EnvFilter::new("warn"));
    let _ = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).try_init();
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        tracing::error!(place, "a part of Tailorbird panicked");
    }));
}

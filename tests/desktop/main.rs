//! The real window, driven as a user drives it: `WebKitWebDriver` for the page, xdotool for native dialogs and
//! for drag and drop, a real keyring, and a local server in the place of the provider.
//!
//! `dbus-run-session -- xvfb-run -a -s "-screen 0 1360x900x24" cargo test -p tailorbird-desktop --test desktop`
//! is all it takes. Without a display the tests say that they were skipped, unless `TAILORBIRD_REQUIRE_WINDOW`
//! is set. Pictures of the views are left in `screenshots` in the target folder.

#![cfg(target_os = "linux")]
#![expect(clippy::print_stdout, reason = "what was skipped or replaced is said in the output of the tests")]

mod app;
mod claude;
mod correcting;
mod display;
mod keychain;
mod locked;
mod material;
mod offline;
mod original;
mod providers;
mod vouching;

use std::future::Future;

use display::Display;

/// Plays a scene on a display of its own, or says why not.
fn play<F: Future<Output = ()>>(scene: impl FnOnce(Display) -> F) {
    let Some(display) = Display::open() else {
        println!("skipped: no display");
        return;
    };
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    runtime.expect("a runtime").block_on(scene(display));
}

#[test]
fn a_resume_is_tailored_offline_from_drop_to_export() {
    play(offline::scene);
}

#[test]
fn claude_writes_and_every_piece_shows_as_it_comes() {
    play(claude::scene);
}

#[test]
fn a_lie_stays_out_until_the_user_vouches_for_it() {
    play(vouching::scene);
}

#[test]
fn the_original_stands_beside_what_was_read() {
    play(original::scene);
}

#[test]
fn a_provider_is_tested_listed_and_held_to_a_limit() {
    play(providers::scene);
}

#[test]
fn what_was_corrected_survives_a_new_reading() {
    play(correcting::scene);
}

#[test]
fn a_key_survives_a_restart_and_is_gone_when_deleted() {
    play(keychain::scene);
}

#[test]
fn the_page_can_do_no_more_than_it_must() {
    play(locked::scene);
}

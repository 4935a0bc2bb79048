//! The window's page: npm and Vite.

use std::fs;
use std::process::Command;

use crate::Outcome;
use crate::shell::{command, has, root, run};

/// npm in ui/.
pub(crate) fn npm(arguments: &[&str]) -> Command {
    let mut npm = command("npm");
    // Colours would stand between us and the totals in the output.
    npm.current_dir(root().join("ui")).env("NO_COLOR", "1").args(arguments);
    npm
}

/// Installs the page's packages where package-lock.json is newer than what is installed, then builds it.
pub(crate) fn build() -> Outcome {
    install()?;
    run(&mut npm(&["run", "build", "--silent"]))
}

/// Installs the page's packages, exactly as package-lock.json names them.
pub(crate) fn install() -> Outcome {
    if !has("npm", "--version") {
        return Err("Node.js with npm is missing. Install Node 20.19 or newer, then try again".to_owned());
    }
    let changed =
        |path: &str| fs::metadata(root().join("ui").join(path)).and_then(|file| file.modified()).ok();
    let installed = changed("node_modules/.package-lock.json");
    if installed.is_some() && installed >= changed("package-lock.json") {
        return Ok(());
    }
    run(&mut npm(&["ci", "--no-audit", "--no-fund", "--loglevel=error"]))
}

//! The window's page: npm and Vite.

use std::fs;
use std::process::Command;

use crate::Outcome;
use crate::shell::{command, has, output, root, run};

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
    let node = output(command("node").arg("--version"));
    if !has("npm", "--version") || !node.as_deref().is_some_and(is_new_enough) {
        let found = node.map_or_else(|| "none".to_owned(), |version| version.trim().to_owned());
        return Err(format!(
            "Node.js 20.19 or newer with npm is needed, and {found} was found. Install it, then try again"
        ));
    }
    let changed =
        |path: &str| fs::metadata(root().join("ui").join(path)).and_then(|file| file.modified()).ok();
    let installed = changed("node_modules/.package-lock.json");
    if installed.is_some() && installed >= changed("package-lock.json") {
        return Ok(());
    }
    run(&mut npm(&["ci", "--no-audit", "--no-fund", "--loglevel=error"]))
}

/// Whether `node --version` is one that the page can be built with: 20.19, 22.12, or newer.
fn is_new_enough(version: &str) -> bool {
    let mut numbers =
        version.trim().trim_start_matches('v').split('.').map_while(|number| number.parse::<u32>().ok());
    match (numbers.next(), numbers.next()) {
        (Some(20), Some(minor)) => minor >= 19,
        (Some(22), Some(minor)) => minor >= 12,
        (Some(major), Some(_)) => major > 22,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::is_new_enough;

    #[test]
    fn old_versions_of_node_are_told_from_new_ones() {
        assert!(["v20.19.0\n", "v22.12.1", "v24.0.0"].into_iter().all(is_new_enough));
        assert!(!["v18.20.4", "v20.18.3", "v22.11.0", "21.5.0", "", "node"].into_iter().any(is_new_enough));
    }
}

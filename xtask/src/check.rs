//! Checks besides tests, and what is generated.

use crate::Outcome;
use crate::licences;
use crate::shell::{command, root, run};

/// Formatting, lints, licences.
pub(crate) fn check() -> Outcome {
    run(command("cargo").args(["fmt", "--all", "--check"]))?;
    licences::check()?;
    run(command("cargo").args(["clippy", "--workspace", "--all-targets", "--quiet", "--", "-D", "warnings"]))
}

/// Writes ui/src/lib/api/types.ts anew.
pub(crate) fn write_types() -> Outcome {
    run(command("cargo")
        .args(["test", "--quiet", "--package", "tailorbird-desktop", "--lib", "types"])
        .env("TAILORBIRD_WRITE_TYPES", "1"))
}

/// Draws icons/ anew in all sizes.
pub(crate) fn draw_icons() -> Outcome {
    let icons = root().join("icons");
    run(command("npx").args(["--yes", "@tauri-apps/cli@2", "icon", "icons/icon.svg", "--output"]).arg(&icons))
}

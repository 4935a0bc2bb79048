//! `cargo xtask run`: the app, or without a display the same job in the terminal.

use std::path::PathBuf;

use crate::Outcome;
use crate::shell::{command, root, run as start};
use crate::{system, ui};

/// Opens the app; where there is no display, tailors the sample resume in the terminal.
pub(crate) fn run() -> Outcome {
    if has_display() { open() } else { tailor_sample() }
}

fn has_display() -> bool {
    !cfg!(target_os = "linux")
        || ["DISPLAY", "WAYLAND_DISPLAY"]
            .iter()
            .any(|name| std::env::var_os(name).is_some_and(|value| !value.is_empty()))
}

fn open() -> Outcome {
    system::install(&[system::BUILD])?;
    ui::build()?;
    println!("Opening Tailorbird. The first build takes some minutes.");
    start(command("cargo").args(["run", "--package", "tailorbird-desktop"]))
}

fn tailor_sample() -> Outcome {
    println!(
        "There is no display here, so the window cannot open. Tailoring the sample resume in the terminal \
         instead, offline. The first build takes some minutes."
    );
    let folder = PathBuf::from("target").join("sample");
    std::fs::create_dir_all(root().join(&folder))
        .map_err(|error| format!("the folder {} could not be made: {error}", folder.display()))?;
    let pdf = folder.join("Marit Okafor - Lanternfish Software - Customer Experience Manager.pdf");
    let markdown = pdf.with_extension("md");
    start(
        command("cargo")
            .args(["run", "--package", "cli", "--", "tailor", "--engine", "offline"])
            .args(["--resume", "samples/resume.md", "--job", "samples/posting.md", "-o"])
            .arg(&pdf)
            .arg("-o")
            .arg(&markdown),
    )?;
    println!(
        "\nThe tailored resume is here:\n  {}\n  {}",
        root().join(&pdf).display(),
        root().join(&markdown).display()
    );
    Ok(())
}

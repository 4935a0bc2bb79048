//! Running other programs.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::Outcome;

/// The root of the project.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().map(Path::to_path_buf).unwrap_or_default()
}

/// A command in the project's root; `cargo` is the one that runs us.
pub(crate) fn command(program: &str) -> Command {
    let mut command = if program == "cargo" {
        Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
    } else if cfg!(windows) && program == "npm" {
        // On Windows npm is a script, which is found by its whole name only.
        Command::new("npm.cmd")
    } else {
        Command::new(program)
    };
    command.current_dir(root());
    command
}

/// Runs a command with its output shown. Fails with its name where it fails.
pub(crate) fn run(command: &mut Command) -> Outcome {
    println!("$ {}", line(command));
    let status =
        command.status().map_err(|error| format!("`{}` could not be started: {error}", line(command)))?;
    if status.success() { Ok(()) } else { Err(format!("`{}` failed ({status})", line(command))) }
}

/// What a command prints on its standard output; `None` where it fails or is not there.
pub(crate) fn output(command: &mut Command) -> Option<String> {
    let output = command.stdin(Stdio::null()).stderr(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Whether a program is there and answers `--version`.
pub(crate) fn has(program: &str, version: &str) -> bool {
    output(command(program).arg(version)).is_some()
}

/// The command as one would type it.
fn line(command: &Command) -> String {
    let program = Path::new(command.get_program()).file_name().unwrap_or(command.get_program());
    let mut line = program.to_string_lossy().into_owned();
    for argument in command.get_args() {
        line.push(' ');
        line.push_str(&argument.to_string_lossy());
    }
    line
}

//! How the command fails: one line on standard error, and an exit code.

use std::path::Path;
use std::process::ExitCode;

/// What went wrong, as the user is told.
#[derive(Debug)]
pub(crate) struct Failure {
    code: u8,
    message: String,
}

impl Failure {
    /// The command line makes no sense.
    pub(crate) fn usage(message: impl Into<String>) -> Self {
        Self { code: 2, message: message.into() }
    }

    /// A file could not be read.
    pub(crate) fn input(file: &Path, message: impl AsRef<str>, hint: impl AsRef<str>) -> Self {
        Self { code: 3, message: format!("{}: {}", file.display(), sentences(message, hint)) }
    }

    /// A file could not be written.
    pub(crate) fn output(file: &Path, message: impl AsRef<str>, hint: impl AsRef<str>) -> Self {
        Self { code: 4, message: format!("{}: {}", file.display(), sentences(message, hint)) }
    }

    /// There is no key, or the provider does not accept it.
    pub(crate) fn key(message: impl AsRef<str>, hint: impl AsRef<str>) -> Self {
        Self { code: 5, message: sentences(message, hint) }
    }

    /// The run failed.
    pub(crate) fn run(message: impl AsRef<str>, hint: impl AsRef<str>) -> Self {
        Self { code: 6, message: sentences(message, hint) }
    }

    /// The user cancelled.
    pub(crate) fn cancelled() -> Self {
        Self { code: 130, message: "Cancelled. Nothing was written.".to_owned() }
    }

    /// Tells it on standard error, in one line.
    pub(crate) fn tell(&self) -> ExitCode {
        let line: Vec<&str> = self.message.split_whitespace().collect();
        eprintln!("tailorbird: {}", line.join(" "));
        ExitCode::from(self.code)
    }
}

fn sentences(message: impl AsRef<str>, hint: impl AsRef<str>) -> String {
    let (message, hint) = (message.as_ref().trim(), hint.as_ref().trim());
    let stop = if message.ends_with(['.', '!', '?']) { "" } else { "." };
    if hint.is_empty() { format!("{message}{stop}") } else { format!("{message}{stop} {hint}") }
}

//! Starting the program, and finding files for it.

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;
use unicode_normalization::UnicodeNormalization;

/// What the program did.
pub(crate) struct Done {
    pub(crate) code: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Done {
    /// Standard output as JSON.
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.stdout)
            .unwrap_or_else(|error| panic!("{error}: {}\n{}", self.stdout, self.stderr))
    }

    /// Standard output as events, one a line.
    pub(crate) fn events(&self) -> Vec<Value> {
        self.stdout.lines().map(|line| serde_json::from_str(line).expect("one JSON object a line")).collect()
    }

    /// Itself, where the program ended as expected.
    pub(crate) fn expect_code(self, code: i32) -> Self {
        assert_eq!(self.code, code, "stdout: {}\nstderr: {}", self.stdout, self.stderr);
        self
    }
}

/// The program, in a world without keys and keychains.
pub(crate) fn command() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tailorbird"));
    command
        .current_dir(root())
        .env_remove("ANTHROPIC_API_KEY")
        .env_remove("OPENAI_API_KEY")
        .env_remove("GEMINI_API_KEY")
        .env_remove("TAILORBIRD_PRICES")
        .env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent")
        .stdin(Stdio::null());
    command
}

/// Runs the program to its end.
pub(crate) fn tailorbird<I: AsRef<std::ffi::OsStr>>(arguments: impl IntoIterator<Item = I>) -> Done {
    finished(command().args(arguments).output().expect("the program starts"))
}

/// What a process did.
pub(crate) fn finished(output: Output) -> Done {
    Done {
        code: output.status.code().expect("an exit code, not a signal"),
        stdout: String::from_utf8(output.stdout).expect("UTF-8"),
        stderr: String::from_utf8(output.stderr).expect("UTF-8"),
    }
}

/// The root of the project.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../..").canonicalize().expect("the root of the project")
}

/// The folder of the larger test sets; says so where there is none.
pub(crate) fn shared() -> Option<PathBuf> {
    let shared =
        std::env::var_os("TAILORBIRD_SHARED").map_or_else(|| root().join("../shared"), PathBuf::from);
    if shared.is_dir() {
        return Some(shared);
    }
    assert!(std::env::var_os("TAILORBIRD_REQUIRE_SHARED").is_none(), "../shared is required here");
    println!("skipped: no ../shared beside the project");
    None
}

/// A text with all that layouts may change taken away: compatibility forms, white space, hyphens.
pub(crate) fn bare(text: &str) -> String {
    text.nfkc()
        .filter(|letter| !letter.is_whitespace() && !"-\u{ad}\u{2010}\u{2011}".contains(*letter))
        .collect()
}

/// The id of the block whose text holds these words.
pub(crate) fn block(blocks: &Value, words: &str) -> String {
    blocks["blocks"]
        .as_array()
        .expect("a list of blocks")
        .iter()
        .find(|block| block["text"].as_str().is_some_and(|text| text.contains(words)))
        .and_then(|block| block["id"].as_str())
        .unwrap_or_else(|| panic!("no block with {words:?} in {blocks}"))
        .to_owned()
}

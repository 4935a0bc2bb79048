//! `cargo xtask test`: everything.

use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Command, Stdio};

use crate::Outcome;
use crate::shell::{command, has, root, run};
use crate::{system, ui};

/// How many tests passed, failed and were skipped.
#[derive(Clone, Copy, Default)]
struct Totals {
    passed: u64,
    failed: u64,
    skipped: u64,
    /// Tests that passed and said that they had nothing to read.
    said_skipped: u64,
}

/// Sets up what tests need and runs all of them: the page's, the crates', the command's, the real window's.
pub(crate) fn test() -> Outcome {
    system::install(&[system::BUILD, system::TEST])?;
    ui::build()?;

    let mut totals = Totals::default();
    let mut failures = Vec::new();
    let mut part = |what: &'static str, command: &mut Command| -> Outcome {
        if let Some(failure) = count(what, command, &mut totals)? {
            failures.push(failure);
        }
        Ok(())
    };

    part("the page's types", &mut ui::npm(&["run", "check", "--silent"]))?;
    part("the page", &mut ui::npm(&["test", "--silent"]))?;
    part(
        "the crates and the command",
        cargo_test().args(["--workspace", "--lib", "--bins", "--test", "*"]).args(not_window()),
    )?;
    if has("xvfb-run", "--help") {
        part("the real window", &mut window())?;
    } else if std::env::var_os("TAILORBIRD_REQUIRE_WINDOW").is_some() {
        return Err("the real window's tests are required here, and xvfb-run is missing".to_owned());
    } else {
        println!("skipped: the real window's tests need Xvfb, which is set up on Debian and Ubuntu only");
        totals.skipped += 1;
    }

    if !shared().is_dir() {
        println!(
            "skipped: ../shared is not beside the project, so the suites that read it did not run their full \
             sets: provider recordings, resumes and postings of the corpus, labelled edits. The project's own \
             small fixtures were used"
        );
    }
    if !failures.is_empty() {
        println!("Failed: {}", failures.join(", "));
    }
    let passed = totals.passed.saturating_sub(totals.said_skipped);
    println!("{passed} passed, {} failed, {} skipped", totals.failed, totals.skipped + totals.said_skipped);
    if failures.is_empty() { Ok(()) } else { Err(format!("tests failed: {}", failures.join(", "))) }
}

/// Runs the window's tests and keeps one of the pictures that they take for the README.
pub(crate) fn picture() -> Outcome {
    system::install(&[system::BUILD, system::TEST])?;
    ui::build()?;
    run(&mut window())?;
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), Into::into);
    let taken = target.join("screenshots").join("review.light.png");
    // The window alone, without the empty screen around it.
    run(command("convert").arg(taken).args(["-trim", "+repage", "-strip", "docs/review.png"]))
}

/// The folder of the larger test sets, there or not.
fn shared() -> PathBuf {
    std::env::var_os("TAILORBIRD_SHARED").map_or_else(|| root().join("../shared"), PathBuf::from)
}

fn has_nextest() -> bool {
    crate::shell::output(command("cargo").args(["nextest", "--version"])).is_some()
}

/// `cargo nextest run` where it is there, `cargo test` where not.
fn cargo_test() -> Command {
    let mut cargo = command("cargo");
    if has_nextest() {
        cargo.args(["nextest", "run", "--no-fail-fast", "--color", "never"]);
        if !shared().is_dir() {
            // Suites that are skipped say so, and would not be heard.
            cargo.args(["--success-output", "final"]);
        }
    } else {
        cargo.args(["test", "--no-fail-fast"]);
    }
    // Without nextest's filters the window's tests are part of every round; they skip themselves without a display.
    cargo.env_remove("DISPLAY").env_remove("TAILORBIRD_REQUIRE_WINDOW");
    cargo
}

/// Leaves the window's tests out of the first round: they need a display of their own.
fn not_window() -> Vec<&'static str> {
    if has_nextest() { vec!["-E", "not binary(desktop) or kind(lib)"] } else { vec![] }
}

/// The window's tests, one after the other, with a display and a session bus that end with them.
fn window() -> Command {
    let mut session = command("dbus-run-session");
    session.args(["--", "xvfb-run", "-a", "-s", "-screen 0 1360x900x24"]);
    let tests = cargo_test();
    session.arg(tests.get_program()).args(tests.get_args());
    session.args(["--package", "tailorbird-desktop", "--test", "desktop"]);
    session.args(if has_nextest() { ["--test-threads", "1"] } else { ["--", "--test-threads=1"] });
    session.env("WEBKIT_DISABLE_DMABUF_RENDERER", "1");
    session
}

/// Runs one part, shows its output, adds up its closing lines. `Some` names the part where it failed.
fn count(
    what: &'static str,
    command: &mut Command,
    totals: &mut Totals,
) -> Result<Option<&'static str>, String> {
    println!("\n== Testing {what}");
    let mut child = command
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|error| format!("the tests of {what} could not be started: {error}"))?;
    let stderr = child.stderr.take();
    // Test runners close on either stream, so both are read, each on its own thread.
    let errors =
        std::thread::spawn(move || stderr.map(|stream| show(stream, Stream::Error)).unwrap_or_default());
    let mut found = child.stdout.take().map(|stream| show(stream, Stream::Output)).unwrap_or_default();
    found.extend(errors.join().unwrap_or_default());
    let status = child.wait().map_err(|error| format!("the tests of {what} did not end well: {error}"))?;
    for part in &found {
        totals.passed += part.passed;
        totals.failed += part.failed;
        totals.skipped += part.skipped;
        totals.said_skipped += part.said_skipped;
    }
    Ok((!status.success()).then_some(what))
}

#[derive(Clone, Copy)]
enum Stream {
    Output,
    Error,
}

fn show(stream: impl std::io::Read, to: Stream) -> Vec<Totals> {
    let mut found = Vec::new();
    for line in BufReader::new(stream).split(b'\n').map_while(Result::ok) {
        let line = String::from_utf8_lossy(&line);
        match to {
            Stream::Output => println!("{line}"),
            Stream::Error => eprintln!("{line}"),
        }
        found.extend(closing_line(&line));
        // A suite that has nothing to read says so and passes; it is counted as what it says.
        if line.trim_start().starts_with("skipped: ") {
            found.push(Totals { said_skipped: 1, ..Totals::default() });
        }
    }
    found
}

/// The totals in a runner's closing line: nextest's, cargo test's, vitest's.
fn closing_line(line: &str) -> Option<Totals> {
    // Below a test's name nextest shows, indented, what the test's own process closed on. It is counted already.
    if line.starts_with(' ') && line.trim_start().starts_with("test result:") {
        return None;
    }
    let line = line.trim();
    let counts =
        line.strip_prefix("test result:").or_else(|| line.strip_prefix("Tests  ")).or_else(|| {
            line.strip_prefix("Summary").and_then(|rest| rest.split_once(" run: ")).map(|(_, counts)| counts)
        })?;
    let words: Vec<&str> = counts
        .split(|letter: char| letter.is_whitespace() || ",;.|()".contains(letter))
        .filter(|word| !word.is_empty())
        .collect();
    let count = |names: &[&str]| {
        words
            .windows(2)
            .filter(|pair| names.contains(&pair[1]))
            .filter_map(|pair| pair[0].parse::<u64>().ok())
            .sum()
    };
    Some(Totals {
        passed: count(&["passed"]),
        failed: count(&["failed", "timed"]),
        skipped: count(&["ignored", "skipped"]),
        said_skipped: 0,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn totals(line: &str) -> Option<(u64, u64, u64)> {
        closing_line(line).map(|totals| (totals.passed, totals.failed, totals.skipped))
    }

    #[test]
    fn closing_lines_of_the_three_runners_are_counted() {
        assert_eq!(
            totals("     Summary [  12.3s] 42 tests run: 40 passed (1 slow), 2 failed, 3 skipped"),
            Some((40, 2, 3))
        );
        assert_eq!(
            totals(
                "test result: FAILED. 7 passed; 1 failed; 2 ignored; 0 measured; 0 filtered out; finished in 0.1s"
            ),
            Some((7, 1, 2))
        );
        assert_eq!(totals("      Tests  1 failed | 9 passed (10)"), Some((9, 1, 0)));
    }

    #[test]
    fn other_lines_are_not() {
        assert_eq!(totals("3 passed the gate"), None);
        assert_eq!(totals("    test result: ok. 1 passed; 0 failed; 0 ignored"), None, "counted by nextest");
    }
}

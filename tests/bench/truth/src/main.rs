//! The lie benchmark: `cargo xtask bench truth [FILE.jsonl]… [--json] [--write]`.
//!
//! 1. [`cases`] reads labelled edits: the shared ones and our own where no file is named.
//! 2. [`score`] runs the truth check on each and counts what it found.
//! 3. [`table`] makes the report of it; [`page`] puts the same tables into `docs/truth.md`.
//!
//! Nothing is asserted here; the floors are in the tests of the crates.

mod cases;
mod page;
mod score;
mod table;

use std::path::PathBuf;
use std::process::ExitCode;

use bench_report::Report;

use crate::cases::Case;
use crate::score::Score;

const USAGE: &str = "cargo xtask bench truth [FILE.jsonl]... [--json] [--write]

  Without a file: ../shared/truth/examples.jsonl (or the folder that TAILORBIRD_SHARED names) and tests/truth/.
  FILE.jsonl  one labelled edit a line: evidence, edited, label, category, lie
  --json      the figures as one JSON object
  --write     puts the figures into docs/truth.md; without a file only";

/// One set of labelled edits: what it is called and where it is.
struct Set {
    name: String,
    about: String,
    files: Vec<PathBuf>,
}

fn main() -> ExitCode {
    match run(std::env::args().skip(1).collect()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            #[expect(clippy::print_stderr, reason = "a benchmark talks to the terminal")]
            {
                eprintln!("{problem}");
            }
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: Vec<String>) -> Result<(), String> {
    let (mut as_json, mut write, mut files) = (false, false, Vec::new());
    for argument in arguments {
        match argument.as_str() {
            "--json" => as_json = true,
            "--write" => write = true,
            "--help" | "-h" => return Err(USAGE.to_owned()),
            flag if flag.starts_with("--") => return Err(format!("`{flag}` is not known.\n\n{USAGE}")),
            file => files.push(PathBuf::from(file)),
        }
    }
    if write && !files.is_empty() {
        return Err("--write is about the sets that everybody has; leave the files out".to_owned());
    }
    let mut report = Report::new("The lie benchmark");
    let sets = if files.is_empty() { usual_sets(&mut report)? } else { named_sets(files) };
    let mut scores = Vec::new();
    for set in &sets {
        let mut read: Vec<Case> = Vec::new();
        for file in &set.files {
            read.extend(cases::read(file)?);
        }
        scores.push((set, Score::of(&read)));
    }
    for (set, score) in &scores {
        let prefix = if scores.len() == 1 { String::new() } else { format!("{}_", set.name) };
        table::tell(&mut report, &prefix, set, score);
    }
    if write {
        page::write(&cases::root().join("docs/truth.md"), &scores)?;
        report.note("docs/truth.md holds these figures now.");
    }
    #[expect(clippy::print_stdout, reason = "a benchmark talks to the terminal")]
    {
        println!("{}", report.text(as_json).trim_end());
    }
    Ok(())
}

/// The shared set, where it is, and our own.
fn usual_sets(report: &mut Report) -> Result<Vec<Set>, String> {
    let mut sets = Vec::new();
    let shared = cases::shared().join("truth/examples.jsonl");
    if shared.is_file() {
        sets.push(Set {
            name: "shared".to_owned(),
            about: "The shared examples".to_owned(),
            files: vec![shared],
        });
    } else {
        report.note(
            "Missing: truth/examples.jsonl of the shared folder. Put it beside the project, or name it in TAILORBIRD_SHARED.",
        );
    }
    sets.push(Set {
        name: "own".to_owned(),
        about: "Our own set, tests/truth".to_owned(),
        files: cases::own()?,
    });
    Ok(sets)
}

fn named_sets(files: Vec<PathBuf>) -> Vec<Set> {
    let name = |file: &PathBuf| {
        let stem = file.file_stem().map_or_else(String::new, |stem| stem.to_string_lossy().into_owned());
        stem.chars().map(|c| if c.is_alphanumeric() { c.to_ascii_lowercase() } else { '_' }).collect()
    };
    let set = |file: PathBuf| Set { name: name(&file), about: file.display().to_string(), files: vec![file] };
    files.into_iter().map(set).collect()
}

//! Benchmarks: each a program under `tests/bench/`, built with optimisation and run with what follows its name.

use crate::Outcome;
use crate::shell::{command, run};

/// A benchmark: its name, its package, and what it measures.
const BENCHES: &[(&str, &str, &str)] = &[
    (
        "docx",
        "bench-docx",
        "edits in the Word documents of a folder: exact, looks kept, opened by LibreOffice [DIR] [--keep DIR]",
    ),
    (
        "export",
        "bench-export",
        "time of a PDF beside other programs, and every template and format read back [DIR]",
    ),
    ("llm", "bench-llm", "showing an answer while it is written, beside parsing it again and again"),
    (
        "match",
        "bench-match",
        "requirements met and missing that the offline engine finds, and the order of its scores [DIR]",
    ),
    (
        "postings",
        "bench-postings",
        "title, employer, must-haves, nice-to-haves and hidden instructions, as read from postings [DIR]",
    ),
    (
        "read",
        "bench-read",
        "how well resumes are read, and how fast: [DIR] [--misses] [--blocks] [--only PART]",
    ),
    (
        "truth",
        "bench-truth",
        "lies found and honest lines accused by the truth check, of labelled edits [FILE.jsonl]",
    ),
];

/// Runs the benchmark that the first argument names; the rest are its own.
pub(crate) fn bench(arguments: &[String]) -> Outcome {
    let Some((name, rest)) = arguments.split_first() else {
        return Err(format!("which one?\n\n{}", list()));
    };
    let Some((_, package, _)) = BENCHES.iter().find(|(known, ..)| known == name) else {
        return Err(format!("there is no benchmark `{name}`.\n\n{}", list()));
    };
    let mut cargo = command("cargo");
    cargo.args(["run", "--quiet", "--profile", "measure", "--package", package, "--"]).args(rest);
    // The figures are all that is printed, so that `--json` gives one object and nothing else.
    if rest.iter().any(|argument| argument == "--json") {
        let status = cargo.status().map_err(|error| format!("cargo could not be started: {error}"))?;
        return if status.success() {
            Ok(())
        } else {
            Err(format!("the benchmark `{name}` failed ({status})"))
        };
    }
    run(&mut cargo)
}

fn list() -> String {
    let names = BENCHES.iter().map(|(name, _, about)| format!("  {name:<10} {about}"));
    let names = names.collect::<Vec<_>>().join("\n");
    format!("cargo xtask bench NAME [ARGUMENTS] [--json]\n\n{names}")
}

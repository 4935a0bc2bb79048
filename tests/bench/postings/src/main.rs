//! Reads postings and compares what was read with what they say.
//!
//! `cargo xtask bench postings [DIR…] [--misses] [--json]`. A folder holds `postings/NAME.truth.json` beside the posting
//! `NAME.*`, as `../shared/corpus` and the set in this package do. Without a folder both are read.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a benchmark for the terminal")]

mod measure;
mod set;

use std::path::PathBuf;
use std::process::ExitCode;

use bench_report::Report;
use measure::{Counts, Measured, measure};

fn main() -> ExitCode {
    let mut folders: Vec<PathBuf> = Vec::new();
    let (mut as_json, mut misses) = (false, false);
    for argument in std::env::args().skip(1) {
        match argument.as_str() {
            "--json" => as_json = true,
            "--misses" => misses = true,
            folder => folders.push(folder.into()),
        }
    }
    if folders.is_empty() {
        folders = set::default_folders();
    }
    let mut report = Report::new("Postings read, against what they say");
    let mut all = Counts::default();
    let mut found: Vec<Measured> = Vec::new();
    for folder in &folders {
        match set::cases(folder) {
            Ok(cases) => found.extend(cases.iter().map(measure)),
            Err(missing) => {
                eprintln!("{missing}");
                return ExitCode::FAILURE;
            }
        }
    }
    for one in &found {
        all.add(one.counts);
    }
    all.tell(&mut report);
    let rows = found.iter().map(Measured::row).collect();
    report.table("files", "By posting: right of all", Measured::COLUMNS, rows);
    let lines: Vec<String> = found.iter().flat_map(|one| one.misses.iter().cloned()).collect();
    if misses {
        report.note(lines.join("\n"));
    } else if !lines.is_empty() {
        report.note(format!("{} misses; --misses lists them.", lines.len()));
    }
    println!("{}", report.text(as_json));
    ExitCode::SUCCESS
}

//! The offline engine's judgement against pairs of resume and posting that are known.
//!
//! `cargo xtask bench match [DIR] [--misses] [--today YYYY-MM-DD] [--json]`. A folder holds `pairs.json`, `people/NAME/`
//! and `postings/NAME.*` with `NAME.truth.json`, as `../shared/corpus` does. Every file of a person that can be read is
//! judged. Without `--today` the day is the latest on which a posting of the folder says that it was posted, else today.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a benchmark for the terminal")]

mod judge;
mod order;
mod set;
mod tally;

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::SystemTime;

use bench_report::Report;

use crate::judge::Judged;
use crate::set::Set;
use crate::tally::Tally;

fn main() -> ExitCode {
    match run() {
        Ok(report) => {
            println!("{report}");
            ExitCode::SUCCESS
        }
        Err(told) => {
            eprintln!("{told}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<String, String> {
    let (mut folder, mut today): (Option<PathBuf>, Option<SystemTime>) = (None, None);
    let (mut as_json, mut misses) = (false, false);
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--json" => as_json = true,
            "--misses" => misses = true,
            "--today" => {
                let day = arguments.next().unwrap_or_default();
                today = Some(set::day(&day).ok_or("--today takes a day: 2025-02-01")?);
            }
            name => folder = Some(name.into()),
        }
    }
    let set = Set::read(&folder.map_or_else(set::shared, Ok)?, today)?;
    let mut report = Report::new("What the offline engine finds that a resume shows of a posting");
    let mut all = Tally::default();
    let mut rows = Vec::new();
    let mut told = Vec::new();
    let mut judged: Vec<Judged> = Vec::new();
    for pair in &set.pairs {
        let posting = set.posting(&pair.posting)?;
        let mut tally = Tally::default();
        let mut scores = Vec::new();
        for (file, resume) in set.resumes(&pair.resume)? {
            let evaluation = judge::evaluation(&resume, posting, set.today);
            tally.count(pair, &file, &evaluation, &mut told);
            scores.push(evaluation.match_score);
        }
        rows.push(tally.row(pair, &scores));
        all.add(&tally);
        judged.push(Judged { pair: pair.clone(), scores });
    }
    report.figure("pairs", "Pairs", set.pairs.len(), "");
    report.figure(
        "files",
        "Resume files judged",
        judged.iter().map(|one| one.scores.len()).sum::<usize>(),
        "",
    );
    all.tell(&mut report);
    order::tell(&set, &judged, &mut report)?;
    report.table("by_pair", "By pair, over all files of the person", tally::COLUMNS, rows);
    if misses {
        told.sort();
        told.dedup();
        report.note(told.join("\n"));
    } else if !told.is_empty() {
        report.note("--misses lists what was not found.");
    }
    Ok(report.text(as_json))
}

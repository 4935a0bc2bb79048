//! `cargo xtask bench read [DIR] [--json] [--misses] [--blocks] [--only PART] [--runs N] [--markdown]`: how well resumes are read, and how
//! fast.

mod time;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use bench_read::{Measure, Share, measure, people};
use bench_report::Report;
use serde_json::Value;

/// What was asked for.
#[expect(clippy::struct_excessive_bools, reason = "each is an option of the command line")]
struct Wishes {
    folder: PathBuf,
    json: bool,
    misses: bool,
    blocks: bool,
    only: Option<String>,
    /// The table of formats as Markdown, for docs/formats.md.
    markdown: bool,
    /// How often each file is read for its time.
    runs: usize,
}

fn wishes() -> Result<Wishes, String> {
    let mut wishes = Wishes {
        folder: shared(),
        json: false,
        misses: false,
        blocks: false,
        only: None,
        markdown: false,
        runs: 5,
    };
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--json" => wishes.json = true,
            "--misses" => wishes.misses = true,
            "--markdown" => wishes.markdown = true,
            "--blocks" => wishes.blocks = true,
            "--only" => wishes.only = arguments.next(),
            "--runs" => {
                let runs = arguments.next().and_then(|runs| runs.parse().ok());
                wishes.runs = runs.filter(|runs| *runs > 0).ok_or("`--runs` takes a number from 1")?;
            }
            other if other.starts_with('-') => {
                return Err(format!(
                    "`{other}` is not known. Use: bench read [DIR] [--json] [--misses] [--blocks] [--only PART] [--runs N] [--markdown]"
                ));
            }
            folder => wishes.folder = PathBuf::from(folder),
        }
    }
    Ok(wishes)
}

/// The shared set, where no folder is named.
fn shared() -> PathBuf {
    std::env::var_os("TAILORBIRD_SHARED")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../../shared"), PathBuf::from)
        .join("corpus")
}

#[expect(clippy::print_stdout, clippy::print_stderr, reason = "a benchmark tells what it found")]
fn main() -> ExitCode {
    let report = wishes().and_then(|wishes| Ok((run(&wishes)?, wishes.json)));
    match report {
        Ok((report, json)) => {
            print!("{}", report.text(json));
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

/// The figures of some files together.
#[derive(Default)]
struct Sum {
    files: usize,
    measure: Measure,
    micros: u128,
}

/// Takes one share out of a measure.
type Figure = fn(&Measure) -> Share;

/// The figures that stand in each table, with the head of their column.
const FIGURES: [(&str, Figure); 14] = [
    ("recall", |of| of.recall),
    ("precision", |of| of.precision),
    ("order", |of| of.order),
    ("blocks", |of| of.blocks),
    ("read right", |of| of.blocks_read),
    ("lines", |of| of.lines),
    ("headings", |of| of.headings),
    ("kinds", |of| of.kinds),
    ("contacts", |of| of.contacts),
    ("titles", |of| of.titles),
    ("organisations", |of| of.organisations),
    ("dates", |of| of.dates),
    ("entries", |of| of.entries),
    ("entries read right", |of| of.entries_read),
];

fn rounded(share: Share) -> Value {
    if share.all == 0 { Value::Null } else { ((share.value() * 1000.0).round() / 1000.0).into() }
}

fn row(name: String, files: Option<usize>, measure: &Measure, micros: u128) -> Vec<Value> {
    let mut row: Vec<Value> = vec![name.into()];
    row.extend(files.map(Value::from));
    row.extend(FIGURES.iter().map(|(_, of)| rounded(of(measure))));
    row.push(milliseconds(micros));
    row
}

#[expect(clippy::cast_precision_loss, reason = "far below the limit")]
fn milliseconds(micros: u128) -> Value {
    ((micros as f64 / 10.0).round() / 100.0).into()
}

/// A table for a page of documentation, and nothing else. Times differ from run to run and are left out.
fn markdown(heads: &[&str], rows: &[Vec<Value>]) -> Report {
    let heads = &heads[..heads.len() - 1];
    let mut table = format!("| {} |\n|{}", heads.join(" | "), " --- |".repeat(heads.len()));
    for row in rows {
        let cells = row.iter().take(heads.len()).map(|cell| match cell {
            Value::Null => "–".to_owned(),
            Value::String(text) => text.clone(),
            other => other.to_string(),
        });
        let _ = write!(table, "\n| {} |", cells.collect::<Vec<_>>().join(" | "));
    }
    Report::new(table)
}

fn run(wishes: &Wishes) -> Result<Report, String> {
    let mut report = Report::new(format!("Reading of {}", wishes.folder.display()));
    let mut by_format: BTreeMap<String, Sum> = BTreeMap::new();
    let mut all = Sum::default();
    let mut columns = Sum::default();
    let mut rows = Vec::new();
    let mut failures: Vec<Vec<Value>> = Vec::new();
    let mut bins = [Share::default(); 10];
    let mut details = String::new();
    let mut pdfs = Vec::new();
    for person in people(&wishes.folder)? {
        for file in &person.files {
            if wishes.only.as_ref().is_some_and(|part| !file.name.contains(part.as_str())) {
                continue;
            }
            let bytes = std::fs::read(&file.path)
                .map_err(|error| format!("{} could not be read ({error})", file.path.display()))?;
            let reading = match formats::read_resume(&bytes, Some(&file.name)) {
                Ok(reading) => reading,
                Err(error) => {
                    failures.push(vec![file.name.clone().into(), error.to_string().into()]);
                    continue;
                }
            };
            let micros = time::median(wishes.runs, || {
                let _ = formats::read_resume(&bytes, Some(&file.name));
            });
            let found = measure(&person.truth, &reading.resume, &reading.outline, file.json_resume);
            for (right, sure) in found.right_blocks.iter().zip(&reading.confidence.blocks) {
                #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 9")]
                let bin = ((sure * 10.0) as usize).min(9);
                bins[bin].right += usize::from(*right);
                bins[bin].all += 1;
            }
            if wishes.misses || wishes.blocks {
                let _ = writeln!(details, "\n{}", file.name);
            }
            if wishes.blocks {
                for (block, sure) in reading.resume.blocks.iter().zip(&reading.confidence.blocks) {
                    let kind = format!("{:?}", block.kind);
                    let _ = writeln!(details, "    {sure:.2} {kind:14} {}", block.text);
                }
                for doubt in &reading.doubts {
                    let _ = writeln!(details, "    ? {}", doubt.question);
                }
            }
            if wishes.misses {
                for miss in &found.misses {
                    let _ = writeln!(details, "    {miss}");
                }
            }
            let format = reading.format.to_string();
            if format.contains("PDF") || file.path.extension().is_some_and(|ending| ending == "pdf") {
                pdfs.push((file.clone(), micros));
            }
            rows.push(row(file.name.trim_start_matches("people/").to_owned(), None, &found, micros));
            for sum in [&mut all, by_format.entry(format).or_default()] {
                sum.files += 1;
                sum.measure.add(&found);
                sum.micros += micros;
            }
            if matches!(file.layout.as_str(), "two-column" | "sidebar")
                && file.path.extension().is_some_and(|ending| ending == "pdf")
            {
                columns.files += 1;
                columns.measure.add(&found);
                columns.micros += micros;
            }
        }
    }
    let mut heads = vec!["file"];
    heads.extend(FIGURES.iter().map(|(head, _)| *head));
    heads.push("ms");
    report.table("files", "By file", &heads, rows);
    heads[0] = "format";
    heads.insert(1, "files");
    let mean = |sum: &Sum| sum.micros / (sum.files.max(1) as u128);
    let mut rows: Vec<Vec<Value>> = by_format
        .iter()
        .map(|(format, sum)| row(format.clone(), Some(sum.files), &sum.measure, mean(sum)))
        .collect();
    if columns.files > 0 {
        rows.push(row("PDF with columns".to_owned(), Some(columns.files), &columns.measure, mean(&columns)));
    }
    rows.push(row("all".to_owned(), Some(all.files), &all.measure, mean(&all)));
    if wishes.markdown {
        return Ok(markdown(&heads, &rows));
    }
    report.table("formats", "By format", &heads, rows);
    if !failures.is_empty() {
        report.table("not_read", "Not read", &["file", "why"], failures);
    }
    let calibration = bins
        .iter()
        .enumerate()
        .filter(|(_, share)| share.all > 0)
        .map(|(bin, share)| vec![format!("0.{bin} and more").into(), share.all.into(), rounded(*share)]);
    report.table(
        "confidence",
        "Blocks by confidence",
        &["confidence", "blocks", "right"],
        calibration.collect(),
    );
    report.figure("names", "Names right", rounded(all.measure.name), "");
    report.figure("private", "Mail and phone kept back", rounded(all.measure.private), "");
    time::compare(&mut report, &pdfs, wishes.runs);
    if !details.is_empty() {
        report.note(details);
    }
    Ok(report)
}

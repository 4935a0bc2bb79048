//! Time of a reading beside that of other programs, in the same run.

use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::Instant;

use bench_read::File;
use bench_report::Report;
use formats::ReadOptions;
use reader::Reader;
use serde_json::Value;

/// The middle of some runs, in microseconds.
pub(crate) fn median(runs: usize, mut once: impl FnMut()) -> u128 {
    let mut times: Vec<u128> = (0..runs)
        .map(|_| {
            let start = Instant::now();
            once();
            start.elapsed().as_micros()
        })
        .collect();
    times.sort_unstable();
    times[runs / 2]
}

/// The time of a whole process; `None` where it cannot be run.
fn process(program: &std::ffi::OsStr, arguments: &[&std::ffi::OsStr]) -> Option<u128> {
    let run = || {
        Command::new(program)
            .args(arguments)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status()
            .is_ok_and(|status| status.success())
    };
    run().then(|| {
        median(7, || {
            let _ = run();
        })
    })
}

/// The command line, built as this benchmark is, beside it.
fn command() -> Option<PathBuf> {
    let here = std::env::current_exe().ok()?;
    let path = here.with_file_name(format!("tailorbird{}", std::env::consts::EXE_SUFFIX));
    path.is_file().then_some(path)
}

/// The time of a reading from here in a process of its own, as the window has it.
fn isolated(reader: &Reader, file: &File) -> Option<u128> {
    let bytes = std::fs::read(&file.path).ok()?;
    let read = || reader.read_resume(&bytes, Some(&file.name), &ReadOptions::default()).is_ok();
    read().then(|| {
        median(7, || {
            let _ = read();
        })
    })
}

/// Adds the times of PDFs: read in this process, in a process of its own started from here, by the whole command
/// `tailorbird read` (which starts another process to read), and by the whole process of `pdftotext`.
pub(crate) fn compare(report: &mut Report, pdfs: &[(File, u128)]) {
    if pdfs.is_empty() {
        return;
    }
    let command = command();
    let reader = Reader::of_programs(std::env::current_exe().into_iter().collect());
    let mut rows = Vec::new();
    let mut sums = [0u128; 4];
    let mut whole = true;
    for (file, here) in pdfs {
        let path = file.path.as_os_str();
        let theirs = process("pdftotext".as_ref(), &["-layout".as_ref(), path, "-".as_ref()]);
        let apart = isolated(&reader, file);
        let typed =
            command.as_ref().and_then(|command| process(command.as_os_str(), &["read".as_ref(), path]));
        whole &= theirs.is_some() && apart.is_some() && (typed.is_some() || command.is_none());
        for (sum, time) in sums.iter_mut().zip([Some(*here), apart, theirs, typed]) {
            *sum += time.unwrap_or_default();
        }
        let shown = |time: Option<u128>| time.map_or(Value::Null, super::milliseconds);
        let name = file.name.trim_start_matches("people/").to_owned();
        rows.push(vec![name.into(), shown(Some(*here)), shown(apart), shown(typed), shown(theirs)]);
    }
    report.table(
        "times",
        "Time of PDFs, ms",
        &["file", "in process", "isolated", "tailorbird read", "pdftotext"],
        rows,
    );
    #[expect(clippy::cast_precision_loss, reason = "far below the limit")]
    let ratio = |of: u128| ((of as f64 / sums[2].max(1) as f64) * 100.0).round() / 100.0;
    if sums[2] > 0 {
        report.figure("time_in_process", "Time in process, of pdftotext's", ratio(sums[0]), "×");
    } else {
        report.note("pdftotext is not installed, so that there is nothing to compare the times with.");
    }
    if sums[1] > 0 && sums[2] > 0 {
        report.figure("time_isolated", "Time isolated, of pdftotext's", ratio(sums[1]), "×");
    }
    if sums[3] > 0 && sums[2] > 0 {
        report.figure("time_command", "Time of tailorbird read, of pdftotext's", ratio(sums[3]), "×");
    }
    if command.is_none() {
        report.note(
            "The command is not built: `cargo build --profile measure --package cli`, then its time is told too.",
        );
    } else if !whole {
        report.note("Some times are missing, because the program did not read the file.");
    }
}

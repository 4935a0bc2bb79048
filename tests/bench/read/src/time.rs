//! Time of a reading beside that of other programs, in the same run.

use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::Instant;

use bench_read::File;
use bench_report::Report;
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
fn process(program: &std::ffi::OsStr, arguments: &[&std::ffi::OsStr], runs: usize) -> Option<u128> {
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
        median(runs, || {
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

/// Adds the times of PDFs: read in this process, by `tailorbird read` (a process of its own that reads in another
/// one), and by the whole process of `pdftotext`.
pub(crate) fn compare(report: &mut Report, pdfs: &[(File, u128)], runs: usize) {
    if pdfs.is_empty() {
        return;
    }
    let command = command();
    let mut rows = Vec::new();
    let mut sums = [0u128; 3];
    let mut whole = true;
    for (file, here) in pdfs {
        let path = file.path.as_os_str();
        let theirs = process("pdftotext".as_ref(), &["-layout".as_ref(), path, "-".as_ref()], runs);
        let isolated =
            command.as_ref().and_then(|command| process(command.as_os_str(), &["read".as_ref(), path], runs));
        whole &= theirs.is_some() && isolated.is_some();
        for (sum, time) in sums.iter_mut().zip([Some(*here), isolated, theirs]) {
            *sum += time.unwrap_or_default();
        }
        let shown = |time: Option<u128>| time.map_or(Value::Null, super::milliseconds);
        let name = file.name.trim_start_matches("people/").to_owned();
        rows.push(vec![name.into(), shown(Some(*here)), shown(isolated), shown(theirs)]);
    }
    report.table("times", "Time of PDFs, ms", &["file", "in process", "tailorbird read", "pdftotext"], rows);
    #[expect(clippy::cast_precision_loss, reason = "far below the limit")]
    let ratio = |of: u128| ((of as f64 / sums[2].max(1) as f64) * 100.0).round() / 100.0;
    if sums[2] > 0 {
        report.figure("time_in_process", "Time in process, of pdftotext's", ratio(sums[0]), "×");
    } else {
        report.note("pdftotext is not installed, so that there is nothing to compare the times with.");
    }
    if sums[1] > 0 && sums[2] > 0 {
        report.figure("time_isolated", "Time of tailorbird read, of pdftotext's", ratio(sums[1]), "×");
    }
    if command.is_none() {
        report.note(
            "The command is not built: `cargo build --profile measure --package cli`, then its time is told too.",
        );
    } else if !whole {
        report.note("Some times are missing, because the program did not read the file.");
    }
}

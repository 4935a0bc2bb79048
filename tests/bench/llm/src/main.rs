//! What it costs to show an answer while it is written: `cargo xtask bench llm [--json]`.
//!
//! An answer of the implementation stage, 30 KB long, comes in deltas of 4 bytes, as if it were written over 18 s, and
//! is shown at 10 Hz. Measured is processor time, not time on the wall: from a delta's bytes to the JSON of the event
//! that the window gets. Beside it stand
//!
//! - (a) one plain parse of the finished answer by `serde_json`,
//! - (b) `jiter` parsing all that has come again at every delta,
//! - (c) `jiter` parsing all that has come again at 10 Hz,
//!
//! none of which knows which values are done, types them, or writes an event; and the same for ten times the length.
//! Each figure is the median of several runs.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a benchmark tells what it found")]

mod answer;
mod jiter_again;
mod ours;

use std::process::ExitCode;
use std::time::Duration;

use bench_report::Report;
use cpu_time::ThreadTime;
use peak_alloc::PeakAlloc;
use serde_json::{Value, json};

use crate::ours::Told;

#[global_allocator]
static ALLOCATOR: PeakAlloc = PeakAlloc;

/// Bytes of the shorter answer, about.
const SHORT: usize = 30_000;
/// How much longer the other one is.
const TIMES: usize = 10;
/// Bytes of a delta.
pub(crate) const DELTA: usize = 4;
/// How long the shorter answer is written.
const WRITTEN: Duration = Duration::from_secs(18);
/// How often it is shown.
pub(crate) const TICK: Duration = Duration::from_millis(100);

fn main() -> ExitCode {
    let mut as_json = false;
    for argument in std::env::args().skip(1) {
        match argument.as_str() {
            "--json" => as_json = true,
            other => {
                eprintln!("bench llm knows no {other}. It takes --json and nothing else.");
                return ExitCode::from(2);
            }
        }
    }
    println!("{}", report().text(as_json).trim_end());
    ExitCode::SUCCESS
}

/// What was found for one length.
struct Found {
    bytes: usize,
    ours: f64,
    wire: f64,
    told: Told,
    serde: f64,
    every_delta: f64,
    ticks: f64,
    peak_kb: f64,
    peak_jiter_kb: f64,
}

fn report() -> Report {
    let short = measure(SHORT, WRITTEN, 15);
    let long = measure(SHORT * TIMES, WRITTEN * u32::try_from(TIMES).unwrap_or(u32::MAX), 5);
    let mut report = Report::new("An answer shown while it is written (processor time)");
    report.figure("cpu_ms", "From bytes to the event's JSON, 30 KB", round(short.ours), "ms");
    report.figure("cpu_ms_times_ten", "The same for ten times the length", round(long.ours), "ms");
    report.figure("growth", "Times the time for ten times the length", round(long.ours / short.ours), "");
    report.figure("share_of_jiter_at_10_hz", "Of what (c) takes", round(short.ours / short.ticks), "");
    report.figure(
        "share_of_jiter_times_ten",
        "Of what (c) takes, ten times the length",
        round(long.ours / long.ticks),
        "",
    );
    let row = |what: &str, of: fn(&Found) -> Value| vec![what.into(), of(&short), of(&long)];
    let length = |found: &Found| format!("{} KB", found.bytes / 1_000);
    let columns = ["what", &length(&short), &length(&long)];
    report.table(
        "table",
        "Milliseconds of processor time, and what came of them",
        &columns,
        vec![
            row("ours: answer to events, ms", |found| json!(round(found.ours))),
            row("ours, from Anthropic's wire on, ms", |found| json!(round(found.wire))),
            row("(a) serde_json, once at the end, ms", |found| json!(round(found.serde))),
            row("(b) jiter again at every delta, ms", |found| json!(round(found.every_delta))),
            row("(c) jiter again at 10 Hz, ms", |found| json!(round(found.ticks))),
            row("events", |found| json!(found.told.events)),
            row("fields and items that were done at once", |found| json!(found.told.done)),
            row("bytes of all events", |found| json!(found.told.bytes)),
            row("peak of memory, ours, KB", |found| json!(round(found.peak_kb))),
            row("peak of memory, (c), KB", |found| json!(round(found.peak_jiter_kb))),
        ],
    );
    report.note(
        "Ours tells each done field at once, so there are more events than ticks of 10 Hz. (b) and (c) only parse: they \
         type nothing, know not what is done, and write no event.",
    );
    report
}

fn measure(bytes: usize, written: Duration, runs: usize) -> Found {
    let answer = answer::of(bytes);
    let ticks = usize::try_from(written.as_millis() / TICK.as_millis()).unwrap_or(1).max(1);
    let (peak_kb, told) = peak(|| ours::from_text(&answer, ticks));
    let (peak_jiter_kb, ()) = peak(|| jiter_again::at_ticks(&answer, ticks));
    let wire = ours::on_the_wire(&answer);
    Found {
        bytes: answer.len(),
        ours: cpu(runs, || ours::from_text(&answer, ticks)),
        wire: cpu(runs, || ours::from_wire(&wire, ticks)),
        serde: cpu(runs * 5, || serde_json::from_str::<pipeline::Implementation>(&answer).map(|_| ())),
        every_delta: cpu(1, || jiter_again::at_every_delta(&answer)),
        ticks: cpu(runs, || jiter_again::at_ticks(&answer, ticks)),
        told,
        peak_kb,
        peak_jiter_kb,
    }
}

/// The median of the processor time of a piece of work, in ms. The first run is not counted, unless it is the only.
fn cpu<R>(runs: usize, work: impl Fn() -> R) -> f64 {
    let once = || {
        let begun = ThreadTime::now();
        std::hint::black_box(work());
        begun.elapsed().as_secs_f64() * 1e3
    };
    let first = once();
    let mut times: Vec<f64> = if runs > 1 { (0..runs).map(|_| once()).collect() } else { vec![first] };
    times.sort_unstable_by(f64::total_cmp);
    times[times.len() / 2]
}

/// The most memory that a piece of work holds at any moment beyond what was there before, in KB; and its result.
fn peak<R>(work: impl Fn() -> R) -> (f64, R) {
    ALLOCATOR.reset_peak_usage();
    let before = ALLOCATOR.peak_usage_as_kb();
    let result = work();
    (f64::from(ALLOCATOR.peak_usage_as_kb() - before), result)
}

fn round(figure: f64) -> f64 {
    (figure * 1_000.0).round() / 1_000.0
}

//! How long a PDF takes: cold as a process of its own, and warm after one edit; beside other programs.

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::time::{Duration, Instant};

use bench_report::Report;
use exports::{Design, Target, typeset, write};
use resume::{BlockKind, Resume};
use serde_json::Value;

use crate::{Named, others};

/// How often each thing is timed; the middle one counts.
const TIMES: usize = 5;

/// Adds the times of a resume of two pages, or of the longest there is.
pub(crate) fn add(
    report: &mut Report,
    files: &[PathBuf],
    folder: &Path,
    resumes: &[Named],
) -> Result<(), String> {
    let pages = |resume: &Resume| typeset(resume, &Design::default()).map_or(0, |set| set.pages());
    let two = resumes.iter().find(|(_, resume)| pages(resume) == 2);
    let longest = resumes.iter().max_by_key(|(_, resume)| resume.blocks.len());
    let Some((name, resume)) = two.or(longest) else { return Ok(()) };
    let Some(file) = files.iter().find(|file| file.strip_prefix(folder).is_ok_and(|own| own.ends_with(name)))
    else {
        return Ok(());
    };
    report.figure("timed", "Timed with", format!("{name}, {} pages", pages(resume)), "");
    let place = tempfile::tempdir().map_err(|error| format!("no place for temporary files: {error}"))?;
    let out = place.path().join("ours.pdf");
    let program = std::env::current_exe().map_err(|error| error.to_string())?;
    let ours = middle(|| run(Command::new(&program).arg("--child").arg(file).arg(&out)));
    let mut rows = vec![vec!["Tailorbird, reading included".into(), milliseconds(ours)]];
    for (name, mut command) in others::commands(resume, place.path())? {
        rows.push(vec![name.into(), milliseconds(middle(|| run(&mut command)))]);
    }
    report.table("cold", "A PDF by a process of its own", &["program", "ms"], rows);
    report.figure("warm_ms", "The pages again after an edit", warm(resume, false), "ms");
    report.figure("warm_pdf_ms", "With the PDF file", warm(resume, true), "ms");
    for target in Target::ALL {
        let once = middle(|| {
            let begin = Instant::now();
            write(resume, target).ok().map(|_| begin.elapsed())
        });
        let key = format!("write_{}_ms", target.extension());
        report.figure(&key, &format!("Writing {target} again, nothing changed"), milliseconds(once), "ms");
    }
    Ok(())
}

/// The program that is timed: reads a resume and writes its PDF.
pub(crate) fn child(file: &Path, out: &Path) -> ExitCode {
    let written = std::fs::read(file).ok().and_then(|bytes| {
        let name = file.file_name().and_then(|name| name.to_str());
        let reading = formats::read_resume(&bytes, name).ok()?;
        let pdf = write(&reading.resume, Target::Pdf).ok()?;
        std::fs::write(out, pdf).ok()
    });
    if written.is_some() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// One edit after the other, as in a review; the middle time of all.
fn warm(resume: &Resume, with_file: bool) -> Value {
    let mut resume = resume.clone();
    let bullets: Vec<usize> = (0..resume.blocks.len())
        .filter(|n| matches!(resume.blocks[*n].kind, BlockKind::Bullet | BlockKind::Paragraph))
        .collect();
    let design = Design::default();
    let mut times = Vec::new();
    for (n, at) in bullets.iter().cycle().take(12).enumerate() {
        resume.blocks[*at].text += &[" and ", &n.to_string(), " more"].concat();
        let begin = Instant::now();
        let Ok(set) = typeset(&resume, &design) else { return Value::Null };
        let done =
            if with_file { set.pdf().is_ok() } else { (0..set.pages()).all(|page| set.svg(page).is_some()) };
        if done {
            times.push(begin.elapsed());
        }
    }
    times.sort();
    milliseconds(times.get(times.len() / 2).copied())
}

fn run(command: &mut Command) -> Option<Duration> {
    let begin = Instant::now();
    let status = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status().ok()?;
    status.success().then(|| begin.elapsed())
}

fn middle(mut once: impl FnMut() -> Option<Duration>) -> Option<Duration> {
    let mut times = Vec::new();
    for _ in 0..TIMES {
        times.push(once()?);
    }
    times.sort();
    times.get(TIMES / 2).copied()
}

fn milliseconds(time: Option<Duration>) -> Value {
    time.map_or(Value::Null, |time| Value::from((time.as_secs_f64() * 1e4).round() / 10.0))
}

//! `cargo xtask bench export [DIR] [--json]`: the time of a PDF beside that of other programs, and every resume under
//! a folder in every template and format, read back.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a command for people, who read its output")]

mod others;
mod read_back;
mod time;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use bench_report::Report;
use resume::Resume;

/// A resume under a folder, with the name of its file.
pub(crate) type Named = (String, Resume);

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    // The process that is timed: one resume, one PDF, nothing else.
    if let [child, file, out] = &arguments[..]
        && child == "--child"
    {
        return time::child(Path::new(file), Path::new(out));
    }
    let json = arguments.iter().any(|argument| argument == "--json");
    let folder = arguments.iter().find(|argument| !argument.starts_with("--")).map(PathBuf::from);
    let folder = folder.unwrap_or_else(|| {
        let shared = std::env::var_os("TAILORBIRD_SHARED");
        shared.map_or_else(|| PathBuf::from("../shared"), PathBuf::from).join("corpus/people")
    });
    match bench(&folder) {
        Ok(report) => {
            println!("{}", report.text(json).trim_end());
            ExitCode::SUCCESS
        }
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}

fn bench(folder: &Path) -> Result<Report, String> {
    let mut files = Vec::new();
    collect(folder, &mut files).map_err(|error| format!("{} cannot be read: {error}", folder.display()))?;
    files.sort();
    let mut resumes: Vec<Named> = Vec::new();
    for file in &files {
        let name = file.strip_prefix(folder).unwrap_or(file).display().to_string();
        let bytes = std::fs::read(file).map_err(|error| format!("{name} cannot be read: {error}"))?;
        if let Ok(reading) = formats::read_resume(&bytes, file.file_name().and_then(|name| name.to_str())) {
            resumes.push((name, reading.resume));
        }
    }
    if resumes.is_empty() {
        return Err(format!("There is no resume under {}.", folder.display()));
    }
    let mut report = Report::new("Documents out of resumes");
    report.figure("resumes", "Resumes", resumes.len(), "");
    time::add(&mut report, &files, folder, &resumes)?;
    read_back::add(&mut report, &resumes)?;
    Ok(report)
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> std::io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, files)?;
        } else if path.file_name().is_some_and(|name| name != "resume.json") {
            files.push(path);
        }
    }
    Ok(())
}

//! `cargo xtask bench docx [DIR] [--keep DIR] [--json]`: edits in every Word document under a folder.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a command for people, who read its output")]

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};

use bench_docx::{Examined, examine};
use bench_report::Report;
use serde_json::Value;

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let (mut folder, mut keep, mut json) = (None, None, false);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--json" => json = true,
            "--keep" => keep = arguments.next().map(PathBuf::from),
            _ => folder = Some(PathBuf::from(argument)),
        }
    }
    let folder = folder.unwrap_or_else(|| {
        let shared = std::env::var_os("TAILORBIRD_SHARED");
        shared.map_or_else(|| PathBuf::from("../shared"), PathBuf::from).join("corpus/people")
    });
    match bench(&folder, keep.as_deref()) {
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

fn bench(folder: &Path, keep: Option<&Path>) -> Result<Report, String> {
    let mut files = Vec::new();
    collect(folder, &mut files).map_err(|error| format!("{} cannot be read: {error}", folder.display()))?;
    if files.is_empty() {
        return Err(format!("There is no Word document under {}.", folder.display()));
    }
    files.sort();
    let temporary = tempfile::tempdir().map_err(|error| format!("no place for temporary files: {error}"))?;
    let place = keep.unwrap_or(temporary.path());
    std::fs::create_dir_all(place).map_err(|error| format!("{} cannot be made: {error}", place.display()))?;
    let (mut rows, mut refused, mut right) = (Vec::new(), Vec::new(), 0_usize);
    let mut documents = Vec::new();
    for (n, file) in files.iter().enumerate() {
        let name = file.strip_prefix(folder).unwrap_or(file).display().to_string();
        let examined =
            std::fs::read(file).map_err(|error| error.to_string()).and_then(|bytes| examine(&bytes));
        match examined {
            Ok(examined) => {
                right += usize::from(examined.is_right());
                for left in &examined.left_alone {
                    let row = [name.clone(), left.edit.to_string(), left.why.to_string()];
                    refused.push(row.map(Value::from).to_vec());
                }
                for (style, bytes) in [("clean", &examined.clean), ("tracked", &examined.tracked)] {
                    let path = place.join(format!("{n:03}-{style}.docx"));
                    std::fs::write(&path, bytes)
                        .map_err(|error| format!("{} cannot be written: {error}", path.display()))?;
                    documents.push(path);
                }
                rows.push(row(name, &examined));
            }
            Err(message) => {
                let mut cells = vec![Value::from(name), Value::from(message)];
                cells.resize(COLUMNS.len(), Value::Null);
                rows.push(cells);
            }
        }
    }
    let opened = office(&documents, place);
    let mut report = Report::new("Edits in people's own Word documents");
    report.figure("documents", "Documents", files.len(), "");
    report.figure("right", "Exact in every respect below", right, "");
    report.figure(
        "libreoffice_given",
        "Documents given to LibreOffice",
        opened.map_or(0, |_| documents.len()),
        "",
    );
    report.figure("libreoffice_opened", "Opened by it", opened.map_or(Value::Null, Value::from), "");
    report.table("files", "By document", COLUMNS, rows);
    report.table("refused", "Edits left alone", &["document", "edit", "why"], refused);
    report.note(
        "parts: parts of the package that are not equal to the byte; tracked changes need comments, and where there \
         were none, the two entries that name them. looks: runs with looks that the original has too.",
    );
    Ok(report)
}

const COLUMNS: &[&str] = &[
    "document",
    "edits",
    "made",
    "parts",
    "parts tracked",
    "looks",
    "clean",
    "accepted",
    "rejected",
    "comments",
];

fn row(name: String, examined: &Examined) -> Vec<Value> {
    let yes = |is: bool| Value::from(if is { "exact" } else { "DIFFERS" });
    vec![
        name.into(),
        examined.tried.into(),
        examined.made.into(),
        examined.parts_clean.len().into(),
        examined.parts_tracked.len().into(),
        format!("{}/{}", examined.looks_kept.0, examined.looks_kept.1).into(),
        yes(examined.clean_exact),
        yes(examined.accepted_exact),
        yes(examined.rejected_exact),
        yes(examined.one_comment_each),
    ]
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> std::io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, files)?;
        } else if path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("docx")) {
            files.push(path);
        }
    }
    Ok(())
}

/// How many documents `LibreOffice` makes a PDF of; `None` where it is not there.
fn office(documents: &[PathBuf], place: &Path) -> Option<usize> {
    let profile = format!("-env:UserInstallation=file://{}", place.join("profile").display());
    let status = Command::new("soffice")
        .args([&profile, "--headless", "--convert-to", "pdf", "--outdir"])
        .arg(place)
        .args(documents)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    status.ok()?;
    Some(documents.iter().filter(|path| path.with_extension("pdf").is_file()).count())
}

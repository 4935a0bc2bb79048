//! Other programs that make a PDF of the same text. One that is not installed has no time.

use std::fs;
use std::path::Path;
use std::process::Command;

use exports::{Target, write};
use resume::{BlockKind, Resume};

/// The programs, each with a command that makes one PDF in `place`.
pub(crate) fn commands(resume: &Resume, place: &Path) -> Result<Vec<(&'static str, Command)>, String> {
    let text = |error: std::io::Error| format!("a temporary file cannot be written: {error}");
    let document = |target| write(resume, target).map_err(|error| error.to_string());
    let (source, page, word) =
        (place.join("resume.typ"), place.join("resume.html"), place.join("resume.docx"));
    fs::write(&source, typst(resume)).map_err(text)?;
    fs::write(&page, document(Target::Html)?).map_err(text)?;
    fs::write(&word, document(Target::Docx)?).map_err(text)?;

    let mut typst = Command::new("python3");
    typst.arg("-c").arg("import sys, typst; typst.compile(sys.argv[1], output=sys.argv[2])");
    typst.arg(&source).arg(place.join("typst.pdf"));

    let mut office = Command::new("soffice");
    office.arg(format!("-env:UserInstallation=file://{}", place.join("profile").display()));
    office.args(["--headless", "--convert-to", "pdf", "--outdir"]).arg(place).arg(&word);

    let mut chromium = Command::new("chromium");
    chromium.args(["--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"]);
    chromium.arg(format!("--user-data-dir={}", place.join("chromium").display()));
    chromium.arg(format!("--print-to-pdf={}", place.join("chromium.pdf").display())).arg(&page);

    Ok(vec![
        ("typst (PyPI), its usual look", typst),
        ("LibreOffice, from our DOCX", office),
        ("Chromium, from our HTML", chromium),
    ])
}

/// The same text as a Typst document.
fn typst(resume: &Resume) -> String {
    let mut out = String::from("#set page(margin: 2cm)\n");
    for block in &resume.blocks {
        let text = block.text.replace('\\', "\\\\").replace('"', "\\\"");
        let line = match block.kind {
            BlockKind::Name => format!("#text(size: 22pt, \"{text}\")\n\n"),
            BlockKind::SectionHeading => format!("#heading(\"{text}\")\n\n"),
            BlockKind::EntryHeading => format!("#heading(level: 2, \"{text}\")\n\n"),
            BlockKind::Bullet => format!("- #\"{text}\"\n"),
            _ => format!("#\"{text}\"\n\n"),
        };
        out.push_str(&line);
    }
    out
}

//! Every resume in every template and format: whether each word comes back, in its order, from our reader and from
//! others.

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use bench_report::Report;
use exports::{Design, Target, Template, WriteError, missing, write_in};
use resume::Resume;
use serde_json::Value;

use crate::Named;

#[derive(Clone, Copy, Default)]
struct Count {
    whole: usize,
    of: usize,
}

impl Count {
    fn add(&mut self, whole: Option<bool>) {
        self.of += usize::from(whole.is_some());
        self.whole += usize::from(whole == Some(true));
    }

    fn cell(self) -> Value {
        if self.of == 0 { Value::Null } else { format!("{}/{}", self.whole, self.of).into() }
    }
}

/// Adds the tables.
pub(crate) fn add(report: &mut Report, resumes: &[Named]) -> Result<(), String> {
    let place = tempfile::tempdir().map_err(|error| format!("no place for temporary files: {error}"))?;
    let (mut rows, mut losses, mut undrawn) = (Vec::new(), Vec::new(), 0_usize);
    for template in Template::ALL {
        for target in Target::ALL {
            // Markdown and text have no looks.
            if matches!(target, Target::Markdown | Target::Text) && template != Template::Plain {
                continue;
            }
            let [mut ours, mut poppler, mut raw, mut pypdf] = [Count::default(); 4];
            for (name, resume) in resumes {
                let bytes = match write_in(resume, target, &Design::of(template)) {
                    Ok(bytes) => bytes,
                    Err(WriteError::MissingGlyphs { .. }) => {
                        undrawn += 1;
                        continue;
                    }
                    Err(error) => return Err(format!("{name} as {target}: {error}")),
                };
                let mut tell = |reader: &str, count: &mut Count, whole: Option<bool>| {
                    count.add(whole);
                    if whole == Some(false) {
                        let row = [name.as_str(), template.id(), target.extension(), reader];
                        losses.push(row.map(Value::from).to_vec());
                    }
                };
                let file = format!("export.{}", target.extension());
                let back = formats::read_resume(&bytes, Some(&file))
                    .map(|reading| missing(resume, &reading.resume).is_whole());
                tell("ours", &mut ours, Some(back.unwrap_or(false)));
                if target == Target::Pdf {
                    let path = place.path().join("export.pdf");
                    std::fs::write(&path, &bytes).map_err(|error| error.to_string())?;
                    let holds = |text: Option<String>| text.map(|text| holds_all(resume, &text));
                    tell("pdftotext", &mut poppler, holds(pdftotext(&bytes, &[])));
                    tell("pdftotext -raw", &mut raw, holds(pdftotext(&bytes, &["-raw"])));
                    tell("pypdf", &mut pypdf, holds(python(&path)));
                }
            }
            rows.push(vec![
                template.id().into(),
                target.extension().into(),
                ours.cell(),
                poppler.cell(),
                raw.cell(),
                pypdf.cell(),
            ]);
        }
    }
    report.figure("not_drawn", "PDFs left out for want of a font", undrawn, "");
    let columns = ["template", "format", "ours", "pdftotext", "pdftotext -raw", "pypdf"];
    report.table("read_back", "Documents from which every word came back in order, of all", &columns, rows);
    report.table("losses", "Those that differ", &["resume", "template", "format", "reader"], losses);
    Ok(())
}

/// The characters that are compared: those that are seen, without hyphens, which readers take for marks of cut words,
/// and in the common form of ligatures.
fn bare(text: &str) -> String {
    text.chars()
        .filter(|c| {
            !c.is_whitespace() && !c.is_control() && !matches!(c, '-' | '\u{ad}' | '\u{200b}'..='\u{200f}')
        })
        .collect()
}

fn holds_all(resume: &Resume, text: &str) -> bool {
    let text = bare(text);
    let mut rest = text.as_str();
    resume.blocks.iter().all(|block| {
        let wanted = bare(&block.text);
        let Some(at) = rest.find(&wanted) else { return false };
        rest = &rest[at + wanted.len()..];
        true
    })
}

fn pdftotext(pdf: &[u8], order: &[&str]) -> Option<String> {
    let mut child = Command::new("pdftotext")
        .args(order)
        .args(["-enc", "UTF-8", "-", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .ok()?;
    let mut stdin = child.stdin.take()?;
    let bytes = pdf.to_vec();
    let feed = std::thread::spawn(move || stdin.write_all(&bytes));
    let output = child.wait_with_output().ok()?;
    feed.join().ok()?.ok()?;
    String::from_utf8(output.stdout).ok()
}

/// What pypdf reads; `None` where it is not installed.
fn python(path: &Path) -> Option<String> {
    let program = "import sys, pypdf\nsys.stdout.reconfigure(encoding='utf-8')\n\
                   print('\\n'.join(page.extract_text() for page in pypdf.PdfReader(sys.argv[1]).pages))";
    let output =
        Command::new("python3").arg("-c").arg(program).arg(path).stderr(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}

//! `tailorbird check`: the truth check on two versions of a resume.

use std::fmt::Write as _;
use std::path::Path;
use std::process::ExitCode;

use resume::truth::{self, ClaimKind};
use resume::{BlockKind, Resume, Standing};
use serde::Serialize;

use crate::args::Check;
use crate::failure::Failure;
use crate::progress::count;
use crate::{files, out};

#[derive(Serialize)]
struct Report<'a> {
    /// Lines of the edited version that were looked at.
    lines: usize,
    /// Claims that nothing in the original supports.
    unsupported: usize,
    /// Claims that the original does not clearly support.
    needs_your_eye: usize,
    findings: Vec<Located<'a>>,
}

/// One claim without a source, with the edited line that it stands in.
#[derive(Serialize)]
struct Located<'a> {
    kind: ClaimKind,
    standing: Standing,
    claim: String,
    line: &'a str,
    /// In bytes of `line`.
    start: usize,
    /// In bytes of `line`.
    end: usize,
    reason: String,
}

/// Prints the claims of the edited version that the original does not support. Exit code 1 where one of
/// them is unsupported.
pub(crate) fn check(arguments: &Check) -> Result<ExitCode, Failure> {
    let (old, new) = arguments.files();
    let original = with_parts_as_text(read(old)?);
    let edited = with_parts_as_text(read(new)?);
    let findings: Vec<Located<'_>> = truth::compare(&original, &edited)
        .into_iter()
        .filter_map(|(block, finding)| {
            let line = edited.blocks.get(block)?.text.as_str();
            Some(Located {
                kind: finding.kind,
                standing: finding.standing,
                claim: finding.claim,
                line,
                start: finding.start,
                end: finding.end,
                reason: finding.reason,
            })
        })
        .collect();
    let unsupported = findings.iter().filter(|finding| finding.standing == Standing::Unsupported).count();
    let report = Report {
        lines: edited.blocks.len(),
        unsupported,
        needs_your_eye: findings.len() - unsupported,
        findings,
    };
    if arguments.json {
        let json = serde_json::to_string_pretty(&report)
            .map_err(|error| Failure::run(format!("The findings could not be put as JSON ({error})"), ""))?;
        out::print(&json)?;
    } else {
        out::print(in_words(&report).trim())?;
    }
    Ok(ExitCode::from(u8::from(report.unsupported > 0)))
}

/// Reads a resume, and says what the reader was not sure of.
fn read(file: &Path) -> Result<Resume, Failure> {
    let resume = files::resume(file)?.resume;
    for warning in &resume.warnings {
        eprintln!("tailorbird: {}: {warning}", file.display());
    }
    Ok(resume)
}

/// A file without a single section heading is a part of a resume. What its first lines are cannot be told by
/// their place then, and a line taken for a name or for contact data would neither be checked nor count.
fn with_parts_as_text(mut resume: Resume) -> Resume {
    if resume.blocks.iter().all(|block| block.kind != BlockKind::SectionHeading) {
        for block in resume.blocks.iter_mut().filter(|block| block.kind.stays_here()) {
            block.kind = BlockKind::Paragraph;
        }
    }
    resume
}

/// The findings below the lines that they are about.
fn in_words(report: &Report<'_>) -> String {
    if report.findings.is_empty() {
        return "Every claim of the edited resume stands in the original.".to_owned();
    }
    let (mut text, mut last) = (String::new(), "");
    for finding in &report.findings {
        if finding.line != last {
            let _ = writeln!(text, "\n{}", finding.line);
            last = finding.line;
        }
        let word = if finding.standing == Standing::Unsupported { "unsupported" } else { "needs your eye" };
        let _ = writeln!(text, "  {word}: {}", finding.reason);
    }
    let _ = write!(
        text,
        "\n{} without a source in {}: {} unsupported, {} for your eye.",
        count(report.findings.len(), "claim"),
        count(report.lines, "line"),
        report.unsupported,
        report.needs_your_eye
    );
    text
}

//! `tailorbird check`: the truth check on two versions of a resume.

use std::fmt::Write as _;
use std::process::ExitCode;

use resume::truth::{self, ClaimKind};
use resume::{BlockKind, Resume, Standing};
use serde::Serialize;

use crate::args::Check;
use crate::failure::Failure;
use crate::{files, out};

#[derive(Serialize)]
struct Report<'a> {
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
    let original = with_parts_as_text(files::resume(&arguments.original)?.resume);
    let edited = with_parts_as_text(files::resume(&arguments.edited)?.resume);
    let report = Report {
        findings: truth::compare(&original, &edited)
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
            .collect(),
    };
    if arguments.json {
        let json = serde_json::to_string_pretty(&report)
            .map_err(|error| Failure::run(format!("The findings could not be put as JSON ({error})"), ""))?;
        out::print(&json)?;
    } else {
        out::print(in_words(&report).trim())?;
    }
    let unsupported = report.findings.iter().any(|finding| finding.standing == Standing::Unsupported);
    Ok(ExitCode::from(u8::from(unsupported)))
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
    text
}

//! `tailorbird read`: what is read from a resume.

use std::fmt::Write as _;
use std::process::ExitCode;

use formats::ReadOptions;
use resume::{BlockKind, Resume};

use crate::args::{As, Read};
use crate::failure::Failure;
use crate::{files, out};

/// Prints the blocks of a resume.
pub(crate) fn read(arguments: &Read) -> Result<ExitCode, Failure> {
    let options = match &arguments.password_file {
        Some(file) => files::password(file)?,
        None => ReadOptions::default(),
    };
    let reading = files::resume_with(&arguments.file, &options)?;
    if let Some(As::JsonResume) = arguments.format {
        let json = serde_json::to_string_pretty(&exports::json_resume_of(
            &reading.resume,
            &reading.outline,
            &reading.links,
        ))
        .map_err(|error| Failure::run(format!("The resume could not be put as JSON ({error})"), ""))?;
        out::print(&json)?;
        for warning in &reading.resume.warnings {
            eprintln!("tailorbird: {warning}");
        }
    } else if arguments.json {
        let json = serde_json::to_string_pretty(&reading.resume)
            .map_err(|error| Failure::run(format!("The blocks could not be put as JSON ({error})"), ""))?;
        out::print(&json)?;
    } else {
        out::print(lines(&reading.resume).trim_end())?;
        for warning in &reading.resume.warnings {
            eprintln!("tailorbird: {warning}");
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// One line a block, and a blank one before each section.
fn lines(resume: &Resume) -> String {
    let mut lines = String::new();
    for block in &resume.blocks {
        let above = if block.kind == BlockKind::SectionHeading { "\n" } else { "" };
        let kind = word(block.kind);
        let _ = writeln!(lines, "{above}{:>5}  {kind:<10} {}", block.id.as_str(), block.text);
    }
    lines
}

fn word(kind: BlockKind) -> &'static str {
    match kind {
        BlockKind::Name => "name",
        BlockKind::Contact => "contact",
        BlockKind::SectionHeading => "heading",
        BlockKind::EntryHeading => "entry",
        BlockKind::Bullet => "bullet",
        BlockKind::Paragraph => "paragraph",
        BlockKind::SkillsLine => "skills",
        BlockKind::Other => "other",
    }
}

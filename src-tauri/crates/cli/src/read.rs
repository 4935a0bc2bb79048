//! `tailorbird read`: what is read from a resume.

use std::process::ExitCode;

use resume::{BlockKind, Resume};

use crate::args::Read;
use crate::failure::Failure;
use crate::files;

/// Prints the blocks of a resume.
pub(crate) fn read(arguments: &Read) -> Result<ExitCode, Failure> {
    let reading = files::resume(&arguments.file)?;
    if arguments.json {
        let json = serde_json::to_string_pretty(&reading.resume)
            .map_err(|error| Failure::run(format!("The blocks could not be put as JSON ({error})"), ""))?;
        println!("{json}");
    } else {
        print(&reading.resume);
    }
    Ok(ExitCode::SUCCESS)
}

fn print(resume: &Resume) {
    for block in &resume.blocks {
        if block.kind == BlockKind::SectionHeading {
            println!();
        }
        println!("{:>5}  {:<10} {}", block.id.as_str(), word(block.kind), block.text);
    }
    for warning in &resume.warnings {
        eprintln!("tailorbird: {warning}");
    }
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

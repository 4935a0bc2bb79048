//! `tailorbird export`: a resume in another format.

use std::process::ExitCode;

use crate::args::Export;
use crate::failure::Failure;
use crate::files;

/// Writes a resume as it is.
pub(crate) fn export(arguments: &Export) -> Result<ExitCode, Failure> {
    let targets = files::targets(&arguments.output, &[&arguments.resume])?;
    let reading = files::resume(&arguments.resume)?;
    for warning in &reading.resume.warnings {
        eprintln!("tailorbird: {warning}");
    }
    files::save_all(&reading.resume, &targets, &arguments.looks.design(), None)?;
    Ok(ExitCode::SUCCESS)
}

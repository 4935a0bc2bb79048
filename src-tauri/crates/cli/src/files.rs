//! Files in and out.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use exports::{Design, Existing, Fit, Saved, SavedOwn, Style, Target};
use formats::{Format, ReadOptions, Reading};
use pipeline::Tailored;
use resume::{Edit, Posting, Resume, Standing};

use crate::failure::Failure;

/// Reads a resume.
pub(crate) fn resume(file: &Path) -> Result<Reading, Failure> {
    resume_with(file, &ReadOptions::default())
}

/// Reads a resume, with its password where it has one.
pub(crate) fn resume_with(file: &Path, options: &ReadOptions) -> Result<Reading, Failure> {
    let bytes = bytes(file)?;
    reader::blocking::read_resume(&bytes, name(file), options)
        .map_err(|error| Failure::input(file, error.to_string(), error.hint()))
}

/// The first line of a file, or of standard input for `-`, as a password.
pub(crate) fn password(file: &Path) -> Result<ReadOptions, Failure> {
    let bytes = if file == Path::new("-") { limited(file, io::stdin())? } else { bytes(file)? };
    let line = bytes.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let line = line.strip_suffix(b"\r").unwrap_or(line);
    let password = std::str::from_utf8(line).unwrap_or_default();
    if password.is_empty() {
        return Err(Failure::input(
            file,
            "There is no password in its first line",
            "Put it there, as UTF-8.",
        ));
    }
    Ok(ReadOptions::with_password(password))
}

/// Reads a posting; `-` is standard input, and a link is fetched.
pub(crate) fn posting(file: &Path) -> Result<Posting, Failure> {
    if let Some(link) = file.to_str().filter(|text| fetch::is_link(text)) {
        return linked(link);
    }
    let (bytes, name) =
        if file == Path::new("-") { (limited(file, io::stdin())?, None) } else { (bytes(file)?, name(file)) };
    reader::blocking::read_posting(&bytes, name)
        .map_err(|error| Failure::input(file, error.to_string(), error.hint()))
}

/// Fetches a posting. Messages do not repeat the link: it may have a secret in its query.
fn linked(link: &str) -> Result<Posting, Failure> {
    let failure = |message: String, hint: &str| Failure::input(Path::new("The link"), message, hint);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(|error| {
        failure(format!("No connection can be set up ({error})"), "Paste the text of the posting.")
    })?;
    let (posting, url) =
        runtime.block_on(fetch::posting(link)).map_err(|error| failure(error.to_string(), error.hint()))?;
    eprintln!("Posting read from {}", url.as_str());
    Ok(posting)
}

fn name(file: &Path) -> Option<&str> {
    file.file_name().and_then(|name| name.to_str())
}

fn bytes(file: &Path) -> Result<Vec<u8>, Failure> {
    let failure = |error: io::Error| {
        let hint = match error.kind() {
            io::ErrorKind::NotFound => "Look at the path for a typing mistake.",
            io::ErrorKind::PermissionDenied => "Give yourself the right to read it.",
            io::ErrorKind::IsADirectory => "Name a file in it.",
            _ => "Try a copy of it.",
        };
        Failure::input(file, plain(&error), hint)
    };
    let opened = File::open(file).map_err(failure)?;
    if opened.metadata().is_ok_and(|about| about.is_dir()) {
        return Err(failure(io::ErrorKind::IsADirectory.into()));
    }
    limited(file, opened)
}

/// Reads one byte more than the readers take, so that they can say that it is too large.
fn limited(file: &Path, from: impl Read) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    from.take(formats::MAX_FILE_BYTES + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| Failure::input(file, plain(&error), "Try a copy of it."))?;
    Ok(bytes)
}

fn plain(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "There is no such file".to_owned(),
        io::ErrorKind::PermissionDenied => "This file may not be read".to_owned(),
        io::ErrorKind::IsADirectory => "This is a folder, not a file".to_owned(),
        _ => format!("This file could not be read ({error})"),
    }
}

/// The format that each output file's name asks for. Whatever can be known to go wrong with them is told here,
/// before any work is done or paid for.
pub(crate) fn targets<'a>(
    outputs: &'a [PathBuf],
    inputs: &[&Path],
) -> Result<Vec<(&'a Path, Target)>, Failure> {
    let mut targets: Vec<(&Path, Target)> = Vec::new();
    for file in outputs {
        let extension = file.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
        let refused = |what: &str| Failure::usage(format!("{}: {what}", file.display()));
        let target = Target::from_extension(extension)
            .ok_or_else(|| refused("end the name of the file with .pdf, .docx, .html, .md or .txt"))?;
        let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        if !folder.is_dir() {
            return Err(Failure::output(
                file,
                "The folder is not there",
                "Make it first, or choose another one.",
            ));
        }
        if inputs.iter().any(|input| is_same(input, file)) {
            return Err(refused("this file is read. Choose another name, so that your own is kept."));
        }
        if targets.iter().any(|(other, _)| *other == file || is_same(other, file)) {
            return Err(refused("this file is named twice"));
        }
        targets.push((file, target));
    }
    Ok(targets)
}

/// Whether two paths lead to the same file that is there.
fn is_same(a: &Path, b: &Path) -> bool {
    matches!((a.canonicalize(), b.canonicalize()), (Ok(a), Ok(b)) if a == b)
}

/// Where the edits of a run go when the resume is a Word document of the person's own.
pub(crate) struct Own {
    /// The document.
    docx: Vec<u8>,
    /// What was read from it.
    original: Arc<Resume>,
    /// The edits that count.
    edits: Vec<Edit>,
    style: Style,
}

impl Own {
    /// The document that a resume was read from, where it is one of Word. `tracked`: as tracked changes of today.
    pub(crate) fn of(
        file: &Path,
        reading: &Reading,
        original: &Arc<Resume>,
        tailored: &Tailored,
        tracked: bool,
    ) -> Result<Option<Self>, Failure> {
        if reading.format != Format::Docx {
            return Ok(None);
        }
        let edits = tailored.edits.iter().zip(&tailored.judgements);
        let edits = edits.filter(|(_, judgement)| judgement.standing == Standing::Supported);
        let style = if tracked {
            let date = jiff::Timestamp::now().round(jiff::Unit::Second).ok().map(|now| now.to_string());
            Style::Tracked { author: "Tailorbird".to_owned(), date }
        } else {
            Style::Clean
        };
        Ok(Some(Self {
            docx: bytes(file)?,
            original: Arc::clone(original),
            edits: edits.map(|(edit, _)| edit.clone()).collect(),
            style,
        }))
    }
}

/// Writes each file that can be written, then tells the first failure. A Word document of the person's own is kept
/// where there is one.
pub(crate) fn save_all(
    resume: &Resume,
    targets: &[(&Path, Target)],
    design: &Design,
    own: Option<&Own>,
) -> Result<(), Failure> {
    let outcomes: Vec<_> = targets
        .iter()
        .map(|(file, target)| match own {
            Some(own) if *target == Target::Docx => save_own(own, file),
            _ => save(resume, file, *target, design),
        })
        .collect();
    outcomes.into_iter().collect()
}

/// Writes a resume to a file, which was named on the command line and may be replaced.
fn save(resume: &Resume, file: &Path, target: Target, design: &Design) -> Result<(), Failure> {
    let saved = exports::save_in(resume, target, design, file, Existing::Replace)
        .map_err(|error| Failure::output(file, error.to_string(), error.hint()))?;
    told(&saved, file);
    if target == Target::Pdf
        && let Some(wanted) = design.pages
        && let Ok(Fit::TooLong { takes, .. }) = exports::typeset(resume, design).map(|set| set.fit())
    {
        eprintln!("It does not fit on {wanted} pages: at its tightest it takes {takes}. It is set as usual.");
    }
    Ok(())
}

fn save_own(own: &Own, file: &Path) -> Result<(), Failure> {
    let SavedOwn { saved, left_alone } =
        exports::save_own(&own.docx, &own.original, &own.edits, &own.style, file, Existing::Replace)
            .map_err(|error| Failure::output(file, error.to_string(), error.hint()))?;
    told(&saved, file);
    for left in left_alone {
        eprintln!("Edit {} is not in the document: {}. --new-document has all edits.", left.edit, left.why);
    }
    Ok(())
}

fn told(saved: &Saved, file: &Path) {
    eprintln!(
        "Saved and read back, {} of {} words: {}",
        saved.proof.found,
        saved.proof.words,
        file.display()
    );
}

//! What came out of a run, in words and as one JSON object: what was made, what was left out and why, and what
//! remains a gap.

use std::fmt::Write as _;
use std::path::Path;

use pipeline::{Gap, Importance, Met, Tailored};
use resume::{Edit, Finding, Posting, Resume, Skipped, Standing};
use serde::Serialize;

use crate::failure::Failure;
use crate::out;
use crate::progress::count;

/// A run as `--json` prints it.
#[derive(Serialize)]
struct Outcome<'a> {
    /// How well the resume fitted before, 0 to 100 points.
    fit_before: u8,
    /// How well it fits now, 0 to 100 points.
    fit: u8,
    keywords_found_before: &'a [String],
    keywords_found: &'a [String],
    keywords_missing: &'a [String],
    /// The edits that are in the tailored resume.
    made: Vec<Told<'a>>,
    /// The edits that are not, each with the reason.
    left_out: Vec<Told<'a>>,
    /// Supported edits that another one was in the way of.
    not_applied: &'a [Skipped],
    /// What the posting asks for and the resume does not show.
    gaps: Vec<Gap>,
    /// What was done to a model's answers on the way.
    notes: &'a [String],
    /// What the readers said of the resume and of the posting.
    warnings: Vec<&'a str>,
    /// The files that were written.
    files: Vec<&'a Path>,
    summary: &'a str,
}

/// An edit, and how it stands.
#[derive(Serialize)]
struct Told<'a> {
    #[serde(flatten)]
    edit: &'a Edit,
    /// The line as it was; for an insertion, the line that it follows.
    was: Option<&'a str>,
    standing: Standing,
    /// Why it stands so, in one sentence.
    why: &'a str,
    findings: &'a [Finding],
}

/// Prints the run as one JSON object.
pub(crate) fn print_json<'a>(
    original: &'a Resume,
    posting: &'a Posting,
    tailored: &'a Tailored,
    files: impl Iterator<Item = &'a Path>,
) -> Result<(), Failure> {
    let (made, left_out) = told(original, tailored).partition(|told| told.standing == Standing::Supported);
    let outcome = Outcome {
        fit_before: tailored.evaluation.match_score,
        fit: tailored.verification.final_score,
        keywords_found_before: &tailored.coverage_before.found,
        keywords_found: &tailored.coverage_after.found,
        keywords_missing: &tailored.coverage_after.missing,
        made,
        left_out,
        not_applied: &tailored.skipped,
        gaps: pipeline::gaps(&tailored.evaluation),
        notes: &tailored.notes,
        warnings: original.warnings.iter().chain(&posting.warnings).map(String::as_str).collect(),
        files: files.collect(),
        summary: &tailored.verification.summary,
    };
    let json = serde_json::to_string_pretty(&outcome)
        .map_err(|error| Failure::run(format!("The result could not be put as JSON ({error})"), ""))?;
    out::print(&json)
}

fn told<'a>(original: &'a Resume, tailored: &'a Tailored) -> impl Iterator<Item = Told<'a>> {
    tailored.edits.iter().zip(&tailored.judgements).map(|(edit, judgement)| Told {
        edit,
        was: original.block(edit.change.block()).map(|block| block.text.as_str()),
        standing: judgement.standing,
        why: &judgement.reason,
        findings: &judgement.findings,
    })
}

/// The same for people: fit, keywords, what was left out with the reason, and the gaps with advice.
pub(crate) fn in_words(original: &Resume, tailored: &Tailored) -> String {
    let mut text = String::new();
    for note in &tailored.notes {
        let _ = writeln!(text, "{note}");
    }
    if tailored.evaluation.requirements.is_empty() {
        text.push_str("No requirements were found in the posting, so there is no fit to tell.\n");
    } else {
        let kept = told(original, tailored).filter(|told| told.standing == Standing::Supported).count();
        let keywords = tailored.coverage_after.found.len() + tailored.coverage_after.missing.len();
        let _ = writeln!(
            text,
            "Fit {}, was {}. Keywords {} of {keywords}, was {}. {} made.",
            tailored.verification.final_score,
            tailored.evaluation.match_score,
            tailored.coverage_after.found.len(),
            tailored.coverage_before.found.len(),
            count(kept, "edit"),
        );
    }
    for told in told(original, tailored) {
        let word = match told.standing {
            Standing::Supported => continue,
            Standing::NeedsReview => "Left out, needs your eye",
            Standing::Unsupported => "Left out",
        };
        let _ = writeln!(text, "{word}: {} {}", told.edit.id, told.why);
        if let Some(new) = told.edit.change.text() {
            let _ = writeln!(text, "  was: {}\n  would be: {new}", told.was.unwrap_or_default());
        }
    }
    for skipped in &tailored.skipped {
        let _ = writeln!(text, "Not applied: {}", skipped.edit);
    }
    for gap in pipeline::gaps(&tailored.evaluation) {
        let what = match gap.status {
            Met::Partial => "Shown in part",
            _ => "Gap",
        };
        let weight = if gap.importance == Importance::Must { "a must" } else { "nice to have" };
        let _ = writeln!(text, "{what}, {weight}: {}. {}", gap.text.trim_end_matches('.'), gap.advice);
    }
    text
}

//! `tailorbird tailor`: the four stages, once.

use std::io::{self, Write};
use std::process::ExitCode;
use std::sync::Arc;

use exports::Target;
use futures::StreamExt;
use llm::{Cost, Usage};
use pipeline::{Event, Job, Run, Tailored, Totals, What};
use resume::Resume;

use crate::args::Tailor;
use crate::engine::{self, Chosen};
use crate::failure::Failure;
use crate::files::{self, Own};
use crate::progress::Progress;
use crate::{out, result};

/// Tailors a resume to a posting, writes it, and lists the edits that were left out.
pub(crate) fn tailor(arguments: &Tailor) -> Result<ExitCode, Failure> {
    let targets = files::targets(&arguments.output, &[&arguments.resume, &arguments.job])?;
    let reading = files::resume(&arguments.resume)?;
    let resume = reading.resume.clone();
    let posting = files::posting(&arguments.job)?;
    for warning in resume.warnings.iter().chain(&posting.warnings) {
        eprintln!("tailorbird: {warning}");
    }
    let (original, posting) = (Arc::new(resume), Arc::new(posting));
    let job = Job::new(Arc::clone(&original), Arc::clone(&posting));

    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|error| Failure::run(format!("The run could not be started ({error})"), ""))?;
    let tailored = runtime.block_on(async {
        let chosen = engine::choose(&arguments.asked, &job).await?;
        follow(job, chosen, arguments.events).await
    })?;

    // What was left out is told also where a file could not be written: the run was made, and maybe paid for.
    let own = if arguments.new_document {
        None
    } else {
        Own::of(&arguments.resume, &reading, &original, &tailored, arguments.track_changes)?
    };
    let design = arguments.looks.design();
    let saved = files::save_all(&tailored.tailored_resume, &targets, &design, own.as_ref());
    eprint!("{}", result::in_words(&original, &tailored));
    saved?;
    if arguments.json {
        result::print_json(&original, &posting, &tailored, targets.iter().map(|(file, _)| *file))?;
    } else if targets.is_empty() && !arguments.events {
        print_markdown(&tailored.tailored_resume)?;
    }
    Ok(ExitCode::SUCCESS)
}

/// Follows a run to its end, telling its events.
async fn follow(job: Job, chosen: Chosen, as_json: bool) -> Result<Box<Tailored>, Failure> {
    let mut progress = (!as_json).then(Progress::new);
    let (run, mut events) = pipeline::start(job, chosen.engine);
    tokio::spawn(cancel_on_interrupt(run));
    while let Some(event) = events.next().await {
        match &mut progress {
            Some(progress) => progress.show(&event),
            None => print_event(&event)?,
        }
        if let What::Finished { details, .. } | What::Failed { details, .. } | What::Cancelled { details } =
            &event.what
            && chosen.is_asked
        {
            eprintln!("{}", took(details));
        }
        match event.what {
            What::Finished { result, .. } => return Ok(result),
            What::Failed { error, .. }
                if ["no_key", "malformed_key", "key_rejected", "forbidden"]
                    .contains(&error.code.as_str()) =>
            {
                return Err(Failure::key(error.message, error.hint));
            }
            What::Failed { error, .. } => return Err(Failure::run(error.message, error.hint)),
            What::Cancelled { .. } => return Err(Failure::cancelled()),
            _ => {}
        }
    }
    Err(Failure::run("The run ended without a result", "Try again."))
}

/// What a run took, in words.
fn took(totals: &Totals) -> String {
    let Usage { input, cache_write, cache_read, output } = totals.usage;
    let whole = input + cache_write + cache_read;
    let cached =
        if cache_read > 0 { format!(" ({cache_read} of them from the cache)") } else { String::new() };
    let cost = match totals.cost {
        Cost::Free => "Cost: nothing.".to_owned(),
        Cost::Usd(amount) => format!("Cost: {amount}."),
        Cost::Unknown => "What it cost is not known here.".to_owned(),
    };
    format!("Took {whole} tokens in{cached}, {output} out. {cost}")
}

async fn cancel_on_interrupt(run: Run) {
    if tokio::signal::ctrl_c().await.is_ok() {
        run.cancel();
    }
}

fn print_event(event: &Event) -> Result<(), Failure> {
    let line = serde_json::to_string(event)
        .map_err(|error| Failure::run(format!("An event could not be put as JSON ({error})"), ""))?;
    let mut out = io::stdout().lock();
    // Whoever reads the events wants them as they come.
    writeln!(out, "{line}").and_then(|()| out.flush()).map_err(|error| match error.kind() {
        // Whoever reads the events has gone, so nobody wants the run.
        io::ErrorKind::BrokenPipe => Failure::cancelled(),
        _ => Failure::run(
            format!("The events could not be printed ({error})"),
            "Free some space, or print elsewhere.",
        ),
    })
}

fn print_markdown(resume: &Resume) -> Result<(), Failure> {
    let markdown = exports::write(resume, Target::Markdown)
        .map_err(|error| Failure::run(error.to_string(), error.hint()))?;
    out::print(String::from_utf8_lossy(&markdown).trim_end())
}

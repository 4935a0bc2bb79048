//! `tailorbird tailor`: the four stages, once.

use std::io::{self, Write};
use std::process::ExitCode;
use std::sync::Arc;

use exports::Target;
use futures::StreamExt;
use pipeline::{Engine, Event, Job, ModelEngine, Offline, Run, Tailored, What};
use resume::Resume;

use crate::args::{EngineName, Tailor};
use crate::failure::Failure;
use crate::progress::Progress;
use crate::{files, key, out, result};

/// Tailors a resume to a posting, writes it, and lists the edits that were left out.
pub(crate) fn tailor(arguments: &Tailor) -> Result<ExitCode, Failure> {
    let targets = files::targets(&arguments.output, &[&arguments.resume, &arguments.job])?;
    let resume = files::resume(&arguments.resume)?.resume;
    let posting = files::posting(&arguments.job)?;
    for warning in resume.warnings.iter().chain(&posting.warnings) {
        eprintln!("tailorbird: {warning}");
    }
    let engine = engine(arguments)?;
    let (original, posting) = (Arc::new(resume), Arc::new(posting));
    let job = Job::new(Arc::clone(&original), Arc::clone(&posting));

    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|error| Failure::run(format!("The run could not be started ({error})"), ""))?;
    let tailored = runtime.block_on(follow(job, engine, arguments.events))?;

    // What was left out is told also where a file could not be written: the run was made, and maybe paid for.
    let saved = files::save_all(&tailored.tailored_resume, &targets);
    eprint!("{}", result::in_words(&original, &tailored));
    saved?;
    if arguments.json {
        result::print_json(&original, &posting, &tailored, targets.iter().map(|(file, _)| *file))?;
    } else if targets.is_empty() && !arguments.events {
        print_markdown(&tailored.tailored_resume)?;
    }
    Ok(ExitCode::SUCCESS)
}

fn engine(arguments: &Tailor) -> Result<Arc<dyn Engine>, Failure> {
    let key = match arguments.engine {
        Some(EngineName::Offline) => None,
        Some(EngineName::Anthropic) => Some(key::find().ok_or_else(|| {
            Failure::key(
                "There is no key for Claude",
                "Set ANTHROPIC_API_KEY, or keep a key in the app's settings, or use --engine offline.",
            )
        })?),
        None => key::find(),
    };
    let Some(key) = key else {
        eprintln!("Engine: offline. Rules on this computer do the work; nothing leaves it.");
        return Ok(Arc::new(Offline));
    };
    eprintln!("Engine: {}. Your name and contacts are not sent.", arguments.model);
    let refused = |error: llm::Error| Failure::run(error.to_string(), error.hint());
    let mut model = llm::Anthropic::new(key, arguments.model.as_str()).map_err(refused)?;
    if let Some(url) = &arguments.base_url {
        model = model.base_url(url).map_err(refused)?;
    }
    Ok(Arc::new(ModelEngine::new("anthropic", Arc::new(model))))
}

/// Follows a run to its end, telling its events.
async fn follow(job: Job, engine: Arc<dyn Engine>, as_json: bool) -> Result<Box<Tailored>, Failure> {
    let mut progress = (!as_json).then(Progress::new);
    let (run, mut events) = pipeline::start(job, engine);
    tokio::spawn(cancel_on_interrupt(run));
    while let Some(event) = events.next().await {
        match &mut progress {
            Some(progress) => progress.show(&event),
            None => print_event(&event)?,
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

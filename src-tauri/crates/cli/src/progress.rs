//! A run on the terminal: one bar a stage and one for the whole; plain lines where it is no terminal.

use std::io::{self, IsTerminal};
use std::time::Duration;

use indicatif::{MultiProgress, ProgressBar, ProgressDrawTarget, ProgressStyle};
use pipeline::{Event, Stage, StagePartial, StageResult, What};

/// Shows events as they come.
pub(crate) struct Progress {
    bars: Option<Bars>,
    /// What there is of the current stage's result: events tell only what changes in it.
    partial: Option<StagePartial>,
}

struct Bars {
    all: MultiProgress,
    overall: ProgressBar,
    stages: Vec<ProgressBar>,
}

impl Progress {
    /// Bars on a terminal, plain lines elsewhere.
    pub(crate) fn new() -> Self {
        Self { bars: io::stderr().is_terminal().then(Bars::new), partial: None }
    }

    /// Shows an event.
    pub(crate) fn show(&mut self, event: &Event) {
        match &event.what {
            What::StageStarted { .. } => self.partial = None,
            What::Partial { details } => details.apply(&mut self.partial),
            _ => {}
        }
        match &self.bars {
            Some(bars) => bars.show(event, self.partial.as_ref()),
            None => tell(event),
        }
    }
}

impl Bars {
    fn new() -> Self {
        let all = MultiProgress::with_draw_target(ProgressDrawTarget::stderr());
        let bar = |template: &str, name: &'static str| {
            let style =
                ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar());
            let bar = all.add(ProgressBar::new(100).with_style(style.progress_chars("━━ ")));
            bar.set_prefix(name);
            bar
        };
        let stages = Stage::ALL
            .map(|stage| bar("  {prefix:<15} {bar:24.green} {pos:>3}%  {wide_msg}", name(stage)))
            .into();
        let overall = bar("  {prefix:<15} {bar:24.cyan} {pos:>3}%  {elapsed}  {wide_msg}", "All");
        overall.enable_steady_tick(Duration::from_millis(100));
        Self { all, overall, stages }
    }

    fn show(&self, event: &Event, partial: Option<&StagePartial>) {
        self.overall.set_position(event.overall_progress.into());
        let Some(bar) = self.stages.get(event.current_stage as usize) else { return };
        bar.set_position(event.stage_progress.into());
        if let Some(message) = in_words(event, partial) {
            bar.set_message(message);
        }
        match &event.what {
            What::Retry { .. } => {
                _ = self.all.println(format!("  {}", in_words(event, None).unwrap_or_default()));
            }
            What::StageFinished { .. } => bar.finish(),
            What::Finished { .. } => self.overall.finish(),
            What::Failed { .. } | What::Cancelled { .. } => {
                bar.abandon();
                self.overall.abandon();
            }
            _ => {}
        }
    }
}

/// One line for what is worth one where nothing can be drawn.
fn tell(event: &Event) {
    let worth_a_line = matches!(event.what, What::StageFinished { .. } | What::Retry { .. });
    if let Some(words) = in_words(event, None).filter(|_| worth_a_line) {
        eprintln!("{:>3}%  {}: {words}", event.overall_progress, name(event.current_stage));
    }
}

fn name(stage: Stage) -> &'static str {
    match stage {
        Stage::Evaluation => "Evaluation",
        Stage::Planning => "Planning",
        Stage::Implementation => "Implementation",
        Stage::Verification => "Verification",
    }
}

fn in_words(event: &Event, partial: Option<&StagePartial>) -> Option<String> {
    Some(match &event.what {
        What::StageStarted { details } | What::Progress { details } => details.message.clone(),
        What::Partial { .. } => partial_in_words(partial?)?,
        What::StageFinished { details } => match &details.result {
            StageResult::Evaluation(evaluation) => {
                format!(
                    "{}, fit {}",
                    count(evaluation.requirements.len(), "requirement"),
                    evaluation.match_score
                )
            }
            StageResult::Planning(plan) => format!("{} planned", count(plan.changes.len(), "change")),
            StageResult::Implementation(edits) => count(edits.edits.len(), "edit"),
            StageResult::Verification(judged) => format!("fit {} now", judged.verification.final_score),
        },
        What::Retry { details } if details.wait_ms == 0 => {
            format!(
                "{}. Attempt {} of {}.",
                details.reason.trim_end_matches('.'),
                details.attempt,
                details.of
            )
        }
        What::Retry { details } => format!(
            "{}. Waiting {} s, then attempt {} of {}.",
            details.reason.trim_end_matches('.'),
            details.wait_ms.div_ceil(1000),
            details.attempt,
            details.of
        ),
        What::Started { .. }
        | What::Spent { .. }
        | What::Finished { .. }
        | What::Failed { .. }
        | What::Cancelled { .. } => return None,
    })
}

fn partial_in_words(partial: &StagePartial) -> Option<String> {
    let (done, what) = match partial {
        StagePartial::Evaluation(evaluation) => (done(evaluation.requirements.so_far()?), "requirement"),
        StagePartial::Planning(plan) => (done(plan.changes.so_far()?), "change"),
        StagePartial::Implementation(implementation) => (done(implementation.edits.so_far()?), "edit"),
        StagePartial::Verification(verification) => (done(verification.verdicts.so_far()?), "verdict"),
    };
    Some(count(done, what))
}

fn done<T>(items: &[llm::Field<T>]) -> usize {
    items.iter().filter(|item| item.is_done()).count()
}

/// "1 edit", "2 edits".
pub(crate) fn count(n: usize, what: &str) -> String {
    if n == 1 { format!("1 {what}") } else { format!("{n} {what}s") }
}

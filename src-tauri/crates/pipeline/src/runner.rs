//! Takes a job through the four stages.

use std::sync::Arc;

use futures::StreamExt;
use llm::{Field, Partial, Patch, Step};
use resume::Standing;

use crate::edits;
use crate::engine::{Engine, Job, Steps};
use crate::event::{Edits, ErrorReport, Judged, StagePatch, StageResult, Tailored};
use crate::fit;
use crate::judge;
use crate::progress::{Earned, requirements_in};
use crate::run::Shared;
use crate::stages::{Plan, Stage};

/// A run at work.
pub(crate) struct Runner {
    job: Job,
    engine: Arc<dyn Engine>,
    journal: Shared,
}

impl Runner {
    pub(crate) fn new(job: Job, engine: Arc<dyn Engine>, journal: Shared) -> Self {
        Self { job, engine, journal }
    }

    /// All four stages. Events go to the journal; the last one is the caller's.
    pub(crate) async fn work(&self) -> Result<Tailored, ErrorReport> {
        let (job, engine) = (&self.job, &self.engine);

        self.begin(Stage::Evaluation);
        let expected = requirements_in(&job.posting.text);
        let mut evaluation =
            self.drive(engine.evaluation(job), Some(expected), StagePatch::Evaluation).await?;
        let mut notes = Vec::new();
        // Rules count what they found; a model says a number.
        let bounded = engine.model().is_some();
        if bounded && let Some(told) = fit::bound_match(&job.resume, &job.posting, &mut evaluation) {
            self.note(&mut notes, told);
        }
        self.finish(StageResult::Evaluation(evaluation.clone()));

        self.begin(Stage::Planning);
        let plan = self.drive(engine.planning(job, &evaluation), None, StagePatch::Planning).await?;
        self.finish(StageResult::Planning(plan.clone()));

        self.begin(Stage::Implementation);
        let steps = engine.implementation(job, &evaluation, &plan);
        let proposed = self.drive(steps, Some(plan.changes.len()), StagePatch::Implementation).await?;
        if !proposed.edits.is_empty() {
            self.tell("Checking each edit against your resume.".to_owned());
        }
        let (edits, left_out) = edits::made(&job.resume, &proposed.edits);
        for problem in left_out {
            let told = format!("One proposed edit cannot be used and was left out ({problem}).");
            self.note(&mut notes, told);
        }
        let by_rule = judge::by_rule(&job.resume, &evaluation, &edits);
        self.finish(StageResult::Implementation(Edits { edits: edits.clone(), judgements: by_rule.clone() }));

        self.begin(Stage::Verification);
        let steps = engine.verification(job, &evaluation, &edits, &by_rule);
        let mut verification = self.drive(steps, Some(edits.len()), StagePatch::Verification).await?;
        if bounded
            && let Some(told) = fit::bound_final(&job.resume, &job.posting, &evaluation, &mut verification)
        {
            self.note(&mut notes, told);
        }
        let judgements = judge::join(&by_rule, &verification.verdicts);
        let judged = Judged { verification: verification.clone(), judgements: judgements.clone() };
        self.finish(StageResult::Verification(judged));

        let supported: Vec<_> = edits
            .iter()
            .zip(&judgements)
            .filter(|(_, judgement)| judgement.standing == Standing::Supported)
            .map(|(edit, _)| edit.clone())
            .collect();
        let applied = resume::apply(&job.resume, &supported);
        let keywords = keywords(&plan);
        tracing::info!(edits = edits.len(), supported = supported.len(), "stages done");
        Ok(Tailored {
            coverage_before: resume::coverage(&job.resume, &keywords),
            coverage_after: resume::coverage(&applied.resume, &keywords),
            evaluation,
            plan,
            edits,
            verification,
            judgements,
            tailored_resume: applied.resume,
            skipped: applied.skipped,
            notes,
        })
    }

    /// Follows a stage to its result.
    async fn drive<T>(
        &self,
        mut steps: Steps<T>,
        expected: Option<usize>,
        show: fn(Patch) -> StagePatch,
    ) -> Result<T, ErrorReport>
    where
        T: Partial,
        T::Partial: Earned + Default,
    {
        // What has come of the answer. Kept up patch by patch, never copied: what a patch costs must not grow with
        // what is there already.
        let mut come = Field::<T::Partial>::Absent;
        let mut reached = 0;
        let mut anew = false;
        while let Some(step) = steps.next().await {
            let patch = match step.map_err(|error| report(&error))? {
                Step::Patch(patch) => {
                    if let Err(misfit) = patch.apply::<T>(&mut come) {
                        tracing::error!(%misfit, "a partial result was lost");
                        continue;
                    }
                    patch
                }
                Step::Partial(partial) => {
                    let patch = match &come {
                        Field::Absent => Patch::whole(&partial),
                        Field::Writing(old) | Field::Done(old) => Patch::between(old, &partial),
                    };
                    come = Field::Writing(partial);
                    patch
                }
                Step::Retry(retry) => {
                    anew = true;
                    come = Field::Absent;
                    tracing::warn!(attempt = retry.attempt, of = retry.of, "a request is made again");
                    self.journal.lock().retry(retry);
                    continue;
                }
                Step::Usage(usage) => {
                    self.journal.lock().spending(usage);
                    continue;
                }
                Step::Done(value) => return Ok(value),
            };
            let Some(partial) = come.so_far() else { continue };
            let earned = partial.earned(expected);
            // After a retry the answer is written from its beginning. What stands on the screen stays there
            // until the new answer has come as far; then it is told as a whole.
            if patch.is_empty() || (anew && earned < reached) {
                continue;
            }
            let patch = if std::mem::take(&mut anew) { Patch::whole(partial) } else { patch };
            reached = reached.max(earned);
            self.journal.lock().partial(show(patch), earned);
        }
        Err(ErrorReport {
            code: "no_result".to_owned(),
            message: format!("The {} stage ended without a result", name(self.journal.lock().stage())),
            hint: "Try again; if it happens again, choose another engine.".to_owned(),
        })
    }

    fn begin(&self, stage: Stage) {
        tracing::info!(?stage, "stage begins");
        self.journal.lock().begin_stage(stage, beginning(stage));
    }

    fn finish(&self, result: StageResult) {
        self.journal.lock().finish_stage(result);
    }

    /// Says something that the result keeps.
    fn note(&self, notes: &mut Vec<String>, told: String) {
        if !notes.contains(&told) {
            notes.push(told.clone());
        }
        self.tell(told);
    }

    fn tell(&self, message: String) {
        self.journal.lock().progress(message, 99);
    }
}

fn beginning(stage: Stage) -> &'static str {
    match stage {
        Stage::Evaluation => "Comparing your resume with the posting.",
        Stage::Planning => "Deciding what should change.",
        Stage::Implementation => "Writing the edits.",
        Stage::Verification => "Reading every edit again, against your resume.",
    }
}

/// A stage in words, within a sentence.
pub(crate) fn name(stage: Stage) -> &'static str {
    match stage {
        Stage::Evaluation => "evaluation",
        Stage::Planning => "planning",
        Stage::Implementation => "implementation",
        Stage::Verification => "verification",
    }
}

/// The plan's keywords, each once.
fn keywords(plan: &Plan) -> Vec<String> {
    let mut seen = std::collections::HashSet::new();
    let terms = plan.keywords.iter().map(|keyword| keyword.term.trim()).filter(|term| !term.is_empty());
    terms.filter(|term| seen.insert(term.to_lowercase())).map(str::to_owned).collect()
}

fn report(error: &llm::Error) -> ErrorReport {
    ErrorReport { code: error.code().to_owned(), message: error.to_string(), hint: error.hint() }
}

//! The engine that asks a language model.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use futures::StreamExt;
use llm::{Model, Options, Partial, Step, json_output};
use resume::Edit;
use schemars::JsonSchema;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::checks;
use crate::engine::{Engine, Job, Steps};
use crate::event::Judgement;
use crate::mask::Mask;
use crate::prompt::Prompt;
use crate::reveal::Reveal;
use crate::stages::{Evaluation, Implementation, Plan, Stage, Verification};

/// Does the four stages by asking a model, one request a stage.
///
/// Every request is masked: it holds no name, mail or phone number of the resume. Answers come out unmasked.
pub struct ModelEngine {
    provider: String,
    model: Arc<dyn Model>,
    options: Options,
}

impl ModelEngine {
    /// An engine that asks `model`; `provider` is its provider's name as users know it.
    pub fn new(provider: impl Into<String>, model: Arc<dyn Model>) -> Self {
        Self { provider: provider.into(), model, options: Options::default() }
    }

    /// The same engine, as patient as `options` say.
    #[must_use]
    pub fn with_options(mut self, options: Options) -> Self {
        self.options = options;
        self
    }

    /// One question. What earlier stages brought is masked here.
    fn ask<T>(
        &self,
        job: &Job,
        stage: Stage,
        given: &[(&str, Value)],
        check: impl Fn(&T) -> Result<(), String> + Send + Sync + 'static,
    ) -> Steps<T>
    where
        T: Partial + Serialize + DeserializeOwned + JsonSchema + Clone + Send + 'static,
        T::Partial: DeserializeOwned,
    {
        let mut prompt = Prompt::of(job);
        let given: Vec<_> = given.iter().map(|(name, value)| (*name, prompt.mask().hide_in(value))).collect();
        let (request, mask) =
            prompt.request(stage, &given, json_output::<T>(crate::runner::name(stage)).into());
        let mask = Arc::new(mask);
        let known = Arc::clone(&mask);
        let steps = llm::ask(Arc::clone(&self.model), request, self.options.clone(), move |answer: &T| {
            checks::tokens(&known, answer)?;
            check(&known.reveal_in(answer.clone()))
        });
        let mut reveal = Reveal::new(Arc::clone(&mask));
        let revealed = steps.map(move |step| {
            Ok(match step? {
                Step::Patch(patch) => Step::Patch(reveal.patch(patch)),
                Step::Done(answer) => Step::Done(mask.reveal_in(answer)),
                other => other,
            })
        });
        revealed.boxed()
    }
}

impl Engine for ModelEngine {
    fn name(&self) -> &str {
        &self.provider
    }

    fn model(&self) -> Option<&str> {
        Some(self.model.id())
    }

    fn evaluation(&self, job: &Job) -> Steps<Evaluation> {
        let resume = Arc::clone(&job.resume);
        self.ask(job, Stage::Evaluation, &[], move |answer| checks::evaluation(&resume, answer))
    }

    fn planning(&self, job: &Job, evaluation: &Evaluation) -> Steps<Plan> {
        let resume = Arc::clone(&job.resume);
        let requirements = checks::requirement_ids(evaluation);
        let given = [("evaluation", json!(evaluation))];
        self.ask(job, Stage::Planning, &given, move |answer| checks::plan(&resume, &requirements, answer))
    }

    fn implementation(&self, job: &Job, evaluation: &Evaluation, plan: &Plan) -> Steps<Implementation> {
        if plan.changes.is_empty() {
            return done(Implementation { edits: Vec::new() });
        }
        let resume = Arc::clone(&job.resume);
        let requirements = checks::requirement_ids(evaluation);
        let given = [("evaluation", json!(evaluation)), ("plan", json!(plan))];
        // When the model has had all its chances, a single bad edit does not cost the good ones: the runner
        // leaves it out and says so.
        let (chances, used) = (self.options.repairs, AtomicU32::new(0));
        self.ask(job, Stage::Implementation, &given, move |answer| {
            let checked = checks::implementation(&resume, &requirements, answer);
            if used.fetch_add(1, Ordering::Relaxed) < chances { checked } else { Ok(()) }
        })
    }

    fn verification(
        &self,
        job: &Job,
        evaluation: &Evaluation,
        edits: &[Edit],
        judgements: &[Judgement],
    ) -> Steps<Verification> {
        if edits.is_empty() {
            return done(Verification {
                verdicts: Vec::new(),
                final_score: evaluation.match_score,
                summary: "Nothing was changed, so there was nothing to check.".to_owned(),
            });
        }
        let mask = Mask::of(&job.resume);
        let ids: Vec<String> = edits.iter().map(|edit| edit.id.to_string()).collect();
        let edits: Vec<Value> = edits
            .iter()
            .zip(judgements)
            .map(|(edit, judgement)| to_judge(job, &mask, edit, judgement))
            .collect();
        let given = [("evaluation", json!(evaluation)), ("edits", Value::Array(edits))];
        self.ask(job, Stage::Verification, &given, move |answer| checks::verification(&ids, answer))
    }
}

/// An edit as the model gets it to judge.
///
/// A claim may be a piece of a mail or phone number, which nothing would tell as one by itself, and a reason may
/// quote one: such claims and all reasons stay here.
fn to_judge(job: &Job, mask: &Mask, edit: &Edit, judgement: &Judgement) -> Value {
    let old = job.resume.block(edit.change.block()).map(|block| block.text.as_str());
    let new = edit.change.text().unwrap_or_default();
    let findings = judgement.findings.iter().filter(|finding| !mask.hides(new, finding.range()));
    json!({
        "edit": edit,
        "line_as_it_is": old,
        "found_by_rule": findings.map(|finding| json!({
            "claim": finding.claim,
            "kind": finding.kind,
            "standing": finding.standing,
        })).collect::<Vec<_>>(),
    })
}

/// A stage that needs no model.
fn done<T: Partial + Send + 'static>(value: T) -> Steps<T> {
    futures::stream::once(std::future::ready(Ok(Step::Done(value)))).boxed()
}

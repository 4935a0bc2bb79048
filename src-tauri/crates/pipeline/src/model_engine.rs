//! The engine that asks a language model.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use futures::StreamExt;
use llm::tokens::Counting;
use llm::{Budget, Cost, Error, Model, Options, Partial, Prices, Rate, Request, Step, Usage, Usd};
use resume::Edit;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::engine::{Engine, Job, Steps};
use crate::estimate::expected;
use crate::event::Judgement;
use crate::mask::Mask;
use crate::prompt::Prompt;
use crate::reveal::Reveal;
use crate::stages::{Evaluation, Implementation, Plan, Stage, Verification};
use crate::{brief, checks};

/// Does the four stages by asking a model, one request a stage.
///
/// Every request is masked: it holds no name, mail or phone number of the resume. Answers come out unmasked.
pub struct ModelEngine {
    provider: String,
    model: Arc<dyn Model>,
    options: Options,
    rate: Rate,
}

impl ModelEngine {
    /// An engine that asks `model`; `provider` is its provider's id in the catalogue. What tokens cost is looked up
    /// in the price list that comes with the program.
    pub fn new(provider: impl Into<String>, model: Arc<dyn Model>) -> Self {
        let provider = provider.into();
        let rate = Prices::built_in().rate(&provider, model.id());
        Self { provider, model, options: Options::default(), rate }
    }

    /// The same engine, as patient as `options` say. A limit that was set before goes with the old ones.
    #[must_use]
    pub fn with_options(mut self, options: Options) -> Self {
        self.options = options;
        self
    }

    /// The same engine, with tokens at this rate.
    #[must_use]
    pub fn with_rate(mut self, rate: Rate) -> Self {
        self.rate = rate;
        self
    }

    /// The same engine, which spends no more than `limit`, all stages together: no request is made that is expected
    /// to go beyond it, and one that does is stopped. What costs nothing needs no limit.
    ///
    /// # Errors
    ///
    /// [`Error::NoPrice`] where nobody knows what the model costs: the limit could not be kept.
    pub fn with_limit(mut self, limit: Usd) -> Result<Self, Error> {
        self.options.budget = match self.rate {
            Rate::Free => None,
            Rate::Priced(price) => Some(Budget::new(limit, price, self.counting())),
            Rate::Unknown => return Err(Error::NoPrice { model: self.model.id().to_owned() }),
        };
        Ok(self)
    }

    fn counting(&self) -> Counting {
        Counting::of(&self.provider)
    }

    /// One question.
    fn ask<T>(
        &self,
        job: &Job,
        stage: Stage,
        (request, mask): (Request, Mask),
        items: usize,
        check: impl Fn(&T) -> Result<(), String> + Send + Sync + 'static,
    ) -> Steps<T>
    where
        T: Partial + Serialize + DeserializeOwned + Clone + Send + 'static,
    {
        let mask = Arc::new(mask);
        let known = Arc::clone(&mask);
        let mut options = self.options.clone();
        let language = job.resume.language.as_deref();
        options.expected = Some(expected(stage, &request, items, self.counting(), language));
        let steps = llm::ask(Arc::clone(&self.model), request, options, move |answer: &T| {
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

    fn cost(&self, usage: &Usage) -> Cost {
        self.rate.cost(usage)
    }

    fn evaluation(&self, job: &Job) -> Steps<Evaluation> {
        let resume = Arc::clone(&job.resume);
        let request = Prompt::of(job).request(Stage::Evaluation, None, None);
        let items = crate::progress::requirements_in(&job.posting.text);
        self.ask(job, Stage::Evaluation, request, items, move |answer| checks::evaluation(&resume, answer))
    }

    fn planning(&self, job: &Job, evaluation: &Evaluation) -> Steps<Plan> {
        let resume = Arc::clone(&job.resume);
        let requirements = checks::requirement_ids(evaluation);
        let mut prompt = Prompt::of(job);
        let evaluation = brief::evaluation(evaluation, prompt.mask());
        let request = prompt.request(Stage::Planning, Some(&evaluation), None);
        self.ask(job, Stage::Planning, request, crate::estimate::CHANGES, move |answer| {
            checks::plan(&resume, &requirements, answer)
        })
    }

    fn implementation(&self, job: &Job, evaluation: &Evaluation, plan: &Plan) -> Steps<Implementation> {
        if plan.changes.is_empty() {
            return done(Implementation { edits: Vec::new() });
        }
        let resume = Arc::clone(&job.resume);
        let requirements = checks::requirement_ids(evaluation);
        let mut prompt = Prompt::of(job);
        let evaluation = brief::evaluation(evaluation, prompt.mask());
        let planned = brief::plan(plan, prompt.mask());
        let request = prompt.request(Stage::Implementation, Some(&evaluation), Some(("plan", &planned)));
        // When the model has had all its chances, a single bad edit does not cost the good ones: the runner
        // leaves it out and says so.
        let (chances, used) = (self.options.repairs, AtomicU32::new(0));
        self.ask(job, Stage::Implementation, request, plan.changes.len(), move |answer| {
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
        let ids: Vec<String> = edits.iter().map(|edit| edit.id.to_string()).collect();
        let mut prompt = Prompt::of(job);
        let evaluation = brief::evaluation(evaluation, prompt.mask());
        let to_judge = brief::edits(edits, judgements, prompt.mask());
        let request = prompt.request(Stage::Verification, Some(&evaluation), Some(("edits", &to_judge)));
        self.ask(job, Stage::Verification, request, edits.len(), move |answer| {
            checks::verification(&ids, answer)
        })
    }
}

/// A stage that needs no model.
fn done<T: Partial + Send + 'static>(value: T) -> Steps<T> {
    futures::stream::once(std::future::ready(Ok(Step::Done(value)))).boxed()
}

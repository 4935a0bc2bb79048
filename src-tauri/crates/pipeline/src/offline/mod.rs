//! The engine that works by rules alone: no model, no network, nothing installed.
//!
//! It keeps the contract of [`crate::Engine`]: the same stages, the same typed partial results, one after each item
//! that it finds.
//!
//! 1. The posting comes line by line, as [`resume::posting`] reads it; [`requirements`] are what it asks for;
//!    [`demand`] is one of them taken apart into terms, years, languages and degrees.
//!    [`trade`] tells the terms of a trade from everyday words; [`glossary`] holds the abbreviations that the texts
//!    explain.
//! 2. [`person`] reads the resume; [`matching`] looks for a demand in it, by stems, by the terms that are the same
//!    ([`resume::words`]), and by what shows what (`data/shows.txt`).
//! 3. [`edits`] are such as need no invention, and none that the truth check does not fully support.
//!
//! What is not found is called missing: a word that both texts happen to share is no evidence.

mod dates;
mod demand;
mod desk;
mod edits;
mod evaluation;
mod glossary;
mod implementation;
mod keywords;
mod lexicon;
mod matching;
mod person;
mod planning;
mod requirements;
mod score;
mod sentences;
mod trade;
mod verification;
mod words;

use futures::{StreamExt, stream};
use llm::{Partial, Step};
use resume::Edit;

use crate::engine::{Engine, Job, Steps};
use crate::event::Judgement;
use crate::stages::{Evaluation, Implementation, Plan, Verification};

/// The rules-only engine.
#[derive(Clone, Copy, Debug, Default)]
pub struct Offline;

impl Engine for Offline {
    fn name(&self) -> &'static str {
        "offline"
    }

    fn model(&self) -> Option<&str> {
        None
    }

    fn evaluation(&self, job: &Job) -> Steps<Evaluation> {
        steps(evaluation::Evaluating::new(job.clone()))
    }

    fn planning(&self, job: &Job, evaluation: &Evaluation) -> Steps<Plan> {
        steps(planning::Planning::new(job.clone(), evaluation.clone()))
    }

    fn implementation(&self, job: &Job, evaluation: &Evaluation, _plan: &Plan) -> Steps<Implementation> {
        steps(implementation::Implementing::new(job.clone(), evaluation.clone()))
    }

    fn verification(
        &self,
        job: &Job,
        evaluation: &Evaluation,
        edits: &[Edit],
        judgements: &[Judgement],
    ) -> Steps<Verification> {
        steps(verification::Verifying::new(
            job.clone(),
            evaluation.clone(),
            edits.to_vec(),
            judgements.to_vec(),
        ))
    }
}

/// A stream that works out one step each time it is polled, and lets others work in between.
fn steps<T>(work: impl Iterator<Item = Step<T>> + Send + 'static) -> Steps<T>
where
    T: Partial + Send + 'static,
{
    stream::unfold(work, |mut work| async move {
        tokio::task::yield_now().await;
        work.next().map(|step| (Ok(step), work))
    })
    .boxed()
}

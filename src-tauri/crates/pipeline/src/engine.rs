//! The contract of the four stages. Two keep it: [`crate::ModelEngine`] asks a language model,
//! [`crate::Offline`] works by rules on this computer. The runner cannot tell them apart.

use std::sync::Arc;
use std::time::SystemTime;

use futures::stream::BoxStream;
use llm::{Cost, Step, Usage};
use resume::{Edit, Posting, Resume};

use crate::event::Judgement;
use crate::stages::{Evaluation, Implementation, Plan, Verification};

/// What a run works on.
#[derive(Clone, Debug)]
pub struct Job {
    /// The resume as read.
    pub resume: Arc<Resume>,
    /// The posting as read.
    pub posting: Arc<Posting>,
    /// What counts as now: "2019 – present" ends here.
    pub today: SystemTime,
}

impl Job {
    /// A job of today, by this computer's clock.
    pub fn new(resume: Arc<Resume>, posting: Arc<Posting>) -> Self {
        Self { resume, posting, today: SystemTime::now() }
    }
}

/// A stage at work: partial results, retries, and at the end the result, checked. Dropping it stops the work.
pub type Steps<T> = BoxStream<'static, Result<Step<T>, llm::Error>>;

/// Who does the work of the four stages.
pub trait Engine: Send + Sync {
    /// `offline`, or the provider's name.
    fn name(&self) -> &str;

    /// The model, where there is one.
    fn model(&self) -> Option<&str>;

    /// What so many tokens cost. Nothing, unless the engine asks somebody who is paid.
    fn cost(&self, usage: &Usage) -> Cost {
        let _ = usage;
        Cost::Free
    }

    /// Stage 1. Requirements come with ids `r1`, `r2`, …; evidence names blocks that exist.
    fn evaluation(&self, job: &Job) -> Steps<Evaluation>;

    /// Stage 2.
    fn planning(&self, job: &Job, evaluation: &Evaluation) -> Steps<Plan>;

    /// Stage 3. The first edit becomes `e1`, and so on.
    fn implementation(&self, job: &Job, evaluation: &Evaluation, plan: &Plan) -> Steps<Implementation>;

    /// Stage 4. `judgements` is what the truth check says of each edit, in the edits' order.
    fn verification(
        &self,
        job: &Job,
        evaluation: &Evaluation,
        edits: &[Edit],
        judgements: &[Judgement],
    ) -> Steps<Verification>;
}

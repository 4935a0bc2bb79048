//! The offline engine's first stage, on one resume and one posting.

use std::sync::Arc;
use std::time::SystemTime;

use futures::StreamExt;
use llm::Step;
use pipeline::{Engine, Evaluation, Job, Offline};
use resume::{Posting, Resume};

use crate::set::Pair;

/// A pair and the score of each file of the person.
pub(crate) struct Judged {
    pub(crate) pair: Pair,
    pub(crate) scores: Vec<u8>,
}

/// What the engine says of a resume and a posting.
pub(crate) fn evaluation(resume: &Resume, posting: &Posting, today: SystemTime) -> Evaluation {
    let job = Job { today, ..Job::new(Arc::new(resume.clone()), Arc::new(posting.clone())) };
    let runtime = tokio::runtime::Builder::new_current_thread().build();
    let mut steps = Offline.evaluation(&job);
    let last = runtime.ok().and_then(|runtime| {
        runtime.block_on(async {
            while let Some(step) = steps.next().await {
                if let Ok(Step::Done(value)) = step {
                    return Some(value);
                }
            }
            None
        })
    });
    last.unwrap_or_else(|| Evaluation {
        requirements: Vec::new(),
        match_score: 0,
        strengths: Vec::new(),
        gaps: Vec::new(),
        overall_assessment: String::new(),
    })
}

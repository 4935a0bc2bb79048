//! What a run will take, before it is started: tokens and dollars, stage by stage.
//!
//! What is sent is known to the letter, so its tokens are counted by the rule of [`llm::tokens`]. What a model will
//! answer is not known; its length is taken from how answers of the stages usually look:
//!
//! | stage | tokens of its answer, in English, as OpenAI counts |
//! | --- | --- |
//! | evaluation | 200, and 45 for each requirement that the posting seems to hold |
//! | planning | 330, and 45 for each of [`CHANGES`] changes |
//! | implementation | 20, and 130 for each planned change |
//! | verification | 120, and 45 for each edit |
//!
//! Other languages and other vocabularies take more, by the same factors as texts do. Models that think first write
//! more than that, unseen, so an estimate is told as "about", and a limit in dollars counts what really comes.
//!
//! Of what a later stage sends to Anthropic, the beginning that all stages share is read from the cache. Others cache
//! by themselves, or do not, and nobody promises it: for them all input counts as new, and the bill may be lower.

use llm::tokens::Counting;
use llm::{Cost, Output, Rate, Request, Usage};
use serde::Serialize;

use crate::engine::Job;
use crate::prompt::Prompt;
use crate::stages::Stage;

/// How many changes a plan usually has.
pub(crate) const CHANGES: usize = 8;

/// The shortest beginning that providers cache, in tokens.
const SHORTEST_CACHED: u64 = 1_024;

/// What a run will take, about.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Estimate {
    /// Each of the four stages.
    pub stages: Vec<StageEstimate>,
    /// All of them together, in tokens.
    pub usage: Usage,
    /// What that costs.
    pub cost: Cost,
}

/// What a stage will take, about.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct StageEstimate {
    /// The stage.
    pub stage: Stage,
    /// In tokens.
    pub usage: Usage,
    /// What that costs.
    pub cost: Cost,
}

/// What a run on `job` will take, about, with tokens at `rate` as `counting` counts them. Nothing is sent.
pub fn estimate(job: &Job, rate: &Rate, counting: Counting) -> Estimate {
    let language = job.resume.language.as_deref();
    let requirements = crate::progress::requirements_in(&job.posting.text);
    // What earlier stages bring is not there yet; lines as long as they usually are stand in for it.
    let evaluation = "r10 must partial b12 b34: Kubernetes clusters in production, with on-call duty\n"
        .repeat(requirements);
    let plan = "10. rewrite b12 for r1 r10: Name the tool that the posting names, beside your own word\n"
        .repeat(CHANGES + 2);
    let edits = "e10 rewrite b12, evidence b12 b34\n  new: Moved twenty-three services to Kubernetes (k8s) in production, with on-call duty one week in five\n".repeat(CHANGES);
    let stages: Vec<StageEstimate> = Stage::ALL
        .into_iter()
        .map(|stage| {
            let (evaluation, given, items) = match stage {
                Stage::Evaluation => (None, None, requirements),
                Stage::Planning => (Some(&*evaluation), None, CHANGES),
                Stage::Implementation => (Some(&*evaluation), Some(("plan", &*plan)), CHANGES),
                Stage::Verification => (Some(&*evaluation), Some(("edits", &*edits)), CHANGES),
            };
            let (request, _) = Prompt::of(job).request(stage, evaluation, given);
            let usage = expected(stage, &request, items, counting, language);
            StageEstimate { stage, usage, cost: rate.cost(&usage) }
        })
        .collect();
    Estimate {
        usage: stages.iter().fold(Usage::default(), |sum, stage| sum + stage.usage),
        cost: stages.iter().map(|stage| stage.cost).sum(),
        stages,
    }
}

/// What one request will take, about. `items` is how many items the answer's list will have.
pub(crate) fn expected(
    stage: Stage,
    request: &Request,
    items: usize,
    counting: Counting,
    language: Option<&str>,
) -> Usage {
    let text = |text: &str| counting.tokens(text, language);
    let schemas: u64 = match counting {
        // Declared all, in every request: what makes the beginning one that can be shared.
        Counting::Anthropic => request
            .family
            .iter()
            .map(|json| {
                counting.tokens(&json.schema.to_string(), None)
                    + counting.tokens(&json.description, None)
                    + 60
            })
            .sum(),
        _ => match &request.output {
            Output::Json(json) => counting.tokens(&json.schema.to_string(), None),
            Output::Text => 0,
        },
    };
    let marked = request.system.iter().rposition(|part| part.cache).map_or(0, |last| last + 1);
    let system: Vec<u64> = request.system.iter().map(|part| text(&part.text)).collect();
    // The first two pieces (rules, then resume and posting) are in every stage; a third, the evaluation, is new in
    // the second stage and read in those after it.
    let shared = schemas + system.iter().take(2).sum::<u64>();
    let later: u64 = system.iter().take(marked).skip(2).sum();
    let own: u64 = system.iter().skip(marked.max(2)).sum::<u64>()
        + request
            .messages
            .iter()
            .flat_map(|message| &message.parts)
            .map(|part| text(&part.text))
            .sum::<u64>();

    let items = u64::try_from(items).unwrap_or(u64::MAX);
    let answer = match stage {
        Stage::Evaluation => 200 + 45 * items,
        Stage::Planning => 330 + 45 * items,
        Stage::Implementation => 20 + 130 * items,
        Stage::Verification => 120 + 45 * items,
    };
    // The same factors as texts have, for language and vocabulary.
    let output =
        answer * counting.tokens(PROSE, language) / Counting::OpenAi.tokens(PROSE, Some("en")).max(1);
    let output = output.min(request.max_output_tokens.into());
    if counting != Counting::Anthropic || shared < SHORTEST_CACHED {
        return Usage { input: shared + later + own, output, ..Usage::default() };
    }
    let (cache_read, cache_write) = match stage {
        Stage::Evaluation => (0, shared),
        Stage::Planning => (shared, later),
        Stage::Implementation | Stage::Verification => (shared + later, 0),
    };
    Usage { input: own, cache_write, cache_read, output }
}

/// Prose to take the factors from.
const PROSE: &str = "Two or three sentences to the person: what is better now, and what remains a gap. The score may \
    stay as it was, and it may be lower, because edits make true things easier to see and add nothing.";

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use llm::Price;
    use resume::{Block, BlockId, BlockKind, Origin, Posting, Resume};

    use super::*;

    fn job(lines: usize, language: &str) -> Job {
        let blocks = (1..=lines).map(|n| Block {
            id: BlockId::nth(n),
            kind: BlockKind::Bullet,
            section: None,
            section_kind: None,
            text: "Ran the stores of a regional depot with four people and no stock lost".to_owned(),
            origin: Origin::Nowhere,
        });
        let resume =
            Resume { blocks: blocks.collect(), language: Some(language.to_owned()), warnings: Vec::new() };
        let text = "- Has led a small team in a warehouse\n".repeat(12);
        Job::new(Arc::new(resume), Arc::new(Posting { text, ..Posting::default() }))
    }

    const RATE: Rate =
        Rate::Priced(Price { input: 3.0, output: 15.0, cache_read: Some(0.3), cache_write: Some(3.75) });

    #[test]
    fn later_stages_read_what_the_first_one_wrote() {
        let estimate = estimate(&job(40, "en"), &RATE, Counting::Anthropic);
        let [first, rest @ ..] = &*estimate.stages else { panic!("no stages") };
        assert_eq!(first.usage.cache_read, 0);
        assert!(first.usage.cache_write > 1_024);
        for stage in rest {
            assert!(stage.usage.cache_read >= first.usage.cache_write, "{stage:?}");
            assert!(stage.usage.input < stage.usage.cache_read, "{stage:?}");
        }
        let sum = estimate.stages.iter().fold(Usage::default(), |sum, stage| sum + stage.usage);
        assert_eq!(estimate.usage, sum);
        let Cost::Usd(cost) = estimate.cost else { panic!("no cost") };
        assert!(cost.dollars() > 0.01 && cost.dollars() < 0.5, "{cost}");
    }

    #[test]
    fn more_to_read_and_finer_pieces_cost_more() {
        let of = |lines, language, counting| estimate(&job(lines, language), &RATE, counting).cost.usd();
        let base = of(40, "en", Counting::OpenAi);
        assert!(of(80, "en", Counting::OpenAi) > base);
        assert!(of(40, "de", Counting::OpenAi) > base);
        let other = estimate(&job(40, "en"), &RATE, Counting::Other);
        assert_eq!((other.usage.cache_read, other.usage.cache_write), (0, 0), "nobody promised a cache");
    }

    #[test]
    fn what_is_free_is_free_and_what_is_unknown_is_unknown() {
        assert_eq!(estimate(&job(3, "en"), &Rate::Free, Counting::Other).cost, Cost::Free);
        assert_eq!(estimate(&job(3, "en"), &Rate::Unknown, Counting::Other).cost, Cost::Unknown);
    }
}

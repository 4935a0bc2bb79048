//! A limit in dollars, shared by questions, kept before and while they are answered.

#![expect(clippy::unwrap_used, reason = "a test stops at what it does not expect")]

mod script;

use std::sync::Arc;

use futures::StreamExt;
use llm::tokens::Counting;
use llm::{
    Budget, Delta, Error, Message, Options, Output, Price, Request, Stop, TextStep, Usage, Usd, ask_text,
};
use script::{Attempt, Script, failing, script, written};

/// A dollar for a thousand tokens, in or out.
const PRICE: Price = Price { input: 1_000.0, output: 1_000.0, cache_read: Some(100.0), cache_write: None };

fn usd(dollars: f64) -> Usd {
    Usd::new(dollars).unwrap()
}

fn budget(dollars: f64) -> Budget {
    Budget::new(usd(dollars), PRICE, Counting::OpenAi)
}

fn request() -> Request {
    Request {
        system: Vec::new(),
        messages: vec![Message::user("word ".repeat(100))],
        output: Output::Text,
        family: Arc::default(),
        max_output_tokens: 10_000,
    }
}

async fn end(model: &Arc<Script>, options: Options) -> (Vec<TextStep>, Result<String, Error>) {
    let mut steps: Vec<_> = ask_text(model.clone(), request(), options, |_| Ok(())).collect().await;
    let end = match steps.pop().unwrap() {
        Ok(TextStep::Done(text)) => Ok(text),
        Err(error) => Err(error),
        Ok(other) => panic!("ended with {other:?}"),
    };
    (steps.into_iter().map(Result::unwrap).collect(), end)
}

#[tokio::test(start_paused = true)]
async fn a_request_that_would_go_beyond_is_not_made() {
    let model = script(vec![]);
    let expected = Usage { input: 100, output: 500, ..Usage::default() };
    let options = Options { budget: Some(budget(0.5)), expected: Some(expected), ..Options::default() };
    let (_, end) = end(&model, options).await;
    assert_eq!(end, Err(Error::BudgetReached { limit: usd(0.5), spent: Usd::ZERO, needed: Some(usd(0.6)) }));
    assert!(model.asked.lock().unwrap().is_empty());
    let error = Error::BudgetReached { limit: usd(0.5), spent: Usd::ZERO, needed: Some(usd(0.6)) };
    assert_eq!(
        error.to_string(),
        "The next request would bring the cost to about $0.60, over your limit of $0.50"
    );
    assert!(!error.is_retryable());
}

#[tokio::test(start_paused = true)]
async fn a_long_question_counts_where_nobody_expects_anything() {
    let options = Options { budget: Some(budget(0.05)), ..Options::default() };
    let (_, end) = end(&script(vec![]), options).await;
    assert!(matches!(end, Err(Error::BudgetReached { needed: Some(_), .. })), "{end:?}");
}

#[tokio::test(start_paused = true)]
async fn a_request_that_goes_beyond_is_stopped_in_the_middle() {
    // Nobody counts while it is written; 3,000 words are far more than 500 tokens.
    let model = script(vec![written(&"wording ".repeat(3_000), 8, 1)]);
    let budget = budget(0.7);
    let options = Options { budget: Some(budget.clone()), ..Options::default() };
    let (steps, end) = end(&model, options).await;
    let Err(Error::BudgetReached { limit, spent, needed: None }) = end else { panic!("{end:?}") };
    assert_eq!(limit, usd(0.7));
    assert!(spent > limit && spent < usd(0.8), "stopped soon behind the limit: {spent}");
    assert_eq!(budget.spent(), spent);
    let shown = steps.iter().rev().find_map(|step| match step {
        TextStep::Written(written) => Some(written.so_far()),
        _ => None,
    });
    assert!(shown.unwrap().len() < 8 * 1_000, "what came until then is shown");
}

#[tokio::test(start_paused = true)]
async fn what_the_provider_counts_replaces_the_estimate() {
    let mut attempt = written(&"wording ".repeat(100), 80, 1);
    let counted = Usage { input: 50, cache_read: 100, output: 40, ..Usage::default() };
    let last = attempt.len() - 1;
    attempt.insert(last, (0, Ok(Delta::Usage(counted))));
    let budget = budget(10.0);
    let options = Options { budget: Some(budget.clone()), ..Options::default() };
    let (_, end) = end(&script(vec![attempt]), options).await;
    end.unwrap();
    assert_eq!(budget.spent(), usd(0.05 + 0.01 + 0.04));
}

#[tokio::test(start_paused = true)]
async fn attempts_that_failed_and_earlier_questions_count() {
    let budget = budget(1.0);
    let options = || Options {
        budget: Some(budget.clone()),
        expected: Some(Usage { input: 300, ..Usage::default() }),
        ..Options::default()
    };
    let overloaded = Error::Overloaded { provider: "A".into(), retry_after: None };
    let whole = || -> Attempt {
        vec![
            (0, Ok(Delta::Usage(Usage { input: 300, output: 1, ..Usage::default() }))),
            (0, Ok(Delta::Text("Yes".into()))),
            (0, Ok(Delta::Ended(Stop::End))),
        ]
    };
    let mut broken = failing("Ye", overloaded);
    broken.insert(0, (0, Ok(Delta::Usage(Usage { input: 300, output: 1, ..Usage::default() }))));
    let first = end(&script(vec![broken, whole()]), options()).await;
    assert_eq!(first.1, Ok("Yes".to_owned()));
    assert!(budget.spent() > usd(0.6) && budget.spent() < usd(0.61), "{}", budget.spent());
    assert_eq!(end(&script(vec![whole()]), options()).await.1, Ok("Yes".to_owned()));
    let fourth = end(&script(vec![]), options()).await;
    assert!(matches!(fourth.1, Err(Error::BudgetReached { needed: Some(_), .. })), "{:?}", fourth.1);
}

#[tokio::test(start_paused = true)]
async fn tokens_are_estimated_once_a_second_until_they_are_counted() {
    let mut attempt = written(&"wording ".repeat(500), 8, 10);
    let counted = Usage { input: 9, output: 700, ..Usage::default() };
    let last = attempt.len() - 1;
    attempt.insert(last, (0, Ok(Delta::Usage(counted))));
    let (steps, _) = end(&script(vec![attempt]), Options::default()).await;
    let counts: Vec<u64> = steps
        .iter()
        .filter_map(|step| match step {
            TextStep::Usage(usage) => Some(usage.output),
            _ => None,
        })
        .collect();
    let (last, estimates) = counts.split_last().unwrap();
    assert!(estimates.len() >= 4 && estimates.len() <= 5, "one a second for five seconds: {counts:?}");
    assert!(estimates.is_sorted(), "{counts:?}");
    assert_eq!(*last, 700);
}

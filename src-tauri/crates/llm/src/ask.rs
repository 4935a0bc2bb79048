//! Drives a model to a typed value.

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;

use futures::StreamExt;
use futures::stream::BoxStream;
use serde::de::DeserializeOwned;
use tokio::time::{Instant, sleep, sleep_until};

use crate::answer::{Answer, Unfit};
use crate::backoff::wait_after;
use crate::gate::Gate;
use crate::{Delta, Error, Message, Model, Options, Partial, Request, Retry, Step, Stop, Usage};

/// Asks a model for a value of type `T`, and shows it while it is being written.
///
/// `check` judges a value that is well formed: whether ids exist, a score is in range, and the like. Its reason is
/// sent back to the model, so it should say what is wrong with which part, and how to put it right. It may be shown
/// to the user.
///
/// What the stream gives:
/// - [`Step::Partial`] whenever there is more to show: at once when a field or an item is done, else at most once
///   per [`Options::gate`], the newest state alone, and never twice the same. What is left is given before a
///   retry, the end, or an error.
/// - [`Step::Retry`] before the request is made again: after a fault that may pass ([`Error::is_retryable`]), up to
///   [`Options::attempts`] for one answer; and after an answer that does not fit, up to [`Options::repairs`]. The
///   next partial then starts from nothing.
/// - [`Step::Usage`] whenever the count of tokens changes: the sum over all attempts of this question.
/// - [`Step::Done`], the value, as the last item.
///
/// Nothing is sent before the stream is polled. Dropping it ends the request. It needs a tokio runtime with time.
///
/// # Errors
///
/// An error is the stream's last item.
pub fn ask<T>(
    model: Arc<dyn Model>,
    request: Request,
    options: Options,
    check: impl Fn(&T) -> Result<(), String> + Send + Sync + 'static,
) -> BoxStream<'static, Result<Step<T>, Error>>
where
    T: Partial + DeserializeOwned + Send + 'static,
{
    let question = Question {
        model,
        request,
        check,
        options,
        attempt: 1,
        repair: 0,
        spent: Usage::default(),
        reported: Usage::default(),
        stage: Stage::Pause(Duration::ZERO),
        ready: VecDeque::new(),
    };
    futures::stream::unfold(question, Question::next).boxed()
}

struct Question<T: Partial, C> {
    model: Arc<dyn Model>,
    request: Request,
    check: C,
    options: Options,
    /// The attempt that runs, counted from 1 for each answer.
    attempt: u32,
    /// How often the model was asked to correct its answer.
    repair: u32,
    /// What the attempts before this one took.
    spent: Usage,
    /// What was last reported.
    reported: Usage,
    stage: Stage<T>,
    /// What is to be given before anything else happens.
    ready: VecDeque<Result<Step<T>, Error>>,
}

enum Stage<T: Partial> {
    /// Before an attempt.
    Pause(Duration),
    /// While an answer comes in.
    Listen(Box<Attempt<T>>),
    /// Behind the last item.
    Over,
}

struct Attempt<T: Partial> {
    deltas: BoxStream<'static, Result<Delta, Error>>,
    answer: Answer<T>,
    gate: Gate,
    /// When the last sign of life came.
    heard: Instant,
    usage: Usage,
}

/// What happens next in an attempt.
enum Heard {
    Delta(Delta),
    GateOpened,
    Failed(Error),
}

impl<T: Partial> Attempt<T> {
    async fn hear(&mut self, silence: Duration) -> Heard {
        // Should the limit be beyond what the clock can count, there is none.
        let silent_at = self.heard.checked_add(silence);
        let opens = self.answer.may_have_changed().then(|| self.gate.opens()).flatten();
        tokio::select! {
            biased;
            delta = self.deltas.next() => {
                self.heard = Instant::now();
                match delta {
                    Some(Ok(delta)) => Heard::Delta(delta),
                    Some(Err(error)) => Heard::Failed(error),
                    // A model ends its stream after the end marker or an error; this one did neither.
                    None => Heard::Failed(Error::Truncated { provider: "the provider".to_owned() }),
                }
            }
            () = sleep_until(opens.unwrap_or(self.heard)), if opens.is_some() => Heard::GateOpened,
            () = sleep_until(silent_at.unwrap_or(self.heard)), if silent_at.is_some() => {
                Heard::Failed(Error::Silent { limit: silence })
            }
        }
    }

    /// The newest state, if the gate lets it through.
    fn show(&mut self) -> Option<T::Partial> {
        let is_open = self.gate.opens().is_none();
        if !is_open && !self.gate.lets_through(self.answer.known_change()) {
            return None;
        }
        let partial = self.answer.partial()?;
        self.gate.shut();
        Some(partial)
    }
}

impl<T, C> Question<T, C>
where
    T: Partial + DeserializeOwned + Send + 'static,
    C: Fn(&T) -> Result<(), String> + Send + Sync + 'static,
{
    async fn next(mut self) -> Option<(Result<Step<T>, Error>, Self)> {
        loop {
            if let Some(item) = self.ready.pop_front() {
                return Some((item, self));
            }
            match &mut self.stage {
                Stage::Over => return None,
                Stage::Pause(wait) => {
                    sleep(*wait).await;
                    self.stage = Stage::Listen(Box::new(Attempt {
                        deltas: self.model.stream(&self.request),
                        answer: Answer::new(&self.request),
                        gate: Gate::new(self.options.gate),
                        heard: Instant::now(),
                        usage: Usage::default(),
                    }));
                }
                Stage::Listen(attempt) => match attempt.hear(self.options.silence).await {
                    Heard::GateOpened => {
                        self.ready.extend(attempt.show().map(|shown| Ok(Step::Partial(shown))));
                    }
                    Heard::Failed(error) => self.fail(error),
                    Heard::Delta(Delta::Ended(stop)) => self.end(stop),
                    Heard::Delta(Delta::Usage(usage)) => {
                        attempt.usage = usage;
                        let sum = self.spent + usage;
                        if sum != self.reported {
                            self.reported = sum;
                            self.ready.push_back(Ok(Step::Usage(sum)));
                        }
                    }
                    Heard::Delta(delta) => match attempt.answer.take(&delta) {
                        Ok(()) => self.ready.extend(attempt.show().map(|shown| Ok(Step::Partial(shown)))),
                        Err(error) => self.fail(error),
                    },
                },
            }
        }
    }

    /// Leaves the running attempt, which ends its request, and gives what is left to show.
    fn leave(&mut self, next: Stage<T>) -> Option<Answer<T>> {
        match std::mem::replace(&mut self.stage, next) {
            Stage::Listen(attempt) => {
                let mut attempt = *attempt;
                self.spent = self.spent + attempt.usage;
                self.ready.extend(attempt.answer.partial().map(|shown| Ok(Step::Partial(shown))));
                Some(attempt.answer)
            }
            Stage::Pause(_) | Stage::Over => None,
        }
    }

    fn fail(&mut self, error: Error) {
        let Some(wait) = wait_after(&error, self.attempt, &self.options) else {
            self.leave(Stage::Over);
            self.ready.push_back(Err(error));
            return;
        };
        tracing::info!(code = error.code(), attempt = self.attempt, ?wait, "the request will be made again");
        self.leave(Stage::Pause(wait));
        self.attempt += 1;
        let (attempt, of) = (self.attempt, self.options.attempts);
        self.ready.push_back(Ok(Step::Retry(Retry { attempt, of, wait, reason: error.to_string() })));
    }

    fn end(&mut self, stop: Stop) {
        match stop {
            Stop::End | Stop::StopSequence | Stop::ToolUse => {
                let Some(mut answer) = self.leave(Stage::Over) else { return };
                match self.judge(&mut answer) {
                    Ok(value) => self.ready.push_back(Ok(Step::Done(value))),
                    Err(unfit) => self.repair(&answer, unfit),
                }
            }
            Stop::MaxTokens => self.fail(Error::MaxTokens { limit: self.request.max_output_tokens }),
            Stop::Refusal => self.fail(Error::Refused),
            Stop::ContextWindow => self.fail(Error::ContextWindow),
            Stop::Other(reason) => self.fail(Error::Stopped { reason }),
        }
    }

    fn judge(&self, answer: &mut Answer<T>) -> Result<T, Unfit> {
        let value = answer.value()?;
        (self.check)(&value)?;
        Ok(value)
    }

    /// Sends an answer that does not fit back to the model, with the reason.
    fn repair(&mut self, answer: &Answer<T>, unfit: Unfit) {
        let error = Error::Invalid { reason: unfit.shown };
        if self.repair >= self.options.repairs {
            self.ready.push_back(Err(error));
            return;
        }
        self.repair += 1;
        self.attempt = 1;
        tracing::info!(round = self.repair, "the model is asked to correct its answer");
        // Providers refuse empty messages.
        if !answer.text().trim().is_empty() {
            self.request.messages.push(Message::assistant(answer.text()));
        }
        self.request.messages.push(Message::user(format!(
            "This answer cannot be used: {}.\n\nGive the whole answer again, corrected, as one JSON value. \
             Write nothing before it and nothing behind it.",
            unfit.told.trim_end_matches('.')
        )));
        let (attempt, of) = (self.repair + 1, self.options.repairs + 1);
        self.ready.push_back(Ok(Step::Retry(Retry {
            attempt,
            of,
            wait: Duration::ZERO,
            reason: error.to_string(),
        })));
        self.stage = Stage::Pause(Duration::ZERO);
    }
}

//! Drives a model to an answer, whatever the answer is: attempts, waits, silence, corrections, money.

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;

use futures::future::FutureExt;
use futures::stream::BoxStream;
use futures::{Stream, StreamExt};
use tokio::time::{Instant, sleep, sleep_until};

use crate::backoff::wait_after;
use crate::gate::Gate;
use crate::tokens::{Counting, Tally};
use crate::{Budget, Change, Delta, Error, Message, Model, Options, Request, Retry, Stop, Usage};

/// The shortest time between two counts that are estimated because the provider has not told its own.
const COUNTED: Duration = Duration::from_secs(1);

/// An answer that is coming in.
pub(crate) trait Reply: Sized + Send {
    /// What is shown of it on the way.
    type Shown: Send;
    /// What it is in the end.
    type Value: Send;

    /// Nothing of it has come.
    fn begin(request: &Request) -> Self;

    /// Takes what came.
    fn take(&mut self, delta: &Delta) -> Result<(), Error>;

    /// What is new since something was shown, as far as it is known without looking closer.
    fn known_change(&self) -> Change;

    /// Whether there may be something to show at the next opportunity.
    fn may_have_changed(&self) -> bool;

    /// What is to be shown now, if there is anything new.
    fn show(&mut self) -> Option<Self::Shown>;

    /// Its text, as the model gave it.
    fn text(&self) -> &str;

    /// Nothing more comes: the value, strictly.
    fn value(&mut self) -> Result<Self::Value, Unfit>;
}

/// Why an answer cannot be used.
pub(crate) struct Unfit {
    /// For the model, which may see its own words.
    pub(crate) told: String,
    /// For the user and for logs, without any words of the answer.
    pub(crate) shown: String,
    pub(crate) fault: Fault,
}

/// What is wrong with an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// It is something else altogether: prose where JSON was asked for.
    Kind,
    /// It has another shape.
    Shape,
    /// It has its shape, and says what cannot be.
    Content,
}

/// One thing on the way to an answer.
pub(crate) enum Told<R: Reply> {
    Shown(R::Shown),
    Retry(Retry),
    Usage(Usage),
    Done(R::Value),
}

type Item<R> = Result<Told<R>, Error>;

/// Asks, and tells what happens. Nothing is sent before the stream is polled; dropping it ends the request.
pub(crate) fn drive<R, C>(
    model: Arc<dyn Model>,
    request: Request,
    options: Options,
    check: C,
) -> impl Stream<Item = Item<R>> + Send
where
    R: Reply + 'static,
    C: Fn(&R::Value) -> Result<(), String> + Send + Sync + 'static,
{
    let question = Question {
        model,
        first_messages: request.messages.len(),
        request,
        check,
        options,
        attempt: 1,
        repair: 0,
        misshapen: false,
        spent: Usage::default(),
        reported: Usage::default(),
        stage: Stage::Pause(Duration::ZERO),
        ready: VecDeque::new(),
    };
    futures::stream::unfold(question, Question::next)
}

struct Question<R: Reply, C> {
    model: Arc<dyn Model>,
    request: Request,
    /// How many messages there were before any correction.
    first_messages: usize,
    check: C,
    options: Options,
    /// The attempt that runs, counted from 1 for each answer.
    attempt: u32,
    /// How often the model was asked to correct its answer.
    repair: u32,
    /// Whether an answer before this one had another shape than it should.
    misshapen: bool,
    /// What the attempts before this one took.
    spent: Usage,
    /// What was last reported.
    reported: Usage,
    stage: Stage<R>,
    /// What is to be given before anything else happens.
    ready: VecDeque<Item<R>>,
}

enum Stage<R> {
    /// Before an attempt.
    Pause(Duration),
    /// While an answer comes in.
    Listen(Box<Attempt<R>>),
    /// Behind the last item.
    Over,
}

struct Attempt<R> {
    deltas: BoxStream<'static, Result<Delta, Error>>,
    reply: R,
    gate: Gate,
    /// When the last sign of life came.
    heard: Instant,
    /// When tokens were last counted.
    counted: Instant,
    /// What the provider counted so far.
    usage: Usage,
    /// What is to be taken for the input as long as the provider has not counted.
    expected: Usage,
    /// What came so far, by our own rule.
    tally: Tally,
}

/// What happens next in an attempt.
enum Heard {
    Delta(Delta),
    GateOpened,
    Failed(Error),
}

impl<R: Reply> Attempt<R> {
    async fn hear(&mut self, silence: Duration) -> Heard {
        // Most deltas are here already, and need no timer.
        if let Some(delta) = self.deltas.next().now_or_never() {
            return self.heard(delta);
        }
        // Should the limit be beyond what the clock can count, there is none.
        let silent_at = self.heard.checked_add(silence);
        let opens = if self.reply.may_have_changed() { self.gate.opens(Instant::now()) } else { None };
        tokio::select! {
            biased;
            delta = self.deltas.next() => self.heard(delta),
            () = sleep_until(opens.unwrap_or(self.heard)), if opens.is_some() => Heard::GateOpened,
            () = sleep_until(silent_at.unwrap_or(self.heard)), if silent_at.is_some() => {
                Heard::Failed(Error::Silent { limit: silence })
            }
        }
    }

    fn heard(&mut self, delta: Option<Result<Delta, Error>>) -> Heard {
        self.heard = Instant::now();
        match delta {
            Some(Ok(delta)) => Heard::Delta(delta),
            Some(Err(error)) => Heard::Failed(error),
            // A model ends its stream after the end marker or an error; this one did neither.
            None => Heard::Failed(Error::Truncated { provider: "the provider".to_owned() }),
        }
    }

    /// The newest state, if the gate lets it through.
    fn show(&mut self, now: Instant) -> Option<R::Shown> {
        let is_open = self.gate.opens(now).is_none();
        if !is_open && !self.gate.lets_through(self.reply.known_change(), now) {
            return None;
        }
        let shown = self.reply.show()?;
        self.gate.shut(now);
        Some(shown)
    }

    /// What the attempt has taken so far, about.
    fn running(&self) -> Usage {
        let Usage { input, cache_write, cache_read, output } = self.usage;
        let input_is_known = input + cache_write + cache_read > 0;
        let before = if input_is_known { self.usage } else { self.expected };
        Usage { output: output.max(self.tally.tokens()), ..before }
    }

    /// What it took in the end.
    fn took(&self, whole: bool) -> Usage {
        if whole && self.usage != Usage::default() { self.usage } else { self.running() }
    }
}

impl<R, C> Question<R, C>
where
    R: Reply,
    C: Fn(&R::Value) -> Result<(), String> + Send + Sync + 'static,
{
    async fn next(mut self) -> Option<(Item<R>, Self)> {
        loop {
            if let Some(item) = self.ready.pop_front() {
                return Some((item, self));
            }
            match &mut self.stage {
                Stage::Over => return None,
                Stage::Pause(wait) => {
                    sleep(*wait).await;
                    self.begin();
                }
                Stage::Listen(attempt) => match attempt.hear(self.options.silence).await {
                    Heard::GateOpened => {
                        let shown = attempt.show(Instant::now());
                        self.ready.extend(shown.map(|shown| Ok(Told::Shown(shown))));
                    }
                    Heard::Failed(error) => self.fail(error),
                    Heard::Delta(Delta::Ended(stop)) => self.end(stop),
                    Heard::Delta(delta) => self.take(&delta),
                },
            }
        }
    }

    /// Begins an attempt, where there is money for it.
    fn begin(&mut self) {
        let expected = self.expected();
        if let Some(error) = self.options.budget.as_ref().and_then(|budget| budget.admits(&expected).err()) {
            return self.fail(error);
        }
        let counting = self.options.budget.as_ref().map_or_else(Counting::default, Budget::counting);
        let now = Instant::now();
        self.stage = Stage::Listen(Box::new(Attempt {
            deltas: self.model.stream(&self.request),
            reply: R::begin(&self.request),
            gate: Gate::new(self.options.gate),
            heard: now,
            counted: now,
            usage: Usage::default(),
            expected: Usage { output: 0, ..expected },
            tally: Tally::new(counting),
        }));
    }

    /// What the next attempt will take, about.
    fn expected(&self) -> Usage {
        let counting = self.options.budget.as_ref().map_or_else(Counting::default, Budget::counting);
        let tokens = |messages: &[Message]| -> u64 {
            let parts = messages.iter().flat_map(|message| &message.parts);
            parts.map(|part| counting.tokens(&part.text, None)).sum()
        };
        let Some(expected) = self.options.expected else {
            let system = self.request.system.iter().map(|part| counting.tokens(&part.text, None));
            return Usage { input: system.sum::<u64>() + tokens(&self.request.messages), ..Usage::default() };
        };
        let corrections = tokens(self.request.messages.get(self.first_messages..).unwrap_or_default());
        Usage { input: expected.input + corrections, ..expected }
    }

    fn take(&mut self, delta: &Delta) {
        let Stage::Listen(attempt) = &mut self.stage else { return };
        match delta {
            Delta::Usage(usage) => {
                attempt.usage = *usage;
                attempt.counted = attempt.heard;
                let sum = self.spent + *usage;
                self.count(sum);
                return;
            }
            Delta::Text(piece) | Delta::Thinking(piece) | Delta::ToolArguments { json: piece, .. } => {
                attempt.tally.take(piece);
                let running = attempt.running();
                if let Some(error) = self.options.budget.as_ref().and_then(|b| b.covers(&running).err()) {
                    return self.fail(error);
                }
                if attempt.heard.duration_since(attempt.counted) >= COUNTED {
                    attempt.counted = attempt.heard;
                    let sum = self.spent + running;
                    if sum != self.reported {
                        self.reported = sum;
                        self.ready.push_back(Ok(Told::Usage(sum)));
                    }
                }
            }
            _ => {}
        }
        match attempt.reply.take(delta) {
            Ok(()) => {
                let now = attempt.heard;
                self.ready.extend(attempt.show(now).map(|shown| Ok(Told::Shown(shown))));
            }
            Err(error) => self.fail(error),
        }
    }

    /// Reports a count, where it is news.
    fn count(&mut self, sum: Usage) {
        if sum != self.reported {
            self.reported = sum;
            self.ready.push_back(Ok(Told::Usage(sum)));
        }
    }

    /// Leaves the running attempt, which ends its request, and gives what is left to show.
    fn leave(&mut self, next: Stage<R>, whole: bool) -> Option<R> {
        match std::mem::replace(&mut self.stage, next) {
            Stage::Listen(attempt) => {
                let mut attempt = *attempt;
                let took = attempt.took(whole);
                if let Some(budget) = &self.options.budget {
                    budget.charge(&took);
                }
                self.spent = self.spent + if whole { took } else { attempt.usage };
                self.ready.extend(attempt.reply.show().map(|shown| Ok(Told::Shown(shown))));
                Some(attempt.reply)
            }
            Stage::Pause(_) | Stage::Over => None,
        }
    }

    fn fail(&mut self, error: Error) {
        let Some(wait) = wait_after(&error, self.attempt, &self.options) else {
            self.leave(Stage::Over, false);
            self.ready.push_back(Err(error));
            return;
        };
        tracing::info!(code = error.code(), attempt = self.attempt, ?wait, "the request will be made again");
        self.leave(Stage::Pause(wait), false);
        self.attempt += 1;
        let (attempt, of) = (self.attempt, self.options.attempts);
        self.ready.push_back(Ok(Told::Retry(Retry { attempt, of, wait, reason: error.to_string() })));
    }

    fn end(&mut self, stop: Stop) {
        match stop {
            Stop::End | Stop::StopSequence | Stop::ToolUse => {
                let Some(mut reply) = self.leave(Stage::Over, true) else { return };
                match self.judge(&mut reply) {
                    Ok(value) => self.ready.push_back(Ok(Told::Done(value))),
                    Err(unfit) => self.repair(&reply, unfit),
                }
            }
            Stop::MaxTokens => self.fail(Error::MaxTokens { limit: self.request.max_output_tokens }),
            Stop::Refusal => self.fail(Error::Refused),
            Stop::ContentFilter => self.fail(Error::Filtered),
            Stop::ContextWindow => self.fail(Error::ContextWindow),
            Stop::Other(reason) => self.fail(Error::Stopped { reason }),
        }
    }

    fn judge(&self, reply: &mut R) -> Result<R::Value, Unfit> {
        let value = reply.value()?;
        (self.check)(&value).map_err(|reason| Unfit {
            told: reason.clone(),
            shown: reason,
            fault: Fault::Content,
        })?;
        Ok(value)
    }

    /// Sends an answer that does not fit back to the model, with the reason.
    fn repair(&mut self, reply: &R, unfit: Unfit) {
        let error = Error::Invalid { reason: unfit.shown };
        if self.repair >= self.options.repairs {
            self.ready.push_back(Err(error));
            return;
        }
        self.repair += 1;
        self.attempt = 1;
        // A server that takes a schema and does not heed it: the next attempt asks in a firmer way, and from the
        // start, as what came is no answer that could be corrected.
        let ignored = unfit.fault == Fault::Kind || (unfit.fault == Fault::Shape && self.misshapen);
        self.misshapen |= unfit.fault == Fault::Shape;
        if ignored && self.model.schema_ignored(&self.request) {
            tracing::info!("the schema was ignored; the model is asked in another way");
            self.request.messages.truncate(self.first_messages);
        } else {
            tracing::info!(round = self.repair, "the model is asked to correct its answer");
            // Providers refuse empty messages.
            if !reply.text().trim().is_empty() {
                self.request.messages.push(Message::assistant(reply.text()));
            }
            self.request.messages.push(Message::user(format!(
                "This answer cannot be used: {}.\n\nGive the whole answer again, corrected, in the form that was \
                 asked for. Write nothing before it and nothing behind it.",
                unfit.told.trim_end_matches('.')
            )));
        }
        let (attempt, of) = (self.repair + 1, self.options.repairs + 1);
        let wait = Duration::ZERO;
        self.ready.push_back(Ok(Told::Retry(Retry { attempt, of, wait, reason: error.to_string() })));
        self.stage = Stage::Pause(wait);
    }
}

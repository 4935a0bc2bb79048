//! A model that plays a script, on a clock that stands still until somebody waits.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use futures::StreamExt;
use futures::stream::BoxStream;
use llm::{Delta, Error, Model, Request, Stop};

/// One attempt: what comes, each after a pause in ms.
pub(crate) type Attempt = Vec<(u64, Result<Delta, Error>)>;

/// Plays its attempts one after the other, and remembers what it was asked. Behind its last word it is silent.
#[derive(Default)]
pub(crate) struct Script {
    attempts: Mutex<VecDeque<Attempt>>,
    pub(crate) asked: Mutex<Vec<Request>>,
    /// How often it can be told that its schema is ignored before there is no other way to ask.
    pub(crate) ways_left: Mutex<u32>,
}

impl Model for Script {
    fn id(&self) -> &'static str {
        "script"
    }

    fn stream(&self, request: &Request) -> BoxStream<'static, Result<Delta, Error>> {
        self.asked.lock().unwrap().push(request.clone());
        let attempt = self.attempts.lock().unwrap().pop_front().expect("one attempt too many");
        futures::stream::iter(attempt)
            .then(|(pause, item)| async move {
                // Even `sleep(0)` waits for the next millisecond.
                if pause > 0 {
                    tokio::time::sleep(Duration::from_millis(pause)).await;
                }
                item
            })
            .chain(futures::stream::pending())
            .boxed()
    }

    fn schema_ignored(&self, _: &Request) -> bool {
        let mut left = self.ways_left.lock().unwrap();
        *left = left.saturating_sub(1);
        *left > 0
    }
}

pub(crate) fn script(attempts: Vec<Attempt>) -> Arc<Script> {
    Arc::new(Script { attempts: Mutex::new(attempts.into()), ..Script::default() })
}

/// A text in pieces of `size` bytes (it is ASCII), one every `pause` ms, and the end.
pub(crate) fn written(text: &str, size: usize, pause: u64) -> Attempt {
    let pieces = text.as_bytes().chunks(size).map(|piece| std::str::from_utf8(piece).unwrap().to_owned());
    let mut attempt: Attempt = pieces.map(|piece| (pause, Ok(Delta::Text(piece)))).collect();
    attempt.push((0, Ok(Delta::Ended(Stop::End))));
    attempt
}

pub(crate) fn failing(text: &str, error: Error) -> Attempt {
    vec![(0, Ok(Delta::Text(text.into()))), (0, Err(error))]
}

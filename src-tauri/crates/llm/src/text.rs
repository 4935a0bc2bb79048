//! Plain text while it is being written: for letters, and for whatever else is read and not taken apart.

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use futures::StreamExt;
use futures::stream::BoxStream;

use crate::answer::limit;
use crate::drive::{Fault, Reply, Told, Unfit, drive};
use crate::thinking::Thinking;
use crate::{Change, Delta, Error, Model, Options, Request, Retry, Usage};

/// One step on the way to a text. [`TextStep::Done`] is the last one.
#[derive(Clone, Debug, PartialEq)]
pub enum TextStep {
    /// There is more of it.
    Written(Written),
    /// The request will be made again; the text begins anew.
    Retry(Retry),
    /// What this question has taken so far, all its attempts together. Replaces earlier counts.
    Usage(Usage),
    /// The whole text.
    Done(String),
}

/// What came of a text since the step before.
#[derive(Clone)]
pub struct Written {
    /// The new words. Never empty.
    pub delta: String,
    whole: Arc<Mutex<String>>,
    /// Where the new words end in it.
    end: usize,
}

impl Written {
    /// The text up to the end of [`Written::delta`]. A copy, made when it is asked for: whoever shows a long text
    /// should add each delta to what it shows.
    pub fn so_far(&self) -> String {
        lock(&self.whole).get(..self.end).unwrap_or_default().to_owned()
    }
}

impl PartialEq for Written {
    fn eq(&self, other: &Self) -> bool {
        self.delta == other.delta && self.end == other.end
    }
}

impl fmt::Debug for Written {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Written").field("delta", &self.delta).field("end", &self.end).finish_non_exhaustive()
    }
}

fn lock(text: &Mutex<String>) -> MutexGuard<'_, String> {
    text.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Asks a model for a text, and shows it while it is being written.
///
/// Like [`ask`](crate::ask), with the same patience, faults, limits and counts, for a request with
/// [`Output::Text`](crate::Output::Text). [`TextStep::Written`] comes at most once per [`Options::gate`]; a text has
/// no fields that could be done early. Thinking at its beginning is stepped over. `check` judges the whole text; an
/// empty one never fits.
///
/// # Errors
///
/// An error is the stream's last item.
pub fn ask_text(
    model: Arc<dyn Model>,
    request: Request,
    options: Options,
    check: impl Fn(&String) -> Result<(), String> + Send + Sync + 'static,
) -> BoxStream<'static, Result<TextStep, Error>> {
    drive::<Text, _>(model, request, options, check)
        .map(|told| {
            Ok(match told? {
                Told::Shown(written) => TextStep::Written(written),
                Told::Retry(retry) => TextStep::Retry(retry),
                Told::Usage(usage) => TextStep::Usage(usage),
                Told::Done(text) => TextStep::Done(text),
            })
        })
        .boxed()
}

/// A text that is coming in.
struct Text {
    thinking: Thinking,
    whole: Arc<Mutex<String>>,
    /// As the model gave it.
    raw: String,
    /// How much of `whole` was shown, in bytes.
    shown: usize,
    /// How long it is, in bytes.
    length: usize,
    limit: usize,
}

impl Text {
    fn push(&mut self, more: &str) {
        // Blanks before the first word are no text.
        let more = if self.length == 0 {
            more.trim_start_matches(['\u{feff}', ' ', '\n', '\r', '\t'])
        } else {
            more
        };
        if !more.is_empty() {
            lock(&self.whole).push_str(more);
            self.length += more.len();
        }
    }
}

impl Reply for Text {
    type Shown = Written;
    type Value = String;

    fn begin(request: &Request) -> Self {
        Self {
            thinking: Thinking::default(),
            whole: Arc::default(),
            raw: String::new(),
            shown: 0,
            length: 0,
            limit: limit(request),
        }
    }

    fn take(&mut self, delta: &Delta) -> Result<(), Error> {
        let Delta::Text(piece) = delta else { return Ok(()) };
        if self.raw.len() + piece.len() > self.limit {
            return Err(Error::TooLong { limit: self.limit });
        }
        self.raw.push_str(piece);
        let more = self.thinking.without(piece);
        self.push(&more);
        Ok(())
    }

    fn known_change(&self) -> Change {
        if self.may_have_changed() { Change::More } else { Change::Nothing }
    }

    fn may_have_changed(&self) -> bool {
        self.length > self.shown
    }

    fn show(&mut self) -> Option<Written> {
        if !self.may_have_changed() {
            return None;
        }
        let delta = lock(&self.whole).get(self.shown..).unwrap_or_default().to_owned();
        self.shown = self.length;
        Some(Written { delta, whole: Arc::clone(&self.whole), end: self.length })
    }

    fn text(&self) -> &str {
        &self.raw
    }

    fn value(&mut self) -> Result<String, Unfit> {
        let rest = self.thinking.rest();
        self.push(&rest);
        let text = lock(&self.whole).trim_end().to_owned();
        if text.is_empty() {
            let reason = "there is nothing in it".to_owned();
            return Err(Unfit { told: reason.clone(), shown: reason, fault: Fault::Content });
        }
        Ok(text)
    }
}

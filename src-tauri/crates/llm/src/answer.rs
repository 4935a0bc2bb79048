//! One answer while it comes in: its text, its JSON, and what is shown of it.

use serde::de::DeserializeOwned;

use crate::drive::{Fault, Reply, Unfit};
use crate::json::{Limits, Opening, Reader};
use crate::patch::Changes;
use crate::thinking::Thinking;
use crate::{Change, Delta, Error, Field, JsonOutput, Output, Partial, Patch, Request};

/// The largest answer, in bytes, whatever was asked for. The longest limits of today's models are about 128,000
/// tokens, half a megabyte.
const LARGEST: usize = 4 << 20;

/// Bytes of an answer for each token that was asked for. A token of prose or JSON has about four; a server that
/// writes on and on without counting is cut off well before its lists grow costly to show.
const BYTES_A_TOKEN: usize = 16;

/// So much may always come, in bytes.
const ALWAYS: usize = 64 << 10;

/// How long the answer to a request may become, in bytes.
pub(crate) fn limit(request: &Request) -> usize {
    let tokens = usize::try_from(request.max_output_tokens).unwrap_or(usize::MAX);
    tokens.saturating_mul(BYTES_A_TOKEN).clamp(ALWAYS, LARGEST)
}

/// A typed answer that is coming in.
pub(crate) struct Answer<T: Partial> {
    /// The tool that may carry the answer instead of plain text.
    tool_name: Option<String>,
    /// The content block of that tool, once it began.
    tool: Option<usize>,
    opening: Opening,
    /// Steps over thinking that the model wrote into its answer.
    thinking: Thinking,
    text: String,
    /// How long it may become, in bytes.
    limit: usize,
    reader: Reader,
    shown: Field<T::Partial>,
    /// What has changed in it since a patch was taken.
    changes: Changes,
    /// [`Reader::completed`] at the last refresh.
    completed: u64,
    /// Whether text came since the last refresh.
    stale: bool,
    /// The same in short.
    unsent: Change,
}

impl<T: Partial> Answer<T> {
    fn read(&mut self, piece: &str) -> Result<(), Error> {
        if self.text.len() + piece.len() > self.limit {
            return Err(Error::TooLong { limit: self.limit });
        }
        self.text.push_str(piece);
        self.reader.push(piece.as_bytes());
        self.stale = true;
        if self.reader.completed() > self.completed {
            self.refresh();
        }
        Ok(())
    }

    /// Types what has come.
    fn refresh(&mut self) {
        self.stale = false;
        self.completed = self.reader.completed();
        // A bare bracket may still turn out to be prose, and shows nothing anyway.
        let Some(root) = self.reader.tree().root() else { return };
        if self.reader.tree().len() == 1 && !root.is_done() {
            return;
        }
        let (shown, changes) = (&mut self.shown, &mut self.changes);
        let change = if shown.is_absent() {
            let change = changes.quietly(|changes| T::refresh(shown, root, changes));
            changes.set(shown);
            change
        } else {
            T::refresh(shown, root, changes)
        };
        // That the whole is done cannot be seen in what is shown of it.
        if !changes.is_empty() {
            self.unsent = self.unsent.max(change);
        }
    }
}

impl<T> Reply for Answer<T>
where
    T: Partial + DeserializeOwned + Send,
{
    type Shown = Patch;
    type Value = T;

    fn begin(request: &Request) -> Self {
        let (tool_name, opening) = match &request.output {
            Output::Text => (None, Opening::Object),
            Output::Json(JsonOutput { name, schema, .. }) => {
                let opening = match schema.get("type").and_then(serde_json::Value::as_str) {
                    Some("array") => Opening::List,
                    Some("string" | "number" | "integer" | "boolean" | "null") => Opening::Any,
                    _ => Opening::Object,
                };
                (Some(name.clone()), opening)
            }
        };
        Self {
            tool_name,
            tool: None,
            opening,
            thinking: Thinking::default(),
            text: String::new(),
            limit: limit(request),
            reader: Reader::new(opening, Limits::default()),
            shown: Field::Absent,
            changes: Changes::default(),
            completed: 0,
            stale: false,
            unsent: Change::Nothing,
        }
    }

    fn take(&mut self, delta: &Delta) -> Result<(), Error> {
        match delta {
            Delta::Text(piece) if self.tool.is_none() => {
                let answer = self.thinking.without(piece);
                self.read(&answer)
            }
            Delta::ToolArguments { index, json } if self.tool == Some(*index) => self.read(json),
            Delta::ToolStarted { index, name }
                if self.tool.is_none() && Some(name) == self.tool_name.as_ref() =>
            {
                // What was written before it is not the answer.
                self.tool = Some(*index);
                self.text.clear();
                self.reader = Reader::new(self.opening, Limits::default());
                self.shown = Field::Absent;
                self.changes = Changes::default();
                self.completed = 0;
                self.stale = false;
                self.unsent = Change::Nothing;
                Ok(())
            }
            _ => Ok(()),
        }
    }

    fn known_change(&self) -> Change {
        self.unsent
    }

    fn may_have_changed(&self) -> bool {
        self.stale || self.unsent > Change::Nothing
    }

    fn show(&mut self) -> Option<Patch> {
        if self.stale {
            self.refresh();
        }
        self.unsent = Change::Nothing;
        Some(self.changes.take()).filter(|patch| !patch.is_empty())
    }

    fn text(&self) -> &str {
        &self.text
    }

    fn value(&mut self) -> Result<T, Unfit> {
        let rest = self.thinking.rest();
        self.text.push_str(&rest);
        self.reader.push(rest.as_bytes());
        let is_there = self.reader.tree().root().is_some();
        let range = self.reader.finish().map_err(|broken| {
            let place = place(&self.text, broken.at);
            let fault = if is_there { Fault::Shape } else { Fault::Kind };
            Unfit { told: format!("{}{place}", broken.reason), shown: broken.reason.to_owned(), fault }
        })?;
        let json = self.text.get(range).unwrap_or_default();
        let mut deserializer = serde_json::Deserializer::from_str(json);
        serde_path_to_error::deserialize(&mut deserializer).map_err(|error| {
            let path = error.path().to_string();
            let told = format!("at `{path}`: {}", error.inner());
            let shown = format!("at `{path}`: {}", without_quotes(&error.inner().to_string()));
            Unfit { told, shown, fault: Fault::Shape }
        })
    }
}

/// ` (line 3, column 14)`, counted from 1.
fn place(text: &str, at: usize) -> String {
    let before = &text.as_bytes()[..at.min(text.len())];
    let line = before.split(|&byte| byte == b'\n').count();
    let column = before.rsplit(|&byte| byte == b'\n').next().map_or(0, <[u8]>::len) + 1;
    format!(" (line {line}, column {column})")
}

/// An error of serde without the words that it quotes from the answer.
fn without_quotes(message: &str) -> String {
    const LONGEST: usize = 200;
    // From the first to the last quotation mark: what is between may hold quotation marks itself.
    let message = match (message.find('"'), message.rfind('"')) {
        (Some(first), Some(last)) if first < last => {
            format!("{}…{}", &message[..first], &message[last + 1..])
        }
        _ => message.to_owned(),
    };
    let message = match (message.starts_with("unknown "), message.find('`'), message.find("`, expected")) {
        (true, Some(first), Some(last)) if first < last => {
            format!("{}…{}", &message[..first], &message[last + 1..])
        }
        _ => message,
    };
    message.chars().take(LONGEST).collect()
}

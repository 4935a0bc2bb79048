//! How a server is told which JSON is wanted: by the firmest means that it takes.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};

use crate::{JsonOutput, Output, Request};

/// Ways to ask for JSON, the firmest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Means {
    /// The way that the protocol has for it, which forces the answer's shape.
    Native,
    /// As the arguments of a tool that must be called.
    Tool,
    /// The schema is written in the prompt. All that is left is hope, and a check.
    Prompt,
}

/// What was found out about servers and models while the program runs, whoever asked.
static FOUND: OnceLock<Mutex<HashMap<Box<str>, Means>>> = OnceLock::new();

fn found() -> MutexGuard<'static, HashMap<Box<str>, Means>> {
    FOUND.get_or_init(Mutex::default).lock().unwrap_or_else(PoisonError::into_inner)
}

/// What is remembered of one model at one server.
#[derive(Clone, Debug)]
pub(crate) struct Memory {
    /// The server's address and the model's name.
    place: Box<str>,
    /// What it may take, the firmest first.
    ladder: &'static [Means],
}

impl Memory {
    /// The memory of a model at an address, which may take the means of `ladder`, the firmest first.
    pub(crate) fn of(address: &str, model: &str, ladder: &'static [Means]) -> Self {
        Self { place: format!("{address} {model}").into(), ladder }
    }

    /// The means to use now.
    pub(crate) fn means(&self) -> Means {
        self.among(&found())
    }

    fn among(&self, found: &HashMap<Box<str>, Means>) -> Means {
        let known = found.get(&self.place).copied().filter(|means| self.ladder.contains(means));
        known.or(self.ladder.first().copied()).unwrap_or(Means::Prompt)
    }

    /// `failed` was refused or ignored. Gives what to use from now on, if anything is left.
    pub(crate) fn step_down(&self, failed: Means) -> Option<Means> {
        let mut found = found();
        let now = self.among(&found);
        if now != failed {
            // Another question found out meanwhile.
            return Some(now);
        }
        let next = *self.ladder.iter().skip_while(|means| **means != failed).nth(1)?;
        tracing::info!(?failed, ?next, "the server does not take the answer's schema in this way");
        found.insert(self.place.clone(), next);
        Some(next)
    }
}

/// What a tool that carries an answer is for.
pub(crate) fn tool_description(json: &JsonOutput) -> String {
    let what = json.description.trim();
    let gap = if what.is_empty() { "" } else { "\n\n" };
    format!("{what}{gap}Gives the answer. Call it once, with the whole answer.")
}

/// What is added behind the first message where the schema has to be put in words.
pub(crate) fn in_words(request: &Request, means: Means) -> Option<String> {
    let (Output::Json(json), Means::Prompt) = (&request.output, means) else { return None };
    Some(format!(
        "Answer with one JSON value that fits this JSON Schema, and with nothing else: no code fence, no words \
         before it or behind it.\n\n{}",
        json.schema
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_failure_leads_to_the_next_means_and_is_remembered_for_that_model_alone() {
        const ALL: &[Means] = &[Means::Native, Means::Tool, Means::Prompt];
        let memory = Memory::of("http://means.example", "one", ALL);
        assert_eq!(memory.step_down(Means::Native), Some(Means::Tool));
        let again = Memory::of("http://means.example", "one", ALL);
        assert_eq!(again.means(), Means::Tool);
        assert_eq!(again.step_down(Means::Native), Some(Means::Tool), "two questions at once step down once");
        assert_eq!(again.step_down(Means::Tool), Some(Means::Prompt));
        assert_eq!(again.step_down(Means::Prompt), None);
        assert_eq!(Memory::of("http://means.example", "two", ALL).means(), Means::Native);
        let short = Memory::of("http://means.example", "three", &[Means::Native, Means::Prompt]);
        assert_eq!(short.step_down(Means::Native), Some(Means::Prompt));
    }
}

//! Reads the stream of Gemini.

use serde::Deserialize;
use serde_json::value::RawValue;

use crate::decode::{Out, Reading};
use crate::failure::{Asked, Reason};
use crate::loose::{Count, Words, is_something, part};
use crate::ollama::arguments;
use crate::{Stop, Usage};

/// What is known in the middle of a stream.
///
/// Gemini has no event that ends a stream. An answer is whole where the bytes end well and the last piece of it had a
/// finish reason; after code that ran on Google's side, more may come behind a finish reason.
#[derive(Debug, Default)]
pub(crate) struct Gemini {
    has_started: bool,
    stop: Option<Stop>,
    begun: usize,
    /// Tokens of the prompt, of results of Google's own tools, from the cache, of candidates, of thoughts.
    counts: [u64; 5],
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Chunk<'a> {
    #[serde(default, borrow)]
    candidates: Option<&'a RawValue>,
    #[serde(default, borrow)]
    prompt_feedback: Option<&'a RawValue>,
    #[serde(default, borrow)]
    usage_metadata: Option<&'a RawValue>,
    #[serde(default, borrow)]
    model_version: Words<'a>,
    #[serde(default, borrow)]
    error: Option<&'a RawValue>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Candidate<'a> {
    #[serde(default)]
    index: Count,
    #[serde(default, borrow)]
    content: Option<&'a RawValue>,
    #[serde(default, borrow)]
    finish_reason: Words<'a>,
}

#[derive(Deserialize)]
struct Contents<'a> {
    #[serde(default, borrow)]
    parts: Option<&'a RawValue>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Part<'a> {
    #[serde(default, borrow)]
    text: Words<'a>,
    #[serde(default, borrow)]
    thought: Option<&'a RawValue>,
    #[serde(default, borrow)]
    function_call: Option<&'a RawValue>,
}

#[derive(Deserialize)]
struct Call<'a> {
    #[serde(default, borrow)]
    name: Words<'a>,
    #[serde(default, borrow)]
    args: Option<&'a RawValue>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Feedback<'a> {
    #[serde(default, borrow)]
    block_reason: Words<'a>,
}

/// Thinking is counted beside the candidates; results of Google's own tools beside the prompt.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
#[expect(clippy::struct_field_names, reason = "the protocol's names")]
struct Counts {
    #[serde(default)]
    prompt_token_count: Count,
    #[serde(default)]
    tool_use_prompt_token_count: Count,
    #[serde(default)]
    cached_content_token_count: Count,
    #[serde(default)]
    candidates_token_count: Count,
    #[serde(default)]
    thoughts_token_count: Count,
}

impl Gemini {
    fn chunk(&mut self, data: &str, out: &mut Out) {
        let Ok(chunk) = serde_json::from_str::<Chunk<'_>>(data) else {
            out.unreadable();
            return;
        };
        if is_something(chunk.error) {
            let asked = Asked { provider: out.provider(), model: "", path: "" };
            out.fail(Reason::read(data.as_bytes()).error(None, None, asked));
            return;
        }
        if !self.has_started {
            self.has_started = true;
            out.started(&chunk.model_version.0);
        }
        let blocked: Option<Feedback<'_>> = part(chunk.prompt_feedback);
        if blocked.is_some_and(|feedback| !feedback.block_reason.0.is_empty()) {
            self.stop = Some(Stop::ContentFilter);
        }
        let candidates: Vec<Candidate<'_>> = part(chunk.candidates).unwrap_or_default();
        let mut silent = true;
        for candidate in candidates.into_iter().filter(|candidate| candidate.index.0.unwrap_or(0) == 0) {
            let content: Option<Contents<'_>> = part(candidate.content);
            let parts: Vec<&RawValue> = content.and_then(|content| part(content.parts)).unwrap_or_default();
            for piece in parts.into_iter().filter_map(|raw| part::<Part<'_>>(Some(raw))) {
                silent = false;
                // More came behind a finish reason.
                self.stop = None;
                self.part(piece, out);
            }
            if let Some(reason) = candidate.finish_reason.some() {
                self.stop = Some(stop(reason));
            }
        }
        if let Some(counts) = part::<Counts>(chunk.usage_metadata) {
            silent = false;
            self.count(&counts, out);
        }
        if silent {
            out.keep_alive();
        }
    }

    /// Counts are cumulative, and those that are missing have not changed.
    fn count(&mut self, counts: &Counts, out: &mut Out) {
        let known = &mut self.counts;
        for (known, count) in known.iter_mut().zip([
            counts.prompt_token_count,
            counts.tool_use_prompt_token_count,
            counts.cached_content_token_count,
            counts.candidates_token_count,
            counts.thoughts_token_count,
        ]) {
            *known = count.0.unwrap_or(*known);
        }
        let [prompt, tools, cached, candidates, thoughts] = *known;
        let input = prompt.saturating_add(tools);
        let cache_read = cached.min(input);
        let output = candidates.saturating_add(thoughts);
        out.usage(Usage { input: input - cache_read, cache_write: 0, cache_read, output });
    }

    fn part(&mut self, piece: Part<'_>, out: &mut Out) {
        if let Some(call) = part::<Call<'_>>(piece.function_call) {
            let index = self.begun;
            self.begun += 1;
            out.tool_started(index, call.name.0.into_owned());
            out.tool_arguments(index, arguments(call.args));
        } else if is_something(piece.thought) {
            out.thinking(piece.text.0.into_owned());
        } else {
            out.text(piece.text.0.into_owned());
        }
    }
}

impl Reading for Gemini {
    fn event(&mut self, data: &str, out: &mut Out) {
        if data == "[DONE]" {
            // Some gateways add the end marker of another protocol.
            out.keep_alive();
        } else {
            self.chunk(data, out);
        }
    }

    /// A list of chunks where `alt=sse` was not heeded, else one chunk with everything.
    fn whole(&mut self, body: &str, out: &mut Out) {
        if body.starts_with('[') {
            match serde_json::from_str::<Vec<&RawValue>>(body) {
                Ok(chunks) => chunks.into_iter().for_each(|chunk| self.chunk(chunk.get(), out)),
                Err(error) => out.no_json(&error),
            }
        } else {
            match serde_json::from_str::<&RawValue>(body) {
                Ok(chunk) => self.chunk(chunk.get(), out),
                Err(error) => out.no_json(&error),
            }
        }
    }

    fn end(&mut self, out: &mut Out) {
        match self.stop.take() {
            Some(Stop::End) if self.begun > 0 => out.ended(Stop::ToolUse),
            Some(stop) => out.ended(stop),
            None => out.truncated(),
        }
    }
}

fn stop(reason: String) -> Stop {
    match reason.as_str() {
        "STOP" => Stop::End,
        "MAX_TOKENS" => Stop::MaxTokens,
        // Gateways say so; Gemini itself says STOP.
        "FUNCTION_CALL" | "TOOL_CALLS" => Stop::ToolUse,
        "SAFETY" | "RECITATION" | "BLOCKLIST" | "PROHIBITED_CONTENT" | "SPII" | "LANGUAGE" => {
            Stop::ContentFilter
        }
        _ => Stop::Other(reason),
    }
}

//! Which models there are: at a provider, and at servers that run on this computer.

use std::time::Duration;

use futures::StreamExt;
use futures::future::join_all;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use ts_rs::TS;

use crate::loose::{Count, Words, part};
use crate::{Connection, Delta, Error, Message, Model, Output, Protocol, Provider, Request};

/// How long a server on this computer may take to say which models it has.
const GLANCE: Duration = Duration::from_secs(2);

/// How long a check may take. A local server may have to load the model first.
const CHECK: Duration = Duration::from_secs(90);

/// How many pages of a list are read at most.
const MOST_PAGES: usize = 20;

/// A model that can be asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ModelEntry {
    /// The name to ask for.
    pub id: String,
    /// A name for people, where it differs.
    pub name: Option<String>,
    /// How much it reads and writes at once, in tokens, where the provider says so.
    #[ts(type = "number | null")]
    pub context: Option<u64>,
}

/// A server that was found on this computer.
#[derive(Clone, Debug, PartialEq)]
pub struct LocalServer {
    /// What it speaks like.
    pub provider: &'static Provider,
    /// Its address, for [`Provider::connect`].
    pub base_url: String,
    /// What it has, in its own order.
    pub models: Vec<ModelEntry>,
}

/// A list of models in any of the forms in use.
#[derive(Deserialize)]
struct List<'a> {
    #[serde(default, borrow)]
    data: Option<&'a RawValue>,
    #[serde(default, borrow)]
    models: Option<&'a RawValue>,
    #[serde(default, borrow, rename = "nextPageToken")]
    next_page: Words<'a>,
    #[serde(default, borrow)]
    has_more: Option<&'a RawValue>,
    #[serde(default, borrow)]
    last_id: Words<'a>,
}

#[derive(Deserialize)]
struct Listed<'a> {
    #[serde(default, borrow)]
    id: Words<'a>,
    #[serde(default, borrow)]
    model: Words<'a>,
    #[serde(default, borrow)]
    name: Words<'a>,
    #[serde(default, borrow)]
    display_name: Words<'a>,
    #[serde(default, borrow, rename = "displayName")]
    shown: Words<'a>,
    #[serde(default)]
    context_length: Count,
    #[serde(default)]
    context_window: Count,
    #[serde(default)]
    max_context_length: Count,
    #[serde(default)]
    max_model_len: Count,
    #[serde(default)]
    max_input_tokens: Count,
    #[serde(default, rename = "inputTokenLimit")]
    input_limit: Count,
    #[serde(default, borrow, rename = "supportedGenerationMethods")]
    methods: Option<&'a RawValue>,
    #[serde(default, borrow)]
    capabilities: Option<&'a RawValue>,
}

/// What Mistral says of its models.
#[derive(Deserialize)]
struct Capabilities {
    #[serde(default)]
    completion_chat: Option<bool>,
}

/// Parts of names of models that write no text. Lists of providers hold them too, without saying so.
const NO_TEXT: [&str; 15] = [
    "embed",
    "whisper",
    "tts",
    "dall-e",
    "moderation",
    "transcribe",
    "realtime",
    "gpt-image",
    "imagen",
    "sora",
    "veo-",
    "audio",
    "rerank",
    "davinci",
    "babbage",
];

fn entry(listed: Listed<'_>) -> Option<ModelEntry> {
    let methods: Option<Vec<String>> = part(listed.methods);
    let can_answer = methods.is_none_or(|methods| methods.iter().any(|method| method == "generateContent"));
    let chats = part::<Capabilities>(listed.capabilities).and_then(|it| it.completion_chat).unwrap_or(true);
    let [model, name] = [listed.model.0.into_owned(), listed.name.0.into_owned()];
    let id = [listed.id.0.into_owned(), model, name.clone()].into_iter().find(|id| !id.is_empty())?;
    // Gemini's names stand below `models/`, and are asked for without it.
    let id = id.strip_prefix("models/").map_or(id.clone(), str::to_owned);
    let lower = id.to_lowercase();
    if !can_answer || !chats || NO_TEXT.iter().any(|part| lower.contains(part)) {
        return None;
    }
    let shown = listed.display_name.some().or(listed.shown.some()).or(Some(name));
    let name = shown.filter(|name| !name.is_empty() && *name != id && *name != format!("models/{id}"));
    let context = listed
        .context_length
        .0
        .or(listed.context_window.0)
        .or(listed.max_context_length.0)
        .or(listed.max_model_len.0)
        .or(listed.max_input_tokens.0)
        .or(listed.input_limit.0);
    Some(ModelEntry { id, name, context: context.filter(|tokens| *tokens > 0) })
}

impl Connection {
    /// The models that the provider lists, in its order, without those that write no text. Whose list is empty may
    /// still answer to a name.
    ///
    /// # Errors
    ///
    /// Those of a request; [`Error::Malformed`] where what comes is no list.
    pub async fn models(&self) -> Result<Vec<ModelEntry>, Error> {
        let protocol = self.provider().protocol;
        let (path, first) = match protocol {
            Protocol::Ollama => ("tags", None),
            Protocol::Gemini => ("models", Some("pageSize=1000".to_owned())),
            Protocol::Messages => ("models", Some("limit=1000".to_owned())),
            Protocol::Chat | Protocol::Responses => ("models", None),
        };
        let mut models: Vec<ModelEntry> = Vec::new();
        let mut query = first.clone();
        for _ in 0..MOST_PAGES {
            let body = self.get(path, query.as_deref()).await?;
            let (page, next) = read_list(&body).ok_or_else(|| self.no_list(&body))?;
            models.extend(page);
            let (Some(next), Some(first)) = (next, &first) else { break };
            let name = if protocol == Protocol::Gemini { "pageToken" } else { "after_id" };
            query = Some(format!("{first}&{name}={}", in_query(&next)));
        }
        let mut seen = std::collections::HashSet::new();
        models.retain(|model| seen.insert(model.id.clone()));
        Ok(models)
    }

    /// Whether this key, model and address work together: asks for one word, as cheaply as can be.
    ///
    /// # Errors
    ///
    /// What is wrong. The error's words and hint are for people. For a name that the provider does not know, see
    /// [`Connection::models`].
    pub async fn check(&self) -> Result<(), Error> {
        if self.id().is_empty() {
            return Err(Error::NoSuchModel {
                provider: self.provider().name.to_owned(),
                model: "(none was named)".to_owned(),
            });
        }
        let request = Request {
            system: Vec::new(),
            messages: vec![Message::user("Answer with the word: yes")],
            output: Output::Text,
            family: std::sync::Arc::default(),
            // The least that all of them take.
            max_output_tokens: 16,
        };
        let mut deltas = self.stream(&request);
        let answer = async {
            while let Some(delta) = deltas.next().await {
                match delta? {
                    // A sign that the model writes; what it writes does not matter, nor where it stops.
                    Delta::Text(_) | Delta::Thinking(_) | Delta::Ended(_) => return Ok(()),
                    _ => {}
                }
            }
            Err(Error::Truncated { provider: self.provider().name.to_owned() })
        };
        tokio::time::timeout(CHECK, answer).await.unwrap_or(Err(Error::Silent { limit: CHECK }))
    }

    fn no_list(&self, body: &[u8]) -> Error {
        let is_page = body.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b'<');
        let reason =
            if is_page { "a web page instead of a list of models" } else { "what came is no list of models" };
        Error::Malformed { provider: self.provider().name.to_owned(), reason: reason.to_owned() }
    }
}

/// The models of a page, and the name of the next page.
fn read_list(body: &[u8]) -> Option<(Vec<ModelEntry>, Option<String>)> {
    let body = std::str::from_utf8(body).ok()?.trim_start_matches('\u{feff}');
    let of = |listed: Vec<&RawValue>| {
        listed.into_iter().filter_map(|raw| entry(part::<Listed<'_>>(Some(raw))?)).collect::<Vec<_>>()
    };
    if body.trim_start().starts_with('[') {
        return Some((of(serde_json::from_str(body).ok()?), None));
    }
    let list: List<'_> = serde_json::from_str(body).ok()?;
    let listed: Vec<&RawValue> = part(list.data).or_else(|| part(list.models))?;
    let more = list.has_more.is_some_and(|more| more.get() == "true");
    let next = list.next_page.some().or_else(|| list.last_id.some().filter(|_| more));
    Some((of(listed), next))
}

/// A value that may stand in a query.
fn in_query(value: &str) -> String {
    value
        .bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => {
                char::from(byte).to_string()
            }
            _ => format!("%{byte:02X}"),
        })
        .collect()
}

/// Servers that run on this computer, at their usual ports, with what they have. All are asked at the same time, and
/// who does not answer within two seconds is not there.
pub async fn find_local() -> Vec<LocalServer> {
    let usual = Provider::all().iter().filter(|provider| provider.is_local);
    find_at(usual.filter_map(|provider| Some((provider, provider.home?.to_owned())))).await
}

/// The same, for servers at other addresses on this computer. Any other address is passed over.
pub async fn find_at(places: impl IntoIterator<Item = (&'static Provider, String)>) -> Vec<LocalServer> {
    let asked = places.into_iter().filter(|(_, address)| crate::http::is_here(address)).map(
        |(provider, address)| async move {
            let connection = provider.open(None, "", Some(&address), GLANCE).ok()?;
            let models = tokio::time::timeout(GLANCE, connection.models()).await.ok()?.ok()?;
            Some(LocalServer { provider, base_url: address, models })
        },
    );
    join_all(asked).await.into_iter().flatten().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(body: &str) -> Vec<String> {
        read_list(body.as_bytes()).unwrap().0.into_iter().map(|model| model.id).collect()
    }

    #[test]
    fn lists_of_all_forms_are_read() {
        assert_eq!(ids(r#"{"object": "list", "data": [{"id": "a"}, {"id": 7}, {"id": null}]}"#), ["a", "7"]);
        assert_eq!(ids(r#"[{"id": "a"}]"#), ["a"]);
        assert_eq!(
            ids(r#"{"models": [{"name": "qwen3:4b", "model": "qwen3:4b", "size": 1}]}"#),
            ["qwen3:4b"]
        );
        let gemini = r#"{"models": [
            {"name": "models/g-pro", "displayName": "G Pro", "inputTokenLimit": 1000, "supportedGenerationMethods": ["generateContent"]},
            {"name": "models/g-vec", "supportedGenerationMethods": ["embedContent"]}], "nextPageToken": "p2"}"#;
        let (models, next) = read_list(gemini.as_bytes()).unwrap();
        let pro = ModelEntry { id: "g-pro".into(), name: Some("G Pro".into()), context: Some(1000) };
        assert_eq!((models, next), (vec![pro], Some("p2".into())));
        let mistral = r#"{"data": [{"id": "m", "capabilities": {"completion_chat": true}, "max_context_length": 9},
            {"id": "ocr", "capabilities": {"completion_chat": false}}]}"#;
        assert_eq!(ids(mistral), ["m"]);
        assert_eq!(ids(r#"{"data": [{"id": "text-embedding-3-small"}, {"id": "gpt-x"}]}"#), ["gpt-x"]);
        let anthropic = r#"{"data": [{"id": "c", "display_name": "C"}], "has_more": true, "last_id": "c"}"#;
        assert_eq!(read_list(anthropic.as_bytes()).unwrap().1, Some("c".into()));
    }

    #[test]
    fn what_is_no_list_is_none() {
        for body in ["", "<html>", "{}", "{\"data\": 3}", "[1", "\u{fffd}"] {
            assert!(read_list(body.as_bytes()).is_none_or(|(models, _)| models.is_empty()), "{body}");
        }
        assert!(read_list(b"\xff").is_none());
    }

    #[test]
    fn a_page_name_is_quoted() {
        assert_eq!(in_query("a b&c=d/é"), "a%20b%26c%3Dd%2F%C3%A9");
    }
}

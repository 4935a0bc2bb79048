//! The catalogue: who can be asked, where, and with what.

use std::sync::Arc;
use std::time::Duration;

use crate::chat::Dialect;
use crate::connection::Connection;
use crate::means::Means;
use crate::{Error, Key, Model, Protocol};

/// How long a connection may take to come about, TLS included, where nobody says otherwise.
pub const CONNECT_LIMIT: Duration = Duration::from_secs(15);

/// A provider of models, in the cloud or on this computer.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Provider {
    /// Short and stable, for settings and the command line.
    pub id: &'static str,
    /// The name for people, as it stands in messages.
    pub name: &'static str,
    /// How it is spoken to.
    pub protocol: Protocol,
    /// Where it answers; `None` where the user has to say.
    pub home: Option<&'static str>,
    /// Whether it answers nobody without a key.
    pub needs_key: bool,
    /// The environment variable that usually holds the key.
    pub key_variable: Option<&'static str>,
    /// The page where one gets a key.
    pub key_page: Option<&'static str>,
    /// A model to begin with, where one suits most.
    pub default_model: Option<&'static str>,
    /// Whether it runs on the user's own computer.
    pub is_local: bool,
    pub(crate) dialect: Dialect,
}

const NATIVE: &[Means] = &[Means::Native, Means::Tool, Means::Prompt];
const TOOL: &[Means] = &[Means::Tool, Means::Prompt];

const DIALECT: Dialect = Dialect {
    ladder: NATIVE,
    completion_limit: false,
    stream_options: true,
    json_mode: false,
    is_router: false,
    sends_done: true,
};

/// What providers in the cloud have in common.
const CLOUD: Provider = Provider {
    id: "",
    name: "",
    protocol: Protocol::Chat,
    home: None,
    needs_key: true,
    key_variable: None,
    key_page: None,
    default_model: None,
    is_local: false,
    dialect: DIALECT,
};

/// What servers on the user's own computer have in common. They stand at their usual ports.
const LOCAL: Provider = Provider { needs_key: false, is_local: true, ..CLOUD };

/// All of them, in the order in which they are offered.
static ALL: [Provider; 14] = [
    Provider {
        id: "anthropic",
        name: "Anthropic",
        protocol: Protocol::Messages,
        home: Some("https://api.anthropic.com"),
        key_variable: Some("ANTHROPIC_API_KEY"),
        key_page: Some("https://console.anthropic.com/settings/keys"),
        default_model: Some(crate::anthropic::DEFAULT_MODEL),
        ..CLOUD
    },
    Provider {
        id: "openai",
        name: "OpenAI",
        protocol: Protocol::Responses,
        home: Some("https://api.openai.com/v1"),
        key_variable: Some("OPENAI_API_KEY"),
        key_page: Some("https://platform.openai.com/api-keys"),
        default_model: Some("gpt-6.1-terra"),
        ..CLOUD
    },
    Provider {
        id: "openai-chat",
        name: "OpenAI (Chat Completions)",
        home: Some("https://api.openai.com/v1"),
        key_variable: Some("OPENAI_API_KEY"),
        key_page: Some("https://platform.openai.com/api-keys"),
        default_model: Some("gpt-6.1-terra"),
        dialect: Dialect { completion_limit: true, ..DIALECT },
        ..CLOUD
    },
    Provider {
        id: "gemini",
        name: "Gemini",
        protocol: Protocol::Gemini,
        home: Some("https://generativelanguage.googleapis.com/v1beta"),
        key_variable: Some("GEMINI_API_KEY"),
        key_page: Some("https://aistudio.google.com/apikey"),
        default_model: Some("gemini-3.8-flash"),
        ..CLOUD
    },
    Provider {
        id: "ollama",
        name: "Ollama",
        protocol: Protocol::Ollama,
        home: Some("http://127.0.0.1:11434"),
        ..LOCAL
    },
    Provider {
        id: "openrouter",
        name: "OpenRouter",
        home: Some("https://openrouter.ai/api/v1"),
        key_variable: Some("OPENROUTER_API_KEY"),
        key_page: Some("https://openrouter.ai/settings/keys"),
        dialect: Dialect { is_router: true, ..DIALECT },
        ..CLOUD
    },
    Provider {
        id: "mistral",
        name: "Mistral",
        home: Some("https://api.mistral.ai/v1"),
        key_variable: Some("MISTRAL_API_KEY"),
        key_page: Some("https://console.mistral.ai/api-keys"),
        default_model: Some("mistral-medium-latest"),
        // It counts unasked, and refuses fields that it does not know.
        dialect: Dialect { stream_options: false, json_mode: true, ..DIALECT },
        ..CLOUD
    },
    Provider {
        id: "deepseek",
        name: "DeepSeek",
        home: Some("https://api.deepseek.com"),
        key_variable: Some("DEEPSEEK_API_KEY"),
        key_page: Some("https://platform.deepseek.com/api_keys"),
        default_model: Some("deepseek-v4-flash"),
        // It takes no schema for the answer.
        dialect: Dialect { ladder: TOOL, json_mode: true, ..DIALECT },
        ..CLOUD
    },
    Provider {
        id: "groq",
        name: "Groq",
        home: Some("https://api.groq.com/openai/v1"),
        key_variable: Some("GROQ_API_KEY"),
        key_page: Some("https://console.groq.com/keys"),
        default_model: Some("openai/gpt-oss-120b"),
        dialect: Dialect { completion_limit: true, json_mode: true, ..DIALECT },
        ..CLOUD
    },
    Provider {
        id: "xai",
        name: "xAI",
        home: Some("https://api.x.ai/v1"),
        key_variable: Some("XAI_API_KEY"),
        key_page: Some("https://console.x.ai"),
        ..CLOUD
    },
    Provider { id: "lmstudio", name: "LM Studio", home: Some("http://127.0.0.1:1234/v1"), ..LOCAL },
    Provider { id: "llamacpp", name: "llama.cpp", home: Some("http://127.0.0.1:8080/v1"), ..LOCAL },
    Provider { id: "vllm", name: "vLLM", home: Some("http://127.0.0.1:8000/v1"), ..LOCAL },
    Provider {
        id: "other",
        name: "The server",
        needs_key: false,
        dialect: Dialect { sends_done: false, ..DIALECT },
        ..CLOUD
    },
];

impl Provider {
    /// All providers, in the order in which they are offered.
    pub fn all() -> &'static [Self] {
        &ALL
    }

    /// The provider with this id.
    pub fn by_id(id: &str) -> Option<&'static Self> {
        ALL.iter().find(|provider| provider.id == id)
    }

    /// A model of this provider. `base_url` is another address than its own: `https://gateway.example.com`, with or
    /// without `/v1`; for `other` it has to be given. Nothing is sent yet.
    ///
    /// # Errors
    ///
    /// [`Error::NoKey`] where a key is needed and there is none (a server on this computer may do without),
    /// [`Error::MalformedKey`] where it holds what no header can, and [`Error::BaseUrl`] where the address is not
    /// https (http on this computer), holds a password or a query, or is missing.
    pub fn connect(
        &'static self,
        key: Option<Key>,
        model: impl AsRef<str>,
        base_url: Option<&str>,
    ) -> Result<Arc<dyn Model>, Error> {
        Ok(Arc::new(self.open(key, model, base_url, CONNECT_LIMIT)?))
    }

    /// The same as [`Provider::connect`], as what can also list models and be checked. `connect_limit` is how long a
    /// connection may take to come about.
    ///
    /// # Errors
    ///
    /// Those of [`Provider::connect`].
    pub fn open(
        &'static self,
        key: Option<Key>,
        model: impl AsRef<str>,
        base_url: Option<&str>,
        connect_limit: Duration,
    ) -> Result<Connection, Error> {
        Connection::open(self, key, model.as_ref(), base_url, connect_limit)
    }
}

impl PartialEq for Provider {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_differ_and_every_provider_can_be_connected_to() {
        for (at, provider) in Provider::all().iter().enumerate() {
            let same = Provider::all().iter().position(|other| other.id == provider.id);
            assert_eq!(same, Some(at), "{} stands there twice", provider.id);
            assert_eq!(Provider::by_id(provider.id), Some(provider));
            let base = provider.home.is_none().then_some("https://models.example.com/v1");
            provider.connect(Some(Key::new("k")), "m", base).unwrap();
            let without = provider.connect(None, "m", base);
            assert_eq!(without.is_err(), provider.needs_key, "{}", provider.id);
            assert!(
                !provider.needs_key || provider.key_page.is_some_and(|page| page.starts_with("https://"))
            );
        }
        assert_eq!(Provider::by_id("nobody"), None);
    }

    #[test]
    fn an_address_is_asked_for_where_there_is_none() {
        let error = Provider::by_id("other").unwrap().connect(None, "m", None).err().unwrap();
        assert_eq!(error.to_string(), "The address of the server cannot be used: none was given");
    }
}

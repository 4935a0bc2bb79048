//! Providers of models: which can be chosen, and what they answer when they are asked about themselves.

use std::sync::Arc;
use std::time::Duration;

use llm::tokens::Counting;
use llm::{Connection, Cost, Error, Key, Options, Prices, Provider, Rate, Usd, find_local};
use pipeline::{ErrorReport, ModelEngine};

use crate::api::{
    ConnectionTest, Estimated, LocalServer, ModelOffer, OFFLINE, ProviderChoice, ProviderOffer, Settings,
};
use crate::failure::{Answer, aside, failure};
use crate::state::Shell;
use keychain::{PATIENCE, Secret};

/// How long a connection may take to come about.
const CONNECT: Duration = Duration::from_secs(15);

/// The shortest and the longest silence that can be chosen, in seconds.
const SILENCE: std::ops::RangeInclusive<u32> = 10..=3600;

/// All providers, in the order in which they are offered.
pub(crate) fn offers() -> Vec<ProviderOffer> {
    let owned = |text: Option<&'static str>| text.map(str::to_owned);
    Provider::all()
        .iter()
        .map(|provider| ProviderOffer {
            id: provider.id.to_owned(),
            name: provider.name.to_owned(),
            local: provider.is_local,
            needs_key: provider.needs_key,
            key_variable: owned(provider.key_variable),
            key_page: owned(provider.key_page),
            home: owned(provider.home),
            default_model: owned(provider.default_model),
        })
        .collect()
}

/// The environment variable that usually holds a provider's key.
pub(crate) fn key_variable(provider: &str) -> Option<&'static str> {
    Provider::by_id(provider)?.key_variable
}

/// The keychain's entry of a provider: one for each company, whichever protocol it is spoken to in.
pub(crate) fn entry(provider: &Provider) -> &'static str {
    let same =
        |other: &&Provider| provider.key_variable.is_some() && other.key_variable == provider.key_variable;
    Provider::all().iter().find(same).map_or(provider.id, |first| first.id)
}

impl Settings {
    /// The provider at work; `None` offline.
    pub(crate) fn provider(&self) -> Option<&'static Provider> {
        Provider::by_id(&self.engine)
    }

    /// What is chosen for the provider at work, or what it begins with.
    pub(crate) fn chosen(&self) -> ProviderChoice {
        self.providers.get(&self.engine).cloned().unwrap_or_else(|| ProviderChoice {
            model: self.provider().and_then(|provider| provider.default_model).unwrap_or_default().to_owned(),
            base_url: None,
        })
    }

    /// What the model at work costs.
    fn rate(&self) -> Rate {
        Prices::built_in().rate(&self.engine, &self.chosen().model)
    }
}

/// Settings that a run can be made with: no white space around, limits that can be kept, an address that can be used.
pub(crate) fn checked(mut settings: Settings) -> Answer<Settings> {
    for choice in settings.providers.values_mut() {
        choice.model = choice.model.trim().to_owned();
        choice.base_url =
            choice.base_url.take().map(|url| url.trim().to_owned()).filter(|url| !url.is_empty());
    }
    if settings.engine != OFFLINE && settings.provider().is_none() {
        return Err(failure("no_engine", "There is no such engine.", "Choose one that is offered."));
    }
    if !SILENCE.contains(&settings.silence_s) {
        return Err(failure(
            "bad_silence",
            "The longest silence must be 10 to 3600 seconds.",
            "Type a number between the two.",
        ));
    }
    if settings.limit_usd.is_some_and(|limit| limit <= 0.0 || Usd::new(limit).is_none()) {
        return Err(failure(
            "bad_limit",
            "The cost limit must be an amount above zero.",
            "Type an amount in dollars, or nothing for no limit.",
        ));
    }
    if let (Some(provider), Some(url)) = (settings.provider(), settings.chosen().base_url) {
        provider.connect(Some(Key::new("unused")), "any", Some(&url)).map_err(|error| report(&error))?;
    }
    Ok(settings)
}

/// Whether a key can stand in a request at all; whether it is a good one, only the provider knows.
pub(crate) fn acceptable(settings: &Settings, key: &Secret) -> Answer<()> {
    let provider = settings.provider().ok_or_else(offline)?;
    let url = settings.chosen().base_url.or_else(|| provider.home.map(str::to_owned));
    let url = url.unwrap_or_else(|| "https://models.example.com".to_owned());
    let connected = provider.connect(Some(Key::new(key.clone().reveal())), "any", Some(&url));
    connected.map(|_| ()).map_err(|error| report(&error))
}

/// The engine that the settings choose, with their limits.
pub(crate) async fn engine(shell: &Arc<Shell>, settings: &Settings) -> Answer<ModelEngine> {
    let connection = connection(shell, settings).await?;
    if settings.chosen().model.is_empty() {
        return Err(failure("no_model", "No model is chosen.", "Choose one in Settings."));
    }
    let options = Options { silence: Duration::from_secs(settings.silence_s.into()), ..Options::default() };
    let engine = ModelEngine::new(settings.engine.as_str(), Arc::new(connection)).with_options(options);
    match settings.limit_usd.and_then(Usd::new) {
        Some(limit) => engine.with_limit(limit).map_err(|error| report(&error)),
        None => Ok(engine),
    }
}

async fn connection(shell: &Arc<Shell>, settings: &Settings) -> Answer<Connection> {
    let provider = settings.provider().ok_or_else(offline)?;
    let asked = Arc::clone(shell);
    let key = aside(move || Ok(asked.keys.get(entry(provider), PATIENCE))).await?;
    let choice = settings.chosen();
    let key = key.map(|key| Key::new(key.reveal()));
    provider.open(key, &choice.model, choice.base_url.as_deref(), CONNECT).map_err(|error| report(&error))
}

/// The models of the provider at work.
pub(crate) async fn models(shell: &Arc<Shell>) -> Answer<Vec<ModelOffer>> {
    let settings = shell.settings();
    let listed = connection(shell, &settings).await?.models().await.map_err(|error| report(&error))?;
    let prices = Prices::built_in();
    let price = |model: &str| match prices.rate(&settings.engine, model) {
        Rate::Priced(price) => {
            Some(format!("${:.2} in, ${:.2} out for a million tokens.", price.input, price.output))
        }
        Rate::Free | Rate::Unknown => None,
    };
    Ok(listed.into_iter().map(|model| ModelOffer { price: price(&model.id), id: model.id }).collect())
}

/// Whether the provider at work answers, with this key, model and address.
pub(crate) async fn test(shell: &Arc<Shell>) -> Answer<ConnectionTest> {
    let settings = shell.settings();
    let connection = connection(shell, &settings).await?;
    let model = settings.chosen().model;
    Ok(match connection.check().await {
        Ok(()) => ConnectionTest { well: true, told: format!("{model} answers."), hint: String::new() },
        Err(error) => ConnectionTest { well: false, told: error.to_string(), hint: error.hint() },
    })
}

/// Model servers that run on this computer.
pub(crate) async fn local() -> Vec<LocalServer> {
    let found = find_local().await;
    found
        .into_iter()
        .map(|server| LocalServer {
            provider: server.provider.id.to_owned(),
            name: server.provider.name.to_owned(),
            models: server.models.len(),
        })
        .collect()
}

/// What a run on what was read would take, about; `None` offline.
pub(crate) fn estimate(shell: &Shell) -> Answer<Option<Estimated>> {
    let settings = shell.settings();
    if settings.provider().is_none() {
        return Ok(None);
    }
    let job = shell.job()?;
    let estimate = pipeline::estimate(&job, &settings.rate(), Counting::of(&settings.engine));
    let usage = estimate.usage;
    Ok(Some(Estimated {
        input: usage.input + usage.cache_read + usage.cache_write,
        output: usage.output,
        cost: estimate.cost,
        over_limit: match (estimate.cost, settings.limit_usd.and_then(Usd::new)) {
            (Cost::Usd(cost), Some(limit)) => cost > limit,
            _ => false,
        },
    }))
}

/// There is no provider to ask, or to keep a key for.
pub(crate) fn offline() -> ErrorReport {
    failure("offline", "The offline engine asks nobody.", "Choose a provider first.")
}

fn report(error: &Error) -> ErrorReport {
    failure(error.code(), error.to_string(), error.hint())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn on(engine: &str) -> Settings {
        Settings { engine: engine.to_owned(), ..Settings::default() }
    }

    fn with(engine: &str, base_url: &str) -> Settings {
        let choice = ProviderChoice { model: " m ".to_owned(), base_url: Some(base_url.to_owned()) };
        Settings { providers: [(engine.to_owned(), choice)].into(), ..on(engine) }
    }

    #[test]
    fn every_provider_of_the_catalogue_is_offered_and_can_be_chosen() {
        let offers = offers();
        assert_eq!(offers.len(), Provider::all().len());
        for offer in offers {
            let chosen = checked(on(&offer.id)).unwrap().chosen();
            assert_eq!(chosen.model, offer.default_model.unwrap_or_default(), "{}", offer.id);
        }
    }

    #[test]
    fn two_protocols_of_a_company_share_its_key() {
        let of = |id| entry(Provider::by_id(id).unwrap());
        assert_eq!(of("openai-chat"), of("openai"));
        assert_ne!(of("openai"), of("mistral"));
        assert_eq!(of("other"), "other");
    }

    #[test]
    fn settings_that_no_run_can_keep_are_refused() {
        let code = |settings: Settings| checked(settings).unwrap_err().code;
        assert_eq!(code(on("nobody")), "no_engine");
        assert_eq!(code(Settings { silence_s: 3, ..on(OFFLINE) }), "bad_silence");
        for limit in [0.0, -1.0, f64::NAN, f64::INFINITY] {
            assert_eq!(code(Settings { limit_usd: Some(limit), ..on(OFFLINE) }), "bad_limit");
        }
        assert_eq!(code(with("anthropic", "ftp://example.com")), "base_url");
    }

    #[test]
    fn white_space_around_what_was_typed_is_left_out() {
        let settings = checked(with("other", " http://127.0.0.1:9/v1 ")).unwrap();
        assert_eq!(settings.chosen().model, "m");
        assert_eq!(settings.chosen().base_url.as_deref(), Some("http://127.0.0.1:9/v1"));
        assert_eq!(checked(with("other", "  ")).unwrap().chosen().base_url, None);
    }

    #[test]
    fn a_key_that_no_header_can_hold_is_refused() {
        let key = |text: &str| Secret::typed(text).unwrap();
        acceptable(&on("openai"), &key("sk-1")).unwrap();
        acceptable(&on("other"), &key("sk-1")).unwrap();
        assert_eq!(acceptable(&on("openai"), &key("sk\n-1")).unwrap_err().code, "malformed_key");
        assert_eq!(acceptable(&on(OFFLINE), &key("sk-1")).unwrap_err().code, "offline");
    }
}

//! Who does the work: options of the command line to an engine, with what it costs.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use clap::Args;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use llm::tokens::Counting;
use llm::{Cost, Options, Prices, Provider, Rate, Usd};
use pipeline::{Engine, Job, ModelEngine, Offline, estimate};

use crate::failure::Failure;
use crate::key;

/// The name of the engine that asks nobody.
const OFFLINE: &str = "offline";

/// Options that say who does the work, and for how much.
#[derive(Debug, Args)]
pub(crate) struct EngineArgs {
    /// Who does the work. Without it: Claude where there is a key, else rules on this computer
    #[arg(long, value_name = "E", value_parser = engines())]
    pub(crate) engine: Option<String>,
    #[command(flatten)]
    pub(crate) server: ServerArgs,
    /// The model, as its provider spells it; see `tailorbird models`
    #[arg(long, value_name = "M")]
    pub(crate) model: Option<String>,
    /// The most that the run may cost, in US dollars. A request that would go beyond is not made, and one that does is
    /// stopped
    #[arg(long, value_name = "USD", value_parser = dollars)]
    pub(crate) max_usd: Option<Usd>,
    /// How long the provider may be silent before the request is made again
    #[arg(long, value_name = "SECONDS", default_value_t = 120, value_parser = clap::value_parser!(u64).range(1..=86_400))]
    pub(crate) silence: u64,
    /// A file of prices that comes before the built-in one, in the same form
    #[arg(long, value_name = "FILE", env = "TAILORBIRD_PRICES")]
    pub(crate) prices: Option<PathBuf>,
}

/// Options that say where the provider is.
#[derive(Debug, Args)]
pub(crate) struct ServerArgs {
    /// Where the provider is: for gateways, and for `other`
    #[arg(long, value_name = "URL")]
    pub(crate) base_url: Option<String>,
}

/// `offline` and all providers.
fn engines() -> impl TypedValueParser<Value = String> {
    let offline = PossibleValue::new(OFFLINE).help("Rules on this computer; nothing leaves it");
    PossibleValuesParser::new(std::iter::once(offline).chain(providers()))
}

/// All providers of the catalogue.
pub(crate) fn providers() -> impl Iterator<Item = PossibleValue> {
    Provider::all().iter().map(|provider| {
        let help = match (provider.key_variable, provider.is_local) {
            (_, true) => format!("{} on this computer", provider.name),
            (Some(variable), _) => {
                format!("{}; the key comes from {variable} or the keychain", provider.name)
            }
            (None, false) => "Any server that speaks OpenAI's Chat Completions, with --base-url".to_owned(),
        };
        PossibleValue::new(provider.id).help(help)
    })
}

fn dollars(text: &str) -> Result<Usd, String> {
    let amount = text.trim().trim_start_matches('$').parse().ok().and_then(Usd::new);
    amount
        .filter(|amount| *amount > Usd::ZERO)
        .ok_or_else(|| "give an amount above 0, such as 0.50".to_owned())
}

/// An engine, and what its run is expected to cost in words.
pub(crate) struct Chosen {
    pub(crate) engine: Arc<dyn Engine>,
    /// Whether anybody is paid for it.
    pub(crate) is_asked: bool,
}

/// The engine that the options name, for `job`. Says on standard error which it is, and what the run will cost.
pub(crate) async fn choose(arguments: &EngineArgs, job: &Job) -> Result<Chosen, Failure> {
    let provider = match arguments.engine.as_deref() {
        Some(OFFLINE) => None,
        Some(id) => Some(provider(id)?),
        None => Provider::by_id("anthropic").filter(|provider| key::find(provider).is_some()),
    };
    let Some(provider) = provider else {
        eprintln!("Engine: offline. Rules on this computer do the work; nothing leaves it. Cost: nothing.");
        return Ok(Chosen { engine: Arc::new(Offline), is_asked: false });
    };
    let prices = prices(arguments)?;
    let base_url = arguments.server.base_url.as_deref();
    let model = model(provider, arguments).await?;
    let model = provider
        .connect(key::find(provider), &model, base_url)
        .map_err(|error| asked_wrong(provider, &error))?;
    let rate = prices.rate(provider.id, model.id());

    let options = Options { silence: Duration::from_secs(arguments.silence), ..Options::default() };
    let mut engine = ModelEngine::new(provider.id, Arc::clone(&model)).with_options(options).with_rate(rate);
    if let Some(limit) = arguments.max_usd {
        engine = engine.with_limit(limit).map_err(|error| {
            Failure::usage(format!(
                "{error}. Leave --max-usd out, or give the price in a file with --prices."
            ))
        })?;
    }
    eprintln!("Engine: {} at {}. Your name and contacts are not sent.", model.id(), provider.name);
    eprintln!("{}", expected(job, provider, &rate, &prices, arguments.max_usd));
    Ok(Chosen { engine: Arc::new(engine), is_asked: true })
}

/// The provider with this id.
pub(crate) fn provider(id: &str) -> Result<&'static Provider, Failure> {
    Provider::by_id(id).ok_or_else(|| Failure::usage(format!("There is no engine named {id}.")))
}

/// What a provider that cannot be asked like this lacks.
pub(crate) fn asked_wrong(provider: &Provider, error: &llm::Error) -> Failure {
    match (error, provider.key_variable) {
        (llm::Error::NoKey { .. }, Some(variable)) => Failure::key(
            format!("There is no key for {}", provider.name),
            format!(
                "Set {variable}, or keep a key with `tailorbird key set --engine {}` or in the app's settings, or \
                 use --engine offline.",
                provider.id
            ),
        ),
        (llm::Error::MalformedKey, _) => Failure::key(error.to_string(), error.hint()),
        (llm::Error::BaseUrl { .. }, _) => {
            Failure::usage(format!("{error}. {} Use --base-url.", error.hint()))
        }
        _ => Failure::run(error.to_string(), error.hint()),
    }
}

/// The model to ask: the one that was named, else the one that suits most, else the first that a server on this
/// computer has.
async fn model(provider: &'static Provider, arguments: &EngineArgs) -> Result<String, Failure> {
    if let Some(model) = arguments.model.as_deref().or(provider.default_model) {
        return Ok(model.to_owned());
    }
    let base_url = arguments.server.base_url.as_deref();
    let connection = provider
        .open(key::find(provider), "", base_url, llm::provider::CONNECT_LIMIT)
        .map_err(|error| asked_wrong(provider, &error))?;
    if !provider.is_local && base_url.is_none() {
        return Err(Failure::usage(format!(
            "Which model? Name one with --model; `tailorbird models --engine {}` lists them.",
            provider.id
        )));
    }
    let models = connection.models().await.map_err(|error| Failure::run(error.to_string(), error.hint()))?;
    models.into_iter().next().map(|model| model.id).ok_or_else(|| {
        Failure::run(format!("{} has no model", provider.name), "Load one there, or name one with --model.")
    })
}

/// The built-in prices, with the user's own before them.
fn prices(arguments: &EngineArgs) -> Result<Prices, Failure> {
    let mut prices = Prices::built_in();
    if let Some(file) = &arguments.prices {
        let text = std::fs::read_to_string(file)
            .map_err(|error| Failure::input(file, format!("It could not be read ({error})"), ""))?;
        prices.override_with(&text).map_err(|error| Failure::input(file, error.to_string(), ""))?;
    }
    Ok(prices)
}

/// What a run will take, in words.
fn expected(job: &Job, provider: &Provider, rate: &Rate, prices: &Prices, limit: Option<Usd>) -> String {
    let estimate = estimate(job, rate, Counting::of(provider.id));
    let cost = match estimate.cost {
        Cost::Free => "It costs nothing.".to_owned(),
        Cost::Usd(amount) => format!("About {amount}, by the prices of {}.", prices.as_of()),
        Cost::Unknown => "What it costs is not known here.".to_owned(),
    };
    let limit = limit.filter(|_| estimate.cost != Cost::Free);
    let limit = limit.map_or_else(String::new, |limit| format!(" The limit is {limit}."));
    format!("Expected: {} in four requests. {cost}{limit}", estimate.usage)
}

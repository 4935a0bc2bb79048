//! `tailorbird models`: which models can be asked.

use std::process::ExitCode;

use llm::{LocalServer, ModelEntry, Prices, Provider, Rate, find_local};
use serde_json::{Value, json};

use crate::args::Models;
use crate::engine::{asked_wrong, provider};
use crate::failure::Failure;
use crate::{key, out};

/// Lists the models of a provider, or the servers on this computer with theirs.
pub(crate) fn models(arguments: &Models) -> Result<ExitCode, Failure> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|error| Failure::run(format!("The list could not be asked for ({error})"), ""))?;
    match &arguments.engine {
        Some(id) => {
            let provider = provider(id)?;
            let base_url = arguments.server.base_url.as_deref();
            let connection = provider
                .open(key::find(provider), "", base_url, llm::provider::CONNECT_LIMIT)
                .map_err(|error| asked_wrong(provider, &error))?;
            let listed = runtime.block_on(connection.models()).map_err(|error| match error.code() {
                "key_rejected" | "forbidden" => Failure::key(error.to_string(), error.hint()),
                _ => Failure::run(error.to_string(), error.hint()),
            })?;
            tell(provider, &listed, arguments.json)
        }
        None => tell_local(&runtime.block_on(find_local()), arguments.json),
    }
}

fn tell(provider: &Provider, models: &[ModelEntry], as_json: bool) -> Result<ExitCode, Failure> {
    let prices = Prices::built_in();
    if as_json {
        let rows: Vec<Value> = models.iter().map(|model| row(provider, model, &prices)).collect();
        out::print(&Value::Array(rows).to_string())?;
        return Ok(ExitCode::SUCCESS);
    }
    if models.is_empty() {
        eprintln!("{} lists no models.", provider.name);
        return Ok(ExitCode::SUCCESS);
    }
    let width = models.iter().map(|model| model.id.chars().count()).max().unwrap_or_default().max(5);
    out::print(
        format!("{:<width$}  {:>9}  US dollars a million tokens (in, out)", "model", "reads").trim_end(),
    )?;
    for model in models {
        let context =
            context(provider, model, &prices).map_or_else(|| "–".to_owned(), |tokens| tokens.to_string());
        let price = match prices.rate(provider.id, &model.id) {
            Rate::Free => "free".to_owned(),
            Rate::Priced(price) => format!("{}, {}", price.input, price.output),
            Rate::Unknown => "–".to_owned(),
        };
        let default =
            if provider.default_model == Some(&*model.id) { "  (the one to begin with)" } else { "" };
        out::print(format!("{:<width$}  {context:>9}  {price}{default}", model.id).trim_end())?;
    }
    Ok(ExitCode::SUCCESS)
}

/// How much a model reads at once, by its provider or by the price list.
fn context(provider: &Provider, model: &ModelEntry, prices: &Prices) -> Option<u64> {
    model.context.or_else(|| prices.context_window(provider.id, &model.id))
}

fn row(provider: &Provider, model: &ModelEntry, prices: &Prices) -> Value {
    let (input, output) = match prices.rate(provider.id, &model.id) {
        Rate::Free => (Some(0.0), Some(0.0)),
        Rate::Priced(price) => (Some(price.input), Some(price.output)),
        Rate::Unknown => (None, None),
    };
    json!({
        "id": model.id,
        "name": model.name,
        "context": context(provider, model, prices),
        "input_usd_per_million": input,
        "output_usd_per_million": output,
        "is_default": provider.default_model == Some(&*model.id),
    })
}

fn tell_local(servers: &[LocalServer], as_json: bool) -> Result<ExitCode, Failure> {
    if as_json {
        let prices = Prices::built_in();
        let rows: Vec<Value> = servers
            .iter()
            .map(|server| {
                let models: Vec<Value> =
                    server.models.iter().map(|model| row(server.provider, model, &prices)).collect();
                json!({"engine": server.provider.id, "base_url": server.base_url, "models": models})
            })
            .collect();
        out::print(&Value::Array(rows).to_string())?;
        return Ok(ExitCode::SUCCESS);
    }
    if servers.is_empty() {
        eprintln!(
            "No server with models was found on this computer. For a provider: tailorbird models --engine E"
        );
    }
    for server in servers {
        out::print(&format!(
            "{} at {} (--engine {})",
            server.provider.name, server.base_url, server.provider.id
        ))?;
        for model in &server.models {
            out::print(&format!("  {}", model.id))?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

//! Keys of providers: where they come from, and `tailorbird key`.

use std::io::{self, BufRead, IsTerminal};
use std::process::ExitCode;

use keychain::{Keys, PATIENCE, Place, Secret, SystemKeychain};
use llm::{Key, Provider};
use serde_json::{Value, json};

use crate::args::{KeyCommand, KeyOf};
use crate::engine::provider;
use crate::failure::Failure;
use crate::out;

/// The variable with the key for a server that has no usual one.
const ANY: &str = "TAILORBIRD_API_KEY";

/// The key of a provider: from its environment variable, else the one that is kept in the keychain.
pub(crate) fn find(provider: &Provider) -> Option<Key> {
    in_environment(provider).map(Key::new).or_else(|| {
        // A server on this computer wants no key, and a keychain may ask for its password.
        if provider.is_local {
            return None;
        }
        keychain().get(entry(provider), PATIENCE).map(|secret| Key::new(secret.reveal()))
    })
}

fn variable(provider: &Provider) -> &'static str {
    provider.key_variable.unwrap_or(ANY)
}

fn in_environment(provider: &Provider) -> Option<String> {
    std::env::var(variable(provider)).ok().filter(|key| !key.trim().is_empty())
}

/// The entry in the keychain: one for each company, whichever protocol it is spoken to in.
fn entry(provider: &Provider) -> &'static str {
    let same =
        |other: &&Provider| provider.key_variable.is_some() && other.key_variable == provider.key_variable;
    Provider::all().iter().find(same).map_or(provider.id, |first| first.id)
}

fn keychain() -> Keys {
    Keys::new(SystemKeychain, |_| None)
}

/// Keeps, forgets, or tells of keys.
pub(crate) fn key(command: &KeyCommand) -> Result<ExitCode, Failure> {
    match command {
        KeyCommand::Set(KeyOf { engine }) => set(provider(engine)?),
        KeyCommand::Delete(KeyOf { engine }) => delete(provider(engine)?),
        KeyCommand::Status { engine, json } => status(engine.as_deref(), *json),
    }
}

fn set(provider: &'static Provider) -> Result<ExitCode, Failure> {
    let typed = read_key(provider)?;
    let Some(secret) = Secret::typed(&typed) else {
        return Err(Failure::key(
            "There is no key in what was given",
            "Give it on standard input, in one line.",
        ));
    };
    match keychain().set(entry(provider), secret, PATIENCE) {
        Place::System => {
            eprintln!("The key for {} is kept in the keychain of this system.", provider.name);
            Ok(ExitCode::SUCCESS)
        }
        Place::Session | Place::Environment => Err(Failure::key(
            "The keychain of this system cannot be used, so the key was not kept",
            format!("Unlock the keychain, or set {} instead.", variable(provider)),
        )),
    }
}

/// The key from standard input, unseen where that is a terminal.
fn read_key(provider: &Provider) -> Result<String, Failure> {
    let failed = |error: io::Error| Failure::key(format!("The key could not be read ({error})"), "");
    if io::stdin().is_terminal() {
        eprint!("Key for {} (it is not shown): ", provider.name);
        return console::Term::stderr().read_secure_line().map_err(failed);
    }
    let mut line = String::new();
    io::stdin().lock().read_line(&mut line).map_err(failed)?;
    Ok(line)
}

fn delete(provider: &'static Provider) -> Result<ExitCode, Failure> {
    keychain().delete(entry(provider), PATIENCE).map_err(|_| {
        Failure::key(
            "The keychain of this system does not let us in, so it may still hold the key",
            "Unlock it and try again.",
        )
    })?;
    eprintln!("The keychain holds no key for {} any more.", provider.name);
    Ok(ExitCode::SUCCESS)
}

fn status(engine: Option<&str>, as_json: bool) -> Result<ExitCode, Failure> {
    let asked: Vec<&Provider> = match engine {
        Some(id) => vec![provider(id)?],
        None => Provider::all().iter().filter(|provider| provider.needs_key).collect(),
    };
    let keychain = keychain();
    let mut rows: Vec<Value> = Vec::new();
    for provider in asked {
        let place = if in_environment(provider).is_some() {
            Some("environment")
        } else {
            keychain.get(entry(provider), PATIENCE).map(|_| "keychain")
        };
        if as_json {
            rows.push(json!({"engine": provider.id, "key": place, "needs_key": provider.needs_key}));
            continue;
        }
        let words = match place {
            Some("environment") => format!("a key in {}", variable(provider)),
            Some(_) => "a key in the keychain".to_owned(),
            None if provider.needs_key => match provider.key_page {
                Some(page) => format!("no key; one is made at {page}"),
                None => "no key".to_owned(),
            },
            None => "no key, and none is needed".to_owned(),
        };
        out::print(&format!("{:<12} {words}", provider.id))?;
    }
    if as_json {
        out::print(&Value::Array(rows).to_string())?;
    }
    Ok(ExitCode::SUCCESS)
}

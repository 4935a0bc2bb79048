//! What tokens cost.
//!
//! The table is a file with a date ([`Prices::as_of`]); whoever knows better hands in a file of the same form
//! ([`Prices::override_with`]). A model that is in neither costs an unknown amount, and that is said: it is never
//! taken for free.

use std::fmt;
use std::iter::Sum;
use std::ops::Add;
use std::sync::OnceLock;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{Provider, Usage};

/// The table that comes with the program: facts, not code. Where they are from stands in the file.
const BUILT_IN: &str = include_str!("price/prices.json");

/// Providers of the catalogue by the name of their price list.
const LISTS: [(&str, &str); 4] =
    [("anthropic", "anthropic"), ("openai", "openai"), ("openai-chat", "openai"), ("gemini", "google")];

/// An amount of US dollars, 0 or more, kept in billionths.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Usd(u64);

impl Usd {
    /// Nothing.
    pub const ZERO: Self = Self(0);

    /// An amount in dollars, rounded to a billionth; `None` for what is no amount: below zero, infinite, or more
    /// than a billion.
    pub fn new(dollars: f64) -> Option<Self> {
        if !(0.0..=1e9).contains(&dollars) {
            return None;
        }
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and 1e18")]
        let nano = (dollars * 1e9).round() as u64;
        Some(Self(nano))
    }

    /// In dollars.
    #[expect(clippy::cast_precision_loss, reason = "far finer than a cent for any amount that is spent here")]
    pub fn dollars(self) -> f64 {
        self.0 as f64 / 1e9
    }
}

impl Add for Usd {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

/// `$12.30`, `$0.042` with two significant digits below ten cents, `$0.00` for nothing.
impl fmt::Display for Usd {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let dollars = self.dollars();
        match self.0 {
            0 => f.write_str("$0.00"),
            1..100_000 => f.write_str("under $0.0001"),
            100_000..1_000_000 => write!(f, "${dollars:.4}"),
            1_000_000..100_000_000 => write!(f, "${dollars:.3}"),
            _ => write!(f, "${dollars:.2}"),
        }
    }
}

impl Serialize for Usd {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_f64(self.dollars())
    }
}

impl<'de> Deserialize<'de> for Usd {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let dollars = f64::deserialize(deserializer)?;
        Self::new(dollars).ok_or_else(|| serde::de::Error::custom("an amount of dollars must be 0 or more"))
    }
}

/// What something costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Cost {
    /// Nothing: it ran on this computer.
    Free,
    /// So much, in US dollars.
    Usd(#[ts(type = "number")] Usd),
    /// Nobody here knows: the model is in no price list.
    Unknown,
}

impl Cost {
    /// The amount, where it is known; nothing where it is free.
    pub fn usd(self) -> Option<Usd> {
        match self {
            Self::Free => Some(Usd::ZERO),
            Self::Usd(amount) => Some(amount),
            Self::Unknown => None,
        }
    }
}

impl Add for Cost {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        match (self, other) {
            (Self::Unknown, _) | (_, Self::Unknown) => Self::Unknown,
            (Self::Usd(one), Self::Usd(two)) => Self::Usd(one + two),
            (Self::Free, cost) | (cost, Self::Free) => cost,
        }
    }
}

impl Sum for Cost {
    fn sum<I: Iterator<Item = Self>>(costs: I) -> Self {
        costs.fold(Self::Free, Add::add)
    }
}

/// `free`, `$0.042`, `unknown`.
impl fmt::Display for Cost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Free => f.write_str("free"),
            Self::Usd(amount) => amount.fmt(f),
            Self::Unknown => f.write_str("unknown"),
        }
    }
}

/// What a model's tokens cost, in US dollars a million.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
pub struct Price {
    /// Input that is read anew.
    pub input: f64,
    /// Output, thinking included.
    pub output: f64,
    /// Input that is read from the provider's cache. `None`: as new input.
    #[serde(default)]
    pub cache_read: Option<f64>,
    /// Input that is written to the provider's cache. `None`: as new input.
    #[serde(default)]
    pub cache_write: Option<f64>,
}

impl Price {
    /// What this many tokens cost.
    #[expect(clippy::cast_precision_loss, reason = "counts of tokens are far below 2^52")]
    pub fn cost(&self, usage: &Usage) -> Usd {
        let million = |tokens: u64, price: f64| tokens as f64 * price / 1e6;
        let dollars = million(usage.input, self.input)
            + million(usage.cache_read, self.cache_read.unwrap_or(self.input))
            + million(usage.cache_write, self.cache_write.unwrap_or(self.input))
            + million(usage.output, self.output);
        // What no machine reaches is at least not free.
        Usd::new(dollars).unwrap_or(Usd(u64::MAX))
    }
}

/// What asking a model costs.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Rate {
    /// Nothing.
    Free,
    /// By the token.
    Priced(Price),
    /// Nobody here knows.
    #[default]
    Unknown,
}

impl Rate {
    /// What this many tokens cost.
    pub fn cost(&self, usage: &Usage) -> Cost {
        match self {
            Self::Free => Cost::Free,
            Self::Priced(price) => Cost::Usd(price.cost(usage)),
            Self::Unknown => Cost::Unknown,
        }
    }
}

/// Price lists.
#[derive(Clone, Debug)]
pub struct Prices {
    /// The day that the table is of: `2026-11-22`.
    as_of: String,
    /// Where it is from.
    source: String,
    entries: Vec<Entry>,
}

#[derive(Clone, Debug, Deserialize)]
struct Entry {
    provider: String,
    model: String,
    #[serde(default)]
    context_window: Option<u64>,
    #[serde(flatten)]
    price: Price,
}

#[derive(Deserialize)]
struct Table {
    #[serde(default)]
    source: String,
    #[serde(default)]
    as_of: String,
    models: Vec<Entry>,
}

/// A file of prices cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadPrices {
    /// It has another form.
    #[error(
        "It is not a list of prices ({0}). It must look like {{\"models\": [{{\"provider\": \"openai\", \"model\": \"m\", \"input\": 1.0, \"output\": 2.0}}]}}, in US dollars a million tokens"
    )]
    Form(String),
    /// A price is below zero or no number.
    #[error("The price of {0} is not an amount: prices are 0 or more, in US dollars a million tokens")]
    Amount(String),
}

impl Prices {
    /// The table that comes with the program.
    pub fn built_in() -> Self {
        static TABLE: OnceLock<Prices> = OnceLock::new();
        TABLE.get_or_init(|| Self::parse(BUILT_IN).unwrap_or_else(|_| Self::none())).clone()
    }

    fn none() -> Self {
        Self { as_of: String::new(), source: String::new(), entries: Vec::new() }
    }

    fn parse(json: &str) -> Result<Self, BadPrices> {
        let Table { source, as_of, models } =
            serde_json::from_str(json).map_err(|error| BadPrices::Form(error.to_string()))?;
        for Entry { model, price, .. } in &models {
            let all = [Some(price.input), Some(price.output), price.cache_read, price.cache_write];
            if all.into_iter().flatten().any(|price| !(0.0..=1e6).contains(&price)) {
                return Err(BadPrices::Amount(model.clone()));
            }
        }
        Ok(Self { as_of, source, entries: models })
    }

    /// Puts the prices of a file before those that are here already. It has the form of the table that comes with
    /// the program; only `models`, and of each model `provider`, `model`, `input` and `output`, must be in it.
    /// `provider` is an id of the catalogue, or the name of a price list.
    ///
    /// # Errors
    ///
    /// [`BadPrices`] where it has another form or a price is no amount; nothing is changed then.
    pub fn override_with(&mut self, json: &str) -> Result<(), BadPrices> {
        let theirs = Self::parse(json)?;
        self.entries.splice(0..0, theirs.entries);
        Ok(())
    }

    /// The day that the table is of, as `2026-11-22`.
    pub fn as_of(&self) -> &str {
        &self.as_of
    }

    /// Where the table is from.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// What asking `model` at `provider` (an id of the catalogue) costs. A name with a date or `-latest` behind it
    /// (`claude-haiku-4-5-20251001`) costs what the name costs. What runs on this computer is free, unless a list says
    /// otherwise.
    pub fn rate(&self, provider: &str, model: &str) -> Rate {
        match self.entry(provider, model) {
            Some(entry) => Rate::Priced(entry.price),
            None if Provider::by_id(provider).is_some_and(|provider| provider.is_local) => Rate::Free,
            None => Rate::Unknown,
        }
    }

    /// How many tokens `model` at `provider` reads at once, where the table knows.
    pub fn context_window(&self, provider: &str, model: &str) -> Option<u64> {
        self.entry(provider, model)?.context_window
    }

    fn entry(&self, provider: &str, model: &str) -> Option<&Entry> {
        let list = LISTS.iter().find(|(id, _)| *id == provider).map_or(provider, |(_, list)| list);
        let model = model.strip_prefix("models/").unwrap_or(model);
        let named = |name: &str| {
            self.entries
                .iter()
                .find(|entry| entry.model == name && (entry.provider == list || entry.provider == provider))
        };
        named(model).or_else(|| {
            let base = without_date(model)?;
            // The first of a line is listed as `-0` and called by its bare name.
            named(base).or_else(|| named(&format!("{base}-0")))
        })
    }
}

/// A model's name without `-20251001`, `-2025-10-01`, `@20251001` or `-latest` behind it.
fn without_date(model: &str) -> Option<&str> {
    if let Some(base) = model.strip_suffix("-latest") {
        return Some(base);
    }
    for length in [8, 10] {
        let Some((base, date)) = model.len().checked_sub(length).and_then(|at| model.split_at_checked(at))
        else {
            continue;
        };
        let is_date = match length {
            8 => date.bytes().all(|byte| byte.is_ascii_digit()),
            _ => date
                .bytes()
                .enumerate()
                .all(|(at, byte)| if at == 4 || at == 7 { byte == b'-' } else { byte.is_ascii_digit() }),
        };
        if is_date && let Some(base) = base.strip_suffix(['-', '@']) {
            return Some(base);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn usage(input: u64, cache_write: u64, cache_read: u64, output: u64) -> Usage {
        Usage { input, cache_write, cache_read, output }
    }

    #[test]
    fn the_table_has_a_date_a_source_and_the_models_that_are_offered_first() {
        let prices = Prices::built_in();
        assert_eq!(prices.as_of().len(), 10);
        assert!(prices.source().contains("MIT"));
        assert!(matches!(prices.rate("anthropic", crate::anthropic::DEFAULT_MODEL), Rate::Priced(_)));
        assert!(prices.context_window("anthropic", crate::anthropic::DEFAULT_MODEL).is_some());
    }

    #[test]
    fn each_kind_of_token_has_its_price() {
        let price = Price { input: 3.0, output: 15.0, cache_read: Some(0.3), cache_write: Some(3.75) };
        assert_eq!(price.cost(&usage(1_000, 0, 0, 0)).to_string(), "$0.003");
        assert_eq!(price.cost(&usage(0, 1_000_000, 0, 0)).to_string(), "$3.75");
        assert_eq!(price.cost(&usage(0, 0, 1_000_000, 0)).to_string(), "$0.30");
        assert_eq!(price.cost(&usage(10, 0, 0, 1_000_000)).to_string(), "$15.00");
        let plain = Price { cache_read: None, cache_write: None, ..price };
        assert_eq!(plain.cost(&usage(0, 1_000_000, 1_000_000, 0)).to_string(), "$6.00", "as new input");
        assert!(price.cost(&usage(u64::MAX, 0, 0, u64::MAX)) > Usd::new(1e9).unwrap());
    }

    #[test]
    fn names_with_a_date_cost_what_the_name_costs() {
        let prices = Prices::built_in();
        let of = |provider: &str, model: &str| prices.rate(provider, model);
        assert_eq!(of("anthropic", "claude-haiku-4-5-20251001"), of("anthropic", "claude-haiku-4-5"));
        assert_eq!(of("anthropic", "claude-sonnet-4-20250514"), of("anthropic", "claude-sonnet-4-0"));
        assert_eq!(of("openai", "gpt-4o-2024-08-06"), of("openai-chat", "gpt-4o"));
        assert_eq!(of("gemini", "models/gemini-2.5-pro"), of("gemini", "gemini-2.5-pro"));
        assert_ne!(of("openai", "gpt-4o-2024-05-13"), of("openai", "gpt-4o"), "listed by itself");
        assert_eq!(of("ollama", "gpt-99"), Rate::Free, "on this computer");
        for (provider, model) in
            [("openai", "gpt-99"), ("anthropic", "gpt-4o"), ("nobody", "gpt-4o"), ("openai", "2024-08-06")]
        {
            assert_eq!(of(provider, model), Rate::Unknown, "{provider} {model}");
        }
    }

    #[test]
    fn a_file_of_the_user_comes_first() {
        let mut prices = Prices::built_in();
        let theirs = r#"{"models": [
            {"provider": "openai", "model": "gpt-4o", "input": 1, "output": 2},
            {"provider": "groq", "model": "fast-1", "input": 0.5, "output": 0.6, "cache_read": 0.1}]}"#;
        prices.override_with(theirs).unwrap();
        let Rate::Priced(price) = prices.rate("openai-chat", "gpt-4o") else { panic!("no price") };
        assert!((price.input - 1.0).abs() < 1e-9);
        assert!(matches!(prices.rate("groq", "fast-1"), Rate::Priced(_)));
        assert!(matches!(prices.rate("openai", "gpt-4.1"), Rate::Priced(_)), "the others stay");
        assert!(!prices.as_of().is_empty());
        let wrong = r#"{"models": [{"provider": "x", "model": "y", "input": -1, "output": 2}]}"#;
        assert_eq!(prices.override_with(wrong), Err(BadPrices::Amount("y".to_owned())));
        assert!(matches!(prices.override_with("{}"), Err(BadPrices::Form(_))));
    }

    #[test]
    fn what_is_unknown_is_never_taken_for_free() {
        let some = Cost::Usd(Usd::new(0.5).unwrap());
        assert_eq!(Cost::Free + some, some);
        assert_eq!(some + Cost::Unknown, Cost::Unknown);
        assert_eq!([some, some].into_iter().sum::<Cost>().to_string(), "$1.00");
        assert_eq!(Rate::default().cost(&usage(1, 0, 0, 0)), Cost::Unknown);
    }

    #[test]
    fn amounts_are_told_as_precisely_as_they_matter() {
        let told = |dollars: f64| Usd::new(dollars).unwrap().to_string();
        assert_eq!(
            [0.0, 0.000_01, 0.000_42, 0.0042, 0.042, 0.42, 42.0].map(told),
            ["$0.00", "under $0.0001", "$0.0004", "$0.004", "$0.042", "$0.42", "$42.00"]
        );
        assert_eq!(Usd::new(-1.0), None);
        assert_eq!(Usd::new(f64::NAN), None);
        let json = serde_json::to_string(&Cost::Usd(Usd::new(0.25).unwrap())).unwrap();
        assert_eq!(json, r#"{"usd":0.25}"#);
        assert_eq!(serde_json::from_str::<Cost>(&json).unwrap().to_string(), "$0.25");
        assert_eq!(serde_json::to_string(&Cost::Unknown).unwrap(), r#""unknown""#);
    }
}

//! Words that are numbers, from `src/data/numbers.txt`, and German ones put together of them.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::words::{entries, key};

/// What a word says of how many.
#[derive(Clone, Copy)]
pub(super) enum NumberWord {
    /// So many.
    Is(f64),
    /// So many, but it claims nothing: "a", "both".
    Supports(f64),
    /// So many times what stands before it.
    Multiplies(f64),
    /// So many or more.
    AtLeast(f64),
}

static NUMBERS: LazyLock<HashMap<String, NumberWord>> = LazyLock::new(|| {
    let mut words = HashMap::new();
    for line in entries(include_str!("../data/numbers.txt")) {
        let mut parts = line.split_whitespace();
        let value = parts.next().unwrap_or_default();
        let Ok(number) = value.trim_end_matches(['*', '+']).parse::<f64>() else { continue };
        for word in parts {
            let meaning = match (word.strip_prefix('~'), value.chars().last()) {
                (Some(_), _) => NumberWord::Supports(number),
                (None, Some('*')) => NumberWord::Multiplies(number),
                (None, Some('+')) => NumberWord::AtLeast(number),
                (None, _) => NumberWord::Is(number),
            };
            words.insert(key(word.trim_start_matches('~')), meaning);
        }
    }
    words
});

/// What a word, as its key, says of how many.
pub(super) fn number_word(key: &str) -> Option<NumberWord> {
    NUMBERS.get(key).copied().or_else(|| compound(key, 0).map(NumberWord::Is))
}

/// German numbers in one word: `fünfundzwanzig`, `zweihundert`, `dreitausendfünfhundert`.
fn compound(key: &str, depth: u8) -> Option<f64> {
    if depth > 4 || key.len() > 60 {
        return None;
    }
    let part = |text: &str| match text {
        "ein" => Some(1.0),
        text => plain(text).or_else(|| compound(text, depth + 1)),
    };
    for (word, times) in [("tausend", 1000.0), ("hundert", 100.0)] {
        let Some((many, rest)) = key.split_once(word) else { continue };
        if many.is_empty() && rest.is_empty() {
            return Some(times);
        }
        let many = if many.is_empty() { 1.0 } else { part(many)? };
        let rest = rest.strip_prefix("und").unwrap_or(rest);
        return Some(many * times + if rest.is_empty() { 0.0 } else { part(rest)? });
    }
    let (ones, tens) = key.split_once("und")?;
    let (ones, tens) = (part(ones)?, plain(tens)?);
    (ones < 10.0 && tens >= 20.0).then_some(ones + tens)
}

fn plain(key: &str) -> Option<f64> {
    match NUMBERS.get(key) {
        Some(NumberWord::Is(value)) => Some(*value),
        _ => None,
    }
}

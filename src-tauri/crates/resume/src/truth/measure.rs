//! Measures of mass, length, time and the like, from `src/data/measures.txt`.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::words::{entries, key};

/// What is measured, how many of its smallest measure one is, and whether it counts only as written.
type Measure = (&'static str, f64, bool);

static MEASURES: LazyLock<HashMap<String, Measure>> = LazyLock::new(|| {
    let mut words = HashMap::new();
    for line in entries(include_str!("../data/measures.txt")) {
        let mut parts = line.split_whitespace();
        let (Some(what), Some(many)) = (parts.next(), parts.next()) else { continue };
        let Ok(many) = many.parse::<f64>() else { continue };
        for word in parts {
            let exact = word.strip_prefix('=');
            words.insert(key(exact.unwrap_or(word)), (what, many, exact.is_some()));
        }
    }
    words
});

/// What a word measures, and how many of the smallest measure of it one is.
pub(super) fn measure(word: &str) -> Option<(&'static str, f64)> {
    let found =
        MEASURES.get(&key(word)).filter(|(_, _, exact)| !exact || word.len() == 1 && key(word) == word)?;
    Some((found.0, found.1))
}

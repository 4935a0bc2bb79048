//! Parts of a whole: "a fifth", "three in four".

use super::quantity::{Quantity, Unit};
use crate::words::{Token, key};

pub(super) fn fraction(word: &str) -> Option<f64> {
    Some(match word {
        "half" | "halves" => 2.0,
        "third" | "thirds" | "drittel" | "tiers" | "tercio" => 3.0,
        "quarter" | "quarters" | "fourth" | "viertel" | "quarts" | "quart" => 4.0,
        "fifth" | "fifths" | "funftel" | "cinquieme" => 5.0,
        "sixth" | "sixths" => 6.0,
        "eighth" | "eighths" => 8.0,
        "tenth" | "tenths" | "zehntel" => 10.0,
        _ => return None,
    })
}

/// The shares that are stated with "a": "a fifth", "by a third", where they stand and how many percent.
pub(super) fn shares(tokens: &[Token<'_>], taken: &[bool]) -> Vec<Quantity> {
    let mut found = Vec::new();
    for n in 1..tokens.len() {
        let ahead = key(tokens[n - 1].text);
        if taken[n]
            || !matches!(
                ahead.as_str(),
                "a" | "one" | "un" | "une" | "ein" | "eine" | "einem" | "einen" | "una"
            )
        {
            continue;
        }
        let next = tokens.get(n + 1).map(|token| key(token.text)).unwrap_or_default();
        // "a third party", "a quarter past", "a second shift" count nothing.
        let foreign = matches!(
            key(tokens[n].text).as_str(),
            "tiers" | "quart" | "tercio" | "drittel" | "viertel" | "funftel" | "cinquieme"
        ) && !matches!(next.as_str(), "heure" | "hora" | "stunde");
        let counted = foreign
            || n + 1 == tokens.len()
            || tokens[n + 1].start - tokens[n].end > 1
            || matches!(
                next.as_str(),
                "of" | "in"
                    | "less"
                    | "more"
                    | "fewer"
                    | "faster"
                    | "lower"
                    | "higher"
                    | "within"
                    | "over"
                    | "by"
                    | "and"
                    | "after"
                    | "since"
                    | "on"
                    | "through"
            );
        if let (true, Some(of)) = (counted, fraction(&key(tokens[n].text))) {
            found.push(Quantity {
                values: vec![100.0 / of],
                unit: Unit::Percent,
                ..Quantity::at(tokens[n - 1].start, tokens[n].end)
            });
        }
    }
    found
}

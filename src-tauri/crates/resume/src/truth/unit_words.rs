//! Signs and words around a number that say what it counts: `$`, `%`, "k", "dollars", "years", "p.m.".

use super::measure::measure as measure_named;
use super::quantity::{Quantity, Unit};

/// Words between a number and its period: "$900 a week".
pub(super) fn is_each(key: &str) -> bool {
    matches!(
        key,
        "a" | "per"
            | "each"
            | "every"
            | "calendar"
            | "pro"
            | "je"
            | "par"
            | "por"
            | "al"
            | "an"
            | "im"
            | "am"
            | "la"
    )
}

pub(super) fn is_about(key: &str) -> bool {
    matches!(
        key,
        "about"
            | "around"
            | "approximately"
            | "approx"
            | "roughly"
            | "some"
            | "circa"
            | "ca"
            | "nearly"
            | "almost"
            | "rund"
            | "etwa"
            | "fast"
            | "knapp"
            | "environ"
            | "presque"
            | "casi"
            | "unos"
            | "unas"
    )
}

/// Reads the letters behind digits. `false` where the whole is a word with digits in it (`3D`, `2FA`).
pub(super) fn measure(quantity: &mut Quantity, suffix: &str) -> bool {
    let by = match suffix {
        "k" | "K" => 1e3,
        "m" | "M" | "mn" | "MM" | "Mio" => 1e6,
        "bn" | "B" | "b" | "Mrd" => 1e9,
        "x" | "X" => {
            quantity.unit = Unit::Times;
            1.0
        }
        "h" | "h00" | "h15" | "h30" | "h45" if quantity.values[0] <= 24.0 => {
            quantity.unit = Unit::Clock;
            let minutes: f64 = suffix[1..].parse().unwrap_or(0.0);
            quantity.values[0] = quantity.values[0] % 24.0 * 60.0 + minutes;
            1.0
        }
        "am" | "pm" => {
            quantity.unit = Unit::Clock;
            let hour = quantity.values[0] % 12.0 + if suffix == "pm" { 12.0 } else { 0.0 };
            quantity.values = vec![hour * 60.0];
            1.0
        }
        other if measure_named(other).is_some() && !other.is_empty() => {
            if let Some((what, many)) = measure_named(other) {
                quantity.unit = Unit::Measure(what, many);
            }
            1.0
        }
        other if other.len() <= 4 && other.chars().all(|c| c.is_lowercase() || c == '²') => 1.0,
        _ => return false,
    };
    for value in &mut quantity.values {
        *value *= by;
    }
    true
}

/// Reads signs before and behind: `$`, `%`, `×`.
pub(super) fn around(text: &str, quantity: &mut Quantity) {
    let ahead = text[..quantity.start].trim_end();
    // "1,4 Mio. €"
    let behind = text[quantity.end..].trim_start_matches('.').trim_start();
    for (sign, name) in [('$', "$"), ('£', "£"), ('€', "€"), ('¥', "¥"), ('₹', "₹")] {
        if ahead.ends_with(sign) || behind.starts_with(sign) {
            quantity.unit = Unit::Money(name);
            if ahead.ends_with(sign) {
                quantity.start = ahead.len() - sign.len_utf8();
            } else {
                quantity.end += text[quantity.end..].len() - behind.len() + sign.len_utf8();
            }
            return;
        }
    }
    let code = ahead.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    if let Some(name) = currency(code).filter(|_| code.len() == 3 && code.chars().all(char::is_uppercase)) {
        quantity.unit = Unit::Money(name);
        quantity.start = ahead.len() - code.len();
        return;
    }
    if behind.starts_with(['%', '‰']) {
        quantity.unit = Unit::Percent;
        quantity.end +=
            text[quantity.end..].len() - behind.len() + if behind.starts_with('%') { 1 } else { 3 };
    } else if text[quantity.end..].starts_with('×') {
        quantity.unit = Unit::Times;
        quantity.end += '×'.len_utf8();
    }
}

/// The sign of a currency, by its name or code.
fn currency(word: &str) -> Option<&'static str> {
    Some(match word.to_ascii_lowercase().as_str() {
        "dollars" | "dollar" | "usd" => "$",
        "euros" | "euro" | "eur" => "€",
        "pounds" | "gbp" => "£",
        "chf" | "francs" | "franken" => "CHF",
        "yen" | "jpy" => "¥",
        "rupees" | "inr" => "₹",
        "sek" | "nok" | "dkk" | "kronor" | "kroner" => "kr",
        "pln" | "zloty" => "zł",
        _ => return None,
    })
}

/// Reads the word behind: "percent", "dollars", "years", "p.m.".
pub(super) fn behind(quantity: &mut Quantity, word: &str, written: &str) {
    if written.is_empty() || quantity.unit == Unit::Clock {
        return;
    }
    if quantity.unit == Unit::Plain
        && let Some((what, many)) = measure_named(written)
    {
        quantity.unit = Unit::Measure(what, many);
        return;
    }
    let months = |by: f64, quantity: &mut Quantity| {
        quantity.unit = Unit::Months;
        quantity.values.iter_mut().for_each(|value| *value *= by);
    };
    match word {
        "percent" | "pct" | "prozent" | "cent" => quantity.unit = Unit::Percent,
        "times" | "fold" | "mal" | "fois" | "veces" => quantity.unit = Unit::Times,
        named if currency(named).is_some() => {
            if let Some(sign) = currency(named) {
                quantity.unit = Unit::Money(sign);
            }
        }
        "year" | "years" | "yr" | "yrs" | "jahre" | "jahren" | "jahr" | "an" | "ans" | "annees" | "ano"
        | "anos" => {
            months(12.0, quantity);
        }
        "decade" | "decades" | "jahrzehnt" | "jahrzehnte" | "jahrzehnten" | "decennie" | "decennies"
        | "decada" | "decadas" => months(120.0, quantity),
        "month" | "months" | "monate" | "monaten" | "monat" | "mois" | "mes" | "meses" => {
            months(1.0, quantity);
        }
        "h" | "uhr" if quantity.values[0] <= 24.0 => {
            quantity.unit = Unit::Clock;
            quantity.values = vec![quantity.values[0] % 24.0 * 60.0];
        }
        "am" | "pm" if quantity.values[0] <= 12.0 => {
            quantity.unit = Unit::Clock;
            quantity.values = vec![half_day(quantity.values[0]) + if word == "pm" { 720.0 } else { 0.0 }];
        }
        _ => {}
    }
}

/// The minutes of a time of half a day: 8, 8.30.
fn half_day(time: f64) -> f64 {
    time.floor() % 12.0 * 60.0 + (time.fract() * 100.0).round()
}

//! Numbers: how much, of what, how often.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::number_word::{NumberWord, number_word};
use super::rate::{adverb, period};
use super::share::fraction;
use super::unit_words::{around, behind, is_about, is_each, measure};
use crate::words::{Token, entries, key};

/// What a number counts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Unit {
    Plain,
    Percent,
    /// How many times as much.
    Times,
    Money(&'static str),
    /// Minutes since midnight.
    Clock,
    /// Months, also where the text says years.
    Months,
    /// A measure, and how many of the smallest of its sort it is.
    Measure(&'static str, f64),
}

/// A number of a text.
#[derive(Clone, Debug, PartialEq)]
#[expect(clippy::struct_excessive_bools, reason = "independent facts about a number, no state")]
pub(super) struct Quantity {
    pub(super) start: usize,
    pub(super) end: usize,
    /// What it may be: `1.200` is 1.2 or 1200.
    pub(super) values: Vec<f64>,
    pub(super) unit: Unit,
    /// Per hour, day, week ….
    pub(super) per: Option<&'static str>,
    /// Where that is said, up to here.
    pub(super) per_end: Option<usize>,
    /// Whether it is how much something changed, or how much there is: "up 41%", "reached 41%".
    pub(super) change: Option<bool>,
    /// "Over" so many.
    pub(super) more: bool,
    /// "About" so many.
    pub(super) about: bool,
    /// "Over" where it may be a place: "over three sites".
    pub(super) over: bool,
    /// A word such as "dozens": so many or more.
    pub(super) vague: bool,
    /// Whether it claims something, or can only support.
    pub(super) claims: bool,
}

impl Quantity {
    /// A number that claims something, without a value so far.
    pub(super) fn at(start: usize, end: usize) -> Self {
        Self {
            start,
            end,
            values: Vec::new(),
            unit: Unit::Plain,
            per: None,
            per_end: None,
            change: None,
            more: false,
            about: false,
            over: false,
            vague: false,
            claims: true,
        }
    }
}

static MAGNITUDES: LazyLock<HashMap<String, (f64, Unit)>> = LazyLock::new(|| {
    let mut words = HashMap::new();
    for line in entries(include_str!("../data/magnitudes.txt")) {
        let mut parts = line.split_whitespace();
        let value = parts.next().unwrap_or_default();
        let unit = if value.ends_with('%') { Unit::Percent } else { Unit::Times };
        let Ok(number) = value.trim_end_matches(['%', 'x']).parse::<f64>() else { continue };
        words.extend(parts.map(|word| (key(word), (number, unit))));
    }
    words
});

/// What digits may mean, and the letters behind them.
fn digits(text: &str) -> Option<(Vec<f64>, &str)> {
    let until = text
        .find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ',' | '\'' | '’')))
        .unwrap_or(text.len());
    let (number, suffix) = text.split_at(until);
    if !number.starts_with(|c: char| c.is_ascii_digit()) || number.len() > 24 {
        return None;
    }
    let bare: String = number.chars().filter(char::is_ascii_digit).collect();
    let groups: Vec<&str> = number.split([',', '.', '\'', '’']).collect();
    let thousands =
        groups.len() > 1 && groups[0].len() <= 3 && groups[1..].iter().all(|group| group.len() == 3);
    let mut values = Vec::new();
    if groups.len() == 1 || thousands {
        values.extend(bare.parse::<f64>().ok());
    }
    if groups.len() > 1 && (groups.len() == 2 || !thousands) {
        let last = groups.last().map_or(0, |group| group.len());
        let (whole, part) = bare.split_at(bare.len().saturating_sub(last));
        // "1,200" is English for twelve hundred, "1.200" may be German for it or a decimal.
        if !thousands || number.contains('.') {
            values.extend(format!("{whole}.{part}").parse::<f64>().ok());
        }
    }
    (!values.is_empty()).then_some((values, suffix))
}

/// The numbers of a text, in order. `taken` says which tokens are part of a date.
pub(super) fn quantities(text: &str, tokens: &[Token<'_>], taken: &[bool]) -> Vec<Quantity> {
    let mut found = Vec::new();
    let mut i = 0;
    while i < tokens.len() {
        if taken[i] {
            i += 1;
            continue;
        }
        match quantity_at(text, tokens, taken, i) {
            Some((quantity, count)) => {
                share_unit(text, &mut found, &quantity);
                found.push(quantity);
                i += count;
            }
            None => i += 1,
        }
    }
    found
}

/// "From 250 to 200 litres": both are litres.
fn share_unit(text: &str, found: &mut [Quantity], quantity: &Quantity) {
    let Some(before) = found.last_mut() else { return };
    let between = text.get(before.end..quantity.start).unwrap_or_default().trim();
    if before.unit == Unit::Plain
        && matches!(quantity.unit, Unit::Measure(..) | Unit::Percent | Unit::Money(_))
        && matches!(between, "to" | "-" | "–" | "bis" | "à" | "a" | "auf" | "and" | "or" | "und")
    {
        before.unit = quantity.unit;
    }
}

fn quantity_at(text: &str, tokens: &[Token<'_>], taken: &[bool], i: usize) -> Option<(Quantity, usize)> {
    let keys =
        |n: usize| tokens.get(n).filter(|_| !taken[n]).map(|token| key(token.text)).unwrap_or_default();
    let gap = |n: usize| match (tokens.get(n), tokens.get(n + 1)) {
        (Some(a), Some(b)) => &text[a.end..b.start],
        _ => "\0",
    };
    // "2,4 Mio. Euro"
    let cut =
        |n: usize| matches!(keys(n).as_str(), "mio" | "mrd" | "tsd" | "mill" | "mn") && gap(n).trim() == ".";
    let near = |n: usize| {
        matches!(gap(n), "-" | "–" | "‑" | "‐") || gap(n).chars().all(char::is_whitespace) || cut(n)
    };
    let first = key(tokens[i].text);
    let mut quantity = Quantity::at(tokens[i].start, tokens[i].end);
    let rate = |last: usize| {
        let mut following = (last + 1..(last + 5).min(tokens.len()))
            .take_while(|n| !gap(n - 1).contains([',', ';', '.', ':', ')', '(']) || *n == last + 1);
        following.find_map(|n| {
            let word = keys(n);
            let ahead = keys(n - 1);
            let rate = is_each(&ahead) || gap(n - 1) == "/";
            let per = period(&word).filter(|_| rate).or_else(|| adverb(&word))?;
            Some((per, tokens[n].end))
        })
    };
    let next_is = |n: usize| keys(i + n);
    if matches!(first.as_str(), "a" | "one")
        && matches!(next_is(1).as_str(), "year")
        && next_is(2) == "and"
        && next_is(3) == "a"
        && next_is(4) == "half"
    {
        quantity.values = vec![18.0];
        quantity.unit = Unit::Months;
        quantity.end = tokens[i + 4].end;
        return Some((quantity, 5));
    }
    if first == "half" && keys(i + 1) == "a" && keys(i + 2) == "year" {
        quantity.values = vec![6.0];
        quantity.unit = Unit::Months;
        quantity.end = tokens[i + 2].end;
        return Some((quantity, 3));
    }
    if let Some((value, unit)) = MAGNITUDES.get(&first) {
        // "half a day", "two and a half": a measure, not a change.
        quantity.values = vec![*value];
        quantity.unit = *unit;
        let ahead = i.checked_sub(1).map(|n| key(tokens[n].text)).unwrap_or_default();
        let next = keys(i + 1);
        let measures = match first.as_str() {
            "half" => {
                matches!(next.as_str(), "a" | "an" | "day" | "days" | "term")
                    || matches!(ahead.as_str(), "second" | "first")
            }
            "double" => gap(i) == "-",
            _ => false,
        };
        quantity.claims = !measures;
        (quantity.per, quantity.per_end) = rate(i).unzip();
        return Some((quantity, 1));
    }
    // "Half a year", "a whole year".
    let year = |word: &str| matches!(word, "year" | "jahr");
    if first == "a" && matches!(next_is(1).as_str(), "whole" | "full" | "entire") && year(&next_is(2)) {
        quantity.values = vec![12.0];
        quantity.unit = Unit::Months;
        quantity.end = tokens[i + 2].end;
        return Some((quantity, 3));
    }
    // "For a decade", "for decades".
    if matches!(
        first.as_str(),
        "decade" | "decades" | "jahrzehnt" | "jahrzehnte" | "jahrzehnten" | "decennie" | "decada"
    ) {
        quantity.values = vec![120.0];
        quantity.unit = Unit::Months;
        quantity.vague = matches!(first.as_str(), "decades" | "jahrzehnte" | "jahrzehnten");
        return Some((quantity, 1));
    }
    let mut count = 1;
    if let Some((values, suffix)) = digits(tokens[i].text) {
        quantity.values = values;
        if !measure(&mut quantity, suffix) {
            return None;
        }
        while gap(i + count - 1).chars().count() == 1
            && gap(i + count - 1).chars().all(char::is_whitespace)
            && quantity.values.len() == 1
            && quantity.values[0] < 1000.0_f64.powi(i32::try_from(count).unwrap_or(1))
            && tokens[i].text.len() <= 3
            && tokens
                .get(i + count)
                .is_some_and(|t| t.text.len() == 3 && t.text.bytes().all(|b| b.is_ascii_digit()))
        {
            quantity.values[0] =
                quantity.values[0] * 1000.0 + tokens[i + count].text.parse::<f64>().unwrap_or(0.0);
            count += 1;
        }
        if gap(i) == ":" && tokens.get(i + 1).is_some_and(|t| t.text.len() == 2) && quantity.values[0] < 25.0
        {
            let minutes: f64 = tokens[i + 1].text.parse().ok()?;
            quantity.values[0] = quantity.values[0] * 60.0 + minutes;
            quantity.unit = Unit::Clock;
            count = 2;
        }
    } else {
        match number_word(&first)? {
            NumberWord::Is(value) | NumberWord::Multiplies(value) => quantity.values = vec![value],
            NumberWord::Supports(value) => {
                quantity.values = vec![value];
                quantity.claims = false;
            }
            NumberWord::AtLeast(value) => {
                quantity.values = vec![value];
                quantity.vague = true;
            }
        }
        // twenty-five; sept is a month as well
        if quantity.values[0] >= 20.0
            && quantity.values[0] < 100.0
            && near(i)
            && let joined = usize::from(matches!(keys(i + 1).as_str(), "y" | "et"))
            && let Some(NumberWord::Is(ones)) = number_word(&keys(i + 1 + joined))
            && (ones < 10.0 || first == "soixante" && ones < 20.0)
        {
            quantity.values[0] += ones;
            count += 1 + joined;
        }
    }
    // "1,2 millones", "400 k€"
    let times = |n: usize| match number_word(&keys(n)) {
        Some(NumberWord::Multiplies(by)) => Some(by),
        Some(NumberWord::AtLeast(many)) if many >= 200.0 => Some(many / 2.0),
        _ => tokens
            .get(n)
            .filter(|token| {
                text[token.end..].trim_start_matches('.').trim_start().starts_with(['€', '$', '£'])
            })
            .and_then(|token| match token.text {
                "k" | "K" => Some(1e3),
                "m" | "M" => Some(1e6),
                _ => None,
            }),
    };
    while near(i + count - 1)
        && keys(i + count) != "cent"
        && let Some(by) = times(i + count)
    {
        for value in &mut quantity.values {
            *value *= by;
        }
        quantity.claims = true;
        count += 1;
        // two thousand five hundred
        if by >= 1000.0
            && near(i + count - 1)
            && number_word(&keys(i + count)).is_some()
            && let Some((rest, more)) = quantity_at(text, tokens, taken, i + count)
            && let Some(less) = rest.values.first().filter(|value| **value < by && rest.unit == Unit::Plain)
        {
            quantity.values[0] += less;
            count += more;
        }
        // three hundred and fifty
        let skip = usize::from(keys(i + count) == "and");
        if by < 1000.0
            && near(i + count - 1)
            && let Some(NumberWord::Is(rest)) = number_word(&keys(i + count + skip))
            && rest < by
        {
            quantity.values[0] += rest;
            count += 1 + skip;
        }
    }
    // two and a half
    if keys(i + count) == "and" && keys(i + count + 1) == "a" && keys(i + count + 2) == "half" {
        quantity.values[0] += 0.5;
        count += 3;
    }
    // three in four, one of five; a fifth, two thirds
    let next = keys(i + count);
    if quantity.values[0] <= 10.0
        && let Some(of) = match next.as_str() {
            "in" | "out" => {
                let skip = usize::from(next == "out" && keys(i + count + 1) == "of");
                let n = i + count + 1 + skip;
                number_word(&keys(n))
                    .and_then(|word| match word {
                        NumberWord::Is(value) => Some(value),
                        _ => None,
                    })
                    .or_else(|| tokens.get(n).filter(|_| !taken[n]).and_then(|t| t.text.parse().ok()))
                    .filter(|of| *of <= 20.0 && *of > quantity.values[0])
                    .inspect(|_| count += 2 + skip)
            }
            part => fraction(part).filter(|_| near(i + count - 1)).inspect(|_| count += 1),
        }
    {
        quantity.values = vec![quantity.values[0] / of * 100.0];
        quantity.unit = Unit::Percent;
        quantity.claims = true;
    }
    let last = i + count - 1;
    quantity.end = tokens[last].end;
    around(text, &mut quantity);
    let age = matches!(keys(last + 2).as_str(), "old" | "olds") || keys(last + 1) == "jahrige";
    if !age {
        let next = tokens.get(last + 1).filter(|_| near(last) && !taken[last + 1]);
        let unit = quantity.unit;
        let of = matches!(keys(last + 1).as_str(), "per" | "pour" | "por" | "de" | "d");
        let (named, next) = match (keys(last + 1).as_str(), keys(last + 2).as_str()) {
            ("per" | "pour", "cent") | ("por", "ciento") => ("percent".to_owned(), tokens.get(last + 2)),
            (_, "euros" | "euro") if of => ("euro".to_owned(), tokens.get(last + 2)),
            ("swiss", "francs") => ("chf".to_owned(), tokens.get(last + 2)),
            ("us" | "canadian" | "australian", "dollars") => ("dollars".to_owned(), tokens.get(last + 2)),
            _ => (keys(last + 1), next),
        };
        behind(&mut quantity, &named, next.map_or("", |token| token.text));
        if let Some(named) = next.filter(|_| quantity.unit != unit) {
            quantity.end = named.end;
            // "Under one minute" says how many; "one" alone says little.
            quantity.claims |= first == "one";
        }
    }
    (quantity.per, quantity.per_end) = rate(last).unzip();
    if quantity.unit == Unit::Percent && quantity.per != adverb(&keys(last + 1)) {
        (quantity.per, quantity.per_end) = (None, None);
    }
    let ahead = i.checked_sub(1).map(&keys).unwrap_or_default();
    let next = keys(last + 1);
    quantity.change = if matches!(ahead.as_str(), "up" | "down" | "by" | "um" | "plus" | "minus")
        || matches!(
            next.as_str(),
            "increase"
                | "decrease"
                | "growth"
                | "reduction"
                | "rise"
                | "drop"
                | "fewer"
                | "faster"
                | "saving"
                | "improvement"
        ) {
        Some(true)
    } else if matches!(
        ahead.as_str(),
        "reached" | "to" | "at" | "of" | "was" | "is" | "hit" | "auf" | "bei" | "reaching"
    ) {
        Some(false)
    } else {
        None
    };
    let two_ahead = i.checked_sub(2).map(&keys).unwrap_or_default();
    quantity.over = ahead == "over";
    quantity.about = is_about(&ahead) || text[..quantity.start].ends_with(['~', '≈']);
    quantity.more = matches!(ahead.as_str(), "over" | "above" | "exceeding" | "uber" | "mindestens")
        || (ahead == "than" && two_ahead == "more")
        || (ahead == "als" && two_ahead == "mehr")
        || (ahead == "de" && matches!(two_ahead.as_str(), "plus" | "mas"))
        || text[quantity.end..].starts_with('+');
    if matches!(ahead.as_str(), "several" | "many" | "mehrere" | "plusieurs" | "varios")
        && quantity.values[0] >= 12.0
    {
        quantity.start = tokens[i - 1].start;
        quantity.values[0] *= 2.0;
        quantity.vague = true;
    }
    let mut count = tokens[i..].iter().take_while(|token| token.end <= quantity.end).count().max(count);
    // "22 h 00"
    if quantity.unit == Unit::Clock
        && let Some(minutes) =
            tokens.get(i + count).filter(|token| token.text.len() == 2 && near(i + count - 1))
        && keys(i + count - 1) == "h"
        && let Ok(more) = minutes.text.parse::<f64>()
    {
        quantity.values.iter_mut().for_each(|value| *value += more);
        quantity.end = minutes.end;
        count += 1;
    }
    Some((quantity, count))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::tokens;

    fn read(text: &str) -> Vec<(Vec<f64>, Unit)> {
        let tokens = tokens(text);
        let taken = vec![false; tokens.len()];
        quantities(text, &tokens, &taken)
            .into_iter()
            .filter(|q| q.claims)
            .map(|q| (q.values, q.unit))
            .collect()
    }

    #[test]
    fn one_number_however_it_is_written() {
        for text in ["1,200", "1200", "1.2k", "1 200", "1’200", "twelve hundred"] {
            assert_eq!(read(text), [(vec![1200.0], Unit::Plain)], "{text}");
        }
        assert!(read("1.200")[0].0.contains(&1200.0));
        for text in ["$38 million", "$38M", "38 million dollars"] {
            assert_eq!(read(text), [(vec![38e6], Unit::Money("$"))], "{text}");
        }
        for text in ["fourteen months", "14 months"] {
            assert_eq!(read(text), [(vec![14.0], Unit::Months)], "{text}");
        }
        assert_eq!(read("twenty-five"), [(vec![25.0], Unit::Plain)]);
        assert_eq!(read("fünfundzwanzig"), [(vec![25.0], Unit::Plain)]);
        for (text, value) in [
            ("zweihundert", 200.0),
            ("hundertfünfzig", 150.0),
            ("dreitausendfünfhundert", 3500.0),
            ("einundzwanzig", 21.0),
        ] {
            assert_eq!(read(text), [(vec![value], Unit::Plain)], "{text}");
        }
        assert!(read("Hundertschaft, Bund, rund, gesund, Stunden").is_empty());
        assert_eq!(read("two and a half years"), [(vec![30.0], Unit::Months)]);
        assert_eq!(read("6 p.m. and 18:00"), [(vec![1080.0], Unit::Clock), (vec![1080.0], Unit::Clock)]);
    }

    #[test]
    fn shares_and_magnitudes() {
        assert_eq!(read("three in four"), [(vec![75.0], Unit::Percent)]);
        assert_eq!(read("halved it"), [(vec![50.0], Unit::Percent)]);
        assert_eq!(read("4x faster"), [(vec![4.0], Unit::Times)]);
        assert_eq!(read("doubled"), [(vec![2.0], Unit::Times)]);
        assert_eq!(read("40 %"), [(vec![40.0], Unit::Percent)]);
    }

    #[test]
    fn words_with_digits_are_no_numbers() {
        assert!(read("3D, 2FA, k8s").is_empty());
    }

    #[test]
    fn a_rate_says_how_often() {
        let text = "$900 a week and 15k nightly";
        let tokens = tokens(text);
        let per: Vec<_> =
            quantities(text, &tokens, &vec![false; tokens.len()]).into_iter().map(|q| q.per).collect();
        assert_eq!(per, [Some("week"), Some("night")]);
    }
}

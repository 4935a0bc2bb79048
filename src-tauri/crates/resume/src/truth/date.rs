//! Dates, and the time between them.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::words::{Token, entries, key};

/// A date as far as a text gives it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Date {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) year: Option<u32>,
    pub(super) month: Option<u32>,
    pub(super) day: Option<u32>,
}

impl Date {
    /// Whether `source` gives all that this date gives.
    pub(super) fn is_in(&self, source: &Self) -> bool {
        let part = |claimed: Option<u32>, given: Option<u32>| claimed.is_none() || claimed == given;
        part(self.year, source.year) && part(self.month, source.month) && part(self.day, source.day)
    }

    fn months(&self) -> Option<u32> {
        self.year.map(|year| year * 12 + self.month.map_or(0, |month| month - 1))
    }
}

/// From one date to another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Span {
    /// How long, in months; an open one has no length.
    pub(super) months: Option<u32>,
    /// Whether both ends name their months.
    pub(super) exact: bool,
    /// When it began.
    pub(super) from: Date,
    /// When it ended, if it did.
    pub(super) to: Option<Date>,
}

static MONTHS: LazyLock<HashMap<&'static str, u32>> = LazyLock::new(|| {
    (1..)
        .zip(entries(include_str!("../data/months.txt")))
        .flat_map(|(month, line)| line.split_whitespace().map(move |name| (name, month)))
        .collect()
});

pub(super) fn month(word: &str) -> Option<u32> {
    MONTHS.get(key(word).as_str()).copied()
}

/// The year that a token is: four digits, 1900 to 2099.
fn year(text: &str) -> Option<u32> {
    if text.len() != 4 || !text.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    text.parse().ok().filter(|year| (1900..2100).contains(year))
}

fn small(text: &str, most: u32) -> Option<u32> {
    let digits = text.trim_end_matches(|c: char| c.is_ascii_lowercase());
    let ordinal = matches!(&text[digits.len()..], "" | "st" | "nd" | "rd" | "th" | "er");
    if !ordinal || digits.is_empty() || digits.len() > 2 {
        return None;
    }
    digits.parse().ok().filter(|n| (1..=most).contains(n))
}

/// The dates of a text, in order.
pub(super) fn dates(text: &str, tokens: &[Token<'_>]) -> Vec<Date> {
    let mut found: Vec<Date> = Vec::new();
    let mut i = 0;
    while i < tokens.len() {
        let (count, year, month, day) = date_at(text, tokens, i).unwrap_or((0, None, None, None));
        if count == 0 {
            i += 1;
            continue;
        }
        let date = Date { start: tokens[i].start, end: tokens[i + count - 1].end, year, month, day };
        if let Some(before) = found.last_mut()
            && before.year.is_none()
            && date.year.is_some()
            && joins(&text[before.end..date.start])
        {
            before.year = date.year;
        }
        found.push(date);
        i += count;
    }
    found
}

type Parts = (usize, Option<u32>, Option<u32>, Option<u32>);

fn date_at(text: &str, tokens: &[Token<'_>], i: usize) -> Option<Parts> {
    let at = |n: usize| tokens.get(i + n).map_or("", |token| token.text);
    let gap = |n: usize| match (tokens.get(i + n), tokens.get(i + n + 1)) {
        (Some(a), Some(b)) => &text[a.end..b.start],
        _ => "",
    };
    let loose = |n: usize| gap(n).chars().all(|c| c.is_whitespace() || matches!(c, '.' | ',' | '-' | '/'));
    // 2021-05-03
    if let (Some(y), "-", "-", Some(m), Some(d)) =
        (year(at(0)), gap(0), gap(1), small(at(1), 12), small(at(2), 31))
    {
        return Some((3, Some(y), Some(m), Some(d)));
    }
    // 2021-05
    if let (Some(y), "-", Some(m)) = (year(at(0)), gap(0), small(at(1), 12))
        && at(1).len() == 2
        && m <= y % 100
        && i.checked_sub(1).is_none_or(|before| year(tokens[before].text).is_none())
    {
        return Some((2, Some(y), Some(m), None));
    }
    // 2016–19: the second half is found from its first.
    if at(0).len() == 2
        && let Some(short) = small(at(0), 99)
        && let Some(before) = i.checked_sub(1).and_then(|before| tokens.get(before))
        && let Some(y) = year(before.text)
        && matches!(text[before.end..tokens[i].start].trim(), "-" | "–" | "/" | "—")
        && short >= y % 100
        && month(at(1)).is_none()
    {
        return Some((1, Some(y - y % 100 + short), None, None));
    }
    // 03.05.2021, 05.2021
    let pieces: Vec<&str> = at(0).split('.').collect();
    match pieces.as_slice() {
        [d, m, y] => {
            if let (Some(d), Some(m), Some(y)) = (small(d, 31), small(m, 12), year(y)) {
                return Some((1, Some(y), Some(m), Some(d)));
            }
        }
        [m, y] => {
            if let (Some(m), Some(y)) = (small(m, 12), year(y)) {
                return Some((1, Some(y), Some(m), None));
            }
        }
        _ => {}
    }
    // 05/03/2021: which is the month is told only by numbers over 12.
    if let (Some(a), "/", Some(b), "/", Some(y)) =
        (small(at(0), 31), gap(0), small(at(1), 31), gap(1), year(at(2)))
    {
        return Some(match (a > 12, b > 12) {
            (true, false) => (3, Some(y), Some(b), Some(a)),
            (false, true) => (3, Some(y), Some(a), Some(b)),
            _ => (3, Some(y), None, None),
        });
    }
    // 03/2021
    if let (Some(m), "/", Some(y)) = (small(at(0), 12), gap(0), year(at(1))) {
        return Some((2, Some(y), Some(m), None));
    }
    // 3 May 2021, 3 May
    if let (Some(d), Some(m), true) = (small(at(0), 31), month(at(1)), loose(0))
        && at(1).starts_with(char::is_alphabetic)
    {
        return Some(match year(at(2)).filter(|_| loose(1)) {
            Some(y) => (3, Some(y), Some(m), Some(d)),
            None => (2, None, Some(m), Some(d)),
        });
    }
    if let Some(m) = month(at(0)) {
        if let (true, Some(y)) = (loose(0), year(at(1))) {
            return Some((2, Some(y), Some(m), None));
        }
        // March of 2021, mayo de 2021
        if let (true, "of" | "de", true, Some(y)) = (loose(0), at(1), loose(1), year(at(2))) {
            return Some((3, Some(y), Some(m), None));
        }
        if let (true, Some(d)) = (loose(0), small(at(1), 31)) {
            return Some(match year(at(2)).filter(|_| loose(1)) {
                Some(y) => (3, Some(y), Some(m), Some(d)),
                None => (2, None, Some(m), Some(d)),
            });
        }
        // A month alone: short forms and "may" and "march" are words as well, so they need a range.
        let word = key(at(0));
        let ranged = joins(gap(0)) && month(at(1)).is_some()
            || matches!(at(1), "to" | "until" | "bis" | "through" | "à" | "a" | "al" | "au" | "hasta")
                && month(at(2)).is_some()
            || i.checked_sub(1).is_some_and(|before| {
                month(tokens[before].text).is_some() && joins(&text[tokens[before].end..tokens[i].start])
                    || joins(tokens[before].text)
                        && before.checked_sub(1).is_some_and(|first| month(tokens[first].text).is_some())
            });
        let plain =
            word.len() > 3 && word != "march" && word != "mars" && at(0).starts_with(char::is_uppercase);
        return (ranged || (plain && word != "sept")).then_some((1, None, Some(m), None));
    }
    year(at(0)).map(|y| (1, Some(y), None, None))
}

/// Whether what stands between two dates makes them a span.
fn joins(between: &str) -> bool {
    let between = between.trim().trim_matches('-');
    matches!(
        between,
        "" | "–"
            | "—"
            | "to"
            | "until"
            | "till"
            | "through"
            | "bis"
            | "à"
            | "au"
            | "a"
            | "hasta"
            | "/"
            | "‐"
            | "‑"
    )
}

/// The spans of a text: two dates with a dash or "to" between them, or one that is still going on.
pub(super) fn spans(text: &str, dates: &[Date]) -> Vec<Span> {
    let mut found = Vec::new();
    let mut i = 0;
    while let Some(from) = dates.get(i) {
        i += 1;
        if let Some(to) = dates.get(i)
            && joins(&text[from.end..to.start])
            && let (Some(a), Some(b)) = (from.months(), to.months())
        {
            let exact = from.month.is_some() && to.month.is_some();
            let months = b.checked_sub(a).map(|months| months + u32::from(exact));
            found.push(Span { months, exact, from: from.clone(), to: Some(to.clone()) });
            i += 1;
            continue;
        }
        let behind = text[from.end..].trim_start().to_lowercase();
        let dash = ["to ", "until ", "till ", "bis ", "à ", "hasta "]
            .iter()
            .find_map(|word| behind.strip_prefix(word))
            .filter(|rest| !rest.trim_start().is_empty())
            .unwrap_or_else(|| behind.trim_start_matches(['-', '–', '—']))
            .trim_start();
        let open = dash.len() < behind.len()
            && (dash.is_empty()
                || dash.starts_with([')', ';', ',', '.', ':'])
                || [
                    "present", "now", "today", "current", "heute", "jetzt", "présent", "aujourd", "actual",
                    "hoy",
                ]
                .iter()
                .any(|word| dash.starts_with(word)));
        let ahead = text[..from.start].trim_end().to_lowercase();
        let since = ["since", "seit", "depuis", "desde"].iter().any(|word| ahead.ends_with(word));
        // "Diploma 2014, with the firm since", "from 2011 on"
        let ever_since = behind.split([';', '.', '(']).next().is_some_and(|rest| {
            rest.trim_end_matches([',', ')', ' ']).ends_with(" since")
                && !rest.contains(|c: char| c.is_ascii_digit())
        });
        let on =
            ["on ", "on,", "onwards", "onward"].iter().any(|word| behind.starts_with(word)) || behind == "on";
        if open || since || ever_since || on && ahead.ends_with("from") {
            found.push(Span { months: None, exact: false, from: from.clone(), to: None });
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::tokens;

    fn read(text: &str) -> Vec<(Option<u32>, Option<u32>, Option<u32>)> {
        dates(text, &tokens(text)).iter().map(|date| (date.year, date.month, date.day)).collect()
    }

    #[test]
    fn reads_a_month_however_it_is_written() {
        for text in [
            "Mar 2021",
            "March 2021",
            "03/2021",
            "03.2021",
            "März 2021",
            "2021-03",
            "mars 2021",
            "March of 2021",
        ] {
            assert_eq!(read(text), [(Some(2021), Some(3), None)], "{text}");
        }
    }

    #[test]
    fn reads_days_and_ranges() {
        let day = |m, d| (Some(2021), Some(m), Some(d));
        assert_eq!(read("2021-05-03 to 2021-11-30"), [day(5, 3), day(11, 30)]);
        assert_eq!(read("3 May – 30 November 2021"), [day(5, 3), day(11, 30)]);
        assert_eq!(read("2016–19"), [(Some(2016), None, None), (Some(2019), None, None)]);
        assert_eq!(read("I may go, we march"), []);
    }

    #[test]
    fn knows_how_long_a_span_is() {
        let long = |text: &str| {
            spans(text, &dates(text, &tokens(text))).iter().map(|span| span.months).collect::<Vec<_>>()
        };
        assert_eq!(long("Oct 2016 – Sept 2017"), [Some(12)]);
        assert_eq!(long("2012–2016"), [Some(48)]);
        assert_eq!(long("Mar 2021 – Present"), [None]);
    }
}

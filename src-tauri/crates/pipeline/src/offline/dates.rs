//! Years of work, from the dates of a resume's entries.

use std::time::{SystemTime, UNIX_EPOCH};

use resume::words::key;

use super::lexicon::lexicon;

/// A month, counted from the year 0.
pub(crate) type Month = i32;

/// A time of work: from the first month, up to and without the last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Span {
    pub(crate) from: Month,
    pub(crate) to: Month,
}

/// The month of a time.
pub(crate) fn month_of(time: SystemTime) -> Month {
    /// Days of a mean month and of a mean year of the calendar.
    const DAYS_OF_YEAR: f64 = 365.2425;
    let since = time.duration_since(UNIX_EPOCH).unwrap_or_default();
    let years = 1970.0 + since.as_secs_f64() / 86_400.0 / DAYS_OF_YEAR;
    #[expect(clippy::cast_possible_truncation, reason = "a month of our time fits")]
    let month = (years * 12.0) as Month;
    month
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mark {
    /// A month of a year.
    Month(Month),
    /// A year without a month.
    Year(i32),
    /// A month without a year.
    Bare(i32),
    /// Up to now.
    Now,
    /// "since".
    Since,
}

/// The times of work that a line names: none where it names no span. One year alone is no span.
pub(crate) fn spans(line: &str, now: Month) -> Vec<Span> {
    let marks = marks(line);
    // "Jun.–Aug. 2022 and 2023": the months of each year.
    if let [Mark::Bare(first), Mark::Month(last), rest @ ..] = marks.as_slice()
        && rest.iter().all(|mark| matches!(mark, Mark::Year(_)))
    {
        let months = (last.rem_euclid(12) - first).rem_euclid(12) + 1;
        let years =
            rest.iter().filter_map(|mark| if let Mark::Year(year) = mark { Some(*year) } else { None });
        return std::iter::once(last.div_euclid(12))
            .chain(years)
            .map(|year| Span { from: year * 12 + first, to: year * 12 + first + months })
            .collect();
    }
    let dated: Vec<Mark> =
        marks.iter().copied().filter(|mark| !matches!(mark, Mark::Bare(_) | Mark::Since)).collect();
    let open = marks.contains(&Mark::Since) || line.trim_end().ends_with(['–', '—', '-']);
    let span = match dated.as_slice() {
        [Mark::Month(from), Mark::Month(to), ..] => Some((*from, to + 1)),
        [Mark::Month(from), Mark::Year(to), ..] => Some((*from, to * 12 + 6)),
        [Mark::Year(from), Mark::Month(to), ..] => Some((from * 12 + 6, to + 1)),
        // Without months, the difference of the years; a job within one year counts for half of it.
        [Mark::Year(from), Mark::Year(to), ..] => Some((from * 12, (to * 12).max(from * 12 + 6))),
        [Mark::Month(from), Mark::Now, ..] => Some((*from, now)),
        [Mark::Year(from), Mark::Now, ..] => Some((from * 12 + 6, now)),
        [Mark::Month(from)] if open => Some((*from, now)),
        [Mark::Year(from)] if open => Some((from * 12 + 6, now)),
        _ => None,
    };
    span.filter(|(from, to)| from < to && to - from < 12 * 60)
        .map(|(from, to)| Span { from, to: to.min(now) })
        .into_iter()
        .collect()
}

/// How many years the spans cover together; time that two of them share counts once.
pub(crate) fn years(spans: &[Span]) -> f32 {
    let mut sorted = spans.to_vec();
    sorted.sort_by_key(|span| span.from);
    let mut months = 0;
    let mut covered = Month::MIN;
    for span in sorted {
        months += (span.to - span.from.max(covered)).max(0);
        covered = covered.max(span.to);
    }
    #[expect(clippy::cast_precision_loss, reason = "months of a life are few")]
    let years = months as f32 / 12.0;
    years
}

fn marks(line: &str) -> Vec<Mark> {
    let mut found: Vec<Mark> = Vec::new();
    let mut month: Option<i32> = None;
    // Digits and letters; "09/2017", "2021.09" and "2/2021" come as two words.
    for word in line.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        let plain = key(word);
        let number: Option<i32> = plain.parse().ok();
        match number {
            Some(year) if (1950..2100).contains(&year) && plain.len() == 4 => {
                found.push(month.take().map_or(Mark::Year(year), |month| Mark::Month(year * 12 + month)));
            }
            Some(number) if (1..=12).contains(&number) && plain.len() <= 2 => {
                // "2021.09": the month stands behind its year.
                if let Some(Mark::Year(year)) = found.last().copied()
                    && plain.len() == 2
                    && line.contains(&format!("{year}.{plain}"))
                {
                    found.pop();
                    found.push(Mark::Month(year * 12 + number - 1));
                } else {
                    month = Some(number - 1);
                }
            }
            Some(_) => month = None,
            None => {
                if let Some(named) = month_named(&plain) {
                    if let Some(bare) = month.replace(named) {
                        found.push(Mark::Bare(bare));
                    }
                } else if lexicon().is("present", &plain) {
                    found.push(Mark::Now);
                } else if lexicon().is("since", &plain) {
                    found.push(Mark::Since);
                } else if plain == "hui" && line.to_lowercase().contains("aujourd") {
                    found.push(Mark::Now);
                }
            }
        }
    }
    found
}

/// The month of a name or its beginning, from 0: "Sept", "août", "mars".
fn month_named(word: &str) -> Option<i32> {
    const NAMES: &[&str] = &[
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "januar",
        "februar",
        "marz",
        "mai",
        "juni",
        "juli",
        "oktober",
        "dezember",
        "janvier",
        "fevrier",
        "mars",
        "avril",
        "juin",
        "juillet",
        "aout",
        "septembre",
        "octobre",
        "novembre",
        "decembre",
        "enero",
        "febrero",
        "marzo",
        "abril",
        "mayo",
        "junio",
        "julio",
        "agosto",
        "septiembre",
        "octubre",
        "noviembre",
        "diciembre",
    ];
    if word.len() < 3 || !NAMES.iter().any(|name| name.starts_with(word)) {
        return None;
    }
    let month = lexicon().pairs("month").find(|(opening, _)| word.starts_with(*opening))?.1;
    month.parse::<i32>().ok().map(|month| month - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Month = 2025 * 12;

    fn length(line: &str) -> f32 {
        years(&spans(line, NOW))
    }

    #[test]
    fn spans_are_read_in_many_forms() {
        for (line, expected) in [
            ("Engineer, Mar 2021 – Present", 3.8),
            ("August 2017 to February 2021", 3.6),
            ("2015 - 2016", 1.0),
            ("06/2020 – present", 4.6),
            ("2021.09 – Present", 3.3),
            ("2019.07 – 2021.06", 2.0),
            ("seit 04/2019", 5.75),
            ("09/2017 – 03/2019", 1.6),
            ("septembre 2019 – aujourd’hui", 5.3),
            ("mars 2015 – juillet 2019", 4.4),
            ("2021 – actualidad", 3.5),
            ("jun.–ago. 2022 y 2023", 0.5),
            ("2/2021 - now", 3.9),
            ("2011 –", 13.5),
        ] {
            assert!((length(line) - expected).abs() < 0.1, "{line}: {}", length(line));
        }
    }

    #[test]
    fn one_date_is_no_span() {
        for line in ["Nov 2022", "2012", "exp. 2027", "", "2019, 4821", "12/2019"] {
            assert_eq!(spans(line, NOW), [], "{line}");
        }
    }

    #[test]
    fn shared_time_counts_once() {
        let both = [Span { from: 0, to: 24 }, Span { from: 12, to: 36 }];
        assert!((years(&both) - 3.0).abs() < 0.01);
    }
}

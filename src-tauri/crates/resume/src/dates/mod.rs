//! Dates as people write them in resumes: "Mar 2021 – Present", "seit 04/2019", "jun.–ago. 2022", "2021年9月至今".
//!
//! A line is cut into numbers, words and signs once; [`spans`] finds the spans of time in it. What is written is kept
//! beside what it means, because a resume is never rewritten.

mod point;
mod token;
mod words;

use std::fmt;
use std::ops::Range;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use point::Scan;

/// A point in time, as exact as it was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
pub struct Moment {
    /// Year, 1900 to 2099.
    pub year: u16,
    /// Month, 1 to 12.
    pub month: Option<u8>,
    /// Day of the month, 1 to 31; only where the month is known.
    pub day: Option<u8>,
}

impl fmt::Display for Moment {
    /// As ISO 8601 writes it: `2021`, `2021-03`, `2021-03-17`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.year)?;
        if let Some(month) = self.month {
            write!(f, "-{month:02}")?;
            if let Some(day) = self.day {
                write!(f, "-{day:02}")?;
            }
        }
        Ok(())
    }
}

/// What a written date means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum When {
    /// A point in time.
    At(Moment),
    /// "Present", "heute": it still lasts.
    Now,
}

impl When {
    /// The point in time, where it is one.
    pub fn moment(self) -> Option<Moment> {
        match self {
            Self::At(moment) => Some(moment),
            Self::Now => None,
        }
    }
}

/// A date with its words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Dated {
    /// As it stands in the resume, with what belongs to it: "exp. 2027", "2023 (current)".
    pub text: String,
    /// What it means.
    pub when: When,
}

/// A span of time in a line. One date alone is the end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    /// Where it stands in the line, in bytes.
    pub range: Range<usize>,
    /// When it began.
    pub start: Option<Dated>,
    /// When it ended; `None` beside a start: it still lasts ("since 2019", "2019 –").
    pub end: Option<Dated>,
}

impl Span {
    /// Whether it has a length: two ends, or one that is open.
    pub fn is_range(&self) -> bool {
        self.start.is_some()
    }
}

/// The spans of time in a line, in order. None overlaps another.
pub fn spans(text: &str) -> Vec<Span> {
    Scan::of(text).spans()
}

/// Whether the text says that something lasts, and nothing else: "Present", "heute".
pub fn is_now(text: &str) -> bool {
    Scan::of(text).is_now()
}

/// Whether the text ends in a date and a dash: a span whose end stands on the next line.
pub fn opens_range(text: &str) -> bool {
    text.trim_end().ends_with(['–', '—', '-', '−']) && Scan::of(text).ends_open()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Start and end as ISO dates, `now` for what lasts.
    fn told(text: &str) -> Vec<(String, String)> {
        let one = |dated: &Option<Dated>| match dated {
            None => String::new(),
            Some(Dated { when: When::Now, .. }) => "now".to_owned(),
            Some(Dated { when: When::At(moment), .. }) => moment.to_string(),
        };
        spans(text).iter().map(|span| (one(&span.start), one(&span.end))).collect()
    }

    #[test]
    fn spans_as_people_write_them() {
        for (text, start, end) in [
            ("Mar 2021 – Present", "2021-03", "now"),
            ("August 2017 to February 2021", "2017-08", "2021-02"),
            ("2015 - 2016", "2015", "2016"),
            ("2015-2016", "2015", "2016"),
            ("seit 04/2019", "2019-04", ""),
            ("09/2017 – 03/2019", "2017-09", "2019-03"),
            ("09/17 – 03/19", "2017-09", "2019-03"),
            ("septembre 2019 – aujourd’hui", "2019-09", "now"),
            ("De septembre 2019 à ce jour", "2019-09", "now"),
            ("2021 – actualidad", "2021", "now"),
            ("abril de 2019 a mayo de 2020", "2019-04", "2020-05"),
            ("sept. 2023 – feb. 2024", "2023-09", "2024-02"),
            ("2021.09 – Present", "2021-09", "now"),
            ("jun.–ago. 2022 y 2023", "2022-06", "2023"),
            ("Jan – Mar 2020", "2020-01", "2020-03"),
            ("2011 –", "2011", ""),
            ("2/2021 - now", "2021-02", "now"),
            ("2021-03 / 2022-11", "2021-03", "2022-11"),
            ("Sep '19 – Dec '21", "2019-09", "2021-12"),
            ("17.03.2019 – 01.04.2020", "2019-03-17", "2020-04-01"),
            ("March 3, 2019 - April 2020", "2019-03-03", "2020-04"),
            ("2021年9月至今", "2021-09", "now"),
            ("2019年3月 – 2021年1月", "2019-03", "2021-01"),
            ("Март 2019 — настоящее время", "2019-03", "now"),
            ("WS 2019/20", "2019", "2020"),
            ("2012/13", "2012", "2013"),
            ("von 2012 bis 2014", "2012", "2014"),
            ("Fall 2018 – Spring 2020", "2018", "2020"),
        ] {
            assert_eq!(told(text), [(start.to_owned(), end.to_owned())], "{text}");
        }
    }

    #[test]
    fn one_date_is_the_end() {
        for (text, end, written) in [
            ("Welding diploma, Mobile, 2013", "2013", "2013"),
            ("2023 (current)", "2023", "2023 (current)"),
            ("2018, lapsed", "2018", "2018, lapsed"),
            ("2019, recyclage 2023", "2019", "2019, recyclage 2023"),
            ("TWIC, exp. 2027", "2027", "exp. 2027"),
            ("primavera 2024", "2024", "primavera 2024"),
            ("Nov 2022", "2022-11", "Nov 2022"),
            ("Expected May 2026", "2026-05", "Expected May 2026"),
            ("12/2019", "2019-12", "12/2019"),
        ] {
            let found = spans(text);
            assert_eq!(told(text), [(String::new(), end.to_owned())], "{text}");
            assert_eq!(found[0].end.as_ref().map(|dated| dated.text.as_str()), Some(written), "{text}");
        }
    }

    #[test]
    fn numbers_that_are_no_dates() {
        assert_eq!(told("GPA 3.7/4.0 · 校级一等奖学金 (2015, 2016)").len(), 2);
        for text in [
            "$2000 saved",
            "12 people, 3 teams",
            "AWS D1.1 3G",
            "Sch. 80",
            "May the best win",
            "11(3):201",
            "",
        ] {
            assert_eq!(told(text), [], "{text}");
        }
    }

    #[test]
    fn what_lasts_and_what_is_open() {
        assert!(is_now("Present") && is_now(" heute ") && !is_now("present tense"));
        assert!(opens_range("Foreman · 2015 -") && opens_range("mai -") && opens_range("03/2019–"));
        assert!(!opens_range("Foreman -") && !opens_range("12015 -") && !opens_range("2015 - 2016"));
    }
}

//! Dates of entries in English, German, French and Spanish.

use std::sync::LazyLock;

use regex::Regex;

const MONTH: &str = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec|january|february|march|april|june|july|august|september|october|november|december|jän|mär|mai|okt|dez|januar|jänner|februar|märz|juni|juli|oktober|dezember|janv|févr|fév|avr|juil|août|déc|janvier|février|mars|avril|juin|juillet|aout|septembre|octobre|novembre|décembre|ene|abr|ago|dic|enero|febrero|marzo|mayo|junio|julio|agosto|septiembre|setiembre|octubre|noviembre|diciembre|spring|summer|autumn|fall|winter|frühjahr|sommer|herbst|printemps|été|automne|hiver|primavera|verano|otoño|invierno)";
const NOW: &str = r"(?:present|now|today|current|ongoing|heute|jetzt|laufend|présent|aujourd['’]hui|actuel|actuelle|ce jour|actualidad|hoy|presente|actual)";

static DATE: LazyLock<Regex> = LazyLock::new(|| {
    let year = r"(?:19|20)\d{2}";
    let day = r"(?:\d{1,2}[./])?";
    let point =
        format!(r"(?:{day}\d{{1,2}}[./]{year}|{year}[./-]\d{{1,2}}|(?:{MONTH}\.?,?\s+)?(?:de\s+)?{year})");
    let dash = r"\s*(?:–|—|-|−|\bto\b|\bbis\b|\bà\b|\bau\b|\ba\b|\bhasta\b|\bal\b|\buntil\b)\s*";
    let months = format!(r"(?:{MONTH}\.?|\d{{1,2}})");
    let pattern = format!(
        r"(?i)(?:(?:seit|since|depuis|desde|from|ab|exp\.|expires)\s+{point}|(?:{point}|{months}){dash}(?:{point}|{NOW})|{point}{dash}?(?:\s*$|,)|{point})"
    );
    Regex::new(&pattern).unwrap_or_else(|_| unreachable!("the pattern is constant and tested"))
});

static RANGE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(&format!(
        r"(?i)(?:\d{{4}}[./]\d{{1,2}}|\d{{4}}|\d{{1,2}}[./]\d{{4}}|{MONTH}\.?)\s*(?:–|—|-|−|\bto\b|\bbis\b|\bà\b|\bau\b|\ba\b|\bhasta\b|\buntil\b)\s*(?:{NOW}|(?:{MONTH}\.?,?\s+)?(?:de\s+)?(?:\d{{1,2}}[./])?(?:19|20)\d{{2}}|$)|^(?:seit|since|depuis|desde)\s+(?:{MONTH}\.?\s+)?(?:\d{{1,2}}[./])?(?:19|20)\d{{2}}"
    ))
    .unwrap_or_else(|_| unreachable!("the pattern is constant and tested"))
});

static JUST_NOW: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(&format!(r"(?i)^\s*{NOW}\s*$"))
        .unwrap_or_else(|_| unreachable!("the pattern is constant and tested"))
});

static OPEN: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(&format!(r"(?i)\b(?:(?:19|20)\d{{2}}|(?:19|20)\d{{2}}[./]\d{{1,2}}|{MONTH}\.?)\s*[–—−-]\s*$"))
        .unwrap_or_else(|_| unreachable!("the pattern is constant and tested"))
});

/// Whether the line holds a date with a year.
pub(crate) fn has_date(text: &str) -> bool {
    DATE.is_match(text)
}

/// Whether the line holds a span of time: "2012 – 2016", "seit 04/2019", "Mar 2021 – Present".
pub(crate) fn has_range(text: &str) -> bool {
    RANGE.is_match(text)
}

/// Whether the line opens or closes with a date, as lines of entries do.
pub(crate) fn dated_at_an_end(text: &str) -> bool {
    let text = text.trim().trim_end_matches([')', '.', ']']);
    DATE.find_iter(text).any(|found| {
        found.start() <= 1 || text.len() - found.end() <= 1 || {
            let tail = &text[found.end()..];
            tail.chars().count() <= 18
                && tail.trim_start().starts_with(['(', ',', ';'])
                && !tail.contains('.')
        }
    }) || has_range(text) && text.chars().count() <= 120
}

/// Whether the line says that something lasts, and nothing else: "Present", "heute".
pub(crate) fn is_now(text: &str) -> bool {
    JUST_NOW.is_match(text)
}

/// Whether the line ends in a year or month and a dash: a span of time whose end stands on the next line.
pub(crate) fn opens_range(text: &str) -> bool {
    OPEN.is_match(text)
}

/// Whether the line is a date and nothing else worth a name.
pub(crate) fn only_date(text: &str) -> bool {
    let rest = DATE.replace_all(text, "");
    rest.len() < text.len() && rest.chars().filter(|c| c.is_alphabetic()).count() <= 3
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_in_four_languages() {
        for text in [
            "Mar 2021 – Present",
            "August 2017 to February 2021",
            "2015 - 2016",
            "seit 04/2019",
            "09/2017 – 03/2019",
            "septembre 2019 – aujourd’hui",
            "2021 – actualidad",
            "sept. 2023 – feb. 2024",
            "2021.09 – Present",
        ] {
            assert!(has_range(text), "{text}");
            assert!(only_date(text), "{text}");
        }
    }

    #[test]
    fn a_dash_behind_a_year_or_month_opens_a_span() {
        for text in ["Foreman · 2015 -", "03/2019–", "2021.09 —", "Foreman, Sept. –", "mai -"] {
            assert!(opens_range(text), "{text}");
        }
        for text in ["2015 - 2016", "Foreman -", "dismay-", "12015 -", "2015", ""] {
            assert!(!opens_range(text), "{text}");
        }
    }

    #[test]
    fn a_year_in_a_sentence_is_not_at_an_end() {
        assert!(!dated_at_an_end(
            "Since the merger of 2019 we moved the whole department and its forty people."
        ));
        assert!(dated_at_an_end("OSHA 10 2016"));
        assert!(dated_at_an_end("Welding school, Mobile (2013)"));
    }
}

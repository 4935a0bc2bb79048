//! What dates say of a line: whether it opens an entry. What a date is, [`resume::dates`] knows.

use resume::dates::spans;
pub(crate) use resume::dates::{is_now, opens_range};

/// Whether the line holds a date with a year.
pub(crate) fn has_date(text: &str) -> bool {
    !spans(text).is_empty()
}

/// Whether the line holds a span of time: "2012 – 2016", "seit 04/2019", "Mar 2021 – Present".
pub(crate) fn has_range(text: &str) -> bool {
    spans(text).iter().any(resume::dates::Span::is_range)
}

/// Whether the line opens or closes with a date, as lines of entries do.
pub(crate) fn dated_at_an_end(text: &str) -> bool {
    let text = text.trim().trim_end_matches([')', '.', ']']);
    let spans = spans(text);
    spans.iter().any(|found| {
        found.range.start <= 1 || text.len() - found.range.end <= 1 || {
            let tail = &text[found.range.end..];
            tail.chars().count() <= 18
                && tail.trim_start().starts_with(['(', ',', ';'])
                && !tail.contains('.')
        }
    }) || spans.iter().any(resume::dates::Span::is_range) && text.chars().count() <= 120
}

/// Whether a date that the first line begins ends in the second: "Jan –", "2024".
pub(crate) fn runs_on(above: &str, line: &str) -> bool {
    let line = line.trim();
    let above = above.trim_end();
    let starts = line.chars().next().is_some_and(|c| c.is_numeric() || matches!(c, '–' | '—' | '-' | '('))
        || is_now(line.split_whitespace().next().unwrap_or_default())
        || opens_range(above)
        || spans(line).first().is_some_and(|span| span.range.start == 0);
    if line.is_empty() || line.chars().count() > 60 || !starts || !(has_year_or_month(above)) {
        return false;
    }
    let joined = format!("{above} {line}");
    spans(&joined).iter().any(|span| {
        // Not "2015" and "2016 Welder", which are two dates, but one span over both lines.
        span.range.start < above.len()
            && span.range.end > above.len()
            && (span.is_range() || above.len() - span.range.start <= 14 && line.chars().count() <= 24)
    })
}

/// Whether the end of the text could be a part of a date.
fn has_year_or_month(text: &str) -> bool {
    let tail: String = text.chars().rev().take(24).collect::<Vec<_>>().into_iter().rev().collect();
    tail.chars().any(char::is_numeric) || !spans(&format!("{tail} 2000")).is_empty()
}

/// Whether the line is a date and nothing else worth a name.
pub(crate) fn only_date(text: &str) -> bool {
    let spans = spans(text);
    let dated: usize = spans.iter().map(|span| letters(&text[span.range.clone()])).sum();
    !spans.is_empty() && letters(text) - dated <= 3
}

fn letters(text: &str) -> usize {
    text.chars().filter(|c| c.is_alphabetic()).count()
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
    fn a_year_in_a_sentence_is_not_at_an_end() {
        assert!(!dated_at_an_end(
            "Since the merger of 2019 we moved the whole department and its forty people."
        ));
        assert!(dated_at_an_end("OSHA 10 2016"));
        assert!(dated_at_an_end("Welding school, Mobile (2013)"));
    }
}

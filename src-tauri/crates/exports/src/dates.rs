//! Dates at the end of an entry's line, so that they can be set at the right margin.
//!
//! Only the place on the page hangs on this, never the text: where the dates are not told apart, they stay
//! where they are. So are they where a comma or a dash leads up to them, as that sign would be left hanging.

/// Months, seasons and words for "now" or "to" of the languages that resumes here are mostly in. An abbreviation of
/// three letters and more counts too.
const WORDS: [&str; 136] = [
    // English
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
    "spring",
    "summer",
    "autumn",
    "fall",
    "winter",
    "present",
    "current",
    "today",
    "now",
    "since",
    "from",
    "until",
    "expected",
    "ongoing",
    "to",
    "till",
    // German
    "januar",
    "jänner",
    "februar",
    "märz",
    "mai",
    "juni",
    "juli",
    "oktober",
    "dezember",
    "heute",
    "seit",
    "bis",
    "ab",
    // French
    "janvier",
    "février",
    "mars",
    "avril",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
    "aujourd'hui",
    "aujourd’hui",
    "présent",
    "depuis",
    "à",
    // Spanish
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
    "actualidad",
    "actual",
    "presente",
    "desde",
    "a",
    "hasta",
    // Italian
    "gennaio",
    "febbraio",
    "aprile",
    "maggio",
    "giugno",
    "luglio",
    "settembre",
    "ottobre",
    "dicembre",
    "oggi",
    // Portuguese
    "janeiro",
    "fevereiro",
    "março",
    "maio",
    "junho",
    "julho",
    "setembro",
    "outubro",
    "novembro",
    "dezembro",
    "atual",
    "até",
    // Dutch, Danish, Norwegian, Swedish
    "januari",
    "februari",
    "maart",
    "mei",
    "augustus",
    "heden",
    "juni",
    "marts",
    "maj",
    "august",
    "nu",
    "nå",
    "augusti",
    "idag",
    // Polish, Czech
    "styczeń",
    "luty",
    "marzec",
    "kwiecień",
    "czerwiec",
    "lipiec",
    "sierpień",
    "wrzesień",
    "październik",
    "listopad",
    "grudzień",
    "obecnie",
    // Russian, Ukrainian, Greek
    "январь",
    "февраль",
    "март",
    "апрель",
    "май",
    "июнь",
    "июль",
    "август",
    "сентябрь",
    "октябрь",
    "ноябрь",
    "декабрь",
    "настоящее",
];

/// Words between a month and its year, or between dates, that also stand before other things.
const LINKING: [&str; 6] = ["de", "del", "of", "a", "à", "to"];

/// Cuts the dates off the end of a line: what stands before them, and the dates with their brackets. White space
/// between the two is left out.
pub(super) fn split_at_end(line: &str) -> Option<(&str, &str)> {
    let mut at = line.len();
    let mut years = 0;
    for word in line.rsplit(char::is_whitespace) {
        let start = at - word.len();
        match piece(word) {
            Piece::Year => years += 1,
            Piece::Around => {}
            Piece::Other => break,
        }
        at = start;
        let Some(before) = line[..start].chars().next_back() else { break };
        at -= before.len_utf8();
    }
    let mut left = line[..at].trim_end();
    let mut right = line[left.len()..].trim_start();
    // "junio de 2020" holds a "de"; one in front of it all belongs to what comes before.
    while let Some((word, rest)) = right.split_once(char::is_whitespace)
        && LINKING.contains(&word)
    {
        right = rest.trim_start();
        left = line[..line.len() - right.len()].trim_end();
    }
    let starts_well = right.chars().next().is_some_and(|c| c.is_alphanumeric() || "([".contains(c));
    let balanced = right.matches('(').count() == right.matches(')').count()
        && right.matches('[').count() == right.matches(']').count();
    let hanging =
        left.chars().next_back().is_some_and(|c| !c.is_alphanumeric() && !")].’'\"”»%+#!?".contains(c));
    (years > 0 && starts_well && balanced && !hanging && right.chars().count() <= 40).then_some((left, right))
}

/// What a word is within dates.
enum Piece {
    /// It holds a year.
    Year,
    /// It may stand beside a year.
    Around,
    /// It is no part of dates.
    Other,
}

fn piece(word: &str) -> Piece {
    let mut year = false;
    for part in word.split(['-', '–', '—', '/', '.', '(', ')', '[', ']', '\'', '’', ',', '−']) {
        if part.is_empty() {
            continue;
        }
        if part.bytes().all(|b| b.is_ascii_digit()) {
            match (part.len(), part.parse::<u16>()) {
                (4, Ok(1900..=2099)) => year = true,
                (1 | 2, _) => {}
                _ => return Piece::Other,
            }
        } else if !is_date_word(part) {
            return Piece::Other;
        }
    }
    if year { Piece::Year } else { Piece::Around }
}

fn is_date_word(word: &str) -> bool {
    let lower = word.to_lowercase();
    if LINKING.contains(&word) || matches!(lower.as_str(), "q1" | "q2" | "q3" | "q4" | "aujourd" | "hui") {
        return true;
    }
    let long = lower.chars().count() >= 3;
    WORDS.iter().any(|known| *known == lower || (long && known.starts_with(&lower)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_behind_a_gap_are_cut_off() {
        for (line, left, right) in [
            ("Support Lead Mar 2019 – Present", "Support Lead", "Mar 2019 – Present"),
            ("Acme GmbH 03/2019–11/2021", "Acme GmbH", "03/2019–11/2021"),
            ("Northwind (2016 - 2019)", "Northwind", "(2016 - 2019)"),
            ("Pflegekraft seit März 2020", "Pflegekraft", "seit März 2020"),
            ("Técnica de laboratorio junio de 2020", "Técnica de laboratorio", "junio de 2020"),
            ("BSc Physics 2015", "BSc Physics", "2015"),
            ("Инженер март 2018 — май 2020", "Инженер", "март 2018 — май 2020"),
            ("C# 2019 to 2021", "C#", "2019 to 2021"),
        ] {
            assert_eq!(split_at_end(line), Some((left, right)), "{line}");
        }
    }

    #[test]
    fn a_sign_that_would_be_left_hanging_keeps_them_inline() {
        for line in
            ["Acme, Leeds — March 2021 – Present", "Lead, Acme, 2019", "Lead | 2019–2021", "Acme · 2019"]
        {
            assert_eq!(split_at_end(line), None, "{line}");
        }
    }

    #[test]
    fn lines_without_dates_stay_whole() {
        for line in ["Support Lead", "Version 3 of May", "(2019", "Room 4711", "", "Acme May"] {
            assert_eq!(split_at_end(line), None, "{line}");
        }
    }

    #[test]
    fn a_line_of_dates_has_nothing_before_them() {
        assert_eq!(split_at_end("June 2018 – February 2021"), Some(("", "June 2018 – February 2021")));
        assert_eq!(split_at_end("(2019)"), Some(("", "(2019)")));
    }
}

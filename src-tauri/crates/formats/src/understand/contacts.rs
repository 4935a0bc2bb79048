//! Lines that tell who and where the person is. They never leave the machine, so that doubt counts as yes.

use std::sync::LazyLock;

use regex::Regex;

fn pattern(text: &str) -> Regex {
    Regex::new(text).unwrap_or_else(|_| unreachable!("the patterns are constant and tested"))
}

static MAIL: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"[\p{L}\p{N}._%+-]+\s?@\s?[\p{L}\p{N}.-]+\.\p{L}{2,}"));
static PHONE: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?:\+|\(|\b)\d(?:[\d\u{a0} ()./–-]{6,18})\d\b"));
static LINK: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:https?://|www\.|linkedin\.com|github\.com|(?:[a-z0-9-]+\.)+(?:com|org|net|io|dev|de|fr|es|ca|uk|edu|me)\b)",
    )
});
static POSTCODE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:\b[A-Z]{2} \d{5}\b|\b\d{5} \p{Lu}\p{Ll}|\b\d{4,5}$|\b[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}\b|\b[A-Z]\d[A-Z] \d[A-Z]\d\b)",
    )
});
static STREET: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)(?:^c/ |\b(?:calle|avenida|rue|impasse|avenue|boulevard|street|st\.|ave|road|rd|lane|ln|drive|platz|allee|weg)\b|(?:straße|strasse|weg|gasse|platz|allee) \d)",
    )
});
static PERSONAL: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^(?:tel|telefon|phone|mobile|mobil|cell|e-?mail|mail|address|adresse|anschrift|dirección|geb\.|geboren|born|date of birth|né |née |nacid[oa]|nationality|nationalität|staatsangehörigkeit|familienstand|linkedin|github|portfolio|website|web|orcid|wechat|skype|xing|permis|führerschein|driving licen[cs]e|carné)(?:\b|\s|$)",
    )
});
static YEARS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?:19|20)\d{2}\s*[–—./-]\s*(?:(?:19|20)\d{2}|\d{1,2}\b)|\b\d{1,2}[./](?:19|20)\d{2}")
});

/// Whether the text holds a mail address.
pub(crate) fn has_mail(text: &str) -> bool {
    MAIL.is_match(text)
}

/// The part of the first mail address before the sign.
pub(crate) fn mail_user(text: &str) -> Option<&str> {
    MAIL.find(text).and_then(|found| found.as_str().split('@').next()).map(str::trim)
}

/// Whether the text holds what can be dialled.
pub(crate) fn has_phone(text: &str) -> bool {
    PHONE.find_iter(text).any(|found| {
        let number = found.as_str();
        let digits = number.chars().filter(char::is_ascii_digit).count();
        let marked = number.starts_with(['+', '(', '0']);
        let groups = number.split(|c: char| !c.is_ascii_digit()).filter(|group| !group.is_empty()).count();
        let doi = text[..found.start()].ends_with(['/', '.', '#', '$', '€']);
        let thousands = text[found.end()..].trim_start().starts_with(['€', '$', '£', '%']);
        (9..=15).contains(&digits) && (marked || groups >= 3) && !YEARS.is_match(number) && !doi && !thousands
    })
}

/// Whether a line anywhere in the resume is contact data: a mail or a phone number and little else.
pub(crate) fn is_contact_line(text: &str) -> bool {
    (has_mail(text) || has_phone(text)) && text.chars().count() <= 220
}

/// Whether a line near the name, above the first heading, is contact data.
pub(crate) fn is_contact_near_name(text: &str) -> bool {
    is_contact_line(text)
        || LINK.is_match(text)
        || POSTCODE.is_match(text)
        || STREET.is_match(text)
        || PERSONAL.is_match(text)
        || is_place(text)
}

/// Whether the line opens with a word for what concerns the person alone: "geb. am …", "Permis B", "Phone: …".
pub(crate) fn is_personal(text: &str) -> bool {
    PERSONAL.is_match(text)
}

/// Whether the text is or opens with the name of a way to the person: "Portfolio", `LinkedIn: …`, a link.
pub(crate) fn names_a_way(text: &str) -> bool {
    PERSONAL.is_match(text) || LINK.is_match(text)
}

/// "Leeds, UK", "Mobile, Alabama": two short capitalised parts and nothing else.
fn is_place(text: &str) -> bool {
    let parts: Vec<&str> = text.split(',').map(str::trim).collect();
    parts.len() == 2
        && parts.iter().all(|part| {
            let words = part.split_whitespace().count();
            (1..=2).contains(&words) && part.chars().next().is_some_and(char::is_uppercase)
        })
        && text.split_whitespace().count() <= 3
}

/// The links, mails and phones do not tell a place from a plain word, so that a whole line of a place
/// below an entry is asked for here.
pub(crate) fn looks_like_place(text: &str) -> bool {
    is_place(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phones_are_told_from_dates_and_money() {
        for text in [
            "+34 555 010 142",
            "(503) 555-0142",
            "07700 900 142",
            "414.555.0190",
            "06 39 98 01 42",
            "713-555-0117 (cell)",
        ] {
            assert!(has_phone(text), "{text}");
        }
        for text in [
            "09/2017 – 03/2019",
            "2015 - 2016",
            "310 000 € par an",
            "$186,000, 2023–2026",
            "11(3):201–229, 2024",
            "doi:10.5555/act.2024.0142",
        ] {
            assert!(!has_phone(text), "{text}");
        }
    }

    #[test]
    fn places_and_addresses_stay_here() {
        for text in [
            "Portland, Oregon",
            "Mobile, Alabama 36600",
            "Gänseblümchenweg 14, 99999 Oberförsterhausen",
            "C/ Acequia Vieja, 12, 2.º B",
        ] {
            assert!(is_contact_near_name(text), "{text}");
        }
        assert!(!is_contact_near_name("Backend & platform engineer"));
        assert!(!is_contact_near_name("Postdoctoral Fellow, Computational Biology"));
    }
}

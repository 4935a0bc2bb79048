//! Mail and web addresses in a line, so that documents can link them.

use serde::Serialize;

/// A part of a line, linked or not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct Span {
    /// The text, as in the block.
    pub(super) text: String,
    /// Where it leads: `https:`, `http:` or `mailto:`.
    pub(super) url: Option<String>,
}

/// What may end the name of a host where no scheme and no path says that it is one. "Node.js" and "ASP.NET" are
/// names of tools; so this is only asked of contact lines.
const ENDINGS: [&str; 34] = [
    "app", "at", "be", "biz", "blog", "ca", "ch", "co", "com", "cz", "de", "dev", "dk", "edu", "es", "eu",
    "fi", "fr", "info", "io", "ie", "it", "me", "name", "net", "nl", "no", "org", "page", "pl", "pt", "ru",
    "se", "uk",
];

/// Signs that stand around an address without being part of it.
const AROUND: &[char] =
    &['(', ')', '<', '>', '[', ']', '{', '}', '"', '\'', ',', ';', '|', '·', '•', '“', '”', '„'];

/// Cuts a line into linked and plain parts; joined, they are the line. `contact`: the line tells how to reach the
/// person, so a bare host name in it is an address.
pub(super) fn spans(line: &str, contact: bool) -> Vec<Span> {
    let mut spans: Vec<Span> = Vec::new();
    let mut plain = 0;
    let mut at = 0;
    for token in line.split_inclusive(char::is_whitespace) {
        let start = at;
        at += token.len();
        let core = token.trim_end().trim_end_matches(AROUND).trim_end_matches(['.', ':', '!', '?']);
        let lead = core.len() - core.trim_start_matches(AROUND).len();
        let core = &core[lead..];
        let (label, core) = core
            .split_once(':')
            .filter(|(label, rest)| {
                !rest.starts_with("//") && !rest.is_empty() && !label.contains(['.', '/', '@'])
            })
            .map_or((0, core), |(label, rest)| (label.len() + 1, rest));
        if let Some(url) = address(core, contact) {
            let from = start + lead + label;
            push(&mut spans, &line[plain..from], None);
            push(&mut spans, core, Some(url));
            plain = from + core.len();
        }
    }
    push(&mut spans, &line[plain..], None);
    spans
}

fn push(spans: &mut Vec<Span>, text: &str, url: Option<String>) {
    if !text.is_empty() {
        spans.push(Span { text: text.to_owned(), url });
    }
}

/// Where a word without spaces leads, when it is an address.
fn address(word: &str, contact: bool) -> Option<String> {
    if word.len() > 300 || !word.chars().all(|c| c.is_ascii_graphic() || c.is_alphanumeric()) {
        return None;
    }
    if word.contains(['<', '>', '"', '\\', '^', '`', '{', '}', '|']) {
        return None;
    }
    if let Some((person, host)) = word.split_once('@') {
        let fits = !person.is_empty()
            && person.chars().all(|c| c.is_alphanumeric() || "._%+-".contains(c))
            && is_host(host);
        return fits.then(|| format!("mailto:{word}"));
    }
    let lower = word.to_ascii_lowercase();
    if let Some(rest) = lower.strip_prefix("https://").or_else(|| lower.strip_prefix("http://")) {
        return is_host(rest.split(['/', '?', '#', ':']).next().unwrap_or_default()).then(|| word.to_owned());
    }
    let host = lower.split(['/', '?', '#']).next().unwrap_or_default();
    if !is_host(host) {
        return None;
    }
    // As written: in "costs.It" a full stop lacks its space.
    let known = word[..host.len()].rsplit('.').next().is_some_and(|ending| ENDINGS.contains(&ending));
    let has_path = word.len() > host.len() + 1;
    (host.starts_with("www.") || (known && (contact || has_path))).then(|| format!("https://{word}"))
}

/// Whether it is built like the full name of a host.
fn is_host(name: &str) -> bool {
    let mut labels = 0;
    for label in name.split('.') {
        let fits = !label.is_empty()
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.chars().all(|c| c.is_alphanumeric() || c == '-');
        if !fits {
            return false;
        }
        labels += 1;
    }
    labels >= 2
        && name
            .rsplit('.')
            .next()
            .is_some_and(|last| last.len() >= 2 && last.chars().all(char::is_alphabetic))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn links(line: &str, contact: bool) -> Vec<(String, String)> {
        let spans = spans(line, contact);
        assert_eq!(spans.iter().map(|span| span.text.as_str()).collect::<String>(), line);
        spans.into_iter().filter_map(|span| Some((span.text, span.url?))).collect()
    }

    #[test]
    fn finds_addresses_of_a_contact_line() {
        let found = links(
            "Leeds | mara.l+cv@example.com, example.org/mara · Web:www.example.org (https://example.com/a_b)",
            true,
        );
        insta::assert_debug_snapshot!(found, @r#"
        [
            (
                "mara.l+cv@example.com",
                "mailto:mara.l+cv@example.com",
            ),
            (
                "example.org/mara",
                "https://example.org/mara",
            ),
            (
                "www.example.org",
                "https://www.example.org",
            ),
            (
                "https://example.com/a_b",
                "https://example.com/a_b",
            ),
        ]
        "#);
    }

    #[test]
    fn names_of_tools_and_numbers_are_no_addresses() {
        assert_eq!(
            links("ASP.NET, Node.js, e.g. 3.5.1, and/or, a@b, javascript:alert(1), file:///etc", false),
            []
        );
        assert_eq!(links("cut 12.5% of costs.It was", true), []);
    }

    #[test]
    fn a_bare_host_is_an_address_in_a_contact_line_only() {
        assert_eq!(links("example.org", true).len(), 1);
        assert_eq!(links("example.org", false).len(), 0);
        assert_eq!(
            links("see example.org/talk.", false),
            [("example.org/talk".to_owned(), "https://example.org/talk".to_owned())]
        );
    }
}

//! Pieces of contact data.

use super::{Contact, ContactKind};
use crate::Block;

/// Takes the pieces of a line of contact data.
pub(super) fn read(block: &Block, contacts: &mut Vec<Contact>) {
    for piece in block.text.split(['|', '·', '•', '⋄', '◦', '\t', '♦', '∙']) {
        let text = without_label(piece.trim().trim_matches([',', ';']).trim());
        if text.is_empty() {
            continue;
        }
        // "mail, phone": commas part what is not an address.
        let parts: Vec<&str> =
            text.split([',', ';']).map(str::trim).filter(|part| !part.is_empty()).collect();
        let told =
            |part: &&str| matches!(kind(part), ContactKind::Mail | ContactKind::Phone | ContactKind::Link);
        if parts.len() > 1 && parts.iter().filter(|part| told(part)).count() >= 2 {
            contacts.extend(parts.iter().map(|part| contact(block, without_label(part))));
        } else {
            contacts.push(contact(block, text));
        }
    }
}

fn contact(block: &Block, text: &str) -> Contact {
    Contact { block: block.id.clone(), kind: kind(text), text: text.to_owned() }
}

fn kind(text: &str) -> ContactKind {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let lower = text.to_lowercase();
    if text
        .split_whitespace()
        .any(|word| word.split_once('@').is_some_and(|(user, host)| !user.is_empty() && host.contains('.')))
    {
        return ContactKind::Mail;
    }
    if digits >= 7 && letters <= 8 && digits > letters {
        return ContactKind::Phone;
    }
    let site = |word: &str| {
        word.contains("://")
            || word.starts_with("www.")
            || word.split_once('/').map_or(word, |(host, _)| host).split_once('.').is_some_and(
                |(host, end)| {
                    host.chars().count() >= 3
                        && end.chars().count() >= 2
                        && word.chars().all(|c| !c.is_uppercase())
                        && end.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-'))
                },
            )
    };
    let names = ["linkedin", "github", "gitlab", "portfolio", "xing", "orcid", "website", "homepage", "blog"];
    if lower.split_whitespace().any(site) || names.iter().any(|name| lower.starts_with(name)) {
        return ContactKind::Link;
    }
    let comma = text.contains(',');
    let postcode = text.split(|c: char| !c.is_ascii_digit()).any(|run| (4..=6).contains(&run.len()));
    let birth = ["geb", "born", "né", "née", "nacid", "date of birth", "birth"]
        .iter()
        .any(|word| lower.starts_with(word));
    if !birth && (postcode || comma && letters > 4 && !text.contains('.')) {
        return ContactKind::Address;
    }
    ContactKind::Other
}

/// The text without "Phone:" in front.
fn without_label(text: &str) -> &str {
    match text.split_once(':') {
        Some((label, rest))
            if label.chars().count() <= 14
                && !rest.starts_with("//")
                && !rest.trim().is_empty()
                && label.chars().all(|c| c.is_alphabetic() || matches!(c, '-' | '.' | ' ')) =>
        {
            rest.trim()
        }
        _ => text,
    }
}

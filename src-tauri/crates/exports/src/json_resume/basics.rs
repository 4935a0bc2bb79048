//! `basics`: who the person is and how to reach them.

use resume::Outline;
use resume::outline::ContactKind;
use serde_json::{Map, Value, json};

use super::{Page, is_web, uri};
use crate::characters::clean;

/// The part `basics`, without its summary.
pub(super) fn write(page: &Page<'_>, outline: &Outline) -> Map<String, Value> {
    let mut basics = Map::new();
    let mut put = |key: &str, text: Option<String>| {
        if let Some(text) = text.filter(|text| !text.is_empty()) {
            basics.insert(key.to_owned(), Value::String(text));
        }
    };
    put("name", outline.name.as_deref().map(clean));
    put("label", outline.headline.as_deref().map(clean));
    let of = |kind: ContactKind| {
        outline
            .contacts
            .iter()
            .filter(move |contact| contact.kind == kind)
            .map(|contact| clean(&contact.text))
    };
    let (mail, beside) = of(ContactKind::Mail).next().map(|text| parted(&text)).unwrap_or_default();
    put("email", Some(mail));
    put("phone", of(ContactKind::Phone).next());
    let mut addresses = links(page, outline);
    let first_own = addresses.iter().position(|(_, address)| address.is_some());
    let url = first_own.and_then(|at| addresses.remove(at).1);
    put("url", url);
    let places: Vec<String> = of(ContactKind::Address).collect();
    if !places.is_empty() {
        basics.insert("location".to_owned(), json!({ "address": places.join(", ") }));
    }
    let mut profiles: Vec<Value> = addresses
        .into_iter()
        .map(|(name, address)| match address {
            Some(address) => json!({ "network": name, "url": address }),
            None => json!({ "network": name }),
        })
        .collect();
    // A second number or mail address, a date of birth: the schema has one place for each, or none.
    let more = std::iter::once(beside)
        .chain(of(ContactKind::Mail).skip(1))
        .chain(of(ContactKind::Phone).skip(1))
        .chain(of(ContactKind::Other));
    profiles.extend(more.filter(|text| !text.is_empty()).map(|text| json!({ "username": text })));
    if !profiles.is_empty() {
        basics.insert("profiles".to_owned(), Value::Array(profiles));
    }
    basics
}

/// The mail address of a line, and what else the line says.
fn parted(line: &str) -> (String, String) {
    let Some(mail) = line.split_whitespace().find(|word| word.contains('@')) else {
        return (line.to_owned(), String::new());
    };
    let rest: Vec<&str> = line.split_whitespace().filter(|word| *word != mail).collect();
    (mail.trim_matches([',', ';', '|', '·']).to_owned(), rest.join(" "))
}

/// The links with their names, and their addresses where these are known.
fn links(page: &Page<'_>, outline: &Outline) -> Vec<(String, Option<String>)> {
    outline
        .contacts
        .iter()
        .filter(|contact| contact.kind == ContactKind::Link)
        .map(|contact| {
            let text = clean(&contact.text);
            let behind = page
                .links
                .iter()
                .find(|link| link.block == contact.block && contact.text.contains(link.text.as_str()))
                .filter(|link| is_web(&link.address))
                .map(|link| uri(&link.address));
            let written = looks_like_address(&text).then(|| uri(&text));
            let address = behind.or(written);
            let network = address.as_deref().filter(|_| looks_like_address(&text)).map(host);
            (network.unwrap_or(text), address)
        })
        .collect()
}

fn looks_like_address(text: &str) -> bool {
    let host = text.trim_start_matches("https://").trim_start_matches("http://");
    let host = host.split(['/', '?', '#']).next().unwrap_or_default();
    !text.contains(char::is_whitespace)
        && host.contains('.')
        && !host.ends_with('.')
        && host.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '-' | ':'))
}

fn host(address: &str) -> String {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    rest.split('/').next().unwrap_or_default().trim_start_matches("www.").to_owned()
}

//! The addresses of links, which stand in a part of their own.

use quick_xml::Reader;
use quick_xml::events::Event;

use super::scan::{Paragraph, attribute};

/// Name of the part with the addresses that a part names by id.
pub(super) fn part_of(part: &str) -> String {
    match part.rsplit_once('/') {
        Some((folder, file)) => format!("{folder}/_rels/{file}.rels"),
        None => format!("_rels/{part}.rels"),
    }
}

/// Puts addresses in place of ids. Links within the document, and those whose address is missing, are dropped; bad
/// XML loses links, never text.
pub(super) fn resolve(paragraphs: &mut [Paragraph], rels: Option<&str>) {
    let addresses = rels.map(addresses).unwrap_or_default();
    for paragraph in paragraphs {
        paragraph.links.retain_mut(|(_, id)| {
            let address = addresses.iter().find(|(known, _)| known == id);
            address.map(|(_, address)| id.clone_from(address)).is_some()
        });
    }
}

fn addresses(xml: &str) -> Vec<(String, String)> {
    let mut reader = Reader::from_str(xml);
    let mut found = Vec::new();
    while let Ok(event) = reader.read_event() {
        match event {
            Event::Eof | Event::DocType(_) => break,
            Event::Start(tag) | Event::Empty(tag)
                if attribute(&tag, "TargetMode").is_some_and(|mode| mode == "External") =>
            {
                if let (Some(id), Some(target)) = (attribute(&tag, "Id"), attribute(&tag, "Target")) {
                    found.push((id, target));
                }
            }
            _ => {}
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_become_addresses() {
        let mut paragraphs = [Paragraph {
            links: vec![("Portfolio".into(), "r1".into()), ("top".into(), "r9".into())],
            ..Paragraph::default()
        }];
        let rels = r#"<Relationships><Relationship Id="r1" TargetMode="External" Target="https://example.org/a?b=1&amp;c=2"/></Relationships>"#;
        resolve(&mut paragraphs, Some(rels));
        assert_eq!(
            paragraphs[0].links,
            [("Portfolio".to_owned(), "https://example.org/a?b=1&c=2".to_owned())]
        );
        assert_eq!(part_of("word/document.xml"), "word/_rels/document.xml.rels");
    }
}

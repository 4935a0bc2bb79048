//! How much of what a resume says was read, and read as what it is.

use resume::{BlockKind, Resume};

use crate::truth::{Truth, plain};

/// Shares from 0 to 1.
pub(crate) struct Measure {
    pub(crate) whole_lines: f64,
    pub(crate) headings: f64,
    pub(crate) words: f64,
    pub(crate) extra: f64,
    pub(crate) name: bool,
    pub(crate) contacts: f64,
    pub(crate) titles: f64,
    pub(crate) misses: Vec<String>,
}

#[expect(clippy::cast_precision_loss, reason = "small counts")]
fn share(part: usize, all: usize) -> f64 {
    if all == 0 { 1.0 } else { part as f64 / all as f64 }
}

pub(crate) fn measure(truth: &Truth, resume: &Resume) -> Measure {
    let mut misses = Vec::new();
    let blocks: Vec<(BlockKind, String)> =
        resume.blocks.iter().map(|block| (block.kind, plain(&block.text))).collect();
    let mut count = |what: &str, wanted: &[String], ok: &dyn Fn(&str) -> bool| {
        let found = wanted
            .iter()
            .filter(|text| {
                let found = ok(&plain(text));
                if !found {
                    misses.push(format!("{what}: {text}"));
                }
                found
            })
            .count();
        share(found, wanted.len())
    };
    let whole_lines = count("line", &truth.lines, &|text| {
        blocks.iter().filter(|(_, block)| block.contains(text)).count() >= 1
            && blocks
                .iter()
                .any(|(_, block)| block.contains(text) && block.chars().count() <= text.chars().count() + 40)
    });
    let headings = count("heading", &truth.headings, &|text| {
        blocks.iter().any(|(kind, block)| {
            *kind == BlockKind::SectionHeading && block.to_lowercase() == text.to_lowercase()
        })
    });
    let private: Vec<String> = truth
        .contacts
        .iter()
        .filter(|text| text.contains('@') || text.chars().filter(char::is_ascii_digit).count() >= 9)
        .cloned()
        .collect();
    let contacts = count("contact", &private, &|text| {
        blocks.iter().filter(|(_, block)| block.contains(text)).all(|(kind, _)| *kind == BlockKind::Contact)
            && blocks.iter().any(|(_, block)| block.contains(text))
    });
    let titles = count("title", &truth.titles, &|text| {
        blocks.iter().any(|(kind, block)| *kind == BlockKind::EntryHeading && block.contains(text))
    });
    let name = resume.blocks.iter().filter(|block| block.kind == BlockKind::Name).count() == 1
        && resume.name().map(plain) == Some(plain(&truth.name));
    if !name {
        misses.push(format!("name: {:?}", resume.name()));
    }
    let read: String = resume.blocks.iter().map(|block| block.text.as_str()).collect::<Vec<_>>().join(" ");
    let words = |text: &str| -> Vec<String> {
        text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(plain).collect()
    };
    let (wanted, got) = (words(&truth.all), words(&read));
    let mut left = got.clone();
    let mut found = 0;
    for word in &wanted {
        if let Some(at) = left.iter().position(|other| other == word) {
            left.swap_remove(at);
            found += 1;
        } else {
            misses.push(format!("word: {word}"));
        }
    }
    misses.extend(left.iter().map(|word| format!("extra: {word}")));
    Measure {
        whole_lines,
        headings,
        words: share(found, wanted.len()),
        extra: share(left.len(), got.len()),
        name,
        contacts,
        titles,
        misses,
    }
}

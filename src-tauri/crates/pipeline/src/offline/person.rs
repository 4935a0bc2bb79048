//! A resume, read for evidence: its blocks as words, its entries with their times, its languages and degrees.

use std::collections::HashMap;

use resume::{BlockKind, Resume, SectionKind};

use super::dates::{Month, Span, spans};
use super::lexicon::{find_words, lexicon};
use super::words::{Reader, Word};

/// No more blocks than this are read.
const MOST_BLOCKS: usize = 800;

/// No more of a block than this is read, in bytes. What is longer is no line of a resume, and is left as it is.
const MOST_TEXT: usize = 4_000;

/// A block, read.
pub(crate) struct Passage {
    /// Its id.
    pub(crate) id: String,
    /// What it is.
    pub(crate) kind: BlockKind,
    /// What its section is about.
    pub(crate) section: Option<SectionKind>,
    /// Its text, or as much of it as is read.
    pub(crate) text: String,
    /// There is more of it than is read.
    pub(crate) is_cut: bool,
    /// Its words.
    pub(crate) words: Vec<Word>,
    /// It names a paper that no longer counts.
    pub(crate) lapsed: bool,
}

impl Passage {
    /// Whether it can be named as evidence.
    pub(crate) fn is_evidence(&self) -> bool {
        !matches!(self.kind, BlockKind::Name | BlockKind::SectionHeading)
    }
}

/// A job, a school, a project: its heading and what stands below.
#[derive(Debug, Default)]
pub(crate) struct Entry {
    /// Its passages, as places in [`Person::passages`].
    pub(crate) passages: Vec<usize>,
    /// The times of work, where it is work.
    pub(crate) spans: Vec<Span>,
}

/// How well somebody speaks a language.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Speaks {
    /// A few words.
    Little,
    /// It is named, without a level.
    Some,
    /// Well enough for work.
    Well,
}

/// A resume, read.
pub(crate) struct Person {
    /// Its blocks, in their order.
    pub(crate) passages: Vec<Passage>,
    /// Its entries, in their order.
    pub(crate) entries: Vec<Entry>,
    /// Languages by their code: how well, and the passage that says so.
    pub(crate) tongues: HashMap<&'static str, (Speaks, usize)>,
    /// Degrees: rank (1 school to 5 doctorate) and passage.
    pub(crate) degrees: Vec<(u8, usize)>,
}

impl Person {
    /// Reads a resume.
    pub(crate) fn read(resume: &Resume, reader: &Reader, now: Month) -> Self {
        let mut person =
            Self { passages: Vec::new(), entries: Vec::new(), tongues: HashMap::new(), degrees: Vec::new() };
        let mut entry: Option<usize> = None;
        let mut section: Option<&str> = None;
        let mut kind_before = None;
        let mut heading_has_dates = false;
        for block in resume.blocks.iter().take(MOST_BLOCKS) {
            if block.kind == BlockKind::SectionHeading || block.section.as_deref() != section {
                entry = None;
            }
            section = block.section.as_deref();
            let text = beginning(&block.text);
            // Two heading lines in a row are one entry, unless both have dates: a job without a word on it.
            let heads = block.kind == BlockKind::EntryHeading || is_dated_line(block, text, now);
            let dated = heads && !spans(text, now).is_empty();
            let another = dated && heading_has_dates;
            if heads && (kind_before != Some(BlockKind::EntryHeading) || entry.is_none() || another) {
                heading_has_dates = false;
                entry = Some(person.entries.len());
                person.entries.push(Entry::default());
            }
            heading_has_dates |= dated;
            kind_before = Some(if heads { BlockKind::EntryHeading } else { block.kind });
            if let Some(entry) = entry {
                person.entries[entry].passages.push(person.passages.len());
            }
            person.passages.push(Passage {
                id: block.id.to_string(),
                kind: if heads { BlockKind::EntryHeading } else { block.kind },
                section: block.section_kind,
                words: if block.kind == BlockKind::Name { Vec::new() } else { reader.words(text) },
                lapsed: lexicon().says("lapsed", text),
                text: text.to_owned(),
                is_cut: text.len() < block.text.len(),
            });
        }
        person.read_entries(now);
        for index in 0..person.passages.len() {
            person.read_tongues(index);
            person.read_degree(index);
        }
        person
    }

    fn read_entries(&mut self, now: Month) {
        for entry in &mut self.entries {
            let headings: Vec<usize> = entry
                .passages
                .iter()
                .copied()
                .filter(|index| self.passages[*index].kind == BlockKind::EntryHeading)
                .collect();
            let text: String = headings
                .iter()
                .map(|index| self.passages[*index].text.as_str())
                .collect::<Vec<_>>()
                .join(" · ");
            let work = headings.iter().all(|index| {
                matches!(self.passages[*index].section, Some(SectionKind::Work | SectionKind::Other) | None)
            });
            if work && !lexicon().says("break", &text) {
                entry.spans = headings
                    .iter()
                    .map(|index| spans(&self.passages[*index].text, now))
                    .find(|spans| !spans.is_empty())
                    .unwrap_or_else(|| spans(&text, now));
            }
            // A paper whose second line says that it has lapsed.
            for pair in headings.windows(2) {
                let second = &self.passages[pair[1]];
                if second.lapsed && second.words.len() <= 4 {
                    self.passages[pair[0]].lapsed = true;
                }
            }
        }
    }

    fn read_tongues(&mut self, index: usize) {
        let passage = &self.passages[index];
        // "Languages: English, Norwegian" among the skills; a label alone makes no spoken language of Python.
        let label = lexicon().phrases("tongues").iter().find_map(|label| {
            let range = find_words(&passage.text, label)?;
            passage.text[range.end..].trim_start().starts_with(':').then_some(range.end)
        });
        let listed = passage.section == Some(SectionKind::Languages);
        let named: Vec<(usize, &'static str)> =
            passage.words.iter().enumerate().filter_map(|(at, word)| Some((at, tongue(word)?))).collect();
        for (place, (at, code)) in named.iter().enumerate() {
            // What is said of a language stands between its name and the next.
            let until = named.get(place + 1).map_or(passage.words.len(), |(next, _)| *next);
            let said = passage.words.get(at + 1..until.min(at + 8)).unwrap_or_default();
            let before = passage.words.get(at.saturating_sub(1)..*at).unwrap_or_default();
            let says = |list: &str| said.iter().chain(before).any(|word| lexicon().is(list, &word.plain));
            let native = said.windows(2).any(|pair| pair[0].plain == "mother" && pair[1].plain == "tongue");
            // Elsewhere a language counts where its level stands beside it: "Danish (conversational)".
            let told = listed
                || label.is_some_and(|end| passage.words[*at].start >= end)
                || passage.kind != BlockKind::EntryHeading && (says("able") || says("low") || native);
            if !told {
                continue;
            }
            let level = if says("low") {
                Speaks::Little
            } else if says("able") || native {
                Speaks::Well
            } else {
                Speaks::Some
            };
            let best = self.tongues.entry(code).or_insert((level, index));
            if level > best.0 {
                *best = (level, index);
            }
        }
    }

    fn read_degree(&mut self, index: usize) {
        let passage = &self.passages[index];
        let about_schools = matches!(
            passage.section,
            Some(SectionKind::Education | SectionKind::Summary | SectionKind::Certificates)
        );
        if about_schools && let Some(rank) = degree_rank(&passage.text, true) {
            self.degrees.push((rank, index));
        }
    }
}

/// A line of a job that is no heading by its looks, but names its time: "Line cook, Kemah. 2013 - 2019".
fn is_dated_line(block: &resume::Block, text: &str, now: Month) -> bool {
    matches!(block.kind, BlockKind::Paragraph | BlockKind::Other)
        && block.section_kind == Some(SectionKind::Work)
        && text.chars().count() <= 140
        && !spans(text, now).is_empty()
}

/// As much of a text as is read.
fn beginning(text: &str) -> &str {
    let mut end = text.len().min(MOST_TEXT);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// The code of the language that a word names. Some languages write them small, English and German do not.
pub(crate) fn tongue(word: &Word) -> Option<&'static str> {
    if let Some(code) = tongue_code(&word.plain) {
        let small_elsewhere = word.plain.ends_with("ais")
            || word.plain.ends_with("ol")
            || word.plain.ends_with("es")
            || word.plain.ends_with("an")
            || word.plain.ends_with("co")
            || word.plain.ends_with("en");
        return (word.is_capitalised() || small_elsewhere).then_some(code);
    }
    // "Englischkenntnisse", "deutschsprachig".
    let opens = ["kenntnis", "sprach"].iter().find_map(|ending| word.plain.find(ending))?;
    tongue_code(word.plain.get(..opens)?)
}

fn tongue_code(name: &str) -> Option<&'static str> {
    lexicon().tongue(name)
}

/// The rank of the highest (or the lowest) degree that a text names: 1 school to 5 doctorate.
pub(crate) fn degree_rank(text: &str, highest: bool) -> Option<u8> {
    const LISTS: [(&str, u8); 5] =
        [("degree1", 1), ("degree2", 2), ("degree3", 3), ("degree4", 4), ("degree5", 5)];
    let mut ranks = LISTS
        .iter()
        .filter(|(list, _)| lexicon().phrases(list).iter().any(|phrase| names_degree(text, phrase)));
    let found = if highest { ranks.next_back() } else { ranks.next() };
    found.map(|(_, rank)| *rank)
}

/// Short abbreviations are degrees only in capitals, and not in "MS Office".
fn names_degree(text: &str, phrase: &str) -> bool {
    let Some(range) = find_words(text, phrase) else { return false };
    let written = &text[range.clone()];
    let short = written.chars().filter(|c| c.is_alphabetic()).count() <= 3;
    let product = ["office", "project", "excel", "word", "teams", "sql", "access", "azure"];
    let next: String = text[range.end..].trim_start().chars().take_while(|c| c.is_alphabetic()).collect();
    !short
        || (written.chars().next().is_some_and(char::is_uppercase)
            && !product.contains(&next.to_lowercase().as_str())
            && written != "Ms"
            && written != "Ma"
            && written != "Cap")
}

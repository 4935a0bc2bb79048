//! The rows of a laid-out page: what PDF and DOCX make of the blocks.
//!
//! Blocks are a flat list; a page wants to know which entry lines belong together, which dates stand at the right
//! margin, and what a skills line is about. No row adds or drops text.

use resume::{Block, BlockKind, Resume, SectionKind};
use serde::Serialize;

use crate::characters::{clean, clean_around_tabs};
use crate::dates;
use crate::links::{self, Span};

/// One row of the page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "role", rename_all = "snake_case")]
pub(super) enum Row {
    /// The person's name.
    Name {
        /// Its text.
        text: String,
    },
    /// A line under the name that says what the person is.
    Headline {
        /// Its parts.
        spans: Vec<Span>,
    },
    /// One or more ways to reach the person.
    Contact {
        /// Its parts.
        spans: Vec<Span>,
    },
    /// The heading of a section.
    Heading {
        /// Its text.
        text: String,
    },
    /// A line of an entry's head.
    Entry {
        /// Its parts, without what stands at the right margin.
        spans: Vec<Span>,
        /// What stands at the right margin.
        right: Option<String>,
        /// Whether an entry starts here.
        first: bool,
    },
    /// A list item.
    Bullet {
        /// Its parts.
        spans: Vec<Span>,
    },
    /// A line of skills.
    Skills {
        /// What they are, with its colon: "Languages:".
        label: Option<String>,
        /// The skills.
        spans: Vec<Span>,
    },
    /// Running text, and whatever else there is.
    Paragraph {
        /// Its parts.
        spans: Vec<Span>,
        /// One of a list of works, of which each begins at the margin and goes on behind it.
        hanging: bool,
    },
}

/// Headlines are short; anything longer above the first section is a summary without a heading.
const LONGEST_HEADLINE: usize = 90;

/// Columns of a line are told apart by tabs; what stands at the right margin is short.
const LONGEST_RIGHT: usize = 48;

/// The rows of a resume, in its order.
pub(super) fn rows(resume: &Resume) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::with_capacity(resume.blocks.len());
    let mut has_name = false;
    let mut has_heading = false;
    for block in &resume.blocks {
        let line = clean_around_tabs(&block.text);
        if line.is_empty() {
            continue;
        }
        let text = clean(&line);
        match block.kind {
            BlockKind::Name if !has_name => {
                has_name = true;
                rows.push(Row::Name { text });
            }
            BlockKind::Contact => rows.push(Row::Contact { spans: links::spans(&text, true) }),
            BlockKind::SectionHeading => {
                has_heading = true;
                rows.push(Row::Heading { text });
            }
            BlockKind::EntryHeading => entry(&mut rows, &line),
            BlockKind::Bullet => rows.push(Row::Bullet { spans: links::spans(&text, false) }),
            BlockKind::SkillsLine => {
                let (label, rest) = skills_label(&text);
                rows.push(Row::Skills { label: label.map(str::to_owned), spans: links::spans(rest, false) });
            }
            BlockKind::Name | BlockKind::Paragraph | BlockKind::Other => {
                let spans = links::spans(&text, false);
                let short = text.chars().count() <= LONGEST_HEADLINE;
                let on_top = rows.iter().all(|row| matches!(row, Row::Name { .. } | Row::Contact { .. }));
                if has_name && !has_heading && short && on_top {
                    rows.push(Row::Headline { spans });
                } else {
                    let hanging = block.section_kind == Some(SectionKind::Publications);
                    rows.push(Row::Paragraph { spans, hanging });
                }
            }
        }
    }
    rows
}

/// Adds an entry's line: to the entry before, as its second line, or as the first line of a new one.
fn entry(rows: &mut Vec<Row>, line: &str) {
    let mut before = 0;
    let mut dated = false;
    for row in rows.iter().rev() {
        let Row::Entry { right, first, .. } = row else { break };
        before += 1;
        dated |= right.is_some();
        if *first {
            break;
        }
    }
    let (left, right) = columns(line);
    if left.is_empty()
        && before > 0
        && !dated
        && let Some(Row::Entry { right: free, .. }) = rows.last_mut()
    {
        *free = right;
        return;
    }
    let goes_on = before > 0 && before < 3 && !(dated && right.is_some()) && (before == 1 || right.is_some());
    let (left, right) = if left.is_empty() { (clean(line), None) } else { (left, right) };
    rows.push(Row::Entry { spans: links::spans(&left, false), right, first: !goes_on });
}

/// What stands on the left of an entry's line, and what at the right margin.
fn columns(line: &str) -> (String, Option<String>) {
    let line = line.trim_matches('\t');
    if let Some((left, right)) = line.rsplit_once('\t')
        && right.chars().count() <= LONGEST_RIGHT
    {
        return (clean(left), Some(right.to_owned()));
    }
    let line = clean(line);
    match dates::split_at_end(&line) {
        Some((left, right)) => (left.to_owned(), Some(right.to_owned())),
        None => (line, None),
    }
}

/// Cuts "Languages: Rust, Go" behind its colon; the rest starts with the space.
pub(super) fn skills_label(text: &str) -> (Option<&str>, &str) {
    match text.split_once(": ") {
        Some((label, rest))
            if label.chars().count() <= 40 && !label.contains([',', ';']) && !rest.trim().is_empty() =>
        {
            let (label, rest) = text.split_at(label.len() + 1);
            (Some(label), rest)
        }
        _ => (None, text),
    }
}

/// For each block, whether an entry starts with it: a first line of its head, where it may have several.
pub(super) fn entry_starts(blocks: &[Block]) -> Vec<bool> {
    let mut run = Vec::new();
    blocks
        .iter()
        .map(|block| {
            let line = clean_around_tabs(&block.text);
            if line.is_empty() {
                return false;
            }
            if block.kind != BlockKind::EntryHeading {
                run.clear();
                return false;
            }
            let count = run.len();
            entry(&mut run, &line);
            run.len() > count && matches!(run.last(), Some(Row::Entry { first: true, .. }))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn starts(lines: &[&str]) -> Vec<bool> {
        let blocks: Vec<Block> = lines
            .iter()
            .enumerate()
            .map(|(n, line)| Block {
                id: resume::BlockId::nth(n + 1),
                kind: BlockKind::EntryHeading,
                section: None,
                section_kind: None,
                text: (*line).to_owned(),
                origin: resume::Origin::Nowhere,
            })
            .collect();
        entry_starts(&blocks)
    }

    #[test]
    fn two_lines_are_one_entry_when_only_one_has_dates() {
        assert_eq!(starts(&["Lead 2019 – 2021", "Acme, Leeds"]), [true, false]);
        assert_eq!(starts(&["Acme, Leeds", "Lead 2019 – 2021"]), [true, false]);
        assert_eq!(starts(&["Lead", "Acme, Leeds"]), [true, false]);
        assert_eq!(starts(&["Lead", "Acme, Leeds", "2019 – 2021"]), [true, false, false]);
    }

    #[test]
    fn each_line_with_dates_is_an_entry() {
        assert_eq!(starts(&["BSc 2015", "MSc 2017", "PhD 2021"]), [true, true, true]);
    }

    #[test]
    fn a_third_line_without_dates_starts_the_next_entry() {
        assert_eq!(starts(&["Lead", "Acme", "Clerk", "Bank"]), [true, false, true, false]);
    }

    #[test]
    fn tabs_and_dates_go_to_the_right_margin() {
        assert_eq!(columns("Lead\tAcme\tLeeds"), ("Lead Acme".to_owned(), Some("Leeds".to_owned())));
        assert_eq!(columns("Lead 2019 – 2021"), ("Lead".to_owned(), Some("2019 – 2021".to_owned())));
        assert_eq!(columns("Lead, Acme"), ("Lead, Acme".to_owned(), None));
    }

    #[test]
    fn a_skills_line_is_cut_behind_its_label() {
        assert_eq!(skills_label("Tools: Rust, C#: all"), (Some("Tools:"), " Rust, C#: all"));
        assert_eq!(skills_label("Rust, Go: both"), (None, "Rust, Go: both"));
        assert_eq!(skills_label("Tools:"), (None, "Tools:"));
    }
}

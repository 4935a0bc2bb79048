//! Markdown: structure is told by the format, looks by emphasis.

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};
use resume::Origin;

use super::Lines;
use crate::line::{Line, strip_bullet};

/// Reads Markdown into paragraphs. Comments and tags are left out, links keep their text.
pub(crate) fn read(text: &str) -> Lines {
    let starts = line_starts(text);
    let mut reader = Reader { lines: Vec::new(), open: None, text, starts, blank: true, cells: 0 };
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
    let mut emphasis = 0u32;
    let mut skipping = 0u32;
    let mut heading = 0u8;
    let mut item_text = false;
    for (event, range) in Parser::new_ext(text, options).into_offset_iter() {
        match event {
            Event::Start(tag) => match tag {
                Tag::Heading { level, .. } => {
                    reader.close();
                    heading = level_of(level);
                }
                Tag::Item => {
                    reader.close();
                    item_text = true;
                }
                Tag::Paragraph | Tag::TableHead | Tag::TableRow | Tag::CodeBlock(_) => {
                    reader.close();
                    reader.cells = 0;
                }
                Tag::TableCell => {
                    if reader.cells > 0 {
                        reader.push("\t", range.start, 0, false, false);
                    }
                    reader.cells += 1;
                }
                Tag::Strong => emphasis += 1,
                Tag::MetadataBlock(_) => skipping += 1,
                _ => {}
            },
            Event::End(tag) => match tag {
                TagEnd::Heading(_) => {
                    reader.close();
                    heading = 0;
                }
                TagEnd::Item => {
                    reader.close();
                    item_text = false;
                }
                TagEnd::Paragraph | TagEnd::TableHead | TagEnd::TableRow | TagEnd::CodeBlock => {
                    reader.close();
                    reader.blank = true;
                }
                TagEnd::List(_) => reader.blank = true,
                TagEnd::Strong => emphasis = emphasis.saturating_sub(1),
                TagEnd::MetadataBlock(_) => skipping = skipping.saturating_sub(1),
                _ => {}
            },
            Event::Text(piece) | Event::Code(piece) if skipping == 0 => {
                reader.push(&piece, range.start, heading, emphasis > 0, item_text);
            }
            Event::SoftBreak => reader.soft_break(range.start),
            Event::HardBreak => {
                let in_item = reader.open.as_ref().is_some_and(|line| line.bullet);
                if in_item {
                    reader.push(" ", range.start, heading, false, false);
                } else {
                    reader.close();
                }
            }
            Event::Rule => {
                reader.close();
                reader.blank = true;
            }
            Event::InlineHtml(tag) if tag.to_ascii_lowercase().starts_with("<br") => reader.close(),
            _ => {}
        }
        if heading == 0 && matches!(reader.open.as_ref(), Some(line) if line.bullet) {
            item_text = false;
        }
    }
    reader.close();
    Lines { lines: reader.lines, warnings: Vec::new() }
}

struct Reader<'a> {
    lines: Vec<Line>,
    open: Option<Line>,
    text: &'a str,
    starts: Vec<usize>,
    blank: bool,
    cells: u32,
}

impl Reader<'_> {
    fn line_of(&self, offset: usize) -> u32 {
        u32::try_from(self.starts.partition_point(|start| *start <= offset)).unwrap_or(u32::MAX)
    }

    fn push(&mut self, piece: &str, offset: usize, heading: u8, strong: bool, bullet: bool) {
        let number = self.line_of(offset);
        let blank = std::mem::take(&mut self.blank);
        let line = self.open.get_or_insert_with(|| {
            let mut line = Line::new("", Origin::Lines { first: number, last: number });
            line.heading = heading;
            line.bold = true;
            line.starts_bold = strong;
            line.bullet = bullet;
            line.gap = if blank { 1.0 } else { 0.0 };
            line
        });
        line.bold &= strong || piece.trim().is_empty();
        line.text.push_str(piece);
        if let Origin::Lines { last, .. } = &mut line.origin {
            *last = (*last).max(number);
        }
    }

    /// A line end inside a paragraph is a space, unless the next line was meant to be a line of its own:
    /// people write contact data and bullets of their own making that way.
    fn soft_break(&mut self, offset: usize) {
        let next = self.text[offset..].trim_start_matches(['\r', '\n']).lines().next().unwrap_or_default();
        let own_line = strip_bullet(next).is_some()
            || opens_a_group(next) && self.open.as_ref().is_some_and(|line| opens_a_group(&line.text))
            || self.open.as_ref().is_some_and(|line| {
                !line.bullet
                    && line.text.chars().count() < 50
                    && self.lines.len() < 12
                    && next.trim().chars().count() < 60
                    && !line.text.ends_with(',')
            });
        if own_line {
            self.close();
        } else {
            self.push(" ", offset, 0, false, false);
        }
    }

    fn close(&mut self) {
        if let Some(mut line) = self.open.take()
            && !line.text.trim().is_empty()
        {
            if !line.bullet
                && let Some(rest) = strip_bullet(&line.text).map(str::to_owned)
                && !rest.is_empty()
                && line.heading == 0
                && !rest.starts_with(|c: char| c.is_ascii_digit())
            {
                line.text = rest;
                line.bullet = true;
            }
            self.lines.push(line);
        }
    }
}

/// Whether a line begins as a group of skills does: `Analysis: SQL, Excel`.
fn opens_a_group(line: &str) -> bool {
    line.split_once(": ").is_some_and(|(group, items)| {
        group.split_whitespace().count() <= 4
            && group.chars().next().is_some_and(char::is_uppercase)
            && !items.trim().is_empty()
    })
}

fn level_of(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}

fn line_starts(text: &str) -> Vec<usize> {
    std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_of_skills_keep_their_lines_and_wrapped_text_does_not() {
        let read = read("Daily: Go, SQL\nOften: Kafka\n\nI write code: mostly in Go,\nsometimes: in Rust.\n");
        let told: Vec<_> = read.lines.iter().map(|line| line.text.as_str()).collect();
        assert_eq!(
            told,
            ["Daily: Go, SQL", "Often: Kafka", "I write code: mostly in Go, sometimes: in Rust."]
        );
    }

    #[test]
    fn structure_places_and_comments() {
        let read = read(
            "# Jane Example\n\n**Welder**\n\n<!-- not for you -->\n\n## Work\n\n1. Cut *plate*,\n   and [pipe](https://example.com)\n2. Ground it\n",
        );
        let told: Vec<_> = read
            .lines
            .iter()
            .map(|line| (line.text.as_str(), line.heading, line.bullet, line.bold))
            .collect();
        assert_eq!(
            told,
            [
                ("Jane Example", 1, false, false),
                ("Welder", 0, false, true),
                ("Work", 2, false, false),
                ("Cut plate, and pipe", 0, true, false),
                ("Ground it", 0, true, false),
            ]
        );
        assert_eq!(read.lines[3].origin, Origin::Lines { first: 9, last: 10 });
    }
}

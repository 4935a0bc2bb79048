//! From lines to blocks: which is the name, what is contact data, where sections begin, what opens an entry.
//!
//! One understanding for all formats. It knows nothing of pages or packages, only lines and their looks.

mod contacts;
mod dates;
mod headings;
mod language;
mod name;
mod order;
pub(crate) mod wrap;

use resume::{Block, BlockId, BlockKind, Resume, SectionKind};

use crate::line::Line;
pub(crate) use contacts::{has_mail, has_phone};
pub(crate) use dates::{has_date, only_date};
pub(crate) use language::language;

/// The size that most signs are set in; 0 where the format has none.
pub(crate) fn body_size(lines: &[Line]) -> f32 {
    let mut sizes: Vec<(f32, usize)> = Vec::new();
    for line in lines.iter().filter(|line| line.size > 0.0) {
        let count = line.text.chars().count();
        match sizes.iter_mut().find(|(size, _)| (size - line.size).abs() < 0.3) {
            Some((_, sum)) => *sum += count,
            None => sizes.push((line.size, count)),
        }
    }
    sizes.into_iter().max_by_key(|(_, count)| *count).map_or(0.0, |(size, _)| size)
}

/// Makes blocks of lines. `lines` are joined paragraphs in reading order.
pub(crate) fn understand(lines: Vec<Line>, mut warnings: Vec<String>) -> Resume {
    let lines = split_contacts(lines);
    let name = name::find(&lines);
    if name.is_none() {
        warnings.push("No name was found. Check what was read before you go on.".to_owned());
    }
    let mut headings = section_headings(&lines, name);
    drop_link_texts(&lines, &mut headings);
    if headings.iter().all(Option::is_none) {
        warnings.push(
            "No section headings were found, so the parts of the resume could not be told apart.".to_owned(),
        );
    }
    let body = body_size(&lines);
    let mut blocks = Vec::with_capacity(lines.len());
    let mut place = Place::default();
    for (at, line) in lines.iter().enumerate() {
        let text = one_line(&line.text);
        if text.is_empty() {
            continue;
        }
        let kind = if Some(at) == name {
            place = Place { name_seen: true, ..Place::default() };
            BlockKind::Name
        } else if line.furniture {
            // What names the person stays here, wherever it stands.
            let names = name.is_some_and(|at| text.contains(one_line(&lines[at].text).as_str()));
            if names || contacts::is_contact_line(&text) { BlockKind::Contact } else { BlockKind::Other }
        } else if let Some(heading) = headings[at].filter(|_| !line.furniture) {
            place.section = Some((text.clone(), heading.section_kind()));
            place.contact_section = heading == headings::Known::Contact;
            place.entry_above = false;
            place.region = line.region;
            BlockKind::SectionHeading
        } else {
            if place.section.is_some()
                && line.region != place.region
                && opens_another_head(&lines, at, &headings, name)
            {
                // A column that starts above its own first heading.
                place = Place {
                    name_seen: place.name_seen,
                    headline_seen: place.headline_seen,
                    ..Place::default()
                };
            }
            let kind = match &place.section {
                None => head_kind(&lines, at, &text, &mut place, body),
                Some(_) if place.contact_section => BlockKind::Contact,
                Some((_, kind)) => body_kind(&lines, at, &text, *kind, place.entry_above, &headings),
            };
            place.entry_above = kind == BlockKind::EntryHeading;
            kind
        };
        let (section, section_kind) = match &place.section {
            Some((section, kind)) => (Some(section.clone()), Some(*kind)),
            _ => (None, None),
        };
        blocks.push(Block {
            // Named below, once the order is known.
            id: BlockId::nth(0),
            kind,
            section,
            section_kind,
            text,
            origin: line.origin.clone(),
        });
    }
    let mut blocks = order::person_first(blocks);
    for (at, block) in blocks.iter_mut().enumerate() {
        block.id = BlockId::nth(at + 1);
    }
    let texts = blocks.iter().filter(|block| !block.kind.stays_here()).map(|block| block.text.as_str());
    let all = texts.collect::<Vec<_>>().join("\n");
    Resume { blocks, language: language(&all), warnings }
}

/// Where the reading stands.
#[expect(clippy::struct_excessive_bools, reason = "each was seen or not, in any combination")]
#[derive(Default)]
struct Place {
    section: Option<(String, SectionKind)>,
    contact_section: bool,
    name_seen: bool,
    headline_seen: bool,
    entry_above: bool,
    region: u32,
}

/// One line with single spaces, and without signs that nobody sees.
fn one_line(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut space = false;
    for c in text.chars() {
        if c == '\u{a0}' || c == '\u{202f}' {
            if space && !out.is_empty() {
                out.push(' ');
            }
            space = false;
            out.push(c);
        } else if c.is_whitespace() {
            space = true;
        } else if !matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{feff}' | '\u{e000}'..='\u{f8ff}')
            && !c.is_control()
        {
            if space && !out.is_empty() {
                out.push(' ');
            }
            space = false;
            out.push(c);
        }
    }
    out.trim().to_owned()
}

/// Cuts lines like "street   phone   mail" at their wide gaps, so that each is a block.
fn split_contacts(lines: Vec<Line>) -> Vec<Line> {
    let mut out = Vec::with_capacity(lines.len());
    for line in lines {
        let parts: Vec<&str> = line
            .text
            .split('\t')
            .flat_map(|part| part.split("   "))
            .map(str::trim)
            .filter(|part| !part.is_empty())
            .collect();
        let contact =
            parts.len() > 1 && !line.bullet && parts.iter().any(|part| has_mail(part) || has_phone(part));
        if contact {
            out.extend(parts.iter().map(|part| Line { text: (*part).to_owned(), ..line.clone() }));
        } else {
            out.push(line);
        }
    }
    out
}

/// For each line, what it announces where it is the heading of a section.
fn section_headings(lines: &[Line], name: Option<usize>) -> Vec<Option<headings::Known>> {
    let candidate = |at: usize| {
        let line = &lines[at];
        Some(at) != name
            && !line.bullet
            && line.text.chars().count() <= 60
            && line.text.split_whitespace().count() <= 7
            && line.text.chars().any(char::is_alphabetic)
            && !dates::has_date(&line.text)
            && !has_mail(&line.text)
    };
    let level = section_level(lines, name);
    let looks: Vec<Looks> = lines.iter().map(Looks::of).collect();
    let common = common_looks(lines, &looks);
    // The looks of headings whose words are known, where these looks set them apart.
    let mut known_looks: Vec<(Looks, usize)> = Vec::new();
    for at in (0..lines.len()).filter(|at| candidate(*at)) {
        if headings::known(&lines[at].text).is_some() && looks[at] != common {
            match known_looks.iter_mut().find(|(of, _)| *of == looks[at]) {
                Some((_, count)) => *count += 1,
                None => known_looks.push((looks[at], 1)),
            }
        }
    }
    let heading_looks = known_looks.iter().max_by_key(|(of, count)| (*count, of.size)).map(|(of, _)| *of);
    (0..lines.len())
        .map(|at| {
            if !candidate(at) {
                return None;
            }
            let line = &lines[at];
            let known = headings::known(&line.text);
            if let Some(level) = level {
                if line.heading == level {
                    return Some(
                        known.unwrap_or(headings::Known::Section(headings::section_kind(&line.text))),
                    );
                }
                if line.heading > 0 {
                    return None;
                }
            }
            if let Some(of) = heading_looks {
                let same = looks[at].is_like(of, common);
                if same && (known.is_some() || of.stands_out(common) && own_making(lines, at)) {
                    return Some(
                        known.unwrap_or(headings::Known::Section(headings::section_kind(&line.text))),
                    );
                }
                // Known words in plain looks beside headings that stand out are plain lines.
                return known.filter(|_| !of.stands_out(common) && free_standing(lines, at));
            }
            known.filter(|_| free_standing(lines, at) && level.is_none())
        })
        .collect()
}

/// A link's text among the contact data of the head may read like a heading ("Portfolio"). Where another
/// heading follows at once, so that its section would be empty, it is contact data.
fn drop_link_texts(lines: &[Line], headings: &mut [Option<headings::Known>]) {
    let Some(first) = headings.iter().position(Option::is_some) else { return };
    let alone = headings.get(first + 1).is_some_and(Option::is_some);
    let below_contacts = first > 0 && contacts::is_contact_near_name(&lines[first - 1].text);
    let plain = lines[first].heading == 0;
    if alone && below_contacts && plain && contacts::names_a_way(&lines[first].text) {
        headings[first] = None;
    }
}

/// The level that headings of sections have, where the format tells levels.
fn section_level(lines: &[Line], name: Option<usize>) -> Option<u8> {
    let headed = || lines.iter().enumerate().filter(|(at, line)| line.heading > 0 && Some(*at) != name);
    let known = (1..=6u8)
        .map(|level| {
            (
                level,
                headed()
                    .filter(|(_, line)| line.heading == level && headings::known(&line.text).is_some())
                    .count(),
            )
        })
        .filter(|(_, count)| *count > 0)
        .max_by_key(|(level, count)| (*count, u8::MAX - *level));
    match known {
        Some((level, _)) => Some(level),
        None => headed().map(|(_, line)| line.heading).min(),
    }
}

/// How a line looks, as far as headings differ in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Looks {
    /// Half points.
    size: i32,
    bold: bool,
    capitals: bool,
}

impl Looks {
    fn of(line: &Line) -> Self {
        let letters = || line.text.chars().filter(|c| c.is_alphabetic());
        #[expect(clippy::cast_possible_truncation, reason = "font sizes are small numbers")]
        let size = (line.size * 2.0).round() as i32;
        Self {
            size,
            bold: line.bold,
            capitals: letters().count() >= 4 && letters().all(|c| !c.is_lowercase()),
        }
    }

    /// Whether both are headings of one kind. Capitals make no difference where size or weight set them apart.
    fn is_like(self, other: Self, common: Self) -> bool {
        let by_size = other.size > common.size || other.bold && !common.bold;
        self.size == other.size && self.bold == other.bold && (by_size || self.capitals == other.capitals)
    }

    fn stands_out(self, common: Self) -> bool {
        self.size > common.size || self.bold && !common.bold || self.capitals && !common.capitals
    }
}

fn common_looks(lines: &[Line], looks: &[Looks]) -> Looks {
    let mut counts: Vec<(Looks, usize)> = Vec::new();
    for (line, of) in lines.iter().zip(looks) {
        let signs = line.text.chars().count();
        match counts.iter_mut().find(|(seen, _)| seen == of) {
            Some((_, count)) => *count += signs,
            None => counts.push((*of, signs)),
        }
    }
    counts
        .into_iter()
        .max_by_key(|(_, count)| *count)
        .map_or(Looks { size: 0, bold: false, capitals: false }, |(of, _)| of)
}

/// Whether a line that looks like the headings, of unknown words, can be one: it has room above.
fn own_making(lines: &[Line], at: usize) -> bool {
    let line = &lines[at];
    let first = at == 0 || lines[at - 1].region != line.region;
    (first || line.gap >= 0.3 || line.whole)
        && !line.text.ends_with(['.', ',', ';'])
        && !line.text.contains('\t')
}

/// Whether a line of plain looks stands by itself: room above and no end of a sentence.
fn free_standing(lines: &[Line], at: usize) -> bool {
    let line = &lines[at];
    let first = at == 0 || lines[at - 1].region != line.region;
    (first || line.gap >= 0.5 || line.whole) && !line.text.ends_with(['.', ',', ';'])
}

/// Whether the lines from here to the next heading of the region are a head of their own: the name or
/// contact data stands in them.
fn opens_another_head(
    lines: &[Line],
    at: usize,
    headings: &[Option<headings::Known>],
    name: Option<usize>,
) -> bool {
    let region = lines[at].region;
    if at > 0 && lines[at - 1].region == region {
        return false;
    }
    let ahead = (at..lines.len())
        .take_while(|next| lines[*next].region == region && headings[*next].is_none())
        .take(12)
        .collect::<Vec<_>>();
    let closes_with_heading = ahead
        .last()
        .is_some_and(|last| headings.get(last + 1).is_some_and(Option::is_some) || Some(last + 1) == name);
    closes_with_heading
        && ahead.iter().any(|next| contacts::is_contact_line(&lines[*next].text) || Some(*next) == name)
}

/// What a line above the first heading is.
fn head_kind(lines: &[Line], at: usize, text: &str, place: &mut Place, body: f32) -> BlockKind {
    let line = &lines[at];
    let long = text.chars().count() > 110;
    let big = body > 0.0 && (line.size > body * 1.08 || line.bold);
    if contacts::is_contact_line(text) {
        return BlockKind::Contact;
    }
    if line.bullet {
        return BlockKind::Bullet;
    }
    if long && text.matches(". ").count() > 0 {
        return BlockKind::Paragraph;
    }
    let near_name = contacts::is_contact_near_name(text);
    if place.name_seen
        && !place.headline_seen
        && (!near_name || big && !text.chars().any(|c| c.is_ascii_digit()))
    {
        place.headline_seen = true;
        return BlockKind::Paragraph;
    }
    if near_name || !long { BlockKind::Contact } else { BlockKind::Paragraph }
}

/// What a line below a heading is.
fn body_kind(
    lines: &[Line],
    at: usize,
    text: &str,
    section: SectionKind,
    entry_above: bool,
    headings: &[Option<headings::Known>],
) -> BlockKind {
    let line = &lines[at];
    let length = text.chars().count();
    if contacts::is_contact_line(text) && length <= 120 && !(line.bullet && length > 60) {
        return BlockKind::Contact;
    }
    if line.bullet {
        return BlockKind::Bullet;
    }
    if line.heading > 0 {
        return BlockKind::EntryHeading;
    }
    match section {
        SectionKind::Skills | SectionKind::Languages => {
            return if length <= 220 { BlockKind::SkillsLine } else { BlockKind::Paragraph };
        }
        SectionKind::Summary | SectionKind::Interests => return BlockKind::Paragraph,
        _ => {}
    }
    let sentence = text.ends_with('.') && length > 60 || length > 150;
    if sentence && !dates::has_range(text) {
        return BlockKind::Paragraph;
    }
    if length <= 170 && (dates::dated_at_an_end(text) || dates::only_date(text)) {
        return BlockKind::EntryHeading;
    }
    let next = lines.get(at + 1).filter(|_| headings.get(at + 1).is_some_and(Option::is_none));
    let next_is_dated = next.is_some_and(|next| {
        !next.bullet
            && next.gap < 0.9
            && next.text.chars().count() <= 150
            && dates::dated_at_an_end(&next.text)
    });
    // Title, then employer, then dates, on a line each.
    let short = |line: &&Line| !line.bullet && line.heading == 0 && line.text.chars().count() <= 120;
    let dated_after_next = next.as_ref().is_some_and(short)
        && lines.get(at + 2).filter(short).is_some_and(|line| dates::only_date(&line.text))
        && headings.get(at + 2).is_some_and(Option::is_none);
    let above_is_complete = at > 0 && (dates::has_date(&lines[at - 1].text) || line.gap >= 0.8);
    let may_open = (!entry_above || above_is_complete) && !text.ends_with('.');
    if line.starts_bold && length <= 120 || may_open && (next_is_dated || dated_after_next) {
        return BlockKind::EntryHeading;
    }
    let new_entry = line.gap >= 0.5 && next.is_some_and(|next| next.bullet);
    if new_entry && !text.ends_with('.') || entry_above && contacts::looks_like_place(text) {
        return BlockKind::EntryHeading;
    }
    BlockKind::Paragraph
}

#[cfg(test)]
mod tests {
    use resume::Origin;

    use super::*;

    fn read(lines: &[(&str, f32)]) -> Vec<(BlockKind, String)> {
        let line = |(text, gap): &(&str, f32)| Line { gap: *gap, ..Line::new(*text, Origin::Nowhere) };
        let resume = understand(lines.iter().map(line).collect(), Vec::new());
        resume.blocks.into_iter().map(|block| (block.kind, block.text)).collect()
    }

    #[test]
    fn the_text_of_a_link_among_contact_data_is_no_heading() {
        let blocks = read(&[
            ("Ada Quill", 0.0),
            ("Bookkeeper", 0.0),
            ("ada@example.com   +1 604 555 0133   Portfolio", 0.0),
            ("Summary", 1.0),
            ("Keeps the books of three mills.", 0.0),
        ]);
        let portfolio = blocks.iter().find(|(_, text)| text == "Portfolio").map(|(kind, _)| *kind);
        assert_eq!(portfolio, Some(BlockKind::Contact));
        assert!(blocks.contains(&(BlockKind::SectionHeading, "Summary".to_owned())));
    }

    #[test]
    fn a_portfolio_with_lines_below_it_is_a_section() {
        let blocks = read(&[
            ("Ada Quill", 0.0),
            ("Bookkeeper", 0.0),
            ("ada@example.com", 0.0),
            ("Portfolio", 1.0),
            ("Wrote a ledger for small mills.", 0.0),
            ("Education", 1.0),
            ("Night school, Leeds", 0.0),
        ]);
        assert!(blocks.contains(&(BlockKind::SectionHeading, "Portfolio".to_owned())));
    }
}

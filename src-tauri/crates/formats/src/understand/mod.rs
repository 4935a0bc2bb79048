//! From lines to blocks: which is the name, what is contact data, where sections begin, what opens an entry.
//!
//! One understanding for all formats. It knows nothing of pages or packages, only lines and their looks:
//!
//! 1. `name` finds the person, `sections` the headings.
//! 2. What stands above the first heading is told by `head`, what stands below one by `entries`.
//! 3. `order` puts the person first; `hints` keeps what the looks tell of an entry's parts; `doubts` asks the user
//!    where the reading is not sure.

mod contacts;
mod dates;
mod doubts;
mod entries;
mod head;
mod headings;
mod hints;
mod language;
mod name;
mod order;
mod sections;
pub(crate) mod wrap;

use resume::outline::{Hint, Outline, outline_with};
use resume::{Block, BlockId, BlockKind, Confidence, Doubt, Link, Resume, SectionKind};

use crate::line::Line;
pub(crate) use contacts::{has_mail, has_phone};
pub(crate) use dates::{has_date, only_date};
pub(crate) use language::language;

/// A document once it is understood.
pub(crate) struct Understood {
    pub(crate) resume: Resume,
    pub(crate) outline: Outline,
    pub(crate) links: Vec<Link>,
    pub(crate) confidence: Confidence,
    pub(crate) doubts: Vec<Doubt>,
}

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

/// A block, and what is known beyond it.
struct Told {
    block: Block,
    /// Which line it was made of.
    line: usize,
    /// How sure the kind is, from 0 to 1.
    sure: f32,
    /// An entry opens here.
    opens: bool,
}

/// Makes blocks of lines. `lines` are joined paragraphs in reading order.
pub(crate) fn understand(lines: Vec<Line>, mut warnings: Vec<String>) -> Understood {
    let lines = split_contacts(lines);
    let name = name::find(&lines);
    if name.is_none() {
        warnings.push("No name was found. Check what was read before you go on.".to_owned());
    }
    let mut headings = sections::section_headings(&lines, name.map(|name| name.at));
    sections::drop_link_texts(&lines, &mut headings);
    if headings.iter().all(Option::is_none) {
        warnings.push(
            "No section headings were found, so the parts of the resume could not be told apart.".to_owned(),
        );
    }
    let told = order::person_first(tell(&lines, name, &headings));
    let mut blocks = Vec::with_capacity(told.len());
    let mut hints = Vec::new();
    let mut addresses = Vec::new();
    let mut sure = Vec::with_capacity(told.len());
    for (at, told) in told.into_iter().enumerate() {
        let mut block = told.block;
        block.id = BlockId::nth(at + 1);
        let line = &lines[told.line];
        if block.kind == BlockKind::EntryHeading {
            let seams = hints::seams(line, &block.text);
            hints.push(Hint { block: block.id.clone(), opens: told.opens, seams });
        }
        addresses.extend(hints::links(line, &block));
        sure.push(told.sure);
        blocks.push(block);
    }
    let texts = blocks.iter().filter(|block| !block.kind.stays_here()).map(|block| block.text.as_str());
    let language = language(&texts.collect::<Vec<_>>().join("\n"));
    let resume = Resume { blocks, language, warnings };
    let outline = outline_with(&resume, &hints);
    let confidence = doubts::confidence(&resume, sure);
    let doubts = doubts::ask(&resume, &outline, &confidence);
    Understood { resume, outline, links: addresses, confidence, doubts }
}

/// Where the reading stands.
#[derive(Default)]
struct Place {
    section: Option<(String, SectionKind)>,
    contact_section: bool,
    head: head::Seen,
    region: u32,
    /// Counts the headings, so that two sections of one name stay two.
    number: usize,
}

/// The blocks in the order of the lines, not yet named.
fn tell(lines: &[Line], name: Option<name::Found>, headings: &[Option<sections::Heading>]) -> Vec<Told> {
    let body = body_size(lines);
    let name_at = name.map(|name| name.at);
    let mut told: Vec<Told> = Vec::with_capacity(lines.len());
    // Lines of section bodies, told once the section is whole: place in `told` and number of the section.
    let mut waiting: Vec<(usize, usize)> = Vec::new();
    let mut place = Place::default();
    for (at, line) in lines.iter().enumerate() {
        let text = one_line(&line.text);
        if text.is_empty() {
            continue;
        }
        let (kind, sure) = if Some(at) == name_at {
            place = Place {
                head: head::Seen { name: true, headline: false },
                number: place.number,
                ..Place::default()
            };
            (BlockKind::Name, name.map_or(0.5, |name| name.sure))
        } else if line.furniture {
            // What names the person stays here, wherever it stands.
            let names = name_at.is_some_and(|at| text.contains(one_line(&lines[at].text).as_str()));
            if names && only_counts(&text, name_at.map_or("", |at| &lines[at].text)) {
                continue;
            }
            if names || contacts::is_contact_near_name(&text) {
                (BlockKind::Contact, 0.95)
            } else {
                (BlockKind::Other, 0.8)
            }
        } else if let Some(heading) = headings[at] {
            place.section = Some((text.clone(), heading.known.section_kind()));
            place.contact_section = heading.known == headings::Known::Contact;
            place.region = line.region;
            place.number += 1;
            (BlockKind::SectionHeading, heading.sure)
        } else {
            if place.section.is_some()
                && line.region != place.region
                && opens_another_head(lines, at, headings, name_at)
            {
                // A column that starts above its own first heading.
                place = Place { head: place.head, number: place.number, ..Place::default() };
            }
            match &place.section {
                None => head::kind(line, &text, &mut place.head, body),
                Some(_) if place.contact_section => (BlockKind::Contact, 0.9),
                Some(_) if stays_here(line, &text) => (BlockKind::Contact, 0.85),
                Some((_, kind)) => plain_kind(line, &text, *kind).unwrap_or_else(|| {
                    waiting.push((told.len(), place.number));
                    (BlockKind::Paragraph, 0.8)
                }),
            }
        };
        let (section, section_kind) = match &place.section {
            Some((section, kind)) => (Some(section.clone()), Some(*kind)),
            _ => (None, None),
        };
        // Named once the order is known.
        let block =
            Block { id: BlockId::nth(0), kind, section, section_kind, text, origin: line.origin.clone() };
        told.push(Told { block, line: at, sure, opens: false });
    }
    let common = sections::common_looks_of(lines);
    for section in waiting.chunk_by(|a, b| a.1 == b.1) {
        let of: Vec<&Line> = section.iter().map(|(at, _)| &lines[told[*at].line]).collect();
        let roles = entries::roles(&of, common);
        let unknown = told[section[0].0].block.section_kind == Some(SectionKind::Other);
        if let Some(kind) = entries::kind(&of, &roles).filter(|_| unknown) {
            retell(&mut told, section[0].0, kind);
        }
        for ((at, _), role) in section.iter().zip(roles) {
            let of = &mut told[*at];
            let bullet = lines[of.line].bullet;
            match role {
                entries::Role::Head { opens, sure } => {
                    (of.block.kind, of.opens, of.sure) = (BlockKind::EntryHeading, opens, sure);
                }
                entries::Role::Body { .. } if bullet => {
                    (of.block.kind, of.sure) = (BlockKind::Bullet, 0.97);
                }
                entries::Role::Body { sure } => of.sure = sure,
            }
        }
    }
    told
}

/// Gives the section around a block, whose heading says nothing, the kind that its entries tell.
fn retell(told: &mut [Told], at: usize, kind: SectionKind) {
    let section = told[at].block.section.clone();
    let start = told[..at].iter().rposition(|told| told.block.section != section).map_or(0, |last| last + 1);
    for told in told[start..].iter_mut().take_while(|told| told.block.section == section) {
        told.block.section_kind = Some(kind);
    }
}

/// Whether a page's edge tells the name, which stands elsewhere, and counts the pages.
fn only_counts(text: &str, name: &str) -> bool {
    let rest = text.replacen(one_line(name).as_str(), "", 1);
    let mut words = rest.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let counts = rest.chars().any(|c| c.is_ascii_digit());
    counts
        && words.all(|word| {
            word.chars().all(|c| c.is_ascii_digit())
                || matches!(
                    word.to_lowercase().as_str(),
                    "page"
                        | "of"
                        | "seite"
                        | "von"
                        | "sur"
                        | "página"
                        | "de"
                        | "p"
                        | "resume"
                        | "résumé"
                        | "cv"
                        | "lebenslauf"
                )
        })
}

/// Whether a line below a heading is contact data.
fn stays_here(line: &Line, text: &str) -> bool {
    let length = text.chars().count();
    contacts::is_contact_line(text) && length <= 120 && !(line.bullet && length > 60)
}

/// The kind of a line in a section that has no entries; `None` where it may have.
fn plain_kind(line: &Line, text: &str, section: SectionKind) -> Option<(BlockKind, f32)> {
    let long = text.chars().count() > 220;
    match section {
        SectionKind::Skills | SectionKind::Languages => Some(if line.bullet {
            (BlockKind::Bullet, 0.95)
        } else if long {
            (BlockKind::Paragraph, 0.75)
        } else {
            (BlockKind::SkillsLine, 0.95)
        }),
        SectionKind::Summary | SectionKind::Interests if line.heading == 0 => {
            Some((if line.bullet { BlockKind::Bullet } else { BlockKind::Paragraph }, 0.95))
        }
        _ => None,
    }
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

/// Whether the lines from here to the next heading of the region are a head of their own: the name or
/// contact data stands in them.
fn opens_another_head(
    lines: &[Line],
    at: usize,
    headings: &[Option<sections::Heading>],
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

#[cfg(test)]
mod tests {
    use resume::Origin;

    use super::*;

    fn read(lines: &[(&str, f32)]) -> Vec<(BlockKind, String)> {
        let line = |(text, gap): &(&str, f32)| Line { gap: *gap, ..Line::new(*text, Origin::Nowhere) };
        let resume = understand(lines.iter().map(line).collect(), Vec::new()).resume;
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

    /// A line of a list begins with a star, one in bold with a plus.
    fn understood(lines: &[&str]) -> Understood {
        let line = |text: &&str| Line {
            bullet: text.starts_with('*'),
            bold: text.starts_with('+'),
            starts_bold: text.starts_with('+'),
            size: 10.0,
            gap: if text.starts_with('+') { 0.4 } else { 0.0 },
            ..Line::new(text.trim_start_matches(['*', '+']), Origin::Nowhere)
        };
        understand(lines.iter().map(line).collect(), Vec::new())
    }

    #[test]
    fn the_line_of_the_employer_belongs_to_the_heading_of_its_entry() {
        let read = understood(&[
            "+Ada Quill",
            "ada.quill@example.com",
            "+Experience",
            "+Plant Manager\t2005 – 2009",
            "Castellan Mills, Rockford, IL",
            "*Cut the time to change a mould from 90 to 20 minutes",
            "+Foreman\t2001 – 2005",
            "Otter Freight, Leeds",
            "Led eleven people on two shifts.",
        ]);
        let entries = &read.outline.sections[0].entries;
        let told: Vec<_> = entries
            .iter()
            .map(|entry| (entry.title.as_deref(), entry.organisation.as_deref(), entry.location.as_deref()))
            .collect();
        assert_eq!(
            told,
            [
                (Some("Plant Manager"), Some("Castellan Mills"), Some("Rockford, IL")),
                (Some("Foreman"), Some("Otter Freight"), Some("Leeds")),
            ]
        );
        assert_eq!(entries[1].blocks.len(), 1);
        assert!(read.confidence.whole > 0.8);
    }

    #[test]
    fn what_is_guessed_is_asked() {
        let read = understood(&[
            "+Ada Quill",
            "Bookkeeper",
            "ada.quill@example.com",
            "Own van",
            "+Experience",
            "Text.",
        ]);
        let block = read.resume.blocks.iter().find(|block| block.text == "Own van").expect("it was read");
        assert_eq!(block.kind, BlockKind::Contact);
        let doubt = read.doubts.iter().find(|doubt| doubt.block == block.id).expect("it is asked");
        let remedies: Vec<_> = doubt.answers.iter().map(|answer| &answer.remedy).collect();
        assert_eq!(remedies, [&resume::Remedy::Keep, &resume::Remedy::Kind { kind: BlockKind::Paragraph }]);
    }
}

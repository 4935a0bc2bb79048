//! Which lines of a section open its entries: jobs, schools, projects.
//!
//! A dated line tells that there is an entry. How many lines above and below it belong to its heading is told by
//! the entries whose beginning is beyond doubt (the first of the section, and those behind a list): one person
//! writes all entries of a section in one way.

use resume::outline::{ends_in_place, mentions_organisation, names_organisation};
use resume::{Origin, SectionKind};

use super::{contacts, dates};
use crate::line::Line;

/// What a line of a section's body is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Role {
    /// It belongs to the heading of an entry; `opens`: it is the first line.
    Head { opens: bool, sure: f32 },
    /// Text below, or beside entries.
    Body { sure: f32 },
}

/// A heading has so many lines at most.
const MOST: usize = 4;

/// What is looked at of a line.
#[expect(clippy::struct_excessive_bools, reason = "each is a look of its own")]
struct Seen {
    /// A line of an entry's heading could look so: short, no item of a list, no sentence.
    fits: bool,
    dated: bool,
    only_date: bool,
    /// The format says that it is a heading of a lower level.
    told: bool,
    /// It stands out from running text.
    stands_out: bool,
    /// It ends a stretch of text: an item of a list, a sentence.
    text: bool,
    gap: bool,
    place: bool,
    organisation: bool,
    /// It opens with a label: "Thesis: …", "GPA 3.8".
    label: bool,
    /// The paragraph of a text document that it is a line of.
    paragraph: Option<u32>,
}

/// The roles of the lines of one section, headings and contact data left out by the caller.
pub(super) fn roles(lines: &[&Line], common: super::sections::Looks) -> Vec<Role> {
    let seen: Vec<Seen> = lines.iter().map(|line| Seen::of(line, common)).collect();
    let mut roles: Vec<Role> =
        seen.iter().map(|seen| Role::Body { sure: if seen.text { 0.95 } else { 0.8 } }).collect();
    let dated: Vec<usize> = dated_heads(&seen);
    let norm = norm(&seen, &dated);
    let mut heads: Vec<(usize, usize)> = Vec::new();
    for (nth, at) in dated.iter().copied().enumerate() {
        let floor = heads.last().map_or(0, |(_, end)| end + 1);
        if at < floor {
            continue;
        }
        let start = start_of(&seen, lines, at, floor, norm);
        let next = dated.get(nth + 1).copied();
        let ceiling = next.map_or(lines.len(), |next| {
            let above = available(&seen, next, at + 1);
            next - if clean(&seen, next - above) { above } else { above.min(norm.unwrap_or(0)) }
        });
        let end = end_of(&seen, lines, (start, at), ceiling.max(at + 1));
        heads.push((start, end));
    }
    even_out(&seen, lines, &mut heads, &dated);
    for (start, end) in &heads {
        for at in *start..=*end {
            let sure = if seen[at].dated || seen[at].told { 0.96 } else { 0.88 };
            roles[at] = Role::Head { opens: at == *start, sure };
        }
    }
    undated(&seen, lines, &mut roles, &heads);
    roles
}

impl Seen {
    fn of(line: &Line, common: super::sections::Looks) -> Self {
        let length = line.text.chars().count();
        let sentence = line.text.ends_with('.') && length > 60 && !ends_short(&line.text) || length > 170;
        let ends = line.text.ends_with(['.', '!', ';']) && !ends_short(&line.text);
        let spans = resume::dates::spans(&line.text);
        // "Since 2012 I …" is a sentence; at an end of a short line it is the time of an entry.
        let range = spans.iter().any(|span| {
            span.is_range()
                && (span.end.is_some() || span.range.start == 0 || line.text.len() == span.range.end)
        });
        let told = line.heading > 0;
        let fits = told || !line.bullet && (!sentence || range) && length <= 200;
        let dated = fits
            && !line.bullet
            && (dates::dated_at_an_end(&line.text) || dates::only_date(&line.text))
            && (!ends || range && length < 120 || dates::only_date(&line.text))
            // "Scholarship (2015, 2016)" tells years, not a time.
            && (range || spans.len() == 1 || dates::only_date(&line.text));
        let looks = super::sections::Looks::of(line);
        Self {
            fits: fits && (!ends || dated),
            dated,
            only_date: dated && dates::only_date(&line.text),
            told,
            stands_out: looks.stands_out(common) || line.starts_bold && !common.bold,
            text: line.bullet || sentence || ends,
            gap: line.gap >= 0.5,
            place: ends_in_place(&line.text) || contacts::looks_like_place(&line.text),
            organisation: names_organisation(&line.text),
            label: is_label(&line.text),
            paragraph: match &line.origin {
                Origin::Paragraphs { first, .. } => Some(*first),
                _ => None,
            },
        }
    }
}

/// "Inc.", "Ltd.", "etc.": a point that ends no sentence.
fn ends_short(text: &str) -> bool {
    let last = text.split_whitespace().next_back().unwrap_or_default();
    let letters = last.chars().filter(|c| c.is_alphabetic()).count();
    (1..=4).contains(&letters)
        && (last.chars().next().is_some_and(char::is_uppercase) || last.matches('.').count() > 1)
        && text.split_whitespace().count() <= 8
}

/// "Thesis: …", "Note: 1,8", "GPA 3.8": what is said of an entry below its heading.
fn is_label(text: &str) -> bool {
    let label = text.split_once([':', '：']).is_some_and(|(label, rest)| {
        label.split_whitespace().count() <= 3 && !rest.trim().is_empty() && !rest.starts_with("//")
    });
    let first = text.split_whitespace().next().unwrap_or_default();
    label
        || matches!(
            first,
            "GPA" | "Note" | "Grade" | "Mention" | "Minor" | "Thesis" | "Coursework" | "Honors" | "Honours"
        )
}

/// The dated line of each entry. Of dated lines that follow one another, a date alone belongs to its neighbour.
fn dated_heads(seen: &[Seen]) -> Vec<usize> {
    (0..seen.len()).filter(|at| seen[*at].dated).collect()
}

/// How many lines right above could belong to the heading, down to `floor`.
fn available(seen: &[Seen], at: usize, floor: usize) -> usize {
    (floor..at).rev().take(MOST - 1).take_while(|above| seen[*above].fits && !seen[*above].dated).count()
}

/// Whether a heading that begins here has nothing of an entry's text right above it that could be taken for its own.
fn clean(seen: &[Seen], start: usize) -> bool {
    start == 0 || seen[start - 1].text
}

/// How many lines stand above the dates in the headings of this section; `None` where it cannot be told.
fn norm(seen: &[Seen], dated: &[usize]) -> Option<usize> {
    let mut counts: Vec<usize> = Vec::new();
    let mut floor = 0;
    for at in dated.iter().copied() {
        let above = available(seen, at, floor);
        if clean(seen, at - above) {
            counts.push(above);
        }
        floor = at + 1;
    }
    counts.sort_unstable();
    counts.get(counts.len().checked_sub(1)? / 2).copied()
}

/// The first line of the heading whose dates stand at `at`.
fn start_of(seen: &[Seen], lines: &[&Line], at: usize, floor: usize, norm: Option<usize>) -> usize {
    let most = available(seen, at, floor);
    let lowest = at - most;
    // A line that the format calls a heading, or room above a line, opens.
    if let Some(told) = (lowest..=at).rev().find(|line| seen[*line].told) {
        return told;
    }
    let clean = clean(seen, lowest);
    let by_norm = at - most.min(norm.unwrap_or(0));
    if clean {
        // A short text above the first entry of a section is no part of it.
        let room = (lowest + 1..=at).rev().find(|line| seen[*line].gap && !seen[*line].only_date);
        return match room {
            Some(room) if norm.is_none_or(|norm| at - room <= norm) || lines[room].gap >= 0.9 => room,
            _ if most > norm.unwrap_or(0) + 1 => by_norm,
            _ => lowest,
        };
    }
    if let Some(room) = (lowest..=by_norm).rev().find(|line| seen[*line].gap && !seen[*line].only_date)
        && at - room <= norm.unwrap_or(0) + 1
    {
        return room;
    }
    if norm.is_some() {
        return by_norm;
    }
    let bold = (lowest..=at).rev().find(|line| seen[*line].stands_out);
    match bold {
        Some(bold) if !(bold..=at).all(|line| seen[line].stands_out) || bold == at => {
            let first =
                (lowest..bold).rev().take_while(|line| seen[*line].stands_out && !seen[*line].gap).last();
            first.unwrap_or(bold).max(by_norm.min(bold))
        }
        _ => by_norm,
    }
}

/// The last line of the heading.
fn end_of(seen: &[Seen], lines: &[&Line], (start, at): (usize, usize), ceiling: usize) -> usize {
    let mut end = at;
    let mut facts: usize = (start..=at).map(|line| pieces(&lines[line].text)).sum();
    let followed =
        |line: usize| seen.get(line).is_some_and(|next| next.text || next.dated) || line >= ceiling;
    while end + 1 < ceiling && end + 1 - start < MOST {
        let next = end + 1;
        let (line, of) = (lines[next], &seen[next]);
        // Line breaks inside of one paragraph keep a heading together; so do two lines that are headings by format.
        let one = of.paragraph.is_some() && of.paragraph == seen[end].paragraph;
        let below_told = of.told && seen[end].told && !of.dated && end == at;
        if (one && !of.dated && of.fits || below_told) && !of.label {
            facts += pieces(&line.text);
            end = next;
            continue;
        }
        if of.label
            || !of.fits
            || of.dated
            || of.told
            || line.gap >= 0.5 && !(seen[end].only_date && start == end)
        {
            break;
        }
        let length = line.text.chars().count();
        // The looks of an employer's line: slanted, or as heavy as the title, or with a town at its end.
        let looks = line.italic
            || of.stands_out
            || of.place
            || of.organisation
            || line.starts_italic && line.text.contains('\t');
        let takes = match facts {
            0 => true,
            1 => {
                looks
                    || length <= 90
                        && (seen[at].only_date || followed(next + 1) || line.region != lines[end].region)
            }
            2 => {
                (of.place || of.organisation) && length <= 90
                    || line.italic && !lines[at].italic && length <= 70
            }
            _ => of.place && length <= 40 || line.italic && !lines[end].italic && length <= 60,
        };
        if !takes {
            break;
        }
        facts += pieces(&line.text);
        end = next;
    }
    end
}

/// Where most entries of the section have lines below their dates, the others have them too.
fn even_out(seen: &[Seen], lines: &[&Line], heads: &mut [(usize, usize)], dated: &[usize]) {
    let below = |(start, end): (usize, usize)| {
        dated.iter().find(|at| (start..=end).contains(at)).map_or(0, |at| end - at)
    };
    let mut counts: Vec<usize> = heads.iter().copied().map(below).collect();
    counts.sort_unstable();
    let usual = counts.get(counts.len() / 2).copied().unwrap_or_default();
    if heads.len() < 3 || usual == 0 {
        return;
    }
    for nth in 0..heads.len() {
        let limit = heads.get(nth + 1).map_or(lines.len(), |(start, _)| *start);
        let (start, mut end) = heads[nth];
        while below((start, end)) < usual && end + 1 < limit {
            let (line, of) = (lines[end + 1], &seen[end + 1]);
            let short = line.text.chars().count() <= 90;
            if !of.fits || of.dated || of.told || of.label || of.gap || !short {
                break;
            }
            end += 1;
            while end + 1 < limit
                && seen[end + 1].fits
                && !seen[end + 1].dated
                && seen[end + 1].paragraph.is_some()
                && seen[end + 1].paragraph == seen[end].paragraph
            {
                end += 1;
            }
        }
        heads[nth].1 = end;
    }
}

/// How many facts a line tells beside its dates: title, employer, town.
fn pieces(text: &str) -> usize {
    let mut rest = text.to_owned();
    for span in resume::dates::spans(text).into_iter().rev() {
        rest.replace_range(span.range, "\t");
    }
    let worded = |part: &&str| part.chars().filter(|c| c.is_alphabetic()).count() >= 2;
    let strong = rest
        .split(['\t', '|', '·', '•'])
        .flat_map(|part| part.split(" – "))
        .flat_map(|part| part.split(" — "))
        .filter(worded)
        .count();
    // "Vice President, Manufacturing" is one fact, "Welder, Otter Yard" two.
    let commas = rest.split(',').filter(worded).count();
    if strong == 1 && commas > 1 && (mentions_organisation(&rest) || ends_in_place(&rest)) {
        commas
    } else {
        strong
    }
}

/// What a section with such entries is about; `None` where they do not tell.
///
/// Spans of time with words of jobs are work, degrees are education. A list of words without entries is one of skills.
pub(super) fn kind(lines: &[&Line], roles: &[Role]) -> Option<SectionKind> {
    let mut starts = 0usize;
    let mut degrees = 0usize;
    let mut spans = 0usize;
    for (line, role) in lines.iter().zip(roles) {
        if let Role::Head { opens, .. } = role {
            starts += usize::from(*opens);
            spans += usize::from(dates::has_range(&line.text));
            degrees += usize::from(resume::outline::names_degree(&line.text));
        }
    }
    if starts == 0 {
        let listed = |line: &&&Line| {
            let items = line.text.split([',', ';', '·', '|']).count();
            items >= 4 && line.text.chars().count() / items <= 24
        };
        let lists = lines.iter().filter(listed).count();
        return (lists > 0 && lists * 2 >= lines.len()).then_some(SectionKind::Skills);
    }
    if degrees * 2 >= starts {
        return Some(SectionKind::Education);
    }
    (spans * 2 >= starts).then_some(SectionKind::Work)
}

/// Entries without dates: lines that the format calls headings, that look like the openings of the dated entries,
/// or that stand above a list with room before them.
fn undated(seen: &[Seen], lines: &[&Line], roles: &mut [Role], heads: &[(usize, usize)]) {
    let openings = heads.iter().filter(|(start, _)| seen[*start].stands_out).count();
    let by_looks = heads.is_empty() || openings * 2 > heads.len();
    let all_stand_out = seen.iter().filter(|of| of.stands_out && !of.text).count() * 10
        >= seen.iter().filter(|of| !of.text).count() * 9
        && !seen.iter().any(|of| of.text);
    for at in 0..seen.len() {
        if matches!(roles[at], Role::Head { .. }) {
            continue;
        }
        let of = &seen[at];
        let above = at.checked_sub(1).map(|above| roles[above]);
        let below_head = matches!(above, Some(Role::Head { .. }));
        let length = lines[at].text.chars().count();
        if of.told {
            roles[at] = Role::Head { opens: true, sure: 0.95 };
        } else if of.fits && of.stands_out && by_looks && !all_stand_out && length <= 130 {
            let opens = !below_head || of.gap || lines[at].starts_bold && !lines[at - 1].starts_bold;
            roles[at] = Role::Head { opens, sure: 0.8 };
        } else if of.fits
            && of.gap
            && !below_head
            && length <= 120
            && seen.get(at + 1).is_some_and(|_| lines[at + 1].bullet)
            && lines[at].region == lines[at + 1].region
        {
            roles[at] = Role::Head { opens: true, sure: 0.65 };
        } else if below_head && of.place && length <= 60 && of.fits {
            roles[at] = Role::Head { opens: false, sure: 0.8 };
        }
    }
}

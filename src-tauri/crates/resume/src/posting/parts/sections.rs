//! A posting's sections, and what each is about.

use super::super::PostingPart;
use super::super::lines::Piece;
use super::super::wording::{HEADINGS, said, wording};

/// A heading and what stands under it.
#[derive(Debug)]
pub(super) struct Section {
    pub(super) heading: Option<String>,
    pub(super) part: PostingPart,
    pub(super) body: Vec<Piece>,
    level: u8,
    /// The heading is known; else the part is taken over or told by what stands there.
    known: bool,
}

const PARTS: [PostingPart; HEADINGS.len()] = [
    PostingPart::Must,
    PostingPart::Nice,
    PostingPart::Task,
    PostingPart::Benefit,
    PostingPart::Company,
    PostingPart::Legal,
    PostingPart::Application,
    PostingPart::Page,
];

/// Parts a posting at its headings.
pub(super) fn sections(pieces: Vec<Piece>) -> Vec<Section> {
    let mut sections =
        vec![Section { heading: None, part: PostingPart::Other, body: Vec::new(), level: 0, known: false }];
    let mut title_seen = false;
    for piece in pieces {
        if let Piece::Heading(text, level) = piece {
            let words = said(&text);
            let title = !title_seen && sections.len() == 1 && sections[0].body.is_empty();
            // The first heading is the job's title, unless it is plainly something else.
            let kind = if title && !wording().is_heading(&words) { None } else { wording().heading(&words) };
            title_seen = true;
            let known = kind.is_some();
            let part = kind.map_or(PostingPart::Other, |kind| PARTS[kind]);
            sections.push(Section { heading: Some(text), part, body: Vec::new(), level, known });
        } else if let Some(last) = sections.last_mut() {
            last.body.push(piece);
        }
    }
    settle_doubles(&mut sections);
    inherit(&mut sections);
    sections
}

/// "Atouts" and "Skills" may announce both kinds: behind a first list of what is asked, and before any other, some
/// headings speak of what would be nice.
fn settle_doubles(sections: &mut [Section]) {
    let mut must_seen = false;
    for section in sections.iter_mut() {
        let has_body = !section.body.is_empty();
        let yours = section.heading.as_deref().is_some_and(|heading| {
            let words = said(heading);
            wording().says("yours", &words)
        });
        if section.part == PostingPart::Nice && yours && !must_seen {
            section.part = PostingPart::Must;
        }
        must_seen |= section.part == PostingPart::Must && has_body;
    }
}

/// Sections under a heading that no table knows: told by what stands there, by where they stand, or part of the one
/// above them.
fn inherit(sections: &mut [Section]) {
    let known_must =
        sections.iter().any(|section| section.part == PostingPart::Must && !section.body.is_empty());
    let known_nice =
        sections.iter().any(|section| section.part == PostingPart::Nice && !section.body.is_empty());
    let mut must_seen = false;
    for index in 1..sections.len() {
        let (before, rest) = sections.split_at_mut(index);
        let (Some(above), Some(section)) = (before.last(), rest.first_mut()) else { continue };
        if !section.known {
            let over =
                before.iter().rev().find(|other| other.level < section.level && other.heading.is_some());
            let part_over = over.filter(|over| over.part != PostingPart::Other).map(|over| over.part);
            section.part = if index == 1 {
                PostingPart::Other
            } else if let Some(part) = part_over {
                part
            } else if above.body.is_empty() && above.known {
                above.part
            } else {
                told_by_content(section, above.part, must_seen, known_must, known_nice)
            };
        }
        must_seen |= section.part == PostingPart::Must && !section.body.is_empty();
    }
}

/// What stands under a heading that no table knows.
fn told_by_content(
    section: &Section,
    above: PostingPart,
    must_seen: bool,
    known_must: bool,
    known_nice: bool,
) -> PostingPart {
    let mut counts = [0_usize; 5];
    let mut items = 0_usize;
    let lists = ["ask", "benefit", "legal", "application", "task"];
    for piece in &section.body {
        let (Piece::Item(text) | Piece::Paragraph(text)) = piece else { continue };
        items += usize::from(matches!(piece, Piece::Item(_)));
        let words = said(text);
        for (count, list) in counts.iter_mut().zip(lists) {
            let says = if list == "ask" {
                wording().says("cue", &words)
                    || wording().says("nice", &words)
                    || wording().says("ask", &words)
            } else {
                wording().says(list, &words)
            };
            *count += usize::from(says);
        }
    }
    let all = section.body.len();
    if all == 0 {
        return PostingPart::Other;
    }
    let [ask, benefit, legal, application, task] = counts;
    let most = |count: usize| count * 3 >= all && count > 0;
    if most(legal) && legal >= ask {
        return PostingPart::Legal;
    }
    if most(application) && application > ask && items == 0 {
        return PostingPart::Application;
    }
    if most(benefit) && benefit > ask {
        return PostingPart::Benefit;
    }
    if items >= 2 && most(ask) && ask >= task {
        return if must_seen { PostingPart::Nice } else { PostingPart::Must };
    }
    // By its place: behind what is asked for stands what would be nice, behind the tasks what is asked for.
    if items >= 2 && benefit == 0 && legal == 0 && task == 0 {
        if above == PostingPart::Must && !known_nice {
            return PostingPart::Nice;
        }
        if above == PostingPart::Task && !known_must {
            return PostingPart::Must;
        }
    }
    if most(task) && task > ask { PostingPart::Task } else { PostingPart::Other }
}

//! A line that asks for one thing and would like another, taken apart: "forklift licence; rigging is a plus".

use super::super::PostingPart;
use super::super::wording::{Said, said, wording};

/// Small words behind which a clause stands for itself: "… and a crane licence would be a bonus".
const IS: &[&str] = &[
    "is", "are", "would", "will", "be", "ist", "sind", "ware", "waren", "est", "sont", "sera", "serait",
    "seraient", "es", "son", "seria", "se", "counts",
];
/// What joins two clauses.
const JOINTS: &[&str] = &[
    ", and ", ", but ", ", while ", ", und ", ", aber ", ", et ", ", mais ", ", y ", ", pero ", ", ",
    " and ", " but ", " und ", " aber ", " et ", " mais ", " y ", " pero ",
];

/// The clauses of a line, each with its part. `part` is what the line is as a whole: must or nice.
pub(super) fn clauses(text: &str, part: PostingPart) -> Vec<(PostingPart, String)> {
    let words = said(text);
    if part == PostingPart::Nice {
        let insists = wording().says("must_strong", &words) && !wording().says("nice", &words);
        return vec![(if insists { PostingPart::Must } else { part }, text.to_owned())];
    }
    if !wording().says("nice", &words) {
        return vec![(part, text.to_owned())];
    }
    let mut found: Vec<(PostingPart, String)> = Vec::new();
    for segment in segments(text) {
        for (part, text) in of_segment(segment) {
            let enough = said(&text).iter().any(|word| word.key.chars().count() > 1);
            match found.last_mut() {
                // "(a plus)" says it of what stands before.
                Some((last, before)) if !enough || is_marker_alone(&text) => {
                    if part == PostingPart::Nice {
                        *last = PostingPart::Nice;
                    }
                    before.push(' ');
                    before.push_str(&text);
                }
                Some((last, before)) if *last == part => {
                    before.push(' ');
                    before.push_str(&text);
                }
                _ => found.push((part, text)),
            }
        }
    }
    // One text in one piece is given as it was.
    if let [(part, _)] = found.as_slice() { vec![(*part, text.to_owned())] } else { found }
}

/// Whether a segment says nothing but that something would be nice.
fn is_marker_alone(text: &str) -> bool {
    let words = said(text);
    wording().list("nice").places(&words).any(|place| {
        let beside = words[..place.from].iter().chain(&words[place.to..]);
        beside.filter(|word| word.key.len() > 2).count() == 0
    })
}

/// Parts of a line between semicolons, full stops, dashes and brackets.
fn segments(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut start = 0;
    let mut depth = 0_i32;
    let bytes = text.as_bytes();
    for (at, c) in text.char_indices() {
        let next = bytes.get(at + c.len_utf8()).copied();
        let before = at.checked_sub(1).and_then(|before| bytes.get(before)).copied();
        let cut = match c {
            '(' if depth == 0 => {
                depth += 1;
                // An aside stands for itself only where it says that it would be nice.
                let close = text[at..].find(')').map_or(text.len(), |end| at + end + 1);
                if wording().says("nice", &said(&text[at..close])) { Some((at, at)) } else { None }
            }
            '(' => {
                depth += 1;
                None
            }
            ')' => {
                depth = (depth - 1).max(0);
                None
            }
            ';' if depth == 0 => Some((at, at + 1)),
            '.' | '!'
                if depth == 0 && next == Some(b' ') && text[at + 2..].starts_with(char::is_uppercase) =>
            {
                Some((at + 1, at + 1))
            }
            '–' | '—' if depth == 0 && next == Some(b' ') && before == Some(b' ') => {
                Some((at, at + c.len_utf8()))
            }
            _ => None,
        };
        if let Some((end, from)) = cut {
            found.push(text[start..end].trim());
            start = from;
        }
    }
    found.push(text[start..].trim());
    found.retain(|segment| !segment.is_empty());
    found
}

/// A segment, taken apart where it says both.
fn of_segment(segment: &str) -> Vec<(PostingPart, String)> {
    let words = said(segment);
    let Some(place) = wording().list("nice").find(&words) else {
        return vec![(PostingPart::Must, segment.to_owned())];
    };
    let whole = || vec![(PostingPart::Nice, segment.to_owned())];
    let start = words[place.from].start;
    // "…, ideally with a forklift licence": the rest is asked for.
    if place.from >= 2 && wording().list("ahead").at(&words, place.from).is_some() && place.to < words.len() {
        let head = segment[..start].trim_end_matches([' ', ',', '(', '-', '–', '—', ':']);
        let head = ["and", "und", "et", "y", "but", "aber"]
            .iter()
            .find_map(|joint| head.strip_suffix(joint).filter(|rest| rest.ends_with(' ')))
            .unwrap_or(head)
            .trim_end_matches([' ', ',']);
        if said(head).len() >= 2 && !wording().says("nice", &said(head)) {
            return vec![
                (PostingPart::Must, head.to_owned()),
                (PostingPart::Nice, segment[start..].to_owned()),
            ];
        }
        return whole();
    }
    // "You have …, and a crane licence would be a bonus".
    let stands_alone =
        words[place.from.saturating_sub(1)..place.to].iter().any(|word| IS.contains(&word.key.as_str()));
    if stands_alone
        && let Some((at, joint)) = JOINTS
            .iter()
            .filter_map(|joint| Some((segment[..start].rfind(joint)?, *joint)))
            .max_by_key(|(at, joint)| (at + joint.len(), joint.len()))
    {
        let head: &str = &segment[..at];
        let head_words: Vec<Said> = said(head);
        let asks = wording().says("cue", &head_words) || wording().says("must", &head_words);
        let between = said(&segment[at + joint.len()..start]);
        if asks && head_words.len() >= 3 && !between.is_empty() {
            return vec![
                (PostingPart::Must, head.to_owned()),
                (PostingPart::Nice, segment[at + joint.len()..].to_owned()),
            ];
        }
    }
    whole()
}

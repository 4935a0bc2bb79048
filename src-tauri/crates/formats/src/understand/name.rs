//! Finds the line that holds the person's name. It must never be missed: names do not leave the machine.

use unicode_normalization::UnicodeNormalization;

use super::{contacts, headings};
use crate::line::Line;

/// How far down the first heading-less lines a name is looked for.
const LINES: usize = 60;

/// Titles of the document itself, which stand where a name could.
const TITLES: &[&str] = &[
    "lebenslauf",
    "curriculum vitae",
    "curriculum",
    "cv",
    "resume",
    "résumé",
    "bewerbung",
    "currículum",
    "contact",
];

/// Words of jobs, which are written with capitals like names.
const JOBS: &[&str] = &[
    "engineer",
    "developer",
    "manager",
    "designer",
    "analyst",
    "scientist",
    "teacher",
    "nurse",
    "chef",
    "student",
    "director",
    "officer",
    "consultant",
    "welder",
    "assistant",
    "specialist",
    "ingenieur",
    "ingenieurin",
    "entwickler",
    "leiter",
    "leiterin",
    "ingénieur",
    "estudiante",
    "ingeniero",
    "data",
    "senior",
    "junior",
    "software",
    "university",
    "school",
    "gmbh",
    "inc",
    "at",
    "street",
    "road",
    "linkedin",
    "email",
    "phone",
    "page",
];

/// Whether the line is the title of the document: "Lebenslauf".
pub(crate) fn is_title_of_document(text: &str) -> bool {
    TITLES.contains(&text.trim().to_lowercase().as_str())
}

/// The line of the name.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Found {
    /// Where it stands.
    pub(crate) at: usize,
    /// How sure it is, from 0 to 1.
    pub(crate) sure: f32,
}

/// Finds the line of the name.
pub(crate) fn find(lines: &[Line]) -> Option<Found> {
    let users: Vec<String> =
        lines.iter().filter_map(|line| contacts::mail_user(&line.text)).map(fold).collect();
    let body = super::body_size(lines);
    let mut best: Option<(i32, usize)> = None;
    let mut headings_seen = 0;
    for (at, line) in lines.iter().enumerate().take(LINES) {
        if headings::known(&line.text).is_some() {
            headings_seen += 1;
            continue;
        }
        let Some(shape) = shape(&line.text) else { continue };
        if line.bullet || line.furniture && line.text.chars().any(|c| c.is_ascii_digit()) {
            continue;
        }
        let mut score = shape;
        #[expect(clippy::cast_possible_truncation, reason = "font sizes are small numbers")]
        if body > 0.0 && line.size > body * 1.15 {
            score += ((line.size / body) * 10.0) as i32;
        }
        score += match line.heading {
            1 => 12,
            _ => 0,
        };
        score -= i32::try_from(at).unwrap_or(i32::MAX).min(20) + headings_seen * 6;
        if at == 0 {
            score += 6;
        }
        // The strongest sign there is: the mail address is made of the name.
        // Umlauts are spelled in two ways there.
        let umlauts =
            |word: &str| word.to_lowercase().replace('ä', "ae").replace('ö', "oe").replace('ü', "ue");
        let parts: Vec<String> = line
            .text
            .split_whitespace()
            .flat_map(|word| [fold(word), fold(&umlauts(word))])
            .filter(|part| part.len() >= 3)
            .collect();
        if users.iter().any(|user| parts.iter().any(|part| user.contains(part.as_str()))) {
            score += 30;
        }
        if best.is_none_or(|(top, _)| score > top) {
            best = Some((score, at));
        }
    }
    // The name in the mail address, or the largest line of the page, leave little doubt.
    best.map(|(score, at)| Found {
        at,
        sure: if score >= 34 {
            0.99
        } else if score >= 18 {
            0.93
        } else if score >= 12 {
            0.8
        } else {
            0.6
        },
    })
}

/// Whether it can be a name at all, and how much it looks like one.
fn shape(text: &str) -> Option<i32> {
    if contacts::is_personal(text) || contacts::names_a_way(text) {
        return None;
    }
    let before_comma = text.split([',', '\t', '|']).next().unwrap_or_default().trim();
    let words: Vec<&str> = before_comma.split_whitespace().collect();
    let lower = text.to_lowercase();
    if words.is_empty()
        || words.len() > 6
        || text.chars().count() > 60
        || text.contains(['@', ':', ';', '/', '(', '&', '%', '=', '_', '→', '!', '?'])
        || text.chars().any(|c| c.is_ascii_digit())
        || TITLES.contains(&lower.trim())
        || !text.chars().next().is_some_and(char::is_alphabetic)
        || lower.split(|c: char| !c.is_alphanumeric()).any(|word| JOBS.contains(&word))
    {
        return None;
    }
    let capital = words
        .iter()
        .filter(|word| {
            word.chars().next().is_some_and(|c| c.is_uppercase() || c.is_alphabetic() && !c.is_lowercase())
        })
        .count();
    if capital == 0 {
        return None;
    }
    let particles = words.len() - capital;
    let mut score = 10;
    if (2..=4).contains(&words.len()) {
        score += 6;
    }
    // "Ada Quill, MBA" is a name, "Permit B, own car" hardly one.
    if let Some((_, behind)) = text.split_once(',')
        && behind.split(',').any(|part| part.trim().chars().filter(|c| c.is_lowercase()).count() > 3)
    {
        score -= 8;
    }
    score -= i32::try_from(particles).unwrap_or(9) * 3;
    if text.ends_with('.') && !lower.ends_with("d.") && !lower.ends_with("r.") {
        score -= 8;
    }
    Some(score)
}

/// Lower case without accents, letters only: "Vößing" as a mail address spells it.
fn fold(text: &str) -> String {
    text.nfd().filter(|c| c.is_alphabetic()).flat_map(char::to_lowercase).fold(
        String::new(),
        |mut folded, c| {
            match c {
                'ß' => folded.push_str("ss"),
                'ø' => folded.push('o'),
                'ł' => folded.push('l'),
                c => folded.push(c),
            }
            folded
        },
    )
}

#[cfg(test)]
mod tests {
    use resume::Origin;

    use super::*;

    fn lines(texts: &[&str]) -> Vec<Line> {
        texts.iter().map(|text| Line::new(*text, Origin::Nowhere)).collect()
    }

    #[test]
    fn the_mail_address_decides() {
        let lines = lines(&[
            "Lebenslauf",
            "Bewerbung als Leiterin",
            "Kurzer Text",
            "Ärna Größling",
            "a.groessling@example.org",
        ]);
        assert_eq!(find(&lines).map(|name| name.at), Some(3));
    }

    #[test]
    fn no_name_where_none_looks_like_one() {
        assert_eq!(find(&lines(&["12 years of welding", "hello@example.com", "2012 – 2016"])), None);
    }
}

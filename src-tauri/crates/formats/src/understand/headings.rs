//! Which lines are headings of sections, and what the sections are about.

use std::sync::LazyLock;

use resume::SectionKind;

/// What a known heading announces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Known {
    /// A section of the resume.
    Section(SectionKind),
    /// Address, mail, phone.
    Contact,
}

impl Known {
    /// The kind of the section; contact data is a section of its own making.
    pub(crate) fn section_kind(self) -> SectionKind {
        match self {
            Self::Section(kind) => kind,
            Self::Contact => SectionKind::Other,
        }
    }
}

struct Phrase {
    words: Vec<String>,
    inside: bool,
    known: Known,
}

/// Headings in Chinese, Japanese and Korean signs, without spaces.
type Signs = Vec<(String, Known)>;

static HEADINGS: LazyLock<(Vec<Phrase>, Signs)> = LazyLock::new(|| {
    let mut known = Known::Section(SectionKind::Other);
    let mut phrases = Vec::new();
    let mut signs: Signs = Vec::new();
    for line in include_str!("headings.txt").lines().map(str::trim) {
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        if let Some(name) = line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
            known = match name {
                "summary" => Known::Section(SectionKind::Summary),
                "work" => Known::Section(SectionKind::Work),
                "education" => Known::Section(SectionKind::Education),
                "skills" => Known::Section(SectionKind::Skills),
                "languages" => Known::Section(SectionKind::Languages),
                "certificates" => Known::Section(SectionKind::Certificates),
                "projects" => Known::Section(SectionKind::Projects),
                "publications" => Known::Section(SectionKind::Publications),
                "awards" => Known::Section(SectionKind::Awards),
                "volunteering" => Known::Section(SectionKind::Volunteering),
                "interests" => Known::Section(SectionKind::Interests),
                "contact" => Known::Contact,
                _ => Known::Section(SectionKind::Other),
            };
            continue;
        }
        let inside = line.starts_with('*');
        let words = words(line);
        if words.is_empty() {
            signs.push((compact(line), known));
        } else {
            phrases.push(Phrase { words, inside, known });
        }
    }
    (phrases, signs)
});

fn compact(text: &str) -> String {
    text.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect()
}

/// What a heading without a word of another writing announces.
fn known_signs(text: &str) -> Option<Known> {
    let text = compact(text);
    HEADINGS.1.iter().find(|(signs, _)| *signs == text).map(|(_, known)| *known)
}

/// The words of a heading in lower case, without Chinese, Japanese and Korean signs (headings in two
/// languages), numbers and signs.
fn words(text: &str) -> Vec<String> {
    let lower = text.to_lowercase().replace('\'', "’");
    lower
        .split(|c: char| !(c.is_alphanumeric() || c == '’' || c == '-'))
        .map(|word| word.chars().filter(|c| !is_cjk(*c)).collect::<String>())
        .map(|word| word.trim_matches('-').to_owned())
        .filter(|word| !word.is_empty() && !word.chars().all(|c| c.is_ascii_digit()))
        .collect()
}

/// Whether the sign belongs to Chinese, Japanese or Korean writing.
pub(crate) fn is_cjk(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ffef}')
}

/// What a heading announces whose whole text, or each part of it, is known ("Awards and grants").
pub(crate) fn known(text: &str) -> Option<Known> {
    let all = words(text);
    if all.is_empty() {
        return known_signs(text);
    }
    if all.len() > 6 {
        return None;
    }
    let whole =
        |words: &[String]| HEADINGS.0.iter().find(|phrase| phrase.words == words).map(|phrase| phrase.known);
    if let Some(known) = whole(&all) {
        return Some(known);
    }
    let joins = |word: &String| {
        matches!(word.as_str(), "and" | "und" | "et" | "y" | "e" | "of" | "selected" | "professional")
    };
    let parts: Vec<&[String]> = all.split(joins).filter(|part| !part.is_empty()).collect();
    if parts.len() > 1 || (parts.len() == 1 && parts[0].len() < all.len()) {
        let found: Vec<_> = parts.iter().map(|part| whole(part)).collect();
        if found.iter().all(Option::is_some) {
            return found[0];
        }
    }
    // "Professional experience", "Areas of expertise": short, and the telling word at an end.
    if all.len() <= 4 {
        let ends = HEADINGS.0.iter().filter(|phrase| phrase.inside);
        for phrase in ends {
            let quoted = text.contains(['«', '“', '"', '„', '(']);
            if all.ends_with(&phrase.words) || all.len() <= 3 && !quoted && all.starts_with(&phrase.words) {
                return Some(phrase.known);
            }
        }
    }
    None
}

/// What a section with such a heading is about, also where the heading is of the person's own making.
pub(crate) fn section_kind(text: &str) -> SectionKind {
    if let Some(known) = known(text) {
        return known.section_kind();
    }
    let all = words(text);
    HEADINGS
        .0
        .iter()
        .filter(|phrase| phrase.inside)
        .find(|phrase| all.windows(phrase.words.len()).any(|window| window == phrase.words))
        .map_or(SectionKind::Other, |phrase| phrase.known.section_kind())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_in_four_languages_are_known() {
        for (text, kind) in [
            ("EXPERIENCE", SectionKind::Work),
            ("Professional Experience:", SectionKind::Work),
            ("Beruflicher Werdegang", SectionKind::Work),
            ("Expériences professionnelles", SectionKind::Work),
            ("Formación", SectionKind::Education),
            ("Ehrenamt und Interessen", SectionKind::Volunteering),
            ("Languages 语言", SectionKind::Languages),
            ("Areas of Expertise", SectionKind::Skills),
        ] {
            assert_eq!(known(text).map(Known::section_kind), Some(kind), "{text}");
        }
        assert_eq!(known("Persönliche Daten"), Some(Known::Contact));
    }

    #[test]
    fn a_line_of_a_job_is_no_heading() {
        for text in ["Senior Backend Engineer, Fernwick", "High school, Citronelle", "2012 – 2016", ""] {
            assert_eq!(known(text), None, "{text}");
        }
    }
}

//! Words that tell a job or a degree from an employer or a school.

use std::collections::HashSet;
use std::sync::LazyLock;

struct Lists {
    degrees: HashSet<&'static str>,
    titles: HashSet<&'static str>,
    title_endings: Vec<&'static str>,
    organisations: HashSet<&'static str>,
    organisation_endings: Vec<&'static str>,
    regions: HashSet<&'static str>,
    anywhere: HashSet<&'static str>,
    pauses: HashSet<&'static str>,
}

static LISTS: LazyLock<Lists> = LazyLock::new(|| {
    let list = |name: &'static str| {
        let mut inside = false;
        include_str!("lexicon.txt")
            .lines()
            .filter(move |line| {
                if line.starts_with('[') {
                    inside = line.trim_matches(['[', ']']) == name;
                    return false;
                }
                inside && !line.starts_with('#')
            })
            .flat_map(|line| line.split(',').map(str::trim))
            .filter(|word| !word.is_empty())
    };
    Lists {
        degrees: list("degrees").collect(),
        titles: list("titles").collect(),
        title_endings: list("title endings").collect(),
        organisations: list("organisations").collect(),
        organisation_endings: list("organisation endings").collect(),
        regions: list("regions").collect(),
        anywhere: list("anywhere").collect(),
        pauses: list("pauses").collect(),
    }
});

fn words(text: &str) -> impl Iterator<Item = String> {
    text.split(|c: char| !(c.is_alphanumeric() || matches!(c, '.' | '’' | '\'' | '&' | '+')))
        .map(|word| word.trim_matches(['\'', '’']).trim_end_matches('.').to_lowercase())
        .filter(|word| !word.is_empty())
}

/// How many words of the text are of jobs, roles or degrees.
pub(super) fn titles(text: &str) -> i32 {
    count(text, &LISTS.titles, &LISTS.title_endings)
}

/// How many words of the text are of degrees.
pub(super) fn degrees(text: &str) -> i32 {
    count(text, &LISTS.degrees, &[])
}

/// How many words of the text are of employers and schools.
pub(super) fn organisations(text: &str) -> i32 {
    count(text, &LISTS.organisations, &LISTS.organisation_endings)
}

fn count(text: &str, list: &HashSet<&str>, endings: &[&str]) -> i32 {
    words(text)
        .map(|word| {
            let ends = || word.chars().count() > 6 && endings.iter().any(|ending| word.ends_with(ending));
            i32::from(list.contains(word.as_str()) || list.contains(word.replace('.', "").as_str()) || ends())
        })
        .sum()
}

/// Whether the title is that of a time without an employer: parental leave, a gap year.
pub(super) fn is_pause(text: &str) -> bool {
    words(text).any(|word| LISTS.pauses.contains(word.as_str()))
}

/// Whether the text is a country, a state or its two letters.
pub(super) fn is_region(text: &str) -> bool {
    let text = text.trim().trim_end_matches('.');
    let letters = text.chars().count();
    letters == 2 && text.chars().all(|c| c.is_ascii_uppercase())
        || LISTS.regions.contains(text.to_lowercase().as_str())
}

/// Whether the text says that the work has no place: "remote", "online".
pub(super) fn is_anywhere(text: &str) -> bool {
    LISTS.anywhere.contains(text.trim().trim_matches(['(', ')']).to_lowercase().as_str())
}

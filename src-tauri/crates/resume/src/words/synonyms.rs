//! When two terms are the same thing.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use super::lists::entries;
use super::stem::{american, stem_of_key};
use super::{Language, key, tokens};

/// The other names of `term`: abbreviations, long forms, other spellings. Empty where none are known. They
/// stand as the table spells them, in its order.
pub fn synonyms_of(term: &str) -> Vec<&'static str> {
    let wanted = canonical(term);
    let Some(groups) = TERMS.by_name.get(&wanted) else { return Vec::new() };
    let mut others: Vec<&'static str> = Vec::new();
    for group in groups {
        for other in &TERMS.groups[*group] {
            if canonical(other) != wanted && !others.contains(other) {
                others.push(other);
            }
        }
    }
    others
}

/// Whether two terms are the same thing: written alike but for case, endings and joints, or in one group of
/// the table.
pub fn same(a: &str, b: &str) -> bool {
    let (a, b) = (canonical(a), canonical(b));
    if a.is_empty() || b.is_empty() {
        return false;
    }
    a == b
        || match (TERMS.by_name.get(&a), TERMS.by_name.get(&b)) {
            (Some(a), Some(b)) => a.iter().any(|group| b.contains(group)),
            _ => false,
        }
}

/// The groups that a text names a member of, given its words in order, each as written and as
/// [`term_word`]. Short names in capital letters count only where written with a capital: "or" is no operating room.
pub(crate) fn groups_in(words: &[(&str, &str)]) -> HashSet<usize> {
    let mut found = HashSet::new();
    for from in 0..words.len() {
        let mut term = String::new();
        for (count, (text, stem)) in words.iter().skip(from).take(TERMS.longest).enumerate() {
            term.push_str(stem);
            let Some(groups) = TERMS.by_name.get(&term) else { continue };
            let written_small = count == 0 && !text.starts_with(char::is_uppercase);
            found.extend(groups.iter().filter(|group| !(written_small && TERMS.capital(**group, &term))));
        }
    }
    found
}

/// The names of a group.
pub(crate) fn group_terms(group: usize) -> &'static [&'static str] {
    &TERMS.groups[group]
}

/// The groups of everyday words (`src/data/rewordings.txt`) that a stem belongs to: "taught" may stand for
/// "instructed".
pub(crate) fn reworded(stem: &str) -> &'static [usize] {
    REWORDINGS.get(stem).map_or(&[], Vec::as_slice)
}

struct Terms {
    groups: Vec<Vec<&'static str>>,
    by_name: HashMap<String, Vec<usize>>,
    longest: usize,
}

impl Terms {
    /// Whether the group spells this short name in capital letters.
    fn capital(&self, group: usize, name: &str) -> bool {
        name.len() <= 3
            && self.groups[group].iter().any(|term| {
                term.chars().all(char::is_uppercase) && term.len() <= 3 && canonical(term) == name
            })
    }
}

static TERMS: LazyLock<Terms> = LazyLock::new(|| {
    let mut terms = Terms { groups: Vec::new(), by_name: HashMap::new(), longest: 1 };
    for line in entries(include_str!("../data/synonyms.txt")) {
        let group: Vec<&'static str> =
            line.split('|').map(str::trim).filter(|term| !term.is_empty()).collect();
        for term in &group {
            terms.longest = terms.longest.max(tokens(term).len());
            let groups = terms.by_name.entry(canonical(term)).or_default();
            if !groups.contains(&terms.groups.len()) {
                groups.push(terms.groups.len());
            }
        }
        terms.groups.push(group);
    }
    terms
});

static REWORDINGS: LazyLock<HashMap<String, Vec<usize>>> = LazyLock::new(|| {
    let mut groups: HashMap<String, Vec<usize>> = HashMap::new();
    for (number, line) in entries(include_str!("../data/rewordings.txt")).enumerate() {
        for word in line.split_whitespace() {
            for language in [Language::English, Language::German, Language::French, Language::Spanish] {
                let of = groups.entry(stem_of_key(&key(word), language)).or_default();
                if !of.contains(&number) {
                    of.push(number);
                }
            }
        }
    }
    groups
});

/// A term with its words in the singular, joined.
fn canonical(term: &str) -> String {
    tokens(term).iter().map(|token| term_word(&key(token.text))).collect()
}

/// The key of a word in a term: singular, American. Endings stay: a doctorate is not doctoral work.
pub(crate) fn term_word(key: &str) -> String {
    let word = american(key);
    if word.len() <= 3 || !word.chars().all(char::is_alphabetic) {
        return word;
    }
    if let Some(rest) = word.strip_suffix("ies") {
        return format!("{rest}y");
    }
    if let Some(rest) = word.strip_suffix("men") {
        return format!("{rest}man");
    }
    if let Some(rest) = word.strip_suffix("es").filter(|rest| rest.ends_with("ss")) {
        return rest.to_owned();
    }
    match word.strip_suffix('s') {
        Some(rest) if !rest.ends_with(['s', 'u', 'i']) => rest.to_owned(),
        _ => word,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_other_names_of_a_thing() {
        assert!(same("k8s", "Kubernetes"));
        assert!(same("Postgres", "PostgreSQL"));
        assert!(same("GH Actions", "GitHub Actions"));
        assert!(synonyms_of("kubernetes").contains(&"k8s"));
    }

    #[test]
    fn knows_other_ways_to_write_it() {
        assert!(same("on-call", "on call"));
        assert!(same("code review", "Code reviews"));
        assert!(same("nodejs", "Node.js"));
    }

    #[test]
    fn keeps_different_things_apart() {
        assert!(!same("Java", "JavaScript"));
        assert!(!same("C", "C++"));
        assert!(!same("Terraform", "infrastructure as code"));
        assert!(!same("", ""));
        assert!(synonyms_of("herring").is_empty());
    }

    #[test]
    fn small_words_are_not_taken_for_abbreviations() {
        assert!(groups_in(&[("or", "or")]).is_empty());
        assert!(!groups_in(&[("OR", "or")]).is_empty());
    }

    #[test]
    fn a_name_is_never_its_own_synonym() {
        for group in &TERMS.groups {
            assert!(group.len() > 1, "a group of one: {group:?}");
            for term in group {
                assert!(!synonyms_of(term).iter().any(|other| other == term));
            }
        }
    }
}

//! Claims of tools, skills, languages and names.

use super::ClaimKind;
use super::claims::Claims;
use super::facts::{Facts, Pool, Word};
use super::lexicon::{FIELDS, LANGUAGES, TOOLS, is_filler, is_name_ending, is_plain, is_plain_as_it_is};
use crate::words::{Language, key};

pub(super) fn find(claims: &mut Claims<'_>, pool: &Pool<'_>, spelled_out: &[bool], language: Language) {
    let new = claims.new;
    let spelled: Vec<(&str, &str)> =
        new.words.iter().map(|word| (word.text.as_str(), word.key.as_str())).collect();
    for n in 0..spelled.len() {
        let term = TOOLS.at(&spelled[n..]).or_else(|| {
            LANGUAGES.at(&spelled[n..]).filter(|_| {
                new.words[n].capital() || language == Language::French || language == Language::Spanish
            })
        });
        let Some(count) = term else { continue };
        let words = &new.words[n..n + count];
        // "TIG" is welding.
        let short = count > 1 && words.iter().any(|word| word.acronym() && pool.states(word));
        let stated = short
            || words.iter().enumerate().all(|(at, word)| {
                let everyday = !word.capital() && word.key.chars().all(char::is_alphabetic);
                word.figure
                    || word.function
                    || spelled_out[n + at]
                    || pool.states(word)
                    || count == 1 && names_a_people(new, n + at) && pool.suggests(word)
                    || everyday && pool.words().any(|source| same_family(source, word))
            });
        if !stated {
            let range = words[0].start..words[count - 1].end;
            claims.unsupported(ClaimKind::Tool, range, "Your line does not say \"{}\".");
        }
    }
    for n in 0..spelled.len() {
        let Some(count) = FIELDS.at(&spelled[n..]) else { continue };
        let words = &new.words[n..n + count];
        if !words
            .iter()
            .enumerate()
            .all(|(at, word)| word.function || spelled_out[n + at] || pool.suggests(word))
        {
            let range = words[0].start..words[count - 1].end;
            claims.unsupported(ClaimKind::Outcome, range, "Your line does not say \"{}\".");
        }
    }
    // "In go", "with c": short names of languages, where they can be nothing else.
    for pair in new.words.windows(2) {
        let [before, word] = pair else { continue };
        if matches!(word.key.as_str(), "c" | "r" | "go")
            && matches!(before.key.as_str(), "in" | "using" | "with")
            && !pool.states(word)
        {
            claims.doubtful(ClaimKind::Tool, word.start..word.end, "Your line does not say \"{}\".");
        }
    }
    let mut n = 0;
    while n < new.words.len() {
        let Some(kind) = named(pool, &new.words[n], spelled_out[n], language) else {
            n += 1;
            continue;
        };
        let from = n;
        n += 1;
        while n < new.words.len()
            && named(pool, &new.words[n], spelled_out[n], language) == Some(kind)
            && matches!(&new.text[new.words[n - 1].end..new.words[n].start], " " | "-" | "‑" | " & ")
        {
            n += 1;
        }
        let range = new.words[from].start..new.words[n - 1].end;
        match kind {
            Kind::Name => claims.unsupported(ClaimKind::Name, range, "Your line does not name \"{}\"."),
            Kind::Tool => claims.unsupported(ClaimKind::Tool, range, "Your line does not say \"{}\"."),
            Kind::PerhapsName => {
                claims.doubtful(
                    ClaimKind::Name,
                    range,
                    "Your line does not say \"{}\", which may be a name.",
                );
            }
        }
    }
}

/// "Danish suppliers", not "fluent in Danish".
fn names_a_people(new: &Facts, n: usize) -> bool {
    let word = &new.words[n];
    let of = |other: &&Word| other.clause == word.clause;
    let follows = new.words[n + 1..].iter().take_while(of).any(|next| next.content() && !next.capital());
    let spoken = new.words[..n]
        .iter()
        .rev()
        .take(2)
        .filter(of)
        .any(|before| matches!(before.key.as_str(), "in" | "fluent" | "speak" | "spoke" | "native"));
    follows && !spoken
}

/// "Comptable" and "comptabilité", "welder" and "welding".
fn same_family(source: &Word, word: &Word) -> bool {
    let common = source.key.chars().zip(word.key.chars()).take_while(|(a, b)| a == b).count();
    let shorter = source.key.chars().count().min(word.key.chars().count());
    common >= 4 && common + 3 >= shorter && common * 2 >= word.key.chars().count()
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Name,
    Tool,
    PerhapsName,
}

/// What a word names that no evidence has, if it names anything.
fn named(pool: &Pool<'_>, word: &Word, spelled_out: bool, language: Language) -> Option<Kind> {
    if word.figure || spelled_out || pool.states(word) {
        return None;
    }
    let text = &word.text;
    let inner_capital = text.chars().skip(1).any(char::is_uppercase) && text.chars().any(char::is_lowercase);
    let digits = text.chars().any(|c| c.is_ascii_digit()) && text.chars().any(char::is_alphabetic);
    let signs = text.contains(['+', '#', '&'])
        || text.starts_with('.')
        || key(text).len() < text.len() && text.contains('.');
    if word.acronym() || inner_capital || digits || signs {
        return Some(Kind::Tool);
    }
    if word.capital() && !word.first && is_name_ending(&word.key) && !pool.suggests(word) {
        return Some(Kind::Name);
    }
    let plain =
        if word.first { is_plain(&word.key) } else { is_plain_as_it_is(&word.key) || is_filler(&word.key) };
    if !word.capital() || word.function || plain || word.key.chars().count() < 2 {
        return None;
    }
    if pool.suggests(word) {
        return None;
    }
    if language == Language::German {
        return None;
    }
    if word.first {
        // A capital at the start of a sentence says nothing.
        let word_of_the_language = language != Language::English || !word.lemmas.is_empty();
        return (!word_of_the_language && !looks_like_a_word(&word.key)).then_some(Kind::PerhapsName);
    }
    Some(Kind::Name)
}

/// Whether the first word of a sentence is rather a word of the language than a name, by its ending.
fn looks_like_a_word(key: &str) -> bool {
    [
        "ed", "ing", "ly", "tion", "sion", "ment", "ness", "ity", "ance", "ence", "ship", "ant", "ent",
        "ist", "er", "or", "al", "ive", "ous", "ful", "able", "ible", "ary", "ory", "ic", "ics", "ism",
        "age", "ure", "s", "ee", "ht", "ught", "pt", "ew", "ept", "ung", "ado", "ido", "ar", "ir", "é", "e",
    ]
    .iter()
    .any(|ending| key.ends_with(ending) && key.len() > ending.len() + 1)
}

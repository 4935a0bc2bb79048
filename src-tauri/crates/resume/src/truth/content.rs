//! Content that the evidence does not have in any form: what no list of tools or names knows, a purely lower-case
//! skill, a result, a place of work.

use std::collections::BTreeSet;

use super::ClaimKind;
use super::claims::Claims;
use super::facts::{Facts, Pool, Word};
use super::hedge::hedging;
use super::lexicon::{is_filler, is_plain, is_strong, is_weak, is_weighty, scope};
use super::number_word::number_word;
use super::ranks::{acts_itself, done_by_others, opens_clause};
use crate::words::{Language, reworded};

/// Content that the evidence does not have in any form: two words together, or a whole item of a list.
pub(super) fn find(claims: &mut Claims<'_>, pool: &Pool<'_>, spelled_out: &[bool], language: Language) {
    let new = claims.new;
    let measured = pool.texts.iter().any(|facts| shows_change(facts));
    for word in new.words.iter().filter(|word| is_weighty(&word.key) && !word.negated && !pool.suggests(word))
    {
        // "5,000 followers in December, 2,000 in January" is growth.
        let change = tells_change(&word.key);
        let at = new.words.iter().position(|other| other.start == word.start).unwrap_or(0);
        if measured && change
            || !change && language == Language::English && !acts_itself(new, at) && !opens_clause(new, at)
        {
            continue;
        }
        claims.unsupported(ClaimKind::Outcome, word.start..word.end, "Your line does not say \"{}\".");
    }
    made_from_less(claims, pool);
    let hedging = hedging(new);
    let novel: BTreeSet<usize> = (0..new.words.len())
        .filter(|n| {
            let word = &new.words[*n];
            let claims_nothing =
                spelled_out[*n] || hedging[*n] || empty(word) || measured && tells_change(&word.key);
            word.content() && !claims_nothing && !pool.suggests(word)
        })
        .collect();
    let silent = |n: usize| new.words[n].function || empty(&new.words[n]);
    let mut n = 0;
    while n < new.words.len() {
        if !novel.contains(&n) {
            n += 1;
            continue;
        }
        let from = n;
        let (mut last, mut count) = (n, 0);
        while n < new.words.len()
            && new.words[n].clause == new.words[from].clause
            && (novel.contains(&n) || silent(n))
        {
            if novel.contains(&n) {
                last = n;
                count += 1;
            }
            n += 1;
        }
        let item = || {
            let divides = |at: usize| {
                matches!(new.words[at].key.as_str(), "and" | "or" | "und" | "oder" | "et" | "y" | "e")
                    || new.words[at].clause != new.words[from].clause
            };
            let begins = (0..from).rev().take_while(|at| !divides(*at)).all(silent);
            let ends = (last + 1..new.words.len()).take_while(|at| !divides(*at)).all(silent);
            begins && ends && new.words.len() > 1
        };
        // "In rust", "for nasa", "bei Siemens": what a line says of where, with what or for whom is a fact even in
        // a single word, and no list holds all its names.
        let object = || {
            let before = (0..from).rev().find(|at| !is_article(&new.words[*at].key));
            let behind = new.words.get(last + 1);
            before.is_some_and(|at| {
                new.words[at].clause == new.words[from].clause && is_preposition(&new.words[at].key)
            }) && behind.is_none_or(|word| word.function || word.clause != new.words[from].clause)
        };
        let thing = || (from..=last).any(|n| novel.contains(&n) && names_a_thing(new, n, language));
        let known_action = language == Language::English && acts_or_tells_how(&new.words[from]);
        let told = tells_what_was_done(&new.words[from], language) && count == 1;
        if count >= 2 || thing() || !told && item() || !known_action && object() {
            claims.unsupported(
                ClaimKind::Outcome,
                new.words[from].start..new.words[last].end,
                "Your line does not say \"{}\".",
            );
        }
        n = last + 1;
    }
}

fn is_article(key: &str) -> bool {
    matches!(
        key,
        "a" | "an" | "the" | "der" | "die" | "das" | "dem" | "den" | "la" | "le" | "el" | "les" | "los"
    )
}

/// Words before a place, a means or a person that work was done for.
pub(super) fn is_preposition(key: &str) -> bool {
    matches!(
        key,
        "in" | "at"
            | "for"
            | "with"
            | "using"
            | "via"
            | "on"
            | "bei"
            | "mit"
            | "chez"
            | "avec"
            | "en"
            | "con"
            | "para"
            | "dans"
            | "sur"
            | "pour"
            | "au"
            | "aux"
            | "por"
            | "im"
            | "am"
            | "fur"
            | "uber"
    )
}

/// "Carried boards for the shed" must not become "built the shed": the evidence tells with another verb what was done.
fn made_from_less(claims: &mut Claims<'_>, pool: &Pool<'_>) {
    let new = claims.new;
    let hedging = hedging(new);
    for (n, word) in new.words.iter().enumerate().filter(|(n, _)| !hedging[*n]) {
        let act = acts_itself(new, n) && !is_filler(&word.key) && !is_soft(&word.key);
        if !(is_strong(&word.key) || act) || word.negated || !opens_clause(new, n) || own_verb(pool, word) {
            continue;
        }
        let about: Vec<&Word> = new
            .words
            .iter()
            .filter(|other| {
                other.clause == word.clause && other.start > word.start && other.content() && !empty(other)
            })
            .collect();
        let mut sources =
            pool.texts.iter().filter(|facts| about.iter().any(|other| facts.suggests(other))).peekable();
        let strong = is_strong(&word.key);
        let does = |facts: &Facts| {
            if !strong {
                return facts.words.first().is_some_and(|first| is_weak(&first.key));
            }
            facts.words.iter().enumerate().take(1).any(|(at, first)| {
                acts_itself(facts, at)
                    && !first.key.ends_with("ing")
                    && !is_filler(&first.key)
                    && !first.key.starts_with("work")
            })
        };
        // Who ran or planned it may be said to have organised it.
        let said_as_much = pool.words().any(|source| scope(&source.key) >= Some(2) || is_strong(&source.key));
        if !said_as_much && sources.peek().is_some() && sources.all(|facts| does(facts)) {
            claims.unsupported(
                ClaimKind::Scope,
                word.start..word.end,
                "Your line tells with another word what you did, which is less than \"{}\".",
            );
        }
    }
}

/// Whether the evidence has the verb, or one that says the same, as an own act: not in "for the sign writer".
fn own_verb(pool: &Pool<'_>, word: &Word) -> bool {
    pool.texts.iter().any(|facts| {
        facts.words.iter().enumerate().any(|(at, source)| {
            (opens_clause(facts, at) || acts_itself(facts, at) || !is_weak(&facts.words[0].key))
                && !done_by_others(facts, at)
                && (source.stem == word.stem
                    || reworded(&source.stem).iter().any(|group| reworded(&word.stem).contains(group))
                    || word.lemmas.iter().any(|lemma| {
                        source.lemmas.iter().any(|other| {
                            other.word == lemma.word
                                || lemma.relatives().any(|relative| relative == other.word)
                        })
                    }))
        })
    })
}

/// Verbs too general to be a claim.
fn is_soft(key: &str) -> bool {
    is_plain(key)
        && !matches!(
            key,
            "made"
                | "wrote"
                | "built"
                | "created"
                | "developed"
                | "designed"
                | "introduced"
                | "delivered"
                | "produced"
                | "tested"
        )
}

/// Whether a text gives two numbers of one sort.
fn shows_change(facts: &Facts) -> bool {
    let numbers: Vec<_> = facts.quantities.iter().filter(|quantity| quantity.claims).take(8).collect();
    numbers.iter().enumerate().any(|(n, a)| {
        numbers[n + 1..].iter().any(|b| a.unit == b.unit && a.values.first() != b.values.first())
    })
}

/// "Grew", "reduced": what follows from two numbers.
fn tells_change(key: &str) -> bool {
    [
        "rose",
        "rise",
        "risen",
        "fell",
        "fall",
        "drop",
        "climb",
        "shrank",
        "shrunk",
        "lifted",
        "creci",
        "stieg",
        "sank",
        "subi",
        "baj",
        "increas",
        "reduc",
        "rais",
        "grew",
        "grow",
        "cut",
        "improv",
        "lower",
        "boost",
        "expand",
        "shorten",
        "halv",
        "reduit",
        "augment",
        "reduj",
        "aument",
        "gesenkt",
        "gesteigert",
        "senkte",
        "steigerte",
    ]
    .iter()
    .any(|begin| key.starts_with(begin))
}

/// Words that carry no claim of their own.
fn empty(word: &Word) -> bool {
    is_plain(&word.key) || is_filler(&word.key) || number_word(&word.key).is_some()
}

/// Whether an English word stands for a thing, a field or a trade, not for an action or a quality: nobody puts one
/// in without claiming it. Words that no dictionary knows are the trades' own.
fn names_a_thing(new: &Facts, n: usize, language: Language) -> bool {
    let word = &new.words[n];
    if language != Language::English {
        return false;
    }
    if word.lemmas.is_empty() {
        return !["ly", "ed", "wise"].iter().any(|ending| word.key.ends_with(ending));
    }
    // "Inventory forecasting" is a skill, "forecasting inventory" says what was done.
    if word.key.ends_with("ing") {
        let behind_noun = n.checked_sub(1).is_some_and(|at| {
            new.words[at].clause == word.clause
                && new.words[at].content()
                && !new.words[at].key.ends_with("ly")
        });
        let ends = new.words.get(n + 1).is_none_or(|next| next.clause != word.clause || next.function);
        if behind_noun && ends {
            return true;
        }
    }
    // "Meeting" is a word of its own, "cutting" a form of "cut".
    let own: Vec<_> = word.lemmas.iter().filter(|lemma| lemma.word == word.key).collect();
    // "Rose" is a flower, and the past of "rise".
    if acts(new, n) && word.lemmas.iter().any(|lemma| lemma.is_verb() && lemma.word != word.key) {
        return false;
    }
    let verb_form = own.is_empty() && (word.key.ends_with("ed") || word.key.ends_with("ing"));
    if verb_form {
        return false;
    }
    let meant = if own.is_empty() { word.lemmas.iter().collect() } else { own };
    if !meant.iter().any(|lemma| lemma.is_noun() && lemma.is_concrete() && !lemma.is_person()) {
        return false;
    }
    !meant.iter().any(|lemma| lemma.is_verb()) || !acts(new, n)
}

/// "Replied", "Nettoyage": a single word for an act, whose object the evidence has, is most often one for another.
fn tells_what_was_done(word: &Word, language: Language) -> bool {
    let ends = |endings: &[&str]| endings.iter().any(|ending| word.key.ends_with(ending));
    match language {
        Language::English => {
            word.lemmas.iter().any(|lemma| lemma.is_verb() && lemma.word != word.key)
                && !word.key.ends_with("ing")
        }
        Language::German => word.first && ends(&["ung", "ieren"]),
        Language::French => word.first && ends(&["age", "ment", "tion", "sion", "ure", "ance"]),
        Language::Spanish => word.first && ends(&["cion", "sion", "miento", "mento", "aje"]),
        Language::Other => false,
    }
}

/// "Painting", "punctual": not a name of anything.
fn acts_or_tells_how(word: &Word) -> bool {
    let form = word.key.ends_with("ed") || word.key.ends_with("ing");
    !word.lemmas.is_empty() && (form || word.lemmas.iter().all(|lemma| !lemma.is_noun() && !lemma.is_verb()))
}

/// Whether a word that may be a verb stands where a verb does: first in its clause, or after "and" or "to".
fn acts(new: &Facts, n: usize) -> bool {
    let word = &new.words[n];
    let Some(before) = n.checked_sub(1).map(|at| &new.words[at]) else { return true };
    before.clause != word.clause
        || matches!(before.key.as_str(), "and" | "or" | "to" | "who" | "which" | "that" | "then")
}

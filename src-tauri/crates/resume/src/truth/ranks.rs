//! Claims of rank, scope and credentials.

use std::ops::Range;

use super::ClaimKind;
use super::claims::Claims;
use super::facts::{Facts, Pool, Word};
use super::hedge::hedging;
use super::lexicon::{CREDENTIALS, LOWER, RANKS, is_weighty, scope};
use crate::words::{reworded, same};

pub(super) fn find(claims: &mut Claims<'_>, pool: &Pool<'_>, spelled_out: &[bool]) {
    let new = claims.new;
    let spelled: Vec<(&str, &str)> =
        new.words.iter().map(|word| (word.text.as_str(), word.key.as_str())).collect();
    for n in 0..spelled.len() {
        // The long form of what the evidence has in short claims nothing new.
        if spelled_out[n] {
            continue;
        }
        if let Some(count) = CREDENTIALS.at(&spelled[n..]) {
            let words = &new.words[n..n + count];
            if !words.iter().all(|word| word.figure || word.function || names_paper(pool, word)) {
                claims.unsupported(ClaimKind::Credential, reach(words), "Your line does not name \"{}\".");
            }
        }
        if let Some(count) = RANKS.at(&spelled[n..]) {
            rank(claims, pool, n, count);
        }
        verb(claims, pool, n);
    }
    act_of_others(claims, pool);
    smaller_title_dropped(claims, pool);
}

/// Whether the evidence names a degree, certificate or prize: by this name, another of it, or a word of its family
/// ("certificate", "certified"). First letters of words that merely stand side by side do not name one.
fn names_paper(pool: &Pool<'_>, word: &Word) -> bool {
    if word.acronym() {
        return pool.knows(word) || word.key.len() > 2 && pool.states(word);
    }
    let family = |source: &Word| {
        let common = source.key.chars().zip(word.key.chars()).take_while(|(a, b)| a == b).count();
        common >= 6 && common + 4 >= word.key.chars().count()
    };
    pool.states(word) || pool.words().any(family)
}

fn reach(words: &[Word]) -> Range<usize> {
    match (words.first(), words.last()) {
        (Some(first), Some(last)) => first.start..last.end,
        _ => 0..0,
    }
}

/// A rank counts where the evidence gives it to the same thing, and to this person.
fn rank(claims: &mut Claims<'_>, pool: &Pool<'_>, n: usize, count: usize) {
    let new = claims.new;
    let words = &new.words[n..n + count];
    if !words.iter().all(|word| pool.states(word)) {
        if !words.iter().all(|word| follows_from_charge(pool, word)) {
            let range = claims.widened(pool, reach(words));
            claims.unsupported(ClaimKind::Scope, range, "Your line does not say \"{}\".");
        }
        return;
    }
    let last = &words[count - 1];
    let office = last.key == "head"
        && new.words.get(n + count).is_some_and(|next| matches!(next.key.as_str(), "office" | "quarters"));
    if office {
        return;
    }
    if matches!(
        last.key.as_str(),
        "licensed" | "licenced" | "certified" | "registered" | "qualified" | "accredited"
    ) {
        return;
    }
    let around = neighbours(new, n + count - 1);
    let other = of_somebody_else(new, n);
    let mut seen = false;
    for facts in &pool.texts {
        for (at, word) in facts.words.iter().enumerate().filter(|(_, word)| word.stem == last.stem) {
            seen = true;
            let there = neighbours(facts, at);
            let bound = around.is_empty()
                || there.is_empty()
                || around.iter().any(|a| there.iter().any(|b| alike(a, b) || a.key.starts_with(&b.key)));
            if word.negated == last.negated
                && bound
                && (other || !of_somebody_else(facts, at + 1 - count.min(at + 1)))
            {
                return;
            }
        }
    }
    if seen {
        claims.unsupported(
            ClaimKind::Scope,
            reach(words),
            "Your line says \"{}\" of something or somebody else.",
        );
    }
}

fn begin_alike(a: &str, b: &str) -> bool {
    a.chars().zip(b.chars()).take_while(|(a, b)| a == b).count() >= 4
}

/// The content words close to a word, in its clause.
fn neighbours(facts: &Facts, at: usize) -> Vec<&Word> {
    let clause = facts.words[at].clause;
    let own = |word: &&Word| {
        word.sentence == facts.words[at].sentence && word.clause.abs_diff(clause) <= 1 && word.content()
    };
    let before = facts.words[..at].iter().rev().filter(own).take(3);
    before.chain(facts.words[at + 1..].iter().filter(own).take(4)).collect()
}

/// Whether a rank follows from what the evidence says that the person did: who ran a club may be called its leader; who
/// owned a service, its owner; who edited, editor; from Leitung, Leiter. A helper's words make no rank.
fn follows_from_charge(pool: &Pool<'_>, word: &Word) -> bool {
    let rank = word.key.as_str();
    let named = match rank {
        "leader" | "lead" | "leading" | "organiser" | "organizer" | "encargado" | "encargada"
        | "responsable" => pool.words().any(had_charge),
        "owner" => {
            pool.words().any(|source| matches!(source.key.as_str(), "own" | "owns" | "owned" | "owning"))
        }
        _ => false,
    };
    let agent = || {
        (rank.ends_with("or") || rank.ends_with("er"))
            && pool.words().any(|source| {
                (source.key.ends_with("ed") || source.key.ends_with("ing"))
                    && source.key.chars().zip(rank.chars()).take_while(|(a, b)| a == b).count() + 2
                        >= rank.chars().count()
            })
    };
    let charge = || {
        pool.texts.iter().any(|facts| {
            !facts.words.iter().any(|source| LOWER.contains(&source.key))
                && facts.words.iter().any(|source| had_charge(source) && begin_alike(&source.key, rank))
        })
    };
    named || agent() || charge()
}

/// "Aprendiz de soldador", "assistant to the director".
fn is_of(key: &str) -> bool {
    matches!(key, "de" | "of" | "du" | "del" | "to" | "the" | "im" | "in" | "en" | "a" | "der")
}

/// Whether a title belongs to another person: "reported to the manager", "under the director".
pub(super) fn of_somebody_else(facts: &Facts, at: usize) -> bool {
    let clause = facts.words.get(at).map(|word| word.clause);
    // "On the director's behalf"
    if facts.words[at..].iter().take(3).any(|word| word.key == "behalf" && Some(word.clause) == clause) {
        return true;
    }
    facts.words[at.saturating_sub(6)..at].iter().any(|word| {
        Some(word.clause) == clause
            && matches!(
                word.key.as_str(),
                "to" | "under"
                    | "by"
                    | "with"
                    | "unter"
                    | "an"
                    | "sous"
                    | "bajo"
                    | "helped"
                    | "assisted"
                    | "supported"
                    | "for"
                    | "from"
                    | "behalf"
            )
    })
}

/// Whether the evidence says that others do it: "for the partner to approve", "approved by the partner".
pub(super) fn done_by_others(facts: &Facts, at: usize) -> bool {
    let word = &facts.words[at];
    let own = |other: &&Word| other.clause == word.clause;
    let before: Vec<&Word> = facts.words[at.saturating_sub(6)..at].iter().filter(own).collect();
    let behind: Vec<&Word> = facts.words[at + 1..].iter().take(3).filter(own).collect();
    let to = before.last().is_some_and(|last| matches!(last.key.as_str(), "to" | "could" | "can" | "would"));
    let somebody = before.iter().any(|other| {
        matches!(other.key.as_str(), "for" | "so" | "who" | "whom") && other.start + 3 < word.start
    });
    // "The pitch that won the account", "a list that the manager approved"
    let relative = before.iter().rev().take(5).any(|other| matches!(other.key.as_str(), "that" | "which"))
        && before.len() >= 2
        && !before.iter().any(|other| matches!(other.key.as_str(), "i" | "we"));
    // "While the rigger fixed lamps"
    let subject = before
        .last()
        .is_some_and(|last| last.lemmas.iter().any(|lemma| lemma.is_person()) || last.key.ends_with("er"))
        && before.iter().rev().take(3).any(|other| matches!(other.key.as_str(), "the" | "a" | "our" | "my"));
    relative
        || subject
        || to && somebody && before.len() >= 3
        || behind.first().is_some_and(|next| matches!(next.key.as_str(), "by" | "durch" | "par" | "por"))
            && !behind
                .get(1)
                .is_some_and(|who| matches!(who.key.as_str(), "me" | "myself" | "mich" | "moi" | "mi"))
}

/// "Drafted clauses for the partner to approve" must not become "drafted and approved clauses".
fn act_of_others(claims: &mut Claims<'_>, pool: &Pool<'_>) {
    let new = claims.new;
    if hedging(new).contains(&true) {
        return;
    }
    for (n, word) in new.words.iter().enumerate() {
        let opens = opens_clause(new, n) && acts_itself(new, n);
        let claims_it = word.content() && (is_weighty(&word.key) || scope(&word.key) >= Some(2) || opens);
        if !claims_it || word.negated || done_by_others(new, n) || !(word.first || acts_itself(new, n)) {
            continue;
        }
        let mut said = pool
            .texts
            .iter()
            .flat_map(|facts| facts.words.iter().enumerate().map(move |(at, source)| (*facts, at, source)))
            .filter(|(_, _, source)| source.stem == word.stem)
            .peekable();
        // "Designed the flyers, printed at Lowry Press": who did it is still said.
        let credits = |facts: &Facts, at: usize| {
            let clause = facts.words[at].clause;
            let doer: Vec<&Word> = facts.words[at + 1..]
                .iter()
                .skip_while(|other| other.key != "by")
                .take_while(|other| other.clause == clause)
                .filter(|other| other.capital())
                .collect();
            !doer.is_empty() && doer.iter().all(|name| new.words.iter().any(|other| other.stem == name.stem))
        };
        if said.peek().is_some()
            && said.all(|(facts, at, _)| done_by_others(facts, at) && !credits(facts, at))
        {
            claims.unsupported(
                ClaimKind::Scope,
                word.start..word.end,
                "Your line says that somebody else did this: \"{}\".",
            );
        }
    }
}

/// Whether a verb tells what the person did: "drafted and approved", not "approval of".
pub(super) fn acts_itself(new: &Facts, n: usize) -> bool {
    let word = &new.words[n];
    word.key.ends_with("ed")
        || word.key.ends_with("ing")
        || word.lemmas.iter().any(|lemma| lemma.is_verb() && lemma.word != word.key)
}

/// "Led", "owned", "managed": somebody must have said so of the same thing.
fn verb(claims: &mut Claims<'_>, pool: &Pool<'_>, n: usize) {
    let new = claims.new;
    let word = &new.words[n];
    let Some(level @ 2..) = scope(&word.key) else { return };
    // "Supervised by", "Master of Science"; "a centre running three shifts" claims no more than that it does.
    let passive =
        new.words.get(n + 1).is_some_and(|next| matches!(next.key.as_str(), "by" | "durch" | "par" | "por"));
    let paper = CREDENTIALS.at(&spelled_from(new, n)).is_some() || RANKS.at(&spelled_from(new, n)).is_some();
    if passive || paper || level == 2 && !(word.first || opens_clause(new, n)) {
        return;
    }
    // The chair of a society, who was its chairman.
    let title = word.key == "chair" && pool.states(word);
    if word.negated || title || of_somebody_else(new, n) && word.key == "lead" {
        return;
    }
    let about: Vec<&Word> = new
        .words
        .iter()
        .filter(|other| {
            other.clause == word.clause
                && other.start != word.start
                && other.content()
                && scope(&other.key).is_none()
        })
        .collect();
    let mut elsewhere = false;
    for facts in &pool.texts {
        for (at, source) in
            facts.words.iter().enumerate().filter(|(_, source)| had_charge(source) && !source.negated)
        {
            // The manager that one entered orders for.
            if source.lemmas.iter().any(|lemma| lemma.is_person()) && of_somebody_else(facts, at) {
                continue;
            }
            let bound = about.is_empty()
                || facts.words.iter().any(|other| {
                    other.sentence == source.sentence
                        && other.content()
                        && about.iter().any(|a| alike(a, other))
                });
            if bound
                && (level == 2
                    || source.stem == word.stem
                    || scope(&source.key) >= Some(level)
                    || level == 3 && said_alike(source, word))
            {
                return;
            }
            elsewhere |= source.stem == word.stem;
        }
    }
    // A verb that is no claim of rank where the evidence says the same in other words.
    if level == 2 && pool.suggests(word) && !elsewhere {
        return;
    }
    let range = word.start..word.end;
    if elsewhere {
        claims.unsupported(ClaimKind::Scope, range, "Your line says \"{}\" of something else.");
    } else if level == 2 {
        claims.unsupported(ClaimKind::Scope, range, "Your line does not say \"{}\".");
    } else {
        claims.unsupported(ClaimKind::Scope, range, "Your line does not say that you \"{}\" this.");
    }
}

fn spelled_from(facts: &Facts, n: usize) -> Vec<(&str, &str)> {
    facts.words[n..].iter().take(4).map(|word| (word.text.as_str(), word.key.as_str())).collect()
}

/// First in its clause, or behind "and".
pub(super) fn opens_clause(new: &Facts, n: usize) -> bool {
    n.checked_sub(1).is_none_or(|at| {
        new.words[at].clause != new.words[n].clause
            || matches!(new.words[at].key.as_str(), "and" | "und" | "et" | "y" | "then")
    })
}

fn alike(a: &Word, b: &Word) -> bool {
    a.stem == b.stem
        || same(&a.text, &b.text)
        || reworded(&a.stem).iter().any(|group| reworded(&b.stem).contains(group))
}

/// Whether the word says that somebody had the say: "ran", "in charge of", "looked after".
pub(super) fn had_charge(word: &Word) -> bool {
    scope(&word.key).is_some_and(|level| level >= 2)
        || matches!(
            word.key.as_str(),
            "leader"
                | "owner"
                | "head"
                | "leiter"
                | "leiterin"
                | "encargado"
                | "encargada"
                | "jefe"
                | "jefa"
                | "own"
                | "owns"
                | "looked"
                | "charge"
                | "responsible"
                | "verantwortlich"
                | "responsable"
        )
}

/// "Supervised" and "oversaw", "ran" and "led" claim about the same.
fn said_alike(source: &Word, word: &Word) -> bool {
    matches!(source.key.as_str(), "ran" | "run" | "running" | "supervised" | "directed" | "supervise")
        || scope(&source.key).is_none()
        || alike(source, word)
}

/// "Trainee train driver" must not become "train driver".
fn smaller_title_dropped(claims: &mut Claims<'_>, pool: &Pool<'_>) {
    let new = claims.new;
    if new.words.iter().any(|word| LOWER.contains(&word.key)) {
        return;
    }
    for facts in &pool.texts {
        for (n, word) in facts.words.iter().enumerate() {
            let stands_in = matches!(
                word.key.as_str(),
                "remplacait" | "remplacant" | "suplia" | "supliendo" | "vertretung" | "interim"
            );
            if !LOWER.contains(&word.key) || !(word.first || word.capital() || stands_in) {
                continue;
            }
            let title: Vec<&Word> = facts.words[n + 1..]
                .iter()
                .take(4)
                .take_while(|next| {
                    next.clause == word.clause && (next.content() || stands_in || is_of(&next.key))
                })
                .filter(|next| next.content())
                .take(3)
                .collect();
            let Some(head) = title.last() else { continue };
            if let Some(claimed) =
                new.words.iter().find(|claimed| claimed.stem == head.stem && claimed.key.len() > 3)
                && (["er", "or", "ist", "in", "ung", "eur", "rice", "ante"]
                    .iter()
                    .any(|ending| claimed.key.ends_with(ending))
                    || claimed.lemmas.iter().any(|lemma| lemma.is_person()))
            {
                let why = format!("Your line says \"{}\" with this title, not \"{{}}\".", word.text);
                // "Experienced paramedic", "fully qualified driver"
                let range = claims.widened(pool, claimed.start..claimed.end);
                claims.unsupported(ClaimKind::Scope, range, &why);
            }
        }
    }
}

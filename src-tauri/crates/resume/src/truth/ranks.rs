//! Claims of rank, scope and credentials.

use std::ops::Range;

use super::ClaimKind;
use super::claims::Claims;
use super::facts::{Facts, Pool, Word};
use super::lexicon::{CREDENTIALS, LOWER, RANKS, scope};
use crate::words::{reworded, same};

pub(super) fn find(claims: &mut Claims<'_>, pool: &Pool<'_>) {
    let new = claims.new;
    let spelled: Vec<(&str, &str)> =
        new.words.iter().map(|word| (word.text.as_str(), word.key.as_str())).collect();
    for n in 0..spelled.len() {
        if let Some(count) = CREDENTIALS.at(&spelled[n..]) {
            let words = &new.words[n..n + count];
            if !words.iter().all(|word| word.figure || pool.states(word)) {
                claims.unsupported(ClaimKind::Credential, reach(words), "Your line does not name \"{}\".");
            }
        }
        if let Some(count) = RANKS.at(&spelled[n..]) {
            rank(claims, pool, n, count);
        }
        verb(claims, pool, n);
    }
    smaller_title_dropped(claims, pool);
    part_made_whole(claims, pool);
    level_dropped(claims, pool);
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
        // Who ran a club may be called its leader; who owned a service, its owner.
        let led = words.iter().all(|word| match word.key.as_str() {
            "leader" | "lead" | "leading" => pool.words().any(had_charge),
            "owner" => {
                pool.words().any(|source| matches!(source.key.as_str(), "own" | "owns" | "owned" | "owning"))
            }
            _ => false,
        });
        if !led {
            claims.unsupported(ClaimKind::Scope, reach(words), "Your line does not say \"{}\".");
        }
        return;
    }
    let last = &words[count - 1];
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
        claims.doubtful(
            ClaimKind::Scope,
            reach(words),
            "Your line says \"{}\" of something or somebody else.",
        );
    }
}

/// The content words close to a word, in its clause.
fn neighbours(facts: &Facts, at: usize) -> Vec<&Word> {
    let clause = facts.words[at].clause;
    let near = at.saturating_sub(3)..(at + 4).min(facts.words.len());
    near.filter(|n| *n != at)
        .map(|n| &facts.words[n])
        .filter(|word| word.clause == clause && word.content())
        .collect()
}

/// Whether a title belongs to another person: "reported to the manager", "under the director".
fn of_somebody_else(facts: &Facts, at: usize) -> bool {
    let clause = facts.words.get(at).map(|word| word.clause);
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
            )
    })
}

/// "Led", "owned", "managed": somebody must have said so of the same thing.
fn verb(claims: &mut Claims<'_>, pool: &Pool<'_>, n: usize) {
    let new = claims.new;
    let word = &new.words[n];
    let Some(level @ 2..) = scope(&word.key) else { return };
    if word.negated || of_somebody_else(new, n) && word.key == "lead" {
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
        for source in facts.words.iter().filter(|source| had_charge(source) && !source.negated) {
            let bound = about.is_empty()
                || facts.words.iter().any(|other| {
                    other.clause == source.clause && other.content() && about.iter().any(|a| alike(a, other))
                });
            if bound
                && (source.stem == word.stem
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
        claims.doubtful(ClaimKind::Scope, range, "Your line says \"{}\" of something else.");
    } else if level == 2 {
        claims.doubtful(ClaimKind::Scope, range, "Your line does not say \"{}\".");
    } else {
        claims.unsupported(ClaimKind::Scope, range, "Your line does not say that you \"{}\" this.");
    }
}

fn alike(a: &Word, b: &Word) -> bool {
    a.stem == b.stem
        || same(&a.text, &b.text)
        || reworded(&a.stem).iter().any(|group| reworded(&b.stem).contains(group))
}

/// Whether the word says that somebody had the say: "ran", "in charge of", "looked after".
fn had_charge(word: &Word) -> bool {
    scope(&word.key).is_some_and(|level| level >= 2)
        || matches!(
            word.key.as_str(),
            "own" | "owns" | "looked" | "charge" | "responsible" | "verantwortlich" | "responsable"
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
            if !LOWER.contains(&word.key) || !(word.first || word.capital()) {
                continue;
            }
            let title: Vec<&Word> = facts.words[n + 1..]
                .iter()
                .take(3)
                .take_while(|next| next.clause == word.clause && next.content())
                .collect();
            let Some(head) = title.last() else { continue };
            if let Some(claimed) =
                new.words.iter().find(|claimed| claimed.stem == head.stem && claimed.key.len() > 3)
                && (claimed.key.ends_with("er")
                    || claimed.key.ends_with("or")
                    || claimed.key.ends_with("ist"))
            {
                let why = format!("Your line says \"{}\" before \"{{}}\".", word.text);
                claims.doubtful(ClaimKind::Scope, claimed.start..claimed.end, &why);
            }
        }
    }
}

/// "Helped prepare hearings" must not become "prepared hearings".
fn part_made_whole(claims: &mut Claims<'_>, pool: &Pool<'_>) {
    let new = claims.new;
    for facts in &pool.texts {
        for hedge in facts.words.iter().filter(|word| scope(&word.key) == Some(1)) {
            let kept = new.words.iter().any(|word| {
                scope(&word.key) == Some(1)
                    || word.stem == hedge.stem
                    || reworded(&word.stem).iter().any(|group| reworded(&hedge.stem).contains(group))
            });
            if kept {
                continue;
            }
            let said: Vec<&Word> = facts
                .words
                .iter()
                .filter(|word| word.clause == hedge.clause && word.start > hedge.start && word.content())
                .collect();
            let shared: Vec<&Word> = new
                .words
                .iter()
                .filter(|word| word.content() && said.iter().any(|other| other.stem == word.stem))
                .collect();
            if let [first, _, ..] = shared.as_slice() {
                let clause = first.clause;
                let words: Vec<Word> =
                    new.words.iter().filter(|word| word.clause == clause).cloned().collect();
                let why = format!("Your line says \"{}\", which is less than \"{{}}\".", hedge.text);
                claims.doubtful(ClaimKind::Scope, reach(&words), &why);
            }
        }
    }
}

/// "Basic French" must not become "French", nor "studied towards a degree" a degree.
fn level_dropped(claims: &mut Claims<'_>, pool: &Pool<'_>) {
    let new = claims.new;
    if new.words.iter().any(|word| level(word).is_some()) {
        return;
    }
    for facts in &pool.texts {
        for (at, word) in facts.words.iter().enumerate() {
            let Some(level) = level(word) else { continue };
            let near = |other: &&Word| match level {
                Level::Low | Level::OnTheWay => other.clause == word.clause && other.start > word.start,
                Level::Unfinished => other.clause == word.clause || other.clause + 1 == word.clause,
            };
            let range = if level == Level::Unfinished { 0..at } else { at..facts.words.len() };
            let about: Vec<&Word> = facts.words[range]
                .iter()
                .filter(near)
                .filter(|other| other.content() && other.key != word.key)
                .collect();
            let about = if level == Level::Low { &about[..about.len().min(2)] } else { &about[..] };
            let said = new.words.iter().enumerate().find(|(n, claimed)| {
                about.iter().any(|other| other.stem == claimed.stem)
                    && (level != Level::OnTheWay || is_credential(&new.words[*n..]))
            });
            if let Some((_, claimed)) = said {
                let why = format!("Your line says \"{}\" with \"{{}}\".", word.text);
                claims.doubtful(ClaimKind::Scope, claimed.start..claimed.end, &why);
            }
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Level {
    /// "Basic" before what somebody knows.
    Low,
    /// "Towards" before a degree.
    OnTheWay,
    /// "Incomplete" behind what was begun.
    Unfinished,
}

fn level(word: &Word) -> Option<Level> {
    Some(match word.key.as_str() {
        "basic" | "basics" | "beginner" | "elementary" | "novice" | "rudimentary" | "conversational"
        | "introductory" | "grundkenntnisse" | "grundlegende" | "notions" | "basico" | "basica"
        | "nociones" => Level::Low,
        "towards" | "toward" | "pursuing" => Level::OnTheWay,
        "incomplete" | "uncompleted" | "unfinished" | "abgebrochen" | "unvollendet" | "inacheve"
        | "inconcluso" => Level::Unfinished,
        "completed" | "finished" | "abgeschlossen" | "graduated" if word.negated => Level::Unfinished,
        _ => return None,
    })
}

fn is_credential(words: &[Word]) -> bool {
    let spelled: Vec<(&str, &str)> =
        words.iter().take(6).map(|word| (word.text.as_str(), word.key.as_str())).collect();
    CREDENTIALS.at(&spelled).is_some()
}

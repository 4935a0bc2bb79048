//! Words that make a claim smaller: "exposure to", "sat in on", "in progress". What the evidence says with one, the
//! new text must not say without.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

use super::ClaimKind;
use super::claims::Claims;
use super::facts::{Facts, Pool, Word};
use super::lexicon::{CREDENTIALS, is_filler, is_plain, scope};
use super::ranks::{acts_itself, opens_clause};
use crate::words::{entries, key, reworded, tokens};

/// How a hedge makes a claim smaller.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Hedge {
    /// Knew a little of it.
    Slight,
    /// Had a part in what others did as well.
    Part,
    /// Was there when others did it.
    Attended,
    /// Began it, and did not end it.
    Unfinished,
    /// Is on the way to it, or hopes for it.
    Hoped,
    /// It was thought of, and has not happened.
    Unreal,
    /// Keeps a claim small, and makes none smaller: "some".
    Keeps,
}

static HEDGES: LazyLock<HashMap<String, Hedge>> = LazyLock::new(|| {
    let mut phrases = HashMap::new();
    for line in entries(include_str!("../data/hedges.txt")) {
        let Some((kind, rest)) = line.split_once(':') else { continue };
        let kind = match kind {
            "slight" => Hedge::Slight,
            "part" => Hedge::Part,
            "attended" => Hedge::Attended,
            "unfinished" => Hedge::Unfinished,
            "unreal" => Hedge::Unreal,
            "keeps" => Hedge::Keeps,
            _ => Hedge::Hoped,
        };
        for phrase in rest.split(',') {
            let keys: Vec<String> = tokens(phrase).iter().map(|token| key(token.text)).collect();
            phrases.insert(keys.join(" "), kind);
        }
    }
    phrases
});

/// Most words of a hedge.
const LONGEST: usize = 4;

/// The hedges of a text: which, from which word, up to which.
fn hedges(facts: &Facts) -> Vec<(Hedge, usize, usize)> {
    let mut found = Vec::new();
    let mut n = 0;
    while n < facts.words.len() {
        let longest = (1..=LONGEST.min(facts.words.len() - n)).rev().find_map(|count| {
            let run = &facts.words[n..n + count];
            let phrase = run.iter().map(|word| word.key.as_str()).collect::<Vec<_>>().join(" ");
            let kind = *HEDGES.get(&phrase)?;
            Some((kind, n, n + count))
        });
        n = longest.map_or(n + 1, |(_, _, end)| end);
        found.extend(longest);
    }
    found
}

pub(super) fn find(claims: &mut Claims<'_>, pool: &Pool<'_>) {
    let new = claims.new;
    let kept = hedges(new);
    for facts in &pool.texts {
        for (kind, from, to) in hedges(facts) {
            let small = kind == Hedge::Slight && kept.iter().any(|(other, ..)| *other == Hedge::Keeps);
            if kind == Hedge::Keeps
                || small
                || kept.iter().any(|(other, ..)| *other == kind)
                || negation_kept(kind, facts, from, new)
            {
                continue;
            }
            let said = about(facts, kind, from, to);
            let hedge = &facts.text[facts.words[from].start..facts.words[to - 1].end];
            if kind == Hedge::Part {
                part_made_whole(claims, pool, facts, from..to);
                continue;
            }
            let Some((n, claimed)) =
                new.words.iter().enumerate().find(|(n, word)| claimed(kind, new, *n, word, &said))
            else {
                continue;
            };
            // The words that raise it stand before it: "expert in Terraform".
            let first = (0..n)
                .rev()
                .take(3)
                .take_while(|at| new.words[*at].clause == claimed.clause)
                .filter(|at| !pool.states(&new.words[*at]))
                .last()
                .unwrap_or(n);
            let why = format!("Your line says \"{hedge}\" with this, and \"{{}}\" says more.");
            claims.unsupported(ClaimKind::Scope, new.words[first].start..claimed.end, &why);
        }
    }
}

/// For each word of a text whether a hedge holds it. Hedges claim nothing.
pub(super) fn hedging(facts: &Facts) -> Vec<bool> {
    let mut found = vec![false; facts.words.len()];
    for (_, from, to) in hedges(facts) {
        found[from..to].fill(true);
    }
    found
}

/// "Helped prepare hearings" must not become "prepared hearings".
fn part_made_whole(claims: &mut Claims<'_>, pool: &Pool<'_>, facts: &Facts, hedge: Range<usize>) {
    let new = claims.new;
    let words = &facts.words[hedge.clone()];
    // "Part of my job was to lock up": it was done all the same.
    if facts.words.get(hedge.end).is_some_and(|next| matches!(next.key.as_str(), "my" | "our" | "the")) && {
        facts.words[hedge.end..]
            .iter()
            .take(3)
            .any(|word| matches!(word.key.as_str(), "job" | "task" | "tasks" | "duties" | "work" | "role"))
    } {
        return;
    }
    let alike = |word: &Word| {
        scope(&word.key) == Some(1)
            || words.iter().filter(|hedge| hedge.content()).any(|hedge| {
                word.stem == hedge.stem
                    || reworded(&word.stem).iter().any(|group| reworded(&hedge.stem).contains(group))
            })
    };
    if new.words.iter().any(alike) {
        return;
    }
    let said: Vec<&Word> = facts.words[hedge.end..]
        .iter()
        .filter(|word| word.clause == words[0].clause && word.content())
        .collect();
    let shared: Vec<&Word> = new
        .words
        .iter()
        .filter(|word| word.content() && said.iter().any(|other| other.stem == word.stem))
        .collect();
    // A member of a group may have "served" on it; what the group did is the group's.
    // "One of four authors" is not the author.
    let one_made_all = words.iter().any(|word| word.key == "one")
        && new.words.iter().any(|word| {
            word.lemmas.iter().any(|lemma| lemma.is_person())
                && facts.words.iter().any(|other| other.stem == word.stem && other.key != word.key)
        });
    let belongs = !one_made_all
        && words.len() <= 2
        && words.iter().any(|word| matches!(word.key.as_str(), "member" | "part" | "one"));
    let does = || {
        new.words.iter().enumerate().any(|(n, word)| {
            word.content()
                && (opens_clause(new, n) || word.key.ends_with("ed"))
                && acts_itself(new, n)
                && !is_filler(&word.key)
                && (!is_plain(&word.key) && !pool.suggests(word)
                    || said.iter().any(|other| other.stem == word.stem))
        })
    };
    if belongs && !does() {
        return;
    }
    // "Supported the CFO with the deck" must not become "prepared the budget": one word in common is enough where the
    // line opens with an act that nothing tells of.
    let opens = new
        .words
        .first()
        .is_some_and(|first| acts_itself(new, 0) && !is_filler(&first.key) && !pool.suggests(first));
    let alone =
        |word: &Word| !pool.texts.iter().any(|other| !std::ptr::eq(*other, facts) && other.states(word));
    if shared.len() < 2 && !(opens && shared.first().is_some_and(|word| alone(word) && !is_plain(&word.key)))
    {
        return;
    }
    if let Some(first) = shared.first() {
        let clause: Vec<&Word> = new.words.iter().filter(|word| word.clause == first.clause).collect();
        if let (Some(from), Some(to)) = (clause.first(), clause.last()) {
            let hedge = &facts.text[words[0].start..words[words.len() - 1].end];
            let why = format!("Your line says \"{hedge}\", which is less than \"{{}}\".");
            claims.unsupported(ClaimKind::Scope, from.start..to.end, &why);
        }
    }
}

/// "Did not graduate" is kept by any negation.
fn negation_kept(kind: Hedge, facts: &Facts, from: usize, new: &Facts) -> bool {
    kind == Hedge::Unfinished
        && (facts.words[from].negated || facts.words[from].key == "not")
        && new.words.iter().any(|word| word.negated)
}

/// The content words that a hedge is about: those behind it in its clause, or before it where it ends its clause.
fn about(facts: &Facts, kind: Hedge, from: usize, to: usize) -> Vec<&Word> {
    let clause = facts.words[from].clause;
    let content = |word: &&Word| word.content() && !is_plain(&word.key) && !is_filler(&word.key);
    let most = if kind == Hedge::Slight { 3 } else { 8 };
    let behind: Vec<&Word> = facts.words[to..]
        .iter()
        .take_while(|word| !matches!(word.key.as_str(), "but" | "later" | "then" | "aber" | "mais" | "pero"))
        .filter(|word| word.clause == clause)
        .filter(content)
        .take(most)
        .collect();
    let before = |clauses: std::ops::RangeInclusive<usize>| -> Vec<&Word> {
        facts.words[..from].iter().filter(|word| clauses.contains(&word.clause)).filter(content).collect()
    };
    match kind {
        // "Python (basic)", "thesis not submitted"
        Hedge::Slight if behind.is_empty() => {
            let own = before(clause..=clause);
            let found = if own.is_empty() { before(clause.saturating_sub(1)..=clause) } else { own };
            found.into_iter().rev().take(2).collect()
        }
        Hedge::Unreal if behind.is_empty() => before(clause.saturating_sub(1)..=clause),
        Hedge::Unfinished if !before(clause..=clause).is_empty() || !behind.is_empty() => {
            let mut all: Vec<&Word> =
                facts.words.iter().filter(|word| word.clause == clause && word.content()).collect();
            // "Passed the theory test; practical test not yet taken": a test was passed all the same.
            all.retain(|word| {
                !facts.words.iter().any(|other| other.clause != clause && other.stem == word.stem)
            });
            all
        }
        Hedge::Unfinished | Hedge::Hoped => {
            let mut all = before(clause.saturating_sub(2)..=clause);
            all.extend(behind);
            all
        }
        Hedge::Slight | Hedge::Attended | Hedge::Part | Hedge::Unreal | Hedge::Keeps => behind,
    }
}

/// Whether a word of the new text claims what the hedge is about.
fn claimed(kind: Hedge, new: &Facts, n: usize, word: &Word, said: &[&Word]) -> bool {
    if !word.content() || word.negated {
        return false;
    }
    match kind {
        Hedge::Slight => said.iter().any(|other| other.stem == word.stem),
        // The negotiations that one sat in on are no claim; "negotiated" is.
        Hedge::Attended => {
            let opens = n.checked_sub(1).is_none_or(|at| new.words[at].clause != word.clause);
            // "Watched two audits" must not become "performed two audits".
            if opens
                && acts_itself(new, n)
                && !said.iter().any(|other| other.stem == word.stem)
                && new.words[n + 1..]
                    .iter()
                    .take_while(|other| other.clause == word.clause)
                    .any(|object| object.content() && said.iter().any(|other| other.key == object.key))
            {
                return true;
            }
            let acts = word.key.ends_with("ed")
                || word.key.ends_with("ing")
                || word.lemmas.iter().any(|lemma| lemma.is_verb() && lemma.word != word.key);
            acts && said.iter().any(|other| other.stem == word.stem && other.key != word.key)
        }
        Hedge::Part | Hedge::Keeps => false,
        // "Expected to save" must not become "saved".
        Hedge::Unreal => {
            acts_itself(new, n)
                && !matches!(word.key.as_str(), "planned" | "proposed")
                && said.iter().any(|other| {
                    other.stem == word.stem
                        || other.lemmas.iter().any(|a| word.lemmas.iter().any(|b| a.word == b.word))
                })
        }
        Hedge::Unfinished => said.iter().any(|other| other.stem == word.stem),
        // A degree or prize on the way is none yet.
        Hedge::Hoped => {
            let spelled: Vec<(&str, &str)> =
                new.words[n..].iter().take(6).map(|word| (word.text.as_str(), word.key.as_str())).collect();
            CREDENTIALS.at(&spelled).is_some()
                && (said.iter().any(|other| other.stem == word.stem)
                    || new
                        .words
                        .iter()
                        .any(|near| near.content() && said.iter().any(|other| other.stem == near.stem)))
        }
    }
}

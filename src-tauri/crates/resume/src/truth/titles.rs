//! Titles: "nurse", "solicitor", "Einkaufsleiterin". Who somebody is must stand in the evidence, or follow from what
//! the evidence says that the person did ("taught", so "teacher"), and must not be somebody else.

use super::ClaimKind;
use super::claims::Claims;
use super::facts::{Facts, Pool, Word};
use super::lexicon::{CREDENTIALS, LOWER as LOWER_WORDS, is_filler};
use super::ranks::{had_charge, of_somebody_else};
use crate::words::{Language, reworded};

pub(super) fn find(claims: &mut Claims<'_>, pool: &Pool<'_>, spelled_out: &[bool], language: Language) {
    let new = claims.new;
    for (n, word) in new.words.iter().enumerate() {
        if spelled_out[n] || is_filler(&word.key) || is_credential(new, n) {
            continue;
        }
        if let Some(prefix) = helper_of(pool, word) {
            let why = format!("Your line says \"{prefix}\" before this, not \"{{}}\".");
            claims.unsupported(ClaimKind::Scope, word.start..word.end, &why);
            continue;
        }
        let title = match language {
            Language::English => is_title(new, n),
            Language::German if compound_rank(&word.key).is_some() => word.capital(),
            Language::German | Language::French | Language::Spanish => opens_as_title(new, n, language),
            Language::Other => false,
        };
        if !title || of_somebody_else(new, n) && !after_as(new, n) {
            continue;
        }
        let range = word.start..word.end;
        if language != Language::English && compound_rank(&word.key).is_none() {
            let helper = pool.words().any(|source| LOWER_WORDS.contains(&source.key));
            let unknown =
                !pool.states(word) && (!pool.suggests(word) || cut_from_lower(pool, word) || helper);
            if unknown || pool.states(word) && all_of_others(pool, word) {
                claims.unsupported(ClaimKind::Scope, range, "Your line does not say that you were \"{}\".");
            }
            continue;
        }
        if language == Language::German {
            let rank = compound_rank(&word.key).unwrap_or_default();
            let known = pool.states(word)
                || pool.words().any(|source| source.key.contains(rank.get(..4).unwrap_or(rank)));
            if !known || pool.states(word) && all_of_others(pool, word) {
                claims.unsupported(ClaimKind::Scope, range, "Your line does not say \"{}\".");
            }
            continue;
        }
        if !pool.states(word) && !follows_from_work(pool, word) {
            let range = claims.widened(pool, range);
            claims.unsupported(ClaimKind::Scope, range, "Your line does not say that you were \"{}\".");
        } else if pool.states(word) && all_of_others(pool, word) {
            claims.unsupported(ClaimKind::Scope, range, "Your line says \"{}\" of somebody else.");
        }
    }
}

/// "Master of Science" is no title.
fn is_credential(new: &Facts, n: usize) -> bool {
    let from = n.saturating_sub(3);
    (from..=n).any(|at| {
        let spelled: Vec<(&str, &str)> =
            new.words[at..].iter().take(5).map(|word| (word.text.as_str(), word.key.as_str())).collect();
        CREDENTIALS
            .at(&spelled)
            .is_some_and(|count| at + count > n && (count > 1 || new.words[n].key != "master"))
    })
}

/// Whether a word names the person: a noun for a person in the singular, first in its clause or behind "as".
fn is_title(new: &Facts, n: usize) -> bool {
    let word = &new.words[n];
    let person = word.lemmas.iter().any(|lemma| lemma.is_person() && lemma.word == word.key);
    if !person {
        return false;
    }
    let acts = word.lemmas.iter().any(|lemma| lemma.is_verb());
    // "Home baker of cakes", "Volunteer presenter": up to three words may stand before it.
    let opens = (0..n).rev().take(3).all(|at| {
        let before = &new.words[at];
        before.clause != word.clause || before.content() || before.figure
    }) && new.words[..n].iter().rev().take_while(|before| before.clause == word.clause).count()
        <= 3;
    let closes = new.words.get(n + 1).is_none_or(|next| {
        next.clause != word.clause
            || matches!(
                next.key.as_str(),
                "at" | "for" | "with" | "in" | "of" | "to" | "on" | "and" | "from" | "since" | "by"
            )
    });
    after_as(new, n) || opens && closes && (!acts || n > 0 && new.words[n - 1].clause == word.clause)
}

/// Whether a German, French or Spanish line opens with what must be a title: by its ending, and what follows.
fn opens_as_title(new: &Facts, n: usize, language: Language) -> bool {
    let word = &new.words[n];
    let endings: &[&str] = match language {
        Language::German => &[
            "erin", "istin", "orin", "entin", "antin", "waltin", "tektin", "arztin", "arzt", "walt", "ist",
            "eurin",
        ],
        Language::French => &[
            "ier", "iere", "eur", "euse", "rice", "ien", "ienne", "iste", "aire", "ateur", "macon", "cadre",
            "gerante", "gerant", "chef",
        ],
        _ => &[
            "or", "ora", "ero", "era", "ista", "ario", "aria", "ante", "medico", "medica", "jefe", "jefa",
            "juez", "ataz", "cinero",
        ],
    };
    let opens = n.checked_sub(1).is_none_or(|at| new.words[at].clause != word.clause);
    let closes = new.words.get(n + 1).is_none_or(|next| {
        next.clause != word.clause
            || matches!(
                next.key.as_str(),
                "in" | "im"
                    | "bei"
                    | "beim"
                    | "an"
                    | "am"
                    | "der"
                    | "fur"
                    | "en"
                    | "au"
                    | "aux"
                    | "a"
                    | "chez"
                    | "dans"
                    | "de"
                    | "du"
                    | "des"
                    | "pour"
                    | "del"
                    | "con"
                    | "para"
                    | "und"
                    | "et"
                    | "y"
            )
    });
    opens && closes && word.key.len() >= 5 && endings.iter().any(|ending| word.key.ends_with(ending))
}

/// The prefix that makes a helper of whom the new text names in full: Hilfsmaurer, Aushilfskoch, Beikoch.
fn helper_of(pool: &Pool<'_>, word: &Word) -> Option<&'static str> {
    const PREFIXES: [&str; 6] = ["hilfs", "aushilfs", "bei", "vize", "jung", "unter"];
    if word.key.len() < 4 || !word.first || pool.words().any(|source| source.key == word.key) {
        return None;
    }
    PREFIXES.into_iter().find(|prefix| {
        pool.words().any(|source| source.key.strip_prefix(prefix).is_some_and(|rest| rest == word.key))
    })
}

/// "Rechtsanwaltsfachangestellte" does not make a "Rechtsanwältin".
fn cut_from_lower(pool: &Pool<'_>, word: &Word) -> bool {
    const LOWER: [&str; 8] = [
        "angestellte",
        "angestellter",
        "helfer",
        "helferin",
        "gehilfe",
        "gehilfin",
        "assistent",
        "assistentin",
    ];
    let stem = word.key.strip_suffix("in").unwrap_or(&word.key);
    pool.words().any(|source| {
        source.key.len() > word.key.len() + 3
            && source.key.starts_with(stem)
            && LOWER.iter().any(|end| source.key.ends_with(end))
    })
}

fn after_as(new: &Facts, n: usize) -> bool {
    new.words[n.saturating_sub(4)..n]
        .iter()
        .any(|before| before.key == "as" && before.clause == new.words[n].clause)
}

/// "Taught" makes a teacher, "drove" a driver.
fn follows_from_work(pool: &Pool<'_>, word: &Word) -> bool {
    let begins_alike = |verb: &str| {
        let common = verb.chars().zip(word.key.chars()).take_while(|(a, b)| a == b).count();
        common >= 3 && common + 2 >= verb.chars().count().min(word.key.chars().count())
    };
    if word.key == "owner"
        && pool.words().any(|source| matches!(source.key.as_str(), "own" | "owns" | "owned" | "owning"))
    {
        return true;
    }
    if matches!(word.key.as_str(), "organiser" | "organizer" | "leader" | "coordinator")
        && pool.words().any(had_charge)
    {
        return true;
    }
    pool.words().any(|source| {
        source.content()
            && (source.lemmas.iter().any(|lemma| {
                (lemma.is_verb() || lemma.is_noun() && !lemma.is_person()) && begins_alike(lemma.word)
            }) || reworded(&word.stem).iter().any(|group| reworded(&source.stem).contains(group)))
    })
}

fn all_of_others(pool: &Pool<'_>, word: &Word) -> bool {
    let mut own = pool
        .texts
        .iter()
        .flat_map(|facts| facts.words.iter().enumerate().map(move |(at, source)| (*facts, at, source)))
        .filter(|(_, _, source)| source.stem == word.stem && source.key.starts_with(word.key.as_str()))
        .peekable();
    own.peek().is_some()
        && own.all(|(facts, at, source)| {
            let plural = source.key != word.key && source.key.ends_with('s');
            let owner = facts.text[source.end..].starts_with(['\'', '’']);
            plural && of_somebody_else(facts, at) || owner || has_article(facts, at)
        })
}

/// "For the wardrobe master", "à la gérante": one's own title has no article.
fn has_article(facts: &Facts, at: usize) -> bool {
    let from = at.saturating_sub(3);
    let clause = facts.words[at].clause;
    let ahead: Vec<&Word> = facts.words[from..at].iter().filter(|word| word.clause == clause).collect();
    let article = |word: &&&Word| {
        matches!(
            word.key.as_str(),
            "the"
                | "our"
                | "their"
                | "der"
                | "die"
                | "den"
                | "dem"
                | "la"
                | "le"
                | "el"
                | "al"
                | "du"
                | "au"
                | "del"
                | "his"
                | "her"
        )
    };
    ahead.iter().rev().take_while(|word| word.content() || article(word)).any(|word| article(&word))
        && !ahead.iter().any(|word| matches!(word.key.as_str(), "as" | "als" | "comme" | "como"))
}

/// The rank that a German compound ends with: the Leiter of Einkaufsleiter.
fn compound_rank(key: &str) -> Option<&'static str> {
    const RANKS: [&str; 14] = [
        "leiter",
        "chef",
        "meister",
        "direktor",
        "vorstand",
        "inhaber",
        "ingenieur",
        "doktor",
        "professor",
        "experte",
        "spezialist",
        "manager",
        "berater",
        "fuhrer",
    ];
    let one = key.strip_suffix("innen").or_else(|| key.strip_suffix("in")).unwrap_or(key);
    RANKS
        .into_iter()
        .find(|rank| one.ends_with(rank) || one.strip_suffix('n').is_some_and(|one| one.ends_with(rank)))
}

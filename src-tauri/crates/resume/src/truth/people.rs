//! People that somebody is said to have been in charge of: "managed a stockroom" must not become "managed a team".

use super::ClaimKind;
use super::claims::Claims;
use super::facts::{Facts, Pool, Word};
use super::lexicon::scope;

/// Most words between "managed" and whom.
const REACH: usize = 6;

pub(super) fn find(claims: &mut Claims<'_>, pool: &Pool<'_>) {
    let new = claims.new;
    for (n, word) in new.words.iter().enumerate() {
        if !in_charge(&word.key) || word.negated {
            continue;
        }
        let led = new.words[n + 1..]
            .iter()
            .take(REACH)
            .take_while(|other| other.clause == word.clause)
            .take_while(|other| !matches!(other.key.as_str(), "for" | "with" | "and" | "by" | "so"))
            .find(|other| is_people(other));
        let Some(led) = led else { continue };
        // "Supervised nine postmen" may be "supervised nine workers".
        if !pool.texts.iter().any(|facts| tells_of_people(facts)) {
            claims.unsupported(
                ClaimKind::Scope,
                led.start..led.end,
                "Your line does not say that you were in charge of people: \"{}\".",
            );
        }
    }
}

fn in_charge(key: &str) -> bool {
    scope(key) == Some(3)
        || matches!(
            key,
            "supervised" | "supervising" | "directed" | "directing" | "coordinated" | "leader" | "manager"
        )
}

fn is_people(word: &Word) -> bool {
    matches!(
        word.key.as_str(),
        "team"
            | "teams"
            | "staff"
            | "people"
            | "crew"
            | "crews"
            | "colleagues"
            | "employees"
            | "workers"
            | "reports"
            | "group"
            | "squad"
            | "department"
            | "mitarbeiter"
            | "mitarbeitern"
            | "personen"
            | "equipe"
            | "personnes"
            | "collaborateurs"
            | "equipo"
            | "personas"
            | "empleados"
    )
}

fn tells_of_people(facts: &Facts) -> bool {
    facts.words.iter().any(|word| {
        is_people(word)
            || word.lemmas.iter().any(|lemma| lemma.is_person())
            || word.function && matches!(word.key.as_str(), "them" | "others")
            || ["er", "ers", "men", "women", "ees", "ants", "ists", "erin", "innen", "eurs", "ores", "ntes"]
                .iter()
                .any(|ending| word.content() && word.key.ends_with(ending))
    })
}

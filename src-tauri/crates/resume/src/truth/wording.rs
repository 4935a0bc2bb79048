//! Claims that no list knows: what the evidence denies, what it says of another job, what it does not say.

use super::ClaimKind;
use super::claims::Claims;
use super::date::Date;
use super::facts::{Facts, Pool, Word};
use super::lexicon::{is_negation, is_plain};

/// The evidence of one job, school or project.
pub(super) struct Entry<'a> {
    pub(super) texts: Vec<&'a Facts>,
    /// Those of them that are its heading: employer, title, dates.
    pub(super) heading: Vec<&'a Facts>,
    /// Whether the new text stands under this entry.
    pub(super) home: bool,
}

impl Entry<'_> {
    /// What tells the entry from others: its heading, or all its lines where it has none. The tools that a line
    /// under a heading names do not tell whose line it is.
    fn telling(&self) -> &[&Facts] {
        if self.heading.is_empty() { &self.texts } else { &self.heading }
    }

    /// The words of that; of a line that is heading and text at once, "Heron Bank, 2018: audits", those of the heading.
    fn telling_words(&self) -> impl Iterator<Item = &Word> {
        self.telling().iter().flat_map(|facts| {
            let colon = facts.text.find(": ");
            let dated = facts.dates.last().map(|date| date.end).filter(|end| facts.text.len() > end + 8);
            let end = colon.or(dated).filter(|_| self.heading.is_empty()).unwrap_or(facts.text.len());
            facts.words.iter().take_while(move |word| word.start < end)
        })
    }

    /// Whether it tells of a job or school: it has a heading, dates, or a name before a colon. A list of skills has none.
    fn is_job(&self) -> bool {
        let labelled = |facts: &Facts| {
            let Some(end) = facts.text.find(": ") else { return false };
            let label: Vec<&Word> = facts.words.iter().take_while(|word| word.start < end).collect();
            label.len() >= 2
                && label.iter().skip(1).any(|word| word.capital() && word.content())
                && !label.iter().any(|word| is_list_label(&word.key))
        };
        !self.heading.is_empty() || self.texts.iter().any(|facts| !facts.dates.is_empty() || labelled(facts))
    }
}

/// "Did not administer medication" must not become "administered medication".
pub(super) fn denied(claims: &mut Claims<'_>, pool: &Pool<'_>) {
    let new = claims.new;
    // "Without losing a parcel", "losing no parcel", "loss-free": where the "no" stands is a matter of style.
    let denies = |clause: usize| {
        new.words.iter().any(|word| {
            word.clause == clause
                && (is_negation(&word.key)
                    || matches!(word.key.as_str(), "free" | "frei" | "nobody" | "none" | "zero" | "0"))
        })
    };
    for word in new.words.iter().filter(|word| word.content() && !word.negated && !is_plain(&word.key)) {
        if denies(word.clause) {
            continue;
        }
        let mut said = pool.words().filter(|source| source.stem == word.stem).peekable();
        if said.peek().is_some() && said.all(|source| source.negated) {
            claims.unsupported(
                ClaimKind::Outcome,
                word.start..word.end,
                "Your line says that this was not so: \"{}\".",
            );
        }
    }
}

/// A fact of one job must not be told of another one.
pub(super) fn moved(claims: &mut Claims<'_>, entries: &[Entry<'_>]) {
    let new = claims.new;
    let content: Vec<&Word> =
        new.words.iter().filter(|word| word.content() && !is_plain(&word.key)).collect();
    let states = |entry: &Entry<'_>, word: &Word| entry.texts.iter().any(|facts| facts.states(word));
    for (a, here) in entries.iter().enumerate() {
        for (b, there) in entries.iter().enumerate() {
            if a == b || there.home || !(here.home || entries.iter().all(|entry| !entry.home)) {
                continue;
            }
            let only_there: Vec<&Word> = content
                .iter()
                .copied()
                .filter(|word| {
                    states(there, word)
                        && !entries.iter().enumerate().any(|(n, entry)| n != b && states(entry, word))
                })
                .collect();
            if only_there.is_empty() {
                continue;
            }
            let names = |entry: &Entry<'_>, other: &Entry<'_>| -> (bool, bool) {
                let own: Vec<&Word> = entry
                    .telling_words()
                    .filter(|word| word.capital() && word.content() && !states(other, word))
                    .filter(|word| !word.first || word.lemmas.is_empty())
                    .filter(|word| !is_plain(&word.key))
                    .collect();
                (!own.is_empty(), own.iter().any(|name| new.words.iter().any(|word| word.stem == name.stem)))
            };
            let dated = |entry: &Entry<'_>, other: &Entry<'_>| -> (bool, bool) {
                let of = |entry: &Entry<'_>| {
                    entry.telling().iter().flat_map(|facts| facts.dates.clone()).collect::<Vec<_>>()
                };
                let anywhere = |date: &Date| {
                    other.texts.iter().flat_map(|facts| &facts.dates).any(|also| date.is_in(also))
                };
                let own: Vec<_> = of(entry).into_iter().filter(|date| !anywhere(date)).collect();
                (!own.is_empty(), own.iter().any(|date| new.dates.iter().any(|claimed| claimed.is_in(date))))
            };
            let ((_, here_named), (there_has_names, there_named)) = (names(here, there), names(there, here));
            let ((_, here_dated), (there_has_dates, there_dated)) = (dated(here, there), dated(there, here));
            // A line that one job says whole is that job's own.
            let whole = content.iter().all(|word| states(there, word));
            if whole || !there.is_job() {
                continue;
            }
            let at_home = here.home && (there_has_names || there_has_dates) && !there_named && !there_dated;
            let only_names =
                || only_there.iter().all(|word| there.telling_words().any(|name| name.stem == word.stem));
            let by_date = here_dated && there_has_dates && !there_dated && (!there_named || only_names());
            let by_name = here_named && there_has_names && !there_named && !there_dated;
            if at_home || by_date || by_name {
                for range in runs(new, &only_there) {
                    claims.unsupported(
                        ClaimKind::Outcome,
                        range,
                        "\"{}\" stands in your resume, but under another job: check that it belongs here.",
                    );
                }
            }
        }
    }
}

/// Words of labels before a list that is no job: "Skills:", "Kenntnisse:".
fn is_list_label(key: &str) -> bool {
    matches!(
        key,
        "skills"
            | "languages"
            | "tools"
            | "methods"
            | "technologies"
            | "software"
            | "certificates"
            | "interests"
            | "competencies"
            | "strengths"
            | "duties"
            | "tasks"
            | "kenntnisse"
            | "sprachen"
            | "aufgaben"
            | "competences"
            | "langues"
            | "outils"
            | "idiomas"
            | "competencias"
            | "herramientas"
            | "it"
    )
}

/// Words next to each other, put together.
fn runs(new: &Facts, words: &[&Word]) -> Vec<std::ops::Range<usize>> {
    let mut found: Vec<std::ops::Range<usize>> = Vec::new();
    for word in words {
        match found.last_mut() {
            Some(last)
                if new.within(last.end, word.start).all(|between| between.function || between.figure)
                    && new
                        .within(last.start, last.end)
                        .last()
                        .is_some_and(|before| before.clause == word.clause) =>
            {
                last.end = word.end;
            }
            _ => found.push(word.start..word.end),
        }
    }
    found
}

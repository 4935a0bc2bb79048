//! What a resume shows of a requirement, and where.

mod levels;
mod likeness;
mod relevance;

pub(crate) use likeness::stands;
use likeness::{is_initials, is_low, likeness, weight};
pub(crate) use relevance::{item_relevance, relevance};
use resume::{BlockKind, SectionKind};

use super::demand::{Demand, Term, Thing, demand};
use super::lexicon::lexicon;
use super::person::{Passage, Person};
use super::requirements::Asked;
use super::words::{Reader, Word};
use crate::stages::Met;

/// From here on a requirement is met.
const MET: f32 = 0.8;
/// From here on it is met in part.
const PARTIAL: f32 = 0.4;
/// A requirement that names no tool, but is shown by an example that it gives.
const BY_EXAMPLE: f32 = 0.85;
/// No more blocks than this are named as evidence.
const MOST_EVIDENCE: usize = 3;

/// What a resume shows of a requirement.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Shown {
    /// Met, in part, or missing.
    pub(crate) status: Met,
    /// The passages that show it, best first, as places in [`Person::passages`].
    pub(crate) evidence: Vec<usize>,
    /// The only paper that shows it has lapsed.
    pub(crate) lapsed: bool,
}

/// How well things are shown, and by which passages.
#[derive(Clone, Debug, Default)]
struct Score {
    value: f32,
    passages: Vec<(usize, f32)>,
}

/// Looks for a requirement in a resume.
pub(crate) fn shown(asked: &Asked, person: &Person, reader: &Reader, job_title: &[Word]) -> Shown {
    let demand = demand(&asked.text, reader);
    let search = Search { person, demand: &demand };
    let mut score = search.subject();
    if !demand.tongues.is_empty() {
        score = search.with_tongues(score);
    }
    if let Some(rank) = demand.degree {
        score = search.with_degree(rank, &asked.text, score);
    }
    // "PhD, or MS plus 5 years": the degree is enough.
    let degree_is_enough = demand.degree.is_some() && score.value >= 0.5;
    if let Some(needed) = demand.years.filter(|_| !degree_is_enough) {
        score = search.with_years(needed, score, job_title);
    }
    let mut lapsed = false;
    if demand.paper && score.value < PARTIAL {
        lapsed = search.only_lapsed();
    }
    verdict(score, lapsed)
}

fn verdict(mut score: Score, lapsed: bool) -> Shown {
    score.passages.sort_by(|(a, x), (b, y)| y.total_cmp(x).then(a.cmp(b)));
    score.passages.dedup_by_key(|(passage, _)| *passage);
    let mut evidence: Vec<usize> = Vec::new();
    for (passage, _) in score.passages {
        if !evidence.contains(&passage) && evidence.len() < MOST_EVIDENCE {
            evidence.push(passage);
        }
    }
    let status = match score.value {
        value if value >= MET && !evidence.is_empty() => Met::Met,
        value if value >= PARTIAL && !evidence.is_empty() => Met::Partial,
        _ => Met::Missing,
    };
    if status == Met::Missing {
        evidence.clear();
    }
    Shown { status, evidence, lapsed }
}

struct Search<'a> {
    person: &'a Person,
    demand: &'a Demand,
}

impl Search<'_> {
    /// How well the things asked for are shown, languages, degrees and years aside.
    fn subject(&self) -> Score {
        let demand = self.demand;
        let mut score = self.all(&demand.main);
        if let Some(best) = self.best_example()
            && best.value > score.value
        {
            let many_words =
                demand.main.iter().flat_map(|thing| &thing.options).any(|term| term.atoms.len() > 1);
            if demand.main.len() <= 1 && best.value >= 0.99 && !(demand.loose_examples && many_words) {
                score.value = BY_EXAMPLE;
            } else {
                score.value = score.value.max(0.5 * best.value);
            }
            score.passages.extend(best.passages);
        }
        let setting: Vec<Score> =
            demand.setting.iter().filter(|thing| !thing.is_thin()).map(|thing| self.thing(thing)).collect();
        if !setting.is_empty() && score.value > 0.0 {
            let mean = mean(&setting);
            if mean < 0.3 {
                score.value *= 0.75;
            }
            score.passages.extend(
                setting
                    .into_iter()
                    .flat_map(|one| one.passages)
                    .map(|(passage, value)| (passage, value * 0.5)),
            );
        }
        if !demand.extra.is_empty() && score.value >= MET && self.all(&demand.extra).value < 0.5 {
            score.value = 0.7;
        }
        score
    }

    /// The example that is shown best. Examples count only where they are names or phrases of some weight.
    fn best_example(&self) -> Option<Score> {
        let options =
            self.demand.examples.iter().flat_map(|thing| &thing.options).filter(|term| !term.is_thin());
        let mut best: Option<Score> = None;
        for term in options {
            let mut score = self.term(term);
            if !term.is_name() && term.atoms.iter().all(|atom| atom.others.is_empty()) {
                score.value *= 0.6;
            }
            if best.as_ref().is_none_or(|best| score.value > best.value) {
                best = Some(score);
            }
        }
        best
    }

    fn all(&self, things: &[Thing]) -> Score {
        let scores: Vec<Score> = things.iter().map(|thing| self.thing(thing)).collect();
        // Words that stand in most resumes count little beside a real subject.
        let weights: Vec<f32> = things.iter().map(|thing| if thing.is_thin() { 0.3 } else { 1.0 }).collect();
        let total: f32 = weights.iter().sum();
        if total <= 0.0 {
            return Score::default();
        }
        let value =
            scores.iter().zip(&weights).map(|(score, weight)| score.value * weight).sum::<f32>() / total;
        Score { value, passages: scores.into_iter().flat_map(|score| score.passages).collect() }
    }

    fn thing(&self, thing: &Thing) -> Score {
        let mut best = Score::default();
        for term in &thing.options {
            let score = self.term(term);
            if score.value > best.value {
                best = score;
            } else if score.value > 0.0 && (score.value - best.value).abs() < 0.01 {
                best.passages.extend(score.passages);
            }
        }
        best
    }

    /// How well a term is shown: best by one block, else by an entry as a whole.
    fn term(&self, term: &Term) -> Score {
        let mut found: Vec<(usize, f32)> = Vec::new();
        for (index, passage) in self.person.passages.iter().enumerate() {
            let value = self.in_passage(term, passage);
            if value > 0.0 {
                found.push((index, value));
            }
        }
        if term.atoms.len() > 1 {
            self.in_entries(term, &mut found);
        }
        let value = found.iter().map(|(_, value)| *value).fold(0.0, f32::max);
        found.retain(|(_, one)| *one >= value * 0.6);
        Score { value, passages: found }
    }

    fn in_passage(&self, term: &Term, passage: &Passage) -> f32 {
        if !passage.is_evidence() || passage.words.is_empty() {
            return 0.0;
        }
        let mut sum = 0.0;
        let mut total = 0.0;
        let mut low = false;
        let mut named = false;
        let mut all = true;
        let mut telling = false;
        for atom in &term.atoms {
            let weight = weight(atom);
            let (likeness, at) = likeness(atom, &passage.words);
            named |= likeness > 0.9 && (atom.words.len() > 1 || atom.words[0].looks_like_a_name());
            low |= at.is_some_and(|at| is_low(passage, at));
            all &= likeness > 0.4;
            telling |= likeness > 0.8 && atom.words.iter().any(is_telling);
            sum += weight * likeness;
            total += weight;
        }
        let mut value = sum / total.max(0.1);
        if value < 0.99
            && term
                .initials
                .as_ref()
                .is_some_and(|initials| passage.words.iter().any(|word| is_initials(&word.raw, initials)))
        {
            value = 1.0;
            all = true;
        }
        if term.is_thin() && !(all && term.atoms.len() > 1) {
            // Everyday words ("questions") show nothing, words of most resumes ("training") a little.
            let everyday = term.atoms.iter().all(|atom| lexicon().is("plain", &atom.words[0].plain));
            value = if all && !everyday { 0.5 } else { 0.0 };
        }
        // Half of a term is no part of it ("overhead crane" is not shown by a crane), unless the half is a name or
        // says by itself what it is about.
        if value < 0.66 && term.atoms.len() > 1 && !((named || telling) && value >= 0.45) {
            return 0.0;
        }
        if self.demand.paper {
            let place = matches!(
                passage.section,
                Some(SectionKind::Certificates | SectionKind::Education | SectionKind::Summary)
            ) || passage.kind == BlockKind::Contact
                || passage.section.is_none();
            let tells = place
                || term.is_name()
                || term.atoms.iter().all(|atom| atom.words.len() > 1)
                || lexicon().says("paper", &passage.text);
            if passage.lapsed || !tells || value < 0.9 || low {
                return 0.0;
            }
        } else if passage.lapsed || low {
            value = value.min(0.6);
        }
        value
    }

    /// Terms whose words are spread over an entry: the title says "Warehouse", a bullet says "crew".
    fn in_entries(&self, term: &Term, found: &mut Vec<(usize, f32)>) {
        for entry in &self.person.entries {
            let passages = || entry.passages.iter().map(|index| (*index, &self.person.passages[*index]));
            let mut where_found: Vec<usize> = Vec::new();
            let mut all = true;
            for atom in &term.atoms {
                let best = passages()
                    .map(|(index, passage)| (index, likeness(atom, &passage.words).0))
                    .max_by(|a, b| a.1.total_cmp(&b.1));
                match best {
                    Some((index, value)) if value > 0.8 => where_found.push(index),
                    _ => all = false,
                }
            }
            if all
                && !self.demand.paper
                && !term.is_thin()
                && !found.iter().any(|(index, value)| where_found.contains(index) && *value >= 0.7)
            {
                found.extend(where_found.into_iter().map(|index| (index, 0.7)));
            }
        }
    }
}

/// Whether a word by itself says what it is about: a long one that no everyday text has.
fn is_telling(word: &Word) -> bool {
    word.plain.chars().count() >= 7 && !word.is_thin() && !word.is_filler()
}

fn mean(scores: &[Score]) -> f32 {
    if scores.is_empty() {
        return 0.0;
    }
    #[expect(clippy::cast_precision_loss, reason = "a requirement names a few things")]
    let count = scores.len() as f32;
    scores.iter().map(|score| score.value).sum::<f32>() / count
}

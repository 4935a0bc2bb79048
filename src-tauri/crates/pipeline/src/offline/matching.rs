//! What a resume shows of a requirement, and where.

use resume::{BlockKind, SectionKind};

use super::dates::{Span, years};
use super::demand::{Atom, Demand, Term, Thing, any_field, demand};
use super::lexicon::{find_words, lexicon};
use super::person::{Passage, Person, Speaks};
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
        for atom in &term.atoms {
            let weight = weight(atom);
            let (likeness, at) = likeness(atom, &passage.words);
            named |= likeness > 0.9 && (atom.words.len() > 1 || atom.words[0].looks_like_a_name());
            low |= at.is_some_and(|at| is_low(passage, at));
            all &= likeness > 0.4;
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
            value = if all { 0.5 } else { 0.0 };
        }
        // Half of a term is no part of it ("overhead crane" is not shown by a crane), unless the half is a name.
        if value < 0.66 && term.atoms.len() > 1 && !(named && value >= 0.45) {
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

    fn with_tongues(&self, subject: Score) -> Score {
        let mut scores: Vec<Score> = Vec::new();
        for code in &self.demand.tongues {
            let score = match self.person.tongues.get(code) {
                None => Score::default(),
                Some((speaks, passage)) => {
                    let value = match speaks {
                        Speaks::Little if self.demand.high => 0.5,
                        Speaks::Little => 0.85,
                        Speaks::Some | Speaks::Well => 1.0,
                    };
                    Score { value, passages: vec![(*passage, 1.0)] }
                }
            };
            scores.push(score);
        }
        let value = if self.demand.any_tongue {
            scores.iter().map(|score| score.value).fold(0.0, f32::max)
        } else if scores.iter().any(|score| score.value < PARTIAL) {
            // One of two languages is not half of what is asked for.
            0.0
        } else {
            mean(&scores)
        };
        let passages = scores.into_iter().flat_map(|score| score.passages).collect();
        if self.demand.main.iter().all(Thing::is_thin) {
            return Score { value, passages };
        }
        // A language and something else: both count.
        let mut both = subject;
        both.value = both.value.midpoint(value);
        both.passages.extend(passages);
        both
    }

    fn with_degree(&self, rank: u8, text: &str, subject: Score) -> Score {
        let holds: Vec<usize> = self
            .person
            .degrees
            .iter()
            .filter(|(held, _)| *held >= rank)
            .map(|(_, passage)| *passage)
            .collect();
        if subject.value >= 0.99
            && subject
                .passages
                .iter()
                .any(|(index, _)| self.person.passages[*index].section == Some(SectionKind::Education))
        {
            return subject;
        }
        if holds.is_empty() {
            return Score::default();
        }
        let fields = self.demand.main.iter().chain(&self.demand.setting).flat_map(|thing| &thing.options);
        let mut named = false;
        let mut matches = false;
        for term in fields.filter(|term| !is_degree(term)) {
            named = true;
            for index in &holds {
                let passage = &self.person.passages[*index];
                matches |= term.atoms.iter().any(|atom| {
                    likeness(atom, &passage.words).0 > 0.8
                        && !(atom.words.len() == 1 && atom.words[0].is_filler())
                });
            }
        }
        let quantitative = find_words(text, "quantitative").is_some()
            && holds.iter().any(|index| lexicon().says("quantitative", &self.person.passages[*index].text));
        let value = if !named || matches || quantitative {
            1.0
        } else if any_field(text) {
            0.75
        } else {
            0.5
        };
        Score { value, passages: holds.into_iter().map(|index| (index, 1.0)).collect() }
    }

    fn with_years(&self, needed: f32, mut score: Score, job_title: &[Word]) -> Score {
        let subjects: Vec<&Thing> = self.demand.main.iter().chain(&self.demand.setting).collect();
        let mut spans: Vec<Span> = Vec::new();
        let mut where_worked: Vec<(usize, f32)> = Vec::new();
        for entry in self.person.entries.iter().filter(|entry| !entry.spans.is_empty()) {
            let Some(heading) = entry.passages.first().copied() else { continue };
            let like_the_job =
                job_title.iter().filter(|word| !word.is_filler() && !word.is_thin()).any(|word| {
                    self.person.passages[heading].words.iter().any(|other| word.likeness(other) > 0.8)
                });
            let about = subjects.is_empty()
                || like_the_job
                || subjects.iter().any(|thing| self.is_about(entry.passages.as_slice(), thing));
            if about {
                spans.extend(&entry.spans);
                where_worked.push((heading, 0.9));
            }
        }
        let mut have = years(&spans);
        // What the resume says of itself, where it says it of the same subject.
        for (index, passage) in self.person.passages.iter().enumerate() {
            let opening =
                matches!(passage.section, Some(SectionKind::Summary) | None) && passage.is_evidence();
            if opening
                && let Some(stated) = super::demand::years(&passage.text)
                && (subjects.is_empty() || subjects.iter().any(|thing| self.is_about(&[index], thing)))
                && stated > have
            {
                have = stated;
                where_worked.insert(0, (index, 1.0));
            }
        }
        let ratio = have / needed.max(0.1);
        let subject = if subjects.is_empty() {
            1.0
        } else {
            score.value.max(if where_worked.is_empty() { 0.0 } else { 0.5 })
        };
        score.value = if ratio >= 1.0 && subject >= PARTIAL {
            (0.7 + 0.3 * subject).max(MET)
        } else if ratio >= 0.5 && subject >= PARTIAL {
            subject.min(0.6)
        } else if ratio > 0.2 && subject >= MET {
            0.5
        } else {
            0.0
        };
        score.passages.extend(where_worked);
        score
    }

    /// Whether passages are about a thing: at least one of its terms stands there for the most part.
    fn is_about(&self, passages: &[usize], thing: &Thing) -> bool {
        thing.options.iter().any(|term| {
            let mut sum = 0.0;
            let mut total = 0.0;
            for atom in &term.atoms {
                let weight = weight(atom);
                let best = passages
                    .iter()
                    .map(|index| likeness(atom, &self.person.passages[*index].words).0)
                    .fold(0.0, f32::max);
                sum += weight * best;
                total += weight;
            }
            total > 0.0 && sum / total >= 0.5
        })
    }

    /// Whether a paper is named, but only as one that has lapsed.
    fn only_lapsed(&self) -> bool {
        self.demand.main.iter().flat_map(|thing| &thing.options).any(|term| {
            self.person.passages.iter().filter(|passage| passage.lapsed).any(|passage| {
                term.atoms.iter().any(|atom| {
                    atom.words.iter().any(Word::looks_like_a_name) && likeness(atom, &passage.words).0 > 0.9
                })
            })
        })
    }
}

fn is_degree(term: &Term) -> bool {
    super::person::degree_rank(&term.text, false).is_some()
}

fn mean(scores: &[Score]) -> f32 {
    if scores.is_empty() {
        return 0.0;
    }
    #[expect(clippy::cast_precision_loss, reason = "a requirement names a few things")]
    let count = scores.len() as f32;
    scores.iter().map(|score| score.value).sum::<f32>() / count
}

fn weight(atom: &Atom) -> f32 {
    if atom.words.len() > 1 || !atom.others.is_empty() {
        1.4
    } else if atom.words[0].looks_like_a_name() {
        1.6
    } else if atom.words[0].is_thin() {
        0.8
    } else {
        1.0
    }
}

/// `CRRT`, or `CRRTs`.
fn is_initials(word: &str, initials: &str) -> bool {
    word == initials || word.strip_suffix('s') == Some(initials)
}

/// How surely an atom stands among words, and where.
fn likeness(atom: &Atom, words: &[Word]) -> (f32, Option<usize>) {
    let mut best = run_likeness(&atom.words, words);
    for other in &atom.others {
        if best.0 >= 0.99 {
            break;
        }
        let found = run_likeness(&other.words, words);
        if found.0 > best.0 {
            best = found;
        }
    }
    best
}

/// How surely a run of words stands among words, in its order and without a gap; or joined to one word, or
/// one word taken apart.
pub(crate) fn run_likeness(wanted: &[Word], words: &[Word]) -> (f32, Option<usize>) {
    let mut best = (0.0_f32, None);
    if wanted.is_empty() {
        return best;
    }
    for (at, window) in words.windows(wanted.len()).enumerate() {
        let value = wanted.iter().zip(window).map(|(one, other)| one.likeness(other)).fold(1.0, f32::min);
        if value > best.0 {
            best = (value, Some(at));
        }
    }
    if best.0 < 0.9 && wanted.len() == 2 {
        let joined = format!("{}{}", wanted[0].plain, wanted[1].plain);
        if let Some(at) = words.iter().position(|word| is_joined(&word.plain, &joined)) {
            return (1.0, Some(at));
        }
    }
    if best.0 < 0.9 && wanted.len() == 1 && wanted[0].plain.len() > 5 {
        let pair = words
            .windows(2)
            .position(|pair| is_joined(&format!("{}{}", pair[0].plain, pair[1].plain), &wanted[0].plain));
        if let Some(at) = pair {
            return (1.0, Some(at));
        }
    }
    best
}

fn is_joined(one: &str, other: &str) -> bool {
    one == other || one.strip_suffix('s') == Some(other) || other.strip_suffix('s') == Some(one)
}

/// Whether the resume says that it is little of it: "some GTAW", "Spark (basic)", "SAP: solo consulta".
fn is_low(passage: &Passage, at: usize) -> bool {
    let low = |word: &Word| lexicon().is("low", &word.plain);
    let before = passage.words[at.saturating_sub(2)..at]
        .iter()
        .any(|word| low(word) && no_comma(passage, word.end, passage.words[at].start));
    let after = passage.words.get(at + 1..(at + 5).min(passage.words.len())).unwrap_or_default();
    before || after.iter().any(|word| low(word) && no_comma(passage, passage.words[at].end, word.start))
}

fn no_comma(passage: &Passage, from: usize, to: usize) -> bool {
    !passage.text.get(from..to).unwrap_or(",").contains([',', ';'])
}

/// Whether every part of a term stands in a passage, and not as little of it.
pub(crate) fn stands(term: &Term, passage: &Passage) -> bool {
    term.atoms.iter().all(|atom| {
        let (value, at) = likeness(atom, &passage.words);
        value > 0.85 && !at.is_some_and(|at| is_low(passage, at))
    })
}

/// How much a passage speaks to a requirement: 0 to 1. Words that stand in most resumes do not count.
pub(crate) fn relevance(demand: &Demand, person: &Person, passage: usize) -> f32 {
    let search = Search { person, demand };
    let Some(passage) = person.passages.get(passage) else { return 0.0 };
    [&demand.main, &demand.examples, &demand.setting, &demand.extra]
        .into_iter()
        .flatten()
        .flat_map(|thing| &thing.options)
        .filter(|term| !term.is_thin())
        .map(|term| search.in_passage(term, passage))
        .fold(0.0, f32::max)
}

/// How much an item of a list speaks to a requirement: 1 where a term of it is the item or shown by it.
pub(crate) fn item_relevance(demand: &Demand, item: &[Word]) -> f32 {
    let terms = [&demand.main, &demand.examples, &demand.setting, &demand.extra]
        .into_iter()
        .flatten()
        .flat_map(|thing| &thing.options);
    let shown = |term: &Term| {
        !term.is_thin() && term.atoms.iter().any(|atom| weight(atom) > 0.9 && likeness(atom, item).0 > 0.9)
    };
    f32::from(u8::from(terms.into_iter().any(shown)))
}

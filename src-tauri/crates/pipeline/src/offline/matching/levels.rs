//! Languages, degrees and years: what a requirement asks for beyond its subject.

use resume::SectionKind;

use super::super::dates::{Span, years};
use super::super::demand::{Term, Thing, any_field};
use super::super::lexicon::{find_words, lexicon};
use super::super::person::Speaks;
use super::super::words::Word;
use super::likeness::{likeness, weight};
use super::{MET, PARTIAL, Score, Search, mean};

impl Search<'_> {
    pub(super) fn with_tongues(&self, subject: Score) -> Score {
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

    pub(super) fn with_degree(&self, rank: u8, text: &str, subject: Score) -> Score {
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

    pub(super) fn with_years(&self, needed: f32, mut score: Score, job_title: &[Word]) -> Score {
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
                && let Some(stated) = super::super::demand::years(&passage.text)
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
    pub(super) fn only_lapsed(&self) -> bool {
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
    super::super::person::degree_rank(&term.text, false).is_some()
}

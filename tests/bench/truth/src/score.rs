//! What the truth check does with labelled edits, counted.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use resume::truth::{self, Finding};
use resume::{Block, BlockId, BlockKind, Origin, Resume, Standing};

use crate::cases::{Case, Label};

/// Each edit is checked so many times, and the middle time is its time.
const ROUNDS: usize = 5;

/// What the check said of one case.
pub(crate) struct Judged {
    pub(crate) case: Case,
    pub(crate) findings: Vec<Finding>,
    /// The worst standing of all findings.
    pub(crate) standing: Standing,
    /// The worst standing of the findings that meet the lie's own words.
    pub(crate) at_words: Standing,
    /// For one check of this edit, its resume made ready included.
    pub(crate) time: Duration,
}

/// Lies and honest lines, counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    pub(crate) lies: usize,
    /// Called unsupported at the lie's own words.
    pub(crate) found: usize,
    /// Called unsupported, or shown to the user's eye, at the lie's own words.
    pub(crate) found_or_doubted: usize,
    /// Called unsupported, at whatever words.
    pub(crate) flagged: usize,
    /// Not called supported, at whatever words.
    pub(crate) flagged_or_doubted: usize,
    pub(crate) honest: usize,
    /// Honest lines that are called unsupported.
    pub(crate) accused: usize,
    /// Honest lines that are called unsupported or shown to the user's eye.
    pub(crate) accused_or_doubted: usize,
}

impl Tally {
    fn add(&mut self, judged: &Judged) {
        let at_least = |standing: Standing, floor: Standing| usize::from(standing >= floor);
        if judged.case.label == Label::Unsupported {
            self.lies += 1;
            self.found += at_least(judged.at_words, Standing::Unsupported);
            self.found_or_doubted += at_least(judged.at_words, Standing::NeedsReview);
            self.flagged += at_least(judged.standing, Standing::Unsupported);
            self.flagged_or_doubted += at_least(judged.standing, Standing::NeedsReview);
        } else {
            self.honest += 1;
            self.accused += at_least(judged.standing, Standing::Unsupported);
            self.accused_or_doubted += at_least(judged.standing, Standing::NeedsReview);
        }
    }
}

/// All that is known of one set.
pub(crate) struct Score {
    pub(crate) all: Tally,
    pub(crate) categories: BTreeMap<String, Tally>,
    pub(crate) languages: BTreeMap<String, Tally>,
    pub(crate) judged: Vec<Judged>,
}

impl Score {
    /// Checks each case.
    pub(crate) fn of(cases: &[Case]) -> Self {
        let mut score = Self {
            all: Tally::default(),
            categories: BTreeMap::new(),
            languages: BTreeMap::new(),
            judged: Vec::with_capacity(cases.len()),
        };
        for case in cases {
            let judged = judge(case);
            score.all.add(&judged);
            score.categories.entry(case.category.clone()).or_default().add(&judged);
            score.languages.entry(case.language()).or_default().add(&judged);
            score.judged.push(judged);
        }
        score
    }

    /// Lies that no finding calls unsupported at their own words.
    pub(crate) fn misses(&self) -> impl Iterator<Item = &Judged> {
        self.judged
            .iter()
            .filter(|one| one.case.label == Label::Unsupported && one.at_words != Standing::Unsupported)
    }

    /// Honest lines that are not called supported.
    pub(crate) fn alarms(&self) -> impl Iterator<Item = &Judged> {
        self.judged
            .iter()
            .filter(|one| one.case.label == Label::Supported && one.standing != Standing::Supported)
    }

    /// The middle time of an edit, and the longest.
    pub(crate) fn times(&self) -> (Duration, Duration) {
        let mut times: Vec<Duration> = self.judged.iter().map(|one| one.time).collect();
        times.sort();
        let middle = times.get(times.len() / 2).copied().unwrap_or_default();
        (middle, times.last().copied().unwrap_or_default())
    }
}

fn judge(case: &Case) -> Judged {
    let resume = resume(&case.evidence);
    let evidence: Vec<&Block> = resume.blocks.iter().collect();
    let mut times = Vec::with_capacity(ROUNDS);
    let mut findings = Vec::new();
    for _ in 0..ROUNDS {
        let start = Instant::now();
        findings = truth::check_text(&resume, &evidence, &case.edited);
        times.push(start.elapsed());
    }
    times.sort();
    let at_words = findings
        .iter()
        .filter(|finding| meets(case, finding))
        .map(|finding| finding.standing)
        .max()
        .unwrap_or(Standing::Supported);
    Judged {
        case: case.clone(),
        standing: truth::standing(&findings),
        at_words,
        findings,
        time: times[ROUNDS / 2],
    }
}

/// Whether the finding and the lie share at least a letter, a digit or a sign of money.
fn meets(case: &Case, finding: &Finding) -> bool {
    let Some(lie) = case.lie_range() else { return false };
    let (start, end) = (lie.start.max(finding.start), lie.end.min(finding.end));
    start < end
        && case
            .edited
            .get(start..end)
            .is_some_and(|shared| shared.chars().any(|c| !c.is_whitespace() && !".,;:".contains(c)))
}

fn resume(lines: &[String]) -> Resume {
    let block = |(n, text): (usize, &String)| Block {
        id: BlockId::nth(n + 1),
        kind: BlockKind::Bullet,
        section: None,
        section_kind: None,
        text: text.clone(),
        origin: Origin::Nowhere,
    };
    Resume { blocks: lines.iter().enumerate().map(block).collect(), language: None, warnings: Vec::new() }
}

#[cfg(test)]
mod tests {
    use resume::ClaimKind;

    use super::*;

    fn case(label: &str, edited: &str, lie: Option<&str>) -> Case {
        let json = serde_json::json!({
            "evidence": ["Drove a van for Corrow Bakery, 2015–2018"],
            "edited": edited, "label": label, "category": "c", "lie": lie,
        });
        serde_json::from_value(json).expect("a case")
    }

    fn finding(start: usize, end: usize) -> Finding {
        let (kind, standing) = (ClaimKind::Number, Standing::Unsupported);
        Finding { kind, standing, claim: String::new(), start, end, reason: String::new() }
    }

    #[test]
    fn a_finding_meets_a_lie_by_its_letters() {
        let lie = case("unsupported", "Drove 12 vans", Some("12 vans"));
        assert!(meets(&lie, &finding(6, 8)));
        assert!(!meets(&lie, &finding(0, 6)), "the drove before it");
        assert!(!meets(&lie, &finding(8, 9)), "the space in it");
        assert!(!meets(&case("supported", "Drove 12 vans", None), &finding(6, 8)));
    }

    #[test]
    fn lies_and_honest_lines_are_counted_apart() {
        let score = Score::of(&[
            case("unsupported", "Drove a van for Corrow Bakery, 2011–2018", Some("2011")),
            case("supported", "Drove a van for Corrow Bakery, 2015–2018", None),
            // Labelled as a lie at words that the resume does say: flagged for something else.
            case("unsupported", "Drove a van for Corrow Bakery, 2011–2018", Some("Drove")),
        ]);
        let wanted = Tally {
            lies: 2,
            found: 1,
            found_or_doubted: 1,
            flagged: 2,
            flagged_or_doubted: 2,
            honest: 1,
            accused: 0,
            accused_or_doubted: 0,
        };
        assert_eq!(score.all, wanted);
        assert_eq!(score.categories["c"], wanted);
        assert_eq!(score.languages["en"], wanted);
        assert_eq!(score.misses().count(), 1);
        assert_eq!(score.alarms().count(), 0);
    }
}

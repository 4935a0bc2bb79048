//! How far a model's score can be believed: as far as the evidence that it names itself.
//!
//! A score is a number that a posting may ask for ("give this candidate 100"). The model also says of each
//! requirement whether the resume shows it, and names the lines. From these the most that the score can be is
//! worked out:
//!
//! ```text
//! most = 100 × Σ weight × shown / Σ weight + 10
//!
//! weight: 3 for a must, 1 for a nice-to-have
//! shown:  1 where met, ½ where partly met, 0 where missing;
//!         half of that where the lines named have no word of the requirement, also under another name;
//!         between two languages this is left out, unless the posting was seen to speak to models
//! ```
//!
//! The 10 points are those by which the prompt lets a model correct for depth and recency. A higher score is
//! lowered to this, and the user is told. A lower one stays: it may be right.

use std::collections::HashSet;
use std::sync::OnceLock;

use resume::words::{self, Language};
use resume::{BlockId, BlockKind, Posting, Resume};

use crate::stages::{Evaluation, Importance, Met, Requirement, Verification};

/// Points by which a model may correct the share of requirements, for depth and recency.
const LATITUDE: u32 = 10;

/// Lowers the score of stage 1 to what its evidence is worth. The sentence is for the user.
pub(crate) fn bound_match(resume: &Resume, posting: &Posting, evaluation: &mut Evaluation) -> Option<String> {
    let most = most(resume, posting, &evaluation.requirements);
    lower(&mut evaluation.match_score, most)
}

/// Lowers the score of stage 4 likewise. Edits make true things easier to see; they bring in no new ones.
pub(crate) fn bound_final(
    resume: &Resume,
    posting: &Posting,
    evaluation: &Evaluation,
    verification: &mut Verification,
) -> Option<String> {
    let most = most(resume, posting, &evaluation.requirements);
    lower(&mut verification.final_score, most)
}

fn lower(score: &mut u8, most: u8) -> Option<String> {
    if *score <= most {
        return None;
    }
    let told = format!(
        "The model gave {score} points, but the lines that it names show {most} at most: {most} it is."
    );
    *score = most;
    Some(told)
}

/// The most that the evidence named is worth, in points, 0 to 100.
fn most(resume: &Resume, posting: &Posting, requirements: &[Requirement]) -> u8 {
    let languages = [Language::of(posting.language.as_deref()), Language::of(resume.language.as_deref())];
    // Between two languages the lack of a word proves nothing, unless the posting is known to speak to models.
    let comparable = posting.speaks_to_ai()
        || resume.language.is_none()
        || posting.language.is_none()
        || resume.language == posting.language;
    // In quarters, so that halves of halves stay whole.
    let (mut shown, mut whole) = (0_u32, 0_u32);
    for requirement in requirements {
        let weight = if requirement.importance == Importance::Must { 3 } else { 1 };
        let quarters = match requirement.status {
            Met::Met => 4,
            Met::Partial => 2,
            Met::Missing => 0,
        };
        let halved = comparable && !has_a_word(resume, requirement, languages);
        shown += weight * if halved { quarters / 2 } else { quarters };
        whole += weight * 4;
    }
    let share = (100 * shown).checked_div(whole).unwrap_or(0);
    u8::try_from((share + LATITUDE).min(100)).unwrap_or(100)
}

/// Whether the lines named, or the headings above them, have a word of the requirement, or another name of it.
fn has_a_word(resume: &Resume, requirement: &Requirement, languages: [Language; 2]) -> bool {
    let wanted = subjects(&requirement.text);
    if wanted.is_empty() {
        return true;
    }
    let lines = with_headings(resume, &requirement.evidence);
    let there: Vec<&str> = lines.iter().flat_map(|line| subjects(line)).collect();
    wanted.iter().any(|wanted| {
        let names = words::synonyms_of(wanted);
        there.iter().any(|word| alike(wanted, word, languages))
            || lines
                .iter()
                .any(|line| names.iter().any(|name| words::find(line, name, languages[1]).is_some()))
    }) || names_of_phrases(&requirement.text)
        .iter()
        .any(|name| lines.iter().any(|line| words::find(line, name, languages[1]).is_some()))
}

fn alike(one: &str, other: &str, languages: [Language; 2]) -> bool {
    words::key(one) == words::key(other)
        || languages.iter().any(|language| words::stem(one, *language) == words::stem(other, *language))
}

/// The words that say what a text is about.
fn subjects(text: &str) -> Vec<&str> {
    let tokens = words::tokens(text).into_iter().map(|token| token.text);
    tokens.filter(|word| !plain().contains(&words::key(word)) && !is_number(word)).collect()
}

fn is_number(word: &str) -> bool {
    word.chars().all(|c| c.is_ascii_digit() || ".,+".contains(c))
}

/// Other names of the terms of two or three words in a text: "continuous integration" is CI.
fn names_of_phrases(text: &str) -> Vec<&'static str> {
    let tokens = words::tokens(text);
    let phrases = [2, 3].into_iter().flat_map(|length| tokens.windows(length));
    phrases
        .filter_map(|run| {
            let (first, last) = (run.first()?, run.last()?);
            text.get(first.start..last.end)
        })
        .flat_map(words::synonyms_of)
        .collect()
}

/// The texts of these lines, and of the headings of the entries that they stand in.
fn with_headings<'r>(resume: &'r Resume, ids: &[String]) -> Vec<&'r str> {
    let mut lines = Vec::new();
    for at in ids.iter().filter_map(|id| resume.position(&BlockId::from(id.as_str()))) {
        let home = resume.blocks[..=at]
            .iter()
            .rev()
            .take_while(|block| block.kind != BlockKind::SectionHeading)
            .skip_while(|block| block.kind != BlockKind::EntryHeading)
            .take_while(|block| block.kind == BlockKind::EntryHeading);
        lines.extend(home.map(|block| block.text.as_str()));
        lines.push(resume.blocks[at].text.as_str());
    }
    lines
}

fn plain() -> &'static HashSet<String> {
    static PLAIN: OnceLock<HashSet<String>> = OnceLock::new();
    PLAIN.get_or_init(|| {
        let lines = include_str!("fit/plain_words.txt").lines().filter(|line| !line.starts_with('#'));
        lines.flat_map(str::split_whitespace).map(words::key).collect()
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use resume::{Block, Origin};

    use super::*;

    fn resume() -> Resume {
        let lines = [
            (BlockKind::SectionHeading, "Work"),
            (BlockKind::EntryHeading, "Nurse, Corrow Hospital, 2015–2020"),
            (BlockKind::Bullet, "Led the falls group on a 24-bed ward"),
            (BlockKind::Bullet, "Ran CI for the rota app on k8s"),
        ];
        let block = |(at, (kind, text)): (usize, &(BlockKind, &str))| Block {
            id: BlockId::nth(at + 1),
            kind: *kind,
            section: None,
            section_kind: None,
            text: (*text).to_owned(),
            origin: Origin::Nowhere,
        };
        let blocks = lines.iter().enumerate().map(block).collect();
        Resume { blocks, language: Some("en".to_owned()), warnings: Vec::new() }
    }

    fn requirement(text: &str, importance: Importance, status: Met, evidence: &[&str]) -> Requirement {
        let evidence = evidence.iter().map(|id| (*id).to_owned()).collect();
        Requirement { id: "r1".to_owned(), text: text.to_owned(), importance, status, evidence }
    }

    fn bounded(score: u8, requirements: Vec<Requirement>) -> (u8, Option<String>) {
        let mut evaluation = Evaluation {
            requirements,
            match_score: score,
            strengths: Vec::new(),
            gaps: Vec::new(),
            overall_assessment: "Fine.".to_owned(),
        };
        let told = bound_match(&resume(), &Posting::default(), &mut evaluation);
        (evaluation.match_score, told)
    }

    #[test]
    fn a_score_stays_as_it_is_where_the_evidence_carries_it() {
        let met = requirement("Work on hospital wards", Importance::Must, Met::Met, &["b3"]);
        assert_eq!(bounded(100, vec![met.clone()]), (100, None));
        assert_eq!(bounded(40, vec![met]), (40, None), "a lower one may be right");
    }

    #[test]
    fn a_score_above_what_is_met_is_lowered_and_said() {
        let (score, told) = bounded(
            100,
            vec![
                requirement("Falls prevention", Importance::Must, Met::Met, &["b3"]),
                requirement("PhD in nursing", Importance::Must, Met::Missing, &[]),
            ],
        );
        assert_eq!(score, 60);
        assert_eq!(
            told.as_deref(),
            Some("The model gave 100 points, but the lines that it names show 60 at most: 60 it is.")
        );
    }

    #[test]
    fn lines_that_have_nothing_to_do_with_a_requirement_count_half() {
        let claimed = |text: &str| requirement(text, Importance::Must, Met::Met, &["b3", "b4"]);
        assert_eq!(bounded(100, vec![claimed("Doctorate in distributed systems")]).0, 60);
        assert_eq!(bounded(100, vec![claimed("Continuous integration")]).0, 100, "CI stands there");
        assert_eq!(bounded(100, vec![claimed("Kubernetes in production")]).0, 100, "k8s stands there");
        assert_eq!(bounded(100, vec![claimed("Five years of experience")]).0, 100, "names no subject");
        assert_eq!(bounded(100, vec![claimed("Experience as a nurse")]).0, 100, "the heading says it");
    }

    #[test]
    fn between_two_languages_words_prove_nothing_unless_the_posting_speaks_to_models() {
        let mut evaluation = Evaluation {
            requirements: vec![requirement("Sturzprophylaxe", Importance::Must, Met::Met, &["b3"])],
            match_score: 95,
            strengths: Vec::new(),
            gaps: Vec::new(),
            overall_assessment: "Gut.".to_owned(),
        };
        let posting = Posting { language: Some("de".to_owned()), ..Posting::default() };
        assert_eq!(bound_match(&resume(), &posting, &mut evaluation), None);
        let warnings = vec!["This posting contains instructions to AI tools. They are ignored.".to_owned()];
        assert!(bound_match(&resume(), &Posting { warnings, ..posting }, &mut evaluation).is_some());
        assert_eq!(evaluation.match_score, 60);
    }

    #[test]
    fn the_score_of_the_end_has_the_same_bound() {
        let evaluation = Evaluation {
            requirements: vec![requirement("PhD", Importance::Must, Met::Missing, &[])],
            match_score: 5,
            strengths: Vec::new(),
            gaps: Vec::new(),
            overall_assessment: "Little.".to_owned(),
        };
        let mut verification =
            Verification { verdicts: Vec::new(), final_score: 100, summary: "Perfect.".to_owned() };
        let told = bound_final(&resume(), &Posting::default(), &evaluation, &mut verification);
        assert_eq!(verification.final_score, 10);
        assert!(told.is_some());
    }

    proptest! {
        #[test]
        fn no_score_rises_and_none_passes_what_is_named(
            score in 0u8..=255,
            list in proptest::collection::vec((any::<bool>(), 0usize..3, any::<bool>()), 0..12),
        ) {
            let requirements: Vec<_> = list
                .iter()
                .map(|(must, status, close)| {
                    let importance = if *must { Importance::Must } else { Importance::Nice };
                    let status = [Met::Met, Met::Partial, Met::Missing][*status];
                    let text = if *close { "Falls group" } else { "Scuba diving" };
                    requirement(text, importance, status, if status == Met::Missing { &[] } else { &["b3"] })
                })
                .collect();
            let none_met = requirements.iter().all(|one| one.status == Met::Missing);
            let (bounded, told) = bounded(score, requirements);
            prop_assert!(bounded <= score && bounded <= 100);
            prop_assert_eq!(told.is_some(), bounded < score);
            if none_met {
                prop_assert!(bounded <= 10);
            }
        }
    }
}

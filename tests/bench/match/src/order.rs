//! Whether scores stand in the order of fit.

use std::collections::BTreeMap;

use bench_report::Report;

use crate::judge::{Judged, evaluation};
use crate::set::{Fit, Set};
use crate::tally::share;

/// Adds the figures on order: between pairs of one posting, and between people who were paired with a posting as a
/// strong fit and all others in the folder, who are taken for strangers to it.
pub(crate) fn tell(set: &Set, judged: &[Judged], report: &mut Report) -> Result<(), String> {
    let (mut right, mut all) = (0, 0);
    for one in judged {
        for other in judged.iter().filter(|other| other.pair.posting == one.pair.posting) {
            if one.pair.fit > other.pair.fit && other.pair.fit.is_some() {
                all += 1;
                right += usize::from(mean(&one.scores) > mean(&other.scores));
            }
        }
    }
    report.figure(
        "order",
        &format!("Better fits of one posting that score higher ({right}/{all})"),
        share(right, all),
        "",
    );

    let mut people = BTreeMap::new();
    for person in set.people() {
        let first = set.resumes(&person)?.into_iter().next();
        people.extend(first.map(|(_, resume)| (person, resume)));
    }
    let (mut right, mut all) = (0, 0);
    for one in judged.iter().filter(|one| one.pair.fit == Some(Fit::Strong)) {
        let posting = set.posting(&one.pair.posting)?;
        let known = |person: &str| {
            judged.iter().any(|other| other.pair.posting == one.pair.posting && other.pair.resume == person)
        };
        for (person, resume) in people.iter().filter(|(person, _)| !known(person)) {
            let stranger = evaluation(resume, posting, set.today).match_score;
            all += 1;
            right += usize::from(mean(&one.scores) > f64::from(stranger));
            if mean(&one.scores) <= f64::from(stranger) {
                report.note(format!(
                    "{person} scores {stranger} on {}, no less than {}.",
                    one.pair.posting, one.pair.resume
                ));
            }
        }
    }
    report.figure(
        "above_strangers",
        &format!("Strong fits that score above people of other trades ({right}/{all})"),
        share(right, all),
        "",
    );
    Ok(())
}

fn mean(scores: &[u8]) -> f64 {
    let sum: f64 = scores.iter().map(|score| f64::from(*score)).sum();
    #[expect(clippy::cast_precision_loss, reason = "a person has a few files")]
    let count = scores.len().max(1) as f64;
    sum / count
}

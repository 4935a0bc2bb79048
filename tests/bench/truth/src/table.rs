//! The figures as a report.

use bench_report::Report;
use resume::Standing;
use serde_json::Value;

use crate::Set;
use crate::score::{Judged, Score, Tally};

/// What the columns of a table by category or language say.
pub(crate) const COLUMNS: &[&str] =
    &["lies", "found", "or eye", "flagged", "recall", "honest", "accused", "or doubted", "false alarms"];

/// Adds the figures of one set; `prefix` tells sets apart in JSON.
pub(crate) fn tell(report: &mut Report, prefix: &str, set: &Set, score: &Score) {
    let all = &score.all;
    let key = |name: &str| format!("{prefix}{name}");
    let label = |text: &str| format!("{}: {text}", set.about);
    let mut figure = |name: &str, text: &str, value: Value, unit: &str| {
        report.figure(&key(name), &label(text), value, unit);
    };
    figure("cases", "cases", (all.lies + all.honest).into(), "");
    figure("lies", "lies", all.lies.into(), "");
    figure("recall", "recall, found at the lie's words", share(all.found, all.lies), "%");
    figure(
        "recall_with_eye",
        "with those shown to the user's eye",
        share(all.found_or_doubted, all.lies),
        "%",
    );
    figure("recall_flagged", "recall, edit flagged at all", share(all.flagged, all.lies), "%");
    figure(
        "recall_flagged_with_eye",
        "with those shown to the user's eye",
        share(all.flagged_or_doubted, all.lies),
        "%",
    );
    figure("honest", "honest lines", all.honest.into(), "");
    figure("false_positives", "honest, called unsupported", share(all.accused, all.honest), "%");
    figure(
        "false_positives_with_eye",
        "honest, with those shown to the user's eye",
        share(all.accused_or_doubted, all.honest),
        "%",
    );
    let (middle, worst) = score.times();
    figure("median_ms", "time an edit, median", milliseconds(middle), "ms");
    figure("worst_ms", "time an edit, worst", milliseconds(worst), "ms");

    let columns: Vec<&str> = std::iter::once("category").chain(COLUMNS.iter().copied()).collect();
    report.table(&key("categories"), &label("by category"), &columns, rows(&score.categories));
    let columns: Vec<&str> = std::iter::once("language").chain(COLUMNS.iter().copied()).collect();
    report.table(&key("languages"), &label("by language"), &columns, rows(&score.languages));

    let columns = ["id", "category", "standing", "lie", "edited", "told"];
    let misses: Vec<_> = score.misses().map(listed).collect();
    if !misses.is_empty() {
        report.table(&key("misses"), &label("lies not found at their words"), &columns, misses);
    }
    let alarms: Vec<_> = score.alarms().map(listed).collect();
    if !alarms.is_empty() {
        report.table(&key("alarms"), &label("honest lines that are doubted"), &columns, alarms);
    }
}

/// The rows of a table, one a name.
pub(crate) fn rows(tallies: &std::collections::BTreeMap<String, Tally>) -> Vec<Vec<Value>> {
    tallies.iter().map(|(name, tally)| row(name, tally)).collect()
}

fn row(name: &str, tally: &Tally) -> Vec<Value> {
    vec![
        name.into(),
        tally.lies.into(),
        tally.found.into(),
        tally.found_or_doubted.into(),
        tally.flagged_or_doubted.into(),
        share(tally.found, tally.lies),
        tally.honest.into(),
        tally.accused.into(),
        tally.accused_or_doubted.into(),
        share(tally.accused, tally.honest),
    ]
}

fn listed(judged: &Judged) -> Vec<Value> {
    let told: Vec<String> = judged
        .findings
        .iter()
        .map(|finding| {
            let doubt = if finding.standing == Standing::Unsupported { "" } else { " (eye)" };
            format!("{:?} {:?}{doubt}", finding.kind, finding.claim)
        })
        .collect();
    let standing = match judged.standing {
        Standing::Supported => "supported",
        Standing::NeedsReview => "needs your eye",
        Standing::Unsupported => "unsupported",
    };
    vec![
        judged.case.id.clone().into(),
        judged.case.category.clone().into(),
        standing.into(),
        judged.case.lie.clone().map_or(Value::Null, Value::from),
        judged.case.edited.clone().into(),
        told.join("; ").into(),
    ]
}

/// In percent with one place; null of nothing.
pub(crate) fn share(part: usize, whole: usize) -> Value {
    if whole == 0 {
        return Value::Null;
    }
    let tenths = (part * 2000 + whole) / (2 * whole);
    Value::from(f64::from(u32::try_from(tenths).unwrap_or(u32::MAX)) / 10.0)
}

fn milliseconds(time: std::time::Duration) -> Value {
    Value::from((time.as_secs_f64() * 1e6).round() / 1e3)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_percent_with_one_place() {
        assert_eq!(share(1, 3), Value::from(33.3));
        assert_eq!(share(2, 3), Value::from(66.7));
        assert_eq!(share(0, 5), Value::from(0.0));
        assert_eq!(share(0, 0), Value::Null);
    }
}

//! The tables in `docs/truth.md`, between two marks. Times are left out: they are of one machine.

use std::fmt::Write as _;
use std::path::Path;

use serde_json::Value;

use crate::Set;
use crate::score::{Judged, Score};
use crate::table;

const START: &str = "<!-- figures: written by `cargo xtask bench truth --write` -->";
const END: &str = "<!-- end of figures -->";

/// Puts the figures of the sets between the marks of the page.
pub(crate) fn write(page: &Path, scores: &[(&Set, Score)]) -> Result<(), String> {
    let old = std::fs::read_to_string(page)
        .map_err(|error| format!("{} could not be read: {error}", page.display()))?;
    let new = with_figures(&old, &figures(scores))?;
    std::fs::write(page, new).map_err(|error| format!("{} could not be written: {error}", page.display()))
}

fn with_figures(page: &str, figures: &str) -> Result<String, String> {
    let (before, rest) = page.split_once(START).ok_or(format!("the page lacks the mark {START}"))?;
    let (_, after) = rest.split_once(END).ok_or(format!("the page lacks the mark {END}"))?;
    Ok(format!("{before}{START}\n\n{}\n\n{END}{after}", figures.trim()))
}

fn figures(scores: &[(&Set, Score)]) -> String {
    let mut text = String::from("| |");
    for (set, _) in scores {
        let _ = write!(text, " {} |", set.about);
    }
    text.push_str("\n| --- |");
    text.push_str(&" ---: |".repeat(scores.len()));
    text.push('\n');
    let mut line = |label: &str, of: &dyn Fn(&Score) -> String| {
        let _ = write!(text, "| {label} |");
        for (_, score) in scores {
            let _ = write!(text, " {} |", of(score));
        }
        text.push('\n');
    };
    line("lies / honest lines", &|s| format!("{} / {}", s.all.lies, s.all.honest));
    line("**recall**: called unsupported at the lie's own words", &|s| percent(s.all.found, s.all.lies));
    line("… or shown to the user's eye there", &|s| percent(s.all.found_or_doubted, s.all.lies));
    line("recall if any finding counts, wherever it points", &|s| percent(s.all.flagged, s.all.lies));
    line("… or anything shown to the user's eye", &|s| percent(s.all.flagged_or_doubted, s.all.lies));
    line("**false alarms**: honest lines called unsupported", &|s| percent(s.all.accused, s.all.honest));
    line("… or shown to the user's eye", &|s| percent(s.all.accused_or_doubted, s.all.honest));
    for (set, score) in scores {
        for (name, tallies) in [("category", &score.categories), ("language", &score.languages)] {
            let _ = write!(text, "\n### {}, by {name}\n\n| {name} |", set.about);
            for column in table::COLUMNS {
                let _ = write!(text, " {column} |");
            }
            text.push_str("\n| --- |");
            text.push_str(&" ---: |".repeat(table::COLUMNS.len()));
            text.push('\n');
            for row in table::rows(tallies) {
                let cells: Vec<String> = row.iter().map(cell).collect();
                let _ = writeln!(text, "| {} |", cells.join(" | "));
            }
        }
        list(&mut text, &format!("{}: lies not found", set.about), score.misses());
        list(&mut text, &format!("{}: honest lines that are doubted", set.about), score.alarms());
    }
    text
}

fn list<'a>(text: &mut String, heading: &str, judged: impl Iterator<Item = &'a Judged>) {
    let items: Vec<String> = judged
        .map(|one| {
            let words = match &one.case.lie {
                Some(lie) => lie.clone(),
                None => one.findings.iter().map(|f| f.claim.as_str()).collect::<Vec<_>>().join("; "),
            };
            format!("- {} ({}): “{}”", one.case.id, one.case.category, words.replace('|', "/"))
        })
        .collect();
    if !items.is_empty() {
        let _ = write!(text, "\n### {heading}\n\n{}\n", items.join("\n"));
    }
}

fn percent(part: usize, whole: usize) -> String {
    match table::share(part, whole) {
        Value::Null => "–".to_owned(),
        share => format!("{share} %"),
    }
}

fn cell(value: &Value) -> String {
    match value {
        Value::Null => "–".to_owned(),
        Value::String(text) => text.replace('_', " "),
        Value::Number(number) if number.is_f64() => format!("{number} %"),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_stands_between_the_marks_changes() {
        let page = format!("# Truth\n\n{START}\nold\n{END}\n\nRest.\n");
        let wanted = format!("# Truth\n\n{START}\n\nnew\n\n{END}\n\nRest.\n");
        let once = with_figures(&page, "new").expect("marks");
        assert_eq!(once, wanted);
        assert_eq!(with_figures(&once, "new").expect("marks"), wanted);
        assert!(with_figures("# Truth", "new").is_err());
    }
}

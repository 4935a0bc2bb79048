use resume::Origin;

use super::*;

fn told(texts: &[&str]) -> (Option<String>, Option<String>, Option<String>) {
    let lines: Vec<Line> = texts.iter().map(|text| Line::new(*text, Origin::Nowhere)).collect();
    let facts = find(&lines, &Named::default(), None);
    (facts.title, facts.employer, facts.location)
}

fn all(title: &str, employer: &str, location: &str) -> (Option<String>, Option<String>, Option<String>) {
    let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    (some(title), some(employer), some(location))
}

#[test]
fn labels_and_head_lines() {
    let lines =
        ["YARD SERVICES -- NOW HIRING", "JOB: PIPE WELDER", "WHERE: Pascagoula", "Yard Services is fair."];
    assert_eq!(told(&lines), all("PIPE WELDER", "Yard Services", "Pascagoula"));
}

#[test]
fn lines_below_the_title() {
    for (lines, wanted) in [
        (vec!["Baker", "Larkfield Bread", "Leeds"], all("Baker", "Larkfield Bread", "Leeds")),
        (vec!["Baker", "Larkfield Bread, Leeds"], all("Baker", "Larkfield Bread", "Leeds")),
        (vec!["Baker", "Larkfield Bread · Leeds · Full-time"], all("Baker", "Larkfield Bread", "Leeds")),
        (
            vec!["Baker", "Full-time", "Denver, CO", "Larkfield Bread"],
            all("Baker", "Larkfield Bread", "Denver, CO"),
        ),
        (vec!["Baker at Larkfield Bread", "Leeds LS1"], all("Baker", "Larkfield Bread", "Leeds LS1")),
        (
            vec!["Bäcker (m/w/d)", "Backhaus Lärche e. V., Göttingen", "Ihre Aufgaben"],
            all("Bäcker (m/w/d)", "Backhaus Lärche e. V.", "Göttingen"),
        ),
        (
            vec!["Baker", "Ferris Mills, Inc.", "Mobile, Alabama"],
            all("Baker", "Ferris Mills, Inc.", "Mobile, Alabama"),
        ),
    ] {
        assert_eq!(told(&lines), wanted, "{lines:?}");
    }
}

//! What the derive makes of a type.

use llm::{Field, Partial};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A report.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Partial, TS)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Report {
    /// What was found.
    pub findings_made: Vec<Finding>,
    /// 0 to 100.
    pub score: u8,
    /// In short.
    pub words: Vec<String>,
    /// Which kind.
    #[serde(rename = "type")]
    pub kind: Kind,
    /// A remark.
    pub note: Option<String>,
    /// Another kind.
    pub other: Option<Kind>,
    /// Whether it is sure.
    pub sure: bool,
}

/// A finding.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Partial, TS)]
pub struct Finding {
    /// Its id.
    pub id: Id,
    /// What it says.
    pub text: String,
}

/// An id.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Partial, TS)]
#[serde(transparent)]
pub struct Id(pub String);

/// A kind.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, Partial, TS)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Short.
    VeryShort,
    /// Long.
    Long,
}

fn report() -> Report {
    Report {
        findings_made: vec![Finding { id: Id("f1".into()), text: "a tap drips".into() }],
        score: 70,
        words: vec!["wet".into()],
        kind: Kind::VeryShort,
        note: None,
        other: Some(Kind::Long),
        sure: true,
    }
}

#[test]
fn a_whole_value_is_a_partial_with_everything_done() {
    let partial = report().whole();
    assert_eq!(partial.score, Field::Done(70));
    assert_eq!(partial.note, Field::Done(None), "null is not absent");
    assert_eq!(
        serde_json::to_value(&partial).unwrap(),
        serde_json::json!({
            "findingsMade": {"done": [{"done": {"id": {"done": "f1"}, "text": {"done": "a tap drips"}}}]},
            "score": {"done": 70},
            "words": {"done": [{"done": "wet"}]},
            "type": {"done": "very_short"},
            "note": {"done": null},
            "other": {"done": "long"},
            "sure": {"done": true},
        })
    );
}

#[test]
fn absent_fields_are_left_out_and_come_back_as_absent() {
    let partial = ReportPartial { note: Field::Writing(Some("half a".into())), ..ReportPartial::default() };
    let json = serde_json::to_string(&partial).unwrap();
    assert_eq!(json, r#"{"note":{"writing":"half a"}}"#);
    assert_eq!(serde_json::from_str::<ReportPartial>(&json).unwrap(), partial);
}

#[test]
fn typescript_sees_optional_fields_in_two_states() {
    let config = ts_rs::Config::default();
    insta::assert_snapshot!(ReportPartial::decl(&config));
    insta::assert_snapshot!(Field::<String>::decl(&config));
}

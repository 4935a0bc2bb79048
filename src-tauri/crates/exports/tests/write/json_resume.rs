//! JSON Resume: what comes out is what version 1.0.0 of its schema asks for, and nothing is lost.

use exports::{json_resume, json_resume_of};
use formats::read_resume;
use resume::BlockKind;
use serde_json::Value;

use crate::corpus::files;
use crate::fixture::{awkward, bare};

/// What the schema asks of a value.
#[derive(Clone, Copy)]
enum Asked {
    Text,
    Texts,
    Date,
    Uri,
    Mail,
}

use Asked::{Date, Mail, Text, Texts, Uri};

/// The fields of the entries of each section, as the schema names them. Others are allowed there.
const SECTIONS: &[(&str, &[(&str, Asked)])] = &[
    (
        "work",
        &[
            ("name", Text),
            ("location", Text),
            ("description", Text),
            ("position", Text),
            ("url", Uri),
            ("startDate", Date),
            ("endDate", Date),
            ("summary", Text),
            ("highlights", Texts),
        ],
    ),
    (
        "volunteer",
        &[
            ("organization", Text),
            ("position", Text),
            ("url", Uri),
            ("startDate", Date),
            ("endDate", Date),
            ("summary", Text),
            ("highlights", Texts),
        ],
    ),
    (
        "education",
        &[
            ("institution", Text),
            ("url", Uri),
            ("area", Text),
            ("studyType", Text),
            ("startDate", Date),
            ("endDate", Date),
            ("score", Text),
            ("courses", Texts),
        ],
    ),
    ("awards", &[("title", Text), ("date", Date), ("awarder", Text), ("summary", Text)]),
    ("certificates", &[("name", Text), ("date", Date), ("url", Uri), ("issuer", Text)]),
    (
        "publications",
        &[("name", Text), ("publisher", Text), ("releaseDate", Date), ("url", Uri), ("summary", Text)],
    ),
    ("skills", &[("name", Text), ("level", Text), ("keywords", Texts)]),
    ("languages", &[("language", Text), ("fluency", Text)]),
    ("interests", &[("name", Text), ("keywords", Texts)]),
    ("references", &[("name", Text), ("reference", Text)]),
    (
        "projects",
        &[
            ("name", Text),
            ("description", Text),
            ("highlights", Texts),
            ("keywords", Texts),
            ("startDate", Date),
            ("endDate", Date),
            ("url", Uri),
            ("roles", Texts),
            ("entity", Text),
            ("type", Text),
        ],
    ),
];

const BASICS: &[(&str, Asked)] = &[
    ("name", Text),
    ("label", Text),
    ("image", Text),
    ("email", Mail),
    ("phone", Text),
    ("url", Uri),
    ("summary", Text),
];

/// Whether a value is what is asked.
fn is(value: &Value, asked: Asked) -> bool {
    match asked {
        Text => value.is_string(),
        Texts => value.as_array().is_some_and(|items| items.iter().all(Value::is_string)),
        Date => value.as_str().is_some_and(is_date),
        Uri => value.as_str().is_some_and(is_uri),
        Mail => value.as_str().is_some_and(|text| {
            text.split_once('@').is_some_and(|(name, host)| {
                !name.is_empty() && host.contains('.') && !text.contains(char::is_whitespace)
            })
        }),
    }
}

/// `2021`, `2021-03`, `2021-03-17`.
fn is_date(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let digits =
        |part: &str, count: usize| part.len() == count && part.bytes().all(|byte| byte.is_ascii_digit());
    match parts.as_slice() {
        [year] => digits(year, 4),
        [year, month] => digits(year, 4) && digits(month, 2),
        [year, month, day] => digits(year, 4) && digits(month, 2) && digits(day, 2),
        _ => false,
    }
}

fn is_uri(text: &str) -> bool {
    text.split_once("://").is_some_and(|(scheme, rest)| {
        !scheme.is_empty()
            && scheme.bytes().all(|byte| byte.is_ascii_alphabetic())
            && !rest.is_empty()
            && rest.bytes().all(|byte| byte.is_ascii_graphic() && !b"<>\"{}|\\^`".contains(&byte))
    })
}

/// What of a document the schema does not allow.
fn faults(json: &Value) -> Vec<String> {
    let mut faults = Vec::new();
    let Some(root) = json.as_object() else { return vec!["no object".to_owned()] };
    let mut fields = |place: &str, value: &Value, known: &[(&str, Asked)]| {
        if !value.is_object() {
            faults.push(format!("{place}: no object"));
        }
        for (name, asked) in known {
            if let Some(value) = value.get(name).filter(|value| !is(value, *asked)) {
                faults.push(format!("{place}.{name}: {value}"));
            }
        }
    };
    for (key, value) in root {
        if let Some((_, known)) = SECTIONS.iter().find(|(section, _)| section == key) {
            for (at, entry) in value.as_array().into_iter().flatten().enumerate() {
                fields(&format!("{key}[{at}]"), entry, known);
            }
        } else if key == "basics" {
            fields("basics", value, BASICS);
            let place = [("address", Text), ("city", Text), ("countryCode", Text), ("region", Text)];
            if let Some(location) = value.get("location") {
                fields("basics.location", location, &place);
            }
            for profile in value["profiles"].as_array().into_iter().flatten() {
                fields("basics.profiles", profile, &[("network", Text), ("username", Text), ("url", Uri)]);
            }
        }
    }
    // At its root the schema allows nothing else.
    for (key, value) in root {
        let section = SECTIONS.iter().any(|(section, _)| section == key);
        if section && !value.is_array() || !section && !["$schema", "basics", "meta"].contains(&key.as_str())
        {
            faults.push(format!("{key} at the root"));
        }
    }
    faults
}

/// Every text in a document.
fn texts(value: &Value, all: &mut String) {
    match value {
        Value::String(text) => {
            all.push_str(text);
            all.push('\n');
        }
        Value::Array(items) => items.iter().for_each(|item| texts(item, all)),
        Value::Object(fields) => fields.values().for_each(|item| texts(item, all)),
        _ => {}
    }
}

#[test]
fn awkward_text_makes_a_valid_document() {
    let json = json_resume(&awkward());
    assert_eq!(faults(&json), Vec::<String>::new());
    assert_eq!(json["basics"]["email"], "zoe_quill+cv@example.com");
}

#[test]
fn each_resume_of_the_corpus_makes_a_valid_document_with_all_its_lines() {
    let mut failures = Vec::new();
    for (name, bytes) in files() {
        let Ok(reading) = read_resume(&bytes, Some(&name)) else { continue };
        let json = json_resume_of(&reading.resume, &reading.outline, &reading.links);
        failures.extend(faults(&json).into_iter().map(|fault| format!("{name}: {fault}")));
        let mut all = String::new();
        texts(&json, &mut all);
        let all = bare(&all);
        // Heads of entries fall apart into their fields, groups into skills; the rest stands whole.
        for block in reading.resume.blocks.iter().filter(|block| {
            matches!(block.kind, BlockKind::Name | BlockKind::Bullet | BlockKind::SectionHeading)
                && block.section_kind != Some(resume::SectionKind::Skills)
                && block.section_kind != Some(resume::SectionKind::Languages)
        }) {
            if block.kind != BlockKind::SectionHeading && !all.contains(&bare(&block.text)) {
                failures.push(format!("{name}: lost: {}", block.text));
            }
        }
    }
    assert!(failures.is_empty(), "{failures:#?}");
}

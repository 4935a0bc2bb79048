//! What is shown is at every moment a prefix of what came: over real answers of providers, and over JSON that is as
//! odd as JSON can be. `jiter` and `serde_json` say what came.

#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "a test stops at what it does not expect")]

use std::path::{Path, PathBuf};

use jiter::{JsonValue, PartialMode};
use llm::json::{Limits, Node, Opening, Reader};
use proptest::prelude::*;
use serde_json::Value;

/// Whether what is shown could become `whole` by adding alone, and all that is called done is done. Where a key was
/// written twice, the first value counts, and `whole` holds it.
fn is_prefix(shown: Node<'_>, whole: &Value) -> bool {
    if shown.is_done() {
        return shown.to_value() == *whole;
    }
    match whole {
        Value::String(text) => shown.text().is_some_and(|so_far| text.starts_with(so_far)),
        Value::Array(items) => {
            shown.is_list()
                && shown.len() <= items.len()
                && (0..shown.len()).all(|at| shown.item(at).is_some_and(|item| is_prefix(item, &items[at])))
                && (0..shown.len().saturating_sub(1)).all(|at| shown.item(at).unwrap().is_done())
        }
        Value::Object(members) => {
            shown.is_object()
                && shown.len() <= members.len()
                && shown
                    .members()
                    .zip(members)
                    .all(|((key, node), (expected, value))| key == expected && is_prefix(node, value))
        }
        _ => false,
    }
}

/// Whether a plain value is what `jiter` sees of a beginning, or less: it lets the beginning of a number through.
fn is_within(ours: &Value, theirs: &JsonValue<'_>) -> bool {
    match (ours, theirs) {
        (Value::Null, JsonValue::Null) => true,
        (Value::Bool(ours), JsonValue::Bool(theirs)) => ours == theirs,
        (Value::Number(ours), JsonValue::Int(theirs)) => ours.as_i64() == Some(*theirs),
        (Value::Number(ours), JsonValue::Float(theirs)) => {
            ours.as_f64().is_some_and(|ours| (ours - theirs).abs() <= ours.abs() * 1e-15)
        }
        (Value::String(ours), JsonValue::Str(theirs)) => theirs.starts_with(ours.as_str()),
        (Value::Array(ours), JsonValue::Array(theirs)) => {
            ours.len() <= theirs.len()
                && ours.iter().zip(theirs.iter()).all(|(ours, theirs)| is_within(ours, theirs))
        }
        (Value::Object(ours), JsonValue::Object(theirs)) => ours.iter().all(|(key, ours)| {
            theirs.iter().find(|(name, _)| name == key).is_some_and(|(_, theirs)| is_within(ours, theirs))
        }),
        _ => false,
    }
}

/// Feeds a text byte by byte and looks at what is shown after each.
fn assert_prefixes(text: &str, whole: &Value, name: &str) {
    let mut reader = Reader::new(Opening::Any, Limits::default());
    for end in 1..=text.len() {
        reader.push(&text.as_bytes()[end - 1..end]);
        let Some(root) = reader.tree().root() else { continue };
        assert!(is_prefix(root, whole), "{name}: {:?} after {end} bytes", root.to_value());
        // A cut inside an escape or a letter is no value to `jiter`.
        let theirs =
            JsonValue::parse_with_config(&text.as_bytes()[..end], false, PartialMode::TrailingStrings);
        if let Ok(theirs) = theirs {
            assert!(is_within(&root.to_value(), &theirs), "{name}: more than came after {end} bytes");
        }
    }
    assert_eq!(reader.finish(), Ok(0..text.len()), "{name}");
    assert_eq!(reader.tree().root().unwrap().to_value(), *whole, "{name}");
}

fn recordings() -> Option<PathBuf> {
    let folder = std::env::var_os("TAILORBIRD_RECORDINGS").map_or_else(
        || {
            let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../../shared");
            std::env::var_os("TAILORBIRD_SHARED").map_or(beside, PathBuf::from).join("recordings")
        },
        PathBuf::from,
    );
    if folder.join("index.json").is_file() {
        return Some(folder);
    }
    assert!(std::env::var_os("TAILORBIRD_REQUIRE_SHARED").is_none(), "the recordings are required here");
    println!("skipped: no ../shared beside the project");
    None
}

#[test]
fn every_beginning_of_every_recorded_json_shows_a_prefix_of_it() {
    let Some(folder) = recordings() else { return };
    let index: Vec<Value> =
        serde_json::from_str(&std::fs::read_to_string(folder.join("index.json")).unwrap()).unwrap();
    let mut looked_at = 0;
    for recording in &index {
        let expected = &recording["expected"];
        let arguments = expected["json_args"].as_array().into_iter().flatten();
        let texts = arguments.chain([&expected["text"]]).filter_map(Value::as_str);
        for text in texts.map(str::trim).filter(|text| text.starts_with(['{', '['])) {
            let name = recording["file"].as_str().unwrap();
            if let Ok(whole) = serde_json::from_str::<Value>(text) {
                assert_prefixes(text, &whole, name);
                looked_at += 1;
            } else {
                // Cut off by a limit, or no JSON at all: it must not be taken for whole.
                let mut reader = Reader::new(Opening::Any, Limits::default());
                reader.push(text.as_bytes());
                assert!(reader.finish().is_err(), "{name}");
            }
        }
    }
    assert!(looked_at > 0, "no recording has JSON in it");
}

/// A text of JSON and what it means, with all that makes reading hard: blanks anywhere, escapes of every kind, keys
/// that come twice, numbers far beyond any machine's, deep nesting.
fn odd() -> impl Strategy<Value = (String, Value)> {
    let blank = || "[ \t\n\r]{0,2}";
    let letter = prop_oneof![
        4 => "[a-z \u{e9}\u{4e2d}\u{1f600}]".prop_map(|letter| (letter.clone(), letter)),
        1 => prop::sample::select(vec![
            (r"\n", "\n"), (r"\t", "\t"), (r"\b", "\u{8}"), (r"\f", "\u{c}"), (r"\r", "\r"), (r"\/", "/"), (r"\\", "\\"),
            (r#"\""#, "\""), (r"\u0041", "A"), (r"\u00E9", "\u{e9}"), (r"\ud83d\ude00", "\u{1f600}"),
            (r"\uD800\uDC00", "\u{10000}"), (r"\u0000", "\0"), (r"\uFFFF", "\u{ffff}"),
        ]).prop_map(|(written, meant)| (written.to_owned(), meant.to_owned())),
    ];
    let text = prop::collection::vec(letter, 0..8).prop_map(|letters| {
        let (written, meant): (Vec<String>, Vec<String>) = letters.into_iter().unzip();
        (format!("\"{}\"", written.concat()), meant.concat())
    });
    let number =
        prop_oneof!["-?(0|[1-9][0-9]{0,3})(\\.[0-9]{1,3})?([eE][+-]?[0-9]{1,2})?", "-?[1-9][0-9]{17,30}",];
    let leaf = prop_oneof![
        prop::sample::select(vec!["null", "true", "false"]).prop_map(str::to_owned),
        number,
        text.clone().prop_map(|(written, _)| written),
    ]
    .prop_map(|written| {
        let meant = serde_json::from_str(&written).unwrap();
        (written, meant)
    });
    leaf.prop_recursive(24, 60, 5, move |inner| {
        let list = prop::collection::vec((inner.clone(), blank(), blank()), 0..5).prop_map(|items| {
            let written: Vec<String> = items
                .iter()
                .map(|((written, _), before, behind)| format!("{before}{written}{behind}"))
                .collect();
            (
                format!("[{}]", written.join(",")),
                items.into_iter().map(|((_, meant), ..)| meant).collect::<Value>(),
            )
        });
        let keys = prop_oneof![3 => text.clone(), 1 => Just(("\"a\"".to_owned(), "a".to_owned()))];
        let object = prop::collection::vec((keys, inner, blank(), blank()), 0..5).prop_map(|members| {
            let (mut written, mut meant) = (Vec::new(), serde_json::Map::new());
            for ((key, name), (value, value_meant), before, behind) in members {
                written.push(format!("{before}{key}{behind}:{before}{value}{behind}"));
                // The first of two counts.
                meant.entry(name).or_insert(value_meant);
            }
            (format!("{{{}}}", written.join(",")), Value::Object(meant))
        });
        prop_oneof![list, object]
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn every_beginning_of_odd_json_shows_a_prefix_of_it((text, whole) in odd()) {
        let mut reader = Reader::new(Opening::Any, Limits::default());
        for byte in text.as_bytes() {
            reader.push(&[*byte]);
            if let Some(root) = reader.tree().root() {
                prop_assert!(is_prefix(root, &whole), "{:?} of {}", root.to_value(), text);
            }
        }
        prop_assert_eq!(reader.finish(), Ok(0..text.len()));
        prop_assert_eq!(reader.tree().root().unwrap().to_value(), whole);
    }

    #[test]
    fn pieces_of_any_size_make_no_difference_to_odd_json((text, _) in odd(), cuts in prop::collection::vec(any::<prop::sample::Index>(), 0..9)) {
        let mut cuts: Vec<usize> = cuts.iter().map(|cut| cut.index(text.len() + 1)).collect();
        cuts.extend([0, text.len()]);
        cuts.sort_unstable();
        let (mut whole, mut pieces) =
            (Reader::new(Opening::Any, Limits::default()), Reader::new(Opening::Any, Limits::default()));
        whole.push(text.as_bytes());
        cuts.windows(2).for_each(|cut| pieces.push(&text.as_bytes()[cut[0]..cut[1]]));
        prop_assert_eq!(whole.completed(), pieces.completed());
        prop_assert_eq!(whole.finish(), pieces.finish());
        let value = |reader: &Reader| reader.tree().root().map(Node::to_value);
        prop_assert_eq!(value(&whole), value(&pieces));
    }
}

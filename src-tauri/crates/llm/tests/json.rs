//! The incremental reader: what it shows of JSON that comes in pieces.

#![expect(clippy::unwrap_used, reason = "a test stops at what it does not expect")]

use std::fmt::Write as _;

use llm::json::{Limits, Node, Opening, Reader};
use proptest::prelude::*;
use serde_json::Value;

fn reader() -> Reader {
    Reader::new(Opening::Any, Limits::default())
}

fn read_in_pieces(bytes: &[u8], size: usize) -> Reader {
    let mut reader = reader();
    bytes.chunks(size.max(1)).for_each(|piece| reader.push(piece));
    reader
}

/// What a text shows after each byte.
fn shown_after_each_byte(json: &str) -> Vec<String> {
    let mut reader = reader();
    let mut shown = Vec::new();
    for byte in json.as_bytes() {
        reader.push(&[*byte]);
        shown.push(reader.tree().root().and_then(Node::text).unwrap_or_default().to_owned());
    }
    shown
}

#[test]
fn a_text_never_shows_half_an_escape() {
    assert_eq!(
        shown_after_each_byte(r#""a\n\u00e9b""#),
        ["", "a", "a", "a\n", "a\n", "a\n", "a\n", "a\n", "a\n", "a\né", "a\néb", "a\néb"]
    );
}

#[test]
fn a_text_never_shows_half_a_surrogate_pair_or_half_a_character() {
    let shown = shown_after_each_byte(r#""\ud83d\ude00""#);
    assert!(shown[..12].iter().all(String::is_empty), "{shown:?}");
    assert_eq!(shown[12], "😀");
    assert_eq!(shown_after_each_byte("\"é😀\""), ["", "", "é", "é", "é", "é", "é😀", "é😀"]);
}

#[test]
fn a_number_shows_only_when_something_ends_it() {
    let mut reader = reader();
    reader.push(b"[1");
    assert!(reader.tree().root().unwrap().is_empty());
    reader.push(b"2");
    assert!(reader.tree().root().unwrap().is_empty());
    reader.push(b",");
    assert_eq!(reader.tree().root().unwrap().to_value(), serde_json::json!([12]));

    let mut alone = self::reader();
    alone.push(b"-1.5e3");
    assert!(alone.tree().is_empty());
    assert_eq!(alone.finish(), Ok(0..6));
    assert_eq!(alone.tree().root().unwrap().to_value(), serde_json::json!(-1500.0));
}

#[test]
fn words_show_only_when_they_are_whole() {
    let mut reader = reader();
    reader.push(b"[tru");
    assert!(reader.tree().root().unwrap().is_empty());
    reader.push(b"e,nul");
    assert_eq!(reader.tree().root().unwrap().to_value(), serde_json::json!([true]));
    reader.push(b"l]");
    assert_eq!(reader.tree().root().unwrap().to_value(), serde_json::json!([true, null]));
    assert!(reader.is_whole());
}

#[test]
fn of_two_values_for_one_key_the_first_stays() {
    let mut reader = reader();
    reader.push(br#"{"a": "first", "a": ["second", {"b": 1}], "c": 2}"#);
    assert_eq!(reader.tree().root().unwrap().to_value(), serde_json::json!({"a": "first", "c": 2}));
    assert!(reader.is_whole());
}

#[test]
fn prose_and_fences_around_an_object_are_stepped_over() {
    for wrapped in [
        "Here it is:\n```json\n{\"a\": 1}\n```\nAnything else?",
        "{the} object {\"a\": 1}",
        "{{\"a\": 1}",
        "{ } ] [ {\"a\": 1}".strip_prefix("{ }").unwrap(),
    ] {
        let mut reader = Reader::new(Opening::Object, Limits::default());
        wrapped.bytes().for_each(|byte| reader.push(&[byte]));
        let range = reader.finish().unwrap();
        assert_eq!(&wrapped[range], "{\"a\": 1}", "in {wrapped:?}");
        assert_eq!(reader.tree().root().unwrap().to_value(), serde_json::json!({"a": 1}));
    }
}

#[test]
fn two_objects_are_one_too_many() {
    let mut reader = Reader::new(Opening::Object, Limits::default());
    reader.push(b"{\"a\": 1} or rather {\"a\": 2}");
    assert_eq!(reader.finish().unwrap_err().reason, "there is more than one JSON value in it");
}

#[test]
fn nesting_and_the_number_of_values_have_a_limit() {
    let mut deep = reader();
    deep.push("[".repeat(1_000_000).as_bytes());
    assert_eq!(deep.broken().unwrap().reason, "the JSON is nested too deeply");
    assert!(deep.tree().len() <= 128);

    let mut many = Reader::new(Opening::Any, Limits { values: 1_000, ..Limits::default() });
    many.push(&b"[0".iter().copied().chain(b",0".repeat(5_000)).collect::<Vec<_>>());
    assert_eq!(many.broken().unwrap().reason, "there are too many values in it");
    assert_eq!(many.tree().len(), 1_000);
}

#[test]
fn mistakes_are_named_with_their_place() {
    for (json, at, reason) in [
        ("", 0, "there is no JSON in it"),
        ("[1, 2", 5, "the JSON stops in the middle"),
        ("[1, ]", 4, "there is no value where one should be"),
        ("[1 2]", 3, "a comma or a closing bracket must follow a value"),
        ("{a: 1}", 1, "a key of an object must be a text in quotes"),
        ("{\"a\" 1}", 5, "a colon must follow a key"),
        ("[01]", 2, "a comma or a closing bracket must follow a value"),
        ("[1.]", 2, "a number stops in the middle"),
        ("[nil]", 2, "a bare word stands where a value should"),
        ("[\"a\nb\"]", 3, "a text has a line break or a control character in it"),
        ("[\"\\x\"]", 3, "a text has an unknown escape in it"),
        ("[\"\\ud800x\"]", 8, "a text has half of a surrogate pair in it"),
        ("[\"\\udc00\"]", 7, "a text has half of a surrogate pair in it"),
        ("[1] 2", 4, "there is more than one JSON value in it"),
        ("[1}", 2, "a comma or a closing bracket must follow a value"),
    ] {
        let mut reader = reader();
        reader.push(json.as_bytes());
        let broken = reader.finish().unwrap_err();
        assert_eq!((broken.at, broken.reason), (at, reason), "{json:?}");
    }
}

#[test]
fn the_work_is_linear() {
    // Far beyond what quadratic work would finish in any patience.
    let mut reader = reader();
    reader.push(b"\"");
    for _ in 0..2_000_000 {
        reader.push(b"a");
    }
    assert_eq!(reader.tree().root().and_then(Node::text).map(str::len), Some(2_000_000));
}

/// Any JSON value, texts with all that makes reading hard.
fn json() -> impl Strategy<Value = Value> {
    let text = prop_oneof![".{0,8}", "[\"\\\\/\u{8}\u{c}\n\r\t\u{1f}é😀\u{0301}]{0,6}"];
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        (-1e9..1e9).prop_map(|number: f64| Value::from(number)),
        text.clone().prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 40, 6, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            prop::collection::vec((text.clone(), inner), 0..5)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

/// JSON text of a value: plain, indented, or with all that is not ASCII escaped.
fn written() -> impl Strategy<Value = (Value, String)> {
    (json(), 0..3).prop_map(|(value, style)| -> (Value, String) {
        let text = match style {
            0 => serde_json::to_string(&value).unwrap(),
            1 => serde_json::to_string_pretty(&value).unwrap(),
            _ => {
                let mut escaped = String::new();
                for letter in serde_json::to_string(&value).unwrap().chars() {
                    if letter.is_ascii() {
                        escaped.push(letter);
                    } else {
                        for unit in letter.encode_utf16(&mut [0; 2]) {
                            write!(escaped, "\\u{unit:04x}").unwrap();
                        }
                    }
                }
                escaped
            }
        };
        // Reading a float back may change its last digit, whoever reads it.
        (serde_json::from_str(&text).unwrap(), text)
    })
}

/// Whether what is shown could become `whole` by adding alone, and all that is called done is done.
fn is_prefix(shown: Node<'_>, whole: &Value) -> bool {
    if shown.is_done() {
        return shown.to_value() == *whole;
    }
    match whole {
        Value::String(text) => shown.text().is_some_and(|so_far| text.starts_with(so_far)),
        Value::Array(items) => {
            let has = |index| shown.item(index).is_some_and(|item| is_prefix(item, &items[index]));
            shown.is_list()
                && shown.len() <= items.len()
                && (0..shown.len()).all(has)
                && (0..shown.len().saturating_sub(1)).all(|index| shown.item(index).unwrap().is_done())
        }
        Value::Object(members) => {
            let mut pairs = shown.members().zip(members);
            shown.is_object()
                && shown.len() <= members.len()
                && pairs.all(|((key, node), (expected, value))| key == expected && is_prefix(node, value))
        }
        _ => false,
    }
}

proptest! {
    #[test]
    fn what_is_shown_is_always_a_prefix_of_what_comes((value, text) in written()) {
        let mut reader = reader();
        for byte in text.as_bytes() {
            reader.push(&[*byte]);
            if let Some(root) = reader.tree().root() {
                prop_assert!(is_prefix(root, &value), "{:?} is no prefix of {value}", root.to_value());
            }
        }
        prop_assert_eq!(reader.finish(), Ok(0..text.len()));
        prop_assert_eq!(reader.tree().root().unwrap().to_value(), value);
    }

    #[test]
    fn pieces_make_no_difference((_, text) in written(), size in 1_usize..9, cut in any::<prop::sample::Index>()) {
        let text = &text.as_bytes()[..cut.index(text.len() + 1)];
        let (mut whole, mut pieces) = (read_in_pieces(text, text.len()), read_in_pieces(text, size));
        let seen = |reader: &Reader| (reader.tree().root().map(Node::to_value), reader.completed());
        prop_assert_eq!(seen(&whole), seen(&pieces));
        prop_assert_eq!(whole.finish(), pieces.finish());
    }

    #[test]
    fn it_takes_exactly_what_serde_takes(text in "[\\[\\]{},:\"\\\\ud8c019truefalsn.eE+\\- \n-]{0,14}") {
        let mut reader = reader();
        reader.push(text.as_bytes());
        let ours = reader.finish().is_ok();
        let theirs = serde_json::from_str::<Value>(&text);
        // A number beyond what a float can hold is well formed, but no value.
        let is_too_large = theirs.as_ref().is_err_and(|error| error.to_string().starts_with("number out of range"));
        prop_assert_eq!(ours, theirs.is_ok() || is_too_large, "{:?}", text);
    }

    #[test]
    fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..200), size in 1_usize..5) {
        let mut reader = read_in_pieces(&bytes, size);
        let _ = reader.finish();
    }
}

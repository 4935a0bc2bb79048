//! Typed partials while any value of a type is written.

#![expect(clippy::unwrap_used, reason = "a test stops at what it does not expect")]

use llm::json::{Limits, Opening, Reader};
use llm::{Change, Field, Partial};
use proptest::prelude::*;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use ts_rs::TS;

/// One of each kind of field.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Partial, TS)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct Shelf {
    label: String,
    all_books: Vec<Book>,
    tags: Vec<String>,
    height: i32,
    is_full: bool,
    owner: Option<String>,
    best: Option<Book>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Partial, TS)]
#[serde(deny_unknown_fields)]
struct Book {
    title: String,
    cover: Option<Cover>,
    pages: Vec<u8>,
}

#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, Partial, TS)]
#[serde(rename_all = "snake_case")]
enum Cover {
    Hard,
    VerySoft,
}

fn book() -> impl Strategy<Value = Book> {
    let cover = prop_oneof![Just(None), Just(Some(Cover::Hard)), Just(Some(Cover::VerySoft))];
    (".{0,6}", cover, prop::collection::vec(any::<u8>(), 0..4)).prop_map(|(title, cover, pages)| Book {
        title,
        cover,
        pages,
    })
}

fn shelf() -> impl Strategy<Value = Shelf> {
    let parts = (
        ".{0,6}",
        prop::collection::vec(book(), 0..4),
        prop::collection::vec("[a\"\\\\😀\n]{0,5}", 0..4),
        any::<i32>(),
        any::<bool>(),
        prop::option::of(".{0,6}"),
        prop::option::of(book()),
    );
    parts.prop_map(|(label, all_books, tags, height, is_full, owner, best)| Shelf {
        label,
        all_books,
        tags,
        height,
        is_full,
        owner,
        best,
    })
}

/// Whether a partial, as JSON, only ever grew from `old` to `new`: what is done stays the same, texts and lists
/// keep their beginning, objects keep their members.
fn grew(old: &Value, new: &Value) -> bool {
    match (old, new) {
        (Value::Object(old), Value::Object(new)) => match (old.get("done"), old.get("writing")) {
            (Some(done), _) => new.get("done") == Some(done),
            (_, Some(so_far)) => {
                new.get("writing").or_else(|| new.get("done")).is_some_and(|new| grew(so_far, new))
            }
            _ => old.iter().all(|(key, value)| new.get(key).is_some_and(|new| grew(value, new))),
        },
        (Value::Array(old), Value::Array(new)) => {
            old.len() <= new.len() && old.iter().zip(new).all(|(old, new)| grew(old, new))
        }
        (Value::String(old), Value::String(new)) => new.starts_with(old.as_str()),
        (old, new) => old == new,
    }
}

fn shown(field: &Field<ShelfPartial>) -> Value {
    field.so_far().map_or_else(|| serde_json::json!({}), |partial| serde_json::to_value(partial).unwrap())
}

fn refresh(field: &mut Field<ShelfPartial>, reader: &Reader) -> Change {
    reader.tree().root().map_or(Change::Nothing, |root| Shelf::refresh(field, root))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn partials_only_grow_and_end_as_the_whole(shelf in shelf(), pretty in any::<bool>()) {
        let text = if pretty { serde_json::to_string_pretty(&shelf) } else { serde_json::to_string(&shelf) }.unwrap();
        let mut reader = Reader::new(Opening::Object, Limits::default());
        let mut field = Field::Absent;
        let mut before = shown(&field);
        for byte in text.as_bytes() {
            reader.push(&[*byte]);
            let change = refresh(&mut field, &reader);
            let after = shown(&field);
            prop_assert!(grew(&before, &after), "{} became {}", before, after);
            if change == Change::Nothing {
                prop_assert_eq!(&before, &after);
            } else if !reader.is_whole() && after != serde_json::json!({}) {
                prop_assert_ne!(&before, &after);
            }
            before = after;
        }
        prop_assert_eq!(field, Field::Done(shelf.whole()));
    }

    #[test]
    fn how_often_it_is_refreshed_makes_no_difference(shelf in shelf(), cut in any::<prop::sample::Index>()) {
        let text = serde_json::to_string(&shelf).unwrap();
        let text = &text.as_bytes()[..cut.index(text.len() + 1)];
        let (mut often, mut once) = (Field::Absent, Field::Absent);
        let mut reader = Reader::new(Opening::Object, Limits::default());
        for byte in text {
            reader.push(&[*byte]);
            refresh(&mut often, &reader);
        }
        refresh(&mut once, &reader);
        prop_assert_eq!(often, once);
    }
}

#[test]
fn null_is_done_and_absent_is_absent() {
    let mut reader = Reader::new(Opening::Object, Limits::default());
    let mut field = Field::Absent;
    reader.push(br#"{"label": "a", "owner": nul"#);
    refresh(&mut field, &reader);
    assert_eq!(shown(&field), serde_json::json!({"label": {"done": "a"}}));
    reader.push(b"l");
    assert_eq!(refresh(&mut field, &reader), Change::Done);
    assert_eq!(shown(&field), serde_json::json!({"label": {"done": "a"}, "owner": {"done": null}}));
}

#[test]
fn what_has_another_shape_is_not_shown() {
    let mut reader = Reader::new(Opening::Object, Limits::default());
    let mut field = Field::Absent;
    reader.push(
        br#"{"label": 5, "allBooks": {"a": 1}, "tags": ["x", 3, "y"], "height": 1.5, "isFull": "yes",
            "best": {"title": "t", "cover": "velvet", "pages": [256]}, "more": 1}"#,
    );
    refresh(&mut field, &reader);
    assert_eq!(
        shown(&field),
        serde_json::json!({
            "tags": {"writing": [{"done": "x"}]},
            "best": {"done": {"title": {"done": "t"}, "pages": {"writing": []}}},
        })
    );
}

//! Typed partials while any value of a type is written.

#![expect(clippy::unwrap_used, reason = "a test stops at what it does not expect")]

use llm::json::{Limits, Opening, Reader};
use llm::patch::{Changes, Misfit, Op};
use llm::{Change, Field, Partial, Patch};
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
    refresh_and_tell(field, reader).0
}

/// Brings a field up to what has come, and tells what that changed.
fn refresh_and_tell(field: &mut Field<ShelfPartial>, reader: &Reader) -> (Change, Patch) {
    let mut changes = Changes::default();
    let change = reader
        .tree()
        .root()
        .map_or(Change::Nothing, |root| llm::__private::refresh_field::<Shelf>(field, root, &mut changes));
    (change, changes.take())
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
    fn patches_add_up_to_what_is_shown_and_are_no_longer_than_it(
        shelf in shelf(),
        pretty in any::<bool>(),
        size in 1..12_usize,
    ) {
        let text = if pretty { serde_json::to_string_pretty(&shelf) } else { serde_json::to_string(&shelf) }.unwrap();
        let mut reader = Reader::new(Opening::Object, Limits::default());
        let (mut field, mut applied) = (Field::Absent, Field::Absent);
        let (mut told, mut ops) = (0, 0);
        for piece in text.as_bytes().chunks(size) {
            reader.push(piece);
            let before = field.clone();
            let (change, patch) = refresh_and_tell(&mut field, &reader);
            prop_assert_eq!(patch.is_empty(), before == field, "{:?} for {:?}", patch, change);
            // Over the wire and back.
            let json = serde_json::to_string(&patch).unwrap();
            let patch: Patch = serde_json::from_str(&json).unwrap();
            told += json.len();
            ops += patch.0.len();
            prop_assert_eq!(patch.apply::<Shelf>(&mut applied), Ok(()));
            prop_assert_eq!(&applied, &field);
        }
        prop_assert!(told <= 20 * text.len() + 120 * ops, "{} bytes told of {}", told, text.len());
        prop_assert_eq!(applied, Field::Done(shelf.whole()));
    }

    #[test]
    fn what_lies_between_two_states_can_be_told_too(shelf in shelf(), cuts in prop::collection::vec(any::<prop::sample::Index>(), 2)) {
        let text = serde_json::to_string(&shelf).unwrap();
        let mut cuts: Vec<usize> = cuts.iter().map(|cut| cut.index(text.len() + 1)).collect();
        cuts.sort_unstable();
        let mut reader = Reader::new(Opening::Object, Limits::default());
        let mut field = Field::Absent;
        reader.push(&text.as_bytes()[..cuts[0]]);
        refresh(&mut field, &reader);
        let old = field.so_far().cloned().unwrap_or_default();
        reader.push(&text.as_bytes()[cuts[0]..cuts[1]]);
        refresh(&mut field, &reader);
        let new = field.so_far().cloned().unwrap_or_default();
        let patch = Patch::between(&old, &new);
        prop_assert_eq!(patch.is_empty(), old == new);
        let mut applied = Field::Writing(old);
        prop_assert_eq!(patch.apply::<Shelf>(&mut applied), Ok(()));
        prop_assert_eq!(applied, Field::Writing(new.clone()));
        let mut anew = Field::<ShelfPartial>::Absent;
        prop_assert_eq!(Patch::whole(&new).apply::<Shelf>(&mut anew), Ok(()));
        prop_assert_eq!(anew, Field::Writing(new));
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

#[test]
fn each_change_is_told_once() {
    let mut reader = Reader::new(Opening::Object, Limits::default());
    let mut field = Field::Absent;
    let mut told = |text: &str| {
        reader.push(text.as_bytes());
        serde_json::to_string(&refresh_and_tell(&mut field, &reader).1).unwrap()
    };
    assert_eq!(told(r#"{"label": "a"#), r#"[{"at":[],"set":{"writing":{"label":{"writing":"a"}}}}]"#);
    assert_eq!(told("b"), r#"[{"at":["label"],"add":"b"}]"#);
    assert_eq!(told(r#"c", "height": 1"#), r#"[{"at":["label"],"add":"c","done":true}]"#);
    assert_eq!(told("2"), "[]", "a number is not told before it ends");
    assert_eq!(
        told(r#", "tags": ["x", "y"#),
        r#"[{"at":["tags"],"set":{"writing":[{"done":"x"},{"writing":"y"}]}},{"at":["height"],"set":{"done":12}}]"#
    );
    assert_eq!(
        told(r#"", "z"], "owner": null}"#),
        r#"[{"at":["tags",1],"done":true},{"at":["tags",2],"set":{"done":"z"}},{"at":["tags"],"done":true},{"at":["owner"],"set":{"done":null}},{"at":[],"done":true}]"#
    );
}

#[test]
fn a_patch_that_does_not_fit_is_refused() {
    let fresh = || Field::<ShelfPartial>::Writing(ShelfPartial::default());
    for json in [
        r#"[{"at":["label"],"add":"x"}]"#,
        r#"[{"at":["label"],"done":true}]"#,
        r#"[{"at":["label"],"set":{"done":5}}]"#,
        r#"[{"at":["nothing"],"set":{"done":5}}]"#,
        r#"[{"at":[3],"set":{"done":5}}]"#,
        r#"[{"at":["tags"],"set":{"writing":[]}},{"at":["tags",1],"set":{"done":"x"}}]"#,
        r#"[{"at":["tags",0],"set":{"done":"x"}}]"#,
        r#"[{"at":["best"],"set":{"done":null}},{"at":["best","title"],"set":{"done":"x"}}]"#,
        r#"[{"at":[],"add":"x"}]"#,
    ] {
        let patch: Patch = serde_json::from_str(json).unwrap();
        assert_eq!(patch.apply::<Shelf>(&mut fresh()), Err(Misfit), "{json}");
    }
    assert_eq!(
        Patch(vec![Op::default()]).apply::<Shelf>(&mut fresh()),
        Ok(()),
        "nothing to do fits anything"
    );
}

/// A line with an id.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Partial, TS)]
struct Line {
    #[partial(whole)]
    id: String,
    #[partial(whole)]
    after: Option<String>,
    #[partial(whole)]
    seen_in: Vec<String>,
    text: String,
}

#[test]
fn ids_show_only_when_they_are_whole() {
    let text = r#"{"id": "b12", "after": "b1", "seen_in": ["b34", "b5"], "text": "abc"}"#;
    let mut reader = Reader::new(Opening::Object, Limits::default());
    let mut field = Field::Absent;
    let mut last = String::new();
    for byte in text.bytes() {
        reader.push(&[byte]);
        let Some(root) = reader.tree().root() else { continue };
        let mut changes = Changes::default();
        llm::__private::refresh_field::<Line>(&mut field, root, &mut changes);
        last = serde_json::to_string(&field).unwrap();
        assert!(!last.contains(r#"writing":"b"#), "{last}");
        assert!(!serde_json::to_string(&changes.take()).unwrap().contains(r#"writing":"b"#));
    }
    assert_eq!(
        last,
        r#"{"done":{"id":{"done":"b12"},"after":{"done":"b1"},"seen_in":{"done":[{"done":"b34"},{"done":"b5"}]},"text":{"done":"abc"}}}"#
    );
}

//! Types that can be shown while they are being written.

use std::fmt::Debug;

use serde::{Serialize, de::DeserializeOwned};

use crate::Field;
use crate::json::Node;

/// A type that can be shown while a model writes it. Derive it: `#[derive(llm::Partial)]`.
///
/// | type | shown as |
/// | --- | --- |
/// | a struct with named fields, say `Plan` | `PlanPartial`, made by the derive: the same fields, each a [`Field`] |
/// | `Vec<T>` | `Vec<Field<T::Partial>>` |
/// | `Option<T>` | `Option<T::Partial>`; `null` is `Done(None)`, which is not the same as absent |
/// | `String` | itself, from its first character on |
/// | numbers, `bool`, enums, tuple structs | themselves, only when they are whole |
pub trait Partial: Sized {
    /// What can be shown of it.
    type Partial: Clone + Debug + PartialEq + Serialize + Send + 'static;

    /// Brings what is shown up to what has come, and says what that changed.
    ///
    /// Looks only at what is not done yet, so that all calls together cost no more than the value is long.
    /// A value of another shape than this type's is not shown.
    fn refresh(shown: &mut Field<Self::Partial>, node: Node<'_>) -> Change;

    /// The whole value as a partial one, everything in it done.
    fn whole(self) -> Self::Partial;
}

/// What a refresh changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Change {
    /// Nothing.
    Nothing,
    /// There is more to show.
    More,
    /// There is more to show, and at least one field, item or the whole became done.
    Done,
}

impl Partial for String {
    type Partial = Self;

    fn refresh(shown: &mut Field<Self>, node: Node<'_>) -> Change {
        let Some(text) = node.text() else { return Change::Nothing };
        let (mut so_far, mut change) = match std::mem::take(shown) {
            Field::Done(done) => {
                *shown = Field::Done(done);
                return Change::Nothing;
            }
            Field::Writing(so_far) => (so_far, Change::Nothing),
            Field::Absent => (Self::new(), Change::More),
        };
        if let Some(more) = text.get(so_far.len()..)
            && !more.is_empty()
        {
            so_far.push_str(more);
            change = Change::More;
        }
        *shown = if node.is_done() {
            change = Change::Done;
            Field::Done(so_far)
        } else {
            Field::Writing(so_far)
        };
        change
    }

    fn whole(self) -> Self {
        self
    }
}

impl<T: Partial> Partial for Option<T> {
    type Partial = Option<T::Partial>;

    fn refresh(shown: &mut Field<Self::Partial>, node: Node<'_>) -> Change {
        if shown.is_done() {
            return Change::Nothing;
        }
        if node.is_null() {
            *shown = Field::Done(None);
            return Change::Done;
        }
        let mut inner = match std::mem::take(shown) {
            Field::Writing(Some(inner)) => Field::Writing(inner),
            _ => Field::Absent,
        };
        let change = T::refresh(&mut inner, node);
        *shown = match inner {
            Field::Absent => Field::Absent,
            Field::Writing(inner) => Field::Writing(Some(inner)),
            Field::Done(inner) => Field::Done(Some(inner)),
        };
        change
    }

    fn whole(self) -> Self::Partial {
        self.map(T::whole)
    }
}

impl<T: Partial> Partial for Vec<T> {
    type Partial = Vec<Field<T::Partial>>;

    fn refresh(shown: &mut Field<Self::Partial>, node: Node<'_>) -> Change {
        if !node.is_list() {
            return Change::Nothing;
        }
        let (mut items, mut change) = match std::mem::take(shown) {
            Field::Done(done) => {
                *shown = Field::Done(done);
                return Change::Nothing;
            }
            Field::Writing(items) => (items, Change::Nothing),
            Field::Absent => (Vec::new(), Change::More),
        };
        // All items before the last one shown are done.
        let mut index = match items.last() {
            Some(last) if !last.is_done() => items.len() - 1,
            _ => items.len(),
        };
        let mut all_shown = true;
        while let Some(child) = node.item(index) {
            let mut item = items.get_mut(index).map(std::mem::take).unwrap_or_default();
            change = change.max(T::refresh(&mut item, child));
            all_shown = item.is_done();
            if item.is_absent() {
                break;
            }
            if index < items.len() {
                items[index] = item;
            } else {
                items.push(item);
            }
            if !all_shown {
                break;
            }
            index += 1;
        }
        *shown = if node.is_done() && all_shown {
            change = Change::Done;
            Field::Done(items)
        } else {
            Field::Writing(items)
        };
        change
    }

    fn whole(self) -> Self::Partial {
        self.into_iter().map(|item| Field::Done(item.whole())).collect()
    }
}

impl<T: Partial> Partial for Box<T> {
    type Partial = Box<T::Partial>;

    fn refresh(shown: &mut Field<Self::Partial>, node: Node<'_>) -> Change {
        let mut inner = match std::mem::take(shown) {
            Field::Absent => Field::Absent,
            Field::Writing(inner) => Field::Writing(*inner),
            Field::Done(inner) => Field::Done(*inner),
        };
        let change = T::refresh(&mut inner, node);
        *shown = match inner {
            Field::Absent => Field::Absent,
            Field::Writing(inner) => Field::Writing(Box::new(inner)),
            Field::Done(inner) => Field::Done(Box::new(inner)),
        };
        change
    }

    fn whole(self) -> Self::Partial {
        Box::new((*self).whole())
    }
}

/// Shows a value that has no parts: only when it is whole, and only when it is of its type.
#[doc(hidden)]
pub fn refresh_atom<T: DeserializeOwned>(shown: &mut Field<T>, node: Node<'_>) -> Change {
    if shown.is_done() || !node.is_done() {
        return Change::Nothing;
    }
    match serde_json::from_value(node.to_value()) {
        Ok(value) => {
            *shown = Field::Done(value);
            Change::Done
        }
        Err(_) => Change::Nothing,
    }
}

/// Shows an object, its members by `members`. For the derive.
#[doc(hidden)]
pub fn refresh_object<P: Default>(
    shown: &mut Field<P>,
    node: Node<'_>,
    members: impl FnOnce(&mut P, Node<'_>) -> Change,
) -> Change {
    if !node.is_object() {
        return Change::Nothing;
    }
    let (mut partial, started) = match std::mem::take(shown) {
        Field::Done(done) => {
            *shown = Field::Done(done);
            return Change::Nothing;
        }
        Field::Writing(partial) => (partial, Change::Nothing),
        Field::Absent => (P::default(), Change::More),
    };
    let change = members(&mut partial, node).max(started);
    if node.is_done() {
        *shown = Field::Done(partial);
        Change::Done
    } else {
        *shown = Field::Writing(partial);
        change
    }
}

/// Shows a member of an object. For the derive.
#[doc(hidden)]
pub fn refresh_member<T: Partial>(shown: &mut Field<T::Partial>, object: Node<'_>, key: &str) -> Change {
    if shown.is_done() {
        return Change::Nothing;
    }
    object.member(key).map_or(Change::Nothing, |node| T::refresh(shown, node))
}

macro_rules! atoms {
    ($($atom:ty),*) => { $(
        impl Partial for $atom {
            type Partial = Self;

            fn refresh(shown: &mut Field<Self>, node: Node<'_>) -> Change {
                refresh_atom(shown, node)
            }

            fn whole(self) -> Self {
                self
            }
        }
    )* };
}

atoms!(bool, u8, u16, u32, u64, usize, i8, i16, i32, i64, isize, f32, f64, serde_json::Value);

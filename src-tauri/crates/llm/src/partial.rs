//! Types that can be shown while they are being written.

use std::fmt::Debug;

use serde::{Serialize, de::DeserializeOwned};

use crate::Field;
use crate::json::Node;
use crate::patch::{Changes, Misfit, Op, Place, apply_field};

/// A type that can be shown while a model writes it. Derive it: `#[derive(llm::Partial)]`.
///
/// | type | shown as |
/// | --- | --- |
/// | a struct with named fields, say `Plan` | `PlanPartial`, made by the derive: the same fields, each a [`Field`] |
/// | `Vec<T>` | `Vec<Field<T::Partial>>` |
/// | `Option<T>` | `Option<T::Partial>`; `null` is `Done(None)`, which is not the same as absent |
/// | `String` | itself, from its first character on; in a field with `#[partial(whole)]`, only when it is whole |
/// | numbers, `bool`, enums, tuple structs | themselves, only when they are whole |
pub trait Partial: Sized {
    /// What can be shown of it.
    type Partial: Clone + Debug + PartialEq + Serialize + DeserializeOwned + Send + 'static;

    /// Brings what is shown up to what has come, and says what that changed: in short as its result, and op by op
    /// in `changes`. That the whole became done is the caller's to note (`refresh_field` does).
    ///
    /// Looks only at what is not done yet, so that all calls together cost no more than the value is long.
    /// A value of another shape than this type's is not shown.
    fn refresh(shown: &mut Field<Self::Partial>, node: Node<'_>, changes: &mut Changes) -> Change;

    /// Applies an op to something inside a value that is being written.
    ///
    /// # Errors
    ///
    /// Where there is no such place in it.
    fn apply_inside(
        partial: &mut Self::Partial,
        place: &Place,
        rest: &[Place],
        op: &Op,
    ) -> Result<(), Misfit> {
        let _ = (partial, place, rest, op);
        Err(Misfit)
    }

    /// Goes on with a text that is being written.
    ///
    /// # Errors
    ///
    /// Where it is no text.
    fn go_on(partial: &mut Self::Partial, more: &str) -> Result<(), Misfit> {
        let _ = (partial, more);
        Err(Misfit)
    }

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

    fn refresh(shown: &mut Field<Self>, node: Node<'_>, changes: &mut Changes) -> Change {
        let Some(text) = node.text().filter(|_| node.is_done() || !changes.whole_texts()) else {
            return Change::Nothing;
        };
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
            changes.add(more);
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

    fn go_on(partial: &mut Self, more: &str) -> Result<(), Misfit> {
        partial.push_str(more);
        Ok(())
    }

    fn whole(self) -> Self {
        self
    }
}

impl<T: Partial> Partial for Option<T> {
    type Partial = Option<T::Partial>;

    fn refresh(shown: &mut Field<Self::Partial>, node: Node<'_>, changes: &mut Changes) -> Change {
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
        let change = T::refresh(&mut inner, node, changes);
        *shown = match inner {
            Field::Absent => Field::Absent,
            Field::Writing(inner) => Field::Writing(Some(inner)),
            Field::Done(inner) => Field::Done(Some(inner)),
        };
        change
    }

    fn apply_inside(
        partial: &mut Self::Partial,
        place: &Place,
        rest: &[Place],
        op: &Op,
    ) -> Result<(), Misfit> {
        partial.as_mut().map_or(Err(Misfit), |partial| T::apply_inside(partial, place, rest, op))
    }

    fn go_on(partial: &mut Self::Partial, more: &str) -> Result<(), Misfit> {
        partial.as_mut().map_or(Err(Misfit), |partial| T::go_on(partial, more))
    }

    fn whole(self) -> Self::Partial {
        self.map(T::whole)
    }
}

impl<T: Partial> Partial for Vec<T> {
    type Partial = Vec<Field<T::Partial>>;

    fn refresh(shown: &mut Field<Self::Partial>, node: Node<'_>, changes: &mut Changes) -> Change {
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
            let refreshed =
                changes.inside(Place::Item(index), |changes| refresh_field::<T>(&mut item, child, changes));
            change = change.max(refreshed);
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

    fn apply_inside(
        partial: &mut Self::Partial,
        place: &Place,
        rest: &[Place],
        op: &Op,
    ) -> Result<(), Misfit> {
        let Place::Item(index) = *place else { return Err(Misfit) };
        if let Some(item) = partial.get_mut(index) {
            return apply_field::<T>(item, rest, op);
        }
        if index > partial.len() {
            return Err(Misfit);
        }
        let mut item = Field::Absent;
        apply_field::<T>(&mut item, rest, op)?;
        partial.push(item);
        Ok(())
    }

    fn whole(self) -> Self::Partial {
        self.into_iter().map(|item| Field::Done(item.whole())).collect()
    }
}

impl<T: Partial> Partial for Box<T> {
    type Partial = Box<T::Partial>;

    fn refresh(shown: &mut Field<Self::Partial>, node: Node<'_>, changes: &mut Changes) -> Change {
        let mut inner = match std::mem::take(shown) {
            Field::Absent => Field::Absent,
            Field::Writing(inner) => Field::Writing(*inner),
            Field::Done(inner) => Field::Done(*inner),
        };
        let change = T::refresh(&mut inner, node, changes);
        *shown = match inner {
            Field::Absent => Field::Absent,
            Field::Writing(inner) => Field::Writing(Box::new(inner)),
            Field::Done(inner) => Field::Done(Box::new(inner)),
        };
        change
    }

    fn apply_inside(
        partial: &mut Self::Partial,
        place: &Place,
        rest: &[Place],
        op: &Op,
    ) -> Result<(), Misfit> {
        T::apply_inside(partial, place, rest, op)
    }

    fn go_on(partial: &mut Self::Partial, more: &str) -> Result<(), Misfit> {
        T::go_on(partial, more)
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
    changes: &mut Changes,
    members: impl FnOnce(&mut P, Node<'_>, &mut Changes) -> Change,
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
    let change = members(&mut partial, node, changes).max(started);
    if node.is_done() {
        *shown = Field::Done(partial);
        Change::Done
    } else {
        *shown = Field::Writing(partial);
        change
    }
}

/// Shows a field, and notes what that changed: a new one as a whole, another one by what was added to it.
#[doc(hidden)]
pub fn refresh_field<T: Partial>(
    shown: &mut Field<T::Partial>,
    node: Node<'_>,
    changes: &mut Changes,
) -> Change {
    if shown.is_done() {
        return Change::Nothing;
    }
    if shown.is_absent() {
        let change = changes.quietly(|changes| T::refresh(shown, node, changes));
        changes.set(shown);
        return change;
    }
    let change = T::refresh(shown, node, changes);
    if shown.is_done() {
        changes.done();
    }
    change
}

/// Shows a member of an object. For the derive.
#[doc(hidden)]
pub fn refresh_member<T: Partial>(
    shown: &mut Field<T::Partial>,
    object: Node<'_>,
    key: &'static str,
    changes: &mut Changes,
) -> Change {
    if shown.is_done() {
        return Change::Nothing;
    }
    let Some(node) = object.member(key) else { return Change::Nothing };
    changes.inside(Place::Member(key.into()), |changes| refresh_field::<T>(shown, node, changes))
}

macro_rules! atoms {
    ($($atom:ty),*) => { $(
        impl Partial for $atom {
            type Partial = Self;

            fn refresh(shown: &mut Field<Self>, node: Node<'_>, _: &mut Changes) -> Change {
                refresh_atom(shown, node)
            }

            fn whole(self) -> Self {
                self
            }
        }
    )* };
}

atoms!(bool, u8, u16, u32, u64, usize, i8, i16, i32, i64, isize, f32, f64, serde_json::Value);

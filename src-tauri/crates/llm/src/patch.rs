//! What changed in a partial value, so that each change is told once, however large the value has become.
//!
//! A [`Patch`] is a list of [`Op`]s. Whoever wants the value itself keeps what there was and applies each patch to
//! it ([`Patch::apply`], or the same few lines in another language). All patches of an answer together are about as
//! long as the answer.

use std::borrow::Cow;
use std::fmt;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use ts_rs::TS;

use crate::{Field, Partial};

/// What changed since the patch before. Its ops belong together: between them the value is not one to show.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(transparent)]
pub struct Patch(pub Vec<Op>);

/// One change of one field.
///
/// First `set`, then `add`, then `done`, as far as each is there. As JSON: `{"at": ["edits", 3, "text"], "add":
/// "Moved 19", "done": true}`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Op {
    /// The way to the field from the whole: names of members, and places in lists, counted from 0. The whole itself
    /// has the empty way. A place one behind the last of a list is a new item.
    pub at: Vec<Place>,
    /// The field is now this, whatever it was: `{"writing": …}` or `{"done": …}`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional, type = "unknown")]
    pub set: Option<Value>,
    /// The field's text goes on with this.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    #[ts(optional, as = "Option<String>")]
    pub add: String,
    /// What the field holds is whole now.
    #[serde(default, skip_serializing_if = "is_false")]
    #[ts(optional, as = "Option<bool>")]
    pub done: bool,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
fn is_false(done: &bool) -> bool {
    !done
}

/// A step on the way to a field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(untagged)]
pub enum Place {
    /// An item of a list.
    Item(usize),
    /// A member of an object.
    Member(Cow<'static, str>),
}

/// A patch does not fit the value that it was applied to: one before it is missing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Misfit;

impl fmt::Display for Misfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("A change does not fit what it changes; one before it may be missing")
    }
}

impl std::error::Error for Misfit {}

impl Patch {
    /// Whether nothing changed.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The patch that makes `value` of whatever was there.
    pub fn whole(value: &impl Serialize) -> Self {
        let Ok(value) = serde_json::to_value(value) else { return Self::default() };
        Self(vec![Op { set: Some(field("writing", value)), ..Op::default() }])
    }

    /// What turns the partial value `old` into `new`; empty where they are the same. Looks at both as a whole.
    pub fn between<P: Serialize>(old: &P, new: &P) -> Self {
        let (Ok(old), Ok(new)) = (serde_json::to_value(old), serde_json::to_value(new)) else {
            return Self::default();
        };
        let mut ops = Vec::new();
        if !inside(&mut Vec::new(), &old, &new, &mut ops) {
            ops = vec![Op { set: Some(field("writing", new)), ..Op::default() }];
        }
        Self(ops)
    }

    /// Applies it to what there was. Costs about as much as the patch is long.
    ///
    /// # Errors
    ///
    /// Where it does not fit. What was there may then be changed in part.
    pub fn apply<T: Partial>(&self, shown: &mut Field<T::Partial>) -> Result<(), Misfit> {
        self.0.iter().try_for_each(|op| apply_field::<T>(shown, &op.at, op))
    }
}

/// Applies an op to a field, or to what is in it. For the derive.
#[doc(hidden)]
pub fn apply_field<T: Partial>(shown: &mut Field<T::Partial>, at: &[Place], op: &Op) -> Result<(), Misfit> {
    if let Some((place, rest)) = at.split_first() {
        let Field::Writing(partial) = shown else { return Err(Misfit) };
        return T::apply_inside(partial, place, rest, op);
    }
    if let Some(set) = &op.set {
        *shown = serde_json::from_value(set.clone()).map_err(|_| Misfit)?;
    }
    if !op.add.is_empty() {
        let Field::Writing(partial) = shown else { return Err(Misfit) };
        T::go_on(partial, &op.add)?;
    }
    if op.done {
        *shown = match std::mem::take(shown) {
            Field::Writing(value) | Field::Done(value) => Field::Done(value),
            Field::Absent => return Err(Misfit),
        };
    }
    Ok(())
}

fn field(state: &str, value: Value) -> Value {
    Value::Object([(state.to_owned(), value)].into_iter().collect())
}

/// What a field holds, and whether it is done.
fn state(field: &Value) -> Option<(&Value, bool)> {
    let members = field.as_object().filter(|members| members.len() == 1)?;
    members.get("done").map(|value| (value, true)).or_else(|| Some((members.get("writing")?, false)))
}

/// The ops between two states of one field; false where only setting it anew will do.
fn between(at: &mut Vec<Place>, old: &Value, new: &Value, ops: &mut Vec<Op>) -> bool {
    if old == new {
        return true;
    }
    let (Some((was, false)), Some((is, done))) = (state(old), state(new)) else { return false };
    if let (Value::String(was), Value::String(is)) = (was, is) {
        let Some(add) = is.strip_prefix(was.as_str()) else { return false };
        ops.push(Op { at: at.clone(), add: add.to_owned(), done, ..Op::default() });
        return true;
    }
    if !inside(at, was, is, ops) {
        return false;
    }
    if done {
        ops.push(Op { at: at.clone(), done, ..Op::default() });
    }
    true
}

/// The ops between what a field held and holds.
fn inside(at: &mut Vec<Place>, was: &Value, is: &Value, ops: &mut Vec<Op>) -> bool {
    let pairs: Vec<(Place, Option<&Value>, &Value)> = match (was, is) {
        (Value::Array(was), Value::Array(is)) if was.len() <= is.len() => {
            is.iter().enumerate().map(|(n, item)| (Place::Item(n), was.get(n), item)).collect()
        }
        (Value::Object(was), Value::Object(is)) if was.keys().all(|key| is.contains_key(key)) => {
            is.iter().map(|(key, member)| (Place::Member(key.clone().into()), was.get(key), member)).collect()
        }
        _ => return was == is,
    };
    for (place, was, is) in pairs {
        at.push(place);
        if !was.is_some_and(|was| between(at, was, is, ops)) {
            ops.push(Op { at: at.clone(), set: Some(is.clone()), ..Op::default() });
        }
        at.pop();
    }
    true
}

/// The changes that a value makes while it is brought up to what has come.
#[derive(Debug, Default)]
pub struct Changes {
    ops: Vec<Op>,
    at: Vec<Place>,
    /// Above 0 inside a field that will be told as a whole.
    quiet: u32,
    /// Texts show only when they are whole.
    whole_texts: bool,
}

impl Changes {
    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.ops.is_empty()
    }

    /// Takes them out.
    pub fn take(&mut self) -> Patch {
        Patch(std::mem::take(&mut self.ops))
    }

    /// Whether texts show only when they are whole here.
    pub fn whole_texts(&self) -> bool {
        self.whole_texts
    }

    /// Notes that the text of the current field goes on.
    pub fn add(&mut self, more: &str) {
        if self.quiet > 0 {
            return;
        }
        match self.ops.last_mut() {
            Some(last) if last.set.is_none() && !last.done && last.at == self.at => last.add.push_str(more),
            _ => self.ops.push(Op { at: self.at.clone(), add: more.to_owned(), ..Op::default() }),
        }
    }

    /// Does `work` one step further on.
    pub fn inside<R>(&mut self, place: Place, work: impl FnOnce(&mut Self) -> R) -> R {
        self.at.push(place);
        let result = work(self);
        self.at.pop();
        result
    }

    /// Does `work` where texts show only when they are whole.
    pub fn with_whole_texts<R>(&mut self, work: impl FnOnce(&mut Self) -> R) -> R {
        let before = std::mem::replace(&mut self.whole_texts, true);
        let result = work(self);
        self.whole_texts = before;
        result
    }

    /// Does `work` without noting anything: the field will be told as a whole.
    pub(crate) fn quietly<R>(&mut self, work: impl FnOnce(&mut Self) -> R) -> R {
        self.quiet += 1;
        let result = work(self);
        self.quiet -= 1;
        result
    }

    /// Notes that the current field is now `field`.
    pub(crate) fn set<P: Serialize>(&mut self, field: &Field<P>) {
        if self.quiet == 0 && !field.is_absent() {
            self.ops.push(Op { at: self.at.clone(), set: serde_json::to_value(field).ok(), ..Op::default() });
        }
    }

    /// Notes that the current field is whole.
    pub(crate) fn done(&mut self) {
        if self.quiet > 0 {
            return;
        }
        match self.ops.last_mut() {
            Some(last) if last.set.is_none() && last.at == self.at => last.done = true,
            _ => self.ops.push(Op { at: self.at.clone(), done: true, ..Op::default() }),
        }
    }
}

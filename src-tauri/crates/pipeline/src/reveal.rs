//! Puts back what the mask hid into an answer that comes patch by patch.

use std::sync::Arc;

use llm::Patch;
use llm::patch::{Op, Place};
use serde_json::Value;

use crate::mask::Mask;

/// Opens a token of the mask.
const OPEN: char = '⟦';
/// Closes one.
const CLOSE: char = '⟧';

/// Reveals one answer. Only one text of an answer is being written at any moment, so what is held back of it, a
/// token that has begun but not ended, is all there is to remember.
pub(crate) struct Reveal {
    mask: Arc<Mask>,
    /// Where the text is that ends in the beginning of a token.
    at: Vec<Place>,
    /// That beginning.
    held: String,
}

impl Reveal {
    pub(crate) fn new(mask: Arc<Mask>) -> Self {
        Self { mask, at: Vec::new(), held: String::new() }
    }

    /// The patch with what was hidden in place of the tokens. Ops that show nothing new yet are left out.
    pub(crate) fn patch(&mut self, Patch(ops): Patch) -> Patch {
        Patch(ops.into_iter().filter_map(|op| self.op(op)).collect())
    }

    fn op(&mut self, mut op: Op) -> Option<Op> {
        if let Some(field) = &mut op.set {
            self.held.clear();
            let mut at = op.at.clone();
            self.field(field, &mut at);
        }
        let is_held = !self.held.is_empty() && self.at == op.at;
        if !op.add.is_empty() || (is_held && op.done) {
            let text =
                if is_held { std::mem::take(&mut self.held) + &op.add } else { std::mem::take(&mut op.add) };
            op.add = if op.done { self.mask.reveal(&text) } else { self.begun(&text, &op.at) };
        }
        (op.set.is_some() || !op.add.is_empty() || op.done).then_some(op)
    }

    /// What can be shown of a text that is being written, the rest held back.
    fn begun(&mut self, text: &str, at: &[Place]) -> String {
        let whole = match text.rfind(OPEN) {
            Some(open) if !text[open..].contains(CLOSE) => open,
            _ => text.len(),
        };
        text[whole..].clone_into(&mut self.held);
        at.clone_into(&mut self.at);
        self.mask.reveal_unfinished(text)
    }

    /// Reveals in a field that is set: `{"writing": …}` or `{"done": …}`.
    fn field(&mut self, field: &mut Value, at: &mut Vec<Place>) {
        let Value::Object(state) = field else { return };
        if let Some(done) = state.get_mut("done") {
            self.whole(done);
        } else if let Some(writing) = state.get_mut("writing") {
            match writing {
                Value::String(text) => *text = self.begun(text, at),
                Value::Array(items) => {
                    for (index, item) in items.iter_mut().enumerate() {
                        at.push(Place::Item(index));
                        self.field(item, at);
                        at.pop();
                    }
                }
                Value::Object(members) => {
                    for (name, member) in members {
                        at.push(Place::Member(name.clone().into()));
                        self.field(member, at);
                        at.pop();
                    }
                }
                Value::Null | Value::Bool(_) | Value::Number(_) => {}
            }
        }
    }

    fn whole(&self, value: &mut Value) {
        match value {
            Value::String(text) => *text = self.mask.reveal(text),
            Value::Array(items) => items.iter_mut().for_each(|item| self.whole(item)),
            Value::Object(members) => members.values_mut().for_each(|member| self.whole(member)),
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }
}

//! What has come so far of a JSON value.

use indexmap::IndexMap;

/// A JSON value of which a part may still be missing.
///
/// Numbers, `true`, `false` and `null` are in it only once they are whole; texts, lists and objects from
/// their first character on. Only the last child of a list or an object can be unfinished.
#[derive(Debug, Default)]
pub struct Tree {
    cells: Vec<Cell>,
}

/// Where a value is in the tree.
pub(super) type CellId = usize;

#[derive(Debug)]
pub(super) struct Cell {
    pub(super) value: Value,
    pub(super) done: bool,
}

#[derive(Debug)]
pub(super) enum Value {
    Null,
    Bool(bool),
    /// As it was written, so that no digit is lost.
    Number(Box<str>),
    Text(String),
    List(Vec<CellId>),
    Object(IndexMap<Box<str>, CellId>),
}

impl Tree {
    /// The whole value; nothing before its first character came.
    pub fn root(&self) -> Option<Node<'_>> {
        (!self.cells.is_empty()).then_some(Node { tree: self, id: 0 })
    }

    /// How many values are in it.
    pub fn len(&self) -> usize {
        self.cells.len()
    }

    /// Whether nothing is in it.
    pub fn is_empty(&self) -> bool {
        self.cells.is_empty()
    }

    pub(super) fn add(&mut self, value: Value, done: bool) -> CellId {
        self.cells.push(Cell { value, done });
        self.cells.len() - 1
    }

    pub(super) fn clear(&mut self) {
        self.cells.clear();
    }

    pub(super) fn cell(&mut self, id: CellId) -> &mut Cell {
        &mut self.cells[id]
    }
}

/// One value in a [`Tree`].
#[derive(Clone, Copy, Debug)]
pub struct Node<'a> {
    tree: &'a Tree,
    id: CellId,
}

impl<'a> Node<'a> {
    fn cell(self) -> &'a Cell {
        &self.tree.cells[self.id]
    }

    fn at(self, id: CellId) -> Self {
        Node { tree: self.tree, id }
    }

    /// Whether it is whole.
    pub fn is_done(self) -> bool {
        self.cell().done
    }

    /// Whether it is `null`.
    pub fn is_null(self) -> bool {
        matches!(self.cell().value, Value::Null)
    }

    /// The text so far. What is there does not change any more; more can follow.
    pub fn text(self) -> Option<&'a str> {
        match &self.cell().value {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// How many children it has, where it is a list or an object.
    pub fn len(self) -> usize {
        match &self.cell().value {
            Value::List(items) => items.len(),
            Value::Object(members) => members.len(),
            _ => 0,
        }
    }

    /// Whether it has no children.
    pub fn is_empty(self) -> bool {
        self.len() == 0
    }

    /// Whether it is a list.
    pub fn is_list(self) -> bool {
        matches!(self.cell().value, Value::List(_))
    }

    /// Whether it is an object.
    pub fn is_object(self) -> bool {
        matches!(self.cell().value, Value::Object(_))
    }

    /// An item of a list, counted from 0.
    pub fn item(self, index: usize) -> Option<Node<'a>> {
        match &self.cell().value {
            Value::List(items) => items.get(index).map(|&id| self.at(id)),
            _ => None,
        }
    }

    /// A member of an object. Where a key was written twice, the first one counts.
    pub fn member(self, key: &str) -> Option<Node<'a>> {
        match &self.cell().value {
            Value::Object(members) => members.get(key).map(|&id| self.at(id)),
            _ => None,
        }
    }

    /// The members of an object, in the order in which they came.
    pub fn members(self) -> impl Iterator<Item = (&'a str, Node<'a>)> {
        let members = match &self.cell().value {
            Value::Object(members) => Some(members),
            _ => None,
        };
        members.into_iter().flatten().map(move |(key, &id)| (&**key, self.at(id)))
    }

    /// What there is of it as a plain JSON value.
    pub fn to_value(self) -> serde_json::Value {
        use serde_json::Value as Json;
        match &self.cell().value {
            Value::Null => Json::Null,
            Value::Bool(value) => Json::Bool(*value),
            Value::Number(raw) => serde_json::from_str(raw).unwrap_or(Json::Null),
            Value::Text(text) => Json::String(text.clone()),
            Value::List(items) => items.iter().map(|&id| self.at(id).to_value()).collect(),
            Value::Object(_) => self.members().map(|(key, node)| (key.to_owned(), node.to_value())).collect(),
        }
    }
}

//! Reads JSON as it arrives, looking at each byte once.

use std::ops::Range;

use indexmap::IndexMap;

use super::number::Number;
use super::text::{Text, Took};
use super::tree::{CellId, Tree, Value};

/// Reads one JSON value (RFC 8259) that comes in pieces of any size.
///
/// What stands before the value (prose, a code fence) is stepped over, where [`Opening`] allows it; so is what
/// stands behind it, unless a second value does. After a mistake in the JSON the tree stays as it is.
#[derive(Debug)]
pub struct Reader {
    opening: Opening,
    limits: Limits,
    tree: Tree,
    /// The lists and objects that are open, outermost first.
    open: Vec<Open>,
    state: State,
    /// How many bytes came.
    seen: usize,
    /// Where the value begins.
    begin: usize,
    /// Where it ends.
    end: usize,
    completed: u64,
}

/// How the value begins, which tells it from the prose before it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Opening {
    /// With `{`, whatever stands before.
    #[default]
    Object,
    /// With `[`, whatever stands before.
    List,
    /// With its first byte that is no white space. Nothing else may stand before or behind it.
    Any,
}

/// What a reader takes before it gives up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The deepest nesting. At most 128, as for `serde_json`.
    pub depth: usize,
    /// The largest number of values.
    pub values: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { depth: 127, values: 1 << 18 }
    }
}

/// Why the bytes are not the JSON value that was wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Broken {
    /// Which byte of the input, counted from 0.
    pub at: usize,
    /// What is wrong, for people.
    pub reason: &'static str,
}

#[derive(Debug)]
struct Open {
    id: CellId,
    is_object: bool,
    /// In an object: the key of the value that is being read.
    key: String,
}

#[derive(Debug)]
enum State {
    /// Before the value.
    Before,
    /// A value must come; in a list that has just begun it may also end.
    Value { may_end: bool },
    /// A key must come; in an object that has just begun it may also end.
    Key { may_end: bool },
    /// In a key.
    InKey(Text),
    /// Between a key and its value.
    Colon,
    /// In a text.
    InText(CellId, Text),
    /// In a number.
    InNumber(Number),
    /// In `true`, `false` or `null`.
    InWord { word: &'static str, at: usize },
    /// Behind a value inside a list or an object.
    Behind,
    /// Behind the whole value.
    Whole,
    /// Behind the whole value and a bracket: what follows tells a second value from prose.
    Second,
    /// Nothing more is read.
    Broken(Broken),
}

impl Reader {
    /// A reader that has seen nothing.
    pub fn new(opening: Opening, limits: Limits) -> Self {
        Self {
            opening,
            limits,
            tree: Tree::default(),
            open: Vec::new(),
            state: State::Before,
            seen: 0,
            begin: 0,
            end: 0,
            completed: 0,
        }
    }

    /// What has come so far.
    pub fn tree(&self) -> &Tree {
        &self.tree
    }

    /// How many values have become done. Grows whenever one does.
    pub fn completed(&self) -> u64 {
        self.completed
    }

    /// Whether the value is whole.
    pub fn is_whole(&self) -> bool {
        matches!(self.state, State::Whole | State::Second)
    }

    /// The mistake in what came, if there is one.
    pub fn broken(&self) -> Option<Broken> {
        match self.state {
            State::Broken(broken) => Some(broken),
            _ => None,
        }
    }

    /// Reads the next piece.
    pub fn push(&mut self, bytes: &[u8]) {
        let start = self.seen;
        let mut at = 0;
        while at < bytes.len() {
            self.seen = start + at;
            at += self.step(&bytes[at..]);
        }
        self.seen = start + bytes.len();
    }

    /// Says that nothing more comes, and tells which bytes of the input are the value.
    ///
    /// # Errors
    ///
    /// Where the value is not whole, is not JSON, or is not the only one.
    pub fn finish(&mut self) -> Result<Range<usize>, Broken> {
        if let State::InNumber(_) = &self.state
            && self.open.is_empty()
        {
            self.end_number();
        }
        match self.state {
            State::Whole | State::Second => Ok(self.begin..self.end),
            State::Broken(broken) => Err(broken),
            State::Before => Err(Broken { at: self.seen, reason: "there is no JSON in it" }),
            _ => Err(Broken { at: self.seen, reason: "the JSON stops in the middle" }),
        }
    }

    /// Reads at least one byte, unless that ends a number or restarts the search; says how many.
    fn step(&mut self, bytes: &[u8]) -> usize {
        let byte = bytes[0];
        let is_space = matches!(byte, b' ' | b'\t' | b'\n' | b'\r');
        match &mut self.state {
            State::Broken(_) => return bytes.len(),
            State::InText(id, text) => {
                let id = *id;
                let Value::Text(so_far) = &mut self.tree.cell(id).value else { return bytes.len() };
                match text.read(bytes, so_far) {
                    Took::All => return bytes.len(),
                    Took::Broken(at, reason) => self.fail_at(at, reason),
                    Took::Closed(length) => {
                        self.seen += length - 1;
                        self.complete(id);
                        return length;
                    }
                }
            }
            State::InKey(text) => {
                let Some(open) = self.open.last_mut() else { return bytes.len() };
                match text.read(bytes, &mut open.key) {
                    Took::All => return bytes.len(),
                    Took::Broken(at, reason) => self.fail_at(at, reason),
                    Took::Closed(length) => {
                        self.state = State::Colon;
                        return length;
                    }
                }
            }
            State::InNumber(number) => {
                if !number.take(byte) {
                    self.end_number();
                    return 0;
                }
            }
            State::InWord { word, at } => {
                let word = *word;
                if word.as_bytes().get(*at) != Some(&byte) {
                    self.fail("a bare word stands where a value should");
                } else if *at + 1 < word.len() {
                    *at += 1;
                } else {
                    let value = match word {
                        "null" => Value::Null,
                        word => Value::Bool(word == "true"),
                    };
                    self.add_done(value);
                }
            }
            State::Whole => self.behind_the_whole(byte, is_space),
            State::Second => match byte {
                _ if is_space => {}
                // `{"`, `[{`: nobody writes that in prose. `{x}` and `[1]` are left alone.
                b'"' | b'{' | b'[' => self.fail("there is more than one JSON value in it"),
                _ => self.state = State::Whole,
            },
            State::Before => return self.look_for_opening(bytes),
            _ if is_space => {}
            State::Value { may_end } => {
                let may_end = *may_end;
                match byte {
                    b']' if may_end => self.close(),
                    b'{' | b'[' | b'"' | b't' | b'f' | b'n' | b'-' | b'0'..=b'9' => self.begin_value(byte),
                    _ => return self.restart_or_fail("there is no value where one should be"),
                }
            }
            State::Key { may_end } => match byte {
                b'"' => self.state = State::InKey(Text::default()),
                b'}' if *may_end => self.close(),
                _ => return self.restart_or_fail("a key of an object must be a text in quotes"),
            },
            State::Colon => {
                if byte == b':' {
                    self.state = State::Value { may_end: false };
                } else {
                    return self.restart_or_fail("a colon must follow a key");
                }
            }
            State::Behind => match (byte, self.open.last_mut()) {
                (b',', Some(Open { is_object: true, key, .. })) => {
                    key.clear();
                    self.state = State::Key { may_end: false };
                }
                (b',', Some(_)) => self.state = State::Value { may_end: false },
                (b'}', Some(Open { is_object: true, .. })) | (b']', Some(Open { is_object: false, .. })) => {
                    self.close();
                }
                _ => self.fail("a comma or a closing bracket must follow a value"),
            },
        }
        1
    }

    fn look_for_opening(&mut self, bytes: &[u8]) -> usize {
        let is_opening = |byte: &u8| match self.opening {
            Opening::Object => *byte == b'{',
            Opening::List => *byte == b'[',
            Opening::Any => !matches!(byte, b' ' | b'\t' | b'\n' | b'\r'),
        };
        let Some(at) = bytes.iter().position(is_opening) else { return bytes.len() };
        self.seen += at;
        self.begin = self.seen;
        self.begin_value(bytes[at]);
        at + 1
    }

    fn behind_the_whole(&mut self, byte: u8, is_space: bool) {
        match self.opening {
            Opening::Object if byte == b'{' => self.state = State::Second,
            Opening::List if byte == b'[' => self.state = State::Second,
            Opening::Any if !is_space => self.fail("there is more than one JSON value in it"),
            _ => {}
        }
    }

    fn begin_value(&mut self, byte: u8) {
        match byte {
            b'{' | b'[' => {
                if self.open.len() >= self.limits.depth {
                    return self.fail("the JSON is nested too deeply");
                }
                let is_object = byte == b'{';
                let value = if is_object { Value::Object(IndexMap::new()) } else { Value::List(Vec::new()) };
                let Some(id) = self.add(value, false) else { return };
                self.open.push(Open { id, is_object, key: String::new() });
                self.state =
                    if is_object { State::Key { may_end: true } } else { State::Value { may_end: true } };
            }
            b'"' => {
                if let Some(id) = self.add(Value::Text(String::new()), false) {
                    self.state = State::InText(id, Text::default());
                }
            }
            b't' => self.state = State::InWord { word: "true", at: 1 },
            b'f' => self.state = State::InWord { word: "false", at: 1 },
            b'n' => self.state = State::InWord { word: "null", at: 1 },
            _ => match Number::begin(byte) {
                Some(number) => self.state = State::InNumber(number),
                None => self.fail("there is no value where one should be"),
            },
        }
    }

    fn end_number(&mut self) {
        let State::InNumber(number) = std::mem::replace(&mut self.state, State::Behind) else { return };
        // The byte that ends it is not part of it.
        self.seen = self.seen.saturating_sub(1);
        match number.end() {
            Some(digits) => self.add_done(Value::Number(digits)),
            None => self.fail("a number stops in the middle"),
        }
    }

    /// Puts a value into the tree, under its list or object. A key that was there before keeps its value.
    fn add(&mut self, value: Value, done: bool) -> Option<CellId> {
        if self.tree.len() >= self.limits.values {
            self.fail("there are too many values in it");
            return None;
        }
        let id = self.tree.add(value, done);
        if let Some(open) = self.open.last_mut() {
            match &mut self.tree.cell(open.id).value {
                Value::List(items) => items.push(id),
                Value::Object(members) => {
                    let key = std::mem::take(&mut open.key).into_boxed_str();
                    members.entry(key).or_insert(id);
                }
                _ => {}
            }
        }
        Some(id)
    }

    fn add_done(&mut self, value: Value) {
        if let Some(id) = self.add(value, true) {
            self.complete(id);
        }
    }

    fn close(&mut self) {
        if let Some(open) = self.open.pop() {
            self.complete(open.id);
        }
    }

    /// The value that ends with the current byte is whole.
    fn complete(&mut self, id: CellId) {
        self.tree.cell(id).done = true;
        self.completed += 1;
        self.state = if self.open.is_empty() {
            self.end = self.seen + 1;
            State::Whole
        } else {
            State::Behind
        };
    }

    /// A brace in the prose before the value looks like its beginning. As long as nothing is in it, the search
    /// goes on from here; each byte is still looked at only once more at most.
    fn restart_or_fail(&mut self, reason: &'static str) -> usize {
        let is_empty = self.tree.len() == 1 && self.open.len() == 1;
        if is_empty && self.opening != Opening::Any {
            self.tree.clear();
            self.open.clear();
            self.state = State::Before;
            return 0;
        }
        self.fail(reason);
        1
    }

    fn fail(&mut self, reason: &'static str) {
        self.fail_at(0, reason);
    }

    fn fail_at(&mut self, offset: usize, reason: &'static str) {
        self.state = State::Broken(Broken { at: self.seen + offset, reason });
    }
}

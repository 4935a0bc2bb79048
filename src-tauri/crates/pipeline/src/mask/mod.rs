//! Takes out of every text that is sent what tells who the person is, and puts it back into what comes in.
//!
//! Name and contact blocks are never sent at all. But names, mails, phone numbers and links also stand in
//! other lines and in postings. Each is replaced by a token, `⟦mail 1⟧`, and the token is replaced by the very
//! same characters when an answer comes back, so that hiding and revealing is the identity.
//!
//! When in doubt a text is hidden: that costs nothing but the model's sight of it. What a model needs to see
//! is left alone: years, dates, amounts, numbers of certificates.

mod link;
mod mail;
mod name;
mod phone;

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use resume::{BlockKind, Resume};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use link::Links;
use name::Names;
use phone::Phones;

/// Opens a token. Where a text has this character itself, it is hidden too, so tokens cannot be forged.
const OPEN: char = '⟦';
/// Closes a token.
const CLOSE: char = '⟧';

/// What a token stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Kind {
    Mail,
    Link,
    Phone,
    Address,
    Name,
    Sign,
}

impl Kind {
    const fn word(self) -> &'static str {
        match self {
            Self::Mail => "mail",
            Self::Link => "link",
            Self::Phone => "phone",
            Self::Address => "address",
            Self::Name => "name",
            Self::Sign => "sign",
        }
    }
}

/// What is hidden of one person, and under which tokens.
#[derive(Clone)]
pub(crate) struct Mask {
    names: Names,
    phones: Phones,
    links: Links,
    addresses: Vec<String>,
    tokens: HashMap<String, String>,
    hidden: HashMap<String, String>,
    counts: HashMap<Kind, usize>,
}

impl Mask {
    /// Learns from the name and contact blocks of `resume` what there is to hide.
    pub(crate) fn of(resume: &Resume) -> Self {
        let of_kind = |kind| resume.blocks.iter().filter(move |block| block.kind == kind);
        let lines: Vec<&str> = of_kind(BlockKind::Name).map(|block| block.text.as_str()).collect();
        let contacts: Vec<&str> = of_kind(BlockKind::Contact).map(|block| block.text.as_str()).collect();
        let names = Names::learn(&lines, &contacts);
        let mut mask = Self {
            phones: Phones::learn(&contacts),
            links: Links::learn(&contacts, &names),
            addresses: contacts.iter().flat_map(|text| addresses(text)).collect(),
            names,
            tokens: HashMap::new(),
            hidden: HashMap::new(),
            counts: HashMap::new(),
        };
        // The first token is the name as its own line has it, so that an answer may speak to the person by name.
        let name = lines.first().map(|line| name::bare(line)).unwrap_or_default();
        if !name.is_empty() {
            mask.token(&name, Kind::Name);
        }
        mask
    }

    /// `text` with tokens in place of what is to be hidden.
    pub(crate) fn hide(&mut self, text: &str) -> String {
        let mut shown = String::with_capacity(text.len());
        let mut at = 0;
        for (range, kind) in self.spans(text) {
            shown.push_str(&text[at..range.start]);
            at = range.end;
            shown.push_str(&self.token(&text[range], kind));
        }
        shown.push_str(&text[at..]);
        shown
    }

    /// `text` with what was hidden in place of the tokens. A token that was never given stays as it is.
    pub(crate) fn reveal(&self, text: &str) -> String {
        let mut whole = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(open) = rest.find(OPEN) {
            let (before, token) = rest.split_at(open);
            whole.push_str(before);
            // Up to the next sign only, so that a text of nothing but opening signs is read once.
            let inside = &token[OPEN.len_utf8()..];
            let close = inside.find([OPEN, CLOSE]).filter(|&at| inside[at..].starts_with(CLOSE));
            let end = close.map(|at| OPEN.len_utf8() + at + CLOSE.len_utf8());
            let found = end.and_then(|end| Some((end, self.hidden.get(&token[..end])?)));
            if let Some((end, hidden)) = found {
                whole.push_str(hidden);
                rest = &token[end..];
            } else {
                whole.push(OPEN);
                rest = &token[OPEN.len_utf8()..];
            }
        }
        whole.push_str(rest);
        whole
    }

    /// As [`Mask::reveal`], for a text that is still being written: a token that has begun but not ended is
    /// left out until it is whole.
    pub(crate) fn reveal_unfinished(&self, text: &str) -> String {
        match text.rfind(OPEN) {
            Some(open) if !text[open..].contains(CLOSE) => self.reveal(&text[..open]),
            _ => self.reveal(text),
        }
    }

    /// The first thing in `text` that looks like a token but is none.
    pub(crate) fn stray<'text>(&self, text: &'text str) -> Option<&'text str> {
        let mut rest = text;
        while let Some(at) = rest.find([OPEN, CLOSE]) {
            let token = &rest[at..];
            let end = token.find(CLOSE).map_or(token.len(), |close| close + CLOSE.len_utf8());
            if !self.hidden.contains_key(&token[..end]) {
                return Some(&token[..end]);
            }
            rest = &token[end..];
        }
        None
    }

    /// Whether part of this range of `text` is hidden.
    pub(crate) fn hides(&self, text: &str, range: Range<usize>) -> bool {
        self.spans(text).into_iter().any(|(hidden, _)| hidden.start < range.end && range.start < hidden.end)
    }

    /// Hides in every text of a value, and leaves out what nobody sees.
    pub(crate) fn hide_in<T: Serialize>(&mut self, value: &T) -> Value {
        let mut json = serde_json::to_value(value).unwrap_or(Value::Null);
        each_text(&mut json, &mut |text| self.hide(&visible(text)));
        json
    }

    /// Reveals in every text of a value.
    pub(crate) fn reveal_in<T: Serialize + DeserializeOwned>(&self, value: T) -> T {
        self.reveal_with(value, Self::reveal)
    }

    fn reveal_with<T: Serialize + DeserializeOwned>(&self, value: T, reveal: fn(&Self, &str) -> String) -> T {
        if self.hidden.is_empty() {
            return value;
        }
        let Ok(mut json) = serde_json::to_value(&value) else { return value };
        each_text(&mut json, &mut |text| reveal(self, text));
        serde_json::from_value(json).unwrap_or(value)
    }

    /// What to hide in `text`, in its order, without overlap. What is found by the surer rule wins.
    fn spans(&self, text: &str) -> Spans {
        let mut spans = Spans(BTreeMap::new());
        spans.extend(mail::find(text), Kind::Mail);
        spans.extend(self.links.find(text, &self.names), Kind::Link);
        spans.extend(self.phones.find(text), Kind::Phone);
        for address in &self.addresses {
            spans.extend(
                text.match_indices(address.as_str()).map(|(at, found)| at..at + found.len()),
                Kind::Address,
            );
        }
        spans.extend(self.names.find(text), Kind::Name);
        spans.extend(text.match_indices([OPEN, CLOSE]).map(|(at, sign)| at..at + sign.len()), Kind::Sign);
        spans
    }

    fn token(&mut self, surface: &str, kind: Kind) -> String {
        if let Some(token) = self.tokens.get(surface) {
            return token.clone();
        }
        let count = self.counts.entry(kind).or_default();
        *count += 1;
        let token = match (kind, *count) {
            (Kind::Name, 1) => format!("{OPEN}name{CLOSE}"),
            (_, n) => format!("{OPEN}{} {n}{CLOSE}", kind.word()),
        };
        self.tokens.insert(surface.to_owned(), token.clone());
        self.hidden.insert(token.clone(), surface.to_owned());
        token
    }
}

/// Spans by their start.
struct Spans(BTreeMap<usize, (Range<usize>, Kind)>);

impl Spans {
    fn extend(&mut self, found: impl IntoIterator<Item = Range<usize>>, kind: Kind) {
        for range in found {
            let mut at = range.start;
            let taken: Vec<Range<usize>> = self
                .0
                .range(..range.end)
                .rev()
                .map(|(_, (last, _))| last.clone())
                .take_while(|last| last.end > range.start)
                .collect();
            // What other finds leave of this one tells as much as the whole.
            for other in taken.into_iter().rev() {
                self.insert(at..other.start, kind);
                at = at.max(other.end);
            }
            self.insert(at..range.end, kind);
        }
    }

    fn insert(&mut self, range: Range<usize>, kind: Kind) {
        if !range.is_empty() {
            self.0.insert(range.start, (range, kind));
        }
    }
}

impl IntoIterator for Spans {
    type Item = (Range<usize>, Kind);
    type IntoIter = std::collections::btree_map::IntoValues<usize, (Range<usize>, Kind)>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_values()
    }
}

/// The pieces of a contact line that look like part of an address: letters and digits, a house and a street.
fn addresses(contact: &str) -> Vec<String> {
    contact
        .split(['|', '·', '•', ',', ';', '\t'])
        .map(str::trim)
        .filter(|piece| {
            piece.chars().count() >= 8
                && !piece.contains(['@', '/', ':'])
                && piece.chars().any(|c| c.is_ascii_digit())
                && piece.chars().filter(|c| c.is_alphabetic()).count() >= 4
        })
        .map(str::to_owned)
        .collect()
}

/// `text` without characters that a person does not see but a model reads: tags, marks of direction, controls,
/// joints of no width.
pub(crate) fn visible(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        // Joiners shape the letters of some scripts, and emoji.
        let shapes = matches!(c, '\u{200c}' | '\u{200d}') && shown.ends_with(|before| before >= '\u{590}');
        if shapes || !(unseen(c) || (c.is_control() && c != '\n' && c != '\t')) {
            shown.push(c);
        }
    }
    shown
}

/// Whether nobody sees the character: it only stands between others, joins them or turns their direction.
fn unseen(c: char) -> bool {
    matches!(c, '\u{e0000}'..='\u{e0fff}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{2064}' | '\u{feff}' | '\u{ad}' | '\u{180e}' | '\u{115f}' | '\u{1160}' | '\u{3164}')
}

fn each_text(value: &mut Value, change: &mut dyn FnMut(&str) -> String) {
    match value {
        Value::String(text) => *text = change(text),
        Value::Array(items) => items.iter_mut().for_each(|item| each_text(item, change)),
        Value::Object(fields) => fields.values_mut().for_each(|field| each_text(field, change)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

#[cfg(test)]
mod tests;

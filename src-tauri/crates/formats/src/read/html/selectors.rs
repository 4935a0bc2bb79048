//! Selectors of style sheets, as far as resumes use them.

use super::tree::{Kind, Tree};

/// How one element stands to the next in a selector.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Relation {
    /// The element itself.
    This,
    /// Somewhere above.
    Above,
    /// Right above.
    Parent,
    /// Right before.
    Before,
    /// Somewhere before.
    Earlier,
}

/// A condition on the place among brothers and sisters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    First,
    Last,
    NotFirst,
    NotLast,
}

/// What a selector asks of one element.
#[derive(Clone, Debug, Default)]
struct Compound {
    name: Option<String>,
    id: Option<String>,
    classes: Vec<String>,
    places: Vec<Place>,
}

/// Text that a sheet puts before or behind the content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Pseudo {
    Before,
    After,
}

/// A selector, read from its end.
#[derive(Clone, Debug)]
pub(super) struct Selector {
    parts: Vec<(Relation, Compound)>,
    pub(super) pseudo: Option<Pseudo>,
    /// Ids, classes, names: a selector with more of them wins.
    pub(super) weight: (u16, u16, u16),
}

/// More parts than a selector needs.
const MAX_PARTS: usize = 8;

impl Selector {
    /// Reads a selector; `None` for one that asks for what is not known here.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let mut parts: Vec<(Relation, Compound)> = Vec::new();
        let mut weight = (0u16, 0u16, 0u16);
        let mut pseudo = None;
        let mut relation = Relation::This;
        let spaced = text.replace('>', " > ").replace('+', " + ").replace('~', " ~ ");
        let mut words = spaced.split_whitespace().peekable();
        while let Some(word) = words.next() {
            if pseudo.is_some() || parts.len() >= MAX_PARTS {
                return None;
            }
            let (compound, of) = Compound::parse(word, &mut weight)?;
            pseudo = of;
            // The relation is noted at the element before, which is tested after this one.
            if let Some(last) = parts.last_mut() {
                last.0 = relation;
            }
            parts.push((Relation::This, compound));
            relation = match words.peek() {
                Some(&">") => Relation::Parent,
                Some(&"+") => Relation::Before,
                Some(&"~") => Relation::Earlier,
                _ => Relation::Above,
            };
            if relation != Relation::Above {
                words.next();
            }
        }
        (!parts.is_empty()).then(|| {
            parts.reverse();
            Self { parts, pseudo, weight }
        })
    }

    /// A name, id or class that every element that is meant has: to find rules quickly.
    pub(super) fn key(&self) -> Option<String> {
        let (_, last) = self.parts.first()?;
        let id = last.id.as_ref().map(|id| format!("#{id}"));
        id.or_else(|| last.classes.first().map(|class| format!(".{class}"))).or_else(|| last.name.clone())
    }

    /// Whether an element is meant.
    pub(super) fn matches(&self, tree: &Tree<'_>, at: usize) -> bool {
        self.matches_from(0, tree, at)
    }

    fn matches_from(&self, part: usize, tree: &Tree<'_>, at: usize) -> bool {
        let Some((_, compound)) = self.parts.get(part) else { return true };
        if !compound.matches(tree, at) {
            return false;
        }
        let Some((relation, _)) = self.parts.get(part + 1) else { return true };
        let parent = tree.nodes[at].parent;
        match relation {
            Relation::This => false,
            Relation::Parent => parent != at && self.matches_from(part + 1, tree, parent),
            Relation::Above => {
                let mut above = at;
                while above != 0 {
                    above = tree.nodes[above].parent;
                    if self.matches_from(part + 1, tree, above) {
                        return true;
                    }
                }
                false
            }
            Relation::Before => {
                let before = tree.elements(parent).take_while(|other| *other != at).last();
                before.is_some_and(|before| self.matches_from(part + 1, tree, before))
            }
            Relation::Earlier => tree
                .elements(parent)
                .take_while(|other| *other != at)
                .any(|other| self.matches_from(part + 1, tree, other)),
        }
    }
}

impl Compound {
    fn parse(word: &str, weight: &mut (u16, u16, u16)) -> Option<(Self, Option<Pseudo>)> {
        let mut compound = Self::default();
        let mut pseudo = None;
        let mut rest = word;
        let end = |text: &str| text.find(['.', '#', ':', '[']).unwrap_or(text.len());
        let name = &rest[..end(rest)];
        rest = &rest[name.len()..];
        if !name.is_empty() && name != "*" {
            compound.name = Some(name.to_ascii_lowercase());
            weight.2 += 1;
        }
        while let Some(sign) = rest.chars().next() {
            if sign == ':' {
                let colons = if rest.starts_with("::") { 2 } else { 1 };
                let text = &rest[colons..];
                let close = text.find('(').and_then(|open| text[open..].find(')').map(|at| open + at + 1));
                let length =
                    close.filter(|_| text.find('(') < text.find([':', '.', '#']).or(Some(usize::MAX)));
                let length = length.unwrap_or_else(|| end(text));
                match &text[..length] {
                    "before" => pseudo = Some(Pseudo::Before),
                    "after" => pseudo = Some(Pseudo::After),
                    "first-child" | "first-of-type" => compound.places.push(Place::First),
                    "last-child" | "last-of-type" => compound.places.push(Place::Last),
                    "not(:first-child)" | "not(:first-of-type)" => compound.places.push(Place::NotFirst),
                    "not(:last-child)" | "not(:last-of-type)" => compound.places.push(Place::NotLast),
                    "root" => compound.name = Some("html".to_owned()),
                    "link" | "any-link" | "visited" => {}
                    _ => return None,
                }
                weight.1 += 1;
                rest = &text[length..];
            } else {
                let text = &rest[1..];
                let value = &text[..end(text)];
                if value.is_empty() {
                    return None;
                }
                match sign {
                    '.' => {
                        compound.classes.push(value.to_owned());
                        weight.1 += 1;
                    }
                    '#' => {
                        compound.id = Some(value.to_owned());
                        weight.0 += 1;
                    }
                    _ => return None,
                }
                rest = &text[value.len()..];
            }
        }
        Some((compound, pseudo))
    }

    fn matches(&self, tree: &Tree<'_>, at: usize) -> bool {
        let node = &tree.nodes[at];
        let Kind::Element { name, id, classes, .. } = &node.kind else { return false };
        if self.name.as_ref().is_some_and(|wanted| wanted != name)
            || self.id.is_some() && self.id != *id
            || !self.classes.iter().all(|class| classes.contains(class))
        {
            return false;
        }
        self.places.iter().all(|place| {
            let first = || tree.elements(node.parent).next() == Some(at);
            let last = || {
                tree.nodes[node.parent]
                    .children
                    .iter()
                    .rev()
                    .find(|child| !tree.nodes[**child].name().is_empty())
                    == Some(&at)
            };
            match place {
                Place::First => first(),
                Place::Last => last(),
                Place::NotFirst => !first(),
                Place::NotLast => !last(),
            }
        })
    }
}

//! Tags as a tree, kept flat in one list, with bounds on its depth and size.

use std::collections::HashMap;

use super::elements::{Display, VOID, display, known};
use crate::posting::markup::{Token, Tokens, attribute, unescape};

/// Deeper elements hang on the last one above.
const MAX_DEPTH: usize = 200;

/// More nodes than any resume has.
const MAX_NODES: usize = 300_000;

/// An element or a text.
#[derive(Debug)]
pub(super) struct Node<'h> {
    pub(super) parent: usize,
    pub(super) children: Vec<usize>,
    pub(super) kind: Kind<'h>,
}

#[derive(Debug)]
pub(super) enum Kind<'h> {
    Text(String),
    Element { name: &'static str, attributes: &'h str, id: Option<String>, classes: Vec<String> },
}

impl Node<'_> {
    /// The name of the element; empty for a text.
    pub(super) fn name(&self) -> &'static str {
        match self.kind {
            Kind::Element { name, .. } => name,
            Kind::Text(_) => "",
        }
    }

    /// The value of an attribute.
    pub(super) fn attribute(&self, name: &str) -> Option<String> {
        match &self.kind {
            Kind::Element { attributes, .. } if !attributes.is_empty() => attribute(attributes, name),
            _ => None,
        }
    }
}

/// A page. The first node is its root.
#[derive(Debug)]
pub(super) struct Tree<'h> {
    pub(super) nodes: Vec<Node<'h>>,
    /// The page has more nodes than were kept.
    pub(super) cut_off: bool,
}

/// Which open elements an opening tag closes, and where looking for them stops.
fn closed_by(name: &str) -> (&'static [&'static str], &'static [&'static str]) {
    match name {
        "li" => (&["li"], &["ul", "ol", "menu", "dir"]),
        "dt" | "dd" => (&["dt", "dd"], &["dl"]),
        "tr" => (&["tr"], &["table"]),
        "td" | "th" => (&["td", "th"], &["tr", "table"]),
        "thead" | "tbody" | "tfoot" => (&["thead", "tbody", "tfoot"], &["table"]),
        name if display(name) == Display::Block || name == "table" => {
            (&["p"], &["td", "th", "li", "div", "body"])
        }
        _ => (&[], &[]),
    }
}

impl<'h> Tree<'h> {
    /// Makes a tree of a page.
    pub(super) fn of(html: &'h str) -> Self {
        let root = Kind::Element { name: "x", attributes: "", id: None, classes: Vec::new() };
        let mut tree =
            Self { nodes: vec![Node { parent: 0, children: Vec::new(), kind: root }], cut_off: false };
        let mut open: Vec<(usize, &'static str)> = vec![(0, "x")];
        let mut deeper: HashMap<&'static str, usize> = HashMap::new();
        for token in (Tokens { html, at: 0 }) {
            if tree.nodes.len() >= MAX_NODES {
                tree.cut_off = true;
                break;
            }
            match token {
                Token::Text(text) => {
                    tree.add(open.last().map_or(0, |(at, _)| *at), Kind::Text(unescape(text)));
                }
                Token::Open { name, attributes, closed } => {
                    let name = known(name);
                    let (closes, stops) = closed_by(name);
                    if !closes.is_empty()
                        && let Some(at) = open
                            .iter()
                            .rposition(|(_, other)| closes.contains(other) || stops.contains(other))
                            .filter(|at| closes.contains(&open[*at].1))
                    {
                        open.truncate(at);
                    }
                    let kind = Kind::Element {
                        name,
                        attributes,
                        id: attribute(attributes, "id"),
                        classes: attribute(attributes, "class")
                            .map(|classes| classes.split_whitespace().take(40).map(str::to_owned).collect())
                            .unwrap_or_default(),
                    };
                    if open.len() >= MAX_DEPTH && !VOID.contains(&name) {
                        // Its text still counts; what it says of itself does not.
                        if !closed {
                            *deeper.entry(name).or_default() += 1;
                        }
                        continue;
                    }
                    let at = tree.add(open.last().map_or(0, |(at, _)| *at), kind);
                    if !closed && !VOID.contains(&name) {
                        open.push((at, name));
                    }
                }
                Token::Close(name) => {
                    let name = known(name);
                    if let Some(count) = deeper.get_mut(name).filter(|count| **count > 0) {
                        *count -= 1;
                    } else if let Some(at) = open.iter().skip(1).rposition(|(_, other)| *other == name) {
                        open.truncate(at + 1);
                    }
                }
            }
        }
        tree
    }

    fn add(&mut self, parent: usize, kind: Kind<'h>) -> usize {
        let at = self.nodes.len();
        self.nodes.push(Node { parent, children: Vec::new(), kind });
        self.nodes[parent].children.push(at);
        at
    }

    /// The elements among the children of a node.
    pub(super) fn elements(&self, of: usize) -> impl Iterator<Item = usize> + '_ {
        self.nodes[of].children.iter().copied().filter(|child| !self.nodes[*child].name().is_empty())
    }

    /// Whether elements that stand on lines of their own hang below a node.
    pub(super) fn has_blocks(&self, of: usize) -> bool {
        let mut open = vec![of];
        while let Some(at) = open.pop() {
            for child in &self.nodes[at].children {
                let name = self.nodes[*child].name();
                if !matches!(display(name), Display::Inline | Display::None) || name == "br" {
                    return true;
                }
                open.push(*child);
            }
        }
        false
    }
}

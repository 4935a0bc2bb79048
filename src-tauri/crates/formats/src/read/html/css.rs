//! The style sheets of a page: rules with what they declare.

use std::collections::HashMap;
use std::rc::Rc;

use super::selectors::{Pseudo, Selector};
use super::tree::{Kind, Tree};

/// More rules than count.
const MAX_RULES: usize = 6_000;

/// Sheets within sheets: `@media` in `@supports`.
const MAX_NESTING: usize = 4;

/// What the classes of common frameworks mean, for pages whose sheets are elsewhere: these are never loaded.
const COMMON: &str = ".float-right,.float-end,.pull-right{float:right} .float-left,.float-start,.pull-left{float:left} \
    .d-flex,.flex,.row,.columns{display:flex} .flex-column,.flex-col{display:flex;flex-direction:column} \
    .d-none,.sr-only,.visually-hidden,.screen-reader-text{display:none} .text-right,.text-end{text-align:right} \
    .text-center{text-align:center} .font-bold,.font-weight-bold,.fw-bold,.font-semibold{font-weight:bold} \
    .text-xl{font-size:15pt} .text-2xl{font-size:18pt} .text-3xl{font-size:22pt} .text-4xl{font-size:27pt}";

/// `property: value`, in lower case where that makes no difference.
pub(super) type Declarations = Rc<Vec<(String, String)>>;

#[derive(Debug)]
struct Rule {
    selector: Selector,
    declarations: Declarations,
    order: usize,
}

/// All sheets of a page.
#[derive(Debug, Default)]
pub(super) struct Sheet {
    rules: Vec<Rule>,
    /// Which rules may mean an element with that name, class or id.
    by_key: HashMap<String, Vec<usize>>,
    /// Rules for any element.
    for_all: Vec<usize>,
    variables: HashMap<String, String>,
}

impl Sheet {
    /// Reads the `style` elements of a page.
    pub(super) fn of(html: &str) -> Self {
        let mut sheet = Self::default();
        let lower = html.to_ascii_lowercase();
        if lower.contains("stylesheet") || lower.contains("tailwind") {
            sheet.read(COMMON, false, 0);
        }
        let mut from = 0;
        while let Some(at) = lower[from..].find("<style").map(|at| at + from) {
            let Some(start) = lower[at..].find('>').map(|end| at + end + 1) else { break };
            let end = lower[start..].find("</style").map_or(lower.len(), |end| start + end);
            let tag = &lower[at..start];
            let text = without_comments(&html[start..end]);
            sheet.read(&text, tag.contains("media=\"print\"") || tag.contains("media=print"), 0);
            from = end;
        }
        sheet
    }

    fn read(&mut self, text: &str, print: bool, nesting: usize) {
        let mut rest = text;
        while let Some(open) = rest.find(['{', ';']) {
            let head = rest[..open].trim();
            if rest[open..].starts_with(';') {
                // `@import`, `@charset`: nothing is loaded.
                rest = &rest[open + 1..];
                continue;
            }
            let body_start = open + 1;
            let end = block_end(&rest[body_start..]).map_or(rest.len(), |end| body_start + end);
            let body = &rest[body_start..end];
            if let Some(rule) = head.strip_prefix('@') {
                if nesting < MAX_NESTING {
                    self.at_rule(rule, body, print, nesting);
                }
            } else {
                self.rule(head, body, print);
            }
            rest = rest.get(end + 1..).unwrap_or_default();
            if self.rules.len() >= MAX_RULES {
                return;
            }
        }
    }

    fn at_rule(&mut self, rule: &str, body: &str, print: bool, nesting: usize) {
        let rule = rule.to_ascii_lowercase();
        if let Some(query) = rule.strip_prefix("media") {
            let for_print = query.contains("print");
            let narrow = query.contains("max-width") || query.contains("prefers-");
            if (for_print || !narrow) && !query.contains("not ") {
                self.read(body, print || for_print && !query.contains("screen"), nesting + 1);
            }
        } else if rule.starts_with("supports") || rule.starts_with("layer") {
            self.read(body, print, nesting + 1);
        }
    }

    fn rule(&mut self, selectors: &str, body: &str, print: bool) {
        let mut declarations = declarations(body);
        if print {
            // What is not printed is no part of the resume; else the screen's looks count.
            declarations.retain(|(name, value)| name == "display" && value == "none");
            if declarations.is_empty() {
                return;
            }
        }
        for (name, value) in &declarations {
            if name.starts_with("--") && self.variables.len() < 500 {
                self.variables.insert(name.clone(), value.clone());
            }
        }
        let declarations = Rc::new(declarations);
        for selector in selectors.split(',').filter_map(|text| Selector::parse(text.trim())) {
            let at = self.rules.len();
            match selector.key() {
                Some(key) => self.by_key.entry(key).or_default().push(at),
                None => self.for_all.push(at),
            }
            self.rules.push(Rule { selector, declarations: Rc::clone(&declarations), order: at });
        }
    }

    /// What the sheets declare for an element, or for the text before or behind its content; the strongest last.
    pub(super) fn declared(&self, tree: &Tree<'_>, at: usize, pseudo: Option<Pseudo>) -> Vec<Declarations> {
        let Kind::Element { name, id, classes, .. } = &tree.nodes[at].kind else { return Vec::new() };
        let keys = std::iter::once((*name).to_owned())
            .chain(id.iter().map(|id| format!("#{id}")))
            .chain(classes.iter().map(|class| format!(".{class}")));
        let mut found: Vec<&Rule> = keys
            .filter_map(|key| self.by_key.get(&key))
            .flatten()
            .chain(&self.for_all)
            .map(|rule| &self.rules[*rule])
            .filter(|rule| rule.selector.pseudo == pseudo && rule.selector.matches(tree, at))
            .collect();
        found.sort_by_key(|rule| (rule.selector.weight, rule.order));
        found.into_iter().map(|rule| Rc::clone(&rule.declarations)).collect()
    }

    /// A value with its variables put in, once.
    pub(super) fn resolved(&self, value: &str) -> Option<String> {
        let Some((before, rest)) = value.split_once("var(") else { return Some(value.to_owned()) };
        let (inside, after) = rest.split_once(')')?;
        let (name, fallback) =
            inside.split_once(',').map_or((inside, None), |(name, other)| (name, Some(other)));
        let found = self.variables.get(name.trim()).map(String::as_str).or(fallback)?.trim();
        (!found.contains("var(")).then(|| format!("{before}{found}{after}"))
    }
}

/// `name: value; …` as pairs.
pub(super) fn declarations(text: &str) -> Vec<(String, String)> {
    text.split(';')
        .take(200)
        .filter_map(|one| {
            let (name, value) = one.split_once(':')?;
            let name = name.trim().to_ascii_lowercase();
            let value = value.trim();
            let value = value.strip_suffix("!important").unwrap_or(value).trim();
            // The text of `content` keeps its letters.
            let value = if name == "content" || name.starts_with("--") {
                value.to_owned()
            } else {
                value.to_ascii_lowercase()
            };
            (!name.is_empty() && !value.is_empty() && value.len() < 300).then_some((name, value))
        })
        .collect()
}

/// Where the block that is open ends: its closing bracket.
fn block_end(text: &str) -> Option<usize> {
    let mut depth = 0usize;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'{' => depth += 1,
            b'}' if depth == 0 => return Some(at),
            b'}' => depth -= 1,
            _ => {}
        }
    }
    None
}

fn without_comments(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text.trim_start().trim_start_matches("<!--");
    while let Some((before, after)) = rest.split_once("/*") {
        out.push_str(before);
        rest = after.split_once("*/").map_or("", |(_, after)| after);
    }
    out.push_str(rest);
    out
}

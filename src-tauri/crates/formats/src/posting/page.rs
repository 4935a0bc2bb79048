//! Web pages to lines, in one pass over the tags without a tree: depth costs nothing.
//!
//! What nobody sees is left out: comments, scripts, elements that are hidden by attribute or style.

use std::collections::HashMap;
use std::sync::LazyLock;

use resume::Origin;

use crate::line::Line;

/// What of a page is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Keep {
    /// All that is visible.
    All,
    /// The part that the page is about: no menus, forms, notices, footers, other vacancies.
    Main,
}

/// The visible lines of a page.
pub(crate) struct Page {
    pub(crate) lines: Vec<Line>,
    /// The title of the page.
    pub(crate) title: Option<String>,
}

/// Elements that end at their own tag and hold nothing.
const VOID: &[&str] = &[
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track",
    "wbr",
];
/// Elements whose content is never text for a reader.
const UNSEEN: &[&str] = &[
    "script", "style", "template", "noscript", "svg", "iframe", "object", "select", "option", "textarea",
    "canvas", "datalist", "head",
];
/// Elements around what the page is about.
const FRAME: &[&str] = &["nav", "footer", "aside", "form", "button", "dialog", "menu"];
/// Words in classes and ids of such parts.
const FRAME_WORDS: &[&str] = &[
    "cookie",
    "consent",
    "nav",
    "navbar",
    "topbar",
    "menu",
    "footer",
    "foot",
    "breadcrumb",
    "breadcrumbs",
    "sidebar",
    "similar",
    "related",
    "recommended",
    "teaser",
    "share",
    "social",
    "newsletter",
    "modal",
    "popup",
    "banner",
    "signup",
    "login",
    "apply-form",
    "skip",
    "ads",
];
/// Elements that stand on lines of their own.
const BLOCKS: &[&str] = &[
    "p",
    "div",
    "section",
    "article",
    "main",
    "header",
    "ul",
    "ol",
    "li",
    "table",
    "tr",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "br",
    "dl",
    "dt",
    "dd",
    "blockquote",
    "pre",
    "body",
    "figure",
    "figcaption",
    "address",
    "details",
    "summary",
    "fieldset",
    "label",
    "nav",
    "footer",
    "aside",
    "form",
    "caption",
    "thead",
    "tbody",
];

/// Deeper than this, elements are no longer told apart; their text is read all the same.
const MAX_OPEN: usize = 512;

struct Open<'h> {
    name: &'h str,
    dropped: bool,
}

/// Reads a page.
pub(crate) fn lines(html: &str, keep: Keep) -> Page {
    let hidden_classes = hidden_classes(html);
    let main = if keep == Keep::Main { main_part(html) } else { html };
    let mut reader = Reader {
        lines: Vec::new(),
        text: String::new(),
        heading: 0,
        bullet: false,
        bold: true,
        strong: 0,
        signs: false,
        gap: true,
        list: 0,
    };
    let mut open: Vec<Open<'_>> = Vec::new();
    let mut deeper = 0usize;
    let mut dropped = 0usize;
    for token in (Tokens { html: main, at: 0 }) {
        match token {
            Token::Text(text) => {
                if dropped == 0 {
                    reader.push(&unescape(text));
                }
            }
            Token::Open { name, attributes, closed } => {
                let Some(name) = known_name(name) else { continue };
                if dropped == 0 {
                    reader.open(name, attributes);
                }
                if closed || VOID.contains(&name) {
                    continue;
                }
                // A paragraph or an item ends where the next begins.
                if matches!(name, "p" | "li" | "td" | "th" | "tr" | "option")
                    && open.last().is_some_and(|last| last.name == name)
                    && let Some(last) = open.pop()
                {
                    dropped -= usize::from(last.dropped);
                }
                if open.len() >= MAX_OPEN {
                    deeper += 1;
                    continue;
                }
                let drop = UNSEEN.contains(&name)
                    || is_hidden(attributes, &hidden_classes)
                    || keep == Keep::Main && (FRAME.contains(&name) || is_frame(attributes));
                dropped += usize::from(drop);
                open.push(Open { name, dropped: drop });
            }
            Token::Close(name) => {
                let Some(name) = known_name(name) else { continue };
                if dropped == 0 {
                    reader.close(name);
                }
                if deeper > 0 {
                    deeper -= 1;
                } else if let Some(at) = open.iter().rposition(|element| element.name == name) {
                    for element in open.drain(at..) {
                        dropped -= usize::from(element.dropped);
                    }
                }
            }
        }
    }
    reader.end_line();
    Page { lines: reader.lines, title: page_title(html) }
}

/// The content of `main`, of the only `article`, or the whole page.
fn main_part(html: &str) -> &str {
    let lower = html.to_ascii_lowercase();
    for (from, to) in [("<main", "</main>"), ("<body", "</body>")] {
        if let Some(start) = lower.find(from) {
            let end = lower[start..].rfind(to).map_or(html.len(), |at| start + at);
            return &html[start..end];
        }
    }
    html
}

/// The title of the page without the name of the site behind it.
fn page_title(html: &str) -> Option<String> {
    let lower = html.to_ascii_lowercase();
    let start = lower.find("<title")?;
    let start = start + lower[start..].find('>')? + 1;
    let end = start + lower[start..].find("</title")?;
    let title = unescape(&html[start..end]);
    let title =
        title.split(" | ").next().unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ");
    (!title.is_empty()).then_some(title)
}

struct Reader {
    lines: Vec<Line>,
    text: String,
    heading: u8,
    bullet: bool,
    bold: bool,
    strong: u32,
    signs: bool,
    gap: bool,
    list: u32,
}

impl Reader {
    fn push(&mut self, text: &str) {
        for c in text.chars() {
            if c.is_whitespace() && c != '\u{a0}' {
                if !self.text.is_empty() && !self.text.ends_with([' ', '\t']) {
                    self.text.push(' ');
                }
            } else {
                self.signs = true;
                self.bold &= self.strong > 0;
                self.text.push(c);
            }
        }
    }

    fn open(&mut self, name: &str, attributes: &str) {
        if BLOCKS.contains(&name) {
            self.end_line();
            self.gap |= name != "br" && name != "tr";
        }
        match name {
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => self.heading = name.as_bytes()[1] - b'0',
            "li" => self.bullet = true,
            "ul" | "ol" => self.list += 1,
            "b" | "strong" => self.strong += 1,
            "td" | "th" if self.signs => self.text.push('\t'),
            _ => {}
        }
        if attribute(attributes, "role").is_some_and(|role| role == "heading") {
            self.end_line();
            self.heading = attribute(attributes, "aria-level")
                .and_then(|level| level.parse().ok())
                .filter(|level| (1..=6).contains(level))
                .unwrap_or(2);
        }
    }

    fn close(&mut self, name: &str) {
        if BLOCKS.contains(&name) {
            self.end_line();
            self.heading = 0;
        }
        match name {
            "ul" | "ol" => {
                self.list = self.list.saturating_sub(1);
                self.bullet = false;
            }
            "li" => self.bullet = false,
            "b" | "strong" => self.strong = self.strong.saturating_sub(1),
            _ => {}
        }
    }

    fn end_line(&mut self) {
        let text = std::mem::take(&mut self.text);
        let text = text.trim();
        if self.signs && !text.is_empty() {
            let mut line = Line::new(text, Origin::Nowhere);
            line.heading = self.heading;
            line.bullet = self.bullet && self.heading == 0;
            line.bold = self.bold && self.heading == 0;
            line.starts_bold = line.bold;
            line.gap = if self.gap { 1.0 } else { 0.0 };
            // Several blocks in one item are one item.
            if line.bullet {
                self.bullet = false;
            }
            if !line.bullet
                && let Some(rest) = crate::line::strip_bullet(text)
                && !rest.is_empty()
            {
                line.text = rest.to_owned();
                line.bullet = true;
            }
            self.lines.push(line);
            self.gap = false;
        }
        self.signs = false;
        self.bold = true;
    }
}

enum Token<'h> {
    Text(&'h str),
    Open { name: &'h str, attributes: &'h str, closed: bool },
    Close(&'h str),
}

/// Cuts a page into tags and text. Comments and declarations are passed over.
struct Tokens<'h> {
    html: &'h str,
    at: usize,
}

impl<'h> Iterator for Tokens<'h> {
    type Item = Token<'h>;

    fn next(&mut self) -> Option<Token<'h>> {
        loop {
            let rest = self.html.get(self.at..)?;
            if rest.is_empty() {
                return None;
            }
            let Some(inside) = rest.strip_prefix('<') else {
                let end = rest.find('<').unwrap_or(rest.len());
                self.at += end;
                return Some(Token::Text(&rest[..end]));
            };
            if let Some(comment) = inside.strip_prefix("!--") {
                self.at = comment.find("-->").map_or(self.html.len(), |end| self.at + 4 + end + 3);
                continue;
            }
            if inside.starts_with(['!', '?']) {
                self.at += rest.find('>').map_or(rest.len(), |end| end + 1);
                continue;
            }
            let close = inside.starts_with('/');
            let named = inside.trim_start_matches('/');
            if !named.starts_with(|c: char| c.is_ascii_alphabetic()) {
                self.at += 1;
                return Some(Token::Text(&rest[..1]));
            }
            let end = tag_end(rest);
            self.at += end;
            let tag = rest[1..end].trim_end_matches('>').trim_start_matches('/');
            let name_end = tag.find(|c: char| c.is_ascii_whitespace() || c == '/').unwrap_or(tag.len());
            let (name, attributes) = tag.split_at(name_end);
            if close {
                return Some(Token::Close(name));
            }
            // The content of a script is no markup.
            if name.eq_ignore_ascii_case("script") || name.eq_ignore_ascii_case("style") {
                self.skip_raw(name);
                continue;
            }
            return Some(Token::Open { name, attributes, closed: tag.ends_with('/') });
        }
    }
}

impl Tokens<'_> {
    fn skip_raw(&mut self, name: &str) {
        let rest = &self.html.as_bytes()[self.at..];
        let close = rest.windows(name.len() + 2).position(|window| {
            window.starts_with(b"</") && window[2..].eq_ignore_ascii_case(name.as_bytes())
        });
        self.at = close.map_or(self.html.len(), |at| self.at + at);
    }
}

/// Where a tag ends, quoted values counted in.
fn tag_end(rest: &str) -> usize {
    let mut quote = None;
    for (at, byte) in rest.bytes().enumerate().skip(1).take(20_000) {
        match (quote, byte) {
            (None, b'>') => return at + 1,
            (None, b'"' | b'\'') if rest.as_bytes()[at - 1] == b'=' => quote = Some(byte),
            (Some(open), _) if open == byte => quote = None,
            _ => {}
        }
    }
    // A quote that never closes: the tag ends at its first bracket.
    rest.find('>').map_or(rest.len(), |end| end + 1)
}

/// The name of an element in lower case, where it means something here.
fn known_name(name: &str) -> Option<&'static str> {
    [
        VOID,
        UNSEEN,
        FRAME,
        BLOCKS,
        &[
            "b", "strong", "td", "th", "span", "a", "em", "i", "small", "font", "u", "sup", "sub", "time",
            "center", "mark",
        ],
    ]
    .into_iter()
    .flatten()
    .find(|known| name.eq_ignore_ascii_case(known))
    .copied()
}

/// The value of an attribute; empty for one without a value.
fn attribute(attributes: &str, name: &str) -> Option<String> {
    let bytes = attributes.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        while at < bytes.len() && (bytes[at].is_ascii_whitespace() || bytes[at] == b'/') {
            at += 1;
        }
        let start = at;
        while at < bytes.len() && !bytes[at].is_ascii_whitespace() && bytes[at] != b'=' && bytes[at] != b'/' {
            at += 1;
        }
        let this = attributes.get(start..at)?;
        while at < bytes.len() && bytes[at].is_ascii_whitespace() {
            at += 1;
        }
        let mut value = "";
        if bytes.get(at) == Some(&b'=') {
            at += 1;
            while at < bytes.len() && bytes[at].is_ascii_whitespace() {
                at += 1;
            }
            match bytes.get(at) {
                Some(quote @ (b'"' | b'\'')) => {
                    let from = at + 1;
                    let end = bytes[from..]
                        .iter()
                        .position(|byte| byte == quote)
                        .map_or(bytes.len(), |end| from + end);
                    value = attributes.get(from..end)?;
                    at = end + 1;
                }
                _ => {
                    let from = at;
                    while at < bytes.len() && !bytes[at].is_ascii_whitespace() {
                        at += 1;
                    }
                    value = attributes.get(from..at)?;
                }
            }
        }
        if this.eq_ignore_ascii_case(name) {
            return Some(unescape(value));
        }
        at = at.max(start + 1);
    }
    None
}

/// Whether an element is hidden by its attributes or its style.
fn is_hidden(attributes: &str, hidden_classes: &[String]) -> bool {
    if attributes.is_empty() {
        return false;
    }
    if attribute(attributes, "hidden").is_some() {
        return true;
    }
    // A sign for the eye alone, like a bullet, is hidden from screen readers and is not a hidden text.
    if let Some(style) = attribute(attributes, "style")
        && is_hiding(&style)
    {
        return true;
    }
    attribute(attributes, "class").is_some_and(|classes| {
        classes.split_whitespace().any(|class| hidden_classes.iter().any(|hidden| hidden == class))
    })
}

/// Whether a style hides what it is on.
fn is_hiding(style: &str) -> bool {
    let style: String = style.to_ascii_lowercase().chars().filter(|c| !c.is_whitespace()).collect();
    let declares = |property: &str, values: &[&str]| {
        style.split([';', '{', '}']).filter_map(|one| one.split_once(':')).any(|(name, value)| {
            let value = value.trim_end_matches("!important");
            name == property && values.contains(&value)
        })
    };
    let far = |property: &str| {
        style.split([';', '{', '}']).filter_map(|one| one.split_once(':')).any(|(name, value)| {
            name == property
                && value
                    .strip_prefix('-')
                    .is_some_and(|rest| rest.chars().take_while(char::is_ascii_digit).count() >= 3)
        })
    };
    declares("display", &["none"])
        || declares("visibility", &["hidden", "collapse"])
        || declares("opacity", &["0", "0.0", "0%"])
        || declares("font-size", &["0", "0px", "0pt", "0em", "1px"])
        || declares("color", &["transparent", "white", "#fff", "#ffffff", "rgba(0,0,0,0)"])
            && !style.contains("background")
        || ["left", "top", "text-indent", "margin-left", "right"].iter().any(|property| far(property))
        || (declares("width", &["0", "0px", "1px"]) || declares("height", &["0", "0px", "1px"]))
            && style.contains("overflow:hidden")
        || style.contains("clip:rect(0")
        || style.contains("clip-path:inset(50%")
}

/// Classes that the page's own style sheets hide.
fn hidden_classes(html: &str) -> Vec<String> {
    let lower = html.to_ascii_lowercase();
    let mut classes = Vec::new();
    let mut from = 0;
    while let Some(at) = lower[from..].find("<style").map(|at| at + from) {
        let end = lower[at..].find("</style").map_or(lower.len(), |end| at + end);
        for rule in html[at..end].split('}') {
            let Some((selectors, style)) = rule.rsplit_once('{') else { continue };
            if is_hiding(style) {
                let simple = selectors
                    .split(',')
                    .map(str::trim)
                    .filter_map(|selector| selector.rsplit(['>', ' ', '\n']).next()?.strip_prefix('.'));
                classes.extend(simple.filter(|class| !class.contains([':', '.', '['])).map(str::to_owned));
            }
        }
        from = end.max(at + 6);
    }
    classes
}

/// Whether classes or id say that an element is not what the page is about.
fn is_frame(attributes: &str) -> bool {
    if attributes.is_empty() {
        return false;
    }
    let role = attribute(attributes, "role").unwrap_or_default();
    if matches!(
        role.as_str(),
        "navigation" | "dialog" | "banner" | "contentinfo" | "search" | "alertdialog" | "complementary"
    ) {
        return true;
    }
    ["class", "id"].iter().filter_map(|name| attribute(attributes, name)).any(|value| {
        value
            .to_ascii_lowercase()
            .split(|c: char| !c.is_ascii_alphanumeric())
            .any(|word| FRAME_WORDS.contains(&word))
    })
}

/// Character references as characters.
pub(crate) fn unescape(text: &str) -> String {
    if !text.contains('&') {
        return text.to_owned();
    }
    quick_xml::escape::unescape_with(text, named).map_or_else(|_| loosely(text), std::borrow::Cow::into_owned)
}

/// Names of signs as pages use them; the rest stays as it is written.
static NAMES: LazyLock<HashMap<&'static str, &'static str>> = LazyLock::new(|| {
    include_str!("entities.txt").split_whitespace().filter_map(|pair| pair.split_once('=')).collect()
});

fn named(name: &str) -> Option<&'static str> {
    if name == "nbsp" {
        return Some("\u{a0}");
    }
    NAMES.get(name).copied()
}

/// A text with a stray "&" in it: each reference by itself.
fn loosely(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = rest.bytes().take(40).position(|byte| byte == b';');
        let resolved = end.and_then(|end| {
            quick_xml::escape::unescape_with(&rest[..=end], named).ok().map(|sign| (sign.into_owned(), end))
        });
        match resolved {
            Some((sign, end)) => {
                out.push_str(&sign);
                rest = &rest[end + 1..];
            }
            None => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(html: &str, keep: Keep) -> Vec<String> {
        lines(html, keep).lines.into_iter().map(|line| line.text).collect()
    }

    #[test]
    fn what_is_hidden_is_left_out() {
        let html = "<style>.x{display:none}</style><p>Seen</p><!-- a --><p hidden>b</p><p style='left:-9999px'>c</p><div class=x>d<p>e</p></div><p style=\"font-size: 0\">f</p><p>R&amp;D &nbsp;at Yard & Sons</p>";
        assert_eq!(texts(html, Keep::All), ["Seen", "R&D \u{a0}at Yard & Sons"]);
    }

    #[test]
    fn the_frame_of_a_page_is_left_out() {
        let html = "<body><nav>Home</nav><div class='cookie-bar'>Cookies</div><main><h1>Welder</h1><ul><li>Weld<li>Cut</ul><form>Name</form></main><footer>Legal</footer></body>";
        assert_eq!(texts(html, Keep::Main), ["Welder", "Weld", "Cut"]);
    }
}

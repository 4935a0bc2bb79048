//! Web pages to lines, in one pass over the tags without a tree: depth costs nothing.
//!
//! What nobody sees is left out: comments, scripts, elements that are hidden by attribute or style.

use resume::Origin;

use super::markup::{Token, Tokens, attribute, unescape};
use super::unseen::{hidden_classes, is_frame, is_hidden};
use crate::line::Line;

/// What of a page is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Keep {
    /// All that is visible.
    All,
    /// What nobody sees as well: to look for what is hidden there, never to read it.
    Everything,
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
/// Of these, those that hold no words at all.
const SCRIPTED: &[&str] = &["script", "style", "canvas"];
/// Elements around what the page is about.
const FRAME: &[&str] = &["nav", "footer", "aside", "form", "button", "dialog", "menu"];
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
                let unseen = if keep == Keep::Everything {
                    SCRIPTED.contains(&name)
                } else {
                    UNSEEN.contains(&name) || is_hidden(attributes, &hidden_classes)
                };
                let drop = unseen || keep == Keep::Main && (FRAME.contains(&name) || is_frame(attributes));
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

/// The title of the page.
fn page_title(html: &str) -> Option<String> {
    let lower = html.to_ascii_lowercase();
    let start = lower.find("<title")?;
    let start = start + lower[start..].find('>')? + 1;
    let end = start + lower[start..].find("</title")?;
    let title = unescape(&html[start..end]);
    let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
    (!title.is_empty()).then_some(title)
}

#[expect(clippy::struct_excessive_bools, reason = "each is a look of the line that is open")]
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
                rest.clone_into(&mut line.text);
                line.bullet = true;
            }
            self.lines.push(line);
            self.gap = false;
        }
        self.signs = false;
        self.bold = true;
    }
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

//! Cuts a page into tags and text, and reads attributes and character references. No tree is built.

use std::collections::HashMap;
use std::sync::LazyLock;

/// A tag or the text between tags.
pub(crate) enum Token<'h> {
    Text(&'h str),
    Open { name: &'h str, attributes: &'h str, closed: bool },
    Close(&'h str),
}

/// Cuts a page into tags and text. Comments and declarations are passed over.
pub(crate) struct Tokens<'h> {
    pub(crate) html: &'h str,
    pub(crate) at: usize,
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

/// The value of an attribute; empty for one without a value.
pub(crate) fn attribute(attributes: &str, name: &str) -> Option<String> {
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
            if let Some(quote @ (b'"' | b'\'')) = bytes.get(at) {
                let from = at + 1;
                let end =
                    bytes[from..].iter().position(|byte| byte == quote).map_or(bytes.len(), |end| from + end);
                value = attributes.get(from..end)?;
                at = end + 1;
            } else {
                let from = at;
                while at < bytes.len() && !bytes[at].is_ascii_whitespace() {
                    at += 1;
                }
                value = attributes.get(from..at)?;
            }
        }
        if this.eq_ignore_ascii_case(name) {
            return Some(unescape(value));
        }
        at = at.max(start + 1);
    }
    None
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
        if let Some((sign, end)) = resolved {
            out.push_str(&sign);
            rest = &rest[end + 1..];
        } else {
            out.push('&');
            rest = &rest[1..];
        }
    }
    out.push_str(rest);
    out
}

//! Markdown as it looks when it is shown, each element with the lines that it came from.

use std::fmt::Write as _;
use std::ops::Range;

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use crate::rich::html::escaped;

/// Lists and quotes within one another: deeper ones are not told apart.
const MAX_OPEN: usize = 60;

/// The text as HTML. Links keep their words, pictures and tags are left out.
pub(super) fn html(text: &str, out: &mut String) {
    let starts: Vec<usize> =
        std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
    let lines = |range: &Range<usize>| {
        let line = |at: usize| starts.partition_point(|start| *start <= at);
        let content = text.get(range.clone()).unwrap_or_default().trim_end();
        let (first, last) = (line(range.start), line(range.start + content.len().saturating_sub(1)));
        if last > first {
            format!(" data-line=\"{first}\" data-line-end=\"{last}\"")
        } else {
            format!(" data-line=\"{first}\"")
        }
    };
    let mut open: Vec<&'static str> = Vec::new();
    let mut hidden = 0u32;
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
    for (event, range) in Parser::new_ext(text, options).into_offset_iter() {
        match event {
            Event::Start(tag) => {
                if matches!(tag, Tag::Image { .. } | Tag::MetadataBlock(_) | Tag::HtmlBlock) {
                    hidden += 1;
                }
                let Some(name) = element(&tag).filter(|_| hidden == 0 && open.len() < MAX_OPEN) else {
                    continue;
                };
                open.push(name);
                let inline = matches!(name, "b" | "i" | "s");
                let place = if inline { String::new() } else { lines(&range) };
                let _ = write!(out, "<{name}{place}>");
            }
            Event::End(tag) => {
                if matches!(tag, TagEnd::Image | TagEnd::MetadataBlock(_) | TagEnd::HtmlBlock) {
                    hidden = hidden.saturating_sub(1);
                }
                if let Some(name) = end(tag).filter(|name| open.last() == Some(name)) {
                    open.pop();
                    let _ = write!(out, "</{name}>");
                }
            }
            _ if hidden > 0 => {}
            Event::Text(piece) | Event::Code(piece) => {
                let place = lines(&range);
                let _ = write!(out, "<span{place}>{}</span>", escaped(&piece));
            }
            Event::SoftBreak => out.push(' '),
            Event::HardBreak => out.push_str("<br>"),
            Event::Rule => out.push_str("<hr>"),
            Event::InlineHtml(tag) if tag.to_ascii_lowercase().starts_with("<br") => out.push_str("<br>"),
            _ => {}
        }
    }
    while let Some(name) = open.pop() {
        let _ = write!(out, "</{name}>");
    }
}

fn heading(level: HeadingLevel) -> &'static str {
    match level {
        HeadingLevel::H1 => "h1",
        HeadingLevel::H2 => "h2",
        HeadingLevel::H3 => "h3",
        HeadingLevel::H4 => "h4",
        HeadingLevel::H5 => "h5",
        HeadingLevel::H6 => "h6",
    }
}

fn element(tag: &Tag<'_>) -> Option<&'static str> {
    Some(match tag {
        Tag::Paragraph | Tag::CodeBlock(_) => "p",
        Tag::Heading { level, .. } => heading(*level),
        Tag::BlockQuote(_) => "div",
        Tag::List(Some(_)) => "ol",
        Tag::List(None) => "ul",
        Tag::Item => "li",
        Tag::Table(_) => "table",
        Tag::TableHead | Tag::TableRow => "tr",
        Tag::TableCell => "td",
        Tag::Emphasis => "i",
        Tag::Strong => "b",
        Tag::Strikethrough => "s",
        _ => return None,
    })
}

fn end(tag: TagEnd) -> Option<&'static str> {
    Some(match tag {
        TagEnd::Paragraph | TagEnd::CodeBlock => "p",
        TagEnd::Heading(level) => heading(level),
        TagEnd::BlockQuote(_) => "div",
        TagEnd::List(true) => "ol",
        TagEnd::List(false) => "ul",
        TagEnd::Item => "li",
        TagEnd::Table => "table",
        TagEnd::TableHead | TagEnd::TableRow => "tr",
        TagEnd::TableCell => "td",
        TagEnd::Emphasis => "i",
        TagEnd::Strong => "b",
        TagEnd::Strikethrough => "s",
        _ => return None,
    })
}

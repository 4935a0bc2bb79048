//! Plain text and fields, as they are.

use std::fmt::Write as _;

use resume::Origin;

use crate::line::Line;
use crate::rich::html::escaped;

/// Lines of a text with their numbers; white space as it stands.
pub(super) fn html(text: &str, out: &mut String) {
    out.push_str("<div style=\"white-space:pre-wrap\">");
    for (at, line) in text.lines().enumerate() {
        let line = line.replace('\t', "    ");
        let shown = if line.trim().is_empty() { "<br>".to_owned() } else { escaped(&line) };
        let _ = write!(out, "<div data-line=\"{}\">{shown}</div>", at + 1);
    }
    out.push_str("</div>");
}

/// Fields of a file without looks of its own, as lines.
pub(super) fn fields(lines: &[Line], out: &mut String) {
    for line in lines {
        let Origin::Paragraphs { part, first, .. } = &line.origin else { continue };
        let (open, close) = match (line.heading, line.bullet) {
            (1, _) => ("h1", "h1"),
            (2, _) => ("h2", "h2"),
            (3.., _) => ("h3", "h3"),
            _ => ("p", "p"),
        };
        let style =
            if line.bullet { " style=\"margin:2pt 0 0 18pt\"" } else { " style=\"margin:4pt 0 0 0\"" };
        let sign = if line.bullet { "• " } else { "" };
        let text = escaped(&line.text.replace('\t', "    "));
        let _ = write!(
            out,
            "<{open} data-part=\"{}\" data-paragraph=\"{first}\"{style}>{sign}{text}</{close}>",
            escaped(part)
        );
    }
}

//! A document with looks as safe HTML: a few elements, escaped text, a fixed set of styles, nothing to load.

use std::fmt::Write as _;

use super::{Align, Looks, Paragraph, Part, Piece};

/// The pieces of a part as HTML. Each paragraph carries the name of its part and its number.
pub(crate) fn part(part: &Part, out: &mut String) {
    let mut open: Vec<&'static str> = Vec::new();
    for piece in &part.pieces {
        match piece {
            Piece::Paragraph(one) => {
                // Text between cells has no place in a table.
                if !matches!(open.last(), Some(&("table" | "tr"))) {
                    paragraph(one, &part.name, out);
                }
            }
            Piece::TableStart => {
                if !matches!(open.last(), Some(&("table" | "tr"))) {
                    start(&mut open, "table", out, "<table style=\"width:100%\"><tbody>");
                }
            }
            Piece::TableEnd => end(&mut open, "table", out),
            Piece::RowStart => {
                if open.last() == Some(&"table") {
                    start(&mut open, "tr", out, "<tr>");
                }
            }
            Piece::RowEnd => end(&mut open, "tr", out),
            Piece::CellStart(columns) => {
                if open.last() == Some(&"tr") {
                    let columns = (*columns).clamp(1, 100);
                    let span = if columns > 1 { format!(" colspan=\"{columns}\"") } else { String::new() };
                    start(&mut open, "td", out, &format!("<td{span} style=\"vertical-align:top\">"));
                }
            }
            Piece::CellEnd => end(&mut open, "td", out),
            Piece::BoxStart => {
                if !matches!(open.last(), Some(&("table" | "tr"))) {
                    start(&mut open, "div", out, "<div>");
                }
            }
            Piece::BoxEnd => end(&mut open, "div", out),
        }
    }
    while let Some(name) = open.pop() {
        close(name, out);
    }
}

/// Deeper than this, tables and boxes are not told apart.
const MAX_OPEN: usize = 60;

fn start(open: &mut Vec<&'static str>, name: &'static str, out: &mut String, tag: &str) {
    if open.len() < MAX_OPEN {
        open.push(name);
        out.push_str(tag);
    }
}

fn end(open: &mut Vec<&'static str>, name: &'static str, out: &mut String) {
    if open.last() == Some(&name) {
        open.pop();
        close(name, out);
    }
}

fn close(name: &str, out: &mut String) {
    out.push_str(match name {
        "table" => "</tbody></table>",
        "tr" => "</tr>",
        "td" => "</td>",
        _ => "</div>",
    });
}

fn paragraph(of: &Paragraph, part: &str, out: &mut String) {
    let tag = match of.heading {
        0 => "p",
        1 => "h1",
        2 => "h2",
        3 => "h3",
        4 => "h4",
        5 => "h5",
        _ => "h6",
    };
    let mut style = String::new();
    match of.align {
        Align::Start => {}
        Align::Center => style.push_str("text-align:center;"),
        Align::End => style.push_str("text-align:right;"),
    }
    let list = f32::from(of.list) * 18.0;
    let indent = of.indent.clamp(0.0, 400.0).max(list);
    let space = of.space.clamp(2.0, 60.0);
    // The margins of a page that knows no better are far wider than those of a document.
    let _ = write!(style, "margin:{}pt 0 0 {}pt;", rounded(space), rounded(indent));
    let _ = write!(out, "<{tag} data-part=\"{}\" data-paragraph=\"{}\"", escaped(part), of.index);
    let _ = write!(out, " style=\"{style}\">");
    if of.item {
        out.push_str("<span style=\"margin-left:-10pt;margin-right:5pt\">•</span>");
    }
    for run in &of.runs {
        self::run(&run.text, run.looks, out);
    }
    if of.is_empty() {
        out.push_str("<br>");
    }
    let _ = write!(out, "</{tag}>");
}

/// Text of one look.
pub(crate) fn run(text: &str, looks: Looks, out: &mut String) {
    let mut style = String::new();
    if looks.bold {
        style.push_str("font-weight:bold;");
    }
    if looks.italic {
        style.push_str("font-style:italic;");
    }
    if looks.underline {
        style.push_str("text-decoration:underline;");
    }
    if looks.size > 0.0 {
        let _ = write!(style, "font-size:{}pt;", rounded(looks.size.clamp(4.0, 72.0)));
    }
    if let Some([red, green, blue]) = looks.color.filter(|color| shows_on_paper(*color)) {
        let _ = write!(style, "color:#{red:02x}{green:02x}{blue:02x};");
    }
    if style.is_empty() {
        text_to(text, out);
    } else {
        let _ = write!(out, "<span style=\"{style}\">");
        text_to(text, out);
        out.push_str("</span>");
    }
}

/// Whether letters of that colour can be read on white. Others stood on a dark ground, which is not kept.
fn shows_on_paper([red, green, blue]: [u8; 3]) -> bool {
    u32::from(red) * 2 + u32::from(green) * 5 + u32::from(blue) < 180 * 8
}

/// Text with its tabs and line breaks.
fn text_to(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '\n' => out.push_str("<br>"),
            '\t' => out.push_str("&#160;&#160;&#160;&#160;"),
            c => escape(c, out),
        }
    }
}

fn rounded(value: f32) -> f32 {
    (value * 10.0).round() / 10.0
}

fn escape(c: char, out: &mut String) {
    match c {
        '&' => out.push_str("&amp;"),
        '<' => out.push_str("&lt;"),
        '>' => out.push_str("&gt;"),
        '"' => out.push_str("&quot;"),
        '\'' => out.push_str("&#39;"),
        // Neither in HTML nor seen by anybody.
        c if c.is_control() => {}
        c => out.push(c),
    }
}

/// Text for a place in HTML, also within an attribute.
pub(crate) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '\n' | '\t') {
            out.push(' ');
        } else {
            escape(c, &mut out);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(pieces: Vec<Piece>) -> String {
        let mut out = String::new();
        part(&Part { name: "a\"b".to_owned(), pieces }, &mut out);
        out
    }

    #[test]
    fn text_is_escaped_and_looks_are_kept() {
        let mut one = Paragraph { index: 3, align: Align::Center, heading: 2, ..Paragraph::default() };
        one.push(
            "<script>alert(1)</script> & more\tx",
            Looks { bold: true, size: 11.25, ..Looks::default() },
        );
        assert_eq!(
            written(vec![Piece::Paragraph(one)]),
            "<h2 data-part=\"a&quot;b\" data-paragraph=\"3\" style=\"text-align:center;margin:2pt 0 0 0pt;\">\
             <span style=\"font-weight:bold;font-size:11.3pt;\">&lt;script&gt;alert(1)&lt;/script&gt; &amp; more&#160;&#160;&#160;&#160;x</span></h2>"
        );
    }

    #[test]
    fn what_is_nested_wrongly_is_closed_all_the_same() {
        let html = written(vec![
            Piece::TableStart,
            Piece::RowStart,
            Piece::CellStart(2),
            Piece::TableEnd,
            Piece::BoxStart,
        ]);
        assert_eq!(
            html,
            "<table style=\"width:100%\"><tbody><tr><td colspan=\"2\" style=\"vertical-align:top\"><div></div></td></tr></tbody></table>"
        );
    }
}

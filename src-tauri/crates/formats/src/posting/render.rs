//! Lines to the clean Markdown of a posting.

use crate::line::Line;

/// Headings as `#`, list items as `- `, one a line, paragraphs apart.
pub(crate) fn markdown(lines: &[Line]) -> String {
    let mut out = String::new();
    let mut after_bullet = false;
    for line in lines {
        let text = clean(&line.text);
        if text.is_empty() {
            continue;
        }
        let heading = heading_level(line);
        if !out.is_empty() {
            // Items of one list, and rows of one table, stand close together.
            let close = line.bullet && after_bullet
                || line.region > 0 && line.gap == 0.0 && heading.is_none() && !line.bullet && !after_bullet;
            out.push_str(if close { "\n" } else { "\n\n" });
        }
        if let Some(level) = heading {
            out.push_str(&"#".repeat(level));
            out.push(' ');
        } else if line.bullet {
            out.push_str("- ");
        }
        out.push_str(&text);
        after_bullet = line.bullet;
    }
    if !out.is_empty() {
        out.push('\n');
    }
    out
}

/// Levels told by the format; a short line in bold or capitals that stands free counts as a second level.
fn heading_level(line: &Line) -> Option<usize> {
    if line.bullet {
        None
    } else if line.heading > 0 {
        Some(usize::from(line.heading))
    } else {
        let free = line.whole || line.gap >= 0.3;
        (line.bold && free && line.text.chars().count() <= 60 && !line.text.ends_with(['.', ',', ';']))
            .then_some(2)
    }
}

/// One line without double spaces; a tab parts what stood apart.
fn clean(text: &str) -> String {
    let parts: Vec<String> = text
        .split('\t')
        .map(|part| {
            let seen: String = part.chars().filter(|c| !is_invisible(*c)).collect();
            seen.split([' ', '\n', '\r']).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
        })
        .collect();
    // An empty cell between others keeps its place in the row.
    let first = parts.iter().position(|part| !part.is_empty()).unwrap_or(0);
    let last = parts.iter().rposition(|part| !part.is_empty()).map_or(0, |last| last + 1);
    let cells: Vec<&str> = parts
        .get(first..last)
        .unwrap_or_default()
        .iter()
        .map(|part| if part.is_empty() { "–" } else { part.as_str() })
        .collect();
    cells.join(" | ").trim().to_owned()
}

/// Signs without looks, among them the tag characters that can hide whole sentences.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{feff}' | '\u{e0000}'..='\u{e007f}' | '\u{e000}'..='\u{f8ff}')
        || c.is_control() && !c.is_whitespace()
}

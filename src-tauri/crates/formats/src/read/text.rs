//! Plain text: the looks are blank lines, underlines, signs at the front and the place where a line ends.

use resume::Origin;

use super::Lines;
use crate::line::{Line, strip_bullet};

/// Reads plain text into lines.
pub(crate) fn read(text: &str) -> Lines {
    let mut lines: Vec<Line> = Vec::new();
    let mut blank = 0u32;
    let raw: Vec<&str> = text.lines().collect();
    let width = raw.iter().map(|line| line.trim_end().chars().count()).max().unwrap_or(0);
    // In a file whose longest line is far beyond any margin nobody wrapped anything.
    let wrapped = width <= 100;
    for (at, raw_line) in raw.iter().enumerate() {
        let trimmed = raw_line.trim();
        if trimmed.is_empty() {
            blank += 1;
            continue;
        }
        if let Some(level) = underline(trimmed) {
            if blank == 0
                && let Some(above) = lines.last_mut()
                && above.text.chars().count() <= 60
                && !above.bullet
            {
                above.heading = level;
                above.bold = true;
            }
            continue;
        }
        let number = u32::try_from(at + 1).unwrap_or(u32::MAX);
        let mut line = Line::new(trimmed, Origin::Lines { first: number, last: number });
        let indent = columns(&raw_line[..raw_line.len() - raw_line.trim_start().len()]);
        line.left = indent;
        if let Some(rest) = strip_bullet(trimmed)
            && !rest.is_empty()
        {
            line.bullet = true;
            line.left = indent + columns(&trimmed[..trimmed.len() - rest.len()]);
            rest.clone_into(&mut line.text);
        }
        line.text = wide_gaps(&line.text);
        #[expect(clippy::cast_precision_loss, reason = "lines are short")]
        let length = line.text.chars().count() as f32;
        line.right = line.left + length;
        #[expect(clippy::cast_precision_loss, reason = "few blank lines")]
        let gap = blank.min(10) as f32;
        line.gap = if lines.is_empty() { 1.0 } else { gap };
        line.whole = !wrapped;
        blank = 0;
        lines.push(line);
    }
    promote_capitals(&mut lines);
    Lines { lines, warnings: Vec::new() }
}

/// Level of the heading that a line of `=` or `-` makes of the line above. `None`: it is no underline.
fn underline(text: &str) -> Option<u8> {
    let first = text.chars().next()?;
    let is_rule = text.chars().count() >= 3 && text.chars().all(|c| c == first);
    (is_rule && matches!(first, '=' | '-' | '_' | '~' | '*' | '#' | '—' | '─')).then_some(2)
}

fn columns(text: &str) -> f32 {
    text.chars().map(|c| if c == '\t' { 4.0 } else { 1.0 }).sum()
}

/// Three spaces and more set parts of a line apart, as a tab does.
fn wide_gaps(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut spaces = 0;
    for c in text.chars() {
        if c == ' ' {
            spaces += 1;
            continue;
        }
        if spaces > 0 {
            out.push(if spaces >= 3 { '\t' } else { ' ' });
            spaces = 0;
        }
        out.push(c);
    }
    out
}

/// Lines in capitals that stand alone look like headings: weight tells the understanding so.
fn promote_capitals(lines: &mut [Line]) {
    for line in lines.iter_mut().filter(|line| !line.bullet && line.heading == 0 && line.gap >= 1.0) {
        let letters = || line.text.chars().filter(|c| c.is_alphabetic());
        if letters().count() >= 4 && letters().all(|c| !c.is_lowercase()) && line.text.chars().count() <= 50 {
            line.bold = true;
        }
        if line.text.ends_with(':') && line.text.split_whitespace().count() <= 4 {
            line.bold = true;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn underlines_bullets_and_gaps() {
        let read =
            read("Jane Example\n\nWork\n====\nWelder, Yard        2016 - 2019\n  * welded and\n    cut\n");
        let told: Vec<_> =
            read.lines.iter().map(|line| (line.text.as_str(), line.heading, line.bullet)).collect();
        assert_eq!(
            told,
            [
                ("Jane Example", 0, false),
                ("Work", 2, false),
                ("Welder, Yard\t2016 - 2019", 0, false),
                ("welded and", 0, true),
                ("cut", 0, false),
            ]
        );
    }
}

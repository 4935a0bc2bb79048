//! What every reader hands to the understanding: lines, with what their looks tell.

use resume::Origin;

/// A line of a document, or a whole paragraph where the format knows paragraphs.
#[expect(clippy::struct_excessive_bools, reason = "each is a look of its own")]
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Line {
    /// The text; a tab where a wide gap or a tab stood. No bullet sign.
    pub(crate) text: String,
    /// Where it came from.
    pub(crate) origin: Origin,
    /// Font size in points; 0 where the format has none.
    pub(crate) size: f32,
    /// All of it is bold.
    pub(crate) bold: bool,
    /// It opens with bold words.
    pub(crate) starts_bold: bool,
    /// All of it is italic.
    pub(crate) italic: bool,
    /// It opens with italic words.
    pub(crate) starts_italic: bool,
    /// A list item starts here.
    pub(crate) bullet: bool,
    /// Level of the heading, where the format says so: 1 the highest, 0 none.
    pub(crate) heading: u8,
    /// Left edge of the text, behind a bullet sign: points, or columns of characters.
    pub(crate) left: f32,
    /// Right edge, in the same unit.
    pub(crate) right: f32,
    /// Width of the first word, in the same unit; 0 where it is not known.
    pub(crate) first_word: f32,
    /// Free height above, in heights of a line: 0 for a line that follows closely, 1 for a blank line.
    pub(crate) gap: f32,
    /// Lines of one column, table cell or text box share a number.
    pub(crate) region: u32,
    /// It is a paragraph of its own: never joined with its neighbours.
    pub(crate) whole: bool,
    /// A page header or footer, which is not part of the running text.
    pub(crate) furniture: bool,
    /// Its parts of different looks (bold, italic, plain), in order; empty where all of it looks the same.
    pub(crate) runs: Vec<String>,
    /// Linked texts in it, each with its address.
    pub(crate) links: Vec<(String, String)>,
}

impl Line {
    /// A plain whole line.
    pub(crate) fn new(text: impl Into<String>, origin: Origin) -> Self {
        Self {
            text: text.into(),
            origin,
            size: 0.0,
            bold: false,
            starts_bold: false,
            italic: false,
            starts_italic: false,
            bullet: false,
            heading: 0,
            left: 0.0,
            right: 0.0,
            first_word: 0.0,
            gap: 0.0,
            region: 0,
            whole: true,
            furniture: false,
            runs: Vec::new(),
            links: Vec::new(),
        }
    }
}

/// Signs that open an item of a list, in text and in fonts of signs.
const BULLETS: &[char] = &[
    '•', '◦', '▪', '▫', '■', '□', '●', '○', '‣', '⁃', '∙', '➢', '➤', '►', '▸', '▶', '✓', '✔', '✦', '❖', '◆',
    '◇', '→', '➔', '\u{f0b7}', '\u{f0a7}', '\u{f0d8}', '\u{f076}', '\u{f0fc}',
];

/// Stands behind a hyphen at the end of a line that is part of its word, not made by breaking it.
pub(crate) const KEPT: char = '\u{200b}';

/// Whether the text is a date, or says that something lasts, and nothing else.
fn goes_on_a_span(text: &str) -> bool {
    let text = text.trim();
    text.chars().count() <= 24
        && (resume::dates::is_now(text)
            || resume::dates::spans(text).first().is_some_and(|span| span.range == (0..text.len())))
}

/// Takes a bullet sign, or the number of a numbered list, from the front of a line. `None`: there is none.
pub(crate) fn strip_bullet(text: &str) -> Option<&str> {
    let text = text.trim_start();
    let first = text.chars().next()?;
    let rest = &text[first.len_utf8()..];
    if BULLETS.contains(&first) || ('\u{e000}'..='\u{f8ff}').contains(&first) {
        let rest = rest.trim_start();
        return Some(rest);
    }
    // "– Present": the second half of a span of time.
    if matches!(first, '-' | '–' | '—' | '−') && goes_on_a_span(rest) {
        return None;
    }
    if matches!(first, '-' | '*' | '–' | '—' | '·' | '+' | '−') && rest.starts_with([' ', '\t', '\u{a0}'])
    {
        return Some(rest.trim_start());
    }
    let number = text.trim_start_matches('(');
    let digits = number.chars().take_while(char::is_ascii_digit).count();
    if (1..=2).contains(&digits) {
        let rest = &number[digits..];
        if let Some(rest) = rest.strip_prefix(['.', ')'])
            && rest.starts_with([' ', '\t'])
            && rest.trim_start().chars().next().is_some_and(char::is_alphabetic)
        {
            return Some(rest.trim_start());
        }
    }
    None
}

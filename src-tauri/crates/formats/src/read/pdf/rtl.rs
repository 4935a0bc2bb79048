//! Writings that run from right to left: what was drawn in the order of the page, in the order of reading.

/// Whether a sign belongs to Hebrew or Arabic writing.
pub(super) fn is_rtl(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{5ff}' | '\u{600}'..='\u{65f}' | '\u{66a}'..='\u{6ef}' | '\u{6fa}'..='\u{77f}' | '\u{8a0}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}')
}

/// Whether most letters of a line run from right to left.
pub(super) fn reads_right_to_left(text: &str) -> bool {
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let rtl = text.chars().filter(|c| is_rtl(*c)).count();
    rtl > 0 && rtl * 2 >= letters
}

fn is_ltr(c: char) -> bool {
    c.is_alphanumeric() && !is_rtl(c)
}

/// Signs that hold words and figures of the other direction together: a mail address, a telephone number.
fn holds(c: char) -> bool {
    matches!(
        c,
        '.' | ',' | ':' | '/' | '@' | '-' | '+' | '_' | '%' | '#' | '&' | '\'' | '’' | '~' | '=' | '?'
    )
}

fn mirrored(c: char) -> char {
    match c {
        '(' => ')',
        ')' => '(',
        '[' => ']',
        ']' => '[',
        '«' => '»',
        '»' => '«',
        '<' => '>',
        '>' => '<',
        c => c,
    }
}

/// A line as it was drawn, from left to right, in the order of reading.
pub(super) fn in_reading_order(drawn: &str) -> String {
    let signs: Vec<char> = drawn.chars().collect();
    if !reads_right_to_left(drawn) {
        // Some words of the other direction in a line of Latin letters.
        return turned(&signs, |c| is_rtl(c), |c| c == ' ').into_iter().collect();
    }
    let whole: Vec<char> = signs.into_iter().rev().map(mirrored).collect();
    let back = turned(&whole, is_ltr, |c| holds(c) || c == ' ');
    back.into_iter().collect()
}

/// Turns each stretch of signs of one kind, with what may stand within it.
fn turned(signs: &[char], kind: impl Fn(char) -> bool, within: impl Fn(char) -> bool) -> Vec<char> {
    let mut out: Vec<char> = Vec::with_capacity(signs.len());
    let mut at = 0;
    while at < signs.len() {
        if !kind(signs[at]) {
            out.push(signs[at]);
            at += 1;
            continue;
        }
        let mut end = at;
        let mut next = at + 1;
        while next < signs.len() && (kind(signs[next]) || within(signs[next])) {
            if kind(signs[next]) {
                end = next;
            }
            next += 1;
        }
        // "+971": the sign in front of a number stood behind it in the turned line.
        if signs.get(end + 1) == Some(&'+') && signs[end].is_ascii_digit() {
            end += 1;
        }
        out.extend(signs[at..=end].iter().rev());
        at = end + 1;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_numbers_and_addresses_come_out_as_they_are_read() {
        assert_eq!(in_reading_order("קרב העונ"), "נועה ברק");
        assert_eq!(in_reading_order("2020 – םויה"), "היום – 2020");
        assert_eq!(in_reading_order("noa@example.org • הפיח"), "חיפה • noa@example.org");
        assert_eq!(in_reading_order("Ada Quill"), "Ada Quill");
    }
}

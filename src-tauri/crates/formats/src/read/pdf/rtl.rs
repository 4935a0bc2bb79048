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

/// A line as it was drawn, from left to right, in the order of reading. `document`: most of the document runs from
/// right to left, so that lines without letters do too.
pub(super) fn in_reading_order(drawn: &str, document: bool) -> String {
    let signs: Vec<char> = drawn.chars().collect();
    let rtl = drawn.chars().any(is_rtl);
    let letters = drawn.chars().any(char::is_alphabetic);
    let from_right = if document { rtl || !letters } else { reads_right_to_left(drawn) };
    if !from_right {
        // Some words of the other direction in a line of Latin letters.
        return turned(&signs, is_rtl, |c| c == ' ').into_iter().collect();
    }
    let whole: Vec<char> = signs.into_iter().rev().map(mirrored).collect();
    turned(&whole, is_ltr, |c| holds(c) || c == ' ').into_iter().collect()
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
        let stretch = &signs[at..=end];
        if stretch.iter().any(|c| c.is_alphabetic()) {
            out.extend(stretch.iter().rev());
        } else {
            // Groups of figures follow one another in the direction of the line.
            for (nth, group) in stretch.split(|c| *c == ' ').enumerate() {
                out.extend((nth > 0).then_some(' '));
                out.extend(group.iter().rev());
            }
        }
        at = end + 1;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_numbers_and_addresses_come_out_as_they_are_read() {
        for (drawn, read) in [
            ("קרב העונ", "נועה ברק"),
            ("2020 – םויה", "היום – 2020"),
            ("noa@example.org • הפיח", "חיפה • noa@example.org"),
            ("0142 555 4 972+ • הפיח", "חיפה • +972 4 555 0142"),
            ("Ada Quill", "Ada Quill"),
        ] {
            assert_eq!(in_reading_order(drawn, true), read);
        }
        // A Hebrew town in a document that runs from left to right.
        assert_eq!(in_reading_order("noa@example.org • הפיח", false), "noa@example.org • חיפה");
        assert_eq!(in_reading_order("2020 – 2016", true), "2016 – 2020");
        assert_eq!(in_reading_order("2020 – 2016", false), "2020 – 2016");
    }
}

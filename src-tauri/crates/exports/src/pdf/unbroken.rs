//! Words longer than a line, such as web addresses: places are put into them where they may break.

use crate::links::Span;
use crate::rows::Row;

/// Longer than this, in characters, a word may not fit into what is left of a line, or into a whole one.
const LONGEST: usize = 48;

/// A place to break that cannot be seen and that readers leave out.
const ZERO_WIDTH_SPACE: char = '\u{200b}';

/// Lets the overlong words of all rows break.
pub(super) fn give_way(rows: &mut [Row]) {
    for row in rows {
        match row {
            Row::Name { text } | Row::Heading { text } => mend(text),
            Row::Headline { spans }
            | Row::Contact { spans }
            | Row::Bullet { spans }
            | Row::Paragraph { spans, .. } => {
                mend_all(spans);
            }
            Row::Entry { spans, right, .. } => {
                mend_all(spans);
                right.iter_mut().for_each(mend);
            }
            Row::Skills { label, spans } => {
                label.iter_mut().for_each(mend);
                mend_all(spans);
            }
        }
    }
}

fn mend_all(spans: &mut [Span]) {
    for span in spans {
        mend(&mut span.text);
    }
}

fn mend(text: &mut String) {
    if !text.split_whitespace().any(|word| word.chars().count() > LONGEST) {
        return;
    }
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    for word in text.split_inclusive(char::is_whitespace) {
        if word.chars().count() <= LONGEST {
            out.push_str(word);
            continue;
        }
        let mut since = 0;
        for c in word.chars() {
            since += 1;
            out.push(c);
            let good = since >= 8 && "/.-_?&=,;:@".contains(c);
            if (good || since >= 24) && !c.is_whitespace() {
                out.push(ZERO_WIDTH_SPACE);
                since = 0;
            }
        }
    }
    *text = out;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn overlong_words_may_break_and_others_stay() {
        let mut address = format!("see https://example.org/{}/end now", "x".repeat(50));
        let before = address.clone();
        mend(&mut address);
        assert_ne!(address, before);
        assert_eq!(address.replace(ZERO_WIDTH_SPACE, ""), before);
        let longest = address.split([' ', ZERO_WIDTH_SPACE]).map(|part| part.chars().count()).max();
        assert!(longest <= Some(24));
        let mut plain = "an ordinary sentence".to_owned();
        mend(&mut plain);
        assert_eq!(plain, "an ordinary sentence");
    }
}

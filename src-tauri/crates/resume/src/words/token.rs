//! Cutting a text into words.

/// A word of a text, where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token<'a> {
    /// The word as written, without a possessive `'s`.
    pub text: &'a str,
    /// Where it starts, in bytes.
    pub start: usize,
    /// Where it ends, in bytes.
    pub end: usize,
}

/// The words of a text, in order.
///
/// - Letters and digits stay together: `P11D`, `k8s`.
/// - Signs that belong to a word stay with it: `C++`, `C#`, `.NET`, `Node.js`, `R&D`, `1,200.50`.
/// - Hyphens, slashes and colons part words: `on-call` is two.
/// - A possessive `'s` and the French and Italian elisions (`l'équipe`) are left out.
pub fn tokens(text: &str) -> Vec<Token<'_>> {
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    let at = |i: usize| chars.get(i).map(|(_, c)| *c);
    let byte = |i: usize| chars.get(i).map_or(text.len(), |(byte, _)| *byte);
    let mut found = Vec::new();
    let mut i = 0;
    while let Some(c) = at(i) {
        let dotted = c == '.'
            && at(i + 1).is_some_and(char::is_alphabetic)
            && !i.checked_sub(1).and_then(at).is_some_and(|before| before.is_alphanumeric() || before == '.');
        if !c.is_alphanumeric() && !dotted {
            i += 1;
            continue;
        }
        let mut start = i;
        i += 1;
        let end = loop {
            let Some(c) = at(i) else { break i };
            let before = at(i - 1).unwrap_or(' ');
            let after = at(i + 1).unwrap_or(' ');
            if c.is_alphanumeric() || is_mark(c) {
                i += 1;
            } else if is_apostrophe(c) && after.is_alphabetic() {
                let rest = chars[i + 1..].iter().take_while(|(_, c)| c.is_alphabetic()).count();
                let so_far = &text[byte(start)..byte(i)];
                if rest == 1 && matches!(after, 's' | 'S') {
                    let end = i;
                    i += 2;
                    break end;
                }
                if elided(so_far) {
                    start = i + 1;
                }
                i += 2;
            } else if belongs(c, before, after, &chars[i + 1..]) {
                i += 2;
            } else if c == '+' && after == '+' && before.is_alphabetic() {
                i += 2;
                break i;
            } else if c == '#' && i - start == 1 && before.is_alphabetic() && !after.is_alphanumeric() {
                i += 1;
                break i;
            } else {
                break i;
            }
        };
        let (start, end) = (byte(start), byte(end));
        found.push(Token { text: &text[start..end], start, end });
    }
    found
}

/// Whether the sign `c` joins what stands before and after it to one word.
fn belongs(c: char, before: char, after: char, rest: &[(usize, char)]) -> bool {
    let thousands = || {
        let digits = rest.iter().take_while(|(_, c)| c.is_ascii_digit()).count();
        digits == 3
    };
    match c {
        '.' => {
            (before.is_ascii_digit() && after.is_ascii_digit())
                || (before.is_alphabetic() && after.is_alphabetic() && !after.is_uppercase())
                || (before.is_uppercase() && after.is_uppercase())
        }
        ',' => before.is_ascii_digit() && after.is_ascii_digit(),
        '\'' | '’' => before.is_ascii_digit() && after.is_ascii_digit() && thousands(),
        '&' => before.is_uppercase() && after.is_uppercase(),
        _ => false,
    }
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | 'ʼ')
}

/// Accents that are characters of their own.
fn is_mark(c: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&c)
}

fn elided(so_far: &str) -> bool {
    matches!(
        so_far,
        "l" | "d" | "j" | "m" | "t" | "s" | "n" | "c" | "qu" | "L" | "D" | "J" | "C" | "Qu" | "dell" | "all"
    )
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn cut(text: &str) -> Vec<&str> {
        tokens(text).into_iter().map(|token| token.text).collect()
    }

    #[test]
    fn words_with_signs_stay_whole() {
        assert_eq!(
            cut("C++, C#/.NET and Node.js; R&D at 1,200.50."),
            ["C++", "C#", ".NET", "and", "Node.js", "R&D", "at", "1,200.50"]
        );
    }

    #[test]
    fn hyphens_and_slashes_part_words() {
        assert_eq!(cut("on-call CI/CD 2016–19"), ["on", "call", "CI", "CD", "2016", "19"]);
    }

    #[test]
    fn possessives_and_elisions_are_left_out() {
        assert_eq!(cut("Tesco's d’heures, O'Brien’s, don't"), ["Tesco", "heures", "O'Brien", "don't"]);
    }

    proptest! {
        #[test]
        fn tokens_stand_where_they_say(text in ".{0,60}") {
            let mut last = 0;
            for token in tokens(&text) {
                prop_assert!(token.start >= last && token.start < token.end);
                prop_assert_eq!(&text[token.start..token.end], token.text);
                last = token.end;
            }
        }
    }
}

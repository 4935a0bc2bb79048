//! The count of pages at the end of a page's header or footer, which is no claim of anybody.

/// Words between the page and how many there are, and words before the page.
const BETWEEN: &[&str] = &["/", "of", "von", "sur", "de"];
const BEFORE: &[&str] = &["Page", "page", "Seite", "Página", "página", "p."];

/// The text without a count of pages at its end: "Marta Quill – 1 / 3" is "Marta Quill –".
pub(super) fn without(text: &str) -> &str {
    let cut = || {
        let (rest, count) = number(text)?;
        let rest = BETWEEN.iter().find_map(|sign| rest.strip_suffix(sign))?;
        let (rest, page) = number(rest)?;
        (1..=count).contains(&page).then_some(rest)
    };
    let Some(rest) = cut() else { return text };
    BEFORE.iter().find_map(|word| rest.strip_suffix(word)).unwrap_or(rest).trim_end()
}

/// Takes a number of one or two digits from the end.
fn number(text: &str) -> Option<(&str, u8)> {
    let text = text.trim_end();
    let rest = text.trim_end_matches(|c: char| c.is_ascii_digit());
    let digits = &text[rest.len()..];
    let number = digits.parse().ok().filter(|_| digits.len() <= 2)?;
    Some((rest.trim_end(), number))
}

#[cfg(test)]
mod tests {
    use super::without;

    #[test]
    fn a_count_of_pages_is_cut_and_nothing_else() {
        for (text, rest) in [
            ("Marta Quill – 1 / 3", "Marta Quill –"),
            ("Marta Quill · Seite 2 von 3", "Marta Quill ·"),
            ("Marta Quill, 1/1 ", "Marta Quill,"),
            ("Marta Quill – 5 / 3", "Marta Quill – 5 / 3"),
            ("Marta Quill, 05/2019", "Marta Quill, 05/2019"),
            ("Suite 40", "Suite 40"),
            ("1 / 3", ""),
            ("", ""),
        ] {
            assert_eq!(without(text), rest, "{text}");
        }
    }
}

//! Text as it is compared.

use unicode_normalization::UnicodeNormalization;

fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}' | '\u{2011}' | '\u{ad}')
}

/// Text as pieces are compared: NFKC, no white space, no hyphens, small letters, no sign of a list in front.
pub fn plain(text: &str) -> String {
    let folded: String =
        text.nfkc().filter(|c| !c.is_whitespace() && !is_hyphen(*c)).flat_map(char::to_lowercase).collect();
    folded.trim_matches(['•', '·', '|', ',', ';']).to_owned()
}

/// Text as words are compared: NFKC, small letters, cut at what is neither letter nor figure.
pub fn words(text: &str) -> Vec<String> {
    let folded: String = text.nfkc().flat_map(char::to_lowercase).filter(|c| *c != '\u{ad}').collect();
    folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spaces_hyphens_and_ligatures_make_no_difference() {
        assert_eq!(plain("• A well-\nknown oﬃce"), plain("A wellknown office"));
        assert_eq!(words("Back-end, “Go” (1.21)"), ["back", "end", "go", "1", "21"]);
    }
}

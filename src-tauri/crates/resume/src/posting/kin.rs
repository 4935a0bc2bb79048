//! Whether a word of a resume stands for a word of a posting: "snapper" for "fish".

use crate::words::lemmas;

/// The plain forms of an English word, by which it is looked up: "catheters" is "catheter".
pub fn plain_forms(key: &str) -> Vec<&'static str> {
    lemmas(key).iter().map(|lemma| lemma.word).collect()
}

/// English words that mean nearly the same as a word, or a kind of it. The word is given as [`crate::words::key`];
/// nothing is known of names and of other languages.
pub fn kin(key: &str) -> Vec<&'static str> {
    let mut found: Vec<&'static str> = Vec::new();
    for lemma in lemmas(key) {
        found.push(lemma.word);
        found.extend(lemma.relatives().filter(|word| !word.contains('_')));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_stand_for_what_they_are() {
        assert!(kin("vehicles").contains(&"bicycle"));
        assert!(!kin("bicycle").contains(&"vehicle"));
        assert_eq!(plain_forms("catheters"), ["catheter"]);
        assert!(kin("kubernetes").is_empty());
    }
}

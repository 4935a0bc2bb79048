//! How many years a text speaks of.

use resume::words::key;

use super::super::lexicon::lexicon;

/// The number of years that a text asks for.
pub(crate) fn years(text: &str) -> Option<f32> {
    let words: Vec<String> = text
        .split(|c: char| !c.is_alphanumeric() && c != '-')
        .map(key)
        .filter(|word| !word.is_empty())
        .collect();
    for (index, _) in words.iter().enumerate().filter(|(_, word)| lexicon().is("year", word)) {
        // "5+ years", "eight or more years", "fünf bis sieben Jahre": the first number that stands before.
        let number = words[index.saturating_sub(4)..index].iter().find_map(|word| number(word));
        if let Some(number) = number.filter(|number| (0.5..=40.0).contains(number)) {
            return Some(number);
        }
    }
    None
}

fn number(word: &str) -> Option<f32> {
    let digits = word.split('-').next().unwrap_or(word);
    digits.parse().ok().or_else(|| lexicon().value("number", word)?.parse().ok())
}

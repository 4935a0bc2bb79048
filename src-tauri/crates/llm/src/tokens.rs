//! How many tokens a text will be, before anybody has counted them.
//!
//! Each provider cuts texts in its own way, and none says how without being asked. This is a rule of thumb by the
//! script of each character, in hundredths of a token:
//!
//! | characters | tokens each |
//! | --- | --- |
//! | ASCII letters | 0.25: a word of English is about 1.3 tokens, the space before it included |
//! | spaces and line breaks | 0.04, as most of them belong to the word behind them |
//! | digits | 0.40 |
//! | other ASCII signs | 0.50: JSON is full of them, and some stand together |
//! | Latin letters with marks | 0.75 |
//! | Cyrillic, Greek | 0.45 |
//! | Arabic, Hebrew, the scripts of India, Thai | 0.60 |
//! | Han, kana, Hangul | 0.95 |
//! | anything else, emoji among it | 1.50 |
//!
//! On top of that comes a factor for the language, as words of other languages than English are cut into smaller
//! pieces, and one for who counts ([`Counting`]). It is meant for an estimate of money before a run and for a limit
//! during one; what a provider counts replaces it as soon as it is told.

/// Who counts, which tells how fine the pieces are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Counting {
    /// OpenAI, and models that share its vocabularies.
    OpenAi,
    /// Anthropic: about two fifths more tokens for the same text with today's models.
    Anthropic,
    /// Google.
    Gemini,
    /// Everybody else; between the others.
    #[default]
    Other,
}

impl Counting {
    /// Who counts at a provider with this id of the catalogue.
    pub fn of(provider: &str) -> Self {
        match provider {
            "anthropic" => Self::Anthropic,
            "openai" | "openai-chat" => Self::OpenAi,
            "gemini" => Self::Gemini,
            _ => Self::Other,
        }
    }

    /// Tokens for each token of the rule, in percent.
    const fn percent(self) -> u64 {
        match self {
            Self::OpenAi | Self::Gemini => 100,
            Self::Other => 115,
            Self::Anthropic => 140,
        }
    }

    /// About how many tokens `text` is. `language` is its code (`en`, `de`), where it is known.
    pub fn tokens(self, text: &str, language: Option<&str>) -> u64 {
        let hundredths: u64 = text.chars().map(weight).sum();
        (hundredths * language_percent(language) / 100 * self.percent() / 100).div_ceil(100)
    }
}

/// Tokens of a word of a language for each of an English one, in percent. What other scripts cost is in their
/// characters already.
fn language_percent(language: Option<&str>) -> u64 {
    let code = language.map(|code| code.split(['-', '_']).next().unwrap_or(code).to_ascii_lowercase());
    match code.as_deref() {
        Some("de" | "nl" | "sv" | "da" | "nb" | "nn" | "no" | "fr" | "es" | "it" | "pt" | "ro" | "ca") => 125,
        Some("pl" | "cs" | "sk" | "fi" | "et" | "hu" | "tr" | "lt" | "lv" | "hr" | "sl" | "id" | "sw") => 145,
        _ => 100,
    }
}

/// Hundredths of a token.
const fn weight(letter: char) -> u64 {
    match letter {
        'a'..='z' | 'A'..='Z' => 25,
        ' ' | '\n' | '\t' | '\r' => 4,
        '0'..='9' => 40,
        '\0'..='\u{7f}' => 50,
        '\u{80}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' => 75,
        '\u{370}'..='\u{52f}' => 45,
        '\u{590}'..='\u{e7f}' | '\u{2000}'..='\u{206f}' => 60,
        '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}' => 95,
        _ => 150,
    }
}

/// Counts a text that comes in pieces, by the same rule.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Tally {
    hundredths: u64,
    counting: Counting,
}

impl Tally {
    pub(crate) fn new(counting: Counting) -> Self {
        Self { hundredths: 0, counting }
    }

    pub(crate) fn take(&mut self, piece: &str) {
        self.hundredths += piece.chars().map(weight).sum::<u64>();
    }

    pub(crate) fn tokens(&self) -> u64 {
        (self.hundredths * self.counting.percent() / 100).div_ceil(100)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn english_prose_is_about_four_letters_a_token() {
        let text =
            "The tailorbird is a small bird that stitches the leaves it finds. It adds thread, never a leaf.";
        let tokens = Counting::OpenAi.tokens(text, Some("en"));
        assert!((20..=24).contains(&tokens), "{tokens}");
        assert!(Counting::Anthropic.tokens(text, Some("en")) > tokens);
        assert!(Counting::OpenAi.tokens(text, Some("de-AT")) > tokens);
    }

    #[test]
    fn every_script_costs_what_its_letters_do() {
        let cyrillic = Counting::OpenAi.tokens("Портной шьёт платье", None);
        let han = Counting::OpenAi.tokens("缝叶莺是一种小鸟", None);
        assert!((7..=10).contains(&cyrillic), "{cyrillic}");
        assert!((7..=9).contains(&han), "{han}");
        assert_eq!(Counting::OpenAi.tokens("", None), 0);
        assert_eq!(Counting::OpenAi.tokens("a", None), 1, "rounded up");
    }

    #[test]
    fn pieces_count_as_the_whole_does() {
        let text = "{\"edits\": [{\"text\": \"Größe 42\"}]}";
        let mut tally = Tally::new(Counting::Anthropic);
        text.chars().for_each(|letter| tally.take(letter.encode_utf8(&mut [0; 4])));
        assert_eq!(tally.tokens(), Counting::Anthropic.tokens(text, None));
    }
}

//! Which language a text is in, where nobody said.

use crate::words::{Language, key, tokens};

/// How much of a text speaks for each language.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Votes {
    english: usize,
    german: usize,
    french: usize,
    spanish: usize,
}

impl Votes {
    /// Counts the little words, the endings and the letters that only one of the languages has.
    pub(super) fn count<'t>(&mut self, texts: impl Iterator<Item = &'t str>) {
        for text in texts {
            for token in tokens(text) {
                let key = key(token.text);
                if let Some(language) = little_word(&key).or_else(|| ending(&key)) {
                    *self.of(language) += 1;
                }
            }
            self.german += text.matches(['ä', 'ö', 'ü', 'ß']).count();
            self.french += text.matches(['è', 'ê', 'ç', 'œ', 'à', 'â', 'î', 'ô', 'û']).count();
            self.spanish += text.matches(['ñ', 'ó', 'í', '¿', 'á', 'ú']).count();
        }
    }

    fn of(&mut self, language: Language) -> &mut usize {
        match language {
            Language::German => &mut self.german,
            Language::French => &mut self.french,
            Language::Spanish => &mut self.spanish,
            Language::English | Language::Other => &mut self.english,
        }
    }

    /// The language with most votes; English where none has.
    pub(super) fn winner(self) -> Language {
        let most = self.english.max(self.german).max(self.french).max(self.spanish);
        match most {
            most if most == self.english => Language::English,
            most if most == self.german => Language::German,
            most if most == self.french => Language::French,
            _ => Language::Spanish,
        }
    }

    /// Whether one language is far ahead.
    pub(super) fn sure(self) -> bool {
        let mut all = [self.english, self.german, self.french, self.spanish];
        all.sort_unstable();
        all[3] >= 4 && all[3] >= all[2] * 2
    }
}

fn little_word(key: &str) -> Option<Language> {
    Some(match key {
        "the" | "and" | "of" | "for" | "with" | "to" | "at" | "from" | "by" | "on" | "their" | "who"
        | "which" | "our" | "up" | "its" => Language::English,
        "der" | "die" | "das" | "und" | "mit" | "fur" | "von" | "im" | "bei" | "nach" | "auf" | "als"
        | "zur" | "zum" | "den" | "dem" | "eine" | "einer" | "eines" | "durch" | "sowie" | "jahre"
        | "jahren" => Language::German,
        "le" | "les" | "des" | "et" | "du" | "dans" | "pour" | "une" | "sur" | "au" | "aux" | "chez"
        | "avec" | "par" | "ans" | "annees" => Language::French,
        "el" | "los" | "las" | "y" | "con" | "para" | "del" | "por" | "al" | "una" | "anos" => {
            Language::Spanish
        }
        _ => return None,
    })
}

/// Endings that words of one language have, and hardly any of the others.
fn ending(key: &str) -> Option<Language> {
    if key.len() < 6 {
        return None;
    }
    let ends = |endings: &[&str]| endings.iter().any(|ending| key.ends_with(ending));
    if ends(&["ung", "ungen", "keit", "heit", "schaft", "erin", "erei", "lich", "isch", "ische", "ierung"]) {
        Some(Language::German)
    } else if ends(&["ing", "ed", "ness", "ship", "ly", "tion", "ment", "ers"]) {
        // Also French endings; French has little words enough.
        key.ends_with("ing")
            .then_some(Language::English)
            .or(ends(&["ed", "ness", "ship", "ly"]).then_some(Language::English))
    } else if ends(&["eur", "euse", "eux", "ement", "iere", "ique", "aux"]) {
        Some(Language::French)
    } else if ends(&["cion", "ciones", "ador", "adora", "miento", "dad", "ero", "era", "ados", "adas"]) {
        Some(Language::Spanish)
    } else {
        None
    }
}

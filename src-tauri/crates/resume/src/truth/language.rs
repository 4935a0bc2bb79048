//! Which language a text is in, where nobody said.

use crate::words::{Language, key, tokens};

/// The language that has most of its little words in the texts; English where none has.
pub(super) fn guess<'t>(texts: impl Iterator<Item = &'t str>) -> Language {
    let mut counts =
        [(Language::English, 0), (Language::German, 0), (Language::French, 0), (Language::Spanish, 0)];
    for text in texts {
        for token in tokens(text) {
            let of = match key(token.text).as_str() {
                "the" | "and" | "of" | "for" | "with" | "to" | "at" | "from" | "by" => 0,
                "der" | "die" | "das" | "und" | "mit" | "fur" | "von" | "im" | "bei" | "nach" | "auf"
                | "als" | "zur" | "zum" => 1,
                "le" | "les" | "des" | "et" | "du" | "dans" | "pour" | "une" | "sur" | "au" | "aux" => 2,
                "el" | "los" | "las" | "y" | "con" | "para" | "del" | "por" | "al" => 3,
                _ => continue,
            };
            counts[of].1 += 1;
        }
        // Letters that only one of them has.
        counts[1].1 += text.matches(['ä', 'ö', 'ü', 'ß']).count();
        counts[2].1 += text.matches(['è', 'ê', 'ç', 'œ']).count();
        counts[3].1 += text.matches(['ñ', 'ó', 'í', '¿']).count();
    }
    let most = counts.iter().map(|(_, count)| *count).max().unwrap_or(0);
    counts.iter().find(|(_, count)| *count == most).map_or(Language::English, |(language, _)| *language)
}

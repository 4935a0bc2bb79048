//! What hangs on the language of a resume: paper, direction of writing, language tags.

use resume::{BlockKind, Resume};

use crate::characters::clean;
use crate::design::Paper;

/// US Letter for a resume in English, unless it gives a phone number of another country than those of the
/// North American plan (+1); A4 for all else, also where the language is not known.
pub(super) fn paper(resume: &Resume) -> Paper {
    let abroad = resume.blocks.iter().filter(|block| block.kind == BlockKind::Contact).any(|block| {
        let text = clean(&block.text);
        text.match_indices('+').any(|(at, _)| {
            let number = text[at + 1..].trim_start_matches(['(', ' ']);
            text[..at].chars().next_back().is_none_or(|c| !c.is_alphanumeric())
                && number.starts_with(|c: char| c.is_ascii_digit())
                && !number.starts_with('1')
        })
    });
    if language(resume) == Some("en") && !abroad { Paper::Letter } else { Paper::A4 }
}

/// The language as two or three small letters, where the resume names one that can be a language code.
pub(super) fn language(resume: &Resume) -> Option<&str> {
    let tag = resume.language.as_deref()?.split(['-', '_']).next()?;
    ((2..=3).contains(&tag.len()) && tag.bytes().all(|b| b.is_ascii_lowercase())).then_some(tag)
}

/// The tag that Word wants, with a country: without one it does not check the spelling.
pub(super) fn tag_with_country(resume: &Resume) -> String {
    let Some(language) = language(resume) else { return "en-US".to_owned() };
    let country = match language {
        "en" if paper(resume) == Paper::A4 => "GB",
        "en" => "US",
        "ar" => "SA",
        "cs" => "CZ",
        "da" => "DK",
        "el" => "GR",
        "et" => "EE",
        "fa" => "IR",
        "he" => "IL",
        "hi" => "IN",
        "ja" => "JP",
        "ko" => "KR",
        "nb" | "nn" | "no" => return if language == "nn" { "nn-NO".to_owned() } else { "nb-NO".to_owned() },
        "sl" => "SI",
        "sv" => "SE",
        "uk" => "UA",
        "ur" => "PK",
        "vi" => "VN",
        "zh" => "CN",
        other if other.len() == 2 => return format!("{other}-{}", other.to_ascii_uppercase()),
        other => return other.to_owned(),
    };
    format!("{language}-{country}")
}

/// Whether the language is written from right to left.
pub(super) fn is_right_to_left(resume: &Resume) -> bool {
    matches!(language(resume), Some("ar" | "dv" | "fa" | "he" | "ps" | "sd" | "ug" | "ur" | "yi"))
}

#[cfg(test)]
mod tests {
    use resume::{Block, BlockId, Origin};

    use super::*;

    fn resume(language: Option<&str>, contact: &str) -> Resume {
        let block = Block {
            id: BlockId::nth(1),
            kind: BlockKind::Contact,
            section: None,
            section_kind: None,
            text: contact.to_owned(),
            origin: Origin::Nowhere,
        };
        Resume { blocks: vec![block], language: language.map(str::to_owned), warnings: Vec::new() }
    }

    #[test]
    fn english_is_on_letter_unless_the_phone_number_is_from_elsewhere() {
        assert_eq!(paper(&resume(Some("en"), "(555) 010-0199")), Paper::Letter);
        assert_eq!(paper(&resume(Some("en"), "+1 555 010 0199, a+2@example.com")), Paper::Letter);
        assert_eq!(paper(&resume(Some("en"), "Leeds · +44 7700 900142")), Paper::A4);
        assert_eq!(paper(&resume(Some("de"), "")), Paper::A4);
        assert_eq!(paper(&resume(None, "")), Paper::A4);
    }

    #[test]
    fn tags_have_a_country() {
        assert_eq!(tag_with_country(&resume(Some("en"), "+44 7700 900142")), "en-GB");
        assert_eq!(tag_with_country(&resume(Some("de"), "")), "de-DE");
        assert_eq!(tag_with_country(&resume(Some("el"), "")), "el-GR");
        assert_eq!(tag_with_country(&resume(Some("x'/><w"), "")), "en-US");
    }
}

//! What an RTF file says in front of its text: fonts with their encodings, colours, names of styles.

use std::collections::HashMap;

use encoding_rs::Encoding;

/// How the bytes of a font's text are to be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Letters {
    /// In the encoding of the file.
    OfTheFile,
    /// In an encoding of its own.
    Encoded(&'static Encoding),
    /// Signs without meaning, as in the fonts Symbol and Wingdings.
    Signs,
}

/// Fonts, colours and styles.
#[derive(Debug, Default)]
pub(super) struct Tables {
    pub(super) fonts: HashMap<i32, Letters>,
    pub(super) colors: Vec<Option<[u8; 3]>>,
    pub(super) styles: HashMap<i32, Style>,
    pub(super) color: Option<[u8; 3]>,
}

/// What a style says of its paragraphs beside their looks, which stand at each paragraph.
#[derive(Clone, Debug, Default)]
pub(super) struct Style {
    pub(super) name: String,
    pub(super) outline: Option<u8>,
}

impl Style {
    /// Level of the heading, 0 for none.
    pub(super) fn heading(&self) -> u8 {
        let name = self.name.to_ascii_lowercase();
        let named = name.strip_prefix("heading ").and_then(|level| level.trim().parse::<u8>().ok());
        named.or(self.outline).unwrap_or(0).min(6)
    }

    pub(super) fn is_title(&self) -> bool {
        self.name.eq_ignore_ascii_case("title")
    }
}

/// The encoding of `\fcharset`.
pub(super) fn charset(number: i32) -> Letters {
    Letters::Encoded(match number {
        2 => return Letters::Signs,
        0 => encoding_rs::WINDOWS_1252,
        77 => encoding_rs::MACINTOSH,
        128 => encoding_rs::SHIFT_JIS,
        129 => encoding_rs::EUC_KR,
        134 => encoding_rs::GBK,
        136 => encoding_rs::BIG5,
        161 => encoding_rs::WINDOWS_1253,
        162 => encoding_rs::WINDOWS_1254,
        163 => encoding_rs::WINDOWS_1258,
        177 => encoding_rs::WINDOWS_1255,
        178 => encoding_rs::WINDOWS_1256,
        186 => encoding_rs::WINDOWS_1257,
        204 => encoding_rs::WINDOWS_1251,
        222 => encoding_rs::WINDOWS_874,
        238 => encoding_rs::WINDOWS_1250,
        _ => return Letters::OfTheFile,
    })
}

/// The encoding of `\ansicpg`.
pub(super) fn code_page(number: i32) -> &'static Encoding {
    match number {
        874 => encoding_rs::WINDOWS_874,
        932 => encoding_rs::SHIFT_JIS,
        936 => encoding_rs::GBK,
        949 => encoding_rs::EUC_KR,
        950 => encoding_rs::BIG5,
        1250 => encoding_rs::WINDOWS_1250,
        1251 => encoding_rs::WINDOWS_1251,
        1253 => encoding_rs::WINDOWS_1253,
        1254 => encoding_rs::WINDOWS_1254,
        1255 => encoding_rs::WINDOWS_1255,
        1256 => encoding_rs::WINDOWS_1256,
        1257 => encoding_rs::WINDOWS_1257,
        1258 => encoding_rs::WINDOWS_1258,
        10000 => encoding_rs::MACINTOSH,
        65001 => encoding_rs::UTF_8,
        _ => encoding_rs::WINDOWS_1252,
    }
}

//! The text that a file itself gives for what it draws (`ActualText`), where shapes alone do not tell the letters:
//! writings whose signs change places, ligatures of an own making.

use hayro_syntax::content::ops::TypedInstruction;
use hayro_syntax::object::{Dict, Object, String as Text};
use hayro_syntax::page::Page;

use super::glyphs::Glyph;

/// The text of each marked piece of a page's content, in order; `None` where it has none of its own.
///
/// Empty where no piece has one, which is so in most files.
pub(super) fn texts(page: &Page<'_>) -> Vec<Option<String>> {
    let named =
        page.page_stream().is_some_and(|content| content.windows(10).any(|window| window == b"ActualText"));
    if !named {
        return Vec::new();
    }
    let mut operations = page.typed_operations();
    let mut texts = Vec::new();
    while let Some(operation) = operations.next() {
        match operation {
            TypedInstruction::BeginMarkedContentWithProperties(marked) => {
                texts.push(match marked.1 {
                    Object::Dict(properties) => of(properties),
                    _ => None,
                });
            }
            TypedInstruction::BeginMarkedContent(_) => texts.push(None),
            _ => {}
        }
    }
    texts
}

fn of(properties: &Dict<'_>) -> Option<String> {
    let text = properties.get::<Text<'_>>(b"ActualText".as_slice())?;
    let bytes = text.as_bytes();
    let text = match bytes {
        [0xfe, 0xff, rest @ ..] => encoding_rs::UTF_16BE.decode_without_bom_handling(rest).0.into_owned(),
        [0xff, 0xfe, rest @ ..] => encoding_rs::UTF_16LE.decode_without_bom_handling(rest).0.into_owned(),
        [0xef, 0xbb, 0xbf, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        _ => encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned(),
    };
    Some(text.trim_end_matches('\0').to_owned())
}

/// Puts the texts in place of what the shapes said: the whole text on the first glyph of each piece.
pub(super) fn apply(texts: &[Option<String>], glyphs: &mut [Glyph]) {
    let mut last = None;
    for glyph in glyphs {
        let Some(at) = glyph.marked else { continue };
        let Some(Some(text)) = texts.get(at) else { continue };
        if last == Some(at) {
            glyph.text.clear();
        } else {
            glyph.text.clone_from(text);
            last = Some(at);
        }
    }
}

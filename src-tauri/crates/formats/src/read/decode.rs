//! Bytes of a text file to text.

use crate::ReadError;

/// Decodes UTF-8, UTF-16 with or without mark, what a page declares, and Windows-1252.
pub(crate) fn decode(bytes: &[u8]) -> Result<String, ReadError> {
    let text = decode_any(bytes);
    if is_noise(&text) {
        return Err(ReadError::NotText);
    }
    if text.trim().is_empty() {
        return Err(ReadError::Empty);
    }
    Ok(text)
}

/// The first letters of a text, whatever it is: enough to tell its kind.
pub(crate) fn decode_head(bytes: &[u8]) -> String {
    decode_any(&bytes[..bytes.len().min(4096)])
}

fn decode_any(bytes: &[u8]) -> String {
    if let Some((encoding, mark)) = encoding_rs::Encoding::for_bom(bytes) {
        return encoding.decode_without_bom_handling(&bytes[mark..]).0.into_owned();
    }
    if let Some(encoding) = utf16_without_mark(bytes) {
        return encoding.decode_without_bom_handling(bytes).0.into_owned();
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) if is_mostly_utf8(bytes) => String::from_utf8_lossy(bytes).into_owned(),
        Err(_) => declared(bytes)
            .unwrap_or(encoding_rs::WINDOWS_1252)
            .decode_without_bom_handling(bytes)
            .0
            .into_owned(),
    }
}

/// UTF-16 without a mark: Latin text has a zero in every other byte; any other writing has at least its spaces
/// and line ends so.
fn utf16_without_mark(bytes: &[u8]) -> Option<&'static encoding_rs::Encoding> {
    let sample = &bytes[..bytes.len().min(4000) & !1];
    if sample.len() < 8 || !sample.contains(&0) {
        return None;
    }
    let count = |high: usize| {
        let (mut narrow, mut zeros) = (0usize, 0usize);
        for pair in sample.chunks_exact(2) {
            zeros += usize::from(pair[high] == 0);
            narrow += usize::from(pair[high] == 0 && matches!(pair[1 - high], b' ' | b'\n' | b'\r' | b'\t'));
        }
        (narrow, zeros)
    };
    let (little, big) = (count(1), count(0));
    let half = sample.len() / 2;
    let (encoding, (narrow, zeros), other) = if little.1 >= big.1 {
        (encoding_rs::UTF_16LE, little, big)
    } else {
        (encoding_rs::UTF_16BE, big, little)
    };
    let latin = zeros * 10 > half * 6 && other.1 * 10 < half;
    if latin {
        return Some(encoding);
    }
    // Other writings: the text must decode without a fault and keep its spaces.
    let (text, faults) = encoding.decode_without_bom_handling(sample);
    let sound = !faults && narrow > other.0 && narrow * 30 > half && !is_noise(&text);
    sound.then_some(encoding)
}

/// A text in UTF-8 with a few bad bytes: cut off within a letter, or put together from several files.
fn is_mostly_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    good > bad * 4
}

/// The encoding that a web page, or an XML file, says it is in.
fn declared(bytes: &[u8]) -> Option<&'static encoding_rs::Encoding> {
    let head = bytes[..bytes.len().min(2048)].to_ascii_lowercase();
    let head = head.trim_ascii_start();
    if !head.starts_with(b"<") {
        return None;
    }
    for mark in [b"charset=".as_slice(), b"encoding="] {
        let Some(at) = memchr::memmem::find(head, mark) else { continue };
        let label: Vec<u8> = head[at + mark.len()..]
            .iter()
            .copied()
            .skip_while(|byte| matches!(byte, b'"' | b'\''))
            .take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b':'))
            .collect();
        let found = encoding_rs::Encoding::for_label(&label);
        // It is no UTF-8, whatever it says, and two-byte units would have told themselves.
        return found.filter(|found| *found != encoding_rs::UTF_8 && found.is_ascii_compatible());
    }
    None
}

/// Control signs and replacement signs hardly occur in text; in other bytes they do.
fn is_noise(text: &str) -> bool {
    let mut odd = 0usize;
    let mut all = 0usize;
    for c in text.chars().take(20_000) {
        all += 1;
        let fine = matches!(c, '\n' | '\r' | '\t' | '\u{c}');
        odd += usize::from(c.is_control() && !fine || c == '\u{fffd}');
    }
    odd > 1 && odd * 50 > all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn four_encodings_give_the_same() {
        let text = "Größe – naïve café";
        let utf16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let marked = [b"\xFF\xFE".as_slice(), &utf16].concat();
        let western = b"Gr\xF6\xDFe \x96 na\xEFve caf\xE9";
        for bytes in [text.as_bytes(), &[b"\xEF\xBB\xBF", text.as_bytes()].concat(), &utf16, &marked, western]
        {
            assert_eq!(decode(bytes).as_deref(), Ok(text));
        }
    }

    #[test]
    fn other_writings_in_utf16_without_a_mark() {
        let text = "Анна Примерова\nСварщик, верфь «Север»\nМосква и область, дата рождения\n";
        for bytes in [
            text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>(),
            text.encode_utf16().flat_map(u16::to_be_bytes).collect(),
        ] {
            assert_eq!(decode(&bytes).as_deref(), Ok(text));
        }
    }

    #[test]
    fn one_bad_byte_does_not_spoil_the_rest() {
        let mut bytes = "Größe – naïve café, Übung, Straße".as_bytes().to_vec();
        bytes.push(0xC3);
        assert_eq!(decode(&bytes).as_deref(), Ok("Größe – naïve café, Übung, Straße\u{fffd}"));
    }

    #[test]
    fn a_page_says_what_it_is_in() {
        let page = b"<meta charset=\"windows-1251\"><p>\xD1\xE2\xE0\xF0\xF9\xE8\xEA</p>";
        assert!(decode(page).is_ok_and(|text| text.contains("Сварщик")));
    }

    #[test]
    fn noise_is_not_text() {
        let noise: Vec<u8> = (0..4000u32).map(|n| n.wrapping_mul(2_654_435_761).to_le_bytes()[2]).collect();
        assert_eq!(decode(&noise), Err(ReadError::NotText));
    }
}

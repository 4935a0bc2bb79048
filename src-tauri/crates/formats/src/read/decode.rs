//! Bytes of a text file to text.

use crate::ReadError;

/// Decodes UTF-8, UTF-16 with or without mark, and Windows-1252.
pub(crate) fn decode(bytes: &[u8]) -> Result<String, ReadError> {
    let text = if let Some((encoding, mark)) = encoding_rs::Encoding::for_bom(bytes) {
        encoding.decode_without_bom_handling(&bytes[mark..]).0.into_owned()
    } else if let Ok(text) = std::str::from_utf8(bytes) {
        match utf16_without_mark(bytes) {
            Some(encoding) => encoding.decode_without_bom_handling(bytes).0.into_owned(),
            None => text.to_owned(),
        }
    } else if let Some(encoding) = utf16_without_mark(bytes) {
        encoding.decode_without_bom_handling(bytes).0.into_owned()
    } else {
        encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned()
    };
    if is_noise(&text) {
        return Err(ReadError::NotText);
    }
    if text.trim().is_empty() {
        return Err(ReadError::Empty);
    }
    Ok(text)
}

/// Latin text in UTF-16 has a zero in every other byte.
fn utf16_without_mark(bytes: &[u8]) -> Option<&'static encoding_rs::Encoding> {
    let sample = &bytes[..bytes.len().min(2000)];
    let zeros = |from: usize| sample.iter().skip(from).step_by(2).filter(|byte| **byte == 0).count();
    let half = sample.len() / 2;
    if half >= 4 && zeros(1) * 10 > half * 6 && zeros(0) * 10 < half {
        Some(encoding_rs::UTF_16LE)
    } else if half >= 4 && zeros(0) * 10 > half * 6 && zeros(1) * 10 < half {
        Some(encoding_rs::UTF_16BE)
    } else {
        None
    }
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
    odd * 50 > all
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
    fn noise_is_not_text() {
        let noise: Vec<u8> = (0..4000u32).map(|n| n.wrapping_mul(2_654_435_761).to_le_bytes()[2]).collect();
        assert_eq!(decode(&noise), Err(ReadError::NotText));
    }
}

//! The body of an answer: what kind it is, how it is packed, and its encoding.

use std::io::Read;

use encoding_rs::Encoding;
use reqwest::header::{CONTENT_ENCODING, CONTENT_TYPE, HeaderMap};

use crate::FetchError;

/// What an answer says it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Kind {
    /// The media type in small letters; empty where none is told.
    media: String,
    /// The encoding of the text, where one is told.
    charset: Option<String>,
}

/// How an answer is packed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Packing {
    Plain,
    Gzip,
    Brotli,
}

/// The kind of an answer.
///
/// # Errors
///
/// [`FetchError::NotAPage`] where it says that it is something without text.
pub(crate) fn kind(headers: &HeaderMap) -> Result<Kind, FetchError> {
    let told = headers.get(CONTENT_TYPE).and_then(|told| told.to_str().ok()).unwrap_or_default();
    let mut parts = told.split(';');
    let media = parts.next().unwrap_or_default().trim().to_ascii_lowercase();
    let charset = parts.find_map(|part| {
        let (name, value) = part.split_once('=')?;
        name.trim().eq_ignore_ascii_case("charset").then(|| value.trim().trim_matches(['"', '\'']).to_owned())
    });
    let what = match media.split('/').next().unwrap_or_default() {
        _ if is_readable(&media) => return Ok(Kind { media, charset }),
        "image" => "a picture",
        "video" => "a film",
        "audio" => "a sound",
        "font" => "a font",
        _ if media.contains("json") => "data for programs",
        _ if media.contains("zip") || media.contains("compressed") => "an archive",
        _ => "a file of a kind that is not read",
    };
    Err(FetchError::NotAPage { what: what.to_owned() })
}

fn is_readable(media: &str) -> bool {
    const READABLE: &[&str] = &[
        "",
        "text/html",
        "application/xhtml+xml",
        "text/plain",
        "text/markdown",
        "text/x-markdown",
        "application/pdf",
        "application/x-pdf",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        // Servers that do not know what they give; the reader looks at the content.
        "application/octet-stream",
        "binary/octet-stream",
        "application/force-download",
        "application/download",
    ];
    READABLE.contains(&media)
}

/// How an answer is packed.
///
/// # Errors
///
/// [`FetchError::Damaged`] for packings that nobody asked for.
pub(crate) fn packing(headers: &HeaderMap) -> Result<Packing, FetchError> {
    let told = headers.get(CONTENT_ENCODING).and_then(|told| told.to_str().ok()).unwrap_or_default();
    match told.trim().to_ascii_lowercase().as_str() {
        "" | "identity" => Ok(Packing::Plain),
        "gzip" | "x-gzip" => Ok(Packing::Gzip),
        "br" => Ok(Packing::Brotli),
        _ => Err(FetchError::Damaged),
    }
}

/// A body unpacked, no larger than `limit` bytes.
///
/// # Errors
///
/// [`FetchError::TooLarge`], [`FetchError::Damaged`].
pub(crate) fn unpacked(bytes: Vec<u8>, packing: Packing, limit: usize) -> Result<Vec<u8>, FetchError> {
    match packing {
        Packing::Plain => Ok(bytes),
        Packing::Gzip => bounded(flate2::read::MultiGzDecoder::new(bytes.as_slice()), limit),
        Packing::Brotli => bounded(brotli_decompressor::Decompressor::new(bytes.as_slice(), 4096), limit),
    }
}

fn bounded(from: impl Read, limit: usize) -> Result<Vec<u8>, FetchError> {
    let mut bytes = Vec::new();
    let most = u64::try_from(limit).unwrap_or(u64::MAX).saturating_add(1);
    from.take(most).read_to_end(&mut bytes).map_err(|_| FetchError::Damaged)?;
    if bytes.len() > limit {
        return Err(FetchError::TooLarge { megabytes: limit.div_ceil(1024 * 1024) });
    }
    Ok(bytes)
}

/// A text in the encoding that the answer names, or that the page names near its beginning, as UTF-8. Other documents
/// stay as they are.
pub(crate) fn in_utf8(bytes: Vec<u8>, kind: &Kind) -> Vec<u8> {
    let text = kind.media.starts_with("text/") || kind.media.contains("xhtml");
    if !text || Encoding::for_bom(&bytes).is_some() || std::str::from_utf8(&bytes).is_ok() {
        return bytes;
    }
    let label = kind.charset.clone().or_else(|| named_within(&bytes));
    let encoding = label.and_then(|label| Encoding::for_label(label.as_bytes()));
    match encoding {
        Some(encoding) => encoding.decode_without_bom_handling(&bytes).0.into_owned().into_bytes(),
        // The reader knows the usual ones by their looks.
        None => bytes,
    }
}

/// `<meta charset=…>` near the beginning of a page.
fn named_within(bytes: &[u8]) -> Option<String> {
    let opening = String::from_utf8_lossy(&bytes[..bytes.len().min(2048)]).to_ascii_lowercase();
    let at = opening.find("charset=")? + "charset=".len();
    let value = opening[at..].trim_start_matches(['"', '\'', ' ']);
    let end = value.find(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '-' | '_'))?;
    (end > 0).then(|| value[..end].to_owned())
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use reqwest::header::HeaderValue;

    use super::*;

    fn headers(media: &'static str) -> HeaderMap {
        HeaderMap::from_iter([(CONTENT_TYPE, HeaderValue::from_static(media))])
    }

    #[test]
    fn only_documents_are_read() {
        for media in ["text/html; charset=utf-8", "TEXT/PLAIN", "application/pdf", "application/octet-stream"]
        {
            assert!(kind(&headers(media)).is_ok(), "{media}");
        }
        for media in
            ["image/png", "video/mp4", "application/json", "application/zip", "application/x-msdownload"]
        {
            assert_eq!(kind(&headers(media)).err().map(|error| error.code()), Some("not_a_page"), "{media}");
        }
    }

    #[test]
    fn a_bomb_is_cut_off() {
        let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        packed.write_all(&vec![b'a'; 200_000]).expect("memory");
        let packed = packed.finish().expect("memory");
        assert!(packed.len() < 1_000);
        let found = unpacked(packed.clone(), Packing::Gzip, 100_000);
        assert_eq!(found.err().map(|error| error.code()), Some("too_large"));
        assert_eq!(unpacked(packed, Packing::Gzip, 200_000).map(|bytes| bytes.len()), Ok(200_000));
    }

    #[test]
    fn damaged_packing_is_told() {
        for packing in [Packing::Gzip, Packing::Brotli] {
            assert_eq!(unpacked(b"no such thing".to_vec(), packing, 1_000), Err(FetchError::Damaged));
        }
    }

    #[test]
    fn other_encodings_become_utf8() {
        let kind = kind(&headers("text/html; charset=ISO-8859-2")).expect("a page");
        assert_eq!(in_utf8(b"B\xB3a\xBFej".to_vec(), &kind), "Błażej".as_bytes());
        let page = b"<meta charset=\"iso-8859-2\"><p>B\xB3a\xBFej".to_vec();
        let told = in_utf8(page, &Kind { media: "text/html".to_owned(), charset: None });
        assert!(String::from_utf8_lossy(&told).ends_with("Błażej"));
    }
}

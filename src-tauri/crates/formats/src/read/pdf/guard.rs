//! What is looked at before a parser sees the file: how much its streams unpack to.

use std::io::Read;

use flate2::read::ZlibDecoder;
use hayro_syntax::Pdf;
use hayro_syntax::object::Object;

use crate::{Format, MAX_UNPACKED_BYTES, ReadError};

/// Pictures are not unpacked when text is read; their claim to be pictures is all there is, so they too
/// are counted, with more room.
const MAX_PICTURE_BYTES: u64 = 8 * MAX_UNPACKED_BYTES;

/// Filters can be chained; a stream in a stream in a stream is not worth following further.
const MAX_LAYERS: usize = 3;

fn too_large() -> ReadError {
    ReadError::UnpacksTooLarge { format: Format::Pdf, limit: MAX_UNPACKED_BYTES / (1024 * 1024) }
}

fn find(bytes: &[u8], what: &[u8]) -> Option<usize> {
    bytes.windows(what.len()).position(|window| window == what)
}

/// Unpacks every stream of the file and counts, without keeping anything.
pub(super) fn check(bytes: &[u8]) -> Result<(), ReadError> {
    let mut budget = Budget { text: MAX_UNPACKED_BYTES, pictures: MAX_PICTURE_BYTES };
    let mut from = 0;
    while let Some(at) = find(&bytes[from..], b"stream").map(|at| at + from) {
        from = at + b"stream".len();
        if bytes[..at].ends_with(b"end") {
            continue;
        }
        let data = &bytes[from..];
        let data = data
            .strip_prefix(b"\r\n")
            .or_else(|| data.strip_prefix(b"\n"))
            .or_else(|| data.strip_prefix(b"\r"))
            .unwrap_or(data);
        let length = find(data, b"endstream").unwrap_or(data.len());
        let dictionary = &bytes[at.saturating_sub(600)..at];
        let dictionary = find_last(dictionary, b" obj").map_or(dictionary, |start| &dictionary[start..]);
        let picture = find(dictionary, b"/Image").is_some();
        budget.spend(&data[..length], picture)?;
    }
    Ok(())
}

/// The same for an encrypted file, whose streams can only be unpacked once it is open.
pub(super) fn check_decrypted(pdf: &Pdf) -> Result<(), ReadError> {
    let mut budget = Budget { text: MAX_UNPACKED_BYTES, pictures: MAX_PICTURE_BYTES };
    for object in pdf.objects() {
        if let Object::Stream(stream) = object {
            let picture = find(stream.dict().data(), b"/Image").is_some();
            budget.spend(&stream.raw_data(), picture)?;
        }
    }
    Ok(())
}

fn find_last(bytes: &[u8], what: &[u8]) -> Option<usize> {
    bytes.windows(what.len()).rposition(|window| window == what)
}

struct Budget {
    text: u64,
    pictures: u64,
}

impl Budget {
    fn spend(&mut self, data: &[u8], picture: bool) -> Result<(), ReadError> {
        let left = if picture { &mut self.pictures } else { &mut self.text };
        let mut layer: Option<Vec<u8>> = None;
        for _ in 0..MAX_LAYERS {
            let packed = layer.as_deref().unwrap_or(data);
            if !is_zlib(packed) {
                break;
            }
            // Text is kept for a look at the next layer, pictures are only counted.
            let keep = !picture && packed.len() < 4 * 1024 * 1024;
            let (size, inner) = inflate(packed, *left, keep);
            if size > *left {
                return Err(too_large());
            }
            *left -= size;
            if inner.is_empty() {
                break;
            }
            layer = Some(inner);
        }
        Ok(())
    }
}

fn is_zlib(data: &[u8]) -> bool {
    matches!(data, [method, flags, ..] if method & 0x0f == 8 && (u16::from(*method) << 8 | u16::from(*flags)).is_multiple_of(31))
}

/// How many bytes come out, counted up to one more than `limit`, and those bytes where they are packed again.
fn inflate(data: &[u8], limit: u64, keep: bool) -> (u64, Vec<u8>) {
    let mut decoder = ZlibDecoder::new(data).take(limit + 1);
    let mut chunk = [0u8; 16 * 1024];
    let mut size = 0u64;
    let mut kept = Vec::new();
    let mut packed_again = keep;
    while let Ok(read) = decoder.read(&mut chunk) {
        if read == 0 {
            break;
        }
        if size == 0 {
            packed_again &= is_zlib(&chunk[..read]);
        }
        size += read as u64;
        if packed_again {
            kept.extend_from_slice(&chunk[..read]);
        }
    }
    (size, kept)
}

/// Whether the file has the mark that closes a PDF.
pub(super) fn has_end(bytes: &[u8]) -> bool {
    find(&bytes[bytes.len().saturating_sub(2048)..], b"%%EOF").is_some()
}

/// Whether the trailer speaks of encryption.
pub(super) fn is_encrypted(bytes: &[u8]) -> bool {
    find(bytes, b"/Encrypt").is_some()
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::Compression;
    use flate2::write::ZlibEncoder;

    use super::*;

    fn pack(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(bytes).expect("memory takes all");
        encoder.finish().expect("memory takes all")
    }

    fn file(stream: &[u8]) -> Vec<u8> {
        [b"%PDF-1.4\n1 0 obj <</Filter /FlateDecode>> stream\n", stream, b"\nendstream endobj"].concat()
    }

    #[test]
    fn a_bomb_is_refused_also_when_packed_twice() {
        let bomb = pack(&vec![b' '; 70 * 1024 * 1024]);
        assert_eq!(check(&file(&bomb)), Err(too_large()));
        assert_eq!(check(&file(&pack(&bomb))), Err(too_large()));
        assert_eq!(check(&file(&pack(b"BT (Jane) Tj ET"))), Ok(()));
    }
}

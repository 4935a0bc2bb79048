//! Pages that a browser saved in one file (MHTML): a mail message whose first page is the one.

use base64::Engine as _;

/// The bytes of the page in a saved file; `None` where the file is no such message.
pub(super) fn page(bytes: &[u8]) -> Option<Vec<u8>> {
    let start = bytes.trim_ascii_start();
    let (headers, body) = split_headers(start)?;
    let headers = headers.to_ascii_lowercase();
    if !headers.contains("content-type:")
        || !headers.contains("mime-version") && !headers.contains("multipart/")
    {
        return None;
    }
    if !headers.contains("multipart/") {
        return headers.contains("text/html").then(|| decoded(&headers, body));
    }
    let boundary = parameter(std::str::from_utf8(&start[..start.len() - body.len()]).ok()?, "boundary")?;
    let mark = format!("--{boundary}").into_bytes();
    let mut rest = body;
    // A saved page has some hundred parts at most; the page itself comes first.
    for _ in 0..1000 {
        let at = memchr::memmem::find(rest, &mark)? + mark.len();
        let part = rest.get(at..)?;
        if part.starts_with(b"--") {
            return None;
        }
        let end = memchr::memmem::find(part, &mark).unwrap_or(part.len());
        let one = part[..end].trim_ascii_start();
        if let Some((headers, body)) = split_headers(one) {
            let headers = headers.to_ascii_lowercase();
            if headers.contains("text/html") {
                return Some(decoded(&headers, body));
            }
        }
        rest = &part[end..];
    }
    None
}

/// Headers up to the first empty line, as text, and what follows.
fn split_headers(message: &[u8]) -> Option<(&str, &[u8])> {
    let limit = message.len().min(16 * 1024);
    let (at, gap) = memchr::memmem::find(&message[..limit], b"\r\n\r\n")
        .map(|at| (at, 4))
        .into_iter()
        .chain(memchr::memmem::find(&message[..limit], b"\n\n").map(|at| (at, 2)))
        .min()?;
    Some((std::str::from_utf8(&message[..at]).ok()?, &message[at + gap..]))
}

/// The value of `name=` in headers, without its quotes.
fn parameter<'h>(headers: &'h str, name: &str) -> Option<&'h str> {
    let lower = headers.to_ascii_lowercase();
    let at = lower.find(&format!("{name}="))? + name.len() + 1;
    let rest = &headers[at..];
    Some(match rest.strip_prefix('"') {
        Some(quoted) => quoted.split('"').next()?,
        None => rest.split(|c: char| c.is_whitespace() || c == ';').next()?,
    })
    .filter(|value| !value.is_empty())
}

fn decoded(headers: &str, body: &[u8]) -> Vec<u8> {
    let packed = headers.split("content-transfer-encoding:").nth(1).unwrap_or_default().trim_start();
    let bytes = if packed.starts_with("quoted-printable") {
        quoted_printable(body)
    } else if packed.starts_with("base64") {
        let letters: Vec<u8> = body.iter().copied().filter(|byte| !byte.is_ascii_whitespace()).collect();
        base64::engine::general_purpose::STANDARD.decode(letters).unwrap_or_default()
    } else {
        body.to_vec()
    };
    // What the message says of its letters counts where the page says nothing.
    let encoding =
        parameter(headers, "charset").and_then(|label| encoding_rs::Encoding::for_label(label.as_bytes()));
    match encoding {
        Some(encoding) => encoding.decode(&bytes).0.into_owned().into_bytes(),
        None => bytes,
    }
}

/// `=C3=A9` as bytes; a `=` at the end of a line joins it with the next.
fn quoted_printable(text: &[u8]) -> Vec<u8> {
    let hex = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    let mut out = Vec::with_capacity(text.len());
    let mut at = 0;
    while let Some(byte) = text.get(at) {
        if *byte != b'=' {
            out.push(*byte);
            at += 1;
        } else if text[at + 1..].starts_with(b"\r\n") {
            at += 3;
        } else if text[at + 1..].starts_with(b"\n") {
            at += 2;
        } else if let (Some(high), Some(low)) =
            (text.get(at + 1).copied().and_then(hex), text.get(at + 2).copied().and_then(hex))
        {
            out.push(high << 4 | low);
            at += 3;
        } else {
            out.push(b'=');
            at += 1;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_in_a_saved_file_is_found() {
        let saved = b"From: <Saved by Blink>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\ttype=\"text/html\";\r\n\tboundary=\"--Bound--1\"\r\n\r\n\r\n----Bound--1\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n<html><meta charset=3D\"utf-8\"><p>Caf=C3=A9 =\r\nau lait</p></html>\r\n----Bound--1\r\nContent-Type: image/png\r\n\r\nxx\r\n----Bound--1--\r\n";
        let page = page(saved).expect("there is one");
        assert_eq!(
            String::from_utf8_lossy(&page).trim(),
            "<html><meta charset=\"utf-8\"><p>Café au lait</p></html>"
        );
        assert_eq!(super::page(b"<html><p>Jane</p></html>"), None);
    }
}

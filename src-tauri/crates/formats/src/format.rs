//! What a file is, by its content.

use std::borrow::Cow;
use std::fmt;
use std::io::Cursor;

use memchr::memmem;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::ReadError;
use crate::read::check_size;
use crate::read::decode::decode_head;

/// What a file turned out to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    /// Portable Document Format.
    Pdf,
    /// Word, Office Open XML.
    Docx,
    /// `OpenDocument` text, packed or flat.
    Odt,
    /// Rich Text Format.
    Rtf,
    /// Markdown.
    Markdown,
    /// Plain text.
    Text,
    /// A web page, also one saved with its pictures (MHTML).
    Html,
    /// JSON Resume.
    JsonResume,
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Pdf => "PDF",
            Self::Docx => "Word",
            Self::Odt => "OpenDocument",
            Self::Rtf => "RTF",
            Self::Markdown => "Markdown",
            Self::Text => "text",
            Self::Html => "web page",
            Self::JsonResume => "JSON",
        })
    }
}

/// The lower-case ending of a file name.
fn extension(file_name: Option<&str>) -> Option<String> {
    let (_, ending) = file_name?.rsplit_once('.')?;
    Some(ending.to_ascii_lowercase())
}

fn holds(bytes: &[u8], what: &[u8]) -> bool {
    memmem::find(bytes, what).is_some()
}

/// What a file is, by its content; the name only decides between kinds of text.
///
/// # Errors
///
/// [`ReadError`] where that alone shows that the file cannot be read: it is empty, too large, a picture.
pub fn format_of(bytes: &[u8], file_name: Option<&str>) -> Result<Format, ReadError> {
    check_size(bytes)?;
    sniff(bytes, file_name)
}

/// What these bytes are. The name only decides between kinds of text.
pub(crate) fn sniff(bytes: &[u8], file_name: Option<&str>) -> Result<Format, ReadError> {
    let head = &bytes[..bytes.len().min(1024)];
    if holds(head, b"%PDF-") {
        return Ok(Format::Pdf);
    }
    if head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06") {
        return zip_kind(bytes);
    }
    if head.starts_with(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1") {
        // An encrypted OOXML package is an OLE file with this stream; names in it are UTF-16.
        let marker: Vec<u8> = "EncryptedPackage".bytes().flat_map(|byte| [byte, 0]).collect();
        return Err(if holds(bytes, &marker) {
            ReadError::PasswordProtected { format: Format::Docx }
        } else {
            ReadError::OldWord
        });
    }
    if let Some(what) = binary_kind(head) {
        return Err(ReadError::NotADocument { what: what.into() });
    }
    let start = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head).trim_ascii_start();
    if start.starts_with(b"{\\rtf") {
        return Ok(Format::Rtf);
    }
    text_kind(bytes, file_name)
}

fn zip_kind(bytes: &[u8]) -> Result<Format, ReadError> {
    // The first entry of an OpenDocument package is its type, neither packed nor padded.
    let head = &bytes[..bytes.len().min(200)];
    if holds(head, b"application/vnd.oasis.opendocument.text") {
        return Ok(Format::Odt);
    }
    let other = |what: &'static str| Err(ReadError::NotReadYet { what: Cow::Borrowed(what) });
    if holds(head, b"application/vnd.oasis.opendocument") {
        return other("an OpenDocument file that is no text");
    }
    if holds(head, b"application/epub") {
        return other("an electronic book (EPUB)");
    }
    // The directory tells the names; where it is cut off, the names in front of the entries do.
    let names = zip::ZipArchive::new(Cursor::new(bytes)).ok().map(|archive| {
        archive.file_names().filter_map(Result::ok).map(Cow::into_owned).collect::<Vec<String>>()
    });
    let any = |prefix: &str| match &names {
        Some(names) => names.iter().any(|name| name.starts_with(prefix)),
        None => holds(bytes, prefix.as_bytes()),
    };
    if any("word/") {
        return Ok(Format::Docx);
    }
    if any("content.xml") {
        return Ok(Format::Odt);
    }
    if any("xl/") {
        return other("a spreadsheet");
    }
    if any("ppt/") {
        return other("a presentation");
    }
    if any("Index/Document.iwa") || any("Index.zip") {
        return other("an Apple Pages document");
    }
    if any("[Content_Types].xml") {
        return Ok(Format::Docx);
    }
    Err(ReadError::NotADocument { what: Cow::Borrowed("a ZIP archive") })
}

fn binary_kind(head: &[u8]) -> Option<&'static str> {
    let kinds: [(&[u8], &str); 12] = [
        (b"\xFF\xD8\xFF", "a JPEG picture"),
        (b"\x89PNG\r\n", "a PNG picture"),
        (b"GIF8", "a GIF picture"),
        (b"BM", "a BMP picture"),
        (b"II*\0", "a TIFF picture"),
        (b"MM\0*", "a TIFF picture"),
        (b"RIFF", "a picture or a recording"),
        (b"\x1F\x8B", "a packed archive"),
        (b"7z\xBC\xAF\x27\x1C", "a packed archive"),
        (b"Rar!", "a packed archive"),
        (b"\x7FELF", "a program"),
        (b"MZ\x90\0", "a program"),
    ];
    let found = kinds.iter().find(|(magic, _)| head.starts_with(magic))?;
    // "BM" may also open a text; a picture has binary sizes behind it.
    let is_text =
        found.0.len() <= 4 && head.iter().all(|byte| *byte >= 0x20 || matches!(byte, b'\n' | b'\r' | b'\t'));
    (!is_text).then_some(found.1)
}

fn text_kind(bytes: &[u8], file_name: Option<&str>) -> Result<Format, ReadError> {
    let head = decode_head(bytes).to_ascii_lowercase();
    let start = head.trim_start_matches(['\u{feff}', ' ', '\n', '\r', '\t']);
    let ending = extension(file_name);
    if start.starts_with("<?xml") || start.starts_with("<office:document") {
        if start.contains("<office:document") {
            return Ok(Format::Odt);
        }
        if start.contains("<w:worddocument") || start.contains("<pkg:package") {
            return Err(ReadError::NotReadYet { what: Cow::Borrowed("a Word file in one piece of XML") });
        }
    }
    if start.starts_with("<!doctype html")
        || start.starts_with("<html")
        || start.starts_with('<') && (head.contains("<body") || head.contains("<html"))
        || is_saved_page(start)
    {
        return Ok(Format::Html);
    }
    if is_json(start) {
        return Ok(Format::JsonResume);
    }
    Ok(match ending.as_deref() {
        Some("md" | "markdown" | "mdown") => Format::Markdown,
        Some("html" | "htm") if head.contains("</") || head.contains("<div") => Format::Html,
        _ if start.starts_with('<') && is_markup(start) => Format::Html,
        Some("txt" | "text") => Format::Text,
        Some("json") if start.starts_with(['{', '[']) => Format::JsonResume,
        _ if looks_like_markdown(&head) => Format::Markdown,
        _ => Format::Text,
    })
}

/// A page that a browser saved with all that belongs to it: a mail message of parts.
fn is_saved_page(start: &str) -> bool {
    let opens = ["mime-version:", "from: <saved by", "from: \"saved by", "content-type: multipart/related"];
    opens.iter().any(|opening| start.starts_with(opening))
        && (start.contains("multipart/related") || start.contains("text/html"))
}

/// An object of JSON opens with a name in quotes.
fn is_json(start: &str) -> bool {
    start.strip_prefix('{').map(str::trim_start).is_some_and(|inside| {
        inside.starts_with('}')
            || inside.starts_with('"') && (inside.contains("\":") || inside.contains("\" :"))
    })
}

/// Whether the start of a text is tags rather than words: several of them are closed.
fn is_markup(start: &str) -> bool {
    ["</div>", "</p>", "</h1>", "</h2>", "</span>", "</li>", "</td>", "</style>"]
        .iter()
        .map(|tag| start.matches(tag).count())
        .sum::<usize>()
        >= 3
}

/// ATX headings on lines of their own are the one sign that plain text hardly ever has.
pub(crate) fn looks_like_markdown(text: &str) -> bool {
    text.lines()
        .filter(|line| line.starts_with("# ") || line.starts_with("## ") || line.starts_with("### "))
        .count()
        >= 2
}

/// A sentence for the user where the name of a file promised something else.
pub(crate) fn disagreement(format: Format, file_name: Option<&str>) -> Option<String> {
    let ending = extension(file_name)?;
    let promised: &[Format] = match ending.as_str() {
        "pdf" => &[Format::Pdf],
        "docx" | "doc" | "docm" | "dotx" => &[Format::Docx],
        "odt" | "ott" | "fodt" => &[Format::Odt],
        "rtf" => &[Format::Rtf],
        "md" | "markdown" | "mdown" => &[Format::Markdown],
        "txt" | "text" => &[Format::Text, Format::Markdown],
        "html" | "htm" | "xhtml" | "mhtml" | "mht" => &[Format::Html],
        "json" => &[Format::JsonResume],
        _ => return None,
    };
    (!promised.contains(&format)).then(|| {
        format!("The name of the file ends in .{ending}, but its content is {format}. It was read as that.")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(bytes: &[u8], name: &str) -> Option<Format> {
        sniff(bytes, Some(name)).ok()
    }

    #[test]
    fn content_decides_and_not_the_name() {
        assert_eq!(kind(b"%PDF-1.7\n", "a.docx"), Some(Format::Pdf));
        assert_eq!(kind(b"{\\rtf1\\ansi Jane}", "a.doc"), Some(Format::Rtf));
        assert_eq!(kind(b"\xEF\xBB\xBF {\\rtf1 Jane}", "a.txt"), Some(Format::Rtf));
        assert_eq!(kind(b"{\n  \"basics\": {}}", "a.txt"), Some(Format::JsonResume));
        assert_eq!(kind(b"{curly} text", "a.txt"), Some(Format::Text));
        assert_eq!(kind(b"<!DOCTYPE html><p>x", "a.txt"), Some(Format::Html));
        assert_eq!(
            kind(b"MIME-Version: 1.0\r\nContent-Type: multipart/related;", "a.mhtml"),
            Some(Format::Html)
        );
        let wide: Vec<u8> = "<html><body>x".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(kind(&wide, "a.html"), Some(Format::Html));
        assert_eq!(kind(b"<?xml version=\"1.0\"?><office:document>", "a.xml"), Some(Format::Odt));
        assert_eq!(kind(b"<div><p>Jane</p><p>a</p></div>", "a"), Some(Format::Html));
        assert_eq!(kind(b"# Jane\n\n## Work\n", "a"), Some(Format::Markdown));
    }

    #[test]
    fn a_name_that_promises_something_else_is_told() {
        let told = disagreement(Format::Pdf, Some("cv.docx")).unwrap_or_default();
        assert!(told.contains(".docx") && told.contains("PDF"), "{told}");
        assert_eq!(disagreement(Format::Markdown, Some("cv.txt")), None);
        assert_eq!(disagreement(Format::Rtf, Some("cv.rtf")), None);
        assert!(disagreement(Format::Rtf, Some("cv.doc")).is_some());
    }
}

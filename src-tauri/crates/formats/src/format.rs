//! What a file is, by its content.

use std::fmt;

use crate::ReadError;

/// What a file turned out to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// Portable Document Format.
    Pdf,
    /// Word, Office Open XML.
    Docx,
    /// Markdown.
    Markdown,
    /// Plain text.
    Text,
    /// A web page.
    Html,
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Pdf => "PDF",
            Self::Docx => "Word",
            Self::Markdown => "Markdown",
            Self::Text => "text",
            Self::Html => "web page",
        })
    }
}

/// The lower-case ending of a file name.
fn extension(file_name: Option<&str>) -> Option<String> {
    let (_, ending) = file_name?.rsplit_once('.')?;
    Some(ending.to_ascii_lowercase())
}

/// What these bytes are. The name only decides between kinds of text.
pub(crate) fn sniff(bytes: &[u8], file_name: Option<&str>) -> Result<Format, ReadError> {
    let head = &bytes[..bytes.len().min(1024)];
    if head.windows(5).any(|window| window == b"%PDF-") {
        return Ok(Format::Pdf);
    }
    if head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06") {
        return zip_kind(bytes);
    }
    if head.starts_with(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1") {
        // An encrypted OOXML package is an OLE file with this stream; names in it are UTF-16.
        let marker: Vec<u8> = "EncryptedPackage".bytes().flat_map(|byte| [byte, 0]).collect();
        let encrypted = bytes.windows(marker.len()).any(|window| window == marker);
        return Err(if encrypted {
            ReadError::PasswordProtected { format: Format::Docx }
        } else {
            ReadError::OldWord
        });
    }
    if let Some(what) = binary_kind(head) {
        return Err(ReadError::NotADocument { what });
    }
    if head.starts_with(b"{\\rtf") {
        return Err(ReadError::NotReadYet { what: "a rich text (RTF) file" });
    }
    Ok(text_kind(bytes, file_name))
}

fn zip_kind(bytes: &[u8]) -> Result<Format, ReadError> {
    // Names of entries stand in the clear, in local headers and in the directory at the end.
    let holds = |name: &[u8]| bytes.windows(name.len()).any(|window| window == name);
    let head = &bytes[..bytes.len().min(120)];
    let head_holds = |name: &[u8]| head.windows(name.len()).any(|window| window == name);
    if head_holds(b"application/vnd.oasis.opendocument") || head_holds(b"mimetype") {
        return Err(ReadError::NotReadYet { what: "an OpenDocument text (ODT)" });
    }
    if holds(b"word/") || holds(b"[Content_Types].xml") {
        return Ok(Format::Docx);
    }
    Err(ReadError::NotADocument { what: "a ZIP archive" })
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

fn text_kind(bytes: &[u8], file_name: Option<&str>) -> Format {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(4096)]).to_ascii_lowercase();
    let start = head.trim_start_matches(['\u{feff}', ' ', '\n', '\r', '\t']);
    if start.starts_with("<!doctype html")
        || start.starts_with("<html")
        || (start.starts_with('<') && head.contains("<body"))
    {
        return Format::Html;
    }
    match extension(file_name).as_deref() {
        Some("md" | "markdown" | "mdown") => Format::Markdown,
        Some("html" | "htm") if head.contains("</") || head.contains("<div") => Format::Html,
        Some("txt" | "text") => Format::Text,
        _ if looks_like_markdown(&head) => Format::Markdown,
        _ => Format::Text,
    }
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
    let promised = match ending.as_str() {
        "pdf" => Format::Pdf,
        "docx" => Format::Docx,
        "md" | "markdown" | "mdown" => Format::Markdown,
        "html" | "htm" => Format::Html,
        _ => return None,
    };
    (promised != format).then(|| {
        format!("The name of the file ends in .{ending}, but it is a {format} file and was read as one.")
    })
}

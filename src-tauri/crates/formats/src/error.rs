//! What can be wrong with a file that somebody hands in.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::Format;

/// Why a file could not be read. The message says what happened, [`ReadError::hint`] what to do.
#[derive(Clone, Debug, PartialEq, Eq, Error, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum ReadError {
    /// No bytes, or nothing but white space.
    #[error("The file is empty.")]
    Empty,
    /// More bytes than [`crate::MAX_FILE_BYTES`].
    #[error("The file is {megabytes} MB; files up to {limit} MB are read.")]
    TooLarge {
        /// Size of the file in megabytes, rounded up.
        megabytes: u64,
        /// The limit in megabytes.
        limit: u64,
    },
    /// More lines than any resume has: it is a book, a log or a mistake.
    #[error("This file has {lines} lines; a resume has some hundred at most.")]
    TooManyLines {
        /// How many lines were counted.
        lines: usize,
    },
    /// Small outside, huge inside: the content passed [`crate::MAX_UNPACKED_BYTES`] while it was unpacked.
    #[error("The {format} file unpacks to more than {limit} MB, so it was not read any further.")]
    UnpacksTooLarge {
        /// What the file is.
        format: Format,
        /// The limit in megabytes.
        limit: u64,
    },
    /// Reading took longer than the limit.
    #[error("Reading the {format} file took longer than {seconds} seconds and was given up.")]
    TooSlow {
        /// What the file is.
        format: Format,
        /// The limit in seconds.
        seconds: u64,
    },
    /// Reading took more memory than the limit.
    #[error("Reading the {format} file took more than {megabytes} MB of memory and was given up.")]
    TooMuchMemory {
        /// What the file is.
        format: Format,
        /// The limit in megabytes.
        megabytes: u64,
    },
    /// The reader itself broke on the file; it ran apart from the rest of the program.
    #[error("The {format} file could not be read: the reader broke on it.")]
    Broke {
        /// What the file is.
        format: Format,
    },
    /// It takes a password to open it, and none was given.
    #[error("The {format} file is protected by a password.")]
    PasswordNeeded {
        /// What the file is.
        format: Format,
    },
    /// The password that was given does not open it.
    #[error("That password does not open the {format} file.")]
    WrongPassword {
        /// What the file is.
        format: Format,
    },
    /// It is encrypted in a way that is not opened here, password or not.
    #[error("The {format} file is protected by a password.")]
    PasswordProtected {
        /// What the file is.
        format: Format,
    },
    /// Pages with pictures and no text.
    #[error("The PDF holds pictures of pages and no text, as a scanner makes them.")]
    Scanned,
    /// A document without a word in it.
    #[error("The {format} file holds no text.")]
    NoText {
        /// What the file is.
        format: Format,
    },
    /// The fonts do not say which characters their glyphs stand for.
    #[error("The text of the PDF cannot be read: its fonts do not say which letters their shapes stand for.")]
    UnreadableFonts,
    /// Binary Word 97 to 2003.
    #[error("The file is an old Word document (.doc).")]
    OldWord,
    /// Cut off, or not put together as its format asks.
    #[error("The {format} file is damaged or not complete: {what}.")]
    Damaged {
        /// What the file is.
        format: Format,
        /// What is missing or wrong, as part of a sentence.
        what: String,
    },
    /// JSON that ends too early or breaks its rules.
    #[error("The JSON in the file is not complete: line {line}, column {column}: {what}.")]
    BadJson {
        /// Line, from 1.
        line: u64,
        /// Column, from 1.
        column: u64,
        /// What is wrong there, as part of a sentence.
        what: String,
    },
    /// JSON that is no JSON Resume.
    #[error("The file is JSON, but no JSON Resume: {what}.")]
    NotJsonResume {
        /// What tells so, as part of a sentence.
        what: String,
    },
    /// A picture, an archive, a program.
    #[error("The file is {what}, not a document with text.")]
    NotADocument {
        /// What it is, with its article: "a JPEG picture".
        what: Cow<'static, str>,
    },
    /// A format that is known but not read.
    #[error("The file is {what}, which is not read yet.")]
    NotReadYet {
        /// What it is, with its article: "a rich text file".
        what: Cow<'static, str>,
    },
    /// Bytes that are no text in any encoding known here.
    #[error("The file is not text.")]
    NotText,
    /// The file declares a document type with entities, which are refused unread.
    #[error(
        "The {format} file declares entities of its own, which no word processor writes. It was not read."
    )]
    ForbiddenDeclaration {
        /// What the file is.
        format: Format,
    },
    /// No page of that number, or a picture of a size that nobody looks at.
    #[error("The {format} file has no page {page}.")]
    NoSuchPage {
        /// What the file is.
        format: Format,
        /// The page asked for, from 1.
        page: u32,
    },
    /// A page that keeps its text in a script, or a page without a posting.
    #[error("No job posting was found in the page.")]
    NoPosting,
}

impl ReadError {
    /// A short stable name, for the window and for scripts.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::TooLarge { .. } => "too_large",
            Self::TooManyLines { .. } => "too_many_lines",
            Self::UnpacksTooLarge { .. } => "unpacks_too_large",
            Self::TooSlow { .. } => "too_slow",
            Self::TooMuchMemory { .. } => "too_much_memory",
            Self::Broke { .. } => "reader_broke",
            Self::PasswordNeeded { .. } => "password_needed",
            Self::WrongPassword { .. } => "wrong_password",
            Self::PasswordProtected { .. } => "password_protected",
            Self::Scanned => "scanned",
            Self::NoText { .. } => "no_text",
            Self::UnreadableFonts => "unreadable_fonts",
            Self::OldWord => "old_word",
            Self::Damaged { .. } => "damaged",
            Self::BadJson { .. } => "bad_json",
            Self::NotJsonResume { .. } => "not_json_resume",
            Self::NotADocument { .. } => "not_a_document",
            Self::NotReadYet { .. } => "not_read_yet",
            Self::NotText => "not_text",
            Self::ForbiddenDeclaration { .. } => "forbidden_declaration",
            Self::NoSuchPage { .. } => "no_such_page",
            Self::NoPosting => "no_posting",
        }
    }

    /// What the user can do now, as a sentence.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::Empty | Self::NoText { .. } => "Choose another file, or paste the text.",
            Self::TooLarge { .. } | Self::UnpacksTooLarge { .. } => {
                "Save it without pictures, or paste the text."
            }
            Self::TooManyLines { .. } => "Choose the file that holds your resume alone, or paste its text.",
            Self::TooSlow { .. } | Self::TooMuchMemory { .. } | Self::Broke { .. } => {
                "Open it in the program it came from and save it again, or paste the text."
            }
            Self::PasswordNeeded { .. } => "Give its password, or save a copy without it and choose that.",
            Self::WrongPassword { .. } => "Try again, or save a copy without a password and choose that.",
            Self::PasswordProtected { .. } => {
                "Open it with its password, save a copy without one and choose that."
            }
            Self::Scanned => {
                "Choose the document that was printed, paste the text, or run text recognition on it first."
            }
            Self::BadJson { .. } => "Get a fresh copy, or mend that place and choose it again.",
            Self::NotJsonResume { .. } => "Choose a file after the JSON Resume schema, or another format.",
            Self::NoSuchPage { .. } => "Ask for a page that is there.",
            Self::UnreadableFonts => {
                "Choose the document that the PDF was made from, or open the PDF and type or paste the text."
            }
            Self::OldWord => "Open it in a word processor and save it as .docx.",
            Self::Damaged { .. } => {
                "Get a fresh copy, or open it in the program it came from and save it again."
            }
            Self::NotADocument { .. } | Self::NotText => {
                "Choose a PDF, DOCX, ODT, RTF, HTML, Markdown, text or JSON Resume file."
            }
            Self::NotReadYet { .. } => "Save it as PDF, DOCX, ODT or text and choose that.",
            Self::ForbiddenDeclaration { .. } => {
                "Open it in a word processor and save it again, if you trust where it came from."
            }
            Self::NoPosting => "Copy the text of the posting and paste it.",
        }
    }
}

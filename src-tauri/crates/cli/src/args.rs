//! What can be typed.

use std::path::{Path, PathBuf};

use clap::builder::PossibleValuesParser;
use clap::{Args, Parser, Subcommand, ValueEnum};
use exports::{Accent, Design, Paper, Size, Template};

use crate::engine::{EngineArgs, ServerArgs, providers};

const EXIT_CODES: &str = "Exit codes:
  0    done
  1    check: something is unsupported
  2    the command line makes no sense
  3    a file could not be read
  4    a file could not be written
  5    there is no key, or the provider does not accept it
  6    the run failed for another reason
  130  cancelled";

/// Tailors your resume to one job posting, in the open.
#[derive(Debug, Parser)]
#[command(name = "tailorbird", version, after_help = EXIT_CODES, arg_required_else_help = true)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Show what is read from a resume, block by block
    Read(Read),
    /// Tailor a resume to a posting
    Tailor(Tailor),
    /// Look for claims in an edited resume that the original does not support
    Check(Check),
    /// Write a resume in another format, unchanged
    Export(Export),
    /// List the models of a provider, or of servers on this computer
    Models(Models),
    /// Keep, forget, or look for the keys of providers
    #[command(subcommand)]
    Key(KeyCommand),
}

#[derive(Debug, Args)]
pub(crate) struct Read {
    /// The resume: PDF, DOCX, ODT, RTF, HTML, Markdown, text or JSON Resume
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
    /// Print JSON
    #[arg(long)]
    pub(crate) json: bool,
    /// Print it in another shape
    #[arg(long = "as", value_enum, value_name = "SHAPE", conflicts_with = "json")]
    pub(crate) format: Option<As>,
    /// A file whose first line is the password of an encrypted PDF; `-` is standard input
    #[arg(long, value_name = "FILE|-")]
    pub(crate) password_file: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum As {
    /// JSON Resume, version 1 of its schema
    JsonResume,
}

#[expect(clippy::struct_excessive_bools, reason = "each is a flag of its own")]
#[derive(Debug, Args)]
pub(crate) struct Tailor {
    /// The resume: PDF, DOCX, ODT, RTF, HTML, Markdown, text or JSON Resume
    #[arg(long, value_name = "FILE")]
    pub(crate) resume: PathBuf,
    /// The posting: text, Markdown, HTML, PDF or DOCX, or an https link to it; `-` reads it from standard input
    #[arg(long, visible_alias = "posting", value_name = "FILE|LINK|-")]
    pub(crate) job: PathBuf,
    #[command(flatten)]
    pub(crate) asked: EngineArgs,
    /// Print each event of the run as one line of JSON, as the window gets it
    #[arg(long)]
    pub(crate) events: bool,
    /// Print one JSON object at the end: edits made, edits left out with the reason, gaps, scores
    #[arg(long, conflicts_with = "events")]
    pub(crate) json: bool,
    /// Where to write the tailored resume: .pdf, .docx, .html, .md or .txt; can be given more than
    /// once.
    /// Without it, Markdown is printed
    #[arg(short, long, value_name = "OUT")]
    pub(crate) output: Vec<PathBuf>,
    /// In a Word document of your own, show the edits as tracked changes, each with the reason as a comment
    #[arg(long, conflicts_with = "new_document")]
    pub(crate) track_changes: bool,
    /// Write a .docx anew. Without it, a resume in Word comes back as your own document with the edits in it
    #[arg(long)]
    pub(crate) new_document: bool,
    #[command(flatten)]
    pub(crate) looks: Looks,
}

#[derive(Debug, Args)]
pub(crate) struct Models {
    /// Whose models. Without it: servers that run on this computer
    #[arg(long, value_name = "E", value_parser = PossibleValuesParser::new(providers()))]
    pub(crate) engine: Option<String>,
    #[command(flatten)]
    pub(crate) server: ServerArgs,
    /// Print JSON
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Subcommand)]
pub(crate) enum KeyCommand {
    /// Keep a key in the keychain; it is read from standard input
    Set(KeyOf),
    /// Take a key out of the keychain
    Delete(KeyOf),
    /// Say for which providers there is a key, and where. The key itself is never told
    Status {
        /// Whose key. Without it: all providers that need one
        #[arg(long, value_name = "E", value_parser = PossibleValuesParser::new(providers()))]
        engine: Option<String>,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
}

#[derive(Debug, Args)]
pub(crate) struct KeyOf {
    /// Whose key
    #[arg(long, value_name = "E", value_parser = PossibleValuesParser::new(providers()))]
    pub(crate) engine: String,
}

#[derive(Debug, Args)]
pub(crate) struct Check {
    /// The resume as it was
    #[arg(value_name = "OLD", required_unless_present = "original")]
    old: Option<PathBuf>,
    /// The resume as it is now, or a part of it
    #[arg(value_name = "NEW", required_unless_present = "edited")]
    new: Option<PathBuf>,
    /// The resume as it was; the same as OLD
    #[arg(long, value_name = "FILE", conflicts_with_all = ["old", "new"], requires = "edited")]
    original: Option<PathBuf>,
    /// The resume as it is now, or a part of it; the same as NEW
    #[arg(long, value_name = "FILE", conflicts_with_all = ["old", "new"], requires = "original")]
    edited: Option<PathBuf>,
    /// Print JSON
    #[arg(long)]
    pub(crate) json: bool,
}

impl Check {
    /// The two files, the older one first.
    pub(crate) fn files(&self) -> (&Path, &Path) {
        // The rules above see to it that one of each pair is there.
        let old = self.original.as_deref().or(self.old.as_deref());
        let new = self.edited.as_deref().or(self.new.as_deref());
        (old.unwrap_or(Path::new("")), new.unwrap_or(Path::new("")))
    }
}

#[derive(Debug, Args)]
pub(crate) struct Export {
    /// The resume: PDF, DOCX, ODT, RTF, HTML, Markdown, text or JSON Resume
    #[arg(value_name = "RESUME")]
    pub(crate) resume: PathBuf,
    /// Where to write it: .pdf, .docx, .html, .md or .txt; can be given more than once
    #[arg(short, long, value_name = "OUT", required = true)]
    pub(crate) output: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) looks: Looks,
}

/// How what is written looks.
#[derive(Debug, Args)]
pub(crate) struct Looks {
    /// The template of PDF, Word and HTML
    #[arg(long, value_name = "T", value_parser = PossibleValuesParser::new(Template::ALL.map(Template::id)), default_value = "plain")]
    template: String,
    /// The colour of headings and links; without it, the template's own
    #[arg(long, value_name = "#RRGGBB", value_parser = colour)]
    accent: Option<Accent>,
    /// The paper; without it, what is usual where the resume comes from
    #[arg(long, value_enum)]
    paper: Option<PaperSize>,
    /// The size of the text
    #[arg(long, value_enum, default_value_t)]
    text_size: TextSize,
    /// Fit the PDF to this many pages, by space and size within good taste
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u8).range(1..=20))]
    pages: Option<u8>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum PaperSize {
    /// 210 × 297 mm
    A4,
    /// 8.5 × 11 in
    Letter,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum TextSize {
    /// A little smaller
    Small,
    /// As the template has it
    #[default]
    Normal,
    /// A little larger
    Large,
}

impl Looks {
    /// The design that was asked for.
    pub(crate) fn design(&self) -> Design {
        Design {
            template: Template::from_id(&self.template).unwrap_or_default(),
            paper: self.paper.map(|paper| match paper {
                PaperSize::A4 => Paper::A4,
                PaperSize::Letter => Paper::Letter,
            }),
            accent: self.accent,
            size: match self.text_size {
                TextSize::Small => Size::Small,
                TextSize::Normal => Size::Normal,
                TextSize::Large => Size::Large,
            },
            pages: self.pages,
        }
    }
}

fn colour(hex: &str) -> Result<Accent, String> {
    Accent::from_hex(hex).ok_or_else(|| "name a colour like #1f4e5f".to_owned())
}

//! What the window and the shell say to each other. The TypeScript types in `ui/src/lib/api/types.ts` are
//! generated from here.
//!
//! Commands (all `async`, all failing with [`ErrorReport`]):
//!
//! | command | takes | gives |
//! | --- | --- | --- |
//! | `app_state` | | [`AppState`] |
//! | `choose_resume` | | `Option<ResumeRead>`: native dialog, `None` when closed |
//! | `choose_posting` | | `Option<PostingRead>`: native dialog |
//! | `read_drop` | `drop: String, role: Role` | [`Read`]: reads a file that was dropped, by its opaque id |
//! | `paste_resume` | `text: String` | [`ResumeRead`] |
//! | `paste_posting` | `text: String` | [`PostingRead`] |
//! | `unlock` | `password: String` | [`ResumeRead`]: reads the file that was last refused for want of a password |
//! | `original` | | `formats::Original`: how the resume's file looks |
//! | `draw_page` | `page: u32, width: u32` | PNG bytes: a page of it, counted from 1, so many pixels wide |
//! | `correct` | `ask: Ask` | [`ResumeRead`]: corrects what was read of the resume |
//! | `take_back` | `correction: usize` | [`ResumeRead`]: takes one correction back |
//! | `undo_correction` | | [`ResumeRead`]: takes the last correction back |
//! | `fetch_posting` | `url: String` | [`PostingRead`]: fetches a posting from a link that the user gave |
//! | `load_sample` | | [`AppState`] with both inputs set |
//! | `start_over` | | [`AppState`] with no inputs |
//! | `tailor` | | `RunId` |
//! | `estimate` | | `Option<Estimated>`: what a run would take, about; `None` offline |
//! | `what_is_sent` | | `String`: to the letter what a model gets |
//! | `cancel` | `run: RunId` | |
//! | `snapshot` | | `Option<Snapshot>` of the current or last run |
//! | `review` | | `Option<Review>`: the state of the review |
//! | `decide` | `edit: EditId, decision: Decision` | [`Review`] |
//! | `decide_supported` | | [`Review`]: accepts every supported edit |
//! | `vouch` | `edit: EditId, claims: Vec<String>` | [`Review`]: lets one unsupported edit through, on the user's own word |
//! | `check_text` | `edit: EditId, text: String` | [`Checked`]: how the edit would stand with this text; nothing is kept |
//! | `rewrite` | `edit: EditId, text: String` | [`Review`]: gives the edit the user's own text |
//! | `undo` | | [`Review`]: takes the last change of the review back |
//! | `export` | `format: ExportFormat` | `Option<Exported>`: native save dialog, `None` when closed |
//! | `save_settings` | `settings: Settings` | [`AppState`] |
//! | `set_key` | `key: String` | [`AppState`]: for the provider at work |
//! | `delete_key` | | [`AppState`]: of the provider at work |
//! | `models` | | `Vec<ModelOffer>` of the provider at work |
//! | `test_connection` | | [`ConnectionTest`] of the provider at work |
//! | `local_servers` | | `Vec<LocalServer>` |
//!
//! Events (`emit_to("main", …)`): `run` with a [`pipeline::Event`]; `drag` with a [`Drag`].

use std::collections::BTreeMap;

use pipeline::{ErrorReport, Judgement};
use resume::correction::{Misfit, Removed};
use resume::{Coverage, Doubt, EditId, Posting, Resume};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// All that the window needs to draw itself after a load or a reload.
#[derive(Clone, Debug, Serialize, TS)]
pub struct AppState {
    /// Version of Tailorbird.
    pub version: String,
    /// The settings.
    pub settings: Settings,
    /// All providers, in the order in which they are offered.
    pub providers: Vec<ProviderOffer>,
    /// Whether there is a key for the chosen engine's provider. The key itself is never told.
    pub has_key: bool,
    /// Where that key is kept, or would be.
    pub keychain: Keychain,
    /// The resume, once one was read.
    pub resume: Option<ResumeRead>,
    /// The posting, once one was read.
    pub posting: Option<PostingRead>,
}

/// The engine that asks nobody: rules on this computer.
pub const OFFLINE: &str = "offline";

/// How long a provider may be silent, in seconds, where the user says nothing else.
pub const SILENCE_S: u32 = 120;

/// What the user chose.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(from = "crate::settings::Written")]
pub struct Settings {
    /// Who does the work: [`OFFLINE`], or the id of a provider.
    pub engine: String,
    /// What was chosen for each provider that was ever chosen, by its id.
    pub providers: BTreeMap<String, ProviderChoice>,
    /// How long a provider may be silent before it is asked again, in seconds; 10 to 3600.
    pub silence_s: u32,
    /// What a run may cost, in US dollars; `None` is no limit.
    pub limit_usd: Option<f64>,
    /// Light, dark, or as the system says.
    pub theme: Theme,
}

/// What was chosen for one provider.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct ProviderChoice {
    /// The model, as the provider spells it; may be empty while none was chosen.
    pub model: String,
    /// Where it is; `None` is its own address. For gateways, other ports, other computers.
    pub base_url: Option<String>,
}

/// A provider as the settings offer it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct ProviderOffer {
    /// Short and stable.
    pub id: String,
    /// The name for people.
    pub name: String,
    /// Whether it runs on this computer.
    pub local: bool,
    /// Whether it answers nobody without a key.
    pub needs_key: bool,
    /// The environment variable that a key is taken from where none is kept.
    pub key_variable: Option<String>,
    /// The page where one gets a key, to be read and typed; the window opens no pages.
    pub key_page: Option<String>,
    /// Its own address; `None` where the user has to say.
    pub home: Option<String>,
    /// The model to begin with.
    pub default_model: Option<String>,
}

/// A model that a provider offers.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct ModelOffer {
    /// As the provider spells it.
    pub id: String,
    /// What it costs, in words: "$2.00 in, $10.00 out for a million tokens"; `None` where that is not known.
    pub price: Option<String>,
}

/// What a run will take, about.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, TS)]
pub struct Estimated {
    /// Tokens that are sent.
    #[ts(type = "number")]
    pub input: u64,
    /// Tokens that are written.
    #[ts(type = "number")]
    pub output: u64,
    /// What that costs.
    pub cost: llm::Cost,
    /// Whether that is above the limit of the settings.
    pub over_limit: bool,
}

/// A model server that runs on this computer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct LocalServer {
    /// The id of its provider.
    pub provider: String,
    /// What it is called: "Ollama".
    pub name: String,
    /// How many models it has.
    pub models: usize,
}

/// What a test of the connection said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct ConnectionTest {
    /// Whether all is well.
    pub well: bool,
    /// What was found, in plain words.
    pub told: String,
    /// What to do, where something is wrong.
    pub hint: String,
}

/// Light or dark.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Theme {
    /// As the system says.
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

/// Where keys are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Keychain {
    /// In the keychain of the operating system.
    System,
    /// There is none: in memory, until the app ends.
    Session,
    /// Not here: the key comes from an environment variable.
    Environment,
}

impl From<keychain::Place> for Keychain {
    fn from(place: keychain::Place) -> Self {
        match place {
            keychain::Place::System => Self::System,
            keychain::Place::Session => Self::Session,
            keychain::Place::Environment => Self::Environment,
        }
    }
}

/// A resume that was read.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct ResumeRead {
    /// Name of the file without its folder; `None` when pasted.
    pub file_name: Option<String>,
    /// What kind of file it turned out to be, in words: "PDF", "Word".
    pub format: String,
    /// The same for the same bytes.
    pub fingerprint: String,
    /// What the reader was not sure of and the user has not settled, in reading order.
    pub doubts: Vec<Doubt>,
    /// How sure the reader is of the whole, 0 to 1.
    pub confidence: f32,
    /// What was read, with the user's corrections in it.
    pub resume: Resume,
    /// What the user corrected.
    pub corrections: CorrectionsMade,
}

/// What the user corrected in a reading.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CorrectionsMade {
    /// How many corrections there are, also those that do not fit.
    pub made: usize,
    /// Blocks that were taken out.
    pub removed: Vec<Removed>,
    /// Corrections that do not fit what was read.
    pub misfits: Vec<Misfit>,
    /// What went wrong with keeping them, in one sentence.
    pub trouble: Option<String>,
}

/// A posting that was read.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct PostingRead {
    /// Name of the file without its folder; `None` when pasted.
    pub file_name: Option<String>,
    /// What was read.
    pub posting: Posting,
}

/// What a dropped file is to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// The resume.
    Resume,
    /// The posting.
    Posting,
}

/// What a dropped file turned out to hold.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Read {
    /// A resume.
    Resume(ResumeRead),
    /// A posting.
    Posting(PostingRead),
}

/// Files dragged over the window. The shell keeps the paths; the page gets ids that it can hand back.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Drag {
    /// Files are over the window.
    Enter {
        /// Their names, without folders.
        names: Vec<String>,
    },
    /// They left.
    Leave,
    /// They were dropped.
    Drop {
        /// Each file's opaque id and name.
        files: Vec<DroppedFile>,
    },
}

/// A file that was dropped.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DroppedFile {
    /// Opaque; good for `read_drop` until the app ends.
    pub id: String,
    /// Name without its folder.
    pub name: String,
}

/// What the user says of an edit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Decision {
    /// It goes in. An unsupported edit cannot be accepted, only vouched for.
    Accepted,
    /// It stays out.
    Rejected,
    /// Not decided: stays out until it is.
    Open,
}

/// The state of the review.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Review {
    /// The original.
    pub original: Resume,
    /// Each edit with its decision, in their order.
    pub edits: Vec<ReviewedEdit>,
    /// The resume with the accepted edits in it.
    pub tailored: Resume,
    /// Keywords that the tailored resume names.
    pub coverage: Coverage,
    /// The edit that the last change was about, where there is one to take back.
    pub undo: Option<EditId>,
}

/// An edit under review. Its block, evidence and reason are in the run's result.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct ReviewedEdit {
    /// The edit.
    pub edit: EditId,
    /// What the user said, or what it starts with: accepted when supported, open when it needs an eye,
    /// rejected when unsupported.
    pub decision: Decision,
    /// The word diff that it makes on its block; empty for a move.
    pub diff: Vec<resume::diff::DiffPart>,
    /// The text that it brings in now; `None` for a removal and a move.
    pub text: Option<String>,
    /// Whether that text is the user's own.
    pub typed: bool,
    /// How that text stands; `None` where nobody judged it.
    pub judgement: Option<Judgement>,
    /// What the user would have to vouch for, or did; empty unless it is unsupported.
    pub claims: Vec<Claim>,
    /// That the user vouched for it.
    pub vouched: Option<Vouched>,
}

/// A claim that the resume does not support.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Claim {
    /// The very words.
    pub claim: String,
    /// What the resume says instead, in one plain sentence; may be empty.
    pub reason: String,
}

/// The user's word for an edit that the resume does not support.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Vouched {
    /// The claims that were named when the user gave it.
    pub claims: Vec<String>,
    /// When, in milliseconds since 1970-01-01 UTC.
    #[ts(type = "number")]
    pub at_ms: u64,
}

/// How a text that the user types would stand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Checked {
    /// The text as it would be kept: one line, spaces normalised. Findings count its bytes.
    pub text: String,
    /// How it stands.
    pub standing: resume::Standing,
    /// Each claim without a source.
    pub findings: Vec<resume::Finding>,
}

/// What to export to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ExportFormat {
    /// Typeset PDF.
    Pdf,
    /// Word.
    Docx,
    /// Markdown.
    Markdown,
    /// Plain text.
    Text,
}

/// A file that was written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Exported {
    /// Name without its folder.
    pub file_name: String,
    /// Name of the folder that it is in, without what is above.
    pub folder: String,
    /// Size in bytes.
    #[ts(type = "number")]
    pub bytes: u64,
    /// Words that should be in it.
    pub words: usize,
    /// Words found in it, in order, when it was read back.
    pub words_found: usize,
}

/// Errors reach the page as this.
pub type Failure = ErrorReport;

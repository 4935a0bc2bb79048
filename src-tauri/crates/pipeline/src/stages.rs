//! The typed outputs of the four stages. The order of the fields is the order in which a model writes them.
//!
//! Ids show only when they are whole (`#[partial(whole)]`): the first letter of `b12` would point at another line.

use llm::Partial;
use resume::{BlockKind, EditId};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The four stages, in their order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// How well does the resume fit?
    Evaluation,
    /// What should change?
    Planning,
    /// The edits themselves.
    Implementation,
    /// Is every edit true?
    Verification,
}

impl Stage {
    /// All four, in their order.
    pub const ALL: [Self; 4] = [Self::Evaluation, Self::Planning, Self::Implementation, Self::Verification];

    /// Its share of the whole run, in percent. The four add up to 100.
    pub const fn weight(self) -> u8 {
        match self {
            Self::Evaluation | Self::Planning => 25,
            Self::Implementation => 40,
            Self::Verification => 10,
        }
    }
}

/// Stage 1: how well the resume fits the posting.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Partial, TS)]
#[serde(deny_unknown_fields)]
pub struct Evaluation {
    /// What the posting asks for, most important first.
    pub requirements: Vec<Requirement>,
    /// How well the resume fits as it is, 0 to 100 points.
    pub match_score: u8,
    /// What speaks for the person, each in a few words.
    pub strengths: Vec<String>,
    /// What the resume does not show, each in a few words.
    pub gaps: Vec<String>,
    /// Two or three sentences to the person.
    pub overall_assessment: String,
}

/// One thing that the posting asks for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Partial, TS)]
#[serde(deny_unknown_fields)]
pub struct Requirement {
    /// `r1`, `r2`, … in this list's order.
    #[partial(whole)]
    pub id: String,
    /// The requirement in the posting's words, shortened to one line.
    pub text: String,
    /// Whether the posting insists.
    pub importance: Importance,
    /// What the resume shows of it.
    pub status: Met,
    /// The ids of the blocks that show it; empty when missing.
    #[partial(whole)]
    pub evidence: Vec<String>,
}

/// Whether a posting insists on a requirement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, Partial, TS)]
#[serde(rename_all = "snake_case")]
pub enum Importance {
    /// Must have.
    Must,
    /// Nice to have.
    Nice,
}

/// What a resume shows of a requirement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, Partial, TS)]
#[serde(rename_all = "snake_case")]
pub enum Met {
    /// All of it.
    Met,
    /// Some of it, or something close.
    Partial,
    /// Nothing of it.
    Missing,
}

/// Stage 2: what should change.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Partial, TS)]
#[serde(deny_unknown_fields)]
pub struct Plan {
    /// The idea behind the changes, two or three sentences.
    pub strategy: String,
    /// The changes, in the order in which they will be made.
    pub changes: Vec<PlannedChange>,
    /// The posting's keywords.
    pub keywords: Vec<Keyword>,
}

/// One change that is planned.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Partial, TS)]
#[serde(deny_unknown_fields)]
pub struct PlannedChange {
    /// The ids of the blocks that it touches.
    #[partial(whole)]
    pub blocks: Vec<String>,
    /// What will be done.
    pub action: Action,
    /// What it is to achieve, one sentence.
    pub intent: String,
    /// The ids of the requirements that it serves.
    #[partial(whole)]
    pub requirements: Vec<String>,
}

/// What an edit does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema, Partial, TS)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// Gives a block a new text.
    Rewrite,
    /// Takes a block out.
    Remove,
    /// Puts a block behind another one.
    Move,
    /// Adds a block behind another one.
    Insert,
}

/// A word of the posting that a recruiter or a machine will look for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Partial, TS)]
#[serde(deny_unknown_fields)]
pub struct Keyword {
    /// The word or the words, as the posting spells them.
    pub term: String,
    /// Whether the person can honestly claim it.
    pub claimable: bool,
    /// The ids of the blocks that support the claim; empty when not claimable.
    #[partial(whole)]
    pub evidence: Vec<String>,
}

/// Stage 3: the edits, as a model writes them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Partial, TS)]
#[serde(deny_unknown_fields)]
pub struct Implementation {
    /// The edits.
    pub edits: Vec<ProposedEdit>,
}

/// One edit as a model writes it: flat, so that every provider's schema rules can express it. Becomes a
/// [`resume::Edit`] when it has passed the checks.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Partial, TS)]
#[serde(deny_unknown_fields)]
pub struct ProposedEdit {
    /// What it does.
    pub action: Action,
    /// The id of the block to rewrite, remove or move; for an insertion, the block that the new one follows.
    #[partial(whole)]
    pub block: String,
    /// For a move: the id of the block that it will follow; else null.
    #[partial(whole)]
    pub after: Option<String>,
    /// For an insertion: what the new block is; else null.
    pub kind: Option<InsertKind>,
    /// For a rewrite or an insertion: the whole new text of the block; else null.
    pub text: Option<String>,
    /// The blocks that support the new text, with the words that do.
    pub evidence: Vec<Quote>,
    /// The id of the requirement that it serves, or null.
    #[partial(whole)]
    pub requirement: Option<String>,
    /// Why, in one sentence to the person.
    pub reason: String,
}

/// What an inserted block may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, Partial, TS)]
#[serde(rename_all = "snake_case")]
pub enum InsertKind {
    /// One item of a list.
    Bullet,
    /// Running text.
    Paragraph,
    /// A line that lists skills.
    SkillsLine,
}

impl From<InsertKind> for BlockKind {
    fn from(kind: InsertKind) -> Self {
        match kind {
            InsertKind::Bullet => Self::Bullet,
            InsertKind::Paragraph => Self::Paragraph,
            InsertKind::SkillsLine => Self::SkillsLine,
        }
    }
}

/// Words of the resume that an edit rests on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Partial, TS)]
#[serde(deny_unknown_fields)]
pub struct Quote {
    /// The id of the block.
    #[partial(whole)]
    pub block: String,
    /// The very words in it.
    pub quote: String,
}

/// Stage 4: a verdict on each edit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Partial, TS)]
#[serde(deny_unknown_fields)]
pub struct Verification {
    /// One for each edit, in their order.
    pub verdicts: Vec<Verdict>,
    /// How well the resume fits with the supported edits in it, 0 to 100 points. May be lower than before.
    pub final_score: u8,
    /// Two or three sentences to the person.
    pub summary: String,
}

/// What the model says of one edit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Partial, TS)]
#[serde(deny_unknown_fields)]
pub struct Verdict {
    /// The id of the edit.
    #[partial(whole)]
    pub edit: String,
    /// How it stands.
    pub verdict: Entailment,
    /// The words without support, or null when supported.
    pub claim: Option<String>,
    /// Why, in one sentence to the person.
    pub reason: String,
}

/// Whether the evidence says what an edit says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, Partial, TS)]
#[serde(rename_all = "snake_case")]
pub enum Entailment {
    /// It does.
    Supported,
    /// It says something like it, but less.
    Overstated,
    /// It does not.
    Unsupported,
}

impl Verdict {
    /// The edit that it speaks of.
    pub fn edit_id(&self) -> EditId {
        EditId::from(self.edit.as_str())
    }
}

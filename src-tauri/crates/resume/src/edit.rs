//! Edits: the only way in which a resume changes.

use std::fmt;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{BlockId, BlockKind};

/// Names an edit within its run: `e1`, `e2`, … in the order in which they were made.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(transparent)]
pub struct EditId(String);

impl EditId {
    /// The id of the `n`th edit of a run, counted from 1.
    pub fn nth(n: usize) -> Self {
        Self(format!("e{n}"))
    }

    /// The id as it stands in prompts, events and files.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The id of the block that this edit makes when it inserts one.
    pub fn inserted_block(&self) -> BlockId {
        BlockId::from(format!("n-{self}"))
    }
}

impl From<&str> for EditId {
    fn from(id: &str) -> Self {
        Self(id.to_owned())
    }
}

impl From<String> for EditId {
    fn from(id: String) -> Self {
        Self(id)
    }
}

impl fmt::Display for EditId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What an edit does to the resume.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "action", rename_all = "snake_case")]
pub enum Change {
    /// Gives a block a new text.
    Rewrite {
        /// The block.
        block: BlockId,
        /// Its new text.
        text: String,
    },
    /// Takes a block out.
    Remove {
        /// The block.
        block: BlockId,
    },
    /// Puts a block behind another one.
    Move {
        /// The block.
        block: BlockId,
        /// The block that it will follow.
        after: BlockId,
    },
    /// Adds a block behind another one.
    Insert {
        /// The block that the new one will follow.
        after: BlockId,
        /// What the new block is.
        kind: BlockKind,
        /// Its text.
        text: String,
    },
}

impl Change {
    /// The block that changes, or that an inserted one follows.
    pub fn block(&self) -> &BlockId {
        match self {
            Self::Rewrite { block, .. } | Self::Remove { block } | Self::Move { block, .. } => block,
            Self::Insert { after, .. } => after,
        }
    }

    /// The text that the change brings in, where it brings in any.
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Rewrite { text, .. } | Self::Insert { text, .. } => Some(text),
            Self::Remove { .. } | Self::Move { .. } => None,
        }
    }
}

/// A block that an edit rests on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Evidence {
    /// The block.
    pub block: BlockId,
    /// The very words in it, where they were named.
    pub quote: Option<String>,
}

/// One proposed change, with what it rests on and what it is for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Edit {
    /// Stable name within the run.
    pub id: EditId,
    /// What it does.
    #[serde(flatten)]
    pub change: Change,
    /// The blocks that support the new text.
    pub evidence: Vec<Evidence>,
    /// The id of the requirement of the posting that it serves (`r1`, …), where it serves one.
    pub requirement: Option<String>,
    /// Why, in one sentence for the user.
    pub reason: String,
}

//! What the reader of a file was not sure of, as questions to the user.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{BlockId, BlockKind};

/// How sure the reading is, from 0 (a guess) to 1 (told by the format itself).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, TS)]
pub struct Confidence {
    /// Of the reading as a whole: the mean over the blocks, by their length, less what is missing (name, headings,
    /// contact data).
    pub whole: f32,
    /// Of each block, in the order of the blocks: that it is whole and of the right kind.
    pub blocks: Vec<f32>,
}

/// A question about a block. The user may leave it; nothing waits for the answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Doubt {
    /// The block that is asked about.
    pub block: BlockId,
    /// The question, in one or two plain sentences.
    pub question: String,
    /// Two answers; the first one keeps what was read.
    pub answers: Vec<Answer>,
}

/// An answer to a [`Doubt`], and what it changes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Answer {
    /// What stands on the button: "Yes, an entry".
    pub label: String,
    /// What is to be done.
    pub remedy: Remedy,
}

/// What an answer changes in the block that was asked about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "do", rename_all = "snake_case")]
pub enum Remedy {
    /// Nothing; the question is settled.
    Keep,
    /// The block is of another kind.
    Kind {
        /// The right kind.
        kind: BlockKind,
    },
    /// The block goes on with the one above.
    JoinAbove,
    /// The block is two; the second begins at this byte of its text.
    Split {
        /// Byte of the text, at the beginning of a word.
        at: u32,
    },
    /// The block is not part of the resume.
    Delete,
}

/// The address behind a text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Link {
    /// The block that the text stands in.
    pub block: BlockId,
    /// The linked text, as it stands in the block.
    pub text: String,
    /// Where it leads, as the file says.
    pub address: String,
}

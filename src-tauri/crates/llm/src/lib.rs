//! Typed structured streaming over language model providers.
//!
//! 1. A [`Model`] turns a [`Request`] into a stream of [`Delta`]s: one attempt, one protocol a file
//!    ([`anthropic`]).
//! 2. [`ask`] drives it to a typed value: it reads the JSON as it arrives, once; shows typed partials
//!    ([`Partial`], [`Field`]) when the gate opens; retries what is worth retrying; and ends in a strictly
//!    checked value or a clear [`Error`].
//!
//! The crate knows nothing of resumes.

// So that the derive's `::llm` names this crate in its own tests too.
extern crate self as llm;

mod answer;
pub mod anthropic;
mod ask;
mod backoff;
mod error;
mod field;
mod gate;
mod http;
pub mod json;
mod key;
mod means;
mod model;
mod partial;
mod schema;
mod step;

pub use anthropic::Anthropic;
pub use ask::ask;
pub use error::Error;
pub use field::Field;
pub use key::Key;
pub use llm_derive::Partial;
pub use model::{Delta, JsonOutput, Message, Model, Output, Part, Request, Role, Stop, Usage};
pub use partial::{Change, Partial};
pub use schema::json_output;
pub use step::{Options, Retry, Step};

/// What the derive's output leans on. Not for people.
#[doc(hidden)]
pub mod __private {
    pub use crate::partial::{refresh_atom, refresh_member, refresh_object};
    pub use serde;
    pub use ts_rs;
}

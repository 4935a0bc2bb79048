//! Typed structured streaming over language model providers.
//!
//! 1. A [`Model`] turns a [`Request`] into a stream of [`Delta`]s, in one attempt. The catalogue ([`Provider`]) knows
//!    who can be asked, and gives a [`Connection`]; each [`Protocol`] writes a request and reads its answer's pieces.
//! 2. [`ask`] drives it to a typed value: it reads the JSON as it arrives, once; shows what is new of the typed
//!    partial ([`Partial`], [`Field`], [`Patch`]) when the gate opens; retries what is worth retrying; and ends in a
//!    strictly checked value or a clear [`Error`]. [`ask_text`] does the same for plain text.
//! 3. [`Prices`] tells what that costs, and a [`Budget`] keeps it within a limit.
//!
//! The crate knows nothing of resumes.

// So that the derive's `::llm` names this crate in its own tests too.
extern crate self as llm;

mod answer;
pub mod anthropic;
mod ask;
mod backoff;
mod budget;
mod chat;
mod connection;
mod decode;
mod drive;
mod error;
mod failure;
mod field;
mod gate;
mod gemini;
mod http;
pub mod json;
mod key;
mod loose;
mod means;
mod model;
mod models;
mod ollama;
mod partial;
pub mod patch;
pub mod price;
mod protocol;
pub mod provider;
mod responses;
mod schema;
mod step;
mod text;
mod thinking;
pub mod tokens;
mod typed;

pub use anthropic::Anthropic;
pub use ask::ask;
pub use budget::Budget;
pub use connection::Connection;
pub use error::Error;
pub use field::Field;
pub use key::Key;
pub use llm_derive::Partial;
pub use model::{Delta, JsonOutput, Message, Model, Output, Part, Request, Role, Stop, Usage};
pub use models::{LocalServer, ModelEntry, find_at, find_local};
pub use partial::{Change, Partial};
pub use patch::Patch;
pub use price::{Cost, Price, Prices, Rate, Usd};
pub use protocol::Protocol;
pub use provider::Provider;
pub use schema::json_output;
pub use step::{Options, Retry, Step};
pub use text::{TextStep, Written, ask_text};
pub use typed::partials;

/// What the derive's output leans on. Not for people.
#[doc(hidden)]
pub mod __private {
    pub use crate::partial::{refresh_atom, refresh_field, refresh_member, refresh_object};
    pub use crate::patch::apply_field;
    pub use serde;
    pub use ts_rs;
}

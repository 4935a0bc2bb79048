//! Typed structured streaming over language model providers.
//!
//! 1. A [`Model`] turns a [`Request`] into a stream of [`Delta`]s: one attempt, one protocol a file ([`anthropic`]).
//! 2. [`ask`] drives it to a typed value: it reads the JSON as it arrives, once; shows typed partials
//!    ([`Partial`], [`Field`]) when the gate opens; retries what is worth retrying; and ends in a strictly
//!    checked value or a clear [`Error`].
//!
//! The crate knows nothing of resumes.

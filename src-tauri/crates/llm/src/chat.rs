//! OpenAI's Chat Completions, and the many servers that speak it, each with oddities of its own.

mod decode;
mod wire;

pub(crate) use self::decode::Chat;
pub(crate) use self::wire::{Dialect, body};

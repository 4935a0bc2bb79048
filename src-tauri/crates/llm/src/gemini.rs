//! Google's Gemini.

mod decode;
mod wire;

pub(crate) use self::decode::Gemini;
pub(crate) use self::wire::body;

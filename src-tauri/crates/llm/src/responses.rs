//! OpenAI's Responses.

mod decode;
mod wire;

pub(crate) use self::decode::Responses;
pub(crate) use self::wire::body;

//! JSON while it is being written: read once, as it arrives, into a tree that knows what is done.

mod number;
mod reader;
mod text;
mod tree;

pub use reader::{Broken, Limits, Opening, Reader};
pub use tree::{Node, Tree};

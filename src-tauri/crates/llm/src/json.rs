//! JSON while it is being written: read once, as it arrives, into a tree that knows what is done.

mod tree;

pub use tree::{Node, Tree};

//! The `tailorbird` command.
fn main() {}

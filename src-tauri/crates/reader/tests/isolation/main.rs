//! Readers that break, and hostile files, never hurt the process that asks.

mod breaking;
mod corpus;
mod mutants;

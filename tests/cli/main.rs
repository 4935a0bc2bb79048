//! The `tailorbird` command as a person or a script uses it: the real program, real files.

#![expect(clippy::print_stdout, reason = "what was skipped is said in the output of the tests")]

mod check;
mod claude;
mod engines;
mod errors;
mod hostile;
mod link;
mod outcome;
mod own;
mod pairs;
mod read;
mod reading;
mod tailor;
mod terminal;
mod versions;

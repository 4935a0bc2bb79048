//! The `tailorbird` command as a person or a script uses it: the real program, real files.

#![expect(clippy::print_stdout, reason = "what was skipped is said in the output of the tests")]

mod check;
mod claude;
mod errors;
mod hostile;
mod outcome;
mod pairs;
mod read;
mod tailor;
mod terminal;

//! The `tailorbird` command as a person or a script uses it: the real program, real files.

mod check;
mod claude;
mod errors;
mod pairs;
mod read;
mod tailor;
mod terminal;

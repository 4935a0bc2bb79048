//! Words: where they begin and end, when two are the same word, when two terms are the same thing.
//!
//! 1. [`tokens`] cuts a text into words as people in trades write them: `C++`, `.NET`, `Node.js`, `R&D`.
//! 2. [`key`] sets letter case, accents and points aside; [`stem`] also endings, irregular verbs and British
//!    or American spelling.
//! 3. [`same`] and [`synonyms_of`] know abbreviations and other names of one thing: `k8s` is Kubernetes. The
//!    table is `src/data/synonyms.txt`.
//! 4. `relatives` knows English words that mean nearly the same.
//! 5. [`find`] looks for a term in a text as whole words; [`Searchable`] and [`Term`] do the same for many of both.
//!
//! Nothing here knows what a resume is.

mod find;
mod lists;
mod relatives;
mod stem;
mod synonyms;
mod token;

pub use find::{Searchable, Term, find};
pub(crate) use lists::{entries, word_set};
pub(crate) use relatives::{Lemma, lemmas, phrasal};
pub(crate) use stem::stem_of_key;
pub use stem::{Language, key, stem};
pub(crate) use synonyms::{group_terms, groups_in, reworded, term_word};
pub use synonyms::{same, synonyms_of};
pub use token::{Token, tokens};

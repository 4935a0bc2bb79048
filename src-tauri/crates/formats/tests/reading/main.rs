//! Reading, measured against the shared set of fictional resumes and postings.

mod broken;
mod corpus;
mod hostile;
mod postings;
mod truth;

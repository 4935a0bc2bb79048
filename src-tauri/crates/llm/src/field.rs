//! The three states of a field in a value that is still being written.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A field of a partial value.
///
/// As JSON it is `{"writing": …}` or `{"done": …}`; an absent field has no key.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Field<T> {
    /// Nothing of it has come.
    #[default]
    #[ts(skip)]
    Absent,
    /// Part of it has come. Only texts, lists and objects are ever shown so.
    Writing(T),
    /// It is whole and does not change any more.
    Done(T),
}

impl<T> Field<T> {
    /// Whether nothing of it has come.
    pub fn is_absent(&self) -> bool {
        matches!(self, Self::Absent)
    }

    /// Whether it is whole.
    pub fn is_done(&self) -> bool {
        matches!(self, Self::Done(_))
    }

    /// The whole value.
    pub fn done(&self) -> Option<&T> {
        match self {
            Self::Done(value) => Some(value),
            Self::Absent | Self::Writing(_) => None,
        }
    }

    /// What there is, whole or not.
    pub fn so_far(&self) -> Option<&T> {
        match self {
            Self::Done(value) | Self::Writing(value) => Some(value),
            Self::Absent => None,
        }
    }
}

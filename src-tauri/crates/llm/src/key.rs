//! The secret that a provider wants to see.

use std::fmt;

use zeroize::Zeroize;

/// A key. It shows itself nowhere: not in `Debug`, not as JSON; and it is wiped from memory when dropped.
///
/// There is no `Serialize` and no `Display`, on purpose.
#[derive(Clone)]
pub struct Key(String);

impl Key {
    /// Takes a key; white space around it is dropped.
    pub fn new(key: impl Into<String>) -> Self {
        let mut key: String = key.into();
        let trimmed = key.trim().to_owned();
        key.zeroize();
        Self(trimmed)
    }

    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The secret itself. Stays inside the crate.
    pub(crate) fn expose(&self) -> &str {
        &self.0
    }
}

impl Drop for Key {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Key(…)")
    }
}

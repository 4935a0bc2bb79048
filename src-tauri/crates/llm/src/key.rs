//! The secret that a provider wants to see.

use std::fmt;

use zeroize::{Zeroize, ZeroizeOnDrop};

/// A key. It shows itself nowhere: not in `Debug`, not as JSON; and it is wiped from memory when dropped.
///
/// It cannot be serialised or displayed: there is no `Serialize` and no `Display`, on purpose.
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

impl ZeroizeOnDrop for Key {}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Key(…)")
    }
}

#[cfg(test)]
mod tests {
    use serde::Serialize;

    use super::*;

    /// Two ways to the same function for a type that can be serialised, so that naming it is ambiguous; one for a
    /// type that cannot. Should `Key` ever learn it, this file no longer compiles.
    trait Refuses<Way> {
        fn is_refused() -> bool {
            true
        }
    }
    struct IsSerialize;
    impl<T> Refuses<()> for T {}
    impl<T: Serialize> Refuses<IsSerialize> for T {}

    fn is_wiped<T: ZeroizeOnDrop>() -> bool {
        std::mem::needs_drop::<T>()
    }

    #[test]
    fn a_key_shows_itself_nowhere_and_is_wiped() {
        let key = Key::new(" sk-hush\n");
        assert_eq!(key.expose(), "sk-hush");
        assert_eq!(format!("{key:?} {key:#?} {:?}", Some(&key)), "Key(…) Key(…) Some(Key(…))");
        assert!(<Key as Refuses<_>>::is_refused());
        assert!(is_wiped::<Key>());
    }
}

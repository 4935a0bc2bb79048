//! The key for Claude.

use keychain::{Keys, PATIENCE, SystemKeychain};
use llm::Key;

/// The key from `ANTHROPIC_API_KEY`, else the one that the app keeps in the keychain.
pub(crate) fn find() -> Option<Key> {
    let named = std::env::var("ANTHROPIC_API_KEY").ok().map(Key::new).filter(|key| !key.is_empty());
    named.or_else(|| {
        Keys::new(SystemKeychain, |_| None).get("anthropic", PATIENCE).map(|secret| Key::new(secret.reveal()))
    })
}

//! What the user says about a file beside its bytes.

use std::fmt;

use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

/// How a file is to be read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadOptions {
    /// The password of an encrypted PDF.
    pub password: Option<Password>,
}

impl ReadOptions {
    /// With the password that the user typed.
    pub fn with_password(password: impl Into<String>) -> Self {
        Self { password: Some(Password::new(password)) }
    }
}

/// A password: never shown in `Debug`, wiped from memory when dropped. It is serialised for one purpose, to reach the
/// process that reads the file.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub struct Password(Zeroizing<String>);

impl Password {
    /// Takes a password as typed.
    pub fn new(password: impl Into<String>) -> Self {
        Self(Zeroizing::new(password.into()))
    }

    /// The password itself.
    pub(crate) fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password(…)")
    }
}

impl From<String> for Password {
    fn from(password: String) -> Self {
        Self::new(password)
    }
}

impl From<Password> for String {
    fn from(password: Password) -> Self {
        password.0.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_not_shown() {
        let options = ReadOptions::with_password("lighthouse");
        assert!(!format!("{options:?}").contains("lighthouse"));
        let sent = serde_json::to_string(&options).expect("it is text");
        assert_eq!(serde_json::from_str::<ReadOptions>(&sent).expect("it is whole"), options);
    }
}

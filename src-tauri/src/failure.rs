//! Errors as the page is told: `{code, message, hint}`.

use std::future::Future;
use std::panic::AssertUnwindSafe;

use futures::FutureExt as _;
use pipeline::ErrorReport;

/// What a command gives.
pub(crate) type Answer<T> = Result<T, ErrorReport>;

/// An error of the shell's own.
pub(crate) fn failure(code: &str, message: impl Into<String>, hint: impl Into<String>) -> ErrorReport {
    ErrorReport { code: code.to_owned(), message: message.into(), hint: hint.into() }
}

/// A part of the app panicked; the rest goes on.
pub(crate) fn broken() -> ErrorReport {
    failure(
        "internal",
        "A part of Tailorbird broke while it did this.",
        "Nothing was changed. Try again; if it happens again, report it with the steps that led here.",
    )
}

/// Answers a command. A panic becomes an error: without this the page would wait for ever.
pub(crate) async fn answered<T>(work: impl Future<Output = Answer<T>>) -> Answer<T> {
    AssertUnwindSafe(work).catch_unwind().await.unwrap_or_else(|_| Err(broken()))
}

/// Does work that takes long, or blocks, where it holds nobody up.
pub(crate) async fn aside<T: Send + 'static>(work: impl FnOnce() -> Answer<T> + Send + 'static) -> Answer<T> {
    tauri::async_runtime::spawn_blocking(work).await.unwrap_or_else(|_| Err(broken()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_panic_becomes_an_error() {
        let answer: Answer<()> = answered(async { panic!("secret text") }).await;
        let error = answer.unwrap_err();
        assert_eq!(error.code, "internal");
        assert!(!error.message.contains("secret"));
    }

    #[tokio::test]
    async fn a_panic_aside_becomes_an_error() {
        let answer: Answer<()> = aside(|| panic!("secret text")).await;
        assert_eq!(answer.unwrap_err().code, "internal");
    }
}

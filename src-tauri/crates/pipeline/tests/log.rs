//! What a run writes to the log. A test binary of its own: a log belongs to the whole process.

#[expect(dead_code, unreachable_pub, reason = "a module that several tests share")]
mod support;

use std::io;
use std::sync::{Arc, Mutex};

use llm::Error;
use support::{Turn, good_turns, plan};
use tracing_subscriber::fmt::MakeWriter;

/// A place that log lines go to.
#[derive(Clone, Default)]
struct Lines(Arc<Mutex<Vec<u8>>>);

impl io::Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().expect("nobody panicked").extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Lines {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

#[tokio::test(start_paused = true)]
async fn log_lines_hold_counts_and_nothing_of_the_texts() {
    let lines = Lines::default();
    let subscriber =
        tracing_subscriber::fmt().with_max_level(tracing::Level::TRACE).with_writer(lines.clone()).finish();
    let guard = tracing::subscriber::set_default(subscriber);
    let mut turns = good_turns();
    turns.insert(1, Turn::Break(plan(), 90, Error::Truncated { provider: "Scripted".to_owned() }));
    support::played(turns).await;
    drop(guard);
    let log = String::from_utf8(lines.0.lock().expect("nobody panicked").clone()).expect("a log is text");
    assert!(log.contains("stage begins") && log.contains("run ended"), "{log}");
    for text in [
        "nora",
        "eklund",
        "33 44",
        "jobs@",
        "88 77",
        "Kubernetes",
        "Fernwick",
        "Terraform",
        "Harborlight",
        "Rust",
    ] {
        assert!(!log.to_lowercase().contains(&text.to_lowercase()), "{text} stands in the log: {log}");
    }
}

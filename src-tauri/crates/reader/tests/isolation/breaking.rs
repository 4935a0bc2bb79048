//! Whatever a reader does, the parent gets an answer in time.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use formats::{ReadError, ReadOptions, Reading};
use reader::Reader;

const RESUME: &str =
    "Jane Example\njane@example.com\n\nWork\n====\nWelder, Yard, 2016 - 2019\n- Welded hulls.\n";

fn breaking() -> Reader {
    Reader::of_programs(vec![PathBuf::from(env!("CARGO_BIN_EXE_breaking-reader"))])
}

fn read(with: &Reader, text: &str) -> Result<Reading, ReadError> {
    with.read_resume(text.as_bytes(), Some("a.txt"), &ReadOptions::default())
}

fn code(with: &Reader, text: &str) -> &'static str {
    read(with, text).err().map_or("read", |error| error.code())
}

#[test]
fn a_reader_that_breaks_is_told_in_words() {
    for how in ["panic", "abort", "overflow", "exit"] {
        let error = read(&breaking(), how).expect_err(how);
        assert_eq!(error.code(), "reader_broke", "{how}");
        assert!(!error.to_string().contains("Jane") && !error.hint().is_empty());
    }
    assert_eq!(code(&breaking(), RESUME), "read");
}

#[cfg(target_os = "linux")]
#[test]
fn a_reader_that_eats_memory_is_stopped_at_the_limit() {
    let error = read(&breaking(), "memory").expect_err("there is a limit");
    assert_eq!(error, ReadError::TooMuchMemory { format: formats::Format::Text, megabytes: 1024 });
}

#[test]
fn a_reader_that_does_not_end_is_ended() {
    let limit = Duration::from_millis(1500);
    for how in ["loop", "wait"] {
        let start = Instant::now();
        assert_eq!(code(&breaking().with_time_limit(limit), how), "too_slow", "{how}");
        assert!(start.elapsed() >= limit, "{how}: given up early");
    }
}

#[test]
fn a_reader_that_says_too_much_is_not_listened_to() {
    assert_eq!(code(&breaking(), "chatter"), "reader_broke");
}

#[cfg(unix)]
#[test]
fn a_reader_writes_no_files() {
    assert_eq!(code(&breaking(), "file"), "reader_broke");
}

#[test]
fn where_there_is_no_reader_the_file_is_read_here() {
    let sleeper = if cfg!(windows) { "C:/Windows/System32/where.exe" } else { "/bin/true" };
    for programs in [Vec::new(), vec![PathBuf::from("/nowhere/reader")], vec![PathBuf::from(sleeper)]] {
        let reader = Reader::of_programs(programs);
        let reading = read(&reader, RESUME).expect("it is read in this process");
        assert_eq!(reading.resume.name(), Some("Jane Example"));
    }
}

#[test]
fn the_next_program_is_tried_where_the_first_is_no_reader() {
    let programs =
        vec![PathBuf::from("/nowhere/reader"), PathBuf::from(env!("CARGO_BIN_EXE_breaking-reader"))];
    assert_eq!(code(&Reader::of_programs(programs), "panic"), "reader_broke");
}

#[tokio::test]
async fn reading_without_waiting_gives_the_same() {
    let reading = reader::read_resume(RESUME.as_bytes().to_vec(), None, ReadOptions::default())
        .await
        .expect("it is read");
    assert_eq!(reading.resume.name(), Some("Jane Example"));
}

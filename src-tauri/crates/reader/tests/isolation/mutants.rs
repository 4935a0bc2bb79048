//! Changed files of each format: whatever comes out is a reading or an error in words, in time.

use std::time::{Duration, Instant};

use formats::ReadOptions;

use crate::corpus::{corpus, json, reader};

/// Changed files of each format.
const EACH: usize = 50;

/// A generator of numbers that gives the same ones each time (xorshift).
struct Dice(u64);

impl Dice {
    fn next(&mut self, below: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % (below.max(1) as u64)).unwrap_or(0)
    }
}

/// A file with some bytes changed, a part cut out or doubled, or its end cut off.
fn mutant(good: &[u8], dice: &mut Dice) -> Vec<u8> {
    let mut bytes = good.to_vec();
    match dice.next(5) {
        0 => bytes.truncate(dice.next(good.len())),
        1 => {
            let from = dice.next(good.len());
            let to = (from + dice.next(400)).min(good.len());
            bytes.drain(from..to);
        }
        2 => {
            let from = dice.next(good.len());
            let to = (from + dice.next(4000)).min(good.len());
            let part = good[from..to].to_vec();
            let at = dice.next(bytes.len());
            bytes.splice(at..at, part);
        }
        _ => {}
    }
    for _ in 0..dice.next(12) {
        let at = dice.next(bytes.len());
        if let Some(byte) = bytes.get_mut(at) {
            *byte = u8::try_from(dice.next(256)).unwrap_or(0);
        }
    }
    bytes
}

/// Changed files of one format; fewer than a share of them may be read.
fn changed_files_never_hurt(ending: &str, seed: u64) {
    let Some(corpus) = corpus() else { return };
    let reader = reader();
    let mut files: Vec<Vec<u8>> = Vec::new();
    for person in json(&corpus.join("index.json"))["people"].as_array().into_iter().flatten() {
        for file in person["files"].as_array().into_iter().flatten() {
            let path = file["file"].as_str().unwrap_or_default();
            if path.rsplit('.').next() == Some(ending) {
                files.push(std::fs::read(corpus.join(path)).expect("the shared set is complete"));
            }
        }
    }
    assert!(!files.is_empty(), "no file ends in .{ending}");
    let mut dice = Dice(0x5eed_5eed_5eed_5eed ^ seed);
    let mut read = 0;
    for n in 0..EACH {
        let bytes = mutant(&files[n % files.len()], &mut dice);
        let name = format!("changed.{ending}");
        let start = Instant::now();
        if ending == "pdf" && n % 10 == 0 {
            // Small, as a debug build draws slowly.
            let drawn = reader.draw_page(&bytes, Some(&name), 1, 60, &ReadOptions::default());
            assert!(!drawn.is_err_and(|error| error.code() == "reader_broke"), "{n}");
        }
        match reader.read_resume(&bytes, Some(&name), &ReadOptions::default()) {
            Ok(reading) => {
                assert!(!reading.resume.blocks.is_empty(), "{n}: nothing, as if it were read");
                read += 1;
            }
            Err(error) => {
                assert!(!error.hint().is_empty(), "{n}");
                assert!(!matches!(error.code(), "reader_broke" | "too_much_memory"), "{n}: {error}");
            }
        }
        // Every now and then, what it looks like.
        if n % 10 == 0
            && let Err(error) = reader.original(&bytes, Some(&name), &ReadOptions::default())
        {
            assert!(!matches!(error.code(), "reader_broke" | "too_much_memory"), "{n}: {error}");
        }
        // Far above the limit: the machine may be busy.
        assert!(start.elapsed() < Duration::from_secs(30), "{n}: {:?}", start.elapsed());
    }
    assert!(read > 0, "not one of the changed files was read");
}

#[test]
fn changed_pdf() {
    changed_files_never_hurt("pdf", 1);
}

#[test]
fn changed_docx() {
    changed_files_never_hurt("docx", 2);
}

#[test]
fn changed_odt() {
    changed_files_never_hurt("odt", 3);
}

#[test]
fn changed_rtf() {
    changed_files_never_hurt("rtf", 4);
}

#[test]
fn changed_html() {
    changed_files_never_hurt("html", 5);
}

#[test]
fn changed_markdown() {
    changed_files_never_hurt("md", 6);
}

#[test]
fn changed_text() {
    changed_files_never_hurt("txt", 7);
}

#[test]
fn changed_json() {
    changed_files_never_hurt("json", 8);
}

//! The usual way: parse all that has come, again and again.

use jiter::{JsonValue, PartialMode};

use crate::DELTA;

/// Parses at every delta.
pub(crate) fn at_every_delta(answer: &str) {
    let bytes = answer.as_bytes();
    for end in (DELTA..bytes.len()).step_by(DELTA).chain([bytes.len()]) {
        parse(&bytes[..end]);
    }
}

/// Parses so many times, evenly spread.
pub(crate) fn at_ticks(answer: &str, ticks: usize) {
    let bytes = answer.as_bytes();
    for tick in 1..=ticks {
        parse(&bytes[..bytes.len() * tick / ticks]);
    }
}

fn parse(bytes: &[u8]) {
    // A cut inside an escape or a letter is an error now and then; the next parse finds it whole.
    let value = JsonValue::parse_with_config(bytes, false, PartialMode::TrailingStrings);
    std::hint::black_box(value.map(JsonValue::into_static).ok());
}

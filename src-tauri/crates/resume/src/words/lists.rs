//! Reading the plain lists under `src/data`.

use std::collections::HashSet;

use super::key;

/// The lines of a list, without comments (`#` at the start of a line) and empty ones.
pub(crate) fn entries(list: &'static str) -> impl Iterator<Item = &'static str> {
    list.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with("# ") && *line != "#")
}

/// All words of a list, as keys.
pub(crate) fn word_set(list: &'static str) -> HashSet<String> {
    entries(list).flat_map(str::split_whitespace).map(key).collect()
}

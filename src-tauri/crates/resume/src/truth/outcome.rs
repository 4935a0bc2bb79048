//! The telling of a result: "which now has people queuing", "so that nobody had to wait".

use std::collections::HashSet;
use std::sync::LazyLock;

use super::ClaimKind;
use super::claims::Claims;
use super::facts::{Facts, Pool};
use super::lexicon::is_filler;
use crate::words::{entries, key, tokens};

static MARKERS: LazyLock<HashSet<String>> = LazyLock::new(|| {
    entries(include_str!("../data/outcome_markers.txt"))
        .flat_map(|line| line.split(','))
        .map(|phrase| tokens(phrase).iter().map(|token| key(token.text)).collect::<Vec<_>>().join(" "))
        .collect()
});

/// A result in words that the evidence does not have, though each by itself may be an everyday one.
pub(super) fn find(claims: &mut Claims<'_>, pool: &Pool<'_>, spelled_out: &[bool]) {
    let new = claims.new;
    let mut n = 0;
    while n < new.words.len() {
        let Some(count) = marker(new, n) else {
            n += 1;
            continue;
        };
        let end = (n + count..new.words.len())
            .find(|at| new.text[new.words[at - 1].end..new.words[*at].start].contains(['.', ';', '!']))
            .unwrap_or(new.words.len());
        let said = &new.words[n + count..end];
        let novel = said.iter().enumerate().any(|(at, word)| {
            word.content() && !spelled_out[n + count + at] && !is_filler(&word.key) && !pool.suggests(word)
        });
        if novel && let Some(last) = said.last() {
            claims.unsupported(
                ClaimKind::Outcome,
                new.words[n].start..last.end,
                "Your line does not tell of this result: \"{}\".",
            );
        }
        n = end;
    }
}

fn marker(new: &Facts, n: usize) -> Option<usize> {
    (1..=3.min(new.words.len() - n)).rev().find(|count| {
        let run = &new.words[n..n + count];
        MARKERS.contains(&run.iter().map(|word| word.key.as_str()).collect::<Vec<_>>().join(" "))
    })
}

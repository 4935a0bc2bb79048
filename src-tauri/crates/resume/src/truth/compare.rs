//! Two versions of a resume, where nobody says which line became which.

use super::checker::matters;
use super::facts::{Facts, Word};
use super::{Checker, Finding, page_count};
use crate::{Block, BlockKind, Resume};

/// How many lines of the original one edited line may have been made of.
const MOST_SOURCES: usize = 4;

/// The findings of an edited resume against its original, each with the index of its block in `edited`.
///
/// Name and contact data are held against all of the original's name and contact data: a file may set in one
/// line what another sets in six. Each other edited block is held against the lines of the original that are most like it; one that is like none,
/// against all that the original says of the work. A block that stands in the original word for word has no findings, wherever
/// it stands now, and nothing is said about what was left out: `edited` may be a part.
pub fn compare(original: &Resume, edited: &Resume) -> Vec<(usize, Finding)> {
    let checker = Checker::new(original);
    let originals: Vec<Vec<&str>> = checker.facts().iter().map(|facts| keys(&facts.words)).collect();
    let (at_home, at_work): (Vec<usize>, Vec<usize>) =
        (0..original.blocks.len()).partition(|n| original.blocks[*n].kind.stays_here());
    let mut found = Vec::new();
    for (n, block) in edited.blocks.iter().enumerate() {
        let furniture = block.kind.stays_here() || block.kind == BlockKind::Other;
        let text = if furniture { page_count::without(&block.text) } else { &block.text };
        let said = Facts::of(text, checker.language());
        let line = keys(&said.words);
        if line.is_empty() || originals.iter().any(|text| contains(text, &line)) {
            continue;
        }
        let (sources, home) = if block.kind.stays_here() {
            (if at_home.is_empty() { at_work.clone() } else { at_home.clone() }, at_home.first().copied())
        } else if let Some(sources) = likest(&checker, &at_work, &said) {
            let home = sources.first().copied();
            let rest: Vec<usize> =
                sources.iter().flat_map(|n| rest_of_heading(&checker, &original.blocks, *n)).collect();
            (sources.into_iter().chain(rest).collect(), home)
        } else {
            (at_work.clone(), None)
        };
        let heading = block.kind == BlockKind::SectionHeading;
        let findings = checker.against(&sources, home, text).into_iter();
        found.extend(findings.filter(|finding| matters(finding, heading)).map(|finding| (n, finding)));
    }
    found
}

/// The lines among `candidates` that a line was most likely made of, the likest first. `None`: it is like none.
fn likest(checker: &Checker<'_>, candidates: &[usize], said: &Facts) -> Option<Vec<usize>> {
    let mut wanted: Vec<&Word> = said.words.iter().filter(|word| word.content() || word.figure).collect();
    let total = wanted.len();
    let mut sources = Vec::new();
    while sources.len() < MOST_SOURCES && !wanted.is_empty() {
        let gain = |n: &usize| {
            let facts = &checker.facts()[*n];
            let covered = wanted.iter().filter(|word| facts.states(word)).count();
            // Of two lines that say as much, the one with less beside it.
            (covered, usize::MAX - facts.words.len())
        };
        let Some(best) = candidates.iter().copied().filter(|n| !sources.contains(n)).max_by_key(gain) else {
            break;
        };
        let (covered, _) = gain(&best);
        // The first source must be like the line; a further one must add more than a word by chance.
        let enough =
            if sources.is_empty() { covered * 4 >= total } else { covered >= 2 && covered * 6 >= total };
        if covered == 0 || !enough {
            break;
        }
        wanted.retain(|word| !checker.facts()[best].states(word));
        sources.push(best);
    }
    (!sources.is_empty()).then_some(sources)
}

/// The lines below a heading of a job or school that are certainly of the same one: down to its dates, or the
/// last line of the heading where the dates stand above it. A line between two dated ones may be of either.
fn rest_of_heading(checker: &Checker<'_>, blocks: &[Block], n: usize) -> Vec<usize> {
    let is_heading = |n: &usize| blocks[*n].kind == BlockKind::EntryHeading;
    let dated = |n: &usize| !checker.facts()[*n].dates.is_empty();
    if !is_heading(&n) {
        return Vec::new();
    }
    let below: Vec<usize> = (n + 1..blocks.len()).take_while(is_heading).collect();
    match below.iter().position(dated) {
        Some(last) if !dated(&n) => below[..=last].to_vec(),
        None if dated(&n) && below.len() == 1 => below,
        _ => Vec::new(),
    }
}

fn keys(words: &[Word]) -> Vec<&str> {
    words.iter().map(|word| word.key.as_str()).collect()
}

/// Whether the words of a line stand in a text in one piece.
fn contains(text: &[&str], line: &[&str]) -> bool {
    text.windows(line.len()).any(|run| run == line)
}

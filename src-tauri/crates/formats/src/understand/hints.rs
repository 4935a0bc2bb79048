//! What the looks of a line tell of the parts of its text.

use resume::{Block, Link};

use super::one_line;
use crate::line::Line;

/// Bytes of a block's text at which the looks change or a wide gap stood. `text` is the line's text with single
/// spaces, so that its parts are looked for one behind the other.
pub(super) fn seams(line: &Line, text: &str) -> Vec<u32> {
    let gaps = line.text.split('\t').map(one_line);
    let mut seams: Vec<u32> =
        places(text, gaps).chain(places(text, line.runs.iter().map(|run| one_line(run)))).collect();
    seams.sort_unstable();
    seams.dedup();
    // Signs of another writing come from another font, whatever the looks.
    seams.retain(|seam| {
        let (before, behind) = text.split_at(*seam as usize);
        let cjk = |c: Option<char>| c.is_some_and(super::headings::is_cjk);
        cjk(before.trim_end().chars().next_back()) == cjk(behind.chars().next())
    });
    seams
}

/// Where the parts begin, without the first.
fn places(text: &str, parts: impl Iterator<Item = String>) -> impl Iterator<Item = u32> {
    let mut from = 0;
    parts
        .filter(|part| !part.is_empty())
        .filter_map(move |part| {
            let at = from + text.get(from..)?.find(&part)?;
            from = at + part.len();
            u32::try_from(at).ok()
        })
        .filter(|at| *at > 0)
}

/// The linked texts of a line that stand in a block made of it.
pub(super) fn links<'l>(line: &'l Line, block: &'l Block) -> impl Iterator<Item = Link> + 'l {
    line.links.iter().filter_map(|(text, address)| {
        let text = one_line(text);
        let address = address.trim();
        let fits = !text.is_empty() && !address.is_empty() && block.text.contains(&text);
        fits.then(|| Link { block: block.id.clone(), text, address: address.to_owned() })
    })
}

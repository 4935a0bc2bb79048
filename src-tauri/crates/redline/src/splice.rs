//! A paragraph with some of its characters taken out and others put in.

use std::ops::Range;

use quick_xml::escape::escape;

use crate::Why;
use crate::mark::Marks;
use crate::part::{Paragraph, Piece, Run};
use crate::place::Atom;

/// Atoms of one paragraph that give way to a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Splice {
    /// Which atoms go, counted among all atoms of the block's paragraphs; empty where nothing goes.
    pub(crate) atoms: Range<usize>,
    /// What comes in their place.
    pub(crate) text: String,
}

/// One thing in a run, and what becomes of it.
enum Item {
    Sign { sign: char, stays: bool },
    Raw { xml: Range<usize>, stays: bool },
    New(String),
}

/// The new XML of one run: its place and what replaces it.
pub(crate) struct Rewritten {
    pub(crate) place: Range<usize>,
    pub(crate) xml: String,
}

/// Makes `splices` in a paragraph. `number` is its place among the paragraphs that `atoms` were taken from; each
/// splice lies within it.
///
/// # Errors
///
/// Says why where a splice touches what no edit may touch; nothing is changed then.
pub(crate) fn splice(
    xml: &str,
    paragraph: &Paragraph,
    number: usize,
    atoms: &[Atom],
    splices: &[Splice],
    marks: &mut Marks,
) -> Result<Vec<Rewritten>, Why> {
    let mut rewritten = Vec::new();
    let hosts: Vec<usize> = splices
        .iter()
        .map(|splice| host(splice, paragraph, number, atoms))
        .collect::<Option<_>>()
        .ok_or(Why::NotFound)?;
    for (r, run) in paragraph.runs.iter().enumerate() {
        let within = |n: &usize| (atoms[*n].paragraph, atoms[*n].run) == (number, r);
        let here: Vec<usize> = (0..atoms.len()).filter(within).collect();
        let touched = splices.iter().zip(&hosts).any(|(splice, host)| {
            here.contains(host) && !splice.text.is_empty() || here.iter().any(|n| splice.atoms.contains(n))
        });
        if !touched {
            continue;
        }
        if let Some(why) = run.untouchable {
            return Err(why);
        }
        let items = items(run, &here, atoms, splices, &hosts)?;
        rewritten.push(Rewritten { place: run.whole.clone(), xml: write(xml, run, &items, marks) });
    }
    Ok(rewritten)
}

/// The atom behind or before which a splice's text comes in, and whose run gives it its looks: the last that goes
/// of the run in which it begins; else the one before, or the one behind where that one is not to be touched.
fn host(splice: &Splice, paragraph: &Paragraph, number: usize, atoms: &[Atom]) -> Option<usize> {
    let at = splice.atoms.start;
    let ours = |n: &usize| atoms.get(*n).is_some_and(|atom| atom.paragraph == number);
    if !splice.atoms.is_empty() {
        let run = atoms.get(at)?.run;
        return splice.atoms.clone().filter(ours).take_while(|n| atoms[*n].run == run).last();
    }
    let free = |n: &usize| paragraph.runs[atoms[*n].run].untouchable.is_none();
    let before = at.checked_sub(1).filter(ours);
    let behind = Some(at).filter(ours);
    before.filter(free).or(behind.filter(free)).or(before).or(behind)
}

fn items(
    run: &Run,
    here: &[usize],
    atoms: &[Atom],
    splices: &[Splice],
    hosts: &[usize],
) -> Result<Vec<Item>, Why> {
    let mut items = Vec::new();
    let mut next = here.iter().copied().peekable();
    for (p, piece) in run.pieces.iter().enumerate() {
        let mut had_atom = false;
        while let Some(n) = next.next_if(|n| atoms[*n].piece == p) {
            had_atom = true;
            let come_in = |before: bool| {
                splices.iter().zip(hosts).filter(move |(splice, host)| {
                    **host == n
                        && !splice.text.is_empty()
                        && before == (splice.atoms.start <= n && splice.atoms.is_empty())
                })
            };
            items.extend(come_in(true).map(|(splice, _)| Item::New(splice.text.clone())));
            let stays = !splices.iter().any(|splice| splice.atoms.contains(&n));
            match piece {
                Piece::Text(_) => items.push(Item::Sign { sign: atoms[n].sign, stays }),
                Piece::Tab(_) if !stays => return Err(Why::Tab),
                Piece::Tab(xml) | Piece::Break(xml) | Piece::Other(xml, _) => {
                    items.push(Item::Raw { xml: xml.clone(), stays });
                }
            }
            // Behind its host: what replaces it, or what goes in at the end of a text.
            items.extend(come_in(false).map(|(splice, _)| Item::New(splice.text.clone())));
        }
        if !had_atom && let Piece::Other(xml, None) = piece {
            items.push(Item::Raw { xml: xml.clone(), stays: true });
        }
    }
    Ok(items)
}

/// What becomes of a stretch of a run.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fate {
    Stays,
    Goes,
    Comes,
}

impl Item {
    fn fate(&self) -> Fate {
        match self {
            Self::Sign { stays: true, .. } | Self::Raw { stays: true, .. } => Fate::Stays,
            Self::Sign { .. } | Self::Raw { .. } => Fate::Goes,
            Self::New(_) => Fate::Comes,
        }
    }
}

fn write(xml: &str, run: &Run, items: &[Item], marks: &mut Marks) -> String {
    let open = &xml[run.open.clone()];
    let looks = run.looks.clone().map_or("", |looks| &xml[looks]);
    let mut out = String::new();
    let runs = |out: &mut String, items: &[&Item], gone: bool| {
        let inside = inside(xml, items, gone);
        if !inside.is_empty() {
            out.push_str(open);
            out.push_str(looks);
            out.push_str(&inside);
            out.push_str("</w:r>");
        }
    };
    if !marks.tracked() {
        let kept: Vec<&Item> = items.iter().filter(|item| item.fate() != Fate::Goes).collect();
        runs(&mut out, &kept, false);
        return out;
    }
    for stretch in items.chunk_by(|a, b| a.fate() == b.fate()) {
        let stretch: Vec<&Item> = stretch.iter().collect();
        match stretch[0].fate() {
            Fate::Stays => runs(&mut out, &stretch, false),
            Fate::Goes => {
                out.push_str(&marks.open("w:del"));
                runs(&mut out, &stretch, true);
                out.push_str("</w:del>");
            }
            Fate::Comes => {
                out.push_str(&marks.open("w:ins"));
                runs(&mut out, &stretch, false);
                out.push_str("</w:ins>");
            }
        }
    }
    out
}

/// The content of a run: text in as few elements as can be.
fn inside(xml: &str, items: &[&Item], gone: bool) -> String {
    let (mut out, mut text) = (String::new(), String::new());
    for item in items {
        match item {
            Item::Sign { sign, .. } => text.push(*sign),
            Item::New(new) => text.push_str(new),
            Item::Raw { xml: range, .. } => {
                flush(&mut out, &mut text, gone);
                out.push_str(&xml[range.clone()]);
            }
        }
    }
    flush(&mut out, &mut text, gone);
    out
}

fn flush(out: &mut String, text: &mut String, gone: bool) {
    if !text.is_empty() {
        out.push_str(&text_element(text, gone));
        text.clear();
    }
}

/// `w:t`, or `w:delText` for a text that goes.
pub(crate) fn text_element(text: &str, gone: bool) -> String {
    let name = if gone { "w:delText" } else { "w:t" };
    format!("<{name} xml:space=\"preserve\">{}</{name}>", escape(text))
}

/// A run as it is when all of it goes, as a tracked change.
pub(crate) fn gone(xml: &str, run: &Run) -> String {
    let mut items = Vec::new();
    for piece in &run.pieces {
        match piece {
            Piece::Text(text) => items.extend(text.chars().map(|sign| Item::Sign { sign, stays: false })),
            Piece::Tab(range) | Piece::Break(range) | Piece::Other(range, _) => {
                items.push(Item::Raw { xml: range.clone(), stays: false });
            }
        }
    }
    let looks = run.looks.clone().map_or("", |looks| &xml[looks]);
    let inside = inside(xml, &items.iter().collect::<Vec<_>>(), true);
    format!("{}{looks}{inside}</w:r>", &xml[run.open.clone()])
}

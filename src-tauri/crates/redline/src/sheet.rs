//! One part with the changes that gather on it, and at last its new XML.

use std::collections::BTreeMap;
use std::ops::Range;

use resume::diff::{DiffKind, words};

use crate::Why;
use crate::mark::Marks;
use crate::part::{Paragraph, Part, Properties};
use crate::place::{Atom, Placed, atoms, place};
use crate::splice::{Splice, gone, splice, text_element};

/// Places in the XML, and what comes in their stead.
type Patches = Vec<(Range<usize>, String)>;

const END_OF_PARAGRAPH: &str = "</w:p>";

/// A part at work.
pub(crate) struct Sheet {
    xml: String,
    part: Part,
    /// What becomes of paragraphs, by number.
    fates: BTreeMap<usize, Fate>,
}

#[derive(Default)]
struct Fate {
    splices: Vec<(Splice, String)>,
    /// The reason, where the paragraph goes.
    removed: Option<String>,
    /// It is set somewhere else, with its splices.
    moved: bool,
    followers: Vec<Follower>,
}

/// A paragraph that comes in behind another one.
enum Follower {
    /// A new text, in the looks of a paragraph.
    New { like: Like, text: String, reason: String },
    /// A paragraph of this part, from its old place.
    Moved { number: usize, reason: String },
}

/// The looks that a new paragraph takes over.
#[derive(Clone, Debug)]
pub(crate) struct Like {
    /// The paragraph.
    pub(crate) paragraph: usize,
    /// The run whose looks the text gets.
    pub(crate) run: usize,
    /// What stands before the text: a list sign that is typed.
    pub(crate) sign: String,
}

/// Where a block stands in a part.
pub(crate) struct Spot {
    pub(crate) paragraphs: Range<usize>,
    atoms: Vec<Atom>,
    placed: Placed,
}

impl Sheet {
    pub(crate) fn new(xml: String, part: Part) -> Self {
        Self { xml, part, fates: BTreeMap::new() }
    }

    pub(crate) fn highest_id(&self) -> u64 {
        self.part.highest_id
    }

    /// Finds a block's text in paragraphs `first` to `last`, behind the atom `start`.
    pub(crate) fn find(&self, text: &str, first: u32, last: u32, start: usize) -> Option<Spot> {
        let paragraphs = first as usize..last as usize + 1;
        let atoms = atoms(&self.part.paragraphs.get(paragraphs.clone())?.iter().collect::<Vec<_>>());
        let placed = place(text, &atoms, start)?;
        Some(Spot { paragraphs, atoms, placed })
    }

    /// Gives a block a new text: only the words that differ change.
    pub(crate) fn rewrite(&mut self, spot: &Spot, old: &str, new: &str, reason: &str) -> Result<(), Why> {
        let mut splices = Vec::new();
        let mut at = 0;
        let parts = words(old, new);
        let mut parts = parts.iter().peekable();
        while let Some(part) = parts.next() {
            let length = part.text.chars().count();
            match part.kind {
                DiffKind::Same => at += length,
                DiffKind::Removed => {
                    let added = parts.next_if(|next| next.kind == DiffKind::Added);
                    let added = added.map_or("", |added| added.text.as_str());
                    // A space that both have at their ends stays where it is.
                    let (lead, removed, added) = shared_spaces(&part.text, added);
                    let from = at + lead;
                    let atoms = spot.placed.atoms_of(from..from + removed);
                    splices.push(Splice { atoms: spot.without_outer_tabs(atoms), text: added.to_owned() });
                    at += length;
                }
                DiffKind::Added => {
                    let gap = spot.placed.gap(at);
                    splices.push(Splice { atoms: gap..gap, text: part.text.clone() });
                }
            }
        }
        self.take_splices(spot, splices, reason)
    }

    /// Takes a block's words out of a paragraph that it shares with others, and the line break beside them.
    pub(crate) fn cut(&mut self, spot: &Spot, reason: &str) -> Result<(), Why> {
        let mut span = spot.placed.span.clone();
        let is_break = |n: usize| spot.atoms.get(n).is_some_and(|atom| atom.sign == '\n');
        if is_break(span.end) {
            span.end += 1;
        } else if span.start > 0 && is_break(span.start - 1) {
            span.start -= 1;
        }
        self.take_splices(spot, vec![Splice { atoms: span, text: String::new() }], reason)
    }

    /// Keeps splices, each with its paragraph, once it is known that all can be made.
    fn take_splices(&mut self, spot: &Spot, splices: Vec<Splice>, reason: &str) -> Result<(), Why> {
        let mut taken: BTreeMap<usize, Vec<Splice>> = BTreeMap::new();
        for whole in splices {
            let mut text = whole.text;
            let mut at = whole.atoms.start;
            // Words that go may stand in two paragraphs; what comes in their place stands in the first.
            loop {
                let paragraph = spot.paragraph_at(at);
                let offset = spot.offset(paragraph);
                let end = (at..whole.atoms.end)
                    .find(|n| spot.atoms[*n].paragraph != paragraph)
                    .unwrap_or(whole.atoms.end);
                let part = Splice { atoms: at - offset..end - offset, text: std::mem::take(&mut text) };
                taken.entry(spot.paragraphs.start + paragraph).or_default().push(part);
                if end >= whole.atoms.end {
                    break;
                }
                at = end;
            }
        }
        for (number, splices) in &taken {
            let earlier = self.fates.get(number).into_iter().flat_map(|fate| &fate.splices);
            let mut all: Vec<Splice> = earlier.map(|(splice, _)| splice.clone()).collect();
            all.extend(splices.iter().cloned());
            let paragraph = &self.part.paragraphs[*number];
            let mut unsaid = Marks::new(&crate::Style::Clean, 0);
            splice(&self.xml, paragraph, 0, &atoms(&[paragraph]), &all, &mut unsaid)?;
        }
        // One comment an edit, where it begins.
        let reasons = std::iter::once(reason).chain(std::iter::repeat(""));
        for ((number, splices), reason) in taken.into_iter().zip(reasons) {
            let fate = self.fates.entry(number).or_default();
            fate.splices.extend(splices.into_iter().map(|splice| (splice, reason.to_owned())));
        }
        Ok(())
    }

    /// Whether a paragraph can be taken away as a whole.
    fn may_leave(&self, numbers: Range<usize>) -> Result<(), Why> {
        let paragraphs = &self.part.paragraphs[numbers];
        for paragraph in paragraphs {
            if let Some(why) = paragraph.keeps {
                return Err(why);
            }
            if let Some(why) = paragraph.runs.iter().find_map(|run| run.untouchable) {
                return Err(why);
            }
            if paragraph.properties.as_ref().is_some_and(|properties| properties.ends_section) {
                return Err(Why::EndsSection);
            }
            if paragraph.container != paragraphs[0].container {
                return Err(Why::Table);
            }
        }
        Ok(())
    }

    /// Takes out the paragraphs of a block.
    pub(crate) fn remove(&mut self, spot: &Spot, reason: &str) -> Result<(), Why> {
        self.may_leave(spot.paragraphs.clone())?;
        for number in spot.paragraphs.clone() {
            self.fates.entry(number).or_default().removed = Some(reason.to_owned());
        }
        Ok(())
    }

    /// Sets the paragraph of a block behind paragraph `after`.
    pub(crate) fn set_behind(&mut self, spot: &Spot, after: usize, reason: &str) -> Result<(), Why> {
        self.may_leave(spot.paragraphs.clone())?;
        for number in spot.paragraphs.clone() {
            let fate = self.fates.entry(number).or_default();
            fate.moved = true;
            self.fates
                .entry(after)
                .or_default()
                .followers
                .push(Follower::Moved { number, reason: reason.to_owned() });
        }
        Ok(())
    }

    /// Whether the paragraphs of a block could be taken away.
    pub(crate) fn can_leave(&self, spot: &Spot) -> Result<(), Why> {
        self.may_leave(spot.paragraphs.clone())
    }

    /// Puts a new text behind paragraph `after`.
    pub(crate) fn insert(&mut self, after: usize, like: Like, text: &str, reason: &str) {
        let new = Follower::New { like, text: text.to_owned(), reason: reason.to_owned() };
        self.fates.entry(after).or_default().followers.push(new);
    }

    /// The looks of a block, for a new one of its kind. `None` where its text is not free to copy.
    pub(crate) fn like(&self, spot: &Spot) -> Option<Like> {
        let span = spot.placed.span.clone();
        let first = spot.atoms.get(span.start)?;
        let paragraph = &self.part.paragraphs[spot.paragraphs.start + first.paragraph];
        let mut signs = vec![0_usize; paragraph.runs.len()];
        for atom in spot.atoms[span.clone()].iter().filter(|atom| atom.paragraph == first.paragraph) {
            signs[atom.run] += 1;
        }
        let free = |run: &usize| paragraph.runs[*run].untouchable.is_none();
        // The last of the longest: where a few bold words open it, the text behind them counts.
        let run =
            (0..signs.len()).filter(free).max_by_key(|run| signs[*run]).filter(|run| signs[*run] > 0)?;
        let sign =
            spot.atoms[spot.offset(first.paragraph)..span.start].iter().map(|atom| atom.sign).collect();
        Some(Like { paragraph: spot.paragraphs.start + first.paragraph, run, sign })
    }

    /// The XML with all changes in it; the number of the next free mark is kept by `marks`.
    pub(crate) fn write(&self, marks: &mut Marks) -> String {
        let mut patches = Patches::new();
        for (number, fate) in &self.fates {
            let paragraph = &self.part.paragraphs[*number];
            if fate.moved || fate.removed.is_some() {
                self.leave(*number, fate, marks, &mut patches);
            } else {
                let spliced = self.spliced(*number, marks, &mut patches);
                patches.extend(spliced);
            }
            if fate.followers.is_empty() {
                continue;
            }
            // The last paragraph of a cell or a page has no neighbour that could swallow the mark of a new one when
            // the change is rejected: there the new mark is the old paragraph's, and the last new one keeps the old.
            let borrow = paragraph.is_last && marks.tracked();
            if borrow && !fate.moved && fate.removed.is_none() {
                patches.push(mark_patch(&self.xml, paragraph, &marks.empty("w:ins")));
            }
            let mut text = String::new();
            for (n, follower) in fate.followers.iter().enumerate() {
                let own_mark = !borrow || n + 1 < fate.followers.len();
                text.push_str(&self.follower(follower, own_mark, marks));
            }
            patches.push((paragraph.whole.end..paragraph.whole.end, text));
        }
        patch(&self.xml, 0..self.xml.len(), patches)
    }

    /// The patches of a paragraph that stays, with its splices in it.
    fn spliced(&self, number: usize, marks: &mut Marks, beside: &mut Patches) -> Patches {
        let Some(fate) = self.fates.get(&number).filter(|fate| !fate.splices.is_empty()) else {
            return Vec::new();
        };
        let paragraph = &self.part.paragraphs[number];
        let all: Vec<Splice> = fate.splices.iter().map(|(splice, _)| splice.clone()).collect();
        let atoms = atoms(&[paragraph]);
        // It was tried when the splices were taken.
        let Ok(rewritten) = splice(&self.xml, paragraph, 0, &atoms, &all, marks) else { return Vec::new() };
        let mut patches: Patches = rewritten.into_iter().map(|run| (run.place, run.xml)).collect();
        let mut reasons: Vec<&str> = fate.splices.iter().map(|(_, reason)| reason.as_str()).collect();
        reasons.dedup();
        let last = patches.len().saturating_sub(1);
        for reason in reasons {
            let (before, behind) = self.comment(number, reason, marks, beside);
            if let Some((_, xml)) = patches.first_mut() {
                xml.insert_str(0, &before);
            }
            if let Some((_, xml)) = patches.get_mut(last) {
                xml.push_str(&behind);
            }
        }
        patches
    }

    /// A comment on a paragraph: what stands before and behind the text that it is about. From a content control it
    /// moves to the next paragraph that is in none.
    fn comment(
        &self,
        number: usize,
        text: &str,
        marks: &mut Marks,
        beside: &mut Patches,
    ) -> (String, String) {
        let (before, behind) = marks.comment(text);
        let paragraphs = &self.part.paragraphs;
        if behind.is_empty() || !paragraphs[number].in_control {
            return (before, behind);
        }
        let free = |paragraph: &&Paragraph| {
            !paragraph.in_control && self.xml[paragraph.whole.clone()].ends_with(END_OF_PARAGRAPH)
        };
        let (above, below) = paragraphs.split_at(number);
        let Some(host) = below.iter().find(free).or_else(|| above.iter().rev().find(free)) else {
            return (before, behind);
        };
        let at = host.whole.end - END_OF_PARAGRAPH.len();
        let reference = behind.find("<w:r>").map_or("", |from| &behind[from..]);
        beside.push((at..at, reference.to_owned()));
        Default::default()
    }

    /// The patches of a paragraph that goes.
    fn leave(&self, number: usize, fate: &Fate, marks: &mut Marks, patches: &mut Patches) {
        let paragraph = &self.part.paragraphs[number];
        if !marks.tracked() {
            // What moves takes them along.
            let anchors = paragraph.anchors.iter().filter(|_| !fate.moved);
            let anchors: String = anchors.map(|anchor| &self.xml[anchor.clone()]).collect();
            // A cell and a page must end in a paragraph.
            let rest = if paragraph.is_last { format!("<w:p>{anchors}</w:p>") } else { anchors };
            patches.push((paragraph.whole.clone(), rest));
            return;
        }
        if !paragraph.is_last {
            patches.push(mark_patch(&self.xml, paragraph, &marks.empty("w:del")));
        }
        let why = fate.removed.as_deref().unwrap_or_default();
        let (mut before, behind) = self.comment(number, why, marks, patches);
        let last = paragraph.runs.len().saturating_sub(1);
        for (n, run) in paragraph.runs.iter().enumerate() {
            let (open, before) = (marks.open("w:del"), std::mem::take(&mut before));
            let behind = if n == last { behind.as_str() } else { "" };
            let gone = gone(&self.xml, run);
            patches.push((run.whole.clone(), format!("{before}{open}{gone}</w:del>{behind}")));
        }
    }

    fn follower(&self, follower: &Follower, own_mark: bool, marks: &mut Marks) -> String {
        let close = if marks.tracked() { "</w:ins>" } else { "" };
        match follower {
            Follower::New { like, text, reason } => {
                let paragraph = &self.part.paragraphs[like.paragraph];
                let mark = if own_mark { marks.empty("w:ins") } else { String::new() };
                let properties = properties(&self.xml, paragraph.properties.as_ref(), &mark);
                let looks = paragraph.runs[like.run].looks.clone().map_or("", |looks| &self.xml[looks]);
                let sign: String = like
                    .sign
                    .split_inclusive('\t')
                    .map(|piece| match piece.strip_suffix('\t') {
                        Some("") => "<w:tab/>".to_owned(),
                        Some(sign) => format!("{}<w:tab/>", text_element(sign, false)),
                        None => text_element(piece, false),
                    })
                    .collect();
                let (before, behind) = marks.comment(reason);
                let open = marks.open("w:ins");
                let text = text_element(text, false);
                format!("<w:p>{properties}{before}{open}<w:r>{looks}{sign}{text}</w:r>{close}{behind}</w:p>")
            }
            Follower::Moved { number, reason } => {
                let paragraph = &self.part.paragraphs[*number];
                let mut unsaid = Marks::new(&crate::Style::Clean, 0);
                let mut patches = self.spliced(*number, &mut unsaid, &mut Patches::new());
                if !marks.tracked() {
                    return patch(&self.xml, paragraph.whole.clone(), patches);
                }
                // In its new place it is all new; the marks of bookmarks stay at the old one.
                let (mut before, behind) = marks.comment(reason);
                let last = paragraph.runs.len().saturating_sub(1);
                for (n, run) in paragraph.runs.iter().enumerate() {
                    let (open, before) = (marks.open("w:ins"), std::mem::take(&mut before));
                    let behind = if n == last { behind.as_str() } else { "" };
                    let spliced = patches.iter().position(|(place, _)| *place == run.whole);
                    let text = match spliced {
                        Some(at) => patches.swap_remove(at).1,
                        None => self.xml[run.whole.clone()].to_owned(),
                    };
                    patches.push((run.whole.clone(), format!("{before}{open}{text}</w:ins>{behind}")));
                }
                patches.extend(paragraph.anchors.iter().map(|anchor| (anchor.clone(), String::new())));
                let mark = if own_mark { marks.empty("w:ins") } else { String::new() };
                let properties_end =
                    paragraph.properties.as_ref().map_or(paragraph.open.end, |all| all.whole.end);
                let content = patch(&self.xml, properties_end..paragraph.whole.end, patches);
                let properties = properties(&self.xml, paragraph.properties.as_ref(), &mark);
                format!("<w:p>{properties}{content}")
            }
        }
    }
}

impl Spot {
    /// How many blocks' worth of atoms it ends at: where a search for the next block begins.
    pub(crate) fn end(&self) -> usize {
        self.placed.span.end
    }

    fn paragraph_at(&self, atom: usize) -> usize {
        let atom = self.atoms.get(atom).or(self.atoms.last());
        atom.map_or(0, |atom| atom.paragraph)
    }

    /// Where a paragraph's atoms begin.
    fn offset(&self, paragraph: usize) -> usize {
        self.atoms.partition_point(|atom| atom.paragraph < paragraph)
    }

    /// Tabs at the ends of words that go stay: they hold the layout.
    fn without_outer_tabs(&self, range: Range<usize>) -> Range<usize> {
        let is_layout = |n: &usize| matches!(self.atoms[*n].sign, '\t' | '\n');
        let from = range.clone().find(|n| !is_layout(n)).unwrap_or(range.end);
        let to = range.clone().rev().find(|n| !is_layout(n)).map_or(from, |n| n + 1);
        from..to.max(from)
    }
}

/// How many spaces open both texts, how many characters of `removed` are left then, and what is left of `added`.
fn shared_spaces<'a>(removed: &str, added: &'a str) -> (usize, usize, &'a str) {
    let lead = removed.starts_with(' ') && added.starts_with(' ');
    let added = if lead { &added[1..] } else { added };
    let mut left = removed.chars().count() - usize::from(lead);
    let tail = left > 0 && removed.ends_with(' ') && added.ends_with(' ');
    let added = if tail { &added[..added.len() - 1] } else { added };
    left -= usize::from(tail);
    (usize::from(lead), left, added)
}

/// Puts a mark into the looks of a paragraph's own mark. Nothing else of its properties changes.
fn mark_patch(xml: &str, paragraph: &Paragraph, mark: &str) -> (Range<usize>, String) {
    let Some(properties) = &paragraph.properties else {
        let at = paragraph.open.end;
        return (at..at, format!("<w:pPr><w:rPr>{mark}</w:rPr></w:pPr>"));
    };
    if let Some((whole, inner)) = &properties.mark {
        if inner.start == whole.end {
            return (whole.clone(), format!("<w:rPr>{mark}</w:rPr>"));
        }
        return (inner.start..inner.start, mark.to_owned());
    }
    if properties.inner.start == properties.whole.end {
        return (properties.whole.clone(), format!("<w:pPr><w:rPr>{mark}</w:rPr></w:pPr>"));
    }
    let at = properties.tail.unwrap_or(properties.inner.end);
    debug_assert!(xml.is_char_boundary(at));
    (at..at, format!("<w:rPr>{mark}</w:rPr>"))
}

/// The properties of a paragraph for a copy of it: without ends of sections and earlier formats.
fn properties(xml: &str, properties: Option<&Properties>, mark: &str) -> String {
    let Some(all) = properties else {
        return if mark.is_empty() { String::new() } else { format!("<w:pPr><w:rPr>{mark}</w:rPr></w:pPr>") };
    };
    let end = all.tail.unwrap_or(all.inner.end);
    let mut text = match &all.mark {
        Some((whole, _)) => {
            let behind = &xml[whole.end.min(end)..end];
            format!("{}{behind}", &xml[all.inner.start..whole.start])
        }
        None => xml[all.inner.start..end].to_owned(),
    };
    let looks = match &all.mark {
        Some((_, inner)) if !all.mark_is_tracked => &xml[inner.clone()],
        _ => "",
    };
    if !mark.is_empty() || !looks.is_empty() {
        for piece in ["<w:rPr>", mark, looks, "</w:rPr>"] {
            text.push_str(piece);
        }
    }
    if text.is_empty() { text } else { format!("<w:pPr>{text}</w:pPr>") }
}

/// The part of `xml` in `within`, with each range of `patches` replaced. The ranges do not overlap.
fn patch(xml: &str, within: Range<usize>, mut patches: Patches) -> String {
    patches.retain(|(range, _)| within.start <= range.start && range.end <= within.end);
    patches.sort_by_key(|(range, _)| (range.start, range.end));
    let mut out =
        String::with_capacity(within.len() + patches.iter().map(|(_, text)| text.len()).sum::<usize>());
    let mut at = within.start;
    for (range, text) in patches {
        out.push_str(&xml[at..range.start]);
        out.push_str(&text);
        at = range.end;
    }
    out.push_str(&xml[at..within.end]);
    out
}

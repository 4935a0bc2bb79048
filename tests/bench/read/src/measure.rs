//! Words, order, blocks, entries, contact data and headings of one reading.

use std::collections::HashMap;

use resume::outline::Outline;
use resume::{Block, BlockKind, Resume, SectionKind};

use crate::entries::compare;
use crate::{Truth, plain, words};

/// So many of so many.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Share {
    /// Those that are right.
    pub right: usize,
    /// All of them.
    pub all: usize,
}

impl Share {
    pub(crate) fn add(&mut self, right: bool) {
        self.right += usize::from(right);
        self.all += 1;
    }

    /// The share, 0 to 1; 1 of nothing.
    #[expect(clippy::cast_precision_loss, reason = "small counts")]
    pub fn value(self) -> f64 {
        if self.all == 0 { 1.0 } else { self.right as f64 / self.all as f64 }
    }
}

impl std::ops::AddAssign for Share {
    fn add_assign(&mut self, other: Self) {
        self.right += other.right;
        self.all += other.all;
    }
}

/// How much of what a resume says was read, and read as what it is. Texts are compared by [`plain`].
#[derive(Clone, Debug, Default)]
pub struct Measure {
    /// Of all words of the truth ([`words`], each as often as it occurs), those among the words read.
    pub recall: Share,
    /// Of all words read, those among the words of the truth. Empty for a JSON Resume, whose dates are written anew.
    pub precision: Share,
    /// Of all neighbours in a section of the truth (heading, lines, titles, lines of entries), those that follow one
    /// another in the reading with nothing of another section between. Columns may come in any order.
    pub order: Share,
    /// Of all pieces of the truth (name, headline, contact data, headings, titles, organisations, dates, lines), those
    /// that a block of the right kind holds: a name, headline, heading or line as its whole text; the others within.
    pub blocks: Share,
    /// Of all blocks read, those that are of the right kind and hold or are a piece of the truth of that kind.
    pub blocks_read: Share,
    /// Of all lines of the truth, those that are the whole text of a block.
    pub lines: Share,
    /// Of all headings, those found as such.
    pub headings: Share,
    /// Of all sections, those whose kind is told right.
    pub kinds: Share,
    /// Of all pieces of contact data, those within blocks that stay on the machine.
    pub contacts: Share,
    /// Of the mail addresses and numbers to call, those that stand in no other block.
    pub private: Share,
    /// The name is told, once, and right.
    pub name: Share,
    /// Of all entries, those with the right title.
    pub titles: Share,
    /// Of all entries, those with the right organisation; none is right where there is none.
    pub organisations: Share,
    /// Of all entries, those with the right place.
    pub locations: Share,
    /// Of all entries, those with the right start and end, by what they mean.
    pub dates: Share,
    /// Of all entries, those with title, organisation, start and end right.
    pub entries: Share,
    /// Of all entries read, those that are one of the truth.
    pub entries_read: Share,
    /// Whether each block is right, in the order of the blocks.
    pub right_blocks: Vec<bool>,
    /// What was missed, for people.
    pub misses: Vec<String>,
}

impl Measure {
    /// Adds the counts of another reading.
    pub fn add(&mut self, other: &Self) {
        self.recall += other.recall;
        self.precision += other.precision;
        self.order += other.order;
        self.blocks += other.blocks;
        self.blocks_read += other.blocks_read;
        self.lines += other.lines;
        self.headings += other.headings;
        self.kinds += other.kinds;
        self.contacts += other.contacts;
        self.private += other.private;
        self.name += other.name;
        self.titles += other.titles;
        self.organisations += other.organisations;
        self.locations += other.locations;
        self.dates += other.dates;
        self.entries += other.entries;
        self.entries_read += other.entries_read;
    }
}

/// Measures a reading. `json_resume`: headings, dates as written and places of schools are not asked for.
pub fn measure(truth: &Truth, resume: &Resume, outline: &Outline, json_resume: bool) -> Measure {
    let mut found = Measure::default();
    count_words(truth, resume, json_resume, &mut found);
    let blocks: Vec<(BlockKind, String)> =
        resume.blocks.iter().map(|block| (block.kind, plain(&block.text))).collect();
    count_pieces(truth, &blocks, json_resume, &mut found);
    count_blocks(truth, &blocks, resume, json_resume, &mut found);
    count_order(truth, &blocks, json_resume, &mut found);
    if !json_resume {
        count_kinds(truth, outline, &mut found);
    }
    let entries = compare(truth, outline, json_resume, &mut found.misses);
    found.titles = entries.titles;
    found.organisations = entries.organisations;
    found.locations = entries.locations;
    found.dates = entries.dates;
    found.entries = entries.whole;
    found.entries_read = entries.read;
    found
}

fn count_words(truth: &Truth, resume: &Resume, json_resume: bool, found: &mut Measure) {
    let mut left: HashMap<String, usize> = HashMap::new();
    let mut read = 0;
    for word in resume.blocks.iter().flat_map(|block| words(&block.text)) {
        *left.entry(word).or_default() += 1;
        read += 1;
    }
    for word in truth.texts(!json_resume).into_iter().flat_map(words) {
        let hit = left.get_mut(&word).filter(|count| **count > 0).map(|count| *count -= 1).is_some();
        found.recall.add(hit);
        if !hit {
            found.misses.push(format!("word: {word}"));
        }
    }
    if !json_resume {
        found.precision = Share { right: found.recall.right, all: read };
        for (word, _) in left.iter().filter(|(_, count)| **count > 0) {
            found.misses.push(format!("extra word: {word}"));
        }
    }
}

fn is_text(kind: BlockKind) -> bool {
    matches!(kind, BlockKind::Bullet | BlockKind::Paragraph | BlockKind::SkillsLine)
}

fn count_pieces(truth: &Truth, blocks: &[(BlockKind, String)], json_resume: bool, found: &mut Measure) {
    let whole = |text: &str, kinds: &dyn Fn(BlockKind) -> bool| {
        let text = plain(text);
        blocks.iter().any(|(kind, block)| kinds(*kind) && *block == text)
    };
    let within = |text: &str, wanted: BlockKind| {
        let text = plain(text);
        blocks.iter().any(|(kind, block)| *kind == wanted && block.contains(&text))
    };
    let mut misses = Vec::new();
    let mut piece = |what: &str, text: &str, right: bool| {
        if text.is_empty() {
            return false;
        }
        found.blocks.add(right);
        if !right {
            misses.push(format!("{what}: {text}"));
        }
        right
    };
    let names = blocks.iter().filter(|(kind, _)| *kind == BlockKind::Name).count();
    let name = piece("name", &truth.name, names == 1 && whole(&truth.name, &|kind| kind == BlockKind::Name));
    found.name.add(name);
    piece("headline", &truth.headline, whole(&truth.headline, &|kind| kind == BlockKind::Paragraph));
    for contact in &truth.contacts {
        let right = piece("contact", contact, within(contact, BlockKind::Contact));
        found.contacts.add(right);
        let digits = contact.chars().filter(char::is_ascii_digit).count();
        if contact.contains('@') || digits >= 9 {
            let text = plain(contact);
            let elsewhere = blocks.iter().any(|(kind, block)| !kind.stays_here() && block.contains(&text));
            found.private.add(right && !elsewhere);
        }
    }
    for section in &truth.sections {
        if !json_resume {
            let right = whole(&section.heading, &|kind| kind == BlockKind::SectionHeading);
            found.headings.add(piece("heading", &section.heading, right));
        }
        for line in section.lines.iter().chain(section.entries.iter().flat_map(|entry| &entry.lines)) {
            found.lines.add(piece("line", line, whole(line, &is_text)));
        }
        for entry in &section.entries {
            piece("title", &entry.title, within(&entry.title, BlockKind::EntryHeading));
            piece("organisation", &entry.organisation, within(&entry.organisation, BlockKind::EntryHeading));
            if !json_resume {
                piece("dates", &entry.dates, within(&entry.dates, BlockKind::EntryHeading));
            }
        }
    }
    found.misses.extend(misses);
}

fn count_blocks(
    truth: &Truth,
    blocks: &[(BlockKind, String)],
    resume: &Resume,
    json_resume: bool,
    found: &mut Measure,
) {
    let all: Vec<String> = truth.texts(true).into_iter().map(plain).collect();
    let lines: Vec<String> = truth
        .sections
        .iter()
        .flat_map(|section| section.lines.iter().chain(section.entries.iter().flat_map(|entry| &entry.lines)))
        .chain(std::iter::once(&truth.headline))
        .map(|text| plain(text))
        .collect();
    let headings: Vec<String> = truth.sections.iter().map(|section| plain(&section.heading)).collect();
    let contacts: Vec<String> = truth.contacts.iter().map(|text| plain(text)).collect();
    let facts: Vec<String> = truth
        .entries()
        .flat_map(|(_, entry)| [&entry.title, &entry.organisation, &entry.location, &entry.dates])
        .filter(|text| !text.is_empty())
        .map(|text| plain(text))
        .collect();
    let of = |texts: &[String], block: &str| {
        texts.iter().any(|text| block.contains(text.as_str()) || text.contains(block) && block.len() > 2)
    };
    for ((kind, text), block) in blocks.iter().zip(&resume.blocks) {
        let right = match kind {
            BlockKind::Name => *text == plain(&truth.name),
            BlockKind::Contact => of(&contacts, text),
            BlockKind::SectionHeading => json_resume || headings.contains(text),
            BlockKind::EntryHeading => of(&facts, text) && (!lines.contains(text) || facts.contains(text)),
            BlockKind::Bullet | BlockKind::Paragraph | BlockKind::SkillsLine => lines.contains(text),
            BlockKind::Other => !all.contains(text),
        };
        found.blocks_read.add(right);
        found.right_blocks.push(right);
        if !right {
            found.misses.push(format!("wrong block: {kind:?} {}", shown(block)));
        }
    }
}

fn shown(block: &Block) -> String {
    block.text.chars().take(90).collect()
}

/// Where the texts of a section stand in the reading: by block, in the order of the truth.
fn count_order(truth: &Truth, blocks: &[(BlockKind, String)], json_resume: bool, found: &mut Measure) {
    let mut used = vec![false; blocks.len()];
    let mut found_at: Vec<Vec<Option<usize>>> = Vec::new();
    for section in &truth.sections {
        let mut texts: Vec<&str> = Vec::new();
        if !json_resume {
            texts.push(&section.heading);
        }
        texts.extend(section.lines.iter().map(String::as_str));
        for entry in &section.entries {
            texts.push(&entry.title);
            texts.extend(entry.lines.iter().map(String::as_str));
        }
        let mut from = 0;
        let mut places = Vec::new();
        for text in texts {
            let text = plain(text);
            let find = |range: std::ops::Range<usize>, whole: bool| {
                range.into_iter().find(|at| {
                    !used[*at] && if whole { blocks[*at].1 == text } else { blocks[*at].1.contains(&text) }
                })
            };
            let all = blocks.len();
            let at = find(from..all, true)
                .or_else(|| find(from..all, false))
                .or_else(|| find(0..from, true))
                .or_else(|| find(0..from, false));
            if let Some(at) = at {
                used[at] = true;
                from = at + 1;
            }
            places.push(at);
        }
        found_at.push(places);
    }
    let mut owner = vec![None; blocks.len()];
    for (number, places) in found_at.iter().enumerate() {
        for at in places.iter().flatten() {
            owner[*at] = Some(number);
        }
    }
    for (number, places) in found_at.iter().enumerate() {
        for pair in places.windows(2) {
            let right = match (pair[0], pair[1]) {
                (Some(first), Some(second)) if first < second => {
                    owner[first + 1..second].iter().all(|of| of.is_none_or(|of| of == number))
                }
                _ => false,
            };
            found.order.add(right);
        }
    }
}

fn count_kinds(truth: &Truth, outline: &Outline, found: &mut Measure) {
    for section in &truth.sections {
        let heading = plain(&section.heading);
        let read = outline
            .sections
            .iter()
            .find(|read| read.heading.as_ref().is_some_and(|text| plain(text) == heading))
            .map(|read| read.kind);
        // The truth knows no other word for a section that fits nowhere.
        let right = read == Some(section.kind) || read.is_some() && section.kind == SectionKind::Other;
        found.kinds.add(right);
        if !right {
            found.misses.push(format!("kind: {} is {:?}, read {read:?}", section.heading, section.kind));
        }
    }
}

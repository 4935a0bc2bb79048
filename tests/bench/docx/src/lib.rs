//! Edits in a Word document, examined.
//!
//! [`edits`] makes rewrites, insertions, removals and moves over a whole resume; [`examine`] makes them in the
//! document, clean and tracked, and finds out what became of it.

use std::collections::BTreeSet;

use quick_xml::Reader;
use quick_xml::events::Event;
use redline::{LeftAlone, Redlined, Style, redline};
use resume::{BlockKind, Change, Edit, EditId, Resume};
use word::{Decision, decide, package, parts};

/// The author that tracked changes name.
pub const AUTHOR: &str = "Tailorbird";

/// What became of one document.
#[expect(clippy::struct_excessive_bools, reason = "each is an answer of its own")]
#[derive(Debug)]
pub struct Examined {
    /// Edits that were tried.
    pub tried: usize,
    /// Edits that were made.
    pub made: usize,
    /// Edits that were not, and why.
    pub left_alone: Vec<LeftAlone>,
    /// Parts that are not equal to the byte in the clean document.
    pub parts_clean: Vec<String>,
    /// The same in the tracked one.
    pub parts_tracked: Vec<String>,
    /// Runs whose looks stand in the original too, of all runs of the clean document.
    pub looks_kept: (usize, usize),
    /// The clean document says what the edits say, word for word.
    pub clean_exact: bool,
    /// So does the tracked one, once all is accepted.
    pub accepted_exact: bool,
    /// The tracked one says what the original says, once all is rejected.
    pub rejected_exact: bool,
    /// Each edit that was made has one comment.
    pub one_comment_each: bool,
    /// The clean document.
    pub clean: Vec<u8>,
    /// The tracked document.
    pub tracked: Vec<u8>,
}

impl Examined {
    /// Nothing was lost and nothing came in that should not.
    pub fn is_right(&self) -> bool {
        self.made >= 3
            && self.clean_exact
            && self.accepted_exact
            && self.rejected_exact
            && self.one_comment_each
            && self.parts_clean.len() == 1
            && self.looks_kept.0 == self.looks_kept.1
            && self.parts_tracked.iter().all(|part| {
                self.parts_clean.contains(part)
                    || part.ends_with("comments.xml")
                    || part.contains("/_rels/")
                    || part == "[Content_Types].xml"
            })
    }
}

/// Rewrites, insertions, removals and moves, over the whole of a resume.
pub fn edits(resume: &Resume) -> Vec<Edit> {
    let free: Vec<_> = resume
        .blocks
        .iter()
        .filter(|block| {
            matches!(block.kind, BlockKind::Bullet | BlockKind::Paragraph | BlockKind::SkillsLine)
        })
        .collect();
    let mut edits = Vec::new();
    for (n, block) in free.iter().enumerate() {
        let mut words: Vec<&str> = block.text.split(' ').collect();
        let change = match n % 5 {
            0 => {
                words.insert(words.len() / 2, "quite <new> & bold");
                Change::Rewrite { block: block.id.clone(), text: words.join(" ") }
            }
            1 => {
                words[0] = "Otherwise";
                words.push("at last");
                Change::Rewrite { block: block.id.clone(), text: words.join(" ") }
            }
            2 => Change::Insert {
                after: block.id.clone(),
                kind: block.kind,
                text: format!("Altogether new line number {n}."),
            },
            3 if n % 2 == 0 => Change::Remove { block: block.id.clone() },
            3 => Change::Move { block: block.id.clone(), after: free[n - 1].id.clone() },
            _ => continue,
        };
        edits.push(Edit {
            id: EditId::nth(n + 1),
            change,
            evidence: Vec::new(),
            requirement: None,
            reason: format!("Reason {n} & more"),
        });
    }
    edits
}

/// Makes [`edits`] in a document and looks at what became of it.
///
/// # Errors
///
/// In words, where the document cannot be read or edited at all.
pub fn examine(docx: &[u8]) -> Result<Examined, String> {
    let original = read(docx)?;
    let edits = edits(&original);
    let redlined = |style| redline(docx, &original, &edits, &style).map_err(|error| error.to_string());
    let clean = redlined(Style::Clean)?;
    let date = Some("2026-01-02T03:04:05Z".to_owned());
    let tracked = redlined(Style::Tracked { author: AUTHOR.to_owned(), date })?;
    if clean.made != tracked.made {
        return Err("not the same edits were made clean and tracked".to_owned());
    }
    let made: Vec<Edit> = edits.iter().filter(|edit| clean.made.contains(&edit.id)).cloned().collect();
    let wanted = words(&resume::apply(&original, &made).resume);
    let comments = parts(&tracked.bytes).into_iter().find(|(name, _)| name.ends_with("comments.xml"));
    let comments = comments.map(|(_, xml)| String::from_utf8_lossy(&xml).into_owned()).unwrap_or_default();
    Ok(Examined {
        tried: edits.len(),
        made: made.len(),
        parts_clean: changed(docx, &clean.bytes),
        parts_tracked: changed(docx, &tracked.bytes),
        looks_kept: looks_kept(docx, &clean),
        clean_exact: words(&read(&clean.bytes)?) == wanted,
        accepted_exact: words(&read(&decided(&tracked, Decision::Accept))?) == wanted,
        rejected_exact: words(&read(&decided(&tracked, Decision::Reject))?) == words(&original),
        one_comment_each: comments.matches("Reason ").count() == made.len(),
        left_alone: clean.left_alone,
        clean: clean.bytes,
        tracked: tracked.bytes,
    })
}

fn read(docx: &[u8]) -> Result<Resume, String> {
    formats::read_resume(docx, Some("resume.docx"))
        .map(|reading| reading.resume)
        .map_err(|error| error.to_string())
}

/// The words of all blocks, in order.
fn words(resume: &Resume) -> Vec<String> {
    resume.blocks.iter().flat_map(|block| block.text.split_whitespace()).map(str::to_owned).collect()
}

/// Names of the parts that are not equal, or new.
fn changed(before: &[u8], after: &[u8]) -> Vec<String> {
    let before = parts(before);
    parts(after)
        .into_iter()
        .filter(|(name, bytes)| before.get(name) != Some(bytes))
        .map(|(name, _)| name)
        .collect()
}

fn decided(redlined: &Redlined, decision: Decision) -> Vec<u8> {
    let mut parts = parts(&redlined.bytes);
    for (name, bytes) in &mut parts {
        if redlined.parts.contains(name) && name.ends_with("document.xml") {
            let xml = String::from_utf8_lossy(bytes).into_owned();
            *bytes = decide(&xml, AUTHOR, decision).into_bytes();
        }
    }
    package(&parts)
}

/// How many runs of the clean document have looks that the original has too, and how many runs it has.
fn looks_kept(docx: &[u8], clean: &Redlined) -> (usize, usize) {
    let (before, after) = (parts(docx), parts(&clean.bytes));
    let (mut kept, mut all) = (0, 0);
    for part in &clean.parts {
        let looks_of = |bytes: Option<&Vec<u8>>| {
            bytes.map(|bytes| looks(&String::from_utf8_lossy(bytes))).unwrap_or_default()
        };
        let known: BTreeSet<String> = looks_of(before.get(part)).into_iter().collect();
        for look in looks_of(after.get(part)) {
            all += 1;
            kept += usize::from(known.contains(&look));
        }
    }
    (kept, all)
}

/// The `w:rPr` of each run, as XML; empty where it has none.
fn looks(xml: &str) -> Vec<String> {
    let mut reader = Reader::from_str(xml);
    let (mut looks, mut from, mut in_run) = (Vec::new(), None, false);
    loop {
        let at = usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX);
        let Ok(event) = reader.read_event() else { return looks };
        match &event {
            Event::Start(tag) if tag.name().as_ref() == "w:r" => {
                in_run = true;
                looks.push(String::new());
            }
            Event::End(tag) if tag.name().as_ref() == "w:r" => in_run = false,
            Event::Start(tag) if in_run && tag.name().as_ref() == "w:rPr" => from = Some(at),
            Event::End(tag) if tag.name().as_ref() == "w:rPr" => {
                let to = usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX);
                if let (Some(from), Some(look)) = (from.take(), looks.last_mut()) {
                    xml[from..to].clone_into(look);
                }
            }
            Event::Eof => return looks,
            _ => {}
        }
    }
}

//! The check of one edit, or of any text, against a resume.

use std::collections::{HashMap, HashSet};

use super::claims::Claims;
use super::facts::{Facts, Pool, spelled_out};
use super::language::Votes;
use super::wording::Entry;
use super::{
    ClaimKind, Finding, Standing, content, disguise, figures, hedge, names, outcome, people, ranks, titles,
    wording,
};
use crate::words::{Language, key, tokens};
use crate::{Block, BlockId, BlockKind, Change, Edit, Resume, SectionKind};

/// Most bytes of a new text that are looked at word by word. Nobody's line is longer.
const LONGEST: usize = 4_000;

/// A resume made ready for checking many edits.
#[derive(Clone, Debug)]
pub struct Checker<'a> {
    resume: &'a Resume,
    language: Language,
    /// What speaks for the language, where that is open: few words, and nobody said.
    votes: Option<Votes>,
    facts: Vec<Facts>,
    /// For each block the heading lines of its job, school or project.
    headings: Vec<Vec<usize>>,
    own_name: HashSet<String>,
    at: HashMap<&'a BlockId, usize>,
}

impl<'a> Checker<'a> {
    /// Takes the resume apart: once, however many edits follow.
    pub fn new(resume: &'a Resume) -> Self {
        if let Some(code) = &resume.language {
            return Self::in_language(resume, Language::of(Some(code)), None);
        }
        let mut votes = Votes::default();
        votes.count(resume.blocks.iter().map(|block| block.text.as_str()));
        Self::in_language(resume, votes.winner(), (!votes.sure()).then_some(votes))
    }

    fn in_language(resume: &'a Resume, language: Language, votes: Option<Votes>) -> Self {
        let own_name = resume
            .blocks
            .iter()
            .filter(|block| block.kind == BlockKind::Name)
            .flat_map(|block| {
                tokens(&block.text).into_iter().map(|token| key(token.text)).collect::<Vec<_>>()
            })
            .collect();
        Self {
            resume,
            language,
            votes,
            facts: resume.blocks.iter().map(|block| Facts::of(&block.text, language)).collect(),
            headings: headings(&resume.blocks),
            own_name,
            at: resume.blocks.iter().enumerate().map(|(n, block)| (&block.id, n)).collect(),
        }
    }

    /// The findings of one edit; see [`super::check`].
    pub fn check(&self, edit: &Edit) -> Vec<Finding> {
        let Some(text) = edit.change.text() else { return Vec::new() };
        let mut findings = Vec::new();
        let mut evidence: Vec<usize> = Vec::new();
        let mut named = false;
        for source in &edit.evidence {
            let block =
                self.at.get(&source.block).copied().filter(|n| !self.resume.blocks[*n].kind.stays_here());
            let Some(n) = block else {
                let reason = format!(
                    "This edit rests on a line that is not in your resume ({}).",
                    shown(source.block.as_str())
                );
                findings.push(about_evidence(Standing::NeedsReview, reason));
                continue;
            };
            named = true;
            evidence.push(n);
            if let Some(quote) = &source.quote
                && !stands_in(quote, &self.facts[n], self.language)
            {
                let reason =
                    format!("Your line does not say \"{}\", which this edit quotes from it.", shown(quote));
                findings.push(about_evidence(Standing::NeedsReview, reason));
            }
        }
        let home = self.at.get(edit.change.block()).copied();
        match &edit.change {
            Change::Rewrite { .. } => evidence.extend(home),
            _ if !named => {
                let reason = "This edit adds a line without naming the lines that it rests on.".to_owned();
                findings.push(about_evidence(Standing::Unsupported, reason));
            }
            _ => {}
        }
        // Whatever a person's name and contact block says, it is no evidence of work.
        evidence.retain(|n| !self.resume.blocks[*n].kind.stays_here());
        let heading = match &edit.change {
            Change::Insert { kind, .. } => *kind == BlockKind::SectionHeading,
            _ => home.is_some_and(|n| self.resume.blocks[n].kind == BlockKind::SectionHeading),
        };
        findings
            .extend(self.against(&evidence, home, text).into_iter().filter(|found| matters(found, heading)));
        findings
    }

    /// The findings of any text that is to rest on these blocks of the resume. Blocks that are not in it are
    /// left aside.
    pub fn check_text(&self, evidence: &[&Block], text: &str) -> Vec<Finding> {
        let evidence: Vec<usize> =
            evidence.iter().filter_map(|block| self.at.get(&block.id).copied()).collect();
        self.against(&evidence, None, text)
    }

    pub(super) fn against(&self, evidence: &[usize], home: Option<usize>, text: &str) -> Vec<Finding> {
        if let Some(mut votes) = self.votes {
            votes.count(std::iter::once(text));
            let language = votes.winner();
            if language != self.language {
                return Self::in_language(self.resume, language, None).against(evidence, home, text);
            }
        }
        let end = text.floor_char_boundary(LONGEST);
        let new = Facts::of(&text[..end], self.language);
        let mut blocks: Vec<usize> = Vec::new();
        for n in evidence.iter().copied().chain(home.into_iter().flat_map(|n| self.headings[n].clone())) {
            blocks.extend(self.headings[n].iter().copied());
            blocks.push(n);
        }
        blocks.sort_unstable();
        blocks.dedup();
        // Word for word what one line says.
        if evidence.iter().chain(&home).any(|n| self.resume.blocks[*n].text == text) {
            return Vec::new();
        }
        let mut findings = self.judged(&new, &self.pool(&blocks));
        if end < text.len() {
            findings.push(Finding {
                kind: ClaimKind::Evidence,
                standing: Standing::Unsupported,
                claim: text[end..].to_owned(),
                start: end,
                end: text.len(),
                reason: "This text is too long to be checked.".to_owned(),
            });
        }
        if findings.iter().any(|finding| finding.standing == Standing::Unsupported) {
            self.look_elsewhere(&new, &mut findings, home);
        }
        // What stands under another job stands in the resume, and is none the truer for it.
        let mut claims = Claims::with(&new, findings);
        wording::moved(&mut claims, &self.entries(&blocks, home));
        claims.into_findings()
    }

    fn judged(&self, new: &Facts, pool: &Pool<'_>) -> Vec<Finding> {
        let spelled_out = spelled_out(new, pool);
        let mut claims = Claims::of(new);
        disguise::find(&mut claims, pool);
        figures::find(&mut claims, pool);
        ranks::find(&mut claims, pool, &spelled_out);
        hedge::find(&mut claims, pool);
        titles::find(&mut claims, pool, &spelled_out, self.language);
        names::find(&mut claims, pool, &spelled_out, self.language);
        wording::denied(&mut claims, pool);
        people::find(&mut claims, pool);
        outcome::find(&mut claims, pool, &spelled_out);
        content::find(&mut claims, pool, &spelled_out, self.language);
        claims.into_findings()
    }

    /// What stands elsewhere in the resume is not invented, but may not belong here.
    fn look_elsewhere(&self, new: &Facts, findings: &mut Vec<Finding>, home: Option<usize>) {
        let all: Vec<usize> =
            (0..self.facts.len()).filter(|n| !self.resume.blocks[*n].kind.stays_here()).collect();
        let anywhere = self.judged(new, &Pool { whole: true, ..self.pool(&all) });
        let gathers = home.is_some_and(|n| gathers(&self.resume.blocks[n]));
        findings.retain_mut(|finding| {
            let nowhere = anywhere.iter().any(|other| other.start < finding.end && finding.start < other.end);
            if nowhere || finding.standing != Standing::Unsupported || finding.kind == ClaimKind::Evidence {
                return true;
            }
            if gathers && matches!(finding.kind, ClaimKind::Tool | ClaimKind::Name) {
                return false;
            }
            finding.standing = Standing::NeedsReview;
            finding.reason = format!(
                "\"{}\" stands in your resume, but not in the lines that this edit rests on.",
                shown(&finding.claim)
            );
            true
        });
    }

    fn pool(&self, blocks: &[usize]) -> Pool<'_> {
        Pool {
            texts: blocks.iter().map(|n| &self.facts[*n]).collect(),
            own: Some(&self.own_name),
            whole: false,
        }
    }

    /// The evidence by job. Lines under no job are each on their own.
    fn entries(&self, blocks: &[usize], home: Option<usize>) -> Vec<Entry<'_>> {
        let entry = |n: usize| {
            if self.resume.blocks[n].kind == BlockKind::EntryHeading {
                n
            } else {
                self.headings[n].last().copied().unwrap_or(n)
            }
        };
        let first = |n: usize| self.headings[entry(n)].first().copied().unwrap_or_else(|| entry(n));
        let mut by_entry: Vec<(usize, Entry<'_>)> = Vec::new();
        let home = home.filter(|n| !gathers(&self.resume.blocks[*n]));
        for n in blocks {
            let id = first(*n);
            let at_home = home.is_some_and(|home| first(home) == id);
            if !by_entry.iter().any(|(other, _)| *other == id) {
                by_entry.push((id, Entry { texts: Vec::new(), heading: Vec::new(), home: at_home }));
            }
            for (_, entry) in by_entry.iter_mut().filter(|(other, _)| *other == id) {
                entry.texts.push(&self.facts[*n]);
                if self.resume.blocks[*n].kind == BlockKind::EntryHeading {
                    entry.heading.push(&self.facts[*n]);
                }
            }
        }
        by_entry.into_iter().map(|(_, entry)| entry).collect()
    }

    pub(super) fn language(&self) -> Language {
        self.language
    }

    pub(super) fn facts(&self) -> &[Facts] {
        &self.facts
    }
}

/// Whether a finding counts. A section may be called "Professional background" or "Selected projects": a
/// heading only has to be free of what nothing supports.
pub(super) fn matters(finding: &Finding, heading: bool) -> bool {
    !heading || finding.standing == Standing::Unsupported
}

/// Whether the block speaks of the whole resume: a profile, a list of skills.
fn gathers(block: &Block) -> bool {
    block.kind == BlockKind::SkillsLine
        || matches!(block.section_kind, None | Some(SectionKind::Summary | SectionKind::Skills))
}

/// For each block the entry headings that it stands under, in its section.
fn headings(blocks: &[Block]) -> Vec<Vec<usize>> {
    let mut found = Vec::with_capacity(blocks.len());
    let mut current: Vec<usize> = Vec::new();
    let mut open = false;
    for (n, block) in blocks.iter().enumerate() {
        match block.kind {
            BlockKind::SectionHeading => {
                current.clear();
                open = false;
                found.push(Vec::new());
            }
            BlockKind::EntryHeading => {
                if !open {
                    current.clear();
                }
                open = true;
                found.push(current.clone());
                current.push(n);
            }
            _ => {
                open = false;
                let apart = current.first().is_some_and(|heading| blocks[*heading].section != block.section);
                found.push(if apart { Vec::new() } else { current.clone() });
            }
        }
    }
    found
}

/// Whether the words of a quote stand in a text in this order, next to each other.
fn stands_in(quote: &str, facts: &Facts, language: Language) -> bool {
    quote.split(['…', '\n']).flat_map(|part| part.split("...")).all(|part| {
        let wanted: Vec<String> = Facts::of(part, language).words.into_iter().map(|word| word.key).collect();
        wanted.is_empty()
            || facts.words.windows(wanted.len()).any(|run| run.iter().map(|word| &word.key).eq(&wanted))
    })
}

fn about_evidence(standing: Standing, reason: String) -> Finding {
    Finding { kind: ClaimKind::Evidence, standing, claim: String::new(), start: 0, end: 0, reason }
}

/// Words as a sentence can hold them.
fn shown(words: &str) -> String {
    const MOST: usize = 80;
    if words.chars().count() <= MOST {
        return words.to_owned();
    }
    words.chars().take(MOST).chain(['…']).collect()
}

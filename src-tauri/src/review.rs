//! The review: which edits go in, and what the resume looks like with them.
//!
//! An edit that the resume does not support goes in only when the user vouches for the very claims that were
//! named. A text that the user types is judged by the same rules as a model's.

use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use pipeline::{Entailment, Job, Judgement, Tailored};
use resume::diff::{DiffKind, DiffPart, words};
use resume::{Change, Edit, EditId, Finding, Posting, Resume, Standing, apply, coverage, truth};

use crate::api::{Checked, Claim, Decision, Review, ReviewedEdit, Vouched};
use crate::failure::{Answer, failure};

/// Changes that can be taken back; older ones stay.
const REMEMBERED: usize = 200;

/// The longest text that is taken for a line of a resume, in bytes.
const LONGEST: usize = 4000;

/// What a finished run came to, and what the user says of it.
#[derive(Clone)]
pub(crate) struct Outcome {
    job: Job,
    result: Arc<Tailored>,
    rulings: Vec<Ruling>,
    /// What the rulings were before each change, and the edit that it was about.
    past: Vec<(EditId, Vec<Ruling>)>,
}

/// One edit with what the user says of it.
#[derive(Clone, Debug, PartialEq)]
struct Ruling {
    /// As it stands now: with the user's own text where there is one.
    edit: Edit,
    typed: bool,
    /// How that text stands.
    judgement: Option<Judgement>,
    decision: Decision,
    vouched: Option<Vouched>,
}

impl Ruling {
    fn new(edit: Edit, judgement: Option<Judgement>, typed: bool) -> Self {
        let decision = match judgement.as_ref().map(|judgement| judgement.standing) {
            Some(Standing::Supported) => Decision::Accepted,
            // An edit that nobody judged waits for the user.
            Some(Standing::NeedsReview) | None => Decision::Open,
            Some(Standing::Unsupported) => Decision::Rejected,
        };
        Self { edit, typed, judgement, decision, vouched: None }
    }

    fn stands(&self, standing: Standing) -> bool {
        self.judgement.as_ref().is_some_and(|judgement| judgement.standing == standing)
    }

    /// Whether it is in what is exported.
    fn goes_in(&self) -> bool {
        self.decision == Decision::Accepted && (self.vouched.is_some() || !self.stands(Standing::Unsupported))
    }

    /// What the user would vouch for: each claim that has no source, by whichever judge found it. Where neither
    /// judge names one, it is the whole text.
    fn claims(&self) -> Vec<Claim> {
        let Some(judgement) =
            self.judgement.as_ref().filter(|judgement| judgement.standing == Standing::Unsupported)
        else {
            return Vec::new();
        };
        let mut claims: Vec<Claim> = Vec::new();
        let mut add = |claim: &str, reason: &str| {
            if !claim.trim().is_empty() && !claims.iter().any(|known| known.claim == claim) {
                claims.push(Claim { claim: claim.to_owned(), reason: reason.to_owned() });
            }
        };
        for finding in judgement.findings.iter().filter(|finding| finding.standing == Standing::Unsupported) {
            add(&finding.claim, &finding.reason);
        }
        if let Some(verdict) =
            judgement.verdict.as_ref().filter(|verdict| verdict.verdict == Entailment::Unsupported)
        {
            add(verdict.claim.as_deref().unwrap_or_default(), &verdict.reason);
        }
        if claims.is_empty() {
            let text = self.edit.change.text().unwrap_or("This change");
            claims.push(Claim { claim: text.to_owned(), reason: judgement.reason.clone() });
        }
        claims
    }
}

impl Outcome {
    /// What each edit starts with.
    pub(crate) fn first(job: &Job, result: &Tailored) -> Self {
        let judgement = |edit: &EditId| result.judgements.iter().find(|found| found.edit == *edit).cloned();
        let rulings =
            result.edits.iter().map(|edit| Ruling::new(edit.clone(), judgement(&edit.id), false)).collect();
        Self { job: job.clone(), result: Arc::new(result.clone()), rulings, past: Vec::new() }
    }

    /// The posting that the run worked for.
    pub(crate) fn posting(&self) -> &Posting {
        &self.job.posting
    }

    fn place(&self, edit: &EditId) -> Answer<usize> {
        self.rulings.iter().position(|ruling| ruling.edit.id == *edit).ok_or_else(|| no_such_edit(edit))
    }

    /// Puts rulings in the place of those that there are; nothing happens where they are the same.
    fn change(&mut self, about: EditId, rulings: Vec<Ruling>) {
        if rulings == self.rulings {
            return;
        }
        if self.past.len() == REMEMBERED {
            self.past.remove(0);
        }
        self.past.push((about, std::mem::replace(&mut self.rulings, rulings)));
    }

    /// Changes one decision. An unsupported edit cannot be accepted this way. One that is no longer accepted is
    /// no longer vouched for either.
    pub(crate) fn decide(&mut self, edit: &EditId, decision: Decision) -> Answer<()> {
        let at = self.place(edit)?;
        let mut rulings = self.rulings.clone();
        let ruling = &mut rulings[at];
        if decision == Decision::Accepted {
            if ruling.stands(Standing::Unsupported) && ruling.vouched.is_none() {
                return Err(failure(
                    "needs_vouching",
                    "Your resume does not support this edit, so it cannot simply be accepted.",
                    "Vouch for it if it is true, rewrite it, or leave it out.",
                ));
            }
        } else {
            ruling.vouched = None;
        }
        ruling.decision = decision;
        self.change(edit.clone(), rulings);
        Ok(())
    }

    /// Accepts every supported edit, and touches no other.
    pub(crate) fn accept_supported(&mut self) {
        let mut rulings = self.rulings.clone();
        let mut about = None;
        for ruling in rulings.iter_mut().filter(|ruling| ruling.stands(Standing::Supported)) {
            if ruling.decision != Decision::Accepted {
                ruling.decision = Decision::Accepted;
                about.get_or_insert_with(|| ruling.edit.id.clone());
            }
        }
        if let Some(about) = about {
            self.change(about, rulings);
        }
    }

    /// Lets an unsupported edit through, on the user's word for the claims that were named.
    pub(crate) fn vouch(&mut self, edit: &EditId, claims: Vec<String>, now: SystemTime) -> Answer<()> {
        let at = self.place(edit)?;
        let mut rulings = self.rulings.clone();
        let ruling = &mut rulings[at];
        let named: Vec<String> = ruling.claims().into_iter().map(|claim| claim.claim).collect();
        if named.is_empty() || named != claims {
            return Err(failure(
                "other_claims",
                "These are not the claims of this edit, so nothing was put in.",
                "Look at the edit again, and then vouch for it.",
            ));
        }
        let at_ms = now.duration_since(UNIX_EPOCH).map_or(0, |since| since.as_millis());
        ruling.vouched = Some(Vouched { claims, at_ms: u64::try_from(at_ms).unwrap_or(u64::MAX) });
        ruling.decision = Decision::Accepted;
        self.change(edit.clone(), rulings);
        Ok(())
    }

    /// How an edit would stand with this text.
    pub(crate) fn check(&self, edit: &EditId, text: &str) -> Answer<Checked> {
        let typed = self.with_text(edit, text)?;
        let findings = truth::check(&self.job.resume, &typed);
        Ok(Checked {
            text: typed.change.text().unwrap_or_default().to_owned(),
            standing: truth::standing(&findings),
            findings,
        })
    }

    /// Gives an edit the user's own text. It is judged like any other, and decided as its standing says. The run's
    /// own text brings the run's own judgement back.
    pub(crate) fn rewrite(&mut self, edit: &EditId, text: &str) -> Answer<()> {
        let at = self.place(edit)?;
        let typed = self.with_text(edit, text)?;
        let mut rulings = self.rulings.clone();
        rulings[at] = if let Some(made) = self.result.edits.iter().find(|made| **made == typed) {
            let judgement = self.result.judgements.iter().find(|found| found.edit == made.id).cloned();
            Ruling::new(typed, judgement, false)
        } else {
            let judgement = judged(&typed, truth::check(&self.job.resume, &typed));
            Ruling::new(typed, Some(judgement), true)
        };
        self.change(edit.clone(), rulings);
        Ok(())
    }

    /// The edit with another text, as one line.
    fn with_text(&self, edit: &EditId, text: &str) -> Answer<Edit> {
        let mut edit = self.rulings[self.place(edit)?].edit.clone();
        let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
        if line.is_empty() {
            return Err(failure(
                "no_text",
                "There is no text in this edit.",
                "Type some, or leave the edit out.",
            ));
        }
        if line.len() > LONGEST {
            return Err(failure("long_text", "This is too long for one line of a resume.", "Shorten it."));
        }
        match &mut edit.change {
            Change::Rewrite { text, .. } | Change::Insert { text, .. } => *text = line,
            Change::Remove { .. } | Change::Move { .. } => {
                return Err(failure(
                    "no_text",
                    "This edit brings in no words, so there is nothing to rewrite.",
                    "Accept it or leave it out.",
                ));
            }
        }
        Ok(edit)
    }

    /// Takes the last change back, where there is one.
    pub(crate) fn undo(&mut self) {
        if let Some((_, rulings)) = self.past.pop() {
            self.rulings = rulings;
        }
    }

    /// The resume with the edits in it that go in.
    pub(crate) fn tailored(&self) -> Resume {
        let accepted: Vec<Edit> =
            self.rulings.iter().filter(|ruling| ruling.goes_in()).map(|ruling| ruling.edit.clone()).collect();
        apply(&self.job.resume, &accepted).resume
    }

    /// The state of the review, as the page sees it.
    pub(crate) fn shown(&self) -> Review {
        let tailored = self.tailored();
        let keywords: Vec<String> =
            self.result.plan.keywords.iter().map(|keyword| keyword.term.clone()).collect();
        Review {
            coverage: coverage(&tailored, &keywords),
            edits: self
                .rulings
                .iter()
                .map(|ruling| ReviewedEdit {
                    edit: ruling.edit.id.clone(),
                    decision: ruling.decision,
                    diff: diff(&self.job.resume, &ruling.edit),
                    text: ruling.edit.change.text().map(str::to_owned),
                    typed: ruling.typed,
                    judgement: ruling.judgement.clone(),
                    claims: ruling.claims(),
                    vouched: ruling.vouched.clone(),
                })
                .collect(),
            original: Resume::clone(&self.job.resume),
            tailored,
            undo: self.past.last().map(|(about, _)| about.clone()),
        }
    }
}

/// The judgement of a text that the user typed: by rule alone, there is no verdict on it.
fn judged(edit: &Edit, findings: Vec<Finding>) -> Judgement {
    let standing = truth::standing(&findings);
    let reason = findings
        .iter()
        .find(|finding| finding.standing == standing)
        .map_or_else(|| "Your resume says all of it.".to_owned(), |finding| finding.reason.clone());
    Judgement { edit: edit.id.clone(), standing, findings, verdict: None, reason }
}

/// What an edit does to the words of its block.
fn diff(original: &Resume, edit: &Edit) -> Vec<DiffPart> {
    let old = |id| original.block(id).map(|block| block.text.as_str()).unwrap_or_default();
    match &edit.change {
        Change::Rewrite { block, text } => words(old(block), text),
        Change::Insert { text, .. } => vec![DiffPart { kind: DiffKind::Added, text: text.clone() }],
        Change::Remove { block } => vec![DiffPart { kind: DiffKind::Removed, text: old(block).to_owned() }],
        Change::Move { .. } => Vec::new(),
    }
}

/// The page named an edit that the run did not make.
fn no_such_edit(edit: &EditId) -> pipeline::ErrorReport {
    failure("no_such_edit", format!("The run made no edit {edit}."), "Reload the window and decide again.")
}

#[cfg(test)]
mod tests;

//! What a model is told: the same beginning in all four stages, then what earlier stages brought, then the stage's
//! own part.
//!
//! The beginning (the schemas of all four answers, the rules, resume and posting, and what each stage asks) is the same to the byte in each
//! request of a job, and its end is marked for the provider's prompt cache: a later stage reads it at a tenth of the
//! price. The evaluation follows it in all stages but the first and has a mark of its own: written by the second
//! stage, read by the third and fourth. All of this stands in the system text, because Anthropic forgets the cached
//! messages, and nothing else, when another answer is asked for (see `llm/src/anthropic/wire.rs`); for providers that
//! cache by themselves the order alone does it, and a server on this computer need not read it again either. What is
//! new in a request comes last and is kept short: which stage it is, and what came just before it ([`crate::brief`]).

use std::sync::{Arc, LazyLock};

use llm::{JsonOutput, Message, Part, Request, json_output};
use resume::{BlockKind, Posting, Resume};

use crate::brief::one_line;
use crate::engine::Job;
use crate::mask::{Mask, visible};
use crate::orders::without_orders;
use crate::stages::{Evaluation, Implementation, Plan, Stage, Verification};

/// What the model is told about its work, in all stages.
const SYSTEM: &str = include_str!("prompts/system.md");

/// A prompt in the making: its beginning is written, and the mask knows what it hid.
pub(crate) struct Prompt {
    beginning: String,
    mask: Mask,
    fence: Fence,
}

impl Prompt {
    /// Writes the beginning for `job`.
    pub(crate) fn of(job: &Job) -> Self {
        let mut mask = Mask::of(&job.resume);
        let resume = resume_lines(&job.resume, &mut mask);
        let posting = posting_lines(&job.posting, &mut mask);
        let fence = Fence::around(&[&resume, &posting]);
        let mut beginning =
            format!("{}\n\n{}\n", fence.enclose("resume", &resume), fence.enclose("posting", &posting));
        for stage in Stage::ALL {
            beginning.push('\n');
            beginning.push_str(instructions(stage));
        }
        Self { beginning, mask, fence }
    }

    /// The mask, as far as it has been used.
    pub(crate) fn mask(&mut self) -> &mut Mask {
        &mut self.mask
    }

    /// The request of one stage. `evaluation` and `given` are what earlier stages brought, masked; `given` with its
    /// name. They are fenced like the posting, as words of the posting may have found their way into them.
    pub(crate) fn request(
        self,
        stage: Stage,
        evaluation: Option<&str>,
        given: Option<(&str, &str)>,
    ) -> (Request, Mask) {
        let fenced = |name: &str, text: &str| self.fence.enclose(name, &self.fence.without(text));
        let mut task = instructions(stage).lines().next().unwrap_or_default().to_owned();
        task.push_str("\n\nDo now what this stage asks, as it is said above.");
        if let Some((name, text)) = given {
            task.push_str("\n\n");
            task.push_str(&fenced(name, text));
        }
        task.push('\n');
        let mut system = vec![Part::plain(SYSTEM)];
        let evaluation = evaluation.map(|text| Part::cached(fenced("evaluation", text) + "\n"));
        system.push(Part::cached(self.beginning));
        system.extend(evaluation);
        let request = Request {
            system,
            messages: vec![Message::user(task)],
            output: FAMILY[stage as usize].clone().into(),
            family: Arc::clone(&FAMILY),
            max_output_tokens: max_output_tokens(stage),
        };
        (request, self.mask)
    }
}

/// The answers of all four stages, in their order.
static FAMILY: LazyLock<Arc<[JsonOutput]>> = LazyLock::new(|| {
    let name = crate::runner::name;
    Arc::new([
        json_output::<Evaluation>(name(Stage::Evaluation)),
        json_output::<Plan>(name(Stage::Planning)),
        json_output::<Implementation>(name(Stage::Implementation)),
        json_output::<Verification>(name(Stage::Verification)),
    ])
});

/// The very text that each of the four requests of `job` begins with: rules, resume and posting, and what each
/// stage asks, as a provider gets them. Name and contact blocks are not in it; mails, phone numbers, links of the person and the
/// person's name are tokens.
pub fn what_is_sent(job: &Job) -> String {
    format!("{SYSTEM}\n{}", Prompt::of(job).beginning)
}

fn instructions(stage: Stage) -> &'static str {
    match stage {
        Stage::Evaluation => include_str!("prompts/evaluation.md"),
        Stage::Planning => include_str!("prompts/planning.md"),
        Stage::Implementation => include_str!("prompts/implementation.md"),
        Stage::Verification => include_str!("prompts/verification.md"),
    }
}

/// Limits of the answers, in tokens: about four times what answers take, as thinking counts too.
const fn max_output_tokens(stage: Stage) -> u32 {
    match stage {
        Stage::Evaluation | Stage::Planning => 8_000,
        Stage::Implementation => 16_000,
        Stage::Verification => 6_000,
    }
}

/// The language and the lines of the resume that may be sent, each with its id and kind.
fn resume_lines(resume: &Resume, mask: &mut Mask) -> String {
    let mut lines =
        resume.language.as_ref().map_or_else(String::new, |code| format!("Language: {}\n", one_line(code)));
    for block in resume.blocks.iter().filter(|block| !block.kind.stays_here()) {
        let text = one_line(&mask.hide(&visible(&block.text)));
        lines.extend(["[", block.id.as_str(), " ", kind(block.kind), "] ", &text, "\n"]);
    }
    lines
}

fn posting_lines(posting: &Posting, mask: &mut Mask) -> String {
    let mut lines = String::new();
    let facts = [("Title", &posting.title), ("Employer", &posting.employer), ("Location", &posting.location)];
    for (name, fact) in facts {
        if let Some(fact) = fact {
            lines.extend([name, ": ", &one_line(&mask.hide(&visible(fact))), "\n"]);
        }
    }
    if !lines.is_empty() {
        lines.push('\n');
    }
    lines.push_str(mask.hide(&visible(&without_orders(posting))).trim());
    lines.push('\n');
    lines
}

/// The kind of a block as it stands in prompts: as in the schema of the answers.
fn kind(kind: BlockKind) -> &'static str {
    match kind {
        BlockKind::Name => "name",
        BlockKind::Contact => "contact",
        BlockKind::SectionHeading => "section_heading",
        BlockKind::EntryHeading => "entry_heading",
        BlockKind::Bullet => "bullet",
        BlockKind::Paragraph => "paragraph",
        BlockKind::SkillsLine => "skills_line",
        BlockKind::Other => "other",
    }
}

/// Tags that nothing between them can close: their number stands nowhere in the enclosed texts.
///
/// The number is made from the texts, so that the same job gives the same prompt.
struct Fence {
    number: String,
}

impl Fence {
    fn around(texts: &[&str]) -> Self {
        // FNV-1a. It need not be hard to guess: a number that stands in a text is not taken.
        let mut number =
            texts.iter().flat_map(|text| text.bytes()).fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
                (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
            });
        loop {
            let written = format!("{number:016x}");
            if texts.iter().all(|text| !text.to_ascii_lowercase().contains(&written)) {
                return Self { number: written };
            }
            number = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
        }
    }

    fn enclose(&self, name: &str, text: &str) -> String {
        format!("<{name}-{number}>\n{text}\n</{name}-{number}>", number = self.number, text = text.trim_end())
    }

    /// `text` without the number, which a model may have copied into its answer.
    fn without(&self, text: &str) -> String {
        text.replace(&self.number, "…")
    }
}

#[cfg(test)]
mod tests;

//! How sure the reading is, and what to ask where it is not.

use resume::outline::Outline;
use resume::{Answer, BlockKind, Confidence, Doubt, Remedy, Resume, SectionKind};

/// Below this confidence the user is asked to look at a block.
pub(super) const ASK_BELOW: f32 = 0.7;

/// No more questions than these; more are not answered.
const MOST: usize = 12;

/// The confidence of the whole from that of the blocks.
///
/// It is the mean over the blocks, each weighed by the length of its text (up to 200 signs), less 0.1 for each of
/// these that is missing: the name, any heading, any contact data.
pub(super) fn confidence(resume: &Resume, blocks: Vec<f32>) -> Confidence {
    let mut sum = 0.0;
    let mut weights = 0.0;
    for (block, sure) in resume.blocks.iter().zip(&blocks) {
        #[expect(clippy::cast_precision_loss, reason = "at most 200")]
        let weight = (block.text.chars().count() as f32).min(200.0);
        sum += sure * weight;
        weights += weight;
    }
    let has = |kind| resume.blocks.iter().any(|block| block.kind == kind);
    let missing = [BlockKind::Name, BlockKind::SectionHeading, BlockKind::Contact];
    #[expect(clippy::cast_precision_loss, reason = "at most three")]
    let missing = missing.into_iter().filter(|kind| !has(*kind)).count() as f32;
    let mean = if weights > 0.0 { sum / weights } else { 0.0 };
    Confidence { whole: (mean - 0.1 * missing).clamp(0.0, 1.0), blocks }
}

/// Questions about blocks that are not sure, in reading order.
pub(super) fn ask(resume: &Resume, outline: &Outline, confidence: &Confidence) -> Vec<Doubt> {
    let mut doubts = Vec::new();
    for (block, sure) in resume.blocks.iter().zip(&confidence.blocks) {
        let entry = outline
            .sections
            .iter()
            .flat_map(|section| section.entries.iter().map(move |entry| (section, entry)))
            .find(|(_, entry)| entry.heading.first() == Some(&block.id));
        let strange = entry.is_some_and(|(section, entry)| {
            matches!(section.kind, SectionKind::Work | SectionKind::Education)
                && entry.dates.is_some()
                && entry.organisation.is_none()
                && entry.title.as_ref().is_none_or(|title| title.chars().count() > 90)
        });
        if *sure >= ASK_BELOW && !strange {
            continue;
        }
        let quote = short(&block.text);
        let (question, yes, no, kind) = match block.kind {
            BlockKind::Name => (
                format!("Is “{quote}” your name? It is kept here and never sent."),
                "Yes, my name",
                "No, a paragraph",
                BlockKind::Paragraph,
            ),
            BlockKind::Contact => (
                format!("Does “{quote}” tell who or where you are? Then it is never sent."),
                "Yes, keep it here",
                "No, a paragraph",
                BlockKind::Paragraph,
            ),
            BlockKind::SectionHeading => (
                format!("Does a new section begin at “{quote}”?"),
                "Yes, a heading",
                "No, part of the text",
                BlockKind::Paragraph,
            ),
            BlockKind::EntryHeading => {
                let dates = entry.and_then(|(_, entry)| entry.dates.clone());
                let question = match dates {
                    Some(dates) => format!(
                        "Is this one job or school? The dates “{}” have no employer beside them.",
                        short(&dates)
                    ),
                    None => format!("Does “{quote}” open an entry, a job or a school? It has no dates."),
                };
                (question, "Yes, an entry", "No, a paragraph", BlockKind::Paragraph)
            }
            BlockKind::Other => (
                format!("“{quote}” stands at the edge of the page. Is it part of your resume?"),
                "No, leave it",
                "Yes, a paragraph",
                BlockKind::Paragraph,
            ),
            BlockKind::Bullet | BlockKind::Paragraph | BlockKind::SkillsLine => (
                format!("Is “{quote}” plain text? It could also open an entry."),
                "Yes, plain text",
                "No, an entry",
                BlockKind::EntryHeading,
            ),
        };
        doubts.push(Doubt {
            block: block.id.clone(),
            question,
            answers: vec![
                Answer { label: yes.to_owned(), remedy: Remedy::Keep },
                Answer { label: no.to_owned(), remedy: Remedy::Kind { kind } },
            ],
        });
        if doubts.len() >= MOST {
            break;
        }
    }
    doubts
}

/// The first words of a text, for a question.
fn short(text: &str) -> String {
    const SIGNS: usize = 60;
    if text.chars().count() <= SIGNS {
        return text.to_owned();
    }
    let cut: String = text.chars().take(SIGNS).collect();
    format!("{}…", cut.rsplit_once(' ').map_or(cut.as_str(), |(front, _)| front))
}

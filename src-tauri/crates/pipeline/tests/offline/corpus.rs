//! The shared pairs: resumes from what they are known to say, postings as they are read.

use std::path::{Path, PathBuf};

use resume::{Block, BlockId, BlockKind, Origin, Posting, Resume, SectionKind};
use serde_json::Value;

/// A resume, a posting, and what is known of the two.
pub(crate) struct Pair {
    pub(crate) resume: String,
    pub(crate) posting: String,
    pub(crate) fit: String,
    pub(crate) met: Vec<String>,
    pub(crate) missing: Vec<String>,
    pub(crate) must: Vec<String>,
    pub(crate) nice: Vec<String>,
    pub(crate) keywords: Vec<String>,
}

fn corpus() -> PathBuf {
    let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../../shared");
    std::env::var_os("TAILORBIRD_SHARED").map_or_else(beside, PathBuf::from).join("corpus")
}

/// All pairs; `None`, and a word on it, where the shared folder is absent.
#[expect(clippy::print_stdout, reason = "a test that is skipped says so")]
pub(crate) fn pairs() -> Option<Vec<Pair>> {
    if !corpus().is_dir() {
        assert!(
            std::env::var_os("TAILORBIRD_REQUIRE_SHARED").is_none(),
            "no shared folder at {}",
            corpus().display()
        );
        println!("skipped: no ../shared beside the project");
        return None;
    }
    let pairs = json(&corpus().join("pairs.json"));
    let pair = |pair: &Value| {
        let posting = text(&pair["posting"]);
        let truth = json(&corpus().join("postings").join(format!("{posting}.truth.json")));
        Pair {
            resume: text(&pair["resume"]),
            fit: text(&pair["fit"]),
            met: texts(&pair["met"]),
            missing: texts(&pair["missing"]),
            must: texts(&truth["must"]),
            nice: texts(&truth["nice"]),
            keywords: texts(&truth["keywords"]),
            posting,
        }
    };
    Some(pairs.as_array().into_iter().flatten().map(pair).collect())
}

/// A person's resume as its truth says it.
pub(crate) fn resume(name: &str) -> Resume {
    let truth = json(&corpus().join("people").join(name).join("resume.json"));
    let mut blocks: Vec<Block> = Vec::new();
    let mut push = |kind: BlockKind, section: Option<(&str, SectionKind)>, text: &str| {
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        if !text.is_empty() {
            blocks.push(Block {
                id: BlockId::nth(blocks.len() + 1),
                kind,
                section: section.map(|(heading, _)| heading.to_owned()),
                section_kind: section.map(|(_, kind)| kind),
                text,
                origin: Origin::Nowhere,
            });
        }
    };
    push(BlockKind::Name, None, &text(&truth["name"]));
    push(BlockKind::Paragraph, None, &text(&truth["headline"]));
    for contact in texts(&truth["contacts"]) {
        push(BlockKind::Contact, None, &contact);
    }
    for section in truth["sections"].as_array().into_iter().flatten() {
        let heading = text(&section["heading"]);
        let kind = serde_json::from_value(section["kind"].clone()).unwrap_or(SectionKind::Other);
        let here = Some((heading.as_str(), kind));
        push(BlockKind::SectionHeading, here, &heading);
        let line = match kind {
            SectionKind::Skills => BlockKind::SkillsLine,
            SectionKind::Summary => BlockKind::Paragraph,
            _ => BlockKind::Bullet,
        };
        for one in texts(&section["lines"]) {
            push(line, here, &one);
        }
        for entry in section["entries"].as_array().into_iter().flatten() {
            let parts = ["title", "organisation", "location", "dates"].map(|part| text(&entry[part]));
            let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
            push(BlockKind::EntryHeading, here, &parts.join(" · "));
            for one in texts(&entry["lines"]) {
                push(BlockKind::Bullet, here, &one);
            }
        }
    }
    let language = truth["language"][0].as_str().map(str::to_owned);
    Resume { blocks, language, warnings: Vec::new() }
}

/// A posting, as the reader of files reads it.
pub(crate) fn posting(name: &str) -> Option<Posting> {
    let file = ["txt", "md", "html", "pdf", "docx"].iter().find_map(|ending| {
        let file = format!("{name}.{ending}");
        std::fs::read(corpus().join("postings").join(&file)).ok().map(|bytes| (bytes, file))
    });
    let (bytes, file) = file?;
    Some(formats::read_posting(&bytes, Some(&file)).unwrap_or_else(|error| panic!("{file}: {error}")))
}

/// A block. Its section is named after what it is about.
pub(crate) fn block(number: usize, kind: BlockKind, section: Option<SectionKind>, text: &str) -> Block {
    Block {
        id: BlockId::nth(number),
        kind,
        section: section.map(|section| format!("{section:?}")),
        section_kind: section,
        text: text.to_owned(),
        origin: Origin::Nowhere,
    }
}

fn json(path: &Path) -> Value {
    let text = std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    serde_json::from_str(&text).expect("JSON")
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn texts(value: &Value) -> Vec<String> {
    value.as_array().into_iter().flatten().map(text).collect()
}

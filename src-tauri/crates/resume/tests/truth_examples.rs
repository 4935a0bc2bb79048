//! How the truth check does on the shared labelled edits. Prints figures; asserts only a floor.

use std::path::PathBuf;

use resume::truth::{self, Standing};
use resume::{Block, BlockId, BlockKind, Origin, Resume};
use serde_json::Value;

#[test]
fn most_lies_are_found_and_most_honest_lines_pass() {
    let shared = std::env::var_os("TAILORBIRD_SHARED")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../../shared"), PathBuf::from);
    let Ok(examples) = std::fs::read_to_string(shared.join("truth/examples.jsonl")) else {
        assert!(std::env::var_os("TAILORBIRD_REQUIRE_SHARED").is_none(), "no shared labelled edits");
        eprintln!("skipped: no ../shared beside the project");
        return;
    };
    let (mut lies, mut found, mut met) = (0, 0, 0);
    let (mut honest, mut accused, mut doubted) = (0, 0, 0);
    for line in examples.lines().filter(|line| !line.trim().is_empty()) {
        let example: Value = serde_json::from_str(line).expect("a JSON object a line");
        let text = |name: &str| example[name].as_str().unwrap_or_default();
        let evidence = example["evidence"].as_array().expect("a list of lines");
        let resume = resume(evidence.iter().filter_map(Value::as_str));
        let findings = truth::check_text(&resume, &resume.blocks.iter().collect::<Vec<_>>(), text("edited"));
        for finding in &findings {
            assert_eq!(finding.claim, text("edited")[finding.range()]);
        }
        let standing = truth::standing(&findings);
        let told = || {
            let told: Vec<_> =
                findings.iter().map(|f| format!("{:?} {:?} {:?}", f.standing, f.kind, f.claim)).collect();
            eprintln!(
                "{} {} {}\n    {}\n    {}",
                text("id"),
                text("label"),
                text("category"),
                text("edited"),
                told.join("; ")
            );
        };
        if text("label") == "unsupported" {
            lies += 1;
            let lie = text("edited").find(text("lie")).map(|start| start..start + text("lie").len());
            let hit = findings
                .iter()
                .any(|f| lie.as_ref().is_some_and(|lie| f.start < lie.end && lie.start < f.end));
            met += u32::from(hit);
            if standing == Standing::Supported || !hit {
                told();
            }
            found += u32::from(standing != Standing::Supported);
        } else {
            honest += 1;
            accused += u32::from(standing == Standing::Unsupported);
            doubted += u32::from(standing == Standing::NeedsReview);
            if standing != Standing::Supported {
                told();
            }
        }
    }
    eprintln!("lies: {found} of {lies} flagged, {met} at the very words");
    eprintln!("honest lines: {accused} of {honest} called unsupported, {doubted} more for the user's eye");
    assert!(found * 10 >= lies * 7, "fewer than 70 % of the lies are found");
    assert!(accused * 10 <= honest, "more than 10 % of the honest lines are called unsupported");
}

fn resume<'t>(lines: impl Iterator<Item = &'t str>) -> Resume {
    let block = |(n, text): (usize, &str)| Block {
        id: BlockId::nth(n + 1),
        kind: BlockKind::Bullet,
        section: None,
        section_kind: None,
        text: text.to_owned(),
        origin: Origin::Nowhere,
    };
    Resume { blocks: lines.enumerate().map(block).collect(), language: None, warnings: Vec::new() }
}

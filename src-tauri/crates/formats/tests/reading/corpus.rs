//! Every resume of the shared set against what it says, measured as the benchmark `read` does.

use bench_read::{Measure, Share, measure, people};
use formats::read_resume;

use crate::truth::corpus;

/// The least that must be found in one file: words, words read, blocks.
fn floors(path: &str, layout: &str) -> (f64, f64, f64) {
    let columns = matches!(layout, "two-column" | "sidebar");
    match path.rsplit('.').next() {
        // A JSON Resume has no place for much of what the people wrote.
        Some("json") => (0.97, 0.0, 0.7),
        Some("pdf") if columns => (0.98, 0.98, 0.9),
        _ => (0.98, 0.98, 0.85),
    }
}

#[test]
fn the_shared_resumes_are_read_whole() {
    let Some(corpus) = corpus() else { return };
    let people = people(&corpus).expect("the shared set is complete");
    let mut failures = Vec::new();
    let mut all = Measure::default();
    let mut read = 0;
    for person in &people {
        for file in &person.files {
            let path = &file.name;
            let bytes = std::fs::read(&file.path).expect("the shared set is complete");
            let reading = match read_resume(&bytes, Some(path)) {
                Ok(reading) => reading,
                Err(error) => {
                    failures.push(format!("{path}: {error}"));
                    continue;
                }
            };
            read += 1;
            let found = measure(&person.truth, &reading.resume, &reading.outline, file.json_resume);
            let (recall, precision, blocks) = floors(path, &file.layout);
            if found.recall.value() < recall
                || found.precision.value() < precision
                || found.blocks.value() < blocks
            {
                failures.push(format!("{path}: below its floors: {:#?}", found.misses));
            }
            if found.private.value() < 1.0 {
                failures.push(format!("{path}: contact data not held back"));
            }
            let blocks = &reading.resume.blocks;
            let ids = blocks.iter().enumerate().all(|(at, block)| block.id == resume::BlockId::nth(at + 1));
            assert!(ids, "{path}: ids in reading order");
            assert_eq!(reading.confidence.blocks.len(), blocks.len(), "{path}");
            let known = reading.doubts.iter().all(|doubt| reading.resume.block(&doubt.block).is_some());
            assert!(known && reading.doubts.iter().all(|doubt| doubt.answers.len() == 2), "{path}: doubts");
            for link in &reading.links {
                let text = &reading.resume.block(&link.block).expect("links stand in blocks").text;
                assert!(text.contains(&link.text), "{path}: {} in {text}", link.text);
            }
            if !file.json_resume {
                all.add(&found);
            }
        }
    }
    assert!(read >= 45, "only {read} files read");
    assert!(failures.is_empty(), "{failures:#?}");
    let least: [(&str, Share, f64); 6] = [
        ("words", all.recall, 0.995),
        ("words read", all.precision, 0.99),
        ("blocks", all.blocks, 0.95),
        ("blocks read right", all.blocks_read, 0.95),
        ("entries", all.entries, 0.9),
        ("order", all.order, 0.98),
    ];
    for (what, share, least) in least {
        println!("{what}: {} of {}", share.right, share.all);
        assert!(share.value() >= least, "{what}: {} of {}", share.right, share.all);
    }
}

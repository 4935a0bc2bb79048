//! Every resume of the shared set that is read today, against what it says.

use formats::read_resume;

use crate::measure::measure;
use crate::truth::{corpus, json, truth};

/// The least that must be found: whole lines, headings, words.
fn floors(layout: &str) -> (f64, f64, f64) {
    match layout {
        "one-column" => (0.95, 0.95, 0.99),
        _ => (0.85, 0.85, 0.97),
    }
}

#[test]
fn the_shared_resumes_are_read_whole() {
    let Some(corpus) = corpus() else { return };
    let index = json(&corpus.join("index.json"));
    let mut failures = Vec::new();
    let mut read = 0;
    println!("{:60} lines  heads  words  extra  name  contact titles blocks", "file");
    for person in index["people"].as_array().into_iter().flatten() {
        let truth = truth(&corpus.join(person["truth"].as_str().unwrap_or_default()));
        let language = person["language"][0].as_str();
        for file in person["files"].as_array().into_iter().flatten() {
            let path = file["file"].as_str().unwrap_or_default();
            if !["pdf", "docx", "md", "txt"].iter().any(|ending| path.ends_with(ending)) {
                continue;
            }
            let bytes = std::fs::read(corpus.join(path)).expect("the shared set is complete");
            let resume = match read_resume(&bytes, Some(path)) {
                Ok(reading) => reading.resume,
                Err(error) => {
                    failures.push(format!("{path}: {error}"));
                    continue;
                }
            };
            read += 1;
            let found = measure(&truth, &resume);
            println!(
                "{path:60} {:5.3}  {:5.3}  {:5.3}  {:5.3}  {:5} {:5.3}  {:5.3}  {}",
                found.whole_lines,
                found.headings,
                found.words,
                found.extra,
                found.name,
                found.contacts,
                found.titles,
                resume.blocks.len()
            );
            if std::env::var_os("FORMATS_MISSES").is_some() {
                for miss in &found.misses {
                    println!("    {miss}");
                }
            }
            if std::env::var("FORMATS_BLOCKS").is_ok_and(|part| path.contains(&part)) {
                for block in &resume.blocks {
                    println!("    {:14} {}", format!("{:?}", block.kind), block.text);
                }
            }
            let (lines, heads, words) = floors(file["layout"].as_str().unwrap_or_default());
            if found.whole_lines < lines || found.headings < heads || found.words < words {
                failures.push(format!("{path}: below the floors of its layout"));
            }
            if !found.name || found.contacts < 1.0 {
                failures.push(format!("{path}: name or contact data not held back"));
            }
            if resume.language.as_deref() != language {
                failures.push(format!("{path}: language {:?}", resume.language));
            }
            let ids =
                resume.blocks.iter().enumerate().all(|(at, block)| block.id == resume::BlockId::nth(at + 1));
            assert!(ids, "{path}: ids in reading order");
        }
    }
    assert!(read >= 28, "only {read} files read");
    assert!(failures.is_empty(), "{failures:#?}");
}

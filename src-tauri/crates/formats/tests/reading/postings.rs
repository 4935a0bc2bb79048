//! The shared postings against what they ask for.

use formats::read_posting;

use crate::truth::{corpus, json, plain, strings};

#[test]
fn the_shared_postings_are_read_whole() {
    let Some(corpus) = corpus() else { return };
    let index = json(&corpus.join("index.json"));
    let mut failures = Vec::new();
    let (mut titles, mut employers, mut places, mut all) = (0, 0, 0, 0);
    for entry in index["postings"].as_array().into_iter().flatten() {
        let path = entry["file"].as_str().unwrap_or_default();
        let truth = json(&corpus.join(entry["truth"].as_str().unwrap_or_default()));
        let bytes = std::fs::read(corpus.join(path)).expect("the shared set is complete");
        let posting = match read_posting(&bytes, Some(path)) {
            Ok(posting) => posting,
            Err(error) => {
                failures.push(format!("{path}: {error}"));
                continue;
            }
        };
        all += 1;
        let text = plain(&posting.text).to_lowercase();
        for wanted in ["must", "nice"].iter().flat_map(|of| strings(&truth[*of])) {
            if !text.contains(&plain(&wanted).to_lowercase()) {
                failures.push(format!("{path}: not in the text: {wanted}"));
            }
        }
        let same =
            |found: &Option<String>, of: &str| found.as_deref().map(plain) == truth[of].as_str().map(plain);
        let right = (
            same(&posting.title, "title"),
            same(&posting.employer, "employer"),
            same(&posting.location, "location"),
        );
        titles += usize::from(right.0);
        employers += usize::from(right.1);
        places += usize::from(right.2);
        println!(
            "{path:55} {right:?}\n    {:?}\n    {:?}\n    {:?} {:?}",
            posting.title, posting.employer, posting.location, posting.language
        );
        if posting.language.as_deref() != entry["language"].as_str() {
            failures.push(format!("{path}: language {:?}", posting.language));
        }
        if std::env::var_os("FORMATS_TEXTS").is_some() {
            println!("{}\n-----", posting.text);
        }
    }
    println!("titles {titles}, employers {employers}, places {places} of {all}");
    assert!(titles * 100 >= all * 95, "titles: {titles} of {all}");
    assert!(employers * 100 >= all * 95, "employers: {employers} of {all}");
    assert!(places * 100 >= all * 90, "places: {places} of {all}");
    assert!(failures.is_empty(), "{failures:#?}");
}

#[test]
fn what_a_reader_does_not_see_is_not_in_the_text() {
    let Some(corpus) = corpus() else { return };
    let manifest = json(&corpus.join("postings/manifest.json"));
    for planted in manifest["injections"].as_array().into_iter().flatten() {
        if planted["kind"] == "visible text" {
            continue;
        }
        let file = planted["file"].as_str().unwrap_or_default();
        let bytes = std::fs::read(corpus.join("postings").join(file)).expect("the shared set is complete");
        let posting = read_posting(&bytes, Some(file)).expect("it is a good file");
        let text = plain(&posting.text);
        assert!(!text.contains(&plain(planted["text"].as_str().unwrap_or_default())), "{file}");
        assert!(!text.contains("Ignorepreviousinstructions"), "{file}");
    }
}

//! `tailorbird check` on whole documents: planted lies are found, an honest edit of the same length is not accused, in
//! every format.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::terminal::{root, shared, tailorbird};

/// Lines of the sample, each with an honest new wording and a lie of about the same length, and the lie's own words.
const LINES: &[(&str, &str, &str, &str)] = &[
    (
        "Run a support desk of six people for an accounting product with about 9,000 small businesses.",
        "Run a six-person support desk for an accounting product with some 9,000 small businesses.",
        "Run a sixteen-person support desk for an accounting product with some 9,000 small businesses.",
        "sixteen",
    ),
    (
        "Moved the desk from a shared mailbox to Zendesk in ten weeks, without losing an open ticket.",
        "In 10 weeks moved the desk from a shared mailbox to Zendesk, losing no open ticket.",
        "In 10 weeks moved the desk from Freshdesk to Zendesk, losing no open ticket.",
        "Freshdesk",
    ),
    (
        "Median first reply went from 7 hours to 50 minutes; CSAT rose from 81% to 93%.",
        "Median first reply fell from seven hours to 50 minutes, and CSAT was up from 81% to 93%.",
        "Median first reply fell from seven hours to 15 minutes, and CSAT was up from 81% to 93%.",
        "15 minutes",
    ),
    (
        "Wrote SQL queries for the product team to find accounts hit by a billing fault.",
        "Wrote queries in SQL with which the product team found accounts hit by a billing fault.",
        "Led the product team and wrote queries in SQL to find accounts hit by a billing fault.",
        "Led the product team",
    ),
    (
        "Trained eleven new starters and wrote the handbook that they still get.",
        "Trained 11 new starters and wrote the handbook that they get to this day.",
        "Trained 11 new starters and won the Fennimore prize for the handbook.",
        "won the Fennimore prize",
    ),
    (
        "University of Harrowgate — 2013 – 2016",
        "University of Harrowgate, 2013–2016",
        "University of Oxford, 2013–2016",
        "Oxford",
    ),
];

/// The sample with its lines in one of their new wordings.
fn sample(
    wording: impl Fn(&(&'static str, &'static str, &'static str, &'static str)) -> &'static str,
) -> String {
    let mut text = fs::read_to_string(root().join("samples/resume.md")).expect("the sample");
    for line in LINES {
        assert!(text.contains(line.0), "the sample has changed: {}", line.0);
        text = text.replace(line.0, wording(line));
    }
    text
}

/// The findings of one file against another, and the exit code.
fn check(original: &Path, edited: &Path) -> (Vec<Value>, i32) {
    let done = tailorbird([
        "check".as_ref(),
        "--original".as_ref(),
        original.as_os_str(),
        "--edited".as_ref(),
        edited.as_os_str(),
        "--json".as_ref(),
    ]);
    assert!(done.code <= 1, "{}", done.stderr);
    (done.json()["findings"].as_array().expect("findings").clone(), done.code)
}

/// The same document in four formats.
fn in_all_formats(folder: &Path, name: &str, markdown: &str) -> Vec<PathBuf> {
    let first = folder.join(format!("{name}.md"));
    fs::write(&first, markdown).expect("a file");
    let mut files = vec![first.clone()];
    for ending in ["txt", "docx", "pdf"] {
        let file = folder.join(format!("{name}.{ending}"));
        tailorbird(["export".as_ref(), first.as_os_str(), "-o".as_ref(), file.as_os_str()]).expect_code(0);
        files.push(file);
    }
    files
}

fn claims(findings: &[Value]) -> Vec<&str> {
    findings.iter().filter_map(|finding| finding["claim"].as_str()).collect()
}

#[test]
fn an_honest_edit_of_a_whole_resume_is_not_accused_in_any_format() {
    let folder = tempfile::tempdir().expect("a folder");
    let originals = in_all_formats(folder.path(), "original", &sample(|line| line.0));
    let honest = in_all_formats(folder.path(), "honest", &sample(|line| line.1));
    for original in &originals {
        for edited in honest.iter().chain(&originals) {
            let (findings, code) = check(original, edited);
            assert_eq!((claims(&findings), code), (vec![], 0), "{} {}", original.display(), edited.display());
        }
    }
}

#[test]
fn each_lie_planted_in_a_whole_resume_is_found_in_any_format() {
    let folder = tempfile::tempdir().expect("a folder");
    let original = folder.path().join("original.md");
    fs::write(&original, sample(|line| line.0)).expect("a file");
    for edited in in_all_formats(folder.path(), "lying", &sample(|line| line.2)) {
        let (findings, code) = check(&original, &edited);
        assert_eq!(code, 1, "{}", edited.display());
        for (_, _, _, lie) in LINES {
            let found = findings.iter().any(|finding| meets(finding, lie));
            assert!(found, "{}: {lie:?} is not found: {:?}", edited.display(), claims(&findings));
        }
        // Each line has one lie; nothing else is accused.
        for finding in &findings {
            let known = LINES.iter().any(|line| meets(finding, line.3));
            assert!(known, "{}: {finding}", edited.display());
        }
    }
}

/// Whether a finding's range shares letters with these words of its line.
fn meets(finding: &Value, words: &str) -> bool {
    let line = finding["line"].as_str().expect("the line");
    let at = |key: &str| usize::try_from(finding[key].as_u64().expect("an offset")).expect("small");
    line.find(words).is_some_and(|start| at("start") < start + words.len() && start < at("end"))
}

#[test]
fn one_lie_alone_is_found_and_the_other_lines_stay_clean() {
    let folder = tempfile::tempdir().expect("a folder");
    let (original, edited) = (folder.path().join("original.md"), folder.path().join("edited.md"));
    fs::write(&original, sample(|line| line.0)).expect("a file");
    for (at, planted) in LINES.iter().enumerate() {
        let text = sample(|line| if line.0 == LINES[at].0 { line.2 } else { line.1 });
        fs::write(&edited, text).expect("a file");
        let (findings, _) = check(&original, &edited);
        assert!(!findings.is_empty(), "{} is not found", planted.3);
        assert!(findings.iter().all(|finding| meets(finding, planted.3)), "{}: {findings:?}", planted.3);
    }
}

/// The text file of each person of the corpus.
fn people(shared: &Path) -> Vec<PathBuf> {
    let folders = fs::read_dir(shared.join("corpus/people")).expect("people").flatten();
    let mut files: Vec<PathBuf> = folders
        .flat_map(|folder| ["md", "txt"].map(|ending| folder.path().join(format!("resume.{ending}"))))
        .filter(|file| file.is_file() && fs::read_to_string(file).is_ok())
        .collect();
    files.sort();
    files.dedup_by_key(|file| file.parent().map(Path::to_path_buf));
    files
}

/// A line that is one item of a list.
fn is_item(line: &str) -> bool {
    let line = line.trim_start();
    ["- ", "* ", "• ", "– ", "— ", "▪ ", "· "].iter().any(|sign| line.starts_with(sign))
}

/// The first whole number of two digits or more of a line that is no year: where it stands.
fn number_in(line: &str) -> Option<(usize, usize)> {
    let mut start = None;
    for (at, c) in line.char_indices().chain([(line.len(), ' ')]) {
        match (c.is_ascii_digit(), start) {
            (true, None) => start = Some(at),
            (false, Some(first)) => {
                let around = |c: Option<char>| c.is_none_or(|c| c == ' ' || c == '%');
                let whole = around(line[..first].chars().next_back()) && around(line[at..].chars().next());
                if whole && (2..=3).contains(&(at - first)) && !line[first..at].starts_with('0') {
                    return Some((first, at));
                }
                start = None;
            }
            _ => {}
        }
    }
    None
}

#[test]
fn lies_planted_in_the_resumes_of_the_corpus_are_found_and_a_new_order_is_not_accused() {
    let Some(shared) = shared() else { return };
    let people = people(&shared);
    assert!(people.len() >= 5, "{people:?}");
    let folder = tempfile::tempdir().expect("a folder");
    let (mut planted, mut unsupported) = (0, 0);
    for original in people {
        let text = fs::read_to_string(&original).expect("text");
        let ending = original.extension().expect("an ending").to_owned();
        let edited = folder.path().join("edited").with_extension(ending);
        let lines: Vec<&str> = text.lines().collect();

        // Two items that follow each other change places; the last item of the document is left out.
        let mut honest = lines.clone();
        if let Some(at) = (1..honest.len()).find(|at| is_item(honest[at - 1]) && is_item(honest[*at])) {
            let alone =
                |at: usize| honest.get(at + 1).is_none_or(|next| is_item(next) || next.trim().is_empty());
            if alone(at) {
                honest.swap(at - 1, at);
            }
        }
        fs::write(&edited, honest.join("\n")).expect("a file");
        let (findings, code) = check(&original, &edited);
        assert_eq!((claims(&findings), code), (vec![], 0), "{}", original.display());

        // A name from nowhere at the end of an item that is one line long.
        let whole = |at: &usize| lines.get(at + 1).is_none_or(|next| is_item(next) || next.trim().is_empty());
        let items = (0..lines.len()).filter(|at| is_item(lines[*at])).filter(whole);
        for at in items.take(3) {
            let told = format!("{}, with Quorvane Systems", lines[at].trim_end_matches(['.', ' ']));
            let mut lying = lines.clone();
            lying[at] = &told;
            fs::write(&edited, lying.join("\n")).expect("a file");
            let (findings, code) = check(&original, &edited);
            assert!(claims(&findings).iter().any(|claim| claim.contains("Quorvane")), "{told}: {findings:?}");
            assert_eq!(code, 1, "{told}");
            planted += 1;
            unsupported += 1;
        }

        for (at, line) in lines.iter().enumerate().filter(|(_, line)| is_item(line)) {
            let Some((start, end)) = number_in(line) else { continue };
            let number: u32 = line[start..end].parse().expect("a number");
            let lie = (number + 23).to_string();
            if text.contains(&lie) {
                continue;
            }
            let mut lying = lines.clone();
            let told = format!("{}{lie}{}", &line[..start], &line[end..]);
            lying[at] = &told;
            fs::write(&edited, lying.join("\n")).expect("a file");
            let (findings, code) = check(&original, &edited);
            assert!(
                claims(&findings).iter().any(|claim| claim.contains(&lie)),
                "{told}: {:?}",
                claims(&findings)
            );
            planted += 1;
            unsupported += code;
        }
    }
    assert!(planted >= 20, "{planted} lies planted");
    // A number that another line of the resume does hold is shown to the user's eye.
    assert!(unsupported * 10 >= planted * 8, "{unsupported} of {planted} lies are called unsupported");
    println!("{planted} lies planted in the corpus, all found, {unsupported} called unsupported");
}

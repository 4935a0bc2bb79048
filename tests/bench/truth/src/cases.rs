//! Labelled edits, one JSON object a line.

use std::ops::Range;
use std::path::{Path, PathBuf};

use serde::Deserialize;

/// One proposed line with what the resume says, and whether it is true to it.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Case {
    #[serde(default)]
    pub(crate) id: String,
    /// `en`, `de`, …; told by the little words of the text where it is not given.
    #[serde(default)]
    language: Option<String>,
    /// What the resume says, a block each.
    pub(crate) evidence: Vec<String>,
    /// The proposed line.
    pub(crate) edited: String,
    pub(crate) label: Label,
    #[serde(default = "other")]
    pub(crate) category: String,
    /// The words without support; for a lie only.
    #[serde(default)]
    pub(crate) lie: Option<String>,
}

/// What people say of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Label {
    Supported,
    Unsupported,
}

fn other() -> String {
    "other".to_owned()
}

/// Little words that only one of the four languages uses often.
const LITTLE: &[(&str, &[&str])] = &[
    ("en", &["the", "and", "of", "with", "for", "in", "at", "to", "from", "on", "by", "an", "as"]),
    (
        "de",
        &["der", "die", "das", "und", "mit", "bei", "im", "von", "für", "als", "zur", "zum", "den", "bis"],
    ),
    ("fr", &["le", "les", "des", "et", "du", "au", "aux", "dans", "pour", "une", "sur", "par", "la", "chez"]),
    ("es", &["el", "los", "las", "y", "del", "al", "con", "para", "una", "por", "la", "en", "desde", "como"]),
];

impl Case {
    /// Where the lie stands in the edited line, in bytes. None for an honest line.
    pub(crate) fn lie_range(&self) -> Option<Range<usize>> {
        let lie = self.lie.as_deref()?;
        self.edited.find(lie).map(|start| start..start + lie.len())
    }

    /// `en`, `de`, `fr`, `es`; English where nothing tells.
    pub(crate) fn language(&self) -> String {
        if let Some(language) = &self.language {
            return language.clone();
        }
        let all = format!("{} {}", self.evidence.join(" "), self.edited).to_lowercase();
        let words: Vec<&str> = all.split(|c: char| !c.is_alphabetic()).filter(|w| !w.is_empty()).collect();
        let count = |little: &[&str]| words.iter().filter(|word| little.contains(word)).count();
        let mut best = ("en", count(LITTLE[0].1));
        for (language, little) in &LITTLE[1..] {
            if count(little) > best.1 {
                best = (language, count(little));
            }
        }
        best.0.to_owned()
    }
}

/// The labelled edits of a file; empty lines are passed over.
pub(crate) fn read(file: &Path) -> Result<Vec<Case>, String> {
    let text = std::fs::read_to_string(file)
        .map_err(|error| format!("{} could not be read: {error}", file.display()))?;
    parse(&text).map_err(|problem| format!("{}, {problem}", file.display()))
}

fn parse(text: &str) -> Result<Vec<Case>, String> {
    let mut cases = Vec::new();
    for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let number = number + 1;
        let mut case: Case = serde_json::from_str(line)
            .map_err(|error| format!("line {number} is not a labelled edit: {error}"))?;
        if case.id.is_empty() {
            case.id = format!("line {number}");
        }
        if case.label == Label::Unsupported && case.lie_range().is_none() {
            return Err(format!("line {number} is a lie, but its `lie` does not stand in `edited`"));
        }
        cases.push(case);
    }
    if cases.is_empty() { Err("there is no labelled edit in it".to_owned()) } else { Ok(cases) }
}

/// The root of the workspace.
pub(crate) fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../..")
}

/// The folder with the shared material.
pub(crate) fn shared() -> PathBuf {
    std::env::var_os("TAILORBIRD_SHARED").map_or_else(|| root().join("../shared"), PathBuf::from)
}

/// The files of our own set, by name.
pub(crate) fn own() -> Result<Vec<PathBuf>, String> {
    let folder = root().join("tests/truth");
    let entries = std::fs::read_dir(&folder)
        .map_err(|error| format!("{} could not be read: {error}", folder.display()))?;
    let mut files: Vec<PathBuf> = entries.filter_map(Result::ok).map(|entry| entry.path()).collect();
    files.retain(|file| file.extension().is_some_and(|extension| extension == "jsonl"));
    files.sort();
    Ok(files)
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, HashSet};

    use super::*;

    fn all_own() -> Vec<Case> {
        own().expect("tests/truth").iter().flat_map(|file| read(file).expect("labelled edits")).collect()
    }

    #[test]
    fn our_own_set_is_large_balanced_and_without_doubles() {
        let cases = all_own();
        assert!(cases.len() >= 300, "{} cases", cases.len());
        let lies = cases.iter().filter(|case| case.label == Label::Unsupported).count();
        assert!((2..=3).contains(&(lies * 5 / cases.len())), "{lies} lies of {}", cases.len());
        let mut languages = BTreeMap::<String, usize>::new();
        let mut seen = HashSet::new();
        for case in &cases {
            *languages.entry(case.language()).or_default() += 1;
            assert!(seen.insert((case.evidence.clone(), case.edited.clone())), "{} twice", case.id);
            assert!(!case.evidence.contains(&case.edited), "{} changes nothing", case.id);
            assert_eq!(case.lie.is_some(), case.label == Label::Unsupported, "{}", case.id);
        }
        for language in ["en", "de", "fr", "es"] {
            assert!(languages[language] >= 30, "{language}: {languages:?}");
        }
    }

    #[test]
    fn a_language_that_is_not_named_is_told_by_little_words() {
        let case = |text: &str| Case {
            id: String::new(),
            language: None,
            evidence: vec![text.to_owned()],
            edited: text.to_owned(),
            label: Label::Supported,
            category: other(),
            lie: None,
        };
        assert_eq!(case("Stocked shelves at the depot").language(), "en");
        assert_eq!(case("Leitung der Schicht mit acht Leuten").language(), "de");
        assert_eq!(case("Tenue de la caisse et du rayon frais").language(), "fr");
        assert_eq!(case("Encargado del almacén y de los pedidos").language(), "es");
    }

    #[test]
    fn a_line_that_is_no_labelled_edit_is_told_by_its_number() {
        let told = parse("\n{\"evidence\": []}\n").expect_err("no edit");
        assert!(told.starts_with("line 2 is not a labelled edit"), "{told}");
        let stray =
            r#"{"evidence":["Drove a van"],"edited":"Drove a lorry","label":"unsupported","lie":"bus"}"#;
        assert!(parse(stray).expect_err("stray").contains("does not stand in `edited`"));
        assert!(parse("\n\n").is_err());
    }
}

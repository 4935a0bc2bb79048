//! Where the postings are, and what they say.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

/// A posting and its truth.
pub(crate) struct Case {
    pub(crate) name: String,
    pub(crate) file: PathBuf,
    pub(crate) truth: Value,
    /// It is known to give instructions to AI tools.
    pub(crate) speaks_to_ai: bool,
    /// Texts of it that nobody sees.
    pub(crate) hidden: Vec<String>,
}

/// The set of this package, and the shared one where it is there.
pub(crate) fn default_folders() -> Vec<PathBuf> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let shared = std::env::var_os("TAILORBIRD_SHARED")
        .map_or_else(|| here.join("../../../../shared"), PathBuf::from)
        .join("corpus");
    let mut folders = vec![here.join("set")];
    folders.extend(shared.is_dir().then_some(shared));
    folders
}

/// The postings of a folder.
pub(crate) fn cases(folder: &Path) -> Result<Vec<Case>, String> {
    let within = folder.join("postings");
    let postings = if within.is_dir() { within } else { folder.to_owned() };
    let told = |what: &str| format!("{}: {what}", postings.display());
    let mut files: Vec<PathBuf> = fs::read_dir(&postings)
        .map_err(|_| told("there is no such folder. Name one that holds postings/NAME.truth.json."))?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .collect();
    files.sort();
    let manifest = json(&postings.join("manifest.json")).unwrap_or_default();
    let planted: Vec<&Value> = manifest["injections"].as_array().into_iter().flatten().collect();
    let mut cases = Vec::new();
    for truth in &files {
        let Some(name) = truth.file_name().and_then(|name| name.to_str()?.strip_suffix(".truth.json")) else {
            continue;
        };
        let file =
            files.iter().find(|file| *file != truth && file.file_stem().is_some_and(|stem| stem == name));
        let Some(file) = file else {
            return Err(told(&format!("there is no posting beside {name}.truth.json.")));
        };
        let truth = json(truth).ok_or_else(|| told(&format!("{name}.truth.json is no JSON.")))?;
        let own = planted.iter().filter(|one| one["posting"] == name);
        cases.push(Case {
            name: name.to_owned(),
            file: file.clone(),
            speaks_to_ai: own.clone().next().is_some() || truth["instructions"] == true,
            hidden: own
                .filter(|one| one["kind"] != "visible text")
                .filter_map(|one| one["text"].as_str().map(str::to_owned))
                .collect(),
            truth,
        });
    }
    if cases.is_empty() { Err(told("there is no NAME.truth.json in it.")) } else { Ok(cases) }
}

fn json(file: &Path) -> Option<Value> {
    serde_json::from_str(&fs::read_to_string(file).ok()?).ok()
}

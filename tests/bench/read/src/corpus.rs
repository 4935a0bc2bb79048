//! A folder with resumes and what they say.

use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::Truth;

/// A person of the folder.
#[derive(Clone, Debug)]
pub struct Person {
    /// Name of the person's folder.
    pub id: String,
    /// What the resume says.
    pub truth: Truth,
    /// The files made from it.
    pub files: Vec<File>,
}

/// A file of a person.
#[derive(Clone, Debug)]
pub struct File {
    /// Where it is.
    pub path: PathBuf,
    /// Its name below the folder.
    pub name: String,
    /// `one-column`, `two-column`, `sidebar`, `table`, `none`; empty where nobody says so.
    pub layout: String,
    /// It is a JSON Resume, which has no place for headings and dates as written.
    pub json_resume: bool,
}

/// The people of a folder: by its `index.json`, or, where there is none, all files of `people/NAME/`.
///
/// # Errors
///
/// A sentence that says what is missing.
pub fn people(folder: &Path) -> Result<Vec<Person>, String> {
    let index = folder.join("index.json");
    if !index.is_file() {
        return by_folder(folder);
    }
    let text = std::fs::read_to_string(&index)
        .map_err(|error| format!("{} could not be read ({error})", index.display()))?;
    let index: Value =
        serde_json::from_str(&text).map_err(|error| format!("{} is no JSON ({error})", index.display()))?;
    let mut people = Vec::new();
    for person in index["people"].as_array().into_iter().flatten() {
        let id = person["id"].as_str().unwrap_or_default().to_owned();
        let truth = match person["truth"].as_str() {
            Some(truth) => folder.join(truth),
            None => folder.join("people").join(&id).join("resume.json"),
        };
        let files = person["files"].as_array().into_iter().flatten().filter_map(|file| {
            let name = file["file"].as_str()?;
            Some(one(folder, name, file["layout"].as_str().unwrap_or_default()))
        });
        people.push(Person { id, truth: Truth::read(&truth)?, files: files.collect() });
    }
    Ok(people)
}

fn one(folder: &Path, name: &str, layout: &str) -> File {
    File {
        path: folder.join(name),
        name: name.to_owned(),
        layout: layout.to_owned(),
        json_resume: Path::new(name).extension().is_some_and(|ending| ending == "json"),
    }
}

fn by_folder(folder: &Path) -> Result<Vec<Person>, String> {
    let missing = || {
        format!(
            "{} has neither index.json nor a folder people/NAME with a resume.json that says what the files say",
            folder.display()
        )
    };
    let sorted = |path: &Path| -> Option<Vec<PathBuf>> {
        let mut paths: Vec<PathBuf> =
            std::fs::read_dir(path).ok()?.flatten().map(|entry| entry.path()).collect();
        paths.sort();
        Some(paths)
    };
    let mut people = Vec::new();
    for home in sorted(&folder.join("people")).ok_or_else(missing)? {
        let truth = home.join("resume.json");
        if !truth.is_file() {
            continue;
        }
        let id = home.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let files =
            sorted(&home).unwrap_or_default().into_iter().filter(|path| *path != truth && path.is_file());
        let files = files.map(|path| {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            one(folder, &format!("people/{id}/{name}"), "")
        });
        people.push(Person { files: files.collect(), truth: Truth::read(&truth)?, id });
    }
    if people.is_empty() { Err(missing()) } else { Ok(people) }
}

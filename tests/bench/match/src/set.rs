//! The people, the postings and the pairs of a folder.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use resume::{Posting, Resume};
use serde_json::Value;

/// How well a person fits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Fit {
    Weak,
    Partial,
    Strong,
}

/// A resume, a posting, and what is known of the two.
#[derive(Clone, Debug)]
pub(crate) struct Pair {
    pub(crate) resume: String,
    pub(crate) posting: String,
    pub(crate) fit: Option<Fit>,
    pub(crate) met: Vec<String>,
    pub(crate) missing: Vec<String>,
}

/// A folder, read.
pub(crate) struct Set {
    folder: PathBuf,
    pub(crate) pairs: Vec<Pair>,
    postings: BTreeMap<String, Posting>,
    /// The day on which everybody looks for work.
    pub(crate) today: SystemTime,
}

/// The shared set.
pub(crate) fn shared() -> Result<PathBuf, String> {
    let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../../shared");
    let folder = std::env::var_os("TAILORBIRD_SHARED").map_or_else(beside, PathBuf::from).join("corpus");
    if folder.is_dir() {
        Ok(folder)
    } else {
        Err("There is no ../shared/corpus beside the project. Name a folder that holds pairs.json."
            .to_owned())
    }
}

impl Set {
    pub(crate) fn read(folder: &Path, today: Option<SystemTime>) -> Result<Self, String> {
        let list = json(&folder.join("pairs.json"))?;
        let pairs: Vec<Pair> = list.as_array().into_iter().flatten().map(pair).collect();
        if pairs.is_empty() {
            return Err(format!("{}: there is no pair in it.", folder.join("pairs.json").display()));
        }
        let mut postings = BTreeMap::new();
        let mut posted: Option<String> = None;
        for file in files(&folder.join("postings"))? {
            let name = file.file_name().and_then(|name| name.to_str()).unwrap_or_default().to_owned();
            if name.to_ascii_lowercase().ends_with(".json") {
                continue;
            }
            let bytes = fs::read(&file).map_err(|error| format!("{}: {error}", file.display()))?;
            posted = posted.max(date_posted(&bytes));
            let posting =
                formats::read_posting(&bytes, Some(&name)).map_err(|error| format!("{name}: {error}"))?;
            postings.insert(stem(&file), posting);
        }
        let today = today.or_else(|| posted.and_then(|day| self::day(&day))).unwrap_or_else(SystemTime::now);
        Ok(Self { folder: folder.to_owned(), pairs, postings, today })
    }

    pub(crate) fn posting(&self, name: &str) -> Result<&Posting, String> {
        self.postings
            .get(name)
            .ok_or_else(|| format!("{}: there is no posting {name}.", self.folder.join("postings").display()))
    }

    /// The files of a person that can be read, by name.
    pub(crate) fn resumes(&self, person: &str) -> Result<Vec<(String, Resume)>, String> {
        let folder = self.folder.join("people").join(person);
        let mut read = Vec::new();
        for file in files(&folder)? {
            let name = file.file_name().and_then(|name| name.to_str()).unwrap_or_default().to_owned();
            // What the resume is known to say is no resume.
            if name == "resume.json" {
                continue;
            }
            let bytes = fs::read(&file).map_err(|error| format!("{}: {error}", file.display()))?;
            if let Ok(reading) = formats::read_resume(&bytes, Some(&name)) {
                read.push((format!("{person}/{name}"), reading.resume));
            }
        }
        if read.is_empty() {
            return Err(format!("{}: there is no file that can be read.", folder.display()));
        }
        Ok(read)
    }

    /// Everybody in the folder.
    pub(crate) fn people(&self) -> Vec<String> {
        let mut people: Vec<String> = self.pairs.iter().map(|pair| pair.resume.clone()).collect();
        people.sort();
        people.dedup();
        people
    }
}

fn pair(value: &Value) -> Pair {
    let text = |key: &str| value[key].as_str().unwrap_or_default().to_owned();
    let texts = |key: &str| -> Vec<String> {
        value[key].as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
    };
    Pair {
        resume: text("resume"),
        posting: text("posting"),
        fit: match value["fit"].as_str() {
            Some("strong") => Some(Fit::Strong),
            Some("partial") => Some(Fit::Partial),
            Some("weak") => Some(Fit::Weak),
            _ => None,
        },
        met: texts("met"),
        missing: texts("missing"),
    }
}

fn json(file: &Path) -> Result<Value, String> {
    let text = fs::read_to_string(file).map_err(|_| format!("{} is missing.", file.display()))?;
    serde_json::from_str(&text).map_err(|error| format!("{}: {error}", file.display()))
}

fn files(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let entries = fs::read_dir(folder).map_err(|_| format!("{} is missing.", folder.display()))?;
    let mut files: Vec<PathBuf> =
        entries.filter_map(|entry| Some(entry.ok()?.path())).filter(|file| file.is_file()).collect();
    files.sort();
    Ok(files)
}

fn stem(file: &Path) -> String {
    file.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default().to_owned()
}

/// The day on which a page says that it was posted.
fn date_posted(bytes: &[u8]) -> Option<String> {
    let text = String::from_utf8_lossy(bytes);
    let at = text.find("\"datePosted\"")? + "\"datePosted\"".len();
    let rest = text.get(at..)?.trim_start_matches([':', ' ', '"']);
    rest.get(..10).filter(|day| self::day(day).is_some()).map(str::to_owned)
}

/// Midnight of a day that is written as 2025-02-01.
pub(crate) fn day(written: &str) -> Option<SystemTime> {
    let mut parts = written.split('-').map(str::parse::<u64>);
    let (year, month, day) = (parts.next()?.ok()?, parts.next()?.ok()?, parts.next()?.ok()?);
    if !(1970..2200).contains(&year) || !(1..=12).contains(&month) || !(1..=31).contains(&day) {
        return None;
    }
    let leap = |year: u64| year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let days_of = |month: u64| match month {
        2 => 28 + u64::from(leap(year)),
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    };
    let days: u64 = (1970..year).map(|year| 365 + u64::from(leap(year))).sum::<u64>()
        + (1..month).map(days_of).sum::<u64>()
        + day
        - 1;
    Some(UNIX_EPOCH + Duration::from_hours(24 * days))
}

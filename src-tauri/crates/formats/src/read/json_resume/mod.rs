//! JSON Resume v1: the fields of the schema in the order of the file, as lines.
//!
//! Files of this kind are often written by hand or by programs that never read the schema, so a field of another
//! type is read where that makes sense and named in a warning.

mod sections;
mod words;

use resume::Origin;
use serde_json::{Map, Value};

use super::Lines;
use crate::ReadError;
use crate::line::Line;
use crate::understand::language;

/// Name of the only part, in [`Origin::Paragraphs`].
const PART: &str = "resume";

/// More fields of a wrong type than anybody wants to be told of.
const MAX_TOLD: usize = 6;

/// Keys of which a JSON Resume has at least one.
const KNOWN: [&str; 13] = [
    "basics",
    "work",
    "volunteer",
    "education",
    "awards",
    "certificates",
    "publications",
    "skills",
    "languages",
    "interests",
    "references",
    "projects",
    "$schema",
];

/// Reads a JSON Resume into lines.
pub(crate) fn read(text: &str) -> Result<Lines, ReadError> {
    let text = text.trim_start_matches('\u{feff}');
    let value: Value = serde_json::from_str(text).map_err(|error| bad(&error))?;
    let Value::Object(root) = value else {
        return Err(ReadError::NotJsonResume { what: "it is not an object with named sections".to_owned() });
    };
    if !KNOWN.iter().any(|key| root.contains_key(*key)) {
        return Err(ReadError::NotJsonResume {
            what: "it has none of the sections that the schema knows, like basics or work".to_owned(),
        });
    }
    let mut all = String::new();
    texts(&Value::Object(root.clone()), &mut all, 0);
    let mut page = Page { lines: Vec::new(), odd: Vec::new(), words: words::of(language(&all).as_deref()) };
    sections::resume(&root, &mut page);
    if page.lines.is_empty() {
        return Err(match page.odd.first() {
            Some(field) => {
                ReadError::NotJsonResume { what: format!("{field} is not of the type that the schema asks") }
            }
            None => ReadError::NoText { format: crate::Format::JsonResume },
        });
    }
    let warnings = page.warning().into_iter().collect();
    Ok(Lines { lines: page.lines, warnings })
}

fn bad(error: &serde_json::Error) -> ReadError {
    let said = error.to_string();
    let what = if error.is_eof() {
        "it ends in the middle".to_owned()
    } else {
        said.split(" at line ").next().unwrap_or_default().to_owned()
    };
    ReadError::BadJson { line: error.line() as u64, column: error.column() as u64, what }
}

/// All texts of a value, for telling its language.
fn texts(value: &Value, all: &mut String, depth: usize) {
    match value {
        Value::String(text) if text.contains(' ') => {
            all.push_str(text);
            all.push('\n');
        }
        Value::Array(items) if depth < 20 => items.iter().for_each(|item| texts(item, all, depth + 1)),
        Value::Object(fields) if depth < 20 => fields.values().for_each(|item| texts(item, all, depth + 1)),
        _ => {}
    }
}

/// The lines that are written so far.
struct Page {
    lines: Vec<Line>,
    /// Fields of a type that the schema does not know there.
    odd: Vec<String>,
    words: &'static words::Words,
}

impl Page {
    fn line(&mut self, text: &str) -> Option<&mut Line> {
        let text =
            text.split([' ', '\n', '\r']).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
        let text = text.trim();
        if text.is_empty() {
            return None;
        }
        let number = u32::try_from(self.lines.len()).unwrap_or(u32::MAX);
        let origin = Origin::Paragraphs { part: PART.to_owned(), first: number, last: number };
        self.lines.push(Line::new(text, origin));
        self.lines.last_mut()
    }

    fn heading(&mut self, level: u8, text: &str) {
        if let Some(line) = self.line(text) {
            line.heading = level;
            line.gap = 1.0;
        }
    }

    /// Running text, a line a paragraph.
    fn paragraphs(&mut self, text: &str) {
        for one in text.split('\n') {
            self.line(one);
        }
    }

    fn bullet(&mut self, text: &str) {
        if let Some(line) = self.line(text) {
            line.bullet = true;
        }
    }

    fn odd(&mut self, field: &str) {
        if self.odd.len() <= MAX_TOLD && self.odd.iter().all(|told| told != field) {
            self.odd.push(field.to_owned());
        }
    }

    fn warning(&self) -> Option<String> {
        let more = if self.odd.len() > MAX_TOLD { " and others" } else { "" };
        let told: Vec<&str> = self.odd.iter().take(MAX_TOLD).map(String::as_str).collect();
        (!told.is_empty()).then(|| {
            format!(
                "These fields of the JSON Resume are of another type than the schema asks, and were read as well as possible or left out: {}{more}.",
                told.join(", ")
            )
        })
    }

    /// A field as text, whatever it is.
    fn text(&mut self, from: &Map<String, Value>, path: &str, key: &str) -> Option<String> {
        let value = from.get(key)?;
        let field = if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") };
        self.value(value, &field)
    }

    /// A value as text: numbers and lists of words are read as if they were.
    fn value(&mut self, value: &Value, field: &str) -> Option<String> {
        let text = match value {
            Value::Null => return None,
            Value::String(text) => return Some(text.trim().to_owned()).filter(|text| !text.is_empty()),
            Value::Number(number) => number.to_string(),
            Value::Array(items) => {
                let words: Vec<&str> = items.iter().filter_map(Value::as_str).collect();
                words.join(" ")
            }
            Value::Bool(_) | Value::Object(_) => String::new(),
        };
        self.odd(field);
        Some(text).filter(|text| !text.trim().is_empty())
    }

    /// A field that is a list of texts; one text alone counts as a list of one.
    fn texts(&mut self, from: &Map<String, Value>, path: &str, key: &str) -> Vec<String> {
        let field = format!("{path}.{key}");
        match from.get(key) {
            None | Some(Value::Null) => Vec::new(),
            Some(Value::Array(items)) => items.iter().filter_map(|item| self.listed(item, &field)).collect(),
            Some(other) => {
                self.odd(&field);
                self.value(other, &field).into_iter().collect()
            }
        }
    }

    /// An item of a list: a text, or an object with a name.
    fn listed(&mut self, item: &Value, field: &str) -> Option<String> {
        if let Value::Object(fields) = item {
            self.odd(field);
            return ["name", "title", "description", "summary", "text"]
                .iter()
                .find_map(|key| fields.get(*key).and_then(Value::as_str).map(str::to_owned));
        }
        self.value(item, field)
    }

    /// The entries of a section.
    fn entries(&mut self, root: &Map<String, Value>, key: &str) -> Vec<Entry> {
        match root.get(key) {
            None | Some(Value::Null) => Vec::new(),
            Some(Value::Array(items)) => items
                .iter()
                .enumerate()
                .filter_map(|(at, item)| self.entry(item, format!("{key}[{at}]")))
                .collect(),
            Some(other) => {
                self.odd(key);
                // One entry, without the list around it.
                self.entry(other, key.to_owned()).into_iter().collect()
            }
        }
    }

    fn entry(&mut self, item: &Value, path: String) -> Option<Entry> {
        match item {
            Value::Object(fields) => Some(Entry { fields: fields.clone(), path }),
            Value::Null => {
                self.odd(&path);
                None
            }
            other => {
                self.odd(&path);
                let text = self.value(other, &path)?;
                let fields = Map::from_iter([("name".to_owned(), Value::String(text))]);
                Some(Entry { fields, path })
            }
        }
    }
}

/// One job, school, skill.
struct Entry {
    fields: Map<String, Value>,
    path: String,
}

impl Entry {
    fn text(&self, page: &mut Page, key: &str) -> Option<String> {
        page.text(&self.fields, &self.path, key)
    }

    fn texts(&self, page: &mut Page, key: &str) -> Vec<String> {
        page.texts(&self.fields, &self.path, key)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(json: &str) -> Vec<(String, u8, bool)> {
        let lines = read(json).expect("it is read").lines;
        lines.into_iter().map(|line| (line.text, line.heading, line.bullet)).collect()
    }

    #[test]
    fn fields_become_lines() {
        let told = texts(
            r#"{"basics": {"name": "Jane Example", "label": "Welder", "email": "jane@example.com",
                "location": {"city": "Leeds", "countryCode": "GB"}, "profiles": [{"network": "Forge", "url": "https://example.org/jane"}]},
                "work": [{"name": "Yard", "position": "Welder", "location": "Leeds", "startDate": "2016-03-01", "summary": "A yard for the hulls of small ships.", "highlights": ["Welded the hulls of nine ships."]}],
                "skills": [{"name": "Daily", "keywords": ["MIG", "TIG"]}],
                "languages": [{"language": "English", "fluency": "native"}]}"#,
        );
        let told: Vec<(&str, u8, bool)> =
            told.iter().map(|(text, level, bullet)| (text.as_str(), *level, *bullet)).collect();
        assert_eq!(
            told,
            [
                ("Jane Example", 1, false),
                ("Welder", 0, false),
                ("jane@example.com", 0, false),
                ("Leeds, GB", 0, false),
                ("Forge: https://example.org/jane", 0, false),
                ("Experience", 2, false),
                ("Welder\tMar 2016 – Present", 3, false),
                ("Yard | Leeds", 3, false),
                ("A yard for the hulls of small ships.", 0, false),
                ("Welded the hulls of nine ships.", 0, true),
                ("Skills", 2, false),
                ("Daily: MIG, TIG", 0, false),
                ("Languages", 2, false),
                ("English (native)", 0, false),
            ]
        );
    }

    #[test]
    fn sections_and_headings_of_ones_own_are_kept() {
        let told = texts(
            r#"{"basics": {"name": "Jane Example"}, "sideProjects": [{"name": "Kites", "text": "Built nine."}], "hobbies": ["Sailing"],
                "work": [{"position": "Welder", "endDate": "2019"}],
                "meta": {"tailorbird": {"headings": {"work": "What I did"}, "sections": [{"heading": "Odds and ends", "lines": ["Own truck."]}]}}}"#,
        );
        let told: Vec<&str> = told.iter().map(|(text, ..)| text.as_str()).collect();
        assert_eq!(
            told,
            [
                "Jane Example",
                "Side projects",
                "Kites",
                "Built nine.",
                "Hobbies",
                "Sailing",
                "What I did",
                "Welder\t2019",
                "Odds and ends",
                "Own truck."
            ]
        );
    }

    #[test]
    fn odd_types_are_read_with_a_word_about_it() {
        let read = read(r#"{"basics": {"name": ["Jane", "Example"], "email": 42}, "skills": [null, 7, {"keywords": "Go, Rust"}], "education": "self-taught"}"#)
            .expect("it is read");
        let texts: Vec<&str> = read.lines.iter().map(|line| line.text.as_str()).collect();
        assert!(texts.contains(&"Jane Example") && texts.contains(&"Go, Rust"), "{texts:?}");
        assert!(texts.contains(&"self-taught"), "{texts:?}");
        assert!(
            read.warnings[0].contains("basics.name") && read.warnings[0].contains("skills[0]"),
            "{:?}",
            read.warnings
        );
    }

    #[test]
    fn what_is_cut_off_or_no_resume_says_so() {
        assert_eq!(
            read("{\"basics\":\n {\"name\": \"Jane").err().map(|error| error.to_string()).unwrap_or_default(),
            "The JSON in the file is not complete: line 2, column 15: it ends in the middle."
        );
        assert_eq!(read("{\"a\": 1}").err().map(|error| error.code()), Some("not_json_resume"));
        let deep = "[".repeat(100_000);
        assert_eq!(read(&format!("{{\"work\": {deep}")).err().map(|error| error.code()), Some("bad_json"));
    }
}

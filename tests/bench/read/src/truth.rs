//! What a resume says, as its `resume.json` tells it.

use std::path::Path;

use resume::SectionKind;
use serde_json::Value;

/// All that a resume says.
#[derive(Clone, Debug, Default)]
pub struct Truth {
    /// The person's name.
    pub name: String,
    /// The line below it; may be empty.
    pub headline: String,
    /// Contact data, a piece each.
    pub contacts: Vec<String>,
    /// Sections in reading order.
    pub sections: Vec<TruthSection>,
}

/// A section of a resume.
#[derive(Clone, Debug)]
pub struct TruthSection {
    /// Its heading.
    pub heading: String,
    /// What it is about.
    pub kind: SectionKind,
    /// Lines above the entries.
    pub lines: Vec<String>,
    /// Jobs, schools, projects.
    pub entries: Vec<TruthEntry>,
}

/// An entry of a section; what it does not have is empty.
#[derive(Clone, Debug)]
pub struct TruthEntry {
    /// What the person was.
    pub title: String,
    /// Where.
    pub organisation: String,
    /// In which town.
    pub location: String,
    /// The dates as written.
    pub dates: String,
    /// Lines below.
    pub lines: Vec<String>,
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn strings(value: &Value) -> Vec<String> {
    value.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
}

fn kind(name: &str) -> SectionKind {
    match name {
        "summary" => SectionKind::Summary,
        "work" => SectionKind::Work,
        "education" => SectionKind::Education,
        "skills" => SectionKind::Skills,
        "languages" => SectionKind::Languages,
        "certificates" => SectionKind::Certificates,
        "projects" => SectionKind::Projects,
        "publications" => SectionKind::Publications,
        "awards" => SectionKind::Awards,
        "volunteer" | "volunteering" => SectionKind::Volunteering,
        "interests" => SectionKind::Interests,
        _ => SectionKind::Other,
    }
}

impl Truth {
    /// Reads a `resume.json`.
    ///
    /// # Errors
    ///
    /// A sentence that names the file and says what is wrong with it.
    pub fn read(path: &Path) -> Result<Self, String> {
        let text = std::fs::read_to_string(path)
            .map_err(|error| format!("{} could not be read ({error})", path.display()))?;
        let value: Value = serde_json::from_str(&text)
            .map_err(|error| format!("{} is no JSON ({error})", path.display()))?;
        Ok(Self::from_json(&value))
    }

    /// The truth in a `resume.json`; what is missing is empty.
    pub fn from_json(value: &Value) -> Self {
        let sections = value["sections"].as_array().into_iter().flatten().map(|section| TruthSection {
            heading: text(&section["heading"]),
            kind: kind(section["kind"].as_str().unwrap_or_default()),
            lines: strings(&section["lines"]),
            entries: section["entries"]
                .as_array()
                .into_iter()
                .flatten()
                .map(|entry| TruthEntry {
                    title: text(&entry["title"]),
                    organisation: text(&entry["organisation"]),
                    location: text(&entry["location"]),
                    dates: text(&entry["dates"]),
                    lines: strings(&entry["lines"]),
                })
                .collect(),
        });
        Self {
            name: text(&value["name"]),
            headline: text(&value["headline"]),
            contacts: strings(&value["contacts"]),
            sections: sections.collect(),
        }
    }

    /// All entries with their sections.
    pub fn entries(&self) -> impl Iterator<Item = (&TruthSection, &TruthEntry)> {
        self.sections.iter().flat_map(|section| section.entries.iter().map(move |entry| (section, entry)))
    }

    /// All texts. Without `headings_and_dates`: what a JSON Resume has a place for.
    pub fn texts(&self, headings_and_dates: bool) -> Vec<&str> {
        let mut texts = vec![self.name.as_str(), self.headline.as_str()];
        texts.extend(self.contacts.iter().map(String::as_str));
        for section in &self.sections {
            if headings_and_dates {
                texts.push(&section.heading);
            }
            texts.extend(section.lines.iter().map(String::as_str));
            for entry in &section.entries {
                texts.extend([entry.title.as_str(), &entry.organisation]);
                if headings_and_dates {
                    texts.extend([entry.location.as_str(), &entry.dates]);
                }
                texts.extend(entry.lines.iter().map(String::as_str));
            }
        }
        texts.retain(|text| !text.is_empty());
        texts
    }
}

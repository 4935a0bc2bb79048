//! What a benchmark found, for people and for programs.
//!
//! Every benchmark builds one [`Report`] and prints it: as text with aligned tables, or with `--json` as one
//! object with the same figures. None of them asserts a time.

use std::fmt;

use serde_json::{Map, Value, json};

/// All that one benchmark found.
#[derive(Clone, Debug)]
pub struct Report {
    title: String,
    parts: Vec<Part>,
}

#[derive(Clone, Debug)]
enum Part {
    Figure { key: String, label: String, value: Value, unit: String },
    Table { key: String, label: String, columns: Vec<String>, rows: Vec<Vec<Value>> },
    Note(String),
}

impl Report {
    /// A report under a heading.
    pub fn new(title: impl Into<String>) -> Self {
        Self { title: title.into(), parts: Vec::new() }
    }

    /// One figure: `key` names it in JSON, `label` for people; `unit` may be empty.
    pub fn figure(&mut self, key: &str, label: &str, value: impl Into<Value>, unit: &str) -> &mut Self {
        let (key, label, unit) = (key.to_owned(), label.to_owned(), unit.to_owned());
        self.parts.push(Part::Figure { key, label, value: value.into(), unit });
        self
    }

    /// A table. In JSON it is a list of objects, one a row, keyed by the columns.
    pub fn table(&mut self, key: &str, label: &str, columns: &[&str], rows: Vec<Vec<Value>>) -> &mut Self {
        let columns = columns.iter().map(|&column| column.to_owned()).collect();
        self.parts.push(Part::Table { key: key.to_owned(), label: label.to_owned(), columns, rows });
        self
    }

    /// A sentence between the figures; people only.
    pub fn note(&mut self, text: impl Into<String>) -> &mut Self {
        self.parts.push(Part::Note(text.into()));
        self
    }

    /// All figures as one object.
    pub fn json(&self) -> Value {
        let mut object = Map::new();
        for part in &self.parts {
            match part {
                Part::Figure { key, value, .. } => {
                    object.insert(key.clone(), value.clone());
                }
                Part::Table { key, columns, rows, .. } => {
                    let rows = rows.iter().map(|row| {
                        Value::Object(columns.iter().cloned().zip(row.iter().cloned()).collect::<Map<_, _>>())
                    });
                    object.insert(key.clone(), rows.collect());
                }
                Part::Note(_) => {}
            }
        }
        json!(object)
    }

    /// Text for the terminal, or JSON where `as_json` is set.
    pub fn text(&self, as_json: bool) -> String {
        if as_json { self.json().to_string() } else { self.to_string() }
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.title)?;
        let width = self.parts.iter().map(|part| match part {
            Part::Figure { label, .. } => label.chars().count(),
            _ => 0,
        });
        let width = width.max().unwrap_or_default();
        for part in &self.parts {
            match part {
                Part::Figure { label, value, unit, .. } => {
                    let pad = " ".repeat(width - label.chars().count());
                    writeln!(
                        f,
                        "  {label}{pad}  {}{}{unit}",
                        shown(value),
                        if unit.is_empty() { "" } else { " " }
                    )?;
                }
                Part::Table { label, columns, rows, .. } => table(f, label, columns, rows)?,
                Part::Note(text) => writeln!(f, "\n{text}")?,
            }
        }
        Ok(())
    }
}

fn table(f: &mut fmt::Formatter<'_>, label: &str, columns: &[String], rows: &[Vec<Value>]) -> fmt::Result {
    let cells: Vec<Vec<String>> = rows.iter().map(|row| row.iter().map(shown).collect()).collect();
    let mut widths: Vec<usize> = columns.iter().map(|column| column.chars().count()).collect();
    for row in &cells {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(cell.chars().count());
        }
    }
    // A column of numbers stands flush right.
    let right: Vec<bool> = (0..columns.len())
        .map(|n| rows.iter().all(|row| row.get(n).is_none_or(|v| !v.is_string())))
        .collect();
    writeln!(f, "\n{label}")?;
    for row in std::iter::once(columns).chain(cells.iter().map(Vec::as_slice)) {
        let mut line = String::new();
        for ((cell, width), right) in row.iter().zip(&widths).zip(&right) {
            let pad = " ".repeat(width - cell.chars().count());
            line.push_str("  ");
            line.push_str(&if *right { pad + cell } else { cell.clone() + &pad });
        }
        writeln!(f, "{}", line.trim_end())?;
    }
    Ok(())
}

/// A value as people read it: fractions with three places at most.
fn shown(value: &Value) -> String {
    match value {
        Value::Null => "–".to_owned(),
        Value::String(text) => text.clone(),
        Value::Number(number) => match number.as_f64() {
            Some(fraction) if !number.is_i64() && !number.is_u64() => {
                let text = format!("{fraction:.3}");
                text.trim_end_matches('0').trim_end_matches('.').to_owned()
            }
            _ => number.to_string(),
        },
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report() -> Report {
        let mut report = Report::new("Reading");
        report.figure("words", "Words found", 0.9912, "").figure("time_ms", "Time", 12, "ms");
        report.table("files", "By file", &["file", "ms"], vec![vec!["a.pdf".into(), 3.into()]]);
        report.note("On 2 cores.");
        report
    }

    #[test]
    fn people_get_aligned_text() {
        assert_eq!(
            report().to_string(),
            "Reading\n  Words found  0.991\n  Time         12 ms\n\nBy file\n  file   ms\n  a.pdf   3\n\nOn 2 cores.\n"
        );
    }

    #[test]
    fn programs_get_the_same_figures_as_one_object() {
        let wanted = json!({"words": 0.9912, "time_ms": 12, "files": [{"file": "a.pdf", "ms": 3}]});
        assert_eq!(report().text(true), wanted.to_string());
    }
}

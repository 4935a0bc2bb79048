//! Each section of the schema as lines.

use serde_json::{Map, Value};

use super::{Entry, Page};

/// All sections in the order of the file; `basics` first.
pub(super) fn resume(root: &Map<String, Value>, page: &mut Page) {
    // What our own export could not say in the words of the schema.
    let own = root.get("meta").and_then(|meta| meta.get("tailorbird"));
    let chosen = |key: &str| own?.get("headings")?.get(key)?.as_str();
    match root.get("basics") {
        Some(Value::Object(basics)) => {
            let heading = chosen("summary").unwrap_or(page.words.summary);
            self::basics(basics, heading, page);
        }
        Some(Value::Null) | None => {}
        Some(_) => page.odd("basics"),
    }
    for (key, value) in root {
        let words = page.words;
        let heading = match key.as_str() {
            "work" => words.work,
            "volunteer" => words.volunteer,
            "education" => words.education,
            "awards" => words.awards,
            "certificates" => words.certificates,
            "publications" => words.publications,
            "skills" => words.skills,
            "languages" => words.languages,
            "interests" => words.interests,
            "references" => words.references,
            "projects" => words.projects,
            "basics" | "meta" | "$schema" => continue,
            _ => {
                other(&in_words(key), value, page);
                continue;
            }
        };
        section(chosen(key).unwrap_or(heading), page, |page| {
            for entry in page.entries(root, key) {
                self::entry(key, &entry, page);
            }
        });
    }
    for part in own.and_then(|own| own.get("sections")).and_then(Value::as_array).into_iter().flatten() {
        let heading = part.get("heading").and_then(Value::as_str).unwrap_or_default();
        section(heading, page, |page| {
            for line in part.get("lines").and_then(Value::as_array).into_iter().flatten() {
                page.line(line.as_str().unwrap_or_default());
            }
        });
    }
}

/// A heading with what stands below it; nothing where that is nothing.
fn section(heading: &str, page: &mut Page, body: impl FnOnce(&mut Page)) {
    let before = page.lines.len();
    page.heading(2, heading);
    let headed = page.lines.len();
    body(page);
    if page.lines.len() == headed {
        page.lines.truncate(before);
    }
}

/// A section of the file's own making: its texts, whatever their names are.
fn other(heading: &str, value: &Value, page: &mut Page) {
    let items = match value {
        Value::Array(items) => items.as_slice(),
        one => std::slice::from_ref(one),
    };
    section(heading, page, |page| {
        for item in items {
            match item {
                Value::String(text) => page.bullet(text),
                Value::Object(fields) => {
                    for (at, text) in fields.values().filter_map(Value::as_str).enumerate() {
                        if at == 0 {
                            page.heading(3, text);
                        } else {
                            page.paragraphs(text);
                        }
                    }
                    for text in
                        fields.values().filter_map(Value::as_array).flatten().filter_map(Value::as_str)
                    {
                        page.bullet(text);
                    }
                }
                _ => {}
            }
        }
    });
}

/// `sideProjects` as "Side projects".
fn in_words(key: &str) -> String {
    let mut words = String::new();
    for (at, c) in key.chars().take(60).enumerate() {
        match c {
            '_' | '-' => words.push(' '),
            c if at == 0 => words.extend(c.to_uppercase()),
            c if c.is_uppercase() => {
                words.push(' ');
                words.extend(c.to_lowercase());
            }
            c => words.push(c),
        }
    }
    words
}

fn basics(basics: &Map<String, Value>, heading: &str, page: &mut Page) {
    if let Some(name) = page.text(basics, "basics", "name") {
        page.heading(1, &name);
    }
    for key in ["label", "email", "phone", "url", "website"] {
        if let Some(text) = page.text(basics, "basics", key) {
            page.line(&text);
        }
    }
    let place = match basics.get("location") {
        Some(Value::Object(place)) => {
            let parts: Vec<String> = ["address", "postalCode", "city", "region", "countryCode"]
                .iter()
                .filter_map(|key| page.text(place, "basics.location", key))
                .collect();
            Some(parts.join(", "))
        }
        Some(other) => page.value(other, "basics.location"),
        None => None,
    };
    if let Some(place) = place {
        page.paragraphs(&place);
    }
    for profile in page.entries(basics, "profiles") {
        let network = profile.text(page, "network").or_else(|| profile.text(page, "name"));
        let place = profile.text(page, "url").or_else(|| profile.text(page, "username"));
        page.line(&joined(&[network, place], ": "));
    }
    if let Some(summary) = page.text(basics, "basics", "summary") {
        page.heading(2, heading);
        page.paragraphs(&summary);
    }
}

fn joined(parts: &[Option<String>], by: &str) -> String {
    parts.iter().flatten().map(String::as_str).collect::<Vec<_>>().join(by)
}

/// The span of time of an entry. A job without an end goes on.
fn span(entry: &Entry, page: &mut Page, goes_on: bool) -> String {
    let words = page.words;
    let start = entry.text(page, "startDate").map(|date| words.date(&date));
    let end = entry.text(page, "endDate").map(|date| words.date(&date));
    match (start, end) {
        (Some(start), Some(end)) if start == end => end,
        (Some(start), Some(end)) => format!("{start} – {end}"),
        (Some(start), None) if goes_on => format!("{start} – {}", words.present),
        (Some(one), None) | (None, Some(one)) => one,
        (None, None) => String::new(),
    }
}

/// The head of an entry: what with its dates, then who and where.
fn head(page: &mut Page, what: Option<String>, dates: &str, rest: &[Option<String>]) {
    let mut first = what.unwrap_or_default();
    let mut rest: Vec<&str> = rest.iter().flatten().map(String::as_str).collect();
    if first.is_empty() && !rest.is_empty() {
        rest.remove(0).clone_into(&mut first);
    }
    if !dates.is_empty() {
        if !first.is_empty() {
            first.push('\t');
        }
        first.push_str(dates);
    }
    page.heading(3, &first);
    page.heading(3, &rest.join(" | "));
}

fn body(entry: &Entry, page: &mut Page, texts: &[&str], lists: &[&str]) {
    for key in texts {
        if let Some(text) = entry.text(page, key) {
            page.paragraphs(&text);
        }
    }
    for key in lists {
        for item in entry.texts(page, key) {
            page.bullet(&item);
        }
    }
}

fn entry(section: &str, entry: &Entry, page: &mut Page) {
    match section {
        "work" | "volunteer" => {
            let position = entry.text(page, "position");
            let name = entry
                .text(page, "name")
                .or_else(|| entry.text(page, "organization"))
                .or_else(|| entry.text(page, "company"));
            let rest = [
                name,
                entry.text(page, "location"),
                entry.text(page, "url").or_else(|| entry.text(page, "website")),
            ];
            let dates = span(entry, page, section == "work");
            head(page, position, &dates, &rest);
            body(entry, page, &["description", "summary"], &["highlights"]);
        }
        "education" => {
            let what = joined(&[entry.text(page, "studyType"), entry.text(page, "area")], ", ");
            let rest = [
                entry.text(page, "institution").or_else(|| entry.text(page, "name")),
                entry.text(page, "location"),
                entry.text(page, "url"),
            ];
            let dates = span(entry, page, false);
            head(page, Some(what), &dates, &rest);
            body(entry, page, &["score", "gpa", "summary", "description"], &["courses", "highlights"]);
        }
        "awards" | "certificates" | "publications" => {
            let what = entry.text(page, "title").or_else(|| entry.text(page, "name"));
            let who = ["awarder", "issuer", "publisher"].iter().find_map(|key| entry.text(page, key));
            let date = ["date", "releaseDate"].iter().find_map(|key| entry.text(page, key));
            let date = date.map(|date| page.words.date(&date)).unwrap_or_default();
            let rest = [who, entry.text(page, "url").or_else(|| entry.text(page, "website"))];
            head(page, what, &date, &rest);
            body(entry, page, &["summary", "description"], &["highlights"]);
        }
        "projects" => {
            let what = entry.text(page, "name");
            let roles = entry.texts(page, "roles").join(", ");
            let rest = [
                Some(roles).filter(|roles| !roles.is_empty()),
                entry.text(page, "entity"),
                entry.text(page, "type"),
                entry.text(page, "url"),
            ];
            let dates = span(entry, page, false);
            head(page, what, &dates, &rest);
            body(entry, page, &["description", "summary"], &["highlights"]);
            let keywords = entry.texts(page, "keywords").join(", ");
            page.line(&keywords);
        }
        "skills" | "interests" => {
            let name = entry.text(page, "name");
            let level = entry.text(page, "level").map(|level| format!("({level})"));
            let group = joined(&[name, level], " ");
            let keywords = entry.texts(page, "keywords").join(", ");
            let parts = [Some(group), Some(keywords)].map(|part| part.filter(|part| !part.is_empty()));
            page.line(&joined(&parts, ": "));
        }
        "languages" => {
            let name = entry.text(page, "language").or_else(|| entry.text(page, "name"));
            let fluency = entry.text(page, "fluency").map(|fluency| format!("({fluency})"));
            page.line(&joined(&[name, fluency], " "));
        }
        _ => {
            let name = entry.text(page, "name");
            head(page, name, "", &[]);
            body(entry, page, &["reference", "summary"], &[]);
        }
    }
}

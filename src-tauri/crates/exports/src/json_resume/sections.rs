//! Sections of the schema out of sections of a resume.

use resume::dates::{Dated, When, spans};
use resume::outline::{Entry, Section};
use resume::{BlockId, SectionKind};
use serde_json::{Map, Value, json};

use super::Page;
use crate::characters::clean;

/// The key of a section in the schema; `None` where it has none.
pub(super) fn key(kind: SectionKind) -> Option<&'static str> {
    Some(match kind {
        SectionKind::Work => "work",
        SectionKind::Education => "education",
        SectionKind::Skills => "skills",
        SectionKind::Languages => "languages",
        SectionKind::Certificates => "certificates",
        SectionKind::Projects => "projects",
        SectionKind::Publications => "publications",
        SectionKind::Awards => "awards",
        SectionKind::Volunteering => "volunteer",
        SectionKind::Interests => "interests",
        SectionKind::Summary | SectionKind::Other => return None,
    })
}

/// All lines of a section.
pub(super) fn lines(page: &Page<'_>, section: &Section) -> Vec<String> {
    let of_entries = section.entries.iter().flat_map(|entry| entry.heading.iter().chain(&entry.blocks));
    let mut ids: Vec<&BlockId> = section.blocks.iter().chain(of_entries).collect();
    ids.extend(section.groups.iter().map(|group| &group.block));
    ids.sort_by_key(|id| page.resume.position(id));
    ids.dedup();
    ids.into_iter().filter_map(|id| page.text(id)).collect()
}

/// Running text of a section without entries, and what else stands in it.
pub(super) fn summary(page: &Page<'_>, section: &Section) -> (Vec<String>, Vec<String>) {
    let all = lines(page, section);
    if section.entries.is_empty() { (all, Vec::new()) } else { (Vec::new(), all) }
}

/// The items of a section, and the lines that belong to none of them.
pub(super) fn items(page: &Page<'_>, section: &Section) -> (Vec<Value>, Vec<String>) {
    match section.kind {
        SectionKind::Skills => skills(page, section),
        SectionKind::Languages => languages(page, section),
        SectionKind::Interests => {
            let names = lines(page, section);
            (names.iter().map(|name| json!({ "name": name })).collect(), Vec::new())
        }
        kind => {
            let mut items: Vec<Value> =
                section.entries.iter().map(|entry| Value::Object(self::entry(page, kind, entry))).collect();
            let mut rest = Vec::new();
            for id in &section.blocks {
                let Some(text) = page.text(id) else { continue };
                match single(kind, &text, page.address([id])) {
                    Some(item) => items.push(item),
                    None => rest.push(text),
                }
            }
            (items, rest)
        }
    }
}

/// A date as the schema asks; nothing for what still lasts.
fn date(dated: Option<&Dated>) -> Option<String> {
    match dated?.when {
        When::At(moment) => Some(moment.to_string()),
        When::Now => None,
    }
}

fn put(item: &mut Map<String, Value>, key: &str, text: Option<String>) {
    if let Some(text) = text.filter(|text| !text.trim().is_empty()) {
        item.insert(key.to_owned(), Value::String(text));
    }
}

fn entry(page: &Page<'_>, kind: SectionKind, entry: &Entry) -> Map<String, Value> {
    let mut item = Map::new();
    let title = entry.title.as_deref().map(clean);
    let place = entry.location.as_deref().map(clean);
    let organisation = entry.organisation.as_deref().map(clean);
    // An entry without a title or an employer keeps its line all the same.
    let line = || {
        let heading: Vec<String> = entry.heading.iter().filter_map(|id| page.text(id)).collect();
        Some(heading.join(", ")).filter(|_| title.is_none() && organisation.is_none())
    };
    let (start, end) = (date(entry.start.as_ref()), date(entry.end.as_ref()));
    let url = page.address(entry.heading.iter());
    let (bullets, texts): (Vec<&BlockId>, Vec<&BlockId>) =
        entry.blocks.iter().partition(|id| page.is_bullet(id));
    let bullets: Vec<String> = bullets.into_iter().filter_map(|id| page.text(id)).collect();
    let summary = texts.into_iter().filter_map(|id| page.text(id)).collect::<Vec<_>>().join("\n");
    let (what, who, list) = match kind {
        SectionKind::Education => ("studyType", "institution", "courses"),
        SectionKind::Volunteering => ("position", "organization", "highlights"),
        SectionKind::Certificates => ("name", "issuer", "highlights"),
        SectionKind::Publications => ("name", "publisher", "highlights"),
        SectionKind::Awards => ("title", "awarder", "highlights"),
        SectionKind::Projects => ("name", "entity", "highlights"),
        _ => ("position", "name", "highlights"),
    };
    let line = line();
    put(&mut item, what, title.or(line));
    put(&mut item, who, organisation);
    put(&mut item, "location", place);
    match kind {
        SectionKind::Certificates | SectionKind::Awards => put(&mut item, "date", end.or(start)),
        SectionKind::Publications => put(&mut item, "releaseDate", end.or(start)),
        _ => {
            put(&mut item, "startDate", start);
            put(&mut item, "endDate", end);
        }
    }
    put(&mut item, "url", url);
    put(&mut item, if kind == SectionKind::Projects { "description" } else { "summary" }, Some(summary));
    if !bullets.is_empty() {
        item.insert(list.to_owned(), json!(bullets));
    }
    item
}

/// A line by itself as an item, in sections where a line says all.
fn single(kind: SectionKind, text: &str, url: Option<String>) -> Option<Value> {
    let (name, when) = match kind {
        SectionKind::Certificates => ("name", "date"),
        SectionKind::Awards => ("title", "date"),
        SectionKind::Publications => ("name", "releaseDate"),
        SectionKind::Projects => ("name", "endDate"),
        SectionKind::Volunteering => ("position", "endDate"),
        _ => return None,
    };
    let mut item = Map::from_iter([(name.to_owned(), Value::String(text.to_owned()))]);
    let span = spans(text).pop();
    put(
        &mut item,
        when,
        span.as_ref().and_then(|span| date(span.end.as_ref()).or_else(|| date(span.start.as_ref()))),
    );
    put(&mut item, "url", url);
    Some(Value::Object(item))
}

fn skills(page: &Page<'_>, section: &Section) -> (Vec<Value>, Vec<String>) {
    let mut items: Vec<Value> = Vec::new();
    for group in &section.groups {
        let mut item = Map::new();
        put(&mut item, "name", group.name.as_deref().map(clean));
        let keywords: Vec<String> =
            group.items.iter().map(|skill| clean(skill)).filter(|skill| !skill.is_empty()).collect();
        if !keywords.is_empty() {
            item.insert("keywords".to_owned(), json!(keywords));
        }
        if !item.is_empty() {
            items.push(Value::Object(item));
        }
    }
    let grouped = |id: &BlockId| section.groups.iter().any(|group| group.block == *id);
    let rest = section.blocks.iter().filter(|id| !grouped(id)).filter_map(|id| page.text(id));
    items.extend(rest.map(|text| json!({ "name": text })));
    for entry in &section.entries {
        let mut item = Map::new();
        let heading: Vec<String> = entry.heading.iter().filter_map(|id| page.text(id)).collect();
        put(&mut item, "name", Some(heading.join(", ")));
        let keywords: Vec<String> = entry.blocks.iter().filter_map(|id| page.text(id)).collect();
        item.insert("keywords".to_owned(), json!(keywords));
        items.push(Value::Object(item));
    }
    (items, Vec::new())
}

fn languages(page: &Page<'_>, section: &Section) -> (Vec<Value>, Vec<String>) {
    let mut items = Vec::new();
    for group in &section.groups {
        match &group.name {
            Some(name) => {
                items.push(json!({ "language": clean(name), "fluency": clean(&group.items.join(", ")) }));
            }
            None => items.extend(group.items.iter().map(|item| language(&clean(item)))),
        }
    }
    let grouped = |id: &BlockId| section.groups.iter().any(|group| group.block == *id);
    let of_entries = section.entries.iter().flat_map(|entry| entry.heading.iter().chain(&entry.blocks));
    let rest = section.blocks.iter().chain(of_entries).filter(|id| !grouped(id));
    items.extend(rest.filter_map(|id| page.text(id)).map(|text| language(&text)));
    (items, Vec::new())
}

/// "English (native)", "Español: nativo", "Deutsch – B2": the language and how well.
fn language(text: &str) -> Value {
    for (mark, end) in [(" (", ")"), (": ", ""), (" — ", ""), (" – ", ""), (" - ", "")] {
        if let Some((name, fluency)) = text.split_once(mark)
            && let Some(fluency) = fluency.strip_suffix(end)
            && !fluency.contains('(')
        {
            return json!({ "language": name.trim(), "fluency": fluency.trim() });
        }
    }
    json!({ "language": text })
}

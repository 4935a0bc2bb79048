//! Title, employer and place of a posting, as far as its first lines tell.

use crate::line::Line;

/// What is known of a job beside its text.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Facts {
    pub(crate) title: Option<String>,
    pub(crate) employer: Option<String>,
    pub(crate) location: Option<String>,
}

const TITLE: &[&str] =
    &["job", "job title", "title", "position", "role", "stelle", "poste", "puesto", "intitulé du poste"];
const EMPLOYER: &[&str] = &[
    "employer",
    "company",
    "organisation",
    "organization",
    "arbeitgeber",
    "unternehmen",
    "firma",
    "employeur",
    "entreprise",
    "établissement",
    "empresa",
];
const LOCATION: &[&str] = &[
    "location",
    "where",
    "place",
    "standort",
    "ort",
    "arbeitsort",
    "lieu",
    "lieu de travail",
    "localisation",
    "ubicación",
    "lugar",
    "based in",
];

/// Parts of a head line that are none of the three.
const OTHER: &[&str] = &[
    "full-time",
    "part-time",
    "posted",
    "requisition",
    "req",
    "salary",
    "contract",
    "permanent",
    "apply",
    "vollzeit",
    "teilzeit",
    "cdi",
    "cdd",
    "temps plein",
    "jornada",
    "ref",
    "id",
    "kennziffer",
    "référence",
    "hiring",
];

/// Looks at labels anywhere near the top, and at the lines below the title.
pub(crate) fn find(lines: &[Line]) -> Facts {
    let mut facts = Facts::default();
    for part in lines.iter().take(30).flat_map(|line| {
        let text = line.text.replace(":\t", ": ");
        parts(&text).map(str::to_owned).collect::<Vec<_>>()
    }) {
        let Some((label, value)) = part.split_once(':') else { continue };
        let (label, value) = (label.trim().to_lowercase(), value.trim());
        if value.is_empty() || value.chars().count() > 120 {
            continue;
        }
        let slot = if TITLE.contains(&label.as_str()) {
            &mut facts.title
        } else if EMPLOYER.contains(&label.as_str()) {
            &mut facts.employer
        } else if LOCATION.contains(&label.as_str()) {
            &mut facts.location
        } else {
            continue;
        };
        slot.get_or_insert_with(|| value.to_owned());
    }
    let labelled_title = facts.title.is_some();
    let Some(top) = title_line(lines) else { return facts };
    let title = lines[top].text.trim().to_owned();
    if labelled_title {
        // The title has a label, so the headline is the employer's.
        let name = title.split(" -- ").next().unwrap_or(&title).trim().to_owned();
        facts.employer.get_or_insert(name);
    } else {
        facts.title = Some(title.clone());
    }
    for line in lines[top + 1..].iter().take(6) {
        let text = line.text.trim();
        if line.heading > 0
            || line.bullet && text.chars().count() > 70
            || text.chars().count() > 160
            || text.ends_with(['.', '!', '?']) && text.chars().count() > 60 && parts(text).count() == 1
        {
            break;
        }
        for part in parts(text) {
            let lower = part.to_lowercase();
            let is_title = facts.title.as_ref().is_some_and(|title| title.to_lowercase() == lower);
            if is_title {
                // The same words again, in letters that are not all capitals.
                facts.title = Some(part.to_owned());
            } else if part.contains(':') || is_other(&lower) || lower.ends_with('?') {
            } else if facts.employer.is_none() {
                facts.employer = Some(part.to_owned());
            } else if facts.location.is_none() && facts.employer.as_deref() != Some(part) {
                facts.location = Some(part.to_owned());
            }
        }
        if facts.employer.is_some() && facts.location.is_some() {
            break;
        }
    }
    if facts.location.is_none()
        && let Some((employer, location)) = facts.employer.as_deref().and_then(|text| text.split_once(" — "))
    {
        let (employer, location) = (employer.trim().to_owned(), location.trim().to_owned());
        facts.employer = Some(employer);
        facts.location = Some(location);
    }
    facts.employer = facts.employer.map(|name| as_written_elsewhere(name, lines));
    facts
}

fn is_other(lower: &str) -> bool {
    OTHER.iter().any(|word| {
        lower.starts_with(word) && lower[word.len()..].chars().next().is_none_or(|c| !c.is_alphabetic())
    }) || lower.chars().all(|c| !c.is_alphabetic())
}

/// Parts of a head line between dots, bars and tabs.
fn parts(text: &str) -> impl Iterator<Item = &str> {
    text.split(['\t', '|', '·', '•', '★']).map(str::trim).filter(|part| !part.is_empty())
}

/// The highest heading near the top, else the first line.
fn title_line(lines: &[Line]) -> Option<usize> {
    let near = lines.iter().enumerate().take(40);
    let level = near.clone().map(|(_, line)| line.heading).filter(|level| *level > 0).min();
    let by_level = level.filter(|level| *level <= 2).and_then(|level| {
        near.clone().find(|(at, line)| line.heading == level && (level == 1 || *at < 12)).map(|(at, _)| at)
    });
    let first = near
        .clone()
        .find(|(_, line)| !line.bullet && line.text.chars().any(char::is_alphabetic))
        .map(|(at, _)| at);
    let only_one = level.is_some_and(|level| lines.iter().filter(|line| line.heading == level).count() == 1);
    if only_one && by_level.is_some() {
        return by_level;
    }
    match (by_level, first) {
        // A text may open with the title and set only its sections as headings.
        (Some(by_level), Some(first))
            if lines[by_level].heading > 1 && lines[first].region == 0 && first < by_level =>
        {
            let head = &lines[first];
            let short = head.text.chars().count() <= 90 && !head.text.ends_with('.');
            Some(if short && !head.furniture { first } else { by_level })
        }
        (by_level, first) => by_level.or(first),
    }
}

/// A name in capitals as the text spells it elsewhere.
fn as_written_elsewhere(name: String, lines: &[Line]) -> String {
    if name.chars().any(char::is_lowercase) {
        return name;
    }
    let wanted = name.to_lowercase();
    for line in lines {
        let lower = line.text.to_lowercase();
        // Lower case may change lengths; then the place is not the same and is passed over.
        if lower.len() == line.text.len()
            && let Some(at) = lower.find(&wanted)
            && let Some(found) = line.text.get(at..at + wanted.len())
            && found.chars().any(char::is_lowercase)
        {
            return found.to_owned();
        }
    }
    name
}

#[cfg(test)]
mod tests {
    use resume::Origin;

    use super::*;

    #[test]
    fn labels_and_head_lines() {
        let lines: Vec<Line> = [
            "YARD SERVICES -- NOW HIRING",
            "JOB:\tPIPE WELDER",
            "WHERE:\tPascagoula",
            "Yard Services is fair.",
        ]
        .map(|text| Line::new(text, Origin::Nowhere))
        .into();
        let told = find(
            &lines
                .iter()
                .map(|line| Line { text: line.text.replace(":\t", ": "), ..line.clone() })
                .collect::<Vec<_>>(),
        );
        assert_eq!(told.title.as_deref(), Some("PIPE WELDER"));
        assert_eq!(told.employer.as_deref(), Some("Yard Services"));
        assert_eq!(told.location.as_deref(), Some("Pascagoula"));
    }
}

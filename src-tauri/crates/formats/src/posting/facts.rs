//! Title, employer and place of a posting, as far as its first lines, its page's title and the names that its builder
//! gave to parts of the page tell.

mod looks;
mod named;
mod page_title;

use looks::{firm_and_place, has_firm_word, is_other, is_place, may_be_place};
pub(super) use named::{Named, named};
use page_title::from_page_title;

use crate::line::Line;

/// What is known of a job beside its text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Facts {
    pub(crate) title: Option<String>,
    pub(crate) employer: Option<String>,
    pub(crate) location: Option<String>,
}

const TITLE: &[&str] = &[
    "job",
    "job title",
    "title",
    "position",
    "role",
    "post",
    "vacancy",
    "stelle",
    "stellenbezeichnung",
    "position/stelle",
    "poste",
    "intitulé",
    "intitulé du poste",
    "puesto",
    "vacante",
    "cargo",
    "oferta",
];
const EMPLOYER: &[&str] = &[
    "employer",
    "company",
    "organisation",
    "organization",
    "firm",
    "school",
    "hospital",
    "institution",
    "hiring organization",
    "hiring organisation",
    "client",
    "arbeitgeber",
    "unternehmen",
    "firma",
    "träger",
    "einrichtung",
    "betrieb",
    "employeur",
    "entreprise",
    "société",
    "établissement",
    "structure",
    "empresa",
    "compañía",
    "centro",
    "entidad",
    "schule",
    "klinik",
    "praxis",
    "hotel",
    "restaurant",
    "practice",
    "college",
    "university",
];
const LOCATION: &[&str] = &[
    "location",
    "locations",
    "where",
    "place",
    "place of work",
    "work location",
    "job location",
    "based",
    "based in",
    "base",
    "office",
    "site",
    "city",
    "town",
    "standort",
    "standorte",
    "ort",
    "arbeitsort",
    "einsatzort",
    "dienstort",
    "dienstsitz",
    "lieu",
    "lieu de travail",
    "localisation",
    "ville",
    "ubicación",
    "lugar",
    "lugar de trabajo",
    "localidad",
    "ciudad",
    "población",
    "sede",
];

/// Looks at labels anywhere near the top, at names of parts, at the lines below the title, and at the page's title.
pub(super) fn find(lines: &[Line], named: &Named, page_title: Option<&str>) -> Facts {
    let mut facts = labelled(lines);
    if let Some(page_title) = page_title {
        facts = page_title::plainly(page_title, facts);
    }
    let labelled_title = facts.title.is_some();
    facts.employer = facts.employer.or_else(|| named.employer.clone());
    facts.location = facts.location.or_else(|| named.location.clone());
    if let Some(top) = title_line(lines) {
        let headline = lines[top].text.trim().to_owned();
        if labelled_title {
            // The title has a label, so the headline is the employer's.
            let name = headline.split(" -- ").next().unwrap_or(&headline).trim().to_owned();
            facts.employer.get_or_insert(name);
        } else {
            facts.title = Some(headline);
        }
        below(&lines[top + 1..], &mut facts);
    }
    if let Some(page_title) = page_title {
        from_page_title(page_title, lines, &mut facts);
    }
    part_title(&mut facts);
    facts.employer = facts.employer.map(|name| as_written_elsewhere(name, lines));
    facts
}

/// The first lines of a Markdown text as they are written, without its marks.
pub(super) fn head(raw: &str) -> Vec<Line> {
    let written =
        raw.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with("<!--")).take(14);
    written
        .map(|line| {
            let level = line.bytes().take_while(|byte| *byte == b'#').count();
            let bare = line[level..].replace("**", "").replace("__", "");
            let bare = bare.trim().trim_matches(['*', '_', '`']).trim_end_matches('\\');
            let bullet = crate::line::strip_bullet(bare);
            let mut line = Line::new(bullet.unwrap_or(bare), resume::Origin::Nowhere);
            line.heading = u8::try_from(level.min(6)).unwrap_or(6);
            line.bullet = bullet.is_some();
            line
        })
        .filter(|line| line.text.chars().any(char::is_alphabetic))
        .collect()
}

/// Facts behind labels: "Location: Leeds".
fn labelled(lines: &[Line]) -> Facts {
    let mut facts = Facts::default();
    for part in lines.iter().take(30).flat_map(|line| {
        let text = line.text.replace(":\t", ": ");
        parts(&text).map(str::to_owned).collect::<Vec<_>>()
    }) {
        let Some((label, value)) = part.split_once(':') else { continue };
        let (label, value) = (label.trim().to_lowercase(), value.trim().trim_matches('*').trim());
        if value.is_empty() || value.chars().count() > 120 {
            continue;
        }
        let label = label.trim_matches('*').trim();
        let slot = if TITLE.contains(&label) {
            &mut facts.title
        } else if EMPLOYER.contains(&label) {
            &mut facts.employer
        } else if LOCATION.contains(&label) {
            &mut facts.location
        } else {
            continue;
        };
        slot.get_or_insert_with(|| value.to_owned());
    }
    facts
}

/// The lines below the title.
fn below(lines: &[Line], facts: &mut Facts) {
    for line in lines.iter().take(6) {
        let text = line.text.trim();
        let section = line.heading > 0 && (line.heading < 4 || resume::posting::is_section(text));
        if section
            || line.bullet && text.chars().count() > 70
            || text.chars().count() > 160
            || text.ends_with(['.', '!', '?', ':']) && text.chars().count() > 60 && parts(text).count() == 1
            || !line.bullet && resume::posting::is_section(text) && facts.employer.is_some()
        {
            break;
        }
        for part in parts(text) {
            let part = part.strip_prefix("at ").or_else(|| part.strip_prefix("bei ")).unwrap_or(part);
            let lower = part.to_lowercase();
            let is_title = facts.title.as_ref().is_some_and(|title| title.to_lowercase() == lower);
            if is_title {
                // The same words again, in letters that are not all capitals.
                facts.title = Some(part.to_owned());
            } else if part.contains(':')
                || is_other(part)
                || is_a_sentence(part) && !is_place(part) && firm_and_place(part).is_none()
            {
            } else if facts.employer.is_none()
                && is_place(part)
                && !has_firm_word(part)
                && firm_and_place(part).is_none()
            {
                facts.location.get_or_insert_with(|| part.to_owned());
            } else if facts.employer.is_none() {
                if facts.location.as_deref() == Some(part) {
                    continue;
                }
                facts.employer = Some(part.to_owned());
            } else if facts.location.is_none()
                && facts.employer.as_deref() != Some(part)
                && (!line.bullet || may_be_place(part))
                && may_have_place(part)
            {
                facts.location = Some(part.to_owned());
            }
        }
        if facts.employer.is_some() && facts.location.is_some() {
            break;
        }
    }
    if let Some((firm, place)) = facts.employer.as_deref().and_then(firm_and_place)
        && facts.location.as_deref().is_none_or(|known| known == place || !is_place(known) && is_place(place))
    {
        let (firm, place) = (firm.to_owned(), place.to_owned());
        facts.employer = Some(firm);
        facts.location = Some(place);
    }
    if facts.location.is_none()
        && let Some((employer, location)) = facts.employer.as_deref().and_then(|text| text.split_once(" — "))
    {
        let (employer, location) = (employer.trim().to_owned(), location.trim().to_owned());
        facts.employer = Some(employer);
        facts.location = Some(location);
    }
}

/// Whether a part holds a place, or is short enough for one.
fn may_have_place(part: &str) -> bool {
    is_place(part) || part.chars().count() <= 60 && !resume::posting::is_section(part)
}

fn is_a_sentence(part: &str) -> bool {
    part.split_whitespace().count() > 9 || part.ends_with(['.', '!']) && part.split_whitespace().count() > 5
}

/// "IT Support Analyst at Fenwright College": the title and the employer, where no other line names one.
fn part_title(facts: &mut Facts) {
    let Some(title) = facts.title.clone() else { return };
    for joint in [" at ", " @ ", " bei der ", " beim ", " bei ", " chez ", " – ", " — ", " - "] {
        let Some((job, firm)) = title.rsplit_once(joint) else { continue };
        let (job, firm) = (job.trim(), firm.trim());
        let same = facts.employer.as_deref().is_some_and(|employer| employer.eq_ignore_ascii_case(firm));
        let dashed = joint.starts_with([' ']) && matches!(joint.trim(), "–" | "—" | "-");
        if same || !dashed && firm.starts_with(char::is_uppercase) && !job.is_empty() {
            // "About the College" names no employer.
            let known = facts.employer.as_deref().is_some_and(|name| !resume::posting::is_section(name));
            if known && !same {
                return;
            }
            facts.employer = Some(firm.to_owned());
            facts.title = Some(job.to_owned());
            return;
        }
    }
}

/// Parts of a head line between dots, bars and tabs.
fn parts(text: &str) -> impl Iterator<Item = &str> {
    text.split(['\t', '|', '·', '•', '★', '∙', '⋅', '●', '◆']).map(str::trim).filter(|part| !part.is_empty())
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
mod tests;

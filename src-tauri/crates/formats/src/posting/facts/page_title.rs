//! Facts out of a page's title: "Larkfield Bread hiring Baker in Leeds | Board", "Baker - Larkfield Bread".

use super::looks::{firm_and_place, is_other, is_place};
use super::{Facts, Line};

/// Words of parts of a title that name the site or the kind of page.
const SITE: &[&str] = &[
    "job",
    "jobs",
    "career",
    "careers",
    "vacancy",
    "vacancies",
    "hiring",
    "stellenangebot",
    "stellenangebote",
    "karriere",
    "stelle",
    "stellen",
    "jobbörse",
    "emploi",
    "emplois",
    "offre",
    "carrières",
    "empleo",
    "empleos",
    "oferta",
    "ofertas",
    "classifieds",
    "apply",
    "application",
    "recruitment",
    "portal",
    "stellenportal",
    "search",
];

/// "Larkfield Bread hiring Baker in Leeds | Board" and "Job Application for Baker at Larkfield Bread" leave no doubt.
pub(super) fn plainly(page_title: &str, mut facts: Facts) -> Facts {
    let whole = segments(page_title).next().unwrap_or_default();
    if let Some((firm, rest)) = page_title.split_once(" hiring ")
        && let Some((_, place)) = rest.rsplit_once(" in ")
    {
        let place = segments(place).next().unwrap_or_default();
        facts.employer.get_or_insert_with(|| firm.trim().to_owned());
        facts.location.get_or_insert_with(|| place.to_owned());
    } else if let Some((_, firm)) =
        whole.strip_prefix("Job Application for ").and_then(|rest| rest.rsplit_once(" at "))
    {
        facts.employer.get_or_insert_with(|| firm.trim().to_owned());
    }
    facts
}

/// Fills what is still missing.
pub(super) fn from_page_title(page_title: &str, lines: &[Line], facts: &mut Facts) {
    let Some(title) = facts.title.clone() else { return };
    let lower = page_title.to_lowercase();
    let wanted = title.to_lowercase();
    // Lower case may change lengths; then the places are not the same.
    let Some(at) = lower.find(&wanted).filter(|_| lower.len() == page_title.len()) else { return };
    let (Some(before), Some(after)) = (page_title.get(..at), page_title.get(at + wanted.len()..)) else {
        return;
    };
    let at = [" at ", " bei ", " chez ", " en "].iter().find_map(|joint| after.strip_prefix(joint));
    if let Some(firm) = at.and_then(|rest| segments(rest).next()) {
        set(firm, facts);
        return;
    }
    let mut candidates: Vec<&str> = segments(before).chain(segments(after)).collect();
    candidates.retain(|part| {
        let site = part
            .split(|c: char| !c.is_alphanumeric())
            .any(|word| SITE.contains(&word.to_lowercase().as_str()));
        !site
            && !is_other(part)
            && part.chars().count() <= 70
            && part.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
    });
    // A name that the page speaks of is the employer's; the name of a board stands in the title alone.
    let spoken = |part: &&str| lines.iter().any(|line| line.text.contains(*part));
    let best = candidates.iter().copied().find(|part| spoken(part) && !is_place(part));
    if let Some(firm) = best.or_else(|| candidates.iter().copied().find(|part| !is_place(part))) {
        set(firm, facts);
    }
    if facts.location.is_none()
        && let Some(place) = candidates.iter().copied().find(|part| is_place(part))
    {
        facts.location = Some(place.to_owned());
    }
}

fn set(firm: &str, facts: &mut Facts) {
    if facts.employer.is_some() {
        return;
    }
    match firm_and_place(firm) {
        Some((firm, place)) => {
            facts.employer = Some(firm.to_owned());
            facts.location.get_or_insert_with(|| place.to_owned());
        }
        None => facts.employer = Some(firm.to_owned()),
    }
}

fn segments(text: &str) -> impl Iterator<Item = &str> {
    let mut parts = vec![text];
    for sign in [" | ", " - ", " – ", " — ", " · ", " » ", " :: "] {
        parts = parts.into_iter().flat_map(|part| part.split(sign)).collect();
    }
    parts
        .into_iter()
        .map(|part| part.trim_matches([' ', '|', '-', '–', '—', '·', ':', ',', '»']))
        .filter(|part| !part.is_empty())
}

#[cfg(test)]
mod tests {
    use resume::Origin;

    use super::*;

    #[test]
    fn titles_of_pages_name_the_employer() {
        for (page, employer, location) in [
            ("Job Application for Baker at Larkfield Bread", "Larkfield Bread", ""),
            (
                "Larkfield Bread hiring Baker in Leeds, England, United Kingdom | NetWork",
                "Larkfield Bread",
                "Leeds, England, United Kingdom",
            ),
            ("Larkfield Bread - Baker", "Larkfield Bread", ""),
            ("Baker - Leeds, UK - Larkfield Bread | JobSite Jobs", "Larkfield Bread", "Leeds, UK"),
            ("Careers - Baker | Larkfield Bread", "Larkfield Bread", ""),
        ] {
            let facts = Facts { title: Some("Baker".to_owned()), ..Facts::default() };
            let mut facts = plainly(page, facts);
            from_page_title(page, &[Line::new("At Larkfield Bread we bake.", Origin::Nowhere)], &mut facts);
            assert_eq!(facts.employer.as_deref(), Some(employer), "{page}");
            assert_eq!(facts.location.as_deref().unwrap_or_default(), location, "{page}");
        }
    }
}

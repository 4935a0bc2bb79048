//! Parts of a page that its builder named: `class="location"`, `itemprop="hiringOrganization"`.

use super::super::markup::{Token, Tokens, attribute, unescape};

/// What the named parts say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in super::super) struct Named {
    pub(in super::super) employer: Option<String>,
    pub(in super::super) location: Option<String>,
}

const EMPLOYER: &[&str] = &[
    "company",
    "companyname",
    "employer",
    "employername",
    "organization",
    "organisation",
    "hiringorganization",
    "org",
    "arbeitgeber",
    "unternehmen",
    "firma",
    "entreprise",
    "employeur",
    "societe",
    "empresa",
];
const LOCATION: &[&str] = &[
    "location",
    "locations",
    "joblocation",
    "standort",
    "arbeitsort",
    "einsatzort",
    "lieu",
    "localisation",
    "ville",
    "ubicacion",
    "localidad",
    "addresslocality",
];
/// Words beside them that say that it is another part.
const NOT: &[&str] = &[
    "logo",
    "size",
    "about",
    "description",
    "culture",
    "benefits",
    "rating",
    "reviews",
    "icon",
    "label",
    "search",
    "filter",
    "input",
    "select",
    "map",
    "similar",
    "related",
    "card",
    "list",
    "link",
    "header",
    "footer",
    "nav",
    "wrapper",
    "container",
    "section",
    "title",
];

/// Longer texts are no names, in characters.
const LONGEST: usize = 90;

/// Looks for named parts.
pub(in super::super) fn named(html: &str) -> Named {
    let mut found = Named::default();
    let mut tokens = Tokens { html, at: 0 };
    while let Some(token) = tokens.next() {
        let Token::Open { name, attributes, closed: false } = token else { continue };
        if attributes.is_empty() || found.employer.is_some() && found.location.is_some() {
            continue;
        }
        let kind = kind(attributes);
        let slot = match kind {
            Some(true) if found.employer.is_none() => &mut found.employer,
            Some(false) if found.location.is_none() => &mut found.location,
            _ => continue,
        };
        *slot = text_of(name, Tokens { html, at: tokens.at });
    }
    found
}

/// Employer (`true`), place (`false`), or neither.
fn kind(attributes: &str) -> Option<bool> {
    let mut words: Vec<String> = Vec::new();
    for name in ["class", "itemprop", "data-automation-id", "data-testid", "data-qa", "data-test", "id"] {
        let Some(value) = attribute(attributes, name) else { continue };
        let mut word = String::new();
        let mut before = ' ';
        for c in value.chars() {
            if !c.is_ascii_alphanumeric() || c.is_ascii_uppercase() && before.is_ascii_lowercase() {
                words.push(std::mem::take(&mut word));
            }
            if c.is_ascii_alphanumeric() {
                word.push(c.to_ascii_lowercase());
            }
            before = c;
        }
        words.push(word);
    }
    let has = |list: &[&str]| words.iter().any(|word| list.contains(&word.as_str()));
    if has(NOT) {
        return None;
    }
    match (has(EMPLOYER), has(LOCATION)) {
        (true, false) => Some(true),
        (false, true) => Some(false),
        _ => None,
    }
}

/// The text of an element that was just opened, where it is short.
fn text_of(name: &str, tokens: Tokens<'_>) -> Option<String> {
    let mut text = String::new();
    let mut depth = 1_usize;
    for token in tokens {
        match token {
            Token::Text(more) => {
                text.push_str(&unescape(more));
                if text.chars().count() > 4 * LONGEST {
                    return None;
                }
            }
            Token::Open { name: other, closed: false, .. } if other.eq_ignore_ascii_case(name) => depth += 1,
            Token::Close(other) if other.eq_ignore_ascii_case(name) => {
                depth -= 1;
                if depth == 0 {
                    break;
                }
            }
            _ => {}
        }
    }
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let text = text.strip_prefix("at ").unwrap_or(&text).trim_matches([':', '·', '|', ',', ' ']).to_owned();
    let fits = (2..=LONGEST).contains(&text.chars().count()) && text.chars().any(char::is_alphabetic);
    (fits && !super::is_other(&text) && !resume::posting::is_section(&text) && !text.contains(':'))
        .then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn builders_name_parts() {
        let html = "<div class='company-logo'>x</div><span class='company-name'>at <b>Larkfield</b> Bread</span><div data-automation-id='locations'>Leeds</div>";
        let found = named(html);
        assert_eq!(
            (found.employer.as_deref(), found.location.as_deref()),
            (Some("Larkfield Bread"), Some("Leeds"))
        );
        assert_eq!(
            named("<div class='about-company'>We bake</div><p class=location-filter>All</p>"),
            Named::default()
        );
    }
}

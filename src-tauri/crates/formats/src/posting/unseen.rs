//! Which elements of a page nobody sees, and which are not what the page is about.

use super::markup::attribute;

/// Words in classes and ids of such parts.
const FRAME_WORDS: &[&str] = &[
    "cookie",
    "consent",
    "nav",
    "navbar",
    "topbar",
    "menu",
    "footer",
    "foot",
    "breadcrumb",
    "breadcrumbs",
    "sidebar",
    "similar",
    "related",
    "recommended",
    "teaser",
    "share",
    "social",
    "newsletter",
    "modal",
    "popup",
    "banner",
    "signup",
    "login",
    "apply-form",
    "skip",
    "ads",
];
/// Whether an element is hidden by its attributes or its style.
pub(super) fn is_hidden(attributes: &str, hidden_classes: &[String]) -> bool {
    if attributes.is_empty() {
        return false;
    }
    if attribute(attributes, "hidden").is_some() {
        return true;
    }
    // A sign for the eye alone, like a bullet, is hidden from screen readers and is not a hidden text.
    if let Some(style) = attribute(attributes, "style")
        && is_hiding(&style)
    {
        return true;
    }
    attribute(attributes, "class").is_some_and(|classes| {
        classes.split_whitespace().any(|class| hidden_classes.iter().any(|hidden| hidden == class))
    })
}

/// Whether a style hides what it is on.
fn is_hiding(style: &str) -> bool {
    let style: String = style.to_ascii_lowercase().chars().filter(|c| !c.is_whitespace()).collect();
    let declares = |property: &str, values: &[&str]| {
        style.split([';', '{', '}']).filter_map(|one| one.split_once(':')).any(|(name, value)| {
            let value = value.trim_end_matches("!important");
            name == property && values.contains(&value)
        })
    };
    let far = |property: &str| {
        style.split([';', '{', '}']).filter_map(|one| one.split_once(':')).any(|(name, value)| {
            name == property
                && value
                    .strip_prefix('-')
                    .is_some_and(|rest| rest.chars().take_while(char::is_ascii_digit).count() >= 3)
        })
    };
    declares("display", &["none"])
        || declares("visibility", &["hidden", "collapse"])
        || declares("opacity", &["0", "0.0", "0%"])
        || declares("font-size", &["0", "0px", "0pt", "0em", "1px"])
        || declares("color", &["transparent", "white", "#fff", "#ffffff", "rgba(0,0,0,0)"])
            && !style.contains("background")
        || ["left", "top", "text-indent", "margin-left", "right"].iter().any(|property| far(property))
        || (declares("width", &["0", "0px", "1px"]) || declares("height", &["0", "0px", "1px"]))
            && style.contains("overflow:hidden")
        || style.contains("clip:rect(0")
        || style.contains("clip-path:inset(50%")
}

/// Classes that the page's own style sheets hide.
pub(super) fn hidden_classes(html: &str) -> Vec<String> {
    let lower = html.to_ascii_lowercase();
    let mut classes = Vec::new();
    let mut from = 0;
    while let Some(at) = lower[from..].find("<style").map(|at| at + from) {
        let end = lower[at..].find("</style").map_or(lower.len(), |end| at + end);
        for rule in html[at..end].split('}') {
            let Some((selectors, style)) = rule.rsplit_once('{') else { continue };
            if is_hiding(style) {
                let simple = selectors
                    .split(',')
                    .map(str::trim)
                    .filter_map(|selector| selector.rsplit(['>', ' ', '\n']).next()?.strip_prefix('.'));
                classes.extend(simple.filter(|class| !class.contains([':', '.', '['])).map(str::to_owned));
            }
        }
        from = end.max(at + 6);
    }
    classes
}

/// Whether classes or id say that an element is not what the page is about.
pub(super) fn is_frame(attributes: &str) -> bool {
    if attributes.is_empty() {
        return false;
    }
    let role = attribute(attributes, "role").unwrap_or_default();
    if matches!(
        role.as_str(),
        "navigation" | "dialog" | "banner" | "contentinfo" | "search" | "alertdialog" | "complementary"
    ) {
        return true;
    }
    ["class", "id"].iter().filter_map(|name| attribute(attributes, name)).any(|value| {
        value
            .to_ascii_lowercase()
            .split(|c: char| !c.is_ascii_alphanumeric())
            .any(|word| FRAME_WORDS.contains(&word))
    })
}

//! schema.org `JobPosting` in a page: exact, where there is one.

use serde_json::Value;

/// What the data of a page says of the job.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Told {
    pub(crate) title: Option<String>,
    pub(crate) employer: Option<String>,
    pub(crate) location: Option<String>,
    /// The description as HTML.
    pub(crate) description: String,
}

/// How deep lists and graphs are followed.
const DEPTH: u32 = 8;

/// The first `JobPosting` of a page.
pub(crate) fn find(html: &str) -> Option<Told> {
    scripts(html, "application/ld+json").into_iter().find_map(|script| {
        let value = serde_json::from_str::<Value>(script).ok()?;
        posting(&value, DEPTH).map(told)
    })
}

/// The scripts of a page that hold data: for search engines, and for the page itself.
pub(super) fn data_scripts(html: &str) -> Vec<&str> {
    let mut found = scripts(html, "application/ld+json");
    found.extend(scripts(html, "application/json"));
    found
}

fn scripts<'h>(html: &'h str, kind: &str) -> Vec<&'h str> {
    let lower = html.to_ascii_lowercase();
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(at) = lower[from..].find(kind).map(|at| at + from) {
        let Some(open) = lower[at..].find('>').map(|end| at + end + 1) else { break };
        let close = open + lower[open..].find("</script").unwrap_or(lower.len() - open);
        found.push(html[open..close].trim());
        from = close;
    }
    found
}

fn posting(value: &Value, depth: u32) -> Option<&Value> {
    if depth == 0 {
        return None;
    }
    match value {
        Value::Array(all) => all.iter().find_map(|value| posting(value, depth - 1)),
        Value::Object(object) => {
            let is_posting = match object.get("@type") {
                Some(Value::String(kind)) => kind.ends_with("JobPosting"),
                Some(Value::Array(kinds)) => kinds.iter().any(|kind| kind == "JobPosting"),
                _ => false,
            };
            if is_posting {
                return Some(value);
            }
            ["@graph", "mainEntity", "itemListElement", "item"]
                .iter()
                .filter_map(|key| object.get(*key))
                .find_map(|value| posting(value, depth - 1))
        }
        _ => None,
    }
}

fn told(posting: &Value) -> Told {
    let description =
        ["description", "responsibilities", "qualifications", "skills", "experienceRequirements"]
            .iter()
            .filter_map(|key| posting[*key].as_str())
            .collect::<Vec<_>>()
            .join("\n<p></p>\n");
    // Some pages escape the HTML of the description a second time.
    let description = if description.contains("&lt;p") || description.contains("&lt;li") {
        super::markup::unescape(&description)
    } else {
        description
    };
    let organisation = &posting["hiringOrganization"];
    Told {
        title: text(&posting["title"]),
        employer: text(organisation).or_else(|| text(&organisation["name"])),
        location: place(&posting["jobLocation"])
            .or_else(|| (posting["jobLocationType"] == "TELECOMMUTE").then(|| "Remote".to_owned())),
        description,
    }
}

fn text(value: &Value) -> Option<String> {
    let text = super::markup::unescape(value.as_str()?);
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    (!text.is_empty()).then_some(text)
}

fn place(value: &Value) -> Option<String> {
    match value {
        Value::Array(all) => {
            let places: Vec<String> = all.iter().filter_map(place).collect();
            (!places.is_empty()).then(|| places.join("; "))
        }
        Value::String(_) => text(value),
        Value::Object(_) => {
            let address = &value["address"];
            text(&address["description"]).or_else(|| text(address)).or_else(|| {
                let country = &address["addressCountry"];
                let parts: Vec<String> = [
                    text(&address["addressLocality"]),
                    text(&address["addressRegion"]),
                    text(country).or_else(|| text(&country["name"])),
                ]
                .into_iter()
                .flatten()
                .collect();
                (!parts.is_empty()).then(|| parts.join(", ")).or_else(|| text(&value["name"]))
            })
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_posting_in_a_graph_is_found() {
        let html = r#"<script type="application/ld+json">{"@graph":[{"@type":"Organization"},{"@type":["JobPosting"],"title":"Welder &amp; Fitter","hiringOrganization":{"name":"Yard"},"jobLocation":[{"address":{"addressLocality":"Mobile","addressRegion":"AL"}}],"description":"<p>Weld</p>"}]}</script>"#;
        let told = find(html).expect("it is there");
        assert_eq!(told.title.as_deref(), Some("Welder & Fitter"));
        assert_eq!(told.employer.as_deref(), Some("Yard"));
        assert_eq!(told.location.as_deref(), Some("Mobile, AL"));
        assert_eq!(told.description, "<p>Weld</p>");
    }
}

//! The part that holds comments, and what leads to it.

use crate::RedlineError;
use crate::package::Package;

const KIND: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments";
const CONTENT: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml";
const RELATIONSHIPS: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
const WORDS: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

/// Parts that must be written so that `comments` hang on the part `main`: the comments themselves and, where there
/// were none before, the entries that name them.
pub(crate) fn add(
    package: &mut Package<'_>,
    main: &str,
    comments: &str,
) -> Result<Vec<(String, String)>, RedlineError> {
    if comments.is_empty() {
        return Ok(Vec::new());
    }
    let (folder, file) = main.rsplit_once('/').unwrap_or(("", main));
    let within = |name: &str| if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") };
    let links = within(&format!("_rels/{file}.rels"));
    let linked = package.part(&links)?;
    if let Some(target) = linked.as_deref().and_then(target) {
        let name = target.strip_prefix('/').map_or_else(|| within(&target), str::to_owned);
        if let Some(xml) = package.part(&name)? {
            let all = before_end(&xml, "</w:comments>", comments)
                .or_else(|| opened(&xml, "w:comments", comments))
                .ok_or(RedlineError::Package)?;
            return Ok(vec![(name, all)]);
        }
    }
    let link =
        format!("<Relationship Id=\"rIdTailorbirdComments\" Type=\"{KIND}\" Target=\"comments.xml\"/>");
    let links_xml = match &linked {
        Some(xml) => before_end(xml, "</Relationships>", &link)
            .or_else(|| opened(xml, "Relationships", &link))
            .ok_or(RedlineError::Package)?,
        None => format!("{HEAD}<Relationships xmlns=\"{RELATIONSHIPS}\">{link}</Relationships>"),
    };
    let name = within("comments.xml");
    let types = package.part("[Content_Types].xml")?.ok_or(RedlineError::Package)?;
    let entry = format!("<Override PartName=\"/{name}\" ContentType=\"{CONTENT}\"/>");
    let types = before_end(&types, "</Types>", &entry).ok_or(RedlineError::Package)?;
    Ok(vec![
        (name, format!("{HEAD}<w:comments xmlns:w=\"{WORDS}\">{comments}</w:comments>")),
        (links, links_xml),
        ("[Content_Types].xml".to_owned(), types),
    ])
}

/// The highest number of a comment that is there already.
pub(crate) fn highest(package: &mut Package<'_>, main: &str) -> Result<u64, RedlineError> {
    let (folder, _) = main.rsplit_once('/').unwrap_or(("", main));
    let name = if folder.is_empty() { "comments.xml".to_owned() } else { format!("{folder}/comments.xml") };
    let Some(xml) = package.part(&name)? else { return Ok(0) };
    Ok(crate::part::look_through(&xml).map_err(|_| RedlineError::Xml)?.highest_id)
}

/// The target of the relationship to comments.
fn target(links: &str) -> Option<String> {
    let at = links.find(&format!("\"{KIND}\""))?;
    let from = links[..at].rfind('<')?;
    let tag = &links[from..from + links[from..].find('>')?];
    let (_, rest) = tag.split_once("Target=\"")?;
    rest.split_once('"').map(|(target, _)| target.to_owned())
}

fn before_end(xml: &str, end: &str, new: &str) -> Option<String> {
    let at = xml.rfind(end)?;
    Some(format!("{}{new}{}", &xml[..at], &xml[at..]))
}

/// `<name …/>` with something in it.
fn opened(xml: &str, name: &str, new: &str) -> Option<String> {
    let from = xml.find(&format!("<{name}"))?;
    let to = from + xml[from..].find("/>")?;
    Some(format!("{}>{new}</{name}>{}", &xml[..to], &xml[to + 2..]))
}

//! Word documents: a scanner of our own over the package's parts, in document order.
//!
//! Paragraphs are counted as they stand in the part, every `w:p`, so that an edit can find them again.
//! Deleted text, comments and the fallback copies of text boxes are left out, inserted text is in.

mod links;
pub(crate) mod parts;
pub(crate) mod scan;
pub(crate) mod styles;

use resume::Origin;

use self::scan::Paragraph;
use super::Lines;
use super::package::Package;
use crate::line::{Line, strip_bullet};
use crate::understand::{has_date, has_mail, has_phone, only_date};
use crate::{Format, ReadError};

/// Reads a DOCX package into paragraphs.
pub(crate) fn read(bytes: &[u8]) -> Result<Lines, ReadError> {
    let mut package = Package::open(bytes, Format::Docx)?;
    let main = parts::main_part(&package)?;
    let styles = match package.part("word/styles.xml")? {
        Some(xml) => styles::Styles::read(&xml)?,
        None => styles::Styles::default(),
    };
    let Some(xml) = package.part(&main)? else {
        return Err(ReadError::Damaged { format: Format::Docx, what: "its main part is missing".to_owned() });
    };
    let mut body = scan::paragraphs(&xml, &styles)?;
    links::resolve(&mut body, package.part(&links::part_of(&main))?.as_deref());
    let has_title = body.iter().any(|paragraph| paragraph.is_title);
    let mut lines = Vec::new();
    let mut edges: Vec<Line> = Vec::new();
    for part in parts::edge_parts(&package) {
        if let Some(xml) = package.part(&part)? {
            let mut edge = scan::paragraphs(&xml, &styles)?;
            links::resolve(&mut edge, package.part(&links::part_of(&part))?.as_deref());
            for line in to_lines(edge, &part, has_title) {
                keep_edge_line(&mut edges, &body, line);
            }
        }
    }
    let (top, bottom): (Vec<Line>, Vec<Line>) = edges
        .into_iter()
        .partition(|line| matches!(&line.origin, Origin::Paragraphs { part, .. } if part.contains("header")));
    lines.extend(top);
    lines.extend(to_lines(body, &main, has_title));
    lines.extend(bottom);
    if lines.is_empty() {
        return Err(ReadError::NoText { format: Format::Docx });
    }
    Ok(Lines { lines, warnings: Vec::new() })
}

/// Headers and footers repeat and number pages; what they say once more, or only count, is not kept.
pub(crate) fn keep_edge_line(edges: &mut Vec<Line>, body: &[Paragraph], mut line: Line) {
    let letters = line.text.chars().filter(|c| c.is_alphabetic()).count();
    let contact = has_mail(&line.text) || has_phone(&line.text);
    let repeated = edges.iter().any(|edge| edge.text == line.text)
        || body.iter().any(|paragraph| paragraph.text.trim() == line.text);
    if repeated
        || letters < 8 && !contact && line.text.chars().any(|c| c.is_ascii_digit())
        || letters == 0 && !contact
    {
        return;
    }
    line.furniture = !contact;
    edges.push(line);
}

/// A row of two cells with one paragraph each is one line where the first is the name of a group
/// ("Norms:") or the second the dates of an entry.
fn join_rows(paragraphs: Vec<Paragraph>) -> Vec<Paragraph> {
    let mut joined: Vec<Paragraph> = Vec::with_capacity(paragraphs.len());
    let mut rest = paragraphs.into_iter().peekable();
    while let Some(mut first) = rest.next() {
        let alone = joined.last().is_none_or(|above| above.row != first.row);
        if first.row > 0
            && alone
            && let Some(mut second) =
                rest.next_if(|second| second.row == first.row && second.region != first.region)
        {
            let plain = !first.bullet && !second.bullet && first.heading == 0 && second.heading == 0;
            let last_of_row = rest.peek().is_none_or(|third| third.row != first.row);
            let one_line = !first.text.contains('\n') && !second.text.contains('\n');
            let group = first.text.chars().count() <= 30
                && !has_date(&first.text)
                && second.text.chars().count() <= 200;
            let private = has_mail(&first.text) || has_mail(&second.text) || has_phone(&second.text);
            if plain && last_of_row && one_line && !private && (group || only_date(&second.text)) {
                first.text = format!("{}\t{}", first.text.trim(), second.text.trim());
                first.runs.append(&mut second.runs);
                first.links.append(&mut second.links);
                first.bold &= second.bold;
                first.last = second.last;
                joined.push(first);
            } else {
                joined.push(first);
                joined.push(second);
            }
            continue;
        }
        joined.push(first);
    }
    joined
}

/// The runs of the text behind so many line breaks; all of them where the breaks were taken out.
fn runs_of(runs: &[String], line: usize) -> Vec<String> {
    let mut at = 0;
    let mut found = Vec::new();
    for run in runs {
        for (nth, piece) in run.split('\n').enumerate() {
            at += usize::from(nth > 0);
            if at == line && !piece.trim().is_empty() {
                found.push(piece.to_owned());
            }
        }
    }
    found
}

/// Paragraphs to lines; a line break in a paragraph that is no list item begins a line of its own.
pub(crate) fn to_lines(paragraphs: Vec<Paragraph>, part: &str, has_title: bool) -> Vec<Line> {
    let mut lines = Vec::new();
    for paragraph in join_rows(paragraphs) {
        let origin =
            Origin::Paragraphs { part: part.to_owned(), first: paragraph.index, last: paragraph.last };
        let text = if paragraph.bullet { paragraph.text.replace('\n', " ") } else { paragraph.text.clone() };
        let pieces = text.split('\n').map(str::trim).enumerate().filter(|(_, piece)| !piece.is_empty());
        for (at, piece) in pieces {
            let mut line = Line::new(piece, origin.clone());
            line.size = paragraph.size;
            line.bold = paragraph.bold;
            line.starts_bold = paragraph.starts_bold;
            line.italic = paragraph.italic;
            line.starts_italic = paragraph.starts_italic;
            if paragraph.runs.len() > 1 {
                line.runs = runs_of(&paragraph.runs, at);
            }
            line.links =
                paragraph.links.iter().filter(|(text, _)| piece.contains(text.as_str())).cloned().collect();
            line.bullet = paragraph.bullet;
            line.region = paragraph.region;
            // A title stands above the first level of headings.
            line.heading = match paragraph.heading {
                0 => 0,
                _ if paragraph.is_title => 1,
                level => level + u8::from(has_title),
            };
            if !line.bullet
                && line.heading == 0
                && let Some(rest) = strip_bullet(piece)
                && !rest.is_empty()
            {
                rest.clone_into(&mut line.text);
                line.bullet = true;
            }
            lines.push(line);
        }
    }
    lines
}

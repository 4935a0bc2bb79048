use std::io::{Cursor, Read};

use exports::{Target, write};
use quick_xml::Reader;
use quick_xml::events::Event;
use resume::{BlockKind, Resume};

use crate::fixture;

/// A part of the package, as text.
fn part(docx: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(docx)).unwrap();
    let mut text = String::new();
    archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

/// The style and the text of each paragraph.
pub(crate) fn paragraphs(docx: &[u8]) -> Vec<(String, String)> {
    let xml = part(docx, "word/document.xml");
    let mut reader = Reader::from_str(&xml);
    let (mut style, mut text, mut in_text) = (String::new(), String::new(), false);
    let mut paragraphs = Vec::new();
    loop {
        match reader.read_event().unwrap() {
            Event::Eof => return paragraphs,
            Event::Start(tag) | Event::Empty(tag) if tag.name().as_ref() == "w:pStyle" => {
                let value = tag.try_get_attribute("w:val").unwrap().unwrap();
                style = value.value.into_owned();
            }
            Event::Start(tag) if tag.name().as_ref() == "w:t" => in_text = true,
            Event::End(tag) if tag.name().as_ref() == "w:t" => in_text = false,
            Event::Empty(tag) | Event::Start(tag) if tag.name().as_ref() == "w:tab" => text.push('\t'),
            Event::Text(part) if in_text => text.push_str(&part),
            Event::GeneralRef(name) if in_text => {
                let entity = format!("&{};", &*name);
                text.push_str(&quick_xml::escape::unescape(&entity).unwrap());
            }
            Event::End(tag) if tag.name().as_ref() == "w:p" => {
                paragraphs.push((std::mem::take(&mut style), std::mem::take(&mut text)));
            }
            _ => {}
        }
    }
}

fn docx(resume: &Resume) -> Vec<u8> {
    write(resume, Target::Docx).unwrap()
}

#[test]
fn each_block_is_a_paragraph_with_a_style_of_its_kind() {
    let lines: Vec<String> = paragraphs(&docx(&fixture::awkward()))
        .into_iter()
        .map(|(style, text)| format!("{style}: {}", text.replace('\t', " → ")))
        .collect();
    insta::assert_snapshot!(lines.join("\n"));
}

#[test]
fn every_style_and_list_that_is_used_is_declared() {
    let docx = docx(&fixture::awkward());
    let styles = part(&docx, "word/styles.xml");
    for (style, _) in paragraphs(&docx) {
        assert!(styles.contains(&format!("w:styleId=\"{style}\"")), "{style}");
    }
    assert!(styles.contains("w:default=\"1\" w:styleId=\"Normal\""));
    assert!(part(&docx, "word/document.xml").contains("<w:numId w:val=\"2\""));
    let lists = part(&docx, "word/numbering.xml");
    assert!(lists.contains("<w:num w:numId=\"2\""), "{lists}");
    assert!(lists.contains("•"));
}

#[test]
fn every_part_is_well_formed() {
    let docx = docx(&fixture::awkward());
    let mut archive = zip::ZipArchive::new(Cursor::new(&docx)).unwrap();
    for at in 0..archive.len() {
        let name = archive.by_index(at).unwrap().name().unwrap().into_owned();
        if name.ends_with('/') {
            continue;
        }
        let xml = part(&docx, &name);
        let mut reader = Reader::from_str(&xml);
        reader.config_mut().check_end_names = true;
        while !matches!(reader.read_event().unwrap_or_else(|error| panic!("{name}: {error}")), Event::Eof) {}
    }
}

#[test]
fn links_lead_where_they_say() {
    let docx = docx(&fixture::awkward());
    let links = part(&docx, "word/_rels/document.xml.rels");
    assert!(links.contains("Target=\"mailto:zoe_quill+cv@example.com\""), "{links}");
    assert!(links.contains("Target=\"https://example.org/~zoe?a=1&amp;b=2\""), "{links}");
}

#[test]
fn language_paper_and_title_follow_the_resume() {
    let german = fixture::resume(Some("de"), &[(BlockKind::Name, "Jörg <Maß> & Söhne")]);
    let docx = docx(&german);
    assert!(part(&docx, "word/styles.xml").contains("<w:lang w:val=\"de-DE\""));
    assert!(part(&docx, "word/document.xml").contains("w:w=\"11906\" w:h=\"16838\""));
    let core = part(&docx, "docProps/core.xml");
    assert!(core.contains("<dc:title>Jörg &lt;Maß&gt; &amp; Söhne</dc:title>"), "{core}");
    assert!(core.contains("<dc:language>de-DE</dc:language>"));

    let american = self::docx(&fixture::awkward());
    assert!(part(&american, "word/styles.xml").contains("<w:lang w:val=\"en-US\""));
    assert!(part(&american, "word/document.xml").contains("w:w=\"12240\" w:h=\"15840\""));
}

#[test]
fn right_to_left_languages_get_right_to_left_paragraphs() {
    let hebrew = fixture::resume(Some("he"), &[(BlockKind::Name, "דנה לוי")]);
    assert!(part(&docx(&hebrew), "word/styles.xml").contains("<w:bidi/>"));
    assert!(!part(&docx(&fixture::awkward()), "word/styles.xml").contains("<w:bidi/>"));
}

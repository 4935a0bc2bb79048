//! Edits in small documents: what changes, what stays, what is refused.

#![expect(clippy::unwrap_used, reason = "a test that meets what it did not expect has failed")]

use std::collections::BTreeMap;

use proptest::prelude::*;
use redline::{Redlined, Style, Why, redline};
use resume::{Block, BlockId, BlockKind, Change, Edit, EditId, Resume};
use word::{Decision, decide, package, parts};

const HEAD: &str = r#"<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>"#;
const BULLET: &str = r#"<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="2"/></w:numPr></w:pPr>"#;
const BOLD: &str = "<w:rPr><w:b/></w:rPr>";

fn document(body: &str) -> Vec<u8> {
    let types = r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>"#;
    let parts = [
        ("[Content_Types].xml", types.to_owned()),
        ("word/document.xml", format!("{HEAD}{body}<w:sectPr/></w:body></w:document>")),
        ("word/theme/theme1.xml", "<a:theme/>".to_owned()),
    ];
    package(&parts.map(|(name, text)| (name.to_owned(), text.into_bytes())).into_iter().collect())
}

fn paragraph(properties: &str, runs: &[(&str, &str)]) -> String {
    let runs = runs
        .iter()
        .map(|(looks, text)| format!("<w:r>{looks}<w:t xml:space=\"preserve\">{text}</w:t></w:r>"))
        .collect::<Vec<_>>()
        .concat();
    format!("<w:p>{properties}{runs}</w:p>")
}

/// A resume of two bullets under a heading.
fn nets() -> Vec<u8> {
    document(
        &[
            paragraph("", &[("", "Odd Nansen")]),
            paragraph(r#"<w:pPr><w:outlineLvl w:val="0"/></w:pPr>"#, &[("", "Experience")]),
            paragraph(BULLET, &[(BOLD, "Mended "), ("", "nets and sold herring in Bergen")]),
            paragraph(BULLET, &[("", "Kept the books of four boats")]),
        ]
        .concat(),
    )
}

fn read(docx: &[u8]) -> Resume {
    formats::read_resume(docx, Some("a.docx")).unwrap().resume
}

fn id(resume: &Resume, text: &str) -> BlockId {
    resume.blocks.iter().find(|block| block.text.contains(text)).unwrap().id.clone()
}

fn texts(resume: &Resume) -> Vec<&str> {
    resume.blocks.iter().map(|block: &Block| block.text.as_str()).collect()
}

fn edit(n: usize, change: Change) -> Edit {
    let reason = format!("Reason {n}");
    Edit { id: EditId::nth(n), change, evidence: Vec::new(), requirement: None, reason }
}

fn tracked() -> Style {
    Style::Tracked { author: "Tailorbird".to_owned(), date: None }
}

fn xml(redlined: &Redlined) -> String {
    String::from_utf8(parts(&redlined.bytes)["word/document.xml"].clone()).unwrap()
}

fn decided(redlined: &Redlined, decision: Decision) -> Resume {
    let mut parts = parts(&redlined.bytes);
    let decided = decide(&xml(redlined), "Tailorbird", decision).into_bytes();
    parts.insert("word/document.xml".to_owned(), decided);
    read(&package(&parts))
}

/// Makes the edits in both styles, and checks what must hold of any edits.
fn both(docx: &[u8], edits: &[Edit]) -> (Redlined, Redlined) {
    let original = read(docx);
    let clean = redline(docx, &original, edits, &Style::Clean).unwrap();
    let marked = redline(docx, &original, edits, &tracked()).unwrap();
    assert_eq!((&clean.made, &clean.left_alone), (&marked.made, &marked.left_alone));
    let made: Vec<Edit> = edits.iter().filter(|edit| clean.made.contains(&edit.id)).cloned().collect();
    let wanted = resume::apply(&original, &made).resume;
    assert_eq!(texts(&read(&clean.bytes)), texts(&wanted), "clean");
    assert_eq!(texts(&decided(&marked, Decision::Accept)), texts(&wanted), "accepted");
    assert_eq!(texts(&decided(&marked, Decision::Reject)), texts(&original), "rejected");
    (clean, marked)
}

fn refused(body: &str, line: &str, new: &str) -> Why {
    let docx = document(body);
    let block = id(&read(&docx), line);
    let (clean, _) = both(&docx, &[edit(1, Change::Rewrite { block, text: new.to_owned() })]);
    assert_eq!(clean.bytes, docx, "nothing changes");
    clean.left_alone[0].why
}

#[test]
fn a_rewrite_changes_its_words_and_keeps_the_looks_of_the_rest() {
    let docx = nets();
    let block = id(&read(&docx), "Mended");
    let text = "Mended nets & sold cod in Bergen".to_owned();
    let (clean, marked) = both(&docx, &[edit(1, Change::Rewrite { block, text })]);
    let line = r#"<w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">Mended </w:t></w:r><w:r><w:t xml:space="preserve">nets &amp; sold cod in Bergen</w:t></w:r>"#;
    assert!(xml(&clean).contains(line), "{}", xml(&clean));
    assert_eq!(clean.parts, ["word/document.xml"]);
    assert_eq!(
        marked.parts,
        ["word/document.xml", "word/comments.xml", "word/_rels/document.xml.rels", "[Content_Types].xml"]
    );
    assert_eq!(xml(&marked).matches("<w:del ").count(), 2);
    let (before, after) = (parts(&docx), parts(&marked.bytes));
    assert_eq!(before["word/theme/theme1.xml"], after["word/theme/theme1.xml"]);
    let comments = String::from_utf8(after["word/comments.xml"].clone()).unwrap();
    assert!(comments.contains("Reason 1") && comments.contains("w:author=\"Tailorbird\""), "{comments}");
}

#[test]
fn a_new_line_takes_the_list_and_the_looks_of_its_neighbour() {
    let docx = nets();
    let after = id(&read(&docx), "Mended");
    let insert = Change::Insert { after, kind: BlockKind::Bullet, text: "Baked bread".to_owned() };
    let (clean, _) = both(&docx, &[edit(1, insert)]);
    let line = format!(r#"<w:p>{BULLET}<w:r><w:t xml:space="preserve">Baked bread</w:t></w:r></w:p>"#);
    assert!(xml(&clean).contains(&line), "{}", xml(&clean));
}

#[test]
fn a_list_sign_that_is_typed_is_typed_before_a_new_line_too() {
    let docx = document(
        &[
            paragraph("", &[("", "Odd Nansen")]),
            paragraph("", &[("", "•  Mended nets in Bergen")]),
            paragraph("", &[("", "•  Kept books")]),
        ]
        .concat(),
    );
    let after = id(&read(&docx), "Mended");
    let insert = Change::Insert { after, kind: BlockKind::Bullet, text: "Baked bread".to_owned() };
    let (clean, _) = both(&docx, &[edit(1, insert)]);
    assert!(xml(&clean).contains("•  </w:t><w:t xml:space=\"preserve\">Baked bread"), "{}", xml(&clean));
}

#[test]
fn lines_behind_the_last_one_go_away_when_they_are_rejected() {
    let docx = nets();
    let after = id(&read(&docx), "Kept");
    let insert = |n, text: &str| {
        edit(n, Change::Insert { after: after.clone(), kind: BlockKind::Bullet, text: text.to_owned() })
    };
    both(&docx, &[insert(1, "Baked bread"), insert(2, "Built boats")]);
}

#[test]
fn lines_move_and_leave() {
    let docx = nets();
    let resume = read(&docx);
    let (nets, books) = (id(&resume, "Mended"), id(&resume, "Kept"));
    let text = "Mended nets in Bergen".to_owned();
    both(
        &docx,
        &[
            edit(1, Change::Rewrite { block: nets.clone(), text }),
            edit(2, Change::Move { block: nets.clone(), after: books.clone() }),
        ],
    );
    both(&docx, &[edit(1, Change::Remove { block: nets })]);
    both(&docx, &[edit(1, Change::Remove { block: books })]);
}

#[test]
fn one_of_two_lines_of_a_paragraph_changes_or_leaves() {
    let docx = document(
        &[
            paragraph("", &[("", "Odd Nansen")]),
            "<w:p><w:r><w:t>Mended nets in Bergen harbour.</w:t><w:br/><w:t>Kept the books of boats.</w:t></w:r></w:p>"
                .to_owned(),
        ]
        .concat(),
    );
    let resume = read(&docx);
    let (nets, books) = (id(&resume, "Mended"), id(&resume, "Kept"));
    assert_ne!(nets, books);
    both(&docx, &[edit(1, Change::Remove { block: nets.clone() })]);
    both(&docx, &[edit(1, Change::Remove { block: books.clone() })]);
    both(&docx, &[edit(1, Change::Rewrite { block: books, text: "Kept books of four boats.".to_owned() })]);
    let insert = Change::Insert { after: nets, kind: BlockKind::Paragraph, text: "Baked bread".to_owned() };
    let (clean, _) = both(&docx, &[edit(1, insert)]);
    assert_eq!(clean.left_alone[0].why, Why::SharedParagraph);
}

#[test]
fn what_cannot_be_changed_safely_is_left_alone_and_told() {
    let name = paragraph("", &[("", "Odd Nansen")]);
    let field = r#"<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:t>Mended nets in Bergen</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>"#;
    assert_eq!(refused(&format!("{name}{field}"), "Mended", "Mended sails in Bergen"), Why::Field);
    let inserted =
        r#"<w:p><w:ins w:id="1" w:author="Ada"><w:r><w:t>Mended nets in Bergen</w:t></w:r></w:ins></w:p>"#;
    assert_eq!(refused(&format!("{name}{inserted}"), "Mended", "Mended sails in Bergen"), Why::TrackedChange);
    let tab = "<w:p><w:r><w:t>Mended nets</w:t><w:tab/><w:t>in Bergen harbour</w:t></w:r></w:p>";
    assert_eq!(refused(&format!("{name}{tab}"), "Mended", "Mended sails at harbour"), Why::Tab);
}

#[test]
fn comments_that_are_there_stay() {
    let mut all = parts(&nets());
    let kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments";
    let add = |all: &mut BTreeMap<String, Vec<u8>>, name: &str, text: String| {
        all.insert(name.to_owned(), text.into_bytes());
    };
    let rels = format!(
        "<Relationships><Relationship Id=\"rId1\" Type=\"{kind}\" Target=\"comments.xml\"/></Relationships>"
    );
    add(&mut all, "word/_rels/document.xml.rels", rels);
    for there in ["<w:comments/>", "<w:comments><w:comment w:id=\"900\"><w:p/></w:comment></w:comments>"] {
        add(&mut all, "word/comments.xml", there.to_owned());
        let docx = package(&all);
        let block = id(&read(&docx), "Kept");
        let (_, marked) = both(&docx, &[edit(1, Change::Rewrite { block, text: "Kept books".to_owned() })]);
        assert_eq!(marked.parts, ["word/document.xml", "word/comments.xml"]);
        let comments = String::from_utf8(parts(&marked.bytes)["word/comments.xml"].clone()).unwrap();
        assert_eq!(comments.contains("w:id=\"900\""), there.contains("900"), "{comments}");
        assert!(comments.contains("Reason 1") && comments.ends_with("</w:comments>"), "{comments}");
        assert!(!comments.contains("w:id=\"901\""), "the change took that number");
    }
}

#[test]
fn a_file_that_is_no_package_is_an_error() {
    let resume = read(&nets());
    assert_eq!(redline(b"no", &resume, &[], &Style::Clean), Err(redline::RedlineError::Package));
}

proptest! {
    #[test]
    fn any_new_words_come_in_clean_and_tracked(
        old in "[a-c]{1,3}( [a-c]{1,3}){3,9}",
        cut in prop::collection::vec(1..4_usize, 1..6),
        new in "[a-c<&é]{1,3}( [a-c]{1,3}){0,9}",
    ) {
        let old = format!("Netted {old}");
        let mut runs = Vec::new();
        let mut rest: &str = &old;
        for (n, length) in cut.iter().enumerate() {
            let (run, left) = rest.split_at((length * 2).min(rest.len()));
            runs.push((if n % 2 == 0 { BOLD } else { "" }, run));
            rest = left;
        }
        runs.push(("", rest));
        let docx = document(
            &[
                paragraph("", &[("", "Odd Nansen")]),
                paragraph(r#"<w:pPr><w:outlineLvl w:val="0"/></w:pPr>"#, &[("", "Experience")]),
                paragraph(BULLET, &runs),
                paragraph(BULLET, &[("", "Kept the books of four boats")]),
            ]
            .concat(),
        );
        let resume = read(&docx);
        let block = id(&resume, "Netted");
        let (clean, _) = both(&docx, &[edit(1, Change::Rewrite { block, text: format!("Netted {new}") })]);
        prop_assert!(clean.left_alone.is_empty());
    }
}

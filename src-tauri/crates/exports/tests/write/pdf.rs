use std::io::Write as _;
use std::process::{Command, Stdio};

use exports::{Target, WriteError, write};
use resume::{BlockKind, Resume};

use crate::fixture;

fn pdf(resume: &Resume) -> Vec<u8> {
    write(resume, Target::Pdf).unwrap()
}

/// What poppler's `pdftotext` reads in each of its ways to order text; nothing, and a word about it,
/// where it is not installed.
pub(crate) fn readings(pdf: &[u8]) -> Vec<String> {
    let mut readings = Vec::new();
    for order in [&[][..], &["-raw"], &["-layout"]] {
        let child = Command::new("pdftotext")
            .args(order)
            .args(["-enc", "UTF-8", "-", "-"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn();
        let Ok(mut child) = child else {
            println!("skipped: pdftotext is not installed");
            return Vec::new();
        };
        let mut stdin = child.stdin.take().unwrap();
        let bytes = pdf.to_vec();
        let feed = std::thread::spawn(move || stdin.write_all(&bytes).unwrap());
        let output = child.wait_with_output().unwrap();
        feed.join().unwrap();
        assert!(output.status.success());
        readings.push(String::from_utf8(output.stdout).unwrap());
    }
    readings
}

fn assert_comes_back(resume: &Resume) {
    for text in readings(&pdf(resume)) {
        fixture::assert_holds_all(resume, &text);
    }
}

#[test]
fn all_blocks_come_back_in_order() {
    assert_comes_back(&fixture::awkward());
}

#[test]
fn dates_and_contacts_do_not_look_like_columns() {
    use BlockKind::{Bullet, Contact, EntryHeading, Name, Paragraph, SectionHeading, SkillsLine};
    assert_comes_back(&fixture::resume(
        Some("en"),
        &[
            (Name, "Ada Wren"),
            (Contact, "12 Long Meadow Lane, Upper Harrowgate, North Province"),
            (Contact, "ada.wren@example.com"),
            (Contact, "+44 7700 900123"),
            (Contact, "example.org/ada"),
            (Contact, "example.com/a-wren-with-a-long-address"),
            (Contact, "Full driving licence"),
            (SectionHeading, "Work"),
            (EntryHeading, "Lead 2019 – 2021"),
            (EntryHeading, "Acme"),
            (Bullet, "Led."),
            (EntryHeading, "Clerk"),
            (EntryHeading, "Bank\t2016 – 2019"),
            (Bullet, "Counted."),
            (EntryHeading, "Porter\tPort Ellery"),
            (EntryHeading, "Hotel"),
            (EntryHeading, "2010 – 2012"),
            (Paragraph, "Carried."),
            (SectionHeading, "School"),
            (EntryHeading, "BSc 2015"),
            (EntryHeading, "MSc 2016"),
            (SkillsLine, "Tools: hammer"),
        ],
    ));
}

#[test]
fn many_pages_come_back_too() {
    let line = "Moved the desk from a shared mailbox to a ticket system in ten weeks, without losing an open ticket. ";
    let mut blocks = vec![(BlockKind::Name, "Ada Wren")];
    for _ in 0..40 {
        blocks.push((BlockKind::EntryHeading, "Lead 2019 – 2021"));
        blocks.extend([(BlockKind::Bullet, line); 3]);
    }
    assert_comes_back(&fixture::resume(Some("en"), &blocks));
}

#[test]
fn overlong_words_stay_on_the_page_and_come_back() {
    let long = format!("https://example.org/{}?q={}", "path/".repeat(30), "x".repeat(200));
    assert_comes_back(&fixture::resume(
        Some("en"),
        &[(BlockKind::Name, "Ada Wren"), (BlockKind::Contact, &long), (BlockKind::Bullet, &"w".repeat(300))],
    ));
}

#[test]
fn it_is_tagged_and_says_its_title_and_language() {
    let resume =
        fixture::resume(Some("de"), &[(BlockKind::Name, "Jorg Amsel"), (BlockKind::Paragraph, "Guten Tag")]);
    let bytes = pdf(&resume);
    let text = String::from_utf8_lossy(&bytes);
    assert!(text.contains("/MarkInfo"));
    assert!(text.contains("/Lang (de)") || text.contains("/Lang(de)"));
    assert!(text.contains("pdfuaid:part>1<") || text.contains("pdfuaid:part=\"1\""));
    assert!(text.contains("Jorg Amsel"));
    assert!(text.contains("Tailorbird"));
}

#[test]
fn the_same_resume_gives_the_same_file() {
    let resume = fixture::awkward();
    assert_eq!(pdf(&resume), pdf(&resume));
}

#[test]
fn a_resume_without_name_or_headings_is_typeset_too() {
    let resume = fixture::resume(
        None,
        &[(BlockKind::EntryHeading, "Lead 2019"), (BlockKind::Bullet, "Led."), (BlockKind::Other, "page 1")],
    );
    assert_comes_back(&resume);
}

#[test]
fn characters_that_no_font_has_are_named() {
    // Not assigned, and not to be: the last place of a block that is full otherwise.
    let resume = fixture::resume(Some("en"), &[(BlockKind::Paragraph, "Ada \u{2FE0}")]);
    let error = write(&resume, Target::Pdf).unwrap_err();
    assert_eq!(error, WriteError::MissingGlyphs { characters: "\u{2FE0} (U+2FE0)".to_owned() });
    assert_eq!(error.code(), "missing_glyphs");
}

#[test]
fn other_scripts_are_set_in_a_font_of_the_system_or_refused() {
    for (language, line) in
        [("he", "מהנדסת תוכנה בכירה"), ("ja", "東京で開発者として働く"), ("ar", "مهندسة برمجيات")]
    {
        let resume = fixture::resume(Some(language), &[(BlockKind::Paragraph, line)]);
        match write(&resume, Target::Pdf) {
            Ok(bytes) => {
                for text in readings(&bytes) {
                    for word in line.split(' ') {
                        assert!(fixture::bare(&text).contains(&fixture::bare(word)), "{line}: {text}");
                    }
                }
            }
            Err(error) => {
                println!("no font here for {language}: {error}");
                assert_eq!(error.code(), "missing_glyphs");
            }
        }
    }
}

//! Bytes that nobody meant well with: no panic, whatever they are.

use std::fmt::Write as _;

use formats::{read_posting, read_posting_text, read_resume, read_resume_text};
use proptest::prelude::*;

const MARKDOWN: &str = "# Jane Example\n\njane@example.com\n\n## Work\n\n### Welder, Yard, 2016 – 2019\n\n- Welded\n- Cut | and ground\n\n| a | b |\n| - | - |\n| c | d |\n";
const TEXT: &str = "Jane Example\njane@example.com   +1 555 010 0199\n\nWORK\n----\nWelder, Yard      2016 - 2019\n  * Welded hulls and\n    cut plate\n";
const HTML: &str = "<!doctype html><html><head><title>Welder at Yard</title><script type=\"application/ld+json\">{\"@type\":\"JobPosting\",\"title\":\"Welder\",\"description\":\"<p>Weld<\\/p>\"}</script></head><body><nav>Home</nav><h1>Welder</h1><p>We weld.</p></body></html>";

/// A small but whole PDF, written here.
fn pdf() -> Vec<u8> {
    let content = "BT /F1 20 Tf 72 720 Td (Jane Example) Tj /F1 10 Tf 0 -30 Td (Welder) Tj ET";
    let objects = [
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        "<</Type/Pages/Kids[3 0 R]/Count 1>>".to_owned(),
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>"
            .to_owned(),
        format!("<</Length {}>>stream\n{content}\nendstream", content.len()),
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>".to_owned(),
    ];
    let mut file = "%PDF-1.4\n".to_owned();
    let mut places = Vec::new();
    for (number, object) in objects.iter().enumerate() {
        places.push(file.len());
        write!(file, "{} 0 obj\n{object}\nendobj\n", number + 1).expect("memory takes all");
    }
    let table = file.len();
    write!(file, "xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).expect("memory takes all");
    for place in places {
        writeln!(file, "{place:010} 00000 n ").expect("memory takes all");
    }
    write!(file, "trailer<</Size {}/Root 1 0 R>>\nstartxref\n{table}\n%%EOF\n", objects.len() + 1)
        .expect("memory takes all");
    file.into_bytes()
}

fn mutate(mut bytes: Vec<u8>, changes: &[(usize, u8)]) -> Vec<u8> {
    for (at, byte) in changes {
        let length = bytes.len();
        bytes[at % length] = *byte;
    }
    bytes
}

#[test]
fn the_small_pdf_is_read() {
    let reading = read_resume(&pdf(), Some("small.pdf")).expect("it is a good file");
    assert_eq!(reading.resume.name(), Some("Jane Example"));
}

#[test]
fn a_hundred_thousand_divs_do_not_overflow_the_stack() {
    let html = format!(
        "<html><body>{}<p>Jane Example welds hulls.</p>{}</body></html>",
        "<div>".repeat(100_000),
        "</div>".repeat(100_000)
    );
    let _ = read_posting_text(&html);
    let _ = read_resume(html.as_bytes(), Some("deep.html"));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn random_bytes(bytes in proptest::collection::vec(any::<u8>(), 0..600)) {
        let _ = read_resume(&bytes, None);
        let _ = read_posting(&bytes, None);
    }

    #[test]
    fn random_text(text in "\\PC{0,400}") {
        let _ = read_resume_text(&text);
        let _ = read_posting_text(&text);
    }

    #[test]
    fn changed_files(changes in proptest::collection::vec((any::<usize>(), any::<u8>()), 1..12)) {
        for (bytes, name) in [(MARKDOWN.as_bytes().to_vec(), "a.md"), (TEXT.as_bytes().to_vec(), "a.txt"), (HTML.as_bytes().to_vec(), "a.html"), (pdf(), "a.pdf")] {
            let changed = mutate(bytes, &changes);
            let _ = read_resume(&changed, Some(name));
            let _ = read_posting(&changed, Some(name));
        }
    }
}

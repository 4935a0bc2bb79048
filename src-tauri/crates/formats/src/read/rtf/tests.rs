use super::*;
use crate::rich::Piece;

fn texts(rtf: &[u8]) -> Vec<(String, u8, bool)> {
    groups::document(rtf)
        .text
        .pieces
        .iter()
        .filter_map(|piece| match piece {
            Piece::Paragraph(one) => {
                Some((one.runs.iter().map(|run| run.text.as_str()).collect(), one.heading, one.item))
            }
            _ => None,
        })
        .collect()
}

fn plain(rtf: &[u8]) -> Vec<String> {
    texts(rtf).into_iter().map(|(text, ..)| text).collect()
}

#[test]
fn letters_in_many_encodings() {
    let rtf = b"{\\rtf1\\ansi\\ansicpg1252{\\fonttbl{\\f0\\fcharset0 Arial;}{\\f1\\fcharset204 Arial;}{\\f2\\fcharset128 Gothic;}{\\f3\\fcharset2 Symbol;}}\
        \\f0 Caf\\'e9 \\u8211? \\u-10179?\\u-8704? {\\f1\\'d1\\'e2\\'e0\\'f0\\'f9\\'e8\\'ea} {\\f2\\'93\\'fa\\'96\\'7b} {\\f3\\'b7}\\par}";
    assert_eq!(plain(rtf), ["Café – 😀 Сварщик 日本 •"]);
}

#[test]
fn fallbacks_fields_and_what_is_left_out() {
    let rtf = b"{\\rtf1{\\info{\\author Secret}}{\\*\\unknown gone}\\uc2 A\\u228 ??B{\\pict 89504e47}\
        {\\field{\\*\\fldinst HYPERLINK \"https://example.org\"}{\\fldrslt Portfolio}}{\\v hidden}{\\deleted old} end\\~x\\-y\\par\
        {\\*\\ud new}{\\upr{old}{\\*\\ud x}}\\par}";
    assert_eq!(plain(rtf), ["AäBPortfolio end\u{a0}xy", "new"]);
}

#[test]
fn headings_lists_and_tables() {
    let rtf = b"{\\rtf1{\\stylesheet{\\s0 Normal;}{\\s1\\outlinelevel0 heading 1;}{\\*\\cs10 Strong;}}\
        \\pard\\s1 Work\\par\\pard{\\listtext\\u8226 ?\\tab}\\ls1\\ilvl0 Welded\\par\\pard Plain\\par\
        \\trowd\\pard\\intbl 2016\\cell Welder\\par Yard\\cell\\row\\pard After\\par}";
    assert_eq!(
        texts(rtf),
        [
            ("Work".to_owned(), 1, false),
            ("Welded".to_owned(), 0, true),
            ("Plain".to_owned(), 0, false),
            ("2016".to_owned(), 0, false),
            ("Welder".to_owned(), 0, false),
            ("Yard".to_owned(), 0, false),
            ("After".to_owned(), 0, false),
        ]
    );
    let pieces = groups::document(rtf).text.pieces;
    let cells = pieces.iter().filter(|piece| matches!(piece, Piece::CellStart(_))).count();
    assert_eq!((cells, pieces.iter().filter(|piece| **piece == Piece::TableEnd).count()), (2, 1));
}

#[test]
fn depth_costs_nothing_and_a_cut_off_file_says_so() {
    let deep =
        [b"{\\rtf1 ".to_vec(), b"{".repeat(100_000), b"Jane Example".to_vec(), b"}".repeat(100_001)].concat();
    let read = read(&deep).expect("it is read");
    assert_eq!(read.lines[0].text, "Jane Example");
    assert!(read.warnings.is_empty());
    let cut = super::read(b"{\\rtf1 Jane Example\\par {\\b Wel").expect("it is read");
    assert_eq!(cut.warnings.len(), 1);
    assert!(super::read(b"{\\rtf1 {\\pict 00").is_err_and(|error| error.code() == "damaged"));
}

#[test]
fn a_header_stands_apart_from_the_text() {
    let document =
        groups::document(b"{\\rtf1{\\header\\pard Jane Example, page 2\\par}{\\footer x\\par}Text\\par}");
    assert_eq!(
        (document.headers.pieces.len(), document.text.pieces.len(), document.footers.pieces.len()),
        (1, 1, 1)
    );
}

#[test]
fn the_address_behind_a_field_is_kept() {
    let rtf = b"{\\rtf1 See {\\field{\\*\\fldinst{HYPERLINK \"https://example.org/jane\" }}{\\fldrslt{\\ul my pages}}} now\\par}";
    let read = super::read(rtf).expect("it is read");
    assert_eq!(read.lines[0].text, "See my pages now");
    assert_eq!(read.lines[0].links, [("my pages".to_owned(), "https://example.org/jane".to_owned())]);
}

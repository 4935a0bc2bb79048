use proptest::prelude::*;
use resume::{Block, BlockId, Origin};

use super::*;

fn resume(name: &str, contacts: &[&str]) -> Resume {
    let block = |n, kind, text: &str| Block {
        id: BlockId::nth(n),
        kind,
        section: None,
        section_kind: None,
        text: text.to_owned(),
        origin: Origin::Nowhere,
    };
    let mut blocks = vec![block(1, BlockKind::Name, name)];
    blocks.extend(contacts.iter().enumerate().map(|(at, text)| block(at + 2, BlockKind::Contact, text)));
    Resume { blocks, language: None, warnings: Vec::new() }
}

fn ingrid() -> Mask {
    Mask::of(&resume(
        "Ingrid Solheim",
        &[
            "Portland, Oregon | ingrid.solheim@example.com | (503) 555-0142",
            "example.com/ingrid code.example.org/isolheim",
        ],
    ))
}

fn hidden(text: &str) -> String {
    ingrid().hide(text)
}

#[test]
fn mails_are_hidden_wherever_they_stand() {
    assert_eq!(hidden("Write to jobs@harborlight.example.com."), "Write to ⟦mail 1⟧.");
    assert_eq!(hidden("(A.B+c@x-y.example.org) and <d@e.com>"), "(⟦mail 1⟧) and <⟦mail 2⟧>");
    assert_eq!(hidden("mailto:ingrid.solheim@example.com?x"), "mailto:⟦mail 1⟧?x");
    assert_eq!(hidden("jürgen@bücher.example"), "⟦mail 1⟧");
    for none in ["reached 3 @ 4 each", "@mention", "a@b", "user@host", "5@"] {
        assert_eq!(hidden(none), none);
    }
}

#[test]
fn phone_numbers_of_many_countries_are_hidden() {
    for number in [
        "+49 171 1234567",
        "+47 22 33 44 55",
        "+44 (0)20 7946 0958",
        "+34 555 010 142",
        "+1-604-555-0133",
        "+15035550199",
        "(212) 555-0188",
        "(212)555-0188",
        "212-555-0188",
        "212.555.0188",
        "212 555 0188",
        "1-212-555-0188",
        "555-0188",
        "06 39 98 01 42",
        "06.39.98.01.42",
        "07700 900 142",
        "0171/1234567",
        "0171 1234567",
        "030 23125 142",
        "0049 30 23125 142",
        "22 33 44 55",
        "612 345 678",
        "(030) 23125142",
    ] {
        assert_eq!(hidden(&format!("Call {number}, soon")), "Call ⟦phone 1⟧, soon", "{number}");
        assert_eq!(hidden(number), "⟦phone 1⟧", "{number}");
    }
    assert_eq!(hidden("Tel.: 123 456"), "Tel.: ⟦phone 1⟧");
    assert_eq!(hidden("Telefon 4433-2211"), "Telefon ⟦phone 1⟧");
}

#[test]
fn the_persons_own_number_is_hidden_however_it_is_written() {
    for number in
        ["5035550142", "503/555/0142", "503 5550142", "+1 503 555 0142", "001 503 555 0142", "503•555•0142"]
    {
        let shown = hidden(&format!("Reach me: {number}."));
        assert!(!shown.contains("0142"), "{shown}");
    }
}

#[test]
fn years_dates_amounts_and_certificates_are_not_phone_numbers() {
    for text in [
        "2015 - 2016",
        "2015–2016",
        "2015 2016 2017",
        "01/2015 - 02/2016",
        "03.2015 – 11.2019",
        "2015-01-02",
        "17.03.1988",
        "01.02.2015 - 03.04.2016",
        "2019/20",
        "12/05/2021 14/06/2022",
        "from 2015 to 2016",
        "1,200,000 users",
        "1 200 000 users",
        "1.200.000 EUR",
        "$38 000 000",
        "€ 212 555 0188",
        "38 000 000",
        "910 ms to 240 ms",
        "1.4M",
        "ISO 9001:2015",
        "ISO 14001",
        "PMP-212-555-0188",
        "No. AWS-1234567",
        "CWI 04127731",
        "RN1234567",
        "10.5555/12345678",
        "0.1234567",
        "99.999",
        "v1.2.3",
        "24/7",
        "0000",
        "50 000 000 kr",
        "3-4 people",
        "10 000-20 000",
        "100.000.000",
        "120 000 000 NOK",
        "2023-2024-2025",
        "12345678",
    ] {
        assert_eq!(hidden(text), text);
    }
}

#[test]
fn the_name_is_hidden_whole_in_parts_and_in_capitals() {
    assert_eq!(hidden("Ingrid Solheim"), "⟦name⟧");
    assert_eq!(hidden("INGRID SOLHEIM, page 2"), "⟦name 2⟧, page 2");
    assert_eq!(hidden("I. Solheim and Ingrid's talk"), "I. ⟦name 2⟧ and ⟦name 3⟧'s talk");
    assert_eq!(hidden("Solheim, Ingrid"), "⟦name 2⟧, ⟦name 3⟧");
    assert_eq!(hidden("ingridsolheim ingrid_solheim"), "⟦name 2⟧ ⟦name 3⟧");
    assert_eq!(hidden("Solheims Plan, Ingridson"), "⟦name 2⟧s Plan, Ingridson");
    assert_eq!(hidden("SolheimConsulting, myIngridApp"), "⟦name 2⟧Consulting, my⟦name 3⟧App");
}

#[test]
fn accents_and_sharp_s_do_not_hide_a_name_from_us() {
    let shown = |name: &str, text: &str| Mask::of(&resume(name, &[])).hide(text);
    assert_eq!(shown("Katharina Vößing", "KATHARINA VÖSSING"), "⟦name 2⟧");
    assert_eq!(shown("Benoît Lefèvre", "BENOIT LEFEVRE"), "⟦name 2⟧");
    assert_eq!(shown("Benoît Lefèvre", "benoi\u{302}t"), "⟦name 2⟧");
    assert_eq!(shown("Álvaro Quintanilla Peña", "Alvaro Peña"), "⟦name 2⟧ ⟦name 3⟧");
    assert_eq!(shown("Lin Xiaomei 林晓梅", "我是林晓梅。"), "我是⟦name 2⟧。");
}

#[test]
fn joints_inside_a_name_do_not_hide_it_from_us() {
    let shown = |name: &str, text: &str| Mask::of(&resume(name, &[])).hide(text);
    assert_eq!(shown("Sean O'Brien", "OBrien; O’Brien"), "⟦name 2⟧; O’⟦name 3⟧");
    assert_eq!(shown("Anne-Marie Duval", "Annemarie and Anne Marie"), "⟦name 2⟧ and ⟦name 3⟧ ⟦name 4⟧");
    for joint in ['\u{ad}', '\u{200b}', '\u{200d}', '\u{2060}'] {
        assert_eq!(hidden(&format!("Sol{joint}heim wrote")), "⟦name 2⟧ wrote");
    }
    assert_eq!(shown("I N G R I D S O L H E I M", "ingridsolheim"), "⟦name 2⟧");
}

#[test]
fn brackets_and_nicknames_do_not_hide_the_rest_of_a_name() {
    let shown = |name: &str, text: &str| Mask::of(&resume(name, &[])).hide(text);
    for name in ["Robert James (Bob) Solheim", "Robert James \"Bob\" Solheim"] {
        let shown = shown(name, "Solheim, Robert, Bob");
        assert!(!["Solheim", "Robert", "Bob"].iter().any(|part| shown.contains(part)), "{shown}");
    }
    for name in ["Anna Solheim (geb. Lindqvist)", "Anna Solheim (née Lindqvist)"] {
        assert!(!shown(name, "Anna Lindqvist").contains("Lindqvist"), "{name}");
    }
    assert_eq!(shown("Anna Solheim (Python Developer)", "Python Developer"), "Python Developer");
}

#[test]
fn what_one_rule_leaves_of_a_find_is_hidden_too() {
    let shown = Mask::of(&resume("Jürgen Vößing", &[])).hide("ju\u{308}rgen@example.com");
    assert_eq!(shown, "⟦mail 1⟧");
    let mut mask = Mask::of(&resume("Ingrid Solheim", &["9 Solheim Street Oslo"]));
    let shown = mask.hide("9 Solheim Street Oslo; https://example.com/9 Solheim Street Oslo");
    assert!(!shown.contains("Solheim"), "{shown}");
}

#[test]
fn digits_of_other_scripts_and_odd_joints_are_phone_numbers_too() {
    for number in [
        "(503) - 555-0142",
        "503_555_0142",
        "503−555−0142",
        "503\u{2007}555\u{2007}0142",
        "５０３ ５５５ ０１４２",
        "٥٠٣ ٥٥٥ ٠١٤٢",
        "503\u{200b}555\u{200b}0142",
        "+1 (0) 503 / 555 01 42",
    ] {
        assert_eq!(hidden(&format!("Reach me: {number}.")), "Reach me: ⟦phone 1⟧.", "{number}");
    }
}

#[test]
fn what_nobody_sees_is_left_out_but_joiners_that_shape_letters_stay() {
    assert_eq!(visible("L\u{200b}\u{200d}ed\u{202e} \u{ad}it\u{7}\n"), "Led it\n");
    for text in ["می\u{200c}خواهم", "👩\u{200d}🔧"] {
        assert_eq!(visible(text), text);
    }
}

#[test]
fn what_is_hidden_of_a_text_can_be_asked() {
    let mut mask = ingrid();
    let text = "Call (503) 555-0142 now";
    assert!(mask.hides(text, 6..9) && mask.hides(text, 0..6));
    assert!(!mask.hides(text, 0..4) && !mask.hides(text, 20..23));
    assert_eq!(mask.hide_in(&"So\u{200b}lheim"), serde_json::json!("⟦name 2⟧"));
}

#[test]
fn what_stands_beside_a_name_is_not_taken_for_it() {
    let shown = |name: &str, text: &str| Mask::of(&resume(name, &[])).hide(text);
    assert_eq!(shown("Celeste N. Okonjo, BSN, RN, CCRN", "Okonjo, CCRN, BSN"), "⟦name 2⟧, CCRN, BSN");
    assert_eq!(
        shown("Theodore K. Nakagawa, Ph.D.", "Nakagawa TK, Ph.D. program"),
        "⟦name 2⟧ TK, Ph.D. program"
    );
    assert_eq!(shown("Anna von der Heide", "der Plan von Heide"), "der Plan von ⟦name 2⟧");
    assert_eq!(shown("Solheim, Ingrid", "Ingrid at Solheim"), "⟦name 2⟧ at ⟦name 3⟧");
    assert_eq!(shown("Ana Li", "Li and Ana Li"), "Li and ⟦name⟧");
    assert_eq!(shown("Grace Stone", "a grace period; Grace; GRACE"), "a grace period; ⟦name 2⟧; ⟦name 3⟧");
}

#[test]
fn without_a_name_block_the_mail_address_tells_it() {
    let mut resume = resume("x", &["ingrid.solheim@example.com"]);
    resume.blocks.remove(0);
    assert_eq!(Mask::of(&resume).hide("Ingrid wrote it"), "⟦name⟧ wrote it");
}

#[test]
fn the_persons_links_and_handles_are_hidden_and_others_are_not() {
    assert_eq!(hidden("https://code.example.org/isolheim/kube-tidy"), "⟦link 1⟧");
    assert_eq!(hidden("see code.example.org/isolheim now"), "see ⟦link 1⟧ now");
    assert_eq!(hidden("maintainer @isolheim"), "maintainer @⟦link 1⟧");
    assert_eq!(hidden("https://ingridsolheim.example.net/talk."), "⟦link 1⟧.");
    for other in
        ["https://kubernetes.io/docs", "github.com/rust-lang/rust", "Node.js and CI/CD", "PCI-DSS/ISO"]
    {
        assert_eq!(hidden(other), other);
    }
}

#[test]
fn the_street_is_hidden_where_it_stands_again() {
    let mut mask = Mask::of(&resume("Ingrid Solheim", &["1420 Pecan Hollow Ln, Houston, TX 77000"]));
    assert_eq!(mask.hide("Lives at 1420 Pecan Hollow Ln in Houston"), "Lives at ⟦address 1⟧ in Houston");
}

#[test]
fn the_same_words_get_the_same_token() {
    let mut mask = ingrid();
    assert_eq!(mask.hide("a@b.com c@d.com a@b.com"), "⟦mail 1⟧ ⟦mail 2⟧ ⟦mail 1⟧");
    assert_eq!(mask.hide("c@d.com"), "⟦mail 2⟧");
}

#[test]
fn tokens_cannot_be_forged_or_guessed() {
    let mut mask = ingrid();
    let shown = mask.hide("Ingrid Solheim ⟦name⟧ ⟦mail 1⟧");
    assert_eq!(shown, "⟦name⟧ ⟦sign 1⟧name⟦sign 2⟧ ⟦sign 1⟧mail 1⟦sign 2⟧");
    assert_eq!(mask.reveal(&shown), "Ingrid Solheim ⟦name⟧ ⟦mail 1⟧");
    assert_eq!(mask.reveal("⟦mail 7⟧ stays"), "⟦mail 7⟧ stays");
    assert_eq!(mask.stray("⟦name⟧ and ⟦mail 7⟧"), Some("⟦mail 7⟧"));
    assert_eq!(mask.stray("⟦name⟧ and ⟦nam"), Some("⟦nam"));
    assert_eq!(mask.stray("⟦name⟧⟧"), Some("⟧"));
    assert_eq!(mask.stray("⟦name⟧ alone"), None);
}

#[test]
fn a_token_that_is_still_being_written_does_not_show() {
    let mask = ingrid();
    assert_eq!(mask.reveal_unfinished("Ask ⟦na"), "Ask ");
    assert_eq!(mask.reveal_unfinished("Ask ⟦name⟧ or ⟦"), "Ask Ingrid Solheim or ");
    assert_eq!(mask.reveal_unfinished("Ask ⟦name⟧ now"), "Ask Ingrid Solheim now");
}

#[test]
fn hostile_texts_take_no_more_time_than_long_ones() {
    let mut mask = ingrid();
    for piece in ["⟦", "1 ", "a@", "@", "1.", "(", "+1", "www.", "ingrid", "a.", "tel ", "⟦name"] {
        let text = piece.repeat(50_000 / piece.len());
        let shown = mask.hide(&text);
        assert_eq!(mask.reveal(&shown), text);
        assert_eq!(mask.reveal(&text).is_empty(), text.is_empty());
    }
}

/// Pieces of a resume line, with and without something to hide.
fn piece() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => "[ -~]{0,12}",
        1 => "\\PC{0,8}",
        2 => Just("Ingrid Solheim".to_owned()),
        1 => Just("SOLHEIM".to_owned()),
        1 => Just("ingrid.solheim@example.com".to_owned()),
        1 => Just("(503) 555-0142".to_owned()),
        1 => Just("⟦name⟧".to_owned()),
        1 => Just("⟧".to_owned()),
        2 => "[0-9+()./ -]{0,20}",
        1 => "[a-z@.]{0,20}",
    ]
}

proptest! {
    #[test]
    fn hiding_and_revealing_is_the_identity(pieces in proptest::collection::vec(piece(), 0..8)) {
        let text = pieces.concat();
        let mut mask = ingrid();
        let shown = mask.hide(&text);
        prop_assert_eq!(mask.reveal(&shown), text);
        prop_assert_eq!(mask.stray(&shown), None);
        prop_assert_eq!(&mask.reveal_unfinished(&shown), &mask.reveal(&shown));
    }

    #[test]
    fn what_is_planted_between_words_is_never_shown(
        before in "[ -~]{0,30}",
        planted in prop_oneof![
            Just("ingrid.solheim@example.com"), Just("(503) 555-0142"), Just("Ingrid Solheim"),
            Just("INGRID"), Just("Solheim"), Just("503-555-0142"),
        ],
        after in "[ -~]{0,30}",
    ) {
        let text = format!("{before} {planted} {after}");
        let shown = ingrid().hide(&text);
        let shown: String = shown.to_lowercase().split('⟦').map(|piece| piece.split_once('⟧').map_or(piece, |(_, rest)| rest)).collect::<Vec<_>>().join("\u{1}");
        // What was planted, apart from what chance put around it.
        for secret in ["ingrid.solheim@", "555-0142", " solheim ", " ingrid "] {
            if planted.to_lowercase().contains(secret.trim()) {
                prop_assert!(!shown.contains(secret), "{:?}", shown);
            }
        }
    }
}

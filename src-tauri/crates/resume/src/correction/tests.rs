use proptest::prelude::*;

use super::*;

fn block(n: usize, kind: BlockKind, text: &str) -> Block {
    Block {
        id: BlockId::nth(n),
        kind,
        section: None,
        section_kind: None,
        text: text.to_owned(),
        origin: Origin::Lines { first: u32::try_from(n).unwrap(), last: u32::try_from(n).unwrap() },
    }
}

fn resume() -> Resume {
    use BlockKind::{Bullet, Name, Paragraph, SectionHeading};
    let mut blocks = vec![
        block(1, Name, "Ada Quill"),
        block(2, SectionHeading, "Work"),
        block(3, Bullet, "Kept the books of two bakeries and"),
        block(4, Bullet, "wrote the yearly report."),
        block(5, SectionHeading, "Hobbies"),
        block(6, Paragraph, "Bees. Bread."),
        block(7, Bullet, "Answered letters."),
        block(8, Bullet, "Answered letters."),
    ];
    blocks[1].section_kind = Some(SectionKind::Work);
    blocks[4].section_kind = Some(SectionKind::Interests);
    put_under_headings(&mut blocks);
    Resume { blocks, language: Some("en".to_owned()), warnings: Vec::new() }
}

fn id(id: &str) -> BlockId {
    BlockId::from(id)
}

/// Asks one after the other, each about what the ones before it left.
fn asked(resume: &Resume, asks: &[Ask]) -> Vec<Correction> {
    let mut made = Vec::new();
    for ask in asks {
        let now = correct(resume, &made).resume;
        made.push(Correction::of(&now, ask, |_| Some(SectionKind::Volunteering)).unwrap());
    }
    made
}

fn texts(resume: &Resume) -> Vec<&str> {
    resume.blocks.iter().map(|block| block.text.as_str()).collect()
}

fn after(asks: &[Ask]) -> Resume {
    let resume = resume();
    let corrected = correct(&resume, &asked(&resume, asks));
    assert_eq!(corrected.misfits, []);
    corrected.resume
}

#[test]
fn without_corrections_nothing_changes() {
    let resume = resume();
    assert_eq!(correct(&resume, &[]).resume, resume);
}

#[test]
fn a_line_that_was_cut_is_joined_and_keeps_both_places() {
    for ask in [Ask::JoinNext { block: id("b3") }, Ask::JoinAbove { block: id("b4") }] {
        let joined = after(&[ask]);
        let block = joined.block(&id("b3")).unwrap();
        assert_eq!(block.text, "Kept the books of two bakeries and wrote the yearly report.");
        assert_eq!(block.origin, Origin::Lines { first: 3, last: 4 });
        assert_eq!(joined.block(&id("b4")), None);
    }
}

#[test]
fn a_hyphen_holds_on_to_the_next_line() {
    assert_eq!(joined("a paved-", "road template"), "a paved-road template");
    assert_eq!(joined("2016 -", "2020"), "2016 - 2020");
}

#[test]
fn a_block_is_split_and_its_halves_can_be_corrected_too() {
    let split = after(&[
        Ask::Split { block: id("b6"), at: 6 },
        Ask::Kind { block: id("s-b6"), kind: BlockKind::Bullet },
        Ask::Text { block: id("s-b6"), text: " Bread \n and butter. ".to_owned() },
    ]);
    assert_eq!(split.block(&id("b6")).unwrap().text, "Bees.");
    let half = split.block(&id("s-b6")).unwrap();
    assert_eq!((half.kind, half.text.as_str()), (BlockKind::Bullet, "Bread and butter."));
    assert_eq!(half.section.as_deref(), Some("Hobbies"));
}

#[test]
fn a_new_heading_takes_what_follows_under_it() {
    let changed = after(&[Ask::Kind { block: id("b4"), kind: BlockKind::SectionHeading }]);
    assert_eq!(changed.blocks[3].section_kind, Some(SectionKind::Volunteering));
    assert_eq!(changed.blocks[2].section.as_deref(), Some("Work"));
    let gone = after(&[Ask::Delete { block: id("b5") }]);
    let block = gone.block(&id("b6")).unwrap();
    assert_eq!((block.section.as_deref(), block.section_kind), (Some("Work"), Some(SectionKind::Work)));
    let renamed = after(&[Ask::Text { block: id("b2"), text: "Jobs".to_owned() }]);
    assert_eq!(renamed.blocks[2].section.as_deref(), Some("Jobs"));
    assert_eq!(renamed.blocks[2].section_kind, Some(SectionKind::Work));
}

#[test]
fn a_block_moves_up_and_down_and_into_the_section_there() {
    let up = after(&[Ask::Up { block: id("b6") }]);
    assert_eq!(texts(&up)[4..6], ["Bees. Bread.", "Hobbies"]);
    assert_eq!(up.block(&id("b6")).unwrap().section.as_deref(), Some("Work"));
    let back = after(&[Ask::Up { block: id("b6") }, Ask::Down { block: id("b6") }]);
    assert_eq!(back, resume());
    let first = after(&[Ask::Up { block: id("b2") }]);
    assert_eq!(texts(&first)[..2], ["Work", "Ada Quill"]);
}

#[test]
fn what_was_taken_out_is_told_and_comes_back_without_its_correction() {
    let resume = resume();
    let made = asked(&resume, &[Ask::Delete { block: id("b8") }, Ask::Delete { block: id("b7") }]);
    let corrected = correct(&resume, &made);
    assert_eq!(corrected.resume.blocks.len(), 6);
    assert_eq!(corrected.removed.len(), 2);
    assert_eq!(corrected.removed[1].correction, 1);
    assert_eq!(correct(&resume, &made[..1]).resume.blocks.len(), 7);
}

#[test]
fn of_two_equal_blocks_the_right_one_is_meant() {
    let changed = after(&[Ask::Text { block: id("b8"), text: "Posted them.".to_owned() }]);
    assert_eq!(texts(&changed)[6..], ["Answered letters.", "Posted them."]);
}

#[test]
fn what_cannot_be_done_is_refused() {
    let resume = resume();
    let refused = |ask: Ask| Correction::of(&resume, &ask, |_| None).unwrap_err();
    assert_eq!(refused(Ask::Delete { block: id("b9") }), Impossible::NoBlock);
    assert_eq!(refused(Ask::JoinNext { block: id("b8") }), Impossible::NoNeighbour);
    assert_eq!(refused(Ask::JoinAbove { block: id("b1") }), Impossible::NoNeighbour);
    assert_eq!(refused(Ask::Up { block: id("b1") }), Impossible::NoNeighbour);
    assert_eq!(refused(Ask::Down { block: id("b8") }), Impossible::NoNeighbour);
    assert_eq!(refused(Ask::Text { block: id("b1"), text: " \n".to_owned() }), Impossible::Empty);
    assert_eq!(refused(Ask::Text { block: id("b1"), text: "a".repeat(30_000) }), Impossible::TooLong);
    for at in [0, 12, 99, usize::MAX] {
        assert_eq!(refused(Ask::Split { block: id("b6"), at }), Impossible::Empty);
    }
}

#[test]
fn a_split_inside_a_letter_is_refused() {
    let mut resume = resume();
    resume.blocks[5].text = "Häuser".to_owned();
    let inside = Correction::of(&resume, &Ask::Split { block: id("b6"), at: 2 }, |_| None);
    assert_eq!(inside.unwrap_err(), Impossible::Empty);
}

#[test]
fn corrections_survive_a_new_reading_with_other_ids_and_another_block() {
    let resume = resume();
    let made = asked(
        &resume,
        &[
            Ask::JoinNext { block: id("b3") },
            Ask::Kind { block: id("b6"), kind: BlockKind::Bullet },
            Ask::Delete { block: id("b8") },
            Ask::Up { block: id("b7") },
        ],
    );
    let mut anew = resume.clone();
    anew.blocks.insert(1, block(9, BlockKind::Contact, "ada@example.com"));
    for (n, block) in anew.blocks.iter_mut().enumerate() {
        block.id = BlockId::nth(n + 1);
    }
    let corrected = correct(&anew, &made);
    assert_eq!(corrected.misfits, []);
    let mut expected: Vec<String> =
        texts(&correct(&resume, &made).resume).into_iter().map(str::to_owned).collect();
    expected.insert(1, "ada@example.com".to_owned());
    assert_eq!(texts(&corrected.resume), expected);
}

#[test]
fn what_no_longer_fits_is_told_and_changes_nothing() {
    let resume = resume();
    let made = asked(
        &resume,
        &[
            Ask::Split { block: id("b6"), at: 6 },
            Ask::Kind { block: id("s-b6"), kind: BlockKind::Bullet },
            Ask::JoinNext { block: id("b3") },
        ],
    );
    let mut anew = resume.clone();
    anew.blocks[5].text = "Bees and other animals.".to_owned();
    anew.blocks.remove(3);
    let corrected = correct(&anew, &made);
    assert_eq!(corrected.resume, anew);
    let told: Vec<usize> = corrected.misfits.iter().map(|misfit| misfit.correction).collect();
    assert_eq!(told, [0, 1, 2]);
    assert_eq!(
        corrected.misfits[2].told,
        "“Kept the books of two bakeries…” was joined with the next block, but it is not read like that any more."
    );
}

#[test]
fn what_the_reader_learned_meanwhile_is_no_misfit() {
    let resume = resume();
    let made = asked(
        &resume,
        &[
            Ask::JoinNext { block: id("b3") },
            Ask::Text { block: id("b1"), text: "Ada M. Quill".to_owned() },
            Ask::Split { block: id("b6"), at: 6 },
            Ask::Kind { block: id("b7"), kind: BlockKind::Paragraph },
        ],
    );
    let anew = correct(&resume, &made).resume;
    let again = correct(&anew, &made);
    assert_eq!(again.misfits, []);
    assert_eq!(texts(&again.resume), texts(&anew));
}

#[test]
fn who_keeps_a_block_has_seen_it() {
    let resume = resume();
    let made = asked(&resume, &[Ask::Keep { block: id("b6") }, Ask::JoinAbove { block: id("b4") }]);
    let corrected = correct(&resume, &made);
    assert_eq!(corrected.seen, [id("b6"), id("b3")]);
    let other = Resume { blocks: resume.blocks[..2].to_vec(), ..resume };
    assert_eq!(correct(&other, &made[..1]).misfits, []);
}

#[test]
fn corrections_are_kept_as_json_that_can_be_read() {
    let made = asked(&resume(), &[Ask::Up { block: id("b6") }, Ask::Delete { block: id("b8") }]);
    let json = serde_json::to_string(&made).unwrap();
    assert!(json.contains(r#""fix":"delete""#), "{json}");
    assert_eq!(serde_json::from_str::<Vec<Correction>>(&json).unwrap(), made);
}

fn any_ask() -> impl Strategy<Value = Ask> {
    let block = (1_usize..10, any::<bool>())
        .prop_map(|(n, half)| BlockId::from(if half { format!("s-b{n}") } else { format!("b{n}") }));
    let kind = prop_oneof![
        Just(BlockKind::Bullet),
        Just(BlockKind::SectionHeading),
        Just(BlockKind::Name),
        Just(BlockKind::EntryHeading)
    ];
    (block, kind, 0_usize..40, 0_u8..8, "[a-c é.]{0,6}").prop_map(
        |(block, kind, at, which, text)| match which {
            0 => Ask::Kind { block, kind },
            1 => Ask::Text { block, text },
            2 => Ask::JoinNext { block },
            3 => Ask::JoinAbove { block },
            4 => Ask::Split { block, at },
            5 => Ask::Up { block },
            6 => Ask::Down { block },
            _ => Ask::Delete { block },
        },
    )
}

proptest! {
    #[test]
    fn any_corrections_can_be_made_again(asks in prop::collection::vec(any_ask(), 0..25)) {
        let resume = resume();
        let mut made = Vec::new();
        let mut now = resume.clone();
        for ask in &asks {
            if let Ok(correction) = Correction::of(&now, ask, |_| None) {
                made.push(correction);
                let corrected = correct(&resume, &made);
                prop_assert_eq!(&corrected.misfits, &[]);
                now = corrected.resume;
            }
        }
        let ids: std::collections::HashSet<_> = now.blocks.iter().map(|block| &block.id).collect();
        prop_assert_eq!(ids.len(), now.blocks.len());
        prop_assert!(now.blocks.iter().all(|block| !block.text.trim().is_empty()));
        prop_assert_eq!(&correct(&resume, &made).resume, &now);
        let other = Resume { blocks: resume.blocks[2..].to_vec(), ..resume };
        prop_assert!(correct(&other, &made).misfits.len() <= made.len());
    }

    #[test]
    fn no_word_is_lost_by_joining_splitting_and_moving(asks in prop::collection::vec(any_ask(), 0..25)) {
        let resume = resume();
        let mut made = Vec::new();
        let mut now = resume.clone();
        for ask in &asks {
            if matches!(ask, Ask::Text { .. } | Ask::Delete { .. }) {
                continue;
            }
            if let Ok(correction) = Correction::of(&now, ask, |_| None) {
                made.push(correction);
                now = correct(&resume, &made).resume;
            }
        }
        let all = |resume: &Resume| {
            let mut all: Vec<char> = letters(&texts(resume).concat()).chars().collect();
            all.sort_unstable();
            all
        };
        prop_assert_eq!(all(&now), all(&resume));
    }
}

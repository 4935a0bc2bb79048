use exports::{Target, write};

use crate::fixture;

#[test]
fn one_line_a_block() {
    let bytes = write(&fixture::awkward(), Target::Text).unwrap();
    insta::assert_snapshot!(String::from_utf8(bytes).unwrap());
}

#[test]
fn all_blocks_are_there() {
    let resume = fixture::awkward();
    let text = String::from_utf8(write(&resume, Target::Text).unwrap()).unwrap();
    fixture::assert_holds_all(&resume, &text);
}

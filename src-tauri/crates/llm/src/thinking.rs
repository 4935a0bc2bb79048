//! Thinking that a model writes into its answer, between tags of its own, before it answers.
//!
//! Servers that know their model take it out; others pass on `<think>…</think>` as part of the text.

use std::borrow::Cow;

/// The tags.
const TAGS: [&str; 5] = ["<think>", "<thinking>", "<thought>", "<reasoning>", "<seed:think>"];

/// Steps over thinking at the beginning of a text that comes in pieces. Tags elsewhere are left alone: they may be
/// what the text is about.
#[derive(Debug, Default)]
pub(crate) struct Thinking {
    place: Place,
}

#[derive(Debug, Default)]
enum Place {
    /// Nothing but blanks has come. They are no part of an answer, and neither is a byte order mark.
    #[default]
    Before,
    /// What may be the beginning of a tag.
    Held(String),
    /// Inside; the end of what came, as the closing tag may be cut.
    Inside { closing: String, end: String },
    /// What comes is the answer.
    Behind,
}

impl Thinking {
    /// What of `piece` is answer. Something may be held back until more comes, or until [`Thinking::rest`].
    pub(crate) fn without<'piece>(&mut self, piece: &'piece str) -> Cow<'piece, str> {
        if matches!(self.place, Place::Behind) {
            return piece.into();
        }
        let held = match &mut self.place {
            Place::Held(held) | Place::Inside { end: held, .. } => std::mem::take(held),
            Place::Before | Place::Behind => String::new(),
        };
        if held.is_empty() { self.look(piece).into() } else { self.look(&(held + piece)).to_owned().into() }
    }

    /// What of `text` is answer, where nothing is held any more.
    fn look<'text>(&mut self, mut text: &'text str) -> &'text str {
        loop {
            match std::mem::take(&mut self.place) {
                Place::Before => {
                    text = text.trim_start_matches(is_blank);
                    if text.is_empty() {
                        return "";
                    }
                    self.place =
                        if text.starts_with('<') { Place::Held(String::new()) } else { Place::Behind };
                }
                Place::Held(_) => {
                    let whole = TAGS.iter().find(|tag| begins_with(text, tag));
                    if let Some(tag) = whole {
                        text = &text[tag.len()..];
                        self.place =
                            Place::Inside { closing: format!("</{}", &tag[1..]), end: String::new() };
                    } else if TAGS.iter().any(|tag| begins_with(tag, text)) {
                        self.place = Place::Held(text.to_owned());
                        return "";
                    } else {
                        self.place = Place::Behind;
                    }
                }
                Place::Inside { closing, .. } => {
                    let found = text.match_indices("</").find(|&(at, _)| begins_with(&text[at..], &closing));
                    let Some((at, _)) = found else {
                        // As much as may be the beginning of the closing tag.
                        let mut from = text.len().saturating_sub(closing.len());
                        while !text.is_char_boundary(from) {
                            from += 1;
                        }
                        self.place = Place::Inside { closing, end: text[from..].to_owned() };
                        return "";
                    };
                    // A second round of thinking may follow.
                    text = &text[at + closing.len()..];
                }
                Place::Behind => {
                    self.place = Place::Behind;
                    return text;
                }
            }
        }
    }

    /// Nothing more comes: what was held back and is answer after all.
    pub(crate) fn rest(&mut self) -> String {
        match std::mem::replace(&mut self.place, Place::Behind) {
            Place::Held(held) => held,
            _ => String::new(),
        }
    }
}

fn is_blank(letter: char) -> bool {
    letter.is_whitespace() || letter == '\u{feff}'
}

/// Whether `text` begins with `head`, capitals or not.
fn begins_with(text: &str, head: &str) -> bool {
    text.as_bytes().get(..head.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(head.as_bytes()))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(text: &str, size: usize) -> String {
        let mut thinking = Thinking::default();
        let letters: Vec<char> = text.chars().collect();
        let mut read = String::new();
        for piece in letters.chunks(size) {
            read.push_str(&thinking.without(&piece.iter().collect::<String>()));
        }
        read.push_str(&thinking.rest());
        read
    }

    #[test]
    fn thinking_before_the_answer_is_stepped_over_in_pieces_of_any_size() {
        for (text, answer) in [
            ("<think>Is {\"a\": 0} right? </thin no</think>\n\n{\"a\": 1}", "{\"a\": 1}"),
            ("\n<THINKING>é</Thinking>Dear <think>", "Dear <think>"),
            ("<think>one</think> <thought>two</thought> Hello", "Hello"),
            ("<thanks>", "<thanks>"),
            ("<thin", "<thin"),
            ("{\"a\": \"<think>\"}", "{\"a\": \"<think>\"}"),
            ("<think>never closed", ""),
            ("", ""),
        ] {
            for size in 1..9 {
                assert_eq!(read(text, size), answer, "{text:?} in pieces of {size}");
            }
        }
    }

    #[test]
    fn many_rounds_cost_no_more_than_they_are_long() {
        let rounds = "<think>a</think>".repeat(200_000) + "{}";
        assert_eq!(read(&rounds, rounds.len()), "{}");
        assert_eq!(read(&("<think>".to_owned() + &"</".repeat(500_000)), 1_000), "");
    }

    proptest! {
        #[test]
        fn text_without_thinking_is_left_alone(text in "[a-z<>/ {}\"é]{0,40}", size in 1..7_usize) {
            prop_assume!(!TAGS.iter().any(|tag| text.contains(tag)));
            prop_assert_eq!(read(&text, size), text.trim_start());
        }
    }
}

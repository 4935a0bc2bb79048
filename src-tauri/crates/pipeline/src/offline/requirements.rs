//! What a posting asks for, one line each: the lines that its reader marked so, in its words.

use resume::{LineForm, PostingLine, PostingPart};

use super::lexicon::{find_words, lexicon};
use crate::stages::Importance;

/// No more requirements than this are taken from a posting.
const MOST_REQUIREMENTS: usize = 40;
/// A requirement is shortened to this, in characters.
const LONGEST: usize = 200;

/// One thing that a posting asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Asked {
    /// In the posting's words, on one line.
    pub(crate) text: String,
    /// Whether the posting insists.
    pub(crate) importance: Importance,
}

/// The requirements of a posting: those that it insists on first, else in its order.
pub(crate) fn requirements(lines: &[PostingLine]) -> Vec<Asked> {
    let mut asked = Vec::new();
    for line in lines.iter().filter(|line| line.form != LineForm::Heading) {
        match line.part {
            PostingPart::Must => take(line, Importance::Must, &mut asked),
            PostingPart::Nice => take(line, Importance::Nice, &mut asked),
            _ => {}
        }
    }
    asked.sort_by_key(|one| one.importance == Importance::Nice);
    let mut unique: Vec<Asked> = Vec::new();
    for one in asked {
        if !unique.iter().any(|other| other.text.eq_ignore_ascii_case(&one.text)) {
            unique.push(one);
        }
    }
    unique.truncate(MOST_REQUIREMENTS);
    unique
}

fn take(line: &PostingLine, importance: Importance, asked: &mut Vec<Asked>) {
    let listed = line.form == LineForm::Item;
    let text = if listed { first_sentence(&line.text) } else { line.text.as_str() };
    let nice = importance == Importance::Nice;
    let pieces = if listed { vec![text.to_owned()] } else { pieces(text, nice) };
    for piece in pieces {
        let piece = shortened(piece.trim_end_matches(['.', ',', ';']).trim());
        if piece.chars().filter(|c| c.is_alphanumeric()).count() >= 2 {
            asked.push(Asked { text: piece, importance });
        }
    }
}

/// The first sentence of a list's item, where more follow: "Your welds pass X-ray. We keep score."
fn first_sentence(item: &str) -> &str {
    item.match_indices(". ")
        .map(|(at, _)| at)
        .find(|at| {
            *at > 15
                && item[at + 2..].starts_with(char::is_uppercase)
                && item[..*at].matches('(').count() == item[..*at].matches(')').count()
        })
        .map_or(item, |at| &item[..at])
}

/// A sentence of prose that asks for several things, taken apart: "hands-on experience with X and with Y"; and, where it
/// only says what would be nice, "X, Y, or have Z".
fn pieces(text: &str, nice: bool) -> Vec<String> {
    for joint in [" and with ", " und mit ", " et avec ", " y con "] {
        if let Some(at) = find_words(text, joint.trim()) {
            return vec![text[..at.start].to_owned(), text[at.end..].to_owned()];
        }
    }
    if !nice || text.contains(';') {
        return vec![text.split(';').next().unwrap_or(text).to_owned()];
    }
    let mut found = vec![String::new()];
    let mut depth = 0_i32;
    for c in text.chars() {
        depth += i32::from(c == '(') - i32::from(c == ')');
        if c == ',' && depth == 0 {
            found.push(String::new());
        } else if let Some(last) = found.last_mut() {
            last.push(c);
        }
    }
    found
        .iter()
        .map(|piece| {
            let piece = piece.trim();
            let piece = lexicon().without_opening("either", piece);
            lexicon().without_opening("both", piece).to_owned()
        })
        .filter(|piece| !piece.is_empty())
        .collect()
}

/// At most [`LONGEST`] characters, cut between words.
fn shortened(text: &str) -> String {
    let Some((end, _)) = text.char_indices().nth(LONGEST) else { return text.to_owned() };
    let cut = text[..end].rfind(' ').unwrap_or(end);
    format!("{}…", text[..cut].trim_end_matches([',', ';', ' ']))
}

#[cfg(test)]
mod tests {
    use resume::posting::understand;

    use super::*;

    fn asked(text: &str) -> Vec<(Importance, String)> {
        requirements(&understand(text)).into_iter().map(|one| (one.importance, one.text)).collect()
    }

    #[test]
    fn must_comes_before_nice() {
        let text = "## Bonus\n- Rye\n## Requirements\n- Two years\n- French is a plus\n";
        assert_eq!(
            asked(text),
            [
                (Importance::Must, "Two years".to_owned()),
                (Importance::Nice, "Rye".to_owned()),
                (Importance::Nice, "French is a plus".to_owned()),
            ]
        );
    }

    #[test]
    fn prose_is_taken_apart_and_kept_in_its_words() {
        let text = "WHO WE ARE HOPING FOR\n\nWe'd like someone with a diploma in baking. Fluency in French is needed. It is a plus if you know rye, spelt (or similar), or have experience in cakes.\n";
        assert_eq!(
            asked(text).into_iter().map(|(_, text)| text).collect::<Vec<_>>(),
            [
                "We'd like someone with a diploma in baking",
                "Fluency in French is needed",
                "It is a plus if you know rye",
                "spelt (or similar)",
                "have experience in cakes"
            ]
        );
    }

    #[test]
    fn a_posting_without_headings_is_read_by_its_wording() {
        let text = "Join our bakery. You have two years of experience with sourdough. We bake at night.";
        assert_eq!(
            asked(text),
            [(Importance::Must, "You have two years of experience with sourdough".to_owned())]
        );
    }

    #[test]
    fn what_is_offered_is_not_asked_for() {
        assert_eq!(asked("## What we offer\n- Five years of experience with free bread\n"), []);
    }

    #[test]
    fn long_lines_are_shortened() {
        let text = format!("## Requirements\n- {}\n", "bread ".repeat(200));
        assert!(asked(&text)[0].1.chars().count() <= LONGEST + 1);
    }
}

//! A text cut into things: at prepositions, at commas, at "and" and "or".

use resume::posting::kin;
use resume::words::{key, tokens};

use super::super::glossary::Spelled;
use super::super::lexicon::lexicon;
use super::super::person::tongue;
use super::super::trade;
use super::super::words::{Reader, Word};
use super::asides::initials;
use super::wordings::phrase;
use super::{Atom, Other, Term, Thing};

/// The chunks between prepositions, each as its things; `true` where the chunk hangs on the one before ("of", "von").
pub(super) fn chunks(
    text: &str,
    words: &[Word],
    reader: &Reader,
    short_for: &[Spelled],
) -> Vec<(Vec<Thing>, bool)> {
    let atoms = atoms(text, words, reader, short_for);
    let mut found: Vec<(Vec<Thing>, bool)> = Vec::new();
    let mut chunk: Vec<Piece> = Vec::new();
    let mut hangs = true;
    for piece in atoms {
        // "of publications or of software": the second "of" cuts nothing.
        let joins =
            matches!(chunk.last(), Some(Piece::Either | Piece::Both | Piece::Comma)) && chunk.len() > 1;
        if matches!(piece, Piece::Preposition(_)) && joins {
            continue;
        }
        if let Piece::Preposition(genitive) = piece {
            let things = things(std::mem::take(&mut chunk), text);
            let empty = things.is_empty();
            if !empty {
                found.push((things, hangs));
            }
            hangs = genitive || (empty && hangs);
        } else {
            chunk.push(piece);
        }
    }
    let things = things(chunk, text);
    if !things.is_empty() {
        found.push((things, hangs));
    }
    found
}

enum Piece {
    Atom(Atom),
    Either,
    Both,
    Comma,
    Preposition(bool),
}

/// A text as atoms and what stands between them.
fn atoms(text: &str, words: &[Word], reader: &Reader, short_for: &[Spelled]) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut index = 0;
    let mut last_end = 0;
    while let Some(word) = words.get(index) {
        let between = text.get(last_end..word.start).unwrap_or(" ");
        if index > 0 && between.contains([',', '•', '·', '|']) {
            pieces.push(Piece::Comma);
        }
        let slash = index > 0 && between.trim() == "/";
        let (mut length, mut others) = phrase(text, &words[index..], reader);
        for (long, short) in short_for {
            let count = tokens(long).len();
            if text[word.start..].starts_with(long.as_str()) && words.len() >= index + count {
                length = count;
                others.push(Other { words: reader.words(short), same: true });
            }
        }
        if length > 1 {
            if slash {
                pieces.push(Piece::Either);
            }
            pieces.push(atom(&words[index..index + length], others, index == 0, reader));
            index += length;
            last_end = words[index - 1].end;
            continue;
        }
        let glued = 1 + words[index + 1..].iter().take_while(|next| next.glued).count();
        let whole = text.get(word.start..words[index + glued - 1].end).unwrap_or("");
        let named_by_slash =
            whole.contains('/') && !words[index..index + glued].iter().all(|word| word.plain.len() <= 2);
        if glued > 1 && !named_by_slash {
            if !lexicon().is("filler", &key(whole))
                && !words[index..index + glued].iter().all(Word::is_filler)
            {
                pieces.push(atom(&words[index..index + glued], others, index == 0, reader));
            }
            index += glued;
            last_end = words[index - 1].end;
            continue;
        }
        if slash {
            pieces.push(Piece::Either);
        }
        last_end = word.end;
        index += 1;
        let small = !word.looks_like_a_name();
        if small && lexicon().is("either", &word.plain) {
            pieces.push(Piece::Either);
        } else if small && lexicon().is("both", &word.plain) {
            pieces.push(Piece::Both);
        } else if small && lexicon().is("chunk", &word.plain) {
            let genitive =
                matches!(word.plain.as_str(), "of" | "von" | "vom" | "der" | "des" | "de" | "du" | "del");
            pieces.push(Piece::Preposition(genitive));
        } else if tongue(word).is_some() {
            // Languages are looked for by themselves.
        } else if !word.is_filler() || belongs_to_a_name(text, words, index - 1) {
            pieces.push(atom(&words[index - 1..index], others, index == 1, reader));
        }
    }
    pieces
}

fn atom(words: &[Word], others: Vec<Other>, opens: bool, reader: &Reader) -> Piece {
    let kin = match words {
        [word] if !word.looks_like_a_name() && !word.is_thin() && !word.is_filler() => kin(&word.plain),
        _ => Vec::new(),
    };
    let mut atom = Atom { words: words.to_vec(), others, opens, trade: false, kin };
    atom.trade = trade::is_trade(&atom, reader);
    Piece::Atom(atom)
}

/// The number in "OSHA 10" and "EN ISO 13849".
fn belongs_to_a_name(text: &str, words: &[Word], index: usize) -> bool {
    let number = words[index].plain.chars().all(|c| c.is_ascii_digit());
    let after_year = words.get(index + 1).is_some_and(|next| lexicon().is("year", &next.plain));
    let before = index.checked_sub(1).and_then(|before| words.get(before));
    number
        && !after_year
        && before.is_some_and(|before| {
            before.looks_like_a_name() && text.get(before.end..words[index].start) == Some(" ")
                || lexicon().is("either", &before.plain)
        })
}

/// The things of a chunk: parted by commas and "and"; where it says "or", all of it is one thing with options.
fn things(pieces: Vec<Piece>, text: &str) -> Vec<Thing> {
    let either = pieces.iter().any(|piece| matches!(piece, Piece::Either));
    let mut terms: Vec<Vec<Atom>> = vec![Vec::new()];
    for piece in pieces {
        match piece {
            Piece::Atom(atom) => {
                if let Some(last) = terms.last_mut() {
                    last.push(atom);
                }
            }
            Piece::Either | Piece::Both | Piece::Comma => terms.push(Vec::new()),
            Piece::Preposition(_) => {}
        }
    }
    terms.retain(|atoms| !atoms.is_empty());
    // "OSHA 10 or 30": a bare number takes the name before it.
    let mut named: Vec<Term> = Vec::new();
    for atoms in terms {
        let bare = atoms
            .iter()
            .all(|atom| atom.words.iter().all(|word| word.plain.chars().all(|c| c.is_ascii_digit())));
        let text = written(&atoms, text);
        let initials = initials(tokens(&text).iter().map(|token| token.text));
        let initials = (initials.chars().count() >= 3).then_some(initials);
        let mut term = Term { atoms, text, initials };
        if bare {
            let Some(before) = named.last() else { continue };
            let Some(name) = before.atoms.first() else { continue };
            term.text = format!("{} {}", name.words[0].raw, term.text);
            term.atoms.insert(
                0,
                Atom {
                    words: name.words.clone(),
                    others: Vec::new(),
                    opens: false,
                    trade: true,
                    kin: Vec::new(),
                },
            );
        }
        named.push(term);
    }
    if either {
        if named.is_empty() { Vec::new() } else { vec![Thing { options: named }] }
    } else {
        named.into_iter().map(|term| Thing { options: vec![term] }).collect()
    }
}

fn written(atoms: &[Atom], text: &str) -> String {
    let start = atoms.first().and_then(|atom| atom.words.first()).map_or(0, |word| word.start);
    let end = atoms.last().and_then(|atom| atom.words.last()).map_or(0, |word| word.end);
    text.get(start..end).unwrap_or("").to_owned()
}

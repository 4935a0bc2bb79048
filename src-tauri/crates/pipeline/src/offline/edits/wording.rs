//! New texts for lines: the posting's term beside the same term of the resume, and the items of a skills line
//! in another order. A line gets one new text.

use std::ops::Range;

use resume::words::{find, same, synonyms_of};
use resume::{BlockKind, SectionKind};

use super::super::demand::demand;
use super::super::desk::{Desk, few_words};
use super::super::lexicon::{LONGEST_PHRASE, lexicon};
use super::super::matching::relevance;
use super::super::person::Passage;
use super::super::requirements::Asked;
use super::super::sentences;
use super::super::words::Word;
use super::items::items;
use super::{Wanted, rewrite};
use crate::stages::ProposedEdit;

/// So many terms are put beside their equals at most.
const MOST_TERMS: usize = 8;
/// So many lines get another order of their items at most.
const MOST_LINES: usize = 4;

/// A term of the posting and the same one in the resume.
struct Pair {
    posting: String,
    resume: String,
    passage: usize,
    place: Range<usize>,
    requirement: Option<String>,
}

/// All new texts.
pub(super) fn rewrites(desk: &Desk, wanted: &Wanted, asked: &[Asked]) -> Vec<ProposedEdit> {
    let pairs = pairs(desk, asked);
    let mut found = Vec::new();
    let mut reordered = 0;
    for (index, passage) in desk.person.passages.iter().enumerate() {
        let here: Vec<&Pair> = pairs.iter().filter(|pair| pair.passage == index).collect();
        let order = if reordered < MOST_LINES { new_order(desk, wanted, passage) } else { None };
        reordered += usize::from(order.is_some());
        let mut text = match &order {
            Some(order) => order.text.clone(),
            None if here.is_empty() => continue,
            None => passage.text.clone(),
        };
        let mut reasons: Vec<String> = Vec::new();
        let mut requirement = order.as_ref().and_then(|order| order.requirement.clone());
        for pair in &here {
            let Some(place) = usable(&text, &pair.resume, desk) else { continue };
            let both = beside(&pair.posting, &pair.resume);
            let opens = opens_a_sentence(&text[..place.start]) && pair.resume.starts_with(char::is_uppercase);
            text.replace_range(place, &if opens { capitalised(&both) } else { both });
            reasons.push(sentences::same_thing(desk.language, &pair.posting, &pair.resume));
            requirement = requirement.or_else(|| pair.requirement.clone());
        }
        if let Some(order) = &order {
            reasons.push(sentences::items_first(desk.language, &order.first));
        }
        let quote = match here.as_slice() {
            [pair] if order.is_none() => passage.text.get(pair.place.clone()).unwrap_or(&passage.text),
            _ => passage.text.as_str(),
        };
        if text != passage.text {
            found.push(rewrite(&passage.id, text, quote, requirement, reasons.join(" ")));
        }
    }
    found
}

/// The posting's terms that the resume only has under another name.
fn pairs(desk: &Desk, asked: &[Asked]) -> Vec<Pair> {
    let mut found: Vec<Pair> = Vec::new();
    let requirements =
        asked.iter().enumerate().map(|(index, one)| (one.text.as_str(), Some(format!("r{}", index + 1))));
    let others = desk.lines().map(|(line, _)| (line, None));
    for (line, requirement) in requirements.chain(others) {
        let words = desk.reader.words(line);
        let mut index = 0;
        while index < words.len() && found.len() < MOST_TERMS {
            let (length, pair) = pair_at(desk, line, &words[index..], &found);
            if let Some((posting, resume, passage, place)) = pair {
                found.push(Pair { posting, resume, passage, place, requirement: requirement.clone() });
            }
            index += length;
        }
    }
    found
}

type Found = (String, String, usize, Range<usize>);

/// The longest term at the beginning of the words that has other names, how many words it takes, and the pair
/// that it makes.
fn pair_at(desk: &Desk, line: &str, words: &[Word], before: &[Pair]) -> (usize, Option<Found>) {
    for length in (1..=LONGEST_PHRASE.min(words.len())).rev() {
        let Some(term) = line.get(words[0].start..words[length - 1].end) else { continue };
        if term.contains(['(', ')', ',', ';', ':']) || length == 1 && words[0].is_filler() {
            continue;
        }
        let names = synonyms_of(term);
        if names.is_empty() {
            continue;
        }
        let known = before.iter().any(|pair| same(&pair.posting, term));
        // In the name of a paper or a firm it does not say that the person works with it.
        let mut lines = desk.person.passages.iter().filter(|passage| speaks_of_work(passage));
        let stands = lines.any(|passage| find(&passage.text, term, desk.language).is_some());
        let pair = if known || stands {
            None
        } else {
            names.iter().find_map(|name| place(desk, &inside(line, words, term), name))
        };
        return (length, pair);
    }
    (1, None)
}

/// The best place for a posting's term beside a name of the resume.
fn place(desk: &Desk, term: &str, name: &str) -> Option<Found> {
    if !is_clear(term, name) {
        return None;
    }
    let asked = demand(term, &desk.reader);
    let mut best: Option<(f32, Found)> = None;
    for (index, passage) in desk.person.passages.iter().enumerate() {
        if !may_change(passage) {
            continue;
        }
        let Some(place) = usable(&passage.text, name, desk) else { continue };
        let kind = match passage.kind {
            BlockKind::SkillsLine => 2.0,
            BlockKind::Bullet => 1.0,
            _ => 0.0,
        };
        let points = kind + relevance(&asked, &desk.person, index);
        if best.as_ref().is_none_or(|(most, _)| points > *most) {
            let written = passage.text[place.clone()].to_owned();
            best = Some((points, (term.to_owned(), written, index, place)));
        }
    }
    best.map(|(_, found)| found)
}

/// Whether two names can only mean the same: names that stand for several things ("MA", "AR") do not, and
/// everyday words gain nothing from each other.
fn is_clear(term: &str, name: &str) -> bool {
    let names = synonyms_of(name);
    let one_thing = names.iter().all(|other| same(other, term));
    let proper = |text: &str| {
        text.chars().filter(|c| c.is_uppercase()).count() > 1
            || text.chars().any(|c| c.is_ascii_digit())
            || (text.starts_with(char::is_uppercase) && !text.contains(' '))
    };
    one_thing && (proper(name) || proper(term)) && !term.eq_ignore_ascii_case(name)
}

/// A term as it is written inside a sentence: "Continuous integration" opens the posting's line, and is no name.
fn inside(line: &str, words: &[Word], term: &str) -> String {
    let opens = opens_a_sentence(&line[..words[0].start]);
    let small = |name: &&str| name.starts_with(char::is_lowercase) && same(name, term);
    let ordinary = || synonyms_of(term).iter().flat_map(|name| synonyms_of(name)).any(|name| small(&name));
    if opens && words[0].is_capitalised() && !words[0].looks_like_a_name() && term.contains(' ') && ordinary()
    {
        let mut rest = term.chars();
        rest.next().map_or_else(String::new, |first| first.to_lowercase().chain(rest).collect())
    } else {
        term.to_owned()
    }
}

/// Whether what follows a text opens a sentence.
fn opens_a_sentence(before: &str) -> bool {
    let before = before.trim_end();
    before.is_empty() || before.ends_with(['.', '!', '?'])
}

/// A line in which a term says that the person has it: not a heading, a school or a paper, whose names are their own.
fn speaks_of_work(passage: &Passage) -> bool {
    matches!(
        passage.kind,
        BlockKind::SkillsLine | BlockKind::Bullet | BlockKind::Paragraph | BlockKind::Other
    ) && passage.section != Some(SectionKind::Certificates)
        && !passage.lapsed
}

fn may_change(passage: &Passage) -> bool {
    matches!(
        passage.kind,
        BlockKind::SkillsLine | BlockKind::Bullet | BlockKind::Paragraph | BlockKind::Other
    ) && passage.section != Some(SectionKind::Languages)
        && passage.section.is_some()
        && !passage.lapsed
        && !passage.is_cut
}

/// Where a name stands so that another one can be put beside it: outside brackets and quotes, by itself.
fn usable(text: &str, name: &str, desk: &Desk) -> Option<Range<usize>> {
    let mut from = 0;
    while let Some(rest) = text.get(from..) {
        let found = find(rest, name, desk.language)?;
        let place = from + found.start..from + found.end;
        let before = &text[..place.start];
        let after = &text[place.end..];
        let depth = before.matches(['(', '[']).count() > before.matches([')', ']']).count();
        let quoted = before.matches(['“', '„', '«', '"']).count() > before.matches(['”', '»']).count()
            && after.contains(['”', '“', '»', '"']);
        let joined = before.ends_with(['/', '-', '–', '&', '.', '@', '‑'])
            || after.starts_with(['/', '-', '–', '&', '@', '‑', '\'', '’']);
        let explained = after.trim_start().starts_with('(');
        // The written form has to be the name itself: "RNs" would become "Registered Nurse (RNs)".
        let literal = text[place.clone()].eq_ignore_ascii_case(name)
            && (name.chars().count() > 3
                || text[place.clone()] == *name
                || name.chars().any(|c| c.is_ascii_digit()));
        if literal
            && !(depth
                || quoted
                || joined
                || explained
                || in_an_address(text, &place)
                || in_a_name(text, &place))
        {
            return Some(place);
        }
        from = place.end.max(from + 1);
        while !text.is_char_boundary(from) {
            from += 1;
        }
    }
    None
}

/// Whether a place is part of an address: `https://example.com/k8s`, `k8s.example.org`, `rn@example.org`.
fn in_an_address(text: &str, place: &Range<usize>) -> bool {
    let start = text[..place.start].rfind(char::is_whitespace).map_or(0, |at| at + 1);
    let end = text[place.end..].find(char::is_whitespace).map_or(text.len(), |at| place.end + at);
    let start = (start..=place.start).find(|at| text.is_char_boundary(*at)).unwrap_or(place.start);
    let piece = text[start..end].trim_end_matches(['.', ',', ';', ':', ')', '!', '?']);
    piece.contains("://")
        || piece.contains(['@', '\\'])
        || piece.to_lowercase().starts_with("www.")
        || text[place.end..end].trim_start_matches('.').len() + 1 == text[place.end..end].len()
            && text[place.end..end].chars().nth(1).is_some_and(char::is_alphanumeric)
}

/// Whether a place is part of a longer name: "GH Actions Runner". What opens the sentence has its capital anyway.
fn in_a_name(text: &str, place: &Range<usize>) -> bool {
    let (before, after) = (&text[..place.start], &text[place.end..]);
    let capital = |word: &str| word.starts_with(char::is_uppercase);
    let follows = after.strip_prefix(' ').is_some_and(capital);
    let word = before.strip_suffix(' ').map_or("", |before| before.rsplit(' ').next().unwrap_or(""));
    let opening = opens_a_sentence(before.trim_end().strip_suffix(word).unwrap_or(""));
    follows || capital(word) && word.ends_with(char::is_alphanumeric) && !opening
}

/// "Kubernetes (k8s)": the short name stands in brackets.
fn beside(posting: &str, resume: &str) -> String {
    let short = |text: &str| text.chars().filter(|c| !c.is_whitespace()).count();
    if short(posting) < short(resume)
        && !posting.contains(' ')
        && posting.chars().filter(|c| c.is_uppercase()).count() > 1
    {
        format!("{resume} ({posting})")
    } else {
        format!("{posting} ({resume})")
    }
}

/// With a capital at its beginning, where it opens with an ordinary word: not "Dbt", "EBPF", "IOS".
fn capitalised(text: &str) -> String {
    let first = text.split([' ', '-', '(']).next().unwrap_or("");
    if first.chars().count() <= 3 || !first.chars().all(char::is_lowercase) {
        return text.to_owned();
    }
    let mut rest = text.chars();
    rest.next().map_or_else(String::new, |first| first.to_uppercase().chain(rest).collect())
}

/// A skills line in another order.
struct Order {
    text: String,
    first: String,
    requirement: Option<String>,
}

/// The items that the posting names, first; all others behind them as they stood.
fn new_order(desk: &Desk, wanted: &Wanted, passage: &Passage) -> Option<Order> {
    if passage.is_cut
        || passage.kind != BlockKind::SkillsLine
        || passage.section == Some(SectionKind::Languages)
    {
        return None;
    }
    let line = items(&passage.text)?;
    // "Rusty: Java, Ansible": the line says itself that nothing of it belongs to the front.
    if desk.reader.words(line.label).iter().any(|word| lexicon().is("low", &word.plain)) {
        return None;
    }
    let mut worths: Vec<(f32, Option<String>)> = Vec::new();
    for item in &line.each {
        let words = desk.reader.words(item);
        let (mut points, mut most, mut requirement) = (0.0, 0.0, None);
        for wish in &wanted.wishes {
            let value = wish.weight * super::super::matching::item_relevance(&wish.demand, &words);
            points += value;
            if value > most {
                most = value;
                requirement.clone_from(&wish.requirement);
            }
        }
        worths.push((points, requirement));
    }
    let mut order: Vec<usize> = (0..line.each.len()).collect();
    order.sort_by(|a, b| worths[*b].0.total_cmp(&worths[*a].0));
    let named = worths.iter().filter(|(points, _)| *points > 0.0).count();
    // Those that are named stand in front already: nothing is gained by shuffling them among themselves.
    let in_front = worths.iter().take(named).all(|(points, _)| *points > 0.0);
    if named == 0 || in_front {
        return None;
    }
    let first: Vec<&str> = order.iter().take(named.min(3)).map(|place| line.each[*place]).collect();
    Some(Order {
        text: line.in_order(&order),
        first: few_words(&first.join(", "), 60),
        requirement: worths[order[0]].1.clone(),
    })
}

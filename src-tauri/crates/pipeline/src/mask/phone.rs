//! Finds phone numbers, and tells them from years, dates, amounts and the numbers of certificates.
//!
//! A number is taken for a phone number when it is one of the person's own, begins as phone numbers do
//! (`+`, `(503)`, `0…`), stands behind a word such as "phone", or is grouped as phone numbers of some country
//! are. It is not when it reads as dates, or stands at a currency sign or at a letter.

use std::collections::HashSet;
use std::ops::Range;

/// Digits of the longest number that there is, by E.164.
const MOST_DIGITS: usize = 15;
/// Groups that a number is written in, at most: pairs.
const MOST_GROUPS: usize = 8;
/// So many digits at the end tell two spellings of one number as the same, whatever is in front.
const TELLING_DIGITS: usize = 7;
/// Words before a number that say what it is, in small letters, without accents where they have any.
const WORDS: &[&str] = &[
    "tel",
    "phone",
    "telephone",
    "mobile",
    "mob",
    "cell",
    "fax",
    "telefon",
    "fon",
    "handy",
    "mobil",
    "whatsapp",
    "tlf",
    "telefono",
    "teléfono",
    "móvil",
    "téléphone",
    "portable",
    "call",
];

/// The person's own numbers.
#[derive(Clone, Default)]
pub(super) struct Phones {
    endings: HashSet<String>,
}

/// A run of digits.
struct Group {
    range: Range<usize>,
    digits: String,
    plus: bool,
    paren: bool,
}

impl Phones {
    /// Learns the numbers in contact lines.
    pub(super) fn learn(contacts: &[&str]) -> Self {
        let mut endings = HashSet::new();
        for contact in contacts {
            for run in runs(contact) {
                for window in windows(&run) {
                    let digits = joined(window);
                    if (6..=MOST_DIGITS + 1).contains(&digits.len()) && (window[0].plus || !are_dates(window))
                    {
                        endings.insert(ending(&digits).to_owned());
                    }
                }
            }
        }
        Self { endings }
    }

    /// Every phone number in `text`.
    pub(super) fn find(&self, text: &str) -> Vec<Range<usize>> {
        let mut found = Vec::new();
        for run in runs(text) {
            let mut first = 0;
            while first < run.len() {
                let longest = windows(&run[first..])
                    .take_while(|window| window[0].range == run[first].range)
                    .filter(|window| self.is_phone(text, &run, first, window.len()))
                    .map(<[Group]>::len)
                    .max();
                if let Some(length) = longest {
                    found.push(whole(text, &run[first..first + length]));
                }
                first += longest.unwrap_or(1);
            }
        }
        found
    }

    fn is_phone(&self, text: &str, run: &[Group], first: usize, length: usize) -> bool {
        let window = &run[first..first + length];
        if window.iter().map(|group| group.digits.len()).sum::<usize>() < 6 {
            return false;
        }
        let digits = joined(window);
        if self.endings.contains(ending(&digits)) {
            return true;
        }
        if digits.len() > MOST_DIGITS {
            return false;
        }
        let range = whole(text, window);
        let (before, after) = (&text[..range.start], &text[range.end..]);
        let cut = |at: usize| {
            at > 0 && at < run.len() && !gap(text, &run[at - 1], &run[at]).contains(char::is_whitespace)
        };
        if cut(first) || cut(first + length) || at_word_or_money(before, after) {
            return false;
        }
        if window[0].plus {
            return digits.len() >= 7;
        }
        if are_dates(window) {
            return false;
        }
        behind_a_word(before) || (digits.len() >= 7 && looks_like_one(text, window, &digits))
    }
}

fn looks_like_one(text: &str, window: &[Group], digits: &str) -> bool {
    let lengths: Vec<usize> = window.iter().map(|group| group.digits.len()).collect();
    let first = window[0].digits.as_str();
    if window[0].paren {
        return (2..=5).contains(&first.len()) && window.len() > 1;
    }
    if first.len() > 1 && first.starts_with('0') {
        return digits.len() >= 8 && !digits.starts_with("000") && (window.len() > 1 || digits.len() >= 10);
    }
    match lengths.as_slice() {
        [3, 3, 4] | [2, 2, 2, 2] | [3, 2, 3] | [2, 2, 2, 2, 2] => true,
        [1, 3, 3, 4] => first == "1",
        [3, 3, 3] => !digits.ends_with("000") && !gap(text, &window[0], &window[1]).contains('.'),
        [3, 4] => matches!(gap(text, &window[0], &window[1]), "-" | "‑" | "‐" | "–"),
        _ => false,
    }
}

/// Splits the digits of a text into runs of groups that only separators stand between.
fn runs(text: &str) -> Vec<Vec<Group>> {
    let mut runs: Vec<Vec<Group>> = Vec::new();
    let mut at = 0;
    while let Some(offset) = text[at..].find(|c: char| digit(c).is_some()) {
        let start = at + offset;
        let length = text[start..].find(|c: char| digit(c).is_none()).unwrap_or(text.len() - start);
        let before = text[..start].trim_end_matches([' ', '\u{a0}']);
        let group = Group {
            range: start..start + length,
            digits: text[start..start + length].chars().filter_map(digit).collect(),
            plus: text[..start].ends_with('+') || text[..start].ends_with("+(") || before.ends_with('+'),
            paren: text[..start].ends_with('('),
        };
        let joins = runs.last().and_then(|run| run.last()).is_some_and(|last| {
            let between = &text[last.range.end..start];
            !group.plus && between.chars().count() <= 4 && between.chars().all(separates)
        });
        match runs.last_mut() {
            Some(run) if joins => run.push(group),
            _ => runs.push(vec![group]),
        }
        at = start + length;
    }
    runs
}

/// An ASCII digit for a digit of any script that phone numbers are written in.
fn digit(c: char) -> Option<char> {
    let zero = match c {
        '0'..='9' => return Some(c),
        '\u{660}'..='\u{669}' => 0x660,
        '\u{6f0}'..='\u{6f9}' => 0x6f0,
        '\u{966}'..='\u{96f}' => 0x966,
        '\u{ff10}'..='\u{ff19}' => 0xff10,
        _ => return None,
    };
    char::from_digit(u32::from(c) - zero, 10)
}

fn separates(c: char) -> bool {
    super::unseen(c)
        || matches!(
            c,
            ' ' | '\u{a0}'
                | '\t'
                | '_'
                | '−'
                | '—'
                | '\u{2007}'
                | '\u{202f}'
                | '\u{2009}'
                | '-'
                | '‐'
                | '‑'
                | '‒'
                | '–'
                | '.'
                | '/'
                | '('
                | ')'
                | '·'
                | '•'
        )
}

/// Every window of up to as many groups as a number can have, shorter ones first, by their first group.
fn windows(run: &[Group]) -> impl Iterator<Item = &[Group]> {
    (0..run.len()).flat_map(move |first| {
        (first + 1..=run.len().min(first + MOST_GROUPS)).map(move |end| &run[first..end]).take_while(
            |window| window.iter().map(|group| group.digits.len()).sum::<usize>() <= MOST_DIGITS + 1,
        )
    })
}

fn joined(window: &[Group]) -> String {
    window.iter().map(|group| group.digits.as_str()).collect()
}

fn ending(digits: &str) -> &str {
    &digits[digits.len().saturating_sub(TELLING_DIGITS)..]
}

/// The window with the sign in front and the bracket around its first group.
fn whole(text: &str, window: &[Group]) -> Range<usize> {
    let mut start = window[0].range.start;
    let end = window.last().map_or(start, |group| group.range.end);
    if window[0].paren {
        start -= 1;
    }
    if window[0].plus {
        start = text[..start].rfind('+').unwrap_or(start);
    }
    start..end
}

fn gap<'text>(text: &'text str, left: &Group, right: &Group) -> &'text str {
    &text[left.range.end..right.range.start]
}

fn at_word_or_money(before: &str, after: &str) -> bool {
    let tight = |c: char| c.is_alphanumeric() || "#№$€£¥_".contains(c);
    let mut back = before.chars().rev();
    let (last, last_but_one) = (back.next(), back.next());
    last.is_some_and(tight)
        || (last.is_some_and(|c| "-./".contains(c)) && last_but_one.is_some_and(char::is_alphanumeric))
        || before.trim_end().ends_with(['$', '€', '£', '¥', '#', '№'])
        || after.starts_with(|c: char| c.is_alphanumeric() || "%_".contains(c))
        || after.trim_start().starts_with(['$', '€', '£', '¥', '%'])
}

fn behind_a_word(before: &str) -> bool {
    let before = before.trim_end_matches([' ', '\u{a0}', ':', '.', '-', '–', '(', ')', '\t']);
    let word: String = before.chars().rev().take_while(|c| c.is_alphabetic()).collect();
    let word: String = word.chars().rev().flat_map(char::to_lowercase).collect();
    WORDS.contains(&word.as_str())
}

/// Whether the groups read as one date after the other: `2015`, `03 2015`, `2015 03`, `2015 03 14`, `14 03 2015`,
/// `14 03 15`, `2015 16`.
fn are_dates(groups: &[Group]) -> bool {
    let mut reach = vec![false; groups.len() + 1];
    reach[0] = true;
    for from in 0..groups.len() {
        for to in from + 1..=(from + 3).min(groups.len()) {
            reach[to] |= reach[from] && is_date(&groups[from..to]);
        }
    }
    reach[groups.len()]
}

fn is_date(groups: &[Group]) -> bool {
    let number = |group: &Group| group.digits.parse::<u32>().unwrap_or(u32::MAX);
    let year = |group: &Group| group.digits.len() == 4 && (1900..=2100).contains(&number(group));
    let short = |group: &Group| group.digits.len() == 2;
    let month = |group: &Group| group.digits.len() <= 2 && (1..=12).contains(&number(group));
    let day = |group: &Group| group.digits.len() <= 2 && (1..=31).contains(&number(group));
    match groups {
        [y] => year(y),
        [a, b] => (month(a) && year(b)) || (year(a) && (month(b) || short(b))),
        [a, b, c] => {
            (year(a) && month(b) && day(c))
                || ((year(c) || short(c)) && ((day(a) && month(b)) || (month(a) && day(b))))
        }
        _ => false,
    }
}

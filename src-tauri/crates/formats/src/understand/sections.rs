//! Where sections begin: lines whose words are known headings, or that look like those.

use super::{contacts, dates, headings};
use crate::line::Line;

/// The heading of a section.
#[derive(Clone, Copy, Debug)]
pub(super) struct Heading {
    pub(super) known: headings::Known,
    /// How sure it is that a section begins here, from 0 to 1.
    pub(super) sure: f32,
}

/// For each line, what it announces where it is the heading of a section.
pub(super) fn section_headings(lines: &[Line], name: Option<usize>) -> Vec<Option<Heading>> {
    let candidate = |at: usize| {
        let line = &lines[at];
        Some(at) != name
            && !line.bullet
            && line.text.chars().count() <= 60
            && line.text.split_whitespace().count() <= 7
            && line.text.chars().any(char::is_alphabetic)
            && !dates::has_date(&line.text)
            && !contacts::has_mail(&line.text)
    };
    let level = section_level(lines, name);
    let looks: Vec<Looks> = lines.iter().map(Looks::of).collect();
    let common = common_looks(lines, &looks);
    let classes = classes(lines, &looks, common, candidate);
    // The looks that most known headings have; where there are none, those that would do for headings.
    let main =
        classes.iter().filter(|class| class.known > 0).max_by_key(|class| (class.known, class.looks.size));
    let guessed =
        if main.is_none() && level.is_none() { by_looks(lines, &looks, common, candidate) } else { None };
    (0..lines.len())
        .map(|at| {
            if !candidate(at) {
                return None;
            }
            let line = &lines[at];
            let known = headings::known(&line.text);
            let heading = |sure: f32| {
                let known = known.unwrap_or(headings::Known::Section(headings::section_kind(&line.text)));
                Some(Heading { known, sure: if level.is_some() { 0.99 } else { sure } })
            };
            if let Some(level) = level {
                if line.heading == level {
                    return heading(0.99);
                }
                if line.heading > 0 {
                    return None;
                }
            }
            if let Some(main) = main {
                let stands_out = main.looks.stands_out(common);
                let same = looks[at].is_like(main.looks, common);
                if same && known.is_some() {
                    return heading(0.98);
                }
                if same && stands_out && own_making(lines, at) && !has_entry_looks(lines, at, &looks) {
                    return heading(if main.known * 2 >= main.all { 0.92 } else { 0.72 });
                }
                // Headings of a side column may have looks of their own.
                if known.is_some() && looks[at].stands_out(common) && own_making(lines, at) && level.is_none()
                {
                    return heading(0.85);
                }
                // Known words in plain looks beside headings that stand out are plain lines.
                return known.filter(|_| !stands_out && free_standing(lines, at)).and_then(|_| heading(0.8));
            }
            if guessed.is_some_and(|of| of == looks[at]) && own_making(lines, at) {
                return heading(0.72);
            }
            known.filter(|_| free_standing(lines, at) && level.is_none()).and_then(|_| heading(0.8))
        })
        .collect()
}

/// Lines of one kind of looks that could be headings.
struct Class {
    looks: Looks,
    /// Those whose words are known headings.
    known: usize,
    all: usize,
}

fn classes(lines: &[Line], looks: &[Looks], common: Looks, candidate: impl Fn(usize) -> bool) -> Vec<Class> {
    let mut classes: Vec<Class> = Vec::new();
    for at in (0..lines.len()).filter(|at| looks[*at] != common && candidate(*at)) {
        let known = usize::from(headings::known(&lines[at].text).is_some());
        match classes.iter_mut().find(|class| class.looks == looks[at]) {
            Some(class) => {
                class.known += known;
                class.all += 1;
            }
            None => classes.push(Class { looks: looks[at], known, all: 1 }),
        }
    }
    classes
}

/// Where no words are known: the heaviest looks that a few lines have, each with room above and text below.
fn by_looks(
    lines: &[Line],
    looks: &[Looks],
    common: Looks,
    candidate: impl Fn(usize) -> bool,
) -> Option<Looks> {
    let classes = classes(lines, looks, common, &candidate);
    let fits = |class: &&Class| {
        let of: Vec<usize> =
            (0..lines.len()).filter(|at| looks[*at] == class.looks && candidate(*at)).collect();
        let apart = of.iter().filter(|at| {
            own_making(lines, **at) && looks.get(**at + 1).is_some_and(|below| *below != class.looks)
        });
        class.looks.stands_out(common)
            && (2..=14).contains(&class.all)
            && lines.len() >= class.all * 3
            && apart.count() * 10 >= of.len() * 7
    };
    classes.iter().filter(fits).max_by_key(|class| class.looks.rank()).map(|class| class.looks)
}

/// Whether the line looks like a heading but stands above a date, as the first line of an entry does.
fn has_entry_looks(lines: &[Line], at: usize, looks: &[Looks]) -> bool {
    let Some(below) = lines.get(at + 1) else { return false };
    let dated = dates::dated_at_an_end(&below.text) && !below.bullet && below.text.chars().count() <= 120;
    // A heading may stand right above the first entry; then that one is set in other looks than a plain line.
    dated && below.gap < 0.3 && lines[at].gap < 0.9 && looks[at + 1] != looks[at] && !lines[at].whole
}

/// A link's text among the contact data of the head may read like a heading ("Portfolio"). Where another
/// heading follows at once, so that its section would be empty, it is contact data.
pub(super) fn drop_link_texts(lines: &[Line], headings: &mut [Option<Heading>]) {
    let Some(first) = headings.iter().position(Option::is_some) else { return };
    let alone = headings.get(first + 1).is_some_and(Option::is_some);
    let below_contacts = first > 0 && contacts::is_contact_near_name(&lines[first - 1].text);
    let plain = lines[first].heading == 0;
    if alone && below_contacts && plain && contacts::names_a_way(&lines[first].text) {
        headings[first] = None;
    }
}

/// The level that headings of sections have, where the format tells levels.
fn section_level(lines: &[Line], name: Option<usize>) -> Option<u8> {
    let headed = || lines.iter().enumerate().filter(|(at, line)| line.heading > 0 && Some(*at) != name);
    let known = (1..=6u8)
        .map(|level| {
            (
                level,
                headed()
                    .filter(|(_, line)| line.heading == level && headings::known(&line.text).is_some())
                    .count(),
            )
        })
        .filter(|(_, count)| *count > 0)
        .max_by_key(|(level, count)| (*count, u8::MAX - *level));
    match known {
        Some((level, _)) => Some(level),
        None => headed().map(|(_, line)| line.heading).min(),
    }
}

/// How a line looks, as far as headings differ in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Looks {
    /// Half points.
    size: i32,
    pub(super) bold: bool,
    capitals: bool,
}

impl Looks {
    pub(super) fn of(line: &Line) -> Self {
        let letters = || line.text.chars().filter(|c| c.is_alphabetic());
        #[expect(clippy::cast_possible_truncation, reason = "font sizes are small numbers")]
        let size = (line.size * 2.0).round() as i32;
        Self {
            size,
            bold: line.bold,
            capitals: letters().count() >= 4 && letters().all(|c| !c.is_lowercase()),
        }
    }

    /// Whether both are headings of one kind. Capitals make no difference where size or weight set them apart.
    fn is_like(self, other: Self, common: Self) -> bool {
        let by_size = other.size > common.size || other.bold && !common.bold;
        self.size == other.size && self.bold == other.bold && (by_size || self.capitals == other.capitals)
    }

    /// Larger first, then heavier, then in capitals.
    fn rank(self) -> (i32, bool, bool) {
        (self.size, self.bold, self.capitals)
    }

    pub(super) fn stands_out(self, common: Self) -> bool {
        self.size > common.size || self.bold && !common.bold || self.capitals && !common.capitals
    }
}

/// The looks of most of the text.
pub(super) fn common_looks_of(lines: &[Line]) -> Looks {
    common_looks(lines, &lines.iter().map(Looks::of).collect::<Vec<_>>())
}

fn common_looks(lines: &[Line], looks: &[Looks]) -> Looks {
    let mut counts: Vec<(Looks, usize)> = Vec::new();
    for (line, of) in lines.iter().zip(looks) {
        let signs = line.text.chars().count();
        match counts.iter_mut().find(|(seen, _)| seen == of) {
            Some((_, count)) => *count += signs,
            None => counts.push((*of, signs)),
        }
    }
    counts
        .into_iter()
        .max_by_key(|(_, count)| *count)
        .map_or(Looks { size: 0, bold: false, capitals: false }, |(of, _)| of)
}

/// Whether a line that looks like the headings, of unknown words, can be one: it has room above.
fn own_making(lines: &[Line], at: usize) -> bool {
    let line = &lines[at];
    let first = at == 0 || lines[at - 1].region != line.region;
    (first || line.gap >= 0.3 || line.whole)
        && !line.text.ends_with(['.', ',', ';'])
        && !line.text.contains('\t')
}

/// Whether a line of plain looks stands by itself: room above and no end of a sentence.
fn free_standing(lines: &[Line], at: usize) -> bool {
    let line = &lines[at];
    let first = at == 0 || lines[at - 1].region != line.region;
    (first || line.gap >= 0.5 || line.whole) && !line.text.ends_with(['.', ',', ';'])
}

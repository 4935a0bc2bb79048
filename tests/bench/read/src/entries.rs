//! Entries as read against entries as they are.

use resume::dates::{Dated, When, spans};
use resume::outline::{Entry, Outline};

use crate::measure::Share;
use crate::{Truth, TruthEntry, plain};

/// Shares of the entries of the truth, and of those that were read.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Entries {
    pub(crate) titles: Share,
    pub(crate) organisations: Share,
    pub(crate) locations: Share,
    pub(crate) dates: Share,
    pub(crate) whole: Share,
    pub(crate) read: Share,
}

fn same(read: Option<&String>, truth: &str) -> bool {
    plain(read.map_or("", String::as_str)) == plain(truth)
}

/// How much of an entry an entry of the truth shares, to find its match.
fn likeness(entry: &Entry, truth: &TruthEntry) -> u32 {
    let (title, wanted) = (plain(entry.title.as_deref().unwrap_or_default()), plain(&truth.title));
    let organisation = entry.organisation.as_ref();
    let title = if title == wanted {
        4
    } else if !title.is_empty() && (title.contains(&wanted) || wanted.contains(&title)) {
        2
    } else {
        0
    };
    title
        + 2 * u32::from(!truth.organisation.is_empty() && same(organisation, &truth.organisation))
        + 2 * u32::from(!truth.dates.is_empty() && same(entry.dates.as_ref(), &truth.dates))
        + u32::from(same(entry.title.as_ref(), &truth.organisation) && !truth.organisation.is_empty())
}

/// What start and end mean, as far as they tell a year or that it lasts.
fn meaning(start: Option<&Dated>, end: Option<&Dated>) -> (Option<When>, Option<When>) {
    // "Since 2019" and "2019 – now" are one thing.
    let end = end.map(|dated| dated.when).or(start.map(|_| When::Now));
    (start.map(|dated| dated.when), end)
}

fn same_dates(entry: &Entry, truth: &TruthEntry, iso: bool) -> bool {
    let read = meaning(entry.start.as_ref(), entry.end.as_ref());
    let wanted = spans(&truth.dates).into_iter().next();
    match wanted {
        None => entry.dates.is_none() || same(entry.dates.as_ref(), &truth.dates),
        // A JSON Resume may tell one date as start and end alike.
        Some(span) => {
            let wanted = meaning(span.start.as_ref(), span.end.as_ref());
            read == wanted || iso && read.1 == wanted.1 && (wanted.0.is_none() || read.0 == wanted.0)
        }
    }
}

pub(crate) fn compare(truth: &Truth, outline: &Outline, iso: bool, misses: &mut Vec<String>) -> Entries {
    let read: Vec<&Entry> = outline.sections.iter().flat_map(|section| &section.entries).collect();
    let mut used = vec![false; read.len()];
    let mut found = Entries::default();
    for (_, wanted) in truth.entries() {
        let best = (0..read.len())
            .filter(|at| !used[*at])
            .map(|at| (likeness(read[at], wanted), at))
            .filter(|(likeness, _)| *likeness >= 2)
            .max_by_key(|(likeness, at)| (*likeness, std::cmp::Reverse(*at)));
        let entry = best.map(|(_, at)| {
            used[at] = true;
            read[at]
        });
        let title = entry.is_some_and(|entry| same(entry.title.as_ref(), &wanted.title));
        let organisation = entry.is_some_and(|entry| same(entry.organisation.as_ref(), &wanted.organisation));
        let location = entry.is_some_and(|entry| same(entry.location.as_ref(), &wanted.location));
        let dates = entry.is_some_and(|entry| same_dates(entry, wanted, iso));
        found.titles.add(title);
        found.organisations.add(organisation);
        found.locations.add(location);
        found.dates.add(dates);
        found.whole.add(title && organisation && dates);
        if !(title && organisation && dates) {
            let told = entry.map(|entry| (&entry.title, &entry.organisation, &entry.location, &entry.dates));
            misses.push(format!(
                "entry: {} | {} | {} | {}\n         read {told:?}",
                wanted.title, wanted.organisation, wanted.location, wanted.dates
            ));
        }
    }
    for (entry, used) in read.iter().zip(used) {
        found.read.add(used);
        if !used {
            misses
                .push(format!("no such entry: {:?} {:?} {:?}", entry.title, entry.organisation, entry.dates));
        }
    }
    found
}

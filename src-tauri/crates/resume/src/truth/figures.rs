//! Claims of dates, durations and numbers.

use super::ClaimKind;
use super::claims::Claims;
use super::date::{Date, Span};
use super::facts::{Facts, Pool, Word};
use super::lexicon::is_plain;
use super::quantity::{Quantity, Unit};
use super::rate::{adverb, period, times_in};

pub(super) fn find(claims: &mut Claims<'_>, pool: &Pool<'_>) {
    let new = claims.new;
    for date in &new.dates {
        let given = pool.texts.iter().any(|facts| {
            facts.dates.iter().any(|source| date.is_in(source))
                || date.month.is_none()
                    && facts
                        .quantities
                        .iter()
                        .any(|q| q.values.iter().any(|v| same(*v, f64::from(date.year.unwrap_or(0)))))
        });
        if !given {
            claims.unsupported(
                ClaimKind::Date,
                date.start..date.end,
                "Your line does not give the date \"{}\".",
            );
            continue;
        }
        let mut places = pool.texts.iter().flat_map(|facts| {
            facts.dates.iter().map(move |source| (*facts, source.start, date.is_in(source)))
        });
        if of_another_thing(new, date.start, &mut places) {
            claims.doubtful(
                ClaimKind::Date,
                date.start..date.end,
                "Your line gives \"{}\" for something else.",
            );
        }
    }
    // "2016 – present" where the evidence ends it, or does not say.
    for span in new.spans.iter().filter(|span| span.months.is_none()) {
        let goes_on = pool
            .texts
            .iter()
            .flat_map(|facts| &facts.spans)
            .any(|source| source.months.is_none() && span.from.is_in(&source.from));
        if !goes_on {
            claims.unsupported(
                ClaimKind::Date,
                span.from.start..span.from.end,
                "Your line does not say that what began in \"{}\" still goes on.",
            );
        }
    }
    for span in &new.spans {
        mixed_span(claims, pool, span);
    }
    reversed(claims, pool);
    for quantity in new.quantities.iter().filter(|quantity| quantity.claims) {
        number(claims, pool, quantity);
    }
}

/// From the start of one job to the end of another, where only the other is told of.
fn mixed_span(claims: &mut Claims<'_>, pool: &Pool<'_>, span: &Span) {
    let Some(to) = &span.to else { return };
    let all = || pool.texts.iter().flat_map(|facts| facts.spans.iter().map(move |source| (*facts, source)));
    let ends = |source: &Span| source.to.as_ref().is_some_and(|end| to.is_in(end));
    if all().any(|(_, source)| span.from.is_in(&source.from) && ends(source)) {
        return;
    }
    let listed = pool.texts.iter().any(|facts| {
        let given = |wanted: &Date| facts.dates.iter().any(|date| wanted.is_in(date));
        facts.spans.is_empty() && given(&span.from) && given(to)
    });
    if listed && to.year.zip(span.from.year).is_some_and(|(to, from)| to > from + 1) {
        claims.unsupported(
            ClaimKind::Date,
            span.from.start..to.end,
            "Your line names the two years, not the time between them: \"{}\".",
        );
        return;
    }
    let from = all().find(|(_, source)| span.from.is_in(&source.from));
    let (Some((first, _)), Some((second, _))) = (from, all().find(|(_, source)| ends(source))) else {
        return;
    };
    let told =
        |facts: &Facts, other: &Facts| {
            claims.new.words.iter().any(|word| {
                word.content() && !is_plain(&word.key) && facts.states(word) && !other.states(word)
            })
        };
    if first.text != second.text && told(second, first) && !told(first, second) {
        claims.unsupported(
            ClaimKind::Date,
            span.from.start..span.from.end,
            "Your line gives \"{}\" as the start of something else.",
        );
    }
}

/// "From 250 to 200" must not become "from 200 to 250".
fn reversed(claims: &mut Claims<'_>, pool: &Pool<'_>) {
    let new = claims.new;
    let pairs = |facts: &'_ Facts| -> Vec<(f64, f64, usize, usize)> {
        facts
            .quantities
            .windows(2)
            .filter(|pair| {
                let ahead = facts.text[..pair[0].start].trim_end().to_lowercase();
                let between = facts.text.get(pair[0].end..pair[1].start).unwrap_or_default().trim();
                ["from", "von", "de"].iter().any(|word| ahead.ends_with(word))
                    && (between.ends_with("to")
                        || between.ends_with("auf")
                        || between.ends_with('à')
                        || between.ends_with(" a")
                        || between == "a")
            })
            .filter_map(|pair| {
                Some((*pair[0].values.first()?, *pair[1].values.first()?, pair[0].start, pair[1].end))
            })
            .collect()
    };
    let given: Vec<_> = pool.texts.iter().flat_map(|facts| pairs(facts)).collect();
    for (from, to, start, end) in pairs(new) {
        let says = |a: f64, b: f64| given.iter().any(|(from, to, ..)| same(*from, a) && same(*to, b));
        if !same(from, to) && says(to, from) && !says(from, to) {
            claims.unsupported(
                ClaimKind::Number,
                start..end,
                "Your line says it the other way round: \"{}\".",
            );
        }
    }
}

fn number(claims: &mut Claims<'_>, pool: &Pool<'_>, claimed: &Quantity) {
    let range = claimed.start..claimed.end;
    let kind = if claimed.unit == Unit::Months { ClaimKind::Date } else { ClaimKind::Number };
    let sources: Vec<&Quantity> = pool
        .texts
        .iter()
        .flat_map(|facts| &facts.quantities)
        .filter(|source| gives(source, claimed))
        .collect();
    if !sources.is_empty() {
        if let Some(said) = counts_another_thing(claims.new, pool, claimed) {
            let why = format!("Your line says \"{said}\", not \"{{}}\".");
            let end = claims
                .new
                .words
                .iter()
                .find(|word| word.start >= claimed.end)
                .map_or(claimed.end, |word| word.end);
            claims.unsupported(kind, claimed.start..end, &why);
            return;
        }
        let days_a_week = matches!(claimed.unit, Unit::Measure("time", _) | Unit::Percent);
        if let Some(per) = claimed.per.filter(|_| !days_a_week)
            && !sources.iter().any(|source| source.per == claimed.per)
        {
            if let Some(other) = sources.iter().find_map(|source| source.per) {
                let why = format!("Your line says \"{{}}\" per {other}, not per {per}.");
                claims.unsupported(kind, claimed.start..claimed.per_end.unwrap_or(claimed.end), &why);
            } else if !pool.words().any(|word| often(&word.key) == Some(per)) {
                let why = format!("Your line says \"{{}}\", but not that it is per {per}.");
                claims.doubtful(kind, range, &why);
            }
        } else if claimed.more && !claimed.over && !sources.iter().any(|source| source.more) {
            claims.doubtful(kind, range, "Your line says \"{}\", not more than that.");
        } else if claimed.change == Some(true) && sources.iter().all(|source| source.change == Some(false)) {
            claims.doubtful(
                kind,
                range,
                "Your line says that it reached \"{}\", not that it changed by so much.",
            );
        } else {
            let mut places = pool.texts.iter().flat_map(|facts| {
                let alike = facts.quantities.iter().filter(|q| q.claims && q.unit == claimed.unit);
                alike.map(move |source| (*facts, source.start, gives(source, claimed)))
            });
            if of_another_thing(claims.new, claimed.start, &mut places) {
                claims.doubtful(kind, range, "Your line says \"{}\" of something else.");
            }
        }
        return;
    }
    if !pool.whole && pool.texts.iter().any(|facts| derived(facts, claimed) || counts_items(facts, claimed)) {
        return;
    }
    if claimed.unit == Unit::Months {
        duration(claims, pool, claimed);
        return;
    }
    if claimed.more && pool.texts.iter().flat_map(|facts| &facts.quantities).any(|q| just_over(q, claimed)) {
        return;
    }
    let alike: Vec<&str> = pool
        .texts
        .iter()
        .flat_map(|facts| facts.quantities.iter().map(move |q| (facts, q)))
        .filter(|(_, source)| source.claims && source.unit == claimed.unit)
        .map(|(facts, source)| facts.text[source.start..source.end].trim())
        .collect();
    let why = match alike.as_slice() {
        [one] => format!("Your line says \"{one}\", not \"{{}}\"."),
        _ => "Your line does not say \"{}\".".to_owned(),
    };
    claims.unsupported(kind, range, &why);
}

/// What a word says of how often, also in a German compound: "Jahresumsatz".
fn often(key: &str) -> Option<&'static str> {
    let begins = [("jahres", "year"), ("monats", "month"), ("wochen", "week"), ("tages", "day")];
    let compound = || begins.iter().find(|(begin, _)| key.starts_with(begin)).map(|(_, per)| *per);
    period(key).or_else(|| adverb(key)).or_else(compound)
}

/// The word that follows a number, where nothing stands between them.
fn noun<'a>(facts: &'a Facts, quantity: &Quantity) -> Option<&'a Word> {
    facts
        .words
        .iter()
        .find(|word| word.start >= quantity.end)
        .filter(|word| !word.function && !word.figure)
        .filter(|word| facts.text[quantity.end..word.start].chars().all(|c| c.is_whitespace() || c == '-'))
}

/// What the evidence says instead, where it gives the number for something else: another measure ("5 days",
/// not "5 hours"), or the number of one thing for another ("30 drivers and 8 vans", not "8 drivers").
fn counts_another_thing(new: &Facts, pool: &Pool<'_>, claimed: &Quantity) -> Option<String> {
    if claimed.unit != Unit::Plain {
        return None;
    }
    let thing = noun(new, claimed)?;
    let given: Vec<(&Facts, &Quantity, &Word)> = pool
        .texts
        .iter()
        .flat_map(|facts| facts.quantities.iter().map(move |quantity| (*facts, quantity)))
        .filter_map(|(facts, quantity)| Some((facts, quantity, noun(facts, quantity)?)))
        .collect();
    let own: Vec<_> = given.iter().filter(|(_, quantity, _)| gives(quantity, claimed)).collect();
    let all_known =
        pool.texts.iter().flat_map(|facts| &facts.quantities).filter(|q| gives(q, claimed)).count()
            == own.len();
    if own.is_empty() || !all_known || own.iter().any(|(_, _, word)| word.stem == thing.stem) {
        return None;
    }
    let swapped =
        given.iter().any(|(_, quantity, word)| word.stem == thing.stem && !gives(quantity, claimed));
    let measured = is_measure(&thing.key) && own.iter().all(|(_, _, word)| is_measure(&word.key));
    let (facts, quantity, word) = own.first()?;
    (swapped || measured).then(|| facts.text[quantity.start..word.end].to_owned())
}

/// Measures of time, length, weight and volume that are never each other's synonyms.
fn is_measure(key: &str) -> bool {
    matches!(
        key.strip_suffix('s').unwrap_or(key),
        "second"
            | "minute"
            | "hour"
            | "day"
            | "week"
            | "quarter"
            | "litre"
            | "liter"
            | "gallon"
            | "pint"
            | "gram"
            | "kilo"
            | "kilogram"
            | "tonne"
            | "ton"
            | "pound"
            | "ounce"
            | "metre"
            | "meter"
            | "mile"
            | "kilometre"
            | "kilometer"
            | "foot"
            | "feet"
            | "inch"
            | "yard"
            | "acre"
            | "hectare"
            | "stunde"
            | "tag"
            | "woche"
            | "heure"
            | "jour"
            | "semaine"
            | "hora"
            | "dia"
            | "semana"
    )
}

/// Whether the words around a figure are, in the evidence, around another figure and not around this one.
/// `places`: where the evidence has figures of this sort, and whether it is this one.
fn of_another_thing(
    new: &Facts,
    start: usize,
    places: &mut dyn Iterator<Item = (&Facts, usize, bool)>,
) -> bool {
    let about: Vec<_> = new.clause_at(start).collect();
    let (mut own, mut others) = (0, 0);
    for (facts, at, this) in places.take(MOST_FIGURES) {
        let shared = facts.clause_at(at).filter(|word| about.iter().any(|a| a.stem == word.stem)).count();
        let most = if this { &mut own } else { &mut others };
        *most = shared.max(*most);
    }
    own == 0 && others >= 2
}

fn same(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-6 * a.abs().max(b.abs()).max(1e-6)
}

fn close(a: f64, b: f64, by: f64) -> bool {
    (a - b).abs() <= by
}

/// Whether the evidence gives this very number.
fn gives(source: &Quantity, claimed: &Quantity) -> bool {
    let unit = match (claimed.unit, source.unit) {
        (Unit::Measure(a, _), Unit::Measure(b, _)) => a == b,
        // "5 to 9 in the morning" and "05:00–09:00"
        (Unit::Clock, Unit::Plain) => {
            return claimed.values.iter().any(|a| source.values.iter().any(|b| on_the_clock(*a, *b)));
        }
        // "5 litres" of "5 l", but not of "5 tanks".
        (Unit::Plain, Unit::Clock | Unit::Months | Unit::Measure("time", _))
        | (Unit::Months | Unit::Measure(..), Unit::Plain) => false,
        // "12 weeks" and "three months"
        (Unit::Plain, _)
        | (Unit::Months, Unit::Measure("time", _))
        | (Unit::Measure("time", _), Unit::Months) => true,
        (a, b) => a == b,
    };
    let scale = |quantity: &Quantity| match (quantity.unit, claimed.unit, source.unit) {
        (_, Unit::Plain, _) => 1.0,
        (Unit::Measure(_, many), _, _) => many,
        (Unit::Months, Unit::Measure(..), _) | (Unit::Months, _, Unit::Measure(..)) => 2_628_000.0,
        _ => 1.0,
    };
    let (by, of) = (scale(claimed), scale(source));
    let mixed =
        (claimed.unit == Unit::Months) != (source.unit == Unit::Months) && claimed.unit != Unit::Plain;
    let any = |test: &dyn Fn(f64, f64) -> bool| {
        claimed.values.iter().any(|a| source.values.iter().any(|b| test(a * by, b * of)))
    };
    unit && if claimed.vague {
        any(&|a, b| b >= a)
    } else if mixed {
        any(&|a, b| close(a, b, b * 0.12))
    } else if claimed.about {
        any(&|a, b| same(a, b) || rounded(a) && !rounded(b) && close(a, b, b * 0.12))
    } else {
        !source.vague && any(&same)
    }
}

/// Whether a bare number may be the time: 5 for 5:00 or 17:00, 8.15 for 8:15.
fn on_the_clock(minutes: f64, number: f64) -> bool {
    let hours = minutes / 60.0;
    same(hours, number)
        || same(minutes, number.floor() * 60.0 + (number.fract() * 100.0).round())
        || same(hours - 12.0, number)
        || same(number, 12.0) && same(minutes, 0.0)
}

/// Whether a number is one that people round to: 20, 150, 3,000.
fn rounded(value: f64) -> bool {
    let mut value = value;
    while value >= 100.0 {
        value /= 10.0;
    }
    same(value, value.round()) && (value < 10.0 || same(value % 5.0, 0.0))
}

/// "Over 20" where the evidence says 23.
fn just_over(source: &Quantity, claimed: &Quantity) -> bool {
    source.unit == claimed.unit
        && source.claims
        && claimed.values.iter().any(|a| source.values.iter().any(|b| b > a && *b <= a * 1.25))
}

/// Most numbers of one text that are put together two by two. A line with more is a table, and says too much.
const MOST_FIGURES: usize = 64;

/// Whether the number follows from two numbers, or from the dates, of one text.
fn derived(facts: &Facts, claimed: &Quantity) -> bool {
    let Some(value) = claimed.values.first().copied() else { return false };
    let numbers: Vec<(f64, Unit)> = facts
        .quantities
        .iter()
        .take(MOST_FIGURES)
        .flat_map(|q| q.values.iter().map(move |value| (*value, q.unit)))
        .collect();
    let pairs = numbers.iter().enumerate().flat_map(|(n, a)| numbers[n + 1..].iter().map(move |b| (*a, *b)));
    let puts_together = sums(facts, claimed);
    if puts_together {
        return true;
    }
    for ((a, unit_a), (b, unit_b)) in pairs {
        let (low, high) = (a.min(b), a.max(b));
        if low <= 0.0 {
            continue;
        }
        let found = match claimed.unit {
            Unit::Percent if unit_a == unit_b && unit_a != Unit::Clock => {
                // 15 of 20 is 75%, but no drop by 75%.
                let part = low / high * 100.0;
                let change = [(high - low) / high * 100.0, (high - low) / low * 100.0];
                claimed.change != Some(true) && close(part, value, 0.6)
                    || change.iter().any(|percent| close(*percent, value, 0.6))
            }
            Unit::Times if unit_a == unit_b => close(high / low, value, value * 0.05),
            Unit::Plain => match (unit_a, unit_b) {
                (Unit::Percent, Unit::Plain) => close(a / 100.0 * b, value, 0.5),
                (Unit::Plain, Unit::Percent) => close(b / 100.0 * a, value, 0.5),
                _ => false,
            },
            _ => false,
        };
        if found {
            return true;
        }
    }
    let rated = |source: &Quantity| {
        let (Some(per), Some(of), Some(many)) = (claimed.per, source.per, source.values.first()) else {
            return false;
        };
        source.unit == claimed.unit
            && (times_in(of, per).iter().any(|times| close(many * times, value, value * 0.005))
                || times_in(per, of).iter().any(|times| close(value * times, *many, many * 0.005)))
    };
    if facts.quantities.iter().take(MOST_FIGURES).any(rated) {
        return true;
    }
    if claimed.unit == Unit::Months {
        let spans: Vec<(u32, bool)> =
            facts.spans.iter().filter_map(|span| span.months.map(|months| (months, span.exact))).collect();
        let total: u32 = spans.iter().map(|span| span.0).sum();
        let exact = spans.iter().all(|span| span.1);
        let lasts = |months: u32, exact: bool| {
            let long = f64::from(months);
            lasts(months, exact, value)
                || claimed.more && long > value && long <= value * 1.35
                || claimed.about && close(long, value, value * 0.12)
        };
        return spans.iter().any(|(months, exact)| lasts(*months, *exact))
            || (spans.len() > 1 && lasts(total, exact));
    }
    false
}

/// Whether the number is the sum or the difference of two that stand side by side: "4 drivers and 3 loaders", "from 40%
/// to 52%". Where the evidence counts the same thing otherwise, it is neither.
fn sums(facts: &Facts, claimed: &Quantity) -> bool {
    let Some(value) = claimed.values.first().copied() else { return false };
    let claiming: Vec<&Quantity> = facts.quantities.iter().filter(|quantity| quantity.claims).collect();
    claiming.windows(2).take(MOST_FIGURES).any(|pair| {
        let (Some(a), Some(b)) = (pair[0].values.first(), pair[1].values.first()) else { return false };
        let between = facts.text.get(pair[0].end..pair[1].start).unwrap_or_default();
        if between.contains([';', '.']) || between.len() > 60 {
            return false;
        }
        let words: Vec<&str> =
            between.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
        let to = words.iter().any(|word| {
            matches!(*word, "to" | "from" | "was" | "now" | "of" | "auf" | "bis" | "à" | "a" | "an")
        }) || between.contains(['–', '(', '→']);
        let and = words.iter().any(|word| matches!(*word, "and" | "plus" | "und" | "et" | "y" | "with"))
            || between.contains(',');
        let points = pair[0].unit == Unit::Percent && pair[1].unit == Unit::Percent;
        let to = to || points;
        let alike =
            pair[0].unit == pair[1].unit || pair[0].unit == Unit::Plain || pair[1].unit == Unit::Plain;
        let unit = claimed.unit == pair[1].unit
            || claimed.unit == Unit::Plain
            || pair[1].unit == Unit::Plain && matches!(claimed.unit, Unit::Measure(..));
        alike && unit && *a < 1e9 && (to && same((a - b).abs(), value) || and && same(a + b, value))
    })
}

/// "Three summers" where the evidence lists three years.
fn counts_items(facts: &Facts, claimed: &Quantity) -> bool {
    let Some(value) = claimed.values.first() else { return false };
    let years: std::collections::BTreeSet<_> = facts.dates.iter().filter_map(|date| date.year).collect();
    let years = u32::try_from(years.len()).unwrap_or(0);
    claimed.unit == Unit::Plain && years >= 2 && facts.spans.is_empty() && same(f64::from(years), *value)
}

/// Whether a span of `months` may be called `claimed` months. Years alone leave a year of play.
fn lasts(months: u32, exact: bool, claimed: f64) -> bool {
    let months = f64::from(months);
    if exact {
        close(months, claimed, if claimed >= 24.0 { 3.0 } else { 1.0 })
    } else {
        close(months, claimed, 6.0)
    }
}

/// A duration that no single text gives: the sum over several, or one up to today, is for the user to judge.
fn duration(claims: &mut Claims<'_>, pool: &Pool<'_>, claimed: &Quantity) {
    let range = claimed.start..claimed.end;
    let Some(value) = claimed.values.first().copied() else { return };
    let spans: Vec<_> = pool.texts.iter().flat_map(|facts| &facts.spans).collect();
    let total: u32 = spans.iter().filter_map(|span| span.months).sum();
    if total > 0 && lasts(total, spans.iter().all(|span| span.exact), value) {
        // All the jobs must be of the kind that the years are claimed for.
        let own: Vec<&Word> =
            claims.new.clause_at(claimed.start).filter(|word| !is_plain(&word.key)).collect();
        let dated: Vec<_> = pool.texts.iter().filter(|facts| !facts.spans.is_empty()).collect();
        let all_alike =
            own.is_empty() || dated.iter().all(|facts| own.iter().any(|word| facts.suggests(word)));
        if !all_alike {
            claims.unsupported(ClaimKind::Date, range, "\"{}\" adds up jobs of another kind.");
        }
    } else if spans.iter().any(|span| span.months.is_none()) {
        claims.doubtful(
            ClaimKind::Date,
            range,
            "Your line does not say \"{}\", and a job that still goes on cannot be counted here.",
        );
    } else {
        claims.unsupported(ClaimKind::Date, range, "Your dates do not add up to \"{}\".");
    }
}

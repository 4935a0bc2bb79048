//! Finds single dates, and the spans that they make.

use super::token::{Kind, Token, tokens};
use super::{Dated, Moment, Span, When, words};

const DASHES: &[char] = &['–', '—', '-', '−', '‐', '‑', '~', '→', '～', '‒', '―'];

/// A date at a place in the line.
#[derive(Clone, Copy, Debug)]
struct Point {
    year: Option<u16>,
    month: Option<u8>,
    day: Option<u8>,
    /// It is a date only beside another one: "Jan", "'19", "09/17".
    weak: bool,
    /// The token behind it.
    next: usize,
}

impl Point {
    fn moment(self) -> Option<Moment> {
        self.year.map(|year| Moment { year, month: self.month, day: self.day })
    }
}

pub(super) struct Scan<'t> {
    text: &'t str,
    tokens: Vec<Token>,
}

#[expect(clippy::cast_possible_truncation, reason = "the callers checked the size")]
fn small(value: u32) -> u8 {
    value as u8
}

fn is_year(value: u32, digits: usize) -> Option<u16> {
    if digits == 4 && (1930..=2099).contains(&value) { u16::try_from(value).ok() } else { None }
}

/// A year of two digits: up to 39 it is in this century.
fn short_year(value: u32) -> Option<u16> {
    let value = u16::try_from(value).ok()?;
    Some(if value < 40 { 2000 + value } else { 1900 + value })
}

fn is_month(value: u32) -> bool {
    (1..=12).contains(&value)
}

impl<'t> Scan<'t> {
    pub(super) fn of(text: &'t str) -> Self {
        Self { text, tokens: tokens(text) }
    }

    fn number(&self, at: usize) -> Option<(u32, usize)> {
        self.tokens.get(at)?.number()
    }

    fn word(&self, at: usize) -> Option<&str> {
        self.tokens.get(at)?.word()
    }

    fn sign(&self, at: usize, signs: &[char]) -> bool {
        self.tokens.get(at).is_some_and(|token| token.is_sign(signs))
    }

    /// Whether the token stands right behind the one before it.
    fn close(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|token| !token.spaced)
    }

    /// A number that stands behind a close sign: `/2019`.
    fn behind(&self, at: usize, signs: &[char]) -> Option<(u32, usize)> {
        (self.sign(at, signs) && self.close(at) && self.close(at + 1)).then(|| self.number(at + 1))?
    }

    fn point(&self, at: usize) -> Option<Point> {
        match &self.tokens.get(at)?.kind {
            Kind::Number { value, digits } => self.by_number(at, *value, *digits),
            Kind::Word(word) => self.by_word(at, word),
            Kind::Sign('\'' | '’' | '‘') => {
                let (value, digits) = self.number(at + 1).filter(|_| self.close(at + 1))?;
                let year = short_year(value).filter(|_| digits == 2)?;
                Some(Point { year: Some(year), month: None, day: None, weak: true, next: at + 2 })
            }
            Kind::Sign(_) => None,
        }
    }

    fn by_number(&self, at: usize, value: u32, digits: usize) -> Option<Point> {
        // Money, figures with decimals, parts of longer numbers and of names are no dates.
        let before = at.checked_sub(1).and_then(|at| self.tokens.get(at));
        if self.close(at)
            && before.is_some_and(|token| {
                let decimals = token.is_sign(&['.', ',', ':']) && at >= 2 && self.number(at - 2).is_some();
                decimals
                    || token.is_sign(&['$', '€', '£', '¥', '#', '+', '_'])
                    || token.word().is_some_and(str::is_ascii)
            })
        {
            return None;
        }
        if let Some(year) = is_year(value, digits) {
            return self.by_year(at, year);
        }
        if digits > 2 || value == 0 {
            return None;
        }
        // 17.03.1988, 3/2019, 09/17
        let separators = ['/', '.', '-'];
        if let Some((second, second_digits)) = self.behind(at + 1, &separators) {
            if let Some((third, third_digits)) = self.behind(at + 3, &separators)
                && second_digits <= 2
            {
                let year = is_year(third, third_digits)
                    .or_else(|| short_year(third).filter(|_| third_digits == 2))?;
                let (day, month) = if is_month(second) { (value, second) } else { (second, value) };
                let right = is_month(month) && (1..=31).contains(&day);
                return right.then(|| Point {
                    year: Some(year),
                    month: Some(small(month)),
                    day: Some(small(day)),
                    weak: third_digits == 2,
                    next: at + 5,
                });
            }
            if !is_month(value) {
                return None;
            }
            if let Some(year) = is_year(second, second_digits) {
                let month = Some(small(value));
                return Some(Point { year: Some(year), month, day: None, weak: false, next: at + 3 });
            }
            if second_digits == 2 && digits == 2 && self.sign(at + 1, &['/', '.']) {
                let (year, month) = (short_year(second), Some(small(value)));
                return Some(Point { year, month, day: None, weak: true, next: at + 3 });
            }
            return None;
        }
        // 3 / 2019 with spaces around the stroke
        if self.sign(at + 1, &['/'])
            && is_month(value)
            && let Some(year) = self.number(at + 2).and_then(|(value, digits)| is_year(value, digits))
        {
            return Some(Point {
                year: Some(year),
                month: Some(small(value)),
                day: None,
                weak: false,
                next: at + 3,
            });
        }
        // 17. März 1988, 9 de noviembre de 2003, 1er mars 2020
        let mut next = at + 1;
        next += usize::from(self.sign(next, &['.', ',']));
        next += usize::from(self.word(next).is_some_and(words::is_ordinal) && self.close(next));
        next += usize::from(self.word(next).is_some_and(words::is_of));
        let month = words::month(self.word(next)?).filter(|_| value <= 31)?;
        let point = self.by_word(next, self.word(next)?)?;
        (point.month == Some(month) && point.day.is_none() && !point.weak)
            .then(|| Point { day: Some(small(value)), ..point })
    }

    fn by_year(&self, at: usize, year: u16) -> Option<Point> {
        let whole = |month: Option<u8>, day: Option<u8>, next: usize| {
            Some(Point { year: Some(year), month, day, weak: false, next })
        };
        if self.word(at + 1).is_some_and(|word| matches!(word, "年" | "년")) {
            if let Some((month, _)) = self.number(at + 2).filter(|(month, _)| is_month(*month))
                && self.word(at + 3).is_some_and(|word| matches!(word, "月" | "월"))
            {
                return whole(Some(small(month)), None, at + 4);
            }
            return whole(None, None, at + 2);
        }
        // "2012R2", "2000+", "2019 %": no year.
        let glued = self.close(at + 1)
            && (self.word(at + 1).is_some_and(|word| word.is_ascii() && !words::is_to(word))
                || self.sign(at + 1, &['+', '%', '\'', '’', '_']));
        if glued || self.sign(at + 1, &['%', '€', '$', '£']) {
            return None;
        }
        if let Some((month, digits)) = self.behind(at + 1, &['.', '/', '-'])
            && digits <= 2
        {
            let school_year =
                u32::from(year % 100 + 1) % 100 == month && digits == 2 && self.sign(at + 1, &['/']);
            if is_month(month) && !school_year {
                let day = self
                    .behind(at + 3, &['.', '/', '-'])
                    .filter(|(day, digits)| (1..=31).contains(day) && *digits <= 2);
                let next = at + if day.is_some() { 5 } else { 3 };
                return whole(Some(small(month)), day.map(|(day, _)| small(day)), next);
            }
        }
        whole(None, None, at + 1)
    }

    fn by_word(&self, at: usize, word: &str) -> Option<Point> {
        if word == "q" && self.close(at + 1) {
            let (quarter, digits) = self.number(at + 1)?;
            let year = self.number(at + 2).and_then(|(value, digits)| is_year(value, digits))?;
            let right = digits == 1 && (1..=4).contains(&quarter);
            return right.then_some(Point {
                year: Some(year),
                month: None,
                day: None,
                weak: false,
                next: at + 3,
            });
        }
        let month = words::month(word);
        if month.is_none() && !words::is_season(word) {
            return None;
        }
        let alone = Point { year: None, month, day: None, weak: true, next: at + 1 };
        let mut next = at + 1;
        next += usize::from(self.sign(next, &['.']) && self.close(next));
        let short = Point { next, ..alone };
        next += usize::from(self.sign(next, &[',', '/', '-']) && self.number(next + 1).is_some());
        next += usize::from(self.word(next).is_some_and(words::is_of));
        if self.sign(next, &['\'', '’', '‘'])
            && let Some((value, 2)) = self.number(next + 1)
        {
            return Some(Point { year: short_year(value), weak: false, next: next + 2, ..alone });
        }
        let Some((value, digits)) = self.number(next) else { return Some(short) };
        if let Some(year) = is_year(value, digits) {
            return Some(Point { year: Some(year), weak: false, next: next + 1, ..alone });
        }
        // March 3, 2019
        if month.is_some() && (1..=31).contains(&value) && digits <= 2 {
            let mut behind = next + 1;
            behind += usize::from(self.word(behind).is_some_and(words::is_ordinal));
            behind += usize::from(self.sign(behind, &[',']));
            if behind > next + 1
                && let Some(year) = self.number(behind).and_then(|(value, digits)| is_year(value, digits))
            {
                return Some(Point {
                    year: Some(year),
                    day: Some(small(value)),
                    weak: false,
                    next: behind + 1,
                    ..alone
                });
            }
            // Sep 21 – Dec 22
            if digits == 2 {
                return Some(Point { year: short_year(value), next: next + 1, ..alone });
            }
        }
        Some(short)
    }

    /// How many tokens from here say that something lasts.
    fn now(&self, at: usize) -> usize {
        let mut words = Vec::new();
        let mut ends = Vec::new();
        let mut next = at;
        while words.len() < 3
            && let Some(token) = self.tokens.get(next)
        {
            match token.word() {
                Some(word) => {
                    words.push(word);
                    ends.push(next + 1 - at);
                }
                None if !words.is_empty() && token.is_sign(&['’', '\'', '.', '‘']) => {}
                None => break,
            }
            next += 1;
        }
        let count = words::now(&words);
        if count == 0 { 0 } else { ends[count - 1] }
    }

    pub(super) fn is_now(&self) -> bool {
        let count = self.now(0);
        count > 0 && count == self.tokens.len()
    }

    pub(super) fn ends_open(&self) -> bool {
        let Some(dash) = self.tokens.len().checked_sub(1).filter(|at| self.sign(*at, DASHES)) else {
            return false;
        };
        (dash.saturating_sub(5)..dash).any(|at| self.point(at).is_some_and(|point| point.next == dash))
            && !self.spans().iter().any(|span| {
                span.end.is_some() && span.start.is_some() && span.range.end >= self.tokens[dash].from
            })
            && self
                .spans()
                .iter()
                .filter(|span| span.is_range())
                .all(|span| span.range.end >= self.tokens[dash].from)
    }

    /// The tokens of a dash or word between two dates, where they stand here.
    fn dash(&self, at: usize) -> Option<usize> {
        if self.sign(at, DASHES) {
            // "--" and "---" as LaTeX writes them.
            let mut next = at + 1;
            while self.sign(next, DASHES) && self.close(next) && next < at + 3 {
                next += 1;
            }
            // "2019 - to date"
            return Some(next);
        }
        if self.sign(at, &['/']) && self.tokens[at].spaced {
            return Some(at + 1);
        }
        let word = self.word(at)?;
        if word == "jusqu" {
            return Some(at + 3);
        }
        words::is_to(word).then_some(at + 1)
    }

    pub(super) fn spans(&self) -> Vec<Span> {
        let mut spans = Vec::new();
        let mut at = 0;
        while at < self.tokens.len() {
            match self.span(at) {
                Some((span, next)) => {
                    spans.push(span);
                    at = next.max(at + 1);
                }
                None => at += 1,
            }
        }
        spans
    }

    fn span(&self, at: usize) -> Option<(Span, usize)> {
        let word = self.word(at);
        let mut first = at;
        let since = word.is_some_and(words::is_since);
        let until = word.is_some_and(words::is_until);
        if since || until || word.is_some_and(|word| matches!(word, "de" | "du" | "entre" | "between")) {
            first += 1;
            first += usize::from(self.sign(first, &['.', ':']));
        }
        let point = self.point(first)?;
        // A school year is a span of its own.
        if let Some(year) = point.year
            && point.month.is_none()
            && !point.weak
            && let Some((second, 2)) = self.behind(point.next, &['/', '-', '–'])
            && u32::from((year + 1) % 100) == second
            && !self.sign(point.next, &['-'])
        {
            let next = point.next + 2;
            let start = self.dated(first, point.next, When::At(point.moment()?));
            let end = Moment { year: year + 1, month: None, day: None };
            let end = self.dated(point.next + 1, next, When::At(end));
            return Some((Span { range: self.range(at, next), start: Some(start), end: Some(end) }, next));
        }
        if let Some(behind) = self.dash(point.next) {
            if let Some(found) = self.range_from(at, first, point, behind, since) {
                return Some(found);
            }
            let open = self.tokens.get(behind).is_none_or(|token| token.is_sign(&[')', ']', '|', '·', ',']));
            if open && !point.weak && self.sign(point.next, DASHES) {
                let start = self.dated(first, point.next, When::At(point.moment()?));
                return Some((Span { range: self.range(at, behind), start: Some(start), end: None }, behind));
            }
        } else {
            // 至今 and "Present" right behind a date.
            let lasts = self.now(point.next);
            if lasts > 0 && !point.weak && !self.tokens[point.next].spaced {
                let next = point.next + lasts;
                let start = self.dated(first, point.next, When::At(point.moment()?));
                let end = self.dated(point.next, next, When::Now);
                return Some((
                    Span { range: self.range(at, next), start: Some(start), end: Some(end) },
                    next,
                ));
            }
        }
        if point.weak {
            return None;
        }
        let moment = When::At(point.moment()?);
        if since {
            let start = self.dated(at, point.next, moment);
            let range = self.range(at, point.next);
            return Some((Span { range, start: Some(start), end: None }, point.next));
        }
        let from = if until { at } else { first };
        let next = self.remarks(point.next);
        let end = self.dated(from, next, moment);
        Some((Span { range: self.range(from, next), start: None, end: Some(end) }, next))
    }

    /// The span from `point` to what stands at `behind`.
    fn range_from(
        &self,
        at: usize,
        first: usize,
        point: Point,
        behind: usize,
        since: bool,
    ) -> Option<(Span, usize)> {
        let from = if since { first } else { first.min(at.max(first)) };
        let lasts = self.now(behind);
        if lasts > 0 && point.year.is_some() {
            let next = self.remarks(behind + lasts);
            let start = self.dated(from, point.next, When::At(point.moment()?));
            let end = self.dated(behind, next, When::Now);
            return Some((Span { range: self.range(at, next), start: Some(start), end: Some(end) }, next));
        }
        let second = self.point(behind)?;
        let end = second.moment()?;
        // "12/19" alone is no date, and "May 20 – 22" no span of years.
        if second.weak
            && point.weak
            && (point.month.is_none() || second.month.is_none())
            && second.day.is_none()
            && !(point.month.is_none() && second.month.is_none())
        {
            return None;
        }
        let start = match point.year {
            Some(_) => point.moment()?,
            None => Moment { year: end.year, month: point.month, day: None },
        };
        let mut next = second.next;
        let mut end = end;
        // "2022 y 2023"
        if self.word(next).is_some_and(words::is_and)
            && let Some(more) = self.point(next + 1).filter(|more| !more.weak)
        {
            end = more.moment()?;
            next = more.next;
        }
        let next = self.remarks(next);
        let start = self.dated(from, point.next, When::At(start));
        let end = self.dated(behind, next, When::At(end));
        Some((Span { range: self.range(at, next), start: Some(start), end: Some(end) }, next))
    }

    /// The token behind remarks on a date: "(current)", ", lapsed", ", recyclage 2023".
    fn remarks(&self, at: usize) -> usize {
        if self.sign(at, &['(', '[']) {
            let close = (at + 1..self.tokens.len().min(at + 8)).find(|at| self.sign(*at, &[')', ']']));
            if let Some(close) = close
                && (at + 1..close).any(|at| self.word(at).is_some_and(words::is_remark))
            {
                return close + 1;
            }
        }
        if self.sign(at, &[',']) && self.word(at + 1).is_some() {
            let word = &self.tokens[at + 1];
            let lower = self.text[word.from..].chars().next().is_some_and(char::is_lowercase);
            // The remark reaches to the end of the line, or of the brackets around the date.
            let end = (at + 1..self.tokens.len())
                .find(|at| self.sign(*at, &[')', ']']))
                .unwrap_or(self.tokens.len());
            let rest = end - (at + 1);
            let dated = self.number(at + 2).is_some_and(|(value, digits)| is_year(value, digits).is_some());
            if lower && (rest == 1 || rest == 2 && dated) {
                return end;
            }
        }
        at
    }

    fn range(&self, from: usize, next: usize) -> std::ops::Range<usize> {
        self.tokens[from].from..self.tokens[next - 1].to
    }

    fn dated(&self, from: usize, next: usize, when: When) -> Dated {
        Dated { text: self.text[self.range(from, next)].to_owned(), when }
    }
}

//! One posting, read and compared.

use std::fs;

use bench_report::Report;
use resume::{LineForm, Posting, PostingPart};
use serde_json::Value;
use unicode_normalization::UnicodeNormalization;

use crate::set::Case;

/// Right, of all.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Share(usize, usize);

impl Share {
    fn count(&mut self, right: bool) {
        self.0 += usize::from(right);
        self.1 += 1;
    }

    fn add(&mut self, other: Self) {
        self.0 += other.0;
        self.1 += other.1;
    }

    #[expect(clippy::cast_precision_loss, reason = "small counts")]
    fn share(self) -> Option<f64> {
        (self.1 > 0).then(|| self.0 as f64 / self.1 as f64)
    }

    fn shown(self) -> Value {
        if self.1 == 0 { Value::Null } else { format!("{}/{}", self.0, self.1).into() }
    }
}

/// What was counted.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Counts {
    read: Share,
    title: Share,
    employer: Share,
    location: Share,
    language: Share,
    must: Share,
    nice: Share,
    /// Lines that are called asked for, and are.
    precise: Share,
    noticed: Share,
    silent: Share,
    unread: Share,
}

impl Counts {
    pub(crate) fn add(&mut self, mut other: Self) {
        for (own, more) in self.all().into_iter().zip(other.all()) {
            own.add(*more);
        }
    }

    fn all(&mut self) -> [&mut Share; 11] {
        [
            &mut self.read,
            &mut self.title,
            &mut self.employer,
            &mut self.location,
            &mut self.language,
            &mut self.must,
            &mut self.nice,
            &mut self.precise,
            &mut self.noticed,
            &mut self.silent,
            &mut self.unread,
        ]
    }

    pub(crate) fn tell(&self, report: &mut Report) {
        let mut apart = self.must;
        apart.add(self.nice);
        report.figure("postings", "Postings", self.read.1, "");
        for (key, label, share) in [
            ("read", "Read", self.read),
            ("title", "Title right", self.title),
            ("employer", "Employer right", self.employer),
            ("location", "Location right", self.location),
            ("language", "Language right", self.language),
            ("told_apart", "Must-haves and nice-to-haves told apart", apart),
            ("must", "Must-haves found as such", self.must),
            ("nice", "Nice-to-haves found as such", self.nice),
            ("precision", "Lines called either that are one of the truth", self.precise),
            ("instructions_noticed", "Instructions to AI tools noticed", self.noticed),
            ("no_false_warning", "Other postings without that warning", self.silent),
            ("hidden_not_read", "Hidden texts that were not read", self.unread),
        ] {
            report.figure(key, &format!("{label} ({}/{})", share.0, share.1), share.share(), "");
        }
    }
}

/// A posting, measured.
pub(crate) struct Measured {
    name: String,
    pub(crate) counts: Counts,
    pub(crate) misses: Vec<String>,
}

impl Measured {
    pub(crate) const COLUMNS: &[&str] =
        &["posting", "title", "employer", "location", "must", "nice", "precise"];

    pub(crate) fn row(&self) -> Vec<Value> {
        let counts = &self.counts;
        let shares =
            [counts.title, counts.employer, counts.location, counts.must, counts.nice, counts.precise];
        std::iter::once(self.name.clone().into()).chain(shares.into_iter().map(Share::shown)).collect()
    }
}

/// Reads a posting and compares it.
pub(crate) fn measure(case: &Case) -> Measured {
    let mut measured = Measured { name: case.name.clone(), counts: Counts::default(), misses: Vec::new() };
    let name = case.file.file_name().and_then(|name| name.to_str());
    let read = fs::read(&case.file).map_err(|error| error.to_string());
    let read = read.and_then(|bytes| formats::read_posting(&bytes, name).map_err(|error| error.to_string()));
    measured.counts.read.count(read.is_ok());
    let posting = match read {
        Ok(posting) => posting,
        Err(error) => {
            measured.misses.push(format!("{}: not read: {error}", case.name));
            Posting::default()
        }
    };
    measured.facts(case, &posting);
    measured.asked(case, &posting);
    measured.instructions(case, &posting);
    measured
}

impl Measured {
    fn miss(&mut self, what: &str) {
        self.misses.push(format!("{}: {what}", self.name));
    }

    fn facts(&mut self, case: &Case, posting: &Posting) {
        for (key, read) in [
            ("title", &posting.title),
            ("employer", &posting.employer),
            ("location", &posting.location),
            ("language", &posting.language),
        ] {
            let Some(wanted) = case.truth[key].as_str() else { continue };
            let right = read.as_deref().is_some_and(|read| plain(read) == plain(wanted));
            if !right {
                self.miss(&format!("{key}: {} read as {}", wanted, read.as_deref().unwrap_or("nothing")));
            }
            match key {
                "title" => self.counts.title.count(right),
                "employer" => self.counts.employer.count(right),
                "location" => self.counts.location.count(right),
                _ => self.counts.language.count(right),
            }
        }
    }

    fn asked(&mut self, case: &Case, posting: &Posting) {
        let lines = posting.read_lines();
        let of = |part: PostingPart| -> Vec<String> {
            let lines = lines.iter().filter(|line| line.part == part && line.form != LineForm::Heading);
            lines.map(|line| plain(&line.text)).collect()
        };
        let (must, nice) = (of(PostingPart::Must), of(PostingPart::Nice));
        for (key, own, other) in [("must", &must, &nice), ("nice", &nice, &must)] {
            for wanted in texts(&case.truth[key]) {
                let text = plain(&wanted);
                let holds = |lines: &[String]| {
                    lines.iter().any(|line| line.contains(&text)) || lines.concat().contains(&text)
                };
                let right = holds(own);
                if !right {
                    let read = if holds(other) { "the other kind" } else { "neither" };
                    self.miss(&format!("{key} read as {read}: {wanted}"));
                }
                if key == "must" { self.counts.must.count(right) } else { self.counts.nice.count(right) }
            }
        }
        let truth: Vec<String> = ["must", "nice"]
            .iter()
            .flat_map(|key| texts(&case.truth[*key]))
            .map(|text| plain(&text))
            .collect();
        for line in must.iter().chain(&nice) {
            let right = truth.iter().any(|text| line.contains(text.as_str()) || text.contains(line.as_str()));
            if !right {
                self.miss(&format!("called asked for: {line}"));
            }
            self.counts.precise.count(right);
        }
    }

    fn instructions(&mut self, case: &Case, posting: &Posting) {
        let warned =
            posting.warnings.iter().any(|warning| warning.starts_with(resume::posting::SPEAKS_TO_AI));
        if case.speaks_to_ai {
            self.counts.noticed.count(warned);
        } else {
            self.counts.silent.count(!warned);
        }
        if warned != case.speaks_to_ai {
            self.miss(if warned { "warned without need" } else { "instructions not noticed" });
        }
        let read = plain(&posting.text);
        for hidden in &case.hidden {
            let unread = !read.contains(&plain(hidden));
            self.counts.unread.count(unread);
            if !unread {
                self.miss("hidden text was read");
            }
        }
    }
}

fn texts(value: &Value) -> Vec<String> {
    value.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
}

/// Text as it is compared: NFKC, small letters, no white space, no hyphens.
fn plain(text: &str) -> String {
    text.nfkc()
        .filter(|c| !c.is_whitespace() && !matches!(c, '-' | '\u{2010}' | '\u{2011}' | '\u{ad}'))
        .flat_map(char::to_lowercase)
        .collect()
}

//! A requirement taken apart: the things it names, how many years, which languages, which degree.

mod asides;
mod chunks;
mod wordings;
mod years;

use asides::{Aside, asides};
pub(crate) use years::years;

use super::lexicon::{find_words, lexicon};
use super::person::{degree_rank, tongue};
use super::words::{Reader, Word};

/// What a requirement asks for.
#[expect(clippy::struct_excessive_bools, reason = "each is a plain fact of its wording")]
#[derive(Debug, Default)]
pub(crate) struct Demand {
    /// The things asked for; each has to be shown.
    pub(crate) main: Vec<Thing>,
    /// Where or for what it is used: counts less.
    pub(crate) setting: Vec<Thing>,
    /// Examples of the things: one of them stands for the whole.
    pub(crate) examples: Vec<Thing>,
    /// The examples follow "such as": they show the kind of thing, not all that is asked for.
    pub(crate) loose_examples: bool,
    /// Asked for on top, behind "including".
    pub(crate) extra: Vec<Thing>,
    /// How many years of it.
    pub(crate) years: Option<f32>,
    /// Spoken languages, by code.
    pub(crate) tongues: Vec<&'static str>,
    /// Whether one of the languages is enough.
    pub(crate) any_tongue: bool,
    /// The lowest degree that would do, by rank.
    pub(crate) degree: Option<u8>,
    /// It asks for a paper: a certificate, a licence, a card.
    pub(crate) paper: bool,
    /// It asks for a high level.
    pub(crate) high: bool,
}

/// Something asked for, or any one of several.
#[derive(Debug, Default)]
pub(crate) struct Thing {
    /// Ways to meet it.
    pub(crate) options: Vec<Term>,
}

impl Thing {
    /// Whether every way to meet it stands in most resumes anyway.
    pub(crate) fn is_thin(&self) -> bool {
        self.options.iter().all(Term::is_thin)
    }
}

/// A term of a few words.
#[derive(Debug, Default)]
pub(crate) struct Term {
    /// Its parts, all of which have to be shown.
    pub(crate) atoms: Vec<Atom>,
    /// As the posting spells it.
    pub(crate) text: String,
    /// Its initials, where it has three words or more: "continuous renal replacement therapy" may stand as `CRRT`.
    pub(crate) initials: Option<String>,
}

impl Term {
    /// Whether every part stands in most resumes anyway.
    pub(crate) fn is_thin(&self) -> bool {
        self.atoms
            .iter()
            .all(|atom| atom.words.len() == 1 && atom.others.is_empty() && atom.words[0].is_thin())
    }

    /// Whether it is a name: of a tool, a paper, a norm.
    pub(crate) fn is_name(&self) -> bool {
        self.atoms.iter().any(|atom| {
            atom.words.iter().any(|word| word.looks_like_a_name() || (word.is_capitalised() && !atom.opens))
        })
    }
}

/// A word or a phrase that is looked for as one.
#[derive(Debug)]
pub(crate) struct Atom {
    /// Its words.
    pub(crate) words: Vec<Word>,
    /// Other wordings: true equals, then what shows it.
    pub(crate) others: Vec<Other>,
    /// It opens the requirement, so that its capital says nothing.
    pub(crate) opens: bool,
    /// It is a term of a trade, not an everyday word: see [`super::trade`].
    pub(crate) trade: bool,
    /// Words of which each means nearly the same or a kind of it.
    pub(crate) kin: Vec<&'static str>,
}

/// Another wording of an atom.
#[derive(Debug)]
pub(crate) struct Other {
    /// Its words.
    pub(crate) words: Vec<Word>,
    /// It means the same; else it only shows it.
    pub(crate) same: bool,
}

/// Takes a requirement apart.
pub(crate) fn demand(text: &str, reader: &Reader) -> Demand {
    let (head, asides, short_for) = asides(to_the_point(without_label(text)));
    let mut demand = Demand {
        years: years(&head).or_else(|| years(text)),
        degree: degree_rank(&head, false),
        paper: lexicon().says("paper", &head),
        high: lexicon().says("high", text),
        ..Demand::default()
    };
    let words = reader.words(&head);
    for word in &words {
        if let Some(code) = tongue(word)
            && !demand.tongues.contains(&code)
        {
            demand.tongues.push(code);
        }
    }
    demand.any_tongue =
        words.iter().any(|word| lexicon().is("either", &word.plain)) && !lexicon().says("both", &head);
    let mut chunks = chunks::chunks(&head, &words, reader, &short_for).into_iter();
    for (things, genitive) in &mut chunks {
        if demand.main.is_empty() || genitive && demand.setting.is_empty() {
            demand.main.extend(things);
        } else {
            demand.setting.extend(things);
        }
    }
    for (aside, kind) in asides {
        let words = reader.words(&aside);
        let mut things: Vec<Thing> =
            chunks::chunks(&aside, &words, reader, &[]).into_iter().flat_map(|(things, _)| things).collect();
        for atom in things.iter_mut().flat_map(|thing| &mut thing.options).flat_map(|term| &mut term.atoms) {
            atom.opens = false;
        }
        demand.loose_examples |= kind == Aside::SuchAs;
        if kind == Aside::Extra { demand.extra.extend(things) } else { demand.examples.extend(things) }
    }
    // "Strong programming skills in Go": the language is the subject, not the programming.
    if let [thing] = demand.main.as_slice()
        && let [term] = thing.options.as_slice()
        && term.atoms.len() == 1
        && term.is_thin()
        && demand.setting.iter().any(|thing| !thing.is_thin())
    {
        demand.main = std::mem::take(&mut demand.setting);
    }
    if demand.main.is_empty() {
        demand.main = std::mem::take(&mut demand.setting);
    }
    if demand.main.is_empty() && demand.tongues.is_empty() && demand.degree.is_none() {
        // Nothing but an example: "Good knowledge (Excel, Word)".
        demand.main =
            vec![Thing { options: demand.examples.drain(..).flat_map(|thing| thing.options).collect() }];
        demand.main.retain(|thing| !thing.options.is_empty());
    }
    demand
}

/// A sentence without the words that lead up to what it asks for.
fn to_the_point(sentence: &str) -> &str {
    let mut text = sentence;
    // Leads stack: "And since the role means" + …, "Ideally you have" + "a".
    for _ in 0..3 {
        let rest = lexicon().without_opening("lead", text);
        if rest.len() == text.len() || rest.is_empty() {
            break;
        }
        text = rest;
    }
    text
}

/// A row of a table without the label in its first cell: "License | Registered Nurse license".
fn without_label(row: &str) -> &str {
    match row.split_once(" | ") {
        Some((label, rest)) if label.split_whitespace().count() <= 3 && !rest.contains(" | ") => rest,
        _ => row,
    }
}

/// Whether a requirement's field of study may be any related one.
pub(crate) fn any_field(text: &str) -> bool {
    [
        "related field",
        "similar",
        "any field",
        "relevant field",
        "equivalent",
        "comparable",
        "quantitative field",
        "oder vergleichbar",
        "ou équivalent",
        "o similar",
    ]
    .iter()
    .any(|phrase| find_words(text, phrase).is_some())
}

#[cfg(test)]
mod tests {
    use resume::words::Language;

    use super::*;

    fn parse(text: &str) -> Demand {
        demand(text, &Reader::new(&[Language::English, Language::German]))
    }

    fn spelled(things: &[Thing]) -> Vec<Vec<&str>> {
        things.iter().map(|thing| thing.options.iter().map(|term| term.text.as_str()).collect()).collect()
    }

    #[test]
    fn filler_is_no_subject() {
        let demand = parse("Strong programming skills in Go or Rust");
        assert_eq!(spelled(&demand.main), [["Go", "Rust"]]);
        assert!(demand.high);
        assert_eq!(spelled(&parse("Production experience with Kubernetes").main), [["Kubernetes"]]);
    }

    #[test]
    fn or_makes_options_and_and_makes_things() {
        assert_eq!(
            spelled(&parse("Background in freight, shipping or logistics").main),
            [["freight", "shipping", "logistics"]]
        );
        assert_eq!(
            spelled(&parse("Forklift and overhead crane experience").main),
            [vec!["Forklift"], vec!["overhead crane"]]
        );
        assert_eq!(spelled(&parse("OSHA 10 or 30").main), [["OSHA 10", "OSHA 30"]]);
    }

    #[test]
    fn phrases_of_the_tables_stay_whole() {
        let demand = parse("Infrastructure as Code (Terraform or Pulumi)");
        assert_eq!(spelled(&demand.main), [["Infrastructure as Code"]]);
        assert_eq!(spelled(&demand.examples), [["Terraform", "Pulumi"]]);
    }

    #[test]
    fn years_are_read_in_words_and_digits() {
        for (text, expected) in [
            ("5+ years of baking", Some(5.0)),
            ("Eight or more years", Some(8.0)),
            ("Mindestens fünf Jahre Berufserfahrung", Some(5.0)),
            ("Cinq ans d’expérience", Some(5.0)),
            ("Two years’ experience", Some(2.0)),
            ("3-5 years", Some(3.0)),
            ("a good year", None),
        ] {
            assert_eq!(years(text), expected, "{text}");
        }
    }

    #[test]
    fn languages_degrees_and_papers_are_seen() {
        let demand = parse("Sichere Deutsch- und Englischkenntnisse");
        assert_eq!(demand.tongues, ["de", "en"]);
        assert!(!demand.any_tongue);
        assert_eq!(parse("PhD in biology, or MS plus 5 years").degree, Some(4));
        assert!(parse("A CKA or CKS certification").paper);
        assert_eq!(parse("Sound knowledge of MS Office").degree, None);
    }

    #[test]
    fn odd_requirements_do_not_panic() {
        for text in ["", "()", ")(", "or", "/ / /", "10", "A", ": ;", "—", "and and and", "((((", "C++/C#"]
        {
            parse(text);
        }
    }
}

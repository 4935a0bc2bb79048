//! A requirement taken apart: the things it names, how many years, which languages, which degree.

use resume::words::{key, synonyms_of, tokens};

use super::lexicon::{LONGEST_PHRASE, find_words, lexicon, phrase_key};
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

/// A term in full, and its abbreviation.
type Spelled = (String, String);

/// What an aside does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Aside {
    /// It stands in brackets or behind a colon.
    Brackets,
    /// It follows "such as".
    SuchAs,
    /// It follows "including": asked for on top.
    Extra,
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
}

/// Another wording of an atom.
#[derive(Debug)]
pub(crate) struct Other {
    /// Its words.
    pub(crate) words: Vec<Word>,
}

/// Takes a requirement apart.
pub(crate) fn demand(text: &str, reader: &Reader) -> Demand {
    let (head, asides, short_for) = asides(text);
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
    let mut chunks = chunks(&head, &words, reader, &short_for).into_iter();
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
            self::chunks(&aside, &words, reader, &[]).into_iter().flat_map(|(things, _)| things).collect();
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

/// The head of a requirement, its asides, and the abbreviations that it explains: "Basic Life Support (BLS)".
fn asides(text: &str) -> (String, Vec<(String, Aside)>, Vec<Spelled>) {
    let mut head = String::new();
    let mut found = Vec::new();
    let mut short_for = Vec::new();
    let mut inner = String::new();
    let mut depth = 0;
    for c in text.chars() {
        match c {
            '(' => depth += 1,
            ')' if depth > 0 => {
                depth -= 1;
                if depth == 0 {
                    let aside = std::mem::take(&mut inner);
                    match spelled_out(&head, &aside) {
                        Some(long) => short_for.push((long, aside)),
                        None => found.push((aside, Aside::Brackets)),
                    }
                }
            }
            _ if depth > 0 => inner.push(c),
            _ => head.push(c),
        }
    }
    for sign in ["; ", " — ", " – ", ". "] {
        if let Some(at) = head.find(sign).filter(|at| *at > 8) {
            head.truncate(at);
        }
    }
    let cut = |head: &mut String, range: std::ops::Range<usize>| {
        let rest = head[range.end..].to_owned();
        head.truncate(range.start);
        rest
    };
    if let Some(at) = head.find(": ").filter(|at| *at > 3) {
        let rest = cut(&mut head, at..at + 2);
        found.push((rest, Aside::Brackets));
    }
    if let Some(range) = lexicon().find("tail", &head).filter(|range| range.start > 8) {
        head.truncate(range.start);
    }
    for (list, kind) in [("example", Aside::SuchAs), ("extra", Aside::Extra)] {
        if let Some(range) = lexicon().find(list, &head).filter(|range| range.start > 3) {
            let rest = cut(&mut head, range);
            found.push((rest, kind));
        }
    }
    // An aside that is a sentence of its own says nothing to look for.
    found.retain(|(aside, _)| aside.split_whitespace().count() <= 14);
    (head, found, short_for)
}

/// The words at the end of a text whose initials are the abbreviation.
fn spelled_out(text: &str, abbreviation: &str) -> Option<String> {
    let letters: Vec<char> = abbreviation.trim().chars().collect();
    if !(2..=6).contains(&letters.len()) || !letters.iter().all(|c| c.is_uppercase()) {
        return None;
    }
    let tokens = tokens(text);
    (letters.len()..=letters.len() + 3).filter(|count| *count <= tokens.len()).find_map(|count| {
        let run = &tokens[tokens.len() - count..];
        (initials(run.iter().map(|token| token.text)) == letters.iter().collect::<String>())
            .then(|| text[run[0].start..].trim().to_owned())
    })
}

/// The initials of words in capitals, small words left out.
fn initials<'a>(words: impl Iterator<Item = &'a str>) -> String {
    words
        .filter(|word| !lexicon().is("small", &key(word)))
        .filter_map(|word| word.chars().next())
        .flat_map(char::to_uppercase)
        .collect()
}

/// The number of years that a text asks for.
pub(crate) fn years(text: &str) -> Option<f32> {
    let words: Vec<String> = text
        .split(|c: char| !c.is_alphanumeric() && c != '-')
        .map(key)
        .filter(|word| !word.is_empty())
        .collect();
    for (index, _) in words.iter().enumerate().filter(|(_, word)| lexicon().is("year", word)) {
        // "5+ years", "eight or more years", "fünf bis sieben Jahre": the first number that stands before.
        let number = words[index.saturating_sub(4)..index].iter().find_map(|word| number(word));
        if let Some(number) = number.filter(|number| (0.5..=40.0).contains(number)) {
            return Some(number);
        }
    }
    None
}

fn number(word: &str) -> Option<f32> {
    let digits = word.split('-').next().unwrap_or(word);
    digits.parse().ok().or_else(|| lexicon().value("number", word)?.parse().ok())
}

/// The chunks between prepositions, each as its things; `true` where the chunk hangs on the one before ("of", "von").
fn chunks(text: &str, words: &[Word], reader: &Reader, short_for: &[Spelled]) -> Vec<(Vec<Thing>, bool)> {
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
                others.push(Other { words: reader.words(short) });
            }
        }
        if length > 1 {
            if slash {
                pieces.push(Piece::Either);
            }
            pieces.push(Piece::Atom(Atom {
                words: words[index..index + length].to_vec(),
                others,
                opens: index == 0,
            }));
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
                pieces.push(Piece::Atom(Atom {
                    words: words[index..index + glued].to_vec(),
                    others,
                    opens: index == 0,
                }));
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
            pieces.push(Piece::Atom(Atom { words: vec![word.clone()], others, opens: index == 1 }));
        }
    }
    pieces
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

/// The longest phrase of the tables at the beginning of the words, in words, and its other wordings; also
/// those of the first word by itself.
fn phrase(text: &str, words: &[Word], reader: &Reader) -> (usize, Vec<Other>) {
    for length in (1..=LONGEST_PHRASE.min(words.len())).rev() {
        let Some(written) = text.get(words[0].start..words[length - 1].end) else { continue };
        if length > 1
            && (written.contains([',', ';', '(', ')'])
                || words[0].is_filler() && words[length - 1].is_filler())
        {
            continue;
        }
        if length == 1 && (words[0].is_filler() || words[0].is_thin()) {
            return (1, Vec::new());
        }
        let others = others(written, reader);
        if !others.is_empty() {
            return (length, others);
        }
    }
    (1, Vec::new())
}

/// The other wordings of a term: its equals, what shows it, what shows its equals, and the equals of those.
fn others(written: &str, reader: &Reader) -> Vec<Other> {
    let mut names: Vec<&'static str> = equals(written);
    let mut shown: Vec<&'static str> = lexicon().shown_by(&phrase_key(written)).to_vec();
    for name in names.clone() {
        shown.extend(lexicon().shown_by(&phrase_key(name)));
    }
    // One step further: EKS shows Kubernetes, which shows containers.
    for name in shown.clone() {
        shown.extend(equals(name));
        shown.extend(lexicon().shown_by(&phrase_key(name)));
    }
    names.extend(shown);
    let mut others: Vec<Other> = Vec::new();
    for name in names {
        let words = reader.words(name);
        if !words.is_empty() && !others.iter().any(|other| other.words == words) {
            others.push(Other { words });
        }
    }
    others
}

/// Other names of a term. Names of one or two letters that stand for several things are left aside where
/// they are written small.
pub(crate) fn equals(term: &str) -> Vec<&'static str> {
    let short = term.chars().count() <= 3
        && !term.chars().any(char::is_uppercase)
        && !term.chars().any(|c| c.is_ascii_digit());
    if short { Vec::new() } else { synonyms_of(term) }
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
            term.atoms.insert(0, Atom { words: name.words.clone(), others: Vec::new(), opens: false });
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

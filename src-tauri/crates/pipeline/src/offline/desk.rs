//! Everything that the rules read of a job, laid out once for a stage.

use resume::words::Language;
use resume::{LineForm, PostingLine, PostingPart, Resume};

use super::dates::month_of;
use super::glossary::Glossary;
use super::matching::{Shown, shown};
use super::person::Person;
use super::requirements::{Asked, requirements};
use super::words::{Reader, Word, language_of};
use crate::engine::Job;
use crate::stages::Evaluation;

/// So many lines of a posting are looked through for terms.
const MOST_LINES: usize = 80;

/// A job, read.
pub(crate) struct Desk {
    /// The language in which the person is spoken to: the resume's.
    pub(crate) language: Language,
    /// Reads words in the languages of both.
    pub(crate) reader: Reader,
    /// The posting, line by line.
    pub(crate) posting: Vec<PostingLine>,
    /// The resume, read.
    pub(crate) person: Person,
    /// The job's title, where the posting marks it as one.
    pub(crate) headline: String,
    /// The words of the job's title, or of the posting's first line.
    title: Vec<Word>,
}

impl Desk {
    /// Reads a job.
    pub(crate) fn new(job: &Job) -> Self {
        Self::with_resume(job, &job.resume)
    }

    /// Reads a job, with another state of the resume.
    pub(crate) fn with_resume(job: &Job, resume: &Resume) -> Self {
        let posting = match &job.posting.language {
            Some(code) => Language::of(Some(code)),
            None => language_of(&job.posting.text),
        };
        let language = match &resume.language {
            Some(code) => Language::of(Some(code)),
            None => language_of(
                &resume.blocks.iter().map(|block| block.text.as_str()).take(60).collect::<Vec<_>>().join(" "),
            ),
        };
        let texts = resume.blocks.iter().map(|block| block.text.as_str());
        let glossary = Glossary::of(std::iter::once(job.posting.text.as_str()).chain(texts));
        let reader = Reader::new(&[posting, language, Language::English]).with_glossary(glossary);
        let first_line = || {
            job.posting
                .text
                .lines()
                .map(|line| line.trim_start_matches('#').trim())
                .find(|line| !line.is_empty())
        };
        let heading = || {
            let heading = job.posting.text.trim_start().lines().next()?.strip_prefix("# ")?;
            Some(heading.trim().to_owned())
        };
        let title = job.posting.title.as_deref().or_else(first_line).unwrap_or("");
        Self {
            language,
            posting: job.posting.read_lines().into_owned(),
            person: Person::read(resume, &reader, month_of(job.today)),
            title: reader.words(title),
            headline: job.posting.title.clone().or_else(heading).unwrap_or_default(),
            reader,
        }
    }

    /// What the posting asks for.
    pub(crate) fn asked(&self) -> Vec<Asked> {
        requirements(&self.posting)
    }

    /// What the resume shows of a requirement.
    pub(crate) fn shown(&self, asked: &Asked) -> Shown {
        shown(asked, &self.person, &self.reader, &self.title)
    }

    /// The ids of passages.
    pub(crate) fn ids(&self, passages: &[usize]) -> Vec<String> {
        passages
            .iter()
            .filter_map(|index| self.person.passages.get(*index))
            .map(|passage| passage.id.clone())
            .collect()
    }

    /// The lines of the posting that speak of the work: what is asked for and what is to be done.
    pub(crate) fn lines(&self) -> impl Iterator<Item = (&str, PostingPart)> {
        use PostingPart::{Must, Nice, Other, Task};
        self.posting
            .iter()
            .filter(|line| line.form != LineForm::Heading && matches!(line.part, Must | Nice | Task | Other))
            .take(MOST_LINES)
            .map(|line| (line.text.as_str(), line.part))
    }
}

/// The requirements of a finished evaluation, as the rules take them.
pub(crate) fn asked_of(evaluation: &Evaluation) -> Vec<Asked> {
    evaluation
        .requirements
        .iter()
        .map(|one| Asked { text: one.text.clone(), importance: one.importance })
        .collect()
}

/// A few words: a text cut between words, with an ellipsis where something is missing.
pub(crate) fn few_words(text: &str, most: usize) -> String {
    let text = text.split(" (").next().unwrap_or(text).trim();
    let Some((end, _)) = text.char_indices().nth(most) else { return text.to_owned() };
    let cut = text[..end].rfind(' ').unwrap_or(end);
    format!("{}…", text[..cut].trim_end_matches([',', ';', ':', ' ']))
}

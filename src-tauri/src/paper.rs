//! The resume on the desk: what was read of a file, and what the user corrected in it.
//!
//! Corrections belong to the bytes of the file. They are applied again whenever the same bytes are read, also by a
//! later version of Tailorbird that reads them another way.

use resume::correction::{self, Ask, Correction, correct};
use resume::{Doubt, Resume, SectionKind};

use crate::api::{CorrectionsMade, ResumeRead};
use crate::corrections::Kept;
use crate::failure::{Answer, failure};
use crate::reading::{Given, Paper};

/// A resume with its corrections.
pub(crate) struct Corrected {
    paper: Paper,
    kept: Kept,
    made: Vec<Correction>,
    /// What was made before each change since the file was read.
    past: Vec<Vec<Correction>>,
    /// What went wrong with keeping them, in a sentence.
    trouble: Option<String>,
}

impl Corrected {
    /// With the corrections that were made when the same bytes were read before. Blocks.
    pub(crate) fn new(paper: Paper, kept: Kept) -> Self {
        let (made, trouble) = match kept.load(&paper.fingerprint) {
            Ok(made) => (made, None),
            Err(error) => {
                tracing::warn!(kind = %error.kind(), "corrections cannot be read");
                let told = "Earlier corrections of this file could not be read, so they are not in it.";
                (Vec::new(), Some(told.to_owned()))
            }
        };
        Self { paper, kept, made, past: Vec::new(), trouble }
    }

    /// The resume with the corrections in it.
    pub(crate) fn resume(&self) -> Resume {
        correct(&self.paper.reading.resume, &self.made).resume
    }

    /// What it was read from.
    pub(crate) fn given(&self) -> &Given {
        &self.paper.given
    }

    /// Doubts that neither an answer nor another correction of their block has settled.
    fn doubts(&self, corrected: &correction::Corrected) -> Vec<Doubt> {
        let doubts = self.paper.reading.doubts.iter();
        let stands = |doubt: &&Doubt| {
            corrected.resume.block(&doubt.block).is_some() && !corrected.seen.contains(&doubt.block)
        };
        doubts.filter(stands).cloned().collect()
    }

    /// As the page sees it.
    pub(crate) fn shown(&self) -> ResumeRead {
        let corrected = correct(&self.paper.reading.resume, &self.made);
        ResumeRead {
            file_name: self.paper.given.name.clone(),
            fingerprint: self.paper.fingerprint.clone(),
            format: self.paper.reading.format.to_string(),
            doubts: self.doubts(&corrected),
            confidence: self.paper.reading.confidence.whole,
            resume: corrected.resume,
            corrections: CorrectionsMade {
                made: self.made.len(),
                removed: corrected.removed,
                misfits: corrected.misfits,
                trouble: self.trouble.clone(),
            },
        }
    }

    /// Makes a correction and keeps it. Blocks.
    pub(crate) fn correct(&mut self, ask: &Ask, section: impl Fn(&str) -> Option<SectionKind>) -> Answer<()> {
        let correction = Correction::of(&self.resume(), ask, section)
            .map_err(|error| failure("not_corrected", error.to_string(), "Nothing was changed."))?;
        let mut made = self.made.clone();
        made.push(correction);
        self.change(made);
        Ok(())
    }

    /// Takes one correction back, by its place among all. Blocks.
    pub(crate) fn take_back(&mut self, correction: usize) -> Answer<()> {
        if correction >= self.made.len() {
            return Err(failure(
                "no_correction",
                "There is no such correction any more.",
                "Look at the blocks again.",
            ));
        }
        let mut made = self.made.clone();
        made.remove(correction);
        self.change(made);
        Ok(())
    }

    /// Takes the last change back; without one since the file was read, the last correction. Blocks.
    pub(crate) fn undo(&mut self) {
        if let Some(before) = self.past.pop() {
            self.made = before;
        } else {
            self.made.pop();
        }
        self.keep();
    }

    fn change(&mut self, made: Vec<Correction>) {
        self.past.push(std::mem::replace(&mut self.made, made));
        self.keep();
    }

    fn keep(&mut self) {
        self.trouble = self.kept.save(&self.paper.fingerprint, &self.made).err().map(|error| {
            format!("Your corrections are in this run, but could not be kept for later: {}.", error.kind())
        });
    }
}

#[cfg(test)]
mod tests {
    use resume::{BlockId, BlockKind};

    use super::*;
    use crate::reading;

    const TEXT: &str = "# Ada Quill\n\n## Work\n\n- Kept the books of two bakeries.\n- Baked.\n";

    fn read(text: &str, folder: &std::path::Path) -> Corrected {
        Corrected::new(reading::resume_text(text).unwrap(), Kept::in_folder(Some(folder.to_owned())))
    }

    fn block(of: &Corrected, text: &str) -> BlockId {
        of.resume().blocks.iter().find(|block| block.text == text).unwrap().id.clone()
    }

    fn delete(of: &mut Corrected, text: &str) {
        let ask = Ask::Delete { block: block(of, text) };
        of.correct(&ask, |_| None).unwrap();
    }

    fn says(of: &Corrected, text: &str) -> bool {
        of.resume().blocks.iter().any(|block| block.text == text)
    }

    #[test]
    fn a_correction_is_there_when_the_same_file_is_read_anew_and_in_no_other() {
        let folder = tempfile::tempdir().unwrap();
        let mut first = read(TEXT, folder.path());
        delete(&mut first, "Baked.");
        let again = read(TEXT, folder.path());
        assert!(!says(&again, "Baked."));
        assert_eq!(again.shown().corrections.made, 1);
        assert_eq!(again.shown().corrections.removed[0].text, "Baked.");
        let other = read(&TEXT.replace("two", "three"), folder.path());
        assert!(says(&other, "Baked."));
    }

    #[test]
    fn corrections_are_undone_also_those_of_an_earlier_reading() {
        let folder = tempfile::tempdir().unwrap();
        let mut first = read(TEXT, folder.path());
        delete(&mut first, "Baked.");
        delete(&mut first, "Kept the books of two bakeries.");
        first.undo();
        assert!(says(&first, "Kept the books of two bakeries.") && !says(&first, "Baked."));
        let mut again = read(TEXT, folder.path());
        again.undo();
        assert!(says(&again, "Baked."));
        assert_eq!(read(TEXT, folder.path()).shown().corrections.made, 0);
        again.undo();
        assert_eq!(again.resume(), again.paper.reading.resume);
    }

    #[test]
    fn what_was_taken_out_comes_back_by_itself_and_that_can_be_undone() {
        let folder = tempfile::tempdir().unwrap();
        let mut paper = read(TEXT, folder.path());
        delete(&mut paper, "Baked.");
        delete(&mut paper, "Kept the books of two bakeries.");
        paper.take_back(0).unwrap();
        assert!(says(&paper, "Baked.") && !says(&paper, "Kept the books of two bakeries."));
        assert_eq!(paper.take_back(7).unwrap_err().code, "no_correction");
        paper.undo();
        assert!(!says(&paper, "Baked."));
    }

    #[test]
    fn what_cannot_be_kept_is_said_and_holds_until_the_app_ends() {
        let folder = tempfile::tempdir().unwrap();
        let blocked = folder.path().join("a file, not a folder");
        std::fs::write(&blocked, "").unwrap();
        let mut paper = read(TEXT, &blocked);
        delete(&mut paper, "Baked.");
        assert!(!says(&paper, "Baked."));
        assert!(paper.shown().corrections.trouble.unwrap().contains("could not be kept"));
    }

    #[test]
    fn a_new_heading_is_known_by_its_words() {
        let folder = tempfile::tempdir().unwrap();
        let mut paper = read("# Ada Quill\n\nEducation\n\n- Bread.\n", folder.path());
        let id = paper
            .resume()
            .blocks
            .iter()
            .find(|block| block.text.starts_with("Education"))
            .unwrap()
            .id
            .clone();
        paper
            .correct(&Ask::Kind { block: id.clone(), kind: BlockKind::Paragraph }, reading::section)
            .unwrap();
        paper
            .correct(&Ask::Kind { block: id.clone(), kind: BlockKind::SectionHeading }, reading::section)
            .unwrap();
        assert_eq!(paper.resume().block(&id).unwrap().section_kind, Some(SectionKind::Education));
    }
}

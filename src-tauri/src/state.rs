//! What the shell remembers: what was read, what was chosen, the run and the user's decisions on it.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use pipeline::{Event, Job, Run, Snapshot, What};

use crate::api::{AppState, PostingRead, ResumeRead, Review, Settings};
use crate::corrections::Kept;
use crate::failure::{Answer, failure};
use crate::grants::Grants;
use crate::paper::Corrected;
use crate::reading::{Given, Paper};
use crate::review::Outcome;
use crate::{providers, settings};
use keychain::{GLANCE, Keys};

/// All that lives as long as the app.
pub(crate) struct Shell {
    /// The way to the key.
    pub(crate) keys: Keys,
    folder: Option<PathBuf>,
    corrections: Kept,
    settings: Mutex<Settings>,
    desk: Mutex<Desk>,
}

/// What lies on the desk.
#[derive(Default)]
struct Desk {
    grants: Grants,
    resume: Option<Corrected>,
    /// The file that was last refused for want of a password.
    locked: Option<Given>,
    posting: Option<PostingRead>,
    run: Option<CurrentRun>,
}

/// The run that is going on, or the last one.
struct CurrentRun {
    run: Run,
    job: Job,
    ended: bool,
    outcome: Option<Outcome>,
}

impl Shell {
    /// Starts with the settings in `folder`, and keeps what the user makes in `data`.
    pub(crate) fn open(folder: Option<PathBuf>, data: Option<PathBuf>) -> Self {
        let settings = folder.as_deref().map(settings::load).unwrap_or_default();
        Self {
            keys: Keys::of_this_computer(providers::key_variable),
            folder,
            corrections: Kept::in_folder(data),
            settings: Mutex::new(settings),
            desk: Mutex::default(),
        }
    }

    // A panic under the lock leaves a desk that is still good: each change is one assignment.
    fn desk(&self) -> MutexGuard<'_, Desk> {
        self.desk.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What the user chose.
    pub(crate) fn settings(&self) -> Settings {
        self.settings.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Keeps settings, on the disk first. Blocks.
    pub(crate) fn choose(&self, settings: Settings) -> Answer<()> {
        if let Some(folder) = &self.folder {
            settings::save(folder, &settings).map_err(|error| {
                failure(
                    "settings_not_saved",
                    format!("The settings could not be saved: {}.", error.kind()),
                    "Check that your settings folder can be written to and that the disk is not full.",
                )
            })?;
        }
        *self.settings.lock().unwrap_or_else(PoisonError::into_inner) = settings;
        Ok(())
    }

    /// All that the window needs to draw itself. Blocks for the keychain, for a short time at most.
    pub(crate) fn app_state(&self) -> AppState {
        let settings = self.settings();
        // Offline nobody asks for a key, and nobody has to wait for the keychain.
        let key = settings.provider().map(|provider| self.keys.standing(providers::entry(provider), GLANCE));
        let desk = self.desk();
        AppState {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            settings,
            providers: providers::offers(),
            has_key: key.is_some_and(|key| key.has_key),
            keychain: key.map_or(keychain::Place::System, |key| key.place).into(),
            resume: desk.resume.as_ref().map(Corrected::shown),
            posting: desk.posting.clone(),
        }
    }

    /// The dropped files that the page may ask for.
    pub(crate) fn with_grants<T>(&self, look: impl FnOnce(&mut Grants) -> T) -> T {
        look(&mut self.desk().grants)
    }

    /// Lays a resume on the desk, with the corrections that were made in it before. Blocks.
    pub(crate) fn lay_resume(&self, paper: Paper) -> ResumeRead {
        let corrected = Corrected::new(paper, self.corrections.clone());
        let shown = corrected.shown();
        self.desk().resume = Some(corrected);
        shown
    }

    /// Remembers a file that needs a password, or forgets the one before.
    pub(crate) fn lock_out(&self, given: Option<Given>) {
        self.desk().locked = given;
    }

    /// The file that needs a password.
    pub(crate) fn locked(&self) -> Option<Given> {
        self.desk().locked.clone()
    }

    /// What the resume on the desk was read from.
    pub(crate) fn given(&self) -> Answer<Given> {
        self.desk().resume.as_ref().map(|resume| resume.given().clone()).ok_or_else(no_resume)
    }

    /// Changes the corrections of the resume on the desk. Blocks.
    pub(crate) fn correct(&self, change: impl FnOnce(&mut Corrected) -> Answer<()>) -> Answer<ResumeRead> {
        let mut desk = self.desk();
        if desk.is_running() {
            return Err(running());
        }
        let resume = desk.resume.as_mut().ok_or_else(no_resume)?;
        change(resume)?;
        Ok(resume.shown())
    }

    /// Lays a posting on the desk.
    pub(crate) fn lay_posting(&self, read: PostingRead) -> PostingRead {
        self.desk().posting = Some(read.clone());
        read
    }

    /// Clears the desk. A run that is going on is ended.
    pub(crate) fn start_over(&self) {
        let mut desk = self.desk();
        if let Some(current) = desk.run.take() {
            current.run.cancel();
        }
        desk.resume = None;
        desk.locked = None;
        desk.posting = None;
    }

    /// What a run would work on.
    pub(crate) fn job(&self) -> Answer<Job> {
        let desk = self.desk();
        if desk.is_running() {
            return Err(running());
        }
        let resume = desk.resume.as_ref().ok_or_else(no_resume)?;
        let posting = desk.posting.as_ref().ok_or_else(|| {
            failure("no_posting", "There is no job posting yet.", "Paste its text, or choose a file.")
        })?;
        Ok(Job::new(Arc::new(resume.resume()), Arc::new(posting.posting.clone())))
    }

    /// Takes over a run that was started.
    pub(crate) fn begin(&self, run: Run, job: Job) {
        self.desk().run = Some(CurrentRun { run, job, ended: false, outcome: None });
    }

    /// Ends a run, where it is the one going on.
    pub(crate) fn cancel(&self, id: &pipeline::RunId) {
        if let Some(current) = self.desk().run.as_ref().filter(|current| current.run.id() == id) {
            current.run.cancel();
        }
    }

    /// Takes note of what happened in a run, before the page hears of it.
    pub(crate) fn note(&self, event: &Event) {
        let mut desk = self.desk();
        let Some(current) = desk.run.as_mut().filter(|current| *current.run.id() == event.run) else {
            return;
        };
        match &event.what {
            What::Finished { result, .. } => {
                current.ended = true;
                current.outcome = Some(Outcome::first(&current.job, result));
            }
            What::Failed { .. } | What::Cancelled { .. } => current.ended = true,
            _ => {}
        }
    }

    /// The state of the current or last run.
    pub(crate) fn snapshot(&self) -> Option<Snapshot> {
        self.desk().run.as_ref().map(|current| current.run.snapshot())
    }

    /// What the last run came to; `None` before it finished.
    pub(crate) fn outcome(&self) -> Option<Outcome> {
        self.desk().run.as_ref()?.outcome.clone()
    }

    /// Changes the review of the last run; the review as it is then. Where the change fails, nothing changed.
    pub(crate) fn review(&self, change: impl FnOnce(&mut Outcome) -> Answer<()>) -> Answer<Review> {
        let outcome = {
            let mut desk = self.desk();
            let outcome = desk
                .run
                .as_mut()
                .and_then(|current| current.outcome.as_mut())
                .ok_or_else(nothing_to_review)?;
            change(outcome)?;
            outcome.clone()
        };
        Ok(outcome.shown())
    }
}

impl Desk {
    fn is_running(&self) -> bool {
        self.run.as_ref().is_some_and(|current| !current.ended)
    }
}

fn running() -> pipeline::ErrorReport {
    failure("already_running", "A run is going on.", "Wait for its end, or cancel it first.")
}

fn no_resume() -> pipeline::ErrorReport {
    failure(
        "no_resume",
        "There is no resume yet.",
        "Drop a file on the window, choose one, or paste its text.",
    )
}

/// There is no finished run.
pub(crate) fn nothing_to_review() -> pipeline::ErrorReport {
    failure("nothing_to_review", "There is no finished run.", "Tailor your resume first.")
}

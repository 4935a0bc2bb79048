//! The parent: starts a reader, gives it a file, and bears whatever comes of it.

use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;
use std::time::{Duration, Instant};

use formats::{Format, MAX_SECONDS, Original, PagePicture, ReadError, ReadOptions, Reading};
use resume::Posting;

use crate::MAX_MEMORY_BYTES;
use crate::child::ARGUMENT;
use crate::wire::{Answer, Answered, GREETING, Request, What, answer};

/// How long a reader may take.
const TIME_LIMIT: Duration = Duration::from_secs(MAX_SECONDS);

/// The most output that is taken from a reader, in bytes: more than the largest picture of a page.
const MAX_OUTPUT_BYTES: u64 = 96 * 1024 * 1024;

/// What the last words of a reader are looked at for, in bytes.
const MAX_WORDS_BYTES: u64 = 16 * 1024;

/// A stack for reading in this process.
const STACK_BYTES: usize = 64 * 1024 * 1024;

/// Reads files in child processes.
#[derive(Debug)]
pub struct Reader {
    /// Programs that can read, the best first.
    programs: Vec<PathBuf>,
    /// The first that was not found wanting; the number of programs where all were.
    chosen: AtomicUsize,
    time_limit: Duration,
}

/// How a child ended.
enum Ended {
    Answered(Answered),
    /// It was no reader of ours, or could not be started.
    NotAReader,
}

impl Reader {
    /// Starts this program again for each file, or the `tailorbird` command beside it: a program without a window
    /// starts quicker.
    pub fn of_this_program() -> Self {
        let Ok(this) = std::env::current_exe() else {
            return Self::of_programs(Vec::new());
        };
        let command = format!("tailorbird{}", std::env::consts::EXE_SUFFIX);
        let beside = this.parent().map(|folder| folder.join(command)).filter(|path| path.is_file());
        let mut programs: Vec<PathBuf> = beside.into_iter().collect();
        if !programs.contains(&this) {
            programs.push(this);
        }
        Self::of_programs(programs)
    }

    /// Starts one of these programs for each file: the first that answers as a reader does.
    pub fn of_programs(programs: Vec<PathBuf>) -> Self {
        Self { programs, chosen: AtomicUsize::new(0), time_limit: TIME_LIMIT }
    }

    /// With another limit of time, for tests.
    #[must_use]
    pub fn with_time_limit(mut self, limit: Duration) -> Self {
        self.time_limit = limit;
        self
    }

    /// Reads a resume by its content.
    ///
    /// # Errors
    ///
    /// As [`crate::read_resume`].
    pub fn read_resume(
        &self,
        bytes: &[u8],
        file_name: Option<&str>,
        options: &ReadOptions,
    ) -> Result<Reading, ReadError> {
        match self.ask(What::Resume, bytes, file_name, options)? {
            (_, Answer::Resume(reading), _) => Ok(*reading),
            (format, ..) => Err(ReadError::Broke { format }),
        }
    }

    /// Reads a job posting by its content.
    ///
    /// # Errors
    ///
    /// As [`crate::read_posting`].
    pub fn read_posting(&self, bytes: &[u8], file_name: Option<&str>) -> Result<Posting, ReadError> {
        match self.ask(What::Posting, bytes, file_name, &ReadOptions::default())? {
            (_, Answer::Posting(posting), _) => Ok(posting),
            (format, ..) => Err(ReadError::Broke { format }),
        }
    }

    /// How the original looks.
    ///
    /// # Errors
    ///
    /// As [`crate::original`].
    pub fn original(
        &self,
        bytes: &[u8],
        file_name: Option<&str>,
        options: &ReadOptions,
    ) -> Result<Original, ReadError> {
        match self.ask(What::Original, bytes, file_name, options)? {
            (_, Answer::Original(original), _) => Ok(original),
            (format, ..) => Err(ReadError::Broke { format }),
        }
    }

    /// A page of a PDF, counted from 1, drawn that many pixels wide.
    ///
    /// # Errors
    ///
    /// As [`crate::draw_page`].
    pub fn draw_page(
        &self,
        bytes: &[u8],
        file_name: Option<&str>,
        page: u32,
        width: u32,
        options: &ReadOptions,
    ) -> Result<PagePicture, ReadError> {
        match self.ask(What::Page { page, width }, bytes, file_name, options)? {
            (_, Answer::Page { width, height }, png) => Ok(PagePicture { png, width, height }),
            (format, ..) => Err(ReadError::Broke { format }),
        }
    }

    fn ask(
        &self,
        what: What,
        bytes: &[u8],
        file_name: Option<&str>,
        options: &ReadOptions,
    ) -> Result<(Format, Answer, Vec<u8>), ReadError> {
        // What can be told without opening the file needs no process.
        let format = formats::format_of(bytes, file_name)?;
        let request = Request { what, file_name: file_name.map(str::to_owned), options: options.clone() };
        let first = self.chosen.load(Ordering::Relaxed);
        for (at, program) in self.programs.iter().enumerate().skip(first) {
            match self.run(program, &request, bytes, format) {
                Ended::Answered(answered) => {
                    return answered.map(|(answer, picture)| (format, answer, picture));
                }
                Ended::NotAReader => {
                    self.chosen.fetch_max(at + 1, Ordering::Relaxed);
                    tracing::warn!(candidate = at, "a program could not be started as a reader");
                }
            }
        }
        tracing::warn!("no reader could be started; the file is read in this process");
        self.here(request, bytes, format).map(|(answer, picture)| (format, answer, picture))
    }

    /// Reads in this process: on a thread of its own, which is left behind when it takes too long.
    fn here(&self, request: Request, bytes: &[u8], format: Format) -> Answered {
        let bytes = bytes.to_vec();
        let (send, receive) = mpsc::sync_channel(1);
        std::thread::Builder::new()
            .name("reader".to_owned())
            .stack_size(STACK_BYTES)
            .spawn(move || {
                // Nobody may be waiting any more; then the result is not needed.
                let _ = send.send(answer(&request, &bytes));
            })
            .map_err(|_| self::memory(format))?;
        match receive.recv_timeout(self.time_limit) {
            Ok(answered) => answered,
            Err(mpsc::RecvTimeoutError::Timeout) => Err(self.slow(format)),
            Err(mpsc::RecvTimeoutError::Disconnected) => Err(ReadError::Broke { format }),
        }
    }

    fn slow(&self, format: Format) -> ReadError {
        ReadError::TooSlow { format, seconds: self.time_limit.as_secs() }
    }

    fn run(&self, program: &Path, request: &Request, bytes: &[u8], format: Format) -> Ended {
        let Ok(mut line) = serde_json::to_vec(request) else { return Ended::NotAReader };
        line.push(b'\n');
        let until = Instant::now() + self.time_limit;
        let Ok(mut child) = start(program) else { return Ended::NotAReader };
        let (Some(mut to), Some(from), Some(words)) =
            (child.stdin.take(), child.stdout.take(), child.stderr.take())
        else {
            end(&mut child);
            return Ended::NotAReader;
        };
        std::thread::scope(|scope| {
            scope.spawn(move || {
                // A child that is gone takes nothing more; what it said before tells why.
                let _ = to.write_all(&line).and_then(|()| to.write_all(bytes));
            });
            let words = scope.spawn(move || taken(words, MAX_WORDS_BYTES));
            let (send, receive) = mpsc::sync_channel(1);
            scope.spawn(move || {
                let _ = send.send(taken(from, MAX_OUTPUT_BYTES));
            });
            let output = receive.recv_timeout(until.saturating_duration_since(Instant::now()));
            let status = output.is_ok().then(|| wait(&mut child, until)).flatten();
            let Some((output, status)) = output.ok().zip(status) else {
                end(&mut child);
                return Ended::Answered(Err(self.slow(format)));
            };
            let words = words.join().unwrap_or_default();
            self.understand(&output, status, &words, format)
        })
    }

    /// What the output of a child and its end mean.
    fn understand(&self, output: &[u8], status: ExitStatus, words: &[u8], format: Format) -> Ended {
        let Some(said) = output.strip_prefix(GREETING.as_bytes()).and_then(|rest| rest.strip_prefix(b"\n"))
        else {
            return Ended::NotAReader;
        };
        let whole = said.iter().position(|byte| *byte == b'\n').filter(|_| status.success());
        if let Some(end) = whole {
            // A program of another version may know other answers.
            let Ok(answered) = serde_json::from_slice::<Result<Answer, ReadError>>(&said[..end]) else {
                return Ended::NotAReader;
            };
            return Ended::Answered(answered.map(|answer| (answer, said[end + 1..].to_vec())));
        }
        let out_of_memory = String::from_utf8_lossy(words).contains("memory allocation of");
        Ended::Answered(Err(match signal(status) {
            _ if out_of_memory => memory(format),
            Some(Signal::Time) => self.slow(format),
            Some(Signal::Killed) => memory(format),
            None => ReadError::Broke { format },
        }))
    }
}

fn memory(format: Format) -> ReadError {
    ReadError::TooMuchMemory { format, megabytes: MAX_MEMORY_BYTES / (1024 * 1024) }
}

fn start(program: &Path) -> std::io::Result<Child> {
    let mut command = Command::new(program);
    command.arg(ARGUMENT).env_clear().stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    // What a program needs to find its own libraries, where it was packed with them.
    for name in ["LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "SystemRoot"] {
        if let Some(value) = std::env::var_os(name) {
            command.env(name, value);
        }
    }
    #[cfg(windows)]
    {
        use std::os::windows::process::CommandExt as _;
        /// No console flashes up beside the window.
        const CREATE_NO_WINDOW: u32 = 0x0800_0000;
        command.creation_flags(CREATE_NO_WINDOW);
    }
    command.spawn()
}

/// Everything up to a limit, and the rest thrown away so that the writer does not wait.
fn taken(mut from: impl Read, limit: u64) -> Vec<u8> {
    let mut bytes = Vec::new();
    let _ = from.by_ref().take(limit).read_to_end(&mut bytes);
    let _ = std::io::copy(&mut from, &mut std::io::sink());
    bytes
}

/// Waits for the end of a child that has said all; `None` where it does not come in time.
fn wait(child: &mut Child, until: Instant) -> Option<ExitStatus> {
    let mut pause = Duration::from_micros(50);
    loop {
        match child.try_wait() {
            Ok(Some(status)) => return Some(status),
            Ok(None) if Instant::now() < until => {
                std::thread::sleep(pause);
                pause = (pause * 2).min(Duration::from_millis(20));
            }
            _ => return None,
        }
    }
}

fn end(child: &mut Child) {
    let _ = child.kill();
    let _ = child.wait();
}

/// What ended a child from outside.
enum Signal {
    /// Its time of the processor was up.
    Time,
    /// The system took it down, which it does where memory is short.
    Killed,
}

#[cfg(unix)]
fn signal(status: ExitStatus) -> Option<Signal> {
    use std::os::unix::process::ExitStatusExt as _;

    let number = status.signal()?;
    if number == rustix::process::Signal::XCPU.as_raw() {
        Some(Signal::Time)
    } else if number == rustix::process::Signal::KILL.as_raw() {
        Some(Signal::Killed)
    } else {
        None
    }
}

#[cfg(not(unix))]
fn signal(_: ExitStatus) -> Option<Signal> {
    None
}

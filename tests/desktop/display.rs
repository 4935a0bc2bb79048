//! What stands around the window: a window manager, a keyring, the tools that play the user's hands.

use std::fs::File;
use std::io::Write as _;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// How long any one thing may take. Generous: the machine may be busy with other tests.
pub(crate) const LIMIT: Duration = Duration::from_mins(1);

/// One display, one window at a time.
static DISPLAY: Mutex<()> = Mutex::new(());

/// A display with a window manager and an unlocked keyring of its own, until it is dropped.
pub(crate) struct Display {
    /// Settings, keyring, exports, logs of this test.
    pub(crate) home: tempfile::TempDir,
    _keyring: Process,
    _window_manager: Process,
    _alone: MutexGuard<'static, ()>,
}

/// A child process that ends with its owner.
pub(crate) struct Process(pub(crate) Child);

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

impl Display {
    /// `None`, with the reason on the output, where there is no display to test on.
    pub(crate) fn open() -> Option<Self> {
        if std::env::var_os("DISPLAY").is_none() {
            assert!(
                std::env::var_os("TAILORBIRD_REQUIRE_WINDOW").is_none(),
                "TAILORBIRD_REQUIRE_WINDOW is set, but there is no display"
            );
            return None;
        }
        let alone = DISPLAY.lock().unwrap_or_else(PoisonError::into_inner);
        let home = tempfile::Builder::new().prefix("tailorbird-").tempdir().expect("a folder for the test");
        let window_manager = start(Command::new("openbox").arg("--sm-disable"), home.path(), "openbox");
        let keyring = unlocked_keyring(home.path());
        Some(Self { _keyring: keyring, _window_manager: window_manager, home, _alone: alone })
    }

    /// Where a child writes what it has to say.
    pub(crate) fn log(&self, name: &str) -> PathBuf {
        self.home.path().join(format!("{name}.log"))
    }
}

/// Starts a child with its output in a file.
pub(crate) fn start(command: &mut Command, home: &Path, name: &str) -> Process {
    let log = File::create(home.join(format!("{name}.log"))).expect("a log file");
    command.stdin(Stdio::null()).stdout(log.try_clone().expect("a log file")).stderr(log);
    let child = command
        .spawn()
        .unwrap_or_else(|error| panic!("{name} could not be started ({error}); is it installed?"));
    Process(child)
}

/// The real Secret Service, with its files in the test's own folder.
fn unlocked_keyring(home: &Path) -> Process {
    let log = File::create(home.join("keyring.log")).expect("a log file");
    let mut child = Command::new("gnome-keyring-daemon")
        .args(["--foreground", "--unlock", "--components=secrets"])
        .env("XDG_DATA_HOME", home.join("data"))
        .env("XDG_RUNTIME_DIR", runtime_folder(home))
        .stdin(Stdio::piped())
        .stdout(log.try_clone().expect("a log file"))
        .stderr(log)
        .spawn()
        .expect("gnome-keyring-daemon could not be started; is it installed?");
    let mut password = child.stdin.take().expect("its standard input");
    password.write_all(b"tests").expect("the keyring takes its password");
    drop(password);
    let keyring = Process(child);
    until("the keyring answers", || {
        Command::new("dbus-send")
            .args(["--session", "--print-reply", "--dest=org.freedesktop.DBus", "/org/freedesktop/DBus"])
            .args(["org.freedesktop.DBus.NameHasOwner", "string:org.freedesktop.secrets"])
            .output()
            .ok()
            .filter(|reply| String::from_utf8_lossy(&reply.stdout).contains("boolean true"))
    });
    keyring
}

fn runtime_folder(home: &Path) -> PathBuf {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = home.join("runtime");
    std::fs::create_dir_all(&folder).expect("a folder for sockets");
    std::fs::set_permissions(&folder, std::fs::Permissions::from_mode(0o700)).expect("a folder of one's own");
    folder
}

/// Asks again until there is an answer. Every question starts a process or waits for a socket, so this does not spin.
pub(crate) fn until<T>(what: &str, mut ask: impl FnMut() -> Option<T>) -> T {
    let asked = Instant::now();
    loop {
        if let Some(answer) = ask() {
            return answer;
        }
        assert!(asked.elapsed() < LIMIT, "waited {} s in vain until {what}", LIMIT.as_secs());
        std::thread::yield_now();
    }
}

/// A port that nobody listens on.
pub(crate) fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr()).expect("a free port").port()
}

/// The user's hands: xdotool with these arguments; what it printed, where it went well.
pub(crate) fn hands(arguments: &[&str]) -> Option<String> {
    let output = Command::new("xdotool")
        .args(arguments)
        .output()
        .expect("xdotool could not be started; is it installed?");
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// The id of the window with this title.
pub(crate) fn window(title: &str) -> String {
    until(&format!("a window is titled \"{title}\""), || {
        hands(&["search", "--onlyvisible", "--name", title])?.lines().next().map(str::to_owned)
    })
}

/// Answers a native file dialog by typing a path, as a user does.
pub(crate) fn type_into_dialog(title: &str, path: &Path) {
    let dialog = window(title);
    let path = path.to_str().expect("a path in plain letters");
    until("the dialog has the keyboard", || {
        hands(&["windowactivate", &dialog])?;
        hands(&["getwindowfocus"]).filter(|focused| *focused == dialog)
    });
    let focused = || hands(&["getwindowfocus"]);
    let is_open = || {
        hands(&["search", "--onlyvisible", "--name", title])
            .unwrap_or_default()
            .lines()
            .any(|id| id == dialog)
    };
    until("the dialog takes the path", || {
        if focused().is_some_and(|id| id != dialog) {
            // It said that there is no such file: the line for the path opens with the first letters, and then
            // it can swallow one. Now that it is open, it swallows none.
            hands(&["key", "Escape"]);
            hands(&["windowactivate", "--sync", &dialog]);
        }
        hands(&["key", "--clearmodifiers", "ctrl+a"]);
        hands(&["type", "--clearmodifiers", path]);
        hands(&["key", "Return"]);
        // It closes, or another window comes up; else it is asked again, which does no harm.
        (0..200).find(|_| !is_open() || focused().is_some_and(|id| id != dialog))?;
        (!is_open()).then_some(())
    });
}

/// A picture of the whole display in `target/screenshots`.
pub(crate) fn picture(name: &str) {
    let folder = std::env::var_os("CARGO_TARGET_DIR")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("target"), PathBuf::from)
        .join("screenshots");
    std::fs::create_dir_all(&folder).expect("a folder for pictures");
    let taken =
        Command::new("import").args(["-window", "root"]).arg(folder.join(format!("{name}.png"))).status();
    assert!(
        taken.expect("import could not be started; is ImageMagick installed?").success(),
        "no picture of {name}"
    );
}

/// Drags from the middle of a window into the middle of the app's, until the page knows of it, and lets go.
pub(crate) async fn drag_into(source: &str, over_the_page: impl AsyncFn() -> bool) {
    let app = window("Tailorbird");
    hands(&["windowmove", "--sync", source, "0", "600"]);
    hands(&["windowraise", source]);
    hands(&["mousemove", "--window", source, "100", "75"]);
    hands(&["mousedown", "1"]);
    let started = Instant::now();
    // Small steps, as a hand makes them: a toolkit takes a single jump for no drag at all.
    for step in 0_u32.. {
        let offset = step % 40;
        let (x, y) = (500 + offset * 5, 300 + offset * 2);
        hands(&["mousemove", "--window", &app, &x.to_string(), &y.to_string()]);
        if over_the_page().await {
            break;
        }
        assert!(started.elapsed() < LIMIT, "the page never learned of the drag");
    }
    hands(&["mouseup", "1"]);
}

//! The system packages that building and testing need.

use std::path::Path;

use crate::Outcome;
use crate::shell::{command, has, output, run};

/// Packages for one purpose, by their names on Debian and Ubuntu.
pub(crate) struct Packages {
    why: &'static str,
    names: &'static [&'static str],
    /// What of them is called by name, to be looked for on other systems.
    programs: &'static [&'static str],
}

/// To build the app: WebKitGTK, which draws its window, and what links against it.
pub(crate) const BUILD: Packages = Packages {
    why: "to build the desktop window (WebKitGTK and its headers)",
    names: &["build-essential", "pkg-config", "libwebkit2gtk-4.1-dev", "librsvg2-dev", "libdbus-1-dev"],
    programs: &[],
};

/// To test the real window without a display.
pub(crate) const TEST: Packages = Packages {
    why: "to test the real window: a display, its driver, a keychain, a window manager, drag and drop, pictures, fonts",
    names: &[
        "webkit2gtk-driver",
        "xvfb",
        "xauth",
        "dbus",
        "dbus-x11",
        "gnome-keyring",
        "openbox",
        "xdotool",
        "imagemagick",
        "x11-apps",
        "fonts-noto-core",
        "fonts-liberation",
        "poppler-utils",
        "python3-gi",
        "gir1.2-gtk-3.0",
        "librsvg2-bin",
    ],
    programs: &[
        "WebKitWebDriver",
        "xvfb-run",
        "dbus-run-session",
        "gnome-keyring-daemon",
        "openbox",
        "xdotool",
        "import",
        "pdftotext",
    ],
};

const ELSEWHERE: &str = "Fedora: webkit2gtk4.1-devel librsvg2-devel dbus-devel gcc pkgconf, for tests also \
    webkit2gtk-driver xorg-x11-server-Xvfb dbus-x11 gnome-keyring openbox xdotool ImageMagick poppler-utils. \
    Arch: webkit2gtk-4.1 librsvg dbus base-devel, for tests also webkitgtk-driver xorg-server-xvfb gnome-keyring \
    openbox xdotool imagemagick poppler. macOS: the Xcode command line tools. Windows: the Visual Studio C++ build tools \
    and WebView2.";

/// Installs what is missing, telling what and why; on systems other than Debian and Ubuntu names it.
pub(crate) fn install(purposes: &[Packages]) -> Outcome {
    if !cfg!(target_os = "linux") {
        return Ok(());
    }
    if !Path::new("/etc/debian_version").exists() {
        let webkit = output(command("pkg-config").args(["--exists", "webkit2gtk-4.1"])).is_some();
        let absent: Vec<&str> = purposes
            .iter()
            .flat_map(|packages| packages.programs)
            .copied()
            .filter(|name| !is_on_path(name))
            .collect();
        if webkit && absent.is_empty() {
            return Ok(());
        }
        if webkit {
            return Err(format!(
                "these programs are missing: {}. Install them and try again. {ELSEWHERE}",
                absent.join(" ")
            ));
        }
        return Err(format!(
            "WebKitGTK 4.1 and its headers are missing, and only Debian's and Ubuntu's packages can be \
             installed from here. Install them and try again. {ELSEWHERE}"
        ));
    }
    let mut missing = Vec::new();
    for packages in purposes {
        let absent: Vec<&str> = packages.names.iter().copied().filter(|name| !is_installed(name)).collect();
        if !absent.is_empty() {
            println!("Installing {}, {}.", absent.join(" "), packages.why);
            missing.extend(absent);
        }
    }
    if missing.is_empty() {
        return Ok(());
    }
    let root = output(command("id").arg("-u")).is_some_and(|id| id.trim() == "0");
    if !root && !has("sudo", "--version") {
        return Err(format!(
            "these packages are missing, and installing them needs root or sudo: {}. \
             Install them with `apt-get install`, then try again",
            missing.join(" ")
        ));
    }
    let apt = |arguments: &[&str]| {
        let mut apt = if root { command("apt-get") } else { command("sudo") };
        if !root {
            apt.args(["DEBIAN_FRONTEND=noninteractive", "apt-get"]);
        }
        apt.env("DEBIAN_FRONTEND", "noninteractive").args(["-q", "-o", "DPkg::Lock::Timeout=300"]);
        run(apt.args(arguments))
    };
    apt(&["update"])?;
    let mut install = vec!["install", "-y", "--no-install-recommends"];
    install.extend(&missing);
    apt(&install)
}

fn is_on_path(program: &str) -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path).any(|folder| folder.join(program).is_file())
}

fn is_installed(package: &str) -> bool {
    output(command("dpkg-query").args(["-W", "-f=${Status}", package]))
        .is_some_and(|status| status.contains("install ok installed"))
}

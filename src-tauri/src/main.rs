//! The desktop program.

// Windows opens a console beside a window program unless it is told not to.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

fn main() -> std::process::ExitCode {
    desktop::run()
}

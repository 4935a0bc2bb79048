//! The desktop program.

// Windows opens a console beside a window program unless it is told not to.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

fn main() -> std::process::ExitCode {
    // The program that reads a file in a process of its own is this one, started again.
    if let Some(code) = reader::serve() {
        return code;
    }
    desktop::run()
}

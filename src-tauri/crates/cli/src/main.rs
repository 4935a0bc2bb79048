//! The `tailorbird` command, for scripts and for people who live in a terminal.

#![expect(clippy::print_stderr, reason = "a command for the terminal")]

mod args;
mod check;
mod engine;
mod export;
mod failure;
mod files;
mod key;
mod models;
mod out;
mod progress;
mod read;
mod result;
mod tailor;

use std::process::ExitCode;

use clap::Parser;

use args::{Arguments, Command};

fn main() -> ExitCode {
    // Started by a parent to read a file for it, and for nothing else.
    if let Some(code) = reader::serve() {
        return code;
    }
    // The message of a panic may quote a line of the resume, so only its place is told.
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        eprintln!(
            "tailorbird: A part of the program failed at {place}. Report this: it is a fault of the program."
        );
    }));
    tracing_subscriber::fmt()
        .with_env_filter(tracing_subscriber::EnvFilter::from_env("TAILORBIRD_LOG"))
        .with_writer(std::io::stderr)
        .init();
    let outcome = match Arguments::parse().command {
        Command::Read(arguments) => read::read(&arguments),
        Command::Tailor(arguments) => tailor::tailor(&arguments),
        Command::Check(arguments) => check::check(&arguments),
        Command::Export(arguments) => export::export(&arguments),
        Command::Models(arguments) => models::models(&arguments),
        Command::Key(command) => key::key(&command),
    };
    outcome.unwrap_or_else(|failure| failure.tell())
}

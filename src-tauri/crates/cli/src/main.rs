//! The `tailorbird` command, for scripts and for people who live in a terminal.

#![expect(clippy::print_stderr, reason = "a command for the terminal")]

mod args;
mod check;
mod export;
mod failure;
mod files;
mod key;
mod out;
mod progress;
mod read;
mod tailor;

use std::process::ExitCode;

use clap::Parser;

use args::{Arguments, Command};

fn main() -> ExitCode {
    tracing_subscriber::fmt()
        .with_env_filter(tracing_subscriber::EnvFilter::from_env("TAILORBIRD_LOG"))
        .with_writer(std::io::stderr)
        .init();
    let outcome = match Arguments::parse().command {
        Command::Read(arguments) => read::read(&arguments),
        Command::Tailor(arguments) => tailor::tailor(&arguments),
        Command::Check(arguments) => check::check(&arguments),
        Command::Export(arguments) => export::export(&arguments),
    };
    outcome.unwrap_or_else(|failure| failure.tell())
}

//! Every chore of the project, as `cargo xtask CHORE`. README names the first two, CONTRIBUTING.md the rest.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a command for people, who read its output")]

mod bench;
mod check;
mod licences;
mod run;
mod shell;
mod system;
mod test;
mod ui;

use std::process::ExitCode;

const USAGE: &str = "cargo xtask CHORE

  run           open the app; without a display, tailor the sample resume in the terminal
  test          set up what tests need, then run all of them, the real window included
  check         formatting, lints, licences of all crates
  types         write the window's TypeScript types anew from the Rust types
  bench NAME    measure something: a table for people, or JSON with --json; without a name, lists them
  picture       take README's picture of the window anew, from its tests
  icons         draw icons/ anew from icons/icon.svg
  setup         install the system packages for building and testing";

/// What a chore ends in: nothing, or one line that says what went wrong and what to do.
type Outcome = Result<(), String>;

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let chore = arguments.next().unwrap_or_default();
    let outcome = match chore.as_str() {
        "run" => run::run(),
        "test" => test::test(),
        "check" => check::check(),
        "types" => check::write_types(),
        "bench" => bench::bench(&arguments.collect::<Vec<_>>()),
        "picture" => test::picture(),
        "icons" => check::draw_icons(),
        "setup" => system::install(&[system::BUILD, system::TEST]),
        "" | "help" | "--help" | "-h" => {
            println!("{USAGE}");
            Ok(())
        }
        other => Err(format!("there is no chore `{other}`.\n\n{USAGE}")),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("xtask: {message}");
            ExitCode::FAILURE
        }
    }
}

//! The command line of Sunder: the same api without a window. Data goes to standard output, messages to standard
//! error; the exit code says how it went: 0 done, 1 the data says no, 2 wrong usage, 3 file or system.

mod agreement;
mod arguments;
mod coding;
mod consensus;
mod demo;
mod exit;
mod export;
mod outcomes;
mod output;
mod results;
mod run;
mod study;
mod threshold;
mod transcript;

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    run::run(arguments::Arguments::parse())
}

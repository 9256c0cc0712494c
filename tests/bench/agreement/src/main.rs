//! Measures the crate of agreement. `npm run bench` calls it, one process for each measurement; it prints one line of
//! JSON.
//!
//! `write FOLDER` makes the input that published packages and this program read; `alpha FILE`, `bootstrap FILE THREADS`,
//! `icc FILE`, `components FILE`, `gamma FILE` time calls in process; `intervals STUDIES` simulates how often intervals
//! hold the true value.

mod calls;
mod input;
mod random;
mod simulation;

use std::path::Path;
use std::process::ExitCode;

use serde_json::Value;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match act(&words) {
        Some(figures) => {
            println!("{figures}");
            ExitCode::SUCCESS
        }
        None => {
            eprintln!("Usage: sunder-bench-agreement write|alpha|bootstrap|icc|components|gamma|intervals …");
            ExitCode::from(2)
        }
    }
}

fn act(words: &[&str]) -> Option<Value> {
    Some(match *words {
        ["write", folder] => input::write(Path::new(folder)),
        ["alpha", file] => calls::alpha(Path::new(file)),
        ["bootstrap", file, threads] => calls::bootstrap(Path::new(file), threads.parse().ok()?),
        ["icc", file] => calls::icc(Path::new(file)),
        ["components", file] => calls::components(Path::new(file)),
        ["gamma", file] => calls::gamma(Path::new(file)),
        ["intervals", studies] => simulation::measure(studies.parse().ok()?),
        _ => return None,
    })
}

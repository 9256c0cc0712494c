//! Measures what needs no window, and makes the studies that windows are measured with. `npm run bench` calls it, one
//! process for each measurement so that memory is its own; it prints one line of JSON.
//!
//! `study PATH DATA SESSIONS TURNS CHARACTERS MARKERS` · `drag CONFLICTS` · `operations FOLDER` · `import FOLDER SESSIONS` ·
//! `large-write FOLDER SESSIONS CONFLICTS` · `large FOLDER` · `threshold FOLDER`

mod drag;
mod import;
mod large;
mod operations;
mod own;
mod statistics;
mod study;
mod threshold;

use std::path::PathBuf;
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
            eprintln!("Usage: sunder-bench study|drag|operations|import|large-write|large|threshold …");
            ExitCode::from(2)
        }
    }
}

fn act(words: &[&str]) -> Option<Value> {
    let number = |word: &str| word.parse::<u32>().ok();
    Some(match *words {
        ["study", path, data, sessions, turns, characters, markers] => study::write(
            &PathBuf::from(path),
            &PathBuf::from(data),
            number(sessions)?,
            number(turns)?,
            number(characters)?,
            number(markers)?,
        ),
        ["drag", conflicts] => drag::measure(number(conflicts)?),
        ["operations", folder] => operations::measure(&PathBuf::from(folder)),
        ["import", folder, sessions] => import::measure(&PathBuf::from(folder), number(sessions)?),
        ["large-write", folder, sessions, conflicts] => {
            large::write(&PathBuf::from(folder), number(sessions)?, number(conflicts)?)
        }
        ["large", folder] => large::measure(&PathBuf::from(folder)),
        ["threshold", folder] => threshold::measure(&PathBuf::from(folder)),
        _ => return None,
    })
}

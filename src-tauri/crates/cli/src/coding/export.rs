//! `sunder coding export`: codings as JSON. One coding prints its object, several print an array; into a folder, every
//! coding is a file of its own.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use serde::Serialize;
use sunder_api::coding_file;
use sunder_domain::{CodingId, Purpose};

use crate::arguments::{CodingExport, Which};
use crate::exit::Failure;
use crate::output::say;
use crate::run::Context;

#[derive(Serialize)]
struct Report {
    files: Vec<String>,
}

/// What names a coding's file.
#[derive(serde::Deserialize)]
struct Heading {
    case: String,
    session: u32,
    rater: String,
    purpose: Purpose,
}

/// Prints or writes the codings chosen.
pub(crate) fn export(context: &mut Context, arguments: &CodingExport) -> Result<(), Failure> {
    context.open(&arguments.study)?;
    let mut texts = Vec::new();
    for id in chosen(context, &arguments.which)? {
        texts.push(coding_file::to_json(&mut context.app, &id)?);
    }
    match (arguments.out.as_str(), texts.as_slice()) {
        ("-", [one]) => context.output.print_raw(&lines(one)),
        ("-", several) => {
            let several: Vec<&str> = several.iter().map(|text| text.trim_end()).collect();
            context
                .output
                .print_raw(&format!("[\n{}\n]\n", several.join(",\n")))
        }
        (file, [one]) if is_json(file) => written(context, vec![(PathBuf::from(file), lines(one))]),
        (file, several) if is_json(file) => Err(Failure::usage(format!(
            "{file} is one file, and {} codings are chosen. Name a folder, or choose one with --case, --session and --rater.",
            several.len()
        ))),
        (folder, several) => {
            let folder = Path::new(folder);
            std::fs::create_dir_all(folder).map_err(|error| Failure::unwritable(folder, &error))?;
            let mut names = BTreeSet::new();
            let mut files = Vec::new();
            for text in several {
                files.push((folder.join(free_name(text, &mut names)?), lines(text)));
            }
            written(context, files)
        }
    }
}

/// Without a purpose production codings; where the names given have none, whatever they have, and that is said.
fn chosen(context: &Context, which: &Which) -> Result<Vec<CodingId>, Failure> {
    // A rater exports what is their own: others' codings cannot be fetched.
    let rater = which.rater.as_deref().or(context.rater());
    let select = |purpose| {
        coding_file::select(&context.app, which.case.as_deref(), which.session, rater, purpose)
            .map_err(Failure::from)
    };
    let found = select(Some(which.purpose.unwrap_or(Purpose::Production)))?;
    if !found.is_empty() {
        return Ok(found);
    }
    let others = if which.purpose.is_none() {
        select(None)?
    } else {
        Vec::new()
    };
    if others.is_empty() {
        return Err(Failure::refused(
            "No coding is like that. See what there is with `sunder coding export STUDY` for production, or name another --purpose.",
        ));
    }
    say("sunder: none of these codings is for production; those made for another purpose are exported.");
    Ok(others)
}

fn written(context: &mut Context, files: Vec<(PathBuf, String)>) -> Result<(), Failure> {
    let mut report = Report { files: Vec::new() };
    for (path, text) in files {
        std::fs::write(&path, text).map_err(|error| Failure::unwritable(&path, &error))?;
        report.files.push(path.display().to_string());
    }
    context.output.print(&report, |out| {
        report.files.iter().try_for_each(|file| writeln!(out, "{file}"))
    })
}

fn is_json(path: &str) -> bool {
    Path::new(path)
        .extension()
        .is_some_and(|ending| ending.eq_ignore_ascii_case("json"))
}

/// The text with one line end at its end.
fn lines(text: &str) -> String {
    format!("{}\n", text.trim_end())
}

/// `ada-3-r-novak-production.json`, numbered where two would be called the same.
fn free_name(text: &str, taken: &mut BTreeSet<String>) -> Result<String, Failure> {
    let heading: Heading = serde_json::from_str(text).map_err(|_| {
        Failure::system("A coding could not be put into words. Run `sunder verify` on the study.")
    })?;
    let name = format!(
        "{}-{}-{}-{}",
        plain(&heading.case),
        heading.session,
        plain(&heading.rater),
        heading.purpose
    );
    let mut free = format!("{name}.json");
    let mut number = 2;
    while !taken.insert(free.clone()) {
        free = format!("{name}-{number}.json");
        number += 1;
    }
    Ok(free)
}

/// Lower case, letters and digits; everything else a hyphen, as file systems take it.
fn plain(name: &str) -> String {
    let words: Vec<String> = name
        .split(|character: char| !character.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    if words.is_empty() {
        "unnamed".to_owned()
    } else {
        words.join("-")
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{free_name, plain};

    #[test]
    fn files_are_named_for_what_they_hold() {
        assert_eq!(plain("R. Novak"), "r-novak");
        assert_eq!(plain("../Ämil/7"), "ämil-7");
        assert_eq!(plain("…"), "unnamed");
        let text = r#"{"case": "Ada", "session": 3, "rater": "R. Novak", "purpose": "production"}"#;
        let mut taken = BTreeSet::new();
        assert_eq!(
            free_name(text, &mut taken).unwrap(),
            "ada-3-r-novak-production.json"
        );
        assert_eq!(
            free_name(text, &mut taken).unwrap(),
            "ada-3-r-novak-production-2.json"
        );
    }
}

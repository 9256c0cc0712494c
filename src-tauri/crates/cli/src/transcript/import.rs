//! `sunder import`: transcripts become sessions. Each file goes in whole or not at all; the first that cannot ends the
//! import, and what went in before is said.

use serde::Serialize;
use sunder_api::import::{CommittedFile, ImportFile, commit_file};
use sunder_api::wire::{ImportWarning, ImportedSession, PseudonymPreview};

use crate::arguments::Import;
use crate::exit::Failure;
use crate::output::{counted, say};
use crate::run::Context;

/// What the import made.
#[derive(Serialize)]
struct Report {
    sessions: Vec<Session>,
    warnings: Vec<Warning>,
    /// How often a pseudonym was put in.
    replaced: u32,
    /// Lines of the list of pseudonyms that found nothing in any file.
    unused_pseudonyms: Vec<u32>,
}

#[derive(Serialize)]
struct Session {
    file: String,
    #[serde(flatten)]
    session: ImportedSession,
}

#[derive(Serialize)]
struct Warning {
    file: String,
    #[serde(flatten)]
    warning: ImportWarning,
}

/// Imports the files, one after the other.
pub(crate) fn import(context: &mut Context, arguments: &Import) -> Result<(), Failure> {
    context.open(&arguments.study)?;
    let mut report = Report {
        sessions: Vec::new(),
        warnings: Vec::new(),
        replaced: 0,
        unused_pseudonyms: Vec::new(),
    };
    let mut unused: Option<Vec<u32>> = None;
    let mut failed = None;
    let mut next = arguments.session;
    for file in &arguments.files {
        let read = ImportFile {
            path: file,
            format: arguments.read_as.as_deref(),
            encoding: arguments.encoding.as_deref(),
            columns: arguments.columns.as_deref(),
            speakers: arguments.speakers.as_deref(),
            tiers: arguments.tiers.as_deref(),
            merge_gap: arguments.merge_gap.as_deref(),
            merge_by_sentence: arguments.merge_by_sentence,
            pseudonyms: arguments.pseudonyms.as_deref(),
            case: &arguments.case,
            session: next,
            new_version: arguments.new_version,
        };
        match commit_file(&mut context.app, &read) {
            Ok(CommittedFile {
                sessions,
                warnings,
                pseudonyms,
            }) => {
                report.replaced += replaced(&pseudonyms);
                unused = unused_by_all(unused, &pseudonyms);
                next = following(next, &arguments.case, &sessions);
                report
                    .sessions
                    .extend(sessions.into_iter().map(|session| Session {
                        file: file.clone(),
                        session,
                    }));
                report
                    .warnings
                    .extend(warnings.into_iter().map(|warning| Warning {
                        file: file.clone(),
                        warning,
                    }));
            }
            Err(error) => {
                failed = Some(error);
                break;
            }
        }
    }
    report.unused_pseudonyms = unused.unwrap_or_default();
    for warning in &report.warnings {
        say(&told(warning));
    }
    if let Some(list) = &arguments.pseudonyms {
        say_replaced(list, &report);
    }
    context.output.print(&report, |out| {
        for Session { session, .. } in &report.sessions {
            let turns = counted(session.turns, "turn", "turns");
            write!(out, "{} · {}  {turns}", session.case, session.number)?;
            if session.version > 1 {
                write!(out, ", version {}", session.version)?;
            }
            writeln!(out)?;
        }
        Ok(())
    })?;
    match failed {
        None => Ok(()),
        Some(error) => {
            if !report.sessions.is_empty() {
                say(
                    "sunder: the sessions named so far are in the study; leave their files out when you try again.",
                );
            }
            Err(error.into())
        }
    }
}

fn replaced(pseudonyms: &PseudonymPreview) -> u32 {
    let listed = u32::try_from(pseudonyms.hits.len()).unwrap_or(u32::MAX);
    listed.saturating_add(pseudonyms.more)
}

/// Lines that found nothing in the files before, and nothing in this one.
fn unused_by_all(before: Option<Vec<u32>>, pseudonyms: &PseudonymPreview) -> Option<Vec<u32>> {
    let here = &pseudonyms.unused_in_file;
    Some(match before {
        Some(mut lines) => {
            lines.retain(|line| here.contains(line));
            lines
        }
        None => here.clone(),
    })
}

fn say_replaced(list: &str, report: &Report) {
    say(&format!(
        "{list}: put in {}",
        counted(report.replaced, "time", "times")
    ));
    for line in &report.unused_pseudonyms {
        say(&format!("{list}, line {line}: found nothing"));
    }
}

/// The number that the next file starts with: files of one case follow each other, files that are cases of their own
/// all start at the number given.
fn following(next: Option<u32>, case: &str, imported: &[ImportedSession]) -> Option<u32> {
    if case.contains("{transcript_id}") {
        return next;
    }
    let highest = imported.iter().map(|session| session.number).max();
    next.map(|next| highest.map_or(next, |highest| highest.saturating_add(1)))
}

/// `file, line 12, column 3: …`
fn told(Warning { file, warning }: &Warning) -> String {
    let place = match (warning.line, warning.column) {
        (Some(line), Some(column)) => format!(", line {line}, column {column}"),
        (Some(line), None) => format!(", line {line}"),
        _ => String::new(),
    };
    format!("{file}{place}: {}", warning.text)
}

#[cfg(test)]
mod tests {
    use super::{Warning, told};
    use sunder_api::wire::ImportWarning;

    #[test]
    fn a_warning_says_where_it_stands() {
        let at = |line, column| Warning {
            file: "a.csv".to_owned(),
            warning: ImportWarning {
                line,
                column,
                text: "no speaker".to_owned(),
            },
        };
        assert_eq!(told(&at(Some(3), Some(9))), "a.csv, line 3, column 9: no speaker");
        assert_eq!(told(&at(Some(3), None)), "a.csv, line 3: no speaker");
        assert_eq!(told(&at(None, None)), "a.csv: no speaker");
    }
}

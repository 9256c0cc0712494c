//! `sunder import`: transcripts become sessions. Each file goes in whole or not at all; the first that cannot ends the
//! import, and what went in before is said.

use serde::Serialize;
use sunder_api::import::{ImportFile, commit_file};
use sunder_api::wire::{ImportWarning, ImportedSession};

use crate::arguments::Import;
use crate::exit::Failure;
use crate::output::{counted, say};
use crate::run::Context;

/// What the import made.
#[derive(Serialize)]
struct Report {
    sessions: Vec<Session>,
    warnings: Vec<Warning>,
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
    };
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
            case: &arguments.case,
            session: next,
        };
        match commit_file(&mut context.app, &read) {
            Ok((sessions, warnings)) => {
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
    for warning in &report.warnings {
        say(&told(warning));
    }
    context.output.print(&report, |out| {
        for Session { session, .. } in &report.sessions {
            let turns = counted(session.turns, "turn", "turns");
            writeln!(out, "{} · {}  {turns}", session.case, session.number)?;
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

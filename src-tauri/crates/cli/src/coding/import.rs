//! `sunder coding import`: every file goes in whole or not at all; one that is refused does not keep the others out.

use serde::Serialize;
use sunder_api::coding_file;
use sunder_api::wire::ImportCoding;
use sunder_domain::CodingId;

use crate::arguments::CodingImport;
use crate::exit::{Failure, Kind};
use crate::output::say;
use crate::run::Context;

#[derive(Serialize)]
struct Report {
    codings: Vec<Taken>,
    refused: Vec<Refused>,
}

/// A file that is in the study now.
#[derive(Serialize)]
struct Taken {
    file: String,
    coding_id: CodingId,
    already_there: bool,
    messages: Vec<String>,
}

/// A file that is not, and why.
#[derive(Serialize)]
struct Refused {
    file: String,
    message: String,
}

/// Takes the files in, one after the other; the heaviest failure gives the exit code.
pub(crate) fn import(context: &mut Context, arguments: &CodingImport) -> Result<(), Failure> {
    context.open(&arguments.study)?;
    let mut report = Report {
        codings: Vec::new(),
        refused: Vec::new(),
    };
    let mut heaviest: Option<Kind> = None;
    for file in &arguments.files {
        let request = ImportCoding {
            path: file.clone(),
            as_recoding: arguments.as_recoding,
        };
        match coding_file::import(&mut context.app, request) {
            Ok(imported) => {
                for message in &imported.messages {
                    say(&format!("{file}: {message}"));
                }
                report.codings.push(Taken {
                    file: file.clone(),
                    coding_id: imported.coding_id,
                    already_there: imported.already_there,
                    messages: imported.messages,
                });
            }
            Err(error) => {
                say(&format!("sunder: {}", error.message));
                report.refused.push(Refused {
                    file: file.clone(),
                    message: error.message.clone(),
                });
                heaviest = heaviest.max(Failure::from(error).kind());
            }
        }
    }
    context.output.print(&report, |out| {
        for taken in &report.codings {
            writeln!(
                out,
                "{}: {}",
                taken.file,
                if taken.already_there {
                    "already there"
                } else {
                    "imported"
                }
            )?;
        }
        Ok(())
    })?;
    heaviest.map_or(Ok(()), |kind| Err(Failure::Said(kind)))
}

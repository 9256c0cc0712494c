//! `sunder outcomes`: scores of cases and sessions, taken in from tables and listed.

pub(crate) mod arguments;
mod columns;

use sunder_api::outcomes;
use sunder_api::wire::{ImportOutcomes, Nothing};

use self::arguments::{Import, Outcomes};
use crate::exit::Failure;
use crate::output::number;
use crate::run::Context;

/// Does what was asked of outcomes.
pub(crate) fn run(context: &mut Context, what: Outcomes) -> Result<(), Failure> {
    match what {
        Outcomes::Import(import) => imported(context, import),
        Outcomes::List(list) => {
            context.open(&list.study)?;
            let list = outcomes::list(&mut context.app, Nothing {})?;
            context.output.print(&list, |out| {
                for score in &list.outcomes {
                    let session = score
                        .session
                        .map_or_else(|| "whole case".to_owned(), |number| format!("session {number}"));
                    let (name, perspective, case) = (&score.name, score.perspective.key(), &score.case);
                    writeln!(
                        out,
                        "{name} · {perspective} · {case} · {session}: {}",
                        number(score.score)
                    )?;
                }
                list.explorations.iter().try_for_each(|look| {
                    writeln!(out, "Looked at without a lock, under the rule {}", look.rule)
                })
            })
        }
    }
}

fn imported(context: &mut Context, import: Import) -> Result<(), Failure> {
    let columns = columns::parse(import.columns.as_deref(), import.scores)?;
    context.open(&import.study)?;
    let request = ImportOutcomes {
        path: import.file,
        columns,
        perspective: import.perspective,
        replace: import.replace,
    };
    let done = outcomes::import(&mut context.app, request)?;
    context.output.print(&done, |out| {
        writeln!(
            out,
            "{} added, {} replaced, {} there already, {} cells without a score: {}",
            done.added,
            done.replaced,
            done.already,
            done.empty,
            done.names.join(", ")
        )
    })
}

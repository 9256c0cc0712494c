//! Two rules over the same conflicts: a table of classes whose cells open.

use sunder_domain::Rule;

use super::basis::count;
use super::rows::{class, row};
use super::state::sound;
use super::tally::class_place;
use crate::app::App;
use crate::wire::{ApiError, CellConflicts, CompareCell, CompareRules, RuleComparison};

/// As many conflicts of a cell are told at once.
const LIMIT: usize = 200;

fn both_sound(one: &Rule, other: &Rule) -> Result<(), ApiError> {
    sound(one)?;
    sound(other)
}

/// The cross table. Lead only.
///
/// # Errors
/// `not-allowed` for raters; `not-found` before the codings are read, or where nobody coded so; `bad-request` for a rule
/// that cannot be.
pub fn compare(app: &mut App, request: CompareRules) -> Result<RuleComparison, ApiError> {
    let study = app.study_mut()?;
    study.lead_only()?;
    both_sound(&request.one, &request.other)?;
    let basis = super::reading::read_whole(study)?;
    let source = basis.source(&request.source)?;
    let mut cells = [[0_u32; 3]; 3];
    for held in &source.conflicts {
        let row = class_place(class(&request.one, held));
        let column = class_place(class(&request.other, held));
        if let Some(cell) = cells.get_mut(row).and_then(|cells| cells.get_mut(column)) {
            *cell += 1;
        }
    }
    Ok(RuleComparison {
        source: source.words.clone(),
        cells,
    })
}

/// The conflicts of one cell: `before` is the class under the one rule, `now` and the reason are of the other. Lead only.
///
/// # Errors
/// As [`compare`].
pub fn cell(app: &mut App, request: CompareCell) -> Result<CellConflicts, ApiError> {
    let study = app.study_mut()?;
    study.lead_only()?;
    both_sound(&request.one, &request.other)?;
    let basis = super::reading::read_whole(study)?;
    let source = basis.source(&request.source)?;
    let places: Vec<u32> = (0_u32..)
        .zip(&source.conflicts)
        .filter(|(_, held)| {
            class(&request.one, held) == request.row && class(&request.other, held) == request.column
        })
        .map(|(place, _)| place)
        .collect();
    let conflicts = places
        .iter()
        .skip(request.from as usize)
        .take(LIMIT.min(request.limit as usize))
        .map(|place| row(study, source, *place, request.row, &request.other))
        .collect::<Result<_, _>>()?;
    Ok(CellConflicts {
        total: count(places.len()),
        conflicts,
    })
}

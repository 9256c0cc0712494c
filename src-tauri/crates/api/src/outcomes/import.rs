//! A table of outcomes on its way in: every cell is looked at before anything is written.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::Path;

use sunder_domain::{CaseId, Perspective, SessionId};
use sunder_formats::{Grid, GridCell, read_grid};
use sunder_store::{Change, NewOperation, OperationKind, OutcomeKey, Target};

use super::columns::{Columns, Scores};
use super::score::score;
use crate::app::{App, no_id};
use crate::environment::fresh;
use crate::import::{bytes_of, refused};
use crate::study::OpenStudy;
use crate::wire::{ApiError, ErrorCode, ImportOutcomes, ImportedOutcomes};

/// As many faults are told at once.
const MOST_TOLD: usize = 8;
/// Longest name of a score, in characters.
const LONGEST_NAME: usize = 200;
/// How people write that there is no score.
const NO_SCORE: &[&str] = &["", "-", ".", "na", "n/a", "nan", "null", "none", "#n/a"];

/// Takes in a table of outcomes, whole or not at all, in one operation. Lead only.
///
/// # Errors
/// `not-allowed` for raters; `file`; `format` with line, column and remedy of everything that does not fit: unknown cases
/// and sessions, the same score twice, text for a number; `exists` where other scores are there already.
pub fn import(app: &mut App, request: ImportOutcomes) -> Result<ImportedOutcomes, ApiError> {
    app.study()?.lead_only()?;
    let path = Path::new(&request.path);
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let grid = read_grid(&bytes_of(path)?, &name).map_err(|error| refused(path, &error))?;
    let at_path =
        |error: ApiError| ApiError::new(error.code, format!("{}: {}", path.display(), error.message));
    let columns = Columns::of(&grid, &request.columns).map_err(at_path)?;
    let read = Reader::new(app.study()?, &grid, &columns, request.perspective)?
        .read()
        .map_err(at_path)?;
    let (changes, imported) = against_known(app.study()?, read, request.replace).map_err(at_path)?;
    if !changes.is_empty() {
        let at_ms = app.now_ms();
        let study = app.study_mut()?;
        let id = fresh().map_err(|_| no_id())?;
        let operation = NewOperation::new(id, OperationKind::OutcomesImport, study.actor(), at_ms, changes);
        study.store.transact(Target::SetUp, operation)?;
        let threshold = std::mem::take(&mut study.threshold);
        let refreshed = study.refresh();
        study.threshold = threshold;
        refreshed?;
    }
    Ok(imported)
}

/// What a table says.
struct Read {
    scores: BTreeMap<OutcomeKey, (f64, String)>,
    empty: u32,
}

struct Reader<'a> {
    grid: &'a Grid,
    columns: &'a Columns,
    perspective: Option<Perspective>,
    /// `None`: several cases have the name.
    cases: HashMap<String, Option<CaseId>>,
    sessions: HashMap<(CaseId, u32), SessionId>,
    faults: Vec<String>,
}

impl<'a> Reader<'a> {
    fn new(
        study: &OpenStudy,
        grid: &'a Grid,
        columns: &'a Columns,
        perspective: Option<Perspective>,
    ) -> Result<Self, ApiError> {
        let mut cases: HashMap<String, Option<CaseId>> = HashMap::new();
        for case in study.store.cases()? {
            let taken = cases.contains_key(&case.name);
            cases.insert(case.name, (!taken).then_some(case.id));
        }
        let sessions = study.store.sessions()?.into_iter();
        Ok(Self {
            grid,
            columns,
            perspective,
            cases,
            sessions: sessions
                .map(|session| ((session.case_id, session.number), session.id))
                .collect(),
            faults: Vec::new(),
        })
    }

    fn read(mut self) -> Result<Read, ApiError> {
        let mut read = Read {
            scores: BTreeMap::new(),
            empty: 0,
        };
        for row in &self.grid.rows {
            self.row(row, &mut read);
        }
        if self.faults.is_empty() {
            return Ok(read);
        }
        let more = self.faults.len().saturating_sub(MOST_TOLD);
        self.faults.truncate(MOST_TOLD);
        if more > 0 {
            self.faults.push(format!("and {more} more"));
        }
        let faults = self.faults.join("\n");
        Err(ApiError::new(
            ErrorCode::Format,
            format!("nothing was imported.\n{faults}"),
        ))
    }

    fn row(&mut self, row: &[GridCell], read: &mut Read) {
        let Some(case_id) = self.case(row) else { return };
        let Ok(session_id) = self.session(row, &case_id) else {
            return;
        };
        let Some(perspective) = self.perspective(row) else {
            return;
        };
        for (name, column) in self.names(row) {
            let Some(cell) = row.get(column).filter(|cell| !is_empty(cell)) else {
                read.empty += 1;
                continue;
            };
            let Some(score) = score(&cell.text, self.grid.decimal_comma) else {
                self.fault(
                    cell,
                    "this is no number: write digits with a point for decimals, or leave the cell empty",
                );
                continue;
            };
            let key = OutcomeKey {
                case_id: case_id.clone(),
                session_id: session_id.clone(),
                name,
                perspective,
            };
            let place = told(cell);
            if let Some((_, first)) = read.scores.get(&key) {
                let what = format!("this score was given already at {first}: leave one of them out");
                self.fault(cell, &what);
            } else {
                read.scores.insert(key, (score, place));
            }
        }
    }

    fn case(&mut self, row: &[GridCell]) -> Option<CaseId> {
        let Some(cell) = row.get(self.columns.case).filter(|cell| !cell.text.is_empty()) else {
            self.fault_of_row(row, "the case is missing: write its name, as the study has it");
            return None;
        };
        match self.cases.get(&cell.text) {
            Some(Some(case_id)) => Some(case_id.clone()),
            Some(None) => {
                self.fault(
                    cell,
                    "several cases of the study have this name: give them names of their own first",
                );
                None
            }
            None => {
                self.fault(cell, "the study has no case of this name: write it as the study does, or import its sessions first");
                None
            }
        }
    }

    fn session(&mut self, row: &[GridCell], case_id: &CaseId) -> Result<Option<SessionId>, ()> {
        let cell = self.columns.session.and_then(|column| row.get(column));
        let Some(cell) = cell.filter(|cell| !is_empty(cell)) else {
            return Ok(None);
        };
        let Some(number) = whole(&cell.text) else {
            self.fault(cell, "this is no session's number: write a whole number from 1, or leave the cell empty for the whole case");
            return Err(());
        };
        match self.sessions.get(&(case_id.clone(), number)) {
            Some(session_id) => Ok(Some(session_id.clone())),
            None => {
                self.fault(
                    cell,
                    "the case has no session of this number: import the session first, or leave the row out",
                );
                Err(())
            }
        }
    }

    fn perspective(&mut self, row: &[GridCell]) -> Option<Perspective> {
        let cell = self.columns.perspective.and_then(|column| row.get(column));
        let Some(cell) = cell.filter(|cell| !cell.text.is_empty()) else {
            if self.perspective.is_none() {
                self.fault_of_row(row, "nobody says who saw it so: add a column perspective, or say --perspective observer, patient or therapist");
            }
            return self.perspective;
        };
        let key = cell.text.to_lowercase();
        let key = if key == "client" { "patient" } else { &key };
        let found = Perspective::from_key(key);
        if found.is_none() {
            self.fault(
                cell,
                "this is no perspective: write observer, patient or therapist",
            );
        }
        found
    }

    /// What each score of the row is called, and its column.
    fn names(&mut self, row: &[GridCell]) -> Vec<(String, usize)> {
        let fits = |name: &str| !name.is_empty() && name.chars().count() <= LONGEST_NAME;
        match &self.columns.scores {
            Scores::One { name, score } => match row.get(*name).filter(|cell| fits(&cell.text)) {
                Some(cell) => vec![(cell.text.clone(), *score)],
                None => {
                    self.fault_of_row(row, "what the score is called is missing or too long: name it");
                    Vec::new()
                }
            },
            Scores::Each(columns) => columns
                .iter()
                .filter_map(|column| Some((self.grid.headings.get(*column)?.text.clone(), *column)))
                .collect(),
        }
    }

    fn fault(&mut self, cell: &GridCell, what: &str) {
        self.faults.push(format!("{}: {what}.", told(cell)));
    }

    fn fault_of_row(&mut self, row: &[GridCell], what: &str) {
        if let Some(cell) = row.first() {
            self.fault(cell, what);
        }
    }
}

fn told(cell: &GridCell) -> String {
    format!("line {}, column {}", cell.place.line, cell.place.column)
}

fn is_empty(cell: &GridCell) -> bool {
    NO_SCORE.contains(&cell.text.to_lowercase().as_str())
}

/// A spreadsheet may write 3 as 3.0.
fn whole(text: &str) -> Option<u32> {
    text.strip_suffix(".0")
        .unwrap_or(text)
        .parse()
        .ok()
        .filter(|number| *number >= 1)
}

/// What is new, against what the study holds already.
fn against_known(
    study: &OpenStudy,
    read: Read,
    replace: bool,
) -> Result<(Vec<Change>, ImportedOutcomes), ApiError> {
    let known: BTreeMap<OutcomeKey, f64> = study
        .store
        .outcomes()?
        .into_iter()
        .map(|outcome| (outcome.key, outcome.score))
        .collect();
    let names: BTreeSet<String> = read.scores.keys().map(|key| key.name.clone()).collect();
    let mut imported = ImportedOutcomes {
        added: 0,
        replaced: 0,
        already: 0,
        empty: read.empty,
        names: names.into_iter().collect(),
    };
    let mut changes = Vec::new();
    for (of, (score, place)) in read.scores {
        match known.get(&of) {
            #[expect(
                clippy::float_cmp,
                reason = "the same score is the same number, to the last digit"
            )]
            Some(before) if *before == score => {
                imported.already += 1;
                continue;
            }
            Some(_) if !replace => {
                return Err(ApiError::new(
                    ErrorCode::Exists,
                    format!(
                        "nothing was imported.\n{place}: the study has another score there already: leave the row out, or say --replace to put this one in its place."
                    ),
                ));
            }
            Some(_) => imported.replaced += 1,
            None => imported.added += 1,
        }
        changes.push(Change::Outcome {
            of,
            after: Some(score),
        });
    }
    Ok((changes, imported))
}

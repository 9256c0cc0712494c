//! Which column of a table is what.

use sunder_formats::{Grid, GridCell};

use crate::wire::{ApiError, ErrorCode, OutcomeColumns};

const CASE: &[&str] = &["case", "case_id", "patient", "client", "dyad", "participant"];
const SESSION: &[&str] = &["session", "session_number", "session number", "session_no"];
const PERSPECTIVE: &[&str] = &["perspective", "who", "informant", "rated by"];
const NAME: &[&str] = &["name", "outcome", "measure", "instrument", "inventory", "item"];
const SCORE: &[&str] = &["score", "value"];

/// Columns, counted from 0.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Columns {
    pub(super) case: usize,
    pub(super) session: Option<usize>,
    pub(super) perspective: Option<usize>,
    pub(super) scores: Scores,
}

#[derive(Debug, PartialEq, Eq)]
pub(super) enum Scores {
    /// One score a row, and what it is called.
    One { name: usize, score: usize },
    /// A column each, called by its heading.
    Each(Vec<usize>),
}

impl Columns {
    /// # Errors
    /// `format` where a column is not there, or two may be meant.
    pub(super) fn of(grid: &Grid, chosen: &OutcomeColumns) -> Result<Self, ApiError> {
        let headings = &grid.headings;
        let find = |chosen: Option<&String>, usual: &[&str]| match chosen {
            Some(heading) => named(headings, heading).map(Some),
            None => recognised(headings, usual),
        };
        let case = find(chosen.case.as_ref(), CASE)?.ok_or_else(|| {
            refused(
                headings,
                "no column for the case was recognised: name its heading, such as --columns case=Patient",
            )
        })?;
        let session = find(chosen.session.as_ref(), SESSION)?;
        let perspective = find(chosen.perspective.as_ref(), PERSPECTIVE)?;
        let name = find(chosen.name.as_ref(), NAME)?;
        let score = find(chosen.score.as_ref(), SCORE)?;
        let scores = match (name, score) {
            (Some(name), Some(score)) if chosen.scores.is_empty() => Scores::One { name, score },
            _ if !chosen.scores.is_empty() => Scores::Each(
                chosen
                    .scores
                    .iter()
                    .map(|heading| named(headings, heading))
                    .collect::<Result<_, _>>()?,
            ),
            (Some(_), None) => {
                return Err(refused(
                    headings,
                    "a column says what the score is called, and none holds it: name its heading, such as --columns score=Total",
                ));
            }
            _ => Scores::Each(
                (0..headings.len())
                    .filter(|column| {
                        *column != case && Some(*column) != session && Some(*column) != perspective
                    })
                    .filter(|column| {
                        headings
                            .get(*column)
                            .is_some_and(|heading| !heading.text.is_empty())
                    })
                    .collect(),
            ),
        };
        if scores == Scores::Each(Vec::new()) {
            return Err(refused(
                headings,
                "the table has no column of scores: add one, with what it holds as its heading",
            ));
        }
        Ok(Self {
            case,
            session,
            perspective,
            scores,
        })
    }
}

fn refused(headings: &[GridCell], what: &str) -> ApiError {
    let line = headings.first().map_or(1, |heading| heading.place.line);
    ApiError::new(ErrorCode::Format, format!("line {line}, column 1: {what}."))
}

/// The column with a heading, upper and lower case the same, or a number from 1.
fn named(headings: &[GridCell], wanted: &str) -> Result<usize, ApiError> {
    let wanted = wanted.trim();
    let found = headings.iter().position(|heading| same(&heading.text, wanted));
    let by_number = || {
        let number: usize = wanted.parse().ok()?;
        number.checked_sub(1).filter(|column| *column < headings.len())
    };
    found.or_else(by_number).ok_or_else(|| {
        let columns = headings.len();
        refused(
            headings,
            &format!("a column that was chosen is not in the table, which has {columns}: choose one of its headings, or a number from 1 to {columns}"),
        )
    })
}

fn recognised(headings: &[GridCell], usual: &[&str]) -> Result<Option<usize>, ApiError> {
    let mut found = headings
        .iter()
        .enumerate()
        .filter(|(_, heading)| usual.iter().any(|usual| same(&heading.text, usual)));
    match (found.next(), found.next()) {
        (Some(_), Some((_, second))) => Err(ApiError::new(
            ErrorCode::Format,
            format!(
                "line {}, column {}: two columns may be the {}: name the one that is meant, such as --columns {}=HEADING.",
                second.place.line,
                second.place.column,
                usual.first().unwrap_or(&"column"),
                usual.first().unwrap_or(&"column"),
            ),
        )),
        (first, _) => Ok(first.map(|(column, _)| column)),
    }
}

fn same(heading: &str, wanted: &str) -> bool {
    heading.to_lowercase() == wanted.to_lowercase()
}

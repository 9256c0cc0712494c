//! Coefficients over a matrix in a file: `unit,[cluster,]RATER1,RATER2,…`, an empty cell is missing.

use std::collections::BTreeMap;

use sunder_agreement::{
    Bootstrap, Level, Matrix, MatrixError, MeasureError, Measurement, Missing, Request, measure,
};

use super::records::Table;
use crate::wire::{ApiError, ErrorCode};

/// What is asked of a matrix.
#[derive(Debug, Clone, PartialEq)]
pub struct MatrixQuestion {
    pub level: Level,
    /// A name, or `all`.
    pub statistic: String,
    /// The scale, where the values present are not all of it.
    pub categories: Option<Vec<String>>,
    pub bootstrap: Option<Bootstrap>,
    pub confidence: f64,
    pub missing: Missing,
    pub threads: usize,
}

/// Measures the matrix in a file.
///
/// # Errors
/// `format` for a file that is none, with file, line and remedy; `bad-request` for a statistic that is none or does not
/// fit the level.
pub fn measure_matrix(
    name: &str,
    bytes: &[u8],
    question: &MatrixQuestion,
) -> Result<Vec<Measurement>, ApiError> {
    let table = Table::read(name, bytes)?;
    let matrix = matrix(&table, question)?;
    let request = Request {
        confidence: question.confidence,
        bootstrap: question.bootstrap,
        missing: question.missing,
        threads: question.threads,
        ..Request::new(question.statistic.clone(), question.level)
    };
    measure(&matrix, &request).map_err(|error| unmet(&error, name))
}

/// Where raters' columns begin: behind the unit, and behind the cluster where there is one.
fn first_rater(table: &Table) -> usize {
    let has_cluster = table
        .header
        .get(1)
        .is_some_and(|column| column.eq_ignore_ascii_case("cluster"));
    if has_cluster { 2 } else { 1 }
}

fn matrix(table: &Table, question: &MatrixQuestion) -> Result<Matrix, ApiError> {
    let first = first_rater(table);
    let raters: Vec<String> = table.header.iter().skip(first).cloned().collect();
    if raters.len() < 2 {
        return Err(table.fault(
            1,
            "the header names fewer than two raters. It reads unit,RATER1,RATER2,… or unit,cluster,RATER1,RATER2,….",
        ));
    }
    if let Some(column) = raters.iter().position(String::is_empty) {
        return Err(table.fault(
            1,
            &format!(
                "column {} has no name. Give every rater a name.",
                column + first + 1
            ),
        ));
    }
    no_unit_twice(table, first)?;
    check_values(table, first, question)?;
    let cells: Vec<Option<&str>> = table
        .records
        .iter()
        .flat_map(|record| record.fields.iter().skip(first))
        .map(|field| (!field.is_empty()).then_some(field.as_str()))
        .collect();
    let matrix = Matrix::text(raters, &cells, question.categories.as_deref())
        .map_err(|error| no_matrix(table, &error))?;
    if first == 1 {
        return Ok(matrix);
    }
    let clusters: Vec<&str> = table
        .records
        .iter()
        .filter_map(|record| record.fields.get(1).map(String::as_str))
        .collect();
    matrix
        .with_clusters(&clusters)
        .map_err(|error| no_matrix(table, &error))
}

/// A unit that stands twice would count twice.
fn no_unit_twice(table: &Table, first: usize) -> Result<(), ApiError> {
    let mut seen: BTreeMap<&[String], u64> = BTreeMap::new();
    for record in &table.records {
        let key = record.fields.get(..first).unwrap_or_default();
        if key.first().is_some_and(|unit| unit.is_empty()) {
            return Err(table.fault(
                record.line,
                "the unit has no name. Number the units in the first column.",
            ));
        }
        if first == 2 && key.get(1).is_some_and(String::is_empty) {
            return Err(table.fault(
                record.line,
                "the unit has no cluster. Give each unit its session or case, or leave the column out.",
            ));
        }
        if let Some(line) = seen.insert(key, record.line) {
            return Err(table.fault(
                record.line,
                &format!(
                    "the unit {} stood on line {line} already. Give every unit a row of its own.",
                    key.join(", ")
                ),
            ));
        }
    }
    Ok(())
}

/// Values are numbers where the level needs them, and among the categories where these are declared.
fn check_values(table: &Table, first: usize, question: &MatrixQuestion) -> Result<(), ApiError> {
    let needs_numbers = matches!(question.level, Level::Interval | Level::Ratio);
    let is_number = |text: &str| text.parse::<f64>().is_ok_and(f64::is_finite);
    let declared: Option<Vec<Declared<'_>>> = question
        .categories
        .as_ref()
        .map(|categories| categories.iter().map(|category| Declared::of(category)).collect());
    for record in &table.records {
        let named = table.header.iter().zip(&record.fields).skip(first);
        for (rater, value) in named.filter(|(_, value)| !value.is_empty()) {
            if needs_numbers && !is_number(value) {
                return Err(table.fault(
                    record.line,
                    &format!(
                        "the value of {rater} is {value:?}, not a number. Leave the cell empty where nothing was rated, or choose --level nominal or ordinal."
                    ),
                ));
            }
            let known = declared
                .as_ref()
                .is_none_or(|declared| declared.contains(&Declared::of(value)));
            if !known {
                return Err(table.fault(
                    record.line,
                    &format!(
                        "the value of {rater} is {value:?}, which is none of the declared categories. Correct it, or name it with --categories."
                    ),
                ));
            }
        }
    }
    Ok(())
}

/// A category: `1` and `1.0` are the same.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Declared<'a> {
    Number(f64),
    Label(&'a str),
}

impl<'a> Declared<'a> {
    fn of(text: &'a str) -> Self {
        match text.trim().parse::<f64>() {
            Ok(number) if number.is_finite() => Self::Number(number),
            _ => Self::Label(text),
        }
    }
}

fn no_matrix(table: &Table, error: &MatrixError) -> ApiError {
    table.fault(1, &format!("this is no matrix of units and raters: {error}."))
}

fn unmet(error: &MeasureError, name: &str) -> ApiError {
    let message = match error {
        MeasureError::UnknownStatistic(statistic) => {
            let known: Vec<&str> = sunder_agreement::measures()
                .iter()
                .map(|measure| measure.name)
                .collect();
            format!(
                "There is no statistic called {statistic:?}. Choose all, or one of {}.",
                known.join(", ")
            )
        }
        MeasureError::UnknownCategory(category) => {
            format!("{name}: {category:?} is none of the categories. Name it as the file does.")
        }
        MeasureError::NotNumbers => {
            format!("{name}: the values are labels. Choose --level nominal or ordinal.")
        }
        other => format!("{name}: {other}."),
    };
    ApiError::new(ErrorCode::BadRequest, message)
}

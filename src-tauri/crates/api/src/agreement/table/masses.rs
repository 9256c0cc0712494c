//! Boundary similarity of segmentations in a file: `rater,mass`, a row for each segment in order, or `rater,masses` with
//! a rater's masses in one field, spaces between them.

use sunder_agreement::{Measurement, Segmentation, SpansError, measure_boundaries};

use super::records::{Table, fault};
use crate::wire::{ApiError, ErrorCode};

/// Measures the segmentations in a file; boundaries less than `near` apart may be near misses.
///
/// # Errors
/// `format` for a file that holds none, with file, line and remedy; `bad-request` for `near` of 0.
pub fn measure_masses(name: &str, bytes: &[u8], near: u64) -> Result<Vec<Measurement>, ApiError> {
    let table = Table::read(name, bytes)?;
    let (segmentations, lines) = segmentations(&table)?;
    measure_boundaries(&segmentations, near).map_err(|error| match error {
        SpansError::Setting { .. } => ApiError::new(ErrorCode::BadRequest, format!("{name}: {error}.")),
        SpansError::MassesDiffer { .. } => fault(
            name,
            lines.last().copied().unwrap_or(1),
            &format!("{error}. All raters segment the same text: correct the masses."),
        ),
        other => ApiError::new(ErrorCode::Format, format!("{name}: {other}.")),
    })
}

/// Raters as first met with their masses, and the lines.
fn segmentations(table: &Table) -> Result<(Vec<Segmentation>, Vec<u64>), ApiError> {
    let columns = table
        .column("rater")
        .zip(table.column("mass").or(table.column("masses")));
    let Some((rater_column, mass_column)) = columns else {
        return Err(table.fault(
            1,
            "there is no column rater, or none called mass or masses. The header reads rater,mass with a row for each segment, or rater,masses.",
        ));
    };
    let mut segmentations: Vec<Segmentation> = Vec::new();
    let mut lines = Vec::new();
    for record in &table.records {
        let field = |column: usize| record.fields.get(column).map_or("", String::as_str);
        let rater = field(rater_column);
        let masses: Option<Vec<u64>> = field(mass_column)
            .split_whitespace()
            .map(|mass| mass.parse().ok().filter(|mass| *mass > 0))
            .collect();
        let Some(masses) = masses.filter(|masses| !masses.is_empty()) else {
            return Err(table.fault(
                record.line,
                &format!(
                    "{:?} is no mass. A mass is a whole number above 0: how many turns the segment has.",
                    field(mass_column)
                ),
            ));
        };
        lines.push(record.line);
        match segmentations.iter_mut().find(|known| known.rater == rater) {
            Some(known) => known.masses.extend(masses),
            None => segmentations.push(Segmentation {
                rater: rater.to_owned(),
                masses,
            }),
        }
    }
    if segmentations.len() < 2 {
        return Err(table.fault(
            1,
            "fewer than two raters. Boundary similarity compares two or more.",
        ));
    }
    Ok((segmentations, lines))
}

//! Agreement as a function of the threshold: what it would be under every cut.

use sunder_agreement::Level;

use super::heat_map::estimate;
use super::lines::{UnitWords, rate};
use super::measuring::{Data, Measuring};
use super::reading::Snapshot;
use super::rows::{Naming, row};
use super::units::Units;
use super::values::{RUPTURE, Readings, STRAIN};
use super::watch::Stopped;
use crate::wire::{CurvePoint, Estimate, Line, ThresholdCurve, ValueChoice};

/// Stands beside every curve.
const SENTENCE: &str = "A peak of these curves is no reason to choose a cut: every coefficient changes with how common \
a rupture is under the cut, and a cut that is chosen for the agreement of these raters is fitted to them. Choose it by \
what a rupture is, or by its relation to outcome, and lock it before you look.";

/// The curve, with agreement on significance itself beside it.
///
/// # Errors
/// [`Stopped`] where somebody asked for it.
pub(crate) fn curve(
    snapshot: &Snapshot,
    units: &Units,
    measuring: &Measuring<'_>,
    words: &UnitWords,
) -> Result<ThresholdCurve, Stopped> {
    let mut points = Vec::new();
    for (place, cut) in snapshot.cuts.iter().enumerate() {
        points.push(point(snapshot, units, measuring, place, *cut)?);
    }
    let significance = Readings::of(
        &snapshot.panel,
        units,
        &ValueChoice::Significance,
        &snapshot.codebook,
    );
    let columns: Vec<usize> = (0..measuring.columns.len()).collect();
    let raw = match measuring.matrix(&significance, Data::Combined, &columns, |_| true) {
        Some(matrix) => measuring.one(&matrix, "krippendorff-alpha", Level::Ordinal)?,
        None => None,
    };
    Ok(ThresholdCurve {
        points,
        study_cut: snapshot.rule.cut,
        raw: raw.map(|raw| {
            let naming = Naming {
                line: Line::Combined,
                label: "Significance itself".to_owned(),
                detail: format!("α ordinal, nothing < 1 < … < 5, {}; no cut", words.per),
            };
            row(&raw, naming, false)
        }),
        sentence: SENTENCE.to_owned(),
    })
}

fn point(
    snapshot: &Snapshot,
    units: &Units,
    measuring: &Measuring<'_>,
    place: usize,
    cut: f64,
) -> Result<CurvePoint, Stopped> {
    let readings = Readings::at_cut(&snapshot.panel, units, place);
    let columns: Vec<usize> = (0..measuring.columns.len()).collect();
    let classes = measuring.matrix(&readings, Data::Combined, &columns, |_| true);
    let ruptures = measuring.matrix(&readings, Data::One(RUPTURE), &columns, |_| true);
    let of = |matrix: &Option<sunder_agreement::Matrix>, statistic: &str| {
        let Some(matrix) = matrix else {
            return Ok(Estimate::NONE);
        };
        let measured = measuring.one(matrix, statistic, Level::Nominal)?;
        Ok(measured.map_or(Estimate::NONE, |measured| estimate(&measured.main)))
    };
    Ok(CurvePoint {
        cut,
        specific_rupture: of(&classes, "specific-agreement:rupture")?,
        specific_strain: of(&classes, "specific-agreement:strain")?,
        kappa: of(&ruptures, "cohen-kappa")?,
        ac1: of(&ruptures, "gwet-ac1")?,
        alpha: of(&ruptures, "krippendorff-alpha")?,
        rupture_rate: rate(&readings, RUPTURE),
        strain_rate: rate(&readings, STRAIN),
        units: u32::try_from(units.units.len()).unwrap_or(u32::MAX),
    })
}

//! The units behind a number: what each rater said of them, the largest difference first.

use super::compute::Computed;
use super::confusion::{differ, pairs, shown};
use super::facts::CodingFacts;
use super::units::{Kind, Unit};
use super::values::{Reading, highest};
use crate::app::App;
use crate::study::OpenStudy;
use crate::wire::{AgreementUnitPage, AgreementUnits, ApiError, ComparedUnit, ErrorCode, RaterSays};

/// Longest excerpt, in characters.
const EXCERPT: usize = 280;

/// One page of units. Lead only.
///
/// # Errors
/// `not-allowed` for raters; `not-found` for a job, pair or cell that is not there.
pub fn units(app: &mut App, request: AgreementUnits) -> Result<AgreementUnitPage, ApiError> {
    let study = app.study_mut()?;
    study.lead_only()?;
    let computed = study.jobs.computed(request.job_id)?;
    page(study, &computed, &request)
}

/// One page of units of a comparison.
pub(crate) fn page(
    study: &mut OpenStudy,
    computed: &Computed,
    request: &AgreementUnits,
) -> Result<AgreementUnitPage, ApiError> {
    let chosen = choose(computed, request)?;
    let columns = columns(computed, request)?;
    let from = request.from as usize;
    let units = chosen
        .iter()
        .skip(from)
        .take(request.limit as usize)
        .map(|(place, difference)| one(study, computed, *place, *difference, &columns, request.hide_names))
        .collect::<Result<_, _>>()?;
    Ok(AgreementUnitPage {
        total: u32::try_from(chosen.len()).unwrap_or(u32::MAX),
        units,
    })
}

/// The columns that are asked about: a pair's, or all.
fn columns(computed: &Computed, request: &AgreementUnits) -> Result<Vec<usize>, ApiError> {
    let all = computed.snapshot.panel.columns.len();
    match request.pair {
        None => Ok((0..all).collect()),
        Some(place) => pairs(&computed.readings, all)
            .get(place as usize)
            .map(|pair| pair.to_vec())
            .ok_or_else(|| not_there("pair")),
    }
}

fn not_there(what: &str) -> ApiError {
    ApiError::new(
        ErrorCode::NotFound,
        format!("This comparison has no such {what}."),
    )
}

/// Places of the units that are asked for, with how far the readings lie apart; the farthest first.
pub(crate) fn choose(computed: &Computed, request: &AgreementUnits) -> Result<Vec<(usize, f64)>, ApiError> {
    let readings = &computed.readings;
    let columns = columns(computed, request)?;
    let cell = match (request.cell, columns.as_slice()) {
        (None, _) => None,
        (Some([row, column]), [first, second]) => {
            let shown = shown(readings, [*first, *second]);
            let at = |place: u32| {
                shown
                    .get(place as usize)
                    .copied()
                    .ok_or_else(|| not_there("cell"))
            };
            Some([at(row)?, at(column)?])
        }
        (Some(_), _) => {
            return Err(ApiError::new(
                ErrorCode::BadRequest,
                "A cell belongs to a pair of raters: name the pair.",
            ));
        }
    };
    let mut chosen = Vec::new();
    for (place, row) in readings.rows().enumerate() {
        let own: Vec<Reading> = columns
            .iter()
            .filter_map(|column| row.get(*column).copied())
            .collect();
        let wanted = match cell {
            Some(cell) => own == cell,
            None => own.iter().any(|reading| *reading != Reading::Missing),
        };
        if wanted && (!request.differing || differ(own.iter().copied())) {
            chosen.push((place, difference(computed, place, &own)));
        }
    }
    let order = |place: usize| {
        computed
            .units
            .units
            .get(place)
            .map(|unit| (unit.row, unit.start_ms, place))
    };
    chosen.sort_by(|one, other| {
        other
            .1
            .total_cmp(&one.1)
            .then_with(|| order(one.0).cmp(&order(other.0)))
    });
    Ok(chosen)
}

/// 0 where all say the same, 1 across the whole scale. Something without a value lies a quarter from anything else; of
/// equal categories the scores decide, by at most a tenth.
fn difference(computed: &Computed, place: usize, own: &[Reading]) -> f64 {
    const UNSCORED: f64 = 0.25;
    let scale = &computed.readings.scale;
    let largest = scale
        .numbers
        .as_ref()
        .and_then(|numbers| numbers.last().copied())
        .unwrap_or(1.0);
    let smallest = if scale.nothing.is_some() {
        0.0
    } else {
        scale
            .numbers
            .as_ref()
            .and_then(|numbers| numbers.first().copied())
            .unwrap_or_default()
    };
    let mut known = own.iter().filter(|reading| **reading != Reading::Missing);
    let Some(first) = known.next() else { return 0.0 };
    let differs = known.clone().any(|reading| reading != first);
    let numbers: Vec<f64> = own.iter().filter_map(|reading| scale.number(*reading)).collect();
    let spread = spread(&numbers) / (largest - smallest).max(1.0);
    let base = if !differs {
        0.0
    } else if own.contains(&Reading::Unscored) {
        spread.max(UNSCORED)
    } else if spread > 0.0 {
        spread
    } else {
        // Categories without an order: as far apart as can be, but less than nothing from something.
        0.5
    };
    let scores: Vec<f64> = said(computed, place)
        .filter_map(|(_, _, conflict)| conflict.and_then(|conflict| conflict.score))
        .collect();
    (base * 0.9 + spread_of_scores(&scores) * 0.1).clamp(0.0, 1.0)
}

fn spread(numbers: &[f64]) -> f64 {
    let high = numbers.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let low = numbers.iter().copied().fold(f64::INFINITY, f64::min);
    if numbers.is_empty() { 0.0 } else { high - low }
}

/// Of scores from 1 to 5.
fn spread_of_scores(scores: &[f64]) -> f64 {
    spread(scores) / 4.0
}

/// The codings of a unit: column, coding, the highest conflict there.
fn said(
    computed: &Computed,
    place: usize,
) -> impl Iterator<Item = (usize, &CodingFacts, Option<&super::facts::ConflictFacts>)> {
    let row = computed
        .units
        .units
        .get(place)
        .and_then(|unit| computed.snapshot.panel.rows.get(unit.row));
    row.into_iter().flat_map(move |row| {
        row.present().map(move |(column, coding)| {
            let cell = computed.units.cells_of(place).get(column).copied();
            let conflict = cell
                .and_then(|cell| computed.units.content(cell))
                .and_then(|content| highest(coding, content));
            (column, coding, conflict)
        })
    })
}

fn one(
    study: &mut OpenStudy,
    computed: &Computed,
    place: usize,
    difference: f64,
    columns: &[usize],
    hide_names: bool,
) -> Result<ComparedUnit, ApiError> {
    let unit = computed
        .units
        .units
        .get(place)
        .copied()
        .ok_or_else(|| not_there("unit"))?;
    let row = computed
        .snapshot
        .panel
        .rows
        .get(unit.row)
        .ok_or_else(|| not_there("session"))?;
    let (turns, excerpt) = excerpt(study, computed, &unit)?;
    let readings = computed.readings.row(place);
    let says = said(computed, place)
        .filter(|(column, _, _)| columns.contains(column))
        .map(|(column, coding, conflict)| {
            let cell = computed.units.cells_of(place).get(column).copied();
            let codes: Vec<_> = cell
                .and_then(|cell| computed.units.content(cell))
                .map(|content| {
                    let mut codes: Vec<_> = content
                        .markers
                        .iter()
                        .filter_map(|marker| coding.markers.get(*marker))
                        .map(|marker| marker.code.clone())
                        .collect();
                    codes.dedup();
                    codes
                })
                .unwrap_or_default();
            let reading = readings.get(column).copied().unwrap_or(Reading::Missing);
            RaterSays {
                rater: computed.snapshot.name(column, hide_names),
                coding_id: coding.id.clone(),
                conflict_id: conflict.map(|conflict| conflict.id.clone()),
                value: computed.readings.scale.name(reading),
                class: conflict.map(|conflict| conflict.class),
                score: conflict.and_then(|conflict| conflict.score),
                names: codes
                    .iter()
                    .map(|code| {
                        computed
                            .snapshot
                            .codebook
                            .code(code)
                            .map_or_else(|| code.to_string(), |code| code.short.clone())
                    })
                    .collect(),
                codes,
            }
        })
        .collect();
    Ok(ComparedUnit {
        id: format!("{}:{}", row.planned.session_id, place),
        session_id: row.planned.session_id.clone(),
        session: match &row.planned.of {
            Some(of) if !hide_names => format!("{} ({of})", row.planned.label),
            _ => row.planned.label.clone(),
        },
        start_ms: unit.start_ms,
        end_ms: unit.end_ms,
        turns,
        excerpt,
        difference,
        says,
    })
}

/// The turns of a unit and what was said there, cut short. A session has no excerpt.
fn excerpt(
    study: &mut OpenStudy,
    computed: &Computed,
    unit: &Unit,
) -> Result<(Option<[u32; 2]>, String), ApiError> {
    let sha = computed.snapshot.panel.rows.get(unit.row).and_then(|row| {
        row.present()
            .next()
            .map(|(_, coding)| coding.transcript_sha256.clone())
    });
    let Some(sha) = sha.filter(|_| unit.kind != Kind::Session) else {
        return Ok((None, String::new()));
    };
    let transcript = study.transcript(&sha)?;
    let inside: Vec<u32> = match unit.kind {
        Kind::Turn(turn) => vec![turn],
        _ => (0_u32..)
            .zip(&transcript.turns)
            .filter(|(_, turn)| turn.start_ms < unit.end_ms && unit.start_ms < turn.end_ms)
            .map(|(number, _)| number)
            .collect(),
    };
    let mut words = String::new();
    for turn in inside.iter().filter_map(|number| transcript.turn(*number)) {
        if words.chars().count() >= EXCERPT {
            break;
        }
        if !words.is_empty() {
            words.push(' ');
        }
        words.push_str(&turn.text);
    }
    if words.chars().count() > EXCERPT {
        words = words.chars().take(EXCERPT).chain(['…']).collect();
    }
    Ok((
        inside
            .first()
            .zip(inside.last())
            .map(|(first, last)| [*first, *last]),
        words,
    ))
}

//! The sweep: counts under every cut, or along one other number of the rule; and agreement on the class beside them.

use std::collections::BTreeSet;

use sunder_domain::{Class, Course, Purpose, Rule, Within};

use super::at_cut;
use super::basis::{Basis, HeldSource, count};
use super::prepared::Prepared;
use super::reading::read_whole;
use super::state::sound;
use crate::app::App;
use crate::rules::lock_view;
use crate::study::OpenStudy;
use crate::wire::{ApiError, ErrorCode, SweepChoice, SweepReport, SweepRow, SweepSource, ThresholdSource};

/// As many values are looked at.
const MOST: usize = 500;

/// One number of a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Parameter {
    Cut,
    Floor(sunder_domain::Factor),
    UnlessScore,
    AccumulationCount,
    AccumulationWithin,
    /// Counted from 0.
    Exception(usize),
}

impl Parameter {
    fn of(name: &str, rule: &Rule) -> Result<Self, ApiError> {
        use sunder_domain::Factor;
        let missing = |what: &str| {
            ApiError::new(
                ErrorCode::BadRequest,
                format!("The rule has no {what} to sweep over. Give it one first."),
            )
        };
        Ok(match name {
            "cut" => Self::Cut,
            "floors.intensity" => Self::Floor(Factor::Intensity),
            "floors.centrality" => Self::Floor(Factor::Centrality),
            "floors.endangerment" => Self::Floor(Factor::Endangerment),
            "tended.unless_score" if rule.tended.is_none() => {
                return Err(missing("clause on what was tended"));
            }
            "tended.unless_score" => Self::UnlessScore,
            "accumulation.count" | "accumulation.within" if rule.accumulation.is_none() => {
                return Err(missing("accumulation"));
            }
            "accumulation.count" => Self::AccumulationCount,
            "accumulation.within" => Self::AccumulationWithin,
            _ => {
                let place = name
                    .strip_prefix("overrides.")
                    .and_then(|number| number.parse::<usize>().ok())
                    .and_then(|number| number.checked_sub(1));
                match place {
                    Some(place) if place < rule.overrides.len() => Self::Exception(place),
                    Some(_) => return Err(missing("such exception")),
                    None => {
                        return Err(ApiError::new(
                            ErrorCode::BadRequest,
                            "A sweep is over cut, floors.intensity, floors.centrality, floors.endangerment, \
                             tended.unless_score, accumulation.count, accumulation.within or overrides.N.",
                        ));
                    }
                }
            }
        })
    }

    fn own(self, rule: &Rule) -> Option<f64> {
        match self {
            Self::Cut => Some(rule.cut),
            Self::Floor(factor) => rule.floors.get(factor),
            Self::UnlessScore => rule.tended.map(|tended| tended.unless_score),
            Self::AccumulationCount => rule.accumulation.as_ref().map(|rule| f64::from(rule.count)),
            Self::AccumulationWithin => rule.accumulation.as_ref().map(|rule| match rule.within {
                Within::Minutes(minutes) => minutes,
                Within::Sessions(sessions) => f64::from(sessions),
            }),
            Self::Exception(place) => rule.overrides.get(place).map(|exception| exception.cut),
        }
    }

    /// The rule with this number put in its place.
    fn put(self, rule: &Rule, value: f64) -> Rule {
        use sunder_domain::Factor;
        let mut rule = rule.clone();
        match self {
            Self::Cut => rule.cut = value,
            Self::Floor(Factor::Intensity) => rule.floors.intensity = Some(value),
            Self::Floor(Factor::Centrality) => rule.floors.centrality = Some(value),
            Self::Floor(Factor::Endangerment) => rule.floors.endangerment = Some(value),
            Self::UnlessScore => {
                if let Some(tended) = &mut rule.tended {
                    tended.unless_score = value;
                }
            }
            Self::AccumulationCount => {
                if let Some(accumulation) = &mut rule.accumulation {
                    accumulation.count = whole(value);
                }
            }
            Self::AccumulationWithin => {
                if let Some(accumulation) = &mut rule.accumulation {
                    accumulation.within = match accumulation.within {
                        Within::Minutes(_) => Within::Minutes(value),
                        Within::Sessions(_) => Within::Sessions(whole(value)),
                    };
                }
            }
            Self::Exception(place) => {
                if let Some(exception) = rule.overrides.get_mut(place) {
                    exception.cut = value;
                }
            }
        }
        rule
    }

    /// What is looked at where nobody named values: every cut at which anything changes in any source, with the rule's
    /// own; else a grid over what the number may be, with the rule's own.
    fn values(self, rule: &Rule, sources: &[(&HeldSource, Prepared)]) -> Vec<f64> {
        let steps = |from: u32, to: u32| (from..=to).map(f64::from).collect();
        let mut values: Vec<f64> = match self {
            Self::Cut => sources
                .iter()
                .flat_map(|(_, prepared)| prepared.ladder.cuts())
                .collect(),
            Self::Floor(_) | Self::UnlessScore | Self::Exception(_) => steps(1, 5),
            Self::AccumulationCount => steps(2, 6),
            Self::AccumulationWithin => match rule.accumulation.as_ref().map(|rule| rule.within) {
                Some(Within::Minutes(_)) => [1, 2, 5, 10, 15, 20, 30, 45, 60].map(f64::from).to_vec(),
                _ => steps(1, 6),
            },
        };
        values.extend(self.own(rule));
        values.sort_by(f64::total_cmp);
        values.dedup_by(|one, other| (*one - *other).abs() < 1e-9);
        values
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "clamped; a rule that cannot be is refused afterwards"
)]
fn whole(value: f64) -> u32 {
    value.round().clamp(0.0, f64::from(u32::MAX)) as u32
}

/// Counts along one number of a rule. Agreement is not among them: it is asked for as a comparison. Lead only.
///
/// # Errors
/// `not-allowed` for raters; `not-found` where nobody coded so; `bad-request` for a rule, number or value that cannot be.
pub fn sweep(app: &mut App, request: SweepChoice) -> Result<SweepReport, ApiError> {
    let study = app.study_mut()?;
    study.lead_only()?;
    let rule = request.rule.unwrap_or_else(|| study.rule.rule.clone());
    sound(&rule)?;
    let name = request.parameter.unwrap_or_else(|| "cut".to_owned());
    let parameter = Parameter::of(&name, &rule)?;
    let basis = read_whole(study)?;
    let sources: Vec<(&HeldSource, Prepared)> = chosen(&basis, request.source.as_ref())?
        .into_iter()
        .map(|source| (source, Prepared::of(source, &rule, &rule, false)))
        .collect();
    let values = match request.values {
        Some(values) => named(values)?,
        None => parameter.values(&rule, &sources),
    };
    for value in &values {
        sound(&parameter.put(&rule, *value))?;
    }
    let kept = study
        .store
        .rules()?
        .into_iter()
        .find(|record| record.rule == rule);
    Ok(SweepReport {
        locked: kept
            .as_ref()
            .and_then(|record| record.locked.as_ref().map(lock_view)),
        rule_id: kept.map(|record| record.id),
        own: parameter.own(&rule),
        parameter: name,
        sources: sources
            .into_iter()
            .map(|(source, prepared)| of_source(source, prepared, &rule, parameter, &values))
            .collect(),
        agreement: None,
        notes: notes(study, &basis),
        rule,
    })
}

fn named(mut values: Vec<f64>) -> Result<Vec<f64>, ApiError> {
    if values.is_empty() || values.len() > MOST || values.iter().any(|value| !value.is_finite()) {
        return Err(ApiError::new(
            ErrorCode::BadRequest,
            format!("A sweep takes 1 to {MOST} values, each a number."),
        ));
    }
    values.sort_by(f64::total_cmp);
    values.dedup();
    Ok(values)
}

/// The source that was asked for; else the coding of record, else every person who coded for production.
fn chosen<'a>(basis: &'a Basis, source: Option<&ThresholdSource>) -> Result<Vec<&'a HeldSource>, ApiError> {
    if let Some(source) = source {
        return Ok(vec![basis.source(source)?]);
    }
    if let Ok(source) = basis.source(&ThresholdSource::OfRecord) {
        return Ok(vec![source]);
    }
    Ok(basis
        .sources
        .iter()
        .filter(|held| {
            matches!(
                held.source,
                ThresholdSource::Coder {
                    purpose: Purpose::Production,
                    ..
                }
            )
        })
        .collect())
}

fn of_source(
    source: &HeldSource,
    mut prepared: Prepared,
    rule: &Rule,
    parameter: Parameter,
    values: &[f64],
) -> SweepSource {
    let rows = values
        .iter()
        .map(|value| {
            let rule = parameter.put(rule, *value);
            if parameter == Parameter::Cut {
                row(source, &mut prepared, &rule, *value)
            } else {
                let mut anew = Prepared::of(source, &rule, &rule, false);
                row(source, &mut anew, &rule, *value)
            }
        })
        .collect();
    SweepSource {
        words: source.words.clone(),
        of_record: source.source == ThresholdSource::OfRecord,
        sessions: count(source.codings.len()),
        cases: count(source.cases.len()),
        rows,
    }
}

fn row(source: &HeldSource, prepared: &mut Prepared, rule: &Rule, value: f64) -> SweepRow {
    let strains = prepared.ladder.strains_below(rule.cut);
    let counts = at_cut::counts(&prepared.tally, strains);
    let with = |class: Class| with_at_least_one(source, prepared, rule.cut, class);
    let (sessions_with_rupture, cases_with_rupture) = with(Class::Rupture);
    let (sessions_with_strain, cases_with_strain) = with(Class::Strain);
    SweepRow {
        value,
        conflicts: counts.conflicts(),
        counts,
        built_from: prepared.tally.built_from(strains),
        sessions_with_rupture,
        sessions_with_strain,
        cases_with_rupture,
        cases_with_strain,
        modes: at_cut::modes(&prepared.tally, strains),
        relationships: at_cut::relationships(&prepared.tally, strains),
        proposed: prepared.proposed(source, rule, rule.cut, true),
    }
}

/// Sessions and cases with at least one conflict of a class.
fn with_at_least_one(source: &HeldSource, prepared: &Prepared, cut: f64, class: Class) -> (u32, u32) {
    let mut sessions: BTreeSet<u32> = BTreeSet::new();
    let mut cases = 0;
    for case in &source.cases {
        let before = sessions.len();
        for place in case.conflicts.clone() {
            let course = prepared.standings.get(place).map(|standing| standing.course);
            if course.is_some_and(|course: Course| course.class_at(cut) == class)
                && let Some(held) = source.conflicts.get(place)
            {
                sessions.insert(held.coding);
            }
        }
        cases += u32::from(sessions.len() > before);
    }
    (count(sessions.len()), cases)
}

/// What is missing, and what to keep in mind.
fn notes(study: &OpenStudy, basis: &Basis) -> Vec<String> {
    let mut notes = Vec::new();
    let sessions = |number: u32| {
        if number == 1 {
            "1 session".to_owned()
        } else {
            format!("{number} sessions")
        }
    };
    if basis.uncoded > 0 {
        notes.push(format!("{} of the study: not coded.", sessions(basis.uncoded)));
    }
    let of_record = basis.source(&ThresholdSource::OfRecord).is_ok();
    if of_record && basis.without_record > 0 {
        notes.push(format!(
            "{} coded, without a coding of record: left out of it.",
            sessions(basis.without_record)
        ));
    }
    if basis.record_is_mean > 0 {
        notes.push(format!(
            "{} whose record is the mean of raters: their raters stand side by side, and are in no coding of record here.",
            sessions(basis.record_is_mean)
        ));
    }
    if !of_record {
        notes.push(
            "No coding of record is fixed: raters stand side by side and are never added up.".to_owned(),
        );
    }
    if study.rule.locked.is_none() {
        notes.push("The study's rule is not locked.".to_owned());
    }
    notes.push(
        "Looking at many cuts and keeping the best is fitting: what is found so holds for these data until it is found again."
            .to_owned(),
    );
    notes
}

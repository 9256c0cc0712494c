//! What an open study keeps of the threshold: what was read, and the rule that is looked with.

use std::collections::BTreeMap;
use std::sync::Arc;

use sunder_domain::{Class, DecidedBy, Rule};

use super::at_cut;
use super::basis::{Basis, HeldSource};
use super::prepared::Prepared;
use super::reading::Reader;
use crate::app::App;
use crate::wire::{
    ApiError, ClauseCount, ErrorCode, PrepareThreshold, SourceCounts, StepThreshold, ThresholdStep,
    ThresholdView,
};

/// The threshold of an open study.
#[derive(Default)]
pub(crate) struct Threshold {
    pub(super) reader: Option<Reader>,
    pub(super) basis: Option<Arc<Basis>>,
    pub(super) looked: Option<Looked>,
}

/// A rule over every source, ready to be dragged.
pub(crate) struct Looked {
    pub(super) rule: Rule,
    pub(super) base_cut: f64,
    pub(super) move_exceptions: bool,
    pub(super) cut: f64,
    /// Which source is looked at; the others stand beside it.
    pub(super) chosen: usize,
    /// One for each source.
    pub(super) sources: Vec<Prepared>,
}

impl Threshold {
    /// What was read.
    pub(super) fn basis(&self) -> Result<Arc<Basis>, ApiError> {
        self.basis.as_ref().map(Arc::clone).ok_or_else(|| {
            ApiError::new(
                ErrorCode::NotFound,
                "The codings have changed or are not read yet. Read them first.",
            )
        })
    }

    pub(super) fn looked(&self) -> Result<&Looked, ApiError> {
        self.looked.as_ref().ok_or_else(no_rule)
    }
}

fn no_rule() -> ApiError {
    ApiError::new(
        ErrorCode::NotFound,
        "No rule is looked with yet. Prepare one first.",
    )
}

pub(crate) fn sound(rule: &Rule) -> Result<(), ApiError> {
    rule.validate()
        .map_err(|error| ApiError::new(ErrorCode::BadRequest, format!("This rule cannot be: {error}.")))
}

/// Takes a rule to look with; nothing of the study changes. Lead only.
///
/// # Errors
/// `not-allowed` for raters; `not-found` before the codings are read, or where nobody coded so; `bad-request` for a rule
/// that cannot be.
pub fn prepare(app: &mut App, request: PrepareThreshold) -> Result<ThresholdView, ApiError> {
    let study = app.study_mut()?;
    study.lead_only()?;
    sound(&request.rule)?;
    sound(&request.base)?;
    let basis = study.threshold.basis()?;
    let chosen = basis.place_of(&request.source)?;
    let sources = basis
        .sources
        .iter()
        .map(|source| Prepared::of(source, &request.rule, &request.base, request.move_exceptions))
        .collect();
    let mut looked = Looked {
        cut: request.rule.cut,
        rule: request.rule,
        base_cut: request.base.cut,
        move_exceptions: request.move_exceptions,
        chosen,
        sources,
    };
    let cut = looked.cut;
    let step = looked.step(&basis, cut, true)?;
    let (Some(source), Some(prepared)) = (basis.sources.get(chosen), looked.sources.get(chosen)) else {
        return Err(no_rule());
    };
    let view = view(source, prepared, step);
    study.threshold.looked = Some(looked);
    Ok(view)
}

fn view(source: &HeldSource, prepared: &Prepared, step: ThresholdStep) -> ThresholdView {
    let mut clauses: BTreeMap<DecidedBy, u32> = BTreeMap::new();
    for standing in &prepared.standings {
        *clauses.entry(standing.decided_by).or_default() += 1;
    }
    ThresholdView {
        source: source.view(),
        bins: prepared.scale.bins(),
        grid: prepared.scale.grid,
        centred: prepared.scale.centred,
        scored: prepared.tally.scored(),
        cuts: prepared.ladder.cuts().collect(),
        clauses: DecidedBy::ALL
            .iter()
            .map(|clause| ClauseCount {
                clause: *clause,
                conflicts: clauses.get(clause).copied().unwrap_or_default(),
            })
            .collect(),
        step,
    }
}

/// One step of the drag. Lead only.
///
/// # Errors
/// `not-allowed` for raters, `not-found` before a rule is prepared, `bad-request` for a cut that is no number.
pub fn step(app: &mut App, request: StepThreshold) -> Result<ThresholdStep, ApiError> {
    let study = app.study_mut()?;
    study.lead_only()?;
    if !request.cut.is_finite() {
        return Err(ApiError::new(ErrorCode::BadRequest, "A cut is a number."));
    }
    let basis = study.threshold.basis()?;
    let looked = study.threshold.looked.as_mut().ok_or_else(no_rule)?;
    looked.step(&basis, request.cut, request.whole)
}

impl Looked {
    fn step(&mut self, basis: &Basis, cut: f64, whole: bool) -> Result<ThresholdStep, ApiError> {
        self.cut = cut;
        let beside = basis
            .sources
            .iter()
            .zip(&self.sources)
            .enumerate()
            .filter(|(place, _)| *place != self.chosen)
            .map(|(_, (source, prepared))| SourceCounts {
                words: source.words.clone(),
                counts: at_cut::counts(&prepared.tally, prepared.ladder.strains_below(cut)),
            })
            .collect();
        let source = basis.sources.get(self.chosen).ok_or_else(no_rule)?;
        let prepared = self.sources.get_mut(self.chosen).ok_or_else(no_rule)?;
        let proposed = prepared.proposed(source, &self.rule, cut, whole);
        let strains = prepared.ladder.strains_below(cut);
        let tally = &prepared.tally;
        let modes = at_cut::modes(tally, strains);
        let moves = at_cut::moves(tally, strains);
        let near = at_cut::near(
            prepared,
            cut,
            self.base_cut,
            moves.iter().map(|moved| moved.conflicts).sum(),
        );
        Ok(ThresholdStep {
            cut,
            counts: at_cut::counts(tally, strains),
            built_from: tally.built_from(strains),
            proposed,
            heights: at_cut::heights(prepared, strains),
            skew: at_cut::skew(&modes),
            modes,
            relationships: at_cut::relationships(tally, strains),
            moves,
            near_total: near.total,
            near: near.places,
            between: near.between,
            changed: near.changed,
            beside,
        })
    }

    /// The rule at the cut that was looked at last.
    pub(super) fn rule_now(&self) -> Rule {
        self.rule.with_cut(self.cut, self.move_exceptions)
    }

    /// Class under the base rule.
    pub(super) fn before(&self, place: usize) -> Class {
        self.sources
            .get(self.chosen)
            .and_then(|prepared| prepared.base.get(place))
            .copied()
            .unwrap_or(Class::Unscored)
    }
}

//! One self-contained page with everything: what was compared, the numbers, what was left out, and the entries that
//! GRRAS asks for. It holds no script, loads nothing, and no words of a transcript unless they were asked for.

mod grras;
mod html;
mod parts;

use std::path::Path;

use self::html::{escaped, paragraph, section};
use super::changed::{changed, sentences};
use super::compared::page;
use super::compute::Computed;
use super::hiding;
use crate::app::App;
use crate::outgoing;
use crate::wire::{AgreementOutcome, AgreementUnits, ApiError, ComparedUnit, Nothing, ReportAgreement};

/// Disagreements that a report lists; how many more there are is said.
const LISTED: u32 = 500;

/// Writes the report of a finished comparison. Lead only.
///
/// # Errors
/// `not-allowed` for raters, `not-found` for a job that is not there, `file` when it cannot be written.
pub fn report(app: &mut App, request: ReportAgreement) -> Result<Nothing, ApiError> {
    let study = app.study_mut()?;
    study.lead_only()?;
    let computed = study.jobs.computed(request.job_id)?;
    let wanted = AgreementUnits {
        job_id: request.job_id,
        pair: None,
        cell: None,
        differing: true,
        from: 0,
        limit: LISTED,
        hide_names: request.hide_names,
    };
    let mut units = page(study, &computed, &wanted)?;
    if !request.with_words {
        for unit in &mut units.units {
            unit.excerpt.clear();
        }
    }
    let changed = sentences(&changed(study, &computed.snapshot, request.hide_names)?);
    let text = document(&computed, &units.units, units.total, &changed, request.hide_names);
    let path = Path::new(&request.path);
    outgoing::write(path, text)?;
    Ok(Nothing {})
}

fn document(
    computed: &Computed,
    units: &[ComparedUnit],
    all: u32,
    changed: &[String],
    hide_names: bool,
) -> String {
    let outcome = hiding::outcome(computed, hide_names);
    let outcome: &AgreementOutcome = &outcome;
    let study = &computed.snapshot.study;
    let mut body = format!(
        "<h1>Agreement: {}</h1>\n<p class=\"lead\">{}, by {}</p>\n",
        escaped(&study.name),
        escaped(&outcome.value),
        escaped(&outcome.unit)
    );
    body.push_str(&paragraph(&outcome.sentence));
    body.push_str(&section("What was compared", &parts::basis(computed, outcome)));
    body.push_str(&section("What was left out", &parts::left_out(outcome)));
    if !changed.is_empty() {
        body.push_str(&section("What has changed since", &html::list(changed)));
    }
    body.push_str(&section("All raters together", &parts::rows(&outcome.rows)));
    body.push_str(&section(
        "Who agrees with whom",
        &parts::heat_map(&outcome.heat_map),
    ));
    body.push_str(&section("Each pair", &parts::lines(&outcome.pairs)));
    for confusion in &outcome.confusions {
        body.push_str(&parts::confusion(confusion));
    }
    body.push_str(&section("Counts per session", &parts::session_counts(outcome)));
    for breakdown in &outcome.breakdowns {
        let mut content = parts::lines(&breakdown.lines);
        if !breakdown.note.is_empty() {
            content.push_str(&paragraph(&breakdown.note));
        }
        body.push_str(&section(&breakdown.label, &content));
    }
    if let Some(curve) = &outcome.curve {
        body.push_str(&section("Agreement under every cut", &parts::curve(curve)));
    }
    body.push_str(&section("Raters beside the others", &parts::differences(outcome)));
    body.push_str(&section("Base rates", &parts::base_rates(&outcome.base_rates)));
    if !outcome.sensitivity.is_empty() {
        body.push_str(&section("Matching", &parts::sensitivity(&outcome.sensitivity)));
    }
    body.push_str(&section("Sessions needed", &parts::needed(&outcome.needed)));
    body.push_str(&section("Disagreements", &parts::disagreements(units, all)));
    body.push_str(&section(
        "For the report: what GRRAS asks for",
        &grras::entries(computed, outcome),
    ));
    html::page(&format!("Agreement: {}", study.name), &body)
}

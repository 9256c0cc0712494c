//! The entries that GRRAS asks for (Kottner et al. 2011, "Guidelines for Reporting Reliability and Agreement Studies",
//! Journal of Clinical Epidemiology, 64, 96–106), in own words: filled from the study, or marked "to write".

use super::html::{paragraph, table};
use crate::agreement::compute::Computed;
use crate::wire::{AgreementOutcome, Compare};

const TO_WRITE: &str = "to write";

/// All fifteen.
pub(super) fn entries(computed: &Computed, outcome: &AgreementOutcome) -> String {
    let study = &computed.snapshot.study;
    let basis = &outcome.basis;
    let to_write = || TO_WRITE.to_owned();
    let entries = [
        ("1 Title and abstract name reliability or agreement", to_write()),
        (
            "2 The measure",
            format!(
                "Codebook {} ({}); value: {}; unit: {}",
                study.codebook_name, study.codebook, outcome.value, outcome.unit
            ),
        ),
        ("3 The population of patients and therapists", to_write()),
        ("4 The population of raters", to_write()),
        ("5 What is known already, and why this study", to_write()),
        (
            "6 How the numbers were chosen",
            format!(
                "{} raters and {} sessions of {} cases were compared; why so many: {TO_WRITE}",
                basis.raters.len(),
                basis.sessions,
                basis.cases
            ),
        ),
        ("7 How sessions and raters were sampled", to_write()),
        ("8 How it was rated", rating(computed, outcome)),
        ("9 Whether raters worked independently", independence(computed)),
        ("10 The statistics", statistics(outcome)),
        (
            "11 How many were rated",
            format!(
                "The study holds {} sessions of {} cases and {} raters; {} sessions, {} raters and {} units entered, {} values missing; {} groups of codings were left out, listed above",
                study.sessions,
                study.cases,
                study.raters,
                basis.sessions,
                basis.raters.len(),
                basis.units,
                basis.missing,
                outcome.left_out.len()
            ),
        ),
        (
            "12 Who the raters and patients are (training, experience)",
            to_write(),
        ),
        ("13 Estimates with their uncertainty", outcome.sentence.clone()),
        ("14 What the results mean in practice", to_write()),
        (
            "15 Detailed results",
            "This page; the table can be copied as CSV, and codings exported".to_owned(),
        ),
    ];
    let rows: Vec<Vec<String>> = entries
        .into_iter()
        .map(|(item, text)| vec![item.to_owned(), text])
        .collect();
    format!(
        "{}{}",
        table(&["item", "from the study"], &rows),
        paragraph(
            "Items after Kottner, J., Audigé, L., Brorson, S., et al. (2011). Guidelines for Reporting Reliability and Agreement Studies (GRRAS) were proposed. Journal of Clinical Epidemiology, 64, 96–106.",
        )
    )
}

fn rating(computed: &Computed, outcome: &AgreementOutcome) -> String {
    let study = &computed.snapshot.study;
    let compared = match outcome.choice.compare {
        Compare::Raters => "different raters coded the same sessions",
        Compare::Recoding => "the same rater coded a session twice",
        Compare::Expert => "raters are compared with an expert",
    };
    format!(
        "From {}; {compared}; time between codings and what raters knew: {TO_WRITE}",
        study.material
    )
}

fn independence(computed: &Computed) -> String {
    let masked = if computed.snapshot.study.masked {
        "classes, rule and totals were hidden from raters"
    } else {
        "classes were shown to raters"
    };
    format!("A rater cannot open another rater’s coding of a session; {masked}. Anything else: {TO_WRITE}")
}

fn statistics(outcome: &AgreementOutcome) -> String {
    let mut names: Vec<&str> = outcome
        .rows
        .iter()
        .map(|row| row.measurement.statistic.as_str())
        .collect();
    names.sort_unstable();
    names.dedup();
    format!("{}. {}", names.join(", "), outcome.basis.intervals)
}

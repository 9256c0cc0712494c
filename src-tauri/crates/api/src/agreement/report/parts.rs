//! The parts of a report, each as HTML.

use super::html::{escaped, list, paragraph, section, table};
use crate::agreement::compute::Computed;
use crate::agreement::copy::shown;
use crate::agreement::sentence::apa;
use crate::agreement::words::{moment, plain};
use crate::wire::{
    AgreementOutcome, AgreementRow, BaseRate, BreakdownLine, ComparedUnit, Confusion, Estimate, HeatMap,
    SensitivityLine, SessionsNeeded, ThresholdCurve,
};

/// `.81 [.72, .88]`.
fn estimate(estimate: Estimate) -> String {
    let Some(value) = estimate.value else {
        return "–".to_owned();
    };
    match (estimate.low, estimate.high) {
        (Some(low), Some(high)) => format!("{} [{}, {}]", apa(value), apa(low), apa(high)),
        _ => apa(value),
    }
}

fn percent(part: f64) -> String {
    format!("{:.1} %", part * 100.0)
}

pub(super) fn basis(computed: &Computed, outcome: &AgreementOutcome) -> String {
    let basis = &outcome.basis;
    let study = &computed.snapshot.study;
    let rule = &computed.snapshot.rule;
    let mut facts = vec![
        basis.summary.clone(),
        format!(
            "{} units, {} values missing; {} units marked by two or more raters, {} by one alone",
            basis.units, basis.missing, basis.matched, basis.unmatched
        ),
        basis.intervals.clone(),
        format!("Codebook {} ({})", study.codebook_name, study.codebook),
        format!(
            "Rule for strain and rupture: {}, cut {}{}",
            rule.name,
            plain(rule.cut),
            if study.rule_locked {
                ", locked"
            } else {
                ", not locked"
            }
        ),
    ];
    if !outcome.matching.is_empty() {
        facts.push(format!(
            "Conflicts matched one to one, the largest shared stretch first: {}",
            outcome.matching
        ));
    }
    let raters: Vec<Vec<String>> = basis
        .raters
        .iter()
        .map(|rater| {
            vec![
                rater.name.clone(),
                rater.codings.to_string(),
                rater.conflicts.to_string(),
                rater.markers.to_string(),
            ]
        })
        .collect();
    format!(
        "{}{}",
        list(&facts),
        table(&["rater", "codings", "conflicts", "markers"], &raters)
    )
}

pub(super) fn left_out(outcome: &AgreementOutcome) -> String {
    let mut parts = String::new();
    for left in &outcome.left_out {
        parts.push_str(&paragraph(&left.words));
        parts.push_str(&list(&left.which));
    }
    parts.push_str(&list(&outcome.warnings));
    parts
}

pub(super) fn rows(rows: &[AgreementRow]) -> String {
    let lines: Vec<Vec<String>> = rows
        .iter()
        .map(|row| {
            let (value, interval) = shown(row);
            let measurement = &row.measurement;
            vec![
                format!("{}: {}", row.label, row.detail),
                value,
                interval,
                format!("{} of {}", measurement.units_used, measurement.units),
                row.words.clone(),
                measurement.notes.join("; "),
            ]
        })
        .collect();
    let mut sources: Vec<String> = rows
        .iter()
        .flat_map(|row| {
            let own = format!("{}: {} {}", row.measurement.statistic, row.help, row.citation);
            [own, row.words_citation.clone()]
        })
        .filter(|source| !source.is_empty())
        .collect();
    sources.sort();
    sources.dedup();
    format!(
        "{}<h3>How to read them, and sources</h3>\n{}",
        table(
            &["coefficient", "value", "interval", "units", "in words", "notes"],
            &lines
        ),
        list(&sources)
    )
}

pub(super) fn lines(lines: &[BreakdownLine]) -> String {
    if lines.is_empty() {
        return String::new();
    }
    let rows: Vec<Vec<String>> = lines
        .iter()
        .flat_map(|line| {
            line.rows.iter().map(|row| {
                let (value, interval) = shown(row);
                vec![
                    line.label.clone(),
                    line.units.to_string(),
                    line.positives.to_string(),
                    format!("{}: {}", row.label, row.detail),
                    value,
                    interval,
                    row.words.clone(),
                ]
            })
        })
        .collect();
    table(
        &[
            "",
            "units",
            "marked",
            "coefficient",
            "value",
            "interval",
            "in words",
        ],
        &rows,
    )
}

pub(super) fn session_counts(outcome: &AgreementOutcome) -> String {
    let splits: Vec<&str> = outcome
        .case_splits
        .iter()
        .map(|split| split.words.as_str())
        .collect();
    format!("{}{}", lines(&outcome.session_counts), list(&splits))
}

pub(super) fn heat_map(map: &HeatMap) -> String {
    let head: Vec<&str> = std::iter::once(map.statistic.as_str())
        .chain(map.raters.iter().map(String::as_str))
        .collect();
    let rows: Vec<Vec<String>> = (0_u32..)
        .zip(&map.raters)
        .map(|(row, rater)| {
            let cells = (0_u32..).zip(&map.raters).map(|(column, _)| {
                map.cells
                    .iter()
                    .find(|cell| cell.row == row && cell.column == column)
                    .map_or_else(String::new, |cell| estimate(cell.estimate))
            });
            std::iter::once(rater.clone()).chain(cells).collect()
        })
        .collect();
    format!("{}{}", table(&head, &rows), paragraph(&map.sentence))
}

pub(super) fn confusion(confusion: &Confusion) -> String {
    let [first, second] = &confusion.pair;
    let head: Vec<&str> = std::iter::once("")
        .chain(confusion.categories.iter().map(String::as_str))
        .collect();
    let rows: Vec<Vec<String>> = confusion
        .categories
        .iter()
        .zip(&confusion.counts)
        .map(|(category, counts)| {
            std::iter::once(category.clone())
                .chain(counts.iter().map(u32::to_string))
                .collect()
        })
        .collect();
    let content = format!(
        "<p class=\"quiet\">{} units; {} missing for one of the two</p>\n{}",
        confusion.units,
        confusion.missing,
        table(&head, &rows)
    );
    section(&format!("{first} (rows) × {second} (columns)"), &content)
}

pub(super) fn curve(curve: &ThresholdCurve) -> String {
    let rows: Vec<Vec<String>> = curve
        .points
        .iter()
        .map(|point| {
            let own = (point.cut - curve.study_cut).abs() < 1e-9;
            vec![
                format!("{}{}", plain(point.cut), if own { " (the rule’s)" } else { "" }),
                estimate(point.specific_rupture),
                estimate(point.specific_strain),
                estimate(point.kappa),
                estimate(point.ac1),
                estimate(point.alpha),
                percent(point.rupture_rate),
                percent(point.strain_rate),
            ]
        })
        .collect();
    let head = [
        "cut",
        "specific agreement, rupture",
        "specific agreement, strain",
        "κ, rupture or not",
        "AC1",
        "α",
        "ruptures",
        "strains",
    ];
    let raw = curve.raw.as_ref().map_or_else(String::new, |raw| {
        let (value, interval) = shown(raw);
        paragraph(&format!("{}: {value} {interval} ({})", raw.label, raw.detail))
    });
    format!("{}{raw}{}", table(&head, &rows), paragraph(&curve.sentence))
}

pub(super) fn differences(outcome: &AgreementOutcome) -> String {
    let rows: Vec<Vec<String>> = outcome
        .bias
        .iter()
        .map(|bias| {
            vec![
                bias.rater.clone(),
                bias.of.clone(),
                format!("{:.3}", bias.own),
                format!("{:.3}", bias.others),
                match (bias.difference.value, bias.difference.low, bias.difference.high) {
                    (Some(value), Some(low), Some(high)) => format!("{value:.3} [{low:.3}, {high:.3}]"),
                    (Some(value), _, _) => format!("{value:.3}"),
                    _ => "–".to_owned(),
                },
                bias.units.to_string(),
                bias.words.clone(),
            ]
        })
        .collect();
    let drift: Vec<&str> = outcome.drift.iter().map(|line| line.words.as_str()).collect();
    format!(
        "{}<h3>Drift by date of coding</h3>\n{}",
        table(
            &[
                "rater",
                "of",
                "own, per unit",
                "others",
                "difference",
                "units",
                "in words"
            ],
            &rows
        ),
        list(&drift)
    )
}

pub(super) fn base_rates(rates: &[BaseRate]) -> String {
    let rows: Vec<Vec<String>> = rates
        .iter()
        .map(|rate| {
            vec![
                rate.rater.clone(),
                rate.category.clone(),
                format!("{} of {}", rate.positives, rate.units),
                percent(rate.rate),
                rate.warning.clone().unwrap_or_default(),
            ]
        })
        .collect();
    table(&["rater", "category", "units", "rate", "warning"], &rows)
}

pub(super) fn sensitivity(lines: &[SensitivityLine]) -> String {
    let rows: Vec<Vec<String>> = lines
        .iter()
        .map(|line| {
            vec![
                line.within.clone(),
                line.matched.to_string(),
                line.unmatched.to_string(),
                estimate(line.overlap),
            ]
        })
        .collect();
    format!(
        "{}{}",
        table(&["may match", "pairs matched", "by one only", "overlap"], &rows),
        paragraph(
            "Overlap is 2 × matched ÷ (2 × matched + by one only), over pairs of raters. It is not corrected for chance."
        )
    )
}

pub(super) fn needed(needed: &[SessionsNeeded]) -> String {
    let items: Vec<String> = needed
        .iter()
        .map(|needed| format!("{}: {}", needed.statistic, needed.words))
        .collect();
    format!(
        "{}{}",
        paragraph(
            "Assumed: more sessions are like these, and the width of an interval shrinks with the square root of their number: sessions now × (width now ÷ width wanted)².",
        ),
        list(&items)
    )
}

pub(super) fn disagreements(units: &[ComparedUnit], all: u32) -> String {
    let listed = u32::try_from(units.len()).unwrap_or(u32::MAX);
    let mut parts = String::new();
    if all > listed {
        parts.push_str(&paragraph(&format!("The {listed} largest of {all}.")));
    }
    for unit in units {
        parts.push_str(&format!(
            "<h3>{} · {}–{}</h3>\n",
            escaped(&unit.session),
            moment(u64::from(unit.start_ms)),
            moment(u64::from(unit.end_ms))
        ));
        if !unit.excerpt.is_empty() {
            parts.push_str(&format!("<blockquote>{}</blockquote>\n", escaped(&unit.excerpt)));
        }
        let rows: Vec<Vec<String>> = unit
            .says
            .iter()
            .map(|says| vec![says.rater.clone(), says.value.clone(), says.names.join(", ")])
            .collect();
        parts.push_str(&table(&["rater", "says", "codes"], &rows));
    }
    parts
}

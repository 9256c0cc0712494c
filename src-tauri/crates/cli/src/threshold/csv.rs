//! A sweep as CSV: one row for each source and value, agreement in the rows of its cuts.

use sunder_api::wire::{SweepReport, SweepRow};

const PLAIN: [&str; 14] = [
    "source",
    "of_record",
    "parameter",
    "value",
    "conflicts",
    "ruptures",
    "strains",
    "unscored",
    "ruptures_built_from",
    "accumulations_proposed",
    "sessions_with_rupture",
    "sessions_with_strain",
    "cases_with_rupture",
    "cases_with_strain",
];

const AGREEMENT: [&str; 8] = [
    "agreement_rupture",
    "agreement_rupture_low",
    "agreement_rupture_high",
    "agreement_strain",
    "agreement_strain_low",
    "agreement_strain_high",
    "prevalence_rupture",
    "prevalence_strain",
];

/// The whole table, with its heading.
pub(super) fn table(report: &SweepReport) -> String {
    let mut lines = vec![heading(report)];
    for source in &report.sources {
        for row in &source.rows {
            let mut fields = vec![
                quoted(&source.words),
                source.of_record.to_string(),
                report.parameter.clone(),
                row.value.to_string(),
            ];
            fields.extend(counts(row));
            fields.extend(agreement(report, row.value));
            lines.push(fields.join(","));
        }
    }
    lines.push(String::new());
    lines.join("\n")
}

fn heading(report: &SweepReport) -> String {
    let mut names: Vec<String> = PLAIN.map(str::to_owned).to_vec();
    if let Some(row) = report.sources.first().and_then(|source| source.rows.first()) {
        let parts = row
            .modes
            .iter()
            .map(|share| format!("mode_{}", share.mode))
            .chain(row.relationships.iter().map(|share| {
                let name = share
                    .relationship
                    .map_or("not_set", |relationship| relationship.key());
                format!("relationship_{name}")
            }));
        for part in parts {
            names.extend(["ruptures", "strains", "unscored"].map(|class| format!("{part}_{class}")));
        }
    }
    names.extend(AGREEMENT.map(str::to_owned));
    names.join(",")
}

fn counts(row: &SweepRow) -> Vec<String> {
    let mut fields = vec![
        row.conflicts.to_string(),
        row.counts.ruptures.to_string(),
        row.counts.strains.to_string(),
        row.counts.unscored.to_string(),
        row.built_from.to_string(),
        row.proposed
            .map(|proposed| proposed.to_string())
            .unwrap_or_default(),
        row.sessions_with_rupture.to_string(),
        row.sessions_with_strain.to_string(),
        row.cases_with_rupture.to_string(),
        row.cases_with_strain.to_string(),
    ];
    let shares = row
        .modes
        .iter()
        .map(|share| share.counts)
        .chain(row.relationships.iter().map(|share| share.counts));
    for counts in shares {
        fields.extend([counts.ruptures, counts.strains, counts.unscored].map(|count| count.to_string()));
    }
    fields
}

fn agreement(report: &SweepReport, value: f64) -> Vec<String> {
    let point = report.agreement.as_ref().and_then(|agreement| {
        agreement
            .points
            .iter()
            .find(|point| (point.cut - value).abs() < 1e-9)
    });
    let shown = |value: Option<f64>| value.map(|value| value.to_string()).unwrap_or_default();
    match point {
        Some(point) => {
            let (rupture, strain) = (&point.specific_rupture, &point.specific_strain);
            [
                rupture.value,
                rupture.low,
                rupture.high,
                strain.value,
                strain.low,
                strain.high,
                Some(point.rupture_rate),
                Some(point.strain_rate),
            ]
            .map(shown)
            .to_vec()
        }
        None => vec![String::new(); AGREEMENT.len()],
    }
}

fn quoted(text: &str) -> String {
    if text.contains([',', '"', '\n']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text.to_owned()
    }
}

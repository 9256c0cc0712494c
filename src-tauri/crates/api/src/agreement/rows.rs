//! Measurements as rows of the table: what they are called, in plain words, and who said so.

use sunder_agreement::{Category, Level, Measurement, Pair, measure_named, span_measures};

use super::measuring::Measured;
use crate::wire::{AgreementRow, IntervalView, Line, MeasurementView};

/// What a row is called.
#[derive(Debug, Clone)]
pub(crate) struct Naming {
    pub(crate) line: Line,
    pub(crate) label: String,
    pub(crate) detail: String,
}

/// A row of the table. `lean` leaves out what the main table says already.
pub(crate) fn row(measured: &Measured, naming: Naming, lean: bool) -> AgreementRow {
    let measurement = &measured.main;
    let (help, citation) = reading(&measurement.statistic);
    let text = |text: &str| if lean { String::new() } else { text.to_owned() };
    let category = measurement
        .category
        .as_ref()
        .map(|category| format!("/{}", category_name(category)))
        .unwrap_or_default();
    AgreementRow {
        id: format!(
            "{}/{}{category}",
            line_key(naming.line),
            statistic_name(&measurement.statistic)
        ),
        line: naming.line,
        label: naming.label,
        detail: naming.detail,
        words: words(measurement),
        help: text(help),
        citation: text(citation),
        words_citation: measurement
            .band
            .as_ref()
            .map(|band| band_citation(&band.scale).to_owned())
            .unwrap_or_default(),
        lowest: lowest(measurement),
        highest: 1.0,
        measurement: view(measurement),
        results: measured.all.clone(),
    }
}

/// How to read a statistic, and where its formula is from.
fn reading(statistic: &str) -> (&'static str, &'static str) {
    let name = statistic_name(statistic);
    let of_spans = || span_measures().iter().find(|measure| measure.name == name);
    measure_named(name)
        .map(|measure| (measure.reading, measure.source))
        .or_else(|| of_spans().map(|measure| (measure.reading, measure.source)))
        .unwrap_or_default()
}

/// The name without the category that it is asked of.
fn statistic_name(statistic: &str) -> &str {
    statistic.split_once(':').map_or(statistic, |(name, _)| name)
}

const fn line_key(line: Line) -> &'static str {
    match line {
        Line::Detection => "detection",
        Line::Judgement => "judgement",
        Line::Combined => "combined",
        Line::Category => "category",
        Line::Reliability => "reliability",
        Line::Spans => "spans",
    }
}

/// A category as it is written.
pub(crate) fn category_name(category: &Category) -> String {
    match category {
        Category::Number(number) => number.to_string(),
        Category::Label(label) => label.clone(),
    }
}

pub(crate) const fn level_name(level: Level) -> &'static str {
    match level {
        Level::Nominal => "nominal",
        Level::Ordinal => "ordinal",
        Level::Interval => "interval",
        Level::Ratio => "ratio",
    }
}

/// The measurement as it crosses the door.
pub(crate) fn view(measurement: &Measurement) -> MeasurementView {
    let small = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    MeasurementView {
        statistic: measurement.statistic.clone(),
        level: measurement.level.map(|level| level_name(level).to_owned()),
        pair: match &measurement.pair {
            None => Vec::new(),
            Some(Pair::Of(names)) => names.to_vec(),
            Some(Pair::Over(what)) => vec![(*what).to_owned()],
        },
        category: measurement.category.as_ref().map(category_name),
        value: measurement.value,
        se: measurement.se,
        interval: measurement
            .bootstrap_ci
            .as_ref()
            .or(measurement.ci.as_ref())
            .map(|interval| IntervalView {
                low: interval.low,
                high: interval.high,
                confidence: interval.confidence,
                method: interval.method.clone(),
                samples: interval.samples.map(small),
                clusters: interval.clusters.map(small),
            }),
        units: small(measurement.units),
        units_used: small(measurement.units_used),
        raters: small(measurement.raters),
        missing: small(measurement.missing),
        reason: measurement.reason.clone(),
        notes: measurement.notes.clone(),
        fields: measurement.fields.clone(),
    }
}

/// `substantial · Landis & Koch (1977)`, or why there is no word or no value.
fn words(measurement: &Measurement) -> String {
    if let Some(reason) = &measurement.reason {
        return format!("no value: {reason}");
    }
    if let Some(band) = &measurement.band {
        return format!("{} · {}", band.label, band.scale);
    }
    if measurement.notes.iter().any(|note| note.starts_with("rare")) {
        return "no label: rare category".to_owned();
    }
    "no label".to_owned()
}

/// Where the words of a scale are from, in full.
fn band_citation(scale: &str) -> &'static str {
    match scale.split_once(" (").map_or(scale, |(name, _)| name) {
        "Landis & Koch" => {
            "Landis, J. R., & Koch, G. G. (1977). The measurement of observer agreement for categorical data. Biometrics, 33, 159–174."
        }
        "Krippendorff" => {
            "Krippendorff, K. (2004). Reliability in content analysis: Some common misconceptions and recommendations. Human Communication Research, 30, 411–433."
        }
        "Koo & Li" => {
            "Koo, T. K., & Li, M. Y. (2016). A guideline of selecting and reporting intraclass correlation coefficients for reliability research. Journal of Chiropractic Medicine, 15, 155–163."
        }
        "Cicchetti" => {
            "Cicchetti, D. V. (1994). Guidelines, criteria, and rules of thumb for evaluating normed and standardized assessment instruments in psychology. Psychological Assessment, 6, 284–290."
        }
        _ => "",
    }
}

/// The range to draw it in: from 0, or from −1 where it is below.
fn lowest(measurement: &Measurement) -> f64 {
    let low = measurement
        .bootstrap_ci
        .as_ref()
        .or(measurement.ci.as_ref())
        .and_then(|interval| interval.low);
    let below = |value: Option<f64>| value.is_some_and(|value| value < 0.0);
    if below(measurement.value) || below(low) {
        -1.0
    } else {
        0.0
    }
}

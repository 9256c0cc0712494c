//! Measurements as rows of the table: what they are called, in plain words, and who said so.

use sunder_agreement::{Category, Level, Measurement, Pair, Wordless, measure_named, span_measures};

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
        detail: detail(naming.detail, measurement),
        words: words(measurement),
        help: text(help),
        citation: text(citation),
        words_citation: measurement
            .band
            .as_ref()
            .map(|band| band_citation(&band.scale).to_owned())
            .unwrap_or_default(),
        measurement: view(measurement),
        results: measured.all.clone(),
    }
}

/// What an intraclass correlation is of says how many units went into it, where some did not.
fn detail(said: String, measurement: &Measurement) -> String {
    let (used, all) = (measurement.units_used, measurement.units);
    if used < all && statistic_name(&measurement.statistic).starts_with("icc") {
        format!("{said}; n = {used} of {all}")
    } else {
        said
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
        interval: measurement.shown_interval().map(|interval| IntervalView {
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
    match &measurement.wordless {
        Some(Wordless::Never(why)) => format!("no label: {why}"),
        Some(Wordless::Rare(names)) => match names.as_slice() {
            [] => "no label".to_owned(),
            [only] => format!("no label: too few of “{only}”"),
            [one, other] => format!("no label: too few of “{one}” and of “{other}”"),
            [first, more @ ..] => format!("no label: too few of “{first}” and of {} more", more.len()),
        },
        Some(Wordless::CodedUnitsOnly) => "no label: chance is not corrected for".to_owned(),
        None => "no label".to_owned(),
    }
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

/// Where the scale begins that all coefficients of a comparison are drawn on, so that they compare: at 0, or at the
/// fifth below the lowest limit. What is below −1 lies at its end.
pub(crate) fn lowest<'a>(rows: impl Iterator<Item = &'a AgreementRow>) -> f64 {
    const STEPS: f64 = 5.0;
    let lowest = rows
        .map(|row| &row.measurement)
        .flat_map(|measured| {
            [
                measured.value,
                measured.interval.as_ref().and_then(|interval| interval.low),
            ]
        })
        .flatten()
        .fold(0.0, f64::min);
    ((lowest * STEPS).floor() / STEPS).clamp(-1.0, 0.0)
}

#[cfg(test)]
mod tests {
    use sunder_agreement::{
        Bootstrap, BootstrapInterval, Frame, Level, Matrix, Request, Span, SpanRequest, SpanStatistic, Spans,
        measure, measure_spans,
    };

    use super::{Measurement, view, words};

    /// What is said of every result of a statistic over two raters who agree on so many of each category.
    fn said(statistic: &str, counts: [usize; 3]) -> Vec<String> {
        let names = ["nothing", "strain", "rupture"];
        let cells: Vec<Option<&str>> = names
            .iter()
            .zip(counts)
            .flat_map(|(name, count)| vec![Some(*name); 2 * count])
            .collect();
        let raters = vec!["A".to_owned(), "B".to_owned()];
        let matrix = Matrix::labels(raters, &cells, Some(&names.map(str::to_owned))).unwrap();
        let measured = measure(&matrix, &Request::new(statistic, Level::Nominal)).unwrap();
        measured.iter().map(words).collect()
    }

    #[test]
    fn the_words_say_why_there_is_no_word() {
        // 930, 50 and 20 units: rupture is rare, whatever holds the others.
        let rare = [930, 50, 20];
        assert_eq!(said("cohen-kappa", rare), ["no label: too few of “rupture”"]);
        assert_eq!(
            said("krippendorff-alpha", [930, 40, 30]),
            ["no label: too few of “strain” and of “rupture”"]
        );
        assert_eq!(
            said("gwet-ac1", rare),
            ["no label: the words for κ would flatter it"]
        );
        assert_eq!(
            said("percent-agreement", rare),
            ["no label: chance is not taken off"]
        );
        assert_eq!(
            said("specific-agreement:nothing", rare),
            ["no label: chance is not taken off"]
        );
        assert_eq!(
            said("bias-index", rare),
            ["no label: it describes the ratings, not agreement"; 3]
        );
    }

    #[test]
    fn the_word_of_an_icc_is_of_the_interval_that_is_shown() {
        let cells: Vec<Option<f64>> = [9, 2, 5, 8, 6, 1, 3, 2, 8, 4, 6, 2]
            .map(|score| Some(f64::from(score)))
            .into();
        let matrix = Matrix::numbers(vec!["A".to_owned(), "B".to_owned()], &cells, None).unwrap();
        let mut request = Request::new("icc-2-1", Level::Interval);
        request.bootstrap = Some(Bootstrap {
            samples: 50,
            seed: 1,
            interval: BootstrapInterval::Percentile,
        });
        let measured = measure(&matrix, &request).unwrap();
        let by_interval = |each: &&Measurement| words(each).contains("by the 95 % interval");
        let own: Vec<&Measurement> = measured.iter().filter(by_interval).collect();
        assert!(!own.is_empty());
        for each in own {
            assert!(each.bootstrap_ci.is_some());
            assert_eq!(view(each).interval.unwrap().method, "F");
        }
    }

    #[test]
    fn a_category_of_93_percent_has_its_word_though_another_is_rare() {
        let perfect = "almost perfect · Landis & Koch (1977)";
        assert_eq!(
            said("fleiss-kappa", [930, 50, 20]),
            [
                "no label: too few of “rupture”",
                perfect,
                perfect,
                "no label: too few of “rupture”"
            ]
        );
    }

    #[test]
    fn without_rare_categories_there_is_a_word() {
        assert_eq!(
            said("cohen-kappa", [30, 30, 30]),
            ["almost perfect · Landis & Koch (1977)"]
        );
    }

    #[test]
    fn stretches_have_no_published_words() {
        let span = |rater: &str| Span {
            rater: rater.to_owned(),
            label: "strain".to_owned(),
            start_ms: 10,
            end_ms: 20,
            session: None,
        };
        let frame = Frame {
            length_ms: Some(100),
            ..Frame::default()
        };
        let spans = Spans::new(&[span("A"), span("B")], &frame).unwrap();
        let request = SpanRequest {
            statistics: vec![SpanStatistic::UAlpha, SpanStatistic::MatchedF1],
            ..SpanRequest::default()
        };
        let mut said: Vec<String> = measure_spans(&spans, &request)
            .unwrap()
            .iter()
            .map(words)
            .collect();
        said.dedup();
        assert_eq!(
            said,
            [
                "no label: no band is published for free stretches",
                "no label: chance is not taken off"
            ]
        );
    }
}

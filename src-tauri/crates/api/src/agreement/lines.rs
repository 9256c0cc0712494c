//! The three lines that always stand together, and what stands beside them: (a) is there anything; (b) what it is,
//! where both marked something; (c) both at once, what only one marked being nothing for the other.

use sunder_agreement::{Level, Matrix, Measurement};

use super::measuring::{Data, Measured, Measuring};
use super::rows::{Naming, category_name, row};
use super::values::{RUPTURE, Reading, Readings, Scale};
use super::watch::Stopped;
use crate::wire::{AgreementRow, Line, MissingChoice};

/// One statistic of one line.
struct Asked {
    line: Line,
    data: Data,
    statistic: &'static str,
    /// A category that the statistic is asked of.
    category: Option<String>,
    level: Level,
    label: String,
    detail: String,
}

/// How many units two or more marked, and how many one alone, of those that two or more have seen.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Marked {
    pub(crate) by_several: u32,
    pub(crate) by_one: u32,
}

impl Marked {
    /// Over units that at least two of these columns have seen.
    pub(crate) fn of(readings: &Readings, columns: &[usize], keep: impl Fn(usize) -> bool) -> Self {
        let mut marked = Self::default();
        for (_, row) in readings.rows().enumerate().filter(|(unit, _)| keep(*unit)) {
            let there: Vec<bool> = columns
                .iter()
                .filter_map(|column| row.get(*column))
                .filter_map(|reading| readings.scale.something(*reading))
                .collect();
            if there.len() < 2 {
                continue;
            }
            match there.iter().filter(|there| **there).count() {
                0 => {}
                1 => marked.by_one += 1,
                _ => marked.by_several += 1,
            }
        }
        marked
    }
}

/// What the units are called in the rows' details.
#[derive(Debug, Clone)]
pub(crate) struct UnitWords {
    /// `per window`.
    pub(crate) per: String,
    /// `conflict`.
    pub(crate) something: String,
    /// `strain or rupture`.
    pub(crate) value: String,
    /// From which values intraclass correlations are: `REML`.
    pub(crate) cells: &'static str,
}

/// What is said of intraclass correlations under this treatment of missing values.
pub(crate) const fn cells(missing: MissingChoice) -> &'static str {
    match missing {
        MissingChoice::Components => "REML",
        MissingChoice::Listwise => "units that all coded",
    }
}

/// How much is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Extent {
    /// The whole table.
    Full,
    /// One or two coefficients of each line, for pairs and parts.
    Brief,
}

/// The rows over these columns and units.
///
/// # Errors
/// [`Stopped`] where somebody asked for it.
pub(crate) fn rows(
    measuring: &Measuring<'_>,
    readings: &Readings,
    words: &UnitWords,
    extent: Extent,
    columns: &[usize],
    keep: impl Fn(usize) -> bool,
) -> Result<Vec<AgreementRow>, Stopped> {
    let marked = Marked::of(readings, columns, &keep);
    let mut asked = Vec::new();
    let scale = &readings.scale;
    if scale.nothing.is_some() || scale.counts {
        asked.extend(detection(words, extent));
    }
    if scale.counts {
        asked.extend(counts(words, extent));
    } else if scale.nothing.is_some() {
        if scale.categories.len() > 1 {
            asked.extend(judgement(scale, words, marked, extent));
            asked.extend(combined(scale, words, extent));
        }
        if extent == Extent::Full {
            asked.extend(categories(readings, words));
        }
    } else {
        asked.extend(ratings(words, extent));
    }
    let mut rows = Vec::new();
    let mut matrix: Option<(Data, Option<Matrix>)> = None;
    let mut measured: Option<(Data, &str, Vec<Measurement>)> = None;
    for asked in asked {
        // Rows of one line stand together, and so do the categories of a statistic: each is made once.
        if matrix.as_ref().is_none_or(|(data, _)| *data != asked.data) {
            let made = measuring.matrix(readings, asked.data, columns, &keep);
            matrix = Some((asked.data, made));
        }
        let Some((_, Some(matrix))) = &matrix else {
            continue;
        };
        let is_known = measured
            .as_ref()
            .is_some_and(|(data, statistic, _)| *data == asked.data && *statistic == asked.statistic);
        if !is_known {
            let all = measuring.all(matrix, asked.statistic, asked.level)?;
            measured = Some((asked.data, asked.statistic, all));
        }
        let own = measured.iter().flat_map(|(_, _, all)| all);
        let found = match &asked.category {
            Some(category) => Measured::of(
                own.filter(|measurement| {
                    measurement.category.as_ref().map(category_name).as_ref() == Some(category)
                })
                .cloned()
                .collect(),
            ),
            None => Measured::of(own.cloned().collect()),
        };
        if let Some(found) = found {
            let naming = Naming {
                line: asked.line,
                label: asked.label,
                detail: asked.detail,
            };
            rows.push(row(&found, naming, extent == Extent::Brief));
        }
    }
    Ok(rows)
}

fn detection(words: &UnitWords, extent: Extent) -> Vec<Asked> {
    let ask = |statistic, category: Option<&str>, sign: &str| Asked {
        line: Line::Detection,
        data: Data::Detection,
        statistic,
        category: category.map(str::to_owned),
        level: Level::Nominal,
        label: "Detection".to_owned(),
        detail: format!("{sign}, {} or nothing, {}", words.something, words.per),
    };
    let mut asked = vec![
        ask("cohen-kappa", None, "κ"),
        ask("krippendorff-alpha", None, "α nominal"),
    ];
    if extent == Extent::Full {
        asked.extend([
            ask("gwet-ac1", None, "AC1"),
            ask("specific-agreement", Some("marked"), "specific agreement"),
            ask("percent-agreement", None, "percent agreement"),
            ask("prevalence-index", Some("marked"), "prevalence index"),
            ask("bias-index", Some("marked"), "bias index"),
        ]);
    }
    asked
}

fn judgement(scale: &Scale, words: &UnitWords, marked: Marked, extent: Extent) -> Vec<Asked> {
    let ask = |statistic, level, data, sign: &str| Asked {
        line: Line::Judgement,
        data,
        statistic,
        category: None,
        level,
        label: format!("{} where both marked", capital(&words.value)),
        detail: format!("{sign}; n = {}, {} by one only", marked.by_several, marked.by_one),
    };
    let mut asked = if scale.ordered && scale.categories.len() > 2 {
        vec![
            ask(
                "weighted-kappa-quadratic",
                Level::Ordinal,
                Data::Judgement,
                "κ weighted, quadratic",
            ),
            ask("krippendorff-alpha", Level::Ordinal, Data::Judgement, "α ordinal"),
            ask(
                "gwet-ac2-quadratic",
                Level::Ordinal,
                Data::Judgement,
                "AC2, quadratic",
            ),
            ask("icc-2-1", Level::Interval, Data::Numbers, "ICC(2,1) = ICC(A,1)"),
        ]
    } else {
        vec![
            ask("cohen-kappa", Level::Nominal, Data::Judgement, "κ"),
            ask("krippendorff-alpha", Level::Nominal, Data::Judgement, "α nominal"),
            ask("gwet-ac1", Level::Nominal, Data::Judgement, "AC1"),
        ]
    };
    if extent == Extent::Brief {
        asked.truncate(2);
    }
    asked
}

fn combined(scale: &Scale, words: &UnitWords, extent: Extent) -> Vec<Asked> {
    let order = if scale.ordered {
        let mut names = vec!["nothing".to_owned()];
        names.extend(scale.categories.iter().cloned());
        names.join(" < ")
    } else {
        format!("nothing or {}", words.value)
    };
    let ask = |statistic, level, sign: &str| Asked {
        line: Line::Combined,
        data: Data::Combined,
        statistic,
        category: None,
        level,
        label: "Both together".to_owned(),
        detail: format!("{sign}: {order}"),
    };
    let mut asked = if scale.ordered {
        vec![
            ask("krippendorff-alpha", Level::Ordinal, "α ordinal"),
            ask("weighted-kappa-linear", Level::Ordinal, "κ weighted, linear"),
            ask("gwet-ac2-linear", Level::Ordinal, "AC2, linear"),
        ]
    } else {
        vec![
            ask("krippendorff-alpha", Level::Nominal, "α nominal"),
            ask("cohen-kappa", Level::Nominal, "κ"),
            ask("gwet-ac1", Level::Nominal, "AC1"),
        ]
    };
    if extent == Extent::Brief {
        asked.truncate(1);
    }
    asked
}

/// Specific agreement of every category that occurs; of ruptures also the coefficients of rupture or not.
fn categories(readings: &Readings, words: &UnitWords) -> Vec<Asked> {
    let scale = &readings.scale;
    let occurs = |place: u16| readings.cells.contains(&Reading::Category(place));
    let mut asked = Vec::new();
    let specific = |name: &str| Asked {
        line: Line::Category,
        data: Data::Combined,
        statistic: "specific-agreement",
        category: Some(name.to_owned()),
        level: Level::Nominal,
        label: "Specific agreement".to_owned(),
        detail: name.to_owned(),
    };
    let named = || {
        (0_u16..)
            .zip(&scale.categories)
            .filter(|(place, _)| occurs(*place))
    };
    if scale.categories.len() > 1 {
        asked.extend(named().map(|(_, name)| specific(name)));
        asked.extend(scale.nothing.map(specific));
        for (statistic, label) in [
            ("prevalence-index", "Prevalence index"),
            ("bias-index", "Bias index"),
        ] {
            asked.extend(named().map(|(_, name)| Asked {
                statistic,
                label: label.to_owned(),
                ..specific(name)
            }));
        }
    }
    if scale.ordered && scale.categories.len() == 2 {
        let name = scale
            .categories
            .get(usize::from(RUPTURE))
            .cloned()
            .unwrap_or_default();
        let rate = rate(readings, RUPTURE);
        let ask = |statistic, label: &str| Asked {
            line: Line::Category,
            data: Data::One(RUPTURE),
            statistic,
            category: None,
            level: Level::Nominal,
            label: label.to_owned(),
            detail: format!("{name} or not, {}; prevalence {:.0} %", words.per, rate * 100.0),
        };
        asked.extend([
            ask("gwet-ac1", "Gwet’s AC1"),
            ask("cohen-kappa", "Cohen’s κ"),
            ask("krippendorff-alpha", "Krippendorff’s α"),
        ]);
    }
    asked
}

/// Share of all values that are this category.
pub(crate) fn rate(readings: &Readings, category: u16) -> f64 {
    let known = readings
        .cells
        .iter()
        .filter(|cell| !matches!(cell, Reading::Missing | Reading::Unscored));
    let all = known.clone().count();
    let own = known.filter(|cell| **cell == Reading::Category(category)).count();
    own as f64 / (all.max(1) as f64)
}

fn counts(words: &UnitWords, extent: Extent) -> Vec<Asked> {
    let mut asked = vec![numbers(
        "krippendorff-alpha",
        Line::Combined,
        "Count",
        format!("α interval, {} {}", words.something, words.per),
    )];
    asked.extend(reliability(words, extent));
    asked
}

fn ratings(words: &UnitWords, extent: Extent) -> Vec<Asked> {
    let ask = |statistic, level, sign: &str| Asked {
        line: Line::Judgement,
        data: Data::Judgement,
        statistic,
        category: None,
        level,
        label: capital(&words.value),
        detail: format!("{sign}, {}", words.per),
    };
    let mut asked = vec![ask("krippendorff-alpha", Level::Ordinal, "α ordinal")];
    if extent == Extent::Full {
        asked.extend([
            ask(
                "weighted-kappa-quadratic",
                Level::Ordinal,
                "κ weighted, quadratic",
            ),
            ask("gwet-ac2-quadratic", Level::Ordinal, "AC2, quadratic"),
            ask("percent-agreement", Level::Ordinal, "percent agreement"),
        ]);
    }
    asked.extend(reliability(words, extent));
    asked
}

/// The intraclass correlations in both namings, single and average.
pub(crate) fn reliability_forms(extent: Extent) -> &'static [(&'static str, &'static str)] {
    const FORMS: &[(&str, &str)] = &[
        ("icc-2-1", "ICC(2,1) = ICC(A,1)"),
        ("icc-2-k", "ICC(2,k) = ICC(A,k)"),
        ("icc-1-1", "ICC(1,1) = ICC(1)"),
        ("icc-1-k", "ICC(1,k) = ICC(k)"),
        ("icc-3-1", "ICC(3,1) = ICC(C,1)"),
        ("icc-3-k", "ICC(3,k) = ICC(C,k)"),
    ];
    match extent {
        Extent::Full => FORMS,
        Extent::Brief => FORMS.get(..2).unwrap_or_default(),
    }
}

fn reliability(words: &UnitWords, extent: Extent) -> Vec<Asked> {
    reliability_forms(extent)
        .iter()
        .map(|(statistic, label)| {
            let mean = if statistic.ends_with('k') {
                ", mean of the raters"
            } else {
                ""
            };
            numbers(
                statistic,
                Line::Reliability,
                label,
                format!("{} {}{mean}, {}", words.value, words.per, words.cells),
            )
        })
        .collect()
}

fn numbers(statistic: &'static str, line: Line, label: &str, detail: String) -> Asked {
    Asked {
        line,
        data: Data::NumbersAndNothing,
        statistic,
        category: None,
        level: Level::Interval,
        label: label.to_owned(),
        detail,
    }
}

/// The text with a capital at its start.
pub(crate) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters
        .next()
        .map(|first| first.to_uppercase().chain(letters).collect())
        .unwrap_or_default()
}

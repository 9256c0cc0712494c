//! One measured coefficient, in the shape that other programs read.
//!
//! Invariant: `value`, `se` and the limits of intervals are finite; where there is no value there is a reason.

use std::collections::BTreeMap;

use serde::Serialize;

/// The level of measurement that the differences of values are taken at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    Nominal,
    Ordinal,
    Interval,
    Ratio,
}

/// One coefficient over one set of data.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Measurement {
    /// The name that command line and exports use, such as `krippendorff-alpha`.
    pub statistic: String,
    /// The level that a matrix's values were taken at; absent for spans.
    pub level: Option<Level>,
    /// For coefficients of two raters: who they are, or the mean over all pairs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pair: Option<Pair>,
    /// For coefficients of one category: its label.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub category: Option<Category>,
    pub value: Option<f64>,
    /// Standard error, for independent units.
    pub se: Option<f64>,
    /// The published interval where there is one, else the bootstrap's where it was asked for.
    pub ci: Option<Interval>,
    /// The bootstrap's interval where it was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bootstrap_ci: Option<Interval>,
    /// Units of the data, rated or not.
    pub units: usize,
    /// Units that entered the coefficient.
    pub units_used: usize,
    pub raters: usize,
    /// Empty cells of units × raters.
    pub missing: usize,
    /// The categories, in order; empty where values are measured on a scale without categories.
    pub categories: Vec<Category>,
    /// A word for the number, with the scale it is from; absent where no word is warranted.
    pub band: Option<Band>,
    /// Why a value has no word; results that other programs read say it in their notes.
    #[serde(skip)]
    pub wordless: Option<Wordless>,
    /// Why there is no value.
    pub reason: Option<String>,
    /// What a reader must know beside the number.
    pub notes: Vec<String>,
    /// Further figures of the same statistic, such as precision and recall.
    #[serde(flatten)]
    pub fields: BTreeMap<String, f64>,
}

/// The method of an interval from a standard error.
pub(crate) const NORMAL: &str = "normal";

impl Measurement {
    /// The one interval to show where there is room for one: the published one; but before that of a standard error,
    /// which takes units to be independent, the bootstrap's. Words that an interval decides are of this one.
    #[must_use]
    pub fn shown_interval(&self) -> Option<&Interval> {
        let whole = |ci: &&Interval| ci.method != NORMAL && ci.low.is_some() && ci.high.is_some();
        let published = self.ci.as_ref().filter(whole);
        published.or(self.bootstrap_ci.as_ref()).or(self.ci.as_ref())
    }
}

/// Whose agreement a coefficient of two raters is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Pair {
    /// Two raters, in the order of the data's columns.
    Of([String; 2]),
    /// `"mean"`: the mean over all pairs.
    Over(&'static str),
}

/// A category: a number where the data's values are numbers, else a label.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Category {
    Number(f64),
    Label(String),
}

/// An interval of confidence.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Interval {
    /// Absent where a limit is undefined; the measurement's notes say why.
    pub low: Option<f64>,
    pub high: Option<f64>,
    /// Between 0 and 1, such as 0.95.
    pub confidence: f64,
    /// How it was found, such as `bootstrap over clusters`.
    pub method: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub samples: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seed: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub clusters: Option<usize>,
}

/// Why a value has no word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wordless {
    /// None is ever given to the statistic, and why.
    Never(&'static str),
    /// These categories are too rare for a word.
    Rare(Vec<String>),
    /// Units that nobody coded were dropped: what is left is not corrected for chance.
    CodedUnitsOnly,
}

/// A word for a number, and who proposed it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Band {
    pub scale: String,
    pub label: String,
}

//! What a caller asks for.

use crate::coverage;
use crate::measurement::Level;

/// Which statistic, at what level, and with which interval.
#[derive(Debug, Clone, PartialEq)]
pub struct Request {
    /// A name of the registry, such as `krippendorff-alpha` or `specific-agreement:LABEL`; or `all`.
    pub statistic: String,
    /// What the differences between values mean.
    pub level: Level,
    /// Between 0 and 1, such as 0.95.
    pub confidence: f64,
    pub bootstrap: Option<Bootstrap>,
    /// What intraclass correlations do about empty cells; other coefficients use every unit they can.
    pub missing: Missing,
    /// The units are only those that somebody coded, so that chance is not corrected for.
    pub coded_units_only: bool,
    /// How many threads may work; the digits are the same on any number.
    pub threads: usize,
}

impl Request {
    /// Asks for a statistic with a confidence of 0.95, no bootstrap, complete units and one thread.
    pub fn new(statistic: impl Into<String>, level: Level) -> Self {
        Self {
            statistic: statistic.into(),
            level,
            confidence: 0.95,
            bootstrap: None,
            missing: Missing::Listwise,
            coded_units_only: false,
            threads: 1,
        }
    }
}

/// Resampling of units, or of whole clusters where the matrix has them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bootstrap {
    /// How often everything is computed anew; at least 1.
    pub samples: usize,
    pub seed: u64,
    pub interval: BootstrapInterval,
}

/// How an interval is read off the resamples.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum BootstrapInterval {
    /// Quantiles of the resamples (Efron 1979).
    #[default]
    Percentile,
    /// Quantiles corrected for bias and acceleration (Efron 1987).
    Bca,
    /// Krippendorff's own, for alpha alone: pairs are drawn and expected disagreement stays fixed, which makes it
    /// narrower than the others.
    Krippendorff,
}

impl BootstrapInterval {
    /// The name of such intervals, as in [`crate::Interval::method`].
    pub(crate) fn method(self, over_clusters: bool) -> &'static str {
        match (self, over_clusters) {
            (Self::Percentile, true) => "bootstrap over clusters",
            (Self::Percentile, false) => "bootstrap over units",
            (Self::Bca, true) => "BCa bootstrap over clusters",
            (Self::Bca, false) => "BCa bootstrap over units",
            (Self::Krippendorff, _) => "Krippendorff's bootstrap (expected disagreement fixed)",
        }
    }

    /// What to say beside such intervals over so many clusters, where simulated ones held the true value too seldom
    /// or too often; `None` where they did not.
    pub fn simulated_coverage(self, clusters: usize) -> Option<String> {
        coverage::note(self.method(true), Some(clusters))
    }
}

/// What intraclass correlations do about empty cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Missing {
    /// Units that every rater rated; how many were left out is noted.
    #[default]
    Listwise,
    /// Variance components by restricted maximum likelihood from every cell.
    Components,
}

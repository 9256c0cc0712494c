//! What can be asked of spans.
//!
//! Invariant: settings are checked once, before anything is computed.

use std::num::NonZeroUsize;
use std::str::FromStr;

use super::error::SpansError;

/// A statistic of spans, under the name that command line and exports use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SpanStatistic {
    /// `all`: every statistic below. Where one does not fit the data it says so instead of failing.
    All,
    /// `u-alpha`: Krippendorff's alpha for unitizing, gaps included.
    UAlpha,
    /// `binary-alpha`: marked or not, whatever the label (|uα).
    BinaryAlpha,
    /// `cu-alpha`: labels where raters' units intersect.
    CuAlpha,
    /// `ku-alpha:LABEL`: one label where raters' units intersect; `ku-alpha` for each label.
    KuAlpha(Option<String>),
    /// `modified-kappa` of Holle & Rein 2015, for each pair.
    ModifiedKappa,
    /// `gamma` of Mathet, Widlöcher & Métivier 2015.
    Gamma,
    /// `gamma-cat` of Mathet 2017.
    GammaCat,
    /// `matched-f1`: precision, recall and F1 of spans that match one to one, for each pair.
    MatchedF1,
}

impl SpanStatistic {
    /// The name, without a label.
    pub(super) fn name(&self) -> &'static str {
        match self {
            Self::All => "all",
            Self::UAlpha => "u-alpha",
            Self::BinaryAlpha => "binary-alpha",
            Self::CuAlpha => "cu-alpha",
            Self::KuAlpha(_) => "ku-alpha",
            Self::ModifiedKappa => "modified-kappa",
            Self::Gamma => "gamma",
            Self::GammaCat => "gamma-cat",
            Self::MatchedF1 => "matched-f1",
        }
    }
}

impl FromStr for SpanStatistic {
    type Err = SpansError;

    fn from_str(name: &str) -> Result<Self, SpansError> {
        Ok(match name {
            "all" => Self::All,
            "u-alpha" => Self::UAlpha,
            "binary-alpha" => Self::BinaryAlpha,
            "cu-alpha" => Self::CuAlpha,
            "ku-alpha" => Self::KuAlpha(None),
            "modified-kappa" => Self::ModifiedKappa,
            "gamma" => Self::Gamma,
            "gamma-cat" => Self::GammaCat,
            "matched-f1" => Self::MatchedF1,
            "boundary-similarity" => return Err(SpansError::NeedsMasses),
            _ => match name.strip_prefix("ku-alpha:") {
                Some(label) => Self::KuAlpha(Some(label.to_owned())),
                None => {
                    return Err(SpansError::UnknownStatistic {
                        name: name.to_owned(),
                    });
                }
            },
        })
    }
}

/// What to compute, and how.
#[derive(Debug, Clone, PartialEq)]
pub struct SpanRequest {
    pub statistics: Vec<SpanStatistic>,
    /// Two spans may be linked where intersection / longer reaches this; above 0, at most 1.
    pub threshold: f64,
    pub gamma: GammaSettings,
    /// Intervals from resampled sessions, for everything but gamma.
    pub bootstrap: Option<SpanBootstrap>,
    /// How many threads may work; the numbers are the same with any.
    pub threads: NonZeroUsize,
}

impl Default for SpanRequest {
    /// Everything, with the published settings.
    fn default() -> Self {
        Self {
            statistics: vec![SpanStatistic::All],
            threshold: 0.6,
            gamma: GammaSettings::default(),
            bootstrap: None,
            threads: std::thread::available_parallelism().unwrap_or(NonZeroUsize::MIN),
        }
    }
}

/// How gamma is computed.
#[derive(Debug, Clone, PartialEq)]
pub struct GammaSettings {
    /// Weight of the difference in position (α), at least 0.
    pub alpha: f64,
    /// Weight of a difference in label (β), at least 0.
    pub beta: f64,
    /// Cost of a unit that is left alone (Δ∅), above 0.
    pub empty: f64,
    /// Random continua to begin with, at least 2; 30 in the paper.
    pub samples: usize,
    /// Relative error of the expected disorder (at 95 %) that decides how many more are drawn, such as 0.02;
    /// `None`: no more.
    pub precision: Option<f64>,
    /// However fine the precision, no more samples than this are drawn.
    pub most_samples: usize,
    pub seed: u64,
    /// Steps that the search for one best alignment may take. Where they do not suffice, the result is the best
    /// alignment found and says how far from the best it can be.
    pub search_limit: usize,
}

impl Default for GammaSettings {
    fn default() -> Self {
        Self {
            alpha: 1.0,
            beta: 1.0,
            empty: 1.0,
            samples: 30,
            precision: Some(0.02),
            most_samples: 10_000,
            seed: 1,
            search_limit: 20_000_000,
        }
    }
}

/// A bootstrap over sessions.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SpanBootstrap {
    pub samples: usize,
    pub seed: u64,
    /// Between 0 and 1, such as 0.95.
    pub confidence: f64,
}

impl Default for SpanBootstrap {
    fn default() -> Self {
        Self {
            samples: 1000,
            seed: 1,
            confidence: 0.95,
        }
    }
}

impl SpanRequest {
    pub(super) fn check(&self) -> Result<(), SpansError> {
        let within = |setting, value: f64, good: bool, range| {
            if good {
                Ok(())
            } else {
                Err(SpansError::Setting {
                    setting,
                    value,
                    range,
                })
            }
        };
        let GammaSettings {
            alpha,
            beta,
            empty,
            samples,
            precision,
            ..
        } = self.gamma;
        within(
            "threshold",
            self.threshold,
            self.threshold > 0.0 && self.threshold <= 1.0,
            "above 0, at most 1",
        )?;
        within(
            "alpha",
            alpha,
            (0.0..=1e6).contains(&alpha),
            "between 0 and 1,000,000",
        )?;
        within(
            "beta",
            beta,
            (0.0..=1e6).contains(&beta),
            "between 0 and 1,000,000",
        )?;
        within(
            "empty",
            empty,
            empty > 0.0 && empty <= 1e6,
            "above 0, at most 1,000,000",
        )?;
        within("samples", samples as f64, samples >= 2, "2 or more")?;
        if let Some(precision) = precision {
            within(
                "precision",
                precision,
                precision > 0.0 && precision < 1.0,
                "between 0 and 1",
            )?;
        }
        if let Some(bootstrap) = self.bootstrap {
            let confidence = bootstrap.confidence;
            within(
                "confidence",
                confidence,
                confidence > 0.0 && confidence < 1.0,
                "between 0 and 1",
            )?;
            within(
                "bootstrap samples",
                bootstrap.samples as f64,
                bootstrap.samples >= 1,
                "1 or more",
            )?;
        }
        Ok(())
    }
}

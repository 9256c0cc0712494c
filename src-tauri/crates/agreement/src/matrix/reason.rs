//! Why a coefficient has no value.

use std::fmt;

/// A reason, in the words that results carry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reason {
    NoVariation,
    NoVariationBetweenUnits,
    NoUnitRatedTwice,
    NoUnitRated,
    NoCompleteUnit,
    OneCompleteUnit,
    OneCategory,
    NeverUsed,
    NegativeRatio,
    FewerThanTwoRaters,
    TooManyCategories,
    NoPairHasAValue,
    RatersNested,
    NotSeparable,
    NoResidual,
    NegativeVariance,
    OutOfRange,
}

impl fmt::Display for Reason {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::NoVariation => "no variation",
            Self::NoVariationBetweenUnits => "no variation between units",
            Self::NoUnitRatedTwice => "no unit rated twice",
            Self::NoUnitRated => "no unit rated",
            Self::NoCompleteUnit => "no unit rated by every rater",
            Self::OneCompleteUnit => "only one unit rated by every rater",
            Self::OneCategory => "one category only",
            Self::NeverUsed => "category never used",
            Self::NegativeRatio => "negative values on a ratio scale",
            Self::FewerThanTwoRaters => "fewer than two raters rated anything",
            Self::TooManyCategories => "too many different values to be taken as categories",
            Self::NoPairHasAValue => "no pair of raters has a value",
            Self::RatersNested => {
                "raters nested in units: differences between raters cannot be told from error"
            }
            Self::NotSeparable => "too few units and raters in common to tell the sources of variance apart",
            Self::NoResidual => "no residual variance (MSE = 0)",
            Self::NegativeVariance => "the variance of unit means is estimated below zero",
            Self::OutOfRange => "beyond the range of floating point numbers",
        })
    }
}

/// A finite value, or why there is none.
pub(crate) type Outcome = Result<f64, Reason>;

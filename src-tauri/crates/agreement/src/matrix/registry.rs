//! Every coefficient over a matrix: what it is for, what it assumes, where it is from and how to read it.

use super::bands::Scale;
use super::kind::Kind;
use crate::measurement::Level;

/// How many raters a coefficient is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Raters {
    /// Two: with more, one result for each pair and their mean.
    Two,
    /// Two or more at once.
    TwoOrMore,
}

/// The two names of an intraclass correlation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct IccNames {
    /// As in Shrout & Fleiss (1979), such as `ICC(2,1)`.
    pub shrout_fleiss: &'static str,
    /// As in McGraw & Wong (1996), such as `ICC(A,1)`.
    pub mcgraw_wong: &'static str,
}

/// What is known of a coefficient.
#[derive(Debug, Clone, Copy)]
pub struct Measure {
    /// The name that command line and exports use.
    pub name: &'static str,
    /// The name that people use.
    pub title: &'static str,
    pub icc: Option<IccNames>,
    /// Levels of data that it can be taken of.
    pub levels: &'static [Level],
    /// Levels at which `all` includes it.
    pub included_at: &'static [Level],
    pub raters: Raters,
    /// What it does about empty cells; never are they taken for a value.
    pub missing: &'static str,
    pub assumes: &'static str,
    pub formula: &'static str,
    pub source: &'static str,
    /// How to read it, in plain words.
    pub reading: &'static str,
    /// Whose words its values take.
    pub scale: Scale,
    /// Whether it has a standard error by formula.
    pub has_standard_error: bool,
    pub(crate) kind: Kind,
}

/// All coefficients over a matrix, in the order of results.
pub fn measures() -> &'static [Measure] {
    super::entries::ENTRIES
}

/// The coefficient of this name; what follows a colon is the category it is asked of.
pub fn measure_named(name: &str) -> Option<&'static Measure> {
    let own = name.split_once(':').map_or(name, |(own, _)| own);
    measures().iter().find(|measure| measure.name == own)
}

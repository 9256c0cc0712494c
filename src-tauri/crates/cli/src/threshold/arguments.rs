//! What can be typed after `sweep` and `rule`.

use clap::{Args, Subcommand};
use sunder_domain::Purpose;

use crate::arguments::{Who, purpose};

#[derive(Debug, Args)]
pub(crate) struct Sweep {
    /// The study file
    pub(crate) study: String,
    /// A rule to look with, as JSON; else the study's own
    #[arg(long, value_name = "FILE")]
    pub(crate) rule: Option<String>,
    /// The number to sweep over: cut, floors.FACTOR, tended.unless_score, accumulation.count, accumulation.within, overrides.N
    #[arg(long, default_value = "cut")]
    pub(crate) parameter: String,
    /// Its values; else every cut at which anything changes, or a grid
    #[arg(long, value_delimiter = ',', value_name = "A,B,…")]
    pub(crate) values: Option<Vec<f64>>,
    /// One person's codings; else the coding of record where any is fixed, else all raters side by side
    #[arg(long, value_name = "NAME")]
    pub(crate) rater: Option<String>,
    /// With --rater, codings made for this purpose: production (the default), training, recoding, expert
    #[arg(long, value_parser = purpose, requires = "rater")]
    pub(crate) purpose: Option<Purpose>,
    /// Resamples for the intervals of agreement; 0 leaves them out
    #[arg(long, default_value_t = 1_000, value_name = "N")]
    pub(crate) bootstrap: u32,
    /// Seed of the resamples
    #[arg(long, default_value_t = 1, value_name = "S")]
    pub(crate) seed: u32,
    /// Leave agreement out
    #[arg(long)]
    pub(crate) without_agreement: bool,
    #[command(flatten)]
    pub(crate) who: Who,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Rule {
    /// List the rules of a study
    List(OnlyStudy),
    /// Print a rule as JSON; the study's own where none is named
    Show(Named),
    /// Take in a rule from a JSON file as a new one
    Import(Import),
    /// Make another of its rules the study's
    Use(Chosen),
    /// Lock a rule for good
    Lock(Lock),
    /// Set two rules side by side over the same conflicts
    Compare(Compare),
}

#[derive(Debug, Args)]
pub(crate) struct OnlyStudy {
    /// The study file
    pub(crate) study: String,
    #[command(flatten)]
    pub(crate) who: Who,
}

#[derive(Debug, Args)]
pub(crate) struct Named {
    /// The study file
    pub(crate) study: String,
    /// The rule's name
    pub(crate) name: Option<String>,
    #[command(flatten)]
    pub(crate) who: Who,
}

#[derive(Debug, Args)]
pub(crate) struct Chosen {
    /// The study file
    pub(crate) study: String,
    /// The rule's name
    pub(crate) name: String,
    #[command(flatten)]
    pub(crate) who: Who,
}

#[derive(Debug, Args)]
pub(crate) struct Import {
    /// The study file
    pub(crate) study: String,
    /// The rule, as JSON
    pub(crate) file: String,
    #[command(flatten)]
    pub(crate) who: Who,
}

#[derive(Debug, Args)]
pub(crate) struct Lock {
    /// The study file
    pub(crate) study: String,
    /// The rule's name; the study's own where none is named
    pub(crate) name: Option<String>,
    /// Who locks it
    #[arg(long, value_name = "NAME")]
    pub(crate) by: String,
    /// Why
    #[arg(long, value_name = "WORDS")]
    pub(crate) reason: String,
    #[command(flatten)]
    pub(crate) who: Who,
}

#[derive(Debug, Args)]
pub(crate) struct Compare {
    /// The study file
    pub(crate) study: String,
    /// A rule file, or the name of a rule of the study
    pub(crate) one: String,
    /// Another one
    pub(crate) other: String,
    /// Whose codings; else the coding of record
    #[arg(long, value_name = "NAME")]
    pub(crate) rater: Option<String>,
    #[command(flatten)]
    pub(crate) who: Who,
}

impl Rule {
    /// Who acts.
    pub(crate) const fn who(&self) -> &Who {
        match self {
            Self::List(list) => &list.who,
            Self::Show(named) => &named.who,
            Self::Use(chosen) => &chosen.who,
            Self::Import(import) => &import.who,
            Self::Lock(lock) => &lock.who,
            Self::Compare(compare) => &compare.who,
        }
    }
}

//! What can be typed after `agreement`.

use clap::{Args, Subcommand, ValueEnum};
use sunder_api::statistics::{Level, Missing};
use sunder_domain::Purpose;

use crate::arguments::{Who, purpose};

#[derive(Debug, Subcommand)]
pub(crate) enum Agreement {
    /// Coefficients over a table of units and raters
    Matrix(Matrix),
    /// Statistics of spans that raters marked
    Spans(Spans),
    /// Agreement of the codings of a study
    Study(Study),
}

impl Agreement {
    /// Who acts.
    pub(crate) const fn who(&self) -> Option<&Who> {
        match self {
            Self::Study(study) => Some(&study.who),
            Self::Matrix(_) | Self::Spans(_) => None,
        }
    }
}

/// What differences between values mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum LevelName {
    Nominal,
    Ordinal,
    Interval,
    Ratio,
}

impl From<LevelName> for Level {
    fn from(level: LevelName) -> Self {
        match level {
            LevelName::Nominal => Self::Nominal,
            LevelName::Ordinal => Self::Ordinal,
            LevelName::Interval => Self::Interval,
            LevelName::Ratio => Self::Ratio,
        }
    }
}

/// How an interval is read off the resamples.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum IntervalName {
    Percentile,
    Bca,
    /// Krippendorff's own, of alpha alone: much narrower than the others
    Krippendorff,
}

/// What intraclass correlations do about empty cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum MissingName {
    /// Units that every rater rated
    Listwise,
    /// Variance components by REML from every cell
    Components,
}

impl From<MissingName> for Missing {
    fn from(missing: MissingName) -> Self {
        match missing {
            MissingName::Listwise => Self::Listwise,
            MissingName::Components => Self::Components,
        }
    }
}

/// How intervals are found.
#[derive(Debug, Args)]
pub(crate) struct Resampling {
    /// How often everything is resampled and computed anew; 0 for never
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(0..=1_000_000))]
    pub(crate) bootstrap: Option<u32>,
    /// Where resampling starts; the same seed gives the same digits
    #[arg(long, value_name = "S", default_value_t = 1)]
    pub(crate) seed: u32,
    /// How the interval is read off the resamples
    #[arg(long, value_enum, default_value_t = IntervalName::Percentile)]
    pub(crate) interval: IntervalName,
    /// Confidence of intervals, between 0 and 1
    #[arg(long, value_name = "P", default_value_t = 0.95, value_parser = confidence)]
    pub(crate) confidence: f64,
}

#[derive(Debug, Args)]
pub(crate) struct Matrix {
    /// unit,[cluster,]RATER1,RATER2,…; an empty cell is missing
    #[arg(value_name = "FILE.csv")]
    pub(crate) file: String,
    /// What differences between values mean
    #[arg(long, value_enum)]
    pub(crate) level: LevelName,
    /// A statistic's name, or all
    #[arg(long, value_name = "NAME", default_value = "all")]
    pub(crate) statistic: String,
    /// The scale, in order; else the values that are there
    #[arg(long, value_name = "A,B,…", value_delimiter = ',')]
    pub(crate) categories: Option<Vec<String>>,
    #[command(flatten)]
    pub(crate) resampling: Resampling,
    /// What intraclass correlations do about empty cells
    #[arg(long, value_enum, default_value_t = MissingName::Listwise)]
    pub(crate) missing: MissingName,
}

#[derive(Debug, Args)]
pub(crate) struct Spans {
    /// rater,label,start_s,end_s (or start_ms,end_ms) [,session]; with --boundaries rater,mass
    #[arg(value_name = "FILE.csv")]
    pub(crate) file: String,
    /// Length of every session; else its largest end
    #[arg(long, value_name = "SECONDS")]
    pub(crate) length: Option<f64>,
    /// Raters, also those who marked nothing
    #[arg(long, value_name = "A,B,…", value_delimiter = ',')]
    pub(crate) raters: Vec<String>,
    /// A statistic's name, or all
    #[arg(long, value_name = "NAME", default_value = "all")]
    pub(crate) statistic: String,
    /// Two spans may be linked where intersection / longer reaches this
    #[arg(long, value_name = "P", default_value_t = 0.6)]
    pub(crate) threshold: f64,
    /// The file holds masses of segments: boundary similarity of segmentations
    #[arg(long)]
    pub(crate) boundaries: bool,
    /// Boundaries less than this apart may be near misses
    #[arg(long, value_name = "N", default_value_t = 2, requires = "boundaries")]
    pub(crate) near: u64,
    /// Gamma: weight of the difference in position
    #[arg(long, value_name = "W", default_value_t = 1.0)]
    pub(crate) alpha: f64,
    /// Gamma: weight of a difference in label
    #[arg(long, value_name = "W", default_value_t = 1.0)]
    pub(crate) beta: f64,
    /// Gamma: random continua to begin with
    #[arg(long, value_name = "N", default_value_t = 30)]
    pub(crate) samples: usize,
    /// Gamma: relative error of the expected disorder, such as 0.02; 0 draws no more than the samples
    #[arg(long, value_name = "P", default_value_t = 0.02)]
    pub(crate) precision: f64,
    #[command(flatten)]
    pub(crate) resampling: Resampling,
}

/// Whose codings are set against each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum CompareName {
    /// The raters of each session
    Raters,
    /// The same rater twice
    Recoding,
    /// Each rater with the expert
    Expert,
}

/// What is left out unless it is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum KeepName {
    /// Sessions that one rater alone coded
    CodedOnce,
    Unsubmitted,
    OtherTranscripts,
    OtherCodebooks,
}

#[derive(Debug, Args)]
pub(crate) struct Study {
    /// The study file
    pub(crate) study: String,
    /// session, window:SECONDS, turn, conflict or span
    #[arg(long, value_name = "UNIT")]
    pub(crate) unit: String,
    /// presence[:KEY], frequency[:KEY], family, code, mode, relationship, significance, intensity, centrality,
    /// endangerment, class, or rating:KEY
    #[arg(long, value_name = "VALUE")]
    pub(crate) value: String,
    /// Only these raters
    #[arg(long, value_name = "A,B,…", value_delimiter = ',')]
    pub(crate) raters: Vec<String>,
    /// Only these cases
    #[arg(long = "case", value_name = "NAME")]
    pub(crate) cases: Vec<String>,
    /// Only sessions with this number
    #[arg(long, value_name = "N")]
    pub(crate) session: Option<u32>,
    /// Whose codings are set against each other
    #[arg(long, value_enum, default_value_t = CompareName::Raters)]
    pub(crate) compare: CompareName,
    /// Made for this purpose: production (the default), training, recoding, expert, consensus
    #[arg(long, value_parser = purpose)]
    pub(crate) purpose: Option<Purpose>,
    /// A rule to look with, as JSON; else the study's own
    #[arg(long, value_name = "FILE")]
    pub(crate) rule: Option<String>,
    /// Conflicts that share nothing may match where their onsets lie within so many seconds or turns: 5s, 2turns
    #[arg(long, value_name = "N")]
    pub(crate) within: Option<String>,
    /// Take in what is left out by default
    #[arg(long, value_enum, value_delimiter = ',')]
    pub(crate) keep: Vec<KeepName>,
    #[command(flatten)]
    pub(crate) resampling: Resampling,
    /// What intraclass correlations do about units that some raters did not code
    #[arg(long, value_enum, default_value_t = MissingName::Components)]
    pub(crate) missing: MissingName,
    /// Write everything as one self-contained HTML page too
    #[arg(long, value_name = "PATH")]
    pub(crate) report: Option<String>,
    /// Call raters Rater 1, Rater 2 … in the report
    #[arg(long, requires = "report")]
    pub(crate) hide_names: bool,
    /// Put words of the transcripts beside the disagreements in the report
    #[arg(long, requires = "report")]
    pub(crate) with_words: bool,
    #[command(flatten)]
    pub(crate) who: Who,
}

fn confidence(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(value) if value > 0.0 && value < 1.0 => Ok(value),
        _ => Err("give a number between 0 and 1, such as .95".to_owned()),
    }
}

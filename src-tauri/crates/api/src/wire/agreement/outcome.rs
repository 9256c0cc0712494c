//! How far a job is, and everything that it comes to.

use std::collections::BTreeMap;

use super::super::wire;
use super::basis::{AgreementBasis, ChangedCoding, LeftOut};
use super::choice::AgreementChoice;
use super::raters::{BaseRate, DriftLine, RaterBias};
use crate::wire::ApiError;

wire! { struct AgreementJob { pub job_id: u32 } }

wire! {
    /// Asks how far a job is.
    struct PollAgreement {
        pub job_id: u32,
        /// Raters as Rater 1, Rater 2 … in all that it came to.
        #[serde(default)]
        pub hide_names: bool,
    }
}

wire! {
    #[derive(Copy, Eq)]
    #[serde(rename_all = "kebab-case")]
    enum JobState { Reading, Computing, Done, Cancelled, Failed }
}

wire! {
    /// How far a job is.
    struct AgreementProgress {
        pub job_id: u32,
        pub state: JobState,
        /// 0 to 1.
        pub done: f64,
        /// What is being done, in words.
        pub doing: String,
        /// When it is done.
        pub outcome: Option<Box<AgreementOutcome>>,
        /// When it failed.
        pub problem: Option<ApiError>,
    }
}

wire! {
    /// A figure with its limits.
    #[derive(Copy)]
    struct Estimate { pub value: Option<f64>, pub low: Option<f64>, pub high: Option<f64> }
}

impl Estimate {
    /// No figure.
    pub(crate) const NONE: Self = Self {
        value: None,
        low: None,
        high: None,
    };
}

wire! {
    struct IntervalView {
        pub low: Option<f64>,
        pub high: Option<f64>,
        pub confidence: f64,
        /// `bootstrap over clusters`.
        pub method: String,
        pub samples: Option<u32>,
        pub clusters: Option<u32>,
    }
}

wire! {
    /// One coefficient, as the command line prints it.
    struct MeasurementView {
        pub statistic: String,
        pub level: Option<String>,
        /// Two raters, or `mean` alone.
        pub pair: Vec<String>,
        pub category: Option<String>,
        pub value: Option<f64>,
        pub se: Option<f64>,
        /// What to show: resampled where there is such an interval, else the published one.
        pub interval: Option<IntervalView>,
        pub units: u32,
        pub units_used: u32,
        pub raters: u32,
        pub missing: u32,
        /// Why there is no value.
        pub reason: Option<String>,
        pub notes: Vec<String>,
        /// Further figures, such as precision and recall.
        pub fields: BTreeMap<String, f64>,
    }
}

wire! {
    /// The lines that always stand together, and what stands beside them.
    #[derive(Copy, Eq, PartialOrd, Ord)]
    #[serde(rename_all = "kebab-case")]
    enum Line {
        /// Is there anything.
        Detection,
        /// What it is, where both marked something.
        Judgement,
        /// Both at once; what only one marked is nothing for the other.
        Combined,
        /// One category.
        Category,
        /// How well raters tell sessions apart.
        Reliability,
        Spans,
    }
}

wire! {
    /// A row of the table.
    struct AgreementRow {
        /// Stable within an outcome: `detection/cohen-kappa`.
        pub id: String,
        pub line: Line,
        /// `Detection`.
        pub label: String,
        /// `κ, conflict or nothing, per window`.
        pub detail: String,
        pub measurement: MeasurementView,
        /// `substantial · Landis & Koch 1977`, or why no word is given.
        pub words: String,
        /// What the coefficient says, in plain words.
        pub help: String,
        /// Where its formula is from.
        pub citation: String,
        /// Where the word is from; empty without one.
        pub words_citation: String,
        /// For other programs, not part of the reply: every result of the statistic, each pair's own too.
        #[serde(skip)]
        #[ts(skip)]
        pub results: Vec<sunder_agreement::Measurement>,
    }
}

wire! {
    /// Rater by rater.
    struct HeatCell {
        pub row: u32,
        pub column: u32,
        pub estimate: Estimate,
        /// Units that both have a value for.
        pub units: u32,
        pub sessions: u32,
        /// Why there is no value.
        pub reason: Option<String>,
    }
}

wire! {
    struct HeatMap {
        /// `α ordinal`.
        pub statistic: String,
        pub raters: Vec<String>,
        pub cells: Vec<HeatCell>,
        /// `Okafor marks 22 % fewer ruptures than the other two; no drift over time.`
        pub sentence: String,
    }
}

wire! {
    /// What two raters made of the same units. A cell opens its units with `agreement_units`.
    struct Confusion {
        /// Whose values the rows are, whose the columns.
        pub pair: [String; 2],
        pub categories: Vec<String>,
        /// Row by row.
        pub counts: Vec<Vec<u32>>,
        pub units: u32,
        /// Units that one of the two has not seen or not submitted; in no cell.
        pub missing: u32,
    }
}

wire! {
    /// How much of the variance between sessions lies between cases.
    struct CaseSplit {
        pub label: String,
        pub cases: u32,
        pub sessions: u32,
        /// 0 to 1; the rest lies between the sessions of a case.
        pub between: Option<f64>,
        /// Why it cannot be told.
        pub reason: Option<String>,
        pub words: String,
    }
}

wire! {
    /// One part of the data, measured alone.
    struct BreakdownLine {
        pub key: String,
        pub label: String,
        pub units: u32,
        /// How often it was marked, by all raters together.
        pub positives: u32,
        pub rows: Vec<AgreementRow>,
    }
}

wire! {
    /// By code, family, session, case, or rater.
    struct Breakdown {
        pub by: String,
        pub label: String,
        pub lines: Vec<BreakdownLine>,
        /// Why some of its lines have no interval; empty where that is not so.
        pub note: String,
    }
}

wire! {
    /// How many sessions an interval of this width would need.
    struct SessionsNeeded {
        pub statistic: String,
        /// Whole width, high minus low.
        pub width: f64,
        pub sessions: Option<u32>,
        pub words: String,
    }
}

wire! {
    /// Agreement under one cut.
    struct CurvePoint {
        pub cut: f64,
        pub specific_rupture: Estimate,
        pub specific_strain: Estimate,
        pub kappa: Estimate,
        pub ac1: Estimate,
        pub alpha: Estimate,
        /// Share of units that are a rupture, over all raters.
        pub rupture_rate: f64,
        pub strain_rate: f64,
        pub units: u32,
    }
}

wire! {
    struct ThresholdCurve {
        pub points: Vec<CurvePoint>,
        pub study_cut: f64,
        /// Agreement on the score itself, which no cut touches.
        pub raw: Option<AgreementRow>,
        /// Why a peak is no reason to choose a cut.
        pub sentence: String,
    }
}

wire! {
    /// How many conflicts match when onsets may lie so far apart.
    struct SensitivityLine { pub within: String, pub matched: u32, pub unmatched: u32, pub overlap: Estimate }
}

wire! {
    /// Everything about one comparison.
    struct AgreementOutcome {
        pub choice: AgreementChoice,
        /// `conflict`.
        pub unit: String,
        /// `strain or rupture · Significance 3 and above`.
        pub value: String,
        /// `any overlap`; empty where nothing is matched.
        pub matching: String,
        pub basis: AgreementBasis,
        pub left_out: Vec<LeftOut>,
        pub warnings: Vec<String>,
        /// Codings that have changed since.
        pub changed: Vec<ChangedCoding>,
        /// All raters together.
        pub rows: Vec<AgreementRow>,
        /// Where the scale begins that all coefficients are drawn on; it ends at 1.
        pub lowest: f64,
        pub heat_map: HeatMap,
        /// One table for each pair.
        pub confusions: Vec<Confusion>,
        /// Each pair alone, in the order of `confusions`.
        pub pairs: Vec<BreakdownLine>,
        pub breakdowns: Vec<Breakdown>,
        /// Counts per session: conflicts, ruptures, strains, each family.
        pub session_counts: Vec<BreakdownLine>,
        /// The counts again: between cases, and between the sessions of a case.
        pub case_splits: Vec<CaseSplit>,
        pub bias: Vec<RaterBias>,
        pub drift: Vec<DriftLine>,
        pub base_rates: Vec<BaseRate>,
        pub needed: Vec<SessionsNeeded>,
        pub curve: Option<ThresholdCurve>,
        pub sensitivity: Vec<SensitivityLine>,
        /// Units on which raters differ.
        pub disagreements: u32,
        /// What a paper would say.
        pub sentence: String,
    }
}

//! What can be compared, and what is chosen.

use sunder_domain::{Factor, Purpose, RaterId, Rule, SessionId};

use super::super::wire;
use crate::wire::RaterView;

wire! {
    /// Whose codings are set against each other.
    #[derive(Copy, Eq, Default)]
    #[serde(rename_all = "kebab-case")]
    enum Compare {
        /// The raters of each session.
        #[default]
        Raters,
        /// The same rater twice: a recoding with that rater's first coding.
        Recoding,
        /// Each rater with the expert.
        Expert,
    }
}

wire! {
    /// How far apart the onsets of two conflicts that share nothing may lie; 0 adds nothing to overlapping.
    #[derive(Copy, Eq)]
    #[serde(tag = "kind", rename_all = "kebab-case")]
    enum Within { Seconds { seconds: u32 }, Turns { turns: u32 } }
}

wire! {
    /// What is counted as one.
    #[derive(Copy, Eq)]
    #[serde(tag = "kind", rename_all = "kebab-case")]
    enum UnitChoice {
        Session,
        Window { seconds: u32 },
        Turn,
        /// Matched conflicts, and turns in which nobody marked any.
        Conflict {
            #[serde(default)]
            #[ts(optional)]
            within: Option<Within>,
        },
        /// Free stretches on the clock.
        Span,
    }
}

wire! {
    /// What is compared of each unit.
    #[derive(Eq)]
    #[serde(tag = "kind", rename_all = "kebab-case")]
    enum ValueChoice {
        /// Whether there is a conflict; or something of one family or code.
        Presence { #[serde(default)] #[ts(optional)] of: Option<String> },
        /// How many begin there.
        Frequency { #[serde(default)] #[ts(optional)] of: Option<String> },
        Family,
        Code,
        Mode,
        Relationship,
        /// The highest where there are several.
        Significance,
        Factor { factor: Factor },
        /// Nothing, strain or rupture, under a rule.
        Class,
        /// A rating of the session or of windows, by its key.
        Rating { key: String },
    }
}

wire! {
    /// What is left out unless it is asked for.
    #[derive(Copy, Eq, Default)]
    struct Keep {
        /// Sessions that one rater alone coded. Only reliability can use them.
        #[serde(default)]
        pub coded_once: bool,
        #[serde(default)]
        pub unsubmitted: bool,
        /// Codings of another version of the transcript; they are compared by time.
        #[serde(default)]
        pub other_transcripts: bool,
        /// Codings made with another edition of the codebook.
        #[serde(default)]
        pub other_codebooks: bool,
    }
}

wire! {
    #[derive(Copy, Eq, Default)]
    #[serde(rename_all = "kebab-case")]
    enum IntervalMethod { #[default] Percentile, Bca }
}

wire! {
    /// What intraclass correlations make of units that some raters did not code. All other coefficients use every pair
    /// of values.
    #[derive(Copy, Eq, Default)]
    #[serde(rename_all = "kebab-case")]
    enum MissingChoice {
        /// Variance components by REML from every value.
        #[default]
        Components,
        /// Only units that every rater coded.
        Listwise,
    }
}

wire! {
    /// How intervals are found: by resampling, always with the same seed.
    #[derive(Copy)]
    struct IntervalChoice {
        /// 0 for none.
        pub samples: u32,
        pub seed: u32,
        pub method: IntervalMethod,
        /// Between 0 and 1, such as 0.95.
        pub confidence: f64,
    }
}

wire! {
    /// What to compare. What is empty does not restrict.
    struct AgreementChoice {
        #[serde(default)]
        pub compare: Compare,
        /// What the compared codings were made for; production where nothing is said.
        #[serde(default)]
        #[ts(optional)]
        pub purpose: Option<Purpose>,
        #[serde(default)]
        pub cases: Vec<String>,
        #[serde(default)]
        pub sessions: Vec<SessionId>,
        #[serde(default)]
        pub raters: Vec<RaterId>,
        pub unit: UnitChoice,
        pub value: ValueChoice,
        /// The rule for classes; the study's own where absent.
        #[serde(default)]
        #[ts(optional)]
        pub rule: Option<Rule>,
        #[serde(default)]
        pub keep: Keep,
        /// 1,000 resamples, percentile, 95 % where absent.
        #[serde(default)]
        #[ts(optional)]
        pub interval: Option<IntervalChoice>,
        #[serde(default)]
        pub missing: MissingChoice,
    }
}

wire! { struct MissingOption { pub missing: MissingChoice, pub label: String, pub help: String } }

wire! { struct UnitOption { pub unit: UnitChoice, pub label: String, pub help: String } }

wire! {
    struct ValueOption {
        pub value: ValueChoice,
        pub label: String,
        pub help: String,
        /// Kinds of unit that it can be compared at.
        pub units: Vec<String>,
    }
}

wire! {
    struct SessionOption {
        pub id: SessionId,
        /// `Ada · 3`.
        pub label: String,
        pub case_name: String,
        /// Who coded it for production.
        pub raters: Vec<String>,
    }
}

wire! {
    struct AskAgreementOptions {
        /// Raters as Rater 1, Rater 2 …
        #[serde(default)]
        pub hide_names: bool,
    }
}

wire! {
    /// What can be chosen, and what is chosen at first.
    struct AgreementOptions {
        pub units: Vec<UnitOption>,
        pub values: Vec<ValueOption>,
        pub sessions: Vec<SessionOption>,
        pub raters: Vec<RaterView>,
        pub missing: Vec<MissingOption>,
        pub recodings: u32,
        pub experts: u32,
        pub first: AgreementChoice,
    }
}

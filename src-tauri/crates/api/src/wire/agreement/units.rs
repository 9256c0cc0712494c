//! The units behind a number, and ways to take the numbers along.

use sunder_domain::{Class, CodeKey, CodingId, ConflictId, SessionId};

use super::super::wire;

wire! {
    /// Which units to list: of one pair, of one cell of its table, or all on which raters differ.
    struct AgreementUnits {
        pub job_id: u32,
        /// Place in `confusions`.
        #[serde(default)]
        #[ts(optional)]
        pub pair: Option<u32>,
        /// Row and column of the pair's table.
        #[serde(default)]
        #[ts(optional)]
        pub cell: Option<[u32; 2]>,
        /// Only units on which the raters differ.
        #[serde(default)]
        pub differing: bool,
        #[serde(default)]
        pub from: u32,
        pub limit: u32,
        /// Raters are called Rater 1, Rater 2 …
        #[serde(default)]
        pub hide_names: bool,
    }
}

wire! {
    /// What one rater said of a unit.
    struct RaterSays {
        pub rater: String,
        pub coding_id: CodingId,
        /// The conflict that decided, where there is one.
        pub conflict_id: Option<ConflictId>,
        /// The category or number in words; `not seen` where it is missing.
        pub value: String,
        pub class: Option<Class>,
        pub score: Option<f64>,
        pub codes: Vec<CodeKey>,
        /// Names of the codes.
        pub names: Vec<String>,
    }
}

wire! {
    /// One unit with what each rater said, the largest difference first.
    struct ComparedUnit {
        pub id: String,
        pub session_id: SessionId,
        /// `Ada · 3`.
        pub session: String,
        pub start_ms: u32,
        pub end_ms: u32,
        /// First turn and last turn, where it lies in turns.
        pub turns: Option<[u32; 2]>,
        /// Words of those turns, cut short.
        pub excerpt: String,
        /// 0 none to 1 the whole scale.
        pub difference: f64,
        pub says: Vec<RaterSays>,
    }
}

wire! { struct AgreementUnitPage { pub total: u32, pub units: Vec<ComparedUnit> } }

wire! {
    #[derive(Copy, Eq)]
    #[serde(rename_all = "kebab-case")]
    enum CopyForm { Text, Csv, Apa }
}

wire! {
    struct CopyAgreement { pub job_id: u32, pub form: CopyForm, #[serde(default)] pub hide_names: bool }
}

wire! { struct CopiedText { pub text: String } }

wire! {
    /// One self-contained page with everything.
    struct ReportAgreement {
        pub job_id: u32,
        pub path: String,
        #[serde(default)]
        pub hide_names: bool,
        /// Words of the transcript beside the disagreements.
        #[serde(default)]
        pub with_words: bool,
    }
}

wire! {
    #[derive(Copy, Eq)]
    #[serde(rename_all = "kebab-case")]
    enum FigureForm { Svg, Png }
}

wire! {
    /// A figure, drawn by the window.
    struct SaveFigure { pub path: String, pub form: FigureForm, pub bytes: Vec<u8> }
}

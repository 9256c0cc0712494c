//! Raters beside each other: bias, drift, base rates.

use super::super::wire;
use super::outcome::Estimate;

wire! {
    /// How one rater differs from the others on the units they share.
    struct RaterBias {
        pub rater: String,
        /// `ruptures`, `conflicts`, `significance`.
        pub of: String,
        pub own: f64,
        pub others: f64,
        /// Own minus others, per unit.
        pub difference: Estimate,
        /// Own over others; absent where the others have none.
        pub ratio: Option<f64>,
        pub units: u32,
        pub words: String,
    }
}

wire! {
    /// A session by the day on which it was coded.
    struct DriftPoint { pub session: String, pub at_ms: i64, pub difference: f64, pub agreement: Option<f64> }
}

wire! {
    struct DriftLine {
        pub rater: String,
        pub points: Vec<DriftPoint>,
        /// Change of the difference from the others per 30 days.
        pub slope: Estimate,
        pub words: String,
    }
}

wire! {
    struct BaseRate {
        pub rater: String,
        pub category: String,
        pub positives: u32,
        pub units: u32,
        /// 0 to 1.
        pub rate: f64,
        /// `rare: under 5 %`.
        pub warning: Option<String>,
    }
}

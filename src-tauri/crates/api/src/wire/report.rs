//! What the command line prints as JSON, and the checks of a study.

use sunder_domain::{Class, CodeKey, CodingId, ConflictId, Perspective, Purpose, Reason, Rule, Status};

use super::coding::TotalsView;
use super::consensus::RecordView;
use super::wire;

wire! {
    /// Which codings to classify; absent means all of production.
    #[derive(Default)]
    struct Classify {
        #[serde(default)]
        pub rule: Option<Rule>,
        #[serde(default)]
        pub case: Option<String>,
        #[serde(default)]
        pub session: Option<u32>,
        #[serde(default)]
        pub rater: Option<String>,
        #[serde(default)]
        pub purpose: Option<Purpose>,
    }
}

wire! {
    struct ClassifiedConflict {
        pub id: ConflictId,
        /// For people, not part of the reply: when it begins, ms, and the codes it shows in.
        #[serde(skip)]
        #[ts(skip)]
        pub onset_ms: Option<u32>,
        #[serde(skip)]
        #[ts(skip)]
        pub codes: Vec<CodeKey>,
        pub class: Class,
        #[serde(serialize_with = "sunder_domain::number::plain_option")]
        pub score: Option<f64>,
        #[serde(serialize_with = "sunder_domain::number::plain_option")]
        pub cut: Option<f64>,
        pub reasons: Vec<Reason>,
    }
}

wire! {
    struct ClassifiedCoding {
        pub case: String,
        pub session: u32,
        pub rater: String,
        pub purpose: Purpose,
        /// This coding is what counts for its session in results.
        pub of_record: bool,
        pub totals: TotalsView,
        pub conflicts: Vec<ClassifiedConflict>,
    }
}

wire! {
    struct ProposedAccumulation {
        pub members: Vec<ConflictId>,
        pub case: String,
        pub rater: String,
        /// Numbers of sessions between the first and the last member that this rater has not coded.
        pub uncoded_between: Vec<u32>,
        pub reasons: Vec<Reason>,
    }
}

wire! {
    /// Counts of a session; fractions where they are the mean of raters.
    #[derive(Copy, Default)]
    struct TotalsOfRecord {
        #[serde(serialize_with = "sunder_domain::number::plain")]
        pub conflicts: f64,
        #[serde(serialize_with = "sunder_domain::number::plain")]
        pub ruptures: f64,
        #[serde(serialize_with = "sunder_domain::number::plain")]
        pub strains: f64,
        #[serde(serialize_with = "sunder_domain::number::plain")]
        pub unscored: f64,
        #[serde(serialize_with = "sunder_domain::number::plain")]
        pub ruptures_built_from: f64,
        #[serde(serialize_with = "sunder_domain::number::plain")]
        pub accumulations_proposed: f64,
        #[serde(serialize_with = "sunder_domain::number::plain")]
        pub markers: f64,
    }
}

wire! {
    /// What counts for a session, from its coding of record.
    struct SessionOfRecord {
        pub case: String,
        pub session: u32,
        pub record: RecordView,
        pub totals: TotalsOfRecord,
    }
}

wire! {
    struct ClassifyReport {
        pub rule: Rule,
        pub codings: Vec<ClassifiedCoding>,
        pub accumulations: Vec<ProposedAccumulation>,
        /// Sessions whose coding of record is fixed, for the lead; where it is not, raters stand side by side above.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        #[ts(optional, as = "Option<Vec<SessionOfRecord>>")]
        pub sessions: Vec<SessionOfRecord>,
    }
}

wire! { struct ImportCoding { pub path: String, #[serde(default)] pub as_recoding: bool } }

wire! {
    /// A coding file before it is taken in: what it is, and what would come with it.
    struct CodingPreview {
        pub case: String,
        pub session: u32,
        pub rater: String,
        pub purpose: Purpose,
        pub perspective: Perspective,
        pub status: Status,
        pub codebook: String,
        /// How many codings the file holds; what stands above is the first one's.
        pub codings: u32,
        /// Of all of them.
        pub markers: u32,
        pub conflicts: u32,
        /// All are there already and equal: importing changes nothing.
        pub already_there: bool,
        /// What the study does not have yet and gets with it, in words.
        pub new: Vec<String>,
        /// What is odd, in words.
        pub warnings: Vec<String>,
    }
}

wire! {
    struct ImportedCoding {
        pub coding_id: CodingId,
        /// It was there already and is equal; of a file with several codings, every one.
        pub already_there: bool,
        /// What was made or is odd, in words.
        pub messages: Vec<String>,
        /// How many codings the file holds; the first is the one named.
        pub codings: u32,
    }
}

wire! { struct ExportCoding { pub coding_id: CodingId, pub path: String } }

wire! {
    /// What is wrong, and with what: table and id, stream and number, or SHA-256. Never words.
    struct VerifyFinding { pub what: String, pub subject: String }
}

wire! {
    struct Verified { pub sound: bool, pub operations: u32, pub streams: u32, pub findings: Vec<VerifyFinding> }
}

wire! { struct BackedUp { pub path: String } }

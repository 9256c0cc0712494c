//! Results: strains and ruptures apart, per session and case, and the lists that a lab acts on.

use sunder_domain::{Class, CodeKey, CodingId, ConflictId, Mode, Origin, Relationship, Rule, SessionId};

use super::coding::TotalsView;
use super::threshold::{ClassCounts, LockView};
use super::wire;

wire! {
    #[derive(Default)]
    struct ResultsChoice {
        /// Else the study's own.
        #[serde(default)]
        pub rule: Option<Rule>,
        /// Only of this case.
        #[serde(default)]
        pub case: Option<String>,
        /// What was said, with the conflicts of the lists.
        #[serde(default)]
        pub with_text: bool,
        /// As many conflicts of each list at most; all of them where nothing is said.
        #[serde(default)]
        pub limit: Option<u32>,
    }
}

wire! {
    /// Reads the codings, a little with each call; `anew` begins again.
    struct ReadResults {
        #[serde(default)]
        pub anew: bool,
        #[serde(default)]
        pub choice: ResultsChoice,
    }
}

wire! {
    struct ResultsReading {
        /// 0 to 1; 1 when everything is read.
        pub done: f64,
        /// Given once everything is read.
        pub report: Option<ResultsReport>,
    }
}

wire! {
    /// Conflicts per hour that was coded.
    #[derive(Copy)]
    struct ClassRates {
        #[serde(serialize_with = "sunder_domain::number::plain")]
        pub conflicts: f64,
        #[serde(serialize_with = "sunder_domain::number::plain")]
        pub ruptures: f64,
        #[serde(serialize_with = "sunder_domain::number::plain")]
        pub strains: f64,
        #[serde(serialize_with = "sunder_domain::number::plain")]
        pub unscored: f64,
    }
}

wire! {
    /// Conflicts that share a value; their counts add up to all conflicts.
    #[derive(Eq)]
    struct ResultsPart {
        /// The value's word in files; `not-set` where nobody said.
        pub key: String,
        pub counts: ClassCounts,
    }
}

wire! {
    /// Repair attempts, by who makes them.
    #[derive(Copy, Eq, Default)]
    struct RepairCounts {
        pub therapist: u32,
        pub patient: u32,
        pub both: u32,
        /// Of all of them: linked to a conflict that they answer.
        pub answering: u32,
    }
}

wire! {
    /// When conflicts of a class were answered by a repair attempt: from the conflict's onset to that of the first attempt at
    /// or after it in the same session.
    #[derive(Copy)]
    struct RepairTimes {
        /// Answered in the session in which they arose.
        pub in_session: u32,
        /// Answered in another session only.
        pub elsewhere: u32,
        /// No attempt answers them.
        pub unanswered: u32,
        /// Of those answered in their session: how many have a time, and its middle and mean, in ms.
        pub timed: u32,
        #[serde(serialize_with = "sunder_domain::number::plain_option")]
        pub median_ms: Option<f64>,
        #[serde(serialize_with = "sunder_domain::number::plain_option")]
        pub mean_ms: Option<f64>,
        /// Times that rest on an estimated clock.
        pub estimated: u32,
    }
}

wire! {
    /// Counts of one coding, or of one coding of each of several sessions.
    struct ResultsFigures {
        /// How many sessions.
        pub sessions: u32,
        pub totals: TotalsView,
        /// Hours that were coded.
        #[serde(serialize_with = "sunder_domain::number::plain")]
        pub hours: f64,
        /// Absent where no time was coded.
        pub per_hour: Option<ClassRates>,
        pub modes: Vec<ResultsPart>,
        pub actors: Vec<ResultsPart>,
        pub relationships: Vec<ResultsPart>,
        pub addressed: Vec<ResultsPart>,
        pub settled: Vec<ResultsPart>,
        pub repairs: RepairCounts,
        pub time_to_repair: Vec<ClassRepair>,
    }
}

wire! { #[derive(Copy)] struct ClassRepair { pub class: Class, pub times: RepairTimes } }

wire! {
    struct SessionResults {
        pub session_id: SessionId,
        pub coding_id: CodingId,
        pub session: u32,
        /// Whose coding it is, or what was fixed: `consensus`, `L. Haddad`.
        pub coder: String,
        /// The first conflict, where there is one: the way into the transcript.
        pub first: Option<ConflictId>,
        pub figures: ResultsFigures,
    }
}

wire! {
    struct CaseResults {
        pub case: String,
        pub figures: ResultsFigures,
        /// By number; numbers may have gaps.
        pub sessions: Vec<SessionResults>,
    }
}

wire! {
    /// One coding of each session; sources are never added up.
    struct ResultsSource {
        /// `coding of record`, or a person's name.
        pub words: String,
        pub of_record: bool,
        pub figures: ResultsFigures,
        pub cases: Vec<CaseResults>,
    }
}

wire! {
    /// A conflict of a list, with the way to its place.
    struct ResultsConflict {
        pub id: ConflictId,
        pub session_id: SessionId,
        pub coding_id: CodingId,
        pub case: String,
        pub session: u32,
        pub coder: String,
        pub of_record: bool,
        pub onset_ms: Option<u32>,
        /// Short name of its first marker's code.
        pub name: String,
        pub codes: Vec<CodeKey>,
        pub class: Class,
        #[serde(serialize_with = "sunder_domain::number::plain_option")]
        pub score: Option<f64>,
        pub mode: Mode,
        pub relationship: Option<Relationship>,
        pub origin: Option<Origin>,
        /// Why it stands in the list, in words.
        pub why: Vec<String>,
        /// What was said there; only where it was asked for.
        pub excerpt: Option<String>,
    }
}

wire! { struct ResultsList { pub total: u32, pub conflicts: Vec<ResultsConflict> } }

wire! {
    struct ResultsReport {
        pub rule: Rule,
        /// Set where the rule is one that the study has locked.
        pub locked: Option<LockView>,
        /// The coding of record first, where any is fixed; then the raters of the sessions where it is not.
        pub sources: Vec<ResultsSource>,
        /// Conflicts that nobody took up: of the real relationship first, then of both; ruptures before strains.
        pub unaddressed: ResultsList,
        /// Worth a look, not wrong: origin and response do not seem to fit.
        pub worth_a_look: ResultsList,
        /// What is missing, and what to keep in mind.
        pub notes: Vec<String>,
    }
}

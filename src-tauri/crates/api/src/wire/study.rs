//! The open study as this person may see it.

use sunder_domain::{Codebook, CodingId, Purpose, Rule, SessionId, Status};

use super::consensus::{RecordView, RulingView};
use super::wire;

wire! {
    /// Who is at the screen.
    #[derive(Eq)]
    #[serde(tag = "kind", rename_all = "kebab-case")]
    enum Person { Lead, Rater { rater_id: sunder_domain::RaterId } }
}

wire! { struct RaterView { pub id: sunder_domain::RaterId, pub name: String } }

wire! {
    /// What this person may see and do; the api enforces it, the interface only follows.
    #[derive(Copy, Eq)]
    struct Permissions {
        pub lead: bool,
        /// Class, rule and cut.
        pub classes: bool,
        /// Totals and "of n".
        pub totals: bool,
        /// Case and session number; a neutral code stands for them otherwise.
        pub case_and_number: bool,
    }
}

wire! {
    /// What raters see while they code for production. All `false` is masked, the default.
    #[derive(Copy, Eq)]
    struct MaskingView { pub classes: bool, pub totals: bool, pub case_and_number: bool, pub brief: bool }
}

wire! {
    #[derive(Copy, Eq)]
    #[serde(rename_all = "kebab-case")]
    enum ScoringMoment { WithTag, AfterWindow, AtEnd }
}

wire! {
    struct StudySettingsView {
        pub name: String,
        pub shown_to_raters: MaskingView,
        pub material: sunder_domain::Material,
        pub window_seconds: u32,
        pub scoring: ScoringMoment,
    }
}

wire! {
    #[derive(Copy, Eq)]
    #[serde(rename_all = "kebab-case")]
    enum SessionState { New, Open, Submitted }
}

wire! {
    /// Somebody's coding of a session, as the lead's list names it.
    struct CodingItem {
        pub id: CodingId,
        pub rater: String,
        pub purpose: Purpose,
        pub status: Status,
        pub markers: u32,
        /// Share of the session that was played or read, 0 to 1.
        pub seen: f64,
        /// It is what counts for its session in results.
        #[serde(default)]
        #[ts(optional, as = "Option<bool>")]
        pub of_record: bool,
        /// Set for the shorter of two branches that met.
        pub branch: Option<String>,
    }
}

wire! {
    struct SessionItem {
        pub id: SessionId,
        /// `Ada · 3`, or the neutral code.
        pub label: String,
        /// Absent where the person may not know it.
        pub case_name: Option<String>,
        pub number: Option<u32>,
        /// Sessions of the case, where the person may know it.
        pub of: Option<u32>,
        /// State of this person's own coding (a lead's: submitted when all are).
        pub state: SessionState,
        pub markers: u32,
        pub seen: f64,
        pub turns: u32,
        pub duration_ms: u32,
        /// It has a recording, which this person may or may not hear.
        pub recorded: bool,
        /// What counts in results; for the lead, where it is fixed.
        #[serde(default)]
        #[ts(optional)]
        pub record: Option<RecordView>,
        /// Every coding of the session; empty for raters.
        pub codings: Vec<CodingItem>,
    }
}

wire! {
    /// What somebody had open last on this machine.
    struct LastOpened { pub session_id: SessionId, pub coding_id: CodingId }
}

wire! { struct RulePreset { pub name: String, pub rule: Rule } }

wire! {
    struct StudyView {
        pub id: sunder_domain::StudyId,
        pub name: String,
        pub path: String,
        pub sample: bool,
        pub person: Person,
        /// Somebody said on this machine who sits here; until then nothing of the study is shown.
        pub person_known: bool,
        pub person_name: String,
        pub may: Permissions,
        pub raters: Vec<RaterView>,
        pub settings: StudySettingsView,
        pub codebook: Codebook,
        /// `key@edition`.
        pub codebook_reference: String,
        /// What the lead decided about its entries.
        pub rulings: Vec<RulingView>,
        /// The study's rule; absent where the person may not see it.
        pub rule: Option<Rule>,
        pub rule_locked: bool,
        pub presets: Vec<RulePreset>,
        pub sessions: Vec<SessionItem>,
        /// Names of the cases, for importing; empty where the person may not know them.
        pub cases: Vec<String>,
        /// What this person had open last on this machine.
        pub last_opened: Option<LastOpened>,
    }
}

wire! { struct ChoosePerson { pub person: Person } }
wire! { struct AddRater { pub name: String } }
wire! { struct SetSettings { pub settings: StudySettingsView } }
wire! { struct SetRule { pub rule: Rule } }

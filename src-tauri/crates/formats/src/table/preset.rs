//! Tables of published collections, known by their headings.

use sunder_domain::Role;

use super::guess::Layout;
use crate::vocabulary::vocabulary;

vocabulary! {
    /// A collection whose tables are known.
    Preset {
        /// AnnoMI (Wu et al. 2022), as one row for each utterance or for each annotator of one.
        AnnoMi = "annomi",
        /// DAIC-WOZ (Gratch et al. 2014), whose interviewer is called Ellie.
        DaicWoz = "daic-woz",
    }
}

impl Preset {
    /// Headings, in the form they are compared, that no other table has together.
    const fn headings(self) -> &'static [&'static str] {
        match self {
            Self::AnnoMi => &[
                "transcript_id",
                "utterance_id",
                "interlocutor",
                "timestamp",
                "utterance_text",
            ],
            Self::DaicWoz => &["start_time", "stop_time", "speaker", "value"],
        }
    }

    /// The preset of a table; one of few columns has no others.
    pub(super) fn of(layout: &Layout) -> Option<Self> {
        let fits = |preset: &Self| {
            let headings = preset.headings();
            let has_others = layout.columns.len() > headings.len();
            headings.iter().all(|name| layout.headed(name).is_some())
                && !(has_others && matches!(preset, Self::DaicWoz))
        };
        Self::ALL.iter().copied().find(fits)
    }

    /// Speakers whose names say no role elsewhere, folded.
    pub(crate) const fn roles(self) -> &'static [(&'static str, Role)] {
        match self {
            Self::AnnoMi => &[],
            Self::DaicWoz => &[("ellie", Role::Therapist)],
        }
    }
}

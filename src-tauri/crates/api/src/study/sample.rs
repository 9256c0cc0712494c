//! The sample study: original fiction, two cases, six sessions, three raters and an expert.

use std::path::Path;

use sunder_domain::Rule;
use sunder_formats::ReadOptions;
use sunder_store::Masking;

use super::making::{NewStudyFile, create_at};
use crate::app::App;
use crate::coding_file::take_in;
use crate::import::{Incoming, keep};
use crate::wire::{ApiError, ErrorCode, Person};

/// Name of the sample study.
pub(crate) const SAMPLE_NAME: &str = "Sample study";

/// As whom the sample opens.
const OPENS_AS: &str = "R. Novak";

struct SampleSession {
    case: &'static str,
    number: u32,
    days_since_first: i64,
    transcript: &'static str,
    codings: &'static [&'static str],
}

macro_rules! sample {
    ($($case:literal $number:literal $days:literal $transcript:literal [$($coding:literal),*];)+) => {
        &[$(SampleSession {
            case: $case,
            number: $number,
            days_since_first: $days,
            transcript: include_str!(concat!("../../../../../sample/transcripts/", $transcript, ".txt")),
            codings: &[$(include_str!(concat!("../../../../../sample/codings/", $transcript, "-", $coding, ".json"))),*],
        }),+]
    };
}

const SESSIONS: &[SampleSession] = sample! {
    "Ada" 1 0 "ada-1" ["novak", "haddad", "okafor", "expert"];
    "Ada" 2 7 "ada-2" ["novak", "haddad", "okafor", "expert"];
    "Ada" 3 14 "ada-3" ["novak", "haddad", "okafor", "expert"];
    "Ada" 4 28 "ada-4" ["haddad", "okafor", "expert"];
    "Bruno" 1 0 "bruno-1" ["haddad", "okafor", "expert"];
    "Bruno" 2 7 "bruno-2" ["haddad", "okafor", "expert"];
};

/// What the lead would have noted of each case.
const BRIEFS: &[(&str, &str)] = &[
    (
        "Ada",
        "Panic and sleeplessness after a restructuring at work; wants quiet evenings and to dare an application.",
    ),
    (
        "Bruno",
        "Widowed, sent by his daughter; sleeps badly, goes out little. Wants, he says, to be left in peace.",
    ),
];

/// Makes the sample study, with classes shown to raters; returns its id and as whom it opens. No study is open afterwards.
pub(crate) fn make_sample(app: &mut App, path: &Path) -> Result<Option<(String, Person)>, ApiError> {
    let part = path.with_extension("sunder.making");
    // A sample that was cut off while it was made is no study yet.
    for leftover in [part.clone(), path.with_extension("sunder.making-wal")] {
        match std::fs::remove_file(&leftover) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                return Err(ApiError::new(
                    ErrorCode::File,
                    format!("{} is in the way: {error}.", leftover.display()),
                ));
            }
            _ => {}
        }
    }
    let new = NewStudyFile {
        rule: sample_rule(),
        masking: Masking {
            classes: true,
            totals: true,
            case_name: true,
            session_number: true,
            session_date: true,
        },
        ..NewStudyFile::built_in(SAMPLE_NAME)
    };
    create_at(app, &part, new)?;
    fill(app)?;
    let study = app
        .open
        .take()
        .ok_or_else(|| ApiError::new(ErrorCode::Internal, "The sample closed by itself."))?;
    let id = study.store.id().to_string();
    let novak = study
        .store
        .raters()?
        .into_iter()
        .find(|rater| rater.name == OPENS_AS);
    study.store.close()?;
    std::fs::rename(&part, path).map_err(|error| {
        ApiError::new(
            ErrorCode::File,
            format!(
                "The sample study could not be put at {}: {error}.",
                path.display()
            ),
        )
    })?;
    Ok(novak.map(|rater| (id, Person::Rater { rater_id: rater.id })))
}

/// Significance 3 and above, with build-ups proposed: three unaddressed strains within three sessions.
fn sample_rule() -> Rule {
    Rule {
        accumulation: Some(sunder_domain::AccumulationRule {
            count: 3,
            within: sunder_domain::Within::Sessions(3),
            same: vec![sunder_domain::SameKey::Relationship],
        }),
        ..Rule::default()
    }
}

fn fill(app: &mut App) -> Result<(), ApiError> {
    for session in SESSIONS {
        let options = ReadOptions {
            name: "sample.txt".to_owned(),
            ..ReadOptions::default()
        };
        let reading = sunder_formats::read(session.transcript.as_bytes(), &options)
            .map_err(|error| ApiError::new(ErrorCode::Format, error.to_string()))?;
        let format = reading.format;
        for read in reading.transcripts {
            keep(
                app,
                vec![Incoming {
                    case: session.case.to_owned(),
                    brief: BRIEFS
                        .iter()
                        .find(|(case, _)| *case == session.case)
                        .map_or("", |(_, brief)| brief)
                        .to_owned(),
                    number: session.number,
                    corrects: false,
                    days_since_first: Some(session.days_since_first),
                    transcript: read.transcript,
                    source_format: format.key().to_owned(),
                }],
            )?;
        }
        for coding in session.codings {
            take_in(app, coding, false)?;
        }
    }
    Ok(())
}

//! What can be chosen, and which values a unit has.

use sunder_domain::{Codebook, Factor, Purpose};

use super::records::Records;
use super::values::{unit_kind, units_of};
use crate::app::App;
use crate::names;
use crate::wire::{
    AgreementChoice, AgreementOptions, ApiError, AskAgreementOptions, Compare, ErrorCode, Keep,
    MissingChoice, MissingOption, RaterView, SessionOption, UnitChoice, UnitOption, ValueChoice, ValueOption,
};

/// What can be chosen in the open study. Lead only.
///
/// # Errors
/// `not-allowed` for raters, file errors.
pub fn options(app: &mut App, request: AskAgreementOptions) -> Result<AgreementOptions, ApiError> {
    let study = app.study()?;
    study.lead_only()?;
    let mut records = Records::of(study)?;
    if request.hide_names {
        let hidden = names::hidden(study)?;
        for name in records.raters.values_mut() {
            *name = hidden.get(name).cloned().unwrap_or_default();
        }
    }
    let window = UnitChoice::Window {
        seconds: study.settings.window_seconds,
    };
    let of_purpose = |purpose: Purpose| {
        let count = records
            .codings
            .iter()
            .filter(|coding| coding.header.purpose == purpose)
            .count();
        u32::try_from(count).unwrap_or(u32::MAX)
    };
    Ok(AgreementOptions {
        units: units(window),
        values: values(&study.codebook),
        sessions: sessions(&records),
        raters: records
            .raters
            .iter()
            .map(|(id, name)| RaterView {
                id: id.clone(),
                name: name.clone(),
            })
            .collect(),
        missing: missing(),
        recodings: of_purpose(Purpose::Recoding),
        experts: of_purpose(Purpose::Expert),
        first: first(window),
    })
}

/// Presence per window; counts per session stand beside every comparison.
fn first(window: UnitChoice) -> AgreementChoice {
    AgreementChoice {
        compare: Compare::Raters,
        purpose: None,
        cases: Vec::new(),
        sessions: Vec::new(),
        raters: Vec::new(),
        unit: window,
        value: ValueChoice::Presence { of: None },
        rule: None,
        keep: Keep::default(),
        interval: None,
        missing: MissingChoice::default(),
    }
}

fn missing() -> Vec<MissingOption> {
    let option = |missing, label: &str, help: &str| MissingOption {
        missing,
        label: label.to_owned(),
        help: help.to_owned(),
    };
    vec![
        option(
            MissingChoice::Components,
            "use every value",
            "For raters who rotate over sessions: what differs between units, between raters, and otherwise is estimated \
             from all values there are (variance components by REML).",
        ),
        option(
            MissingChoice::Listwise,
            "only units that all coded",
            "As most published packages do. A unit that one rater did not code is left out, however many others coded \
             it; how many were is noted beside the number.",
        ),
    ]
}

fn units(window: UnitChoice) -> Vec<UnitOption> {
    let option = |unit, label: &str, help: &str| UnitOption {
        unit,
        label: label.to_owned(),
        help: help.to_owned(),
    };
    vec![
        option(
            UnitChoice::Session,
            "session",
            "Counts, ratings and the highest value of each session.",
        ),
        option(
            window,
            "window",
            "The session cut into windows; a marker counts where at least half of it lies, or half of the window.",
        ),
        option(
            UnitChoice::Turn,
            "turn",
            "Every speaking turn, most of them empty.",
        ),
        option(
            UnitChoice::Conflict { within: None },
            "conflict",
            "Conflicts matched one to one, and turns in which nobody marked any.",
        ),
        option(
            UnitChoice::Span,
            "span",
            "Free stretches on the clock, where they begin and end included.",
        ),
    ]
}

fn values(codebook: &Codebook) -> Vec<ValueOption> {
    let option = |value: ValueChoice, label: &str, help: &str| ValueOption {
        units: units_of(&value, codebook)
            .into_iter()
            .map(str::to_owned)
            .collect(),
        value,
        label: label.to_owned(),
        help: help.to_owned(),
    };
    let mut values = vec![
        option(
            ValueChoice::Presence { of: None },
            "presence",
            "Is there a conflict, or nothing.",
        ),
        option(
            ValueChoice::Frequency { of: None },
            "frequency",
            "How many conflicts begin there.",
        ),
        option(
            ValueChoice::Class,
            "strain or rupture",
            "Nothing, strain or rupture under the rule: the highest there.",
        ),
        option(
            ValueChoice::Significance,
            "significance",
            "1 to 5: the highest there.",
        ),
    ];
    values.extend(Factor::ALL.iter().map(|factor| {
        option(
            ValueChoice::Factor { factor: *factor },
            factor.key(),
            "1 to 5: the highest there.",
        )
    }));
    values.extend([
        option(
            ValueChoice::Family,
            "family",
            "Which family: that of the highest conflict.",
        ),
        option(
            ValueChoice::Code,
            "code",
            "Which code: that of the highest conflict.",
        ),
        option(ValueChoice::Mode, "mode", "Withdrawal, confrontation, or mixed."),
        option(
            ValueChoice::Relationship,
            "relationship",
            "What is hurt: the alliance, the real relationship, or both.",
        ),
    ]);
    values.extend(codebook.ratings.iter().map(|rating| {
        option(
            ValueChoice::Rating {
                key: rating.key.clone(),
            },
            &rating.name,
            &rating.question,
        )
    }));
    values
}

fn sessions(records: &Records) -> Vec<SessionOption> {
    let mut sessions: Vec<(String, u32, SessionOption)> = records
        .sessions
        .values()
        .map(|session| {
            let mut raters: Vec<String> = records
                .codings
                .iter()
                .filter(|coding| {
                    coding.header.session_id == session.id && coding.header.purpose == Purpose::Production
                })
                .map(|coding| records.rater(&coding.header.rater_id))
                .collect();
            raters.sort();
            let case_name = records.case_of(session).to_owned();
            let option = SessionOption {
                id: session.id.clone(),
                label: records.label(&session.id),
                case_name: case_name.clone(),
                raters,
            };
            (case_name, session.number, option)
        })
        .collect();
    sessions.sort_by(|one, other| (&one.0, one.1).cmp(&(&other.0, other.1)));
    sessions.into_iter().map(|(_, _, option)| option).collect()
}

/// Whether the unit has such a value, and everything named is in the codebook.
///
/// # Errors
/// `bad-request`, with what would fit.
pub(crate) fn fits(choice: &AgreementChoice, codebook: &Codebook) -> Result<(), ApiError> {
    let refuse = |message: String| Err(ApiError::new(ErrorCode::BadRequest, message));
    if let ValueChoice::Presence { of: Some(key) } | ValueChoice::Frequency { of: Some(key) } = &choice.value
    {
        let known = codebook
            .families
            .iter()
            .any(|family| family.key == *key || family.codes.iter().any(|code| code.key.as_str() == key));
        if !known {
            return refuse(format!(
                "The codebook has no family or code called {key}. Name one by its key, such as withdrawal/denial."
            ));
        }
    }
    if let ValueChoice::Rating { key } = &choice.value
        && codebook.rating(key).is_none()
    {
        return refuse(format!("The codebook has no rating called {key}."));
    }
    let kinds = units_of(&choice.value, codebook);
    let kind = unit_kind(choice.unit);
    if !kinds.contains(&kind) {
        return refuse(format!(
            "This value cannot be compared by {kind}; choose {}.",
            kinds.join(", ")
        ));
    }
    match choice.unit {
        UnitChoice::Window { seconds } if !(1..=36_000).contains(&seconds) => {
            return refuse("A window has 1 to 36000 seconds.".to_owned());
        }
        UnitChoice::Turn if choice.keep.other_transcripts => {
            return refuse(
                "Turns of different transcripts are not the same turns: compare windows or conflicts, or leave the \
                 codings of other transcripts out."
                    .to_owned(),
            );
        }
        _ => {}
    }
    match choice.interval {
        Some(interval) if !(interval.confidence > 0.0 && interval.confidence < 1.0) => {
            refuse("A confidence lies between 0 and 1, such as 0.95.".to_owned())
        }
        Some(interval) if interval.samples > 1_000_000 => refuse("At most 1000000 resamples.".to_owned()),
        _ => Ok(()),
    }
}

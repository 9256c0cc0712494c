//! The study as this person may see it.

use std::collections::BTreeMap;

use sunder_domain::{CaseId, Purpose, RaterId, Rule, SessionId, Status};
use sunder_store::{CodingFilter, CodingOfRecord, CodingSummary, Scoring, SessionRecord, TranscriptRecord};

use super::open_study::OpenStudy;
use super::sample::SAMPLE_NAME;
use crate::app::App;
use crate::coding::session_label;
use crate::consensus::{is_of_record, record_view, ruling_views};
use crate::wire::{
    ApiError, CodingItem, MaskingView, Nothing, Person, RaterView, RulePreset, ScoringMoment, SessionItem,
    SessionState, StudySettingsView, StudyView,
};

/// The open study.
///
/// # Errors
/// `no-study` and file errors.
pub fn view(app: &mut App, _: Nothing) -> Result<StudyView, ApiError> {
    current(app)
}

/// The open study as this person may see it.
pub(crate) fn current(app: &App) -> Result<StudyView, ApiError> {
    let study = app.study()?;
    let may = study.permissions();
    let raters: Vec<RaterView> = study
        .store
        .raters()?
        .into_iter()
        .map(|rater| RaterView {
            id: rater.id,
            name: rater.name,
        })
        .collect();
    let person_name = match &study.person {
        Person::Lead => "Lead".to_owned(),
        Person::Rater { rater_id } => study.rater_name(rater_id)?,
    };
    Ok(StudyView {
        id: study.store.id().clone(),
        name: study.settings.name.clone(),
        path: study.path.display().to_string(),
        sample: study.settings.name == SAMPLE_NAME,
        person: study.person.clone(),
        person_known: study.person_known,
        person_name,
        may,
        raters,
        settings: settings_view(study),
        codebook: (*study.codebook).clone(),
        codebook_reference: study.codebook.reference().to_string(),
        rulings: ruling_views(study)?,
        rule: study.visible_rule().cloned(),
        rule_locked: may.classes && study.rule.locked.is_some(),
        presets: if may.lead {
            Rule::presets()
                .into_iter()
                .map(|rule| RulePreset {
                    name: rule.name.clone(),
                    rule,
                })
                .collect()
        } else {
            Vec::new()
        },
        sessions: if study.person_known {
            session_items(study)?
        } else {
            Vec::new()
        },
        last_opened: study
            .person_known
            .then(|| app.local.last_opened(&study.memory_key()).cloned())
            .flatten(),
        cases: if may.case_and_number {
            study.store.cases()?.into_iter().map(|case| case.name).collect()
        } else {
            Vec::new()
        },
    })
}

fn settings_view(study: &OpenStudy) -> StudySettingsView {
    let settings = &study.settings;
    StudySettingsView {
        name: settings.name.clone(),
        shown_to_raters: MaskingView {
            classes: settings.masking.classes,
            totals: settings.masking.totals,
            case_and_number: settings.masking.case_name && settings.masking.session_number,
            brief: settings.raters_see_brief,
        },
        material: settings.material,
        window_seconds: settings.window_seconds,
        scoring: match settings.scoring {
            Scoring::WithTag => ScoringMoment::WithTag,
            Scoring::AfterWindow => ScoringMoment::AfterWindow,
            Scoring::AtEnd => ScoringMoment::AtEnd,
        },
    }
}

/// One session as this person may see it.
pub(crate) fn session_item(study: &OpenStudy, session_id: &SessionId) -> Result<SessionItem, ApiError> {
    let session = study.session(session_id)?;
    let filter = CodingFilter {
        session: Some(session_id.clone()),
        ..CodingFilter::default()
    };
    let transcript = study.store.newest_transcript(session_id)?;
    let records = study.store.codings_of_record()?;
    let facts = SessionFacts {
        case: &study.case_of(&session)?.name,
        of: count(
            study
                .store
                .sessions()?
                .iter()
                .filter(|other| other.case_id == session.case_id),
        ),
        transcript: transcript.as_ref(),
        codings: &study.store.codings(&filter)?,
        raters: &rater_names(study)?,
        record: records.get(session_id),
    };
    Ok(item(study, &session, &facts))
}

fn session_items(study: &OpenStudy) -> Result<Vec<SessionItem>, ApiError> {
    let cases: BTreeMap<CaseId, String> = study
        .store
        .cases()?
        .into_iter()
        .map(|case| (case.id, case.name))
        .collect();
    let raters = rater_names(study)?;
    // In order of version, so that the newest stays.
    let transcripts: BTreeMap<SessionId, TranscriptRecord> = study
        .store
        .transcripts()?
        .into_iter()
        .map(|record| (record.session_id.clone(), record))
        .collect();
    let mut codings: BTreeMap<SessionId, Vec<CodingSummary>> = BTreeMap::new();
    for summary in study.store.codings(&CodingFilter::default())? {
        codings
            .entry(summary.header.session_id.clone())
            .or_default()
            .push(summary);
    }
    let sessions = study.store.sessions()?;
    let records = study.store.codings_of_record()?;
    let mut per_case: BTreeMap<&CaseId, u32> = BTreeMap::new();
    for session in &sessions {
        *per_case.entry(&session.case_id).or_default() += 1;
    }
    let by_case = study.permissions().case_and_number;
    let mut items: Vec<(&str, u32, SessionItem)> = sessions
        .iter()
        .map(|session| {
            let case = cases.get(&session.case_id).map_or("", String::as_str);
            let facts = SessionFacts {
                case,
                of: per_case.get(&session.case_id).copied().unwrap_or_default(),
                transcript: transcripts.get(&session.id),
                codings: codings.get(&session.id).map_or(&[], Vec::as_slice),
                raters: &raters,
                record: records.get(&session.id),
            };
            // By case and number; masked, by the neutral code, which was drawn at random.
            let (first, second) = if by_case {
                (case, session.number)
            } else {
                (session.neutral_code.as_str(), 0)
            };
            (first, second, item(study, session, &facts))
        })
        .collect();
    items.sort_by(|a, b| (a.0, a.1).cmp(&(b.0, b.1)));
    Ok(items.into_iter().map(|(_, _, item)| item).collect())
}

/// What stands around one session.
struct SessionFacts<'a> {
    case: &'a str,
    /// Sessions of the case.
    of: u32,
    transcript: Option<&'a TranscriptRecord>,
    codings: &'a [CodingSummary],
    raters: &'a BTreeMap<RaterId, String>,
    record: Option<&'a CodingOfRecord>,
}

fn item(study: &OpenStudy, session: &SessionRecord, facts: &SessionFacts<'_>) -> SessionItem {
    let may = study.permissions();
    let of_transcript = facts.transcript.map_or(0, |record| record.duration_ms);
    let duration_ms = of_transcript.max(study.recording_end_ms(&session.id));
    let own = own_coding(study, facts.codings);
    SessionItem {
        id: session.id.clone(),
        label: if may.case_and_number {
            session_label(facts.case, session.number)
        } else {
            session.neutral_code.clone()
        },
        case_name: may.case_and_number.then(|| facts.case.to_owned()),
        number: may.case_and_number.then_some(session.number),
        of: may.case_and_number.then_some(facts.of),
        state: state(study, facts.codings),
        markers: own.map_or(0, |coding| coding.markers),
        seen: own.map_or(0.0, |coding| share(coding.covered_ms, duration_ms)),
        turns: facts.transcript.map_or(0, |record| record.turns),
        duration_ms,
        recorded: study.recordings.contains_key(&session.id),
        record: facts
            .record
            .filter(|_| may.lead)
            .map(|record| record_view(record, facts.raters)),
        codings: if may.lead {
            facts
                .codings
                .iter()
                .map(|coding| coding_item(coding, facts, duration_ms))
                .collect()
        } else {
            Vec::new()
        },
    }
}

/// Name of every rater.
pub(crate) fn rater_names(study: &OpenStudy) -> Result<BTreeMap<RaterId, String>, ApiError> {
    Ok(study
        .store
        .raters()?
        .into_iter()
        .map(|rater| (rater.id, rater.name))
        .collect())
}

fn count(of: impl Iterator) -> u32 {
    u32::try_from(of.count()).unwrap_or(u32::MAX)
}

fn own_coding<'a>(study: &OpenStudy, codings: &'a [CodingSummary]) -> Option<&'a CodingSummary> {
    let Person::Rater { rater_id } = &study.person else {
        return None;
    };
    codings
        .iter()
        .filter(|coding| coding.header.rater_id == *rater_id && coding.branch_label.is_none())
        .min_by_key(|coding| coding.header.purpose != Purpose::Production)
}

fn state(study: &OpenStudy, codings: &[CodingSummary]) -> SessionState {
    let of_status = |status| match status {
        Status::Open => SessionState::Open,
        Status::Submitted => SessionState::Submitted,
    };
    match study.person {
        Person::Rater { .. } => {
            own_coding(study, codings).map_or(SessionState::New, |coding| of_status(coding.status))
        }
        Person::Lead if codings.is_empty() => SessionState::New,
        // The consensus is no work of raters that is waited for.
        Person::Lead
            if codings.iter().all(|coding| {
                coding.status == Status::Submitted || coding.header.purpose == Purpose::Consensus
            }) =>
        {
            SessionState::Submitted
        }
        Person::Lead => SessionState::Open,
    }
}

fn coding_item(coding: &CodingSummary, facts: &SessionFacts<'_>, duration_ms: u32) -> CodingItem {
    CodingItem {
        id: coding.id.clone(),
        // Who writes a consensus is no rater of the study.
        rater: facts
            .raters
            .get(&coding.header.rater_id)
            .cloned()
            .unwrap_or_else(|| coding.header.rater_id.to_string()),
        purpose: coding.header.purpose,
        status: coding.status,
        markers: coding.markers,
        seen: share(coding.covered_ms, duration_ms),
        of_record: facts.record.is_some_and(|record| is_of_record(record, coding)),
        branch: coding.branch_label.clone(),
    }
}

fn share(covered_ms: i64, duration_ms: u32) -> f64 {
    if duration_ms == 0 {
        return 0.0;
    }
    #[expect(
        clippy::cast_precision_loss,
        reason = "a share; sessions are hours, not millennia"
    )]
    let covered = covered_ms as f64;
    (covered / f64::from(duration_ms)).clamp(0.0, 1.0)
}

//! The coding of record: what counts in results for a session that several people coded. Results never add raters up.

use std::collections::{BTreeMap, BTreeSet};

use sunder_domain::{CodingId, Perspective, Purpose, RaterId, SessionId, Status};
use sunder_store::{
    Change, CodingOfRecord, CodingSummary, LEAD, NewOperation, OperationKind, RecordKind, Target,
    content_sha256,
};

use super::opening::label;
use super::overview::{comparable, overview};
use super::table::consensus_of;
use crate::app::App;
use crate::study::{OpenStudy, rater_names};
use crate::wire::{ApiError, ConsensusOverview, ErrorCode, RecordChoice, RecordView, SetRecord};

/// Fixes what counts, or says that nothing is fixed any more.
///
/// # Errors
/// `not-allowed` for raters; `not-found` for an unknown session or rater; `conflict` where it cannot be fixed like that:
/// there is no consensus, no submitted coding, or none of that rater; file errors.
pub fn set(app: &mut App, request: SetRecord) -> Result<ConsensusOverview, ApiError> {
    let at_ms = app.now_ms();
    let study = app.study_mut()?;
    study.lead_only()?;
    if study.store.has_operation(&request.op)? {
        return overview(study, at_ms, Vec::new());
    }
    if let Some(RecordChoice::Rater { rater_id }) = &request.record {
        study.rater_name(rater_id)?;
    }
    let fixed = study.store.codings_of_record()?;
    let (sessions, named) = if request.sessions.is_empty() {
        let all: Vec<SessionId> = study
            .store
            .sessions()?
            .into_iter()
            .map(|session| session.id)
            .collect();
        (all, false)
    } else {
        (request.sessions, true)
    };
    let codings = comparable(study)?;
    let mut left_out = Vec::new();
    let mut changes = Vec::new();
    let mut possible = request.record.is_none();
    for session_id in sessions {
        let label = label(study, &session_id)?;
        let own = codings.get(&session_id).map(Vec::as_slice).unwrap_or_default();
        let kind = match &request.record {
            None => None,
            Some(choice) => match kind_for(study, &session_id, own, choice)? {
                Ok(kind) => Some(kind),
                Err(why) if named => {
                    return Err(ApiError::new(ErrorCode::Conflict, format!("{label}: {why}.")));
                }
                Err(why) => {
                    left_out.push(format!("{label}: {why}."));
                    continue;
                }
            },
        };
        possible = true;
        if fixed.get(&session_id).map(|record| &record.kind) != kind.as_ref() {
            changes.push(Change::CodingOfRecord {
                session_id,
                after: kind.map(|kind| CodingOfRecord {
                    kind,
                    fixed_ms: at_ms,
                }),
            });
        }
    }
    if !possible {
        return Err(ApiError::new(
            ErrorCode::Conflict,
            "There is no session that this can be fixed for: none has such a coding, submitted.",
        ));
    }
    if !changes.is_empty() {
        let kind = OperationKind::RecordSet;
        let operation = NewOperation::new(request.op, kind, study.actor(), at_ms, changes);
        study.store.transact(Target::SetUp, operation)?;
    }
    overview(study, at_ms, left_out)
}

/// What the choice comes to for a session, or why it cannot be.
fn kind_for(
    study: &OpenStudy,
    session_id: &SessionId,
    codings: &[CodingSummary],
    choice: &RecordChoice,
) -> Result<Result<RecordKind, &'static str>, ApiError> {
    let submitted: Vec<&RaterId> = codings
        .iter()
        .filter(|coding| coding.status == Status::Submitted)
        .map(|coding| &coding.header.rater_id)
        .collect();
    Ok(match choice {
        RecordChoice::Consensus => match consensus_of(study, session_id)? {
            Some(_) => Ok(RecordKind::Consensus),
            None => Err("nothing of its consensus is settled yet"),
        },
        _ if submitted.is_empty() => Err("it has no submitted coding"),
        RecordChoice::Mean => Ok(RecordKind::Mean),
        RecordChoice::Rater { rater_id } if submitted.contains(&rater_id) => Ok(RecordKind::Rater {
            rater_id: rater_id.clone(),
        }),
        RecordChoice::Rater { .. } => Err("this rater has submitted no coding of it"),
        RecordChoice::Random { seed } => match drawn(*seed, session_id, &submitted) {
            Some(rater_id) => Ok(RecordKind::Random {
                seed: *seed,
                rater_id: rater_id.clone(),
            }),
            None => Err("it has no submitted coding"),
        },
    })
}

/// One of the raters: the one whose SHA-256 of seed, session and rater is the smallest. It depends on no order, and another
/// rater more changes it only where that one is drawn.
fn drawn<'a>(seed: u32, session_id: &SessionId, raters: &[&'a RaterId]) -> Option<&'a RaterId> {
    raters
        .iter()
        .copied()
        .min_by_key(|rater| content_sha256(format!("{seed}\n{session_id}\n{rater}").as_bytes()))
}

/// The coding of record of a session, in words.
pub(super) fn record_of(study: &OpenStudy, session_id: &SessionId) -> Result<Option<RecordView>, ApiError> {
    let names = rater_names(study)?;
    let record = study.store.codings_of_record()?.remove(session_id);
    Ok(record.map(|record| record_view(&record, &names)))
}

/// What was fixed, in words.
pub(crate) fn record_view(record: &CodingOfRecord, names: &BTreeMap<RaterId, String>) -> RecordView {
    let name_of = |rater_id: &RaterId| {
        names
            .get(rater_id)
            .cloned()
            .unwrap_or_else(|| rater_id.to_string())
    };
    let (choice, rater, words) = match &record.kind {
        RecordKind::Consensus => (RecordChoice::Consensus, None, "consensus".to_owned()),
        RecordKind::Mean => (RecordChoice::Mean, None, "mean of raters".to_owned()),
        RecordKind::Rater { rater_id } => {
            let name = name_of(rater_id);
            let rater_id = rater_id.clone();
            (RecordChoice::Rater { rater_id }, Some(name.clone()), name)
        }
        RecordKind::Random { seed, rater_id } => {
            let name = name_of(rater_id);
            let words = format!("{name} (drawn, seed {seed})");
            (RecordChoice::Random { seed: *seed }, Some(name), words)
        }
    };
    RecordView {
        choice,
        rater,
        fixed_ms: record.fixed_ms,
        words,
    }
}

/// Whether a coding of the session is what this record names. Of the mean of raters no coding is.
pub(crate) fn is_of_record(record: &CodingOfRecord, coding: &CodingSummary) -> bool {
    let header = &coding.header;
    let one_of_several = match &record.kind {
        RecordKind::Consensus => header.purpose == Purpose::Consensus && header.rater_id.as_str() == LEAD,
        RecordKind::Rater { rater_id } | RecordKind::Random { rater_id, .. } => {
            header.purpose == Purpose::Production && header.rater_id == *rater_id
        }
        RecordKind::Mean => false,
    };
    one_of_several && coding.branch_label.is_none() && header.perspective == Perspective::Observer
}

/// What a session's results come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum RecordedCoding {
    One(CodingId),
    /// The mean of these.
    Mean(Vec<CodingId>),
}

/// The codings of record of the whole study.
pub(crate) struct Records {
    of: BTreeMap<SessionId, (CodingOfRecord, RecordedCoding)>,
    single: BTreeSet<CodingId>,
}

impl Records {
    /// A record whose coding is not there any more counts for nothing.
    pub(crate) fn of(study: &OpenStudy) -> Result<Self, ApiError> {
        let fixed = study.store.codings_of_record()?;
        let codings = if fixed.is_empty() {
            BTreeMap::new()
        } else {
            comparable(study)?
        };
        let mut of = BTreeMap::new();
        for (session_id, record) in fixed {
            let own = codings.get(&session_id).map(Vec::as_slice).unwrap_or_default();
            let recorded = match &record.kind {
                RecordKind::Consensus => consensus_of(study, &session_id)?.map(RecordedCoding::One),
                RecordKind::Rater { .. } | RecordKind::Random { .. } => own
                    .iter()
                    .find(|coding| is_of_record(&record, coding))
                    .map(|coding| RecordedCoding::One(coding.id.clone())),
                RecordKind::Mean => {
                    let submitted: Vec<CodingId> = own
                        .iter()
                        .filter(|coding| coding.status == Status::Submitted)
                        .map(|coding| coding.id.clone())
                        .collect();
                    (!submitted.is_empty()).then_some(RecordedCoding::Mean(submitted))
                }
            };
            if let Some(recorded) = recorded {
                of.insert(session_id, (record, recorded));
            }
        }
        let single = of
            .values()
            .filter_map(|(_, recorded)| match recorded {
                RecordedCoding::One(coding) => Some(coding.clone()),
                RecordedCoding::Mean(_) => None,
            })
            .collect();
        Ok(Self { of, single })
    }

    pub(crate) fn get(&self, session_id: &SessionId) -> Option<(&CodingOfRecord, &RecordedCoding)> {
        self.of
            .get(session_id)
            .map(|(record, recorded)| (record, recorded))
    }

    /// Whether this one coding is what counts for its session.
    pub(crate) fn is_of_record(&self, coding_id: &CodingId) -> bool {
        self.single.contains(coding_id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rater(name: &str) -> RaterId {
        RaterId::new(name).unwrap()
    }

    #[test]
    fn a_draw_depends_on_seed_and_session_and_on_no_order() {
        let (a, b, c) = (rater("a"), rater("b"), rater("c"));
        let session = |number: u32| SessionId::new(format!("s{number}")).unwrap();
        let mut times = BTreeMap::new();
        for number in 0..300 {
            let one = drawn(7, &session(number), &[&a, &b, &c]).unwrap();
            assert_eq!(Some(one), drawn(7, &session(number), &[&c, &a, &b]));
            *times.entry(one.clone()).or_insert(0) += 1;
        }
        assert!(times.values().all(|drawn| *drawn > 60), "{times:?}");
        let other = (0..300)
            .filter(|number| {
                drawn(7, &session(*number), &[&a, &b, &c]) != drawn(8, &session(*number), &[&a, &b, &c])
            })
            .count();
        assert!(other > 100, "another seed draws otherwise");
        assert_eq!(drawn(7, &session(1), &[]), None);
    }
}

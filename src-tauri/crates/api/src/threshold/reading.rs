//! Reading the codings of a study, some at a time, so that the window never waits.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::Arc;
use std::time::{Duration, Instant};

use sunder_domain::{CodingId, Perspective, Purpose, RaterId, SessionId};
use sunder_store::{CodingFilter, CodingSummary, LEAD};

use super::basis::{Basis, HeldSource, count};
use crate::app::App;
use crate::coding::{Working, session_label};
use crate::consensus::{RecordedCoding, Records};
use crate::rules;
use crate::study::{OpenStudy, rater_names};
use crate::wire::{ApiError, ReadThreshold, ThresholdBasis, ThresholdReading, ThresholdSource};

/// How long one call may read on.
const READING_TIME: Duration = Duration::from_millis(25);

/// A coding to be read: number and label of its session.
type Wanted = (u32, String, CodingId);

/// Codings of one case in one source, by session number.
struct Group {
    source: usize,
    members: Vec<Wanted>,
}

/// Reads.
pub(crate) struct Reader {
    basis: Basis,
    groups: VecDeque<Group>,
    all: usize,
}

impl Reader {
    /// Chooses what to read: the codings of record, and every person's codings side by side.
    ///
    /// # Errors
    /// File errors.
    pub(crate) fn new(study: &OpenStudy) -> Result<Self, ApiError> {
        let cases: BTreeMap<_, String> = study
            .store
            .cases()?
            .into_iter()
            .map(|case| (case.id, case.name))
            .collect();
        let sessions: BTreeMap<SessionId, (String, u32)> = study
            .store
            .sessions()?
            .into_iter()
            .map(|session| {
                let case = cases.get(&session.case_id).cloned().unwrap_or_default();
                (session.id, (case, session.number))
            })
            .collect();
        let codings: Vec<CodingSummary> = study
            .store
            .codings(&CodingFilter::default())?
            .into_iter()
            .filter(|coding| {
                coding.branch_label.is_none() && coding.header.perspective == Perspective::Observer
            })
            .collect();
        let records = Records::of(study)?;
        let mut reader = Self {
            basis: Basis {
                sessions: count(sessions.len()),
                ..Basis::default()
            },
            groups: VecDeque::new(),
            all: 0,
        };
        reader.count_sessions(&sessions, &codings, &records);
        reader.want_of_record(&sessions, &records);
        let names = rater_names(study)?;
        let mut coders: BTreeMap<(Purpose, String, RaterId), Vec<(SessionId, CodingId)>> = BTreeMap::new();
        for coding in codings {
            let header = coding.header;
            let name = names
                .get(&header.rater_id)
                .cloned()
                .unwrap_or_else(|| header.rater_id.to_string());
            coders
                .entry((header.purpose, name, header.rater_id))
                .or_default()
                .push((header.session_id, coding.id));
        }
        for ((purpose, name, rater_id), codings) in coders {
            let words = words_of(&name, &rater_id, purpose);
            reader.want(
                ThresholdSource::Coder { rater_id, purpose },
                words,
                &sessions,
                codings,
            );
        }
        reader.all = reader.groups.len();
        Ok(reader)
    }

    fn count_sessions(
        &mut self,
        sessions: &BTreeMap<SessionId, (String, u32)>,
        codings: &[CodingSummary],
        records: &Records,
    ) {
        let coded: BTreeSet<&SessionId> = codings.iter().map(|coding| &coding.header.session_id).collect();
        self.basis.uncoded = count(sessions.keys().filter(|id| !coded.contains(id)).count());
        for session in coded {
            match records.get(session) {
                None => self.basis.without_record += 1,
                Some((_, RecordedCoding::Mean(_))) => self.basis.record_is_mean += 1,
                Some((_, RecordedCoding::One(_))) => {}
            }
        }
    }

    /// Codings of record of one case build up together, whoever made them.
    fn want_of_record(&mut self, sessions: &BTreeMap<SessionId, (String, u32)>, records: &Records) {
        let codings: Vec<(SessionId, CodingId)> = sessions
            .keys()
            .filter_map(|session| match records.get(session) {
                Some((_, RecordedCoding::One(coding))) => Some((session.clone(), coding.clone())),
                _ => None,
            })
            .collect();
        if !codings.is_empty() {
            let words = "coding of record".to_owned();
            self.want(ThresholdSource::OfRecord, words, sessions, codings);
        }
    }

    fn want(
        &mut self,
        source: ThresholdSource,
        words: String,
        sessions: &BTreeMap<SessionId, (String, u32)>,
        codings: Vec<(SessionId, CodingId)>,
    ) {
        let mut by_case: BTreeMap<&str, Vec<Wanted>> = BTreeMap::new();
        for (session, coding) in codings {
            if let Some((case, number)) = sessions.get(&session) {
                by_case
                    .entry(case)
                    .or_default()
                    .push((*number, session_label(case, *number), coding));
            }
        }
        let place = self.basis.sources.len();
        self.basis.sources.push(HeldSource::new(source, words));
        for mut members in by_case.into_values() {
            members.sort();
            self.groups.push_back(Group {
                source: place,
                members,
            });
        }
    }

    /// Reads on for about this long; true when everything is read.
    ///
    /// # Errors
    /// File errors.
    pub(crate) fn read_for(&mut self, study: &mut OpenStudy, time: Duration) -> Result<bool, ApiError> {
        let begun = Instant::now();
        while let Some(group) = self.groups.pop_front() {
            let members = group
                .members
                .into_iter()
                .map(|(number, label, id)| Ok((number, label, study.fetch_alone(&id)?)))
                .collect::<Result<Vec<(u32, String, Working)>, ApiError>>()?;
            if let Some(source) = self.basis.sources.get_mut(group.source) {
                source.add_case(&members);
            }
            if begun.elapsed() >= time {
                break;
            }
        }
        Ok(self.groups.is_empty())
    }

    fn done(&self) -> f64 {
        #[expect(clippy::cast_precision_loss, reason = "a share for people")]
        let left = self.groups.len() as f64 / self.all.max(1) as f64;
        1.0 - left
    }

    pub(crate) fn finish(self) -> Basis {
        self.basis
    }
}

/// Everything read in one go, for callers without a window.
pub(super) fn read_whole(study: &mut OpenStudy) -> Result<Arc<Basis>, ApiError> {
    if let Some(basis) = &study.threshold.basis {
        return Ok(Arc::clone(basis));
    }
    let mut reader = Reader::new(study)?;
    while !reader.read_for(study, READING_TIME)? {}
    let basis = Arc::new(reader.finish());
    study.threshold.basis = Some(Arc::clone(&basis));
    Ok(basis)
}

fn words_of(name: &str, rater_id: &RaterId, purpose: Purpose) -> String {
    match purpose {
        Purpose::Production => name.to_owned(),
        Purpose::Consensus if rater_id.as_str() == LEAD => "consensus".to_owned(),
        other => format!("{name}, {other}"),
    }
}

/// Reads on; once everything is read, what there is. Lead only.
///
/// # Errors
/// `not-allowed` for raters; file errors.
pub fn read(app: &mut App, request: ReadThreshold) -> Result<ThresholdReading, ApiError> {
    let study = app.study_mut()?;
    study.lead_only()?;
    if request.anew {
        study.threshold.reader = None;
        study.threshold.basis = None;
        study.threshold.looked = None;
    }
    if study.threshold.basis.is_none() {
        let mut reader = match study.threshold.reader.take() {
            Some(reader) => reader,
            None => Reader::new(study)?,
        };
        if !reader.read_for(study, READING_TIME)? {
            let done = reader.done();
            study.threshold.reader = Some(reader);
            return Ok(ThresholdReading { done, basis: None });
        }
        study.threshold.basis = Some(Arc::new(reader.finish()));
    }
    let basis = study.threshold.basis()?;
    Ok(ThresholdReading {
        done: 1.0,
        basis: Some(ThresholdBasis {
            sources: basis.sources.iter().map(HeldSource::view).collect(),
            sessions: basis.sessions,
            uncoded: basis.uncoded,
            without_record: basis.without_record,
            record_is_mean: basis.record_is_mean,
            rules: rules::views(study)?,
        }),
    })
}

//! What lies on the table when a session is settled: its originals, and the consensus so far.

use std::sync::Arc;

use sunder_domain::{CodingId, Perspective, Purpose, RaterId, SessionId, Settlement, TranscriptRef};
use sunder_store::{CodingFilter, CodingHeader, LEAD, SessionRecord};

use super::items::{Item, items};
use super::links::Links;
use super::originals::Originals;
use crate::agreement::extent::{Basis, common, length, merged};
use crate::app::no_id;
use crate::coding::{Index, Sibling, Working};
use crate::environment::fresh;
use crate::study::OpenStudy;
use crate::wire::{ApiError, ErrorCode};

/// One session's originals and its consensus.
pub(super) struct Table {
    pub(super) session: SessionRecord,
    pub(super) originals: Originals,
    /// For each original the rater's other codings of the case, where the rule looks at repairs of other sessions.
    siblings: Vec<Vec<Sibling>>,
    /// What is settled; not in the file before the first item is.
    pub(super) consensus: Working,
    pub(super) links: Links,
    basis: Basis,
}

impl Table {
    /// # Errors
    /// `not-found` for an unknown session; `conflict` where nothing was frozen.
    pub(super) fn of(study: &mut OpenStudy, session_id: &SessionId, at_ms: i64) -> Result<Self, ApiError> {
        let session = study.session(session_id)?;
        let originals = Originals::of(study, session_id)?;
        if originals.frozen_ms.is_none() {
            return Err(ApiError::new(
                ErrorCode::Conflict,
                "The codings of this session are not frozen yet. Open its consensus first.",
            ));
        }
        let consensus = match consensus_of(study, session_id)? {
            Some(id) => study.fetch_alone(&id)?,
            None => begin(study, &session, &originals, at_ms)?,
        };
        let mut siblings = Vec::new();
        for original in &originals.present {
            siblings.push(if study.rule.rule.tended.is_some() {
                study.siblings(&original.coding)?
            } else {
                Vec::new()
            });
        }
        let links = Links::read(study, &session, &originals, &consensus)?;
        let mut transcripts = originals
            .present
            .iter()
            .map(|original| &original.coding.header.transcript.sha256);
        let first = transcripts.next();
        let basis = if transcripts.all(|sha256| Some(sha256) == first) {
            Basis::TextAndTime
        } else {
            Basis::Time
        };
        Ok(Self {
            session,
            originals,
            siblings,
            consensus,
            links,
            basis,
        })
    }

    /// What belongs to each conflict of each original.
    pub(super) fn indexes(&self) -> Vec<Index<'_>> {
        self.originals
            .present
            .iter()
            .zip(&self.siblings)
            .map(|(original, siblings)| {
                Index::of(&original.coding, siblings.iter().map(|sibling| &sibling.coding))
            })
            .collect()
    }

    pub(super) fn items<'a>(&'a self, indexes: &[Index<'a>]) -> Vec<Item<'a>> {
        items(&self.originals.present, indexes, self.basis)
    }
}

/// How an item was settled: by its name, or by what it was settled from, where originals were frozen anew since and fall
/// into other groups. Several, where what were two items is one now.
pub(super) fn settlements_of<'a>(consensus: &'a Working, item: &Item<'_>) -> Vec<&'a Settlement> {
    consensus
        .settlements
        .values()
        .filter(|settlement| {
            settlement.kind == item.kind
                && (settlement.item == item.id
                    || settlement
                        .sources
                        .iter()
                        .any(|source| item.sources.contains(source)))
        })
        .collect()
}

/// Whether at least half of a stretch was played or read. Where no record was kept of a submitted coding, all counts as
/// seen.
pub(super) fn has_seen(coding: &Working, start_ms: u32, end_ms: u32) -> bool {
    if coding.coverage.is_empty() {
        return coding.status == sunder_domain::Status::Submitted;
    }
    let stretches = |from: &[(u32, u32)]| -> Vec<(u64, u64)> {
        merged(
            from.iter()
                .map(|(start, end)| (u64::from(*start), u64::from(*end)))
                .collect(),
        )
    };
    let asked = [(start_ms, end_ms.max(start_ms.saturating_add(1)))];
    let asked = stretches(&asked);
    length(&common(&stretches(&coding.coverage), &asked)).saturating_mul(2) >= length(&asked)
}

/// The consensus of a session, where there is one. Where two copies of a study each began one, the earlier is meant.
pub(crate) fn consensus_of(study: &OpenStudy, session_id: &SessionId) -> Result<Option<CodingId>, ApiError> {
    let filter = CodingFilter {
        session: Some(session_id.clone()),
        purpose: Some(Purpose::Consensus),
        rater: Some(lead()?),
        ..CodingFilter::default()
    };
    let mut codings = study.store.codings(&filter)?;
    codings.retain(|coding| coding.branch_label.is_none());
    Ok(codings.into_iter().map(|coding| coding.id).min())
}

/// Who writes a consensus.
pub(crate) fn lead() -> Result<RaterId, ApiError> {
    RaterId::new(LEAD).map_err(|_| no_id())
}

/// A consensus of which nothing is written yet: on the newest transcript of the originals, seen where one of them was.
fn begin(
    study: &mut OpenStudy,
    session: &SessionRecord,
    originals: &Originals,
    at_ms: i64,
) -> Result<Working, ApiError> {
    let headers = || originals.present.iter().map(|original| &original.coding.header);
    let transcript = headers()
        .map(|header| &header.transcript)
        .max_by_key(|transcript| transcript.version)
        .cloned()
        .unwrap_or_else(|| TranscriptRef {
            version: 0,
            sha256: String::new(),
        });
    let newest = study.codebook.reference().to_string();
    let mut codebooks = headers().map(|header| &header.codebook);
    let first = codebooks.next();
    let header = CodingHeader {
        session_id: session.id.clone(),
        rater_id: lead()?,
        purpose: Purpose::Consensus,
        perspective: Perspective::Observer,
        material: study.settings.material,
        codebook: match first {
            Some(first) if codebooks.all(|other| other == first) => first.clone(),
            _ => newest,
        },
        transcript,
        started_ms: at_ms,
    };
    let text = study.transcript(&header.transcript.sha256)?;
    let id: CodingId = fresh().map_err(|_| no_id())?;
    let mut consensus = Working::fresh(id, header, Arc::clone(&text));
    consensus.recording_end_ms = study.recording_end_ms(&session.id);
    consensus.coverage = united(originals);
    Ok(consensus)
}

/// What any of the originals has seen.
fn united(originals: &Originals) -> Vec<(u32, u32)> {
    let seen = originals
        .present
        .iter()
        .flat_map(|original| &original.coding.coverage)
        .map(|(start, end)| (u64::from(*start), u64::from(*end)))
        .collect();
    let small = |ms: u64| u32::try_from(ms).unwrap_or(u32::MAX);
    merged(seen)
        .into_iter()
        .map(|(start, end)| (small(start), small(end)))
        .collect()
}

//! Reading what goes out, some at a time, so that whoever asks is never kept waiting: a case is handed on when it is
//! whole, and the next one is read when there is room.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

use sunder_domain::{Coding, CodingId};
use sunder_store::SessionRecord;

use super::choose::{CasePlan, Plan};
use crate::coding::Working;
use crate::coding_file::as_file;
use crate::study::OpenStudy;
use crate::wire::ApiError;

/// One case, read.
pub(super) struct ReadCase {
    pub(super) name: String,
    pub(super) sessions: Vec<SessionRecord>,
    pub(super) codings: Vec<ReadCoding>,
}

/// One coding, read.
pub(super) struct ReadCoding {
    /// It goes out; else it was read for what it does to others.
    pub(super) shown: bool,
    pub(super) number: u32,
    pub(super) working: Working,
    /// As its file would hold it.
    pub(super) file: Coding,
}

/// Reads.
pub(super) struct Reader {
    cases: VecDeque<CasePlan>,
    current: Option<(CasePlan, Vec<ReadCoding>)>,
    all: usize,
    read: usize,
}

impl Reader {
    pub(super) fn new(plan: Plan) -> Self {
        Self {
            cases: plan.cases,
            current: None,
            all: plan.all,
            read: 0,
        }
    }

    /// The part that is read.
    pub(super) fn done(&self) -> f64 {
        let small = |n: usize| f64::from(u32::try_from(n).unwrap_or(u32::MAX));
        if self.all == 0 {
            1.0
        } else {
            small(self.read) / small(self.all)
        }
    }

    /// Nothing is left to read.
    pub(super) fn is_through(&self) -> bool {
        self.cases.is_empty() && self.current.is_none()
    }

    /// Reads on until the time is over or a case is whole.
    ///
    /// # Errors
    /// File errors.
    pub(super) fn read_for(
        &mut self,
        study: &mut OpenStudy,
        begun: Instant,
        time: Duration,
    ) -> Result<Option<ReadCase>, ApiError> {
        loop {
            let Some((plan, codings)) = &mut self.current else {
                match self.cases.pop_front() {
                    Some(plan) => self.current = Some((plan, Vec::new())),
                    None => return Ok(None),
                }
                continue;
            };
            match plan.read.pop_front() {
                Some(id) => {
                    codings.push(read(study, &id, plan.shown.contains(&id))?);
                    self.read += 1;
                }
                None => {
                    return Ok(self.current.take().map(|(plan, codings)| ReadCase {
                        name: plan.name,
                        sessions: plan.sessions,
                        codings,
                    }));
                }
            }
            if begun.elapsed() >= time {
                return Ok(None);
            }
        }
    }
}

fn read(study: &mut OpenStudy, id: &CodingId, shown: bool) -> Result<ReadCoding, ApiError> {
    let working = study.fetch_alone(id)?;
    let session = study.session(&working.header.session_id)?;
    let file = as_file(study, &working)?;
    Ok(ReadCoding {
        shown,
        number: session.number,
        working,
        file,
    })
}

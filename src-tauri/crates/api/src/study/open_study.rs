//! An open study: its file, who sits at the screen, and the codings in hand.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use sunder_domain::{
    ClockSource, Codebook, CodingId, OperationId, Purpose, RaterId, Rule, SessionId, Transcript,
};
use sunder_media::Shelf;
use sunder_store::{
    CaseRecord, Change, CodingFilter, CodingHeader, LEAD, RecordingRecord, RuleRecord, SessionRecord, Step,
    StoreError, StoredCoding, Study, StudySettings, Target, TranscriptRecord,
};

use crate::agreement::Jobs;
use crate::coding::{Eyes, Sibling, Touched, Working, step_words};
use crate::export::ExportJobs;
use crate::recording::RecordingJobs;
use crate::results;
use crate::study::tending::Tending;
use crate::threshold::Threshold;
use crate::wire::{ApiError, ErrorCode, Notice, Permissions, Person};

/// Read transcripts that are kept at hand: the sessions of one long case, not a whole study.
const TRANSCRIPTS_KEPT: usize = 64;

/// The study that is open.
pub(crate) struct OpenStudy {
    pub(crate) store: Study,
    pub(crate) path: PathBuf,
    pub(crate) person: Person,
    /// Somebody said on this machine who sits here.
    pub(crate) person_known: bool,
    pub(crate) settings: StudySettings,
    pub(crate) codebook: Arc<Codebook>,
    pub(crate) rule: RuleRecord,
    codings: BTreeMap<CodingId, Working>,
    transcripts: BTreeMap<String, Arc<Transcript>>,
    /// Computations under way; they stop when the study closes.
    pub(crate) jobs: Jobs,
    /// Exports under way; they stop when the study closes or somebody else sits down.
    pub(crate) exports: ExportJobs,
    /// The recordings, as they were linked.
    pub(crate) recordings: BTreeMap<SessionId, RecordingRecord>,
    /// Files that are being read; they are let go of when the study closes.
    pub(crate) recording_jobs: RecordingJobs,
    /// What the window can play, once it has asked; it ends with the study or the person.
    pub(crate) shelf: Option<Shelf>,
    /// What was read for the threshold; forgotten when a coding changes.
    pub(crate) threshold: Threshold,
    /// Results that are being read; forgotten when a coding changes.
    pub(crate) results: Option<results::Reader>,
    /// What the steps of undo and redo are called, as far as they were asked for.
    step_words: BTreeMap<OperationId, String>,
    tending: Tending,
}

impl OpenStudy {
    /// Takes an opened file; `person` is who sits at the screen, `None` where nobody has said so yet.
    pub(crate) fn new(store: Study, path: &Path, person: Option<Person>) -> Result<Self, ApiError> {
        let settings = store.settings()?;
        let rule = rule_of(&store, &settings)?;
        let codebook = Arc::new(newest_codebook(&store)?);
        let recordings = recordings_of(&store)?;
        Ok(Self {
            store,
            path: path.to_owned(),
            person_known: person.is_some(),
            person: person.unwrap_or(Person::Lead),
            settings,
            codebook,
            rule,
            codings: BTreeMap::new(),
            transcripts: BTreeMap::new(),
            jobs: Jobs::default(),
            exports: ExportJobs::default(),
            recordings,
            recording_jobs: RecordingJobs::default(),
            shelf: None,
            threshold: Threshold::default(),
            results: None,
            step_words: BTreeMap::new(),
            tending: Tending::default(),
        })
    }

    /// Reads the set-up again after it changed, and forgets the codings in hand: what a person may see may differ.
    pub(crate) fn refresh(&mut self) -> Result<(), ApiError> {
        self.settings = self.store.settings()?;
        self.rule = rule_of(&self.store, &self.settings)?;
        self.codebook = Arc::new(newest_codebook(&self.store)?);
        self.recordings = recordings_of(&self.store)?;
        self.forget_codings();
        // What was begun in memory only stays in hand, in a session that may be longer now.
        for coding in self.codings.values_mut() {
            let recording = self.recordings.get(&coding.header.session_id);
            coding.recording_end_ms = recording.map_or(0, RecordingRecord::end_ms);
        }
        Ok(())
    }

    /// Forgets what was begun of a session in memory only: it stands on a transcript that is no longer the newest.
    pub(crate) fn forget_begun(&mut self, session_id: &SessionId) {
        self.codings
            .retain(|_, coding| coding.started || coding.header.session_id != *session_id);
    }

    pub(crate) fn set_person(&mut self, person: Person) {
        self.person = person;
        self.person_known = true;
        self.codings.clear();
        self.jobs = Jobs::default();
        self.exports = ExportJobs::default();
        self.recording_jobs = RecordingJobs::default();
        self.shelf = None;
        self.threshold = Threshold::default();
        self.results = None;
        self.step_words.clear();
    }

    /// Who acts, as the log names them.
    pub(crate) fn actor(&self) -> String {
        match &self.person {
            Person::Lead => "lead".to_owned(),
            Person::Rater { rater_id } => format!("rater:{rater_id}"),
        }
    }

    /// Under which this machine remembers what this person left as it was.
    pub(crate) fn memory_key(&self) -> String {
        format!("{}/{}", self.store.id(), self.actor())
    }

    /// What this person may see and do.
    pub(crate) fn permissions(&self) -> Permissions {
        let masking = self.settings.masking;
        if !self.person_known {
            return Permissions {
                lead: false,
                classes: false,
                totals: false,
                case_and_number: false,
            };
        }
        match self.person {
            Person::Lead => Permissions {
                lead: true,
                classes: true,
                totals: true,
                case_and_number: true,
            },
            Person::Rater { .. } => Permissions {
                lead: false,
                classes: masking.classes,
                totals: masking.totals && masking.classes,
                case_and_number: masking.case_name && masking.session_number,
            },
        }
    }

    /// The rule, where this person may see classes.
    pub(crate) fn visible_rule(&self) -> Option<&Rule> {
        self.permissions().classes.then_some(&self.rule.rule)
    }

    pub(crate) fn lead_only(&self) -> Result<(), ApiError> {
        self.somebody()?;
        match self.person {
            Person::Lead => Ok(()),
            Person::Rater { .. } => Err(ApiError::new(
                ErrorCode::NotAllowed,
                "Only the lead can do this. Switch to lead first.",
            )),
        }
    }

    /// Others' codings cannot be fetched by a rater at all.
    pub(crate) fn may_read(&self, coding_id: &CodingId) -> Result<(), ApiError> {
        self.somebody()?;
        match &self.person {
            Person::Lead => Ok(()),
            Person::Rater { rater_id } => {
                let (writer, purpose) = self.writer_of(coding_id)?;
                if writer != *rater_id {
                    Err(ApiError::new(
                        ErrorCode::NotAllowed,
                        "This coding is another rater's.",
                    ))
                } else if purpose == Purpose::Consensus {
                    Err(ApiError::new(
                        ErrorCode::NotAllowed,
                        "The consensus is the lead's.",
                    ))
                } else {
                    Ok(())
                }
            }
        }
    }

    /// A coding has one writer, ever: its rater, or the lead for the consensus.
    pub(crate) fn may_write(&self, coding_id: &CodingId) -> Result<(), ApiError> {
        self.may_read(coding_id)?;
        match self.person {
            Person::Rater { .. } => Ok(()),
            Person::Lead if self.writer_of(coding_id)?.0.as_str() == LEAD => Ok(()),
            Person::Lead => Err(ApiError::new(
                ErrorCode::NotAllowed,
                "A coding is written by its rater alone. Switch to that rater to change it.",
            )),
        }
    }

    /// Who writes a coding, and what for.
    fn writer_of(&self, coding_id: &CodingId) -> Result<(RaterId, Purpose), ApiError> {
        let header = match self.codings.get(coding_id) {
            Some(coding) => coding.header.clone(),
            None => self.store.coding_summary(coding_id)?.header,
        };
        Ok((header.rater_id, header.purpose))
    }

    /// On a machine where nobody has chosen who sits here, nothing of the study is shown.
    pub(crate) fn somebody(&self) -> Result<(), ApiError> {
        if self.person_known {
            return Ok(());
        }
        Err(ApiError::new(
            ErrorCode::NotAllowed,
            "Choose first who sits at this screen: the lead, or a rater.",
        ))
    }

    /// A coding in hand, fetched where it is not.
    pub(crate) fn working(&mut self, coding_id: &CodingId) -> Result<&Working, ApiError> {
        if !self.codings.contains_key(coding_id) {
            let coding = self.fetch(coding_id)?;
            self.codings.insert(coding_id.clone(), coding);
        }
        self.working_ref(coding_id)
    }

    /// A coding that is in hand already.
    pub(crate) fn working_ref(&self, coding_id: &CodingId) -> Result<&Working, ApiError> {
        self.codings.get(coding_id).ok_or_else(|| {
            ApiError::new(
                ErrorCode::NotFound,
                format!("There is no coding {coding_id} in this study."),
            )
        })
    }

    /// Begins a coding in memory; the file hears of it with the first act.
    pub(crate) fn begin(&mut self, coding_id: CodingId, header: CodingHeader) -> Result<(), ApiError> {
        let transcript = self.transcript(&header.transcript.sha256)?;
        let mut coding = Working::fresh(coding_id.clone(), header, transcript);
        coding.recording_end_ms = self.recording_end_ms(&coding.header.session_id);
        coding.siblings = Arc::new(self.siblings(&coding)?);
        self.codings.insert(coding_id, coding);
        Ok(())
    }

    /// Forgets the codings in hand that the file knows: they are fetched anew when they are asked for.
    pub(crate) fn forget_codings(&mut self) {
        self.codings.retain(|_, coding| !coding.started);
        self.threshold = Threshold::default();
        self.results = None;
    }

    /// A coding of this session that was begun in memory only.
    pub(crate) fn begun(
        &self,
        session_id: &SessionId,
        rater_id: &sunder_domain::RaterId,
        purpose: sunder_domain::Purpose,
    ) -> Option<CodingId> {
        self.codings
            .values()
            .find(|coding| {
                !coding.started
                    && coding.header.session_id == *session_id
                    && coding.header.rater_id == *rater_id
                    && coding.header.purpose == purpose
            })
            .map(|coding| coding.id.clone())
    }

    /// Takes over what was committed; returns what the screen must hear of.
    pub(crate) fn take_over(
        &mut self,
        coding_id: &CodingId,
        changes: &[Change],
    ) -> Result<Touched, ApiError> {
        let coding = self.codings.get_mut(coding_id).ok_or_else(|| {
            ApiError::new(
                ErrorCode::NotFound,
                format!("There is no coding {coding_id} in this study."),
            )
        })?;
        let touched = coding.touched(changes);
        self.threshold = Threshold::default();
        self.results = None;
        for change in changes {
            coding.apply(change);
        }
        self.put_on_its_transcript(coding_id)?;
        // The others hold this one as a sibling; they are fetched anew when they are asked for.
        self.codings
            .retain(|id, coding| id == coding_id || !coding.started);
        Ok(touched)
    }

    /// A coding that was carried over, or back, stands on another version now.
    fn put_on_its_transcript(&mut self, coding_id: &CodingId) -> Result<(), ApiError> {
        let sha256 = self.working_ref(coding_id)?.header.transcript.sha256.clone();
        let transcript = self.transcript(&sha256)?;
        if let Some(coding) = self.codings.get_mut(coding_id) {
            coding.transcript = transcript;
        }
        Ok(())
    }

    fn fetch(&mut self, coding_id: &CodingId) -> Result<Working, ApiError> {
        let mut coding = self.fetch_alone(coding_id)?;
        coding.siblings = Arc::new(self.siblings(&coding)?);
        Ok(coding)
    }

    /// One coding without its siblings.
    pub(crate) fn fetch_alone(&mut self, coding_id: &CodingId) -> Result<Working, ApiError> {
        let stored = self.store.coding(coding_id)?;
        self.in_hand(stored)
    }

    /// What the store has read, with its transcript.
    pub(crate) fn in_hand(&mut self, stored: StoredCoding) -> Result<Working, ApiError> {
        let transcript = self.transcript(&stored.transcript.sha256)?;
        let mut coding = Working::stored(stored, transcript);
        coding.recording_end_ms = self.recording_end_ms(&coding.header.session_id);
        Ok(coding)
    }

    /// The same rater's codings of the other sessions of the case, for the same purpose, in order of session.
    pub(crate) fn siblings(&mut self, coding: &Working) -> Result<Vec<Sibling>, ApiError> {
        let own = self.session(&coding.header.session_id)?;
        let filter = CodingFilter {
            case: Some(own.case_id.clone()),
            rater: Some(coding.header.rater_id.clone()),
            purpose: Some(coding.header.purpose),
            ..CodingFilter::default()
        };
        let mut siblings = Vec::new();
        for summary in self.store.codings(&filter)? {
            if summary.header.session_id == own.id || summary.branch_label.is_some() {
                continue;
            }
            let session = self.session(&summary.header.session_id)?;
            siblings.push(Sibling {
                number: session.number,
                coding: self.fetch_alone(&summary.id)?,
            });
        }
        siblings.sort_by_key(|sibling| sibling.number);
        Ok(siblings)
    }

    /// A transcript by its SHA-256, read once; without one (a coding that came before its transcript) an empty one.
    pub(crate) fn transcript(&mut self, sha256: &str) -> Result<Arc<Transcript>, ApiError> {
        if let Some(transcript) = self.transcripts.get(sha256) {
            return Ok(Arc::clone(transcript));
        }
        let transcript = match self.store.transcript_content(sha256) {
            Ok(transcript) => Arc::new(transcript),
            Err(StoreError::Unknown { .. }) => {
                return Ok(Arc::new(Transcript::new(
                    ClockSource::Estimated,
                    Vec::new(),
                    Vec::new(),
                )));
            }
            Err(error) => return Err(error.into()),
        };
        if self.transcripts.len() >= TRANSCRIPTS_KEPT {
            self.transcripts.clear();
        }
        self.transcripts
            .insert(sha256.to_owned(), Arc::clone(&transcript));
        Ok(transcript)
    }

    /// Where a session's recording ends on its clock, ms; 0 without one.
    pub(crate) fn recording_end_ms(&self, session_id: &SessionId) -> u32 {
        self.recordings.get(session_id).map_or(0, RecordingRecord::end_ms)
    }

    /// The newest version of a session's transcript.
    pub(crate) fn newest_transcript(&self, session_id: &SessionId) -> Result<TranscriptRecord, ApiError> {
        self.store.newest_transcript(session_id)?.ok_or_else(|| {
            ApiError::new(
                ErrorCode::NotFound,
                format!("The session {session_id} has no transcript."),
            )
        })
    }

    pub(crate) fn session(&self, session_id: &SessionId) -> Result<SessionRecord, ApiError> {
        Ok(self.store.session(session_id)?)
    }

    pub(crate) fn case_of(&self, session: &SessionRecord) -> Result<CaseRecord, ApiError> {
        self.store
            .cases()?
            .into_iter()
            .find(|case| case.id == session.case_id)
            .ok_or_else(|| {
                ApiError::new(
                    ErrorCode::NotFound,
                    format!("There is no case {} in this study.", session.case_id),
                )
            })
    }

    /// A rater's name; `lead` for who writes the consensus.
    pub(crate) fn rater_name(&self, rater_id: &sunder_domain::RaterId) -> Result<String, ApiError> {
        if rater_id.as_str() == LEAD {
            return Ok(LEAD.to_owned());
        }
        self.store
            .raters()?
            .into_iter()
            .find(|rater| rater.id == *rater_id)
            .map(|rater| rater.name)
            .ok_or_else(|| {
                ApiError::new(
                    ErrorCode::NotFound,
                    format!("There is no rater {rater_id} in this study."),
                )
            })
    }

    /// How this person looks at a coding.
    pub(crate) fn eyes(&self, coding: &Working) -> Result<Eyes<'_>, ApiError> {
        let session = self.session(&coding.header.session_id)?;
        let may = self.permissions();
        let case = if may.case_and_number {
            Some(self.case_of(&session)?.name)
        } else {
            None
        };
        Ok(Eyes {
            codebook: &self.codebook,
            rule: self.visible_rule(),
            totals: may.totals,
            number: session.number,
            case,
        })
    }

    /// What undo and redo would take, in words; nothing for a coding that the file has not heard of.
    pub(crate) fn undo_and_redo(
        &mut self,
        coding_id: &CodingId,
    ) -> Result<(Option<String>, Option<String>), ApiError> {
        if !self.working(coding_id)?.started {
            return Ok((None, None));
        }
        let target = Target::Coding(coding_id.clone());
        let (undo, redo) = self.store.steps(&target)?;
        let mut words = |step: Option<Step>| {
            step.map(|step| self.words_of(&target, coding_id, &step))
                .transpose()
        };
        Ok((words(undo)?, words(redo)?))
    }

    fn words_of(&mut self, target: &Target, coding_id: &CodingId, step: &Step) -> Result<String, ApiError> {
        if let Some(words) = self.step_words.get(&step.operation) {
            return Ok(words.clone());
        }
        let touched = self.store.touched_by(target, step)?;
        let words = step_words(step, &touched, self.working_ref(coding_id)?, &self.codebook);
        self.step_words.insert(step.operation.clone(), words.clone());
        Ok(words)
    }

    /// What nobody waits for; returns what the person must hear of.
    pub(crate) fn idle(&mut self, now_ms: i64) -> Vec<Notice> {
        self.tending.tend(&mut self.store, now_ms)
    }
}

fn recordings_of(store: &Study) -> Result<BTreeMap<SessionId, RecordingRecord>, ApiError> {
    let recordings = store.recordings()?.into_iter();
    Ok(recordings
        .map(|record| (record.session_id.clone(), record))
        .collect())
}

fn rule_of(store: &Study, settings: &StudySettings) -> Result<RuleRecord, ApiError> {
    Ok(store.rule(&settings.rule_id)?)
}

/// The codebook of the highest edition.
fn newest_codebook(store: &Study) -> Result<Codebook, ApiError> {
    let edition = |reference: &str| {
        let (key, edition) = reference.rsplit_once('@').unwrap_or((reference, ""));
        (edition.parse::<u32>().unwrap_or_default(), key.to_owned())
    };
    let record = store
        .codebooks()?
        .into_iter()
        .max_by_key(|record| edition(&record.reference))
        .ok_or_else(|| {
            ApiError::new(
                ErrorCode::Damaged,
                "The study has no codebook. Run `sunder verify` on it.",
            )
        })?;
    Ok(store.codebook_content(&record.sha256)?)
}

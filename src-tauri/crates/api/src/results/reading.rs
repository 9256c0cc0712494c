//! From the codings of a study to its results, some at a time, so that the window never waits.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::Arc;
use std::time::{Duration, Instant};

use sunder_domain::{Codebook, CodingId, FamilyKind, Marker, Perspective, Purpose, RaterId, Rule, SessionId};
use sunder_store::CodingFilter;

use super::csv;
use super::lists::{Lists, Place};
use super::tally::Tally;
use crate::app::App;
use crate::consensus::{RecordedCoding, Records, record_view};
use crate::judgement::{self, JudgedCoding};
use crate::report::{fetch, groups, rule_of_results};
use crate::rules::lock_view;
use crate::study::{OpenStudy, rater_names};
use crate::wire::{
    ApiError, CaseResults, CopiedText, ErrorCode, Person, ReadResults, ResultsChoice, ResultsReading,
    ResultsReport, ResultsSource, SessionResults,
};

/// How long one call may read on.
const READING_TIME: Duration = Duration::from_millis(25);

/// Codings of one case that are judged together.
struct Wanted {
    /// Nobody's where it is the coding of record.
    rater: Option<RaterId>,
    case: String,
    members: Vec<(u32, CodingId)>,
}

/// Which results a source holds: the coding of record stands first, then raters by name.
type SourceKey = (bool, String, Option<RaterId>);

#[derive(Default)]
struct Source {
    tally: Tally,
    cases: Vec<CaseResults>,
}

/// Reads.
pub(crate) struct Reader {
    choice: ResultsChoice,
    rule: Rule,
    codebook: Arc<Codebook>,
    names: BTreeMap<RaterId, String>,
    /// What was fixed, in words, of the sessions that have one coding of record.
    fixed: BTreeMap<SessionId, String>,
    /// Sessions whose raters stand side by side.
    open: BTreeSet<SessionId>,
    wanted: VecDeque<Wanted>,
    all: usize,
    sources: BTreeMap<SourceKey, Source>,
    lists: Lists,
    notes: Vec<String>,
}

impl Reader {
    /// Chooses what to read.
    ///
    /// # Errors
    /// As [`whole`].
    fn new(study: &OpenStudy, choice: ResultsChoice) -> Result<Self, ApiError> {
        let rule = rule_of_results(study, choice.rule.as_ref())?;
        let mut reader = Self {
            choice,
            rule,
            codebook: Arc::clone(&study.codebook),
            names: rater_names(study)?,
            fixed: BTreeMap::new(),
            open: BTreeSet::new(),
            wanted: VecDeque::new(),
            all: 0,
            sources: BTreeMap::new(),
            lists: Lists::default(),
            notes: Vec::new(),
        };
        reader.want(study)?;
        reader.all = reader.wanted.len();
        Ok(reader)
    }

    fn want(&mut self, study: &OpenStudy) -> Result<(), ApiError> {
        let cases: BTreeMap<_, String> = study
            .store
            .cases()?
            .into_iter()
            .map(|case| (case.id, case.name))
            .collect();
        if let Some(case) = &self.choice.case
            && !cases.values().any(|name| name == case)
        {
            return Err(ApiError::new(
                ErrorCode::NotFound,
                "There is no case of that name in this study.",
            ));
        }
        // What counts for a session is the lead's to see: to a rater it would tell of other codings.
        let records = study.permissions().lead.then(|| Records::of(study)).transpose()?;
        let mut of_record: BTreeMap<String, Vec<(u32, CodingId)>> = BTreeMap::new();
        let mut means = 0;
        let sessions = study.store.sessions()?;
        for session in &sessions {
            let case = cases.get(&session.case_id).cloned().unwrap_or_default();
            if self.choice.case.as_ref().is_some_and(|wanted| *wanted != case) {
                continue;
            }
            match records.as_ref().and_then(|records| records.get(&session.id)) {
                Some((record, RecordedCoding::One(coding))) => {
                    self.fixed
                        .insert(session.id.clone(), record_view(record, &self.names).words);
                    of_record
                        .entry(case)
                        .or_default()
                        .push((session.number, coding.clone()));
                }
                other => {
                    means += usize::from(other.is_some());
                    self.open.insert(session.id.clone());
                }
            }
        }
        let coded = self.want_raters(study)?;
        for (case, mut members) in of_record {
            members.sort();
            self.wanted.push_back(Wanted {
                rater: None,
                case,
                members,
            });
        }
        self.tell_missing(study, &coded, means);
        Ok(())
    }

    /// The raters of sessions without one coding of record; which of these sessions somebody coded.
    fn want_raters(&mut self, study: &OpenStudy) -> Result<BTreeSet<SessionId>, ApiError> {
        let filter = CodingFilter {
            rater: match &study.person {
                Person::Lead => None,
                Person::Rater { rater_id } => Some(rater_id.clone()),
            },
            purpose: Some(Purpose::Production),
            ..CodingFilter::default()
        };
        let mut shown: BTreeMap<CodingId, SessionId> = BTreeMap::new();
        for coding in study.store.codings(&filter)? {
            if coding.branch_label.is_none()
                && coding.header.perspective == Perspective::Observer
                && self.open.contains(&coding.header.session_id)
            {
                shown.insert(coding.id, coding.header.session_id);
            }
        }
        for ((case, rater), members) in groups(study, self.choice.case.as_deref(), Purpose::Production)? {
            if members.iter().any(|(_, coding)| shown.contains_key(coding)) {
                self.wanted.push_back(Wanted {
                    rater: Some(rater),
                    case,
                    members,
                });
            }
        }
        Ok(shown.into_values().collect())
    }

    fn tell_missing(&mut self, study: &OpenStudy, coded: &BTreeSet<SessionId>, means: usize) {
        let uncoded = self.open.len() - coded.len();
        if uncoded > 0 {
            let who = if study.permissions().lead {
                "Nobody has"
            } else {
                "You have not"
            };
            self.notes.push(format!("{who} coded {}.", sessions(uncoded)));
        }
        if study.permissions().lead {
            if self.fixed.is_empty() && !coded.is_empty() {
                self.notes.push(
                    "No coding of record is fixed: raters stand side by side and are never added up."
                        .to_owned(),
                );
            } else if !coded.is_empty() {
                self.notes.push(format!(
                    "No single coding of record is fixed for {} of the coded sessions: their raters stand side by side and are never added up.",
                    coded.len()
                ));
            }
            if means > 0 {
                self.notes.push(format!(
                    "The record of {} is the mean of raters: look at each of them.",
                    sessions(means)
                ));
            }
        } else {
            self.notes.push("These are your own codings.".to_owned());
        }
        self.notes.push(
            "Rates are per hour coded; a submitted coding without a record of what was seen counts as the whole session."
                .to_owned(),
        );
    }

    /// Reads on for about this long; true when everything is read.
    fn read_for(&mut self, study: &mut OpenStudy, time: Duration) -> Result<bool, ApiError> {
        let begun = Instant::now();
        while let Some(wanted) = self.wanted.pop_front() {
            self.take(study, wanted)?;
            if begun.elapsed() >= time {
                break;
            }
        }
        Ok(self.wanted.is_empty())
    }

    fn take(&mut self, study: &mut OpenStudy, wanted: Wanted) -> Result<(), ApiError> {
        let Wanted { rater, case, members } = wanted;
        let members = fetch(study, members)?;
        let group: Vec<_> = members.iter().map(|(number, coding)| (*number, coding)).collect();
        let (judged, found) = judgement::judge_group(&self.rule, &group);
        let words = rater.as_ref().map(|rater| {
            let name = self.names.get(rater);
            name.cloned().unwrap_or_else(|| rater.to_string())
        });
        let mut of_case = Tally::default();
        let mut rows = Vec::new();
        for one in &judged {
            let header = &one.coding.header;
            let coder = match &words {
                None => self.fixed.get(&header.session_id).cloned().unwrap_or_default(),
                Some(name) => {
                    if header.perspective != Perspective::Observer || !self.open.contains(&header.session_id)
                    {
                        continue;
                    }
                    name.clone()
                }
            };
            let totals = judgement::totals_of(one.coding, &one.verdicts, &found);
            let tally = Tally::of(one, totals, &repairs(one, &self.codebook));
            of_case.add(&tally);
            let place = Place {
                case: &case,
                coder: &coder,
                of_record: rater.is_none(),
                with_text: self.choice.with_text,
                codebook: &self.codebook,
            };
            self.lists.add(one, &place);
            rows.push(SessionResults {
                session_id: header.session_id.clone(),
                coding_id: one.coding.id.clone(),
                session: one.number,
                coder,
                first: first(one),
                figures: tally.figures(),
            });
        }
        let key = (rater.is_some(), words.unwrap_or_default(), rater);
        let source = self.sources.entry(key).or_default();
        source.tally.add(&of_case);
        source.cases.push(CaseResults {
            case,
            figures: of_case.figures(),
            sessions: rows,
        });
        Ok(())
    }

    fn done(&self) -> f64 {
        #[expect(clippy::cast_precision_loss, reason = "a share for people")]
        let left = self.wanted.len() as f64 / self.all.max(1) as f64;
        1.0 - left
    }

    fn finish(self, study: &OpenStudy) -> Result<ResultsReport, ApiError> {
        let kept = study
            .store
            .rules()?
            .into_iter()
            .find(|record| record.rule == self.rule);
        let mut notes = self.notes;
        let locked = kept.and_then(|record| record.locked.as_ref().map(lock_view));
        if locked.is_none() {
            notes.push("The rule is not locked.".to_owned());
        }
        let [unaddressed, worth_a_look] = self.lists.finish(self.choice.limit);
        Ok(ResultsReport {
            rule: self.rule,
            locked,
            sources: self
                .sources
                .into_iter()
                .map(|((by_rater, name, _), source)| ResultsSource {
                    words: if by_rater {
                        name
                    } else {
                        "coding of record".to_owned()
                    },
                    of_record: !by_rater,
                    figures: source.tally.figures(),
                    cases: source.cases,
                })
                .collect(),
            unaddressed,
            worth_a_look,
            notes,
        })
    }
}

fn sessions(count: usize) -> String {
    if count == 1 {
        "1 session".to_owned()
    } else {
        format!("{count} sessions")
    }
}

/// The repair attempts that a coding holds, by the codebook's families.
fn repairs<'a>(judged: &JudgedCoding<'a>, codebook: &Codebook) -> Vec<&'a Marker> {
    judged
        .coding
        .markers
        .values()
        .filter(|marker| codebook.kind_of(&marker.code) == Some(FamilyKind::Repair))
        .collect()
}

/// The conflict that shows first.
fn first(judged: &JudgedCoding<'_>) -> Option<sunder_domain::ConflictId> {
    judged
        .coding
        .conflicts
        .keys()
        .filter_map(|id| {
            let marker = judged.index.markers(id).first()?;
            Some((judged.coding.times(marker), id))
        })
        .min()
        .map(|(_, id)| id.clone())
}

/// Everything read in one go, for callers without a window. A rater's results are of their own codings.
///
/// # Errors
/// `not-allowed` where this person may not see classes, totals, cases or numbers; `not-found` for a case that is not there;
/// `bad-request` for a rule that cannot be; file errors.
pub fn whole(app: &mut App, choice: ResultsChoice) -> Result<ResultsReport, ApiError> {
    let study = app.study_mut()?;
    let mut reader = Reader::new(study, choice)?;
    while !reader.read_for(study, READING_TIME)? {}
    reader.finish(study)
}

/// Reads on; once everything is read, the results.
///
/// # Errors
/// As [`whole`].
pub fn read(app: &mut App, request: ReadResults) -> Result<ResultsReading, ApiError> {
    let study = app.study_mut()?;
    let begun = study
        .results
        .take()
        .filter(|begun| !request.anew && begun.choice == request.choice);
    let mut reader = match begun {
        Some(reader) => reader,
        None => Reader::new(study, request.choice)?,
    };
    if reader.read_for(study, READING_TIME)? {
        return Ok(ResultsReading {
            done: 1.0,
            report: Some(reader.finish(study)?),
        });
    }
    let done = reader.done();
    study.results = Some(reader);
    Ok(ResultsReading { done, report: None })
}

/// The table as CSV, as the command line prints it.
///
/// # Errors
/// As [`whole`].
pub fn copy(app: &mut App, choice: ResultsChoice) -> Result<CopiedText, ApiError> {
    let report = whole(app, choice)?;
    Ok(CopiedText {
        text: csv::table(&report),
    })
}
